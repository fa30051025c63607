"""``icsassess adopt``: a template from another locality's workbook."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import json_option, say, say_wrapped, table


@click.command("adopt", cls=Command, short_help="Make a template from another locality's workbook.")
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
def command(workbook: Path, name: str, framework: str | None, into: Path, as_json: bool) -> object:
    """Make a template from another locality's WORKBOOK, blank or completed.

    Writes the folder adopted/ID: blank.xlsx in the same look and without any of the other locality's content,
    template.toml that describes it, and corrections.toml that says how everything was understood. Look at the blank,
    correct corrections.toml where it is wrong, and run the same command again. Then:

    \b
      icsassess new FOLDER --name NAME --deadline DATE --template ID

    finds the template in the current folder and copies it into the locality's own.
    """
    from icsassess.round.adopt import adopt

    result = adopt(workbook, name, into, framework)
    if as_json:
        return result
    say(result.summary, bold=True)
    say()
    table(("Sheet", "Column", "Heading", "Understood as", "How"), result.columns, (20, 6, 28, 18, None))
    if result.ratings:
        say()
        table(("Rating word", "Cells", "Understood as"), result.ratings, (30, 6, None))
    say()
    for sentence in result.remarks:
        say_wrapped(sentence)
    say()
    path = result.adopted.folder
    options = (f" --framework {framework}" if framework else "") + (f" --into {into}" if into != Path() else "")
    say(f"Look at {path / 'blank.xlsx'}. Correct what is wrong in {path / 'corrections.toml'}")
    say(f"and run again: icsassess adopt {workbook} --name {name}{options}")
    if not result.is_in_a_locality:
        say(f"Then: icsassess new FOLDER --name NAME --deadline DATE --template {result.adopted.template.id}")
    return result
