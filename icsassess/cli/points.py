"""Points in a terminal: file by file, blockers and warnings in full, the many of one kind together."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.cli.output import say, say_wrapped
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Severity, by_kind, place_in_short, title
from icsassess.returns.checking.check import outcome
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count, listing

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
            where = listing(list(dict.fromkeys(place for place in map(place_in_short, alike) if place)), most=8)
            sentence = f"{severity}: {title(code)}, {count(len(alike), 'time')}" + (f": {where}." if where else ".")
            say_wrapped(sentence, "  ", "    ")
            if severity is not Severity.NOTE:
                say_wrapped(alike[0].suggestion, "    ")
        else:
            for problem in alike:
                say_wrapped(f"{severity}: {problem.message} {problem.suggestion}", "  ", "    ")
