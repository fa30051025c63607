"""Another exercise's evidence is offered for the statements that both share, and counts nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.borrowing.shared_evidence import BY_KEY, BY_TITLE, shared_categories, shared_statements
from icsassess.borrowing.suggestions_workbook import borrow, write_borrowed
from icsassess.domain.framework import Framework, framework
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality
from icsassess.round.merge_and_write import merge_and_write
from tests.support.folders import fingerprints
from tests.support.ready_locality import run
from tests.support.returns_dsl import AS_AT, fill_in, locality_of

ICS, LA = framework("cqc-ics-2023"), framework("cqc-la-2023")

SYSTEM = """
Ref    | Evidence          | Where it is kept | Evidence date | RAG   | Reason for rating
Q1-PEX | Residents' survey | Shared drive     | 2023-11-14    | Green | Seen by the board
Q1-OBS | Walkabout         |                  |               | Amber |
Q1-STF |                   |                  |               | Red   | Nothing yet
Q2-PEX | Learning log      |                  |               | Green |
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Locality, Locality]:
    """Give a council's exercise with one return, and the system's exercise that it may borrow from."""
    folder = tmp_path_factory.mktemp("exercises")
    council = locality_of(folder / "council", {"EAST": "W1 W2"}, framework="cqc-la-2023", name="Anytown council")
    fill_in(council, "Ref | Evidence | RAG\nW2-STF | Walkabout | Green")
    system = locality_of(
        folder / "system", {"EAST": "Q1 Q2", "NORTH": "Q1"}, framework="cqc-ics-2023", name="Anytown system"
    )
    fill_in(system, SYSTEM, partner="EAST")
    fill_in(system, "Ref | Evidence | RAG\nQ1-PEX | '=A1+1 | Red", partner="NORTH")
    return council, system


def told(place: tuple[Locality, Locality]) -> Any:
    council, system = place
    result = run("borrow", council.folder, "--from", system.folder, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_eight_of_the_nine_local_authority_statements_are_shared_both_ways() -> None:
    there, back = shared_statements(LA, ICS), shared_statements(ICS, LA)
    assert [shared.own.code for shared in there] == ["W2", "W3", "P1", "P2", "S1", "S2", "L1", "L2"]
    assert {(one.own.code, one.other.code) for one in there} == {(one.other.code, one.own.code) for one in back}
    assert {shared.how for shared in (*there, *back)} == {BY_KEY}


def test_where_no_key_says_it_a_title_or_an_alias_that_only_one_has_does() -> None:
    def without_keys(found: Framework) -> Framework:
        themes = [
            theme.model_copy(
                update={"statements": tuple(one.model_copy(update={"same_as": None}) for one in theme.statements)}
            )
            for theme in found.themes
        ]
        return Framework.model_construct(**{**dict(found), "themes": tuple(themes)})

    found = shared_statements(without_keys(LA), without_keys(ICS))
    assert [(one.own.code, one.other.code) for one in found] == [
        (one.own.code, one.other.code) for one in shared_statements(LA, ICS)
    ]
    assert {one.how for one in found} == {BY_TITLE}


def test_four_of_the_six_categories_are_shared() -> None:
    assert shared_categories(LA, ICS) == {code: code for code in ("PEX", "STF", "PTN", "PRO")}
    assert set(shared_categories(ICS, LA)) == {"PEX", "STF", "PTN", "PRO"}


def test_a_suggestion_says_where_it_comes_from_and_that_the_rating_is_theirs(place: tuple[Locality, Locality]) -> None:
    first = told(place)["suggestions"][0]
    assert (first["ref"], first["evidence"], first["evidence_date"]) == ("W2-PEX", "Residents' survey", "2023-11-14")
    assert first["partner"] == "EAST"
    source = {**first["from"], "file": Path(first["from"]["file"]).parent.as_posix()}
    assert source == {
        "exercise": "Anytown system", "framework": "cqc-ics-2023", "partner": "EAST", "ref": "Q1-PEX",
        "rating": "Green", "file": "returns", "sheet": "Quality and safety", "row": 5,
    }  # fmt: skip


def test_only_evidence_for_shared_statements_is_offered(place: tuple[Locality, Locality]) -> None:
    found = told(place)
    assert [one["evidence"] for one in found["suggestions"]] == ["Residents' survey", "=A1+1", "Walkabout"]
    assert found["not_shared"] == ["W1"]
    assert next(one for one in found["shared"] if one["statement"] == "W2")["suggestions"] == 3


def test_evidence_in_a_category_that_is_none_here_is_offered_without_a_line(place: tuple[Locality, Locality]) -> None:
    (observed,) = [one for one in told(place)["suggestions"] if one["evidence"] == "Walkabout"]
    assert (observed["ref"], observed["statement"], observed["category"]) == (None, "W2", "Observation")
    assert "no such category" in observed["fits"]
    assert observed["already_here"] == ["EAST"]


def test_a_partner_that_is_none_here_is_not_made_one(place: tuple[Locality, Locality]) -> None:
    (norths,) = [one for one in told(place)["suggestions"] if one["from"]["partner"] == "NORTH"]
    assert norths["partner"] is None


def test_suggestions_count_nowhere_and_the_other_folder_is_not_touched(place: tuple[Locality, Locality]) -> None:
    council, system = place
    before, merged = fingerprints(system.folder), merge_and_write(council, AS_AT)
    written = merged[1].read_bytes()
    write_borrowed(borrow(council, system))
    again, path = merge_and_write(council, AS_AT)
    assert (again.nothing_new, path.read_bytes()) == (True, written)
    assert fingerprints(system.folder) == before


def test_the_workbook_lists_them_as_text_by_line(place: tuple[Locality, Locality]) -> None:
    council, system = place
    path = write_borrowed(borrow(council, system))
    assert path.parent.name == "borrowed"
    assert write_borrowed(borrow(council, system)) == path, "the same suggestions are not written twice"
    book = openpyxl.load_workbook(path)
    assert [next(iter(sheet.tables)) for sheet in book] == ["Suggestions", "SharedStatements"]
    cells = [cell for row in book["Suggestions"].iter_rows(min_row=5) for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=A1+1"] == ["s"]
    assert "counted nowhere" in book["Suggestions"]["A2"].value
    rows = {row[0]: row for row in book["Shared statements"].iter_rows(min_row=5, values_only=True)}
    assert rows["W1"][4] == "not shared"
    assert rows["W2"][2:7] == ("Q1", rows["W2"][1], BY_KEY, 3, "W2-PEX, W2-PTN, W2-PRO")


def test_what_cannot_be_borrowed_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    council = locality_of(tmp_path / "council", {"EAST": "W2"}, framework="cqc-la-2023")
    system = locality_of(tmp_path / "system", {"EAST": "Q1"})
    with pytest.raises(Refusal, match="is to borrow"):
        borrow(council, council)
    with pytest.raises(Refusal, match="name no evidence"):
        borrow(council, system)
    other = ICS.model_construct(**{**dict(ICS), "id": "other", "themes": ICS.themes[2:]})
    only = LA.model_construct(**{**dict(LA), "id": "only", "themes": LA.themes[:1]})
    with pytest.raises(Refusal, match="shares no quality statement"):
        borrow(Locality(council.folder, council.settings, only), Locality(system.folder, system.settings, other))
    result = run("borrow", council.folder, "--from", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert not (council.folder / "borrowed").exists()
