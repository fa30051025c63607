"""The live formulas, evaluated: each gives what the program makes of the same cells.

An independent evaluator (the library ``formulas``) works the texts out, so that no office program is needed; what
Excel's own neighbours make of whole workbooks is in ``test_workbook_live.py``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

import formulas as evaluator
import numpy
import pytest

from icsassess.assessment.gaps.plans import plan_state
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.tables import titles
from icsassess.view.assessment_view import View
from icsassess.view.facts import time_to_deadline as time_to_deadline_in_words
from icsassess.view.rating_words import SPLIT, worst_word
from icsassess.workbook.layout import AS_AT_NAME, DEADLINE_NAME, GAPS_TABLE, assessment_place
from icsassess.workbook.sheet_kit import formulas
from tests.support.sample_view import sample_view

AS_AT = datetime.date(2024, 1, 24)
REFS = ("Q1-PEX", "Q1-FSL", "Q1-PRO")
LINES = assessment_place(["P01", "P02"], len(REFS))
CONDITIONS = {
    "reasons": (("red",), ("stale evidence",), ("red", RED_AND_GREEN), ("red and green things",)),
    "agreed": ("", " Amber "),
    "action": ("", "  ", "Ask three more practices"),
    "status": ("", "In progress", "Delivered"),
    "evidenced_by": ("", "Minutes"),
    "due": ("", "soon", AS_AT - datetime.timedelta(1), AS_AT, AS_AT + datetime.timedelta(1)),
    "owner": ("", "Head of Quality"),
}


@cache
def compiled(text: str) -> Any:
    """Give the formula as a function of the names and ranges in it, in capitals."""
    text = re.sub(rf"{GAPS_TABLE}\[\[#This Row\],\[([^\]]+)\]\]", lambda match: name_of(match[1]), text)
    for name in (AS_AT_NAME, DEADLINE_NAME):
        text = text.replace(name, name_of(name))
    # The evaluator takes two minuses for none, where they make numbers of what is true or false.
    return evaluator.Parser().ast(text.replace("--", "1*"))[1].compile()


def name_of(title: str) -> str:
    """Give a name that stands for a title; it must not look like a cell's address."""
    return f"THE_{title.upper().replace(' ', '_')}"


def value(text: str, cells: Mapping[str, Any]) -> str | float:
    """Evaluate a formula with these names and ranges."""
    function = compiled(text)
    result = function(*(cells[name] for name in function.inputs))
    (single,) = numpy.asarray(result, dtype=object).ravel()
    return str(single) if isinstance(single, str) else float(single)


def serial(day: datetime.date | str) -> int | str:
    """Give a day as a spreadsheet holds it."""
    return (day - datetime.date(1899, 12, 30)).days if isinstance(day, datetime.date) else day


def cells_of(title: str, values: tuple[str, ...]) -> dict[str, Any]:
    """Give a column of the lines with its range."""
    return {LINES.range(title).replace("'", "").replace("$", "").upper(): numpy.array([[v] for v in values], object)}


@pytest.mark.parametrize("required_for", [(), ("red",), ("red", "stale evidence")], ids=str)
def test_the_state_of_a_plan_is_the_same_by_formula_and_by_program(required_for: tuple[str, ...]) -> None:
    text = formulas.plan_formula(LINES, required_for)
    for combination in product(*CONDITIONS.values()):
        case = dict(zip(CONDITIONS, combination, strict=True))
        due = case["due"]
        expected = plan_state(
            to_be_moderated=RED_AND_GREEN in case["reasons"] and not case["agreed"],
            demanded=any(reason in case["reasons"] for reason in required_for),
            action=case["action"].strip(),
            owner=case["owner"],
            due=due if isinstance(due, datetime.date) else None,
            status=case["status"],
            evidenced_by=case["evidenced_by"],
            as_at=AS_AT,
        )
        typed = {
            titles.REF: REFS[1],
            titles.WHY_A_GAP: ", ".join(case["reasons"]),
            titles.ACTION: case["action"],
            titles.DELIVERY_STATUS: case["status"],
            titles.EVIDENCED_BY: case["evidenced_by"],
            titles.DUE_DATE: serial(due),
            titles.OWNER: case["owner"],
        }
        cells = {name_of(title): text for title, text in typed.items()} | {name_of(AS_AT_NAME): serial(AS_AT)}
        cells |= cells_of(titles.REF, REFS) | cells_of(titles.AGREED_RAG, ("", case["agreed"], "Red"))
        assert value(text, cells) == expected, case


def test_a_gap_whose_ref_is_no_lines_is_moderated_by_its_reasons_alone_and_has_no_rating() -> None:
    cells = dict.fromkeys(map(name_of, (titles.ACTION, titles.DELIVERY_STATUS, titles.EVIDENCED_BY, titles.OWNER)), "")
    cells |= {name_of(titles.REF): "Q9-XXX", name_of(titles.WHY_A_GAP): RED_AND_GREEN, name_of(titles.DUE_DATE): ""}
    cells |= {name_of(AS_AT_NAME): serial(AS_AT), **cells_of(titles.REF, REFS)}
    cells |= cells_of(titles.AGREED_RAG, ("Red", "Red", "Red")) | cells_of(titles.RATING, ("Red", "Red", "Red"))
    assert value(formulas.plan_formula(LINES, ("red",)), cells) == "to be moderated"
    assert value(formulas.gap_rating_formula(LINES), cells) == ""


@pytest.mark.parametrize("days", [-400, -2, -1, 0, 1, 2, 1_200])
def test_the_time_left_is_the_same_by_formula_and_by_program(days: int) -> None:
    deadline = AS_AT + datetime.timedelta(days)
    formula = formulas.time_to_deadline(AS_AT, deadline)
    cells = {name_of(AS_AT_NAME): serial(AS_AT), name_of(DEADLINE_NAME): serial(deadline)}
    assert value(formula.text, cells) == formula.value == time_to_deadline_in_words(days)


@pytest.mark.parametrize(("agreed", "rating"), [("", "Red"), ("  ", "Red"), (" Amber ", "Amber"), ("Green", "Green")])
def test_a_line_has_its_agreed_rating_else_the_suggested_one(agreed: str, rating: str) -> None:
    line = View(sample_view()).lines[0]
    text = formulas.line_rating(line, LINES, 5).text
    suggested, typed = (LINES.cell(5, title).split("!")[1] for title in (titles.SUGGESTED_RAG, titles.AGREED_RAG))
    assert value(text, {suggested: "Red", typed: agreed}) == rating


def test_the_worst_of_a_statements_lines_is_the_same_by_formula_and_by_program() -> None:
    absent = rag.vocabulary().absent
    words = (*rag.vocabulary().names, absent.blank, absent.no_return, absent.not_asked)
    for lines in product(words, repeat=3):
        shown = [word + (SPLIT if word == rag.RED and number else "") for number, word in enumerate(lines)]
        cells = {"C5:F5": numpy.array([[*shown, "Not in the framework"]], object)}
        formula = formulas.worst_of_lines("C5:F5", len(lines), worst_word(lines))
        assert value(formula.text, cells) == formula.value, lines
