"""The example locality, read once more without any of the program's reading code: both readings have to agree.

This file reads ``workbooks/trafford`` with openpyxl alone and has its own idea of ratings, dates and gaps. Nothing is
taken from ``icsassess.returns`` or ``icsassess.assessment`` but the program's answer.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

import openpyxl
import pytest

from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import actions_as_json, status_as_json
from icsassess.assessment.output.headlines import headlines
from icsassess.locality.locality import open_locality
from tests.support.example_returns import (
    ASKED,
    DELIVERED,
    EXAMPLE,
    REFS,
    SETTINGS,
    WORST_FIRST,
    Typed,
    day_of,
    rating_of,
    read_returns,
)
from tests.support.returns_dsl import merged


@pytest.fixture(scope="module")
def typed() -> list[Typed]:
    return read_returns()


@pytest.fixture(scope="module")
def view() -> Merged:
    place = open_locality(EXAMPLE)
    return merged(place, as_at=place.as_at(None))


@dataclass
class Mine:
    """What this file makes of one line."""

    ratings: dict[str, str]
    evidence: list[Typed]
    stated: bool
    green_without: bool

    @property
    def suggested(self) -> str:
        colours = [rating for rating in self.ratings.values() if rating in WORST_FIRST[:3]]
        if colours:
            return min(colours, key=WORST_FIRST.index)
        if "Not assessed" in self.ratings.values():
            return "Not assessed"
        return "Not applicable" if set(self.ratings.values()) == {"Not applicable"} else ""

    @property
    def agreement(self) -> str:
        rated = [rating for rating in self.ratings.values() if rating in WORST_FIRST[:3]]
        colours = set(rated)
        if {"Red", "Green"} <= colours:
            return "red and green"
        if len(rated) == 1:
            return "one partner only"
        return {0: "none", 1: "all agree"}.get(len(colours), "one step apart")

    @property
    def reasons(self) -> set[str]:
        if self.suggested == "Not applicable":
            return set()
        dates = [day for row in self.evidence if (day := day_of(row.cells["Evidence date"]))]
        as_at = SETTINGS["as_at"]
        months = SETTINGS["rules"]["evidence_max_age_months"]
        assert months == 12, "this test knows years only"
        checks = {
            "red": self.suggested == "Red",
            "amber": self.suggested == "Amber",
            "not assessed": self.suggested in ("", "Not assessed"),
            "no evidence": not self.evidence,
            "green without evidence": self.green_without,
            "stale evidence": bool(dates) and max(dates) < as_at.replace(year=as_at.year - 1),
            "red and green": self.agreement == "red and green",
            "stated by partner": self.stated,
        }
        return {reason for reason, holds in checks.items() if holds}


@pytest.fixture(scope="module")
def mine(typed: list[Typed]) -> dict[str, Mine]:
    by_line: dict[tuple[str, str], list[Typed]] = defaultdict(list)
    for row in typed:
        by_line[row.partner, row.text("Ref")].append(row)
    returned = {row.partner for row in typed}
    lines = {}
    for ref in REFS:
        ratings, green_without = {}, False
        for partner, asked in ASKED.items():
            if ref not in asked:
                assert not by_line[partner, ref], "this test knows no lines that were not asked for"
                continue
            given = [rating_of(row.text("RAG")) for row in by_line[partner, ref]]
            ratings[partner] = min(given, key=WORST_FIRST.index, default="") if partner in returned else "No return"
            held = any(row.is_evidence for row in by_line[partner, ref])
            green_without |= ratings[partner] == "Green" and not held
        of_line = [row for partner in ASKED for row in by_line[partner, ref]]
        evidence = [row for row in of_line if row.is_evidence]
        lines[ref] = Mine(ratings, evidence, any(row.text("Gap") for row in of_line), green_without)
    return lines


def test_eight_returns_were_received_and_one_is_outstanding(view: Merged, typed: list[Typed]) -> None:
    assert Counter(row.state for row in view.returns) == {"received": 8, "outstanding": 1}
    assert len({row.file for row in typed}) == 8
    assert {row.partner for row in view.returns if row.state == "outstanding"} == {"PH"}


def test_the_ratings_of_all_partners_and_lines_are_the_same(view: Merged, mine: dict[str, Mine]) -> None:
    theirs: dict[str, dict[str, str]] = {ref: {} for ref in REFS}
    for row in view.partner_lines:
        theirs[str(row.ref)][str(row.partner)] = str(row.rating)
    assert len(theirs) == 102
    assert theirs == {ref: line.ratings for ref, line in mine.items()}


@pytest.mark.parametrize("column", ["suggested", "rating"])
def test_the_suggested_ratings_are_the_same(column: str, view: Merged, mine: dict[str, Mine]) -> None:
    theirs = {line.ref: getattr(line, column) for line in view.lines}
    assert theirs == {ref: line.suggested for ref, line in mine.items()}


def test_the_agreement_is_the_same(view: Merged, mine: dict[str, Mine]) -> None:
    theirs = {line.ref: line.agreement for line in view.lines}
    assert theirs == {ref: line.agreement for ref, line in mine.items()}


def test_the_evidence_is_counted_the_same(view: Merged, mine: dict[str, Mine]) -> None:
    theirs = {line.ref: line.evidence for line in view.lines}
    assert theirs == {ref: len(line.evidence) for ref, line in mine.items()}


def test_the_gaps_and_their_reasons_are_the_same(view: Merged, mine: dict[str, Mine]) -> None:
    theirs = {gap.ref: set(gap.reasons) for gap in view.gaps}
    assert theirs == {ref: line.reasons for ref, line in mine.items() if line.reasons}
    by_rating = Counter(line.suggested for line in mine.values() if line.reasons)
    assert Counter(gap.rating for gap in view.gaps) == by_rating


def test_every_action_that_a_partner_proposes_is_listed_once_and_nothing_else(view: Merged, typed: list[Typed]) -> None:
    proposed = Counter((row.partner, row.text("Ref"), row.text("Action")) for row in typed if row.text("Action"))
    assert Counter((action.proposed_by, action.ref, action.action) for action in view.actions) == proposed
    assert len(view.actions) == 206
    places = {(row.file, row.sheet, row.row, row.columns["Action"]) for row in typed if row.text("Action")}
    assert {(action.file, action.sheet, action.row, action.cell) for action in view.actions} == places
    by_partner = Counter(action.proposed_by for action in view.actions)
    assert by_partner == {"GMMH": 33, "ASC": 32, "PC": 29, "COM": 29, "MFT": 27, "LCO": 24, "VCFSE": 17, "SAF": 15}


def test_what_is_late_without_an_owner_without_a_date_and_delivered_is_counted_the_same(
    view: Merged, typed: list[Typed]
) -> None:
    rows = [row for row in typed if row.text("Action")]
    delivered = [row for row in rows if row.text("Action status").casefold() in DELIVERED]
    days = [day_of(row.cells["Due date"]) for row in rows]
    mine = {
        "late": sum(day is not None and day < SETTINGS["as_at"] for day in days)
        - sum((day_of(row.cells["Due date"]) or SETTINGS["as_at"]) < SETTINGS["as_at"] for row in delivered),
        "without an owner": sum(not row.text("Owner") for row in rows),
        "without a date": sum(day is None for day in days),
        "delivered": len(delivered),
    }
    actions = view.actions
    counted = {
        "late": sum(action.state == "overdue" for action in actions),
        "without an owner": sum("owner" in action.missing for action in actions),
        "without a date": sum("due date" in action.missing for action in actions),
        "delivered": sum(action.status == "Delivered" for action in actions),
    }
    assert counted == mine == {"late": 8, "without an owner": 25, "without a date": 33, "delivered": 8}
    status = status_as_json(view)
    assert (status["actions"], status["actions_overdue"]) == (206, 8)
    as_json = actions_as_json(actions)
    assert sum(action["owner"] is None for action in as_json) == 25
    assert sum(action["due"] is None for action in as_json) == 33
    assert "206 actions: 8 late, 25 without an owner, 33 without a date" in headlines(view)[-1]
    late = {gap.ref: gap.late for gap in view.gaps if gap.late}
    assert sum(late.values()) + sum(action.state == "overdue" and not action.gap for action in actions) == 8
    assert len(late) <= 6, "the eight are on six lines"


def test_what_partners_say_is_missing_and_who_proposes_nothing_for_it(view: Merged, typed: list[Typed]) -> None:
    stated, proposing = defaultdict(set), defaultdict(set)
    for row in typed:
        if row.text("Gap"):
            stated[row.text("Ref")].add((row.partner, row.text("Gap")))
        if row.text("Action"):
            proposing[row.text("Ref")].add(row.partner)
    for gap in view.gaps:
        assert set(gap.stated) == stated[gap.ref]
        assert set(gap.no_proposal_from) == {partner for partner, _ in stated[gap.ref]} - proposing[gap.ref]
    without = [gap.ref for gap in view.gaps if gap.plan == "needs a plan"]
    assert all(not proposing[ref] for ref in without)
    assert len(without) == 19


TITLES = {
    "Evidence": "evidence",
    "Where it is kept": "kept",
    "Evidence date": "evidence_date_typed",
    "RAG": "rag_typed",
    "Reason for rating": "reason",
    "Gap": "gap",
    "Action": "action",
    "Owner": "owner",
    "Due date": "due_typed",
    "Action status": "status_typed",
}


def test_every_cell_that_was_typed_is_found_again_with_its_address(view: Merged, typed: list[Typed]) -> None:
    entries = {(row.file, row.sheet, row.row): row for row in view.entries}
    assert len(entries) == len(view.entries), "no row stands twice"
    named = {(problem.file, problem.sheet, problem.cell) for problem in view.problems}
    lost, cells = [], 0
    for row in typed:
        entry = entries.get((row.file, row.sheet, row.row))
        for title, name in TITLES.items():
            value = row.cells[title]
            if value is None or not str(value).strip():
                continue
            cells += 1
            text = value.date().isoformat() if isinstance(value, datetime.datetime) else row.text(title)
            kept = entry is not None and getattr(entry, name) == text and entry.ref == row.text("Ref")
            addressed = entry is not None and entry.place.cell(name.removesuffix("_typed")) == row.columns[title]
            if not (kept and (addressed or name.endswith("_typed"))) and (
                (row.file, row.sheet, row.columns[title]) not in named
            ):
                lost.append((row.file, row.sheet, row.columns[title], text))
    assert lost == []
    assert cells > 1000


def test_nothing_is_in_the_evidence_that_nobody_typed(view: Merged, typed: list[Typed]) -> None:
    rows = {(row.file, row.sheet, row.row) for row in typed if any(row.text(title) for title in TITLES)}
    assert {(row.file, row.sheet, row.row) for row in view.entries} == rows


def test_the_example_shows_what_the_program_is_for(view: Merged, mine: dict[str, Mine]) -> None:
    assert {"red and green", "one step apart", "all agree"} <= {line.agreement for line in mine.values()}
    reasons = {reason for line in mine.values() for reason in line.reasons}
    assert {"red", "amber", "green without evidence", "stale evidence", "red and green"} <= reasons
    assert {problem.code for problem in view.problems} >= {
        "green-without-evidence",
        "line-left-blank",
        "evidence-says-none",
    }


def test_at_least_two_of_the_returns_were_saved_by_libreoffice() -> None:
    programs = []
    for path in (EXAMPLE / "returns").glob("*.xlsx"):
        with openpyxl.load_workbook(path, read_only=True)._archive as archive:
            programs.append("LibreOffice" in archive.read("docProps/app.xml").decode())
    assert sum(programs) >= 2
