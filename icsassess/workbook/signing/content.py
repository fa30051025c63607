"""What a workbook says, apart from how it looks: the content that a sign-off binds, its digest, and the short code.

Saving a workbook again in another program changes its bytes, widths, styles and zoom, and none of what is held here.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook

Content = dict[str, Any]
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_SLIPS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(rf"[{_ALPHABET}]{{16}}")
_DIGITS = ".15g"  # what Excel, LibreOffice and openpyxl all keep of a number


class Difference(NamedTuple):
    """Something that is not as it was signed; ``sheet`` is a sheet or a file, ``cell`` a cell or what of it."""

    part: str
    sheet: str
    cell: str
    was: str | None
    current: str | None


def content(workbook: Workbook) -> Content:
    """Give what a workbook says: every cell's value, notes, what is hidden or merged, and the order of its sheets."""
    return {
        "sheets": [_sheet(sheet) for sheet in workbook.sheets],
        "other_sheets": list(workbook.other_sheets),
        "macros": workbook.has_macros,
        "external_links": list(workbook.external_links),
    }


def _sheet(sheet: Sheet) -> Content:
    places = sorted(sheet.cells)
    cells = {address(*place): value for place in places if (value := _value(sheet.cells[place])) is not None}
    notes = {address(*place): _lines(note) for place in places if (note := sheet.cells[place].note)}
    return {
        "title": sheet.title,
        "hidden": sheet.hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "merged": sorted(f"{address(*area[:2])}:{address(*area[2:])}" for area in sheet.merged),
        "notes": notes,
        "cells": cells,
    }


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _value(cell: Cell) -> Any:
    """Give a cell's value in JSON: text as it is, numbers as numbers, all else under a name that says what it is."""
    value = _plain(cell)
    if cell.formula is not None:
        value = {"formula": f"={cell.formula}", "shows": value}
    if cell.link is not None:
        value = {"link": cell.link, "shows": value}
    return value


def _plain(cell: Cell) -> Any:
    value = cell.value
    if cell.kind is Kind.NOT_CALCULATED:
        return {"formula": str(value), "shows": None}
    if cell.kind is Kind.ERROR:
        return {"error": str(value)}
    if isinstance(value, str):
        return _lines(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        rounded = float(format(value, _DIGITS))
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return {"time" if isinstance(value, datetime.time) else "date": value.isoformat()}


def without(workbook: Content, sheet: str, cell: str) -> Content:
    """Give the content with one cell left out: the one in which the code stands, which the code cannot bind."""
    sheets = [
        {**each, "cells": {place: value for place, value in each["cells"].items() if place != cell}}
        if each["title"] == sheet
        else each
        for each in workbook["sheets"]
    ]
    return {**workbook, "sheets": sheets}


def digest(document: object) -> str:
    """Give the SHA-256 of a JSON document, whatever its spaces and the order of its keys."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def code_of(workbook_digest: str, particulars_digest: str) -> str:
    """Give the sign-off code: 80 bits of a digest over both digests, in four groups of four letters and digits."""
    both = f"icsassess sign-off\n{workbook_digest}\n{particulars_digest}\n"
    number = int.from_bytes(hashlib.sha256(both.encode("ascii")).digest()[:10], "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def read_code(text: str) -> str | None:
    """Give a code as somebody typed or read it out, in its usual form; None where it is none."""
    plain = re.sub(r"[\s\-‐-―]", "", text).upper().translate(_SLIPS)
    if not _CODE.fullmatch(plain):
        return None
    return "-".join(plain[start : start + 4] for start in range(0, 16, 4))


def shown(value: object) -> str | None:
    """Give a value of the content as people read it; None where there is none."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        kind, inner = next(iter(value.items()), ("nothing", ""))  # of a manifest that somebody changed
        if kind in ("date", "time", "error"):
            return str(inner)
        inner_text = shown(value.get("shows"))
        return f"{inner_text or 'nothing'} ({kind} {inner})"
    return str(value)


def differences(was: Content, current: Content) -> Iterator[Difference]:
    """Give everything in which two contents differ, sheet by sheet and cell by cell."""
    before = {sheet["title"]: sheet for sheet in was["sheets"]}
    after = {sheet["title"]: sheet for sheet in current["sheets"]}
    renamed = _renamed(before, after)
    for old, new in renamed.items():
        yield Difference("workbook", old, "the sheet's name", old, new)
        after[old] = after.pop(new)
    for title in before:
        if title not in after:
            yield Difference("workbook", title, "the sheet", "there", "taken out")
    for title in after:
        if title not in before:
            yield Difference("workbook", title, "the sheet", None, "added")
    yield from _order(was, current, renamed)
    for title, sheet in before.items():
        if title in after:
            yield from _in_sheet(title, sheet, after[title])
    for name in ("other_sheets", "macros", "external_links"):
        if was[name] != current[name]:
            yield Difference("workbook", "", name.replace("_", " "), str(was[name]), str(current[name]))


def _renamed(before: Mapping[str, Content], after: Mapping[str, Content]) -> dict[str, str]:
    """Give sheets that hold mostly the same under another name."""
    new_titles: dict[str, str] = {}
    for old in before.keys() - after.keys():
        for new in sorted(after.keys() - before.keys() - set(new_titles.values())):
            old_cells, new_cells = before[old]["cells"], after[new]["cells"]
            same = sum(new_cells.get(place) == value for place, value in old_cells.items())
            if same * 2 > max(len(old_cells), len(new_cells)):
                new_titles[old] = new
                break
    return new_titles


def _order(was: Content, current: Content, renamed: Mapping[str, str]) -> Iterator[Difference]:
    previous = [renamed.get(sheet["title"], sheet["title"]) for sheet in was["sheets"]]
    order = [sheet["title"] for sheet in current["sheets"]]
    both = set(previous) & set(order)
    previous, order = ([title for title in titles if title in both] for titles in (previous, order))
    if previous != order:
        yield Difference("workbook", "", "the order of the sheets", ", ".join(previous), ", ".join(order))


_STATES = {
    "hidden": "hidden",
    "hidden_rows": "hidden rows",
    "hidden_columns": "hidden columns",
    "merged": "merged cells",
}


def _in_sheet(title: str, was: Content, current: Content) -> Iterator[Difference]:
    for name, words in _STATES.items():
        if was[name] != current[name]:
            yield Difference("workbook", title, words, _state(was[name]), _state(current[name]))
    for name, suffix in (("cells", ""), ("notes", " (note)")):
        for place in sorted({*was[name], *current[name]}, key=_place_order):
            old, new = was[name].get(place), current[name].get(place)
            if old != new or type(old) is not type(new):
                yield Difference("workbook", title, place + suffix, shown(old), shown(new))


def _state(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(item) for item in value) or "none" if isinstance(value, list) else str(value)


def _place_order(place: str) -> tuple[int, int, str]:
    letters = place.rstrip("0123456789")
    return int(place[len(letters) :] or 0), len(letters), letters
