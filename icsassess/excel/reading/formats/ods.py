"""LibreOffice workbooks: .ods."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import OPENDOCUMENT, InputFile


def _recognise(file: InputFile) -> bool:
    return file.mimetype.startswith(OPENDOCUMENT + "spreadsheet")


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.ods.workbook import read_ods  # few are: loaded when one comes

    return read_ods(file.package, file.meter, file.remarks)


ODS = Format(name="ods", endings=(".ods",), recognise=_recognise, read=_read, has_formulas=True, has_notes=True)
