"""Points in a terminal: file by file, blockers and warnings in full, the many of one kind together."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess import personal_data
from icsassess.cli.output import WIDTH, say
from icsassess.problems import Problem, Severity, by_kind, title
from icsassess.returns.check import outcome
from icsassess.returns.read import ReadReturn
from icsassess.text import count, listing

_IN_FULL = 3


def print_points(returns: Sequence[ReadReturn]) -> None:
    """Print what checking found, file by file."""
    for read in returns:
        whose = read.partner or "partner not known"
        say(f"{read.file} ({whose}): {outcome(read)}, {count(len(read.entries), 'entry', 'entries')}", bold=True)
        for severity in Severity:
            _print_kind(severity, [problem for problem in read.problems if problem.severity is severity])
        say()
    say(personal_data.CANNOT_SEE)


def _print_kind(severity: Severity, problems: list[Problem]) -> None:
    for code, alike in by_kind(problems).items():
        if severity is Severity.NOTE or len(alike) > _IN_FULL:
            places = [
                problem.ref or ", ".join(part for part in (problem.sheet, problem.cell) if part) for problem in alike
            ]
            where = listing(list(dict.fromkeys(place for place in places if place)), most=8)
            _wrapped(f"{severity}: {title(code)}, {count(len(alike), 'time')}" + (f": {where}." if where else "."))
            if severity is not Severity.NOTE:
                _wrapped(alike[0].suggestion, indent="    ")
        else:
            for problem in alike:
                _wrapped(f"{severity}: {problem.message} {problem.suggestion}")


def _wrapped(text: str, indent: str = "  ") -> None:
    import textwrap

    say(textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent="    "))
