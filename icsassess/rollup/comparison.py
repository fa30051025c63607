"""Several localities side by side: who is there, and each line, statement and theme across all of them."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.domain import rag
from icsassess.domain.framework import framework, framework_ids
from icsassess.domain.problems import Problem, Refusal, Severity, in_order, make_problem
from icsassess.returns.reading.session import Progress
from icsassess.rollup.find_workbooks import find
from icsassess.rollup.locality_summary import FrameworkName, LineSummary, LocalitySummary, SkippedWorkbook
from icsassess.rollup.reading import read_all
from icsassess.support.text import fold, words
from icsassess.view.rating_words import worst_word
from icsassess.workbook.signing.verdict import CHANGED, NOT_SIGNED


@dataclass(frozen=True)
class Row:
    """A line, statement or theme, and each locality's lines of it in the localities' order; None where it has none.

    ``counted`` says of each locality whether it counts: one that was changed after it was signed proves nothing.
    """

    framework: str
    ref: str
    theme: str
    statement: str
    category: str
    lines: tuple[tuple[LineSummary, ...] | None, ...]
    counted: tuple[bool, ...]

    @property
    def counted_lines(self) -> list[tuple[LineSummary, ...]]:
        """The lines of each locality that counts and has any."""
        return [lines for lines, counts in zip(self.lines, self.counted, strict=True) if lines and counts]

    def localities(self, wanted: Callable[[LineSummary], object]) -> int:
        """Count the localities that count and have a line for which ``wanted`` is true."""
        return sum(any(map(wanted, lines)) for lines in self.counted_lines)

    @property
    def gaps(self) -> int:
        """Count the localities in which it is a gap."""
        return self.localities(lambda line: line.gap is not None)

    @property
    def reds(self) -> int:
        """Count the localities in which it is Red."""
        return self.localities(lambda line: line.counted == rag.RED)

    @property
    def without_plan(self) -> int:
        """Count the localities in which it is a gap without a plan."""
        return self.localities(lambda line: line.gap is not None and line.gap.plan == NEEDS_A_PLAN)

    @property
    def late(self) -> int:
        """Count the localities in which it is a gap with an action that is late."""
        return self.localities(lambda line: line.gap is not None and line.gap.late)

    @property
    def title(self) -> str:
        """What it is called in a sentence: statement, category where it is a line, and the code at the end."""
        return f"{self.statement}{f': {self.category}' if self.category else ''} ({self.ref})"

    @property
    def strengths(self) -> int:
        """Count the localities in which it is Green with evidence."""
        return self.localities(lambda line: line.is_strength)

    @property
    def lacking(self) -> int:
        """Count the localities in which it is Red, Amber or a gap."""
        return self.localities(lambda line: line.is_lacking)

    @property
    def out_of(self) -> int:
        """In how many localities it is in the framework, and is to be rated or a gap."""
        return self.localities(lambda line: line.is_to_be_rated or line.gap is not None)


@dataclass(frozen=True)
class Rollup:
    """The localities in the order of their names, those of which nothing could be taken, and every point."""

    as_at: datetime.date
    localities: tuple[LocalitySummary, ...]
    absent: tuple[SkippedWorkbook, ...]
    problems: tuple[Problem, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What names the localities in headings."""
        return tuple(locality.label for locality in self.localities)

    @cached_property
    def counted(self) -> tuple[bool, ...]:
        """For each locality, whether it stands in totals: all but those that were changed after they were signed."""
        return tuple(locality.state != CHANGED for locality in self.localities)

    @cached_property
    def frameworks(self) -> tuple[str, ...]:
        """The ids of the frameworks, that of most localities first."""
        numbers = Counter(locality.framework.id for locality in self.localities)
        return tuple(sorted(numbers, key=lambda name: (-numbers[name], name)))

    @cached_property
    def lines(self) -> tuple[Row, ...]:
        """Every line of every framework; the same Ref under another title, in another version, is another line."""
        titles: dict[tuple[FrameworkName, str], tuple[str, str]] = {}
        by_title: dict[tuple[str, str, tuple[str, str]], dict[int, LineSummary]] = {}
        for number, locality in enumerate(self.localities):
            for line in locality.lines:
                title = titles.setdefault((locality.framework, line.ref), _titles(locality.framework, line))
                by_title.setdefault((locality.framework.id, line.ref, title), {})[number] = line
        order = {key: place for place, key in enumerate(by_title)}
        ordered = sorted(by_title, key=lambda key: (self.frameworks.index(key[0]), _place(*key[:2]), order[key]))
        return tuple(self._line(key[0], by_title[key]) for key in ordered)

    def _line(self, framework_id: str, by_locality: dict[int, LineSummary]) -> Row:
        one = next(iter(by_locality.values()))
        lines = tuple(
            (by_locality[number],) if number in by_locality else None for number in range(len(self.localities))
        )
        return Row(framework_id, one.ref, one.theme, one.statement, one.category, lines, self.counted)

    @cached_property
    def statements(self) -> tuple[Row, ...]:
        """The quality statements."""
        return tuple(
            self._together(rows, rows[0].ref.rpartition("-")[0], rows[0].statement)
            for rows in self._grouped(lambda row: (row.ref.rpartition("-")[0], words(row.statement)))
        )

    @cached_property
    def themes(self) -> tuple[Row, ...]:
        """The themes."""
        return tuple(self._together(rows, "", "") for rows in self._grouped(lambda row: (words(row.theme),)))

    def _grouped(self, key: Callable[[Row], tuple[str, ...]]) -> Iterator[list[Row]]:
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in self.lines:
            groups.setdefault((row.framework, *key(row)), []).append(row)
        yield from groups.values()

    def _together(self, rows: Sequence[Row], ref: str, statement: str) -> Row:
        by_locality = [[line for row in rows for line in row.lines[n] or ()] for n in range(len(self.localities))]
        return Row(
            rows[0].framework,
            ref,
            rows[0].theme,
            statement,
            "",
            tuple(tuple(lines) or None for lines in by_locality),
            self.counted,
        )

    @cached_property
    def shared_gaps(self) -> tuple[Row, ...]:
        """The lines that are a gap in several localities: those Red in most first, then without plan, then late."""
        shared = [row for row in self.lines if row.gaps > 1]
        return tuple(sorted(shared, key=lambda row: (-row.reds, -row.without_plan, -row.late, -row.gaps)))

    @cached_property
    def strengths(self) -> tuple[Row, ...]:
        """The lines that are Green with evidence in one locality and Red, Amber or a gap in another."""
        strengths = [row for row in self.lines if row.strengths and row.lacking]
        return tuple(sorted(strengths, key=lambda row: -row.lacking))

    def in_state(self, state: str) -> list[LocalitySummary]:
        """Give the localities in a state of sign-off: one of the verdicts of ``verify``."""
        return [locality for locality in self.localities if locality.state == state]

    @property
    def needs_attention(self) -> bool:
        """Whether something was left out, or a signed workbook was changed."""
        return bool(self.absent or self.in_state(CHANGED))


