"""What all sheets of a workbook share: its texts, its cell formats and its date system."""

from __future__ import annotations

from dataclasses import dataclass

from icsassess.excel.reading.cell_format import CellFormat
from icsassess.excel.reading.xlsx.shared_strings import SharedStrings


@dataclass(frozen=True, slots=True)
class SharedData:
    """What all sheets of a workbook share."""

    strings: SharedStrings
    formats_by_number: dict[str | None, CellFormat]
    """By the style number as it stands in the file, which saves turning it into an int; None is style 0."""
    from_1904: bool
