"""Points that the partner has answered: settled as long as the cell holds what it held when it was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from icsassess.domain.fields import TYPED_FIELDS
from icsassess.domain.problems import Problem, Severity, in_order, make_problem
from icsassess.returns.feedback.progress import sender_of
from icsassess.returns.marks.feedback_table import Answer, shown_content
from icsassess.returns.marks.wording import where
from icsassess.returns.reading.compact import columns_of
from icsassess.returns.reading.rows.entry import ReadReturn

Contents = Mapping[tuple[str, str], str]
_Key = tuple[str, str, str]


def cell_contents(read: ReadReturn) -> Contents:
    """Give what the cells of a return's entries hold, by sheet and address; the colour of a rating's cell as well."""
    columns = columns_of(read.entries)
    contents: dict[tuple[str, str], str] = {}
    for number, (sheet, place) in enumerate(zip(columns["sheet"], columns["place"], strict=True)):
        for name in TYPED_FIELDS:
            text = columns[name][number]
            if name == "rag" and (fill := columns["fill"][number]):
                text = f"{text} (colour {fill})".strip()
            if text:
                contents[sheet, place.cell(name)] = text
    return contents


def content_of(point: Problem, contents: Contents) -> str:
    """Give what stands where a point is, as a feedback sheet shows it: the cell's content, or what the point names."""
    text = contents.get((point.sheet or "", point.cell or ""), "")
    named = (point.found or "").removesuffix("…")
    return shown_content(text if named in " ".join(text.split()) else f"{text} {point.found}".strip())


def settle(reads: Sequence[ReadReturn], earlier: Iterable[tuple[str, Answer]], many: frozenset[str]) -> None:
    """Move the points that their partner has answered from each return's ``problems`` to its ``answered``.

    Answers count that stand in any return of the partner, or in ``earlier`` feedback, given by partner. Of a partner in
    ``many``, for which several organisations answer, each has its own. A blocker cannot be answered: it stays, with a
    note that says so.
    """
    by_sender: dict[str, list[Answer]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: (read.completed_on is not None, str(read.completed_on), read.modified)):
        by_sender[sender_of(read.partner, read.organisation, several=read.partner in many)].extend(read.answers)
    for partner, answer in earlier:
        by_sender[partner].insert(0, answer)
    for read in reads:
        of_sender = by_sender.get(sender_of(read.partner, read.organisation, several=read.partner in many), [])
        if read.partner is not None and (of_sender or read.answers) and not read.refused:
            _settle_one(read, [*read.answers, *reversed(of_sender)])


def _settle_one(read: ReadReturn, answers: Sequence[Answer]) -> None:
    contents = cell_contents(read)
    waiting: dict[_Key, dict[str, Answer]] = defaultdict(dict)
    for answer in answers:  # the return's own first, then the newest; one a place
        waiting[answer.code, answer.ref, answer.content].setdefault(answer.where, answer)
    answered: dict[int, str] = {}
    keys = [(point.code, point.ref or "", content_of(point, contents)) for point in read.problems]
    for same_place in (True, False):
        for number, (point, key) in enumerate(zip(read.problems, keys, strict=True)):
            if number in answered or not waiting.get(key):
                continue
            place = where(point) if same_place else next(iter(waiting[key]))
            if place in waiting[key]:
                answered[number] = waiting[key].pop(place).text
    of_blockers = [n for n in answered if read.problems[n].severity is Severity.BLOCKER]
    read.answered = [
        replace(point, answer=answered[number])
        for number, point in enumerate(read.problems)
        if number in answered and number not in of_blockers
    ]
    told = [_cannot_be_answered(read.problems[number], answered[number]) for number in of_blockers]
    open_points = [point for n, point in enumerate(read.problems) if n not in answered or n in of_blockers]
    read.problems = in_order([*open_points, *told])


def _cannot_be_answered(point: Problem, answer: str) -> Problem:
    place = {"file": point.file, "partner": point.partner, "sheet": point.sheet, "cell": point.cell, "ref": point.ref}
    return make_problem("blocker-answered", found=answer, **place)
