"""``icsassess merge``: one locality workbook from all returns."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import as_at_option, folder_argument, json_option, say, say_first, say_wrapped
from icsassess.cli.progress_bar import showing_progress


@click.command("merge", cls=Command, short_help="Merge all returns into a new locality workbook.")
@folder_argument
@as_at_option
@json_option
def command(folder: Path, as_at: datetime.date | None, as_json: bool) -> object:
    """Merge all returns of FOLDER, and what the group typed into the last workbook, into a new locality workbook.

    The workbook is written into merged/; nothing there is ever overwritten. For people who do not open
    workbooks, page and paper write what it shows.
    """
    from icsassess.round.merge import merge

    with showing_progress() as show:
        result = merge(folder, as_at, show)
    if not as_json:
        say_first(result.questions)
        for line in result.headlines:
            say_wrapped(line)
        say()
        say("Look at first:", bold=True)
        for sentence in result.priorities:
            say_wrapped(sentence, "  - ", "    ")
        say()
        say(f"Workbook: {result.workbook}", bold=True)
    return result
