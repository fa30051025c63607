"""Columns: two for one thing, one for each colour, headings in the partner's own words."""

from __future__ import annotations

import datetime

from openpyxl.cell.rich_text import CellRichText

from tests.support.maltreatment.draft import FIELDS
from tests.support.wild.case import COLOURS, TEXTS, Case, Cells, Line, fill_of
from tests.support.wild.registry import wild_return

_ = CellRichText
_PAIRS = [  # the older or other one first, the one that counts second
    ("RAG Dec 23", "RAG Jan 24"), ("Previous RAG", "Current RAG"), ("RAG 2022", "RAG 2023"), ("RAG Q2", "RAG Q3"),
    ("Initial RAG", "RAG"), ("Draft RAG", "Final RAG"), ("RAG 06/12/2023", "RAG 10/01/2024"), ("RAG v1", "RAG v2"),
    ("RAG (last round)", "RAG (this round)"), ("RAG - Dec", "RAG - Jan"), ("RAG Nov-23", "RAG Dec-23"),
    ("RAG round 1", "RAG round 2"), ("RAG FY22", "RAG FY23"), ("Original RAG", "RAG"), ("Target RAG", "RAG"),
    ("RAG (22/23)", "RAG (23/24)"), ("Old RAG", "New RAG"), ("Baseline RAG", "RAG rating"), ("RAG last year", "RAG"),
    ("RAG at start", "RAG now"), ("Risk RAG", "Evidence RAG"), ("RAG as at December", "RAG as at January"),
]  # fmt: skip
_NO_TELLING = [("RAG", "RAG"), ("RAG A", "RAG B"), ("RAG (team)", "RAG (board)"), ("RAG 1", "RAG 2 (north)")]


def _other(case: Case, line: Line) -> str:
    return str(case.rng.choice([word for word in COLOURS if word != line.rag]))


def _pair(case: Case, older: str, newer: str, *, newer_first: bool) -> None:
    at = FIELDS.index("rag")
    names = [newer, "older"] if newer_first else ["older", newer]
    fields = [*FIELDS[:at], *("rag" if name != "older" else "older" for name in names), *FIELDS[at + 1 :]]
    for line, cells in case.plain(fields, {"older": older, "rag": newer}):
        case.put(cells["older"], line, _other(case, line))


@wild_return
def an_older_rating_column_first(case: Case) -> None:
    _pair(case, *case.rng.choice(_PAIRS), newer_first=False)


@wild_return
def an_older_rating_column_second(case: Case) -> None:
    _pair(case, *case.rng.choice(_PAIRS), newer_first=True)


def _each_pair(number: int) -> None:
    older, newer = _PAIRS[number]

    def produce(case: Case) -> None:
        _pair(case, older, newer, newer_first=case.rng.random() < 0.3)

    produce.__name__ = f"two_rating_columns_{number:02}"
    wild_return(produce)


for _number in range(len(_PAIRS)):
    _each_pair(_number)


@wild_return
def two_rating_columns_that_cannot_be_told_apart(case: Case) -> None:
    first, second = case.rng.choice(_NO_TELLING)
    _pair(case, first, second, newer_first=False)
    for line in case.lines:
        line.asked.add("rag")


@wild_return
def two_rating_columns_the_older_hidden(case: Case) -> None:
    _pair(case, "RAG", "RAG", newer_first=False)
    for sheet in case.book.worksheets[1:]:
        sheet.column_dimensions["G"].hidden = True


@wild_return
def a_rating_and_its_comments(case: Case) -> None:
    """Must not fire: a second heading with RAG in it that holds words."""
    case.plain(headings={"rag": "RAG (R/A/G)", "reason": "RAG rating comments"})


@wild_return
def two_due_dates(case: Case) -> None:
    at = FIELDS.index("due")
    fields = [*FIELDS[:at], "older", *FIELDS[at:]]
    for line, cells in case.plain(fields, {"older": "Original due date", "due": "Revised due date"}):
        if "due" in line.values:
            case.put(cells["older"], line, line.values["due"] - datetime.timedelta(days=90))


