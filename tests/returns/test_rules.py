"""Every point that checking a return can raise: one return that raises it, at exactly that cell, and a near miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from icsassess.domain.problems import Severity
from icsassess.returns.checking.rules import RULES
from icsassess.returns.reading.read_return import read_return
from icsassess.returns.reading.rows.entry import ReadReturn
from tests.support.problem_kinds import catalogue
from tests.support.returns_dsl import (
    Q1,
    SHEET,
    cells,
    checked,
    codes,
    fill_in,
    locality_of,
    only,
    points,
    replace_in_file,
    row,
)

pytestmark = pytest.mark.begins_early

LONG = "Annual review of compliments and complaints, reported to the quality committee in November 2023."
OTHER_LINES = """
    Q1-STF | Staff survey   | Green
    Q1-PTN | Partner survey | Green
    Q1-OBS | Ward visits    | Green
    Q1-PRO | Policy         | Green
"""


@dataclass(frozen=True)
class Case:
    """A return that raises the point at these cells of ‘Quality and safety’, and one that does not."""

    code: str
    cells: list[str | tuple[str | None, str | None]]
    hit: str
    miss: str
    hit_with: dict[str, Any] = field(default_factory=dict)
    miss_with: dict[str, Any] = field(default_factory=dict)
    says: str = ""


def change(**values: object) -> dict[str, Callable[[Workbook], None]]:
    """Type these values into cells of the first theme's sheet, given as ``D20="text"``."""

    def changed(book: Workbook) -> None:
        for address, value in values.items():
            book.worksheets[1][address] = value

    return {"change": changed}


def styled(address: str, **font: bool) -> dict[str, Callable[[Workbook], None]]:
    def changed(book: Workbook) -> None:
        book.worksheets[1][address].font = Font(**font)

    return {"change": changed}


def noted(address: str, note: str) -> dict[str, Callable[[Workbook], None]]:
    def changed(book: Workbook) -> None:
        book.worksheets[1][address].comment = Comment(note, "A person")

    return {"change": changed}


def hide_row(number: int) -> dict[str, Callable[[Workbook], None]]:
    def changed(book: Workbook) -> None:
        book.worksheets[1].row_dimensions[number].hidden = True

    return {"change": changed}


def one(columns: str = "", cells_typed: str = "") -> str:
    """A good answer for Q1-PEX, with these columns and cells beside it."""
    return f"Ref | Evidence | RAG {columns}\nQ1-PEX | Annual report | Green {cells_typed}"


def rag(typed: str, more: str = "Nothing from carers") -> str:
    return f"Ref | Evidence | RAG | Gap\nQ1-PEX | Annual report | {typed} | {more}"


def green(dated: str, kept: str) -> str:
    return f"Ref | Evidence | Where it is kept | Evidence date | RAG\nQ1-PEX | Report | {kept} | {dated} | Green"


def dated(typed: str) -> str:
    return one("| Evidence date", f"| {typed}")


def due(typed: str) -> str:
    return one("| Action | Owner | Due date", f"| Ask carers | Head of Quality | {typed}")


