"""``icsassess gaps``: the gaps and what each still needs."""

import datetime
from pathlib import Path

import click

from icsassess.cli.command import Command
from icsassess.cli.output import as_at_option, folder_argument, json_option, printing, say, table
from icsassess.cli.progress_bar import showing_progress


@click.command("gaps", cls=Command, short_help="List the gaps and what each still needs.")
@folder_argument
@as_at_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print gaps and actions as CSV, safe to open in a spreadsheet.")
def command(folder: Path, as_at: datetime.date | None, as_json: bool, as_csv: bool) -> object:
    """List the gaps of a locality folder or of a merged workbook, and what each still needs. Writes nothing."""
    from icsassess.round.gaps import gaps
    from icsassess.support.text import count
    from icsassess.tables.titles import WHY_A_GAP

    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot both be given.")
    with showing_progress() as show:
        result = gaps(folder, as_at, show)
    if as_csv:
        with printing():
            click.echo(result.as_csv(), nl=False)
    elif not result.rows and not as_json:
        say("There are no gaps.")
    elif not as_json:
        for state, number in result.plans:
            say(f"{number:4}  {state or 'no plan required'}")
        say()
        headings = ("Line", "Rating", WHY_A_GAP, "Partners", "Actions", "Plan", "Still needs")
        table(headings, result.rows, (7, 12, 25, 22, 9, 15, None))
        say(f"{count(len(result.rows), 'gap')}, {count(len(result.actions), 'action')}")
    return result
