"""What to look at first: the worst first, in words, each with where it leads, and at most seven of it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from icsassess.assessment.group_edits.decisions import Agreed, Decisions
from icsassess.assessment.merging.model import Merged
from icsassess.domain.problems import make_problem
from icsassess.reports.agenda.agenda import agenda, as_text
from icsassess.reports.agenda.reminders import reminders
from icsassess.view.assessment_view import View
from icsassess.view.priorities.line_actions import how_they_stand
from icsassess.view.priorities.red_lines import red_by_share
from icsassess.view.priorities.worst_first import MOST, priorities
from icsassess.view.target import Part
from tests.support.returns_dsl import fill_in, locality_of, merged
from tests.support.sample_view import sample_view

NORTH = """
    Ref    | Evidence | Where it is kept | Evidence date | RAG   | Gap     | Action | Owner | Due date   | Action status
    Q1-PEX | Survey   | Drive            | 2023-11-14    | Red   | Nobody asked |  Ask  | Head  | 2024-01-09 |
    Q1-STF | Survey   | Drive            | 2023-11-14    | Red   |         |        |       |            |
    Q1-PTN | Letter   | Drive            | 2023-11-14    | Red   | No reply | Write |       |            |
    Q1-OBS | Visit    | Drive            | 2023-11-14    | Amber | Once    |        |       |            |
    Q1-PRO | Policy   | Drive            | 2023-11-14    | Red   |         | Train | Lead | 2024-03-29 | Delivered
    Q1-OUT | Data     | Drive            | 2023-11-14    | Green |         |        |       |            |
"""
SOUTH = """
    Ref    | Evidence | Where it is kept | Evidence date | RAG   | Gap     | Action | Owner | Due date
    Q1-PEX | Survey   | Drive            | 2023-11-14    | Red   |         |        |       |
    Q1-STF | Survey   | Drive            | 2023-11-14    | Green |         |        |       |
    Q1-PTN | Letter   | Drive            | 2023-11-14    | Amber |         |        |       |
    Q1-OBS | Visit    | Drive            | 2023-11-14    | Green |         |        |       |
    Q1-PRO | Policy   | Drive            | 2023-11-14    | Amber |         |        |       |
    Q1-OUT | Data     | Drive            | 2023-11-14    | Green |         |        |       |
