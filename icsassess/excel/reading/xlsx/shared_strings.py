"""What the sheets of a workbook share, above all their texts."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from icsassess.excel.cells.model import Run
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, parse
from icsassess.excel.reading.cell_format import CellFormat
from icsassess.excel.reading.xlsx.fast_elements import NOT_ALLOWED, TEXT, resolve_text, strip_scanned
from icsassess.excel.reading.xlsx.rich_text import RichText

_PLACE_BYTES = 8
_ROOT = 1  # depth within the table itself
_STRINGS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?>' + TEXT + rb"</t></si>)++")
_EACH = re.compile(r"<t[^>]*>([^<]*)")


class SharedStrings(PartReader):
    """The workbook's table of texts (ECMA-376 part 1, 18.4.9)."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.texts: list[str] = []
        self.rich: dict[int, tuple[Run, ...]] = {}
        """By index, the runs of texts whose fonts differ."""
        self._rich = RichText()

    def add(self, texts: list[str]) -> None:
        """Add texts to the table."""
        self.meter.held(sum(map(sys.getsizeof, texts)) + _PLACE_BYTES * len(texts))
        self.texts.extend(texts)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called by expat for each start tag."""
        self.depth += 1
        if name == "t":
            self.pieces.clear()
            self.keeps_text = True
        elif name == "si":
            self._rich.begin()
        else:
            self._rich.opened(name, attributes)
        if self.depth > 10:
            self.depth -= 1
            self.go_deeper()

    def end(self, name: str) -> None:
        """Called by expat for each end tag."""
        self.depth -= 1
        if name == "t":
            self._rich.closed(name, "".join(self.pieces))
            self.keeps_text = False
        elif name == "si":
            if runs := self._rich.runs():
                self.rich[len(self.texts)] = runs
            self.add([self._rich.text()])
        else:
            self._rich.closed(name, "")


class StringScanner:
    """Reads strings as most programs write them, one run each without a font of its own.

    ``add`` takes them, ``between_strings`` says where the parser stands.
    """

    opening, closing = b"<si>", b"</si>"

    def __init__(self, add: Callable[[list[str]], None], between_strings: Callable[[], bool]) -> None:
        self._add = add
        self.may_consume = between_strings

    def consume(self, data: bytes, at: int) -> int:
        """Read the plain strings that follow one another from ``at`` on; give where the first other thing begins."""
        match = _STRINGS.match(data, at)
        if match is None or any(wrong in match[0] for wrong in NOT_ALLOWED):
            return at
        try:
            together = match[0].decode("utf-8")
        except UnicodeDecodeError:
            return at
        strings = _EACH.findall(together)
        if "&" in together or "_x" in together:
            strings = [resolve_text(string) for string in strings]
        self._add(strings)
        return match.end()


def read_shared_strings(chunks: Iterable[bytes], meter: Meter, part: str) -> SharedStrings:
    """Read the table of texts. Raises Unreadable."""
    strings = SharedStrings(meter)
    return parse(strip_scanned(chunks, StringScanner(strings.add, lambda: strings.depth == _ROOT)), strings, part)


@dataclass(frozen=True, slots=True)
class SharedData:
    """What all sheets of a workbook share."""

    strings: SharedStrings
    formats_by_number: dict[str | None, CellFormat]
    """By the style number as it stands in the file, which saves turning it into an int; None is style 0."""
    from_1904: bool
    condition_fills: tuple[str | None, ...] = ()
    """The colours of the formats that conditions give."""
