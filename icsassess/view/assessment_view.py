"""The merge as people see it: words for ratings, lists of codes, dates without times."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from icsassess.assessment.actions.names import GROUP
from icsassess.assessment.actions.states import NOT_TAKEN_UP
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.framework import Line, Statement
from icsassess.domain.rated import counted_rating
from icsassess.domain.states import ActionState, PlanState
from icsassess.tables.records import Action
from icsassess.tables.records import Line as LineRow
from icsassess.view import rating_words as wording

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.locality.locality import Partner

THE_GROUP = "Group"
"""Who proposed an action that the group added itself, as people see it."""


class ShownLine(NamedTuple):
    """A line in words; ``partners`` has a word for every partner, by code; ``rating`` is never empty.

    ``drift`` says what changed since the group agreed its rating.
    """

    line: Line
    partners: dict[str, str]
    suggested: str
    agreed: str
    agreed_reason: str
    agreed_on: datetime.date | None
    rating: str
    agreement: str
    evidence: int
    drift: str = ""

    @property
    def counted(self) -> str:
        """The rating that counts: agreed Not applicable without a reason counts as if it were not agreed."""
        return counted_rating(self.rating, self.agreed_reason or not self.agreed, self.suggested)

    @property
    def look_again(self) -> bool:
        """Whether the group should look again at what it agreed: its ground has moved, or it does not count."""
        return bool(self.agreed) and (bool(self.drift) or self.counted != self.rating)

    @property
    def to_be_moderated(self) -> bool:
        """Whether partners are Red and Green and the group has not yet agreed a rating."""
        return self.agreement == RED_AND_GREEN and not self.agreed

    def codes_by_word(self, words: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Give the partners' codes by the word that stands for their rating, in the order of ``words``."""
        return [
            (word, codes)
            for word in words
            if (codes := [code for code, rating in self.partners.items() if rating == word])
        ]


class ShownAction(NamedTuple):
    """An action with its line, None where its Ref is no line's.

    ``proposed_by`` is the partner's code, or ‘Group’; ``due`` is text where what was typed is no date. ``file``,
    ``sheet`` and ``row`` (0 where there is none) say where a partner's action stands in its return.
    """

    id: str
    gap: str
    ref: str
    line: ShownLine | None
    proposed_by: str
    action: str
    owner: str
    accountable: str
    due: datetime.date | str | None
    status: str
    evidenced_by: str
    evidenced_on: datetime.date | None
    update: str
    taken_up: str
    why_not: str
    state: ActionState
    missing: tuple[str, ...]
    file: str
    sheet: str
    row: int

    @property
    def is_live(self) -> bool:
        """Whether it counts: until the group says No, every action does."""
        return self.state != NOT_TAKEN_UP


class ShownGap(NamedTuple):
    """A gap with its line, its plan and its actions; ``stated`` is what each partner says is missing."""

    id: str
    line: ShownLine
    stated: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    partners: tuple[str, ...]
    no_proposal_from: tuple[str, ...]
    actions: tuple[ShownAction, ...]
    late: int
    plan: PlanState
    missing: tuple[str, ...]
    covered: str

    @property
    def live_actions(self) -> tuple[ShownAction, ...]:
        """Those of its actions that count."""
        return tuple(action for action in self.actions if action.is_live)

    @property
    def stated_in_words(self) -> str:
        """What is missing as a cell shows it: a line for each partner, with its code before it."""
        return "\n".join(f"{partner}: {text}" for partner, text in self.stated)


