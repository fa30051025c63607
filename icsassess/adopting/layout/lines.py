"""What stands in the cells of a table or a matrix: headings, titles of the framework, and room for answers."""

from dataclasses import dataclass, field

from icsassess.adopting.layout.source_styles import SourceLooks
from icsassess.adopting.understanding.corrections import LEAVE_OUT
from icsassess.adopting.understanding.model import UnderstoodColumn, UnderstoodTable
from icsassess.domain.framework import Framework
from icsassess.domain.personal_data import mask
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import exact_field
from icsassess.returns.matching.line_titles import kind_of_framework_text
from icsassess.returns.reading.tables.matrix import Matrix
from icsassess.returns.template.adopted_layout import Gives
from icsassess.returns.template.model import FRAMEWORK_TEXT, OWN
from icsassess.returns.template.sources import default_template
from icsassess.support.text import words

Position = tuple[int, int]


@dataclass
class Content:
    """The cells of a sheet that go over: what each gives, as (kind, text, code), and their looks where told."""

    spots: dict[Position, tuple[Gives, str, str]] = field(default_factory=dict)
    looks: dict[Position, int] = field(default_factory=dict)
    headings: set[Position] = field(default_factory=set)
    line_rows: set[int] = field(default_factory=set)
    title_at: Position | None = None

    def put(self, row: int, column: int, gives: Gives, text: str = "", of: str = "") -> None:
        """Say what stands in a cell; an NHS number in a text is masked."""
        self.spots[row, column] = (gives, mask(text), of)


def table_content(content: Content, understood: UnderstoodTable, framework: Framework, looks: SourceLooks) -> None:
    """Add the cells of a table with a row for each line."""
    columns = [column for column in understood.columns if column.field != LEAVE_OUT]
    _headings(content, understood, columns)
    usual = {
        column.column: looks.of_answers(
            understood.sheet, [(row, column.column) for row in understood.rows], rating=column.field == "rag"
        )
        for column in columns
    }
    for row, ref in understood.rows.items():
        content.line_rows.add(row)
        for column in columns:
            _line_cell(content, understood.sheet, framework, row, ref, column, usual[column.column])
    for row, code in understood.blocks.items():
        _block(content, understood.sheet, framework, row, code)


def _headings(content: Content, understood: UnderstoodTable, columns: list[UnderstoodColumn]) -> None:
    table, sheet = understood.table, understood.sheet
    titles = {column.field: column.title for column in default_template().columns}
    for column in columns:
        named = False
        for row in range(table.top, table.heading_row + 1):
            text = sheet.text(row, column.column)
            if text and column.title:
                content.put(row, column.column, "text", text)
                named = True
        if not named and column.field in titles:
            above = _merged_over(sheet, table.heading_row, column.column)
            if above is None:
                content.put(table.heading_row, column.column, "text", titles[column.field])
        content.headings.update((row, column.column) for row in range(table.top, table.heading_row + 1))


def _merged_over(sheet: Sheet, row: int, column: int) -> Position | None:
    for top, leftmost, bottom, rightmost in sheet.merged:
        if top <= row <= bottom and leftmost <= column <= rightmost and (top, leftmost) != (row, column):
            return top, leftmost
    return None


def _line_cell(
    content: Content, sheet: Sheet, framework: Framework, row: int, ref: str, column: UnderstoodColumn, look: int
) -> None:
    line, place = framework.line_by_ref[ref], (row, column.column)
    text = sheet.text(*place)
    if column.field == "ref":
        content.put(*place, "ref", of=ref)
    elif column.field == "statement":
        if text:
            content.put(*place, _how_full(text, line.statement.we_statement), of=line.statement.code)
    elif column.field == FRAMEWORK_TEXT:
        if text:
            kind = kind_of_framework_text(framework, text)
            if kind == "theme":
                content.put(*place, "theme", of=line.theme.code)
            else:
                content.put(*place, "we statement" if kind == "we statement" else "code", of=line.statement.code)
    elif column.field == "category":
        if text:
            content.put(*place, "category", of=line.category.code)
    else:
        content.put(
            *place, "own" if column.field == OWN else "answer", "" if column.field == OWN else column.field, ref
        )
        content.looks[place] = look


def _how_full(text: str, we_statement: str) -> Gives:
    """Tell whether a title stands there with its we statement."""
    return "statement in full" if words(we_statement)[:60] in words(text) else "statement"


def _block(content: Content, sheet: Sheet, framework: Framework, row: int, code: str) -> None:
    """Add a row that names a theme or a statement for the rows below it."""
    columns = [column for number, column in sorted(sheet.cells) if number == row and sheet.text(row, column)]
    if not columns or not code:
        return
    if code in framework.statement_by_code:
        we_statement = framework.statement_by_code[code].we_statement
        content.put(row, columns[0], _how_full(sheet.text(row, columns[0]), we_statement), of=code)
    else:
        content.put(row, columns[0], "theme", of=code)


def matrix_content(content: Content, matrix: Matrix, framework: Framework, looks: SourceLooks) -> None:
    """Add the cells of a matrix: its titles on both sides, what its rows and columns are for, and room for answers."""
    sheet = matrix.sheet
    sides: tuple[Gives, Gives] = ("statement", "category")
    across, down = sides if matrix.statements_across else (sides[1], sides[0])
    for side in matrix.across:
        content.put(matrix.heading_row, side.first, across, of=side.code)
        content.headings.add((matrix.heading_row, side.first))
    for side in matrix.down:
        content.put(side.first, matrix.label_column, down, of=side.code)
        content.headings.add((side.first, matrix.label_column))
    _headings_and_themes(content, matrix, framework)
    for place in matrix.labels:
        content.put(*place, "text", sheet.text(*place))
    for name in matrix.fields:
        cells = [(cell.row, cell.column) for cell in matrix.cells if cell.field == name]
        look = looks.of_answers(sheet, cells, rating=name == "rag")
        content.looks.update(dict.fromkeys(cells, look))
    for cell in matrix.cells:
        if cell.field:
            content.put(cell.row, cell.column, "answer", cell.field, cell.ref)
        else:
            content.put(cell.row, cell.column, "own", of=cell.ref)


def _headings_and_themes(content: Content, matrix: Matrix, framework: Framework) -> None:
    """Keep headings that are known above the titles that go down, and themes beside or between them."""
    sheet, default = matrix.sheet, default_template()
    themes = {words(title): theme.code for theme in framework.themes for title in (theme.title, *theme.aliases)}
    last, first_across = matrix.down[-1].last, matrix.across[0].first
    statements = {words(statement.we_statement): statement.code for statement in framework.statements}
    statement_columns = {
        column
        for (row, column), cell in sheet.cells.items()
        if row >= matrix.down[0].first and isinstance(cell.value, str) and words(cell.value) in statements
    }
    for (row, column), cell in sheet.cells.items():
        if not matrix.heading_row <= row <= last or column >= first_across or not isinstance(cell.value, str):
            continue
        if row < matrix.down[0].first and (column in statement_columns or exact_field(default, cell.value)):
            content.put(row, column, "text", cell.value)
        elif code := themes.get(words(cell.value)):
            content.put(row, column, "theme", of=code)
        elif column in statement_columns and (code := statements.get(words(cell.value))):
            content.put(row, column, "we statement", of=code)
