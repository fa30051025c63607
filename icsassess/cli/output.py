"""What the commands have in common: options, tables in a terminal, JSON, and remarks on standard error."""

import datetime
import errno
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

import click

WIDTH = 100
PAGE = 55
"""Lines that fit on a printed page, and that nobody has to scroll far for."""


class Day(click.ParamType[datetime.date]):
    """A date on the command line: 2024-01-31 or, day first, 31/01/2024."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Read the date; anything that is not one day is refused."""
        if isinstance(value, datetime.date):
            return value
        from icsassess.domain.problems import make_problem
        from icsassess.returns.matching.dates import How, read_date

        reading = read_date(str(value))
        if reading.how is How.DAY and reading.day is not None:
            return reading.day
        return self.fail(str(make_problem("date-on-command-line", found=str(value))), param, ctx)


def shell_quoted(path: Path) -> str:
    """Give a path as it has to be typed in a terminal: in quotation marks where it has spaces or the like."""
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:~-]+", text) else f'"{text}"'


folder_argument = click.argument("folder", type=click.Path(path_type=Path), default=Path())
as_at_option = click.option(
    "--as-at", type=Day(), metavar="DATE", help="The day everything is reckoned from; today when left out."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@contextmanager
def printing() -> Iterator[None]:
    """Say in words why something cannot be printed: a full disk. Raises ``Refusal``.

    A program that stopped listening needs no words. What is printed after this goes nowhere: without that the
    interpreter would fail once more when it ends.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        from icsassess.domain.problems import Refusal, make_problem

        _discard(sys.stdout)
        raise Refusal(make_problem("output-not-written", detail=error.strerror or str(error))) from error


def is_output_written() -> bool:
    """Write what is still to be written to standard output; where that fails, say so and tell that it is not."""
    from icsassess.domain.problems import Refusal

    try:
        with printing():
            sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except Refusal as refusal:
        remark(f"{refusal.problem.message}\n{refusal.problem.suggestion}".strip())
        return False
    return True


def _discard(stream: TextIO) -> None:
    """Have a stream that cannot be written to lead nowhere."""
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


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


def say_first(questions: Sequence[str]) -> None:
    """Print what has to be settled before anything else; nothing where there is nothing."""
    if questions:
        say("To be settled first:", bold=True)
        for question in questions:
            say_wrapped(question, "  - ", "    ")
        say()


def remark(text: str) -> None:
    """Print a line on standard error; where not even that can be written to, nobody can be told."""
    from icsassess.support.text import clean

    try:
        click.echo(clean(text), err=True)
    except OSError:
        _discard(sys.stderr)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int | None] | None = None) -> None:
    """Print a table that fits a terminal; ``widths`` are most characters a column, None for what is left."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from icsassess.support.text import clean

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, heading in enumerate(headings):
        width = widths[number] if widths else None
        grid.add_column(heading, max_width=width, overflow="fold", ratio=None if width else 1)
    for row in rows:
        grid.add_row(*(Text(clean(value)) for value in row))
    terminal = sys.stdout.isatty()
    console = Console(
        width=None if terminal else WIDTH, highlight=False, no_color=not terminal, force_terminal=terminal
    )
    with printing():
        console.print(grid)
