"""What the program wrote into a locality workbook's properties: which locality's it is, and of which merge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.returns.reading.file.open_file import open_file
from icsassess.workbook.sheets.registry import long_titles
from icsassess.workbook.write import KIND

LOCALITY, IDENTITY = "icsassess.locality", "icsassess.merge"
"""The names of the properties; the second tells a merge from every other."""


class _EverySheet:
    """Stands for the titles of all sheets: none of them need be read."""

    def __contains__(self, title: object) -> bool:
        """Say that it need not be read."""
        return True


def program_properties(path: Path) -> Mapping[str, str] | None:
    """Give the properties of a locality workbook by name; None where the file is none or cannot be read."""
    from icsassess.workbook.read_back.reader import is_locality_workbook

    workbook = open_file(path, _EverySheet(), GENEROUS_LIMITS).workbook
    if workbook is not None and workbook.custom_properties.get("icsassess.kind") == KIND:
        return workbook.custom_properties
    workbook = open_file(path, long_titles(), GENEROUS_LIMITS).workbook
    if workbook is None or not is_locality_workbook(workbook):
        return None
    return workbook.custom_properties
