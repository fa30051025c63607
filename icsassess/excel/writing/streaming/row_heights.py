"""How high a row has to be for its text. Excel works it out when it opens a workbook; LibreOffice and others do not."""

from bisect import bisect_right
from itertools import accumulate

from icsassess.excel.writing.model.styles import CellStyle
from icsassess.support.memo import Memo

HIGHEST = 409.0
"""The highest a row can be, in points (Excel specifications and limits: 409)."""

_DIGIT = 8  # pixels of a digit of the workbook's own type (Arial, 11 point): what a column's width is counted in
_PADDING = 2  # pixels that a cell keeps free at the two sides of its text, beyond the column's five
_INDENT = 9  # pixels of one step of indent
_LINE = 1.3  # a line's height by the size of its type
_BOLD = 1.08
SHORT = 64  # characters of a text that probably comes again
LONGEST_MEASURED = 2_000  # characters; more than that fills the highest row in any column
# How wide Arial's characters are, in thousandths of the size of the type.
_WIDTHS = {
    191: "'‘’",
    222: "ijl",
    278: " !,./:;I[]\\ft",
    333: "()-`r“”",
    355: '"',
    500: "Jckjsvxyz",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "@—…",
}
WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
SPACE = WIDTH_OF[" "]
"""The width of a space."""
OTHER_WIDTH = 556
_USUAL_WIDTH = 500  # of a character of English text, its spaces among them
_MOST_WORDS = 65_536  # whose width is remembered
WIDE_WIDTH = 1000  # beyond the Latin, Greek and Cyrillic letters and the usual punctuation
FIRST_WIDE = "\u2030"


class Room:
    """The room that a column gives to text: its width in characters, and the style of its cells."""

    __slots__ = ("_line", "characters", "room", "short_heights", "sure_characters", "wraps")

    def __init__(self, width: float, style: CellStyle) -> None:
        room = max(width * _DIGIT + 5 - _PADDING - style.indent * _INDENT, _DIGIT)
        self.room = room / (style.size / 1000 * 96 / 72 * (_BOLD if style.bold else 1))
        """The width of a line, in thousandths of the size of the type."""
        self._line = style.size * _LINE
        self.wraps = style.wrap
        self.characters = self.room / _USUAL_WIDTH
        """About how many characters fit on a line."""
        self.sure_characters = int(self.room / WIDE_WIDTH)
        """So many characters fit on a line, however wide they are."""
        self.short_heights = Memo(self.points, _MOST_WORDS)
        """The height in points of short texts, by the text: they come again and again."""

    def points(self, text: str) -> float:
        """Give the height in points that a text needs, at most 409."""
        if len(text) <= self.sure_characters and "\n" not in text:
            return self._line + 1
        if not self.wraps:
            lines = 1
        elif "\n" in text:
            lines = sum(_lines(line, self.room) for line in text[:LONGEST_MEASURED].split("\n"))
        else:
            lines = _lines(text[:LONGEST_MEASURED], self.room)
        return self.of_lines(lines)

    def of_lines(self, lines: int) -> float:
        """Give the height in points of so many lines, at most 409."""
        return min(lines * self._line + 1, HIGHEST)


def points_needed(text: str, width: float, style: CellStyle) -> float:
    """Give the height in points that a text needs in a column of this width (in characters), at most 409."""
    return Room(width, style).points(text)


def _lines(text: str, room: float) -> int:
    """Count the lines on which words are set one after the other; a word too long for a line is broken."""
    steps = list(map(_STEPS.__getitem__, text.split(" ")))
    available = room + SPACE  # the space behind a line's last word needs no room
    if max(steps) > available:
        return _lines_with_broken_words(steps, room)
    ends = list(accumulate(steps))
    lines, word, start = 1, 0, 0
    while (word := bisect_right(ends, start + available, word)) < len(ends):
        lines, start = lines + 1, ends[word - 1]
    return lines


def _lines_with_broken_words(steps: list[int], room: float) -> int:
    lines, used = 1, 0.0
    for step in steps:
        if used and used + step > room:
            lines, used = lines + 1, 0.0
        elif used:
            used += SPACE
        used += step - SPACE
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def _step(word: str) -> int:
    """Give how wide a word and a space are."""
    return SPACE + sum(WIDTH_OF.get(c, OTHER_WIDTH if c < FIRST_WIDE else WIDE_WIDTH) for c in word)


_STEPS = Memo(_step, _MOST_WORDS)
