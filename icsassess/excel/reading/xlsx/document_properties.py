"""Document properties: title, author and so on, and those that a template added of its own."""

from collections.abc import Iterable

from icsassess.excel.cells.excel_limits import LONGEST_TEXT
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, parse, unescape

_MOST = 1_000


class _Properties(PartReader):
    """Core properties (ECMA-376 part 2, 8) and application properties (part 1, 22.2): one element each."""

    def __init__(self, meter: Meter, names: frozenset[str] | None) -> None:
        super().__init__(meter)
        self.properties: dict[str, str] = {}
        self._names = names

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.keeps_text = self.depth == 2

    def closed(self, name: str, text: str) -> None:
        if self.depth == 1 and text.strip() and len(self.properties) < _MOST:
            key = name.lower() if self._names else name
            if self._names is None or key in self._names:
                self.properties[key] = unescape(text.strip())[:LONGEST_TEXT]
        self.keeps_text = False


class _CustomProperties(PartReader):
    """ECMA-376 part 1, 22.3: <property name="..."><vt:lpwstr>...</vt:lpwstr></property>."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.properties: dict[str, str] = {}
        self._name: str | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self._name = attribute(attributes, "name")
        self.keeps_text = self._name is not None

    def closed(self, name: str, text: str) -> None:
        if name == "property":
            self._name = None
        elif self._name is not None and text and len(self.properties) < _MOST:
            earlier = self.properties.get(self._name)
            value = unescape(text)
            self.properties[self._name] = (value if earlier is None else f"{earlier}, {value}")[:LONGEST_TEXT]
        self.keeps_text = False


def read_core(chunks: Iterable[bytes], meter: Meter, part: str) -> dict[str, str]:
    """Give the core properties: 'title', 'creator', 'created', 'lastModifiedBy', ... Raises Unreadable."""
    return parse(chunks, _Properties(meter, None), part).properties


def read_application(chunks: Iterable[bytes], meter: Meter, part: str) -> dict[str, str]:
    """Give 'company', 'manager' and 'application' (the program that saved the file). Raises Unreadable."""
    names = frozenset(["company", "manager", "application"])
    return parse(chunks, _Properties(meter, names), part).properties


def read_custom(chunks: Iterable[bytes], meter: Meter, part: str) -> dict[str, str]:
    """Give the custom properties by name. Raises Unreadable."""
    return parse(chunks, _CustomProperties(meter), part).properties
