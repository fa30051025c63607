"""What moved between two merges: ratings and by whom, gaps, actions, returns; as data and in sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from icsassess import rag
from icsassess.assessment.history import Record, records
from icsassess.assessment.plans import DELIVERED, OVERDUE
from icsassess.assessment.versions import RECEIVED
from icsassess.locality import Locality
from icsassess.problems import Refusal, point
from icsassess.text import clip, count, listing

# The kinds of change, in the order in which a meeting looks at them.
KINDS = (
    "rating fell",
    "rating rose",
    "rated",
    "rating gone",
    "agreed",
    "agreement taken back",
    "partner fell",
    "partner rose",
    "partner rated",
    "partner changed",
    "gap opened",
    "gap closed",
    "newly overdue",
    "action added",
    "action changed",
    "action moved",
    "action delivered",
    "return received",
    "return replaced",
    "return gone",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved: its kind, the line and partner it is about, what it was and is, and a sentence."""

    kind: str
    ref: str | None
    partner: str | None
    was: str | None
    is_now: str | None
    sentence: str

    def as_json(self) -> dict[str, str | None]:
        """Give the change with the contract's keys."""
        return {
            "kind": self.kind,
            "ref": self.ref,
            "partner": self.partner,
            "was": self.was,
            "is": self.is_now,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Changes:
    """All that moved between two merges; ``since`` is None for the first merge, which has nothing before it."""

    since: str | None
    since_as_at: datetime.date | None
    until: str
    changes: list[Change] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One sentence on what moved."""
        if self.since is None:
            return "This is the first merge: there is nothing to compare it with."
        counts = {kind: sum(change.kind == kind for change in self.changes) for kind in KINDS}
        told = [f"{number} {kind}" for kind, number in counts.items() if number and not kind.startswith("partner")]
        return f"Since {self.since}: " + (", ".join(told) if told else "nothing moved") + "."


def between(old: Record | None, new: Record) -> Changes:
    """Give what moved from one record to another; without an old one, that it is the first."""
    if old is None:
        return Changes(None, None, new.name)
    return Changes(old.name, old.as_at, new.name, compare(old.content, new.content))


def changes_between(locality: Locality, merges: Sequence[str] = ()) -> Changes:
    """Give what moved between two merges named by as-at date or workbook, or between the last two.

    Raises ``Refusal`` where there is no merge yet, or none of that name.
    """
    found, _ = records(locality)
    if not found:
        raise Refusal(point("no-merge-yet", sheet=str(locality.folder)))
    if not merges:
        return between(found[-2] if len(found) > 1 else None, found[-1])
    old, new = (_named(name, found) for name in merges)
    return between(old, new)


def _named(name: str, found: Sequence[Record]) -> Record:
    stem = PurePath(name).stem if name.endswith((".xlsx", ".json")) else PurePath(name).name
    for record in reversed(found):
        if stem == record.name or stem == record.as_at.isoformat():
            return record
    raise Refusal(point("merge-unknown", found=name, permitted=listing([record.name for record in found])))


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Compare two records of the history and give what moved, in the order of ``KINDS``, then of the framework."""
    found = [*_ratings(old, new), *_partners(old, new), *_gaps(old, new), *_returns(old, new)]
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


def _verb(direction: str) -> str:
    return {"rose": "rose", "fell": "fell"}.get(direction, "went")


def _why(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say by whom a line's rating moved: the group, or the partners whose own ratings moved."""
    if then["agreed"] != now["agreed"]:
        return ": the group agreed it" if now["agreed"] else ": the group took its agreed rating back"
    moved = [
        f"{partner} {_name(then['ratings'].get(partner))} → {_name(rating)}"
        for partner, rating in now["ratings"].items()
        if partner in then["ratings"] and then["ratings"][partner] != rating
    ]
    return f" ({', '.join(moved)})" if moved else ""


def _partners(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = _by(old["lines"], "ref")
    for line in new["lines"]:
        then = before.get(line["ref"], {"ratings": {}})["ratings"]
        for partner, rating in line["ratings"].items():
            if partner not in then or then[partner] == rating:
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
    ref, was = gap["ref"], then or {"action": None, "due": None, "status": None, "plan": None}
    if gap["action"] and not was["action"]:
        said = f"{ref}: an action was added: {clip(gap['action'], 120)}"
        yield Change("action added", ref, None, None, gap["action"], said)
    elif gap["action"] and gap["action"] != was["action"]:
        said = f"{ref}: the action is now: {clip(gap['action'], 120)}"
        yield Change("action changed", ref, None, was["action"], gap["action"], said)
    if then is not None and was["due"] and gap["due"] and gap["due"] != was["due"]:
        said = f"{ref}: the due date moved from {_day(was['due'])} to {_day(gap['due'])}."
        yield Change("action moved", ref, None, was["due"], gap["due"], said)
    if gap["status"] == DELIVERED and was["status"] != DELIVERED:
        yield Change("action delivered", ref, None, was["status"], DELIVERED, f"{ref}: the action was delivered.")
    if gap["plan"] == OVERDUE and was["plan"] != OVERDUE:
        said = f"{ref}: the action is overdue since {_day(gap['due'])}."
        yield Change("newly overdue", ref, None, was["plan"], OVERDUE, said)


def _day(iso: str | None) -> str:
    return "" if iso is None else f"{datetime.date.fromisoformat(iso):%d/%m/%Y}"


def _returns(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, now = (
        {
            found["partner"]: found
            for found in record["read"]["returns"]
            if found["state"] == RECEIVED and found["partner"]
        }
        for record in (old, new)
    )
    for partner, found in now.items():
        then = before.get(partner)
        entries = count(found["entries"], "entry", "entries")
        if then is None:
            said = f"{partner} has returned: {found['file']}, {entries}."
            yield Change("return received", None, partner, None, found["file"], said)
        elif then["sha256"] != found["sha256"]:
            said = f"{partner} has sent a new return: {found['file']}, {entries}."
            yield Change("return replaced", None, partner, then["file"], found["file"], said)
    for partner, then in before.items():
        if partner not in now:
            said = f"The return of {partner}, {then['file']}, is not there any more."
            yield Change("return gone", None, partner, then["file"], None, said)