CASES = [
    pytest.param(
        Case("rating-not-understood", ["G5"], rag("Ambre"), rag("Amb"), says="Did you mean Amber?"),
        id="a rating that is nearly a permitted word is asked about, with a suggestion; a known spelling is not",
    ),
    pytest.param(
        Case("rating-not-understood", ["G5"], rag("Amber moving to Green"), rag("AMBER!")),
        id="a rating that tells a story is asked about",
    ),
    pytest.param(
        Case("rating-not-understood", ["G5"], rag("3"), rag("Green")),
        id="a number typed as a rating is another scale and is asked about",
    ),
    pytest.param(
        Case("rating-between-two", ["G5"], rag("Amber/Green"), rag("Amber"), says="Amber"),
        id="a rating between two colours",
    ),
    pytest.param(
        Case("rating-with-words", ["G5"], rag("Red - gap"), rag("RED!"), says="Red"), id="a rating with words beside it"
    ),
    pytest.param(
        Case("rating-from-colour", ["G5"], rag("[FF0000]"), rag("Red [FF0000]"), says="Red"),
        id="a coloured cell with nothing typed in it",
    ),
    pytest.param(
        Case("rating-against-colour", ["G5"], rag("Green [FF0000]"), rag("Green [00B050]")),
        id="a word and a colour that disagree",
    ),
    pytest.param(
        Case("rating-against-colour", ["G5"], rag("Amber [00B050]"), rag("Not assessed [00B050]")),
        id="a colour behind a word that has none of its own is decoration",
    ),
    pytest.param(
        Case(
            "ratings-differ",
            ["G11"],
            "Ref | Evidence | RAG | Gap\nQ1-PEX | Annual report | Green |\nQ1-PEX | Audit | Red | No carers",
            "Ref | Evidence | RAG | Gap\nQ1-PEX | Annual report | Red | No carers\nQ1-PEX | Audit | | ",
            says="Red",
        ),
        id="two rows of a line with different ratings, at the one that counts",
    ),
    pytest.param(
        Case(
            "line-left-blank",
            ["G10"],
            f"Ref | Evidence | RAG\nQ1-PEX | Annual report | Green{OTHER_LINES}",
            f"Ref | Evidence | RAG\nQ1-PEX | Annual report | Green{OTHER_LINES}Q1-OUT | | Not assessed",
        ),
        id="a line left blank, but not one that is Not assessed",
    ),
    pytest.param(Case("rating-left-blank", ["G5"], rag(""), rag("Not assessed")), id="an answer without a rating"),
    pytest.param(
        Case(
            "not-applicable-without-reason",
            ["G5"],
            "Ref | RAG\nQ1-PEX | N/A",
            "Ref | RAG | Reason for rating\nQ1-PEX | N/A | We have no inpatients",
        ),
        id="Not applicable without a reason",
    ),
    pytest.param(
        Case(
            "not-applicable-without-reason",
            ["G5"],
            "Ref | RAG | Evidence\nQ1-PEX | Not applicable | see above",
            "Ref | RAG\nQ1-PEX | N/A: we have no inpatients",
        ),
        id="the reason for Not applicable may stand beside the word itself",
    ),
    pytest.param(
        Case(
            "green-without-evidence",
            ["D5"],
            "Ref | RAG | Where it is kept | Reason for rating\nQ1-PEX | Green | Shared drive | Going well",
            "Ref | RAG | Evidence\nQ1-PEX | Green |\nQ1-PEX | | Annual report",
        ),
        id="Green without evidence in any row of the line",
    ),
    pytest.param(
        Case("green-on-old-evidence", ["G5"], green("2023-01-09", "Drive"), green("2023-01-10", "Drive")),
        id="Green on evidence older than twelve months",
    ),
    pytest.param(
        Case(
            "green-on-old-evidence",
            ["G5"],
            green("2022-05-01", "Drive"),
            f"{green('2022-05-01', 'Drive')}\nQ1-PEX | Audit | | 2023-11-14 |",
        ),
        id="the newest evidence of a line counts",
    ),
    pytest.param(
        Case("green-on-undated-evidence", ["G5"], green("", "Drive"), green("2023-11-14", "Drive")),
        id="Green on evidence without a date",
    ),
    pytest.param(
        Case("green-on-unplaced-evidence", ["G5"], green("2023-11-14", ""), green("2023-11-14", "Drive")),
        id="Green on evidence that is kept nowhere",
    ),
    pytest.param(
        Case("gap-not-described", ["I5"], rag("Red", ""), "Ref | RAG | Action\nQ1-PEX | Red | Ask carers"),
        id="Red with neither a gap nor an action",
    ),
    pytest.param(
        Case("gap-not-described", ["I5"], rag("Amber", ""), rag("Not assessed", "")),
        id="Amber with neither a gap nor an action",
    ),
    pytest.param(
        Case(
            "action-without-owner",
            ["K5"],
            one("| Action | Due date", "| Ask carers | 2024-03-29"),
            one("| Action | Due date | Owner", "| Ask carers | 2024-03-29 | Head of Quality"),
        ),
        id="an action without an owner",
    ),
    pytest.param(
        Case(
            "action-without-due-date",
            ["L5"],
            one("| Action | Owner", "| Ask carers | Head of Quality"),
            due("2024-03-29"),
        ),
        id="an action without a due date",
    ),
    pytest.param(
        Case("action-without-due-date", ["L5"], due(""), due("next spring")),
        id="a due date that is none has a point of its own instead",
    ),
    pytest.param(
        Case("status-not-understood", ["M5"], one("| Action status", "| 80%"), one("| Action status", "| under way")),
        id="an action status that is none of the permitted words",
    ),
    pytest.param(
        Case("date-not-understood", ["F5"], dated("after Easter"), dated("31 Jan 23")),
        id="an evidence date that is none",
    ),
    pytest.param(
        Case("date-not-understood", ["L5"], due("after Easter"), due("31.01.2024")), id="a due date that is none"
    ),
    pytest.param(
        Case("date-impossible", ["F5"], dated("31/02/2023"), dated("28/02/2023")),
        id="an evidence date that does not exist",
    ),
    pytest.param(
        Case("date-impossible", ["L5"], due("29/02/2023"), due("29/02/2024")),
        id="a due date in a year without that day",
    ),
    pytest.param(
        Case("date-impossible", ["L5"], due("01/31/2024"), due("1/3/24")),
        id="a date with the month first: the day comes first",
    ),
    pytest.param(
        Case("date-wrong-century", ["F5"], dated("14/11/1923"), dated("14/11/23")),
        id="an evidence date in the wrong century",
    ),
    pytest.param(
        Case("date-wrong-century", ["L5"], due("14/11/2203"), due("14/11/2030")), id="a due date in the wrong century"
    ),
    pytest.param(Case("date-open", ["F5"], dated("undated"), dated("")), id="an evidence date left open"),
    pytest.param(Case("date-open", ["L5"], due("ongoing"), due("2024-03-29")), id="a due date left open"),
    pytest.param(
        Case("date-approximate", ["F5"], dated("Q2 2023/24"), dated("30/09/2023"), says="30/09/2023"),
        id="a quarter is no day: the last one is used and said",
    ),
    pytest.param(
        Case("date-approximate", ["L5"], due("end of March 2024"), due("31/3/24"), says="31/03/2024"),
        id="a due date that is a month",
    ),
    pytest.param(
        Case(
            "evidence-says-none",
            ["D5", "D6"],
            "Ref | Evidence | Where it is kept\nQ1-PEX | None collected by us |\nQ1-STF | N/A. | Not held",
            "Ref | Evidence | Where it is kept\nQ1-PEX | No evidence of harm |\nQ1-STF | None held | Drive",
            says="says that there is no evidence",
        ),
        id="evidence that says there is none, but not a finding that begins so, or one with a place",
    ),
    pytest.param(
        Case(
            "evidence-elsewhere",
            ["D5", "D6"],
            "Ref | Evidence\nQ1-PEX | as above\nQ1-STF | see Q1-PEX",
            "Ref | Evidence\nQ1-PEX | Survey, as above the average\nQ1-STF | See the audit of Q1-PEX records",
        ),
        id="evidence that stands elsewhere, but not words that only begin so",
    ),
    pytest.param(
        Case(
            "due-date-far-away",
            ["L5", "L6"],
            "Ref | Action | Due date\nQ1-PEX | Ask | 2014-03-01\nQ1-STF | Ask | 2042-03-01",
            "Ref | Action | Due date\nQ1-PEX | Ask | 2023-03-01\nQ1-STF | Ask | 2028-03-01",
        ),
        id="a due date years away, but not one of last year or of a plan of four years",
    ),
    pytest.param(
        Case(
            "rating-left-open",
            ["G5"],
            "Ref | RAG\nQ1-PEX | Y\nQ1-STF | N\nQ1-PTN | N",
            "Ref | RAG\nQ1-PEX | Y\nQ1-STF | R\nQ1-PTN | G",
        ),
        id="a Y beside an N is left open, one beside R and G is yellow",
    ),
    pytest.param(
        Case("evidence-date-after-return", ["F5"], dated("2024-01-09"), dated("2024-01-08")),
        id="evidence dated after the return, but not on the same day",
    ),
    pytest.param(
        Case("evidence-date-after-return", ["F5"], dated("Feb 2024"), dated("January 2024")),
        id="a month of evidence that begins after the return, but not one that had begun",
    ),
    pytest.param(
        Case(
            "line-missing",
            [(None, None)],
            f"Ref | Evidence | RAG\nQ1-PEX | Annual report | Green{OTHER_LINES}",
            f"Ref | Evidence | RAG\nQ1-PEX | Annual report | Green{OTHER_LINES}Q1-OUT | |",
            {"rewritten": True},
            {"rewritten": True},
        ),
        id="a line without a row is missing; one with an empty row is not",
    ),
    pytest.param(
        Case(
            "line-unknown",
            ["A11"],
            "Ref | Evidence | RAG\nQ1-PEX | Report | Green\nQ12-PEX | Audit | Green",
            "Ref | Evidence | RAG\nQ1-PEX | Report | Green\nq1 pex | Audit | Green",
            says="Did you mean Q1-PEX?",
        ),
        id="a Ref that is nobody's, with a suggestion; capitals and spaces do not matter",
    ),
    pytest.param(
        Case(
            "line-read-from-titles",
            ["A11"],
            f"Ref | Quality statement | Evidence category | Evidence | RAG\nQ1-PEX | | | Report | Green\n"
            f" | {Q1} | Observation | Visits | Green",
            "Ref | Evidence | RAG\nQ1-PEX | Report | Green\nQ1–OBS | Visits | Green",
            says="Q1-OBS",
        ),
        id="a row without a Ref is found by its titles, and said",
    ),
    pytest.param(
        Case(
            "line-read-from-titles",
            ["A11"],
            "Ref | Evidence | RAG\nQ1-PEX | Report | Green\nQ1-PXE | Audit | Green",
            "Ref | Evidence | RAG\nQ1-PEX | Report | Green\nQ12-PEX | Audit | Green",
            says="Q1-PEX",
        ),
        id="a Ref with a slip that comes near to one line only is read as that line, and said",
    ),
    pytest.param(
        Case("line-contradiction", ["A5"], one(), one(), change(A5="Q1-STF"), change(A5="Q1 - PEX"), says="Q1-PEX"),
        id="a Ref that says another line than the titles",
    ),
    pytest.param(
        Case(
            "line-not-asked",
            ["A11"],
            f"{one()}\nI1-PEX | Other report | Green",
            f"{one()}\nQ1-PEX | Other report | Green",
        ),
        id="a line that was not asked for",
    ),
    pytest.param(
        Case("text-outside-table", ["D20"], one(), one(), change(D20="See the attached report"), change(D20=" ")),
        id="a text far below the table, at the cell it stands in",
    ),
    pytest.param(
        Case(
            "same-evidence-twice",
            ["D6"],
            f"Ref | Evidence | RAG\nQ1-PEX | {LONG} | Green\nQ1-STF | {LONG.upper()} | Green",
            "Ref | Evidence | RAG\nQ1-PEX | Annual report | Green\nQ1-STF | Annual report | Green",
            says=f"{SHEET}, D5",
        ),
        id="the same long evidence twice; short answers are rightly repeated",
    ),
    pytest.param(
        Case(
            "likely-the-same-evidence",
            ["D6"],
            f"Ref | Evidence | RAG\nQ1-PEX | {LONG} | Green\nQ1-STF | {LONG} indeed | Green",
            "Ref | Evidence | RAG\nQ1-PEX | Annual report | Green\nQ1-STF | Annual reports | Green",
            says="Q1-PEX",
        ),
        id="almost the same long evidence on two lines",
    ),
    pytest.param(
        Case(
            "personal-data",
            ["D5"],
            "Ref | Evidence\nQ1-PEX | Mr B, 999 000 0018",
            "Ref | Evidence\nQ1-PEX | 999 000 0019",
        ),
        id="an NHS number in a text; other ten digits are none",
    ),
    pytest.param(
        Case(
            "personal-data",
            ["E5"],
            one("| Where it is kept", "| 9990000026"),
            one("| Where it is kept", "| 99900000261"),
        ),
        id="an NHS number in a number cell; a longer number is none",
    ),
    pytest.param(
        Case(
            "personal-data",
            [("Cover", "B13")],
            one(),
            one(),
            {"cover": {"Contact": "999 000 0018"}},
            {"cover": {"Contact": "0161 999 0000"}},
        ),
        id="an NHS number on the cover",
    ),
    pytest.param(
        Case(
            "personal-data", ["D5"], one(), one(), noted("D5", "ask about 999-000-0018"), noted("D5", "ask about 101")
        ),
        id="an NHS number in a note",
    ),
    pytest.param(
        Case(
            "note-on-cell", ["G5"], one(), one(), noted("G5", "Was Amber last time"), noted("B5", "We support people")
        ),
        id="a note on an answer; the template's own notes on labels are none",
    ),
    pytest.param(
        Case(
            "cell-error",
            ["D5"],
            "Ref | Evidence | RAG\nQ1-PEX | #REF! | Red",
            "Ref | Evidence | RAG\nQ1-PEX | '#REF! | Red",
        ),
        id="an Excel error; the same characters as text are none",
    ),
    pytest.param(
        Case(
            "formula-not-calculated",
            ["D5"],
            "Ref | Evidence | RAG\nQ1-PEX | =A1&B1 | Red",
            "Ref | Evidence | RAG\nQ1-PEX | '=A1&B1 | Red",
        ),
        id="a formula whose value was never stored; the same characters as text are none",
    ),
    pytest.param(
        Case("text-struck-through", ["D5"], one(), one(), styled("D5", strike=True), styled("D5", bold=True)),
        id="a text struck through",
    ),
    pytest.param(
        Case(
            "column-missing",
            [(SHEET, "A4")],
            "Ref | Evidence | RAG | Where it is kept | Evidence date | Reason for rating | Action | Owner | Due date | "
            "Action status\nQ1-PEX | Report | Green",
            "Ref | Evidence | RAG | Where it is kept | Evidence date | Reason for rating | What is missing | Action | "
            "Owner | Due date | Action status\nQ1-PEX | Report | Green",
            {"rewritten": True, "change": lambda book: relabel(book)},
            {"rewritten": True, "change": lambda book: relabel(book)},
            says="Gap",
        ),
        id="a column that is missing; one under another title is not",
    ),
    pytest.param(
        Case(
            "column-of-their-own",
            [(SHEET, "N4")],
            one(),
            one(),
            change(N4="Borough priority"),
            change(G4="RAG rating"),
        ),
        id="a column of the partner's own",
    ),
    pytest.param(
        Case("column-twice", [(SHEET, "N4")], one(), one(), change(N4="RAG rating"), change(G4="RAG status")),
        id="two columns for the rating",
    ),
    pytest.param(
        Case("hidden-content", [(SHEET, None)], one(), one(), hide_row(6), hide_row(60)),
        id="a hidden row with content; a hidden empty row hides nothing",
    ),
    pytest.param(
        Case(
            "sheet-not-read",
            [("Extra", "A1")],
            one(),
            one(),
            {"change": lambda book: book.create_sheet("Extra").append(["Please see our other answers"])},
            {"change": lambda book: book.create_sheet("Extra") and None},
        ),
        id="another sheet with text; an empty one is nothing",
    ),
    pytest.param(
        Case("date-completed-missing", [("Cover", "A12")], one(), one(), {"cover": {"Date completed": None}}),
        id="a cover without a date",
    ),
    pytest.param(
        Case(
            "wrong-framework",
            [(None, None)],
            one(),
            one(),
            {"properties": {"icsassess.framework": "cqc-la-2023"}},
            {"properties": {"icsassess.framework": None}},
            says="cqc-la-2023",
        ),
        id="a return for another framework",
    ),
    pytest.param(
        Case(
            "wrong-locality",
            [(None, None)],
            one(),
            one(),
            {"properties": {"icsassess.locality": "Othertown"}, "cover": {"Locality": "Othertown"}},
            {"properties": {"icsassess.locality": None}, "cover": {"Locality": " ANYTOWN "}},
            says="Othertown",
        ),
        id="a return for another locality",
    ),
    pytest.param(
        Case(
            "wrong-round",
            [(None, None)],
            one(),
            one(),
            {"properties": {"icsassess.deadline": "2023-01-31"}},
            {"properties": {"icsassess.deadline": None}},
        ),
        id="a return of another round",
    ),
    pytest.param(
        Case(
            "wrong-template-version",
            [(None, None)],
            one(),
            one(),
            {"properties": {"icsassess.template": "stockport 0"}},
            {"properties": {"icsassess.template": None}},
            says="stockport 0",
        ),
        id="a return on another version of the template",
    ),
    pytest.param(
        Case(
            "partner-contradiction",
            [(None, None)],
            one(),
            one(),
            {"cover": {"Partner": "Eastern Council"}},
            {"cover": {"Partner": "Southern Practice (all sites)"}},
            says="EAST",
        ),
        id="a return whose cover and properties name different partners",
    ),
    pytest.param(
        Case(
            "partner-unknown",
            [(None, None)],
            one(),
            one(),
            {"no_properties": True, "cover": {"Partner": None, "Organisation": None}, "file": "hit.xlsx"},
            {"no_properties": True, "cover": {"Partner": None, "Organisation": None}, "file": "miss south.xlsx"},
        ),
        id="a return that does not say whose it is",
    ),
    pytest.param(
        Case(
            "partner-not-one",
            [(None, None)],
            one(),
            one(),
            {"no_properties": True, "cover": {"Partner": None, "Organisation": None}, "file": "NORTH and EAST.xlsx"},
            {"no_properties": True, "cover": {"Partner": None, "Organisation": None}, "file": "SOUTH and others.xlsx"},
        ),
        id="a return whose file names two partners",
    ),
    pytest.param(Case("return-blank", [(None, None)], "", one()), id="a return in which nothing was filled in"),
    pytest.param(
        Case(
            "not-a-return",
            [(None, None)],
            "Colour | Number\nblue | 7",
            "Ref | Evidence | RAG\nQ1-PEX | Report | Green",
            {"rewritten": True, "change": lambda book: book.remove(book["Guidance"])},
            {"rewritten": True, "change": lambda book: book.remove(book["Guidance"])},
        ),
        id="a workbook without a table of the return",
    ),
    pytest.param(
        Case(
            "locality-workbook-among-returns",
            [(None, None)],
            one(),
            one(),
            {"properties": {"icsassess.kind": "locality workbook"}},
            {"properties": {"icsassess.kind": None}},
        ),
        id="the locality's own workbook among the returns",
    ),
]


