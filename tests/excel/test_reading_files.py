"""Which files are refused, with what reason; and which broken or hostile ones are read all the same, within bounds."""

from __future__ import annotations

import dataclasses
import io
import os
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from icsassess.excel.container.limits import DEFAULT_LIMITS, Limits
from icsassess.excel.reading.read_workbook import Reason, Unreadable, read_workbook, read_workbook_bytes
from tests.support import handmade_workbooks as handmade

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(data, limits)
    return caught.value


def value_of(data: bytes) -> object:
    return read_workbook_bytes(data).sheets[0].cells[1, 1].value


def ole(*streams: str) -> bytes:
    """An OLE file's header and a directory with streams of these names."""
    entries = b""
    for name in ("Root Entry", *streams):
        coded = name.encode("utf-16-le") + b"\0\0"
        entries += coded.ljust(64, b"\0") + struct.pack("<H", len(coded)) + bytes(62)
    return OLE.ljust(512, b"\0") + entries.ljust(4096, b"\0")


# What it really is


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (b"", Reason.EMPTY_FILE, ""),
        (b"\0" * 5000, Reason.DAMAGED, "it holds nothing but zeros or blanks"),
        (b"%PDF-1.7", Reason.NOT_A_WORKBOOK, "a PDF"),
        (b"\x89PNG\r\n", Reason.NOT_A_WORKBOOK, "an image"),
        (b"\xff\xd8\xff\xe0", Reason.NOT_A_WORKBOOK, "an image"),
        (b"\0\0\0\x18ftypheic", Reason.NOT_A_WORKBOOK, "an image"),
        (b"<!DOCTYPE html><p>", Reason.NOT_A_WORKBOOK, "a web page without a table"),
        (b"Ref and rating\n", Reason.NOT_A_WORKBOOK, "plain text without a table"),
        ("Ref and rating\n".encode("utf-16"), Reason.NOT_A_WORKBOOK, "plain text without a table"),
        (b"R\xe9f and rating\r\n", Reason.NOT_A_WORKBOOK, "plain text without a table"),
        (b"\x06a lead" + b" " * 158, Reason.NOT_A_WORKBOOK, "the mark that Excel sets while a workbook is open"),
        (b"{\\rtf1", Reason.NOT_A_WORKBOOK, "a Word document (RTF)"),
        (b"\x09\x08\x10\x00\x00\x06", Reason.NOT_A_WORKBOOK, "a worksheet of an Excel version before 1995"),
        (bytes(range(256)), Reason.NOT_A_WORKBOOK, "a file of an unknown kind"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            Reason.DAMAGED,
            "the part 'Workbook' is damaged",
        ),
        (ole("EncryptionInfo", "EncryptedPackage"), Reason.PASSWORD, ""),
        (ole("WordDocument"), Reason.NOT_A_WORKBOOK, "an old Word document"),
        (ole("PowerPoint Document"), Reason.NOT_A_WORKBOOK, "an old PowerPoint presentation"),
        (ole("__properties_version1.0"), Reason.NOT_A_WORKBOOK, "an Outlook message"),
        (ole(), Reason.NOT_A_WORKBOOK, "an old Office file without a workbook"),
        (OLE + b"\0" * 100, Reason.CUT_OFF, "the list of its parts is missing"),
        (ole("Workbook"), Reason.DAMAGED, "a program that reads such files gave up on it"),
    ],
)
def test_a_file_is_judged_by_its_bytes(data: bytes, reason: Reason, detail: str) -> None:
    error = refusal(data)
    assert (error.reason, error.detail) == (reason, detail)


@pytest.mark.parametrize(
    ("names", "detail"),
    [
        (["word/document.xml"], "a Word document"),
        (["ppt/presentation.xml"], "a PowerPoint presentation"),
        (["Index/Document.iwa", "Metadata/Properties.plist"], "a Numbers document"),
        (["Index.zip"], "a Numbers document"),
        (["return.docx", "letter.pdf"], "a ZIP archive"),
    ],
)
def test_other_packages_are_named(names: list[str], detail: str) -> None:
    error = refusal(handmade.packed(dict.fromkeys(names, "x")))
    assert (error.reason, error.detail) == (Reason.NOT_A_WORKBOOK, detail)


