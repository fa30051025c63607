"""``icsassess rollup``: one workbook over several localities."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import Day, json_option, print_json, problem_as_json, progress, say, say_wrapped, table

if TYPE_CHECKING:
    from icsassess.rollup.comparison import Rollup


@click.command("rollup", short_help="One workbook over several localities.")
@click.argument("places", metavar="FOLDER or WORKBOOK…", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--as-at", type=Day(), metavar="DATE", help="The roll-up's date; the latest of the localities' when left out."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The workbook to write; a name with the date, in the folder named or else here, when left out.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, places: tuple[Path, ...], as_at: datetime.date | None, output: Path | None, as_json: bool
) -> None:
    """Put several localities side by side in one workbook.

    Name locality folders, a folder full of these, or workbooks that localities have sent. Of a folder the signed
    workbook is taken where nothing was merged after it, else the newest merged one. What is signed is verified. A
    record is kept beside the workbook, so that the next roll-up there tells what moved.
    """
    from icsassess.rollup.as_json import rollup_as_json
    from icsassess.rollup.comparison import roll_up
    from icsassess.rollup.localities_sheet import signed_in_words
    from icsassess.rollup.write import default_output, write_rollup
    from icsassess.support.text import count

    with progress("Reading workbooks") as show:
        rollup = roll_up(places, as_at, show)
    written = write_rollup(rollup, output or default_output(rollup, places))
    if as_json:
        points = [problem_as_json(problem) for problem in written.problems]
        print_json({**rollup_as_json(rollup, written), "problems": points})
    else:
        _tell(rollup)
        say_wrapped(f"{signed_in_words(rollup)}.")
        say(
            f"{count(len(rollup.shared_gaps), 'gap')} shared by several localities; "
            f"{count(len(rollup.strengths), 'strength')} of one that another lacks."
        )
        if written.last is not None:
            say(f"{count(len(written.moved), 'change')} since {written.last.name.removesuffix('.json')}.")
        for problem in written.problems:
            say_wrapped(str(problem), "  - ", "    ")
        say()
        say(f"Workbook: {written.workbook}", bold=True)
    if rollup.needs_attention:
        ctx.exit(NEEDS_ATTENTION)


def _tell(rollup: Rollup) -> None:
    rows = []
    for locality in rollup.localities:
        counts = locality.counts
        rows.append(
            (
                locality.label,
                locality.in_words,
                f"{locality.as_at:%d/%m/%Y}",
                f"{counts.rated} of {counts.out_of}",
                *(str(counts.by_word[word]) for word in ("Red", "Amber", "Green")),
                str(len(locality.gaps)),
            )
        )
    rows += [(one.name, "nothing to show", "", "", "", "", "", "") for one in rollup.absent]
    headings = ("Locality", "State", "As at", "Rated", "Red", "Amber", "Green", "Gaps")
    table(headings, rows, (24, 27, 10, 12, 5, 5, 5, 5))
