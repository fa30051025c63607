"""A blank return in another locality's layout: its sheets as they looked, with this framework's words and nothing else.

What a partner is not asked for is left out: rows, columns and sheets that are about other statements only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

from icsassess.domain.framework import Framework
from icsassess.domain.rag import vocabulary
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.copied_style import CopiedStyle
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.returns.issuing.blank import Blank
from icsassess.returns.issuing.previous_round import to_confirm
from icsassess.returns.issuing.theme_sheet import ROOM_BELOW
from icsassess.returns.matching.dates import read_date
from icsassess.returns.template.adopted_layout import Layout, LayoutSheet, Spot
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import clip

_ROOM_TO_TYPE = 31.0  # points: two lines
_LONGEST_CHOICES = 255  # characters of a drop-down list written in place (Excel specifications and limits)


class AdoptedBlank:
    """What goes into the cells of an adopted layout: the framework's words and, for a partner, who and when."""

    def __init__(self, template: ReturnTemplate, framework: Framework, blank: Blank | None = None) -> None:
        self.template = template
        self.framework = framework
        self.blank = blank
        self.vocabulary = vocabulary().also(template.ratings)
        lines = framework.lines if blank is None else blank.lines
        self._asked = {line.statement.code for line in lines}
        self._refs = {line.ref for line in lines}
        self._themes = {theme.code: theme for theme in framework.themes}
        self._categories = {category.code: category.title for category in framework.categories}

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """What the drop-down list of each kind of column offers."""
        ratings = tuple(self.template.ratings) or self.vocabulary.names
        return {"rating": ratings, "status": self.template.status_names}

    @cached_property
    def fills(self) -> dict[str, str]:
        """The fill of each rating word, so that the colour follows what people choose."""
        readings = {word: self.vocabulary.read(word).rating for word in self.choices["rating"]}
        return {word: self.vocabulary.by_name[rating].fill for word, rating in readings.items() if rating}

    def is_asked(self, spot: Spot) -> bool | None:
        """Tell whether a cell is about something asked for; None for a cell that is about nothing in particular."""
        if spot.gives in ("answer", "ref"):
            return spot.of in self._refs
        if spot.gives in ("statement", "statement in full", "we statement", "code"):
            return spot.of in self._asked
        if spot.gives == "theme":
            return any(statement.code in self._asked for statement in self._themes[spot.of].statements)
        return None

    def is_about(self, code: str) -> bool:
        """Tell whether a statement or theme is asked for."""
        theme = self._themes.get(code)
        return code in self._asked if theme is None else any(s.code in self._asked for s in theme.statements)

    def value(self, spot: Spot) -> Value:
        """Give what stands in a cell."""
        if spot.gives == "text":
            return spot.text
        if spot.gives == "theme":
            return self._themes[spot.of].title
        if spot.gives in ("statement", "statement in full"):
            statement = self.framework.statement_by_code[spot.of]
            return statement.title if spot.gives == "statement" else f"{statement.title}\n{statement.we_statement}"
        if spot.gives == "we statement":
            return self.framework.statement_by_code[spot.of].we_statement
        if spot.gives == "category":
            return self._categories[spot.of]
        if spot.gives in ("ref", "code"):
            return spot.of
        if spot.gives == "cover":
            return self.blank.answers.get(spot.text) if self.blank else None
        return self._last_round(spot) if spot.gives == "answer" else None

    def _last_round(self, spot: Spot) -> Value:
        """Give the last round's evidence for a line, to be confirmed."""
        if self.blank is None or self.blank.last_round is None:
            return None
        entries = self.blank.last_round.evidence_of(self.blank.partner.code, spot.of)
        deadline = self.blank.locality.settings.deadline
        texts = {
            "evidence": [last.evidence for last in entries],
            "kept": [last.kept for last in entries],
            "evidence_date": [last.evidence_date for last in entries[:1]],
            "reason": [to_confirm(last, read_date(last.evidence_date).usable, deadline) for last in entries],
        }
        return "\n".join(dict.fromkeys(text for text in texts.get(spot.text, []) if text)) or None

    @property
    def heading(self) -> str:
        """What stands at the head of the sheets."""
        return self.blank.title if self.blank else ""


def write_layout(book: WorkbookWriter, layout: Layout, content: AdoptedBlank) -> None:
    """Write the sheets of a layout that hold something asked for, and those that are about nothing in particular."""
    copied = layout.copied_looks()
    for sheet in layout.sheets:
        asked = [content.is_asked(spot) for spot in sheet.spots]
        if (True in asked or False not in asked) and (not sheet.of or content.is_about(sheet.of)):
            _Writer(book, sheet, content, copied).write()


