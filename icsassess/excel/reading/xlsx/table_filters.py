"""Tables within a sheet: only whether one of them is filtered (ECMA-376 part 1, 18.5.1.2)."""

from __future__ import annotations

from collections.abc import Iterable

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, parse


class _Table(PartReader):
    filtered = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.filtered = self.filtered or name == "filterColumn"


def has_filter(chunks: Iterable[bytes], meter: Meter, part: str) -> bool:
    """Say whether a table is filtered; a damaged table part counts as not. Raises Unreadable for unsafe ones."""
    table = _Table(meter)
    try:
        data = b"".join(chunks)
        if data.startswith(b"<") and b"<!" not in data and b"filterColumn" not in data:
            return False  # as nearly always: that much is seen without taking it apart
        parse([data], table, part)
    except Unreadable as error:
        if error.reason is not Reason.DAMAGED:
            raise
    return table.filtered
