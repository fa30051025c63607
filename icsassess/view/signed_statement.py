"""What a signature asserts, in whole sentences: which merge and days, ratings, partners, Red lines, actions, record.

The sheet Sign-off has them from the first week on, and the manifest as they were signed.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.output.headlines import day_in_words, headlines
from icsassess.assessment.sign_off.condition import Condition
from icsassess.assessment.sign_off.plan_counts import place_in_words, plan_counts
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.domain import rag
from icsassess.support.text import count, listing
from icsassess.view.agreed_share import agreed_share
from icsassess.view.assessment_view import ShownLine, View

_ALL = 1000


class StatementPart(NamedTuple):
    """What the statement says of one matter: its title, and its sentences."""

    title: str
    sentences: list[str]


def signed_statement(
    view: View, all_conditions: Sequence[Condition], signed_on: datetime.date | None = None
) -> list[StatementPart]:
    """Give the parts of the statement that have something to say; ``signed_on`` is None while it is not signed."""
    merged = view.merged
    parts = [
        StatementPart("The assessment", list(_assessment(view, signed_on))),
        StatementPart("Ratings", [headlines(merged)[2], agreed_share(merged).sentence]),
        StatementPart("Not applicable", list(_not_applicable(view))),
        StatementPart("Who is in it", list(_partners(view))),
        StatementPart("Red", list(_red(view))),
        StatementPart("Gaps", [headlines(merged)[3]]),
        StatementPart("Actions", list(_actions(view, signed_on or merged.as_at))),
        StatementPart("Accepted", list(_accepted(all_conditions))),
        StatementPart("Part of this record", list(_record(view))),
        StatementPart(
            "What it means",
            [
                "This says how good our evidence is. It does not confirm what partners wrote, and is not CQC's rating.",
                "Whether a copy is what was signed, anybody can see with the sign-off code from the minutes: "
                "icsassess verify.",
            ],
        ),
    ]
    return [part for part in parts if part.sentences]


def _assessment(view: View, signed_on: datetime.date | None) -> Iterator[str]:
    merged, locality = view.merged, view.merged.locality
    begins = "I sign" if signed_on else "What will be signed is"
    yield (
        f"{begins} {locality.name}'s self-assessment against {locality.framework.title}, as at "
        f"{day_in_words(merged.as_at)}: the ratings, gaps and actions on all its sheets."
    )
    if signed_on is None:
        return
    if signed_on != merged.as_at:
        yield between_the_days(view, signed_on)
    deadline, days = locality.settings.deadline, (locality.settings.deadline - signed_on).days
    ahead = f"is {count(days, 'day')} after the day of signing" if days else "is the day of signing"
    passed = f"passed {count(-days, 'day')} before the day of signing"
    yield f"The deadline, {day_in_words(deadline)}, {ahead if days >= 0 else passed}."


def between_the_days(view: View, signed_on: datetime.date) -> str:
    """Say what fell due between the as-at date and the day of signing; only what did not change since is signed."""
    merged = view.merged
    before, after = (
        {condition.code: condition.count for condition in conditions(merged, on=day)}
        for day in (merged.as_at, signed_on)
    )
    more = {code: after[code] - before[code] for code in before}
    due, old, weak = more["actions-overdue"], more["evidence-too-old"], more["green-on-weak-evidence"]
    greens = count(weak, "Green of a single partner", "Greens of single partners")
    events = [f"{count(due, 'action')} fell due" if due else "no action fell due"]
    events += [f"the evidence of {count(old, 'line')} grew too old"] if old else []
    events += [f"the evidence behind {greens} grew too old"] if weak > 0 else []
    events += ["the deadline passed"] if more["deadline-passed"] else []
    return (
        f"It is as at {day_in_words(merged.as_at)} and signed on {day_in_words(signed_on)}; between the two nothing "
        f"came, {listing(['nothing was changed', *events])}."
    )


def _not_applicable(view: View) -> Iterator[str]:
    names = {partner.code: partner.name for partner in view.partners}
    reasons: dict[str, list[str]] = defaultdict(list)
    for entry in view.merged.entries:
        if entry.rating == rag.NOT_APPLICABLE and entry.reason:
            reasons[entry.ref].append(f"{names.get(entry.partner, entry.partner)}: {entry.reason.rstrip('.')}")
    for line in view.lines:
        if line.rating != rag.NOT_APPLICABLE:
            continue
        because = line.agreed_reason if line.agreed else "; ".join(reasons[line.line.ref])
        whose = ", agreed by the group" if line.agreed else ""
        yield f"{line.line.with_ref}{whose}: {because.rstrip('.') or 'no reason is given'}."


def _partners(view: View) -> Iterator[str]:
    names = {
        state: list(dict.fromkeys(row.name or row.file for row in view.merged.returns if row.state == state))
        for state in (RECEIVED, OUTSTANDING, REFUSED)
    }
    received = names[RECEIVED]
    refused = [name for name in names[REFUSED] if name not in received]
    out_of = len({*received, *names[OUTSTANDING], *refused})
    answered = f": {listing(received, most=_ALL)}" if received else ""
    yield f"{len(received)} of {count(out_of, 'partner')} {'has' if len(received) == 1 else 'have'} answered{answered}."
    for absent, why in ((names[OUTSTANDING], "not answered"), (refused, "sent what could not be used")):
        if absent:
            yield f"Not in it: {listing(absent, most=_ALL)}, which {'has' if len(absent) == 1 else 'have'} {why}."
    silent = [partner.name for partner in view.partners if not partner.expected and partner.name not in received]
    if silent:
        yield f"Nothing was expected of {listing(silent, most=_ALL)}."


def red_share(line: ShownLine) -> tuple[int, int]:
    """Give how many partners rate a line Red, and how many rate it Red, Amber or Green."""
    rated = [word for word in line.partners.values() if word in rag.vocabulary().ordered]
    return rated.count(rag.RED), len(rated)


def _red(view: View) -> Iterator[str]:
    """Name the Red lines, those first that the largest share of partners rate Red."""
    lines = [(line, *red_share(line)) for line in view.lines if line.rating == rag.RED]
    for line, red, rated in sorted(lines, key=lambda each: -each[1] / max(each[2], 1)):
        agreed = "; the group agreed it" if line.agreed else ""
        yield f"{line.line.with_ref}: {red} of {count(rated, 'partner')}{agreed}."


def _actions(view: View, on: datetime.date) -> Iterator[str]:
    counts = plan_counts(view.merged, on)
    faults = [
        f"{len(actions)} {words}"
        for actions, words in (
            (counts.overdue, "late"),
            (counts.without_owner, "without an owner"),
            (counts.without_due_date, "without a due date"),
            (counts.not_evidenced, "called delivered with nothing to show for it"),
        )
        if actions
    ]
    yield f"{count(len(counts.actions), 'action')}{': ' if faults else ''}{listing(faults)}."
    for action in counts.overdue:
        place, what = place_in_words(action, view.merged), action.action.rstrip(".")
        yield f"Late: {place}: {what}; {action.owner or 'no owner'}, due {day_in_words(action.due)}."


def _accepted(all_conditions: Sequence[Condition]) -> Iterator[str]:
    accepted = [(one, one.accepted) for one in all_conditions if one.accepted is not None]
    if accepted:
        yield f"I accept {count(len(accepted), 'condition')}; all that it is about is listed below."
    for number, (one, acceptance) in enumerate(accepted, 1):
        yield f"{number}. {one.kind.title} ({one.count:,}): {acceptance.in_words}"


def _record(view: View) -> Iterator[str]:
    carried = view.merged.carried
    parts = [f"{count(len(carried.notes), 'note')} of the group"] if carried.notes else []
    if carried.kept:
        parts.append(f"{count(len(carried.kept), 'row')} on the sheet Kept from before, of what lost its place")
    if titles := [sheet.title for sheet in carried.own_sheets]:
        parts.append(f"the group's own {count(len(titles), 'sheet').split()[1]} {listing(titles, most=_ALL)}")
    if columns := sum(len(of_sheet) for of_sheet in carried.own_columns.values()):
        parts.append(f"{count(columns, 'column')} of the group's own")
    if parts:
        yield f"{listing(parts)[:1].upper()}{listing(parts)[1:]}."
