"""How gaps and actions stand, and what has to happen before sign-off: in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.actions.states import CLOSED, NOT_TAKEN_UP
from icsassess.assessment.sign_off.plan_counts import plan_counts
from icsassess.reports.papers.account import Account
from icsassess.support.text import listing
from icsassess.tables.records import Action
from icsassess.view.assessment_view import ShownGap
from icsassess.view.findings.names import begin
from icsassess.view.findings.sentence import Sentence, Source


def actions_in_sentences(account: Account) -> Iterator[Sentence]:
    """Say how many actions there are, and how many are late, without owner or date, or done with nothing to show it."""
    phrases, merged = account.phrases, account.latest.merged
    live = [action for action in merged.actions if action.state != NOT_TAKEN_UP]
    if not live:
        yield Sentence(phrases.say("delivery.none"))
    else:
        counted = plan_counts(merged, merged.as_at)
        yield Sentence(phrases.say("delivery.proposed", len(live)), _cells(account, live))
        faults = (
            ("delivery.late", counted.overdue, "due"),
            ("delivery.no_owner", counted.without_owner, "owner"),
            ("delivery.no_date", counted.without_due_date, "due"),
        )
        parts = [phrases.say(key, len(actions)) for key, actions, _ in faults if actions]
        if parts:
            cells = [source for _, actions, field in faults for source in _cells(account, actions, field)]
            yield Sentence(f"{begin(listing(parts))}.", tuple(cells))
        else:
            yield Sentence(phrases.say("delivery.sound"), _cells(account, live, "owner", "due"))
        if counted.not_evidenced:
            text = phrases.say("delivery.unproven", len(counted.not_evidenced))
            yield Sentence(text, _cells(account, counted.not_evidenced, "status"))
        if done := [action for action in live if action.state == CLOSED]:
            yield Sentence(phrases.say("delivery.done", len(done)), _cells(account, done, "evidenced_by"))
    if declined := [action for action in merged.actions if action.state == NOT_TAKEN_UP]:
        yield Sentence(phrases.say("delivery.declined", len(declined)), _cells(account, declined, "taken_up"))


def gaps_in_sentences(account: Account) -> Iterator[Sentence]:
    """Say in how many places something is missing, and about how many of them there is no action."""
    phrases, gaps = account.phrases, account.view.gaps
    if not gaps:
        yield Sentence(phrases.say("delivery.no_gaps"), account.sources.of_ratings(account.view.lines))
        return
    cells = tuple(source for gap in gaps for source in account.sources.of_gap(gap))
    yield Sentence(phrases.say("delivery.gaps", len(gaps)), cells)
    without = gaps_without_action(account)
    if without:
        key = "delivery.without_all" if len(without) == len(gaps) else "delivery.without"
        cells = tuple(source for gap in without for source in account.sources.of_gap(gap))
        yield Sentence(phrases.say(key, len(without)), cells)


def gaps_without_action(account: Account) -> list[ShownGap]:
    """Give the gaps about which there is no action, those aside that the group decided against."""
    return [gap for gap in account.view.gaps if not gap.live_actions]


def _cells(account: Account, actions: list[Action], *fields: str) -> tuple[Source, ...]:
    return tuple(source for action in actions for source in account.sources.of_action(action, *fields))
