"""``icsassess issue``: blank returns for the partners."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import as_at_option, folder_argument, say, say_wrapped


@click.command("issue", cls=Command, short_help="Write the blank returns, one a partner.")
@folder_argument
@click.option(
    "--partner", "codes", multiple=True, metavar="CODE", help="Only this partner; may be given several times."
)
@as_at_option
def command(folder: Path, codes: tuple[str, ...], as_at: datetime.date | None) -> None:
    """Write blank returns for the partners of FOLDER into its folder issued/."""
    from icsassess.round.issue import issue

    result = issue(folder, codes, as_at)
    for path in result.files:
        say(str(path))
    if result.stale:
        say("")
        say("Not issued now, and not to be sent; take them out of issued/:", bold=True)
        for sentence in result.stale:
            say_wrapped(sentence, "  ", "    ")
    say("")
    say("Send each partner its workbook; put what comes back into the folder returns/.")
