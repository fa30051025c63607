"""Older Excel workbooks: .xls."""

from __future__ import annotations

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile


def _recognise(file: InputFile) -> bool:
    return file.has_stream("Workbook", "Book") and not file.has_stream("EncryptedPackage", "EncryptionInfo")


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.xls.workbook import read_apart  # few are: loaded when one comes

    return read_apart(file.data, "xls", file.meter, file.remarks)


XLS = Format(name="xls", endings=(".xls",), recognise=_recognise, read=_read, has_formulas=False, has_notes=True)
