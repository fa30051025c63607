"""What a file is that is no workbook, by its bytes: names lie, and an .xls is as often a web page as a workbook."""

import re

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.reading.input_file import OPENDOCUMENT, InputFile

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"{\\rtf", "a Word document (RTF)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\0\x01\0\0Standard", "an Access database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_OLE_STREAMS = (  # the name of a stream that only such files have
    ("WordDocument", "an old Word document"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
    ("VisioDocument", "a Visio drawing"),
    ("__properties_version1.0", "an Outlook message"),
    ("Quill", "a Publisher document"),
)
_LOCK_FILE = 165  # bytes of '~$return.xlsx': the length of a name, the name in two encodings
_OLD_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_OPENDOCUMENT_KINDS = {
    "text": "a text document (OpenDocument)",
    "presentation": "a presentation (OpenDocument)",
    "graphics": "a drawing (OpenDocument)",
    "formula": "a formula (OpenDocument)",
    "chart": "a chart (OpenDocument)",
    "database": "a database (OpenDocument)",
}
_FOLDERS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("visio/", "a Visio drawing"),
    ("index.zip", "a Numbers document"),
    ("index/", "a Numbers document"),
    ("meta-inf/container.xml", "an e-book"),
)


def refusal(file: InputFile) -> Unreadable:
    """Give the failure that says what a file is that no format recognises. Raises Unreadable where it is damaged."""
    if file.is_compound:
        return _of_compound(file)
    return _of_package(file) if file.is_package else _of_other_bytes(file.data)


def other_document(main_part: str) -> str:
    """Give what an Office package is by its main part, such as 'a Word document'; '' where that may be a workbook."""
    return next((what for folder, what in _FOLDERS if main_part.startswith(folder)), "")


def _not_a_workbook(what: str) -> Unreadable:
    return Unreadable(Reason.NOT_A_WORKBOOK, what)


def _of_compound(file: InputFile) -> Unreadable:
    for stream, what in _OLE_STREAMS:
        if file.has_stream(stream):
            return _not_a_workbook(what)
    if file.has_stream("Root Entry"):
        return _not_a_workbook("an old Office file without a workbook")
    return Unreadable(Reason.CUT_OFF, "the list of its parts is missing")


def _of_package(file: InputFile) -> Unreadable:
    if file.mimetype:
        word = file.mimetype.removeprefix(OPENDOCUMENT).partition("-")[0]
        return _not_a_workbook(_OPENDOCUMENT_KINDS.get(word, "an OpenDocument file of another kind"))
    if file.main_part is not None:
        return _not_a_workbook(other_document(file.main_part))
    names = file.package.names()
    return _not_a_workbook(next((what for folder, what in _FOLDERS if _any_in(names, folder)), "a ZIP archive"))


def _any_in(names: list[str], folder: str) -> bool:
    return any(name == folder or (folder.endswith("/") and name.startswith(folder)) for name in names)


def _of_other_bytes(data: bytes) -> Unreadable:
    start = data[:4096]
    if not start.strip(b"\0 \t\r\n"):
        return Unreadable(Reason.DAMAGED, "it holds nothing but zeros or blanks")
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            return _not_a_workbook(what)
    if len(data) == _LOCK_FILE and 0 < data[0] < 55:
        return _not_a_workbook("the mark that Excel sets while a workbook is open")
    if start[4:8] == b"ftyp":
        return _not_a_workbook("an image" if start[8:11] in (b"hei", b"mif", b"avi") else "a film or sound")
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return _not_a_workbook("an image")
    if _OLD_BIFF.match(start):
        return _not_a_workbook("a worksheet of an Excel version before 1995")
    return _not_a_workbook(_text_kind(start))


def _text_kind(start: bytes) -> str:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = start.decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<"):
        if "office:document" in text and "opendocument" in text:
            return "a flat OpenDocument file"
        if "<svg" in text:
            return "an image"
        if text.startswith(("<html", "<!doctype html", "<table", "<head", "<body", "<meta")) or "<html" in text:
            return "a web page"
        return "an XML file" if text.startswith("<?xml") else "plain text without a table"
    if text.startswith(("mime-version:", "from:", "received:")):
        return "a mail message or a web page saved as one file"
    controls = sum(character < " " and character not in "\t\r\n\f\x1a" for character in text)
    if controls * 20 < len(text) and text.count("\ufffd") * 5 < len(text):
        return "plain text without a table"
    return "a file of an unknown kind"
