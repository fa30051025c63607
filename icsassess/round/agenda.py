"""What the weekly meeting has to decide, and reminder drafts for the partners."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.reports.agenda.agenda import Agenda


@dataclass(frozen=True)
class AgendaResult:
    """The agenda, and the merged view it was made from."""

    merged: Merged
    agenda: Agenda

    @property
    def text(self) -> str:
        """The agenda as plain text."""
        from icsassess.reports.agenda.agenda import as_text

        return as_text(self.agenda)


def agenda(folder: Path, as_at: datetime.date | None = None, progress: ShowProgress | None = None) -> AgendaResult:
    """Give what the meeting has to decide, in the order in which it matters. Nothing is written.

    ``as_at`` is the settings' date or today when left out, but never before the newest merge. Raises ``Refusal`` where
    the folder is no locality or the group's workbook can no longer be understood.

    ``agenda(Path("trafford")).text``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        from icsassess.assessment.history.record import records
        from icsassess.reports.agenda.agenda import agenda as agenda_of
        from icsassess.workbook.merging.in_memory import merge_with_changes

        day = as_at or max([locality.as_at(None), *(record.as_at for record in records(locality)[0])])
        merged = merge_with_changes(locality, day, reading)
    return AgendaResult(merged, agenda_of(merged))


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


def write_reminders(result: AgendaResult, progress: ShowProgress | None = None) -> tuple[Path, ...]:
    """Write a reminder draft (.eml) for each partner with something outstanding, with its marked return.

    They go into ``feedback/``; nothing is sent. Raises ``Refusal`` where one cannot be written.
    """
    from icsassess.reports.agenda.reminders import as_email, reminders
    from icsassess.returns.feedback.write import feedback_copies
    from icsassess.support.saving import replace_file

    locality = result.merged.locality
    copies = feedback_copies(locality, stage("Writing feedback", progress))
    folder = locality.make_sub_folder("feedback")
    drafts = []
    for reminder in reminders(result.merged, copies):
        drafts.append(folder / f"{reminder.partner.code} - reminder.eml")
        replace_file(drafts[-1], as_email(reminder, locality.settings.marking))
    return tuple(drafts)
