"""Since when a flash report tells what moved: the last one, else about two months ago, else the first merge."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.events.snapshot import current_actions, snapshot_of
from icsassess.assessment.history.record import Record, merge_key
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.reports.output_folder import FOLDER
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.wording import Wording
from icsassess.support.text import listing
from icsassess.view.findings.names import number_in_words
from icsassess.view.findings.sentence import Sentence, Source
from icsassess.workbook.signing.latest_merge import NewestMerge

_MONTHS = 2
_ABOUT = datetime.timedelta(days=21)


@dataclass(frozen=True, slots=True)
class ComparedMerge:
    """The merge to compare with (None at the first), and the name of the sentence that says why it is this one."""

    record: Record | None
    why: str


def compared_merge(latest: NewestMerge) -> ComparedMerge:
    """Give the merge that a flash report compares with."""
    if not latest.earlier:
        return ComparedMerge(None, "since.first")
    if reported := _last_reported(latest):
        return ComparedMerge(reported, "since.flash")
    wanted = oldest_allowed(latest.merged.as_at, _MONTHS)
    nearest = min(latest.earlier, key=lambda record: abs(record.as_at - wanted))
    if abs(nearest.as_at - wanted) <= _ABOUT:
        return ComparedMerge(nearest, "since.merge")
    return ComparedMerge(latest.earlier[0], "since.merge")


def since_last(account: Account, flash: Wording, compared: ComparedMerge) -> Iterator[Sentence]:
    """Say what the report compares with, and how the counts were then; where others had reported, that they cannot be.

    How many actions were late is left out of a merge of version 1, which does not know it.
    """
    record = compared.record
    if record is None:
        yield Sentence(flash.say(compared.why))
        return
    day, cells = day_in_words(record.as_at), (Source(f"history/{record.path.name}", "", "", ""),)
    yield Sentence(flash.say(compared.why, day=day), cells)
    before, current = (snapshot_of(one.content).heard() for one in (record, account.latest.record))
    if len(before) != len(current):
        partners = flash.say("since.partner", len(before))
        text = flash.say("since.more", before=partners, current=number_in_words(len(current)), day=day)
        yield Sentence(text, cells)
    elif before != current:
        yield Sentence(flash.say("since.others", day=day), cells)
    else:
        counted = Counter(str(line["rating"]) for line in record.content["lines"])
        words = {word.lower(): number_in_words(counted[word]) for word in rag.vocabulary().ordered}
        parts = [flash.say("since.counted", **words)]
        if (actions := current_actions(record.content)) is not None:
            parts.append(flash.say("since.late", [action["state"] for action in actions].count(OVERDUE)))
        yield Sentence(flash.say("since.then", counts=listing(parts)), cells)


def _last_reported(latest: NewestMerge) -> Record | None:
    """Give the newest earlier merge whose flash report lies in the folder, whatever was added to its name."""
    name = str(Wording("flash").value("name"))
    papers = (latest.merged.locality.folder / FOLDER).glob("*.docx")
    reported = {merge_key(path.stem) for path in papers if name in path.stem.casefold()}
    return next((record for record in reversed(latest.earlier) if merge_key(record.name) in reported), None)
