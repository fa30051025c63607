"""Where a workbook differs, in words: ‘Rating of Safe and effective staffing: feedback from staff (Assessment R18)’."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from icsassess.tables.titles import CATEGORY, REF, STATEMENT
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.signing.content import Content, Difference, shown

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})( \(note\))?")
_ROW = re.compile(r"(?:row )?(\d{1,7})")
_ROWS_LISTED = "hidden rows"
_LONGEST = 90


class Places:
    """The places of a workbook as it was signed (or as it is, where that is not known), in words."""

    def __init__(self, workbook: Content) -> None:
        self._cells: dict[str, Mapping[str, Any]] = {sheet["title"]: sheet["cells"] for sheet in workbook["sheets"]}

    def of(self, difference: Difference) -> str:
        """Give where a difference is: what people call it, then the cell; the bare place where it has no such name."""
        where = " ".join(part for part in (difference.sheet, difference.cell) if part)
        words = self._words(difference.sheet, difference.cell) if difference.sheet in self._cells else ""
        return f"{words} ({where})" if words else where

    def rows(self, difference: Difference, listed: str | None) -> str | None:
        """Give a list of rows with what stands in each; anything else comes back as it is."""
        if difference.cell != _ROWS_LISTED or not listed or difference.sheet not in self._cells:
            return listed
        named = [
            f"{number} ({words})" if (words := self._row(difference.sheet, number)) else number
            for number in listed.split(", ")
        ]
        return ", ".join(named)

    def _words(self, sheet: str, cell: str) -> str:
        if match := _CELL.fullmatch(cell):
            letters, row, note = match.groups()
            title = self._text(sheet, f"{letters}{HEADING_ROW}")
            about = self._row(sheet, row)
            if not title or not about or int(row) <= HEADING_ROW:
                return ""
            return f"{'Note on ' if note else ''}{title} of {about}"
        match = _ROW.fullmatch(cell)
        return self._row(sheet, match.group(1)) if match else ""

    def _row(self, sheet: str, row: str) -> str:
        """Say which row it is: by its line, else by what stands in its first column."""
        if not row.isdecimal() or int(row) <= HEADING_ROW or self._text(sheet, f"A{HEADING_ROW}") == "":
            return ""
        columns = {
            self._text(sheet, place): match.group(1)
            for place in self._cells[sheet]
            if (match := _CELL.fullmatch(place)) and match.group(2) == str(HEADING_ROW)
        }
        statement, category = (self._text(sheet, f"{columns.get(title, '')}{row}") for title in (STATEMENT, CATEGORY))
        if statement and category:
            return f"{statement}: {category[:1].lower()}{category[1:]}"
        return (self._text(sheet, f"{columns.get(REF, 'A')}{row}") or self._text(sheet, f"A{row}"))[:_LONGEST]

    def _text(self, sheet: str, place: str) -> str:
        value = self._cells[sheet].get(place)
        if isinstance(value, Mapping) and "shows" in value:
            value = value["shows"]
        return shown(value) or ""
