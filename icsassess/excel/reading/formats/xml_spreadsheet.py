"""XML Spreadsheet 2003: .xml, and what reporting systems write and call .xls."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def _recognise(file: InputFile) -> bool:
    return file.is_markup and _NAMESPACE in file.text_start and "<html" not in file.text_start


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.documents.xml_spreadsheet import read_xml_spreadsheet  # few are

    return read_xml_spreadsheet(file.data, file.meter, file.remarks)


XML_SPREADSHEET = Format("xml", (".xml",), _recognise, _read, has_formulas=False, has_notes=True, is_workbook=False)
