"""``icsassess check``: reads returns and tells everything that somebody should put right."""

from __future__ import annotations

from pathlib import Path

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import json_option, print_json, problem_as_json, progress, say


@click.command("check", short_help="Read and check returns.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER or FILE...]")
@click.option("--feedback", is_flag=True, help="Write each partner's own file back, marked, into the folder feedback/.")
@json_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], feedback: bool, as_json: bool) -> None:
    """Read and check all returns of a locality folder, or single files.

    For a single file, its locality is the folder above it that has a locality.toml, else the current folder.
    """
    from icsassess.cli.points import print_points
    from icsassess.returns.checking.check import check_all, check_files, needs_attention, outcome
    from icsassess.returns.reading.file.selection import returns_to_check
    from icsassess.returns.reading.session import read_all

    locality, files = returns_to_check(paths)
    with progress("Reading returns") as show:
        # A few files are checked record by record, by the same predicates: pandera takes longer to load.
        check = check_all if any(path.is_dir() for path in paths or [Path()]) else check_files
        checked = check(read_all(files, locality, show), locality)
    written: list[str] = []
    if feedback:
        from icsassess.returns.feedback.write import write_feedback

        with progress("Writing feedback") as show:
            pairs = list(zip(files, checked.returns, strict=True))
            written = [locality.relative(path) for path in write_feedback(pairs, locality, show)]
    if as_json:
        print_json(
            {
                "files": [
                    {
                        "file": read.file,
                        "sha256": read.sha256 or None,
                        "partner": read.partner,
                        "outcome": outcome(read),
                        "entries": len(read.entries),
                        "problems": [problem_as_json(problem) for problem in read.problems],
                        **({"feedback": written[number]} if written else {}),
                    }
                    for number, read in enumerate(checked.returns)
                ]
            }
        )
    elif not checked.returns:
        say(f"There are no returns yet in {locality.folder / 'returns'}.")
    else:
        print_points(checked.returns)
    if written and not as_json:
        say()
        say("Feedback for the partners:", bold=True)
        for name in written:
            say(f"  {name}")
    if any(needs_attention(read.problems) for read in checked.returns):
        ctx.exit(NEEDS_ATTENTION)
