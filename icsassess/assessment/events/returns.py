"""Events of returns: a return that comes is one event, with what it brought."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.events.arrivals import brought_by
from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.model import PARTNER_CHANGED, RETURN_CAME, RETURN_GONE, SETTINGS_CHANGED, Event
from icsassess.assessment.events.snapshot import PastReturn, Snapshot
from icsassess.assessment.history.point_progress import sentence as points_in_words
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
        entries = f": {each.file}, {count(each.entries, 'entry', 'entries')}" if each.file else ""
        if earlier is None:
            brought = brought_by(comparison, partner) if partner in comparison.came else ""
            sentence = f"{partner} has returned{entries}{brought}."
            yield Event("return received", RETURN_CAME, sentence, None, partner, None, each.file, file=each.file)
        else:
            gone.remove(earlier)
            sentence = f"{partner} has sent a new return{entries}."
            yield Event(
                "return replaced", PARTNER_CHANGED, sentence, None, partner, earlier.file, each.file, file=each.file
            )
    for each in gone:
        sentence = f"The return of {partner}{', ' + each.file + ',' if each.file else ''} is not there any more."
        yield Event("return gone", RETURN_GONE, sentence, None, partner, each.file, None, file=each.file)


def _points(comparison: Comparison) -> Iterator[Event]:
    known = {(each.partner, each.sha256) for each in comparison.old.returns}
    for each in comparison.new.returns:
        if each.points_since and (each.partner, each.sha256) not in known:
            since = each.points_since
            before, current = since["resolved"] + since["still_there"], since["still_there"] + since["new"]
            words = points_in_words(since)
            sentence = f"{each.partner}: {words[:1].lower()}{words[1:]}"
            yield Event(
                "points", PARTNER_CHANGED, sentence, None, each.partner, str(before), str(current), file=each.file
            )


def _settings(comparison: Comparison) -> Iterator[Event]:
    """Give the partners and lines that were added to the settings and the framework, or taken out."""
    before, current = comparison.old.partners(), comparison.new.partners()
    for partner in current:
        if partner not in before:
            sentence = f"{partner} is now a partner."
            yield Event("partner added", SETTINGS_CHANGED, sentence, None, partner, None, partner)
    for partner in before:
        if partner not in current:
            sentence = f"{partner} is no partner any more."
            yield Event("partner removed", SETTINGS_CHANGED, sentence, None, partner, partner)
    for ref, line in comparison.new.lines.items():
        if ref not in comparison.old.lines:
            sentence = f"{line.title} is now a line of the framework."
            yield Event("line added", SETTINGS_CHANGED, sentence, ref, None, None, ref)
    for ref, line in comparison.old.lines.items():
        if ref not in comparison.new.lines:
            yield Event(
                "line removed", SETTINGS_CHANGED, f"{line.title} is not in the framework any more.", ref, None, ref
            )
