"""The blank made of another locality's workbook holds none of its content: every part of the file is searched."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from icsassess.adopting.adopt import Adopted, adopt
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.new_locality import new_locality
from icsassess.returns.issuing.issue import issue
from tests.support.adopted import parts, parts_with
from tests.support.foreign_layouts import LAYOUTS, NAMES, TRACER, WHOLE, as_bytes, one_sheet

pytestmark = pytest.mark.begins_early

# A picture of one dot, with a text of its own in front of its end.
_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    + TRACER.encode()
    + b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
_PARTS = {
    "xl/persons/person.xml": "<personList><person displayName='{}'/></personList>",
    "xl/threadedComments/threadedComment1.xml": "<ThreadedComments><threadedComment><text>{}</text></threadedComment></ThreadedComments>",  # noqa: E501
    "xl/media/image1.png": "",
    "xl/embeddings/oleObject1.bin": "{}",
    "xl/externalLinks/externalLink1.xml": "<externalLink>{}</externalLink>",
    "xl/connections.xml": "<connections><connection name='{}'/></connections>",
    "xl/printerSettings/printerSettings1.bin": "{}",
    "xl/calcChain.xml": "<calcChain>{}</calcChain>",
    "xl/revisions/revisionLog1.xml": "<revisions>{}</revisions>",
    "xl/vbaProject.bin": "{}",
    "customXml/item1.xml": "<item>{}</item>",
    "xl/pivotCache/pivotCacheDefinition1.xml": "<pivot>{}</pivot>",
    "docProps/thumbnail.jpeg": "{}",
}


def full_of_everything() -> bytes:
    """Give a completed workbook that holds content in every place where a workbook can hold any."""
    book = one_sheet()
    sheet = book.worksheets[0]
    sheet["C9"].comment = Comment(f"{TRACER} note", f"{TRACER} author")
    sheet["C5"].comment = Comment(f"{TRACER} note on a heading", "x")
    sheet["D10"].hyperlink = f"https://example.org/{TRACER}"
    sheet["C11"] = f'="{TRACER} "&"formula"'
    sheet["J3"] = f"{TRACER} far to the right"
    sheet["A120"] = f"{TRACER} below the table"
    sheet.row_dimensions[30].hidden = True
    sheet.column_dimensions["D"].hidden = True
    names = DataValidation(type="list", formula1=f'"{TRACER} Smith,{TRACER} Jones"')
    names.add("H7:H108")
    sheet.add_data_validation(names)
    sheet.oddHeader.center.text = sheet.evenFooter.left.text = f"{TRACER} page"
    hidden = book.create_sheet(f"{TRACER} hidden")
    hidden["A1"], hidden.sheet_state = f"{TRACER} in a hidden sheet", "veryHidden"
    notes = book.create_sheet("Notes & queries")
    notes["A1"] = f"{TRACER} & <others>"
    book.defined_names["Zone"] = DefinedName("Zone", attr_text=f'"{TRACER} name"')
    book.properties.creator = book.properties.title = book.properties.keywords = f"{TRACER} person"
    book.properties.lastModifiedBy = book.properties.description = f"{TRACER} person"
    book.custom_doc_props.append(StringProperty(name=f"{TRACER} id", value=f"{TRACER} value"))
    made = io.BytesIO(as_bytes(book))
    with zipfile.ZipFile(made, "a") as archive:
        for part, content in _PARTS.items():
            archive.writestr(part, content.format(TRACER) if content else _PNG)
    return made.getvalue()


def bare() -> str:
    """Give the words that any workbook of ours is written with, such as ‘Theme’."""
    book = WorkbookWriter("", "", "", "", datetime.date(2024, 1, 1))
    book.sheet("x")
    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


BARE = bare()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    folder = tmp_path_factory.mktemp("everything")
    path = folder / "everything.xlsx"
    path.write_bytes(full_of_everything())
    return adopt(path, "everything", folder)


def texts_of(data: bytes) -> set[str]:
    """Give every text of a workbook's cells, notes, sheets' titles and properties."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {sheet.title for sheet in book.worksheets} | {str(book.properties.creator), str(book.properties.title)}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                found.add(str(cell.value or ""))
                found.add(cell.comment.text if cell.comment else "")
    return {text.strip() for text in found if len(text.strip()) > 3}


def test_the_source_does_hold_it_in_all_of_these_places(tmp_path: Path) -> None:
    path = tmp_path / "source.xlsx"
    path.write_bytes(full_of_everything())
    assert len(parts_with(path, TRACER)) >= len(_PARTS) + 5


def test_nothing_of_the_locality_is_in_any_part_of_the_blank(made: Adopted) -> None:
    assert parts_with(made.folder / "blank.xlsx", TRACER) == []
    for name in ("layout.json", "template.toml"):
        assert TRACER.casefold() not in (made.folder / name).read_text("utf-8").casefold()


