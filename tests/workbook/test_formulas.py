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
from formulas.functions import wrap_ufunc

from icsassess.assessment.actions.states import ACTION_STATES, NOT_TAKEN_UP, OVERDUE, action_state
from icsassess.assessment.gaps.plans import gap_plan
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.states import ActionState
from icsassess.domain.yes_no import read_yes_no
from icsassess.tables import titles
from icsassess.view.assessment_view import View
from icsassess.view.facts import time_to_deadline as time_to_deadline_in_words
from icsassess.view.rating_words import SPLIT, worst_word
from icsassess.workbook.layout import (
    ACTIONS_TABLE,
    AS_AT_NAME,
    DEADLINE_NAME,
    GAPS_TABLE,
    TablePlace,
    actions_place,
    assessment_place,
    gaps_place,
)
from icsassess.workbook.sheet_kit import formulas
from tests.support.sample_view import sample_view

AS_AT = datetime.date(2024, 1, 24)
REFS = ("Q1-PEX", "Q1-FSL", "Q1-PRO")
LINES = assessment_place(["P01", "P02"], len(REFS))
GAPS, ACTIONS = gaps_place(3), actions_place(3)
OF_AN_ACTION = {
    "taken_up": ("", "Yes", " no ", "perhaps"),
    "action": ("", "  ", "Ask three more practices"),
    "status": ("", "In progress", "Delivered"),
    "evidenced_by": ("", "Minutes"),
    "due": ("", "soon", AS_AT - datetime.timedelta(1), AS_AT, AS_AT + datetime.timedelta(1)),
    "owner": ("", "Head of Quality"),
}
OF_A_GAP = {
    "reasons": (("red",), ("stale evidence",), ("red", RED_AND_GREEN), ("red and green things",)),
    "agreed": ("", " Amber "),
    "silent": ("", "P02"),
    "covered": ("", " yes ", "nearly"),
    "states": [(), *((state,) for state in ACTION_STATES), *product(ACTION_STATES, repeat=2)],
}

# The evaluator knows no links: one shows its text, and an error where its address is one.
evaluator.get_functions()["HYPERLINK"] = wrap_ufunc(
    lambda address, text: text, input_parser=lambda *args: args, return_func=lambda res, *args: res
)


@cache
def compiled(text: str) -> Any:
    """Give the formula as a function of the names and ranges in it, in capitals."""
    text = re.sub(
        rf"(?:{GAPS_TABLE}|{ACTIONS_TABLE})\[\[#This Row\],\[([^\]]+)\]\]", lambda match: name_of(match[1]), text
    )
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


def cells_of(title: str, values: tuple[str, ...], where: TablePlace = LINES) -> dict[str, Any]:
    """Give a column of the lines, or of another table, with its range."""
    return {where.range(title).replace("'", "").replace("$", "").upper(): numpy.array([[v] for v in values], object)}


def test_the_state_of_an_action_is_the_same_by_formula_and_by_program() -> None:
    for combination in product(*OF_AN_ACTION.values()):
        case = dict(zip(OF_AN_ACTION, combination, strict=True))
        due = case["due"]
        expected = action_state(
            owner=case["owner"],
            due=due if isinstance(due, datetime.date) else None,
            status=case["status"],
            evidenced_by=case["evidenced_by"],
            taken_up=read_yes_no(case["taken_up"]),
            looked_at=AS_AT,
        )
        typed = {
            titles.ACTION_ID: "A-Q1-FSL-P01",
            titles.ACTION: case["action"],
            titles.DELIVERY_STATUS: case["status"],
            titles.EVIDENCED_BY: case["evidenced_by"],
            titles.DUE_DATE: serial(due),
            titles.OWNER: case["owner"],
            titles.TAKEN_UP: case["taken_up"],
        }
        cells = {name_of(title): text for title, text in typed.items()} | {name_of(AS_AT_NAME): serial(AS_AT)}
        assert value(formulas.action_state(), cells) == expected, case
        own = value(formulas.action_state(), cells | {name_of(titles.ACTION_ID): ""})
        assert own == (expected if case["action"].strip() else ""), (
            "a row of the room below has a state with its action"
        )


