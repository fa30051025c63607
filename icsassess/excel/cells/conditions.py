"""What colour conditional formats give a cell: rules that compare, search, or show an icon (ECMA-376-1, 18.3.1.10).

A rule that is none of the simple ones is not worked out: what it might colour is then nobody's to say.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from icsassess.excel.cells.addresses import Area, parse_address
from icsassess.excel.cells.formulas import shift_references

ICON_COLOURS = ("FF0000", "FFC000", "00B050")
_COLOURED_ICONS = frozenset(("3TrafficLights1", "3TrafficLights2", "3Flags", "3Signs", "3Symbols", "3Symbols2"))
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_OPERATORS = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
_CONSTANT = r'"[^"]*"|-?\d+(?:\.\d+)?|TRUE|FALSE|\$?[A-Z]{1,3}\$?\d+'
_COMPARISON = re.compile(rf"\(*(.+?)\)*\s*(<=|>=|<>|=|<|>)\s*({_CONSTANT})\s*\)*")
_SEARCH = re.compile(
    r'(?:NOT\(ISERROR|ISNUMBER|\()?\(?(?:SEARCH|FIND)\("([^"]*)",\s*(\$?[A-Z]{1,3}\$?\d+)\)\)?\)?', re.IGNORECASE
)
_LEFT = re.compile(r"LEFT\((\$?[A-Z]{1,3}\$?\d+)(?:,\s*(\d+))?\)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+")
Value = Callable[[int, int], object]


class Rule(NamedTuple):
    """One rule: where it holds, its kind, what it compares with, and the colour it gives."""

    areas: tuple[Area, ...]
    kind: str
    operator: str
    text: str
    formulas: tuple[str, ...]
    fill: str | None
    priority: int
    icons: str = ""
    turned: bool = False
    thresholds: tuple[tuple[str, str], ...] = ()


class Conditions(NamedTuple):
    """The conditional formats of a sheet, the one that goes first in front."""

    rules: tuple[Rule, ...]

    def fill_of(self, row: int, column: int, value_at: Value) -> str | None:
        """Give the colour that the rules give a cell; None where they give none or it cannot be worked out."""
        for rule in self.rules:
            area = next(
                (area for area in rule.areas if area[0] <= row <= area[2] and area[1] <= column <= area[3]), None
            )
            if area is None:
                continue
            holds = _holds(rule, (row, column), value_at)
            if holds is None:
                return None
            if holds:
                return holds if isinstance(holds, str) else rule.fill
        return None


def _holds(rule: Rule, place: tuple[int, int], value_at: Value) -> bool | str | None:
    """Tell whether a rule holds for a cell (or which colour its icon has); None where that cannot be worked out."""
    value = value_at(*place)
    if rule.kind == "iconSet":
        return _icon(rule, value, value_at)
    formulas = [shift_references(text, *_moved(rule, place)) for text in rule.formulas]
    if rule.kind == "cellIs":
        return False if value is None else _cell_is(rule.operator, value, formulas, value_at)
    if rule.kind in ("containsText", "notContainsText", "beginsWith", "endsWith"):
        return _of_text(rule.kind, str(value or "").casefold(), rule.text.casefold())
    if rule.kind == "expression" and formulas:
        return _expression(formulas[0], value_at)
    return None


def _moved(rule: Rule, place: tuple[int, int]) -> tuple[int, int]:
    """Give how far a cell is from the first one of the rule, for which its formulas are written."""
    top, left = min(area[0] for area in rule.areas), min(area[1] for area in rule.areas)
    return place[0] - top, place[1] - left


def _of_text(kind: str, text: str, part: str) -> bool | None:
    if not part:
        return None
    if kind == "beginsWith":
        return text.startswith(part)
    if kind == "endsWith":
        return text.endswith(part)
    return (part in text) is (kind == "containsText")


def _cell_is(operation: str, value: object, formulas: Sequence[str], value_at: Value) -> bool | None:
    operands = [_operand(text, value_at) for text in formulas]
    if not operands or any(operand is None for operand in operands):
        return None
    if operation in ("between", "notBetween") and len(operands) == 2:
        inside = _compared(">=", value, operands[0]) and _compared("<=", value, operands[1])
        return bool(inside) is (operation == "between")
    sign = _OPERATORS.get(operation)
    return None if sign is None else _compared(sign, value, operands[0])


def _expression(formula: str, value_at: Value) -> bool | None:
    formula = formula.strip()
    if match := _SEARCH.fullmatch(formula):
        value = value_at(*parse_address(match[2]))
        return match[1].casefold() in str(value or "").casefold()
    if match := _COMPARISON.fullmatch(formula):
        left, right = _operand(match[1].strip(), value_at), _operand(match[3], value_at)
        if right is None:
            return None
        if left is None:
            return False if _REFERENCE.fullmatch(match[1].strip()) else None
        return _compared(match[2], left, right)
    return None


def _operand(text: str, value_at: Value) -> object:
    """Give the value of a constant or of a cell of the same sheet; None for a blank cell and for anything else."""
    text = text.strip().lstrip("=")
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1].replace('""', '"')
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if match := _LEFT.fullmatch(text):
        value = value_at(*parse_address(match[1]))
        return None if value is None else str(value)[: int(match[2] or 1)]
    if _REFERENCE.fullmatch(text):
        return value_at(*parse_address(text))
    try:
        return float(text)
    except ValueError:
        return None


def _compared(sign: str, left: object, right: object) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return sign == "=" and left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _COMPARE[sign](float(left), float(right))
    if isinstance(left, str) and isinstance(right, str):
        return _COMPARE[sign](left.casefold(), right.casefold())
    return sign == "<>"


def _icon(rule: Rule, value: object, value_at: Value) -> str | None:
    """Give the colour of a cell's icon, None where the icons have no colours of ratings."""
    if rule.icons not in _COLOURED_ICONS or not isinstance(value, int | float) or isinstance(value, bool):
        return None
    limits = list(_limits(rule, value_at))
    if len(limits) != len(ICON_COLOURS):
        return None
    number = sum(1 for limit in limits[1:] if value >= limit)
    return ICON_COLOURS[len(ICON_COLOURS) - 1 - number if rule.turned else number]


def _limits(rule: Rule, value_at: Value) -> Iterator[float]:
    values = [
        float(value)
        for top, left, bottom, right in rule.areas
        for row in range(top, min(bottom, top + 2_000) + 1)
        for column in range(left, min(right, left + 50) + 1)
        if isinstance(value := value_at(row, column), int | float) and not isinstance(value, bool)
    ]
    for kind, text in rule.thresholds:
        try:
            limit = float(text)
        except ValueError:
            return
        if kind == "num":
            yield limit
        elif kind == "percent" and values:
            yield min(values) + (max(values) - min(values)) * limit / 100
        else:
            return


def conditions_of(rules: Sequence[Rule]) -> Conditions | None:
    """Give the conditional formats of a sheet in the order in which they go, None where there are none."""
    return Conditions(tuple(sorted(rules, key=lambda rule: rule.priority))) if rules else None


def values_of(cells: Mapping[tuple[int, int], object]) -> Value:
    """Give what looks up the value of a cell; None for one that is not there."""

    def value_at(row: int, column: int) -> object:
        return getattr(cells.get((row, column)), "value", None)

    return value_at
