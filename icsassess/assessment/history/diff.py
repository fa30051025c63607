"""Two records of the history compared: what moved, as data and in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from icsassess.assessment.history.model import KINDS, Change
from icsassess.assessment.history.point_progress import sentence
from icsassess.assessment.merging.effective_return import RECEIVED, REFUSED
from icsassess.domain import rag
from icsassess.support.text import count


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Compare two records of the history and give what moved, in the order of ``KINDS``, then of the framework."""
    changes = [*_ratings(old, new), *_partners(old, new), *_gaps(old, new), *_returns(old, new), *_settings(old, new)]
    return sorted(changes, key=lambda change: KINDS.index(change.kind))


def _by(items: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {item[key]: item for item in items}


def _direction(previous: str | None, current: str | None) -> str:
    """Tell ``rose``, ``fell``, ``rated`` (from none), ``gone`` (to none) or ``changed``."""
    order = rag.vocabulary().ordered
    if previous in order and current in order:
        return "rose" if order.index(current or "") > order.index(previous or "") else "fell"
    unrated = (None, rag.NOT_ASSESSED, rag.NO_RETURN)
    if previous in unrated and current not in unrated:
        return "rated"
    return "gone" if current in unrated and previous not in unrated else "changed"


def _name(rating: str | None) -> str:
    return rating or rag.vocabulary().absent.blank.lower()


def _ratings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = _by(old["lines"], "ref")
    for line in new["lines"]:
        previous = before.get(line["ref"])
        if previous is None:
            continue
        if previous["rating"] != line["rating"]:
            direction = _direction(previous["rating"], line["rating"])
            kind = {"rose": "rating rose", "fell": "rating fell", "gone": "rating gone"}.get(direction, "rated")
            verb = direction if direction in ("rose", "fell") else "went"
            text = f"{line['ref']} {verb} from {_name(previous['rating'])} to {_name(line['rating'])}"
            text = f"{text}{_why(previous, line)}."
            yield Change(kind, line["ref"], None, previous["rating"], line["rating"], text)
        if previous["agreed"] != line["agreed"]:
            if line["agreed"]:
                text = f"{line['ref']}: the group agreed {line['agreed']}."
                yield Change("agreed", line["ref"], None, previous["agreed"], line["agreed"], text)
            else:
                text = f"{line['ref']}: the group took back its agreed rating, {previous['agreed']}."
                yield Change("agreement taken back", line["ref"], None, previous["agreed"], None, text)
        if line["changed_since_agreed"] and not previous["changed_since_agreed"]:
            text = f"{line['ref']}: what partners say has changed since the group agreed {line['agreed']}."
            yield Change("changed since agreed", line["ref"], None, None, line["agreed"], text)


def _why(previous: Mapping[str, Any], current: Mapping[str, Any]) -> str:
    """Say by whom a line's rating moved: the group, or the partners whose own ratings moved."""
    if previous["agreed"] != current["agreed"]:
        return ": the group agreed it" if current["agreed"] else ": the group took its agreed rating back"
    counted = set(rag.vocabulary().ordered)
    movements = [
        f"{partner} {_name(previous['ratings'].get(partner))} → {_name(rating)}"
        for partner, rating in current["ratings"].items()
        if partner in previous["ratings"]
        and previous["ratings"][partner] != rating
        and {rating, previous["ratings"][partner]} & counted
    ]
    return f" ({', '.join(movements)})" if movements else ""


def _partners(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = _by(old["lines"], "ref")
    for line in new["lines"]:
        earlier = before.get(line["ref"], {"ratings": {}})["ratings"]
        for partner, rating in line["ratings"].items():
            # A whole return that came or went is told once, not for each of its lines.
            if partner not in earlier or earlier[partner] == rating or rag.NO_RETURN in (earlier[partner], rating):
                continue
            direction = _direction(earlier[partner], rating)
            kind = f"partner {direction if direction in ('rose', 'fell', 'rated') else 'changed'}"
            text = f"{line['ref']}: {partner} went from {_name(earlier[partner])} to {_name(rating)}."
            yield Change(kind, line["ref"], partner, earlier[partner], rating, text)


def _gaps(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = _by(old["gaps"], "id"), _by(new["gaps"], "id")
    for name, gap in after.items():
        if name not in before:
            reasons = ", ".join(gap["reasons"])
            yield Change("gap opened", gap["ref"], None, None, reasons, f"{gap['ref']} became a gap: {reasons}.")
    for name, gap in before.items():
        if name not in after:
            reasons = ", ".join(gap["reasons"])
            text = f"{gap['ref']} is no gap any more (was: {reasons})."
            yield Change("gap closed", gap["ref"], None, reasons, None, text)


def _returns(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = (_received(record) for record in (old, new))
    for partner in dict.fromkeys([*after, *before]):
        yield from _returns_of(partner, before[partner], after[partner])
    refused = {row["sha256"] for row in old["read"]["returns"] if row["state"] == REFUSED}
    for row in new["read"]["returns"]:
        if row["state"] == REFUSED and row["sha256"] not in refused:
            text = f"{row['partner'] or 'Somebody'} has sent {row['file']}, which could not be used."
            yield Change("return refused", None, row["partner"], None, row["file"], text)
    reported = {(row["partner"], row["sha256"]) for row in old["read"]["returns"]}
    for row in new["read"]["returns"]:
        if row.get("since") and (row["partner"], row["sha256"]) not in reported:
            since = row["since"]
            text = f"{row['partner']}: {sentence(since)}"
            previous, current = since["resolved"] + since["still_there"], since["still_there"] + since["new"]
            yield Change("points", None, row["partner"], str(previous), str(current), text)


def _received(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Give the returns that count, by partner: several where several organisations answer for it."""
    by_partner: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in record["read"]["returns"]:
        if row["state"] == RECEIVED and row["partner"]:
            by_partner[row["partner"]].append(row)
    return by_partner


def _returns_of(partner: str, before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> Iterator[Change]:
    """Give what came and went for one partner: a return takes the place of the one of its name, or of the only one."""
    same = {row["sha256"] for row in before} & {row["sha256"] for row in after}
    gone = [row for row in before if row["sha256"] not in same]
    came = [row for row in after if row["sha256"] not in same]
    for row in came:
        previous = next((one for one in gone if one["file"] == row["file"]), None)
        if previous is None and len(gone) == len(came) == 1:
            previous = gone[0]
        entries = count(row["entries"], "entry", "entries")
        if previous is None:
            text = f"{partner} has returned: {row['file']}, {entries}."
            yield Change("return received", None, partner, None, row["file"], text)
        else:
            gone.remove(previous)
            text = f"{partner} has sent a new return: {row['file']}, {entries}."
            yield Change("return replaced", None, partner, previous["file"], row["file"], text)
    for previous in gone:
        text = f"The return of {partner}, {previous['file']}, is not there any more."
        yield Change("return gone", None, partner, previous["file"], None, text)


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Give the partners and lines that were added to the settings and the framework, or taken out."""
    before, after = _partner_codes(old), _partner_codes(new)
    for partner in _without(after, before):
        yield Change("partner added", None, partner, None, partner, f"{partner} is a partner now.")
    for partner in _without(before, after):
        yield Change("partner removed", None, partner, partner, None, f"{partner} is no partner any more.")
    before, after = ([line["ref"] for line in record["lines"]] for record in (old, new))
    for ref in _without(after, before):
        yield Change("line added", ref, None, None, ref, f"{ref} is a line of the framework now.")
    for ref in _without(before, after):
        yield Change("line removed", ref, None, ref, None, f"{ref} is not in the framework any more.")


def _partner_codes(record: Mapping[str, Any]) -> list[str]:
    """Give the partners that have a return or were asked for a line."""
    of_returns = [row["partner"] for row in record["read"]["returns"] if row["partner"]]
    return list(dict.fromkeys([*of_returns, *(partner for line in record["lines"] for partner in line["ratings"])]))


def _without(names: list[str], others: list[str]) -> list[str]:
    excluded = set(others)
    return [name for name in names if name not in excluded]
