"""Excel workbooks of today: .xlsx, and .xlsm, which may hold macros."""

from collections.abc import Container
from functools import partial

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.reading.file_kind import other_document
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.formats.xls import is_binary
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx.workbook import XlsxReader


def _is_workbook(macros: bool, file: InputFile) -> bool:
    main = file.main_part
    if main is None or is_binary(file) or other_document(main):
        return False
    return ("macroenabled" in file.main_type) == macros


def _read(kind: str, file: InputFile, without: Container[str]) -> Workbook:
    if file.main_part is None:
        raise Unreadable(Reason.NO_SHEETS, "it has no workbook")
    return XlsxReader(file, without).read(file.main_part, kind)


_READ_IN_FULL = {"has_formulas": True, "has_notes": True, "appearance_is_read": True}
XLSX = Format(
    "xlsx", (".xlsx",), partial(_is_workbook, False), partial(_read, "xlsx"), can_be_annotated=True, **_READ_IN_FULL
)
XLSM = Format("xlsm", (".xlsm",), partial(_is_workbook, True), partial(_read, "xlsm"), **_READ_IN_FULL)