@wild_return
def two_columns_of_evidence(case: Case) -> None:
    at = FIELDS.index("evidence") + 1
    fields = [*FIELDS[:at], "more", *FIELDS[at:]]
    for line, cells in case.plain(fields, {"evidence": "Evidence 1", "more": "Evidence 2"}):
        case.put(cells["more"], line, f"Second piece of {line.ref}")
        line.values["evidence"] += f"\nSecond piece of {line.ref}"


@wild_return
def evidence_over_two_columns(case: Case) -> None:
    at = FIELDS.index("evidence") + 1
    fields = [*FIELDS[:at], "more", *FIELDS[at:]]
    for line, cells in case.plain(fields, {"more": None}):
        case.put(cells["more"], line, f"Second piece of {line.ref}")
        line.values["evidence"] += f"\nSecond piece of {line.ref}"
    for sheet in case.book.worksheets[1:]:
        sheet.merge_cells("D4:E4")


@wild_return
def rating_over_two_columns(case: Case) -> None:
    at = FIELDS.index("rag")
    fields = [*FIELDS[:at], "arrow", *FIELDS[at:]]
    for line, cells in case.plain(fields, {"arrow": "RAG", "rag": None}):
        case.put(cells["arrow"], line, case.rng.choice("↑↓→"))
    for sheet in case.book.worksheets[1:]:
        sheet.merge_cells("G4:H4")


@wild_return
def two_pieces_each_rated(case: Case) -> None:
    fields = ["ref", "statement", "category", "evidence", "evidence_date", "rag", "evidence 2", "date 2", "rag 2"]
    titles = {"evidence": "Evidence 1", "evidence_date": "Date 1", "rag": "RAG 1"}
    titles |= {"evidence 2": "Evidence 2", "date 2": "Date 2", "rag 2": "RAG 2"}
    for line, cells in case.plain(fields, titles):
        _only(line, "evidence", "evidence_date", "rag")
        case.put(cells["evidence 2"], line, f"Second piece of {line.ref}")
        case.put(cells["date 2"], line, datetime.date(2023, 5, 5))
        worse = case.rng.choice(COLOURS)
        case.put(cells["rag 2"], line, worse)
        line.values["rag"] = min(line.rag, worse, key=COLOURS.index)
        line.values["evidence"] += f"\nSecond piece of {line.ref}"
        line.free.add("evidence_date")


def _only(line: Line, *names: str) -> None:
    line.values = {name: value for name, value in line.values.items() if name in names}


def _marked(case: Case, headings: tuple[str, ...], mark: object, *, over: bool = False, fill: bool = False) -> None:
    at = FIELDS.index("rag")
    fields = [*FIELDS[:at], *COLOURS, *FIELDS[at + 1 :]]
    for line, cells in case.plain(fields, dict(zip(COLOURS, headings, strict=True))):
        case.put(cells[line.rag], line, None if fill else mark)
        if fill:
            cells[line.rag].fill = fill_of(line.rag)
    for sheet in case.book.worksheets[1:] if over else ():
        sheet["G3"] = "RAG"
        sheet.merge_cells("G3:I3")


@wild_return
def a_cross_under_red_amber_green(case: Case) -> None:
    _marked(case, COLOURS, case.rng.choice(["X", "x", "✓", "√", "1", "Yes", "✔"]))


@wild_return
def a_cross_under_letters(case: Case) -> None:
    _marked(case, ("R", "A", "G"), case.rng.choice(["X", "x", "✓"]), over=True)


@wild_return
def true_under_red_amber_green(case: Case) -> None:
    _marked(case, COLOURS, True)
    for sheet in case.book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=5, min_col=7, max_col=9):
            for cell in row:
                cell.value = bool(cell.value)


@wild_return
def a_fill_under_red_amber_green(case: Case) -> None:
    _marked(case, COLOURS, None, fill=True)


@wild_return
def a_tick_of_wingdings(case: Case) -> None:
    from openpyxl.styles import Font

    _marked(case, COLOURS, case.rng.choice(["ü", "P"]))
    for sheet in case.book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=5, min_col=7, max_col=9):
            for cell in row:
                cell.font = Font(name="Wingdings" if cell.value == "ü" else "Wingdings 2")


