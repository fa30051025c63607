"""``icsassess export``: the figures as tidy tables for other tools."""

from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import json_option, say, say_wrapped, table
from icsassess.cli.progress_bar import showing_progress


@click.command("export", cls=Command, short_help="The figures as tables for Excel, Power BI and other tools.")
@click.argument("places", metavar="[FOLDER…]", type=click.Path(path_type=Path), nargs=-1)
@click.option("--output", type=click.Path(path_type=Path), metavar="FOLDER", help="The folder to write the files into.")
@click.option(
    "--parquet", is_flag=True, help="Write Parquet files, too; needs the extra: pip install 'icsassess[parquet]'."
)
@json_option
def command(places: tuple[Path, ...], output: Path | None, parquet: bool, as_json: bool) -> object:
    """Write the newest merge as tidy tables: lines, partner_ratings, entries, gaps, actions, events, returns.

    Name one locality folder, several, or a folder full of these; the current one when left out. Each table is a CSV
    file in one folder, and datapackage.json says what each column means. Files of an export before are replaced.
    """
    from icsassess.round.export import export

    with showing_progress() as show:
        result = export(places or (Path(),), output, parquet=parquet, progress=show)
    if not as_json:
        table(("Table", "Rows"), [(name, f"{number:,}") for name, number in result.rows.items()], (20, 10))
        for problem in result.problems:
            say_wrapped(str(problem), "  - ", "    ")
        say(f"Folder: {result.folder}", bold=True)
    return result