def test_a_word_document_with_its_relationships_is_named() -> None:
    rels = handmade.relationships(("r1", "officeDocument", "word/document.xml"))
    error = refusal(handmade.packed({"_rels/.rels": rels, "word/document.xml": "<w/>"}))
    assert error.detail == "a Word document without a table"


def test_opendocument_text_is_named_and_an_encrypted_spreadsheet_has_a_password() -> None:
    kind = "application/vnd.oasis.opendocument."
    assert refusal(handmade.packed({"mimetype": kind + "text"})).detail == "a text document (OpenDocument)"
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    locked = {"mimetype": kind + "spreadsheet", "META-INF/manifest.xml": manifest, "content.xml": "\x99\x88"}
    assert refusal(handmade.packed(locked)).reason is Reason.PASSWORD


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path, tmp_path / ("x" * 5000), Path("nul\0.xlsx")):
        with pytest.raises(Unreadable) as caught:
            read_workbook(path)
        assert caught.value.reason is Reason.MISSING


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(Unreadable, match="not a file"):
        read_workbook(tmp_path / "pipe.xlsx")


def test_a_workbook_is_read_from_its_path_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "return.pdf"
    path.write_bytes(handmade.xlsx(ROW))
    assert read_workbook(path).sheets[0].cells[1, 1].value == 1


# The package


def test_every_truncation_is_cut_off() -> None:
    data = handmade.xlsx(ROW)
    for length in (4, 30, 100, len(data) // 2, len(data) - 100):
        assert refusal(data[:length]).reason is Reason.CUT_OFF


def test_a_wrong_checksum_is_damage() -> None:
    data = bytearray(handmade.packed(handmade.parts(ROW), zipfile.ZIP_STORED))
    data[data.index(b"<v>1</v>") + 3] = ord("7")
    assert refusal(bytes(data)).reason is Reason.DAMAGED


@pytest.mark.parametrize("size", [10, 5_000_000])
def test_a_lie_about_a_parts_size_is_damage(size: int) -> None:
    data = bytearray(handmade.xlsx(ROW))
    entry = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, entry + 24, size)
    assert refusal(bytes(data)).reason is Reason.DAMAGED


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "C:/evil.xml", "/etc/passwd", "..\\evil.xml"])
def test_a_part_that_leads_out_of_the_file_is_unsafe(name: str) -> None:
    assert refusal(handmade.xlsx(ROW, **{name: "x"})).reason is Reason.UNSAFE


def with_twice(name: str, first: str, second: str) -> bytes:
    """A file that holds a part twice: the second one is put in under another name of the same length, then renamed."""
    other = name[:-1] + "~"
    return handmade.xlsx(ROW, **{name: first, other: second}).replace(other.encode(), name.encode())


def test_a_part_that_is_there_twice_is_unsafe_unless_both_are_the_same() -> None:
    assert refusal(with_twice("xl/extra.xml", "<a/>", "<b/>")).reason is Reason.UNSAFE
    workbook = read_workbook_bytes(with_twice("xl/extra.xml", "<a/>", "<a/>"))
    assert "twice" in workbook.remarks[0]
    assert refusal(handmade.xlsx(ROW, **{"XL/Workbook.xml": "<a/>"})).reason is Reason.UNSAFE


def test_encrypted_parts_are_unsafe() -> None:
    data = bytearray(handmade.xlsx(ROW))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)).reason is Reason.UNSAFE


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_cannot_be_bounded_are_unsafe(compression: int) -> None:
    assert refusal(handmade.packed(handmade.parts(ROW), compression)).reason is Reason.UNSAFE


