"""``icsassess whose``: says whose a return is, or which of two counts."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import json_option, say


@click.command("whose", cls=Command, short_help="Say whose a return is, or which of two counts.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("file")
@click.option("--partner", metavar="CODE", help="The partner whose return it is.")
@click.option("--organisation", default="", metavar="NAME", help="Which of several that answer for the partner.")
@click.option("--counts", metavar="HOW", help="added, instead or not: how it counts beside an earlier return.")
@json_option
def command(
    folder: Path, file: str, partner: str | None, organisation: str, counts: str | None, as_json: bool
) -> object:
    """Say whose return FILE, which lies in FOLDER/returns, is; or whether it counts beside an earlier one.

    It is written into locality.toml as a line below [whose] or [which_counts], where it can be changed or taken out;
    nothing else there changes. Then check, status and merge no longer ask.

    \b
      icsassess whose trafford "Our return.xlsx" --partner AT
      icsassess whose trafford "The rest.xlsx" --counts added
    """
    from icsassess.round.whose import settle_which_counts, settle_whose

    if (partner is None) == (counts is None):
        raise click.UsageError("Give either --partner with the code of the partner, or --counts.")
    if organisation and partner is None:
        raise click.UsageError("--organisation goes with --partner.")
    if partner is not None:
        result = settle_whose(folder, file, partner, organisation)
    else:
        result = settle_which_counts(folder, file, counts or "")
    if not as_json:
        say(result.sentence)
        say("It is written into locality.toml.")
    return result
