"""``icsassess merge``: one locality workbook from all returns."""

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
)


@click.command("merge", short_help="Merge all returns into a new locality workbook.")
@folder_argument
@as_at_option
@json_option
@click.pass_context
def command(ctx: click.Context, folder: Path, as_at: datetime.date | None, as_json: bool) -> None:
    """Merge all returns of FOLDER, and what the group typed into the last workbook, into a new locality workbook.

    The workbook is written into merged/; nothing there is ever overwritten. For people who do not open
    workbooks, page and paper write what it shows.
    """
    from icsassess.locality.locality import open_locality

    locality = open_locality(folder)
    with reading_returns(locality) as reading:
        from icsassess.assessment.merging.merge import is_left_out
        from icsassess.assessment.output.as_json import merge_as_json
        from icsassess.assessment.output.headlines import headlines
        from icsassess.returns.checking.check import needs_attention
        from icsassess.view.priorities import priorities
        from icsassess.view.view import View
        from icsassess.workbook.merging.merge import merge_and_write

        merged, path = merge_and_write(locality, locality.as_at(as_at), reading)
    if as_json:
        print_json(merge_as_json(merged, locality.relative(path)))
    else:
        for line in headlines(merged):
            say_wrapped(line)
        say()
        say("Look at first:", bold=True)
        for priority in priorities(View(merged)):
            say_wrapped(priority.sentence, "  - ", "    ")
        say()
        say(f"Workbook: {path}", bold=True)
    if is_left_out(merged) or needs_attention(merged.problems):
        ctx.exit(NEEDS_ATTENTION)
