"""The rules a return is checked by: a file a rule, each a pandera check over a table, with the cell it points at.

``ALL_RULES`` holds every rule. A rule's severity and words are in ``templates/points.toml`` under its code.
"""

from __future__ import annotations

from icsassess.returns.checking.rules import (
    action_has_due_date,
    action_has_owner,
    date_is_a_day,
    evidence_is_likely_shared,
    evidence_precedes_return,
    evidence_stands_once,
    green_has_evidence,
    line_is_answered,
    line_is_there,
    line_was_asked_for,
    not_applicable_has_reason,
    rating_agrees_with_colour,
    rating_is_permitted,
    rating_is_the_same,
    red_or_amber_has_gap,
    status_is_permitted,
)
from icsassess.returns.checking.rules.rule import Rule

ALL_RULES: tuple[Rule, ...] = (
    *rating_is_permitted.RULES,
    *rating_agrees_with_colour.RULES,
    *date_is_a_day.RULES,
    *status_is_permitted.RULES,
    *line_is_there.RULES,
    *line_is_answered.RULES,
    *line_was_asked_for.RULES,
    *rating_is_the_same.RULES,
    *not_applicable_has_reason.RULES,
    *green_has_evidence.RULES,
    *red_or_amber_has_gap.RULES,
    *action_has_owner.RULES,
    *action_has_due_date.RULES,
    *evidence_precedes_return.RULES,
    *evidence_stands_once.RULES,
    *evidence_is_likely_shared.RULES,
)
