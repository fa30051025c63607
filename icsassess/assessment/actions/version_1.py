"""What a group typed into a workbook of version 1, which had one action a gap, brought to the actions of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from icsassess.assessment.group_edits.decisions import Decisions
from icsassess.assessment.group_edits.edits import OwnAction, Texts
from icsassess.domain.gap_ids import ref_of_gap
from icsassess.support.text import fold

_ALIKE = 60.0
"""Per cent from which a wording is that of the action which had been filled in: see ``names``."""


def with_version_1(
    decisions: Decisions, proposals: Mapping[str, Mapping[str, Texts]]
) -> tuple[Decisions, dict[str, str | int]]:
    """Give the decisions with those of version 1, and by gap where its row went to: an action's name, or own row.

    ``proposals`` are what partners propose now, by line and name. What was typed in a gap's row goes to the action that
    had been filled in there; where that is none of them any more, or none was, the row is an action of the group's own.
    """
    before = decisions.version_1
    if before is None:
        return decisions, {}
    group, filled_in, typed_before = dict(decisions.group), dict(decisions.filled_in), dict(decisions.typed_before)
    own, places = list(decisions.own_actions), dict[str, str | int]()
    for gap in {**before.group, **before.written}:
        texts, filled, typed = before.texts(gap) or {}, before.filled_in.get(gap), before.typed_fields(gap)
        wording = (texts if filled is None else filled).get("action", "")
        name = _alike(wording, proposals.get(ref_of_gap(gap), {}))
        if name:
            places[gap] = name
        if name and typed:
            group[name], typed_before[name] = texts, typed
            if filled is not None:
                filled_in[name] = filled
        elif typed and any(texts.values()):
            places[gap] = len(own)
            own.append(OwnAction(ref_of_gap(gap), texts))
    decided = replace(
        decisions, group=group, filled_in=filled_in, typed_before=typed_before, own_actions=tuple(own), version_1=None
    )
    return decided, places


def _alike(wording: str, proposals: Mapping[str, Texts]) -> str:
    """Give the name of the action whose wording is the same or the most alike, ``""`` where none is."""
    if not wording:
        return ""
    likeness = {name: fuzz.token_sort_ratio(fold(wording), fold(texts["action"])) for name, texts in proposals.items()}
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if best and likeness[best] >= _ALIKE else ""