def test_parts_in_other_case_or_with_other_slashes_are_found() -> None:
    renamed = {name.upper().replace("/", "\\"): part for name, part in handmade.parts(ROW).items()}
    assert value_of(handmade.packed(renamed)) == 1
    assert value_of(handmade.packed({"/" + name: part for name, part in handmade.parts(ROW).items()})) == 1


@pytest.mark.parametrize(
    "missing",
    ["[Content_Types].xml", "_rels/.rels", WORKBOOK_RELATIONS, "xl/sharedStrings.xml", "xl/styles.xml"],
)
def test_a_missing_part_that_can_be_done_without(missing: str) -> None:
    assert value_of(handmade.xlsx(ROW, **{missing: None})) == 1


def test_missing_formats_are_remarked_on() -> None:
    assert "dates appear as numbers" in read_workbook_bytes(handmade.xlsx(ROW, **{"xl/styles.xml": None})).remarks[0]
    damaged = read_workbook_bytes(handmade.xlsx(ROW, **{"xl/styles.xml": "<styleSheet"}))
    assert "dates appear as numbers" in damaged.remarks[0]


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml", "./worksheets/../WORKSHEETS/Sheet1.XML"]
)
def test_targets_may_be_absolute_or_roundabout(target: str) -> None:
    rels = handmade.relationships(("rId1", "worksheet", target))
    assert value_of(handmade.xlsx(ROW, **{WORKBOOK_RELATIONS: rels})) == 1


@pytest.mark.parametrize("target", ["../../../etc/passwd", "/../x.xml", "worksheets/none.xml", ""])
def test_a_sheet_that_is_not_in_the_file_is_remarked_on(target: str) -> None:
    rels = handmade.relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "worksheet", target))
    book = handmade.workbook(("Sheet1", "rId1"), ("Other", "rId9"))
    workbook = read_workbook_bytes(handmade.xlsx(ROW, **{WORKBOOK_RELATIONS: rels, "xl/workbook.xml": book}))
    assert [sheet.title for sheet in workbook.sheets] == ["Sheet1"]
    assert any("'Other' is listed but missing" in remark for remark in workbook.remarks)


def test_an_external_sheet_is_never_fetched() -> None:
    rels = handmade.relationships(("rId1", "worksheet", "https://example.org/sheet.xml", "External"))
    assert refusal(handmade.xlsx(ROW, **{WORKBOOK_RELATIONS: rels})).reason is Reason.NO_SHEETS


def test_chart_dialog_and_macro_sheets_are_named_and_left_out() -> None:
    rels = handmade.relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId3", "dialogsheet", "dialogsheets/sheet1.xml"),
        ("rId4", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml"),
    )
    book = handmade.workbook(("A", "rId1"), ("Chart", "rId2"), ("Dialog", "rId3"), ("Macro", "rId4"))
    workbook = read_workbook_bytes(handmade.xlsx(ROW, **{WORKBOOK_RELATIONS: rels, "xl/workbook.xml": book}))
    assert [sheet.title for sheet in workbook.sheets] == ["A"]
    assert workbook.other_sheets == ("Chart", "Dialog", "Macro")


def test_macros_are_noted() -> None:
    workbook = read_workbook_bytes(
        handmade.xlsx(ROW, **{"[Content_Types].xml": handmade.content_types("macro"), "xl/vbaProject.bin": b"x"})
    )
    assert (workbook.kind, workbook.has_macros) == ("xlsm", True)
    assert not read_workbook_bytes(handmade.xlsx(ROW)).has_macros


