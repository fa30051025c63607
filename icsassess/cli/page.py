"""``icsassess page``: the newest merge as one page to look at, to search, to filter and to print."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import folder_argument, say, say_wrapped
from icsassess.cli.progress_bar import showing_progress


@click.command("page", cls=Command, short_help="The newest merge as one page for a browser.")
@folder_argument
def command(folder: Path) -> object:
    """Write FOLDER's newest merge as one self-contained HTML page into reports/.

    The page opens in any browser, on a phone too, and needs neither network nor scripts to be read. It is named after
    the merge and takes the place of an earlier page of the same merge. Where something has changed since the merge,
    the page says what, and the exit status is 1.
    """
    from icsassess.round.page import page

    with showing_progress() as show:
        result = page(folder, show)
    if result.changed_since:
        say_wrapped(result.changed_since)
    say(f"Page: {result.page}", bold=True)
    return result
