"""``icsassess page``: the newest merge as one page to look at, to search, to filter and to print."""

from __future__ import annotations

from pathlib import Path

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import folder_argument, reading_returns, say, say_wrapped


@click.command("page", short_help="The newest merge as one page for a browser.")
@folder_argument
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Write FOLDER's newest merge as one self-contained HTML page into reports/.

    The page opens in any browser, on a phone too, and needs neither network nor scripts to be read. It is named after
    the merge and takes the place of an earlier page of the same merge. Where something has changed since the merge,
    the page says what, and the exit status is 1.
    """
    from icsassess.locality.locality import open_locality

    locality = open_locality(folder)
    with reading_returns(locality) as reading:
        from icsassess.reports.output_folder import keep_page
        from icsassess.reports.page.page import as_page
        from icsassess.reports.provenance import moved_on
        from icsassess.workbook.signing.latest_merge import newest_merge

        found = newest_merge(locality, reading)
    path = keep_page(locality, found.name, as_page(found))
    if found.since:
        say_wrapped(moved_on(found))
    say(f"Page: {path}", bold=True)
    if found.since:
        ctx.exit(NEEDS_ATTENTION)
