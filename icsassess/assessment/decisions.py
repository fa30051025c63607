"""What the group decided and typed into the last locality workbook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Agreed:
    """The rating that the group agreed for a line, with its reason and date."""

    rating: str
    reason: str = ""
    agreed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What the group decided to do about a gap; ``due_typed`` is a due date that is no day."""

    action: str = ""
    owner: str = ""
    accountable: str = ""
    due: datetime.date | None = None
    due_typed: str = ""
    status: str = ""
    evidenced_by: str = ""
    evidenced_on: datetime.date | None = None
    update: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that the group decided: agreed ratings by line, actions by gap."""

    agreed: Mapping[str, Agreed] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)


NO_DECISIONS = Decisions()
