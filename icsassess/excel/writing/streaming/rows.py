"""The rows of a table written straight into its sheet's part: packed as they come, ten times as fast as cell by cell.

Text stands within its cell (an inline string, ECMA-376 part 1, 18.3.1.53), so that nothing is kept for later: memory
does not grow with the rows. Rows are put together in one thread while another packs those before.
"""

from __future__ import annotations

import datetime
import math
import re
import zipfile
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.values import Formula, Value, WriteError, fitted
from icsassess.excel.writing.streaming.row_heights import LONGEST_MEASURED, SHORT, Room, points_needed
from icsassess.support.memo import Memo

_CORE, _END_OF_CORE = "docProps/core.xml", b"</cp:coreProperties>"
MARK = "<!--rows-->"
"""Stands in the sheet's part where the rows belong."""

_ROWS_AT_ONCE = 256
_FEW_TEXTS = 32  # texts that are measured sooner one by one than NumPy is loaded
_ROW_NUMBER = "\0"  # where it belongs in a pattern; no XML has this character
_NEAR_LONGEST = 0.7  # of the longest text's lines: no English text is so much wider than another of as many characters
_MOST_READY = 20_000  # short texts that are kept ready as XML
_COMPRESSION = 3  # of 9: a long register is a seventh larger than at the usual 6, and packed in half the time
_MOST_WAITING = 4  # batches of rows that wait to be packed
_DAY_ZERO = datetime.date(1899, 12, 30).toordinal()
_FIRST_DAY = 61  # 1 March 1900: before it, Excel counts a day that never was
_LONGEST_UNMEASURED = 16_383  # characters that are never more than a cell holds, even in two units each
_USUAL = points_needed("", 1, styles.PLAIN)
_ESCAPED = re.compile(r"(?=_x[0-9a-fA-F]{4}_)")
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))


@dataclass
class StreamedRows:
    """The rows of a table: ``first_row`` is the sheet's, from 1; ``formats`` the number of each column's format.

    ``special`` has the format numbers of single cells, by (number of the row from 0, number of the column from 0).
    ``least`` is how high rows of the sheet are at least, in points.
    """

    first_row: int
    rows: Collection[Sequence[Value]]
    rooms: Sequence[Room]
    formats: list[int] = field(default_factory=list)
    special: Mapping[tuple[int, int], int] = field(default_factory=dict)
    least: Mapping[int, float] = field(default_factory=dict)

    def xml(self) -> Iterator[bytes]:
        """Give the rows' XML, many at once."""
        cell_prefixes = [
            f'<c r="{column_letter(number)}{_ROW_NUMBER}" s="{form}"' for number, form in enumerate(self.formats, 1)
        ]
        special: dict[int, dict[int, int]] = defaultdict(dict)
        for (number, offset), form in self.special.items():
            special[number][offset] = form
        cell_tails: Memo[Value, str] = Memo(_cell_tail, _MOST_READY, _comes_again)
        numbered = enumerate(self.rows)
        while batch := list(islice(numbered, _ROWS_AT_ONCE)):
            yield "".join(self._rows(batch, cell_prefixes, special, cell_tails)).encode("utf-8")

    def _rows(
        self,
        batch: list[tuple[int, Sequence[Value]]],
        cell_prefixes: list[str],
        special: Mapping[int, Mapping[int, int]],
        cell_tails: Memo[Value, str],
    ) -> Iterator[str]:
        """Give the rows of a batch. A long register has millions of cells: each row is filled into a pattern at once.

        ``cell_prefixes`` say how each column's cells begin, ``special`` the format numbers of single cells, by the
        number of their row and column.
        """
        pattern = "%s".join([*cell_prefixes, "</row>"])
        numbers = [self.first_row + number for number, _ in batch]
        heights = _heights([values for _, values in batch], self.rooms, numbers, self.least)
        for row, height, (number, values) in zip(numbers, heights, batch, strict=True):
            row_pattern = pattern if number not in special else _with_formats(cell_prefixes, special[number])
            cells = row_pattern.replace(_ROW_NUMBER, str(row)) % tuple(map(cell_tails.__getitem__, values))
            yield f'<row r="{row}"{height}>{cells}'


def _with_formats(cell_prefixes: Sequence[str], formats: Mapping[int, int]) -> str:
    """Give the pattern of a row some of whose cells have formats of their own."""
    changed = list(cell_prefixes)
    for offset, form in formats.items():
        changed[offset] = f'{cell_prefixes[offset].partition(" s=")[0]} s="{form}"'
    return "%s".join([*changed, "</row>"])


def _comes_again(value: Value) -> bool:
    """Tell short texts and days: most of them come again and again."""
    return not isinstance(value, Formula) and (not isinstance(value, str) or len(value) <= SHORT)


