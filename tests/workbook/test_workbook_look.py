"""How the workbook looks to those it is for: on a small laptop, projected, on paper, and without its colours."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain import rag
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.streaming.row_heights import points_needed
from icsassess.workbook.layout import HEADING_ROW
from tests.support.accessibility import contrast
from tests.support.written_workbooks import column, every_kind, headings, opened, view, written

# Pixels of cells that Excel shows at 100 per cent on a laptop of 1366 x 768, with its ribbon and the taskbar open.
SCREEN_WIDTH, SCREEN_HEIGHT = 1310, 460
DIGIT, USUAL_HEIGHT = 8, 15.0
POINTS_BETWEEN_MARGINS = {9: 842 - 2 * 28.8, 8: 1190.5 - 2 * 28.8}
LEAST_SCALE = 0.57


def pixels(sheet: Worksheet, first: int, last: int) -> float:
    """Give how wide columns are on the screen; a width is stored in digits of the workbook's own type."""
    width_of = {number: one.width for one in sheet.column_dimensions.values() for number in range(one.min, one.max + 1)}
    return sum(math.floor(width_of[number] * DIGIT) for number in range(first, last + 1))


def height(sheet: Worksheet, first: int, last: int) -> float:
    """Give how high rows are on the screen, in pixels."""
    points = (sheet.row_dimensions[row].height or USUAL_HEIGHT for row in range(first, last + 1))
    return sum(round(one * 96 / 72) for one in points)


def number_of(sheet: Worksheet, title: str) -> int:
    return headings(sheet).index(title) + 1


@every_kind
def test_the_map_by_category_is_one_screen_with_every_statements_own_rating(kind: str) -> None:
    sheet = opened(kind)["Heat map"]
    assert pixels(sheet, 1, number_of(sheet, "Statement rating")) <= SCREEN_WIDTH
    assert height(sheet, 1, sheet.max_row) <= SCREEN_HEIGHT


def test_the_map_by_partner_is_one_screen_beside_the_statements_that_stay_in_sight() -> None:
    sheet = opened("nine partners")["Heat map"]
    first = number_of(sheet, "Statement rating") + 1
    assert sheet.freeze_panes == f"C{HEADING_ROW + 1}"
    assert pixels(sheet, 1, 2) + pixels(sheet, first, sheet.max_column) <= SCREEN_WIDTH


@every_kind
def test_the_two_maps_are_named_and_their_headings_differ(kind: str) -> None:
    sheet = opened(kind)["Heat map"]
    first = number_of(sheet, "Statement rating") + 1
    assert sheet.cell(HEADING_ROW - 1, 3).value == "By evidence category"
    assert sheet.cell(HEADING_ROW - 1, first).value == "By partner"
    fills = [sheet.cell(HEADING_ROW, number).fill.fgColor.rgb for number in (3, first)]
    assert fills[0] != fills[1]


@every_kind
def test_a_partners_heading_tells_its_name_when_it_is_chosen(kind: str) -> None:
    for title in ("Heat map", "Assessment"):
        sheet = opened(kind)[title]
        told = {
            str(rule.sqref): rule.prompt
            for rule in sheet.data_validations.dataValidation
            if rule.type in ("none", None)
        }
        for partner in view(kind).locality.partners:
            at = sheet.cell(HEADING_ROW, number_of(sheet, partner.code)).coordinate
            assert told[at] == f"{partner.name}."


def test_a_partners_cell_leads_to_the_first_line_that_has_the_rating_it_shows() -> None:
    sheet, assessment = opened("nine partners")["Heat map"], opened("nine partners")["Assessment"]
    refs = [cell.value for cell in column(assessment, "Ref")]
    for code, cell in ((one, cell) for one in ("P01", "P04", "P09") for cell in column(sheet, one)):
        letter, statement = get_column_letter(number_of(assessment, code)), sheet.cell(cell.row, 1).value
        pattern = r"""=HYPERLINK\("#'Assessment'!(\w+)"&\(4\+MATCH\("(\S+)",.*,0\)\),"(.*)"\)"""
        found = re.match(pattern, str(cell.value))
        assert found is not None
        ratings = dict(zip(refs, (one.value for one in column(assessment, code)), strict=True))
        of_statement = {ref: rating for ref, rating in ratings.items() if str(ref).startswith(f"{statement}-")}
        shown = found[3].split(",")[0]
        first = next(ref for ref, rating in of_statement.items() if rating == shown)
        assert found.groups()[:2] == (letter, first)


def test_where_partners_are_split_or_an_agreed_rating_moved_the_heat_map_says_so_in_a_word_and_a_frame() -> None:
    sheet = opened("nine partners")["Heat map"]
    framed = [
        rule
        for rules in sheet.conditional_formatting
        for rule in rules.rules
        if rule.dxf is not None and rule.dxf.border is not None
    ]
    marks = (" – split", " – look again")
    assert {str(rule.text) for rule in framed} >= {word + mark for word in rag.vocabulary().ordered for mark in marks}
    assert all(rule.dxf.font.b for rule in framed)
    assert all(contrast("000000", str(rule.dxf.fill.bgColor.rgb)[-6:]) > 9 for rule in framed)