def test_other_workbooks_that_formulas_refer_to_are_named() -> None:
    rels = handmade.relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId5", "externalLink", "externalLinks/externalLink1.xml")
    )
    outside = handmade.relationships(("rId1", "externalLinkPath", "file:///C:/Budget.xlsx", "External"))
    rest = '<externalReferences><externalReference r:id="rId5"/></externalReferences>'
    workbook = read_workbook_bytes(
        handmade.xlsx(
            ROW,
            **{
                WORKBOOK_RELATIONS: rels,
                "xl/workbook.xml": handmade.workbook(("Sheet1", "rId1"), rest=rest),
                "xl/externalLinks/externalLink1.xml": "<externalLink/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
            },
        )
    )
    assert workbook.external_links == ("file:///C:/Budget.xlsx",)


def test_properties_are_read_and_damaged_ones_left_out() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Return</dc:title><dc:creator> Jane </dc:creator>'
        "<dc:subject/></cp:coreProperties>"
    )
    app = "<Properties><Company>Trust</Company><Manager>M</Manager><TotalTime>9</TotalTime></Properties>"
    custom = '<Properties xmlns:vt="v"><property name="Ref"><vt:lpwstr>A_x000d_B</vt:lpwstr></property></Properties>'
    extra = {"docProps/core.xml": core, "docProps/app.xml": app, "docProps/custom.xml": custom}
    workbook = read_workbook_bytes(handmade.xlsx(ROW, **extra))
    assert workbook.properties == {"title": "Return", "creator": "Jane", "company": "Trust", "manager": "M"}
    assert workbook.custom_properties == {"Ref": "A\rB"}
    workbook = read_workbook_bytes(handmade.xlsx(ROW, **{**extra, "docProps/core.xml": "<cp:core"}))
    assert workbook.properties == {"company": "Trust", "manager": "M"}
    assert workbook.remarks == ("damaged and left out: its properties",)


# Hostile XML

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels", "docProps/core.xml"]
)
@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE, "<!DOCTYPE x>"])
def test_any_document_type_is_unsafe_in_any_part(part: str, declaration: str) -> None:
    assert refusal(handmade.xlsx(**{part: f"<?xml version='1.0'?>{declaration}<x>&a;</x>"})).reason is Reason.UNSAFE


@pytest.mark.parametrize("element", ["a", "row", "c", "v", "is", "f", "t"])
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_elements_nested_without_end_are_refused(part: str, element: str) -> None:
    nested = f"<sst><{element}>" + f"<{element}>" * 200_000
    assert refusal(handmade.xlsx(ROW, **{part: nested})).reason in (Reason.UNSAFE, Reason.DAMAGED) or "styles" in part


@pytest.mark.parametrize("opening", ['<worksheet x="', "<worksheet><!-- ", "<worksheet><?p "])
def test_a_tag_without_end_is_refused_soon(opening: str) -> None:
    started = time.monotonic()
    assert refusal(handmade.xlsx(**{SHEET: opening + "x" * 7_000_000})).reason is Reason.UNSAFE
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "part", ["", "<", "<worksheet>", "<a></b>", "\x00\x01", "<?xml version='1.0' encoding='klingon'?><a/>", "x" * 100]
)
def test_what_is_not_xml_is_damage(part: str) -> None:
    assert refusal(handmade.xlsx(**{SHEET: part})).reason is Reason.DAMAGED


def test_bytes_that_are_no_text_are_damage() -> None:
    assert refusal(handmade.xlsx(**{SHEET: b"<worksheet>\xff\xfe\xfd</worksheet>"})).reason is Reason.DAMAGED


# Bounds


