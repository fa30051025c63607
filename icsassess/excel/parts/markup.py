"""Elements of a part by the bytes at which they begin and end, so that one can be changed and the rest stays."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from icsassess.support.text import clean

_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_ENCODING = re.compile(rb"""(<\?xml[^>]*?encoding\s*=\s*["'])([A-Za-z0-9._-]+)(["'])""")


class CannotEdit(Exception):
    """A part or package that cannot be changed in place; the message says why, to follow a colon."""


@dataclass(slots=True)
class Element:
    """An element of a part: its names and attributes as written, and where it stands in the part's bytes."""

    name: str
    prefix: str
    attributes: Mapping[str, str]
    depth: int
    parent: str
    start: int
    tag_end: int
    is_empty_tag: bool
    """Whether it is written as one tag, ``<c/>``."""
    content_end: int = 0
    end: int = 0
    text: str = ""
    pieces: list[str] = field(default_factory=list)

    def attribute(self, name: str) -> str:
        """Give an attribute by its local name, ``""`` where it has none."""
        for key, value in self.attributes.items():
            if key.rpartition(":")[2] == name:
                return value
        return ""


def in_utf_8(data: bytes) -> bytes:
    """Give a part in UTF-8, whatever it is written in. Raises ``CannotEdit`` where that is not known."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return re.sub(r"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']", r"\1", data.decode("utf-16")).encode()
    match = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if match is None or match[2].lower() in (b"utf-8", b"utf8", b"us-ascii"):
        return data
    try:
        return _ENCODING.sub(rb"\g<1>UTF-8\g<3>", data.decode(match[2].decode()).encode(), count=1)
    except (LookupError, UnicodeError) as error:
        raise CannotEdit("a part of it is written in a way that we cannot change") from error


class Markup:
    """A part whose elements can be found and changed. Changes are collected and made at once by ``edited``."""

    def __init__(self, data: bytes, wanted: Callable[[str, Mapping[str, str]], bool] | None = None) -> None:
        """Find the elements that are wanted (all, when left out). Raises ``CannotEdit`` for what is not sound XML."""
        self.data = in_utf_8(data)
        self.elements: list[Element] = []
        self._edits: list[tuple[int, int, int, bytes]] = []
        self._scan(wanted)
        self.root = self.elements[0]
        self.prefix = self.root.prefix

    def _scan(self, wanted: Callable[[str, Mapping[str, str]], bool] | None) -> None:
        parser = expat.ParserCreate()
        open_elements: list[Element | None] = []
        names: list[str] = []

        def opened(name: str, attributes: dict[str, str]) -> None:
            prefix, _, local = name.rpartition(":")
            element = None
            if not names or wanted is None or wanted(local, attributes):
                tag = _TAG.match(self.data, parser.CurrentByteIndex)
                if tag is None:
                    raise CannotEdit("a part of it is written in a way that we cannot change")
                parent = names[-1] if names else ""
                element = Element(local, prefix, attributes, len(names), parent, *tag.span(), tag[0].endswith(b"/>"))
                self.elements.append(element)
            open_elements.append(element)
            names.append(local)

        def closed(_name: str) -> None:
            names.pop()
            element = open_elements.pop()
            if element is not None:
                at = parser.CurrentByteIndex
                element.content_end = at
                element.end = element.tag_end if element.is_empty_tag else self.data.index(b">", at) + 1
                element.text = "".join(element.pieces)

        def characters(text: str) -> None:
            for element in open_elements[-1:]:
                if element is not None:
                    element.pieces.append(text)

        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.CharacterDataHandler = characters
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise CannotEdit("a part of it is damaged") from error

    def children(self, *names: str, parent: str = "", depth: int | None = None) -> list[Element]:
        """Give the elements of these local names, in their order; within a parent, at a depth from 0, where asked."""
        return [
            element
            for element in self.elements
            if (not names or element.name in names)
            and (not parent or element.parent == parent)
            and (depth is None or element.depth == depth)
        ]

    def first(self, name: str, parent: str = "") -> Element | None:
        """Give the first element of a local name."""
        return next(iter(self.children(name, parent=parent)), None)

    def inside(self, outer: Element, *names: str) -> list[Element]:
        """Give the elements within another."""
        return [each for each in self.children(*names) if outer.start < each.start and each.end <= outer.end]

    def written(self, element: Element) -> bytes:
        """Give an element as it is written."""
        return self.data[element.start : element.end]

    def content(self, element: Element) -> bytes:
        """Give what is written within an element."""
        return b"" if element.is_empty_tag else self.data[element.tag_end : element.content_end]

    def replace(self, element: Element, xml: str | bytes) -> None:
        """Put something in the place of an element; nothing takes it out."""
        self._edit(element.start, element.end, xml)

    def replace_content(self, element: Element, xml: str | bytes) -> None:
        """Put something in the place of what an element holds."""
        if element.is_empty_tag:
            self.append(element, xml)
        else:
            self._edit(element.tag_end, element.content_end, xml)

    def append(self, element: Element, xml: str | bytes) -> None:
        """Put something at the end of what an element holds."""
        if not element.is_empty_tag:
            self._edit(element.content_end, element.content_end, xml)
            return
        tag = self.data[element.start : element.tag_end]
        name = f"{element.prefix}:{element.name}" if element.prefix else element.name
        opened = tag[:-1].rstrip().removesuffix(b"/").rstrip() + b">"
        self._edit(element.start, element.end, opened + _bytes(xml) + f"</{name}>".encode())

    def prepend(self, element: Element, xml: str | bytes) -> None:
        """Put something at the beginning of what an element holds."""
        if element.is_empty_tag:
            self.append(element, xml)
        else:
            self._edit(element.tag_end, element.tag_end, xml)

    def after(self, element: Element, xml: str | bytes) -> None:
        """Put something behind an element."""
        self._edit(element.end, element.end, xml)

    def set(self, element: Element, **attributes: str | None) -> None:
        """Set attributes that have no prefix; None takes one out."""
        tag = self.data[element.start : element.tag_end]
        for name, value in attributes.items():
            pattern = re.compile(rf"""\s{name}\s*=\s*("[^"]*"|'[^']*')""".encode())
            replacement = b"" if value is None else f" {name}={quoteattr(value)}".encode()
            if pattern.search(tag):
                tag = pattern.sub(lambda _, text=replacement: text, tag, count=1)  # type: ignore[misc]
            elif value is not None:
                end = -2 if tag.endswith(b"/>") else -1
                tag = tag[:end].rstrip() + replacement + tag[end:]
        self._edit(element.start, element.tag_end, tag)

    def after_last(self, before: Iterable[str], xml: str | bytes) -> None:
        """Put something behind the last child of the root that has one of these names; first of all where none has."""
        names = frozenset(before)
        last = [child for child in self.children(depth=1) if child.name in names]
        if last:
            self.after(last[-1], xml)
        else:
            self.prepend(self.root, xml)

    def tag(self, name: str) -> str:
        """Give a name with the prefix that the part's own elements have."""
        return f"{self.prefix}:{name}" if self.prefix else name

    def _edit(self, start: int, end: int, xml: str | bytes) -> None:
        self._edits.append((start, end, len(self._edits), _bytes(xml)))

    def edited(self) -> bytes:
        """Give the part with all changes. Raises ``CannotEdit`` where two are about the same bytes."""
        pieces, at = [], 0
        for start, end, _, xml in sorted(self._edits):
            if start < at:
                raise CannotEdit("two changes of it would be in each other's way")
            pieces += [self.data[at:start], xml]
            at = end
        return b"".join([*pieces, self.data[at:]])


def _bytes(xml: str | bytes) -> bytes:
    return xml if isinstance(xml, bytes) else xml.encode("utf-8")


def as_text(text: str) -> str:
    """Give a text as it is written between tags: nothing in it is markup, and line ends and ``_x000D_`` stay."""
    return escape(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", clean(text)))


def as_attribute(text: str) -> str:
    """Give a text as the value of an attribute, with its quotation marks."""
    return quoteattr(clean(text))


def _refuse(*_declaration: object) -> NoReturn:
    raise CannotEdit("a part of it declares a document type, which no spreadsheet program writes")
