"""Reading XML piece by piece: no document type, bounded depth, bounded tags, names without their prefixes."""

import re
from collections.abc import Callable, Iterable
from typing import NoReturn, TypeVar
from xml.parsers import expat

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter

_MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict (ECMA-376 part 1)
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_PIECES = 4  # of text between two tags, before they are looked at: too long, or nobody wants them
_BUFFER = 16 * 1024


class PartReader:
    """Takes the elements of one part as they come. A subclass says what to do when one opens or closes.

    Names come without prefix and namespace: Excel, Strict files and other programs use different ones.
    """

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.depth = 0
        self.pieces: list[str] = []
        """Text since a reader last cleared it; expat adds to it directly, which saves a call for each text."""
        self.keeps_text = False
        """Whether the text that comes now belongs to a value (otherwise it may be thrown away)."""
        self.text_was_cut = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called by expat for each start tag."""
        self.go_deeper()
        self.pieces.clear()
        self.opened(name, attributes)

    def end(self, name: str) -> None:
        """Called by expat for each end tag."""
        self.depth -= 1
        text = "".join(self.pieces)
        self.pieces.clear()
        self.closed(name, text)

    def begin_text(self) -> None:
        """Keep the text that comes now: it belongs to a value."""
        self.pieces.clear()
        self.keeps_text = True

    def go_deeper(self) -> None:
        """Count one more element around what comes next. Raises Unreadable when there are too many."""
        self.depth += 1
        if self.depth > self.meter.limits.depth:
            raise Unreadable(Reason.UNSAFE, f"its XML has more than {self.meter.limits.depth} elements in each other")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def closed(self, name: str, text: str) -> None:
        """An element ends; text is what came since the last tag."""


Reader = TypeVar("Reader", bound=PartReader)


def parse(chunks: Iterable[bytes], reader: Reader, part: str) -> Reader:
    """Send a part's elements to a reader, and give the reader.

    Raises Unreadable: UNSAFE for a document type (the door to entity bombs and to other files) and for tags without
    bounds, DAMAGED for what is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _BUFFER
    parser.CharacterDataHandler = reader.pieces.append
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = _first_element(parser, reader)
    limits = reader.meter.limits
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.token_bytes:
                raise Unreadable(Reason.UNSAFE, f"a tag in {part[:60]!r} has no end")
            _bound_text(reader)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        # LookupError: an encoding that Python does not know.
        raise Unreadable(Reason.DAMAGED, f"the part {part[:60]!r} is damaged") from error
    return reader


def _bound_text(reader: PartReader) -> None:
    """Hold no more text than a value may have, and none that is no value."""
    if len(reader.pieces) < _MOST_PIECES:
        return
    allowed = reader.meter.limits.text_characters
    text = "".join(reader.pieces) if reader.keeps_text else ""
    if len(text) > allowed:
        text = text[:allowed]
        reader.text_was_cut = True
    reader.pieces[:] = [text]


def _first_element(parser: expat.XMLParserType, reader: PartReader) -> Callable[[str, dict[str, str]], None]:
    """Give a handler for the root, which shows whether names have prefixes, and then gets out of the way."""

    def first(name: str, attributes: dict[str, str]) -> None:
        prefixed = ":" in name or any(
            key.startswith("xmlns:") and value in _MAIN_NAMESPACES for key, value in attributes.items()
        )
        start, end = _without_prefixes(reader) if prefixed else (reader.start, reader.end)
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        start(name, attributes)

    return first


def _without_prefixes(reader: PartReader) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    return (
        lambda name, attributes: reader.start(name.rpartition(":")[2], attributes),
        lambda name: reader.end(name.rpartition(":")[2]),
    )


def _refuse(*_declaration: object) -> NoReturn:
    raise Unreadable(Reason.UNSAFE, "its XML declares a document type, which no spreadsheet program writes")


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """Give an attribute by its name, whatever its prefix: 'id' finds 'r:id'."""
    value = attributes.get(name)
    if value is not None:
        return value
    ending = ":" + name
    for key, prefixed in attributes.items():
        if key.endswith(ending):
            return prefixed
    return None


def is_true(value: str | None) -> bool:
    """Say whether an attribute's value means yes (W3C XML Schema part 2, 3.2.2; older files write 'on')."""
    return value is not None and value.strip().lower() in ("1", "true", "on")


def unescape(text: str) -> str:
    """Give text with its _xHHHH_ escapes resolved (ECMA-376 part 1, 22.9.2.19); '_x005F_' is '_' itself."""
    if "_x" not in text:
        return text
    resolved = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if resolved.isascii():
        return resolved
    # Characters beyond the first 65,536 come as two escapes, which belong together.
    return resolved.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
