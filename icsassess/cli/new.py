"""``icsassess new``: a locality folder with its settings."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import Day, say, shell_quoted


@click.command("new", cls=Command, short_help="Make a locality folder with its settings.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="The locality's name, as it stands on every sheet.")
@click.option("--deadline", required=True, type=Day(), metavar="DATE", help="When the signed self-assessment is due.")
@click.option("--framework", metavar="ID", help="The framework; cqc-ics-2023 when left out.")
@click.option(
    "--template",
    metavar="ID",
    help="The template of the returns; stockport when left out. One that was adopted is looked for in adopted/ID.",
)
@click.option(
    "--from",
    "earlier",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="An earlier round, to take its settings over.",
)
@click.option("--past-deadline", is_flag=True, help="The deadline is meant, though it has passed.")
def command(
    folder: Path,
    name: str,
    deadline: datetime.date,
    framework: str | None,
    template: str | None,
    earlier: Path | None,
    past_deadline: bool,
) -> None:
    """Make the locality folder FOLDER with its settings and sub-folders.

    Every setting is written into locality.toml with its default and a comment. With --from, the partners and rules of
    an earlier round are taken over, and its evidence and agreed ratings to be confirmed: the blank returns come with
    each partner's evidence and its age, and the first workbook with what was agreed.
    """
    from icsassess.round.new import new

    today = None if past_deadline else datetime.date.today()
    result = new(
        folder, name=name, deadline=deadline, framework=framework, template=template, earlier=earlier, today=today
    )
    for sentence in result.sentences:
        say(sentence)
    path = result.locality.folder
    say(f"Look through {path / 'locality.toml'}, above all the list of partners.")
    say(f"Then: icsassess issue {shell_quoted(path)}")
