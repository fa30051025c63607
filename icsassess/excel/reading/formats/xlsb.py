"""Binary Excel workbooks: .xlsb."""

from __future__ import annotations

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile


def is_binary(file: InputFile) -> bool:
    """Say whether the main part of an Office package is a binary workbook."""
    return file.main_part is not None and (file.main_part.endswith(".bin") or "binary" in file.main_type)


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.xls.workbook import read_apart  # few are: loaded when one comes

    return read_apart(file.data, "xlsb", file.meter, file.remarks)


XLSB = Format(name="xlsb", endings=(".xlsb",), recognise=is_binary, read=_read, has_formulas=False, has_notes=False)
