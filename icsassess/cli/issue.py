"""``icsassess issue``: blank returns for the partners."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from icsassess.cli.output import as_at_option, folder_argument, say


@click.command("issue", short_help="Write the blank returns, one a partner.")
@folder_argument
@click.option(
    "--partner", "codes", multiple=True, metavar="CODE", help="Only this partner; may be given several times."
)
@as_at_option
def command(folder: Path, codes: tuple[str, ...], as_at: datetime.date | None) -> None:
    """Write blank returns for the partners of FOLDER into its folder issued/."""
    from icsassess.locality.locality import open_locality, partner_with_code
    from icsassess.returns.issuing.issue import issue

    locality = open_locality(folder)
    partners = [partner_with_code(locality, code) for code in codes] or list(locality.partners)
    for path in issue(locality, partners, locality.as_at(as_at)):
        say(str(path))
    say("")
    say("Send each partner its workbook; put what comes back into the folder returns/.")
