"""From what was found to a layout: which cells go over into the blank, and what stands in each of them.

Only what is on the list goes over: headings, titles that are the framework's, labels of the cover, and instructions
that the reader has read and confirmed. Everything else leaves an empty cell, or no cell at all.
"""

from collections.abc import Iterable

from icsassess.adopting.layout.lines import Content, matrix_content, table_content
from icsassess.adopting.layout.source_styles import SourceLooks
from icsassess.adopting.understanding.corrections import LEAVE_OUT, Corrections
from icsassess.adopting.understanding.model import Understanding, UnderstoodTable
from icsassess.domain.framework import Framework
from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.reading.appearance.sheet_layout import SheetAppearance
from icsassess.returns.matching.line_titles import find_category, find_statement
from icsassess.returns.template.adopted_layout import Layout, LayoutSheet, Spot
from icsassess.returns.template.model import sheet_title
from icsassess.support.text import words

_MOST_COLUMNS = 200
_LONGEST_TITLE = 200
# What is written in the framework's words may be longer than what stood there.
_LONG = ("statement in full", "we statement")
_WIDE = 18  # characters: a whole statement in a narrower column would be higher than a page
_IN_OTHER_WORDS = ("statement", "statement in full", "we statement", "category")


def lay_out(workbook: Workbook, understood: Understanding, corrections: Corrections, looks: SourceLooks) -> Layout:
    """Give the layout of the blank: the sheets with lines, the cover, and those with instructions."""
    sheets = [
        laid_out for sheet in workbook.sheets if (laid_out := _sheet(sheet, understood, corrections, looks)) is not None
    ]
    return Layout(looks=looks.as_data(), sheets=tuple(sheets))


def _sheet(sheet: Sheet, understood: Understanding, corrections: Corrections, looks: SourceLooks) -> LayoutSheet | None:
    tables = [table for table in understood.tables if table.sheet is sheet]
    across = [matrix for matrix in understood.matrices if matrix.sheet is sheet]
    content = Content()
    for table in tables:
        table_content(content, table, understood.framework, looks)
    for matrix in across:
        matrix_content(content, matrix, understood.framework, looks)
    _cover(content, sheet, understood, looks)
    _instructions(content, sheet, corrections)
    if not content.spots:
        return None
    first = min([*(table.table.top for table in tables), *(matrix.heading_row for matrix in across)], default=0)
    _titles(content, sheet, understood.framework, before=first)
    rows = _rows(sheet, content, tables)
    hidden = {column.column for table in tables for column in table.columns if column.field == LEAVE_OUT}
    last = min(max(column for _, column in content.spots), _MOST_COLUMNS)
    columns = [column for column in range(1, last + 1) if column not in hidden]
    return _layout_sheet(sheet, content, rows, columns, corrections, looks, understood.framework)


def _cover(content: Content, sheet: Sheet, understood: Understanding, looks: SourceLooks) -> None:
    for box in understood.cover:
        if box.sheet == sheet.title:
            content.put(box.row, box.column, "text", box.title)
            content.put(*box.answer, "cover", box.field)
            content.looks[box.answer] = looks.of_answers(sheet, [box.answer], rating=False)


def _instructions(content: Content, sheet: Sheet, corrections: Corrections) -> None:
    for place, confirmed in corrections.instructions.items():
        title, _, cell = place.rpartition("!")
        if confirmed and title == sheet.title:
            instruction = next((one for one in sheet.cells.values() if one.address == cell), None)
            if instruction is not None and isinstance(instruction.value, str):
                content.put(instruction.row, instruction.column, "text", instruction.value)


def _titles(content: Content, sheet: Sheet, framework: Framework, before: int) -> None:
    """Keep the titles above the first table that are the framework's; the first other text makes room for ours."""
    themes = {words(title): theme.code for theme in framework.themes for title in (theme.title, *theme.aliases)}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row >= before or not isinstance(cell.value, str) or (row, column) in content.spots:
            continue
        text = cell.value
        if len(text) <= _LONGEST_TITLE and (statement := find_statement(framework, text)):
            content.put(row, column, "statement", of=statement.code)
        elif len(text) <= _LONGEST_TITLE and (category := find_category(framework, text)):
            content.put(row, column, "category", of=category.code)
        elif code := themes.get(words(text)):
            content.put(row, column, "theme", of=code)
        elif content.title_at is None:
            content.title_at = (row, column)


