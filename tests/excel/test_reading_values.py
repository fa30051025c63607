"""What a cell holds is read as what it is."""

from __future__ import annotations

import datetime

import pytest

from icsassess.excel.cells.dates_and_numbers import Shape, code_shape
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from tests.support import handmade_workbooks as handmade


def sheet_of(rows: str, **changes: str | bytes | None) -> Sheet:
    return read(rows, **changes).sheets[0]


def read(rows: str, **changes: str | bytes | None) -> Workbook:
    return read_workbook_bytes(handmade.xlsx(rows, **changes))


def only_cell(xml: str, **changes: str | bytes | None) -> Cell:
    (cell,) = sheet_of(f'<row r="1">{xml}</row>', **changes).cells.values()
    return cell


DATE_STYLES = handmade.styles(
    '<xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/>',
    number_formats='<numFmt numFmtId="164" formatCode="[h]:mm"/>',
)
ON_A_DAY, ON_A_DAY_AT_A_TIME, AT_A_TIME, FOR_HOURS = 1, 2, 3, 4


def dated(serial: str, style: int, since_1904: bool = False) -> Cell:
    properties = '<workbookPr date1904="1"/>' if since_1904 else ""
    return only_cell(
        f'<c r="A1" s="{style}"><v>{serial}</v></c>',
        **{
            "xl/styles.xml": DATE_STYLES,
            "xl/workbook.xml": handmade.workbook(("Sheet1", "rId1"), properties=properties),
        },
    )


@pytest.mark.parametrize(
    ("xml", "value", "kind"),
    [
        ("<v>12</v>", 12, Kind.NUMBER),
        ("<v>-12</v>", -12, Kind.NUMBER),
        ("<v>12.0</v>", 12, Kind.NUMBER),
        ("<v>1E3</v>", 1000, Kind.NUMBER),
        ("<v>1.5</v>", 1.5, Kind.NUMBER),
        ("<v> 7 </v>", 7, Kind.NUMBER),
        ("<v>9434765919</v>", 9434765919, Kind.NUMBER),
        ("<v>1e300</v>", 1e300, Kind.NUMBER),
    ],
)
def test_numbers_are_read_and_whole_ones_are_whole(xml: str, value: float, kind: Kind) -> None:
    cell = only_cell(f'<c r="A1">{xml}</c>')
    assert (cell.value, cell.kind, type(cell.value)) == (value, kind, type(value))


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-Infinity", "1_000", "9" * 10_000, "abc", "1,5", "\u0661\u0662", "--1"]
)
def test_what_is_no_number_is_kept_as_text_with_a_remark(text: str) -> None:
    workbook = read(f'<row r="1"><c r="A1"><v>{text}</v></c></row>')
    cell = workbook.sheets[0].cells[1, 1]
    assert (cell.value, cell.kind) == (text, Kind.TEXT)
    assert "A1" in workbook.remarks[0]


def test_text_that_looks_like_a_number_stays_text() -> None:
    cell = only_cell('<c r="A1" t="s"><v>0</v></c>', **{"xl/sharedStrings.xml": handmade.strings("00123")})
    assert (cell.value, cell.kind) == ("00123", Kind.TEXT)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("0", False), ("true", True), ("FALSE", False)])
def test_true_and_false_are_no_numbers(text: str, value: bool) -> None:
    cell = only_cell(f'<c r="A1" t="b"><v>{text}</v></c>')
    assert cell.value is value
    assert cell.kind is Kind.BOOLEAN


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!"])
def test_an_excel_error_is_an_error_and_not_blank(error: str) -> None:
    cell = only_cell(f'<c r="A1" t="e"><f>1/0</f><v>{error}</v></c>')
    assert (cell.value, cell.kind, cell.formula) == (error, Kind.ERROR, "1/0")


def test_a_formula_keeps_its_stored_result_and_its_text() -> None:
    cell = only_cell('<c r="A1"><f>SUM(B1:B2)</f><v>3</v></c>')
    assert (cell.value, cell.kind, cell.formula) == (3, Kind.NUMBER, "SUM(B1:B2)")


