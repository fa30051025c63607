"""Understanding another locality's workbook: tables, titles, words and cover, against the best fitting framework."""

from collections.abc import Iterator

from icsassess.adopting.understanding.corrected_titles import framework_with_corrections, headings_with_corrections
from icsassess.adopting.understanding.corrections import CORRECTIONS, Corrections
from icsassess.adopting.understanding.cover import find_cover
from icsassess.adopting.understanding.drop_downs import offered_by_column
from icsassess.adopting.understanding.matrix_cells import with_cell_fields
from icsassess.adopting.understanding.model import Understanding
from icsassess.adopting.understanding.rating_words import rating_words
from icsassess.adopting.understanding.tables import find_tables
from icsassess.domain.framework import framework_ids
from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.reading.appearance.workbook import Appearance
from icsassess.returns.reading.observations import EXPLAINING
from icsassess.returns.reading.tables.matrix import locate_matrices
from icsassess.support.text import listing

_ALL_ROWS = 1_048_577


def understand(
    workbook: Workbook, appearance: Appearance | None, corrections: Corrections, framework_id: str | None
) -> Understanding:
    """Understand a workbook against the framework asked for, or named by the reader, or of which most lines are there.

    Raises ``Refusal`` where no line of any framework is found, where two frameworks fit equally well, and where there
    is no framework of that name.
    """
    asked = framework_id or corrections.framework
    permitted = framework_ids()
    if asked and asked not in permitted:
        raise Refusal(
            make_problem("framework-unknown", found=asked, permitted=listing(permitted), hint="Correct the name.")
        )
    # What the reader named belongs to one framework: with codes of another, none would be there.
    candidates = [asked] if asked else permitted
    attempts = [_against(workbook, appearance, corrections, name) for name in candidates]
    most = max(len(one.lines) for one in attempts)
    best = [one for one in attempts if len(one.lines) == most]
    if most == 0:
        sheets = listing([f"‘{sheet.title}’" for sheet in workbook.sheets], most=6)
        raise Refusal(make_problem("adopt-nothing-found", sheets=sheets, corrections=CORRECTIONS))
    if len(best) > 1:
        names = listing([one.framework.id for one in best], joiner="or")
        raise Refusal(make_problem("adopt-framework-ambiguous", lines=most, frameworks=names))
    return best[0]


def _against(
    workbook: Workbook, appearance: Appearance | None, corrections: Corrections, framework_id: str
) -> Understanding:
    headings = headings_with_corrections(corrections)
    framework = framework_with_corrections(framework_id, corrections)
    understood = Understanding(framework)
    offered = {sheet.title: offered_by_column(sheet, workbook, appearance) for sheet in workbook.sheets}
    for sheet in _looked_at(workbook, corrections):
        across = [] if sheet.title in corrections.heading_rows else locate_matrices(sheet, framework, headings)
        understood.matrices.extend(with_cell_fields(one, corrections, offered[sheet.title]) for one in across)
        if not across:
            understood.tables.extend(find_tables(sheet, headings, framework, corrections, offered[sheet.title]))
    _leave_out_examples(understood)
    tops = {table.sheet.title: table.table.top or table.table.heading_row for table in reversed(understood.tables)}
    tops |= {matrix.sheet.title: matrix.heading_row for matrix in reversed(understood.matrices)}
    sheets = ((sheet, tops.get(sheet.title, _ALL_ROWS)) for sheet in _looked_at(workbook, corrections))
    understood.cover = find_cover(sheets, corrections)
    _read_words(understood, corrections, offered)
    understood.cells = understood.matrices[0].fields if understood.matrices else ()
    return understood


def _looked_at(workbook: Workbook, corrections: Corrections) -> Iterator[Sheet]:
    """Give the sheets that people see and that the reader did not leave out."""
    return (sheet for sheet in workbook.sheets if not sheet.hidden and corrections.sheets.get(sheet.title, "-") != "")


def _leave_out_examples(understood: Understanding) -> None:
    """Leave out tables of sheets that explain where other sheets have the lines, too."""
    answers = [table for table in understood.tables if table.sheet.title.casefold() not in EXPLAINING]
    if answers or understood.matrices:
        understood.tables = answers


def _read_words(understood: Understanding, corrections: Corrections, offered: dict[str, dict[int, list[str]]]) -> None:
    """Collect the words of ratings and statuses, as offered and as typed."""
    typed: list[str] = []
    for table in understood.tables:
        lists = offered[table.sheet.title]
        if column := table.table.columns.get("rag"):
            typed.extend(table.sheet.text(row, column).strip() for row in table.table.rows)
            understood.offered = understood.offered or lists.get(column, [])
        if column := table.table.columns.get("action_status"):
            understood.statuses = understood.statuses or lists.get(column, [])
    for matrix in understood.matrices:
        for cell in matrix.cells:
            if cell.field == "rag":
                typed.append(matrix.sheet.text(cell.row, cell.column).strip())
                understood.offered = understood.offered or offered[matrix.sheet.title].get(cell.column, [])
    understood.ratings = rating_words((text for text in typed if text), understood.offered, dict(corrections.ratings))
