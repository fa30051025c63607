"""Formulas that the group typed where the program writes, told from the program's own by the functions they call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from icsassess.excel.cells.model import Cell, Kind

_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
Calls = tuple[str, ...]
"""The functions of a formula in their order: programs that save it again change its references and signs, not these."""


def calls_of(cell: Cell) -> Calls:
    """Give the functions that a cell's formula calls, in their order; ``=1+2`` calls none."""
    return tuple(_FUNCTION.findall(_formula(cell).upper()))


def all_calls(cells: Iterable[Cell]) -> frozenset[Calls]:
    """Give what the formulas among cells call."""
    return frozenset(calls_of(cell) for cell in cells if _formula(cell))


def with_own_as_text(cell: Cell, known: Set[Calls]) -> Cell:
    """Give a cell; where it holds a formula that none of the program's, ``known`` by their calls, can be, as text.

    A program that saves a formula again may write a call more or less, but brings in no function of another name.
    """
    calls = calls_of(cell) if _formula(cell) else ()
    names = {name for each in known for name in each} | {"TRUE", "FALSE"}
    if not _formula(cell) or calls in known or (known and calls and names.issuperset(calls)):
        return cell
    return cell._replace(value=f"={_formula(cell)}", kind=Kind.TEXT, formula=None)


def _formula(cell: Cell) -> str:
    if cell.formula is not None:
        return cell.formula
    return str(cell.value).removeprefix("=") if cell.kind is Kind.NOT_CALCULATED else ""
