"""Returns as partners send them: whose they are, where their tables stand, and which line each row belongs to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from icsassess.locality.locality import Locality
from icsassess.returns.reading.read_return import read_return
from icsassess.returns.reading.rows.entry import Entry, ReadReturn
from tests.support.returns_dsl import Q1, SHEET, cells, codes, fill_in, locality_of, points, read

ANSWER = "Ref | Evidence | RAG\nQ1-PEX | Annual report | Green"
ALIASES = {
    "NORTH": {"statements": ["Q1"], "aliases": ["Northern Hospitals"]},
    "SOUTH": {"statements": ["Q1"], "aliases": ["GP practices"]},
}
NOBODY = {"Partner": None, "Organisation": None}


def read_one(place: Locality) -> ReadReturn:
    (found,) = read(place)
    return found


def entry_at(found: ReadReturn, row: int, sheet: str = SHEET) -> Entry:
    (entry,) = [entry for entry in found.entries if entry.row.place.row == row and entry.sheet == sheet]
    return entry


def lines_by_row(found: ReadReturn) -> dict[int, str]:
    return {entry.row.place.row: entry.ref for entry in found.entries}


def as_rows(text: str, place: Locality, change: Callable[[Workbook], None] | None = None) -> ReadReturn:
    """Read a return whose only table stands exactly as in the text, its headings in row 4."""
    return read_return(fill_in(place, text, rewritten=True, change=change), place)


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    return locality_of(tmp_path)


# --- Whose return it is


@pytest.mark.parametrize(
    ("cover", "properties", "file", "partner"),
    [
        pytest.param({"Partner": "SOUTH"}, None, "return.xlsx", "SOUTH", id="by the code on the cover"),
        pytest.param({"Partner": "southern practice"}, None, "return.xlsx", "SOUTH", id="by the name on the cover"),
        pytest.param({"Partner": "Southern Practise"}, None, "return.xlsx", "SOUTH", id="by a misspelt name"),
        pytest.param({"Partner": "GP Practices"}, None, "return.xlsx", "SOUTH", id="by an alias on the cover"),
        pytest.param({"Partner": "Southern Practice (east side)"}, None, "return.xlsx", "SOUTH", id="by a longer name"),
        pytest.param({"Organisation": "Northern Hospitals"}, None, "return.xlsx", "NORTH", id="by the organisation"),
        pytest.param({}, {"icsassess.partner": "SOUTH"}, "return.xlsx", "SOUTH", id="by the file's properties"),
        pytest.param({}, None, "Anytown_south-return_FINAL v2.xlsx", "SOUTH", id="by a code in the file's name"),
        pytest.param({}, None, "GP practices joint return.xlsx", "SOUTH", id="by an alias in the file's name"),
        pytest.param({}, None, "Southampton return.xlsx", None, id="not by a part of a word in the file's name"),
        pytest.param({}, None, "return.xlsx", None, id="not at all where nothing says it"),
        pytest.param({"Partner": "Somebody else"}, None, "return.xlsx", None, id="not where an unknown name is given"),
    ],
)
def test_the_partner_is_told(
    cover: dict[str, object], properties: dict[str, str] | None, file: str, partner: str | None, tmp_path: Path
) -> None:
    place = locality_of(tmp_path, ALIASES)
    fill_in(place, ANSWER, cover=NOBODY | cover, properties=properties, no_properties=not properties, file=file)
    found = read_one(place)
    assert found.partner == partner
    assert found.refused == (partner is None)
    assert ("partner-unknown" in codes(found)) == (partner is None)


def test_a_return_whose_cover_names_another_partner_than_its_properties_is_nobodys(tmp_path: Path) -> None:
    place = locality_of(tmp_path, ALIASES)
    fill_in(place, ANSWER, cover={"Partner": "Southern Practice", "Organisation": None}, file="NORTH.xlsx")
    found = read_one(place)
    assert (found.partner, found.refused, found.asked_whose) == (None, True, ("SOUTH", "NORTH"))
    (point,) = points(found, "partner-contradiction")
    assert "Southern Practice (SOUTH)" in point.message
    assert "Northern Trust (NORTH)" in point.message


def test_a_return_without_document_properties_is_read_all_the_same(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, ANSWER, no_properties=True)
    found = read_one(place)
    assert (found.refused, found.partner, [entry.ref for entry in found.entries]) == (False, "NORTH", ["Q1-PEX"])


def test_who_completed_it_and_when_is_read_from_the_cover(place: Locality) -> None:
    fill_in(place, ANSWER, cover={"Completed by (role)": "Lead Nurse", "Date completed": "5th January 2024"})
    found = read_one(place)
    assert (found.completed_by, str(found.completed_on)) == ("Lead Nurse", "2024-01-05")


@pytest.mark.parametrize(
    ("cover", "properties", "code"),
    [
        pytest.param({"Locality": "Othertown"}, {"icsassess.locality": "Othertown"}, "wrong-locality", id="locality"),
        pytest.param(
            {"Locality": "Othertown"}, {"icsassess.locality": None}, "wrong-locality", id="locality on the cover"
        ),
        pytest.param({}, {"icsassess.framework": "cqc-la-2023"}, "wrong-framework", id="framework"),
        pytest.param({}, {"icsassess.kind": "locality workbook"}, "locality-workbook-among-returns", id="workbook"),
    ],
)
def test_a_return_of_another_place_is_refused_with_its_reason_first_and_nothing_of_it_is_used(
    cover: dict[str, object], properties: dict[str, str | None], code: str, place: Locality
) -> None:
    fill_in(place, ANSWER, cover=cover, properties=properties)
    found = read_one(place)
    assert (found.refused, found.entries, found.rows_of) == (True, [], {})
    assert found.problems[0].code == code


def test_a_blank_return_is_refused_as_blank(place: Locality) -> None:
    fill_in(place)
    found = read_one(place)
    assert (found.refused, codes(found)) == (True, {"return-blank"})


def test_a_cover_that_is_filled_in_does_not_make_a_blank_return_an_answer(place: Locality) -> None:
    fill_in(place, cover={"Contact": "Team mailbox"}, change=lambda book: retitle(book))
    found = read_one(place)
    assert (found.refused, codes(found) & {"return-blank"}) == (True, {"return-blank"})


def retitle(book: Workbook) -> None:
    """Word a title differently, as a partner who types nothing else might."""
    book.worksheets[1]["B5"] = f"{Q1} (adults)"


# --- Which line a row belongs to


def test_further_rows_with_the_same_ref_are_further_entries_of_that_line(place: Locality) -> None:
    fill_in(
        place,
        """
        Ref    | Evidence      | RAG
        Q1-PEX | Annual report | Green
        Q1-PEX | Audit         |
        Q1-PEX | Survey        | Green
        """,
    )
    found = read_one(place)
    assert lines_by_row(found) == {5: "Q1-PEX", 11: "Q1-PEX", 12: "Q1-PEX"}
    assert [cell for _, cell in ((sheet, at.cell("ref")) for sheet, at in found.rows_of["Q1-PEX"])] == [
        "A5",
        "A11",
        "A12",
    ]
    assert codes(found) == set()


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("q1-pex", id="small letters"),
        pytest.param("Q1 PEX", id="a space"),
        pytest.param("Q1–PEX", id="a dash"),
        pytest.param("Q1PEX", id="nothing between"),
        pytest.param(" Q1 - PEX ", id="spaces around"),
        pytest.param("Q1\u00a0-\u2011PEX", id="spaces and dashes that do not break"),
    ],
)
def test_a_ref_is_known_with(typed: str, place: Locality) -> None:
    found = as_rows(f"Ref | Evidence | RAG\n{typed} | Report | Green", place)
    assert lines_by_row(found) == {5: "Q1-PEX"}
    assert not codes(found) & {"line-unknown", "line-read-from-titles", "line-contradiction"}


def test_a_row_added_below_a_line_without_ref_belongs_to_that_line_and_is_said(place: Locality) -> None:
    found = as_rows(
        """
        Ref    | Evidence | RAG
        Q1-PEX | Report   | Green
               | Audit    |
               | Survey   |
        Q1-STF | Letter   | Amber
               | Minutes  |
        """,
        place,
    )
    assert lines_by_row(found) == {5: "Q1-PEX", 6: "Q1-PEX", 7: "Q1-PEX", 8: "Q1-STF", 9: "Q1-STF"}
    assert cells(points(found, "line-read-from-titles")) == [(SHEET, "A6"), (SHEET, "A7"), (SHEET, "A9")]


def test_a_rated_row_that_names_no_line_is_asked_about_and_never_silently_evidence(place: Locality) -> None:
    found = as_rows("Ref | Evidence | RAG\nQ1-PEX | Report | Green\n | Also we have a green travel plan | Green", place)
    (point,) = points(found, "row-placed-by-position")
    assert (point.severity, point.cell) == ("warning", "A6")


def test_a_row_far_below_without_ref_belongs_to_no_line_but_is_kept(place: Locality) -> None:
    found = as_rows("Ref | Evidence | RAG\nQ1-PEX | Report | Green", place, lambda book: far_below(book))
    assert lines_by_row(found) == {5: "Q1-PEX", 30: ""}
    assert entry_at(found, 30).row.values["evidence"] == "Audit"
    assert cells(points(found, "line-unknown")) == [(SHEET, "A30")]


def far_below(book: Workbook) -> None:
    book.worksheets[1]["B30"], book.worksheets[1]["C30"] = "Audit", "Green"


def test_blank_rows_between_do_not_end_the_table(place: Locality) -> None:
    def gap(book: Workbook) -> None:
        book.worksheets[1].insert_rows(6, 4)

    found = as_rows("Ref | Evidence | RAG\nQ1-PEX | Report | Green\nQ1-STF | Letter | Amber", place, gap)
    assert lines_by_row(found) == {5: "Q1-PEX", 10: "Q1-STF"}


def test_sorted_rows_keep_their_lines(place: Locality) -> None:
    found = as_rows(
        "Ref | Evidence | RAG\nQ1-STF | Letter | Amber\nQ1-OUT | Data | Red\nQ1-PEX | Report | Green", place
    )
    assert lines_by_row(found) == {5: "Q1-STF", 6: "Q1-OUT", 7: "Q1-PEX"}


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(Q1, id="its title"),
        pytest.param(Q1.upper(), id="capitals"),
        pytest.param("Supporting people to lead healthier lives", id="an alias"),
        pytest.param("Suporting people to live healther lives", id="a misspelling"),
        pytest.param(f"Q1. {Q1}", id="a code before it"),
        pytest.param(f"1) {Q1}", id="a number before it"),
        pytest.param(f"{Q1}\\nWe support people to manage their health and wellbeing", id="the we statement below it"),
    ],
)
def test_without_refs_a_line_is_known_by_its_titles_with(statement: str, place: Locality) -> None:
    found = as_rows(
        f"Quality statement | Evidence category | Evidence | RAG\n{statement} | Outcome | Data | Red", place
    )
    assert lines_by_row(found) == {5: "Q1-OUT"}
    assert not codes(found) & {"line-unknown", "line-read-from-titles"}


def test_titles_that_fit_two_statements_equally_are_not_guessed(place: Locality) -> None:
    found = as_rows("Quality statement | Evidence category | Evidence | RAG\nEquity | Outcomes | Data | Red", place)
    assert lines_by_row(found) == {5: ""}
    assert "line-unknown" in codes(found)


def test_a_statement_merged_over_its_rows_counts_for_all_of_them(place: Locality) -> None:
    found = as_rows(
        f"""
        Quality statement | Evidence category   | Evidence | RAG
        {Q1}              | People's experience | Report   | Green
                          | Observation         | Visits   | Amber
                          | Outcomes            | Data     | Red
        """,
        place,
        lambda book: book.worksheets[1].merge_cells("A5:A7"),
    )
    assert lines_by_row(found) == {5: "Q1-PEX", 6: "Q1-OBS", 7: "Q1-OUT"}
    assert entry_at(found, 7).row.place.cell("statement") == "A5"
    assert entry_at(found, 7).row.place.cell("rag") == "D7"


def test_a_heading_row_that_names_a_statement_counts_for_the_rows_below(place: Locality) -> None:
    found = as_rows(
        f"""
        Evidence category   | Evidence | RAG
        {Q1}                |          |
        People's experience | Report   | Green
        Observation         | Visits   | Amber
        Safeguarding        |          |
        Observation         | Audit    | Red
        """,
        place,
    )
    assert lines_by_row(found) == {6: "Q1-PEX", 7: "Q1-OBS", 9: "Q6-OBS"}


def test_a_rating_merged_over_two_rows_is_read_once_more_with_the_address_where_it_stands(place: Locality) -> None:
    found = as_rows(
        "Ref | Evidence | RAG\nQ1-PEX | Report | Amber\nQ1-PEX | Audit |",
        place,
        lambda book: book.worksheets[1].merge_cells("C5:C6"),
    )
    assert [entry.row.values["rag"] for entry in found.entries] == ["Amber", "Amber"]
    assert entry_at(found, 6).row.place.cell("rag") == "C5"


@pytest.mark.parametrize("text", [Q1, "Safeguarding", "Leadership", "Quality and safety"])
def test_an_answer_that_reads_like_a_title_is_not_taken_for_a_heading_and_lost(text: str, place: Locality) -> None:
    found = as_rows("Ref | Evidence | RAG\nQ1-PEX | Report | Green", place, lambda book: put_far(book, text))
    kept = [entry for entry in found.entries if text in entry.row.values.values()]
    named = [problem for problem in found.problems if problem.cell == "B20"]
    assert kept or named


def put_far(book: Workbook, text: str) -> None:
    book.worksheets[1]["B20"] = text


def test_a_blank_row_whose_title_is_worded_differently_is_no_answer(place: Locality) -> None:
    fill_in(place, "Ref | Evidence | RAG\nQ1-STF | Letter | Green", change=retitle)
    found = read_one(place)
    assert [entry.ref for entry in found.entries if entry.row.is_filled_in] == ["Q1-STF"]
    kept = [entry.row.own for entry in found.entries if entry.ref == "Q1-PEX"]
    assert kept in ([], [[f"Statement: {Q1} (adults)"]])


# --- Where the table and its columns stand


def test_columns_in_another_order_are_read_with_their_own_addresses(place: Locality) -> None:
    found = as_rows("RAG | Gap | Evidence | Ref | Due date\nAmber | No carers | Report | Q1-PEX | 31/1/24", place)
    entry = entry_at(found, 5)
    expected = {
        "rag": ("A5", "Amber"),
        "gap": ("B5", "No carers"),
        "evidence": ("C5", "Report"),
        "due": ("E5", "31/1/24"),
    }
    assert {name: (entry.row.place.cell(name), entry.row.values[name]) for name in expected} == expected
    assert entry.row.place.cell("ref") == "D5"


@pytest.mark.parametrize(
    ("field", "title"),
    [
        pytest.param("evidence", "What evidence do you hold?", id="evidence as a question"),
        pytest.param("evidence", "EVIDENCE (please describe)", id="evidence with a hint in brackets"),
        pytest.param("evidence", "Evidance", id="evidence misspelt"),
        pytest.param("rag", "RAG rating", id="rating in other words"),
        pytest.param("rag", "R/A/G", id="rating with strokes"),
        pytest.param("rag", "Self assessment rating 2023/24", id="rating with a year"),
        pytest.param("reason", "Rationale", id="reason"),
        pytest.param("kept", "Location of\\nevidence", id="place, over two lines"),
        pytest.param("gap", "Gaps identified", id="gap"),
        pytest.param("action", "Next steps", id="action"),
        pytest.param("owner", "Lead", id="owner"),
        pytest.param("due", "By when?", id="due date"),
        pytest.param("action_status", "Progress", id="status"),
        pytest.param("evidence_date", "Date of evidence", id="evidence date"),
    ],
)
def test_a_column_is_known_under_another_title(field: str, title: str, place: Locality) -> None:
    other = "Evidence" if field != "evidence" else "RAG"
    answer = "Report" if other == "Evidence" else "Green"
    found = as_rows(f"Ref | {other} | Gap | {title}\nQ1-PEX | {answer} | | something", place)
    if field == "gap":
        found = as_rows(f"Ref | Evidence | RAG | {title}\nQ1-PEX | Report | Green | something", place)
    assert entry_at(found, 5).row.values[field] == "something"


def test_a_table_may_begin_in_another_row_and_column(place: Locality) -> None:
    def move(book: Workbook) -> None:
        book.worksheets[1].insert_rows(1, 7)
        book.worksheets[1].insert_cols(1, 2)

    found = as_rows("Ref | Evidence | RAG\nQ1-PEX | Report | Green", place, move)
    assert lines_by_row(found) == {12: "Q1-PEX"}
    assert entry_at(found, 12).row.place.cell("rag") == "E12"


def test_headings_in_two_rows_are_put_together(place: Locality) -> None:
    def two_rows(book: Workbook) -> None:
        sheet = book.worksheets[1]
        sheet.insert_rows(4)
        sheet["B4"] = "Evidence"
        sheet.merge_cells("B4:D4")

    text = "Ref | Description | Where kept | Date | RAG | Gap\nQ1-PEX | Report | Drive | 31/1/23 | Green | none"
    found = as_rows(text, place, two_rows)
    values = entry_at(found, 6).row.values
    assert (values["evidence"], values["kept"], values["evidence_date"]) == ("Report", "Drive", "31/1/23")


def test_headings_repeated_halfway_down_are_no_answers(place: Locality) -> None:
    found = as_rows(
        "Ref | Evidence | RAG\nQ1-PEX | Report | Green\nRef | Evidence | RAG\nQ1-STF | Letter | Amber", place
    )
    assert lines_by_row(found) == {5: "Q1-PEX", 7: "Q1-STF"}
    assert not codes(found) & {"line-unknown", "text-outside-table"}


def test_a_sheet_may_have_another_title_and_all_themes_may_stand_on_one(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": ""})

    def one_sheet(book: Workbook) -> None:
        for sheet in book.worksheets[2:4]:
            book.remove(sheet)
        book.worksheets[1].title = "Our answers"

    text = "Ref | Evidence | RAG\nL8-OUT | Report | Green\nI2-PRO | Letter | Amber\nQ4-PTN | Data | Red"
    found = as_rows(text, place, one_sheet)
    assert [(entry.ref, entry.sheet) for entry in found.entries] == [
        ("L8-OUT", "Our answers"),
        ("I2-PRO", "Our answers"),
        ("Q4-PTN", "Our answers"),
    ]


def test_the_worked_example_of_the_guidance_is_no_answer(place: Locality) -> None:
    fill_in(place, ANSWER)
    assert {entry.sheet for entry in read_one(place).entries} == {SHEET}


# --- What else is in a return


def test_the_partners_own_columns_travel_with_the_entry_under_their_title(place: Locality) -> None:
    found = as_rows("Ref | Borough priority | Evidence | RAG | Gap\nQ1-PEX | yes, 2024 | Report | Green", place)
    assert entry_at(found, 5).row.own == ["Borough priority: yes, 2024"]
    assert cells(points(found, "column-of-their-own")) == [(SHEET, "B4")]


def test_a_column_without_a_title_travels_under_its_letter(place: Locality) -> None:
    def beside(book: Workbook) -> None:
        book.worksheets[1]["P5"] = "see me"

    fill_in(place, ANSWER, change=beside)
    assert entry_at(read_one(place), 5).row.own == ["Column P: see me"]


def test_where_two_columns_for_the_rating_differ_it_is_left_open_and_both_headings_are_named(place: Locality) -> None:
    found = as_rows(
        "Ref | Evidence | RAG | RAG rating\nQ1-PEX | Report | Amber | Green\nQ1-STF | Audit | Red | Red", place
    )
    differing, agreeing = entry_at(found, 5).row, entry_at(found, 6).row
    assert (differing.values["rag"], differing.own) == ("Amber / Green", ["RAG rating: Green"])
    assert "differ" in differing.rag_doubt
    assert (agreeing.values["rag"], agreeing.rag_doubt) == ("Red", "")
    assert [point.cell for point in points(found, "columns-rival")] == ["C4", "D4"]


def test_notes_and_links_on_answers_travel_with_their_address(place: Locality) -> None:
    def add(book: Workbook) -> None:
        book.worksheets[1]["G5"].comment = Comment("Was Red last time", "A person")
        book.worksheets[1]["D5"].hyperlink = "https://example.org/report.pdf"

    fill_in(place, ANSWER, change=add)
    assert entry_at(read_one(place), 5).row.notes == ["D5: https://example.org/report.pdf", "G5: Was Red last time"]


def test_an_nhs_number_is_masked_wherever_an_entry_keeps_it(place: Locality) -> None:
    number = "999 000 0018"

    def add(book: Workbook) -> None:
        book.worksheets[1]["G5"].comment = Comment(f"ask {number}", "A person")
        book.worksheets[1]["N4"] = f"Case {number}"
        book.worksheets[1]["N5"] = f"seen {number}"
        book.worksheets[1]["B5"] = f"{Q1} {number}"

    fill_in(place, f"Ref | Evidence | RAG | Owner\nQ1-PEX | Mr B {number} | Green | 9990000026", change=add)
    found = read_one(place)
    for kept in (*found.problems, *found.entries):
        assert number not in str(kept)
        assert "9990000026" not in str(kept)
    assert {problem.cell for problem in points(found, "personal-data")} == {"D5", "K5", "G5", "N4", "N5", "B5"}


def test_an_nhs_number_in_a_sheets_title_is_pointed_out_and_masked(place: Locality) -> None:
    def retitle_sheet(book: Workbook) -> None:
        book.worksheets[1].title = "Case 999 000 0018"

    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | #REF! | Green", change=retitle_sheet)
    found = read_one(place)
    assert "personal-data" in codes(found)
    assert not [problem for problem in found.problems if "999 000 0018" in str(problem)]


def test_content_in_a_hidden_row_is_read_and_said(place: Locality) -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[1].row_dimensions[5].hidden = True

    fill_in(place, ANSWER, change=hide)
    found = read_one(place)
    assert lines_by_row(found) == {5: "Q1-PEX"}
    assert "hidden-content" in codes(found)


def test_a_rating_given_by_colour_alone_is_an_answer_and_a_grey_cell_is_none(place: Locality) -> None:
    fill_in(place, "Ref | RAG\nQ1-PEX | [00B050]\nQ1-STF | [D9D9D9]\nQ1-OUT | Not assessed")
    found = read_one(place)
    assert {row: ref for row, ref in lines_by_row(found).items() if row != 6} == {5: "Q1-PEX", 10: "Q1-OUT"}
    assert entry_at(found, 5).row.fill == "00B050"


@pytest.mark.parametrize("name", ["~$return.xlsx", ".~lock.return.xlsx#", ".DS_Store", "Thumbs.db", "._return.xlsx"])
def test_temporary_and_lock_files_are_ignored(name: str, place: Locality) -> None:
    (place.folder / "returns" / name).write_bytes(b"not a workbook")
    assert place.return_files() == []


def test_a_return_may_lie_in_a_sub_folder(place: Locality) -> None:
    fill_in(place, ANSWER, file="received/week 1/return.xlsx")
    assert read_one(place).file == "returns/received/week 1/return.xlsx"


def test_an_nhs_number_in_a_files_name_is_pointed_out(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    named = fill_in(place, "Ref | RAG\nQ1-PEX | Green", file="NORTH complaint 999 000 0018.xlsx")
    assert "personal-data-in-name" in codes(read_return(named, place))
    dated = fill_in(place, "Ref | RAG\nQ1-PEX | Green", file="NORTH 2024-01-10 9990000019.xlsx")
    assert "personal-data-in-name" not in codes(read_return(dated, place))
