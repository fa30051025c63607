"""What is told is true: every count of the example, in every output, against a count of its own.

The example's three weeks are merged once more as at 24 January 2024. This file then reads the returns, and what the
group typed into the workbook before, with openpyxl alone: its own idea of ratings, dates, actions and their states
(``tests/support/example_count.py``). Workbook, JSON, page and papers have to agree.
"""

from __future__ import annotations

import datetime
import html
import io
import itertools
import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from icsassess.assessment.output.as_json import status_as_json
from icsassess.locality.locality import open_locality
from icsassess.reports.agenda.agenda import agenda, as_text
from icsassess.reports.page.page import as_page
from icsassess.reports.papers.board_paper import board_paper
from icsassess.reports.papers.flash_report import flash_report
from icsassess.rollup.as_json import localities_as_json
from icsassess.rollup.comparison import roll_up
from icsassess.round.agenda import agenda as agenda_of_round
from icsassess.round.merge import merge
from icsassess.workbook.signing.latest_merge import newest_merge
from tests.support.example_count import AS_AT, LATE, NOT_TAKEN_UP, OPEN, PLANNED, UNPROVEN, Count, rows_of
from tests.support.example_returns import ASKED, REFS, read_returns
from tests.support.register import shown

EXAMPLE = Path(__file__).parents[1] / "workbooks" / "trafford-three-weeks"
BEFORE = "Trafford 2024-01-10"


@dataclass(frozen=True)
class Outputs:
    """What the program says: the merge as JSON, the workbook's cells, and the texts that people read."""

    json: dict[str, Any]
    status: dict[str, Any]
    book: Any
    facts: dict[str, Any]
    page: str
    paper: str
    flash: str
    agenda: str
    rolled_up: dict[str, Any]

    @property
    def told(self) -> dict[str, str]:
        """The texts, by what they are."""
        summary = "\n".join(str(cell.value) for row in self.book["Summary"].iter_rows() for cell in row if cell.value)
        signing = "\n".join(str(cell.value) for row in self.book["Sign-off"].iter_rows() for cell in row if cell.value)
        return {
            "Summary": summary,
            "Sign-off": signing,
            "page": self.page,
            "paper": self.paper,
            "flash": self.flash,
            "agenda": self.agenda,
        }

    def in_all(self, sentence: str, *names: str) -> None:
        """Hold that texts say a sentence; a sheet may break its lines anywhere."""
        for name in names:
            assert sentence in " ".join(self.told[name].split()), name


def text_of(document: bytes) -> str:
    """Give the paragraphs and tables of a Word document as text."""
    word = docx.Document(io.BytesIO(document))
    rows = [" | ".join(cell.text for cell in row.cells) for table in word.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *rows])


def text_of_page(page: str) -> str:
    """Give what a page says, without its marks, styles and scripts."""
    shown_part = re.sub(r"(?s)<(style|script).*?</\1>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown_part)).split())


def values_of(sheet: Any) -> dict[str, Any]:
    """Give what stands to the right of each label on the Summary."""
    values: dict[str, Any] = {}
    for row in sheet.iter_rows():
        filled = [cell.value for cell in row if cell.value is not None]
        for label, value in itertools.pairwise(filled):
            values.setdefault(str(label), value)
    return values


@pytest.fixture(scope="module")
def count() -> Count:
    before = openpyxl.load_workbook(EXAMPLE / "merged" / f"{BEFORE}.xlsx", data_only=True)
    return Count(read_returns(EXAMPLE), before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("claims") / "trafford"))


@pytest.fixture(scope="module")
def outputs(folder: Path) -> Outputs:
    result = merge(folder, AS_AT)
    latest = newest_merge(open_locality(folder))
    assert latest.name == f"Trafford {AS_AT}", "page and papers are of this merge"
    book = openpyxl.load_workbook(result.workbook, data_only=True)
    return Outputs(
        json.loads(json.dumps(result.as_json())),
        json.loads(json.dumps(status_as_json(result.merged))),
        book,
        values_of(book["Summary"]),
        text_of_page(as_page(latest)),
        text_of(board_paper(latest)),
        text_of(flash_report(latest)),
        as_text(agenda(latest.merged), 10_000),
        localities_as_json(roll_up([folder], None))[0],
    )


