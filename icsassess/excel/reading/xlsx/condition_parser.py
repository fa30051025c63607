"""The conditional formats of a worksheet as the parser meets them (ECMA-376 part 1, 18.3.1.18)."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.excel.cells.addresses import Area, parse_area
from icsassess.excel.cells.conditions import Conditions, Rule, conditions_of
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import attribute, is_true

_MOST_RULES = 500
_MOST_AREAS = 200
_LAST = 1_000_000


class ConditionParser:
    """Collects the rules; those beyond a bound are left out, and what they colour is then not known."""

    def __init__(self, meter: Meter, fills: Sequence[str | None]) -> None:
        self._meter = meter
        self._fills = fills
        self._areas: tuple[Area, ...] = ()
        self._rules: list[Rule] = []
        self._open: Rule | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "conditionalFormatting":
            self._areas = tuple(_areas(attribute(attributes, "sqref") or ""))
        elif name == "cfRule" and self._areas:
            self._open = self._rule(attributes)
        elif self._open is not None and name == "iconSet":
            turned = is_true(attribute(attributes, "reverse"))
            icons = attribute(attributes, "iconSet") or "3TrafficLights1"
            self._open = self._open._replace(icons=icons, turned=turned)
        elif self._open is not None and name == "cfvo":
            limit = (attribute(attributes, "type") or "", attribute(attributes, "val") or "0")
            self._open = self._open._replace(thresholds=(*self._open.thresholds, limit))

    def formula(self, text: str) -> None:
        """A rule's formula has been read."""
        if self._open is not None:
            self._meter.held(len(text))
            self._open = self._open._replace(formulas=(*self._open.formulas, text))

    def closed(self, name: str) -> None:
        """An element ends."""
        if name == "cfRule" and self._open is not None:
            if len(self._rules) < _MOST_RULES:
                self._rules.append(self._open)
            self._open = None
        elif name == "conditionalFormatting":
            self._areas = ()

    def conditions(self) -> Conditions | None:
        """Give all of them."""
        return conditions_of(self._rules)

    def _rule(self, attributes: dict[str, str]) -> Rule:
        number, priority = attribute(attributes, "dxfId") or "", attribute(attributes, "priority") or ""
        index = int(number) if number.isdecimal() and len(number) < 8 else -1
        return Rule(
            areas=self._areas,
            kind=attribute(attributes, "type") or "",
            operator=attribute(attributes, "operator") or "",
            text=attribute(attributes, "text") or "",
            formulas=(),
            fill=self._fills[index] if 0 <= index < len(self._fills) else None,
            priority=int(priority) if priority.isdecimal() and len(priority) < 8 else _LAST,
        )


def _areas(text: str) -> list[Area]:
    areas = []
    for one in text.split()[:_MOST_AREAS]:
        try:
            areas.append(parse_area(one))
        except ValueError:
            continue
    return areas
