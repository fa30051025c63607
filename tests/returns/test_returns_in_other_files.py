"""A return as a list, a page, a document or an older kind of workbook is read as the workbook it stands for is."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from icsassess.locality.locality import Locality
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.round.check import check
from tests.support.other_files import documents
from tests.support.other_files.envelopes import archive
from tests.support.returns_dsl import fill_in, locality_of, read

TABLE = """
    Ref    | Evidence                       | Evidence date | RAG   | Gap            | Action      | Owner
    Q1-PEX | Survey of patients; 85 % happy | 2023-10-31    | Green |                |             |
    Q1-STF | Café talks\\nand a second line | 2023-11-14    | Red   | No staff voice | Ask "staff" | Head of Q
"""
COVER = [["Partner", "NORTH"], ["Organisation", "Northern Trust"], ["Date completed", "08/01/2024"]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    return locality_of(tmp_path_factory.mktemp("documents"), {"NORTH": "Q1"})


@pytest.fixture(scope="module")
def rows(place: Locality) -> list[list[str]]:
    """The table of a return, headings and all, as text."""
    path = fill_in(place, TABLE)
    book = openpyxl.load_workbook(path)
    path.unlink()
    sheet = book["Quality and safety"]
    return [
        [f"{cell:%d/%m/%Y}" if hasattr(cell, "year") else str(cell if cell is not None else "") for cell in row]
        for row in sheet.iter_rows(min_row=4, max_col=13, values_only=True)
    ]


KINDS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "commas.csv": lambda rows: documents.delimited(rows),
    "semicolons, Windows.csv": lambda rows: documents.delimited(rows, ";", "cp1252"),
    "Unicode text.txt": lambda rows: documents.delimited(rows, "\t", "utf-16"),
    "tabs.xls": lambda rows: documents.delimited(rows, "\t", "utf-8"),
    "web page.xls": lambda rows: documents.web_page(rows),
    "web archive.mht": lambda rows: documents.web_archive([documents.web_page(rows)]),
    "xml.xls": lambda rows: documents.xml_spreadsheet(rows, "Quality and safety"),
    "flat.fods": lambda rows: documents.flat_ods(
        [[cell.replace("\n", " ") for cell in row] for row in rows], "Quality and safety"
    ),
    "document.docx": lambda rows: documents.word([COVER, rows], ["Self-assessment of the Northern Trust"]),
}


def in_folder(place: Locality, name: str, data: bytes) -> ReadReturn:
    path = place.folder / "returns" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    try:
        (only,) = read(place)
        return only
    finally:
        path.unlink()


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_is_read(place: Locality, rows: list[list[str]], kind: str) -> None:
    result = in_folder(place, f"NORTH {kind}", KINDS[kind](rows))
    assert not result.refused, result.problems[0]
    assert result.partner == "NORTH"
    first, second = (entry.row.values for entry in result.entries)
    assert (first["evidence"], first["rag"]) == ("Survey of patients; 85 % happy", "Green")
    assert first["evidence_date"] in ("31/10/2023", "2023-10-31")
    assert second["evidence"].split() == ["Café", "talks", "and", "a", "second", "line"]
    assert (second["rag"], second["action"], second["owner"]) == ("Red", 'Ask "staff"', "Head of Q")
    assert len(result.rows_of) == 6


def test_a_document_s_cover_is_read(place: Locality, rows: list[list[str]]) -> None:
    result = in_folder(place, "document.docx", KINDS["document.docx"](rows))
    assert (result.partner, result.organisation, str(result.completed_on)) == ("NORTH", "Northern Trust", "2024-01-08")


def test_the_colour_behind_a_cell_of_a_document_is_a_rating(place: Locality, rows: list[list[str]]) -> None:
    coloured = [["■" if cell == "Green" else cell for cell in row] for row in rows]
    data = documents.word([coloured], ["Partner: NORTH"], {"■": "00B050"})
    result = in_folder(place, "document.docx", data)
    assert result.entries[0].row.fill == "00B050"


def test_feedback_on_a_list_is_a_list_of_its_points(place: Locality, rows: list[list[str]], tmp_path: Path) -> None:
    fresh = locality_of(tmp_path / "anytown", {"NORTH": "Q1"})
    (fresh.folder / "returns" / "forms.zip").write_bytes(archive({"NORTH.csv": documents.delimited(rows)}))
    ((file, copy),) = check([fresh.folder], feedback=True).feedback.items()
    assert file == "returns/forms.zip/NORTH.csv"
    assert copy.name == "NORTH - feedback.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(copy.read_bytes())).sheetnames == ["Feedback"]


def test_feedback_on_a_workbook_with_a_protected_structure_is_a_marked_copy(tmp_path: Path) -> None:
    fresh = locality_of(tmp_path / "anytown", {"NORTH": "Q1"})
    path = fill_in(fresh, TABLE)
    protected = io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("VelvetSweatshop", protected)
    path.write_bytes(protected.getvalue())
    (copy,) = check([fresh.folder], feedback=True).feedback.values()
    assert openpyxl.load_workbook(io.BytesIO(copy.read_bytes())).sheetnames[:2] == ["Feedback", "Cover"]


def test_a_return_s_sheets_as_lists_are_one_return(tmp_path: Path) -> None:
    fresh = locality_of(tmp_path / "anytown", {"NORTH": "Q1 I1"})
    head = ["Ref", "Evidence", "RAG"]
    files = {
        "NORTH Quality.csv": documents.delimited([head, ["Q1-PEX", "Survey", "Green"], ["Q1-STF", "Talks", "Red"]]),
        "NORTH Integration.csv": documents.delimited([head, ["I1-PEX", "Audit", "Amber"], ["I1-STF", "", "Red"]]),
    }
    (fresh.folder / "returns" / "forms.zip").write_bytes(archive(files))
    (only,) = read(fresh)
    assert only.file == "returns/forms.zip/NORTH Quality.csv + NORTH Integration.csv"
    assert only.sha256 == hashlib.sha256(b"".join(files.values())).hexdigest()
    assert [(entry.sheet, entry.ref) for entry in only.entries] == [
        ("NORTH Quality", "Q1-PEX"), ("NORTH Quality", "Q1-STF"),
        ("NORTH Integration", "I1-PEX"), ("NORTH Integration", "I1-STF"),
    ]  # fmt: skip
    assert "‘NORTH Quality.csv’ and ‘NORTH Integration.csv’" in only.problems[-1].message


def test_two_lists_with_a_line_in_common_are_two_answers(tmp_path: Path) -> None:
    fresh = locality_of(tmp_path / "anytown", {"NORTH": "Q1"})
    for name, rag in (("NORTH first.csv", "Green"), ("NORTH second.csv", "Red")):
        rows = [["Ref", "Evidence", "RAG"], ["Q1-PEX", "Survey", rag], ["Q1-STF", "Talks", rag]]
        (fresh.folder / "returns" / name).write_bytes(documents.delimited(rows))
    assert len(read(fresh)) == 2