"""
LIVES = "Supporting people to live healthier lives"


def one_of_each(folder: Path, decisions: Decisions | None = None) -> Merged:
    asked = {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q1"}
    place = locality_of(folder, asked, rules={"action_plan_required_for": ("red", "amber")})
    fill_in(place, NORTH)
    fill_in(place, SOUTH, partner="SOUTH")
    return merged(place, decisions or Decisions())


def quiet(view: Merged) -> Merged:
    return replace(
        view, gaps=[], actions=[], problems=[], returns=[row._replace(state="received") for row in view.returns]
    )


AGREED_OBS = Decisions(
    agreed={"Q1-OBS": Agreed("Amber", "Seen", datetime.date(2024, 1, 3), {"NORTH": "Green", "SOUTH": "Green"})}
)


def test_the_worst_comes_first_in_words_with_the_code_at_the_end(tmp_path: Path) -> None:
    sentences = [priority.sentence for priority in priorities(View(one_of_each(tmp_path, AGREED_OBS)))]
    assert sentences == [
        f"{LIVES}: people's experience. 2 of 2 partners Red; 1 action, 1 late (Q1-PEX).",
        f"{LIVES}: feedback from staff and leaders. 1 of 2 partners Red; no action (Q1-STF). 2 more lines are Red.",
        "1 line is Red to one partner, Green to another and not agreed: "
        f"{LIVES}: feedback from staff and leaders (Q1-STF).",
        f"{LIVES}: observation was agreed Amber; since then Northern Trust has gone from Green to Amber (Q1-OBS). "
        "Look again.",
        "1 action is late, on 1 line. Owned by: Head.",
        f"1 gap, not Red, has no action from anybody: {LIVES}: observation (Q1-OBS).",
        "Eastern Council has not answered. And 2 more, on the sheet Sign-off.",
    ]


def test_each_leads_to_the_row_it_is_about(tmp_path: Path) -> None:
    view = View(one_of_each(tmp_path, AGREED_OBS))
    targets = [priority.target for priority in priorities(view)]
    assert [target.part for target in targets] == [
        Part.LINES, Part.LINES, Part.LINES, Part.LINES, Part.ACTIONS, Part.GAPS, Part.RETURNS
    ]  # fmt: skip
    assert all(target.row is not None for target in targets)
    assert [view.lines[target.row].line.ref for target in targets[:4]] == ["Q1-PEX", "Q1-STF", "Q1-STF", "Q1-OBS"]  # type: ignore[index]
    assert view.actions[targets[4].row].ref == "Q1-PEX"  # type: ignore[index]
    assert view.gaps[targets[5].row].line.line.ref == "Q1-OBS"  # type: ignore[index]
    assert view.merged.returns[targets[6].row].name == "Eastern Council"  # type: ignore[index]


def test_red_lines_stand_by_the_share_of_the_partners_that_rated_them(tmp_path: Path) -> None:
    lines = red_by_share(View(one_of_each(tmp_path)))
    assert [(red.line.line.ref, red.partners) for red in lines] == [
        ("Q1-PEX", "2 of 2 partners Red"),
        ("Q1-STF", "1 of 2 partners Red"),
        ("Q1-PTN", "1 of 2 partners Red"),
        ("Q1-PRO", "1 of 2 partners Red"),
    ]
    assert [red.actions for red in lines] == [
        "1 action, 1 late",
        "no action",
        "1 action, 1 without an owner, 1 without a date",
        "1 action, 1 delivered",
    ]


def test_how_the_actions_of_a_line_stand_is_told_in_numbers(tmp_path: Path) -> None:
    view = View(one_of_each(tmp_path))
    assert how_they_stand([]) == "no action"
    assert how_they_stand(view.merged.actions) == (
        "3 actions, 1 late, 1 without an owner, 1 without a date, 1 delivered"
    )


def test_under_an_agreed_rating_a_partner_that_got_better_is_no_decline(tmp_path: Path) -> None:
    agreed = Agreed("Amber", "Seen", datetime.date(2024, 1, 3), {"NORTH": "Red", "SOUTH": "Green"})
    view = View(one_of_each(tmp_path, Decisions(agreed={"Q1-OBS": agreed})))
    sentences = [priority.sentence for priority in priorities(view)]
    assert (
        f"What partners say has changed under 1 agreed rating. Look again: {LIVES}: observation (Q1-OBS)." in sentences
    )


@pytest.mark.parametrize("most", [3, MOST, 10])
def test_there_are_at_most_so_many_and_the_last_says_how_many_more(most: int) -> None:
    view = View(sample_view())
    shown, every = priorities(view, most), priorities(view, 1000)
    assert len(shown) == min(most, len(every))
    if most == 3:
        assert shown[-1].sentence.endswith("more, on the sheet Sign-off.")
        assert not any(priority.sentence.endswith("Sign-off.") for priority in shown[:-1])


def test_an_nhs_number_and_what_the_group_typed_in_vain_come_before_all_ratings(tmp_path: Path) -> None:
    view = one_of_each(tmp_path)
    typed = make_problem("group-edit-not-understood", sheet="Assessment", found="Ambre", title="Agreed RAG", expected="A word.")  # fmt: skip  # noqa: E501
    points = [typed, make_problem("personal-data", sheet="Cover", cell="B5", count="1", found="999 000 0018")]
    first, second, *_ = priorities(View(replace(view, problems=points)))
    assert first.sentence.startswith("1 point on what looks like an NHS number")
    assert second.sentence.startswith("1 point about what the group typed")


def test_where_nothing_presses_one_sentence_says_so() -> None:
    ((sentence, target),) = priorities(View(quiet(sample_view(all_green=True))))
    assert sentence.startswith("Nothing presses")
    assert target.part is Part.HEAT_MAP


# --- The agenda: by the same functions


def test_the_agenda_begins_with_at_most_ten_sentences_and_its_list_has_the_same_order(tmp_path: Path) -> None:
    view = one_of_each(tmp_path, AGREED_OBS)
    meeting = agenda(view)
    assert list(meeting.today) == [priority.sentence for priority in priorities(View(view), 10)]
    assert len(meeting.today) <= 10
    assert [section.title for section in meeting.sections][:6] == [
        "Rated Red, the most widely shared first",
        "Disagreements to moderate",
        "Agreed ratings whose ground has moved",
        "Overdue actions",
        "New gaps without a plan",
        "Outstanding returns",
    ]
    text = as_text(meeting)
    assert text.index("To decide today") < text.index("1. Rated Red")
    assert f"* {LIVES}: people's experience (Q1-PEX)" in text


def test_what_the_group_typed_and_could_not_be_used_is_on_the_agenda(tmp_path: Path) -> None:
    view = one_of_each(tmp_path, Decisions(agreed={"Q1-OUT": Agreed("Not applicable")}))
    (section,) = [section for section in agenda(view).sections if section.title.startswith("Typed by the group")]
    assert [item.heading for item in section.items] == ["Agreed Not applicable without a reason: Q1-OUT"]


def test_lines_that_do_not_apply_are_on_the_agenda_with_their_reason(tmp_path: Path) -> None:
    view = one_of_each(tmp_path, Decisions(agreed={"Q1-OUT": Agreed("Not applicable", "No such service here")}))
    (section,) = [section for section in agenda(view).sections if section.title == "Lines that do not apply"]
    assert [(item.heading, item.details) for item in section.items] == [
        (f"{LIVES}: outcomes (Q1-OUT)", ("No such service here",))
    ]


# --- What a later return took the place of


def test_points_of_a_superseded_file_press_nobody_and_are_mailed_to_nobody(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Report | Purple", file="first.xlsx",
            cover={"Date completed": datetime.date(2023, 12, 1)})  # fmt: skip
    fill_in(place, NORTH, file="second.xlsx")
    view = merged(place)
    assert "rating-not-understood" in {problem.code for problem in view.problems}
    assert not any("to put right" in priority.sentence for priority in priorities(View(view), 100))
    (draft,) = reminders(view, {})
    assert "Purple" not in draft.text
