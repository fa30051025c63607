"""The heat map in words: statements down; across, the evidence categories, the whole statement, and the partners."""

from __future__ import annotations

from dataclasses import dataclass

from icsassess.domain.framework import Statement
from icsassess.view import rating_words as wording
from icsassess.view.assessment_view import ShownLine, View


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A statement on the heat map.

    ``lines`` and ``words`` by evidence category (None and the reason where the framework has no such line), ``rating``
    of the whole statement, ``partners`` each one's worst rating of it, ``partner_lines`` the first line that has it.
    """

    statement: Statement
    lines: tuple[ShownLine | None, ...]
    words: tuple[str, ...]
    rating: str
    partners: tuple[str, ...]
    partner_lines: tuple[ShownLine, ...]


def heat_rows(view: View) -> list[HeatRow]:
    """Give the heat map: a row for each statement of the framework."""
    return [_heat_row(view, statement) for statement in view.merged.locality.framework.statements]


def _heat_row(view: View, statement: Statement) -> HeatRow:
    of_category = {line.line.category.code: line for line in view.lines_of(statement)}
    lines = [of_category.get(category.code) for category in view.merged.locality.framework.categories]
    return HeatRow(
        statement,
        tuple(lines),
        tuple(heat_word(line) for line in lines),
        wording.worst_word([line.counted for line in of_category.values()]),
        tuple(view.partner_worst(statement, code) for code in view.codes),
        tuple(_line_of(view, statement, code) for code in view.codes),
    )


def _line_of(view: View, statement: Statement, code: str) -> ShownLine:
    """Give the first of a statement's lines that has a partner's worst rating of it, else its first line."""
    lines, worst = view.lines_of(statement), view.partner_worst(statement, code)
    # Where some lines are left to rate, the word says how many are Green: ‘Green, 4 of 6’.
    return next((line for line in lines if line.partners[code] == worst.split(",")[0]), lines[0])


def heat_word(line: ShownLine | None) -> str:
    """Give the word of a line on the heat map: the rating that counts, and whether the group has to look at it."""
    if line is None:
        return wording.NOT_IN_FRAMEWORK
    mark = wording.SPLIT if line.to_be_moderated else wording.LOOK_AGAIN if line.look_again else ""
    return line.counted + mark


def fill_of(word: str) -> str | None:
    """Give the fill behind a word of the heat map as ``RRGGBB``, None where it has none."""
    return wording.fills().get(word.removesuffix(wording.SPLIT).removesuffix(wording.LOOK_AGAIN))
