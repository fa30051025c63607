"""Where the locality stood at each merge of the round, as the history tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from icsassess.assessment.events.snapshot import current_actions
from icsassess.assessment.history.model import Week
from icsassess.assessment.history.record import Record
from icsassess.assessment.merging.effective_return import RECEIVED
from icsassess.domain import rag


def weeks_of(records: Iterable[Record]) -> tuple[Week, ...]:
    """Give each merge of the history in figures, the oldest first."""
    return tuple(_week(record) for record in records)


def _week(record: Record) -> Week:
    content = record.content
    names = {*rag.vocabulary().names}
    ratings = Counter(line["rating"] if line["rating"] in names else "" for line in content["lines"])
    states = Counter(gap["plan"] or "" for gap in content["gaps"])
    current = current_actions(content)
    actions = None if current is None else Counter(action["state"] for action in current)
    returns = [row for row in content["read"]["returns"] if row["partner"]]
    received = {row["partner"] for row in returns if row["state"] == RECEIVED}
    expected = {row["partner"] for row in returns}
    gaps = len(content["gaps"])
    return Week(record.as_at, record.name, len(received), len(expected), ratings, gaps, states, actions)
