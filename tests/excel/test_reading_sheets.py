"""What surrounds the values: colours, notes, links, hidden and merged things, and sheets that break the rules."""

from __future__ import annotations

import pytest

from icsassess.excel.cells.colours import tinted
from icsassess.excel.cells.model import Kind, Sheet, Workbook
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from tests.support import handmade_workbooks as handmade

SHEET = "xl/worksheets/sheet1.xml"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
ONE = "<v>1</v>"


def read(rows: str = "", before: str = "", after: str = "", **changes: str | bytes | None) -> Workbook:
    changes = {SHEET: handmade.worksheet(rows, before, after), **changes}
    return read_workbook_bytes(handmade.xlsx(**changes))


def sheet_of(rows: str = "", before: str = "", after: str = "", **changes: str | bytes | None) -> Sheet:
    return read(rows, before, after, **changes).sheets[0]


def solid(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor {colour}/></patternFill></fill>'


def fill_of(colour: str, rest: str = "", **changes: str | bytes | None) -> str | None:
    table = {"xl/styles.xml": handmade.styles('<xf fillId="2"/>', fills=solid(colour), rest=rest), **changes}
    return sheet_of(f'<row r="1"><c r="A1" s="1">{ONE}</c></row>', **table).cells[1, 1].fill


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ('rgb="FFFF0000"', "FF0000"),
        ('rgb="00ffc000"', "FFC000"),
        ('rgb="92D050"', "92D050"),
        ('rgb="FFFFFFFF"', None),
        ('rgb="nonsense"', None),
        ('auto="1"', None),
        ('indexed="10"', "FF0000"),
        ('indexed="65"', None),
        ('indexed="999"', None),
        ('indexed="64"', "000000"),
        ('theme="0"', None),
        ('theme="1"', "000000"),
        ('theme="9"', "70AD47"),
        ('theme="0" tint="-0.25"', "BFBFBF"),
        ('theme="99"', None),
        ('theme="-1"', None),
        ('rgb="FFFF0000" tint="nan"', "FF0000"),
    ],
)
def test_the_colour_of_a_solid_fill(colour: str, fill: str | None) -> None:
    assert fill_of(colour) == fill


def test_a_fill_with_a_pattern_is_no_colour() -> None:
    fills = '<fill><patternFill patternType="darkGrid"><fgColor rgb="FFFF0000"/></patternFill></fill>'
    table = {"xl/styles.xml": handmade.styles('<xf fillId="2"/>', fills=fills)}
    assert sheet_of(f'<row r="1"><c r="A1" s="1">{ONE}</c></row>', **table).cells[1, 1].fill is None


def test_the_workbooks_own_theme_and_palette_count() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme>'
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window"/></a:lt1>'
        '<a:accent1><a:srgbClr val="123456"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
    )
    changes = {
        "xl/theme/theme1.xml": theme,
        "xl/_rels/workbook.xml.rels": handmade.relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "theme", "theme/theme1.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
    }
    assert fill_of('theme="4"', **changes) == "123456"
    own = '<colors><indexedColors><rgbColor rgb="00ABCDEF"/></indexedColors></colors>'
    assert fill_of('indexed="0"', rest=own) == "ABCDEF"


def test_tints_lighten_and_darken() -> None:
    assert tinted("4472C4", 0.6) == "B4C7E7"
    assert tinted("000000", 0.5) == "808080"
    assert tinted("FFFFFF", -0.5) == "808080"


def test_a_coloured_cell_without_text_is_kept_and_a_plain_one_is_not() -> None:
    table = {"xl/styles.xml": handmade.styles('<xf fillId="2"/><xf/>', fills=solid('rgb="FFFF0000"'))}
    cells = sheet_of('<row r="1"><c r="A1" s="1"/><c r="B1" s="2"/></row>', **table).cells
    assert list(cells) == [(1, 1)]
    assert (cells[1, 1].value, cells[1, 1].kind, cells[1, 1].fill) == (None, Kind.EMPTY, "FF0000")


@pytest.mark.parametrize("style", ["99", "-1", "x", ""])
def test_a_format_that_is_not_in_the_file_is_plain(style: str) -> None:
    assert sheet_of(f'<row r="1"><c r="A1" s="{style}">{ONE}</c></row>').cells[1, 1].fill is None


def comments(*notes: tuple[str, str], author: str = "Jane") -> str:
    entries = "".join(
        f'<comment ref="{ref}" authorId="0"><text><r><t>{text}</t></r></text></comment>' for ref, text in notes
    )
    return (
        f'<comments xmlns="{handmade.MAIN}"><authors><author>{author}</author></authors>'
        f"<commentList>{entries}</commentList></comments>"
    )


