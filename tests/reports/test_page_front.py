"""The top of the page, counted again from the merge itself: localities of every kind, and nothing that is not true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from icsassess.reports.page.front import front
from icsassess.reports.page.page import as_page
from icsassess.view.assessment_view import View
from icsassess.view.findings.weights import gaps_by_weight
from icsassess.workbook.signing.latest_merge import NewestMerge
from tests.support.sample_merges import newest, small

COLOURS = ("Red", "Amber", "Green")


def kinds() -> Iterator[NewestMerge]:
    """Made-up merges: of the usual size, of both frameworks, of forty partners, all Green, and before any return."""
    yield newest(seed=1)
    yield newest(seed=5, framework_id="cqc-la-2023")
    yield small("Q1 Q2 I1", partners=40)
    yield newest(all_green=True)
    yield before_any_return()


def before_any_return() -> NewestMerge:
    merged = small().merged
    none: dict[str, Any] = {"rating": "", "suggested": "", "agreed": "", "agreement": "none", "evidence": 0}
    rows = {row.partner: row for row in merged.returns if row.partner}
    return newest(
        replace(
            merged,
            entries=[],
            lines=[line._replace(**none) for line in merged.lines],
            partner_lines=[row._replace(rating="No return") for row in merged.partner_lines],
            gaps=[],
            actions=[],
            drift={},
            returns=[row._replace(state="outstanding", file="", sha256="") for row in rows.values()],
        )
    )


@pytest.fixture(params=range(5), ids=["usual", "other framework", "forty partners", "all Green", "no return"])
def merge(request: pytest.FixtureRequest) -> NewestMerge:
    return list(kinds())[request.param]


def test_the_totals_are_all_ratings_each_counted_once(merge: NewestMerge) -> None:
    top = front(merge, View(merge.merged))
    told = {total.word: total.number for total in top.totals}
    counts = Counter(line.counted for line in merge.merged.lines)
    assert {word: told[word] for word in COLOURS} == {word: counts[word] for word in COLOURS}
    assert sum(told.values()) == len(merge.merged.lines)
    assert told.get("not applicable", 0) == counts["Not applicable"]
    ends = [total.start + total.number for total in top.totals]
    assert ends[-1] == top.all
    assert [total.start for total in top.totals] == [0, *ends[:-1]], "the bar has no holes"


def test_the_answers_are_the_merges(merge: NewestMerge) -> None:
    merged = merge.merged
    told = {label: [part.text for part in parts] for label, parts in front(merge, View(merged)).answers}
    late = sum(action.state == "overdue" for action in merged.actions)
    no_plan = sum(gap.plan == "needs a plan" for gap in merged.gaps)
    split = sum(line.agreement == "red and green" and not line.agreed for line in merged.lines)
    counted = (("Late", late, "action"), ("No plan", no_plan, "gap"), ("To decide", split, "disagree"))
    for label, number, word in counted:
        assert (label in told) is bool(number)
        if number:
            assert told[label][0].startswith(f"{number} {word}")
    answered = {row.partner for row in merged.returns if row.state == "received" and row.partner}
    absent = {row.partner for row in merged.returns if row.state in ("outstanding", "refused") and row.partner}
    assert told["Answered"][0].startswith(f"{len(answered)} of {len(answered | absent)} partner")


def test_the_weakest_are_red_and_the_largest_share_comes_first(merge: NewestMerge) -> None:
    merged = merge.merged
    told = dict(front(merge, View(merged)).answers)["Weakest"]
    red = {line.ref for line in merged.lines if line.counted == "Red"}
    if not red:
        assert [part.anchor for part in told] == [""]
        return
    shares = {}
    for ref in red:
        rated = [row.rating for row in merged.partner_lines if row.ref == ref and row.rating in COLOURS]
        shares[ref] = rated.count("Red") / (len(rated) or 1)
    named = [part.anchor.removeprefix("line-") for part in told if part.anchor.startswith("line-")]
    assert [shares[ref] for ref in named] == sorted(shares.values(), reverse=True)[: len(named)]
    more = len(red) - len(named)
    assert told[-1].text == f"and {more} more" if more else len(named) == len(red)


def test_where_nothing_is_rated_or_red_the_page_says_so() -> None:
    for made, words in ((newest(all_green=True), "nothing is Red"), (before_any_return(), "nothing is rated yet")):
        told = dict(front(made, View(made.merged)).answers)
        assert told["Weakest"][0].text == words
        assert words in as_page(made)


def test_gaps_weigh_by_rating_then_by_their_plan(merge: NewestMerge) -> None:
    gaps = gaps_by_weight(View(merge.merged))
    assert sorted(gap.id for gap in gaps) == sorted(gap.id for gap in merge.merged.gaps)
    ratings = [gap.line.counted for gap in gaps]
    places = [COLOURS.index(word) if word in COLOURS else len(COLOURS) for word in ratings]
    assert places == sorted(places)


def test_what_changed_after_it_was_signed_is_not_called_signed() -> None:
    broken = replace(small(), seal_broken=True)
    assert "not as it was signed" in front(broken, View(broken.merged)).state
    assert front(small(), View(small().merged)).state == "Draft, not signed"
