"""What the assessment amounts to: considerations by weight, strengths by how sure they are, quotations nobody cut."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from icsassess.assessment.group_edits.decisions import Agreed, Decisions
from icsassess.assessment.merging.model import Merged
from icsassess.view.assessment_view import View
from icsassess.view.findings.concerns import concerns, late_elsewhere
from icsassess.view.findings.explanations import explanation, heard_in_turn
from icsassess.view.findings.names import kind_of, listed, name_of, names_of, number_in_words, titled
from icsassess.view.findings.quotations import Hearing, excerpt, has_figures
from icsassess.view.findings.second_looks import second_looks
from icsassess.view.findings.sources import Sources
from icsassess.view.findings.strengths import ALL_AGREE, CONFIRMED, ONE_PARTNER, strengths
from tests.support.returns_dsl import fill_in, locality_of, merged

NORTH = """
    Ref    | Evidence                            | Where it is kept | Evidence date | RAG   | Reason for rating | Gap          | Action | Owner | Due date
    Q1-PEX | Survey was held. 12 % of 340 were content | Drive            | 2023-11-14    | Red   | Nobody is content | Nobody asked | Ask    | Head  | 2024-01-09
    Q1-STF | Survey                              | Drive            | 2023-11-14    | Red   |                   | No survey    |        |       |
    Q1-PTN | Letter, 9 of 10 are content         | Drive            | 2023-11-14    | Green |                   |              |        |       |
    Q1-OBS | Visit                               | Drive            | 2023-11-14    | Green |                   |              |        |       |
    Q1-OUT | Data                                | Drive            | 2021-11-14    | Green |                   |              |        |       |
    Q2-PEX | None collected by us                |                  |               | Red   | We hold nothing   |              |        |       |
"""  # noqa: E501
SOUTH = """
    Ref    | Evidence | Where it is kept | Evidence date | RAG   | Reason for rating
    Q1-PEX | Survey   | Drive            | 2023-11-14    | Green | All 40 said yes
    Q1-PTN | Letter   | Drive            | 2023-11-14    | Green |
    Q1-OUT | Data     | Drive            |               | Green |
    Q2-PEX | Talks    | Drive            | 2023-11-14    | Red   | 7 of 9 are angry
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    asked: dict[str, str | dict[str, object]] = {
        "NORTH": "Q1 Q2",
        "SOUTH": {"statements": ["Q1", "Q2"], "name": "South Practice Group", "short": "South"},
    }
    place = locality_of(tmp_path_factory.mktemp("findings") / "anytown", asked)
    fill_in(place, NORTH)
    fill_in(place, SOUTH, partner="SOUTH")
    return merged(place)


@pytest.fixture(scope="module")
def view(whole: Merged) -> View:
    return View(whole)


def test_statements_come_by_the_share_of_partners_that_say_red_and_their_lines_are_joined(view: View) -> None:
    shown = [(concern.statement.code, [red.line.line.ref for red in concern.reds]) for concern in concerns(view)]
    assert shown == [("Q2", ["Q2-PEX"]), ("Q1", ["Q1-STF", "Q1-PEX"])]
    assert [action.action for action in concerns(view)[1].late] == ["Ask"], "whichever line and partner it is of"
    assert late_elsewhere(view, concerns(view)) == []


def test_a_partner_explains_itself_by_its_reason_else_what_is_missing_and_by_its_figures(view: View) -> None:
    sources, line = Sources(view), view.line_by_ref["Q1-PEX"]
    north = explanation(sources, line, "NORTH")
    assert [one.in_marks for one in north.quotations] == ["‘Nobody is content’", "‘12 % of 340 were content’"]
    assert explanation(sources, view.line_by_ref["Q1-STF"], "NORTH").quotations[0].text == "No survey"
    assert explanation(sources, view.line_by_ref["Q2-PEX"], "NORTH").figures is None, "it says that there is none"


def test_nobody_is_heard_twice_before_all_were_heard(view: View) -> None:
    sources, hearing, line = Sources(view), Hearing(), view.line_by_ref["Q2-PEX"]
    turns = [heard_in_turn(sources, line, ["NORTH", "SOUTH"], hearing, 1)[0].partner for _ in range(3)]
    assert sorted(turns[:2]) == ["NORTH", "SOUTH"]