@every_kind
def test_what_comes_first_on_the_summary_is_on_the_first_screen(kind: str) -> None:
    sheet = opened(kind)["Summary"]
    labels = [cell.value for cell in sheet["A"]]
    above = labels.index("Points to fix") + 1
    assert str(labels[3]).startswith("Look at this first")
    assert {"What moved", "Time left", "Returns", "Sign-off"} <= set(labels[:above])
    assert height(sheet, 1, above) <= SCREEN_HEIGHT
    assert pixels(sheet, 1, sheet.max_column) <= SCREEN_WIDTH
    with zipfile.ZipFile(io.BytesIO(written(kind))) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    corners = re.findall(r"<xdr:row>(\d+)</xdr:row>", drawing)
    columns = re.findall(r"<xdr:col>(\d+)</xdr:col>", drawing)
    assert int(corners[1]) <= labels.index("Locality") + 1
    assert max(map(int, columns)) < sheet.max_column


@every_kind
def test_a_themes_title_stands_on_one_line_of_the_summary(kind: str) -> None:
    sheet = opened(kind)["Summary"]
    heights = {sheet.row_dimensions[cell.row].height or USUAL_HEIGHT for cell in column(sheet, "Theme")}
    assert heights == {USUAL_HEIGHT}


@every_kind
def test_what_a_sheet_says_of_itself_is_read_without_scrolling(kind: str) -> None:
    for sheet in opened(kind):
        for row, look in ((1, looks.TITLE), (2, looks.SUBTITLE)):
            one_line = points_needed("", 1, look)
            said = str(sheet.cell(row, 1).value)
            wrapped = points_needed(said, SCREEN_WIDTH / DIGIT, look.with_(wrap=True))
            assert wrapped == one_line, (sheet.title, said)


@every_kind
def test_headings_have_room_for_their_words_and_for_the_button_of_the_filter(kind: str) -> None:
    for sheet in opened(kind):
        (table,) = sheet.tables.values()
        button = 2 if table.autoFilter else 0
        for cell in sheet[table.ref][0]:
            width = (pixels(sheet, cell.column, cell.column) - 5) / DIGIT
            needed = points_needed(str(cell.value), width - button, looks.HEADING)
            assert (sheet.row_dimensions[cell.row].height or USUAL_HEIGHT) >= needed - 1, (sheet.title, cell.value)


def test_registers_keep_half_the_screen_or_more_for_what_is_worked_on() -> None:
    for sheet in opened("nine partners"):
        if sheet.freeze_panes:
            _, kept = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)
            number = openpyxl.utils.column_index_from_string(re.sub(r"\d", "", sheet.freeze_panes)) - 1
            assert kept == HEADING_ROW + 1
            assert pixels(sheet, 1, number) <= SCREEN_WIDTH / 2, sheet.title


def test_all_partners_ratings_of_a_line_are_on_one_screen_and_so_is_all_that_is_decided() -> None:
    sheet = opened("nine partners")["Assessment"]
    assert pixels(sheet, 1, number_of(sheet, "Suggested RAG")) <= SCREEN_WIDTH
    decided = pixels(sheet, number_of(sheet, "Suggested RAG"), number_of(sheet, "Agreement"))
    assert pixels(sheet, 1, 4) + decided <= SCREEN_WIDTH


def test_a_gap_with_its_late_actions_and_an_action_with_its_owner_are_on_one_screen() -> None:
    gaps, actions = opened("nine partners")["Gaps"], opened("nine partners")["Actions"]
    assert pixels(gaps, 1, number_of(gaps, "Late")) <= SCREEN_WIDTH
    assert pixels(actions, 1, number_of(actions, "Owner")) <= SCREEN_WIDTH
    typed = pixels(actions, number_of(actions, "Action"), number_of(actions, "Delivery status"))
    assert pixels(actions, 1, 4) + typed <= SCREEN_WIDTH


@every_kind
def test_the_rows_of_the_assessment_are_of_one_height_until_somebody_types_more(kind: str) -> None:
    sheet = opened(kind)["Assessment"]
    reasons, moved = column(sheet, "Reason for agreed RAG"), column(sheet, "Changed since agreed")
    plain = {
        sheet.row_dimensions[reason.row].height
        for reason, change in zip(reasons, moved, strict=True)
        if not reason.value and not change.value
    }
    assert plain == {2 * USUAL_HEIGHT}


