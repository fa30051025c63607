"""Frameworks move: what was said of an earlier version is followed, offered or kept, and never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from moving import MOVED, made_up
from pydantic import ValidationError
from text_returns import checked, fill_in, locality_of, points, row, rows

from icsassess.framework import framework, framework_ids
from icsassess.locality import Locality
from icsassess.moves import Edition, as_it_was, codes_now, follows, in_words, line_now

THEN, NOW = made_up("1"), made_up("2")
FIRST = Edition("made-up", "1")


def place(folder: Path, used: Any, partners: dict[str, str] | None = None) -> Locality:
    """Make a locality on an edition of the made-up framework."""
    made = locality_of(folder, {"NORTH": ""})
    settings = made.settings.model_copy(update={"framework": used.id})
    return Locality(made.folder, settings, used)


# --- The data


def test_renamed_split_merged_and_dropped_statements_are_told_apart() -> None:
    assert line_now(NOW, FIRST, "A1-DOC").refs == ("A5-DOC",)
    assert line_now(NOW, FIRST, "A2-DOC").refs == ("A1-DOC",)
    assert (line_now(NOW, FIRST, "B1-DOC").refs, line_now(NOW, FIRST, "B1-DOC").split) == (("B1-DOC", "B5-DOC"), True)
    assert [codes_now(NOW, FIRST, code) for code in ("B2", "B4")] == [("B4",), ("B4",)]
    dropped = line_now(NOW, FIRST, "B3-DOC")
    assert (dropped.refs, dropped.reason) == ((), "it is asked for elsewhere")
    assert in_words(NOW, FIRST) == [
        "A1 is now A5", "A2 is now A1", "B1 was split into B1 and B5", "B2 is now B4",
        "B3 was dropped (it is asked for elsewhere)",
    ]  # fmt: skip


def test_an_earlier_edition_is_made_again_from_what_the_newer_one_tells() -> None:
    was = as_it_was(NOW, FIRST)
    assert {code: found.title for code, found in was.statement_by_code.items()} == {
        **{code: found.title for code, found in THEN.statement_by_code.items()},
        "C1": "Something new",
    }, "of what is new nobody says that it was not there before; a return is not blamed for it"


def test_only_an_edition_that_the_framework_speaks_of_is_followed() -> None:
    assert follows(NOW, FIRST)
    assert not follows(NOW, Edition("made-up", "2"))
    assert not follows(NOW, Edition("made-up", "1.5"))
    assert not follows(NOW, Edition("cqc-ics-2023", "2023-1"))
    assert line_now(NOW, Edition("another", "1"), "C1-DOC").refs == (), "codes of another framework mean something else"


@pytest.mark.parametrize(
    "moved",
    [
        [{"from": "made-up/A1", "to": ["Z9"]}],
        [{"from": "made-up/A1"}],
        [{"from": "made-up/A1", "reason": "  "}],
        [{"from": "A1", "to": ["A5"]}],
        [MOVED[0], MOVED[0]],
    ],
    ids=["to nothing there", "nowhere", "without a reason", "from no framework", "twice"],
)
def test_moves_that_cannot_be_are_refused(moved: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        made_up("2", moved=moved)


def test_nothing_is_made_up_of_how_cqcs_frameworks_moved() -> None:
    assert [found for found in framework_ids() if framework(found).moved] == []


# --- A return on the earlier version

ANSWERS = """
Ref    | Evidence      | RAG   | Reason for rating
A1-DOC | Home report   | Green | Seen
A2-DOC | Ward report   | Amber | Partly
B1-DOC | Team list     | Red   | Too few
B2-DOC | Courses       | Green | Done
B4-DOC | Budget        | Amber | Late
B3-DOC | Car park plan | Green | Fine
"""


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("returned")
    fill_in(place(folder, THEN), ANSWERS)
    return checked(place(folder, NOW))


def test_entries_follow_renamed_lines_also_where_their_code_is_anothers_now(returned: Any) -> None:
    assert row(returned.entries, ref="A5-DOC").evidence == "Home report"
    assert [(found.evidence, found.rating) for found in rows(returned.entries, ref="A1-DOC")] == [
        ("Ward report", "Amber")
    ]


def test_of_merged_lines_both_entries_stand_and_the_worse_rating_counts(returned: Any) -> None:
    assert [found.evidence for found in rows(returned.entries, ref="B4-DOC")] == ["Courses", "Budget"]
    assert row(returned.lines, ref="B4-DOC").rating == "Amber"


def test_a_split_line_is_offered_to_each_part_without_its_rating(returned: Any) -> None:
    for ref in ("B1-DOC", "B5-DOC"):
        found = row(returned.entries, ref=ref)
        assert (found.evidence, found.rating, found.reason) == ("Team list", "", "Too few")
        assert "To be confirmed: it stood at B1-DOC, which was split; rated Red there" in found.own_columns
        assert row(returned.lines, ref=ref).rating == ""
    (problem,) = points(returned.returns[0], "return-lines-split")
    assert "B1-DOC is now B1-DOC and B5-DOC" in problem.message


def test_what_has_no_place_stays_as_an_entry_without_a_line_and_is_named(returned: Any) -> None:
    found = row(returned.entries, evidence="Car park plan")
    assert (found.ref, found.rating) == ("", "Green")
    (problem,) = points(returned.returns[0], "return-lines-dropped")
    assert "B3-DOC (it is asked for elsewhere)" in problem.message


def test_an_earlier_return_is_accepted_and_not_blamed_for_lines_it_never_had(returned: Any) -> None:
    (read,) = returned.returns
    assert not read.refused
    assert points(read, "wrong-framework") == points(read, "line-missing") == points(read, "note-on-cell") == []
    assert "A1 is now A5" in points(read, "return-on-an-earlier-framework")[0].message


def test_a_return_on_a_framework_that_nobody_speaks_of_is_still_refused(tmp_path: Path) -> None:
    fill_in(place(tmp_path, THEN), ANSWERS, properties={"icsassess.framework": "other"})
    assert "wrong-framework" in [p.code for p in checked(place(tmp_path, NOW)).returns[0].problems]
