"""Checking returns: their rows understood and put together by line, and every rule asked about each."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from icsassess.domain.evidence_age import oldest_allowed
from icsassess.domain.problems import Problem, Severity, in_order, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.locality.locality import Locality
from icsassess.returns.checking.entries import typed_entries, understood
from icsassess.returns.checking.one_by_one import Runner, one_by_one
from icsassess.returns.checking.return_lines import return_lines
from icsassess.returns.checking.rules import RULES
from icsassess.returns.checking.rules.rule import Context, Record, Rule
from icsassess.returns.checking.settle import settle
from icsassess.returns.feedback.progress import earlier_answers
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.template.sources import rating_words, template_of
from icsassess.tables.records import Entry, ReturnLine


@dataclass(frozen=True)
class Checked:
    """What checking gave: the returns with all their points, and the entries and lines of those that can be used."""

    returns: list[ReadReturn]
    entries: list[Entry]
    lines: list[ReturnLine]


def outcome(read: ReadReturn) -> str:
    """Give the outcome of a return in the contract's words."""
    if read.refused:
        return "refused"
    return "accepted with points" if read.problems else "accepted"


def needs_attention(problems: Sequence[Problem]) -> bool:
    """Tell whether there is a point that somebody has to attend to before the row or file can be used."""
    return any(problem.severity is Severity.BLOCKER for problem in problems)


def check_all(reads: Sequence[ReadReturn], locality: Locality, as_at: datetime.date | None = None) -> Checked:
    """Check the rows of all returns by pandera, in one pass, and give the returns with the points their rows raise.

    How old evidence is, is reckoned from ``as_at``: the settings' date or today when left out.

    What is given to it stays as it is. Raises ``NotAsDescribed`` where the records that it makes do not keep what their
    models say: a mistake in the program.
    """
    # Only here: a few files are checked in half of the time that pandera takes to load.
    from icsassess.returns.checking.by_pandera import by_pandera

    return _check(reads, locality, by_pandera, as_at)


def check_files(reads: Sequence[ReadReturn], locality: Locality, as_at: datetime.date | None = None) -> Checked:
    """Check a few returns as :func:`check_all` does, by the same predicates, record by record and without pandera."""
    return _check(reads, locality, one_by_one, as_at)


def _check(reads: Sequence[ReadReturn], locality: Locality, run: Runner, as_at: datetime.date | None) -> Checked:
    usable = [read for read in reads if not read.refused]
    words = vocabulary().also(rating_words(locality))
    day = locality.as_at(as_at)
    oldest = oldest_allowed(day, locality.settings.rules.evidence_max_age_months)
    context = Context(locality.framework, words, template_of(locality).statuses, oldest, day)
    typed = typed_entries(usable)
    entries = understood(typed, context)
    lines = return_lines(usable, entries, locality, context)
    never_asked = {read.file: read.never_asked for read in usable if read.never_asked}
    problems: dict[str, list[Problem]] = defaultdict(list)
    for records in (typed, entries, lines):
        for problem in _points(records, context, never_asked, run):
            problems[problem.file or ""].append(problem)
    checked = [_with(read, problems[read.file]) for read in reads]
    many = frozenset(partner.code for partner in locality.partners if partner.returns == "many")
    settle(checked, earlier_answers(locality.sub_folder("feedback")), many)
    return Checked(checked, entries, lines)


def _points(
    records: Sequence[Record], context: Context, never_asked: Mapping[str, frozenset[str]], run: Runner
) -> Iterator[Problem]:
    """Give the points that records of one kind raise, each at the cell of its rule's field, if there is a row."""
    rules: list[Rule[Any]] = [rule for rule in RULES if records and isinstance(records[0], rule.record)]
    for rule, record in run(rules, records, context):
        if rule.blames(record, never_asked.get(record.file, frozenset())):
            yield make_problem(
                rule.code,
                file=record.file,
                partner=record.partner,
                sheet=record.sheet or None,
                cell=record.place.cell(rule.field) if record.place is not None else None,
                ref=record.ref,
                **rule.words(record, context),
            )


def _with(read: ReadReturn, problems: list[Problem]) -> ReadReturn:
    """Give a return with further points, all of them in order."""
    every = [problem.of(file=read.file, partner=read.partner) for problem in (*read.problems, *problems)]
    return replace(read, problems=in_order(every))
