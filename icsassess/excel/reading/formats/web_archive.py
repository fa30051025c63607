"""Web pages saved as one file: .mht and .mhtml."""

from collections.abc import Container

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.format import Format
from icsassess.excel.reading.input_file import InputFile


def _recognise(file: InputFile) -> bool:
    if not file.text_start.startswith(("mime-version:", "from:", "content-type:", "subject:", "date:", "snapshot-")):
        return False
    from icsassess.excel.reading.envelopes.mail import MAIL, head_of

    head = head_of(file.data).lower()
    return b"multipart/related" in head and not MAIL.recognise(file.data)


def _read(file: InputFile, _without: Container[str]) -> Workbook:
    from icsassess.excel.reading.documents.web_archive import read_web_archive  # few are: loaded when one comes

    return read_web_archive(file.data, file.meter, file.remarks)


WEB_ARCHIVE = Format(
    "mht", (".mht", ".mhtml"), _recognise, _read, has_formulas=False, has_notes=False, is_workbook=False
)
