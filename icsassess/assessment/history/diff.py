"""Two records of the history compared: what moved, as data and in sentences."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from icsassess.assessment.gaps.plans import CLOSED, DELIVERED, OVERDUE
from icsassess.assessment.history.model import KINDS, Change
from icsassess.assessment.history.point_progress import sentence
from icsassess.assessment.merging.effective_return import RECEIVED, REFUSED
from icsassess.domain import rag
from icsassess.support.text import clip, count


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Compare two records of the history and give what moved, in the order of ``KINDS``, then of the framework."""
    found = [*_ratings(old, new), *_partners(old, new), *_gaps(old, new), *_returns(old, new), *_settings(old, new)]
    return sorted(found, key=lambda change: KINDS.index(change.kind))


def _by(items: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {item[key]: item for item in items}


def _direction(was: str | None, is_now: str | None) -> str:
    """Tell ``rose``, ``fell``, ``rated`` (from none), ``gone`` (to none) or ``changed``."""
    order = rag.vocabulary().ordered
    if was in order and is_now in order:
        return "rose" if order.index(is_now or "") > order.index(was or "") else "fell"
    unrated = (None, rag.NOT_ASSESSED, rag.NO_RETURN)
    if was in unrated and is_now not in unrated:
        return "rated"
    return "gone" if is_now in unrated and was not in unrated else "changed"


def _name(rating: str | None) -> str:
    return rating or rag.vocabulary().absent.blank.lower()


def _ratings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = _by(old["lines"], "ref")
    for line in new["lines"]:
        then = before.get(line["ref"])
        if then is None:
            continue
        if then["rating"] != line["rating"]:
            direction = _direction(then["rating"], line["rating"])
            kind = {"rose": "rating rose", "fell": "rating fell", "gone": "rating gone"}.get(direction, "rated")
            why = _why(then, line)
            moved = f"{line['ref']} {_verb(direction)} from {_name(then['rating'])} to {_name(line['rating'])}{why}."
            yield Change(kind, line["ref"], None, then["rating"], line["rating"], moved)
        if then["agreed"] != line["agreed"]:
            if line["agreed"]:
                said = f"{line['ref']}: the group agreed {line['agreed']}."
                yield Change("agreed", line["ref"], None, then["agreed"], line["agreed"], said)
            else:
                said = f"{line['ref']}: the group took back its agreed rating, {then['agreed']}."
                yield Change("agreement taken back", line["ref"], None, then["agreed"], None, said)
        if line["changed_since_agreed"] and not then["changed_since_agreed"]:
            said = f"{line['ref']}: what partners say has changed since the group agreed {line['agreed']}."
            yield Change("changed since agreed", line["ref"], None, None, line["agreed"], said)


def _verb(direction: str) -> str:
    return {"rose": "rose", "fell": "fell"}.get(direction, "went")


def _why(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say by whom a line's rating moved: the group, or the partners whose own ratings moved."""
    if then["agreed"] != now["agreed"]:
        return ": the group agreed it" if now["agreed"] else ": the group took its agreed rating back"
    counted = set(rag.vocabulary().ordered)
    moved = [
        f"{partner} {_name(then['ratings'].get(partner))} → {_name(rating)}"
        for partner, rating in now["ratings"].items()
        if partner in then["ratings"]
        and then["ratings"][partner] != rating
        and {rating, then["ratings"][partner]} & counted
    ]
    return f" ({', '.join(moved)})" if moved else ""


def _partners(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = _by(old["lines"], "ref")
    for line in new["lines"]:
        then = before.get(line["ref"], {"ratings": {}})["ratings"]
        for partner, rating in line["ratings"].items():
            # A whole return that came or went is told once, not for each of its lines.
            if partner not in then or then[partner] == rating or rag.NO_RETURN in (then[partner], rating):
                continue
            direction = _direction(then[partner], rating)
            kind = {"rose": "partner rose", "fell": "partner fell", "rated": "partner rated"}.get(
                direction, "partner changed"
            )
            said = f"{line['ref']}: {partner} went from {_name(then[partner])} to {_name(rating)}."
            yield Change(kind, line["ref"], partner, then[partner], rating, said)


def _gaps(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, now = _by(old["gaps"], "id"), _by(new["gaps"], "id")
    for name, gap in now.items():
        if name not in before:
            reasons = ", ".join(gap["reasons"])
            yield Change("gap opened", gap["ref"], None, None, reasons, f"{gap['ref']} became a gap: {reasons}.")
        yield from _action(before.get(name), gap)
    for name, gap in before.items():
        if name not in now:
            reasons = ", ".join(gap["reasons"])
            yield Change(
                "gap closed", gap["ref"], None, reasons, None, f"{gap['ref']} is no gap any more (was: {reasons})."
            )


def _action(then: Mapping[str, Any] | None, gap: Mapping[str, Any]) -> Iterator[Change]:
    ref = gap["ref"]
    was = then or {"action": None, "owner": None, "due": None, "status": None, "plan": None}
    if gap["action"] and not was["action"]:
        said = f"{ref}: an action was added: {clip(gap['action'], 120)}"
        yield Change("action added", ref, None, None, gap["action"], said)
    elif gap["action"] and gap["action"] != was["action"]:
        said = f"{ref}: the action is now: {clip(gap['action'], 120)}"
        yield Change("action changed", ref, None, was["action"], gap["action"], said)
    elif was["action"] and not gap["action"]:
        said = f"{ref}: the action was taken out: {clip(was['action'], 120)}"
        yield Change("action removed", ref, None, was["action"], None, said)
    if then is not None and was["action"] and gap["action"]:
        yield from _who_and_when(ref, was, gap)
    if gap["status"] == DELIVERED and was["status"] != DELIVERED:
        yield Change("action delivered", ref, None, was["status"], DELIVERED, f"{ref}: the action was delivered.")
    if gap["plan"] == CLOSED and was["plan"] != CLOSED:
        said = f"{ref}: the action is delivered and evidenced: its plan is closed."
        yield Change("action closed", ref, None, was["plan"], CLOSED, said)
    if gap["plan"] == OVERDUE and was["plan"] != OVERDUE:
        said = f"{ref}: the action is overdue since {_day(gap['due'])}."
        yield Change("newly overdue", ref, None, was["plan"], OVERDUE, said)


def _who_and_when(ref: str, was: Mapping[str, Any], gap: Mapping[str, Any]) -> Iterator[Change]:
    """Give the changes of an action's owner and due date."""
    if gap["owner"] != was["owner"]:
        said = f"{ref}: the owner is now {gap['owner'] or 'nobody'}, before {was['owner'] or 'nobody'}."
        yield Change("owner changed", ref, None, was["owner"], gap["owner"], said)
    if gap["due"] != was["due"]:
        said = f"{ref}: the due date moved from {_day(was['due'])} to {_day(gap['due'])}."
        if not was["due"]:
            said = f"{ref}: the action is now due on {_day(gap['due'])}."
        elif not gap["due"]:
            said = f"{ref}: the action has no due date any more; it was {_day(was['due'])}."
        yield Change("action moved", ref, None, was["due"], gap["due"], said)


def _day(iso: str | None) -> str:
    return "" if iso is None else f"{datetime.date.fromisoformat(iso):%d/%m/%Y}"


def _returns(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, now = (_received(record) for record in (old, new))
    for partner in dict.fromkeys([*now, *before]):
        yield from _returns_of(partner, before[partner], now[partner])
    refused = {found["sha256"] for found in old["read"]["returns"] if found["state"] == REFUSED}
    for found in new["read"]["returns"]:
        if found["state"] == REFUSED and found["sha256"] not in refused:
            said = f"{found['partner'] or 'Somebody'} has sent {found['file']}, which could not be used."
            yield Change("return refused", None, found["partner"], None, found["file"], said)
    told = {(found["partner"], found["sha256"]) for found in old["read"]["returns"]}
    for found in new["read"]["returns"]:
        if found.get("since") and (found["partner"], found["sha256"]) not in told:
            since = found["since"]
            said = f"{found['partner']}: {sentence(since)}"
            was, is_now = since["resolved"] + since["still_there"], since["still_there"] + since["new"]
            yield Change("points", None, found["partner"], str(was), str(is_now), said)


def _received(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Give the returns that count, by partner: several where several organisations answer for it."""
    by_partner: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for found in record["read"]["returns"]:
        if found["state"] == RECEIVED and found["partner"]:
            by_partner[found["partner"]].append(found)
    return by_partner


def _returns_of(partner: str, before: list[Mapping[str, Any]], now: list[Mapping[str, Any]]) -> Iterator[Change]:
    """Give what came and went for one partner: a return takes the place of the one of its name, or of the only one."""
    same = {found["sha256"] for found in before} & {found["sha256"] for found in now}
    gone = [found for found in before if found["sha256"] not in same]
    came = [found for found in now if found["sha256"] not in same]
    for found in came:
        then = next((one for one in gone if one["file"] == found["file"]), None)
        if then is None and len(gone) == len(came) == 1:
            then = gone[0]
        entries = count(found["entries"], "entry", "entries")
        if then is None:
            said = f"{partner} has returned: {found['file']}, {entries}."
            yield Change("return received", None, partner, None, found["file"], said)
        else:
            gone.remove(then)
            said = f"{partner} has sent a new return: {found['file']}, {entries}."
            yield Change("return replaced", None, partner, then["file"], found["file"], said)
    for then in gone:
        said = f"The return of {partner}, {then['file']}, is not there any more."
        yield Change("return gone", None, partner, then["file"], None, said)


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Give the partners and lines that were added to the settings and the framework, or taken out."""
    then, now = ({found["partner"]: None for found in record["read"]["returns"] if found["partner"]}
                 for record in (old, new))  # fmt: skip
    then |= {partner: None for line in old["lines"] for partner in line["ratings"]}
    now |= {partner: None for line in new["lines"] for partner in line["ratings"]}
    for partner in now:
        if partner not in then:
            yield Change("partner added", None, partner, None, partner, f"{partner} is a partner now.")
    for partner in then:
        if partner not in now:
            yield Change("partner removed", None, partner, partner, None, f"{partner} is no partner any more.")
    before, after = _by(old["lines"], "ref"), _by(new["lines"], "ref")
    for ref in after:
        if ref not in before:
            yield Change("line added", ref, None, None, ref, f"{ref} is a line of the framework now.")
    for ref in before:
        if ref not in after:
            yield Change("line removed", ref, None, ref, None, f"{ref} is not in the framework any more.")
