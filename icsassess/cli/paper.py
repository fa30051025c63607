"""``icsassess paper``: the newest merge as a paper for the board, or as a flash report, to go on writing in Word."""

from __future__ import annotations

from pathlib import Path

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import folder_argument, reading_returns, remark, say, say_wrapped


@click.command("paper", short_help="The newest merge as a board paper or flash report in Word.")
@folder_argument
@click.option(
    "--kind",
    type=click.Choice(["paper", "flash"]),
    default="paper",
    show_default=True,
    help="The paper for a board or committee, or the two-monthly flash report on one page.",
)
@click.pass_context
def command(ctx: click.Context, folder: Path, kind: str) -> None:
    """Write a paper about FOLDER's newest merge as a Word document into reports/.

    What only the author can say is left open in yellow brackets. The paper is named after the merge; nothing there is
    ever overwritten, so that what an author has typed stays. Where something has changed since the merge, the paper
    says what, and the exit status is 1.
    """
    from icsassess.locality.locality import open_locality

    locality = open_locality(folder)
    with reading_returns(locality) as reading:
        from icsassess.reports.output_folder import keep_paper
        from icsassess.reports.papers.board_paper import board_paper, name_of
        from icsassess.reports.papers.flash_report import flash_name, flash_report
        from icsassess.reports.provenance import moved_on
        from icsassess.workbook.signing.latest_merge import newest_merge

        found = newest_merge(locality, reading)
    if kind == "flash":
        path, there = keep_paper(locality, flash_name(found), flash_report(found))
    else:
        path, there = keep_paper(locality, name_of(found), board_paper(found))
    if found.since:
        say_wrapped(moved_on(found))
    say(f"Paper: {path}", bold=True)
    remark("It was there already: nothing has changed since." if there else "Yellow brackets are left for the author.")
    if found.since:
        ctx.exit(NEEDS_ATTENTION)
