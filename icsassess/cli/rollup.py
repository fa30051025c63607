"""``icsassess rollup``: one workbook over several localities."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import Day, json_option, say, say_wrapped, table
from icsassess.cli.progress_bar import showing_progress


@click.command("rollup", cls=Command, short_help="One workbook over several localities.")
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
def command(places: tuple[Path, ...], as_at: datetime.date | None, output: Path | None, as_json: bool) -> object:
    """Put several localities side by side in one workbook.

    Name locality folders, a folder full of these, or workbooks that localities have sent. Of a folder the signed
    workbook is taken where nothing was merged after it, else the newest merged one. What is signed is verified. A
    record is kept beside the workbook, so that the next roll-up there tells what moved.
    """
    from icsassess.round.roll_up import roll_up

    with showing_progress() as show:
        result = roll_up(places, as_at, output, show)
    if not as_json:
        headings = ("Locality", "State", "As at", "Rated", "Red", "Amber", "Green", "Gaps")
        table(headings, result.localities, (24, 27, 10, 12, 5, 5, 5, 5))
        for sentence in result.summary:
            say_wrapped(sentence)
        for point in result.points:
            say_wrapped(point, "  - ", "    ")
        say()
        say(f"Workbook: {result.written.workbook}", bold=True)
    return result
