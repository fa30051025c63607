"""``icsassess adopt``: a template from another locality's workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from icsassess.cli.output import json_option, print_json, say, say_wrapped, table

if TYPE_CHECKING:
    from icsassess.adopting.adopt import Adopted


@click.command("adopt", short_help="Make a template from another locality's workbook.")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--name", required=True, metavar="ID", help="What to call the template: small letters, digits, hyphens.")
@click.option("--framework", metavar="ID", help="The framework of its statements; told by their titles when left out.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    metavar="FOLDER",
    help="The folder to put adopted/ID into; the current one when left out. A locality's folder changes its template.",
)
@json_option
def command(workbook: Path, name: str, framework: str | None, into: Path, as_json: bool) -> None:
    """Make a template from another locality's WORKBOOK, blank or completed.

    Writes the folder adopted/ID: blank.xlsx in the same look and without any of the other locality's content,
    template.toml that describes it, and corrections.toml that says how everything was understood. Look at the blank,
    correct corrections.toml where it is wrong, and run the same command again. Then:

    \b
      icsassess new FOLDER --name NAME --deadline DATE --template ID

    finds the template in the current folder and copies it into the locality's own.
    """
    from icsassess.adopting.adopt import adopt
    from icsassess.adopting.as_json import adopted_as_json

    made = adopt(workbook, name, into, framework)
    if as_json:
        print_json(adopted_as_json(made))
    else:
        more = f" --framework {framework}" if framework else ""
        _tell(made, f"icsassess adopt {workbook} --name {name}{more}" + (f" --into {into}" if into != Path() else ""))


def _tell(made: Adopted, again: str) -> None:
    from icsassess.adopting.wording import column_rows, lacking, rating_rows, summary

    say(summary(made), bold=True)
    say()
    table(("Sheet", "Column", "Heading", "Understood as", "How"), column_rows(made), (20, 6, 28, 18, None))
    if rows := rating_rows(made):
        say()
        table(("Rating word", "Cells", "Understood as"), rows, (30, 6, None))
    say()
    for sentence in lacking(made):
        say_wrapped(sentence)
    if made.removed:
        said = ", ".join(f"{kind} {number:,}" for kind, number in made.removed.items())
        say_wrapped(f"Left behind: {said}.")
    say()
    say(f"Look at {made.folder / 'blank.xlsx'}. Correct what is wrong in {made.folder / 'corrections.toml'}")
    say(f"and run again: {again}")
    if not (made.folder.parent.parent / "locality.toml").exists():
        say(f"Then: icsassess new FOLDER --name NAME --deadline DATE --template {made.template.id}")
