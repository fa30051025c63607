"""Web pages with tables: .html, .htm, and what many systems export and call .xls."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile

_TAGS = ("<html", "<table", "<!doctype html", "<head", "<body", "<meta", "<div", "<style")


def _recognise(file: InputFile) -> bool:
    start = file.text_start
    if not file.is_markup or ("schemas-microsoft-com:office:spreadsheet" in start and "<html" not in start):
        return False
    return start.startswith(_TAGS) or (any(tag in start for tag in _TAGS[:4]) and "<svg" not in start)


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.documents.html_page import read_page  # few are: loaded when one comes

    return read_page(file.data, file.meter, file.remarks)


WEB_PAGE = Format("html", (".html", ".htm"), _recognise, _read, has_formulas=False, has_notes=False, is_workbook=False)
