"""``icsassess paper``: the newest merge as a paper for the board, or as a flash report, to go on writing in Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from icsassess.cli.command import Command
from icsassess.cli.output import folder_argument, remark, say, say_wrapped
from icsassess.cli.progress_bar import showing_progress

if TYPE_CHECKING:
    from icsassess.round.paper import PaperKind


@click.command("paper", cls=Command, short_help="The newest merge as a board paper or flash report in Word.")
@folder_argument
@click.option(
    "--kind",
    type=click.Choice(["paper", "flash"]),
    default="paper",
    show_default=True,
    help="The paper for a board or committee, or the two-monthly flash report on one page.",
)
@click.option("--sources", is_flag=True, help="Also list every sentence with the files, sheets and cells behind it.")
def command(folder: Path, kind: PaperKind, *, sources: bool) -> object:
    """Write a paper about FOLDER's newest merge as a Word document into reports/.

    What only the author can say is left open in yellow brackets. The paper is named after the merge; nothing there is
    ever overwritten, so that what an author has typed stays. Where something has changed since the merge, the paper
    says what, and the exit status is 1.
    """
    from icsassess.round.paper import paper

    with showing_progress() as show:
        result = paper(folder, kind, show, sources=sources)
    if result.changed_since:
        say_wrapped(result.changed_since)
    say(f"Paper: {result.paper}", bold=True)
    if result.sources is not None:
        say(f"Sources: {result.sources}")
    remark(result.advice)
    return result