def relabel(book: Workbook) -> None:
    """Give the rewritten table the two label columns that the text tables leave out."""
    sheet = book.worksheets[1]
    sheet.insert_cols(2, 2)
    sheet["B4"], sheet["C4"] = "Quality statement", "Evidence category"


def case_of(param: Any) -> Case:
    (case,) = param.values
    assert isinstance(case, Case)
    return case


def code_of(param: Any) -> str:
    return case_of(param).code


RULE_CODES = {rule.code for rule in RULES}
OF_RULES = [case for case in CASES if code_of(case) in RULE_CODES]
OF_READING = [case for case in CASES if code_of(case) not in RULE_CODES]
PARTNERS = {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q1"}


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadReturn]:
    """Both returns of every case about rows, checked in one pass, by ‘CODE number/hit.xlsx’."""
    place = locality_of(tmp_path_factory.mktemp("rules"), PARTNERS)
    for number, param in enumerate(OF_RULES):
        case = case_of(param)
        fill_in(place, case.hit, partner="NORTH", file=f"{number}/hit.xlsx", **case.hit_with)
        fill_in(place, case.miss, partner="SOUTH", file=f"{number}/miss.xlsx", **case.miss_with)
    return {one.file: one for one in checked(place).returns}


@pytest.mark.parametrize(("number", "case"), [pytest.param(n, *p.values, id=p.id) for n, p in enumerate(OF_RULES)])
def test_a_rule_points_at_exactly_its_cell_and_lets_a_near_miss_pass(
    number: int, case: Case, returns: dict[str, ReadReturn]
) -> None:
    hit, miss = returns[f"returns/{number}/hit.xlsx"], returns[f"returns/{number}/miss.xlsx"]
    compare(case, hit, miss)
    assert {(problem.file, problem.partner) for problem in hit.problems} == {(hit.file, "NORTH")}


