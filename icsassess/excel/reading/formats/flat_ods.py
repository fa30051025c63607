"""LibreOffice workbooks in a single XML file: .fods."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import OPENDOCUMENT, InputFile


def _recognise(file: InputFile) -> bool:
    start = file.text_start
    return file.is_markup and "office:document" in start and f"{OPENDOCUMENT}spreadsheet" in start


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.ods.workbook import read_flat_ods  # few are: loaded when one comes

    return read_flat_ods(file.data, file.meter, file.remarks)


FLAT_ODS = Format("fods", (".fods",), _recognise, _read, has_formulas=True, has_notes=True)
