"""The archive of a workbook that openpyxl saved, made repeatable: fixed dates, stored results back in their cells."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from openpyxl.packaging.relationship import get_dependents
from openpyxl.xml.functions import fromstring

Stored = str | int | float | bool
"""The stored result of a formula: text, an Excel error such as ‘#REF!’, a number (dates too), true or false."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest date an archive can hold
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
# As openpyxl writes a cell with a formula: without a result.
_FORMULA_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f\b.*?</f>|<f\b[^>]*/>)<v\s*(?:/>|></v>)</c>', re.DOTALL)
_NOTE_TEXT = re.compile(r"<text><t(?:\s[^>]*)?>(.*?)</t></text>", re.DOTALL)
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!)")
_NOTE_FONT = '<rPr><sz val="11"/><rFont val="Arial"/><family val="2"/></rPr>'


def repeatable(data: bytes, modified: str, results: Mapping[tuple[str, str], Stored]) -> bytes:
    """Write the archive again so that the same content gives the same bytes.

    ``modified`` is the time of the last change as the file shall give it; ``results`` are the stored results of
    formulas by (sheet's title, address).
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        titles = _titles(old)
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml" and modified:
                content = _MODIFIED.sub(rf"\g<1>{escape(modified)}\g<2>", content.decode("utf-8")).encode("utf-8")
            elif name in titles:
                content = _with_results(content, titles[name], results)
            elif name.startswith("xl/comments"):
                content = _readable_notes(content)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return target.getvalue()


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the title of the sheet that each worksheet's part holds."""
    part = "xl/workbook.xml"
    targets = {entry.Id: entry.target for entry in get_dependents(archive, "xl/_rels/workbook.xml.rels")}
    titles: dict[str, str] = {}
    for element in fromstring(archive.read(part)).iter():
        if element.tag.endswith("}sheet"):
            relation = next(value for key, value in element.attrib.items() if key.endswith("}id"))
            titles[targets[relation]] = element.attrib["name"]
    return titles


def _with_results(content: bytes, title: str, results: Mapping[tuple[str, str], Stored]) -> bytes:
    def put(cell: re.Match[str]) -> str:
        stored = results.get((title, cell[1]))
        if stored is None:
            return cell[0]
        kind, text = _coded(stored)
        return f'<c r="{cell[1]}"{cell[2]}{kind}>{cell[3]}<v>{escape(text)}</v></c>'

    return _FORMULA_CELL.sub(put, content.decode("utf-8")).encode("utf-8")


def _coded(stored: Stored) -> tuple[str, str]:
    """Give the attribute for the kind of a result, and its text (ECMA-376 part 1, 18.18.11)."""
    if isinstance(stored, bool):
        return ' t="b"', str(int(stored))
    if isinstance(stored, str):
        return (' t="e"' if _ERROR.fullmatch(stored) else ' t="str"'), stored
    return "", repr(stored)


def _readable_notes(content: bytes) -> bytes:
    """Set notes in the type that the program sets everything in, with their spaces and line breaks kept."""
    return _NOTE_TEXT.sub(
        rf'<text><r>{_NOTE_FONT}<t xml:space="preserve">\g<1></t></r></text>', content.decode("utf-8")
    ).encode("utf-8")
