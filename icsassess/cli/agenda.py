"""``icsassess agenda``: what the weekly meeting has to decide, and reminder drafts for the partners."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from icsassess.cli.output import as_at_option, folder_argument, progress, reading_returns, remark, say


@click.command("agenda", short_help="What the meeting has to decide, and reminder drafts.")
@folder_argument
@as_at_option
def command(folder: Path, as_at: datetime.date | None) -> None:
    """Tell what the weekly meeting of FOLDER has to decide, in the order in which it matters.

    The agenda is printed and written as a page beside the newest workbook; a reminder draft (.eml) for every partner
    who has something outstanding or to put right is written into feedback/. Nothing is sent.
    """
    from icsassess.locality.locality import open_locality

    locality = open_locality(folder)
    with reading_returns(locality) as reading:
        from icsassess.reports.agenda.agenda import agenda, as_text
        from icsassess.reports.agenda.page import as_page
        from icsassess.reports.agenda.reminders import as_email, reminders
        from icsassess.returns.feedback.write import feedback_copies
        from icsassess.support.saving import replace_file
        from icsassess.workbook.merging.merge import merge_in_memory_with_changes
        from icsassess.workbook.read_back.find_newest import workbook_name

        merged = merge_in_memory_with_changes(locality, locality.as_at(as_at), reading)
    found, marking = agenda(merged), locality.settings.marking
    say(as_text(found))
    name = Path(workbook_name(locality, merged.as_at)).stem
    page = locality.sub_folder("merged") / f"{name} agenda.html"
    replace_file(page, as_page(found, marking).encode("utf-8"))
    remark(f"Page: {page}")
    with progress("Writing feedback") as show:
        copies = feedback_copies(locality, show)
    for reminder in reminders(merged, copies):
        path = locality.sub_folder("feedback") / f"{reminder.partner.code} - reminder.eml"
        replace_file(path, as_email(reminder, marking))
        remark(f"Draft: {path}")
