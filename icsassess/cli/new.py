"""``icsassess new``: a locality folder with its settings."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from icsassess.cli.output import Day, say


@click.command("new", short_help="Make a locality folder with its settings.")
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
def command(
    folder: Path, name: str, deadline: datetime.date, framework: str | None, template: str | None, earlier: Path | None
) -> None:
    """Make the locality folder FOLDER with its settings and sub-folders.

    Every setting is written into locality.toml with its default and a comment. With --from, the partners and rules of
    an earlier round are taken over, and its evidence and agreed ratings to be confirmed: the blank returns come with
    each partner's evidence and its age, and the first workbook with what was agreed.
    """
    from icsassess.locality.locality import open_locality
    from icsassess.locality.new_locality import new_locality
    from icsassess.support.text import count

    made = new_locality(folder, name=name, deadline=deadline, framework=framework, template=template, earlier=earlier)
    say(f"{made.folder}: {len(made.partners)} partners, {len(made.framework.lines)} lines, {made.framework.title}.")
    if earlier is not None:
        from icsassess.workbook.merging.merge import merge_in_memory
        from icsassess.workbook.merging.next_round import take_over

        before = open_locality(earlier)
        last = take_over(merge_in_memory(before, before.as_at(None)), made)
        say(
            f"Taken over from {last.name}, to be confirmed: {count(len(last.evidence), 'piece')} of evidence, "
            f"{count(len(last.agreed), 'agreed rating')}."
        )
        if last.left:
            what = count(len(last.left), "thing has", "things have")
            say(f"{what} no place in {made.framework.id} any more: see Kept from before in the first workbook.")
    say(f"Look through {made.folder / 'locality.toml'}, above all the list of partners.")
    say(f"Then: icsassess issue {made.folder}")
