"""What a partner gets back: its own file with notes on cells and a first sheet that lists what to put right."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.cli import cli
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells import model as cells
from icsassess.excel.cells.model import Kind
from icsassess.excel.reading.read_workbook import read_workbook
from icsassess.locality.locality import Locality, open_locality
from icsassess.returns.checking.check import check_all
from icsassess.returns.feedback.progress import RESOLVED, ListedPoint, match
from icsassess.returns.feedback.write import write_feedback
from icsassess.returns.issuing.issue import issue
from icsassess.returns.marks.feedback_table import TITLES, is_feedback
from icsassess.returns.marks.own_marks import NOTE_BEGINS, NOTE_ENDS, note_with_feedback, without_feedback
from icsassess.returns.marks.wording import to_do
from icsassess.returns.reading.read_return import read_return
from icsassess.returns.reading.session import read_all
from tests.support.problem_kinds import catalogue

pytestmark = pytest.mark.begins_early

SHEET = "Integration"
FIRST = 5  # the first row below the headings of a theme sheet
EVIDENCE, RAG, REASON, GAP, OWNER, DUE = 4, 7, 8, 9, 11, 12
NHS = "943 476 5919"  # an invented number that passes the check
Fill = Callable[[Workbook], None]
needs_libreoffice = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    """A locality with two partners, both asked for the six lines of one statement."""
    (tmp_path / "locality.toml").write_text(
        'name = "Anytown"\ndeadline = 2024-01-31\nas_at = 2024-01-10\n'
        '[[partner]]\ncode = "AB"\nname = "Abbey Trust"\nstatements = ["I1"]\n'
        '[[partner]]\ncode = "CD"\nname = "Cedar Council"\nstatements = ["I1"]\n',
        encoding="utf-8",
    )
    return open_locality(tmp_path)


def complete(book: Workbook) -> None:
    """Fill a return in so that nothing is left to say about it."""
    cover = book["Cover"]
    for row in cover.iter_rows(min_row=6, max_row=20, max_col=2):
        if row[0].value == "Date completed":
            row[1].value = datetime.date(2024, 1, 8)
    for row in range(FIRST, FIRST + 6):
        book[SHEET].cell(row, EVIDENCE).value = f"Audit {row}"
        book[SHEET].cell(row, EVIDENCE + 1).value = "Shared drive"
        book[SHEET].cell(row, EVIDENCE + 2).value = "14/11/2023"
        book[SHEET].cell(row, RAG).value = "Green"


def returned(place: Locality, fill: Fill | None = None, name: str = "Our return.xlsx", code: str = "AB") -> Path:
    """Issue a return, fill it in completely but for what ``fill`` does, and put it among the returns."""
    (blank,) = issue(place, [place.partner_by_code[code]], datetime.date(2023, 12, 4))
    book = openpyxl.load_workbook(blank)
    complete(book)
    if fill is not None:
        fill(book)
    path = place.folder / "returns" / name
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


def feedback_on(place: Locality, *paths: Path) -> Path:
    """Check returns and write the feedback; give the first one's."""
    checked = check_all(read_all(list(paths), place), place)
    return write_feedback(list(zip(paths, checked.returns, strict=True)), place)[0]


def typed(row: int, column: int, value: object) -> Fill:
    """Say what else somebody types into the theme's sheet."""

    def fill(book: Workbook) -> None:
        book[SHEET].cell(row, column).value = value  # type: ignore[assignment]

    return fill