def _rows(sheet: Sheet, content: Content, tables: Iterable[UnderstoodTable]) -> list[int]:
    """Give the rows that stay: with something in them, above the first table, and an empty one before the next part."""
    used = {row for row, _ in content.spots}
    filled = {row for (row, _), cell in sheet.cells.items() if cell.value not in (None, "")}
    first = min((table.table.top for table in tables), default=max(used))
    begins = {row for table in tables for row in (table.table.top, *table.blocks)}
    rows = []
    for row in range(1, max(used) + 1):
        spacer = row not in filled and row + 1 in begins
        if row in used or row < first or spacer:
            rows.append(row)
    return rows


def _layout_sheet(
    sheet: Sheet,
    content: Content,
    rows: list[int],
    columns: list[int],
    corrections: Corrections,
    looks: SourceLooks,
    framework: Framework,
) -> LayoutSheet:
    new_row = {old: new for new, old in enumerate(rows, 1)}
    new_column = {old: new for new, old in enumerate(columns, 1)}
    appearance = looks.sheet(sheet)
    answered = {row for (row, _), (gives, _, _) in content.spots.items() if gives == "answer"}
    spots = []
    for row in rows:
        for column in columns:
            gives, text, of = content.spots.get((row, column), ("", "", ""))
            look = content.looks.get((row, column))
            if look is None:
                heading = (row, column) in content.headings
                wide = gives not in _LONG or appearance.widths.get(column, 0) >= _WIDE
                wrap = (gives in _IN_OTHER_WORDS and wide) or (gives == "theme" and row in answered)
                look = looks.of_label(sheet, row, column, heading=heading, wrap=wrap)
            if gives or look or (row, column) == content.title_at:
                spots.append(
                    Spot(row=new_row[row], column=new_column[column], look=look, gives=gives, text=text, of=of)
                )
    title, of = title_in_blank(sheet, corrections, framework)
    at = content.title_at
    return LayoutSheet(
        title=title,
        of=of,
        spots=tuple(spots),
        widths={new: appearance.widths[old] for old, new in new_column.items() if old in appearance.widths},
        heights={new_row[row]: height for row, height in _heights(appearance, content).items() if row in new_row},
        merged=tuple(_merged(sheet, new_row, new_column)),
        frozen=_frozen(appearance, rows, columns),
        tab=appearance.tab,
        title_at=(new_row[at[0]], new_column[at[1]]) if at and at[0] in new_row and at[1] in new_column else None,
        more_rows=bool(content.line_rows) and max(content.line_rows) == rows[-1],
    )


def title_in_blank(sheet: Sheet, corrections: Corrections, framework: Framework) -> tuple[str, str]:
    """Give the sheet's title as the reader wants it, in the framework's words where it names one of its statements."""
    if corrected := corrections.sheets.get(sheet.title):
        return corrected, ""
    if (statement := find_statement(framework, sheet.title)) and words(sheet.title) != words(statement.code):
        title = framework.statement_by_code[statement.code].title
        return sheet_title(title), statement.code
    return sheet.title, ""


def _heights(appearance: SheetAppearance, content: Content) -> dict[int, float]:
    """Give the heights of all rows but those that are answered: they are as high as their text."""
    answered = {row for (row, _), (gives, _, _) in content.spots.items() if gives in ("answer", "own")}
    return {row: height for row, height in appearance.heights.items() if row not in answered}


def _merged(sheet: Sheet, new_row: dict[int, int], new_column: dict[int, int]) -> list[str]:
    areas = []
    for top, leftmost, bottom, rightmost in sheet.merged:
        rows = [new_row[row] for row in range(top, bottom + 1) if row in new_row]
        columns = [new_column[column] for column in range(leftmost, rightmost + 1) if column in new_column]
        if len(rows) * len(columns) > 1 and top in new_row and leftmost in new_column:
            areas.append(f"{address(rows[0], columns[0])}:{address(rows[-1], columns[-1])}")
    return areas


def _frozen(appearance: SheetAppearance, rows: list[int], columns: list[int]) -> tuple[int, int] | None:
    if appearance.frozen is None:
        return None
    row, column = appearance.frozen
    return sum(1 for old in rows if old < row) + 1, sum(1 for old in columns if old < column) + 1
