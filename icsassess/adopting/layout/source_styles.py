"""The looks that go over into the blank: of headings and titles as they were, of answers as most of them look."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Sheet
from icsassess.excel.reading.appearance.sheet_layout import SheetAppearance
from icsassess.excel.reading.appearance.workbook import Appearance
from icsassess.excel.writing.model.copied_style import CopiedStyle

_THIN = ("thin", "thin", "thin", "thin")
_PLAIN = CopiedStyle(wrap=False)
# For kinds of files whose looks are not read: lines around cells, headings in bold, fills as they are.
_GREY = "AEB7BD"
_ANSWER = CopiedStyle(wrap=True, lines=_THIN, down="top", line_colour=_GREY)
_HEADING = replace(_ANSWER, bold=True)


class SourceLooks:
    """Gives looks their numbers in the layout, each once."""

    def __init__(self, appearance: Appearance | None) -> None:
        self._appearance = appearance
        self._numbers: dict[CopiedStyle, int] = {_PLAIN: 0}

    @property
    def styles_available(self) -> bool:
        """Whether the file says how its cells look."""
        return self._appearance is not None and bool(self._appearance.looks)

    def sheet(self, sheet: Sheet) -> SheetAppearance:
        """Give a sheet's widths, heights and the like; those of a plain sheet where they are not known."""
        appearance = self._appearance.sheets.get(sheet.title) if self._appearance else None
        return appearance or SheetAppearance()

    def of_label(self, sheet: Sheet, row: int, column: int, *, heading: bool = False, wrap: bool = False) -> int:
        """Give the look of a heading, title or label as it was; with ``wrap`` its text goes over several lines."""
        look = self._at(sheet, row, column, _HEADING if heading else _PLAIN)
        return self._number(replace(look, wrap=True, down=look.down or "top") if wrap else look)

    def of_answers(self, sheet: Sheet, places: Iterable[tuple[int, int]], *, rating: bool) -> int:
        """Give the one look that answers get: as most of them look now, without a fill that could be read as a rating.

        A fill of a single cell is something that somebody said, and so is every fill of a rating. They have lines
        around them, so that people see where to type, and their text goes over several lines.
        """
        usage = Counter(self._at(sheet, row, column, _ANSWER) for row, column in places)
        if not usage:
            return self._number(_ANSWER)
        usual = usage.most_common(1)[0][0]
        if rating or (usual.fill and vocabulary().from_colour(usual.fill) is not None and not _pale(usual.fill)):
            usual = replace(usual, fill=None)
        if usual.colour == "FFFFFF" and not usual.fill:
            usual = replace(usual, colour="000000")
        if not any(usual.lines):
            usual = replace(usual, lines=_THIN, line_colour=_GREY)
        return self._number(replace(usual, wrap=True, down=usual.down or "top"))

    def _at(self, sheet: Sheet, row: int, column: int, otherwise: CopiedStyle) -> CopiedStyle:
        appearance = self._appearance
        if appearance is not None and appearance.looks:
            number = self.sheet(sheet).looks.get((row, column), 0)
            return appearance.looks[number] if number < len(appearance.looks) else _PLAIN
        cell = sheet.cells.get((row, column))
        return replace(otherwise, fill=cell.fill) if cell is not None and cell.fill else otherwise

    def _number(self, look: CopiedStyle) -> int:
        return self._numbers.setdefault(look, len(self._numbers))

    def as_data(self) -> tuple[dict[str, Any], ...]:
        """Give all looks by their number, for the layout."""
        return tuple(look.as_data() for look in self._numbers)


def _pale(fill: str) -> bool:
    """Tell a fill that says ‘type here’, such as pale yellow, from one that is meant as a rating."""
    return min(int(fill[at : at + 2], 16) for at in (0, 2, 4)) >= 0xC0
