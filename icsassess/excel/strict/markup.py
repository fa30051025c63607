"""XML as spreadsheet programs write it: one encoding, one meaning of every name, nothing that some leave out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.parsers import expat

from icsassess.excel.strict.oddity import Oddity

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"
_OF_THE_PACKAGE = (MAIN, RELATIONSHIPS, CONTENT_TYPES)
_ADDITIONS = ("http://schemas.microsoft.com/office/", MAIN + "/v2")
"""Where the names of what was added to the standard begin: Excel's, and that of the boxes of notes (LibreOffice)."""
_MOST_ODDITIES = 20  # of one part; more say nothing more
_DEEPEST = 64
_SEPARATOR = "\n"


class Name(NamedTuple):
    """The name of an element or attribute: its namespace (``""`` for none) and the name in it."""

    namespace: str
    local: str


class StrictReader:
    """Takes the elements of a part as they come and gathers what is odd; a subclass says what may stand where.

    ``path`` holds the elements around the present one, the outermost first. Where cells or sheets are read from a part,
    ``names_once`` holds: one prefix stands for one thing, and what cells are written in has one name.
    """

    names_once = True

    def __init__(self, part: str) -> None:
        self.part = part
        self.oddities: list[Oddity] = []
        self.path: list[Name] = []
        self.text: list[str] = []

    def odd(self, why: str, *, acts: bool = False) -> None:
        """Note something odd, once."""
        oddity = Oddity(self.part, why, acts)
        if len(self.oddities) < _MOST_ODDITIES and oddity not in self.oddities:
            self.oddities.append(oddity)

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """An element begins; ``path`` does not hold it yet."""

    def closed(self, name: Name, text: str) -> None:
        """An element has ended, and was taken off ``path``; ``text`` is all between the last tag and its end."""


def read_strictly(chunks: Iterable[bytes], reader: StrictReader) -> list[Oddity]:
    """Send a part to a reader, and give what is odd about it. Raises ``Unreadable`` where unpacking does."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    handlers = _Handlers(reader)
    parser.XmlDeclHandler = handlers.declaration
    parser.StartDoctypeDeclHandler = handlers.doctype
    parser.EntityDeclHandler = handlers.doctype
    parser.ProcessingInstructionHandler = handlers.instruction
    parser.CommentHandler = handlers.comment
    parser.StartCdataSectionHandler = handlers.unparsed
    parser.StartNamespaceDeclHandler = handlers.namespace
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = reader.text.append
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError):
        reader.odd("its XML is damaged")
    except _Enough:
        pass
    return reader.oddities


class _Enough(Exception):
    """There is no need to read on."""


class _Handlers:
    def __init__(self, reader: StrictReader) -> None:
        self.reader = reader
        self.prefixes: dict[str, str] = {}

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() != "UTF-8":
            self.reader.odd(f"it is written in another encoding ({encoding[:20]})")

    def doctype(self, *_declaration: object) -> None:
        self.reader.odd("it declares a document type")
        raise _Enough

    def instruction(self, *_instruction: object) -> None:
        self.reader.odd("it has an instruction for programs")

    def comment(self, _text: str) -> None:
        self.reader.odd("it has a comment in its markup")

    def unparsed(self) -> None:
        self.reader.odd("it has text in a section of its own (CDATA)")

    def namespace(self, prefix: str | None, uri: str) -> None:
        if uri in _OF_THE_PACKAGE and prefix is not None:
            self.reader.odd(f"it has a second name, {prefix[:20]}, for what cells are written in")
        if prefix is None and self.reader.path and uri not in _OF_THE_PACKAGE:
            self.reader.odd("elements in it change their meaning on the way")
        if prefix is not None:
            if self.reader.names_once and self.prefixes.get(prefix, uri) != uri:
                self.reader.odd(f"the prefix {prefix[:20]} stands for two things")
            self.prefixes[prefix] = uri

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        reader = self.reader
        reader.text.clear()
        name = _name(tag)
        named = {_name(key): value for key, value in attributes.items()}
        for key, value in named.items():
            if key.namespace == COMPATIBILITY:
                self._compatibility(key.local, value, outermost=not reader.path)
            elif key.namespace == XML and key.local not in ("space", "lang"):
                reader.odd(f"it has an attribute xml:{key.local[:20]}")
        reader.opened(name, named)
        reader.path.append(name)
        if len(reader.path) > _DEEPEST:
            reader.odd("its elements stand too deep in each other")
            raise _Enough

    def end(self, tag: str) -> None:
        reader = self.reader
        reader.path.pop()
        text = "".join(reader.text)
        reader.text.clear()
        reader.closed(_name(tag), text)

    def _compatibility(self, kind: str, prefixes: str, *, outermost: bool) -> None:
        """Look at what programs are told to ignore: only what Microsoft has added since, and only for a whole part."""
        if kind != "Ignorable" or not outermost:
            self.reader.odd(f"it tells programs to treat parts of it differently (mc:{kind[:20]})")
        elif any(not self.prefixes.get(prefix, "").startswith(_ADDITIONS) for prefix in prefixes.split()):
            self.reader.odd("it tells programs to ignore what is no addition of Excel's")


def _name(tag: str) -> Name:
    namespace, _, local = tag.rpartition(_SEPARATOR)
    return Name(namespace, local)
