"""Files of other writers are read as openpyxl reads them, where openpyxl is right; and no damage to them surprises."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formula.translate import Translator
from openpyxl.styles import Font, PatternFill

from icsassess.excel.cells.formulas import shift_references
from icsassess.excel.cells.model import Kind, Workbook
from icsassess.excel.container.limits import Limits
from icsassess.excel.reading.read_workbook import Unreadable, read_workbook_bytes


def as_openpyxl_says(value: object) -> object:
    """openpyxl has midnight where a date has no time."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return datetime.datetime.combine(value, datetime.time())
    return value


def assert_alike(data: bytes) -> None:
    """Compare every cell of every sheet, its fill, its note, and what is hidden or merged."""
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    ours = read_workbook_bytes(data)
    assert [sheet.title for sheet in ours.sheets] == theirs.sheetnames
    for sheet in ours.sheets:
        other = theirs[sheet.title]
        assert sheet.hidden == (other.sheet_state != "visible")
        assert set(sheet.merged) == {
            (area.min_row, area.min_col, area.max_row, area.max_col) for area in other.merged_cells
        }
        seen = set()
        for row in other.iter_rows():
            for cell in row:
                found = sheet.cells.get((cell.row, cell.column))
                assert as_openpyxl_says(found.value if found else None) == cell.value, cell.coordinate
                assert (found.note if found else None) == (cell.comment.text if cell.comment else None)
                fill = getattr(cell, "fill", None)
                if fill is not None and fill.fill_type == "solid" and fill.fgColor.type == "rgb":
                    assert (found.fill if found else None) == (fill.fgColor.rgb[2:].replace("FFFFFF", "") or None)
                seen.add((cell.row, cell.column))
        assert set(sheet.cells) <= seen
        hidden_rows = {number for number, size in other.row_dimensions.items() if size.hidden}
        assert (
            {row for row in hidden_rows if any(key[0] == row for key in sheet.cells)}
            <= sheet.hidden_rows
            <= hidden_rows
        )


def test_a_workbook_of_openpyxl() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Thème 1 & more"
    values = ["Ref", 12, 1.5, True, datetime.datetime(2024, 3, 1), datetime.datetime(2024, 3, 1, 9, 30), "a\nb", "  x "]
    for column, value in enumerate([*values, datetime.time(9, 15), "#N/A", "00123", "é\u00a0\U0001f7e2"], 1):
        sheet.cell(1, column, value)
    sheet["A3"].fill = PatternFill("solid", fgColor="FFC000")
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFFFF")
    sheet["C3"] = "note"
    sheet["C3"].comment = Comment("Two\nlines", "Jane")
    sheet["D3"].comment = Comment("on a blank cell", "Jane")
    sheet["E3"] = "struck"
    sheet["E3"].font = Font(strike=True)
    sheet["A5"] = "hidden"
    sheet.row_dimensions[5].hidden = True
    sheet["A7"] = "merged"
    sheet.merge_cells("A7:C9")
    book.create_sheet("Hidden").sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert_alike(buffer.getvalue())
    assert read_workbook_bytes(buffer.getvalue()).sheets[0].cells[3, 5].struck


