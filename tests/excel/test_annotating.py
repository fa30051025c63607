"""Marks go into a workbook's own parts: what has nothing to do with them comes back byte for byte."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter

from icsassess.excel.annotating.annotate import Annotations, annotate
from icsassess.excel.annotating.cell_marks import Mark
from icsassess.excel.cells.model import Value
from icsassess.excel.parts.markup import CannotEdit, Markup
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column
from icsassess.excel.writing.workbook import WorkbookWriter

DATA = "Data"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CHANGED = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/worksheets/sheet\d\.xml|"
    r"xl/worksheets/_rels/.*|xl/comments\d\.xml|xl/drawings/vmldrawing\d\.vml|docprops/custom\.xml|_rels/\.rels",
    re.IGNORECASE,
)
# Counts, places in the list of sheets, which sheet is shown.
COUNTED = rb"<(?:definedName|workbookView|calcPr|fonts|fills|borders|cellXfs|dxfs|numFmts|sheetView)\b"
ODD_CHART = (
    b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:plotArea><c:cat><c:multiLvlStrRef>'
    b"<c:f>Data!$A$1:$B$3</c:f><c:multiLvlStrCache/></c:multiLvlStrRef></c:cat></c:plotArea></c:chart>"
    b"<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr><a:effectLst/></a:defRPr></a:pPr></a:p></c:txPr></c:chartSpace>"
)
# As Excel 365 writes a link to a workbook on SharePoint: the second relationship is the first that is named.
ODD_LINK = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    b'xmlns:xxl21="http://schemas.microsoft.com/office/spreadsheetml/2021/extlinks2021"><externalBook r:id="rId1">'
    b'<xxl21:alternateUrls><xxl21:absoluteUrl r:id="rId2"/></xxl21:alternateUrls></externalBook></externalLink>'
)
ODD_LINK_TARGETS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId2" Type="urn:t" Target="https://example.org/b.xlsx" TargetMode="External"/>'
    b'<Relationship Id="rId1" Type="urn:t" Target="b.xlsx" TargetMode="External"/></Relationships>'
)


def front() -> bytes:
    book = WorkbookWriter("Feedback", "", "", "", datetime.date(2024, 1, 10))
    sheet = book.sheet("Feedback")
    sheet.put(1, 1, "Feedback", styles.TITLE)
    columns = [Column("Where", 20, styles.CELL), Column("Since", 20, styles.DATE)]
    sheet.table("Points", 3, columns, [["=1+1", datetime.date(2024, 1, 2)]], filtered=False)
    sheet.colour_words(4, 1, 4, 1, {"x": styles.PALE_RED})
    return book.to_bytes()


FRONT = front()


def workbook(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None] | None = None) -> bytes:
    """Make a workbook with two sheets, the second of them selected."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(DATA)
    for row, text in enumerate(("Green", "Ambrish", "", 'said "so" & left')):
        sheet.write(row, 0, text)
    if fill is not None:
        fill(book, sheet)
    other = book.add_worksheet("Other")
    other.activate()
    other.write(0, 0, 1)
    book.define_name("Other!Local", "=Other!$A$1")
    book.close()
    return target.getvalue()


def marked(data: bytes, **more: object) -> bytes:
    marking = {
        "marks": (Mark(DATA, 2, 1, "Ambrish", coloured=False, unless='INDEX(our_answers,1)<>""'),),
        "notes": {(DATA, 2, 1): "Feedback:\nDid you mean Amber?"},
        "names": {"our_answers": "'Feedback'!$B$4:$B$4"},
        "mark_name": "our_answers",
        "custom": {"icsassess.feedback_number": "1"},
    }
    return annotate(data, Annotations(FRONT, "Feedback", **(marking | more)))  # type: ignore[arg-type]


