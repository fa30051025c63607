"""What the weekly meeting has to decide, and reminder drafts for the partners."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, begin, stage

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.reports.agenda.agenda import Agenda
    from icsassess.returns.reading.rows.entry import ReadReturn


@dataclass(frozen=True)
class AgendaResult:
    """The agenda, and the merged view it was made from."""

    merged: Merged
    agenda: Agenda
    returns: tuple[ReadReturn, ...] = ()
    """The returns as they were read, to be marked."""

    @property
    def text(self) -> str:
        """The agenda as plain text."""
        return self.in_lines(None)

    def in_lines(self, most: int | None) -> str:
        """Give the agenda as plain text, in short where it would take more lines than that."""
        from icsassess.reports.agenda.agenda import as_text

        return as_text(self.agenda, most_lines=most)


def agenda(folder: Path, as_at: datetime.date | None = None, progress: ShowProgress | None = None) -> AgendaResult:
    """Give what the meeting has to decide, in the order in which it matters. Nothing is written.

    ``as_at`` is the settings' date or today when left out, but never before the newest merge. Raises ``Refusal`` where
    the folder is no locality or the group's workbook can no longer be understood.

    ``agenda(Path("trafford")).text``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress), remember=True) as reading:
        from icsassess.assessment.history.record import records
        from icsassess.reports.agenda.agenda import agenda as agenda_of
        from icsassess.workbook.merging.in_memory import merge_with_changes

        begin("Putting the returns together", progress)
        day = as_at or max([locality.as_at(None), *(record.as_at for record in records(locality)[0])])
        merged = merge_with_changes(locality, day, reading)
    return AgendaResult(merged, agenda_of(merged), tuple(reading.returns))


def write_agenda(result: AgendaResult) -> Path:
    """Write the agenda as a page beside the newest workbook, in place of an earlier one; gives its path.

    Raises ``Refusal`` where it cannot be written.
    """
    from icsassess.reports.agenda.page import as_page
    from icsassess.support.saving import replace_file
    from icsassess.workbook.read_back.find_newest import workbook_name

    locality, as_at = result.merged.locality, result.merged.as_at
    page = locality.make_sub_folder("merged") / f"{Path(workbook_name(locality, as_at)).stem} agenda.html"
    replace_file(page, as_page(result.agenda, locality.settings.marking).encode("utf-8"))
    return page


@dataclass(frozen=True)
class Reminders:
    """The drafts that were written, the marked copies, attached or not, and the partners without an address."""

    drafts: tuple[Path, ...]
    copies: tuple[Path, ...]
    unaddressed: tuple[str, ...]


def write_reminders(result: AgendaResult, progress: ShowProgress | None = None) -> Reminders:
    """Write a reminder draft (.eml) for each return with something outstanding, with the marked copy.

    They go into ``feedback/``; nothing is sent. What another return has taken the place of, and of what it is not
    settled whose it is, is neither marked nor mentioned. Raises ``Refusal`` where a file cannot be written.
    """
    from icsassess.reports.agenda.mail import as_email
    from icsassess.reports.agenda.reminders import MarkedReturn, files_handed_back, reminders
    from icsassess.returns.checking.check import check_all
    from icsassess.returns.feedback.write import write_feedback_with_reasons
    from icsassess.support.saving import replace_file

    merged, locality = result.merged, result.merged.locality
    wanted = files_handed_back(merged)
    begin("Checking", progress)
    checked = check_all(result.returns, locality, merged.as_at).returns
    pairs = [(locality.folder / read.file, read) for read in checked if read.file in wanted]
    written = write_feedback_with_reasons(pairs, locality, stage("Writing marked copies", progress))
    copies = {read.file: MarkedReturn(*back) for (_, read), back in zip(pairs, written, strict=True)}
    folder = locality.make_sub_folder("feedback")
    drafts, unaddressed = [], []
    for reminder in reminders(merged, copies):
        drafts.append(folder / f"{reminder.name} - reminder.eml")
        replace_file(drafts[-1], as_email(reminder, locality, merged.as_at))
        unaddressed += [] if reminder.partner.email else [reminder.partner.code]
    return Reminders(tuple(drafts), tuple(path for path, _ in written), tuple(dict.fromkeys(unaddressed)))
