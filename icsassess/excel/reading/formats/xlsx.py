"""Excel workbooks of today: .xlsx, and .xlsm, which may hold macros."""

from __future__ import annotations

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.reading.file_kind import other_document
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.formats.xlsb import is_binary
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx.workbook import XlsxReader


def _is_workbook(file: InputFile, macros: bool) -> bool:
    main = file.main_part
    if main is None or is_binary(file) or other_document(main):
        return False
    return ("macroenabled" in file.main_type) == macros


def _read(file: InputFile, without: Container[str], kind: str) -> Workbook:
    if file.main_part is None:
        raise Unreadable(Reason.NO_SHEETS, "it has no workbook")
    return XlsxReader(file.package, file.meter, file.remarks, without).read(file.main_part, kind)


XLSX = Format(
    name="xlsx",
    endings=(".xlsx",),
    recognise=lambda file: _is_workbook(file, macros=False),
    read=lambda file, without: _read(file, without, "xlsx"),
    has_formulas=True,
    has_notes=True,
    can_be_annotated=True,
    appearance_is_read=True,
)
XLSM = Format(
    name="xlsm",
    endings=(".xlsm",),
    recognise=lambda file: _is_workbook(file, macros=True),
    read=lambda file, without: _read(file, without, "xlsm"),
    has_formulas=True,
    has_notes=True,
    appearance_is_read=True,
)
