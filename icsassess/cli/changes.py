"""``icsassess changes``: what moved between two merges."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import folder_argument, json_option, say


@click.command("changes", cls=Command, short_help="What moved between two merges.")
@folder_argument
@click.argument("merges", nargs=-1, metavar="[OLD NEW]")
@json_option
def command(folder: Path, merges: tuple[str, ...], as_json: bool) -> object:
    """Tell what moved between two merges of FOLDER: between the last two, or between OLD and NEW.

    OLD and NEW are as-at dates such as 2024-01-10 or 10/01/2024, or the names of workbooks in merged/.
    """
    from icsassess.round.changes import changes

    if len(merges) not in (0, 2):
        raise click.UsageError("Name two merges, OLD and NEW, or none for the last two.")
    result = changes(folder, merges)
    if not as_json:
        say(result.summary, bold=True)
        for title, sentences in result.groups:
            say(f"\n{title}")
            for sentence in sentences:
                say(f"  {sentence}")
    return result
