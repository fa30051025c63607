"""``icsassess agenda``: what the weekly meeting has to decide, and reminder drafts for the partners."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import PAGE, as_at_option, folder_argument, remark, say
from icsassess.cli.progress_bar import showing_progress
from icsassess.support.text import listing


@click.command("agenda", cls=Command, short_help="What the meeting has to decide, and reminder drafts.")
@folder_argument
@as_at_option
@click.option("--all", "everything", is_flag=True, help="Print all of it, also where that takes over a page.")
def command(folder: Path, as_at: datetime.date | None, everything: bool) -> None:
    """Tell what the weekly meeting of FOLDER has to decide, in the order in which it matters.

    The agenda is printed and written as a page beside the newest workbook; a reminder draft (.eml) for every partner
    who has something outstanding or to put right is written into feedback/. Nothing is sent.
    """
    from icsassess.round.agenda import agenda, write_agenda, write_reminders

    with showing_progress() as show:
        result = agenda(folder, as_at, show)
    text = result.in_lines(None if everything else PAGE)
    say(text)
    page = write_agenda(result)
    remark(f"Page: {page}" if text == result.text else f"All of it: {page}, or icsassess agenda --all")
    with showing_progress() as show:
        written = write_reminders(result, show)
    for path in written.copies:
        remark(f"Marked copy: {path}")
    for path in written.drafts:
        remark(f"Draft: {path}")
    if written.unaddressed:
        remark(
            f'No address is known of {listing(list(written.unaddressed))}: type email = "..." under each of them in '
            "locality.toml, and the drafts are addressed next time."
        )