def _titles(used: FrameworkName, line: LineSummary) -> tuple[str, str]:
    """Give a line's titles, made comparable: the framework's own where that ships."""
    if used.id in framework_ids() and framework(used.id).version == used.version:
        own = framework(used.id).line_by_ref.get(line.ref)
        if own is not None:
            return words(own.statement.title), words(own.category.title)
    return words(line.statement), words(line.category)


def _place(framework_id: str, ref: str) -> int:
    """Give the place of a line in a framework that ships; others come last, as they stand in the workbooks."""
    line_by_ref = framework(framework_id).line_by_ref if framework_id in framework_ids() else {}
    return list(line_by_ref).index(ref) if ref in line_by_ref else len(line_by_ref)


def roll_up(paths: Sequence[Path], as_at: datetime.date | None, progress: Progress | None = None) -> Rollup:
    """Read what was named and put it together, as at a day: the latest of the localities' own where none is given.

    Raises ``Refusal`` where nothing of it can be used.
    """
    rolled: list[LocalitySummary] = []
    absent: list[SkippedWorkbook] = []
    others: list[Problem] = []
    for result in read_all(find(paths), progress):
        if isinstance(result, LocalitySummary):
            rolled.append(result)
        elif result is not None and result.problem.severity is Severity.BLOCKER:
            absent.append(result)
        elif result is not None:
            others.append(result.problem)
    if not rolled:
        reasons = "; ".join(one.problem.message.rstrip(".") for one in absent) or "no workbook was found"
        raise Refusal(make_problem("rollup-nothing-usable", told=reasons))
    distinct, second = _newest_of_each(rolled)
    latest = max(locality.as_at for locality in distinct if locality.as_at is not None)
    problems = [problem for locality in distinct for problem in locality.problems]
    problems += [one.problem for one in absent] + others + second
    absent.sort(key=lambda one: (fold(one.name), one.file))
    return Rollup(as_at or latest, tuple(_labelled(distinct)), tuple(absent), tuple(in_order(problems)))


