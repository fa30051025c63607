"""Reminder drafts for the partners: e-mails that open in any mail program, with what is outstanding or to be put right.

Nothing is ever sent, and nobody's address is known: the quality lead adds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Severity, by_kind, place_in_short, title
from icsassess.locality.locality import Partner
from icsassess.returns.marks.wording import finding, to_do, where
from icsassess.support.text import count, listing

_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A draft for one partner: its subject, its text, and the workbook to attach (None where there is none)."""

    partner: Partner
    subject: str
    text: str
    attachment: Path | None


def reminders(merged: Merged, copies: Mapping[str, Path]) -> list[Reminder]:
    """Give a draft for every partner whose return is outstanding or refused, or has something to put right.

    ``copies`` are the marked copies to attach, by the return's file.
    """
    drafts = []
    for partner in merged.locality.partners:
        states = {row.state: row for row in merged.returns if row.partner == partner.code}
        problems = [
            problem
            for problem in merged.counted_problems
            if problem.partner == partner.code and problem.severity is not Severity.NOTE
        ]
        if RECEIVED in states and problems:
            drafts.append(_put_right(merged, partner, problems, copies.get(states[RECEIVED].file)))
        elif REFUSED in states:
            drafts.append(_refused(merged, partner, problems, states[REFUSED].file, copies))
        elif OUTSTANDING in states:
            drafts.append(_outstanding(merged, partner))
    return drafts


def _opening(merged: Merged) -> str:
    days = merged.days_to_deadline
    when = f"{count(days, 'day')} from now" if days >= 0 else f"{count(-days, 'day')} ago"
    return (
        f"{merged.locality.name} assesses itself against {merged.locality.framework.title}. The deadline is "
        f"{day_in_words(merged.locality.settings.deadline)}, {when} as at {day_in_words(merged.as_at)}.\n"
    )


def _outstanding(merged: Merged, partner: Partner) -> Reminder:
    lines = merged.locality.lines_of(partner)
    statements = dict.fromkeys(line.statement.title for line in lines)
    asked = "\n".join(f"- {statement}" for statement in statements)
    text = (
        f"To {partner.name}\n\n{_opening(merged)}\nYour return has not reached us yet. It asks for "
        f"{count(len(lines), 'line')} on {count(len(statements), 'quality statement')}:\n{asked}\n\n"
        "The workbook is attached once more. A return with some lines marked Not assessed helps more than none.\n"
    )
    blanks = (merged.locality.folder / "issued").glob(f"* - {partner.code} - *.xlsx")
    return Reminder(
        partner, f"{merged.locality.name} self-assessment: your return", text, next(iter(sorted(blanks)), None)
    )


def _put_right(merged: Merged, partner: Partner, problems: list[Problem], copy: Path | None) -> Reminder:
    text = (
        f"To {partner.name}\n\n{_opening(merged)}\nThank you for your return. "
        f"{count(len(problems), 'point')} should be put right or confirmed:\n\n{_points(problems)}\n"
        f"{'They are marked in your own workbook, which is attached. ' if copy else ''}Please correct it and send it "
        "back.\n\n"
        f"{personal_data.CANNOT_SEE}\n"
    )
    subject = f"{merged.locality.name} self-assessment: {count(len(problems), 'point')} on your return"
    return Reminder(partner, subject, text, copy)


def _refused(
    merged: Merged, partner: Partner, problems: list[Problem], file: str, copies: Mapping[str, Path]
) -> Reminder:
    text = (
        f"To {partner.name}\n\n{_opening(merged)}\nThank you for sending {Path(file).name}. We could not use it:\n\n"
        f"{_points(problems)}"
    )
    subject = f"{merged.locality.name} self-assessment: your return could not be used"
    return Reminder(partner, subject, text, copies.get(file))


def _points(problems: list[Problem]) -> str:
    """List points by kind: a single one in full, several with their places and what to do."""
    entries = []
    for code, alike in by_kind(problems).items():
        if len(alike) == 1:
            place = f"{where(alike[0])}: " if alike[0].cell else ""
            entries.append(f"- {place}{finding(alike[0])} {to_do(alike[0])}\n")
            continue
        by_what_to_do: dict[str, list[Problem]] = {}
        for problem in alike:
            by_what_to_do.setdefault(to_do(problem), []).append(problem)
        for do, same in by_what_to_do.items():
            named = listing(list(dict.fromkeys(place for place in map(place_in_short, same) if place)), most=200)
            entries.append(f"- {title(code)} ({len(same)}): {named}. {do}\n")
    return "\n".join(entries)


def as_email(reminder: Reminder, marking: str) -> bytes:
    """Give a draft as the bytes of an ``.eml`` file; opened in a mail program it is ready to be addressed and sent."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"{marking}: {reminder.subject}"
    message["X-Unsent"] = "1"  # opens as a draft, not as a message that was received
    message.set_content(reminder.text)
    if reminder.attachment is not None:
        maintype, subtype = _WORKBOOK
        data = reminder.attachment.read_bytes()
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=reminder.attachment.name)
        # A boundary of its own, so that the same draft has the same bytes.
        message.set_boundary(f"=_{reminder.partner.code}_icsassess_=")
    return message.as_bytes()