def test_every_action_is_counted_whoever_proposed_it(count: Count, outputs: Outputs) -> None:
    by_partner = Counter(act.proposed_by for act in count.actions)
    assert Counter(action["proposed_by"] for action in outputs.json["actions"]) == by_partner
    assert Counter(action["ref"] for action in outputs.json["actions"]) == Counter(act.ref for act in count.actions)
    sheet = rows_of(outputs.book["Actions"])
    assert Counter(shown(row["Ref"]) for row in sheet) == Counter(act.ref for act in count.actions)
    assert outputs.status["actions"] == outputs.facts["all actions"] == outputs.rolled_up["actions"] == 207
    assert (by_partner["group"], len(count.actions)) == (1, 207)
    outputs.in_all("207 actions: ", "Sign-off", "agenda")
    outputs.in_all("Partners and the group propose 206 actions. ", "paper", "flash")
    outputs.in_all("The group decided against one.", "paper", "flash")
    outputs.in_all("207 all actions", "page")


def test_the_state_of_the_actions_is_the_same_everywhere(count: Count, outputs: Outputs) -> None:
    by_line = Counter((act.ref, act.proposed_by, act.state) for act in count.actions)
    as_json = outputs.json["actions"]
    assert Counter((action["ref"], action["proposed_by"], action["state"]) for action in as_json) == by_line
    on_sheet = rows_of(outputs.book["Actions"])
    who = {"Group": "group"}
    assert (
        Counter((row["Ref"], who.get(row["Proposed by"], row["Proposed by"]), row["State"]) for row in on_sheet)
        == by_line
    )
    assert count.states == {LATE: 8, UNPROVEN: 8, OPEN: 55, PLANNED: 135, NOT_TAKEN_UP: 1}
    table = action_states(outputs.book["Summary"])
    assert {state: number for state, number in table.items() if number} == count.states
    for state, number in count.states.items():
        outputs.in_all(f"{number} {state}", "page")
    assert (outputs.status["actions_overdue"], outputs.status["actions_incomplete"]) == (8, 55)
    assert outputs.rolled_up["overdue"] == 8


def test_what_actions_lack_is_the_same_everywhere(count: Count, outputs: Outputs) -> None:
    no_owner = sum(not act.owner for act in count.live)
    no_date = sum(act.due is None for act in count.live)
    assert (no_owner, no_date) == (24, 33)
    live = [action for action in outputs.json["actions"] if action["state"] != NOT_TAKEN_UP]
    assert sum(action["owner"] is None for action in live) == no_owner
    assert sum(action["due"] is None for action in live) == no_date
    sentence = (
        "207 actions: 8 late, 24 without an owner, 33 without a date, 8 delivered and not evidenced, 1 not taken up."
    )
    outputs.in_all(sentence, "agenda")
    told = "Eight are late, 24 have no owner and 33 have no date. Eight are reported as done, and nothing is named that"
    outputs.in_all(told, "paper", "flash")
    signing = conditions_on(outputs.book["Sign-off"])
    assert signing["actions-without-owner"] == no_owner
    assert signing["actions-without-due-date"] == no_date
    assert signing["actions-overdue"] == count.states[LATE]
    assert signing["delivered-not-evidenced"] == count.states[UNPROVEN]
    outputs.in_all("8 actions are late, on 6 lines.", "Summary", "page", "agenda")
    assert len({act.ref for act in count.actions if act.state == LATE}) == 6