def edited(data: bytes, edits: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """Change parts of a workbook; one that is not there is added."""
    contents = parts(data)
    contents |= {name: edit(contents.get(name, b"")) for name, edit in edits.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_that_is_not_marked_is_the_same_to_the_byte() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"={DATA}!$A$1:$A$3"})
        sheet.insert_chart("C3", chart)
        sheet.insert_textbox("F3", "Read this")
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("A6", bold, "Annual audit", " ", bold, "of 2023")
        sheet.conditional_format("B1:B9", {"type": "3_color_scale"})

    original = edited(
        workbook(fill),
        {
            "xl/charts/chart1.xml": lambda _: ODD_CHART,
            "xl/externalLinks/externalLink1.xml": lambda _: ODD_LINK,
            "xl/externalLinks/_rels/externalLink1.xml.rels": lambda _: ODD_LINK_TARGETS,
            "xl/theme/theme1.xml": lambda theme: theme.replace(b"<a:fillStyleLst>", b'<a:fillStyleLst r:embed="rId1">'),
            "xl/pivotTables/pivotTable1.xml": lambda _: (
                b'<pivotTableDefinition xmlns="urn:p"><members/></pivotTableDefinition>'
            ),
        },
    )
    before, after = parts(original), parts(marked(original))
    assert before.keys() < after.keys()
    same = [name for name in before if not CHANGED.fullmatch(name)]
    assert len(same) >= 10
    assert {name: before[name] for name in same} == {name: after[name] for name in same}


def test_of_a_changed_part_everything_is_there_still_in_its_order() -> None:
    odd_styles = {"xl/styles.xml": lambda part: part.replace(b'xfId="0"', b'xfId="20"', 1)}
    empty = {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</row>", b'<c r="H1" t="inlineStr"></c></row>', 1)}
    original = edited(workbook(), {**odd_styles, **empty})
    before, after = parts(original), parts(marked(original))
    for name in ("xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        rest = after[name]
        for token in re.findall(rb"<[^>]*>", before[name]):
            if re.match(
                rb"<(?:definedName|workbookView|calcPr|fonts|fills|borders|cellXfs|dxfs|numFmts|sheetView)\b", token
            ):
                continue  # counts, places in the list of sheets, which sheet is shown
            assert token in rest, (name, token)
            rest = rest[rest.index(token) + len(token) :]


def test_the_sheet_is_first_and_shown_alone_and_names_of_one_sheet_stay_with_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(workbook())))
    assert book.sheetnames == ["Feedback", DATA, "Other"]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets] == [True, False, False]
    assert book.active is book.worksheets[0]
    assert list(book["Other"].defined_names) == ["Local"]
    assert (book["Feedback"]["A4"].value, book["Feedback"]["A4"].data_type) == ("=1+1", "s")
    assert book["Feedback"]["B4"].number_format == styles.DATE_FORMAT


def test_marking_a_marked_workbook_again_leaves_one_sheet_one_rule_and_one_note() -> None:
    once = marked(workbook())
    again = marked(once, remove=("Feedback",))
    third = marked(again, remove=("Feedback",))
    for data in (once, again, third):
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert book.sheetnames == ["Feedback", DATA, "Other"]
        assert [str(area.sqref) for area in book[DATA].conditional_formatting] == ["A2"]
        assert [cell.coordinate for row in book[DATA].iter_rows() for cell in row if cell.comment] == ["A2"]
        assert [table.displayName for table in book["Feedback"].tables.values()] == ["Points"]
        assert list(book.defined_names) == ["our_answers"]
    assert parts(again).keys() == parts(third).keys() == parts(once).keys()
    assert parts(third)["xl/styles.xml"] == parts(once)["xl/styles.xml"], "looks do not pile up"


def test_a_note_of_theirs_keeps_its_looks_and_ours_stands_below() -> None:
    data = workbook(lambda _, sheet: sheet.write_comment("A2", "Agreed."))
    bold = b"<text><r><rPr><b/></rPr><t>Agreed.</t></r></text>"
    data = edited(data, {"xl/comments1.xml": lambda part: re.sub(rb"<text>.*?</text>", bold, part, count=1)})
    copy = marked(data, notes={(DATA, 2, 1): "Agreed.\n\nFeedback: Amber?"})
    assert b"<r><rPr><b/></rPr><t>Agreed.</t></r>" in parts(copy)["xl/comments1.xml"]
    assert read_workbook_bytes(copy).sheets[1].cells[2, 1].note == "Agreed.\n\nFeedback: Amber?"
    drawn = parts(copy)["xl/drawings/vmlDrawing1.vml"].decode()
    assert len(re.findall(r"<x:Row>1<", drawn)) == 1


def test_a_note_that_goes_leaves_no_box_behind() -> None:
    data = workbook(lambda _, sheet: sheet.write_comment("A2", "Feedback: Amber?"))
    copy = marked(data, notes={(DATA, 2, 1): ""})
    assert openpyxl.load_workbook(io.BytesIO(copy))[DATA]["A2"].comment is None
    assert b"<x:Row>1<" not in parts(copy)["xl/drawings/vmlDrawing1.vml"]