def _newest_of_each(rolled: Sequence[LocalitySummary]) -> tuple[list[LocalitySummary], list[Problem]]:
    """Give one workbook for each locality and framework: the newest, of two as new a signed one.

    One that was changed after it was signed never takes the place of another.
    """
    best: dict[tuple[str, str], LocalitySummary] = {}
    problems = []
    for one in sorted(rolled, key=_precedence):
        key = (fold(one.name), one.framework.id)
        if (other := best.get(key)) is not None and other.sha256 != one.sha256:
            problems.append(
                make_problem("rollup-same-locality", file=other.file, sheet=other.file, name=one.name, kept=one.file)
            )
        best[key] = one
    return sorted(best.values(), key=lambda one: (fold(one.name), one.framework, one.file)), problems


def _precedence(one: LocalitySummary) -> tuple[bool, datetime.date, bool, str]:
    return one.state != CHANGED, one.as_at or datetime.date.min, one.state != NOT_SIGNED, one.file


def _labelled(localities: Sequence[LocalitySummary]) -> Iterator[LocalitySummary]:
    """Number the localities, and name each so that no other has the same name, whatever its capitals."""
    names = Counter(fold(locality.name) for locality in localities)
    used: set[str] = set()
    for number, locality in enumerate(localities, 1):
        label = locality.name
        if names[fold(label)] > 1:
            label = f"{label} ({locality.framework.id or number})"
        if fold(label) in used:
            label = f"{label} [{number}]"
        used.add(fold(label))
        yield replace(locality, number=number, label=label)


def _to_be_rated(lines: Sequence[LineSummary]) -> list[str]:
    return [line.counted for line in lines if line.is_to_be_rated]


def worst_rating(lines: Sequence[LineSummary]) -> str | None:
    """Give the worst rating of several lines, of those to be rated; None where there is none.

    A blank is never Green: it is Green only where every line to be rated is.
    """
    ratings = _to_be_rated(lines)
    worst = rag.vocabulary().worst(ratings)
    return worst if worst != rag.GREEN or set(ratings) == {rag.GREEN} else None


def worst_in_words(lines: Sequence[LineSummary]) -> str:
    """Give the worst rating of several lines and how many have it, of those to be rated: ‘Red – 2 of 6’."""
    ratings, worst = _to_be_rated(lines), worst_rating(lines)
    if not ratings:
        return rag.NOT_APPLICABLE
    if worst is not None:
        return f"{worst} – {ratings.count(worst)} of {len(ratings)}"
    green = ratings.count(rag.GREEN)
    if green:
        return f"Not all rated – {green} of {len(ratings)} {rag.GREEN}"
    return f"{worst_word(ratings)} – 0 of {len(ratings)}"


def worst_line(lines: Sequence[LineSummary]) -> LineSummary:
    """Give the line that a cell over several leads to: the first of the worst rating, else of those not rated."""
    order = (*rag.vocabulary().ordered[:-1], "", *rag.vocabulary().ordered[-1:], rag.NOT_APPLICABLE)
    return min(lines, key=lambda line: order.index(line.rating) if line.rating in order else order.index(""))