class _Writer:
    """Writes one sheet; for a partner with a row above the rest that says whose return it is, and its marking."""

    def __init__(
        self, book: WorkbookWriter, sheet: LayoutSheet, content: AdoptedBlank, copied: list[CopiedStyle]
    ) -> None:
        self._layout = sheet
        self._content = content
        self._copied = copied
        self._sheet: SheetWriter = book.sheet(sheet.title, tab=sheet.tab)
        self._above = 1 if content.blank is not None else 0
        rows = self._remaining({spot.row for spot in sheet.spots}, lambda spot: spot.row)
        columns = self._remaining({spot.column for spot in sheet.spots}, lambda spot: spot.column)
        self._row = {old: new for new, old in enumerate(rows, 1 + self._above)}
        self._column = {old: new for new, old in enumerate(columns, 1)}

    def _remaining(self, used: set[int], of: Callable[[Spot], int]) -> list[int]:
        """Give the rows, or columns, that stay: all but those that are only about what is not asked for."""
        asked: dict[int, set[bool | None]] = defaultdict(set)
        for spot in self._layout.spots:
            asked[of(spot)].add(self._content.is_asked(spot))
        last = max(used, default=0)
        return [number for number in range(1, last + 1) if True in asked[number] or False not in asked[number]]

    def write(self) -> None:
        """Write the sheet."""
        sheet, layout = self._sheet, self._layout
        for old, new in self._column.items():
            sheet.widths([layout.widths.get(old, 8.43)], first=new)
        for old in {spot.row for spot in layout.spots if spot.gives == "answer"} | set(layout.heights):
            if old in self._row:
                sheet.minimum_height(self._row[old], layout.heights.get(old, _ROOM_TO_TYPE))
        if self._above:
            self._write_above()
        merged = self._merged()
        covered = {place for area in merged for place in _inside(area)}
        starts = {(area[0], area[1]): area for area in merged}
        for spot in layout.spots:
            place = (self._row.get(spot.row, 0), self._column.get(spot.column, 0))
            if 0 in place or (place in covered and place not in starts):
                continue
            self._put(spot, place, starts.get(place))
        self._offer()
        if layout.frozen:
            sheet.freeze(*(self._first_unfrozen(*layout.frozen)))
        sheet.page.set_up()

    def _write_above(self) -> None:
        blank = self._content.blank
        assert blank is not None
        text = f"{blank.locality.settings.marking}   {clip(blank.title, 200)}"
        self._sheet.put(1, 1, text, looks.MARKING)

    def _first_unfrozen(self, row: int, column: int) -> tuple[int, int]:
        """Give the first cell that moves, where rows and columns before it were left out."""
        rows = sum(1 for old in self._row if old < row)
        columns = sum(1 for old in self._column if old < column)
        return rows + 1 + self._above, columns + 1

    def _merged(self) -> list[tuple[int, int, int, int]]:
        areas = []
        for top, leftmost, bottom, rightmost in self._layout.areas:
            rows = [self._row[row] for row in range(top, bottom + 1) if row in self._row]
            columns = [self._column[column] for column in range(leftmost, rightmost + 1) if column in self._column]
            if len(rows) * len(columns) > 1:
                areas.append((rows[0], columns[0], rows[-1], columns[-1]))
        return areas

    def _put(self, spot: Spot, place: tuple[int, int], area: tuple[int, int, int, int] | None) -> None:
        look: CellStyle = self._copied[spot.look] if spot.look < len(self._copied) else looks.PLAIN
        value = self._content.value(spot)
        if self._layout.title_at == (spot.row, spot.column) and not value:
            value = self._content.heading
        if spot.gives in ("answer", "cover") and self._kind(spot) == "date":
            look = look.with_(number_format=looks.DATE_FORMAT)
        if area is not None:
            top, leftmost, bottom, rightmost = (number - 1 for number in area)
            self._sheet.worksheet.merge_range(top, leftmost, bottom, rightmost, "", self._sheet.formats.of(look))
        self._sheet.put(*place, value, look)

    def _kind(self, spot: Spot) -> str:
        if spot.gives == "cover":
            box = self._content.template.cover_by_field.get(spot.text)
            return box.kind if box else "text"
        column = self._content.template.column_by_field.get(spot.text)
        return column.kind if column else "text"

    def _offer(self) -> None:
        """Give the cells to be answered their drop-down lists, and the colours that follow the ratings."""
        last = max(self._row.values(), default=0)
        for column, kind, first, final in self._runs():
            if self._layout.more_rows and final == last:
                final += ROOM_BELOW
            choices = self._content.choices.get(kind, ())
            if choices and len(",".join(choices)) <= _LONGEST_CHOICES:
                self._sheet.validation.choices(first, final, column, choices, "", "")
            if kind == "rating":
                self._sheet.colour_words(first, column, final, column, self._content.fills)
            if kind == "date":
                self._sheet.validation.dates(first, final, column, "", "")

    def _runs(self) -> Iterator[tuple[int, str, int, int]]:
        """Give the cells of one kind that stand below one another, as (column, kind, first row, last row)."""
        kinds: dict[tuple[int, str], list[int]] = defaultdict(list)
        for spot in self._layout.spots:
            place = (self._row.get(spot.row, 0), self._column.get(spot.column, 0))
            if spot.gives == "answer" and 0 not in place:
                kinds[place[1], self._kind(spot)].append(place[0])
        for (column, kind), rows in kinds.items():
            rows.sort()
            first = before = rows[0]
            for row in [*rows[1:], 0]:
                if row != before + 1:
                    yield column, kind, first, before
                    first = row
                before = row


def _inside(area: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    top, leftmost, bottom, rightmost = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(leftmost, rightmost + 1))
