"""Text with separators, web pages, Word documents and XML spreadsheets: the cells that a person sees in them."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Callable

import docx
import pytest

from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Limits
from icsassess.excel.reading.documents.html_styles import colour, declared
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from tests.support.other_files import documents

ROWS = [
    ["Ref", "Evidence", "RAG"],
    ["Q1-PEX", 'Survey, of October; "very good"', "Green"],
    ["Q1-STF", "Café £5\nSecond line", "Red"],
]
KINDS: dict[str, Callable[[], bytes]] = {
    "csv": lambda: documents.delimited(ROWS),
    "html": lambda: documents.web_page(ROWS),
    "mht": lambda: documents.web_archive([documents.web_page(ROWS)]),
    "xml": lambda: documents.xml_spreadsheet(ROWS),
    "fods": lambda: documents.flat_ods(ROWS[:2]),
    "docx": lambda: documents.word([ROWS]),
}


def only_sheet(data: bytes) -> Sheet:
    (sheet,) = read_workbook_bytes(data).sheets
    return sheet


def texts(sheet: Sheet) -> list[list[str]]:
    last = max(column for _, column in sheet.cells)
    rows = max(row for row, _ in sheet.cells)
    return [[sheet.text(row, column) for column in range(1, last + 1)] for row in range(1, rows + 1)]


def cell(workbook: Workbook | Sheet, text: str) -> Cell:
    sheets = workbook.sheets if isinstance(workbook, Workbook) else (workbook,)
    (only,) = [each for sheet in sheets for each in sheet.cells.values() if each.value == text]
    return only


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_known_by_its_bytes_and_its_cells_are_read(kind: str) -> None:
    workbook = read_workbook_bytes(KINDS[kind]())
    assert workbook.kind == kind
    rows = texts(workbook.sheets[0])
    assert rows == (ROWS if kind != "fods" else ROWS[:2])


@pytest.mark.parametrize("kind", KINDS)
def test_damage_anywhere_is_a_reason_and_never_a_crash(kind: str) -> None:
    """Cut off or changed at random, seeded."""
    whole = KINDS[kind]()
    for seed in range(120):
        chance = random.Random(f"{kind} {seed}")
        data = bytearray(whole)
        if seed % 2:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.randrange(1, 40)):
                at = chance.randrange(len(data))
                data[at : at + chance.randrange(3)] = bytes(chance.randrange(256) for _ in range(chance.randrange(3)))
        with contextlib.suppress(Unreadable):
            read_workbook_bytes(bytes(data))


# --- Text with separators --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_separator_and_encoding_are_found_out(separator: str, encoding: str, ends: str) -> None:
    assert texts(only_sheet(documents.delimited(ROWS, separator, encoding, ends))) == ROWS


def test_a_list_from_an_older_mac_is_read() -> None:
    rows = [[part.replace("\n", " ") for part in row] for row in ROWS]
    data = documents.delimited(rows, ";", "mac_roman", "\r")
    workbook = read_workbook_bytes(data)
    assert texts(workbook.sheets[0]) == rows
    assert "older Macs" in workbook.remarks[0]


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_excel_s_line_that_says_the_separator_counts_and_is_no_row(line: str) -> None:
    data = line.encode() + documents.delimited([["a,b,c", "d"], ["e,f,g", "h"]], ";", "utf-8")
    assert texts(only_sheet(data)) == [["a,b,c", "d"], ["e,f,g", "h"]]


def test_a_list_with_semicolons_and_many_commas_in_its_texts_is_one_with_semicolons() -> None:
    rows = [["Ref", "Evidence"], *([f"Q{n}-PEX", "one, two, three, four"] for n in range(1, 8))]
    text = "\n".join(";".join(row) for row in rows)
    assert texts(only_sheet(text.encode())) == rows


def test_lines_above_the_table_do_not_hide_its_separator() -> None:
    rows = [["Our return", "", ""], ["Partner", "Abbey Trust", ""], ["", "", ""], *ROWS]
    assert texts(only_sheet(documents.delimited(rows)))[3:] == ROWS
    bare = b"Our return\r\nPartner: Abbey\r\n" + documents.delimited(ROWS, encoding="utf-8")
    assert texts(only_sheet(bare))[2:] == ROWS


def test_a_quotation_mark_without_its_other_half_does_not_swallow_the_rows_below() -> None:
    data = b'Ref,Evidence,RAG\nQ1-PEX,"Survey,Green\nQ1-STF,x,Red\nQ1-PTN,y,Red\nQ1-OBS,z,Red\n'
    workbook = read_workbook_bytes(data)
    assert [workbook.sheets[0].text(row, 1) for row in range(2, 6)] == ["Q1-PEX", "Q1-STF", "Q1-PTN", "Q1-OBS"]
    assert "quotation mark" in workbook.remarks[0]


def test_an_inch_is_no_quotation() -> None:
    data = b'Ref,Evidence\nQ1-PEX,A 5" pipe\nQ1-STF,x\n'
    assert texts(only_sheet(data))[1] == ["Q1-PEX", 'A 5" pipe']


def test_letters_that_had_to_be_guessed_are_told() -> None:
    assert read_workbook_bytes(documents.delimited(ROWS, encoding="cp1252")).remarks == (
        "its letters were read as Windows writes them; if ‘£’ or accents look wrong, save it as ‘CSV UTF-8’",
    )
    assert read_workbook_bytes(documents.delimited(ROWS)).remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        "Dear colleague,\nplease find our answers below.\nWe rate Q1 green.\nKind regards\n",
        "Only one line, with a comma",
        "one\ntwo\nthree\n",
    ],
)
def test_a_letter_is_no_table(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(text.encode())
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_A_WORKBOOK, "plain text without a table")


def test_a_list_without_bounds_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(b"a,b\n" * 2_000, Limits(cells=1_000))
    assert caught.value.reason is Reason.TOO_LARGE


# --- Web pages -------------------------------------------------------------------------------------------------------


def test_a_page_shows_colours_struck_text_links_and_what_is_hidden() -> None:
    data = b"""<html><style>.xl65 {background:#C00000; color:white} tr.gone {display:none}</style><table>
        <tr><td>Ref</td><td>RAG</td></tr>
        <tr><td class=xl65>Q1-PEX</td><td bgcolor="00B050">Green</td></tr>
        <tr><td style="background-color: rgb(255, 192, 0)"><s>Old</s> New</td><td><a href="https://a.example/">here</a></td></tr>
        <tr class=gone><td>Hidden</td><td>x</td></tr></table></html>"""
    sheet = only_sheet(data)
    assert cell(sheet, "Q1-PEX").fill == "C00000"
    assert cell(sheet, "Green").fill == "00B050"
    assert (cell(sheet, "Old New").fill, cell(sheet, "Old New").struck) == ("FFC000", True)
    assert cell(sheet, "here").link == "https://a.example/"
    assert sheet.hidden_rows == {4}


def test_cells_that_span_others_are_merged_areas() -> None:
    data = b"""<table><tr><td rowspan=2>Q1</td><td colspan=2>PEX</td></tr><tr><td>a</td><td>b</td></tr></table>"""
    sheet = only_sheet(data)
    assert set(sheet.merged) == {(1, 1, 2, 1), (1, 2, 1, 3)}
    assert (cell(sheet, "a").address, cell(sheet, "b").address) == ("B2", "C2")


def test_each_table_of_a_page_is_a_sheet_and_what_stands_around_them_is_one_too() -> None:
    table = "<table><tr><td>a</td><td>b</td></tr></table>"
    page = f"<p>Our return</p><table><tr><td>{table}</td><td>{table}</td></tr></table><p>The end</p>".encode()
    workbook = read_workbook_bytes(b"<html><body>" + page)
    assert [sheet.title for sheet in workbook.sheets] == ["Text", "Table 1", "Table 2"]
    assert texts(workbook.sheets[0]) == [["Our return"], ["The end"]]


@pytest.mark.parametrize("page", [b"<html><body><p>Nothing</p></body></html>", b"<!DOCTYPE html><p>", b"<html></html>"])
def test_a_page_without_a_table_is_none(page: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(page)
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_A_WORKBOOK, "a web page without a table")


@pytest.mark.parametrize(
    ("text", "value"),
    [("#c00", "CC0000"), ("#00B050", "00B050"), ("red", "FF0000"), ("rgb(255,192,0)", "FFC000"), ("white", None)],
)
def test_colours_of_pages(text: str, value: str | None) -> None:
    assert colour(text) == value
    assert declared(f"background: {text} none").fill == value


def test_pages_in_each_other_without_end_are_no_trouble() -> None:
    nested = b"<table><tr><td>" * 3_000 + b"x"
    with contextlib.suppress(Unreadable):
        read_workbook_bytes(b"<html><body>" + nested)


def test_every_sheet_of_a_web_archive_is_read() -> None:
    data = documents.web_archive([b"<html><frameset></frameset></html>", *[documents.web_page(ROWS)] * 2])
    assert [sheet.title for sheet in read_workbook_bytes(data).sheets] == ["Page 2", "Page 3"]


# --- XML spreadsheets ------------------------------------------------------------------------------------------------


def test_an_xml_spreadsheet_has_colours_numbers_dates_notes_and_jumps() -> None:
    styles = '<Style ss:ID="r"><Interior ss:Color="#FF0000" ss:Pattern="Solid"/><Font ss:StrikeThrough="1"/></Style>'
    more = (
        '<Row ss:Index="9"><Cell ss:Index="3" ss:StyleID="r"><Data ss:Type="Number">3</Data>'
        '<Comment ss:Author="x"><ss:Data><B>Ask</B> us</ss:Data></Comment></Cell>'
        '<Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2024-01-31T00:00:00.000</Data></Cell>'
        '<Cell><ss:Data ss:Type="String"><B>Two</B> words</ss:Data></Cell>'
        '<Cell ss:HRef="https://a.example/"><Data ss:Type="Boolean">1</Data></Cell></Row>'
    )
    sheet = only_sheet(documents.xml_spreadsheet(ROWS, styles=styles, more=more))
    assert sheet.title == "Integration"
    number = sheet.cells[9, 3]
    assert (number.value, number.kind, number.fill, number.note, number.struck) == (
        3, Kind.NUMBER, "FF0000", "Ask us", True,
    )  # fmt: skip
    assert sheet.cells[9, 4].kind is Kind.DATE
    assert sheet.merged == ((9, 4, 9, 5),)
    assert sheet.cells[9, 6].value == "Two words"
    assert (sheet.cells[9, 7].value, sheet.cells[9, 7].link) == (True, "https://a.example/")


@pytest.mark.parametrize("kind", ["xml", "fods"])
def test_entities_are_refused(kind: str) -> None:
    data = KINDS[kind]()
    bomb = data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1)
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(bomb)
    assert caught.value.reason is Reason.UNSAFE


def test_a_flat_workbook_says_when_it_was_changed() -> None:
    assert read_workbook_bytes(KINDS["fods"]()).properties["modified"] == "2024-01-09T10:00:00"


# --- Word ------------------------------------------------------------------------------------------------------------


def test_the_tables_of_a_document_are_sheets_and_its_text_is_one_too() -> None:
    data = documents.word([ROWS, [["a", "b"]]], ["Our return", "Organisation: Abbey Trust", "See https://a.example"])
    workbook = read_workbook_bytes(data)
    assert [sheet.title for sheet in workbook.sheets] == ["Text", "Table 1", "Table 2"]
    assert texts(workbook.sheets[0]) == [
        ["Our return", ""], ["Organisation", "Abbey Trust"], ["See https://a.example", ""],
    ]  # fmt: skip


def test_a_document_has_colours_merged_cells_and_struck_text() -> None:
    document = docx.Document(io.BytesIO(documents.word([ROWS], fills={"Green": "00B050"})))
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).paragraphs[0].add_run(" old").font.strike = True
    buffer = io.BytesIO()
    document.save(buffer)
    sheet = only_sheet(buffer.getvalue())
    assert cell(sheet, "Green").fill == "00B050"
    assert set(sheet.merged) == {(1, 1, 1, 2), (2, 1, 3, 1)}
    assert sheet.cells[2, 2].struck
    assert sheet.text(3, 3) == "Red"


def test_changes_that_are_recorded_are_read_as_accepted_and_told() -> None:
    data = documents.word([[["Ref", "RAG"], ["Q1-PEX", "Red"]]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    run = "<w:r><w:t>Red</w:t></w:r>"
    assert run in text
    deleted = "<w:del><w:r><w:delText>Red</w:delText></w:r></w:del><w:ins><w:r><w:t>Amber</w:t></w:r></w:ins>"
    parts["word/document.xml"] = text.replace(run, deleted).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    workbook = read_workbook_bytes(buffer.getvalue())
    assert workbook.sheets[0].text(2, 2) == "Amber"
    assert "accepted" in workbook.remarks[0]


def test_a_table_within_a_cell_is_a_part_of_its_text() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Before"
    table.cell(0, 0).add_table(1, 1).cell(0, 0).text = "inside"
    table.cell(0, 1).text = "after"
    buffer = io.BytesIO()
    document.save(buffer)
    assert texts(only_sheet(buffer.getvalue())) == [["Before\ninside", "after"]]


def test_a_document_without_a_table_is_none() -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(documents.word([], ["Dear colleague"]))
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_A_WORKBOOK, "a Word document without a table")
