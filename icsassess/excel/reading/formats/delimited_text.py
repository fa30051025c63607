"""Text with separators: .csv, .tsv, and what is called .txt or, wrongly, .xls."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile


def _recognise(file: InputFile) -> bool:
    if file.is_package or file.is_compound or file.is_markup or file.data.startswith((b"{\\rtf", b"%PDF", b"ID;P")):
        return False
    from icsassess.excel.reading.documents.delimited import separator_of
    from icsassess.excel.reading.documents.text_encoding import decode
    from icsassess.excel.reading.envelopes.mail import MAIL

    decoded = None if MAIL.recognise(file.data) else decode(file.data)
    return decoded is not None and separator_of(decoded[0]) is not None


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.documents.delimited import read_delimited  # few are: loaded when one comes

    return read_delimited(file.data, file.meter, file.remarks)


DELIMITED = Format(
    "csv", (".csv", ".tsv", ".txt"), _recognise, _read, has_formulas=False, has_notes=False, is_workbook=False
)
