"""``icsassess check``: reads returns and tells everything that somebody should put right."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from icsassess.cli.command import Command
from icsassess.cli.output import PAGE, WIDTH, json_option, say, say_first, say_wrapped
from icsassess.cli.progress_bar import showing_progress

if TYPE_CHECKING:
    from icsassess.returns.reading.rows.entry import ReadReturn


Line = tuple[str, bool]
"""A line that is printed, and whether it stands out."""


def _in_full(returns: Iterable[ReadReturn]) -> Iterator[Line]:
    from icsassess.round.point_summary import headline_of, summaries_of

    for read in returns:
        yield headline_of(read), True
        for summary in summaries_of(read):
            yield from _wrapped(summary.sentence, "  ", "    ")
            if summary.advice is not None:
                yield from _wrapped(summary.advice, "    ", "    ")
        yield "", False


def _in_short(returns: Sequence[ReadReturn]) -> Iterator[Line]:
    """Give a headline for each return, and its points in short as long as the page has room for them."""
    from icsassess.round.point_summary import brief_of, headline_of

    room = PAGE - len(returns)
    for read in sorted(returns, key=lambda read: not read.refused):
        yield headline_of(read), True
        for sentence in brief_of(read):
            lines = list(_wrapped(sentence, "  ", "    "))
            room -= len(lines)
            if room >= 0:
                yield from lines


def _wrapped(text: str, indent: str, after: str) -> Iterator[Line]:
    yield from ((line, False) for line in textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=after))


@click.command("check", cls=Command, short_help="Read and check returns.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER or FILE...]")
@click.option("--feedback", is_flag=True, help="Write each partner's own file back, marked, into the folder feedback/.")
@click.option("--all", "everything", is_flag=True, help="Print every point, also where that takes over a page.")
@json_option
def command(paths: tuple[Path, ...], feedback: bool, everything: bool, as_json: bool) -> object:
    """Read and check all returns of a locality folder, or single files.

    For a single file, its locality is the folder above it that has a locality.toml, else the current folder. What
    would take more than a page is told in short: what keeps something out, and how many points there are of the rest.
    """
    from icsassess.domain.personal_data import CANNOT_SEE
    from icsassess.round.check import check

    with showing_progress() as show:
        result = check(paths, feedback=feedback, progress=show)
    if as_json:
        return result
    if not result.returns:
        say(f"There are no returns yet in {result.locality.folder / 'returns'}.")
    say_first([f"{point.question} {point.suggestion}" for point in result.questions])
    for point in result.settings_points:
        say_wrapped(f"{point.severity}: {point}")
        say()
    counted = [read for read in result.returns if read.file not in result.superseded]
    lines = list(_in_full(counted))
    if len(lines) > PAGE and not everything:
        lines = [*_in_short(counted)]
        lines.append(
            ("Every point with its cell: icsassess check --all; on the partner's own file: --feedback.", False)
        )
        lines.append(("", False))
    for line, bold in lines:
        say(line, bold=bold)
    for file, reason in result.superseded.items():
        say_wrapped(f"{file}: superseded. {reason} Its points count nowhere and go to nobody.", "", "  ")
    if result.returns:
        say(CANNOT_SEE)
    if result.feedback:
        say()
        say("Feedback for the partners:", bold=True)
        for name in result.feedback_names:
            say(f"  {name}")
    return result
