"""A kind of input file is one module with its ``Format``, and an entry in ``FORMATS``."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.formats.registry import FORMATS, endings, format_named
from icsassess.excel.reading.read_workbook import read_workbook, read_workbook_bytes
from tests.support import handmade_workbooks as handmade

FILES, SAMPLES = Path(__file__).parent / "files", Path(__file__).parents[1] / "samples"
PIPES = '''
"""A made-up kind of file: a line a row, and pipes between the cells."""

from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.excel.reading.formats.format import Format


def read(file, without):
    cells = {}
    for row, line in enumerate(file.data.decode().splitlines()[1:], 1):
        for column, text in enumerate(line.split("|"), 1):
            file.meter.held(len(text))
            cells[row, column] = Cell(row, column, text, Kind.TEXT)
    sheet = Sheet("Pipes", cells, (), False, frozenset(), frozenset(), False)
    return Workbook("pipes", (sheet,), {}, {}, False, (), (), file.remarks.all())


PIPES = Format(
    name="pipes",
    endings=(".pipes",),
    recognise=lambda file: file.data.startswith(b"PIPES"),
    read=read,
    has_formulas=False,
    has_notes=False,
)
'''


@pytest.fixture
def pipes(tmp_path: Path) -> Iterator[Format]:
    """A made-up format, in the registry for as long as a test runs."""
    module = tmp_path / "pipes.py"
    module.write_text(PIPES, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("pipes", module)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    FORMATS.insert(0, loaded.PIPES)
    yield loaded.PIPES
    FORMATS.remove(loaded.PIPES)


def test_a_further_kind_of_file_is_read_as_soon_as_it_is_in_the_registry(pipes: Format, tmp_path: Path) -> None:
    path = tmp_path / "return.pipes"
    path.write_text("PIPES\nRef|RAG\nQ1-PEX|Green\n", encoding="utf-8")
    workbook = read_workbook(path)
    assert workbook.kind == "pipes"
    assert [cell.value for cell in workbook.sheets[0].cells.values()] == ["Ref", "RAG", "Q1-PEX", "Green"]
    assert ".pipes" in endings()
    assert format_named("pipes") is pipes


def test_a_file_of_a_kind_that_is_not_in_the_registry_is_no_workbook() -> None:
    assert ".pipes" not in endings()
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(b"PIPES\nRef|RAG\n")
    assert caught.value.reason is Reason.NOT_A_WORKBOOK


@pytest.mark.parametrize("name", ["xlsx", "xlsm", "xlsb", "xls", "ods"])
def test_each_format_reads_its_own_kind_of_file(name: str) -> None:
    own = {
        "xlsx": handmade.xlsx(),
        "xlsm": handmade.xlsx(**{"[Content_Types].xml": handmade.content_types("macro")}),
        "xlsb": handmade.xlsb({1: {1: "x"}}),
        "xls": (FILES / "from column C.xls").read_bytes(),
        "ods": (SAMPLES / "PC colours without words, saved by LibreOffice.ods").read_bytes(),
    }
    assert read_workbook_bytes(own[name]).kind == name
    assert format_named(name).endings == (f".{name}",)
    assert endings() >= {f".{name}"}


def test_only_an_xlsx_is_given_back_with_notes_and_only_binary_ones_come_without_formulas() -> None:
    assert [each.name for each in FORMATS if each.can_be_annotated] == ["xlsx"]
    workbooks = [each for each in FORMATS if each.is_workbook]
    assert [each.name for each in workbooks if not each.has_formulas] == ["xlsb", "xls"]
    assert [each.name for each in workbooks if not each.has_notes] == ["xlsb"]