@pytest.mark.parametrize("stored", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_stored_result_is_known_to_be_one(stored: str) -> None:
    cell = only_cell(f'<c r="A1"><f>SUM(B1:B2)</f>{stored}</c>')
    assert (cell.value, cell.kind) == ("=SUM(B1:B2)", Kind.NOT_CALCULATED)


def test_a_formula_whose_result_is_empty_text_has_no_value() -> None:
    cell = only_cell('<c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c>')
    assert (cell.value, cell.kind, cell.formula) == (None, Kind.EMPTY, 'IF(B1="","",1)')


def test_a_shared_formula_moves_along_with_its_cell() -> None:
    cells = sheet_of(
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$C$1+LOG10(A1)&amp;"A1"</f><v>1</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>1</v></c><c r="C3"><f t="shared" si="0"/></c></row>'
    ).cells
    assert cells[3, 2].formula == 'A3*$C$1+LOG10(A3)&"A1"'
    assert cells[3, 3].value == '=B3*$C$1+LOG10(B3)&"A1"'


@pytest.mark.parametrize("reference", ["99", "-1", "x", "1.5", "9" * 5000])
def test_a_text_that_is_not_in_the_file_is_an_error_with_a_remark(reference: str) -> None:
    workbook = read(f'<row r="1"><c r="A1" t="s"><v>{reference}</v></c></row>')
    assert workbook.sheets[0].cells[1, 1].kind is Kind.ERROR
    assert "A1 refers to a text that is not in the file" in workbook.remarks[0]


def test_rich_text_is_joined_and_phonetic_guides_are_left_out() -> None:
    rich = "<r><rPr><b/></rPr><t>Green</t></r><r><t xml:space='preserve'> now</t></r><rPh sb='0'><t>guide</t></rPh>"
    assert only_cell(f'<c r="A1" t="inlineStr"><is>{rich}</is></c>').value == "Green now"
    table = {"xl/sharedStrings.xml": handmade.strings(rich)}
    assert only_cell('<c r="A1" t="s"><v>0</v></c>', **table).value == "Green now"


def test_a_run_that_is_struck_through_marks_the_cell() -> None:
    table = {
        "xl/sharedStrings.xml": handmade.strings(
            "<r><rPr><strike/></rPr><t>Red</t></r><r><t> Green</t></r>", "<r><rPr><strike val='0'/></rPr><t>Red</t></r>"
        )
    }
    assert only_cell('<c r="A1" t="s"><v>0</v></c>', **table).struck
    assert not only_cell('<c r="A1" t="s"><v>1</v></c>', **table).struck
    assert only_cell('<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>x</t></r></is></c>').struck


def test_a_font_that_strikes_through_marks_the_cell() -> None:
    table = {"xl/styles.xml": handmade.styles('<xf fontId="1"/>', fonts="<font/><font><strike/></font>")}
    assert only_cell('<c r="A1" s="1"><v>1</v></c>', **table).struck


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_xyz_", "_xyz_"),
        ("_x41_", "_x41_"),
        ("_x00e9_", "\u00e9"),
    ],
)
def test_escapes_for_characters_are_resolved(written: str, meant: str) -> None:
    assert only_cell(f'<c r="A1" t="inlineStr"><is><t>{written}</t></is></c>').value == meant
    assert only_cell(f'<c r="A1" t="str"><v>{written}</v></c>').value == meant


def test_text_beyond_excels_limit_is_read_whole_and_freak_text_is_cut_with_a_remark() -> None:
    assert only_cell(f'<c r="A1" t="str"><v>{"x" * 40_000}</v></c>').value == "x" * 40_000
    workbook = read(f'<row r="1"><c r="A1" t="str"><v>{"ab" * 1_500_000}</v></c></row>')
    assert len(str(workbook.sheets[0].cells[1, 1].value)) < 1_400_000
    assert "A1 has a text too long to be read whole" in workbook.remarks[0]


def test_line_breaks_emoji_and_odd_spaces_are_kept() -> None:
    text = "a\nb\u00a0c\u200bd \U0001f7e2  e"
    assert only_cell(f'<c r="A1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>').value == text