def test_every_gap_has_the_plan_that_its_actions_make(count: Count, outputs: Outputs) -> None:
    plans = {gap["ref"]: gap["plan"] for gap in outputs.json["gaps"]}
    assert plans == {ref: count.plan(ref) for ref in plans}
    assert {row["Ref"]: row["Plan"] for row in rows_of(outputs.book["Gaps"])} == plans
    on_sheet = {row["Ref"]: (row["Actions"], row["Late"]) for row in rows_of(outputs.book["Gaps"])}
    live = Counter(act.ref for act in count.live)
    late = Counter(act.ref for act in count.actions if act.state == LATE)
    assert on_sheet == {ref: (live[ref], late[ref]) for ref in plans}
    without = [ref for ref in plans if not live[ref]]
    assert len(without) == 19 == outputs.status["gaps_without_a_plan"] == outputs.rolled_up["gaps_without_a_plan"]
    assert conditions_on(outputs.book["Sign-off"])["gaps-without-action"] == 19
    outputs.in_all("19 gaps, none of them Red, have no action from anybody: ", "Summary", "page", "agenda")
    outputs.in_all("In 79 places something is missing. For 19 of them there is no action.", "paper", "flash")
    assert not [ref for ref in without if count.rating(ref) == "Red"]
    for state, number in Counter(plans.values()).items():
        outputs.in_all(f"{number} {state}", "page")


def test_the_ratings_are_the_same_everywhere(count: Count, outputs: Outputs) -> None:
    ratings = {line["ref"]: line["rating"] or "" for line in outputs.json["lines"]}
    assert ratings == {ref: count.rating(ref) for ref in REFS}
    assert count.by_rating == {"Red": 14, "Amber": 53, "Green": 28, "Not assessed": 3, "": 3, "Not applicable": 1}
    sentence = "95 of 101 lines are rated: 14 Red, 53 Amber and 28 Green; 6 open; 1 not applicable."
    outputs.in_all(sentence, "Sign-off", "agenda")
    told = "Of these 102 judgements 14 are Red, 53 are Amber, 28 are Green, six are still open and one does not apply."
    outputs.in_all(told, "paper", "flash")
    outputs.in_all("95 of 101 (those not applicable left out)", "Summary", "page")
    assert (outputs.rolled_up["rated"], outputs.rolled_up["out_of"]) == (95, 101)
    assert conditions_on(outputs.book["Sign-off"])["lines-not-rated"] == 6
    assert "All themes | 14 | 53 | 28 | 6 | 1" in outputs.paper


def test_each_red_line_says_to_how_many_partners_of_how_many_it_is_red(count: Count, outputs: Outputs) -> None:
    assert len(count.red) == 14
    for ref, (red, rated) in count.red.items():
        outputs.in_all(f"({ref}): {red} of {rated} partners", "Sign-off")
        assert re.search(rf"\({ref}\)\n +{red} of {rated} partners? Red", outputs.agenda), ref
    first = max(count.red, key=lambda ref: (count.red[ref][0] / count.red[ref][1], count.red[ref][1]))
    sentence = "Equity in access: outcomes. 7 of 7 partners Red; 7 actions, 2 without a date (Q4-OUT)."
    outputs.in_all(sentence, "Summary", "page", "agenda")
    outputs.in_all("Equity in access. On results, all seven partners that rate it say Red.", "paper", "flash")
    of_first = [act for act in count.live if act.ref == first]
    assert (first, len(of_first), sum(act.due is None for act in of_first)) == ("Q4-OUT", 7, 2)


def test_a_line_counts_as_split_where_the_group_has_not_agreed_and_the_sentence_says_so(
    count: Count, outputs: Outputs
) -> None:
    both = [ref for ref in REFS if {"Red", "Green"} <= set(count.colours(ref))]
    assert (len(both), len(count.split)) == (9, 7)
    agreement = {line["ref"] for line in outputs.json["lines"] if line["agreement"] == "red and green"}
    assert agreement == set(both)
    outputs.in_all(
        "7 lines are Red to one partner, Green to another and not agreed: ",
        "Summary",
        "page",
        "agenda",
    )
    outputs.in_all("On seven judgements partners disagree, Red against Green", "paper", "flash")
    assert conditions_on(outputs.book["Sign-off"])["red-and-green"] == 7


def test_how_much_was_agreed_is_the_same_everywhere(count: Count, outputs: Outputs) -> None:
    by_rule = sum(ref not in count.agreed and count.rating(ref) not in ("", "Not assessed") for ref in REFS)
    assert (len(count.agreed), by_rule) == (3, 93)
    sentence = (
        "The group agreed 3 of 102 ratings, each with a reason; 93 stand at the most critical partner's rating; "
        "6 lines have no rating."
    )
    outputs.in_all(sentence, "Summary", "Sign-off", "page")
    told = "The group has agreed three of these ratings. It gives a reason for each. For 93 others the rating of the"
    outputs.in_all(told, "paper", "flash")
    assert outputs.status["agreed"] == outputs.rolled_up["agreed"] == 3