def with_notes(old: str, threads: str | None = None) -> dict[str, str]:
    changes = {SHEET_RELATIONS: handmade.relationships(("r1", "comments", "../comments1.xml")), "xl/comments1.xml": old}
    if threads is not None:
        changes[SHEET_RELATIONS] = handmade.relationships(
            ("r1", "comments", "../comments1.xml"), ("r2", handmade.THREADED, "/xl/threadedComments/t1.xml")
        )
        changes["xl/threadedComments/t1.xml"] = threads
    return changes


def test_notes_are_read_also_on_cells_without_a_value() -> None:
    cells = sheet_of(
        f'<row r="1"><c r="A1">{ONE}</c></row>', **with_notes(comments(("A1", "one"), ("C9", "two")))
    ).cells
    assert (cells[1, 1].value, cells[1, 1].note) == (1, "one")
    assert (cells[9, 3].kind, cells[9, 3].note) == (Kind.EMPTY, "two")


NOTICE = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it "
    "will get removed if the file is opened in a newer version of Excel. Learn more: "
    "https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    Is it Green?\nReply:\n    Yes"
)


def test_a_thread_gives_all_its_texts_and_not_the_notice_for_older_programs() -> None:
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="1"><text>Is it Green?</text></threadedComment>'
        '<threadedComment ref="A1" id="2" parentId="1"><text>Yes</text></threadedComment></ThreadedComments>'
    )
    old = comments(("A1", NOTICE), author="tc={1}")
    assert sheet_of(**with_notes(old, threads)).cells[1, 1].note == "Is it Green?\nYes"
    assert sheet_of(**with_notes(old)).cells[1, 1].note == "Is it Green?\nReply:\n    Yes"


def test_damaged_notes_do_not_lose_the_cells() -> None:
    workbook = read(f'<row r="1"><c r="A1">{ONE}</c></row>', **with_notes("<comments"))
    assert workbook.sheets[0].cells[1, 1].value == 1
    assert "its notes are damaged" in workbook.remarks[0]


def test_links_out_of_the_workbook_are_read_and_links_within_are_not() -> None:
    links = (
        '<hyperlinks><hyperlink ref="A1" r:id="r1"/><hyperlink ref="B1" location="Sheet1!A1"/>'
        '<hyperlink ref="C1:C2" r:id="r1" location="part"/><hyperlink ref="D1" r:id="r9"/></hyperlinks>'
    )
    cells = sheet_of(
        f'<row r="1"><c r="A1">{ONE}</c><c r="B1">{ONE}</c></row><row r="2"><c r="C2">{ONE}</c></row>',
        after=links,
        **{SHEET_RELATIONS: handmade.relationships(("r1", "hyperlink", "https://example.org/x", "External"))},
    ).cells
    assert cells[1, 1].link == "https://example.org/x"
    assert cells[1, 2].link is None
    assert cells[2, 3].link == cells[1, 3].link == "https://example.org/x#part"
    assert (1, 4) not in cells


def test_the_link_of_a_hyperlink_formula_is_read() -> None:
    rows = '<row r="1"><c r="A1" t="str"><f>HYPERLINK("https://example.org","see")</f><v>see</v></c></row>'
    assert sheet_of(rows).cells[1, 1].link == "https://example.org"


def test_hidden_rows_columns_and_sheets_are_read_and_said_to_be_hidden() -> None:
    sheet = sheet_of(
        f'<row r="1" hidden="1"><c r="A1">{ONE}</c></row><row r="2" hidden="0"/>'
        f'<row r="3" ht="0"><c r="C3">{ONE}</c></row>',
        before='<cols><col min="2" max="2" hidden="true"/><col min="3" max="3" width="0"/>'
        '<col min="4" max="16384" hidden="1"/></cols>',
        **{"xl/workbook.xml": handmade.workbook(("Sheet1", "rId1"), state="veryHidden")},
    )
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.hidden) == ({1, 3}, {2, 3}, True)
    assert len(sheet.cells) == 2


@pytest.mark.parametrize(
    ("before", "after", "filtered"),
    [
        ("", '<autoFilter ref="A1:B9"/>', False),
        ("", '<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>', True),
        ('<sheetPr filterMode="1"/>', "", True),
        ("", "<customSheetViews><customSheetView><filterColumn/></customSheetView></customSheetViews>", False),
    ],
)
def test_a_filter_that_is_on_is_noticed(before: str, after: str, filtered: bool) -> None:
    assert sheet_of(before=before, after=after).filtered is filtered


def test_a_filter_of_a_table_is_noticed() -> None:
    changes = {
        SHEET_RELATIONS: handmade.relationships(("r1", "table", "../tables/table1.xml")),
        "xl/tables/table1.xml": f'<table xmlns="{handmade.MAIN}"><autoFilter><filterColumn/></autoFilter></table>',
    }
    assert sheet_of(**changes).filtered


