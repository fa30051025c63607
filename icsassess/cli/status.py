"""``icsassess status``: who has returned what, and how long there is to the deadline."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import as_at_option, folder_argument, json_option, say, say_first, say_wrapped, table
from icsassess.cli.progress_bar import showing_progress


@click.command("status", cls=Command, short_help="Who has returned what, and days to the deadline.")
@folder_argument
@as_at_option
@json_option
def command(folder: Path, as_at: datetime.date | None, as_json: bool) -> object:
    """Tell who has returned what, what is outstanding, and the days to the deadline. Writes nothing."""
    from icsassess.round.status import status

    with showing_progress() as show:
        result = status(folder, as_at, show)
    if not as_json:
        say_first(result.questions)
        for line in result.calls:
            say_wrapped(line)
        if result.calls:
            say()
        for line in (*result.headlines, *result.stale_blanks):
            say_wrapped(line)
        say()
        headings = ("Partner", "State", "Rated", "Entries", "Points", "File")
        table(headings, result.returns, (10, 11, 10, 7, 20, None))
    return result