@pytest.mark.parametrize("case", OF_READING)
def test_reading_points_at_exactly_the_cell_and_lets_a_near_miss_pass(case: Case, tmp_path: Path) -> None:
    place = locality_of(tmp_path, PARTNERS)
    hit = fill_in(place, case.hit, partner="NORTH", **case.hit_with)
    miss = fill_in(place, case.miss, partner="SOUTH", **case.miss_with)
    compare(case, read_return(hit, place), read_return(miss, place))


def compare(case: Case, hit: ReadReturn, miss: ReadReturn) -> None:
    found = points(hit, case.code)
    expected = [(SHEET, at) if isinstance(at, str) else at for at in case.cells]
    assert cells(found) == expected, sorted(codes(hit))
    assert points(miss, case.code) == []
    for problem in found:
        assert problem.severity is catalogue()[case.code].severity
        assert case.says in f"{problem}"


def test_every_rule_has_a_case_here() -> None:
    assert {code_of(case) for case in CASES} >= RULE_CODES


def test_a_text_longer_than_a_cell_can_hold_is_pointed_out_and_kept_whole(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    path = fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | PLACEHOLDER | Green\nQ1-STF | EXACTLY | Green")
    replace_in_file(path, "PLACEHOLDER", "x" * 32_768)
    replace_in_file(path, "EXACTLY", "y" * 32_767)
    read = checked(place)
    assert cells(points(read, "text-too-long")) == [(SHEET, "D5")]
    assert len(row(read.entries, ref="Q1-PEX").evidence) == 32_768


# What is typed under each title, and the column of the entries in which it has to be found again.
GOOD = {
    "Ref": ("Q1-PEX", "ref"),
    "Evidence": ("Annual report", "evidence"),
    "Where it is kept": ("Shared drive", "kept"),
    "Evidence date": ("14/11/2023", "evidence_date_typed"),
    "RAG": ("Amber", "rag_typed"),
    "Reason for rating": ("One source", "reason"),
    "Gap": ("Nothing from carers", "gap"),
    "Action": ("Ask carers", "action"),
    "Owner": ("Head of Quality", "owner"),
    "Due date": ("2024-03-29", "due_typed"),
    "Action status": ("In progress", "status_typed"),
}


@pytest.mark.parametrize(
    ("column", "bad"),
    [
        pytest.param("rag_typed", "Amber moving to Green", id="a rating that is none"),
        pytest.param("evidence_date_typed", "31/02/2023", id="an evidence date that does not exist"),
        pytest.param("due_typed", "after Easter", id="a due date that is none"),
        pytest.param("status_typed", "80%", id="a status that is none"),
    ],
)
def test_one_bad_cell_costs_that_cell_and_what_was_typed_is_kept(column: str, bad: str, tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    typed = {title: bad if name == column else text for title, (text, name) in GOOD.items()}
    fill_in(place, f"{' | '.join(typed)}\n{' | '.join(typed.values())}")
    read = checked(place)
    assert not only(read).refused
    entry = row(read.entries, ref="Q1-PEX")
    assert {title: getattr(entry, name) for title, (_, name) in GOOD.items()} == typed
    understood = {
        "rag_typed": entry.rating == "Amber",
        "evidence_date_typed": str(entry.evidence_date)[:10] == "2023-11-14",
        "due_typed": str(entry.due)[:10] == "2024-03-29",
        "status_typed": entry.status == "In progress",
    }
    assert [name for name, is_understood in understood.items() if not is_understood] == [column]


def test_all_points_of_a_return_are_told_in_one_pass(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(
        place,
        """
        Ref    | Evidence      | Evidence date | RAG    | Action     | Due date   | Action status
        Q1-PEX |               | 31/02/2023    | Green  |            |            | 80%
        Q1-STF | Staff survey  | 14/11/1923    | Purple | Ask them   | ongoing    |
        Q1-PTN | 999 000 0018  | after Easter  | N/A    |            |            |
        Q1-OBS |               |               | Red    |            |            |
        """,
    )
    assert codes(checked(place)) == {
        "action-without-owner",
        "date-impossible",
        "date-not-understood",
        "date-open",
        "date-wrong-century",
        "gap-not-described",
        "green-without-evidence",
        "line-left-blank",
        "not-applicable-without-reason",
        "personal-data",
        "rating-not-understood",
        "status-not-understood",
    }


def test_two_dates_wrong_in_the_same_way_in_one_row_are_two_points_with_their_own_cells(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, one("| Evidence date | Action | Owner | Due date", "| 30/02/2023 | Ask | Head | 31/04/2024"))
    found = points(checked(place), "date-impossible")
    assert [(p.cell, p.found) for p in found] == [("F5", "30/02/2023"), ("L5", "31/04/2024")]


def test_points_come_with_the_weightiest_first_and_then_in_the_order_of_the_cells(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(
        place, "Ref | Evidence | RAG\nQ1-STF | Survey | Purple\nQ1-PEX | Report | Purple\nQ1-PTN | Letter | Red - gap"
    )
    found = only(checked(place)).problems
    weights = [list(Severity).index(problem.severity) for problem in found]
    assert weights == sorted(weights)
    assert [p.cell for p in found if p.code == "rating-not-understood"] == ["G5", "G6"]
