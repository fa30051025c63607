"""``icsassess gaps``: the gaps and what each still needs."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import click

from icsassess.cli.output import as_at_option, folder_argument, json_option, print_json, printing, progress, say, table


@click.command("gaps", short_help="List the gaps and what each still needs.")
@folder_argument
@as_at_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print the gaps as CSV, safe to open in a spreadsheet.")
def command(folder: Path, as_at: datetime.date | None, as_json: bool, as_csv: bool) -> None:
    """List the gaps of a locality folder or of a merged workbook, and what each still needs. Writes nothing."""
    from icsassess.assessment.gaps.plans import PLAN_STATES
    from icsassess.assessment.output.as_json import gaps_as_json
    from icsassess.assessment.output.gaps_csv import gaps_as_csv
    from icsassess.support.text import count
    from icsassess.tables.titles import WHY_A_GAP
    from icsassess.workbook.merging.merge import gaps_of

    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot both be given.")
    with progress("Reading returns") as show:
        gaps = gaps_of(folder, as_at, show)
    if as_json:
        print_json({"gaps": gaps_as_json(gaps)})
    elif as_csv:
        with printing():
            click.echo(gaps_as_csv(gaps), nl=False)
    elif not gaps:
        say("There are no gaps.")
    else:
        order = {state: number for number, state in enumerate((*PLAN_STATES, ""))}
        for state, number in sorted(Counter(gap.plan for gap in gaps).items(), key=lambda plan: order[plan[0]]):
            say(f"{number:4}  {state or 'no plan required'}")
        rows = [
            (
                gap.ref,
                gap.rating or "not rated",
                ", ".join(gap.reasons),
                ", ".join(gap.partners),
                gap.plan or "-",
                ", ".join(gap.missing),
            )
            for gap in sorted(gaps, key=lambda gap: order[gap.plan])
        ]
        say()
        table(("Line", "Rating", WHY_A_GAP, "Partners", "Plan", "Still needs"), rows, (7, 12, 25, 22, 15, None))
        say(count(len(rows), "gap"))