@wild_return
def two_crosses_in_a_row(case: Case) -> None:
    at = FIELDS.index("rag")
    fields = [*FIELDS[:at], *COLOURS, *FIELDS[at + 1 :]]
    for at, (line, cells) in enumerate(case.plain(fields, {word: word for word in COLOURS})):
        case.put(cells[line.rag], line, "x")
        if at % 3 == 0:
            case.put(cells[_other(case, line)], line, "x")
            line.asked.add("rag")


@wild_return
def status_is_the_rating(case: Case) -> None:
    fields = [name for name in FIELDS if name != "action_status"]
    for line, _ in case.plain(fields, {"rag": "Status"}):
        line.values.pop("action_status", None)


@wild_return
def action_lead_and_action_due_date(case: Case) -> None:
    case.plain(headings={"owner": "Action lead", "due": "Action due date", "action": "Action to be taken"})


@wild_return
def headings_in_their_own_words(case: Case) -> None:
    titles = {
        "evidence": case.rng.choice(["What we have", "How we know", "Proof", "What shows this?"]),
        "kept": case.rng.choice(["Where to find it", "File path", "Location / link"]),
        "evidence_date": case.rng.choice(["Dated", "When was it done", "As at"]),
        "rag": case.rng.choice(["How are we doing?", "Our view", "Score (RAG)"]),
        "gap": case.rng.choice(["What we lack", "Shortfalls", "Missing"]),
        "action": case.rng.choice(["What next", "Plan", "To do"]),
        "owner": case.rng.choice(["Who will do it", "Responsible person", "Named lead"]),
        "due": case.rng.choice(["Finish by", "To be done by", "Completion by"]),
    }
    case.plain(headings=titles)


@wild_return
def headings_in_their_own_words_and_order(case: Case) -> None:
    order = list(FIELDS)
    case.rng.shuffle(order)
    titles = {"evidence": "What shows this?", "kept": "Where to find it", "rag": "Our view", "gap": "Shortfalls"}
    titles |= {"action": "What we will do next", "owner": "Who will do it", "due": "To be done by"}
    case.plain(order, titles)


@wild_return
def headings_in_welsh(case: Case) -> None:
    titles = {
        "ref": "Cyf", "statement": "Datganiad ansawdd", "category": "Categori tystiolaeth", "evidence": "Tystiolaeth",
        "kept": "Lleoliad", "evidence_date": "Dyddiad y dystiolaeth", "rag": "Statws CAG", "reason": "Rheswm",
        "gap": "Bwlch", "action": "Camau gweithredu", "owner": "Perchennog", "due": "Dyddiad cwblhau",
        "action_status": "Statws y cam",
    }  # fmt: skip
    order = list(FIELDS)
    case.rng.shuffle(order)
    case.plain(order, titles)


@wild_return
def headings_over_two_rows(case: Case) -> None:
    case.plain(top=5)
    for sheet in case.book.worksheets[1:]:
        sheet["A4"], sheet["D4"], sheet["I4"] = "Line", "What we hold", "What is to be done"
        sheet.merge_cells("A4:C4")
        sheet.merge_cells("D4:H4")
        sheet.merge_cells("I4:M4")


@wild_return
def answers_behind_the_category(case: Case) -> None:
    fields = [name for name in FIELDS if name != "evidence"]
    for line, cells in case.plain(fields):
        said = f"{line.category}: {line.values['evidence']}"
        cells["category"].value = said
        line.free.add("evidence")
        case.named.append((cells["category"].parent.title, cells["category"].coordinate))


@wild_return
def a_second_table_with_a_ref_of_its_own(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        left = ["ref", "statement", "category", "evidence", "rag"]
        right = ["ref", "gap", "action", "owner", "due"]
        case.table(sheet, lines, left)
        turned = list(lines)
        case.rng.shuffle(turned)
        case.table(sheet, turned, right, left=7)
        for line in lines:
            _only(line, *left, *right)


_ = (TEXTS, Cells)
