"""What the example's three weeks come to as at 24 January 2024, counted without the program."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.support.example_returns import ASKED, DELIVERED, REFS, WORST_FIRST, Typed, day_of, rating_of
from tests.support.register import Table, shown

AS_AT = datetime.date(2024, 1, 24)
OLDEST = datetime.date(2023, 1, 24)
"""The oldest evidence that is no older than twelve months."""
SUPERSEDED = "Trafford - SAF - Safeguarding v1.xlsx"
LATE, UNPROVEN, OPEN, PLANNED, NOT_TAKEN_UP = (
    "overdue",
    "delivered, not evidenced",
    "incomplete",
    "planned",
    "not taken up",
)


@dataclass(frozen=True)
class Act:
    """An action: as its partner typed it, but for what the group typed over it."""

    ref: str
    proposed_by: str
    owner: str
    due: datetime.date | None
    status: str
    taken_up: str

    @property
    def state(self) -> str:
        if self.taken_up == "No":
            return NOT_TAKEN_UP
        if self.status.casefold() in DELIVERED:
            return UNPROVEN  # nobody in the example has said what shows it
        if self.due is not None and self.due < AS_AT:
            return LATE
        return PLANNED if self.owner and self.due else OPEN


class Count:
    """What the example comes to, counted without the program."""

    def __init__(self, typed: list[Typed], before: Any) -> None:
        self.typed = [row for row in typed if not row.file.endswith(SUPERSEDED)]
        self.lines = {row["Ref"]: row for row in rows_of(before["Assessment"])}
        self.gap_rows = {row["Gap"]: row for row in rows_of(before["Gaps"])}
        self.actions = list(self._actions(rows_of(before["Actions"])))

    def _actions(self, before: list[dict[str, Any]]) -> Iterator[Act]:
        """Take each action from its return; the group's word comes before its partner's."""
        number: Counter[tuple[str, str]] = Counter()
        by_name = {shown(row["No"]): row for row in before}
        for row in self.typed:
            if not row.text("Action"):
                continue
            ref, name = row.text("Ref"), f"A-{row.text('Ref')}-{row.partner}"
            number[ref, row.partner] += 1
            again = number[ref, row.partner]
            group = by_name.pop(name if again == 1 else f"{name}-{again}")
            owner, due, status = shown(group["Owner"]), day_of(group["Due date"]), shown(group["Delivery status"])
            if not shown(group["Taken up"]):  # then nothing but the partner's own words may stand there
                assert (owner, due) == (row.text("Owner"), day_of(row.cells["Due date"])), name
                status = row.text("Action status")
            yield Act(ref, row.partner, owner, due, status, shown(group["Taken up"]))
        for group in by_name.values():
            assert group["Proposed by"] == "Group", "whatever a partner proposed stands in a return"
            texts = (shown(group[title]) for title in ("Delivery status", "Taken up"))
            yield Act(shown(group["Ref"]), "group", shown(group["Owner"]), day_of(group["Due date"]), *texts)

    @cached_property
    def ratings(self) -> dict[str, dict[str, str]]:
        """Each line's ratings by the partners that returned and were asked for it."""
        cells: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.typed:
            cells[row.text("Ref"), row.partner].append(rating_of(row.text("RAG")))
        returned = [partner for partner in ASKED if any(row.partner == partner for row in self.typed)]
        return {
            ref: {one: min(cells[ref, one], key=WORST_FIRST.index, default="") for one in returned if ref in ASKED[one]}
            for ref in REFS
        }

    @cached_property
    def agreed(self) -> dict[str, str]:
        return {ref: rating for ref in REFS if (rating := shown(self.lines[ref]["Agreed RAG"]))}

    def colours(self, ref: str) -> list[str]:
        return [rating for rating in self.ratings[ref].values() if rating in WORST_FIRST[:3]]

    def rating(self, ref: str) -> str:
        """The agreed rating, else the worst colour; without a colour what the partners say instead."""
        if colours := self.colours(ref):
            return self.agreed.get(ref) or min(colours, key=WORST_FIRST.index)
        words = set(self.ratings[ref].values())
        return "Not assessed" if "Not assessed" in words else words.pop() if words == {"Not applicable"} else ""

    @cached_property
    def by_rating(self) -> Counter[str]:
        return Counter(self.rating(ref) for ref in REFS)

    @cached_property
    def split(self) -> list[str]:
        """The lines that are Red to one partner and Green to another, and on which the group has not agreed."""
        return [ref for ref in REFS if {"Red", "Green"} <= set(self.colours(ref)) and ref not in self.agreed]

    @cached_property
    def red(self) -> dict[str, tuple[int, int]]:
        """The Red lines: to how many partners, of how many that rated them."""
        refs = [ref for ref in REFS if self.rating(ref) == "Red"]
        return {ref: (self.colours(ref).count("Red"), len(self.colours(ref))) for ref in refs}

    @cached_property
    def weak_greens(self) -> list[tuple[str, str]]:
        """Line and partner of each Green whose evidence is old, undated, or not said to be kept anywhere."""
        evidence: dict[tuple[str, str], list[Typed]] = defaultdict(list)
        for row in self.typed:
            if row.is_evidence:
                evidence[row.text("Ref"), row.partner].append(row)
        weak = []
        for (ref, partner), rows in evidence.items():
            days = [day for row in rows if (day := day_of(row.cells["Evidence date"]))]
            sound = days and max(days) >= OLDEST and any(row.text("Where it is kept") for row in rows)
            if self.ratings[ref][partner] == "Green" and not sound:
                weak.append((ref, partner))
        return weak

    @cached_property
    def states(self) -> Counter[str]:
        return Counter(act.state for act in self.actions)

    @cached_property
    def live(self) -> list[Act]:
        return [act for act in self.actions if act.state != NOT_TAKEN_UP]

    def plan(self, ref: str) -> str:
        """The plan of a line that is a gap."""
        states = {act.state for act in self.live if act.ref == ref}
        stating = {row.partner for row in self.typed if row.text("Gap") and row.text("Ref") == ref}
        uncovered = stating - {act.proposed_by for act in self.actions if act.ref == ref}
        if ref in self.split:
            return "to be moderated"
        if not states:
            return "needs a plan"
        if heaviest := next((state for state in (LATE, UNPROVEN) if state in states), ""):
            return heaviest
        covered = shown(self.gap_rows[f"G-{ref}"]["Covered"]) == "Yes"
        return "plan incomplete" if OPEN in states or (uncovered and not covered) else PLANNED


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """Give the rows of a register by the titles of its columns."""
    table = Table(sheet, {"Assessment": "Ref", "Gaps": "Gap", "Actions": "Action"}[sheet.title])
    return [{title: table.cell(row, title).value for title in table.columns} for row in table.rows]
