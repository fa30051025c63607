"""The part that holds what cells look like: what the marks and the sheet in front need is added at the end."""

import re

from icsassess.excel.parts.editable_package import EditablePackage
from icsassess.excel.parts.markup import CannotEdit, Element, Markup, as_attribute

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_FIRST_OWN_FORMAT = 164
"""Codes of number formats below this are Excel's own (ECMA-376 part 1, 18.8.30)."""
_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


class StylesPart:
    """The lists of fonts, fills, lines and looks of a workbook, to be added to."""

    def __init__(self, package: EditablePackage, workbook_part: str) -> None:
        """Find the part. Raises ``CannotEdit`` where there is none."""
        part = package.target(workbook_part, "styles")
        if part is None:
            raise CannotEdit("it has no part for what cells look like")
        self._package, self._part = package, part
        self._markup = Markup(package.read(part))
        self._entries: dict[str, list[bytes]] = {}
        self._was: dict[str, int] = {}
        self._lists: dict[str, Element] = {}
        for name in _ORDER:
            found = self._markup.children(name, depth=1)
            children = self._markup.children(parent=name, depth=2) if found else []
            self._entries[name] = [self._markup.written(child) for child in children]
            self._was[name] = len(children)
            if found:
                self._lists[name] = found[0]
        self._codes = {
            child.attribute("formatCode"): child.attribute("numFmtId") for child in self._markup.children("numFmt")
        }

    def add(self, list_name: str, xml: bytes) -> int:
        """Add an entry to a list, unless it stands there already; gives its number."""
        entries = self._entries[list_name]
        if self._markup.prefix:
            xml = re.sub(rb"^<(\w+)", rf'<\1 xmlns="{_MAIN}"'.encode(), xml)
        if xml not in entries:
            entries.append(xml)
        return entries.index(xml)

    def add_look(self, source: Markup, look: Element) -> int:
        """Add a look (an ``xf``) of another workbook's styles, with its font, fill, lines and number format."""
        changes: dict[str, str | None] = {"xfId": "0"}
        for attribute, list_name in _LISTS.items():
            entry = source.children(parent=list_name, depth=2)[int(look.attribute(attribute) or 0)]
            changes[attribute] = str(self.add(list_name, source.written(entry)))
        number = int(look.attribute("numFmtId") or 0)
        if number >= _FIRST_OWN_FORMAT:
            codes = {child.attribute("numFmtId"): child.attribute("formatCode") for child in source.children("numFmt")}
            changes["numFmtId"] = self._number_format(codes[str(number)])
        written = Markup(source.written(look))
        written.set(written.root, **changes)
        return self.add("cellXfs", written.edited())

    def _number_format(self, code: str) -> str:
        if code not in self._codes:
            taken = [int(number) for number in self._codes.values() if number.isdecimal()]
            self._codes[code] = str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1)
            self.add("numFmts", f'<numFmt numFmtId="{self._codes[code]}" formatCode={as_attribute(code)}/>'.encode())
        return self._codes[code]

    def save(self) -> None:
        """Write what was added into the part."""
        markup = self._markup
        for at, name in enumerate(_ORDER):
            entries, was = self._entries[name], self._was[name]
            added = b"".join(entries[was:])
            if not added:
                continue
            count = str(len(entries))
            element = self._lists.get(name)
            tag = markup.tag(name)
            wrapped = f'<{tag} count="{count}">'.encode() + added + f"</{tag}>".encode()
            if element is None:
                markup.after_last(_ORDER[:at], wrapped)
            elif element.is_empty_tag:
                markup.replace(element, wrapped)
            else:
                markup.set(element, count=count)
                markup.append(element, added)
        self._package.write(self._part, markup.edited())
