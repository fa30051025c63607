"""What a file really is, by its bytes: names lie, and an .xls is as often a web page as a workbook."""

from __future__ import annotations

import re

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.relationships import first_of, relationships_of
from icsassess.excel.container.xml import PartReader, attribute, parse
from icsassess.excel.container.zip_package import Package

ZIP_SIGNATURE = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_SPLIT_ZIP = (b"PK\x07\x08", b"PK00")
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_SECTOR = 128  # bytes of one entry of an OLE file's directory ([MS-CFB] 2.6.1)

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
_OLD_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
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


def not_a_workbook(what: str) -> Unreadable:
    """Give the failure that says what a file is instead of a workbook."""
    return Unreadable(Reason.NOT_A_WORKBOOK, what)


def refuse_other_bytes(data: bytes) -> Unreadable:
    """Say what a file is that is neither a ZIP package nor an OLE file."""
    start = data[:4096]
    if not start.strip(b"\0 \t\r\n"):
        return Unreadable(Reason.DAMAGED, "it holds nothing but zeros or blanks")
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            return not_a_workbook(what)
    if start[4:8] == b"ftyp":
        return not_a_workbook("an image" if start[8:11] in (b"hei", b"mif", b"avi") else "a film or sound")
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return not_a_workbook("an image")
    if _OLD_BIFF.match(start):
        return not_a_workbook("a worksheet of an Excel version before 1995")
    return not_a_workbook(_text_kind(start))


def _text_kind(start: bytes) -> str:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = start.decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in text and "<html" not in text:
            return "an XML spreadsheet of 2003"
        if "office:document" in text and "opendocument" in text:
            return "a flat OpenDocument file"
        if "<svg" in text:
            return "an image"
        if text.startswith(("<html", "<!doctype html", "<table", "<head", "<body", "<meta")) or "<html" in text:
            return "a web page"
        return "an XML file" if text.startswith("<?xml") else "plain text or CSV"
    if text.startswith(("mime-version:", "from:", "received:")):
        return "a mail message or a web page saved as one file"
    controls = sum(character < " " and character not in "\t\r\n\f\x1a" for character in text)
    if controls * 20 < len(text) and text.count("\ufffd") * 5 < len(text):
        return "plain text or CSV"
    return "a file of an unknown kind"


def ole_kind(data: bytes) -> str:
    """Give 'xls' for an OLE file that holds a workbook. Raises Unreadable for every other."""
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptionInfo"):
        raise Unreadable(Reason.PASSWORD)
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "xls"
    for stream, what in _OLE_STREAMS:
        if _has_stream(data, stream):
            raise not_a_workbook(what)
    if _has_stream(data, "Root Entry"):
        raise not_a_workbook("an old Office file without a workbook")
    raise Unreadable(Reason.CUT_OFF, "the list of its parts is missing")


def _has_stream(data: bytes, name: str) -> bool:
    """Say whether an OLE file's directory lists a name. Entries are 128 bytes, begin with the name in UTF-16, and hold
    its length in bytes, with the final zero, at 64 ([MS-CFB] 2.6.1)."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    length = len(wanted).to_bytes(2, "little")
    at = data.find(wanted, 512)
    while at >= 0:
        if at % _SECTOR == 0 and data[at + 64 : at + 66] == length:
            return True
        at = data.find(wanted, at + 1)
    return False


class _ContentTypes(PartReader):
    """ECMA-376 part 2, 7.2.3: only the types of single parts."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.types: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Override":
            part = (attribute(attributes, "PartName") or "").replace("\\", "/").lstrip("/").lower()
            self.types[part] = (attribute(attributes, "ContentType") or "").lower()


def package_kind(package: Package, meter: Meter, remarks: Remarks) -> tuple[str, str]:
    """Give (kind, main part): ('xlsx', 'xl/workbook.xml'), ('xlsb', ...), ('ods', 'content.xml').

    Raises Unreadable, which says what else the package is.
    """
    names = package.names()
    if "mimetype" in package:
        mimetype = package.read("mimetype").decode("ascii", "replace").strip().lower()
        if mimetype.startswith(_OPENDOCUMENT + "spreadsheet"):
            return "ods", "content.xml"
        if mimetype.startswith(_OPENDOCUMENT):
            word = mimetype[len(_OPENDOCUMENT) :].partition("-")[0]
            raise not_a_workbook(_OPENDOCUMENT_KINDS.get(word, "an OpenDocument file of another kind"))
    main = _main_part(package, meter, remarks)
    if main is None:
        raise not_a_workbook(next((what for folder, what in _FOLDERS if _any_in(names, folder)), "a ZIP archive"))
    types = _content_types(package, meter, remarks)
    kind = types.get(main, "")
    if main.endswith(".bin") or "binary" in kind:
        return "xlsb", main
    for folder, what in _FOLDERS:
        if main.startswith(folder):
            raise not_a_workbook(what)
    return ("xlsm" if "macroenabled" in kind else "xlsx"), main


def _any_in(names: list[str], folder: str) -> bool:
    return any(name == folder or (folder.endswith("/") and name.startswith(folder)) for name in names)


def _main_part(package: Package, meter: Meter, remarks: Remarks) -> str | None:
    main = first_of(relationships_of("", package, meter, remarks), "officedocument", package)
    if main is not None:
        return main
    for name in ("xl/workbook.xml", "xl/workbook.bin"):
        if name in package:
            remarks.add("the file does not say where its workbook is; it was found by its name")
            return name
    return None


def _content_types(package: Package, meter: Meter, remarks: Remarks) -> dict[str, str]:
    name = "[content_types].xml"
    if name not in package:
        remarks.add("the file does not say what its parts are")
        return {}
    reader = _ContentTypes(meter)
    try:
        parse(package.chunks(name), reader, name)
    except Unreadable as error:
        if error.reason is not Reason.DAMAGED:
            raise
        remarks.add("the list of what the file's parts are is damaged")
    return reader.types
