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
    """Give a cell; where it holds a formula that calls nothing ``known``, with the formula as text."""
    if not _formula(cell) or calls_of(cell) in known:
        return cell
    return cell._replace(value=f"={_formula(cell)}", kind=Kind.TEXT, formula=None)


def _formula(cell: Cell) -> str:
    if cell.formula is not None:
        return cell.formula
    return str(cell.value).removeprefix("=") if cell.kind is Kind.NOT_CALCULATED else ""