@pytest.mark.parametrize(
    ("serial", "style", "value"),
    [
        ("45352", ON_A_DAY, datetime.date(2024, 3, 1)),
        ("45352.5", ON_A_DAY, datetime.datetime(2024, 3, 1, 12)),
        ("45352", ON_A_DAY_AT_A_TIME, datetime.datetime(2024, 3, 1)),
        ("45352.4375", ON_A_DAY_AT_A_TIME, datetime.datetime(2024, 3, 1, 10, 30)),
        ("0.385416666666667", AT_A_TIME, datetime.time(9, 15)),
        ("0.5", FOR_HOURS, datetime.time(12)),
        ("1.5", FOR_HOURS, 1.5),
        ("1", ON_A_DAY, datetime.date(1900, 1, 1)),
        ("59", ON_A_DAY, datetime.date(1900, 2, 28)),
        ("60", ON_A_DAY, 60),  # 29 February 1900, which Excel believes in
        ("61", ON_A_DAY, datetime.date(1900, 3, 1)),
        ("2958465", ON_A_DAY, datetime.date(9999, 12, 31)),
        ("2958466", ON_A_DAY, 2958466),
        ("2958465.9999999999", ON_A_DAY, 2958466),
        ("-1", ON_A_DAY, -1),
        ("0", ON_A_DAY, 0),
        ("1e300", ON_A_DAY, 1e300),
    ],
)
def test_dates_of_the_1900_system(serial: str, style: int, value: object) -> None:
    cell = dated(serial, style)
    assert cell.value == value
    assert type(cell.value) is type(value)
    assert cell.kind is (Kind.NUMBER if isinstance(value, int | float) else Kind.DATE)


@pytest.mark.parametrize(
    ("serial", "value"),
    [("0", datetime.date(1904, 1, 1)), ("43890", datetime.date(2024, 3, 1)), ("2957004", 2957004)],
)
def test_dates_of_the_1904_system(serial: str, value: object) -> None:
    assert dated(serial, ON_A_DAY, since_1904=True).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-03-01", datetime.date(2024, 3, 1)),
        ("2024-03-01T10:30:00", datetime.datetime(2024, 3, 1, 10, 30)),
        ("2024-03-01T10:30:00Z", datetime.datetime(2024, 3, 1, 10, 30)),
        ("10:30:00", datetime.time(10, 30)),
        ("soon", "soon"),
    ],
)
def test_dates_written_as_iso_text(text: str, value: object) -> None:
    assert only_cell(f'<c r="A1" t="d"><v>{text}</v></c>').value == value


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("General", Shape.NUMBER),
        ("0.00", Shape.NUMBER),
        ("0.00E+00", Shape.NUMBER),
        ("@", Shape.NUMBER),
        ('0 "days"', Shape.NUMBER),
        ("[Red]0;[Blue]-0", Shape.NUMBER),
        (r"0\d", Shape.NUMBER),
        ("_-* #,##0.00\\ [$€-1]_-", Shape.NUMBER),
        ("dd/mm/yyyy", Shape.DATE),
        ("mmmm", Shape.DATE),
        ("[$-809]dd mmmm yyyy;@", Shape.DATE),
        ('yyyy"年"m"月"d"日"', Shape.DATE),
        ("d/m/yy h:mm AM/PM", Shape.DATE_AND_TIME),
        ("h:mm", Shape.TIME),
        ("mm:ss.0", Shape.TIME),
        ("[h]:mm:ss", Shape.DURATION),
        ("[mm]:ss", Shape.DURATION),
    ],
)
def test_a_number_format_tells_dates_from_numbers(code: str, shape: Shape) -> None:
    assert code_shape(code) is shape


@pytest.mark.parametrize("number", [14, 15, 16, 17, 22, 27, 30, 36, 50, 58])
def test_built_in_date_formats_of_all_languages(number: int) -> None:
    table = {"xl/styles.xml": handmade.styles(f'<xf numFmtId="{number}"/>')}
    assert only_cell('<c r="A1" s="1"><v>45352</v></c>', **table).kind is Kind.DATE
