"""The rows that the group added to Gaps and actions: written back as they were, their plan reckoned like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icsassess.assessment.gaps import plans
from icsassess.assessment.group_edits.decisions import action_of, plain_day
from icsassess.assessment.group_edits.edits import Shown, Texts
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.excel.writing.sheet import Formula, Value
from icsassess.returns.template.sources import template_of
from icsassess.view.view import View
from icsassess.workbook.layout import GAPS, GAPS_TYPED

OWN_WIDTH = 24
"""Width in characters of the group's own columns."""
_DATES = ("Due date", "Date evidenced")


class OwnRow(NamedTuple):
    """A row of the group's own: what it holds by title, and its line's rating and the state of its plan as they are."""

    values: Mapping[str, Shown]
    rating: str
    plan: str

    def value(self, title: str, calculated: str) -> Value:
        """Give what stands under a title: what the group typed, a date where it is one.

        Where it typed nothing over them, Rating and Plan are live formulas.
        """
        value = self.values.get(title, "")
        if calculated and value == "":
            return Formula(calculated, self.rating if title == "Rating" else self.plan)
        return plain_day(value) or value if title in _DATES and isinstance(value, str) else value


def own_rows(view: View) -> list[OwnRow]:
    """Give the group's own rows in the order in which they stood."""
    return [_own_row(view, values) for values in view.merged.carried.own_rows]


def _own_row(view: View, values: Mapping[str, Shown]) -> OwnRow:
    texts = {title: str(value) for title, value in values.items()}
    line = view.line_by_ref.get(texts.get("Ref", ""))
    reasons = [reason.strip() for reason in texts.get("Why it is a gap", "").split(",")]
    statuses = template_of(view.merged.locality).statuses
    action = action_of(_fields(texts), statuses)
    plan = plans.state_of(
        action,
        to_be_moderated=RED_AND_GREEN in reasons and not (line and line.agreed),
        demanded=any(reason in view.plan_required_for for reason in reasons),
        as_at=view.merged.as_at,
    )
    return OwnRow(values, line.rating if line else "", plan)


def _fields(texts: Texts) -> Texts:
    names = ("action", "owner", "accountable", "due", "status", "evidenced_by", "evidenced_on", "update")
    return {name: texts.get(title, "") for name, title in zip(names, GAPS_TYPED, strict=True)}


def own_titles(view: View, sheet: str, known: Sequence[str]) -> list[str]:
    """Give the titles of the group's own columns on a sheet, in the order in which they stood."""
    titles = list(view.merged.carried.own_columns.get(sheet, {}))
    for texts in view.merged.carried.own_rows if sheet == GAPS else []:
        titles.extend(title for title in texts if title not in known and title not in titles)
    return titles
