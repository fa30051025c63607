"""Points: what somebody should put right, where it stands, and the one place where its words come from.

A message has four parts, in the words of ``templates/points.toml``: where, what we found, what we expected, what to do.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from icsassess.domain import personal_data
from icsassess.support.data_files import shipped_sections
from icsassess.support.text import clip

_POINTS = "points.toml"
PERSONAL_DATA = frozenset({"personal-data", "personal-data-in-name"})
"""The kinds of point on what looks like an NHS number."""


class Severity(enum.StrEnum):
    """How much a point matters, the weightiest first."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """0 for the weightiest: points are listed in this order."""
        return _WEIGHTS[self]


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


class Kind(NamedTuple):
    """One kind of point: its code, severity, title, and the words of its message.

    ``done`` is what the program did by itself, ``do`` what the quality lead can do, and ``otherwise`` what it can do
    where nothing comes of ``do``. ``partner`` is what the partner itself can do, where that is another thing.
    ``question`` is what somebody has to answer before anything else, in one sentence.
    """

    code: str
    severity: Severity
    title: str
    found: str
    expected: str
    do: str
    done: str = ""
    otherwise: str = ""
    partner: str | None = None
    question: str = ""

    def suggestion(self, filling: Mapping[str, str]) -> str:
        """Give what was done and what to do about it, with ``filling`` in the place of names in braces."""
        return f"{self.done} {self.do}".format_map(filling).strip() or self.otherwise


_EXPECTED = "Expected: "
"""Stands in front of what was expected, so that it is not read as what was found."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One point: what kind, where it stands, and its message in words.

    ``message`` says where, what we found and what we expected; ``suggestion`` says what to do.
    ``found`` is what stands in the cell, masked and cut to what can be shown; ``expected`` the message's last part.
    ``answer`` is what the partner said of it, where that settles it.
    ``question`` is asked before all else, in one sentence: whose a return is, which of two counts; ``""`` for none.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    ref: str | None = None
    found: str | None = None
    partner: str | None = None
    expected: str = ""
    answer: str = ""
    question: str = ""

    @property
    def finding(self) -> str:
        """The message without what we expected, and without its full stop: ‘Cover, B6: no name is given’."""
        return self.message.removesuffix(self.expected).rstrip().removesuffix(".")

    def of(self, *, file: str | None = None, partner: str | None = None) -> Problem:
        """Give the same point with the file and partner it belongs to."""
        return replace(self, file=file or self.file, partner=partner or self.partner)

    def as_json(self) -> dict[str, object]:
        """Give it as the contract's ``PROBLEM``; ``None`` where a part is not known."""
        names = ("code", "severity", "sheet", "cell", "ref", "found", "message", "suggestion")
        values = {name: getattr(self, name) for name in names} | {"severity": str(self.severity)}
        return values | ({"answer": self.answer} if self.answer else {})

    def __str__(self) -> str:
        """Give the message and what to do, as one text."""
        return f"{self.message} {self.suggestion}".strip()


class Refusal(Exception):
    """What was asked for could not be done; the problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@cache
def kind_of(code: str) -> Kind:
    """Give the kind of point with this code, from ``templates/points.toml``."""
    words = tomllib.loads(shipped_sections(_POINTS)[code])
    return Kind(**{**words, "code": code, "severity": Severity(words["severity"])})


def title(code: str) -> str:
    """Give what a list of points calls this kind of point."""
    return kind_of(code).title


def make_problem(
    code: str,
    *,
    file: str | None = None,
    sheet: str | None = None,
    cell: str | None = None,
    ref: str | None = None,
    partner: str | None = None,
    found: str | None = None,
    **words: object,
) -> Problem:
    """Make a point of the kind ``code``; ``words`` fill in the braces of its message.

    Anything a partner typed is masked and cut before it is put into a message. A word that the catalogue's message
    needs and that is not given raises ``KeyError``: the rule and its message have to agree.
    """
    kind = kind_of(code)
    shown = None if found is None else clip(personal_data.mask(found))
    filling = {name: personal_data.mask(str(word)) for name, word in words.items()}
    sheet = None if sheet is None else personal_data.mask(sheet)
    filling |= {"found": shown or "", "ref": ref or "", "partner": partner or "", "sheet": sheet or ""}
    finding, expected = (part.format_map(filling).strip() for part in (kind.found, kind.expected))
    expected = f"{_EXPECTED}{expected}"
    where = ", ".join(part for part in (sheet, cell) if part)
    return Problem(
        code=code,
        severity=kind.severity,
        message=f"{where}: {finding}. {expected}" if where else f"{finding[:1].upper()}{finding[1:]}. {expected}",
        suggestion=kind.suggestion(filling),
        file=file,
        sheet=sheet,
        cell=cell,
        ref=ref,
        found=shown,
        partner=partner,
        expected=expected,
        question=kind.question.format_map(filling),
    )


def did_you_mean(suggestion: str | None, otherwise: str) -> str:
    """Give ‘Did you mean Amber?’, or what else to do where nothing comes near."""
    return f"Did you mean {suggestion}?" if suggestion else otherwise


def by_kind(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Give the points by their code, in the order in which the first of each kind comes."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    return by_code


def place_in_short(problem: Problem) -> str:
    """Give the line and the cell of a point, ‘Q1-PEX (G5)’; the sheet and the cell where there is no line."""
    if problem.ref:
        return f"{problem.ref} ({problem.cell})" if problem.cell else problem.ref
    return ", ".join(part for part in (problem.sheet, problem.cell) if part)


def in_order(problems: list[Problem]) -> list[Problem]:
    """Give the points with the weightiest first, of these what has to be settled first; then by file and place."""
    return sorted(
        problems,
        key=lambda p: (p.severity.weight, not p.question, p.file or "", p.code, p.sheet or "", _cell_order(p.cell)),
    )


@lru_cache(maxsize=8_192)
def _cell_order(cell: str | None) -> tuple[int, str]:
    digits = "".join(character for character in cell or "" if character.isdigit())
    return (int(digits) if digits else 0, cell or "")
