"""The merge as people see it, in numbers and sentences: they agree with each other, and lead to what they are about."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache

import pytest

from icsassess.assessment.sign_off.condition import Acceptance
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.domain import rag
from icsassess.view.agreed_share import AgreedShare, agreed_share
from icsassess.view.assessment_view import View
from icsassess.view.facts import facts, time_to_deadline
from icsassess.view.heat_map import heat_rows
from icsassess.view.meanings import meanings
from icsassess.view.rating_words import worst_word
from icsassess.view.sign_off_status import sign_off_status
from icsassess.view.signed_statement import red_share, signed_statement
from icsassess.view.tallies import COUNTED, NO_RATING, TITLES, plan_counts, theme_tallies
from tests.support.sample_view import sample_view

KINDS = {
    "nine partners": {},
    "local authority": {"seed": 4, "framework_id": "cqc-la-2023"},
    "no returns": {"returns": False},
    "all green": {"all_green": True},
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def view_of(kind: str) -> View:
    return View(sample_view(**KINDS[kind]))  # type: ignore[arg-type]


@every_kind
def test_the_tally_of_all_themes_is_the_sum_of_the_themes(kind: str) -> None:
    *themes, total = theme_tallies(view_of(kind))
    assert total.numbers == tuple(sum(column) for column in zip(*(tally.numbers for tally in themes), strict=True))
    assert total.lines == len(view_of(kind).lines)
    assert len(total.numbers) == len(TITLES) - 1


@every_kind
def test_every_line_is_counted_once_and_what_does_not_apply_leaves_the_denominator(kind: str) -> None:
    total = theme_tallies(view_of(kind))[-1]
    ratings = [line.counted for line in view_of(kind).lines]
    for word in COUNTED:
        assert total.by_word[word] == ratings.count(word)
    assert total.by_word[NO_RATING] == sum(word not in COUNTED for word in ratings)
    assert total.rated.out_of == total.lines - ratings.count(rag.NOT_APPLICABLE)
    assert total.rated.rated == sum(ratings.count(word) for word in (rag.RED, rag.AMBER, rag.GREEN))


@every_kind
def test_a_themes_tally_names_the_first_line_of_the_theme(kind: str) -> None:
    view = view_of(kind)
    for tally in theme_tallies(view)[:-1]:
        assert tally.first_line is not None
        assert view.lines[tally.first_line].line.theme.title == tally.title
        assert all(line.line.theme.title != tally.title for line in view.lines[: tally.first_line])


@every_kind
def test_the_states_of_plans_count_every_gap_once(kind: str) -> None:
    assert sum(number for _, number in plan_counts(view_of(kind))) == len(view_of(kind).gaps)


@every_kind
def test_facts_are_texts_and_days_and_the_rated_lines_are_those_of_the_tally(kind: str) -> None:
    view = view_of(kind)
    by_label = {fact.label: fact.value for fact in facts(view, sign_off_status(conditions(view.merged)))}
    total = theme_tallies(view)[-1]
    assert all(isinstance(value, str | datetime.date) for value in by_label.values())
    assert by_label["Lines rated"] == f"{total.rated} (those not applicable left out)"
    assert by_label["As at"] == view.merged.as_at


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "the deadline is today"),
        (1, "1 day left"),
        (1_200, "1200 days left"),
        (-1, "1 day past the deadline"),
        (-30, "30 days past the deadline"),
    ],
)
def test_the_time_left_is_told_in_whole_days(days: int, words: str) -> None:
    assert time_to_deadline(days) == words


def test_the_status_says_how_much_stands_in_the_way_and_what_was_accepted() -> None:
    merged = view_of("no returns").merged
    all_conditions = conditions(merged)
    open_ones = sum(condition.stands_in_the_way for condition in all_conditions)
    assert sign_off_status(all_conditions) == f"Not signed: {open_ones} things stand in the way"
    assert sign_off_status([]) == "Ready to be signed: nothing stands in the way"
    assert sign_off_status([], 2) == "Signed, version 2, with nothing in the way"
    accepted = [replace(all_conditions[0], accepted=Acceptance("They are all on leave", "Chair", merged.as_at))]
    assert sign_off_status(accepted, 2) == "Signed, version 2, with 1 condition accepted"


@every_kind
def test_the_heat_map_has_each_line_in_its_category_and_each_partners_worst(kind: str) -> None:
    view = view_of(kind)
    categories = view.merged.locality.framework.categories
    rows = heat_rows(view)
    assert [line.line.ref for row in rows for line in row.lines if line] == [line.line.ref for line in view.lines]
    for row in rows:
        assert all(
            line is None or line.line.category == category for line, category in zip(row.lines, categories, strict=True)
        )
        assert row.rating == worst_word([line.counted for line in row.lines if line])
        assert row.partners == tuple(view.partner_worst(row.statement, code) for code in view.codes)


@every_kind
def test_every_word_on_a_line_or_plan_has_a_meaning(kind: str) -> None:
    view = view_of(kind)
    explained = {meaning.word for meaning in meanings(view)}
    assert {line.rating for line in view.lines} <= explained
    assert {line.agreement for line in view.lines} <= explained
    assert {gap.plan or "(empty)" for gap in view.gaps} <= explained
    assert {reason for gap in view.gaps for reason in gap.reasons} <= explained


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        ((17, 17, 85, 102), "The group agreed 17 of 102 ratings, each with a reason; 85 stand at the worst."),
        ((2, 1, 3, 8), "The group agreed 2 of 8 ratings, 1 of them with a reason; 3 stand at the worst; "
                       "3 lines have no rating."),
        ((1, 1, 1, 2), "The group agreed 1 of 2 ratings, with a reason; 1 stands at the worst."),
        ((0, 0, 0, 1), "The group agreed none of 1 rating; 1 line has no rating."),
        ((2, 0, 0, 2), "The group agreed 2 of 2 ratings, none of them with a reason."),
    ],
)  # fmt: skip
def test_how_much_was_agreed_is_one_sentence(share: tuple[int, int, int, int], sentence: str) -> None:
    assert AgreedShare(*share, "the worst").sentence == sentence


@every_kind
def test_every_line_is_agreed_or_by_rule_or_has_no_rating(kind: str) -> None:
    merged = view_of(kind).merged
    share = agreed_share(merged)
    assert share.agreed == sum(bool(line.agreed) for line in merged.lines)
    unrated = sum(line.rating in ("", rag.NOT_ASSESSED) and not line.agreed for line in merged.lines)
    assert (share.agreed + share.by_rule + unrated, share.out_of) == (len(merged.lines), len(merged.lines))


@every_kind
def test_the_statement_names_the_red_lines_those_first_that_most_partners_rate_red(kind: str) -> None:
    view = view_of(kind)
    parts = {part.title: part.sentences for part in signed_statement(view, [])}
    red = [line for line in view.lines if line.rating == rag.RED]
    assert len(parts.get("Red", [])) == len(red)
    shares = [partners_red / max(rated, 1) for partners_red, rated in map(red_share, red)]
    first = red[shares.index(max(shares))].line.with_ref if red else ""
    assert parts.get("Red", [""])[0].startswith(first)