def front(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def sentences(path: Path) -> str:
    return "\n".join(str(row[0].value) for row in front(path).iter_rows(max_row=10) if row[0].value)


def table(path: Path) -> list[dict[str, str]]:
    sheet = front(path)
    heading, *rows = sheet[sheet.tables["Feedback_points"].ref]
    assert tuple(cell.value for cell in heading) == TITLES
    return [dict(zip(TITLES, (str(cell.value or "") for cell in row), strict=True)) for row in rows]


def codes(path: Path) -> list[str]:
    return [row["Code"] for row in table(path)]


def note(path: Path, address: str, sheet: str = SHEET) -> str:
    comment = openpyxl.load_workbook(path)[sheet][address].comment
    return "" if comment is None else comment.text


def everything_in(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())


# --- The file --------------------------------------------------------------------------------------------------------


def test_the_files_name_is_the_originals_with_the_partners_code(place: Locality) -> None:
    assert feedback_on(place, returned(place)).name == "Our return - AB - feedback.xlsx"
    shutil.rmtree(place.folder / "feedback")
    named = returned(place, name="Anytown_AB_final.xlsx")
    assert feedback_on(place, named).name == "Anytown_AB_final - feedback.xlsx"


def test_feedback_lies_in_its_folder_and_the_return_is_not_touched(place: Locality) -> None:
    path = returned(place)
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert feedback_on(place, path).parent == place.folder / "feedback"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_two_returns_of_one_name_get_two_files_whichever_is_asked_for(place: Locality) -> None:
    (place.folder / "returns" / "late").mkdir(parents=True)
    early, late = returned(place), returned(place, name="late/Our return.xlsx")
    both = write_feedback([(path, read_return(path, place)) for path in (early, late)], place)
    assert len({path.name for path in both}) == 2
    assert write_feedback([(early, read_return(early, place))], place) == [both[0]]


def test_the_same_return_gives_the_same_bytes(place: Locality) -> None:
    path = returned(place, typed(5, RAG, "Amberish"))
    first = feedback_on(place, path).read_bytes()
    shutil.rmtree(place.folder / "feedback")
    assert feedback_on(place, path).read_bytes() == first
    assert feedback_on(place, path).read_bytes() == first, "a second run is not a next time"


# --- What they typed and how it looks --------------------------------------------------------------------------------


def test_every_cell_the_partner_typed_is_there_with_its_colour(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["G5"].fill = openpyxl.styles.PatternFill("solid", "FFFF00")
        sheet["N4"].value, sheet["N6"].value = "Our own column", "kept ✓ as typed"
        sheet["D7"].value = "one\ntwo  three "
        book.create_sheet("Workings")["C3"].value = 0.1

    path = returned(place, fill)
    original = read_workbook(path)
    copy = without_feedback(read_workbook(feedback_on(place, path)))
    assert [sheet.title for sheet in copy.sheets] == [sheet.title for sheet in original.sheets]
    for theirs, ours in zip(original.sheets, copy.sheets, strict=True):
        assert theirs.cells == {key: cell for key, cell in ours.cells.items() if key in theirs.cells}
        assert theirs.merged == ours.merged
    assert dict(original.custom_properties).items() <= dict(copy.custom_properties).items()


def test_widths_heights_lists_and_tables_are_as_they_were(place: Locality) -> None:
    path = returned(place, typed(5, RAG, "Amberish"))
    original, copy = openpyxl.load_workbook(path), openpyxl.load_workbook(feedback_on(place, path))
    assert copy.sheetnames == ["Feedback", *original.sheetnames]
    for theirs in original.worksheets:
        ours = copy[theirs.title]
        assert {letter: (at.width, at.hidden) for letter, at in theirs.column_dimensions.items()} == {
            letter: (at.width, at.hidden) for letter, at in ours.column_dimensions.items()
        }
        assert {row: at.height for row, at in theirs.row_dimensions.items()} == {
            row: at.height for row, at in ours.row_dimensions.items()
        }
        lists = [
            sorted((str(rule.sqref), str(rule.formula1)) for rule in sheet.data_validations.dataValidation)
            for sheet in (theirs, ours)
        ]
        assert lists[0] == lists[1]
        assert theirs.tables.items() == ours.tables.items()  # names and places
        marked = [area for area in ours.conditional_formatting if "icsassess_answers" in area.rules[0].formula[0]]
        assert len(theirs.conditional_formatting) == len(ours.conditional_formatting) - len(marked)
        assert [str(area.sqref) for area in marked] == (["G5"] if theirs.title == SHEET else [])
        assert theirs.freeze_panes == ours.freeze_panes


def test_the_stored_results_of_formulas_are_kept(place: Locality) -> None:
    path = place.folder / "returns" / "With results - AB.xlsx"
    path.parent.mkdir(exist_ok=True)
    (blank,) = issue(place, [place.partner_by_code["AB"]], datetime.date(2023, 12, 4))
    # Issued returns carry the results of their checklist; only the text of one cell changes here.
    with zipfile.ZipFile(blank) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = _typed_into(content, "G5", "Green")
            new.writestr(name, content)
    copy = read_workbook(feedback_on(place, path))
    with_formula = [cell for sheet in copy.sheets for cell in sheet.cells.values() if cell.formula]
    assert with_formula
    assert not [cell for cell in with_formula if cell.kind is Kind.NOT_CALCULATED]
    assert 'fullCalcOnLoad="1"' in everything_in(place.folder / "feedback" / "With results - AB - feedback.xlsx")


def _typed_into(content: bytes, address: str, text: str) -> bytes:
    cell = re.compile(rf'<c r="{address}"( s="\d+")?/>')
    made, count = cell.subn(rf'<c r="{address}"\1 t="inlineStr"><is><t>{text}</t></is></c>', content.decode())
    assert count == 1
    return made.encode()


def test_text_that_looks_like_a_formula_stays_text(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        for row, text in ((5, "=1+1"), (6, "+44 161"), (7, "@SUM(A1)")):
            book[SHEET].cell(row, EVIDENCE).value = text
            book[SHEET].cell(row, EVIDENCE).data_type = "s"
            book[SHEET].cell(row, RAG).value = f"={row}"
            book[SHEET].cell(row, RAG).data_type = "s"

    copy = feedback_on(place, returned(place, fill, name="=cmd - AB.xlsx"))
    sheet = openpyxl.load_workbook(copy)[SHEET]
    assert [sheet.cell(row, EVIDENCE).data_type for row in (5, 6, 7)] == ["s", "s", "s"]
    assert sheet["D5"].value == "=1+1"
    assert not [cell for row in front(copy).iter_rows() for cell in row if cell.data_type == "f"]


# --- Notes on cells --------------------------------------------------------------------------------------------------


def test_a_cell_that_needs_something_has_a_note_that_says_what(place: Locality) -> None:
    said = note(feedback_on(place, returned(place, typed(5, RAG, "Amberish"))), "G5")
    assert said.startswith(NOTE_BEGINS)
    assert "We found ‘Amberish’" in said
    assert "A rating is Red, Amber, Green" in said
    assert "Did you mean Amber?" in said


def test_a_note_of_theirs_stays_above_ours(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        book[SHEET]["G5"].value = "Amberish"
        book[SHEET]["G5"].comment = Comment("Agreed at our board.\nSee minutes.", "Somebody")
        book[SHEET]["D6"].comment = Comment("Only theirs.", "Somebody")

    copy = feedback_on(place, returned(place, fill))
    theirs, ours = note(copy, "G5").split("\n\n______________________________\n")
    assert theirs == "Agreed at our board.\nSee minutes."
    assert ours.startswith(NOTE_BEGINS)
    assert note(copy, "D6") == "Only theirs."


def test_a_note_of_ours_is_large_enough_for_its_text(place: Locality) -> None:
    drawn = everything_in(feedback_on(place, returned(place, typed(5, RAG, "Amberish" * 4))))
    (height,) = re.findall(r"width:400px;height:(\d+)px", drawn)
    assert 80 <= int(height) <= 200, "four to nine lines"


# --- The first sheet -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (None, "This return can be used as it is"),
        (typed(5, RAG, None), "This return can be used with points: please look at 1 warning."),
        (typed(5, RAG, "Amberish"), "This return can be used with points: one point stands in the way"),
    ],
)
def test_one_sentence_says_whether_the_return_can_be_used(place: Locality, fill: Fill | None, said: str) -> None:
    assert said in sentences(feedback_on(place, returned(place, fill)))


def test_what_is_no_return_cannot_be_used(place: Locality) -> None:
    path = place.folder / "returns" / "AB minutes.xlsx"
    path.parent.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    book["Sheet"]["A1"].value = "Minutes"
    book.save(path)
    copy = feedback_on(place, path)
    assert "This return cannot be used as it is" in sentences(copy)
    assert codes(copy) == ["not-a-return"]


def test_the_sheet_comes_first_counts_the_points_and_says_what_a_check_cannot_see(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        typed(5, RAG, "Amberish")(book)
        typed(6, RAG, None)(book)

    copy = feedback_on(place, returned(place, fill))
    assert front(copy).title == "Feedback"
    assert openpyxl.load_workbook(copy).active is not None
    assert openpyxl.load_workbook(copy).active.title == "Feedback"  # type: ignore[union-attr]
    assert "Points: 1 to correct (not used as it stands) and 1 to check" in sentences(copy)
    assert personal_data.CANNOT_SEE in sentences(copy)
    assert [row["Kind of point"] for row in table(copy)] == ["To correct", "To check"]


def test_links_lead_to_the_very_cell(place: Locality) -> None:
    copy = feedback_on(place, returned(place, typed(8, RAG, "Amberish")))
    sheet = front(copy)
    (link,) = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert link.value == "Integration, G8"
    assert link.hyperlink is not None
    assert link.hyperlink.location == "'Integration'!G8"
    assert openpyxl.load_workbook(copy)[SHEET]["G8"].value == "Amberish"


def test_the_table_speaks_to_the_partner(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        typed(5, RAG, "Amber/Red")(book)
        typed(5, GAP, "No audit")(book)

    (row,) = table(feedback_on(place, returned(place, fill)))
    assert row["What we found"].startswith("We found ‘Amber/Red’. Expected: One rating: Red")
    assert row["What to do"] == "The worse of the two, Red, was used. Please choose one."
    assert row["Line"] == "I1-PEX"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_no_partner_is_told_to_ask_the_partner(code: str) -> None:
    kind = catalogue()[code]
    said = to_do(Problem(code, kind.severity, kind.found, kind.suggestion(defaultdict(lambda: "this"))))
    assert said
    for word in ("Ask ", "the partner", "in locality.toml", "of returns/", "done}"):
        assert word not in said


def test_words_of_a_file_name_do_not_cut_off_what_is_said_to_a_partner() -> None:
    name = "Return v2. If the first is wrong. Ask us.xlsx"
    newer = make_problem("same-partner-twice", partner="ABC", other="old.xlsx", used=name, why="it is dated later")
    assert to_do(newer) == (
        f"The newer one, ‘{name}’, was used (it is dated later). If that is wrong, please tell us which one counts."
    )


def test_a_sheet_of_theirs_called_feedback_is_kept(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        book.create_sheet("feedback")["A1"].value = "What our staff said"

    copy = openpyxl.load_workbook(feedback_on(place, returned(place, fill)))
    assert copy.sheetnames[0] == "Feedback (2)"
    assert copy["feedback"]["A1"].value == "What our staff said"


# --- Files that cannot be written back -------------------------------------------------------------------------------


def with_part(path: Path, part: str, edit: Callable[[bytes], bytes]) -> None:
    """Change one part of a workbook on the disk; one that is not there is added."""
    edited = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(edited, "w") as new:
        for name in {**dict.fromkeys(old.namelist()), part: None}:
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, edit(content) if name == part else content)
    path.write_bytes(edited.getvalue())


def test_values_under_merged_cells_are_in_the_copy(place: Locality) -> None:
    path = returned(place, typed(6, RAG, "Amberish"))
    merge = b'</sheetData><mergeCells><mergeCell ref="D8:D9"/></mergeCells>'
    with_part(path, "xl/worksheets/sheet2.xml", lambda content: content.replace(b"</sheetData>", merge))
    sheet = read_workbook(feedback_on(place, path)).sheets[2]
    assert (sheet.text(8, 4), sheet.text(9, 4)) == ("Audit 8", "Audit 9")


def test_text_boxes_are_in_the_copy(place: Locality) -> None:
    path = returned(place, typed(6, RAG, "Amberish"))
    box = b'<x xmlns:a="urn:a"><a:t>Read this</a:t></x>'
    with_part(path, "xl/drawings/drawing9.xml", lambda _: box)
    assert "Read this" in everything_in(feedback_on(place, path))


def test_a_file_to_which_nothing_can_be_added_gets_the_list(place: Locality) -> None:
    path = returned(place, typed(6, RAG, "Amberish"))
    with_part(path, "_xmlsignatures/sig1.xml", lambda _: b"<Signature/>")
    copy = feedback_on(place, path)
    assert openpyxl.load_workbook(copy).sheetnames == ["Feedback"]
    assert "a list, without your workbook: it bears a digital signature" in sentences(copy)
    assert "rating-not-understood" in codes(copy)
    assert not [cell for row in front(copy).iter_rows() for cell in row if cell.hyperlink]


def test_a_pdf_gets_the_list_and_stops_no_other_file(place: Locality) -> None:
    good = returned(place)
    pdf = place.folder / "returns" / "CD return.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    copy = feedback_on(place, pdf, good)
    assert copy.name == "CD return - feedback.xlsx"
    assert codes(copy) == ["file-not-a-workbook"]
    assert "Please fill in the issued workbook" in table(copy)[0]["What to do"]
    assert (place.folder / "feedback" / "Our return - AB - feedback.xlsx").is_file()


# --- Personal data ---------------------------------------------------------------------------------------------------


def test_nhs_numbers_are_masked_in_everything_that_is_written(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["D5"].value = f"Complaint by {NHS}"
        sheet["D6"].value = int(NHS.replace(" ", ""))
        sheet["D7"].value = f'="{NHS}"'
        sheet["D8"].comment = Comment(f"Patient {NHS}", "Somebody")
        book.properties.description = f"About {NHS}"

    copy = feedback_on(place, returned(place, fill, name=f"AB {NHS}.xlsx"))
    assert NHS not in everything_in(copy)
    assert NHS.replace(" ", "") not in everything_in(copy)
    assert NHS not in copy.name
    sheet = openpyxl.load_workbook(copy)[SHEET]
    assert sheet["D5"].value == "Complaint by [NHS number]"
    assert sheet["D6"].value == "[NHS number]"
    assert note(copy, "D8").startswith("Patient [NHS number]")
    told = [row for row in table(copy) if row["Code"] == "personal-data"]
    assert {"Integration, D5", "Integration, D6", "Integration, D8"} <= {row["Where"] for row in told}
    assert all("It is masked here." in row["What to do"] for row in told)


def test_a_number_where_it_cannot_be_masked_gives_the_list_alone(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        book[SHEET].oddHeader.center.text = f"Patient {NHS}"

    copy = feedback_on(place, returned(place, fill))
    assert "where we cannot mask it" in sentences(copy)
    assert NHS not in everything_in(copy)


# --- Next time -------------------------------------------------------------------------------------------------------


def test_next_time_it_says_how_many_points_are_resolved(place: Locality) -> None:
    def first(book: Workbook) -> None:
        for row in (5, 6, 7):
            typed(row, RAG, None)(book)

    def second(book: Workbook) -> None:
        typed(7, RAG, None)(book)
        typed(8, RAG, "Amberish")(book)
        typed(9, RAG, "Greenish")(book)

    copy = feedback_on(place, returned(place, first))
    assert "This is the first feedback" in sentences(copy)
    copy = feedback_on(place, returned(place, second, name="Week two.xlsx"))
    assert "Of the 3 points of the last feedback, 2 are resolved, 1 is still there, 2 are new." in sentences(copy)
    assert [row["Line"] for row in table(copy) if row["Since the last feedback"] == RESOLVED] == ["I1-PEX", "I1-STF"]
    again = feedback_on(place, returned(place, None, name="Week three.xlsx"))
    assert "Of the 3 points of the last feedback, 3 are resolved, 0 are still there, 0 are new." in sentences(again)


def test_checking_the_same_file_again_repeats_the_comparison(place: Locality) -> None:
    feedback_on(place, returned(place, typed(5, RAG, None)))
    path = returned(place, typed(6, RAG, None), name="Week two.xlsx")
    first = feedback_on(place, path)
    said, content = sentences(first), first.read_bytes()
    assert "1 is resolved" in said
    assert feedback_on(place, path).read_bytes() == content


def test_another_partners_feedback_does_not_count(place: Locality) -> None:
    feedback_on(place, returned(place, typed(5, RAG, None)))
    copy = feedback_on(place, returned(place, typed(5, RAG, None), name="Theirs.xlsx", code="CD"))
    assert "This is the first feedback" in sentences(copy)


def test_a_point_that_moved_to_another_row_is_the_same_point() -> None:
    def listed(code: str, cell: str, ref: str | None) -> ListedPoint:
        return ListedPoint.of(make_problem(code, sheet=SHEET, cell=cell, ref=ref, found="x", permitted="", hint=""))

    before = [listed("rating-not-understood", "G5", "I1-PEX"), listed("rating-not-understood", "G6", "I1-STF")]
    now = [listed("rating-not-understood", "G9", "I1-PEX"), listed("text-outside-table", "G6", None)]
    kept, resolved = match(now, before)
    assert kept == [True, False]
    assert resolved == [before[1]]


def test_of_two_points_of_one_line_the_one_that_stayed_in_its_place_is_still_there() -> None:
    def listed(cell: str) -> ListedPoint:
        return ListedPoint.of(make_problem("cell-error", sheet=SHEET, cell=cell, ref="I1-PEX", found="#REF!"))

    kept, resolved = match([listed("D6")], [listed("D5"), listed("D6")])
    assert kept == [True]
    assert resolved == [listed("D5")]


# --- A feedback copy sent back as a return ---------------------------------------------------------------------------


def test_without_our_part_a_feedback_copy_holds_what_the_return_held(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        typed(5, RAG, None)(book)
        typed(6, RAG, "Amberish")(book)
        book[SHEET]["G6"].comment = Comment("Agreed.", "Somebody")

    path = returned(place, fill)
    original, copy = read_workbook(path), without_feedback(read_workbook(feedback_on(place, path)))
    assert [(sheet.title, sheet.cells) for sheet in copy.sheets] == [
        (sheet.title, sheet.cells) for sheet in original.sheets
    ]


def test_a_return_without_feedback_is_given_back_as_it_is(place: Locality) -> None:
    workbook = read_workbook(returned(place))
    assert without_feedback(workbook) is workbook


def test_what_a_partner_adds_to_our_note_is_theirs() -> None:
    ours = note_with_feedback(
        "Before.", [make_problem("rating-left-blank", sheet=SHEET, cell="G5", ref="I1-PEX", permitted="Red")]
    )
    answered = ours.replace(f"\n{NOTE_ENDS}", f"\nDone, see D5.\n{NOTE_ENDS}\nThank you.")
    assert note_left(answered) == "Before.\n\nDone, see D5.\nThank you."


def test_a_note_whose_part_of_ours_has_no_end_is_kept_whole() -> None:
    cut = f"{NOTE_BEGINS}\nWarning: we found"
    assert note_left(cut) == cut


def note_left(note: str) -> str | None:
    """Give what is left of a cell's note when ours is taken out."""
    cell = cells.Cell(5, 7, "Green", Kind.TEXT, note=note)
    sheet = cells.Sheet(SHEET, {(5, 7): cell}, (), False, frozenset(), frozenset(), False)
    workbook = cells.Workbook("xlsx", (sheet,), {}, {}, False, (), (), ())
    return without_feedback(workbook).sheets[0].cells[5, 7].note


def test_a_feedback_copy_is_read_like_the_return_it_was_made_from(place: Locality) -> None:
    def fill(book: Workbook) -> None:
        typed(5, RAG, None)(book)
        typed(5, EVIDENCE, None)(book)
        typed(6, RAG, "Amberish")(book)

    path = returned(place, fill)
    copy = feedback_on(place, path)
    first, again = (check_all([read_return(file, place)], place) for file in (path, copy))
    nowhere = {"file": "", "place": None}
    assert [entry._replace(**nowhere) for entry in first.entries] == [e._replace(**nowhere) for e in again.entries]
    assert [(p.code, p.sheet, p.cell) for p in again.returns[0].problems] == [
        (p.code, p.sheet, p.cell) for p in first.returns[0].problems
    ]


def test_a_feedback_copy_sent_back_gets_one_new_feedback_sheet_and_no_second_note(place: Locality) -> None:
    copy = feedback_on(place, returned(place, typed(5, RAG, "Amberish")))
    back = place.folder / "returns" / copy.name
    book = openpyxl.load_workbook(copy)
    book[SHEET]["G6"].value = "Reddish"
    book.save(back)
    again = feedback_on(place, back)
    assert again.name.count("feedback") == 1
    workbook = read_workbook(again)
    assert [sheet.title for sheet in workbook.sheets if is_feedback(sheet)] == ["Feedback"]
    assert note(again, "G5").count(NOTE_BEGINS) == 1
    assert "1 is still there" in sentences(again)


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def converted(path: Path, kind: str, profile: Path) -> Path:
    folder = profile / "out"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{kind}"


class TestReturnsSavedByLibreOffice:
    pytestmark = needs_libreoffice

    def test_a_workbook_is_written_back_marked(self, place: Locality, tmp_path_factory: pytest.TempPathFactory) -> None:
        def fill(book: Workbook) -> None:
            typed(6, RAG, "Amberish")(book)
            book[SHEET]["G6"].comment = Comment("Agreed.", "Somebody")

        path = returned(place, fill)
        shutil.copy(converted(path, "xlsx", tmp_path_factory.mktemp("profile")), path)
        copy = feedback_on(place, path)
        assert openpyxl.load_workbook(copy).sheetnames[:2] == ["Feedback", "Cover"]
        assert note(copy, "G6").startswith("Agreed.")
        assert NOTE_BEGINS in note(copy, "G6")

    def test_an_ods_gets_the_list(self, place: Locality, tmp_path_factory: pytest.TempPathFactory) -> None:
        path = returned(place, typed(6, RAG, "Amberish"))
        ods = converted(path, "ods", tmp_path_factory.mktemp("profile"))
        moved = path.with_suffix(".ods")
        shutil.copy(ods, moved)
        path.unlink()
        copy = feedback_on(place, moved)
        assert "a file of the kind .ods cannot be marked" in sentences(copy)
        assert "rating-not-understood" in codes(copy)

    def test_the_copy_opens_and_keeps_its_notes(
        self, place: Locality, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        copy = feedback_on(place, returned(place, typed(6, RAG, "Amberish")))
        again = converted(copy, "xlsx", tmp_path_factory.mktemp("profile"))
        assert NOTE_BEGINS in note(again, "G6")
        assert is_feedback(read_workbook(again).sheets[0])


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_tells_where_each_feedback_lies(place: Locality) -> None:
    returned(place, typed(5, RAG, None))
    folder = str(place.folder)
    told = CliRunner().invoke(cli, ["check", folder, "--feedback"])
    assert told.exit_code == 0
    assert "feedback/Our return - AB - feedback.xlsx" in told.output
    (file,) = json.loads(CliRunner().invoke(cli, ["check", folder, "--feedback", "--json"]).output)["files"]
    assert file["feedback"] == "feedback/Our return - AB - feedback.xlsx"
    (file,) = json.loads(CliRunner().invoke(cli, ["check", folder, "--json"]).output)["files"]
    assert "feedback" not in file
