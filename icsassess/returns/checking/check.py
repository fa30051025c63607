"""Checking returns: read them, stack their rows, let every rule look once, and settle which file counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from icsassess.domain.problems import Problem, Severity, in_order
from icsassess.domain.rag import vocabulary
from icsassess.locality.locality import Locality
from icsassess.returns.checking.frames import return_lines, typed_entries, understood
from icsassess.returns.checking.rules import ALL_RULES
from icsassess.returns.checking.rules.rule import Context, points
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.template.sources import rating_words, template_of
from icsassess.tables.frames import titles
from icsassess.tables.models import Entries, ReturnLines, TypedEntries


@dataclass
class Checked:
    """What checking gave: the returns with all their points, and the tables of those that can be used."""

    returns: list[ReadReturn]
    entries: pd.DataFrame
    lines: pd.DataFrame

    def take_entries(self) -> pd.DataFrame:
        """Give the entries and keep none: of thousands of returns they are too many to be held twice."""
        taken, self.entries = self.entries, self.entries.iloc[:0]
        return taken


def outcome(read: ReadReturn) -> str:
    """Give the outcome of a return in the contract's words."""
    if read.refused:
        return "refused"
    return "accepted with points" if read.problems else "accepted"


def needs_attention(problems: Sequence[Problem]) -> bool:
    """Tell whether there is a point that somebody has to attend to before the row or file can be used."""
    return any(problem.severity is Severity.BLOCKER for problem in problems)


def check_all(reads: list[ReadReturn], locality: Locality) -> Checked:
    """Check the rows of all returns in one pass and add to each return the points its rows raise."""
    template = template_of(locality)
    words = vocabulary().also(rating_words(locality))
    usable = [read for read in reads if not read.refused]
    context = Context(locality.framework, template.statuses, titles(Entries), words)
    typed = typed_entries(usable)
    entries = understood(typed, words, template.statuses)
    lines = return_lines(usable, typed, entries, locality, words)
    for read in usable:
        read.rows_of = {}  # the lines have it now, and thousands of returns would hold it twice
    by_file = {read.file: read for read in reads}
    never_asked = {read.file: read.never_asked for read in usable if read.never_asked}
    for table, model in ((typed, TypedEntries), (entries, Entries), (lines, ReturnLines)):
        for problem in points([rule for rule in ALL_RULES if rule.table is model], table, context, never_asked):
            by_file[problem.file or ""].problems.append(problem)
    for read in reads:
        read.problems = in_order([problem.of(file=read.file, partner=read.partner) for problem in read.problems])
    return Checked(reads, entries, lines)