@pytest.mark.parametrize("prefix", ["x", "main"])
def test_a_workbook_whose_tags_have_a_prefix_gets_its_marks_in_that_namespace(prefix: str) -> None:
    def prefixed(part: bytes) -> bytes:
        part = part.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:{prefix}="{MAIN}"'.encode())
        return re.sub(rb"<(/?)(?=[a-zA-Z])(?![\w]+:)", rf"<\g<1>{prefix}:".encode(), part)

    names = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml")
    data = edited(workbook(), dict.fromkeys(names, prefixed))
    book = openpyxl.load_workbook(io.BytesIO(marked(data)))
    assert book.sheetnames == ["Feedback", DATA, "Other"]
    assert book[DATA]["A2"].comment is not None
    assert [str(area.sqref) for area in book[DATA].conditional_formatting] == ["A2"]
    assert book["Feedback"]["A1"].font.b


def test_parts_in_another_encoding_are_marked_all_the_same() -> None:
    def in_utf_16(part: bytes) -> bytes:
        return part.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    data = edited(workbook(), {"xl/worksheets/sheet1.xml": in_utf_16, "xl/workbook.xml": in_utf_16})
    assert openpyxl.load_workbook(io.BytesIO(marked(data))).sheetnames == ["Feedback", DATA, "Other"]


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        (None, 'A1=""'),
        ("Ambrish", 'AND(LEN(A1)=7,EXACT(LEFT(A1,7),"Ambrish"))'),
        ('say "so"', 'AND(LEN(A1)=8,EXACT(LEFT(A1,8),"say ""so"""))'),
        ("two\nlines", 'AND(LEN(A1)=9,EXACT(LEFT(A1,3),"two"))'),
        (3, "A1=3"),
        (True, "A1=TRUE"),
        ("#REF!", "ISERROR(A1)"),
        (datetime.date(2022, 5, 1), "ABS(A1-(DATE(2022,5,1)))<0.00001"),
    ],
)
def test_the_colour_goes_when_the_cell_holds_something_else(value: Value, formula: str) -> None:
    copy = marked(workbook(), marks=(Mark(DATA, 1, 1, value, coloured=False),))
    (area,) = openpyxl.load_workbook(io.BytesIO(copy))[DATA].conditional_formatting
    assert area.rules[0].formula == [formula]
    assert max(map(len, area.rules[0].formula)) < 255


def test_a_cell_with_a_colour_of_its_own_gets_a_frame_alone() -> None:
    copies = [marked(workbook(), marks=(Mark(DATA, 1, 1, "x", coloured=coloured),)) for coloured in (True, False)]
    fills = []
    for data in copies:
        (area,) = openpyxl.load_workbook(io.BytesIO(data))[DATA].conditional_formatting
        assert area.rules[0].dxf is not None
        assert area.rules[0].dxf.border.left.style == "thin"
        fills.append(area.rules[0].dxf.fill)
    assert [fill is not None for fill in fills] == [False, True]


def test_their_own_colour_rules_win() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        red = book.add_format({"bg_color": "#FF0000"})
        sheet.conditional_format("A1:A9", {"type": "cell", "criteria": "==", "value": '"Red"', "format": red})

    sheet = openpyxl.load_workbook(io.BytesIO(marked(workbook(fill))))[DATA]
    priorities = {str(area.sqref): rule.priority for area in sheet.conditional_formatting for rule in area.rules}
    assert priorities["A1:A9"] < priorities["A2"]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("_xmlsignatures/sig1.xml", b"<Signature/>"),
        ("xl/embeddings/oleObject1.bin", b"x"),
        ("xl/styles.xml", b"<!DOCTYPE x><styleSheet/>"),
        ("xl/styles.xml", b"<styleSheet>"),
    ],
)
def test_what_cannot_be_marked_is_said_and_not_tried(part: str, content: bytes) -> None:
    with pytest.raises(CannotEdit):
        marked(edited(workbook(), {part: lambda _: content}))


def test_two_changes_of_the_same_bytes_are_refused() -> None:
    markup = Markup(b"<a><b/></a>")
    markup.replace(markup.elements[1], b"<c/>")
    markup.replace_content(markup.root, b"")
    with pytest.raises(CannotEdit):
        markup.edited()