def test_a_value_under_a_merged_area_is_kept() -> None:
    sheet = sheet_of(
        f'<row r="1"><c r="A1">{ONE}</c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A1:B2"/></mergeCells>',
    )
    assert sheet.merged == ((1, 1, 2, 2),)
    assert sheet.cells[2, 1].value == 2


def test_a_merged_area_of_the_whole_sheet_costs_nothing() -> None:
    sheet = sheet_of(after='<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A0:ZZZZ1"/></mergeCells>')
    assert sheet.merged == ((1, 1, 1_048_576, 16_384),)
    assert not sheet.cells


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "nonsense", ""])
def test_what_a_sheet_says_about_its_size_does_not_matter(dimension: str) -> None:
    rows = f'<row r="1"><c r="A1">{ONE}</c></row><row r="900"><c r="Z900">{ONE}</c></row>'
    assert set(sheet_of(rows, before=f'<dimension ref="{dimension}"/>').cells) == {(1, 1), (900, 26)}


def test_the_last_cell_of_a_sheet_is_read() -> None:
    cell = sheet_of(f'<row r="1048576"><c r="XFD1048576">{ONE}</c></row>').cells[1_048_576, 16_384]
    assert cell.address == "XFD1048576"


def test_rows_and_cells_out_of_order_are_read_with_a_remark() -> None:
    workbook = read(f'<row r="3"><c r="B3">{ONE}</c><c r="A3">{ONE}</c></row><row r="1"><c r="A1">{ONE}</c></row>')
    assert set(workbook.sheets[0].cells) == {(3, 2), (3, 1), (1, 1)}
    assert workbook.remarks == ("sheet 'Sheet1': row 1 stands out of order",)


def test_of_a_repeated_cell_the_last_one_counts_with_a_remark() -> None:
    workbook = read(f'<row r="1"><c r="A1">{ONE}</c><c r="A1"><v>2</v></c><c r="A1"/></row>')
    assert workbook.sheets[0].cells[1, 1].value == 2
    assert workbook.remarks == ("sheet 'Sheet1': A1 appears more than once (the last one counts)",)


def test_cells_without_an_address_follow_one_another() -> None:
    rows = (
        f'<row><c>{ONE}</c><c/><c>{ONE}</c><c r="F1"/><c>{ONE}</c></row>'
        f'<row r="5"><c>{ONE}</c></row><row><c>{ONE}</c></row>'
    )
    assert set(sheet_of(rows).cells) == {(1, 1), (1, 3), (1, 7), (5, 1), (6, 1)}


def test_addresses_in_lower_case_or_of_another_row_are_understood() -> None:
    assert set(sheet_of(f'<row r="1"><c r="b1">{ONE}</c><c r="C7">{ONE}</c></row>').cells) == {(1, 2), (7, 3)}


@pytest.mark.parametrize("reference", ["ZZZZ1", "A0", "1", "A", "A1:B2", "XFE1", "A99999999", "\u00c41"])
def test_an_address_that_does_not_exist_is_replaced_with_a_remark(reference: str) -> None:
    workbook = read(f'<row r="1"><c r="{reference}">{ONE}</c></row>')
    assert set(workbook.sheets[0].cells) == {(1, 1)}
    assert "does not exist" in workbook.remarks[0]


@pytest.mark.parametrize("number", ["0", "-5", "x", "1048577", "9" * 5000])
def test_a_row_number_that_does_not_exist_is_replaced(number: str) -> None:
    assert set(sheet_of(f'<row r="{number}"><c>{ONE}</c></row>').cells) == {(1, 1)}


def test_names_with_prefixes_and_strict_namespaces_are_understood() -> None:
    for namespace in (handmade.MAIN, handmade.STRICT_MAIN):
        part = (
            f'<x:worksheet xmlns:x="{namespace}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        )
        assert read_workbook_bytes(handmade.xlsx(**{SHEET: part})).sheets[0].cells[1, 1].value == 5


def test_a_strict_workbook_is_not_empty() -> None:
    strict = {
        name: content.replace(handmade.MAIN, handmade.STRICT_MAIN).replace(
            handmade.RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        if isinstance(content, str)
        else content
        for name, content in handmade.parts(f'<row r="1"><c r="A1">{ONE}</c></row>').items()
    }
    assert read_workbook_bytes(handmade.packed(strict)).sheets[0].cells[1, 1].value == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1252"])
def test_parts_in_other_encodings_are_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    part = handmade.worksheet('<row r="1"><c r="A1" t="str"><v>caf\u00e9</v></c></row>').replace("UTF-8", declared)
    assert sheet_of(**{SHEET: part.encode(encoding)}).cells[1, 1].value == "caf\u00e9"