def parts(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    """Give the first and last column of each set of pages that a sheet is printed on."""
    last = sheet.max_column
    if sheet.print_area:
        last = openpyxl.utils.cell.range_boundaries(sheet.print_area.split("!")[-1])[2]
    starts = [0, *(one.id for one in sheet.col_breaks.brk)]
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        yield start + 1, end


@every_kind
def test_on_paper_each_row_is_whole_and_nothing_is_printed_too_small_to_read(kind: str) -> None:
    for sheet in opened(kind):
        room = POINTS_BETWEEN_MARGINS[sheet.page_setup.paperSize]
        beside = list(parts(sheet))
        repeated = 0.0
        if len(beside) > 1:
            kept = re.fullmatch(r"\$A:\$(\w+)", sheet.print_title_cols or "")
            assert kept is not None, f"{sheet.title}: pages beside each other repeat the first columns"
            repeated = pixels(sheet, 1, openpyxl.utils.column_index_from_string(kept.group(1)))
        for first, last in beside:
            points = (pixels(sheet, first, last) + (repeated if first > 1 else 0)) * 0.75
            if sheet.title in ("Gaps", "Actions"):
                assert points * 8 / 11 <= room * 1.01, f"{sheet.title}: nothing under 8 points"
            assert points * LEAST_SCALE <= room, (sheet.title, first, last, room / points)
            if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
                assert sheet.page_setup.fitToWidth in (None, 1)
            else:
                assert points * sheet.page_setup.scale / 100 <= room, sheet.title
        if sheet.title in ("Assessment", "Gaps", "Actions") and kind == "nine partners":
            assert len(beside) == 1
        if len(beside) > 1 and sheet.title == "Assessment":
            widths = [pixels(sheet, max(first, 5), last) for first, last in beside]
            assert min(widths) > max(widths) / 2, f"{sheet.title}: pages beside each other are about as full"


@every_kind
def test_breaks_are_set_only_where_excel_heeds_them(kind: str) -> None:
    for sheet in opened(kind):
        if sheet.row_breaks.brk or sheet.col_breaks.brk:
            fitted = sheet.sheet_properties.pageSetUpPr
            assert fitted is None or not fitted.fitToPage, sheet.title


@every_kind
def test_pages_beside_each_other_have_their_title_in_the_header_and_none_that_is_cut(kind: str) -> None:
    for sheet in opened(kind):
        if sheet.col_breaks.brk:
            area = openpyxl.utils.cell.range_boundaries(sheet.print_area.split("!")[-1])
            assert area[1] in (HEADING_ROW - 1, HEADING_ROW)
            assert area[3] == sheet.max_row
            assert sheet.title in str(sheet.oddHeader.left.text)
        assert "OFFICIAL-SENSITIVE" in str(sheet.oddHeader.right.text)
        assert "Page &P of &N" in str(sheet.oddFooter.right.text).replace("&[Page]", "&P").replace("&[Pages]", "&N")


def test_the_action_plan_is_printed_with_room_for_rows_of_the_groups_own() -> None:
    sheet = opened("nine partners")["Actions"]
    area = openpyxl.utils.cell.range_boundaries(sheet.print_area.split("!")[-1])
    assert area[2] == number_of(sheet, "State")
    assert area[1] == 1
    (table,) = sheet.tables.values()
    assert area[3] > openpyxl.utils.cell.range_boundaries(table.ref)[3]


def charts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]


@every_kind
def test_the_summary_has_charts_of_ratings_gaps_and_actions_with_their_figures_on_the_sheet(kind: str) -> None:
    ratings, gaps, actions = charts(written(kind))
    assert "Lines by rating" in ratings
    assert "Gaps by plan" in gaps
    assert "Actions by state" in actions
    sheet = opened(kind)["Summary"]
    cells = re.findall(r"<c:f>Summary!(.*?)</c:f>", ratings + gaps + actions)
    assert cells
    for area in cells:
        assert all(cell.value is not None for row in _rows(sheet[area.replace("$", "")]) for cell in row)


def _rows(found: object) -> list[tuple[openpyxl.cell.cell.Cell, ...]]:
    return list(found) if isinstance(found, tuple) else [(found,)]  # type: ignore[list-item]


def test_bars_are_told_apart_without_their_colours() -> None:
    ratings, *_ = charts(written("nine partners"))
    series = re.findall(r"<c:ser>.*?</c:ser>", ratings, re.DOTALL)
    patterns = [re.findall(r'<a:pattFill prst="(\w+)"', one) for one in series]
    red, amber, green, *_ = patterns
    assert red
    assert green
    assert red != green
    assert not amber, "plain, between the other two"
    for word, one in zip(("Red", "Amber", "Green"), series[:3], strict=True):
        assert f"&quot;{word} &quot;#,##0" in one, "the word beside the figure where the bar has room"


@pytest.mark.parametrize("kind", ["no returns", "all green"])
def test_empty_tables_say_that_they_are_empty(kind: str) -> None:
    book = opened(kind)
    for sheet in book:
        (table,) = sheet.tables.values()
        rows = sheet[table.ref][1:]
        values = [cell.value for row in rows for cell in row if cell.value is not None and cell.data_type != "f"]
        if not values:
            assert "empty" in str(sheet["A2"].value), sheet.title
