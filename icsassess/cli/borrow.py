"""``icsassess borrow``: another exercise's evidence for the statements that both share, as suggestions."""

from __future__ import annotations

from pathlib import Path

import click

from icsassess.cli.output import json_option, print_json, progress, say, say_wrapped, table


@click.command("borrow", short_help="Offer another exercise's evidence for shared statements.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "other",
    type=click.Path(path_type=Path),
    required=True,
    metavar="OTHER",
    help="The locality folder of the other exercise.",
)
@json_option
def command(folder: Path, other: Path, as_json: bool) -> None:
    """Offer the evidence of OTHER's returns to FOLDER, for the quality statements that their frameworks share.

    A workbook of suggestions goes into FOLDER/borrowed, each with the exercise, partner, file, sheet and row that it
    comes from, and their rating as theirs. Nothing is merged: a suggestion counts nowhere until a partner puts it into
    its own return. OTHER is read and not changed.
    """
    from icsassess.borrowing.shared_evidence import Shared
    from icsassess.borrowing.suggestions_workbook import COUNTED_NOWHERE, borrow, write_borrowed
    from icsassess.locality.locality import open_locality
    from icsassess.support.text import count, listing

    mine, theirs = open_locality(folder), open_locality(other)
    with progress("Reading returns") as show:
        found = borrow(mine, theirs, show)
    path = write_borrowed(found)
    offered = {shared.mine.code: 0 for shared in found.shared}
    for suggestion in found.suggestions:
        offered[suggestion.statement.code] += 1

    def as_shown(shared: Shared) -> dict[str, object]:
        return {
            "statement": shared.mine.code,
            "theirs": shared.theirs.code,
            "how": shared.how,
            "suggestions": offered[shared.mine.code],
        }

    if as_json:
        source = {"name": theirs.name, "framework": theirs.framework.id, "version": theirs.framework.version}
        document = {
            "workbook": mine.relative(path),
            "from": source,
            "shared": [as_shown(shared) for shared in found.shared],
            "not_shared": found.not_shared,
            "suggestions": [suggestion.as_json() for suggestion in found.suggestions],
        }
        print_json(document)
        return
    shared_by_both = f"{len(found.shared)} of {len(mine.framework.statements)} quality statements are shared"
    say(f"{shared_by_both} with {theirs.name}, {theirs.framework.title}.", bold=True)
    rows = [
        (shared.mine.code, shared.mine.title, shared.theirs.code, shared.how, str(offered[shared.mine.code]))
        for shared in found.shared
    ]
    table(("Here", "Quality statement", "There", "How that is known", "Suggestions"), rows, (6, None, 6, 24, 11))
    if found.not_shared:
        say_wrapped(f"Not shared: {listing(found.not_shared, most=40)}.")
    nowhere = sum(not suggestion.ref for suggestion in found.suggestions)
    without = f"; {nowhere} of them in a category that there is none of here" if nowhere else ""
    say_wrapped(f"{count(len(found.suggestions), 'suggestion')}{without}. {COUNTED_NOWHERE}")
    say()
    say(f"Workbook: {path}", bold=True)
