"""Text in an OpenDocument spreadsheet: paragraphs, spaces, breaks, links (ODF 1.3 part 3, 6.1)."""

from typing import NamedTuple

from icsassess.excel.cells.model import Run
from icsassess.excel.container.xml import attribute
from icsassess.excel.reading.ods.styles import OdsStyles

_MOST_SPACES = 10_000


class Span(NamedTuple):
    """A span of text: whether its style strikes it through, or makes it strong."""

    struck: bool
    strong: bool


class OdsText:
    """Puts together the paragraphs of one cell or of one annotation."""

    def __init__(self, styles: OdsStyles, most: int) -> None:
        self._styles = styles
        self._most = most
        self._parts: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._open = 0
        self._spans: list[Span] = []
        self._runs: list[Run] = []
        self.struck = False
        self.link: str | None = None
        self.cut = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element within the text begins."""
        if name in ("p", "h"):
            if self._paragraphs and not self._open:
                self._put("\n")
            self._paragraphs += 1
            self._open += 1
        elif name == "s":
            count = attribute(attributes, "c") or "1"
            self._put(" " * min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 9 else " ")
        elif name == "tab":
            self._put("\t")
        elif name == "line-break":
            self._put("\n")
        elif name == "span":
            look = self._styles.look(attribute(attributes, "style-name") or "")
            self._spans.append(Span(look.struck, look.strong))
        elif name == "a" and self.link is None:
            target = attribute(attributes, "href")
            if target and not target.startswith("#"):
                self.link = target

    def text(self, text: str) -> None:
        """Text between two tags. Line breaks and runs of blanks of the XML count as one blank (6.1.2)."""
        if self._open and text:
            collapsed = " ".join(text.split(" ")) if "\n" not in text and "\t" not in text else " ".join(text.split())
            self._put(collapsed)
            struck = any(span.struck for span in self._spans)
            if collapsed.strip():
                self._runs.append(Run(collapsed, struck, any(span.strong for span in self._spans), 0.0))
            if struck and collapsed.strip():
                self.struck = True

    def closed(self, name: str) -> None:
        """An element within the text ends."""
        if name in ("p", "h") and self._open:
            self._open -= 1
        elif name == "span" and self._spans:
            self._spans.pop()

    def _put(self, text: str) -> None:
        if self._length + len(text) > self._most:
            self.cut = True
            text = text[: max(0, self._most - self._length)]
        self._length += len(text)
        self._parts.append(text)

    def has_paragraph(self) -> bool:
        """Say whether there is a paragraph at all, even a blank one."""
        return self._paragraphs > 0

    def runs(self) -> tuple[Run, ...] | None:
        """Give the runs where their fonts differ."""
        different = len({(run.struck, run.strong) for run in self._runs}) > 1
        return tuple(self._runs) if different or any(run.struck for run in self._runs) else None

    def result(self) -> str:
        """Give the whole text."""
        return "".join(self._parts)
