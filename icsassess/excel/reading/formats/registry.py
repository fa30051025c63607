"""All kinds of input file. A further one is a module beside this one, and its ``Format`` in ``FORMATS``."""

from icsassess.excel.reading.file_kind import refusal
from icsassess.excel.reading.formats.delimited_text import DELIMITED
from icsassess.excel.reading.formats.flat_ods import FLAT_ODS
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.formats.ods import ODS
from icsassess.excel.reading.formats.protected import PROTECTED
from icsassess.excel.reading.formats.web_archive import WEB_ARCHIVE
from icsassess.excel.reading.formats.web_page import WEB_PAGE
from icsassess.excel.reading.formats.word import WORD
from icsassess.excel.reading.formats.xls import XLS, XLSB
from icsassess.excel.reading.formats.xlsx import XLSM, XLSX
from icsassess.excel.reading.formats.xml_spreadsheet import XML_SPREADSHEET
from icsassess.excel.reading.input_file import InputFile

FORMATS: list[Format] = [
    *(XLSX, XLSM, XLSB, XLS, ODS, FLAT_ODS, XML_SPREADSHEET, PROTECTED),
    *(WORD, WEB_PAGE, WEB_ARCHIVE, DELIMITED),
]
"""In the order in which they are asked whether a file is theirs."""


def recognise(file: InputFile) -> Format:
    """Give the format of a file by its bytes. Raises Unreadable, which says what else the file is."""
    for candidate in FORMATS:
        if candidate.recognise(file):
            return candidate
    raise refusal(file)


def format_named(name: str) -> Format:
    """Give a format by its name, which is a workbook's ``kind``. Raises KeyError if there is none."""
    return {candidate.name: candidate for candidate in FORMATS}[name]


def endings() -> frozenset[str]:
    """Give the endings of the names of all workbooks that can be read, such as '.xlsx', in lower case."""
    return frozenset(ending for candidate in FORMATS if candidate.is_workbook for ending in candidate.endings)
