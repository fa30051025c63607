"""``icsassess verify``: says whether a signed workbook is what was signed."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import json_option, say, say_wrapped


@click.command("verify", cls=Command, short_help="Say whether a signed workbook is what was signed.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--code", metavar="CODE", help="The sign-off code from the minutes.")
@click.option(
    "--public-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the signature too, with this public key or certificate (PEM).",
)
@json_option
def command(file: Path, code: str | None, public_key: Path | None, as_json: bool) -> object:
    """Say whether the signed workbook FILE is what was signed, and if not what differs, cell by cell.

    Needs no network and no folder: the workbook with its manifest beside it, or the workbook and the code from the
    minutes. Saving the workbook again without changing anything is no change.
    """
    from icsassess.round.verify import verify

    result = verify(file, code, public_key)
    if not as_json:
        say(result.summary, bold=True)
        for sentence in result.signatory:
            say(sentence)
        if result.not_looked_at:
            say_wrapped(result.not_looked_at, after="  ")
        if result.differences:
            say(result.count_of_differences)
        for difference in result.differences:
            say_wrapped(f"- {difference}", "  ", "    ")
        if result.accepted:
            say("Accepted at signing:")
        for sentence in result.accepted:
            say_wrapped(f"- {sentence}", "  ", "    ")
        for sentence in result.remarks:
            say_wrapped(sentence, after="  ")
    return result
