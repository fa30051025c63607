"""``icsassess issue``: blank returns for the partners."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import as_at_option, folder_argument, say


@click.command("issue", cls=Command, short_help="Write the blank returns, one a partner.")
@folder_argument
@click.option(
    "--partner", "codes", multiple=True, metavar="CODE", help="Only this partner; may be given several times."
)
@as_at_option
def command(folder: Path, codes: tuple[str, ...], as_at: datetime.date | None) -> None:
    """Write blank returns for the partners of FOLDER into its folder issued/."""
    from icsassess.round.issue import issue

    for path in issue(folder, codes, as_at).files:
        say(str(path))
    say("")
    say("Send each partner its workbook; put what comes back into the folder returns/.")