def packed_stream(first: bytes, repeated: bytes, times: int, last: bytes, name: str = SHEET) -> bytes:
    """A workbook with one part that is larger than this test wants to hold in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in handmade.parts(**{name: None}).items():
            archive.writestr(part, content)
        with archive.open(name, "w") as stream:
            stream.write(first)
            for _ in range(times):
                stream.write(repeated)
            stream.write(last)
    return buffer.getvalue()


def test_a_part_that_unpacks_to_gigabytes_is_refused_at_once() -> None:
    data = packed_stream(b"<worksheet>", b" " * 1_000_000, 300, b"</worksheet>")
    started = time.monotonic()
    assert refusal(data).reason is Reason.TOO_LARGE
    assert time.monotonic() - started < 1


def test_a_part_that_lies_about_what_it_unpacks_to_stops_at_its_bound() -> None:
    data = bytearray(packed_stream(b"<worksheet>", b" " * 1_000_000, 20, b"</worksheet>"))
    entry = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, entry + 24, 1000)
    assert refusal(bytes(data)).reason is Reason.DAMAGED


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    limits = dataclasses.replace(DEFAULT_LIMITS, parts=50)
    data = handmade.xlsx(ROW, **{f"xl/media/{number}.png": "x" for number in range(60)})
    assert refusal(data, limits).reason is Reason.TOO_LARGE


def test_more_sheets_cells_or_bytes_than_allowed_are_refused() -> None:
    book = handmade.workbook(*((f"S{number}", "rId1") for number in range(1_001)))
    assert refusal(handmade.xlsx(ROW, **{"xl/workbook.xml": book})).reason is Reason.TOO_LARGE
    rows = "".join(f'<row r="{row}"><c><v>1</v></c><c><v>2</v></c></row>' for row in range(1, 9_000))
    for limits in (Limits(cells=4_000), Limits(held_bytes=1_000_000), Limits(sheet_bytes=1_000), Limits(file_bytes=99)):
        assert refusal(handmade.xlsx(rows), limits).reason is Reason.TOO_LARGE


def test_a_file_that_takes_too_long_is_stopped() -> None:
    assert refusal(handmade.xlsx(ROW), Limits(seconds=-1)).reason is Reason.TOO_SLOW


def test_millions_of_texts_are_stopped_by_their_memory() -> None:
    data = packed_stream(b"<sst>", b"<si><t/></si>" * 100_000, 40, b"</sst>", "xl/sharedStrings.xml")
    assert refusal(data, Limits(ratio=2_000, held_bytes=20_000_000)).reason is Reason.TOO_LARGE


def test_blank_formatted_cells_cost_no_memory() -> None:
    rows = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
        for row in range(2, 60_000)
    )
    data = handmade.xlsx(ROW + rows)
    read_workbook_bytes(handmade.xlsx(ROW))
    tracemalloc.start()
    try:
        workbook = read_workbook_bytes(data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert list(workbook.sheets[0].cells) == [(1, 1)]
    assert most < 3_000_000


def test_colours_far_from_any_text_are_left_out_with_a_remark() -> None:
    fills = '<fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill>'
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 20_000))
    workbook = read_workbook_bytes(
        handmade.xlsx(ROW + rows, **{"xl/styles.xml": handmade.styles('<xf fillId="2"/>', fills)})
    )
    assert len(workbook.sheets[0].cells) == 501
    assert "coloured but blank" in workbook.remarks[0]


def test_a_sheet_formatted_to_its_last_row_is_read() -> None:
    rows = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (row, row) for row in range(850_000, 1_048_577))
    data = packed_stream(
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>', rows, 1, b"</sheetData></worksheet>"
    )
    assert value_of(data) == 1


@pytest.mark.parametrize("late", ['<row r="99999"><c r="B99999"><v>2</v></c></row>', "<row><c/><c><v>2</v></c></row>"])
def test_a_value_below_thousands_of_blank_formatted_rows_is_not_lost(late: str) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 60_000))
    row = 99_999 if "99999" in late else 60_000
    workbook = read_workbook_bytes(handmade.xlsx(ROW + rows + late))
    assert set(workbook.sheets[0].cells) == {(1, 1), (row, 2)}
    assert "formatted but blank" in workbook.remarks[0]


def test_blank_rows_without_a_number_are_still_counted() -> None:
    workbook = read_workbook_bytes(handmade.xlsx('<row s="1"><c/></row>' * 30_000 + "<row><c><v>2</v></c></row>"))
    assert set(workbook.sheets[0].cells) == {(30_001, 1)}
