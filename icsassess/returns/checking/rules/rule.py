"""What a rule is: a predicate over one record, with the cell it points at; and what predicates may ask.

Nothing here, and no rule, imports a data frame library: where there is none the same predicates run record by record
(``checking.one_by_one``), else all of them over the stacked table (``checking.by_pandera``).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, TypeVar

from icsassess.domain.framework import Framework
from icsassess.domain.rag import ParsedRating, Vocabulary
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.matching.dates import DateReading, read_date
from icsassess.returns.matching.evidence_words import says_nothing
from icsassess.support.memo import Memo
from icsassess.tables.records import Entry, ReturnLine, TypedEntry

Record = TypedEntry | Entry | ReturnLine
R = TypeVar("R", TypedEntry, Entry, ReturnLine)


@dataclass(frozen=True)
class Context:
    """What rules may ask beside their record: the framework, the ratings, the words for an action's status.

    ``oldest_evidence`` is the first day of evidence that is not yet older than the locality's rules allow, ``as_at``
    the day from which that is reckoned.
    """

    framework: Framework
    vocabulary: Vocabulary
    statuses: Mapping[str, tuple[str, ...]]
    oldest_evidence: datetime.date
    as_at: datetime.date

    @cached_property
    def rating(self) -> Memo[str, ParsedRating]:
        """How a rating as typed is read."""
        return Memo(self.vocabulary.read)

    @cached_property
    def colour(self) -> Memo[str, str]:
        """The rating that a fill (RRGGBB) stands for, ``""`` for none."""
        return Memo(lambda fill: self.vocabulary.from_colour(fill) or "")

    @cached_property
    def status(self) -> Memo[str, str | None]:
        """The word for a status as typed, ``""`` for none, None where it is not understood."""
        return Memo(lambda text: status_of(text, self.statuses))

    @cached_property
    def nothing(self) -> Memo[tuple[str, str], bool]:
        """Whether a text, by field and text, says that there is nothing."""
        return Memo(lambda key: says_nothing(*key))

    @cached_property
    def date(self) -> Memo[str, DateReading]:
        """How a date as typed is read."""
        return Memo(read_date)

    @cached_property
    def day(self) -> Memo[str, datetime.date | None]:
        """The day of a date as typed, where it can be reckoned with."""
        return Memo(lambda text: self.date[text].usable)


Words = dict[str, Any]
Absent = Literal["field", "line", "nothing", "evidence_date", "kept"]


@dataclass(frozen=True)
class Rule(Generic[R]):
    """A rule over the records of one kind.

    ``holds`` tells whether a record keeps the rule; ``field`` names the field whose cell is at fault; ``words`` gives
    what fills in the message for a record that breaks it. ``unless_template_lacks``: a return is not blamed where the
    template it was made with has no place for the rule's field, for the one named, or for the record's line.
    ``decided_by`` names the fields that alone decide, where they are few: equal values are then asked about once; left
    empty, every record is.
    """

    code: str
    record: type[R]
    field: str
    holds: Callable[[R, Context], bool]
    words: Callable[[R, Context], Words]
    unless_template_lacks: Absent = "field"
    decided_by: tuple[str, ...] = ()

    def keep(self, records: Sequence[R], context: Context) -> list[bool]:
        """Tell for each record whether it keeps the rule."""
        if not self.decided_by:
            return [self.holds(record, context) for record in records]
        keys = list(map(attrgetter(*self.decided_by), records))
        answers = {key: self.holds(record, context) for key, record in dict(zip(keys, records, strict=True)).items()}
        return list(map(answers.__getitem__, keys))

    def blames(self, record: R, never_asked: frozenset[str]) -> bool:
        """Tell whether a return may be blamed, of whose template ``never_asked`` are the fields and lines it lacks."""
        lacking = self.unless_template_lacks
        return {"field": self.field, "line": record.ref, "nothing": None}.get(lacking, lacking) not in never_asked


RULES: list[Rule[Any]] = []
"""Every rule, as the modules of this package register them."""


def no_words(record: Record, context: Context) -> Words:
    """Give nothing: the message needs no more than its place."""
    return {}


def rule(
    code: str,
    record: type[R],
    field: str,
    words: Callable[[R, Context], Words] = no_words,
    unless_template_lacks: Absent = "field",
    decided_by: tuple[str, ...] = (),
) -> Callable[[Callable[[R, Context], bool]], Callable[[R, Context], bool]]:
    """Register a predicate as a rule; its words are in ``templates/points.toml`` under its code. For example::

    @rule("action-without-owner", Entry, "owner")
    def has_owner(entry: Entry, context: Context) -> bool:
        return not entry.action or bool(entry.owner)
    """

    def register(holds: Callable[[R, Context], bool]) -> Callable[[R, Context], bool]:
        RULES.append(Rule(code, record, field, holds, words, unless_template_lacks, decided_by))
        return holds

    return register