def _cell_tail(value: Value) -> str:
    """Give what follows the format in a cell's XML: its kind and its content."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        text, space = _text(value)
        return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'
    if isinstance(value, Formula):
        return _formula(value)
    if isinstance(value, datetime.date):
        days = value.toordinal() - _DAY_ZERO
        return _cell_tail(value.isoformat()) if days < _FIRST_DAY else f"><v>{days}</v></c>"
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


def _heights(
    rows: Sequence[Sequence[Value]], rooms: Sequence[Room], numbers: Sequence[int], least: Mapping[int, float]
) -> Iterator[str]:
    """Give the height of each row of a batch as an attribute, ``""`` for a usual one.

    How many lines a long text takes is first estimated from its length. Only those are measured that may well be the
    highest of their row: not much shorter, for their room, than the longest.
    """
    heights = [least.get(row, 0.0) for row in numbers]
    long: list[tuple[list[float], Sequence[str], Room]] = []
    for values, room in zip(zip(*rows, strict=True), rooms, strict=True):
        if not room.wraps:
            continue
        texts = _visible_texts(values)
        if max(map(len, texts)) > SHORT:
            long.append((_estimated_lines(texts, room), texts, room))
        elif max(needed := list(map(room.short_heights.__getitem__, texts))) > _USUAL:
            heights = list(map(max, heights, needed))
    longest = [max(lines) for lines in zip(*(lines for lines, _, _ in long), strict=True)]
    measured = [
        (place, texts[place], room)
        for place, most in enumerate(longest)
        if most
        for lines, texts, room in long
        if lines[place] >= most * _NEAR_LONGEST
    ]
    for (place, _, _), points in zip(measured, _points([(text, room) for _, text, room in measured]), strict=True):
        heights[place] = max(heights[place], points)
    for points in heights:
        # A height that is not marked as set by hand: programs that measure text themselves may change it.
        yield "" if points <= _USUAL else f' ht="{int(points * 4 / 3 + 0.5) * 0.75:g}"'


def _points(texts: Sequence[tuple[str, Room]]) -> Iterator[float]:
    """Give the height in points that each text needs in its room; single paragraphs are counted at once."""
    plain = [(text[:LONGEST_MEASURED], room.room) for text, room in texts if "\n" not in text]
    counts = iter(_line_counts(plain))
    for text, room in texts:
        lines = 0 if "\n" in text else next(counts)
        yield room.of_lines(lines) if lines else room.points(text)


def _line_counts(texts: Sequence[tuple[str, float]]) -> Sequence[int]:
    """Give on how many lines each text is set, 0 where that has to be measured."""
    if len(texts) < _FEW_TEXTS:
        return [0] * len(texts)
    from icsassess.excel.writing.streaming.line_counts import count_lines

    return count_lines(*zip(*texts, strict=True))


def _estimated_lines(texts: Sequence[str], room: Room) -> list[float]:
    """Estimate how many lines each text takes, 0 where it is surely no more than one."""
    sure, each = room.sure_characters, 1 / room.characters
    return [len(text) * each + text.count("\n") if len(text) > sure or "\n" in text else 0.0 for text in texts]


def _visible_texts(values: Sequence[Value]) -> Sequence[str]:
    """Give the texts that cells show, ``""`` for what is no text."""
    if set(map(type, values)) == {str}:
        return values  # type: ignore[return-value]
    visible = (value.value if isinstance(value, Formula) else value for value in values)
    return [value if isinstance(value, str) else "" for value in visible]


def insert_rows(
    source: BinaryIO, target: BinaryIO, rows_by_part: Mapping[str, StreamedRows], language: str = ""
) -> None:
    """Write the workbook ``source`` anew, with rows put into these parts, each in place of its :data:`MARK`.

    ``language`` is that of its text, such as ``en-GB``, for its document properties: screen readers read it aloud so.
    """
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as new,
        ThreadPoolExecutor(1) as packer,
    ):
        for entry in old.infolist():
            part = old.read(entry)
            if language and entry.filename == _CORE:
                part = part.replace(_END_OF_CORE, f"<dc:language>{language}</dc:language>".encode() + _END_OF_CORE)
            named = zipfile.ZipInfo(entry.filename, entry.date_time)
            named.compress_type = zipfile.ZIP_DEFLATED
            named._compresslevel = _COMPRESSION  # type: ignore[attr-defined]  # public only from Python 3.13 on
            if (rows := rows_by_part.get(entry.filename)) is None:
                new.writestr(named, part)
                continue
            before, after = part.split(MARK.encode())
            with new.open(named, "w") as stream:
                _pack(packer, stream.write, before, rows.xml(), after)


def _pack(
    packer: ThreadPoolExecutor, write: Callable[[bytes], int], before: bytes, rows: Iterator[bytes], after: bytes
) -> None:
    waiting: deque[Future[int]] = deque([packer.submit(write, before)])
    for batch in rows:
        waiting.append(packer.submit(write, batch))
        if len(waiting) > _MOST_WAITING:
            waiting.popleft().result()
    waiting.append(packer.submit(write, after))
    for packed in waiting:
        packed.result()
