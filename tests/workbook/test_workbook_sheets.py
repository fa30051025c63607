"""What a locality workbook holds: the contract's sheets and columns, text as text, and the accessibility list."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain import rag
from icsassess.excel.writing.model.values import fitted
from icsassess.tables import models as tables
from icsassess.tables.validation import titles
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.write import locality_workbook
from tests.support.sample_view import TEXTS, sample_view
from tests.support.written_workbooks import KINDS, cells, cells_of, column, every_kind, headings, opened, view, written

pytestmark = pytest.mark.begins_early

SHEETS = [
    "Summary",
    "Heat map",
    "Assessment",
    "Gaps",
    "Actions",
    "Evidence",
    "Returns",
    "Points to fix",
    "Changes",
    "Sign-off",
    "Key",
]


@every_kind
def test_the_sheets_stand_in_the_order_a_reader_needs_them(kind: str) -> None:
    assert opened(kind).sheetnames == SHEETS


@every_kind
def test_assessment_gaps_and_actions_have_the_columns_of_the_contract(kind: str) -> None:
    codes = [partner.code for partner in view(kind).locality.partners]
    contract = [
        *("Ref", "Theme", "Quality statement", "Evidence category"),
        *codes,
        *("Suggested RAG", "Agreed RAG", "Reason for agreed RAG", "Agreed on", "Rating", "Agreement", "Evidence"),
    ]
    assert headings(opened(kind)["Assessment"])[: len(contract)] == contract
    assert headings(opened(kind)["Gaps"]) == [
        *("Gap", "Ref", "Quality statement", "Evidence category", "Rating", "What is missing", "Why it is a gap"),
        *("Partners", "No proposal from", "Actions", "Late", "Plan", "Covered"),
    ]
    assert headings(opened(kind)["Actions"]) == [
        *("No", "Gap", "Ref", "Quality statement", "Evidence category", "Rating", "Proposed by"),
        *("Action", "Owner", "Accountable role", "Due date", "Delivery status", "Evidenced by", "Date evidenced"),
        *("Update", "Taken up", "Why not", "State", "File", "Sheet", "Row"),
    ]


def test_every_action_stands_in_a_row_with_who_proposed_it_and_where() -> None:
    merged, sheet = view("nine partners"), opened("nine partners")["Actions"]
    assert [cell.value for cell in column(sheet, "No")] == [action.id for action in merged.actions]
    proposed_by = ["Group" if action.proposed_by == "group" else action.proposed_by for action in merged.actions]
    assert [cell.value for cell in column(sheet, "Proposed by")] == proposed_by
    for title, name in (("File", "file"), ("Sheet", "sheet"), ("Row", "row")):
        assert [cell.value for cell in column(sheet, title)] == [getattr(a, name) or None for a in merged.actions]


def test_what_is_missing_has_a_line_for_each_partner_that_says_so() -> None:
    merged, sheet = view("nine partners"), opened("nine partners")["Gaps"]
    for gap, cell in zip(merged.gaps, column(sheet, "What is missing"), strict=True):
        said = "\n".join(f"{partner}: {text}" for partner, text in gap.stated)
        assert str(cell.value or "") == fitted(said)


def test_a_gap_leads_to_its_actions_and_an_action_to_its_gap_however_they_are_sorted() -> None:
    book = opened("nine partners")
    number = str(column(book["Gaps"], "Actions")[0].value)
    assert re.search(r"""HYPERLINK\("#'Actions'!A"&\(4\+MATCH\(Gaps\[\[#This Row\],\[Gap\]\],'Actions'!""", number)
    gap = str(column(book["Actions"], "Gap")[0].value)
    assert re.search(r"""HYPERLINK\("#'Gaps'!A"&\(4\+MATCH\("G-"&Actions\[\[#This Row\],\[Ref\]\],'Gaps'!""", gap)


def test_a_partner_whose_code_is_a_heading_gets_a_heading_of_its_own() -> None:
    merged = sample_view(partners=2)
    settings = merged.locality.settings
    renamed = [
        partner.model_copy(update={"code": code})
        for partner, code in zip(settings.partners, ("rating", "X"), strict=True)
    ]
    codes = {"P01": "rating", "P02": "X"}
    lines = [line._replace(partner=codes[line.partner]) for line in merged.partner_lines]
    locality = type(merged.locality)(
        merged.locality.folder, settings.model_copy(update={"partners": tuple(renamed)}), merged.locality.framework
    )
    book = openpyxl.load_workbook(
        io.BytesIO(locality_workbook(type(merged)(**{**merged.__dict__, "locality": locality, "partner_lines": lines})))
    )
    assert headings(book["Assessment"])[4:6] == ["rating (partner)", "X"]


@every_kind
def test_a_partners_cell_tells_blank_no_return_and_not_asked_apart(kind: str) -> None:
    merged, sheet = view(kind), opened(kind)["Assessment"]
    absent = rag.vocabulary().absent
    given = {(row.ref, row.partner): row.rating or absent.blank for row in merged.partner_lines}
    for partner in merged.locality.partners:
        for ref, cell in zip(column(sheet, "Ref"), column(sheet, partner.code), strict=True):
            assert cell.value == given.get((ref.value, partner.code), absent.not_asked)


@every_kind
def test_a_line_that_nobody_rated_says_so_in_words(kind: str) -> None:
    values = openpyxl.load_workbook(io.BytesIO(written(kind)), data_only=True)["Assessment"]
    words = {*rag.vocabulary().names, "Left blank", "No return", "Not asked"}
    for cell, row in zip(column(values, "Rating"), view(kind).lines, strict=True):
        assert cell.value in words
        assert (cell.value in rag.vocabulary().names) == bool(row.rating)


def test_without_any_return_every_line_says_no_return_and_nothing_is_green() -> None:
    values = openpyxl.load_workbook(io.BytesIO(written("no returns")), data_only=True)
    assert {cell.value for cell in column(values["Assessment"], "Rating")} == {"No return"}
    assert {cell.value for cell in column(values["Heat map"], "Statement rating")} == {"No return"}


def test_a_statement_is_green_only_where_every_line_is_green_or_does_not_apply() -> None:
    for kind in KINDS:
        sheet = openpyxl.load_workbook(io.BytesIO(written(kind)), data_only=True)["Heat map"]
        last = headings(sheet).index("Statement rating")
        for row in sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True):
            if row[last] == "Green":
                assert {str(word).split(" – ")[0] for word in row[2:last]} <= {"Green", "Not applicable"}


def test_disagreement_shows_in_words_on_the_heat_map() -> None:
    merged, values = view("nine partners"), openpyxl.load_workbook(io.BytesIO(written("nine partners")), data_only=True)
    lines = merged.lines
    open_ones = sum(line.agreement == "red and green" and not line.agreed for line in lines)
    shown = [cell for cell in cells_of(values["Heat map"]) if str(cell.value).endswith(" – split")]
    assert len(shown) == open_ones > 0


def test_every_entry_stands_in_evidence_with_every_field_and_where_it_came_from() -> None:
    merged, sheet = view("nine partners"), opened("nine partners")["Evidence"]
    names = {name: title for name, title in titles(tables.Entries).items() if name != "place"}
    for name, title in names.items():
        expected = [None if getattr(entry, name) == "" else getattr(entry, name) for entry in merged.entries]
        expected = [fitted(value) if isinstance(value, str) else value for value in expected]
        found = [cell.value for cell in column(sheet, title)]
        assert [value.date() if isinstance(value, datetime.datetime) else value for value in found] == expected, title


@every_kind
def test_nothing_that_people_typed_is_a_formula_or_a_link_outside(kind: str) -> None:
    book = opened(kind)
    typed = {text for text in TEXTS if text[:1] in "=+-@{"} | {"Head of Quality, =cmd", "=Head of Quality"}
    seen = [cell for cell in cells(book) if cell.value in typed]
    assert all(cell.data_type == "s" for cell in seen)
    assert seen or kind in ("one partner", "no returns", "all green")
    formulas = [cell for cell in cells(book) if cell.data_type == "f"]
    allowed = re.compile(r'=(IF|IFERROR|COUNT|SUM|[A-Z]+\d+[-&]|HYPERLINK\("#)')
    assert all(allowed.match(str(cell.value)) for cell in formulas)
    links = [cell.hyperlink for cell in cells(book) if cell.hyperlink]
    assert links
    assert all(link.location and not link.target for link in links)
    with zipfile.ZipFile(io.BytesIO(written(kind))) as package:
        assert not [name for name in package.namelist() if "external" in name.lower() or "vba" in name.lower()]


@every_kind
def test_the_same_view_gives_the_same_bytes(kind: str) -> None:
    assert locality_workbook(view(kind)) == written(kind)


def test_the_workbook_says_what_it_is_in_its_properties() -> None:
    custom = {prop.name: prop.value for prop in opened("nine partners").custom_doc_props.props}
    assert custom == {
        "icsassess.kind": "locality workbook",
        "icsassess.locality": "Trafford",
        "icsassess.framework": "cqc-ics-2023",
        "icsassess.framework_version": "2023-1",
        "icsassess.template": "stockport",
        "icsassess.as_at": "2024-01-10",
        "icsassess.version": custom["icsassess.version"],
    }
    assert opened("nine partners").properties.title == "Trafford self-assessment, as at 10 January 2024"


@every_kind
def test_each_sheet_has_one_named_table_with_unique_headings_and_nothing_below_or_beside_it(kind: str) -> None:
    names = set()
    for sheet in opened(kind):
        (table,) = sheet.tables.values()
        names.add(table.displayName)
        first, last = (cell for cell in table.ref.split(":"))
        assert sheet[first].column == 1
        assert sheet[last].row == sheet.max_row
        folded = [title.casefold() for title in headings(sheet)]
        assert len(set(folded)) == len(folded) == sheet[last].column
        assert all(folded)
    assert len(names) == len(SHEETS)


@every_kind
def test_no_table_has_a_blank_row_or_column_inside(kind: str) -> None:
    for sheet in opened(kind):
        (table,) = sheet.tables.values()
        rows = sheet[table.ref][1:]
        if len(rows) > 1:
            assert all(any(cell.value is not None for cell in row) for row in rows), sheet.title


@every_kind
def test_nothing_is_hidden_merged_locked_or_set_in_small_or_slanted_type(kind: str) -> None:
    book = opened(kind)
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not sheet.protection.sheet
        assert not any(size.hidden for size in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
    assert not any(name.hidden for name in book.defined_names.values())
    for cell in cells(book):
        assert cell.font.name == "Arial"
        assert cell.font.sz >= 11
        assert not cell.font.i


@every_kind
def test_each_sheet_says_in_its_first_cells_what_it_is_and_how_it_is_marked(kind: str) -> None:
    book = opened(kind)
    for sheet in book:
        assert str(sheet["A1"].value).startswith(f"{sheet.title} – Trafford")
        assert "one table" in str(sheet["A2"].value).lower()
        assert sheet["A3"].value == "OFFICIAL-SENSITIVE"
        assert "OFFICIAL-SENSITIVE" in str(sheet.oddHeader.right.text)
    assert book.active is not None
    assert book.active.title == "Summary"
    assert book.active.sheet_view.selection[0].activeCell in (None, "A1")


def test_long_text_wraps_and_its_row_is_high_enough_without_being_fixed_for_good() -> None:
    for title in ("Gaps", "Actions", "Evidence", "Points to fix"):
        sheet = opened("nine partners")[title]
        longest = max(cells_of(sheet), key=lambda cell: len(str(cell.value)) if cell.row > HEADING_ROW else 0)
        assert longest.alignment.wrap_text
        assert (sheet.row_dimensions[longest.row].height or 0) > 25
    with zipfile.ZipFile(io.BytesIO(written("nine partners"))) as package:
        for number in range(2, len(SHEETS) + 1):
            assert b"customHeight" not in package.read(f"xl/worksheets/sheet{number}.xml")


def test_the_columns_that_people_type_in_stand_out_and_have_prompts() -> None:
    for title, first, last in (
        ("Assessment", "Agreed RAG", "Agreed on"),
        ("Gaps", "Covered", "Covered"),
        ("Actions", "Action", "Why not"),
    ):
        sheet = opened("nine partners")[title]
        titles = headings(sheet)
        typed = titles[titles.index(first) : titles.index(last) + 1]
        fills = {column(sheet, name)[0].fill.fgColor.rgb for name in titles if name not in typed}
        prompted = [rule for rule in sheet.data_validations.dataValidation if rule.prompt]
        for name in typed:
            cell = column(sheet, name)[0]
            assert cell.fill.fgColor.rgb not in fills
            assert any(cell.coordinate in rule.sqref for rule in prompted), name


def test_rows_added_below_the_actions_have_drop_downs_and_formulas_too() -> None:
    sheet = opened("nine partners")["Actions"]
    (table,) = sheet.tables.values()
    below = last_row_of_room(sheet)
    lists = {str(rule.formula1): rule for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    for title, choices in (("Delivery status", '"Not started,In progress,Delivered"'), ("Taken up", '"Yes,No"')):
        assert f"{get_column_letter(headings(sheet).index(title) + 1)}{below}" in lists[choices].sqref
    calculated = {column.name for column in table.tableColumns if column.calculatedColumnFormula is not None}
    assert calculated == {"Gap", "Rating", "State"}


def last_row_of_room(sheet: Worksheet) -> int:
    (table,) = sheet.tables.values()
    return int(sheet[table.ref][-1][0].row) + 300


def rules_over(sheet: Worksheet, place: str) -> dict[str, str]:
    """Give the fills of the conditions over a cell, by formula as written for the first row; ``""`` for none."""
    return {
        rule.formula[0]: str(rule.dxf.fill.bgColor.rgb)[-6:] if rule.dxf.fill else ""
        for rules in sheet.conditional_formatting
        for rule in rules.rules
        if place in rules.sqref
    }


def test_late_ownerless_and_undated_actions_are_seen_at_once() -> None:
    sheet = opened("nine partners")["Actions"]
    assert sheet.auto_filter.ref or next(iter(sheet.tables.values())).autoFilter
    live = '$R5<>"",$R5<>"not taken up"'
    below = last_row_of_room(sheet)
    letters = {title: get_column_letter(number) for number, title in enumerate(headings(sheet), 1)}
    by_title = {title: rules_over(sheet, f"{letter}{below}") for title, letter in letters.items()}
    assert by_title["Owner"][f'AND({live},TRIM($I5)="")'] == "FFEB9C"
    assert by_title["Due date"][f"AND({live},NOT(ISNUMBER($K5)))"] == "FFEB9C"
    assert by_title["Due date"]['$R5="overdue"'] == "FFC7CE"
    for title in ("No", "State"):
        states = {"overdue": "FFC7CE", "incomplete": "FFEB9C", "planned": "DCE9F7", "closed": "C6EFCE"}
        states |= {"delivered, not evidenced": "FFEB9C"}
        assert {word: by_title[title][f'$R5="{word}"'] for word in states} == states
        assert by_title[title]['$R5="not taken up"'] == "", "grey text, no fill"


def test_paper_lies_on_its_side_with_headings_repeated_and_a_new_page_for_each_theme() -> None:
    book = opened("nine partners")
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        (table,) = sheet.tables.values()
        heading = sheet[table.ref][0][0].row
        assert sheet.title == "Summary" or sheet.print_title_rows == f"${heading}:${heading}"
    themes = [cell.value for cell in column(book["Assessment"], "Theme")]
    starts = [HEADING_ROW + n for n in range(1, len(themes)) if themes[n] != themes[n - 1]]
    assert [page_break.id for page_break in book["Assessment"].row_breaks.brk] == starts


def test_the_key_explains_every_word_and_how_far_each_wording_was_verified() -> None:
    merged, sheet = view("nine partners"), opened("nine partners")["Key"]
    words = {cell.value for cell in column(sheet, "Word")}
    assert set(rag.vocabulary().names) <= words
    assert {"Left blank", "No return", "Not asked", "to be moderated", "stale evidence", "red and green"} <= words
    meanings = " ".join(str(cell.value) for cell in column(sheet, "Meaning"))
    for statement in merged.locality.framework.statements:
        assert statement.we_statement in meanings
    assert all(source in meanings for source in merged.locality.framework.sources)


def test_the_summary_names_at_most_seven_things_and_each_leads_somewhere() -> None:
    for kind in KINDS:
        sheet = opened(kind)["Summary"]
        start = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("Look at this first"))
        end = next(cell.row for cell in sheet["A"] if cell.value == "Where we stand")
        sentences = [cell for row in range(start + 1, end) if (cell := sheet.cell(row, 1)).value]
        assert 1 <= len(sentences) <= 7
        assert all(cell.hyperlink and cell.hyperlink.location for cell in sentences)


def test_a_chart_has_words_for_those_who_cannot_see_it() -> None:
    with zipfile.ZipFile(io.BytesIO(written("nine partners"))) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Stacked bars' in drawing
