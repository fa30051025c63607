"""The rows of a table written straight into its sheet's part: packed as they come, ten times as fast as cell by cell.

Text stands within its cell (an inline string, ECMA-376 part 1, 18.3.1.53), so that nothing is kept for later: memory
does not grow with the rows. Rows are put together in one thread while another packs those before.
"""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from icsassess.excel import looks
from icsassess.excel.addresses import column_letter
from icsassess.excel.row_heights import Room, points_needed
from icsassess.excel.values import Formula, Value, WriteError, fitted

_CORE, _END_OF_CORE = "docProps/core.xml", b"</cp:coreProperties>"
MARK = "<!--rows-->"
"""Stands in the sheet's part where the rows belong."""

_ROWS_AT_ONCE = 256
_NEARLY = 0.7  # of the longest text's lines: no English text is so much wider than another of as many characters
_SHORT, _MOST_READY = 64, 20_000  # characters of a text that is kept ready as XML, and how many of them
_WAITING = 4  # batches of rows that wait to be packed
_DAY_ZERO = datetime.date(1899, 12, 30).toordinal()
_FIRST_DAY = 61  # 1 March 1900: before it, Excel counts a day that never was
_LONGEST_UNMEASURED = 16_383  # characters that are never more than a cell holds, even in two units each
_USUAL = points_needed("", 1, looks.PLAIN)
_ESCAPED = re.compile(r"(?=_x[0-9a-fA-F]{4}_)")
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))


@dataclass
class LongRows:
    """The rows of a table: ``first_row`` is the sheet's, from 1; ``styles`` the number of each column's format.

    ``special`` has the format numbers of single cells, by (number of the row from 0, number of the column from 0).
    ``least`` is how high rows of the sheet are at least, in points.
    """

    first_row: int
    rows: Collection[Sequence[Value]]
    rooms: Sequence[Room]
    styles: list[int] = field(default_factory=list)
    special: Mapping[tuple[int, int], int] = field(default_factory=dict)
    least: Mapping[int, float] = field(default_factory=dict)

    def xml(self) -> Iterator[bytes]:
        """Give the rows' XML, many at once."""
        batch: list[str] = []
        columns = [
            (f'<c r="{column_letter(number)}', f'" s="{style}"', room)
            for number, (style, room) in enumerate(zip(self.styles, self.rooms, strict=True), 1)
        ]
        ready: dict[str, str] = {}
        special: dict[int, dict[int, int]] = defaultdict(dict)
        for (number, offset), style in self.special.items():
            special[number][offset] = style
        for number, values in enumerate(self.rows):
            batch.append(self._row(number, values, columns, special.get(number), ready))
            if number % _ROWS_AT_ONCE == _ROWS_AT_ONCE - 1:
                yield "".join(batch).encode("utf-8")
                batch.clear()
        yield "".join(batch).encode("utf-8")

    def _row(
        self,
        number: int,
        values: Sequence[Value],
        columns: list[tuple[str, str, Room]],
        special: Mapping[int, int] | None,
        ready: dict[str, str],
    ) -> str:
        """Give one row. This is the innermost loop: a long register has millions of cells.

        ``special`` has the format numbers of the row's single cells. ``ready`` holds what follows a cell's format for
        short texts: most of them come again and again.
        """
        row = self.first_row + number
        cells = [""]
        high: list[tuple[float, str, Room]] = []
        enough = 0.0
        for offset, ((begin, style, room), value) in enumerate(zip(columns, values, strict=True)):
            if special is not None and offset in special:
                style = f'" s="{special[offset]}"'
            if value is None or value == "":
                cells.append(f"{begin}{row}{style}/>")
                continue
            shown = value.value if isinstance(value, Formula) else value
            if isinstance(shown, str) and room.wraps and (len(shown) > room.surely or "\n" in shown):
                about = len(shown) / room.characters + shown.count("\n")
                if about >= enough:
                    high.append((about, shown, room))
                    enough = max(enough, about * _NEARLY)
            if (rest := ready.get(value) if type(value) is str else None) is None:
                rest = _rest(value)
                if type(value) is str and len(value) <= _SHORT and len(ready) < _MOST_READY:
                    ready[value] = rest
            cells.append(f"{begin}{row}{style}{rest}")
        cells[0] = f'<row r="{row}"{_height(high, self.least.get(row, 0.0))}>'
        cells.append("</row>")
        return "".join(cells)