@pytest.mark.parametrize("name", NAMES)
def test_of_all_texts_of_a_completed_workbook_only_those_on_the_list_are_in_its_blank(
    name: str, tmp_path: Path
) -> None:
    source = as_bytes(LAYOUTS[name].draw())
    path = tmp_path / "source.xlsx"
    path.write_bytes(source)
    adopted = adopt(path, "source", tmp_path)
    listed = {column.title for column in adopted.understood.columns} | {box.title for box in adopted.understood.cover}
    listed |= {*openpyxl.load_workbook(io.BytesIO(source)).sheetnames, *adopted.understood.ratings, *WHOLE.line_by_ref}
    listed |= {title for s in WHOLE.statements for title in (s.title, s.we_statement, *s.aliases)}
    listed |= {title for c in WHOLE.categories for title in (c.title, *c.aliases)} | {t.title for t in WHOLE.themes}
    listed |= {title for c in adopted.template.columns for title in (c.title, *c.aliases)}
    words = " ".join(listed).casefold()
    others = [text for text in texts_of(source) if text.casefold() not in words]
    others = [text for text in others if not all(line.lstrip("0123456789. ") in listed for line in text.split("\n"))]
    blank = adopted.folder / "blank.xlsx"
    content = b"\n".join(part for _, part in parts(blank))
    assert len([text for text in others if TRACER in text]) > 25
    for text in others:
        if text in BARE:
            continue
        for form in (text, escape(text)):
            assert form.encode("utf-8") not in content, text
            assert form.encode("utf-16-le") not in content, text


def test_what_stays_behind_is_counted_by_its_kind(made: Adopted) -> None:
    counted = {
        "notes": 2, "links": 1, "formulas": 1, "sheets": 2, "hidden sheets": 1, "hidden columns": 1, "hidden rows": 1,
        "properties of its own": 1, "macros": 1, "comment threads": 1, "lists of persons": 1, "pictures": 1,
        "embedded objects": 1, "external links": 1, "connections": 1, "printer settings": 1, "pivot tables": 1,
        "custom XML": 1, "revision logs": 1, "thumbnails": 1, "calculation chains": 1, "defined names": 1,
        "drop-down lists": 2, "headers and footers": 1,
    }  # fmt: skip
    assert {kind: made.removed.get(kind, 0) for kind in counted} == counted
    assert made.removed["cell texts"] > 600


def test_a_blank_is_an_ordinary_workbook_of_few_parts(made: Adopted) -> None:
    kinds = {name.rpartition("/")[0] for name, _ in parts(made.folder / "blank.xlsx")}
    assert kinds <= {"", "_rels", "docProps", "xl", "xl/_rels", "xl/worksheets", "xl/theme"}


def test_instructions_go_over_when_the_reader_says_so(tmp_path: Path) -> None:
    path = tmp_path / "source.xlsx"
    path.write_bytes(as_bytes(one_sheet()))
    first = adopt(path, "source", tmp_path)
    file = first.folder / "corrections.toml"
    text = file.read_text("utf-8")
    assert '"Self assessment!A2" = false  # Please complete every row' in text
    file.write_text(text.replace('"Self assessment!A2" = false', '"Self assessment!A2" = true'), "utf-8")
    again = adopt(path, "source", tmp_path)
    assert parts_with(again.folder / "blank.xlsx", "Please complete every row and return it to the quality team.")
    assert '"Self assessment!A2" = true' in file.read_text("utf-8")
    assert parts_with(again.folder / "blank.xlsx", TRACER) == []


def test_a_kept_text_that_may_name_the_other_locality_is_pointed_at(tmp_path: Path) -> None:
    book = one_sheet()
    book.worksheets[0].title = "Zebrafish assessment"
    book.worksheets[0]["G5"] = "Actions by Zebrafish"
    path = tmp_path / "source.xlsx"
    path.write_bytes(as_bytes(book))
    assert adopt(path, "source", tmp_path).names_to_review == ("Zebrafish assessment", "Actions by Zebrafish")


def test_what_the_reader_wrote_about_the_other_locality_does_not_go_into_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "source.xlsx"
    path.write_bytes(full_of_everything())
    adopt(path, "source", tmp_path)
    deadline = datetime.date(2024, 1, 31)
    locality = new_locality(tmp_path / "anytown", name="Anytown", deadline=deadline, template="source")
    issue(locality, locality.partners[:1], deadline)
    for found in sorted(locality.folder.rglob("*")):
        if found.suffix == ".xlsx":
            assert parts_with(found, TRACER) == []
        elif found.is_file():
            assert TRACER.casefold() not in found.read_text("utf-8").casefold()


def test_an_nhs_number_in_a_heading_is_masked(tmp_path: Path) -> None:
    book = one_sheet()
    book.worksheets[0]["H5"] = "Ward of 999 000 0018"
    path = tmp_path / "source.xlsx"
    path.write_bytes(as_bytes(book))
    made = adopt(path, "source", tmp_path)
    assert parts_with(made.folder / "blank.xlsx", "999 000 0018") == []
    assert "999 000 0018" not in (made.folder / "template.toml").read_text("utf-8")
    assert "999 000 0018" not in (made.folder / "corrections.toml").read_text("utf-8")
