"""Understanding another locality's workbook: tables, titles, words and cover, against the best fitting framework."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.adopting.understanding.corrections import CORRECTIONS, Corrections
from icsassess.adopting.understanding.cover import find_cover
from icsassess.adopting.understanding.drop_downs import offered_by_column
from icsassess.adopting.understanding.knowledge import known_headings, known_titles
from icsassess.adopting.understanding.matrix_cells import with_cells_told
from icsassess.adopting.understanding.model import Found
from icsassess.adopting.understanding.rating_words import rating_words
from icsassess.adopting.understanding.tables import find_tables
from icsassess.domain.framework import framework_ids
from icsassess.domain.problems import Refusal, point
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.reading.appearance.workbook import Appearance
from icsassess.returns.reading.observations import EXPLAINING
from icsassess.returns.reading.tables.matrix import matrices
from icsassess.support.text import listing

_ALL_ROWS = 1_048_577


def understand(
    workbook: Workbook, appearance: Appearance | None, corrections: Corrections, framework_id: str | None
) -> Found:
    """Understand a workbook against the framework asked for, or named by the reader, or of which most lines are there.

    Raises ``Refusal`` where no line of any framework is found, where two frameworks fit equally well, and where there
    is no framework of that name.
    """
    asked = framework_id or corrections.framework
    permitted = framework_ids()
    if asked and asked not in permitted:
        raise Refusal(point("framework-unknown", found=asked, permitted=listing(permitted), hint="Correct the name."))
    # What the reader named belongs to one framework: with codes of another, none would be there.
    candidates = [asked] if asked else permitted
    found = [_against(workbook, appearance, corrections, name) for name in candidates]
    most = max(len(one.lines) for one in found)
    best = [one for one in found if len(one.lines) == most]
    if most == 0:
        sheets = listing([f"‘{sheet.title}’" for sheet in workbook.sheets], most=6)
        raise Refusal(point("adopt-nothing-found", sheets=sheets, corrections=CORRECTIONS))
    if len(best) > 1:
        names = listing([one.framework.id for one in best], joiner="or")
        raise Refusal(point("adopt-framework-ambiguous", lines=most, frameworks=names))
    return best[0]


def _against(workbook: Workbook, appearance: Appearance | None, corrections: Corrections, framework_id: str) -> Found:
    known = known_headings(corrections)
    framework = known_titles(framework_id, corrections)
    found = Found(framework)
    offered = {sheet.title: offered_by_column(sheet, workbook, appearance) for sheet in workbook.sheets}
    for sheet in _looked_at(workbook, corrections):
        across = [] if sheet.title in corrections.heading_rows else matrices(sheet, framework, known)
        found.matrices.extend(with_cells_told(one, corrections, offered[sheet.title]) for one in across)
        if not across:
            found.tables.extend(find_tables(sheet, known, framework, corrections, offered[sheet.title]))
    _leave_out_examples(found)
    tops = {table.sheet.title: table.table.top or table.table.heading_row for table in reversed(found.tables)}
    tops |= {matrix.sheet.title: matrix.heading_row for matrix in reversed(found.matrices)}
    sheets = ((sheet, tops.get(sheet.title, _ALL_ROWS)) for sheet in _looked_at(workbook, corrections))
    found.cover = find_cover(sheets, corrections)
    _read_words(found, corrections, offered)
    found.cells = found.matrices[0].fields if found.matrices else ()
    return found


def _looked_at(workbook: Workbook, corrections: Corrections) -> Iterator[Sheet]:
    """Give the sheets that people see and that the reader did not leave out."""
    return (sheet for sheet in workbook.sheets if not sheet.hidden and corrections.sheets.get(sheet.title, "-") != "")


def _leave_out_examples(found: Found) -> None:
    """Leave out tables of sheets that explain where other sheets have the lines, too."""
    answers = [table for table in found.tables if table.sheet.title.casefold() not in EXPLAINING]
    if answers or found.matrices:
        found.tables = answers


def _read_words(found: Found, corrections: Corrections, offered: dict[str, dict[int, list[str]]]) -> None:
    """Collect the words of ratings and statuses, as offered and as typed."""
    typed: list[str] = []
    for table in found.tables:
        lists = offered[table.sheet.title]
        if column := table.table.columns.get("rag"):
            typed.extend(table.sheet.text(row, column).strip() for row in table.table.rows)
            found.offered = found.offered or lists.get(column, [])
        if column := table.table.columns.get("action_status"):
            found.statuses = found.statuses or lists.get(column, [])
    for matrix in found.matrices:
        for cell in matrix.cells:
            if cell.field == "rag":
                typed.append(matrix.sheet.text(cell.row, cell.column).strip())
                found.offered = found.offered or offered[matrix.sheet.title].get(cell.column, [])
    found.ratings = rating_words((text for text in typed if text), found.offered, dict(corrections.ratings))
