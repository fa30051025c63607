"""The bounds within which one file is read."""

import time
from dataclasses import dataclass

from icsassess.excel.container.errors import Reason, Unreadable

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes are in bytes; the defaults are far beyond every honest return seen."""

    file_bytes: int = 64 * MEBIBYTE
    """The file itself."""
    parts: int = 5_000
    """Parts (files) within the package."""
    part_bytes: int = 64 * MEBIBYTE
    """One part, unpacked."""
    sheet_bytes: int = 160 * MEBIBYTE
    """One sheet's part, unpacked: a sheet formatted to its last row takes about 100 MiB."""
    total_bytes: int = 256 * MEBIBYTE
    """All parts that are read, unpacked."""
    ratio: int = 250
    """Unpacked to packed size of a part. The largest honest one seen was 131."""
    ratio_from: int = 8 * MEBIBYTE
    """Parts that unpack to less may have any ratio."""
    depth: int = 64
    """XML elements within each other. Excel's own files use about ten."""
    token_bytes: int = 2 * MEBIBYTE
    """One tag with its attributes, or one XML comment."""
    text_characters: int = 1_000_000
    """About the longest text of one cell; what comes after is cut, with a remark. Excel allows 32,767."""
    held_bytes: int = 160 * MEBIBYTE
    """An estimate of the memory that texts and cells take."""
    cells: int = 2_000_000
    """Cells with a value, in the whole workbook."""
    cells_seen: int = 20_000_000
    """Cells met while reading, blank ones too."""
    blank_rows: int = 500
    """Rows after the last value for which colours of blank cells are still kept."""
    blank_rows_read: int = 5_000
    """Rows after the last value that are read tag by tag; of later ones only those with a value are."""
    blank_columns: int = 200
    """Columns for which colours of blank cells are kept."""
    sheets: int = 1_000
    formats: int = 200_000
    """Fonts, fills, or cell formats. Excel allows 65,490 cell formats."""
    merges: int = 100_000
    """Merged areas of one sheet."""
    annotations: int = 100_000
    """Notes, or links, of one sheet."""
    remarks: int = 100
    seconds: float = 20.0
    """Time for the whole file."""
    worker_bytes: int = 256 * MEBIBYTE
    """Memory that reading an .xls or .xlsb may add to the separate process that does it."""


DEFAULT_LIMITS = Limits()
GENEROUS_LIMITS = Limits(
    file_bytes=256 * MEBIBYTE,
    part_bytes=1024 * MEBIBYTE,
    sheet_bytes=1024 * MEBIBYTE,
    total_bytes=1536 * MEBIBYTE,
    held_bytes=1024 * MEBIBYTE,
    cells=8_000_000,
    seconds=180.0,
)
"""For workbooks that the program itself wrote: registers of hundreds of thousands of rows."""


class Meter:
    """Counts what one file has cost so far, and stops it at its limits. Every method raises Unreadable."""

    __slots__ = ("_deadline", "_held", "_unpacked", "limits")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._deadline = time.monotonic() + limits.seconds
        self._unpacked = 0
        self._held = 0

    @property
    def seconds_remaining(self) -> float:
        """Seconds until the file has taken too long; at least a little, never negative."""
        return max(0.1, self._deadline - time.monotonic())

    def check_time(self) -> None:
        """Stop when the time for the file is over."""
        if time.monotonic() > self._deadline:
            raise Unreadable(Reason.TOO_SLOW, f"it takes more than {self.limits.seconds:g} seconds to read")

    def unpacked(self, size: int) -> None:
        """Count unpacked bytes."""
        self._unpacked += size
        if self._unpacked > self.limits.total_bytes:
            allowed = self.limits.total_bytes // MEBIBYTE
            raise Unreadable(Reason.TOO_LARGE, f"it unpacks to more than {allowed} MiB in all")

    def held(self, size: int) -> None:
        """Count bytes of memory that stay in use."""
        self._held += size
        if self._held > self.limits.held_bytes:
            allowed = self.limits.held_bytes // MEBIBYTE
            raise Unreadable(Reason.TOO_LARGE, f"its texts and cells take more than {allowed} MiB of memory")


class Remarks:
    """Collects what was odd about a file: each remark once, and not more of them than anyone would read."""

    __slots__ = ("_limit", "_remarks")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._remarks: dict[str, None] = {}

    def add(self, remark: str) -> None:
        """Add a remark."""
        if len(self._remarks) < self._limit:
            self._remarks[remark] = None
        elif len(self._remarks) == self._limit:
            self._remarks["there is more that is odd about this file"] = None

    def all(self) -> tuple[str, ...]:
        """Give all remarks in the order they came."""
        return tuple(self._remarks)
