"""Reminders: a draft for each return that is outstanding, could not be used, or has something still open.

Nothing is ever sent. Addresses, who sends and the greeting are the locality's settings, the rest of the words stands in
``templates/reminders.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Severity
from icsassess.locality.locality import Partner, file_name
from icsassess.reports.agenda.open_points import list_points
from icsassess.returns.feedback.recipient import WITHOUT_A_RECIPIENT
from icsassess.support.data_files import shipped_toml
from icsassess.support.text import clip, count
from icsassess.tables.records import ReturnRow


@dataclass(frozen=True, slots=True)
class MarkedReturn:
    """What goes back to a partner: the file, and why it is a list alone, ``""`` where it is the marked workbook."""

    path: Path
    why_no_copy: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A draft: what it is called, whom it is for, its subject, its text, and the workbook to attach, if any."""

    name: str
    partner: Partner
    subject: str
    text: str
    attachment: Path | None


def reminders(merged: Merged, copies: Mapping[str, MarkedReturn]) -> list[Reminder]:
    """Give a draft for every return that is outstanding or refused, or has something to put right.

    ``copies`` are what goes back, by the return's file. Only what is still open is mentioned: nothing that the partner
    has answered, and nothing of a file in whose place another one counts. Each of several organisations that answer for
    a partner has a draft of its own. Nobody hears of a return of which it is not settled whose it is, and who may have
    sent it is not told that nothing came.
    """
    return [draft for partner in merged.locality.partners for draft in _for_partner(merged, partner, copies)]


def files_handed_back(merged: Merged) -> frozenset[str]:
    """Give the files whose marked copies may go to their partners: not those that do not count, or may be another's."""
    unsettled = {problem.file for problem in merged.problems if problem.code in WITHOUT_A_RECIPIENT}
    return frozenset(
        row.file for row in merged.returns if row.state in (RECEIVED, REFUSED) and row.file not in unsettled
    )


def _for_partner(merged: Merged, partner: Partner, copies: Mapping[str, MarkedReturn]) -> Iterator[Reminder]:
    rows = [row for row in merged.returns if row.partner == partner.code]
    handed_back = files_handed_back(merged)
    received = [row for row in rows if row.state == RECEIVED]
    refused = [row for row in rows if row.state == REFUSED and row.file in handed_back]
    if received:
        for row in received:
            if row.file in handed_back and (points := _open_points(merged, row)):
                name = partner.code if len(received) == 1 else f"{partner.code} - {_stem(row)}"
                if row.organisation:
                    name = f"{partner.code} - {file_name(row.organisation)}"
                yield _put_right(merged, partner, name, points, copies.get(row.file))
    elif refused:
        for row in refused:
            name = partner.code if len(refused) == 1 else f"{partner.code} - {_stem(row)}"
            yield _could_not_be_used(merged, partner, name, row, copies.get(row.file))
    elif any(row.state == OUTSTANDING for row in rows) and not _may_have_answered(merged, partner):
        yield _outstanding(merged, partner)


def _may_have_answered(merged: Merged, partner: Partner) -> bool:
    """Tell whether a return of which it is not settled whose it is may be this partner's."""
    return any(partner.code in codes for codes in merged.asked_whose.values())


def _stem(row: ReturnRow) -> str:
    return file_name(personal_data.mask(Path(row.file).stem))


def _open_points(merged: Merged, row: ReturnRow) -> list[Problem]:
    return [
        point
        for point in merged.counted_problems
        if point.file == row.file and point.partner == row.partner and point.severity is not Severity.NOTE
    ]


def _say(part: str, name: str, **words: object) -> str:
    return str(shipped_toml("reminders.toml")[part][name]).format(**words)


def _put_right(
    merged: Merged, partner: Partner, name: str, points: list[Problem], copy: MarkedReturn | None
) -> Reminder:
    number = count(len(points), "point")
    words = {
        "locality": merged.locality.name,
        "points": number,
        "deadline": day_in_words(merged.locality.settings.deadline),
    }
    text = _mail(merged, partner, _say("opening", "received", **words), *_listed(points, copy))
    return Reminder(name, partner, _say("subject", "received", **words), text, copy.path if copy else None)


def _could_not_be_used(
    merged: Merged, partner: Partner, name: str, row: ReturnRow, copy: MarkedReturn | None
) -> Reminder:
    words = {"locality": merged.locality.name, "file": clip(personal_data.mask(Path(row.file).name))}
    opening = _say("opening", "refused", **words)
    paragraphs = [f"- {text}" for text in list_points(_open_points(merged, row)).paragraphs]
    text = _mail(merged, partner, opening, *paragraphs)
    return Reminder(name, partner, _say("subject", "refused", **words), text, copy.path if copy else None)


def _outstanding(merged: Merged, partner: Partner) -> Reminder:
    locality = merged.locality
    lines = locality.lines_of(partner)
    statements = dict.fromkeys(line.statement.title for line in lines)
    words = {
        "locality": locality.name,
        "framework": locality.framework.title,
        "lines": count(len(lines), "line"),
        "statements": count(len(statements), "quality statement"),
    }
    blanks = sorted((locality.folder / "issued").glob(f"* - {partner.code} - *.xlsx"))
    paragraphs = [
        _say("opening", "outstanding", **words),
        _say("attached", "blank" if blanks else "no_blank"),
        _say("attached", "outstanding"),
    ]
    text = _mail(merged, partner, *paragraphs)
    return Reminder(partner.code, partner, _say("subject", "outstanding", **words), text, next(iter(blanks), None))


def _listed(points: list[Problem], copy: MarkedReturn | None) -> Iterator[str]:
    """Give the points and what to do with the attachment, paragraph by paragraph."""
    listed = list_points(points)
    kind = "nothing" if copy is None else "list" if copy.why_no_copy else "copy"
    yield from (f"- {text}" for text in listed.paragraphs)
    if listed.more:
        yield f"- {_say('more', kind, more=listed.more)}"
    yield _say("attached", kind, why=copy.why_no_copy if copy else "")
    yield personal_data.CANNOT_SEE


def _mail(merged: Merged, partner: Partner, *paragraphs: str) -> str:
    """Give the whole text: greeting, paragraphs, the deadline, and who sends it."""
    settings = merged.locality.settings
    sender = settings.sender
    greeting = sender.greeting.replace("{partner}", partner.name)
    signed = [line for line in (sender.name, sender.role, sender.email) if line]
    signed = signed or [_say("closing", "unsigned", locality=merged.locality.name)]
    return "\n\n".join([greeting, *paragraphs, _deadline(merged), "\n".join([sender.closing, *signed])]) + "\n"


def _deadline(merged: Merged) -> str:
    days = merged.days_to_deadline
    words = {
        "deadline": day_in_words(merged.locality.settings.deadline),
        "today": day_in_words(merged.as_at),
        "days": count(abs(days), "day"),
    }
    return _say("closing", "ahead" if days > 0 else "past" if days < 0 else "today", **words)
