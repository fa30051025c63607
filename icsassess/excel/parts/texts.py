"""Every text in the parts of a workbook, wherever it stands: for what has to be masked everywhere."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

_TOKEN = re.compile(r"<[^<>]*>|[^<]+")
_TAG = re.compile(r"<(?:\w+:)?(\w+)")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MARKUP = (".xml", ".rels", ".vml")
_HELD_IN_NUMBERS = frozenset(("name", "display", "tooltip", "location", "target", "title", "descr", "prompt", "v"))
"""Attributes in which a bare number may be something that somebody typed; in others it is a size, a place or a key."""
_NUMBER = re.compile(r"[-+\d.]+(?:E[-+]?\d+)?")
_DECIMAL = re.compile(r"[-+]?\d*\.\d+(?:E[-+]?\d+)?")
_KEY = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?|[0-9a-f]{64}")


def texts_in_parts(data: bytes) -> Iterator[str]:
    """Give every text and attribute in the parts of a workbook: headers, names, lists, titles, links, text boxes.

    Left out are the numbers in cells of its sheets (they are read as cells), numbers with a fraction, in whose digits
    anything can be found, keys and fingerprints that programs make, and the theme with its names of colours.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            folded = name.lower()
            if folded.endswith(_MARKUP) and not folded.startswith("xl/theme/"):
                yield from _texts(_decoded(archive.read(name)), of_sheet=folded.startswith("xl/worksheets/"))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return data.decode(encoding, errors="replace")


def _texts(markup: str, *, of_sheet: bool) -> Iterator[str]:
    in_value = False
    for token in _TOKEN.findall(markup):
        if not token.startswith("<"):
            text = html.unescape(token)
            if not (in_value and of_sheet) and not _KEY.fullmatch(text) and not _DECIMAL.fullmatch(text.strip()):
                yield text
            continue
        tag = _TAG.match(token)
        in_value = tag is not None and tag[1] == "v"
        for attribute, text, other in _ATTRIBUTE.findall(token):
            value = html.unescape(text or other)
            is_bare = _NUMBER.fullmatch(value) and attribute.rpartition(":")[2].lower() not in _HELD_IN_NUMBERS
            if not is_bare and not _KEY.fullmatch(value) and not _DECIMAL.fullmatch(value):
                yield value
