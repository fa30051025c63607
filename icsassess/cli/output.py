"""What the commands have in common: options, tables in a terminal, JSON, and progress on standard error."""

from __future__ import annotations

import datetime
import errno
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from icsassess.domain.problems import Problem
    from icsassess.locality.locality import Locality
    from icsassess.returns.reading.session import Reading

WIDTH = 100
_QUIET_SECONDS = 1.5
_DRAWN_AGAIN_SECONDS = 0.1


class Day(click.ParamType[datetime.date]):
    """A date on the command line: 2024-01-31 or, day first, 31/01/2024."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Read the date; anything that is not one day is refused."""
        if isinstance(value, datetime.date):
            return value
        from icsassess.domain.problems import point
        from icsassess.returns.matching.dates import How, read_date

        reading = read_date(str(value))
        if reading.how is How.DAY and reading.day is not None:
            return reading.day
        return self.fail(str(point("date-on-command-line", found=str(value))), param, ctx)


folder_argument = click.argument("folder", type=click.Path(path_type=Path), default=Path())
as_at_option = click.option(
    "--as-at", type=Day(), metavar="DATE", help="The day everything is reckoned from; today when left out."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@contextmanager
def printing() -> Iterator[None]:
    """Say in words why something cannot be printed: a full disk. Raises ``Refusal``.

    A program that stopped listening needs no words.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        from icsassess.domain.problems import Refusal, point

        raise Refusal(point("output-not-written", detail=error.strerror or str(error))) from error


def print_json(document: object) -> None:
    """Print one JSON document; characters beyond ASCII are escaped, so that any terminal and pipe carries them."""
    with printing():
        click.echo(json.dumps(document, indent=2))


def say(text: str = "", *, bold: bool = False) -> None:
    """Print a line of the result, without anything that could take command of a terminal."""
    from icsassess.support.text import clean

    with printing():
        click.secho(clean(text), bold=bold or None)


def say_wrapped(text: str, indent: str = "", after: str | None = None) -> None:
    """Print a text over as many lines as it needs; ``after`` is the indent of all lines but the first."""
    import textwrap

    say(textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent if after is None else after))


def remark(text: str) -> None:
    """Print a line on standard error."""
    from icsassess.support.text import clean

    click.echo(clean(text), err=True)


def refuse(problem: Problem, *, as_json: bool) -> None:
    """Tell why something could not be done."""
    if as_json and problem.code != "output-not-written":
        print_json({"problems": [problem_as_json(problem)]})
    remark(f"{problem.message}\n{problem.suggestion}".strip())


def problem_as_json(problem: Problem) -> dict[str, object]:
    """Give a point with the contract's keys."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "sheet": problem.sheet,
        "cell": problem.cell,
        "ref": problem.ref,
        "found": problem.found,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int | None] | None = None) -> None:
    """Print a table that fits a terminal; ``widths`` are most characters a column, None for what is left."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from icsassess.support.text import clean

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, heading in enumerate(headings):
        width = widths[number] if widths else None
        made.add_column(heading, max_width=width, overflow="fold", ratio=None if width else 1)
    for row in rows:
        made.add_row(*(Text(clean(value)) for value in row))
    terminal = sys.stdout.isatty()
    console = Console(
        width=None if terminal else WIDTH, highlight=False, no_color=not terminal, force_terminal=terminal
    )
    with printing():
        console.print(made)


Progress = Callable[[int, int, str], None]


@contextmanager
def reading_returns(locality: Locality) -> Iterator[Reading]:
    """Begin to read a locality's returns, and show how far that is.

    What else a command needs is best imported within: it is loaded while others read.
    """
    from icsassess.returns.reading.session import Reading
    from icsassess.support.memory import give_back_large

    give_back_large()
    with progress("Reading returns") as show, Reading(locality, show) as reading:
        yield reading


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Show how far a long piece of work is, on standard error, once it has taken more than a moment.

    Without a terminal there is no bar: nothing is shown.
    """
    from icsassess.support.text import clean

    started = time.monotonic()
    drawn = 0.0
    terminal = sys.stderr.isatty()

    def show(done: int, of: int, name: str) -> None:
        nonlocal drawn
        now = time.monotonic()
        if terminal and now - started > _QUIET_SECONDS and now - drawn > _DRAWN_AGAIN_SECONDS:
            drawn = now
            line = f"{what}: {done} of {of} done, {of - done} left, at {clean(name)}"
            click.echo("\r\x1b[K" + line[: WIDTH - 1], nl=False, err=True)

    yield show
    if drawn:
        click.echo("\r\x1b[K", nl=False, err=True)
