"""Leaving out the hundreds of thousands of formatted blank rows of a sheet that was formatted to its end.

Such sheets are honest and common; reading their 100 MiB tag by tag takes some five seconds, looking for values in
them a tenth of that.
"""

from collections.abc import Callable, Iterable, Iterator

_ROW_END = b"</row>"
_MARKS_OF_VALUES = (b"<v", b"<is", b"<f", b"<!", b"<?", b"sheetData")
"""Without these bytes there is no value, no formula, no end of the rows, and nothing that could hide them."""


def without_blank_rows(chunks: Iterable[bytes], may_leave_out: Callable[[], bool]) -> Iterator[bytes]:
    """Give a sheet's bytes without those whole rows that hold no value, as long as they may be left out.

    Rows in UTF-16, with a prefix, or without a number are simply not recognised, and given.
    """
    for chunk in chunks:
        yield _shortened(chunk) if may_leave_out() else chunk


def _shortened(chunk: bytes) -> bytes:
    """Leave out all rows that end here but the first and the last; the last one keeps the count of rows right."""
    start = chunk.find(_ROW_END) + len(_ROW_END)
    last = chunk.rfind(_ROW_END)
    end = chunk.rfind(_ROW_END, start, max(start, last)) + len(_ROW_END)
    if not len(_ROW_END) <= start < end:
        return chunk
    rows = chunk[start : last + len(_ROW_END)]
    numbered = rows.count(b"<row ") == rows.count(b'<row r="') and b"<row>" not in rows
    if not numbered or any(mark in rows for mark in _MARKS_OF_VALUES):
        return chunk
    return chunk[:start] + chunk[end:]
