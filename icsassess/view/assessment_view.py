"""The merge as people see it: words for ratings, lists of codes, dates without times."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from icsassess.assessment.actions.names import GROUP
from icsassess.domain import rag
from icsassess.domain.framework import Line, Statement
from icsassess.tables.records import Action
from icsassess.tables.records import Line as LineRow
from icsassess.view import rating_words as wording
from icsassess.view.shown_rows import ShownAction, ShownGap, ShownLine

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.locality.locality import Partner

__all__ = ["THE_GROUP", "ShownAction", "ShownGap", "ShownLine", "View"]

THE_GROUP = "Group"
"""Who proposed an action that the group added itself, as people see it."""


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
        """By line and partner: the word for its rating, and whether it is settled."""
        ratings: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
        pairs: dict[tuple[str, bool], tuple[str, bool]] = {}  # the same few pairs: each is held once
        for row in self.merged.partner_lines:
            pair = (wording.partner_word(row.rating, understood=row.understood), row.settled)
            ratings[row.ref][row.partner] = pairs.setdefault(pair, pair)
        return ratings

    @cached_property
    def _organisations(self) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
        """By line and partner: each organisation that answered for it, with its word."""
        organisations: dict[str, dict[str, tuple[tuple[str, str], ...]]] = defaultdict(dict)
        for row in self.merged.partner_lines:
            if row.organisations:
                organisations[row.ref][row.partner] = row.organisations
        return organisations

    @cached_property
    def lines(self) -> tuple[ShownLine, ...]:
        """The lines in the framework's order."""
        by_ref = self.merged.locality.framework.line_by_ref
        return tuple(self._line(by_ref[row.ref], row) for row in self.merged.lines)

    def _line(self, line: Line, row: LineRow) -> ShownLine:
        ratings = {code: rating for code, (rating, _) in self._ratings[line.ref].items()}
        not_asked = rag.vocabulary().absent.not_asked
        suggested = wording.line_word(row.suggested, list(ratings.values()))
        partners = {code: ratings.get(code, not_asked) for code in self.codes}
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
            organisations=self._organisations.get(line.ref, {}),
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
        proposed_by = THE_GROUP if row.proposed_by == GROUP else self.sender(row.proposed_by, row.file)
        shown = {
            "line": self.line_by_ref.get(row.ref),
            "proposed_by": proposed_by,
            "due": row.due or row.due_typed or None,
        }
        return ShownAction(**{**same, **shown})

    def sender(self, partner: str, file: str) -> str:
        """Give who a return is from: the partner's code, and the organisation where several answer for it."""
        organisation = self.merged.organisations.get(file)
        return f"{partner}: {organisation}" if organisation else partner

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
