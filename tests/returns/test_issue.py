"""What a partner receives: a blank return to fill in."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain.framework import framework
from icsassess.domain.rag import vocabulary
from icsassess.locality.locality import Locality, Settings
from icsassess.returns.issuing.issue import blank_return, issue
from icsassess.returns.template.model import return_template, sheet_title, sheet_titles
from icsassess.version import VERSION

ISSUED = datetime.date(2023, 12, 4)
COLUMNS = [
    "Ref",
    "Quality statement",
    "Evidence category",
    "Evidence",
    "Where it is kept",
    "Evidence date",
    "RAG",
    "Reason for rating",
    "Gap",
    "Action",
    "Owner",
    "Due date",
    "Action status",
]
TRUST = {"code": "TRUST", "name": 'A & B\'s "Great" <Foundation> Trust'}
FEW = {"code": "FEW", "name": "Few statements", "statements": ["Q6", "I1"]}


def locality(folder: Path, partner: dict[str, object], framework_id: str = "cqc-ics-2023", **more: object) -> Locality:
    settings = Settings.model_validate(
        {"name": "Anytown", "deadline": "2024-01-31", "framework": framework_id, "partner": [partner], **more}
    )
    return Locality(folder, settings, framework(framework_id))


def made(partner: dict[str, object], framework_id: str = "cqc-ics-2023", **more: object) -> bytes:
    place = locality(Path(), partner, framework_id, **more)
    return blank_return(place, place.partners[0], issued_on=ISSUED)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def full() -> Workbook:
    return opened(made(TRUST))


def theme_sheets(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title not in ("Cover", "Guidance")]


def rows(sheet: Worksheet, name: str = "") -> list[list[object]]:
    """The rows of the table of this name, without its headings; of the only one when left out."""
    (table,) = [table for table in sheet.tables.values() if name in ("", table.displayName)]
    return [[cell.value for cell in row] for row in sheet[table.ref]][1:]


def box(book: Workbook, label: str) -> object:
    return next(row[1].value for row in book["Cover"].iter_rows() if row[0].value == label)


def test_the_sheets_are_the_cover_a_sheet_for_each_theme_and_guidance(full: Workbook) -> None:
    assert full.sheetnames == ["Cover", "Quality and safety", "Integration", "Leadership", "Guidance"]


def test_a_theme_sheet_has_one_table_with_exactly_the_columns_of_the_contract(full: Workbook) -> None:
    for sheet in theme_sheets(full):
        (table,) = sheet.tables.values()
        assert [cell.value for cell in sheet[table.ref][0]] == COLUMNS
        assert table.column_names == COLUMNS
        assert table.autoFilter is not None
        assert sheet.max_row == sheet[table.ref][-1][0].row, "nothing stands below the table"


def test_there_is_one_row_for_each_statement_and_category_with_only_its_labels_filled_in(full: Workbook) -> None:
    lines = framework("cqc-ics-2023").lines
    found = [row for sheet in theme_sheets(full) for row in rows(sheet)]
    assert [row[:3] for row in found] == [[line.ref, line.statement.title, line.category.title] for line in lines]
    assert all(value is None for row in found for value in row[3:])


def test_an_empty_cell_to_type_in_has_no_colour_that_could_be_read_as_a_rating(full: Workbook) -> None:
    for sheet in theme_sheets(full):
        for row in sheet.iter_rows(min_row=5, min_col=4):
            assert all(cell.fill.fill_type is None for cell in row)
        for row in sheet.iter_rows(min_row=5):
            assert all(
                vocabulary().from_colour(str(cell.fill.fgColor.rgb)[2:]) is None for cell in row if cell.fill.fill_type
            )


def test_a_partner_is_asked_only_for_its_statements() -> None:
    book = opened(made(FEW))
    assert book.sheetnames == ["Cover", "Quality and safety", "Integration", "Guidance"]
    found = [str(row[0]) for sheet in theme_sheets(book) for row in rows(sheet)]
    assert sorted({ref.split("-")[0] for ref in found}) == ["I1", "Q6"]
    assert len(found) == 12
    assert [row[2] for row in rows(book["Guidance"])] == ["Q6", "I1"]


def test_the_other_framework_makes_a_return_of_the_same_kind() -> None:
    book = opened(made(TRUST, "cqc-la-2023"))
    assert book.sheetnames == [
        "Cover",
        "Working with people",
        "Providing support",
        "Ensuring safety",
        "Leadership",
        "Guidance",
    ]
    assert sum(len(rows(sheet)) for sheet in theme_sheets(book)) == 36


def test_the_we_statement_is_a_note_on_every_row_and_in_full_in_the_guidance(full: Workbook) -> None:
    statements = framework("cqc-ics-2023").statement_by_code
    for sheet in theme_sheets(full):
        for row in sheet.iter_rows(min_row=5):
            note = row[1].comment
            assert note is not None
            assert statements[str(row[0].value).split("-")[0]].we_statement in note.text
    assert {row[2]: row[1] for row in rows(full["Guidance"])} == {s.code: s.we_statement for s in statements.values()}


def test_a_wording_that_was_not_verified_says_so(full: Workbook) -> None:
    row = next(row for row in full["Quality and safety"].iter_rows(min_row=5) if row[0].value == "Q4-PEX")
    assert row[1].comment is not None
    assert "not verified" in row[1].comment.text
    assert next(row[4] for row in rows(full["Guidance"]) if row[2] == "Q4") == "Not verified"


def validation(sheet: Worksheet, address: str) -> tuple[str, str | None, str | None]:
    """What a cell offers: kind of validation, list, and how an answer outside it is met."""
    found = [v for v in sheet.data_validations.dataValidation if address in v.sqref]
    assert len(found) == 1, address
    return found[0].type or "", found[0].formula1, found[0].errorStyle


def test_ratings_and_statuses_are_offered_and_dates_asked_for_also_in_the_rows_below_the_table(full: Workbook) -> None:
    for sheet in theme_sheets(full):
        for row in (5, sheet.max_row, sheet.max_row + 300):
            words = '"Red,Amber,Green,Not applicable,Not assessed"'
            assert validation(sheet, f"G{row}") == ("list", words, "warning")
            assert validation(sheet, f"M{row}") == ("list", '"Not started,In progress,Delivered"', "warning")
            assert validation(sheet, f"F{row}")[::2] == ("date", "warning")
            assert validation(sheet, f"L{row}")[::2] == ("date", "warning")


def test_every_column_has_a_prompt_where_there_is_something_to_know(full: Workbook) -> None:
    sheet = full["Integration"]
    prompted = [v for v in sheet.data_validations.dataValidation if v.prompt]
    titles = {v.promptTitle for v in prompted}
    assert titles >= set(COLUMNS) - {"Evidence category"}


def test_each_rating_has_its_colour_also_in_the_rows_below_the_table(full: Workbook) -> None:
    for sheet in theme_sheets(full):
        coloured = {}
        for area, rules in sheet.conditional_formatting._cf_rules.items():
            assert f"G{sheet.max_row + 300}" in area.sqref
            coloured |= {rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[2:] for rule in rules}
        assert coloured == {rating.name: rating.fill for rating in vocabulary().ratings}


def test_the_cover_says_who_where_and_by_when_with_a_real_date(full: Workbook) -> None:
    assert box(full, "Partner") == TRUST["name"]
    assert box(full, "Locality") == "Anytown"
    assert box(full, "Framework") == framework("cqc-ics-2023").title
    assert box(full, "Return by") == datetime.datetime(2024, 1, 31)
    assert [box(full, name) for name in ("Organisation", "Completed by (role)", "Date completed", "Contact")] == [
        None
    ] * 4


def test_the_checklist_of_a_blank_return_is_incomplete() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(TRUST)), data_only=True)
    assert rows(book["Cover"], "Checklist") == [
        ["Quality and safety", "Incomplete", 36, 0, 0, 36],
        ["Integration", "Incomplete", 18, 0, 0, 18],
        ["Leadership", "Incomplete", 48, 0, 0, 48],
        ["All themes", "Incomplete", 102, 0, 0, 102],
    ]
    assert box(book, "Yellow boxes still empty") == "Organisation, Completed by (role), Date completed, Contact"
    assert box(book, "Ready to send?") == "No: lines still blank: 102, yellow boxes still empty: 4"


def test_the_checklist_needs_no_function_that_only_the_newest_excel_has(full: Workbook) -> None:
    formulas = [cell.value for row in full["Cover"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 10
    for formula in formulas:
        assert isinstance(formula, str), "an array formula needs a special key to be entered"
        used = set(re.findall(r"[A-Z.]+(?=\()", re.sub(r'"[^"]*"', "", formula)))
        assert used <= {"SUMPRODUCT", "MMULT", "COUNTIFS", "IF", "AND", "SUM", "TRIM", "MID"}
        assert len(formula) < 8_192


def test_the_guidance_holds_the_definitions_the_words_an_example_and_the_word_on_personal_data(full: Workbook) -> None:
    pairs = {row[0].value: row[1].value for row in full["Guidance"].iter_rows(max_col=2)}
    for rating in vocabulary().ratings:
        assert pairs[rating.name] == rating.definition
    assert set(return_template("stockport").statuses) <= set(pairs)
    assert set(COLUMNS) <= set(pairs), "the worked example has a label for every column"
    assert pairs["Ref"] == "Q1-PEX"
    assert pairs["Due date"] == datetime.datetime(2024, 3, 29)
    assert any("cannot see names, dates of birth or case stories" in str(text) for text in pairs.values())


def test_the_marking_stands_on_every_sheet_and_every_printed_page() -> None:
    book = opened(made(TRUST, marking="SENSITIVE & LOCAL"))
    for sheet in book.worksheets:
        assert "SENSITIVE & LOCAL" in [sheet.cell(row, 1).value for row in range(1, 4)]
        assert "SENSITIVE && LOCAL" in str(sheet.oddHeader.right.text)


def test_it_prints_on_landscape_a4_one_page_wide_with_headings_repeated(full: Workbook) -> None:
    for sheet in full.worksheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert str(sheet.page_setup.fitToWidth or 1) == "1"
        assert "&P" in sheet.oddFooter.right.text
        assert "&N" in sheet.oddFooter.right.text
    assert all(sheet.print_title_rows == "$4:$4" for sheet in theme_sheets(full))


def test_the_headings_and_the_labels_stay_in_sight(full: Workbook) -> None:
    assert {sheet.freeze_panes for sheet in theme_sheets(full)} == {"D5"}


def test_nothing_is_hidden_merged_locked_or_run() -> None:
    data = made(TRUST)
    for sheet in opened(data).worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not sheet.protection.sheet
        assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "externalLink" in name]


def test_rows_are_high_enough_to_type_in_and_still_grow_with_their_text() -> None:
    with zipfile.ZipFile(io.BytesIO(made(TRUST))) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    found = re.findall(r'<row r="(\d+)"([^>]*)>', sheet)
    below_the_heading = [attributes for row, attributes in found if int(row) > 4]
    assert len(below_the_heading) == 36
    for attributes in below_the_heading:
        assert float(re.findall(r'ht="([\d.]+)"', attributes)[0]) >= 40
        assert "customHeight" not in attributes, "a height set by hand would keep the row from growing"


def test_the_workbook_says_in_its_properties_what_it_is(full: Workbook) -> None:
    assert {item.name: item.value for item in full.custom_doc_props.props} == {
        "icsassess.kind": "return",
        "icsassess.template": "stockport 1",
        "icsassess.framework": "cqc-ics-2023",
        "icsassess.framework_version": framework("cqc-ics-2023").version,
        "icsassess.locality": "Anytown",
        "icsassess.partner": "TRUST",
        "icsassess.deadline": "2024-01-31",
        "icsassess.issued": "2023-12-04",
        "icsassess.version": VERSION,
    }
    assert full.properties.title == f"Anytown: self-assessment return, {TRUST['name']}"
    assert full.properties.subject == framework("cqc-ics-2023").title


def test_the_same_return_has_the_same_bytes() -> None:
    assert made(FEW) == made(FEW)


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    book = opened(made({"code": "X", "name": "=1+1"}, name="=HYPERLINK(1)"))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value in ("=1+1", "=HYPERLINK(1)")] == ["s", "s"]


def test_issue_writes_a_file_named_after_locality_code_and_partner(tmp_path: Path) -> None:
    place = locality(tmp_path, {"code": "PH", "name": "Public health"})
    assert issue(place, place.partners, ISSUED) == [tmp_path / "issued" / "Anytown - PH - Public health.xlsx"]


def test_issue_takes_the_place_of_an_earlier_blank_and_leaves_nothing_else(tmp_path: Path) -> None:
    place = locality(tmp_path, {"code": "PH", "name": "Public health"})
    (path,) = issue(place, place.partners, ISSUED)
    path.write_bytes(b"an earlier blank")
    issue(place, place.partners, ISSUED)
    assert opened(path.read_bytes()).sheetnames[0] == "Cover"
    assert list((tmp_path / "issued").iterdir()) == [path]


def test_long_names_of_locality_and_partner_still_leave_the_code_in_the_files_name(tmp_path: Path) -> None:
    place = locality(tmp_path, {"code": "PH", "name": "P/Q: " + "very " * 40}, name="L" * 200)
    (path,) = issue(place, place.partners, ISSUED)
    assert " - PH - P Q very" in path.name
    assert len(path.name) < 100


def test_names_of_any_length_leave_the_marking_on_the_printed_page() -> None:
    book = opened(made({"code": "PH", "name": "& very long " * 20}, name="5 places"))
    assert book["Cover"].oddHeader.right.text == "OFFICIAL-SENSITIVE"
    assert str(book["Cover"].oddHeader.left.text).startswith("5 places: self-assessment return, && very long")


@pytest.mark.parametrize(
    ("theme", "title"),
    [
        ("Leadership", "Leadership"),
        ("Ensuring safety within the system", "Ensuring safety"),
        ("Quality / safety: [all]?", "Quality safety all"),
        ("'Quoted'", "Quoted"),
        ("Guidance", "Guidance theme"),
        ("History", "History theme"),
        ("Anantidisestablishmentarianisticword", "Anantidisestabl"),
    ],
)
def test_a_sheets_title_is_one_that_excel_takes(theme: str, title: str) -> None:
    assert sheet_title(theme) == title


def test_themes_that_are_cut_alike_get_different_sheets() -> None:
    first, *others = framework("cqc-la-2023").themes
    long = "Ensuring safety within the system for"
    themes = (
        first.model_copy(update={"title": f"{long} adults"}),
        *(theme.model_copy(update={"title": f"{long} children {theme.code}"}) for theme in others),
    )
    titles = list(sheet_titles(themes).values())
    assert titles == ["Ensuring safety", "Ensuring safety 2", "Ensuring safety 3", "Ensuring safety 4"]