def of_actions(states: tuple[ActionState, ...]) -> dict[str, Any]:
    """Give the columns of actions of a gap, with one of another gap among them that is overdue."""
    return cells_of(titles.ACTION_STATE, (OVERDUE, *states), ACTIONS) | cells_of(
        titles.GAP, ("G-Q1-PEX", *("G-Q1-FSL" for _ in states)), ACTIONS
    )


@pytest.mark.parametrize("required_for", [(), ("red",), ("red", "stale evidence")], ids=str)
def test_the_plan_of_a_gap_is_the_same_by_formula_and_by_program(required_for: tuple[str, ...]) -> None:
    text = formulas.gap_plan(LINES, ACTIONS, required_for)
    for combination in product(*OF_A_GAP.values()):
        case: dict[str, Any] = dict(zip(OF_A_GAP, combination, strict=True))
        expected = gap_plan(
            case["states"],
            to_be_moderated=RED_AND_GREEN in case["reasons"] and not case["agreed"],
            demanded=any(reason in case["reasons"] for reason in required_for),
            is_uncovered=bool(case["silent"]) and not read_yes_no(case["covered"]),
        )
        typed = {
            titles.GAP: "G-Q1-FSL",
            titles.REF: REFS[1],
            titles.WHY_A_GAP: ", ".join(case["reasons"]),
            titles.NO_PROPOSAL_FROM: case["silent"],
            titles.COVERED: case["covered"],
        }
        cells = {name_of(title): text for title, text in typed.items()} | of_actions(case["states"])
        cells |= cells_of(titles.REF, REFS) | cells_of(titles.AGREED_RAG, ("", case["agreed"], "Red"))
        assert value(text, cells) == expected, case


@pytest.mark.parametrize("states", [(), (OVERDUE, OVERDUE), ("closed", NOT_TAKEN_UP, OVERDUE), (NOT_TAKEN_UP,)])
def test_a_gap_counts_its_actions_but_for_those_not_taken_up_and_those_that_are_late(
    states: tuple[ActionState, ...],
) -> None:
    cells = of_actions(states) | {name_of(titles.GAP): "G-Q1-FSL"}
    assert value(formulas.late_actions(ACTIONS), cells) == states.count(OVERDUE)
    assert value(formulas.number_of_actions(ACTIONS), cells) == len(states) - states.count(NOT_TAKEN_UP)


def test_a_gap_whose_ref_is_no_lines_is_moderated_by_its_reasons_alone_and_has_no_rating() -> None:
    cells = dict.fromkeys(map(name_of, (titles.GAP, titles.NO_PROPOSAL_FROM, titles.COVERED)), "") | of_actions(())
    cells |= {name_of(titles.REF): "Q9-XXX", name_of(titles.WHY_A_GAP): RED_AND_GREEN, **cells_of(titles.REF, REFS)}
    cells |= cells_of(titles.AGREED_RAG, ("Red", "Red", "Red")) | cells_of(titles.RATING, ("Red", "Red", "Red"))
    assert value(formulas.gap_plan(LINES, ACTIONS, ("red",)), cells) == "to be moderated"
    assert value(formulas.rating_of_ref(GAPS_TABLE, LINES), cells) == ""


@pytest.mark.parametrize(("ref", "gap"), [("Q1-FSL", "G-Q1-FSL"), ("Q1-PRO", ""), ("", ""), ("the chair", "")])
def test_an_action_has_the_gap_of_its_line_where_that_is_one(ref: str, gap: str) -> None:
    cells = {name_of(titles.REF): ref, **cells_of(titles.GAP, ("G-Q1-PEX", "G-Q1-FSL"), GAPS)}
    assert value(formulas.action_gap(GAPS), cells) == gap


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
