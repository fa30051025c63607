"""The same lines twice on one sheet: old above new, old beside new, old rows hidden or struck through."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.maltreatment.draft import FIELDS, TITLES
from tests.support.wild.case import COLOURS, Case, Cells, Line
from tests.support.wild.registry import wild_return

_SHORT = ["ref", "statement", "category", "evidence", "rag"]


def _only_short(case: Case) -> None:
    for line in case.lines:
        line.values = {name: value for name, value in line.values.items() if name in _SHORT}


def _old(case: Case, line: Line, cells: Cells) -> None:
    line.places = line.places[: -len(cells)]
    cells["rag"].value = case.rng.choice([word for word in COLOURS if word != line.rag])
    cells["evidence"].value = f"Old survey of {line.ref}"


def _ask_for_ratings(case: Case) -> None:
    for line in case.lines:
        line.asked.add("rag")
        line.free.add("evidence")


def _stacked(case: Case, first: str, second: str, *, newest_first: bool = False) -> None:
    _only_short(case)
    for title, lines in case.by_theme():
        sheet = case.page(title)
        below = 7 + len(lines)
        old_top, new_top = (below, 4) if newest_first else (4, below)
        sheet.cell(old_top - 1, 1).value, sheet.cell(new_top - 1, 1).value = first, second
        for line, cells in case.table(sheet, lines, _SHORT, top=old_top):
            _old(case, line, cells)
        case.table(sheet, lines, _SHORT, top=new_top)


@wild_return
def an_older_table_above(case: Case) -> None:
    _stacked(case, "Assessment of November 2023", "Assessment of January 2024")


@wild_return
def an_older_table_below(case: Case) -> None:
    _stacked(case, "Previous assessment", "Current assessment", newest_first=True)


@wild_return
def two_tables_below_one_another_that_cannot_be_told_apart(case: Case) -> None:
    _stacked(case, "North team", "South team")
    _ask_for_ratings(case)


@wild_return
def an_older_table_beside(case: Case) -> None:
    _only_short(case)
    for title, lines in case.by_theme():
        sheet = case.page(title)
        sheet["A3"], sheet["G3"] = "November 2023", "January 2024"
        for line, cells in case.table(sheet, lines, _SHORT):
            _old(case, line, cells)
        case.table(sheet, lines, _SHORT, left=7)


def _rows_twice(case: Case, sheet: Worksheet, lines: list[Line]) -> list[int]:
    """Write each line twice, the old row first; give the numbers of the old rows."""
    old_rows = []
    for at, name in enumerate(FIELDS, 1):
        sheet.cell(4, at).value = TITLES[name]
    row = 5
    for line in lines:
        for at, name in enumerate(FIELDS, 1):
            sheet.cell(row, at).value = line.label_or_value(name) if name in ("ref", "statement", "category") else None
        sheet.cell(row, 4).value = f"Old survey of {line.ref}"
        sheet.cell(row, 7).value = case.rng.choice([word for word in COLOURS if word != line.rag])
        old_rows.append(row)
        for at, name in enumerate(FIELDS, 1):
            case.put(sheet.cell(row + 1, at), line, line.label_or_value(name))
        row += 2
    return old_rows


@wild_return
def old_rows_hidden(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        for row in _rows_twice(case, sheet, lines):
            sheet.row_dimensions[row].hidden = True


@wild_return
def old_rows_struck_through(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        for row in _rows_twice(case, sheet, lines):
            for cell in sheet[row]:
                cell.font = Font(strike=True)


@wild_return
def copies_of_sheets(case: Case) -> None:
    for title, lines in case.by_theme():
        case.table(case.page(title), lines)
        for line, cells in case.table(case.page(f"{title} (2)"), lines):
            _old(case, line, cells)
            for name in ("gap", "action", "owner", "due", "action_status", "kept", "reason", "evidence_date"):
                cells[name].value = None
    _ask_for_ratings(case)


@wild_return
def one_struck_rating(case: Case) -> None:
    for line, cells in case.plain():
        cells["rag"].font = Font(strike=True)
        line.asked.add("rag")


@wild_return
def placeholders_as_ratings(case: Case) -> None:
    for at, (line, cells) in enumerate(case.plain()):
        if at % 2:
            cells["rag"].value = case.rng.choice(["Select…", "Please select", "[RAG]", "Choose an item."])
            line.asked.add("rag")


@wild_return
def yellow_in_short(case: Case) -> None:
    """Must not fire: Y beside R and G is yellow."""
    for line, cells in case.plain():
        cells["rag"].value = {"Red": "R", "Amber": "Y", "Green": "G"}[line.rag]


@wild_return
def other_scales(case: Case) -> None:
    words = [
        "Met",
        "Partially met",
        "Not met",
        "Compliant",
        "Good",
        "Requires improvement",
        "High",
        "Low",
        "3/5",
        "★★★",
    ]
    for line, cells in case.plain():
        cells["rag"].value = case.rng.choice(words)
        line.asked.add("rag")
