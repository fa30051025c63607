"""``icsassess status``: who has returned what, and how long there is to the deadline."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from icsassess.cli import NEEDS_ATTENTION
from icsassess.cli.output import (
    as_at_option,
    folder_argument,
    json_option,
    print_json,
    reading_returns,
    say,
    say_wrapped,
    table,
)


@click.command("status", short_help="Who has returned what, and days to the deadline.")
@folder_argument
@as_at_option
@json_option
@click.pass_context
def command(ctx: click.Context, folder: Path, as_at: datetime.date | None, as_json: bool) -> None:
    """Tell who has returned what, what is outstanding, and the days to the deadline. Writes nothing."""
    from icsassess.locality.locality import open_locality
    from icsassess.support.text import count

    locality = open_locality(folder)
    with reading_returns(locality) as reading:
        from icsassess.assessment.merging.merge import is_left_out
        from icsassess.assessment.output.as_json import status_as_json
        from icsassess.assessment.output.headlines import headlines
        from icsassess.workbook.merging.merge import merge_in_memory

        merged = merge_in_memory(locality, locality.as_at(as_at), reading)
    if as_json:
        print_json(status_as_json(merged))
    else:
        for line in headlines(merged):
            say_wrapped(line)
        say()
        rows = [
            (
                row.partner or "?",
                row.state,
                f"{row.lines_rated} of {row.lines_asked}",
                str(row.entries),
                ", ".join(
                    count(number, word)
                    for number, word in ((row.blockers, "blocker"), (row.warnings, "warning"), (row.notes, "note"))
                    if number
                ),
                row.file or row.remark,
            )
            for row in merged.returns
        ]
        table(("Partner", "State", "Rated", "Entries", "Points", "File"), rows, (10, 11, 10, 7, 20, None))
    if is_left_out(merged):
        ctx.exit(NEEDS_ATTENTION)