def test_who_has_returned_is_the_same_everywhere(count: Count, outputs: Outputs) -> None:
    returned = {row.partner for row in count.typed}
    assert ASKED.keys() - returned == {"PH"}
    outputs.in_all("8 of 9 partners answered; not yet Public health.", "agenda")
    outputs.in_all("Eight of nine partners have reported. Public health has not.", "paper", "flash")
    outputs.in_all("8 received, 1 outstanding, 0 refused", "Summary", "page")
    assert (outputs.rolled_up["returns_received"], outputs.rolled_up["returns_expected"]) == (8, 9)
    states = Counter(row["state"] for row in outputs.json["returns"])
    assert states == {"received": 8, "superseded": 1, "outstanding": 1}


def test_greens_on_weak_evidence_are_counted_the_same(count: Count, outputs: Outputs) -> None:
    assert conditions_on(outputs.book["Sign-off"])["green-on-weak-evidence"] == len(count.weak_greens) == 24


def test_every_action_is_listed_by_the_page_and_every_gap_by_the_paper(count: Count, outputs: Outputs) -> None:
    named = re.findall(r"\(A-[A-Z0-9-]+; proposed by", outputs.page)
    assert len(named) == len(count.actions)
    annex = re.findall(r"(?m)\(([QIL]\d-[A-Z]{3})\) \| (?:Red|Amber|Green|Left blank|Not assessed) \| ", outputs.paper)
    assert sorted(annex) == sorted(gap["ref"] for gap in outputs.json["gaps"])
    table = outputs.paper[outputs.paper.index("Action | Proposed by | Owner | Due | State") :].split(
        "Red | Green | Am"
    )[0]
    listed = Counter(re.findall(r"(?m)\(([QIL]\d-[A-Z]{3})\) \| ", table))
    assert listed == Counter(act.ref for act in count.actions)


def test_the_paper_gives_both_sides_of_every_disagreement(count: Count, outputs: Outputs) -> None:
    table = outputs.paper[outputs.paper.index("Red | Green | Amber | The group") :]
    for ref in (ref for ref in REFS if {"Red", "Green"} <= set(count.colours(ref))):
        (row,) = re.findall(rf"(?ms)\({ref}\) \| (.*?) \| (?:has still to decide|agreed)", table)
        red, green, _ = row.split(" | ")
        assert red, ref
        assert green, ref


def action_states(summary: Any) -> dict[str, int]:
    """Give the table of actions by state, which stands beside that of gaps."""
    (heading,) = [cell for row in summary.iter_rows() for cell in row if cell.value == "Actions by state"]
    rows = summary.iter_rows(min_row=heading.row + 2, min_col=heading.column, max_col=heading.column + 2)
    states = {row[0].value: row[2].value for row in rows if row[0].value and isinstance(row[2].value, int)}
    return {
        state: number
        for state, number in states.items()
        if state in (LATE, UNPROVEN, OPEN, PLANNED, NOT_TAKEN_UP, "closed")
    }


def conditions_on(signing: Any) -> dict[str, int]:
    """Give how many of each there are, of what stands in the way of signing."""
    rows = [[cell.value for cell in row] for row in signing.iter_rows()]
    return {row[-1] or row[-2]: row[1] for row in rows if isinstance(row[1], int)}


def test_the_agenda_is_never_of_a_day_before_the_merge_that_it_is_compared_with(folder: Path, outputs: Outputs) -> None:
    assert open_locality(folder).settings.as_at == datetime.date(2024, 1, 10), "what the settings say"
    meeting = agenda_of_round(folder)
    assert meeting.merged.as_at == AS_AT
    assert meeting.agenda.title in outputs.agenda
    assert "Since 10 January 2024: 1 action became overdue." in " ".join(meeting.text.split())
