"""Text with separators (.csv, .tsv, .txt), as spreadsheet programs of any country write it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.reading.documents.grid import Grid
from icsassess.excel.reading.documents.text_encoding import MAC, WINDOWS, decode

_SEPARATORS = ("\t", ";", ",", "|")
_SAID = re.compile(r'"?sep=(.)"?[ \t]*[;,\t]*(?:\r\n|\r|\n)', re.IGNORECASE)  # the line by which Excel is told it
_ROWS_LOOKED_AT = 60
_SHARE = 0.5
"""Of the rows that are not blank, how many have to have several cells."""
_OTHER_LETTERS = {
    WINDOWS: "its letters were read as Windows writes them; if ‘£’ or accents look wrong, save it as ‘CSV UTF-8’",
    MAC: "its letters were read as older Macs write them; if ‘£’ or accents look wrong, save it as ‘CSV UTF-8’",
}


def separator_of(text: str) -> str | None:
    """Give what separates the cells of a text; None where it is no table.

    The line 'sep=;' says it. Else it is the separator with which most rows have several cells, and the same number.
    """
    if said := _SAID.match(text):
        return said[1]
    head = text[:200_000]
    best: tuple[float, int, str] | None = None
    for separator in _SEPARATORS:
        if separator not in head:
            continue
        widths = [len(row) for row in _rows(head, separator, _ROWS_LOOKED_AT) if any(cell.strip() for cell in row)]
        several = Counter(width for width in widths if width > 1)
        if not several or sum(several.values()) < 2 or sum(several.values()) < len(widths) * _SHARE:
            continue
        width, times = several.most_common(1)[0]
        candidate = (times / len(widths), width, separator)
        best = max(best, candidate) if best else candidate
    return best[2] if best and best[0] >= _SHARE / 2 else None


def read_delimited(data: bytes, meter: Meter, remarks: Remarks) -> Workbook:
    """Read text with separators; every cell is text, as typed. Raises Unreadable."""
    decoded = decode(data)
    separator = separator_of(decoded[0]) if decoded else None
    if decoded is None or separator is None:
        raise Unreadable(Reason.NOT_A_WORKBOOK, "plain text without a table")
    text, encoding = decoded
    if encoding in _OTHER_LETTERS and not text.isascii():
        remarks.add(_OTHER_LETTERS[encoding])
    text = _SAID.sub("", text, count=1) if _SAID.match(text) else text
    quoted = not _is_swallowed(text, separator)
    if not quoted:
        remarks.add("a quotation mark is opened in it and never closed; all of them were read as they stand")
    grid = Grid("Table", meter, [0])
    for number, row in enumerate(_rows(text, separator, None, quoted=quoted), 1):
        if len(row) > 16_384:
            raise Unreadable(Reason.TOO_LARGE, "a row has more than 16,384 cells")
        for column, cell in enumerate(row, 1):
            if cell:
                grid.add_text(number, column, cell.replace("\r\n", "\n").replace("\r", "\n"))
    return Workbook("csv", (grid.finish(),), {}, {}, False, (), (), remarks.all())


def _rows(text: str, separator: str, most: int | None, *, quoted: bool = True) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), 2_000_000))
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    if "\n" not in text:
        text = text.replace("\r", "\n")  # the line ends of older Macs
    lines = io.StringIO(text.replace("\0", ""), newline="")
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator, quoting=quoting)):
            if number == most:
                return
            yield row
    except csv.Error as error:
        if most is None:
            raise Unreadable(Reason.DAMAGED, "a cell of it has no end") from error


def _is_swallowed(text: str, separator: str) -> bool:
    """Say whether a quotation mark without its other half takes the rest of the file into one cell."""
    if text.count('"') % 2 == 0:
        return False
    try:
        last = [cell for row in _rows(text, separator, None) for cell in row[-1:]][-1:]
    except Unreadable:
        return True
    return bool(last) and last[0].count("\n") > 2 and separator in last[0]