@dataclass(frozen=True)
class View:
    """The lines, gaps and plans of a merge, each worked out once; ``View(merged).lines`` is where to begin."""

    merged: Merged

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners in the settings' order."""
        return self.merged.locality.partners

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The partners' codes in the settings' order."""
        return tuple(partner.code for partner in self.partners)

    @cached_property
    def _ratings(self) -> dict[str, dict[str, tuple[str, bool]]]:
        """By line and partner: its rating, and whether it is settled."""
        ratings: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
        pairs: dict[tuple[str, bool], tuple[str, bool]] = {}  # the same few pairs: each is held once
        for row in self.merged.partner_lines:
            pair = (row.rating, row.settled)
            ratings[row.ref][row.partner] = pairs.setdefault(pair, pair)
        return ratings

    @cached_property
    def lines(self) -> tuple[ShownLine, ...]:
        """The lines in the framework's order."""
        by_ref = self.merged.locality.framework.line_by_ref
        return tuple(self._line(by_ref[row.ref], row) for row in self.merged.lines)

    def _line(self, line: Line, row: LineRow) -> ShownLine:
        ratings = {code: rating for code, (rating, _) in self._ratings[line.ref].items()}
        not_asked = rag.vocabulary().absent.not_asked
        suggested = wording.line_word(row.suggested, list(ratings.values()))
        partners = {code: wording.partner_word(ratings[code]) if code in ratings else not_asked for code in self.codes}
        return ShownLine(
            line=line,
            partners=partners,
            suggested=suggested,
            agreed=row.agreed,
            agreed_reason=row.agreed_reason,
            agreed_on=row.agreed_on,
            rating=row.agreed or suggested,
            agreement=row.agreement,
            evidence=row.evidence,
            drift=self.merged.drift.get(line.ref, ""),
        )

    @cached_property
    def line_by_ref(self) -> dict[str, ShownLine]:
        """The lines by their reference."""
        return {line.line.ref: line for line in self.lines}

    @cached_property
    def actions(self) -> tuple[ShownAction, ...]:
        """All actions: in the framework's order those of each line, the group's own last."""
        return tuple(self._action(row) for row in self.merged.actions)

    def _action(self, row: Action) -> ShownAction:
        same = {name: value for name, value in row._asdict().items() if name in ShownAction._fields}
        proposed_by = THE_GROUP if row.proposed_by == GROUP else row.proposed_by
        shown = {
            "line": self.line_by_ref.get(row.ref),
            "proposed_by": proposed_by,
            "due": row.due or row.due_typed or None,
        }
        return ShownAction(**{**same, **shown})

    @cached_property
    def action_states(self) -> Counter[str]:
        """How many actions there are in each state."""
        return Counter(action.state for action in self.actions)

    @cached_property
    def gaps(self) -> tuple[ShownGap, ...]:
        """The gaps in the framework's order."""
        by_id = {action.id: action for action in self.actions}
        return tuple(
            ShownGap(
                id=row.id,
                line=self.line_by_ref[row.ref],
                stated=row.stated,
                reasons=row.reasons,
                partners=row.partners,
                no_proposal_from=row.no_proposal_from,
                actions=tuple(by_id[name] for name in row.actions),
                late=row.late,
                plan=row.plan,
                missing=row.missing,
                covered=row.covered,
            )
            for row in self.merged.gaps
        )

    @property
    def plan_required_for(self) -> tuple[str, ...]:
        """The reasons for which the settings demand an action plan."""
        return self.merged.locality.settings.rules.action_plan_required_for

    @cached_property
    def plans(self) -> Counter[str]:
        """How many gaps there are in each state of their plan."""
        return Counter(gap.plan for gap in self.gaps)

    @cached_property
    def _by_statement(self) -> dict[str, list[ShownLine]]:
        lines: dict[str, list[ShownLine]] = {
            statement.code: [] for statement in self.merged.locality.framework.statements
        }
        for line in self.lines:
            lines[line.line.statement.code].append(line)
        return lines

    def lines_of(self, statement: Statement) -> list[ShownLine]:
        """Give a statement's lines, in the order of the evidence categories."""
        return self._by_statement[statement.code]

    def partner_worst(self, statement: Statement, code: str) -> str:
        """Give the worst of a partner's ratings of a statement's lines."""
        lines = self.lines_of(statement)
        without_reason = [
            line for line in lines if self._ratings[line.line.ref].get(code, ("", True)) == (rag.NOT_APPLICABLE, False)
        ]
        return wording.worst_word(
            [line.partners[code] for line in lines], not_applicable_without_reason=len(without_reason)
        )
