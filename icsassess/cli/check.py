"""``icsassess check``: reads returns and tells everything that somebody should put right."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import json_option, say, say_wrapped
from icsassess.cli.progress_bar import showing_progress


@click.command("check", cls=Command, short_help="Read and check returns.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER or FILE...]")
@click.option("--feedback", is_flag=True, help="Write each partner's own file back, marked, into the folder feedback/.")
@json_option
def command(paths: tuple[Path, ...], feedback: bool, as_json: bool) -> object:
    """Read and check all returns of a locality folder, or single files.

    For a single file, its locality is the folder above it that has a locality.toml, else the current folder.
    """
    from icsassess.domain.personal_data import CANNOT_SEE
    from icsassess.round.check import check
    from icsassess.round.point_summary import headline_of, summaries_of

    with showing_progress() as show:
        result = check(paths, feedback=feedback, progress=show)
    if as_json:
        return result
    if not result.returns:
        say(f"There are no returns yet in {result.locality.folder / 'returns'}.")
    for read in result.returns:
        say(headline_of(read), bold=True)
        for summary in summaries_of(read):
            say_wrapped(summary.sentence, "  ", "    ")
            if summary.advice is not None:
                say_wrapped(summary.advice, "    ")
        say()
    if result.returns:
        say(CANNOT_SEE)
    if result.feedback:
        say()
        say("Feedback for the partners:", bold=True)
        for name in result.feedback_names:
            say(f"  {name}")
    return result
