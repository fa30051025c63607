"""Events of returns: a return that comes is one event, with what it brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from icsassess.assessment.events.comparison import Comparison, combined, direction
from icsassess.assessment.events.model import PARTNER_CHANGED, RETURN_CAME, RETURN_GONE, SETTINGS_CHANGED, Event
from icsassess.assessment.events.snapshot import PastReturn, Snapshot
from icsassess.support.text import count


def return_events(comparison: Comparison) -> Iterator[Event]:
    """Give what became of returns: came, came again, gone, refused; and of the points of those that came again."""
    before, current = _received(comparison.old), _received(comparison.new)
    for partner in dict.fromkeys([*current, *before]):
        yield from _of_partner(comparison, partner, before.get(partner, []), current.get(partner, []))
    refused = {each.sha256 for each in comparison.old.returns if each.state == "refused"}
    for each in comparison.new.returns:
        if each.state == "refused" and each.sha256 not in refused:
            sentence = f"{each.partner or 'Somebody'} has sent {each.file}, which could not be used."
            yield Event("return refused", RETURN_CAME, sentence, None, each.partner, None, each.file, file=each.file)
    yield from _points(comparison)
    yield from _settings(comparison)


def _received(snapshot: Snapshot) -> dict[str, list[PastReturn]]:
    """Give the returns that count, by partner: several where several organisations answer for it."""
    by_partner: dict[str, list[PastReturn]] = {}
    for each in snapshot.returns:
        if each.state == "received" and each.partner:
            by_partner.setdefault(each.partner, []).append(each)
    return by_partner


def _of_partner(
    comparison: Comparison, partner: str, before: list[PastReturn], current: list[PastReturn]
) -> Iterator[Event]:
    """Give what came and went for one partner: a return takes the place of the one of its name, or of the only one."""
    same = {each.sha256 for each in before} & {each.sha256 for each in current}
    gone = [each for each in before if each.sha256 not in same]
    came = [each for each in current if each.sha256 not in same]
    for each in came:
        earlier = next((other for other in gone if other.file == each.file), None)
        if earlier is None and len(gone) == len(came) == 1:
            earlier = gone[0]
        entries = count(each.entries, "entry", "entries")
        if earlier is None:
            brought = _brought(comparison, partner) if partner in comparison.came else ""
            sentence = f"{partner} has returned: {each.file}, {entries}{brought}."
            yield Event("return received", RETURN_CAME, sentence, None, partner, None, each.file, file=each.file)
        else:
            gone.remove(earlier)
            sentence = f"{partner} has sent a new return: {each.file}, {entries}."
            yield Event(
                "return replaced", PARTNER_CHANGED, sentence, None, partner, earlier.file, each.file, file=each.file
            )
    for each in gone:
        sentence = f"The return of {partner}, {each.file}, is not there any more."
        yield Event("return gone", RETURN_GONE, sentence, None, partner, each.file, None, file=each.file)


def _brought(comparison: Comparison, partner: str) -> str:
    """Say what a partner's first return made of the lines, against what the partners heard before make of them now."""
    worse = better = rated = 0
    for line in comparison.new.lines.values():
        if partner not in line.ratings:
            continue
        others = [other for other in line.ratings if other in comparison.heard_twice]
        without = combined(line, others, comparison.new.combine)
        how = direction(without, combined(line, [*others, partner], comparison.new.combine))
        worse += how == "fell"
        better += how == "rose"
        rated += how == "rated"
    parts = [
        f"{count(number, 'line')} {'is' if number == 1 else 'are'} {what}"
        for number, what in (
            (worse, "worse than the others had put them" if worse > 1 else "worse than the others had put it"),
            (better, "better than the others had put them" if better > 1 else "better than the others had put it"),
            (rated, "rated that nobody else had rated"),
        )
        if number
    ]
    actions = sum(action.proposed_by == partner for action in comparison.new.actions.values())
    if actions:
        parts.append(f"{count(actions, 'action')} {'is' if actions == 1 else 'are'} proposed")
    return "; with it " + ", ".join(parts) if parts else ""


def _points(comparison: Comparison) -> Iterator[Event]:
    known = {(each.partner, each.sha256) for each in comparison.old.returns}
    for each in comparison.new.returns:
        if each.points_since and (each.partner, each.sha256) not in known:
            since = each.points_since
            before, current = since["resolved"] + since["still_there"], since["still_there"] + since["new"]
            sentence = f"{each.partner}: {points_in_words(since)}"
            yield Event(
                "points", PARTNER_CHANGED, sentence, None, each.partner, str(before), str(current), file=each.file
            )


def points_in_words(since: Mapping[str, int]) -> str:
    """Say what became of the points of a partner's last return."""
    last = since["resolved"] + since["still_there"]
    if not last:
        return f"The last return had no points; {since['new']} new."
    return (
        f"Of {count(last, 'point')} of the last return: {since['resolved']} resolved, "
        f"{since['still_there']} still there; {since['new']} new."
    )


def _settings(comparison: Comparison) -> Iterator[Event]:
    """Give the partners and lines that were added to the settings and the framework, or taken out."""
    before, current = comparison.old.partners(), comparison.new.partners()
    for partner in current:
        if partner not in before:
            sentence = f"{partner} is a partner now."
            yield Event("partner added", SETTINGS_CHANGED, sentence, None, partner, None, partner)
    for partner in before:
        if partner not in current:
            sentence = f"{partner} is no partner any more."
            yield Event("partner removed", SETTINGS_CHANGED, sentence, None, partner, partner)
    for ref, line in comparison.new.lines.items():
        if ref not in comparison.old.lines:
            sentence = f"{line.title} is a line of the framework now."
            yield Event("line added", SETTINGS_CHANGED, sentence, ref, None, None, ref)
    for ref, line in comparison.old.lines.items():
        if ref not in comparison.new.lines:
            yield Event(
                "line removed", SETTINGS_CHANGED, f"{line.title} is not in the framework any more.", ref, None, ref
            )
