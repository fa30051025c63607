"""Points in a terminal, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from icsassess.cli.output import say, say_wrapped
from icsassess.domain import personal_data
from icsassess.round.point_summary import headline_of, summaries_of

if TYPE_CHECKING:
    from icsassess.returns.reading.rows.entry import ReadReturn


def print_points(returns: Sequence[ReadReturn]) -> None:
    """Print what checking raised, file by file."""
    for read in returns:
        say(headline_of(read), bold=True)
        for summary in summaries_of(read):
            say_wrapped(summary.sentence, "  ", "    ")
            if summary.advice is not None:
                say_wrapped(summary.advice, "    ")
        say()
    say(personal_data.CANNOT_SEE)
