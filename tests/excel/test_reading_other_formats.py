"""Files of other programs: .ods, read or refused without harm, and whatever LibreOffice saves."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from icsassess.excel.cells.model import Kind, Sheet, Workbook
from icsassess.excel.reading.read_workbook import Reason, Unreadable, read_workbook, read_workbook_bytes
from tests.support import handmade_workbooks as handmade

NAMES = (
    'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:fo="f" xmlns:xlink="l" xmlns:calcext="c" '
    'xmlns:draw="d" xmlns:dc="dc"'
)
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def ods(tables: str, styles: str = "", **others: str) -> Workbook:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return read_workbook_bytes(handmade.packed({"mimetype": SPREADSHEET, "content.xml": content, **others}))


def table(rows: str, attributes: str = "") -> str:
    return f'<table:table table:name="One" {attributes}>{rows}</table:table>'


def ods_sheet(rows: str, styles: str = "") -> Sheet:
    return ods(table(rows), styles).sheets[0]


def row_of(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def cell(attributes: str, text: str = "") -> str:
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{paragraph}</table:table-cell>"


@pytest.mark.parametrize(
    ("attributes", "text", "value", "kind"),
    [
        ('office:value-type="float" office:value="12"', "12", 12, Kind.NUMBER),
        ('office:value-type="percentage" office:value="0.5"', "50%", 0.5, Kind.NUMBER),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True, Kind.BOOLEAN),
        ('office:value-type="date" office:date-value="2024-03-01"', "1/3/24", datetime.date(2024, 3, 1), Kind.DATE),
        ('office:value-type="time" office:time-value="PT09H15M00S"', "9:15", datetime.time(9, 15), Kind.DATE),
        ('office:value-type="time" office:time-value="PT36H00M00S"', "36:00", 1.5, Kind.NUMBER),
        ('office:value-type="string"', "00123", "00123", Kind.TEXT),
        ('office:value-type="string"', 'a<text:s text:c="2"/>b<text:line-break/>c', "a  b\nc", Kind.TEXT),
        ('office:value-type="string" calcext:value-type="error"', "#DIV/0!", "#DIV/0!", Kind.ERROR),
        ('table:formula="of:=1+1"', "", "=1+1", Kind.NOT_CALCULATED),
        ('office:value-type="float" office:value="nonsense"', "x", "x", Kind.TEXT),
    ],
)
def test_values_in_an_opendocument_spreadsheet(attributes: str, text: str, value: object, kind: Kind) -> None:
    found = ods_sheet(row_of(cell(attributes, text))).cells[1, 1]
    assert (found.value, found.kind) == (value, kind)


def test_paragraphs_notes_links_and_strikes_in_an_opendocument_spreadsheet() -> None:
    styles = (
        '<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    found = ods_sheet(
        row_of(
            '<table:table-cell office:value-type="string"><office:annotation><dc:creator>Jane</dc:creator>'
            "<text:p>first</text:p><text:p>second</text:p></office:annotation><text:p>one</text:p>"
            '<text:p><text:a xlink:href="https://example.org">two</text:a></text:p>'
            "<draw:frame><text:p>a drawing</text:p></draw:frame></table:table-cell>"
            '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="gone">x</text:span>y'
            "</text:p></table:table-cell>"
        ),
        styles,
    ).cells
    assert (found[1, 1].value, found[1, 1].note, found[1, 1].link) == (
        "one\ntwo",
        "first\nsecond",
        "https://example.org",
    )
    assert (found[1, 2].value, found[1, 2].struck) == ("xy", True)


def test_colours_come_from_the_cell_or_its_column_or_a_parent() -> None:
    styles = (
        '<style:style style:name="amber"><style:table-cell-properties fo:background-color="#ffc000"/></style:style>'
        '<style:style style:name="child" style:parent-style-name="amber"/>'
        '<style:style style:name="clear" style:parent-style-name="amber">'
        '<style:table-cell-properties fo:background-color="transparent"/></style:style>'
    )
    found = ods_sheet(
        '<table:table-column table:default-cell-style-name="child"/>'
        + row_of(cell("") + cell('table:style-name="amber"') + cell('table:style-name="clear"')),
        styles,
    ).cells
    assert {key: found[key].fill for key in found} == {(1, 1): "FFC000", (1, 2): "FFC000"}


def test_repeated_rows_and_cells_are_unfolded_only_where_they_hold_something() -> None:
    one = 'office:value-type="float" office:value="1"'
    twice = ' table:number-columns-repeated="2"'
    sheet = ods_sheet(
        f'<table:table-row table:number-rows-repeated="3">{cell(one + twice, "1")}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000">'
        f'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        f"{row_of(cell(one, '1'))}"
    )
    assert set(sheet.cells) == {(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (1_048_004, 1)}


def test_a_value_repeated_over_the_whole_sheet_is_refused() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1048576">'
        + cell('office:value-type="float" office:value="1" table:number-columns-repeated="16384"', "1")
        + "</table:table-row>"
    )
    with pytest.raises(Unreadable) as caught:
        ods_sheet(rows)
    assert caught.value.reason is Reason.TOO_LARGE


def test_hidden_and_merged_things_in_an_opendocument_spreadsheet() -> None:
    one = 'office:value-type="float" office:value="1"'
    workbook = ods(
        table(
            '<table:table-column/><table:table-column table:visibility="collapse"/>'
            f'<table:table-row table:visibility="filter">{cell(one)}{cell(one)}</table:table-row>'
            + row_of(
                cell(one + ' table:number-columns-spanned="2" table:number-rows-spanned="3"')
                + f"<table:covered-table-cell {one}><text:p>1</text:p></table:covered-table-cell>"
            ),
            'table:style-name="off"',
        ),
        '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>',
    )
    sheet = workbook.sheets[0]
    assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns, sheet.filtered) == (True, {1}, {2}, True)
    assert sheet.merged == ((2, 1, 4, 2),)
    assert sheet.cells[2, 2].value == 1


def test_copies_of_other_workbooks_and_old_content_are_no_sheets() -> None:
    workbook = ods(
        "<table:tracked-changes><table:table><table:table-row/></table:table></table:tracked-changes>"
        + table("")
        + table('<table:table-source xlink:href="file:///budget.ods"/>')
    )
    assert len(workbook.sheets) == 1
    assert workbook.external_links == ("file:///budget.ods",)


def test_damaged_opendocument_files_are_refused() -> None:
    for content in ("<a", "<!DOCTYPE x><a/>", "<a/>"):
        with pytest.raises(Unreadable):
            read_workbook_bytes(handmade.packed({"mimetype": SPREADSHEET, "content.xml": content}))
    with pytest.raises(Unreadable):
        read_workbook_bytes(handmade.packed({"mimetype": SPREADSHEET}))


# Saved by LibreOffice

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Thème 1"
    sheet.append(
        ["Ref", 12, 1.5, datetime.date(2024, 3, 1), datetime.datetime(2024, 3, 1, 10, 30), datetime.time(9, 15)]
    )
    sheet.append(["=1/0", "=NA()", '=A1&"x"', '=IF(TRUE,"","x")', "00123", "line\nbreak  two  blanks"])
    sheet["A3"].fill = PatternFill("solid", fgColor="FFC000")
    sheet["B3"] = "Green"
    sheet["B3"].fill = PatternFill("solid", fgColor="92D050")
    sheet["B3"].comment = Comment("A note\nof two lines", "Jane")
    sheet["C3"] = "struck"
    sheet["C3"].font = Font(strike=True)
    sheet["D3"] = "link"
    sheet["D3"].hyperlink = "https://example.org/a?b=c"
    sheet["A5"] = "hidden"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A7"] = "merged"
    sheet.merge_cells("A7:C9")
    sheet["H20"].comment = Comment("on a blank cell", "Jane")
    book.create_sheet("Hidden")["A1"] = "x"
    book["Hidden"].sheet_state = "hidden"
    path = tmp_path_factory.mktemp("libreoffice") / "original.xlsx"
    book.save(path)
    return path


def saved_as(original: Path, kind: str) -> Workbook:
    folder = original.parent
    out = folder / kind
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(out), str(original)], check=True, capture_output=True, timeout=120)
    return read_workbook(out / f"original.{kind}")


@needs_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_saved_by_libreoffice_loses_nothing(original: Path, kind: str) -> None:
    workbook = saved_as(original, kind)
    sheet = workbook.sheets[0]
    assert workbook.kind == kind
    assert [(found.title, found.hidden) for found in workbook.sheets] == [("Thème 1", False), ("Hidden", True)]
    first = [sheet.cells[1, column].value for column in range(1, 7)]
    day, moment = datetime.date(2024, 3, 1), datetime.datetime(2024, 3, 1, 10, 30)
    assert first == ["Ref", 12, 1.5, day, moment, datetime.time(9, 15)]
    second = [sheet.cells[2, column].value for column in range(1, 7)]
    assert second == ["#DIV/0!", "#N/A", "Refx", None, "00123", "line\nbreak  two  blanks"]
    assert sheet.cells[2, 1].kind is Kind.ERROR
    assert sheet.cells[3, 1].fill == "FFC000"
    assert (sheet.cells[3, 2].fill, sheet.cells[3, 2].note) == ("92D050", "A note\nof two lines")
    assert sheet.cells[3, 3].struck
    assert sheet.cells[3, 4].link == "https://example.org/a?b=c"
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == ({5}, {3}, ((7, 1, 9, 3),))
    assert sheet.cells[20, 8].note == "on a blank cell"


@needs_libreoffice
@pytest.mark.libreoffice
def test_an_xls_saved_by_libreoffice_is_read_and_says_what_could_not_be_seen(original: Path) -> None:
    workbook = saved_as(original, "xls")
    sheet = workbook.sheets[0]
    assert workbook.kind == "xls"
    assert [(found.title, found.hidden) for found in workbook.sheets] == [("Thème 1", False), ("Hidden", True)]
    assert [sheet.cells[1, column].value for column in (1, 2, 3, 4)] == ["Ref", 12, 1.5, datetime.date(2024, 3, 1)]
    assert [(sheet.cells[2, column].value, sheet.cells[2, column].kind) for column in (1, 2)] == [
        ("#DIV/0!", Kind.ERROR),
        ("#N/A", Kind.ERROR),
    ]
    assert (sheet.cells[3, 1].fill, sheet.cells[3, 2].fill, sheet.cells[3, 2].value) == ("FFC000", "92D050", "Green")
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == ({5}, {3}, ((7, 1, 9, 3),))
    assert (sheet.cells[3, 2].note, sheet.cells[20, 8].note) == ("A note\nof two lines", "on a blank cell")
    assert sheet.cells[3, 3].struck
    assert sheet.cells[3, 4].link == "https://example.org/a?b=c"
    assert workbook.remarks == (
        "in this .xls file links within formulas, colours by condition, headers and footers could not be seen",
    )
