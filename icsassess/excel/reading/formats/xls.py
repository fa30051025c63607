"""Older and binary Excel workbooks: .xls and .xlsb."""

from collections.abc import Container
from functools import partial

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile


def is_binary(file: InputFile) -> bool:
    """Say whether the main part of an Office package is a binary workbook."""
    return file.main_part is not None and (file.main_part.endswith(".bin") or "binary" in file.main_type)


def _is_old(file: InputFile) -> bool:
    return file.has_stream("Workbook", "Book") and not file.has_stream("EncryptedPackage", "EncryptionInfo")


def _read(kind: str, file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.xls.workbook import read_apart  # few are: loaded when one comes

    return read_apart(file.data, kind, file.meter, file.remarks)


XLS = Format("xls", (".xls",), _is_old, partial(_read, "xls"), has_formulas=False, has_notes=True)
XLSB = Format("xlsb", (".xlsb",), is_binary, partial(_read, "xlsb"), has_formulas=False, has_notes=False)
