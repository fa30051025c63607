"""``icsassess borrow``: another exercise's evidence for the statements that both share, as suggestions."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import json_option, say, say_wrapped, table
from icsassess.cli.progress_bar import showing_progress


@click.command("borrow", cls=Command, short_help="Offer another exercise's evidence for shared statements.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "other",
    type=click.Path(path_type=Path),
    required=True,
    metavar="OTHER",
    help="The locality folder of the other exercise.",
)
@json_option
def command(folder: Path, other: Path, as_json: bool) -> object:
    """Offer the evidence of OTHER's returns to FOLDER, for the quality statements that their frameworks share.

    A workbook of suggestions goes into FOLDER/borrowed, each with the exercise, partner, file, sheet and row that it
    comes from, and their rating as theirs. Nothing is merged: a suggestion counts nowhere until a partner puts it into
    its own return. OTHER is read and not changed.
    """
    from icsassess.round.borrow import borrow

    with showing_progress() as show:
        result = borrow(folder, other, show)
    if as_json:
        return result
    say(result.summary, bold=True)
    rows = [(*row[:-1], str(row.suggestions)) for row in result.shared]
    table(("Here", "Quality statement", "There", "How that is known", "Suggestions"), rows, (6, None, 6, 24, 11))
    for sentence in result.remarks:
        say_wrapped(sentence)
    say()
    say(f"Workbook: {result.workbook}", bold=True)
    return result