def test_every_quotation_stands_in_the_cell_that_it_names(view: View, whole: Merged) -> None:
    sources = Sources(view)
    quotations = [
        quotation
        for line in view.lines
        for code in view.codes
        for quotation in explanation(sources, line, code).quotations
    ]
    assert len(quotations) > 6
    for one in quotations:
        book = openpyxl.load_workbook(whole.locality.folder / one.source.file)
        assert one.text in str(book[one.source.sheet][one.source.cell].value)


def test_a_strength_says_how_sure_it_is(view: View) -> None:
    shown = {step: [one.line.line.ref for one in lines] for step, lines in strengths(view).items()}
    assert shown == {CONFIRMED: [], ALL_AGREE: ["Q1-PTN"], ONE_PARTNER: ["Q1-OBS"]}, "the evidence of Q1-OUT is old"


def test_the_group_confirms_a_strength_by_its_reason(whole: Merged) -> None:
    agreed = [
        line._replace(agreed="Green", agreed_reason=reason, rating="Green") if line.ref == ref else line
        for line in whole.lines
        for ref, reason in (("Q1-PTN", "We read both letters"),)
    ]
    assert [one.line.line.ref for one in strengths(View(replace(whole, lines=agreed)))[CONFIRMED]] == ["Q1-PTN"]
    moved = replace(whole, lines=agreed, drift={"Q1-PTN": "NORTH: Green → Red"})
    assert not any(strengths(View(moved)).get(CONFIRMED, [])), "its ground has moved"


def test_an_agreed_rating_is_looked_at_again_first_where_a_partner_got_worse(tmp_path: Path) -> None:
    place = locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(place, NORTH.replace("Q2-PEX", "Q1-PRO"))
    fill_in(place, SOUTH.replace("Q2-PEX", "Q1-PRO"), partner="SOUTH")
    day = datetime.date(2024, 1, 3)
    decisions = Decisions(
        agreed={
            "Q1-OBS": Agreed("Amber", "Seen", day, {"NORTH": "Left blank"}),
            "Q1-PTN": Agreed("Amber", "Seen", day, {"NORTH": "Red", "SOUTH": "Green"}),
            "Q1-PEX": Agreed("Amber", "Seen", day, {"NORTH": "Amber", "SOUTH": "No return"}),
        }
    )
    whole = merged(place, decisions)
    looks = second_looks(View(whole))
    assert (looks[0].line.line.ref, [move.partner for move in looks[0].worse]) == ("Q1-PEX", ["NORTH"])
    assert [look.line.line.ref for look in looks][-1] == "Q1-OBS"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=> Waits fell. 610 wait longer", ("610 wait longer", False)),
        ("Short", ("Short", False)),
        ("One thing; another thing that goes on and on for ever", ("One thing", True)),
        ("Words that have no end of a clause in them at all", ("Words that have no end", True)),
        ("In 2023 we looked. 4 of 9 were right", ("4 of 9 were right", False)),
    ],
)
def test_an_excerpt_is_whole_sentences_and_is_cut_at_a_clause_or_a_word(text: str, shown: tuple[str, bool]) -> None:
    assert excerpt(text, 25, figures=True) == (shown if "One thing" not in text else excerpt(text, 25))
    words = excerpt(text, 25)[0]
    assert words in text
    assert len(words) <= 25
    assert text[text.index(words) + len(words) :][:1] in ("", " ", ";", "."), "never within a word"


def test_years_and_dates_are_no_figures() -> None:
    assert not has_figures("Reviewed in 2022/23, on 14/11/2023")
    assert has_figures("47 %")


def test_names_and_titles_stand_in_words(view: View) -> None:
    assert name_of(view, "SOUTH") == "South"
    assert names_of(view, ["SOUTH", "group"]) == "South and the group"
    line = view.line_by_ref["Q1-STF"].line
    assert (kind_of(line), titled(line)) == (
        "staff feedback",
        "Supporting people to live healthier lives: staff feedback",
    )
    assert listed(["safe systems, pathways", "equity"]) == "safe systems, pathways; and equity"
    assert listed(["a", "b", "c"], 2) == "a, b and one more"
    assert [number_in_words(number) for number in (8, 206, 1206)] == ["eight", "206", "1,206"]
