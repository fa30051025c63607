"""Word documents with a table: .docx, and .docm, which may hold macros."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.file_kind import other_document
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile


def _recognise(file: InputFile) -> bool:
    return file.main_part is not None and other_document(file.main_part) == "a Word document"


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.documents.word_document import read_document  # few are: loaded when one comes

    return read_document(file)


WORD = Format("docx", (".docx", ".docm"), _recognise, _read, has_formulas=False, has_notes=True, is_workbook=False)
