"""Makes small workbooks from pieces of XML, so that a test can say exactly what is in the file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def relationships(*entries: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """Make a .rels part from (id, last word of the type, target) or (id, type, target, 'External')."""
    lines = []
    for name, kind, target, *mode in entries:
        full = kind if ":" in kind else f"{RELATIONS}/{kind}"
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        lines.append(f'<Relationship Id="{name}" Type="{full}" Target="{target}"{outside}/>')
    return f'{XML}<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(lines)}</Relationships>'


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    """Make a worksheet part from the XML of its rows."""
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def content_types(workbook_type: str = "sheet") -> str:
    kind = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{workbook_type}.main+xml"
    if workbook_type == "macro":
        kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )


def strings(*texts: str) -> str:
    """Make the table of shared strings from plain texts, or from XML where one begins with '<'."""
    items = "".join(f"<si>{text if text.startswith('<') else f'<t>{text}</t>'}</si>" for text in texts)
    return f'{XML}<sst xmlns="{MAIN}">{items}</sst>'


def styles(formats: str, fills: str = "", fonts: str = "<font/>", number_formats: str = "", rest: str = "") -> str:
    """Make a styles part. Fills 0 and 1 are always there, as in Excel, and format 0 is plain."""
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts>{number_formats}</numFmts><fonts>{fonts}</fonts>'
        f'<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>{fills}'
        f'</fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/>{formats}</cellXfs>{rest}</styleSheet>'
    )


def parts(rows: str = "", **changes: str | bytes | None) -> dict[str, str | bytes]:
    """Give the parts of a workbook with one sheet 'Sheet1'.

    Changes replace parts by name ('xl/styles.xml'=...), add them, or remove them (None).
    """
    made: dict[str, str | bytes | None] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(("Sheet1", "rId1")),
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet(rows),
        "xl/sharedStrings.xml": strings(),
        "xl/styles.xml": styles(""),
    }
    made.update(changes)
    return {name: content for name, content in made.items() if content is not None}


def workbook(*sheets: tuple[str, str], properties: str = "", state: str = "", rest: str = "") -> str:
    """Make a workbook part from (title, relationship) of each sheet."""
    shown = f' state="{state}"' if state else ""
    entries = "".join(
        f'<sheet name="{title}" sheetId="{number}" r:id="{name}"{shown}/>'
        for number, (title, name) in enumerate(sheets, 1)
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{entries}</sheets>{rest}</workbook>'
    )


def xlsb(rows: Mapping[int, Mapping[int, str | float]]) -> bytes:
    """Make an .xlsb with one sheet 'Sheet1' from texts and numbers by row and column, counted from 1 ([MS-XLSB])."""
    cells = b""
    for row, content in sorted(rows.items()):
        cells += _record(0, struct.pack("<IIHHBI", row - 1, 0, 300, 0, 0, 0))
        for column, value in sorted(content.items()):
            place = struct.pack("<II", column - 1, 0)
            cells += _record(6, place + _wide(value)) if isinstance(value, str) else _record(5, place + _double(value))
    columns = [column - 1 for content in rows.values() for column in content]
    size = struct.pack("<4I", min(rows) - 1, max(rows) - 1, min(columns), max(columns))
    sheet = _record(129) + _record(148, size) + _record(145) + cells + _record(146) + _record(130)
    listed = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1"))
    return packed(
        {
            "[Content_Types].xml": content_types(),
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": _record(131) + _record(143) + listed + _record(144) + _record(132),
            "xl/_rels/workbook.bin.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _record(kind: int, content: bytes = b"") -> bytes:
    """Make a record of a binary part: its type and length have seven bits a byte ([MS-XLSB] 2.1.4)."""
    assert len(content) < 128
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + bytes([len(content)]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _double(value: float) -> bytes:
    return struct.pack("<d", value)


def packed(content: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts into a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def xlsx(rows: str = "", **changes: str | bytes | None) -> bytes:
    """Make a workbook file with one sheet from the XML of its rows; changes as in parts()."""
    return packed(parts(rows, **changes))
