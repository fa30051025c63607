"""``icsassess check``: reads returns and tells everything that somebody should put right."""

from __future__ import annotations

from pathlib import Path

import click

from icsassess.cli.command import NEEDS_ATTENTION, Command
from icsassess.cli.output import json_option, print_json, say
from icsassess.cli.progress_bar import showing_progress


@click.command("check", cls=Command, short_help="Read and check returns.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER or FILE...]")
@click.option("--feedback", is_flag=True, help="Write each partner's own file back, marked, into the folder feedback/.")
@json_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], feedback: bool, as_json: bool) -> None:
    """Read and check all returns of a locality folder, or single files.

    For a single file, its locality is the folder above it that has a locality.toml, else the current folder.
    """
    from icsassess.cli.points import print_points
    from icsassess.round.check import check

    with showing_progress() as show:
        result = check(paths, feedback=feedback, progress=show)
    if as_json:
        print_json(result.as_json())
    elif not result.returns:
        say(f"There are no returns yet in {result.locality.folder / 'returns'}.")
    else:
        print_points(result.returns)
    if result.feedback and not as_json:
        say()
        say("Feedback for the partners:", bold=True)
        for name in result.feedback_names:
            say(f"  {name}")
    if result.needs_attention:
        ctx.exit(NEEDS_ATTENTION)