def test_a_workbook_of_xlsxwriter() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Theme 1")
        amber = book.add_format({"bg_color": "#FFC000"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        bold, struck = book.add_format({"bold": True}), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Ref", 1, 2.5, True, "  padded  ", "a\nb"])
        sheet.write_datetime("G1", datetime.datetime(2024, 3, 1), day)
        sheet.write_rich_string("H1", bold, "bold", " plain ", struck, "gone")
        sheet.write_formula("A2", "=1+1", None, 2)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_boolean("D2", False)
        sheet.write_blank("E2", None, amber)
        sheet.write_comment("F2", "A note")
        sheet.write_url("G2", "https://example.org/a#b", string="link")
        sheet.merge_range("A4:B6", "merged", amber)
        sheet.set_row(8, None, None, {"hidden": True})
        sheet.write("A9", "hidden")
        sheet.set_column("C:C", None, None, {"hidden": True})
        book.add_worksheet("Two").write("XFD1048576", "far")
    assert_alike_but_for_formulas(buffer.getvalue())
    first = read_workbook_bytes(buffer.getvalue()).sheets[0]
    assert first.cells[1, 8].struck
    assert first.cells[2, 3].kind is Kind.ERROR
    assert first.cells[2, 7].link == "https://example.org/a#b"
    assert (first.hidden_rows, first.hidden_columns) == ({9}, {3})


def assert_alike_but_for_formulas(data: bytes) -> None:
    ours = read_workbook_bytes(data)
    assert ours.sheets[1].cells[1_048_576, 16_384].value == "far"
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Theme 1"]
    for key, cell in ours.sheets[0].cells.items():
        assert as_openpyxl_says(cell.value) == theirs.cell(*key).value, cell.address


# What xlsxwriter writes comes back equal, whatever it is. Excel knows no lone surrogates, and no carriage returns but
# as escapes; text that looks like an escape is escaped by the writer.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff"), min_size=1, max_size=60)
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(-1e300, 1e300)
DATES = st.datetimes(datetime.datetime(1900, 3, 1), datetime.datetime(9999, 12, 31))
VALUES = TEXTS | NUMBERS | st.booleans() | DATES | st.dates(datetime.date(1900, 3, 1))
PLACES = st.tuples(st.integers(0, 3_000), st.integers(0, 16_383))


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(PLACES, VALUES, max_size=30))
@example({(0, 0): "_x000D_", (0, 1): "=1+1", (5, 0): "\x01\t\n ", (5, 2): "_x005F_"})
def test_values_of_any_type_at_any_place_come_back_equal(content: dict[tuple[int, int], object]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss.000"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for (row, column), value in content.items():
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, datetime.datetime):
                sheet.write_datetime(row, column, value, moment)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write_number(row, column, value)
    cells = read_workbook_bytes(buffer.getvalue()).sheets[0].cells
    assert set(cells) == {(row + 1, column + 1) for row, column in content}
    for (row, column), value in content.items():
        found = cells[row + 1, column + 1].value
        if isinstance(value, datetime.datetime):
            assert isinstance(found, datetime.datetime)
            assert abs(found - value) <= datetime.timedelta(milliseconds=2)
        elif isinstance(value, float):
            assert found == pytest.approx(value, rel=1e-15)
        else:
            assert (found, type(found)) == (value, type(value))


@pytest.fixture(scope="module")
def honest() -> bytes:
    """A workbook with something of everything."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": "Return", "company": "Trust"})
        for number in range(2):
            sheet = book.add_worksheet(f"Theme {number}")
            for row in range(8):
                sheet.write_row(row, 0, [f"R{row}", row, row / 7, "some text _x0041_", row % 2 == 0])
            sheet.write_comment("A1", "note")
            sheet.write_url("B9", "https://example.org")
            sheet.merge_range("A12:B13", "merged", book.add_format({"bg_color": "#92D050"}))
    return buffer.getvalue()


def outcome(data: bytes) -> Workbook | Unreadable:
    try:
        return read_workbook_bytes(data, Limits(seconds=10))
    except Unreadable as error:
        return error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_random_damage_gives_a_workbook_or_a_reason(honest: bytes, data: st.DataObject) -> None:
    changed = bytearray(honest)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    changed = changed[: data.draw(st.integers(1, len(changed)) | st.just(len(changed)))]
    assert isinstance(outcome(bytes(changed)), Workbook | Unreadable)


@pytest.mark.parametrize("seed", range(8))
def test_random_damage_within_the_xml_gives_a_workbook_or_a_reason(honest: bytes, seed: int) -> None:
    """Damage behind the checksums: the parts are changed and packed again."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(60):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, part in parts.items():
                changed = bytearray(part)
                if chance.random() < 0.2:
                    at = chance.randrange(len(changed))
                    changed[at : at + chance.randrange(3)] = chance.choice(
                        [b"9", b"-", b"A", b'"', b"<", b"\0", b"", b"x" * 9]
                    )
                archive.writestr(name, bytes(changed))
        assert isinstance(outcome(buffer.getvalue()), Workbook | Unreadable)


@pytest.mark.parametrize(
    "formula",
    ["A1+B$2", "SUM($A1:C3)*2", 'IF(A1="B1",LOG10(B2),Sheet2!C3)', "'My A1'!B2+Table1[A1]", "A1:B2 C3", "TRUE+1E3"],
)
def test_a_formula_moves_as_openpyxl_moves_it(formula: str) -> None:
    assert "=" + shift_references(formula, 3, 2) == Translator("=" + formula, "E5").translate_formula("G8")


def test_spreadsheets_that_happen_to_be_on_this_machine_are_read_or_refused() -> None:
    found = [
        path for path in Path(openpyxl.__file__).parents[1].rglob("*") if path.suffix in (".xlsx", ".xlsm", ".ods")
    ]
    for path in found[:50]:
        assert isinstance(outcome(path.read_bytes()), Workbook | Unreadable)