def _rest(value: Value) -> str:
    """Give what follows the format in a cell's XML: its kind and its content."""
    if isinstance(value, str):
        text, space = _text(value)
        return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'
    if isinstance(value, Formula):
        return _formula(value)
    if isinstance(value, datetime.date):
        days = value.toordinal() - _DAY_ZERO
        return _rest(value.isoformat()) if days < _FIRST_DAY else f"><v>{days}</v></c>"
    if isinstance(value, int):
        return f"><v>{int(value)}</v></c>"
    if isinstance(value, float) and math.isfinite(value):
        return f"><v>{value:.16G}</v></c>"
    raise WriteError(f"{value!r} cannot stand in a table's cell")


def _text(value: str) -> tuple[str, str]:
    """Give the text as XML, and what keeps the spaces at its ends."""
    if value.isprintable() and len(value) <= _LONGEST_UNMEASURED:
        if "&" not in value and "<" not in value and ">" not in value and "_x" not in value:
            return value, ' xml:space="preserve"' if value[0] == " " or value[-1] == " " else ""
    else:
        value = fitted(value)
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return escaped(value), space


def escaped(text: str) -> str:
    """Give text that was cleaned as XML; ``_x0041_`` as somebody typed it, not as the letter it would stand for."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ESCAPED.sub("_x005F", text) if "_x" in text else text


def _formula(formula: Formula) -> str:
    value = formula.value
    if isinstance(value, bool):
        kind, shown = ' t="b"', str(int(value))
    elif isinstance(value, str):
        kind = "" if not value else ' t="e"' if value in _ERRORS else ' t="str"'
        shown = escaped(fitted(value))
    else:
        kind, shown = "", f"{value:.16G}"
    return f"{kind}><f>{escaped(formula.text.removeprefix('='))}</f><v>{shown}</v></c>"


def _height(high: list[tuple[float, str, Room]], least: float) -> str:
    """Give a row's height as an attribute, ``""`` for a usual one.

    ``high`` are the texts that may take more than a line, with about how many. Only those are measured that may well be
    the highest: not much shorter, for their room, than the longest.
    """
    points = least
    if high:
        enough = max(about for about, _, _ in high) * _NEARLY
        points = max(least, *(room.points(text) for about, text, room in high if about >= enough))
    if points <= _USUAL:
        return ""
    # A height that is not marked as set by hand: programs that measure text themselves may change it.
    return f' ht="{int(points * 4 / 3 + 0.5) * 0.75:g}"'


def with_rows(data: bytes, rows_of: Mapping[str, LongRows], language: str = "") -> bytes:
    """Give the workbook with rows put into these parts, each in place of its :data:`MARK`.

    ``language`` is that of its text, such as ``en-GB``, for its document properties: screen readers read it aloud so.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
        ThreadPoolExecutor(1) as packer,
    ):
        for entry in given.infolist():
            part = given.read(entry)
            if language and entry.filename == _CORE:
                part = part.replace(_END_OF_CORE, f"<dc:language>{language}</dc:language>".encode() + _END_OF_CORE)
            named = zipfile.ZipInfo(entry.filename, entry.date_time)
            named.compress_type = zipfile.ZIP_DEFLATED
            if (rows := rows_of.get(entry.filename)) is None:
                target.writestr(named, part)
                continue
            before, after = part.split(MARK.encode())
            with target.open(named, "w") as written:
                _pack(packer, written.write, before, rows.xml(), after)
    return made.getvalue()


def _pack(
    packer: ThreadPoolExecutor, write: Callable[[bytes], int], before: bytes, rows: Iterator[bytes], after: bytes
) -> None:
    waiting: deque[Future[int]] = deque([packer.submit(write, before)])
    for batch in rows:
        waiting.append(packer.submit(write, batch))
        if len(waiting) > _WAITING:
            waiting.popleft().result()
    waiting.append(packer.submit(write, after))
    for packed in waiting:
        packed.result()
