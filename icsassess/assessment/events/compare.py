"""Two merges compared: the events between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from icsassess.assessment.events.actions import action_events
from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.gaps import gap_events
from icsassess.assessment.events.model import KINDS, Event
from icsassess.assessment.events.ratings import rating_events
from icsassess.assessment.events.returns import return_events
from icsassess.assessment.events.snapshot import Snapshot, snapshot_of


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Event]:
    """Compare two records of the history (their content): see :func:`events_between`."""
    return events_between(snapshot_of(old), snapshot_of(new))


def events_between(old: Snapshot, new: Snapshot) -> list[Event]:
    """Give what moved between two merges, each with its cause, in the order of ``KINDS``, then of the framework."""
    return events_of(Comparison(old, new))


def events_of(comparison: Comparison) -> list[Event]:
    """Give the events of two merges that are compared, as :func:`events_between`."""
    events = [
        *return_events(comparison),
        *rating_events(comparison),
        *gap_events(comparison),
        *action_events(comparison),
    ]
    return sorted(events, key=lambda event: KINDS.index(event.kind))
