"""Workbooks of Excel 2007 or newer that are encrypted and open without a password (``reading/protection.py``)."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.formats.xls import XLSB
from icsassess.excel.reading.formats.xlsx import XLSM, XLSX
from icsassess.excel.reading.input_file import InputFile


def _recognise(file: InputFile) -> bool:
    return file.has_stream("EncryptedPackage", "EncryptionInfo")


def _read(file: InputFile, without: Container[str]) -> Workbook:
    from icsassess.excel.reading.protection import unprotected  # few are: loaded when one comes

    inside = InputFile(unprotected(file.data, file.meter), file.meter, file.remarks)
    for kind in (XLSX, XLSM, XLSB):
        if kind.recognise(inside):
            return kind.read(inside, without)
    raise Unreadable(Reason.PASSWORD)


PROTECTED = Format("protected", (), _recognise, _read, has_formulas=True, has_notes=True)
