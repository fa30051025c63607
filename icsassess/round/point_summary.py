"""The points of a return in words: blockers and warnings in full, the many of one kind and all notes together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from icsassess.domain.problems import Problem, Severity, by_kind, place_in_short, title
from icsassess.returns.checking.check import outcome
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count, listing

_IN_FULL = 3
_PLACES_NAMED = 8
_KINDS_NAMED = 3


class PointSummary(NamedTuple):
    """A sentence about one point or several of a kind; what to do about them, None where the sentence says it."""

    sentence: str
    advice: str | None = None


def headline_of(read: ReadReturn) -> str:
    """Give a return's file, partner, outcome and number of entries, and the mail or archive that it came in."""
    partner = read.partner or " or ".join(read.asked_whose) or "partner not known"
    headline = f"{read.file} ({partner}): {outcome(read)}, {count(len(read.entries), 'entry', 'entries')}"
    headline = f"{headline} (it came in {read.came_in})" if read.came_in else headline
    return f"{headline}; {count(len(read.answered), 'point')} answered by the partner" if read.answered else headline


def summaries_of(read: ReadReturn) -> Iterator[PointSummary]:
    """Give the points of a return in words, the weightiest first."""
    for severity in Severity:
        of_severity = [problem for problem in read.problems if problem.severity is severity]
        for code, problems in by_kind(of_severity).items():
            if severity is Severity.NOTE or len(problems) > _IN_FULL:
                yield _together(severity, code, problems)
            else:
                yield from (PointSummary(f"{severity}: {problem.message} {problem.suggestion}") for problem in problems)


def brief_of(read: ReadReturn) -> Iterator[str]:
    """Give the points of a return in a few sentences: what keeps something out, then how many there are of the rest."""
    blockers = by_kind([problem for problem in read.problems if problem.severity is Severity.BLOCKER])
    for code, problems in blockers.items():
        if len(problems) == 1:
            yield f"{Severity.BLOCKER}: {problems[0].message} {problems[0].suggestion}"
        else:
            together = _together(Severity.BLOCKER, code, problems)
            yield f"{together.sentence} {together.advice or ''}".strip()
    for severity in (Severity.WARNING, Severity.NOTE):
        kinds = by_kind([problem for problem in read.problems if problem.severity is severity])
        if kinds:
            most_first = sorted(kinds.items(), key=lambda kind: -len(kind[1]))
            named = [f"{title(code)} ({len(problems)})" for code, problems in most_first]
            total = sum(map(len, kinds.values()))
            yield f"{count(total, str(severity))}: {'; '.join(named[:_KINDS_NAMED])}{_and_more(named)}."


def _and_more(named: list[str]) -> str:
    beyond = len(named) - _KINDS_NAMED
    return f"; and {count(beyond, 'other kind')}" if beyond > 0 else ""


def _together(severity: Severity, code: str, problems: list[Problem]) -> PointSummary:
    places = list(dict.fromkeys(place for place in map(place_in_short, problems) if place))
    where = f": {listing(places, most=_PLACES_NAMED)}." if places else "."
    sentence = f"{severity}: {title(code)}, {count(len(problems), 'time')}{where}"
    return PointSummary(sentence, None if severity is Severity.NOTE else problems[0].suggestion)
