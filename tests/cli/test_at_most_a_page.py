"""What a hurried person reads in a terminal fits on a page: the rest is there for whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from icsassess.cli.output import PAGE, shell_quoted
from icsassess.locality.locality import Locality, open_locality
from icsassess.returns.issuing.issue import issue
from icsassess.returns.issuing.stale_blanks import stale_blanks
from tests.support.ready_locality import run
from tests.support.returns_dsl import fill_in, locality_of

ROWS = "\n".join(f"Q1-{code} | Report | Green | | Ask |" for code in ("PEX", "STF", "PTN", "OBS", "PRO", "OUT"))


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    """Six partners with many points each, and one that has not answered."""
    partners = {f"P{number}": "all" for number in range(7)}
    place = locality_of(tmp_path_factory.mktemp("untidy") / "place", dict.fromkeys(partners, "Q1"))
    for number in range(6):
        text = f"Ref | Evidence | RAG | Gap | Action | Owner\n{ROWS}\nQ2-PEX | | Ambr | | |"
        fill_in(place, text, partner=f"P{number}", file=f"P{number}.xlsx")
    return place


def lines(*command: object) -> list[str]:
    return str(run(*command).output).splitlines()


def test_check_of_a_folder_fits_on_a_page_and_names_every_return_and_what_keeps_something_out(
    untidy: Locality,
) -> None:
    short = lines("check", untidy.folder)
    assert len(short) <= PAGE + 5
    text = " ".join(" ".join(short).split())
    assert all(f"returns/P{number}.xlsx" in text for number in range(6))
    assert "icsassess check --all" in text


def test_with_all_every_point_is_there(untidy: Locality) -> None:
    assert len(lines("check", untidy.folder, "--all")) > PAGE
    assert not any("check --all" in line for line in lines("check", untidy.folder, "--all"))


def test_a_short_check_is_told_whole(untidy: Locality) -> None:
    single = lines("check", untidy.folder / "returns" / "P1.xlsx")
    assert single == lines("check", untidy.folder / "returns" / "P1.xlsx", "--all")


def test_the_agenda_begins_with_what_must_be_decided_today_and_fits_on_a_page(untidy: Locality) -> None:
    short = lines("agenda", untidy.folder)
    assert "To decide today" in short
    shown = [line for line in short if line.startswith("* ")]
    assert 1 <= len(shown) <= 10
    assert (
        len([line for line in short if not line.startswith(("Marked copy", "Draft", "Page", "All of it"))]) <= PAGE + 8
    )


def test_before_any_return_the_agenda_asks_who_has_not_answered_and_lists_no_gaps(tmp_path: Path) -> None:
    place = locality_of(tmp_path / "new", {"NORTH": "Q1"})
    text = " ".join(lines("agenda", place.folder))
    assert "has not answered" in text
    assert "New gaps" not in text


def test_status_begins_with_whom_to_ring(untidy: Locality) -> None:
    assert lines("status", untidy.folder)[0].startswith("No return yet from")


def test_blanks_of_partners_that_are_not_asked_any_more_are_named(tmp_path: Path) -> None:
    place = locality_of(tmp_path / "place", {"NORTH": "Q1", "SOUTH": "Q1"})
    issue(place, place.partners, place.as_at(None))
    assert list(stale_blanks(place)) == []
    settings = place.folder / "locality.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"SOUTH"', '"WEST"'), encoding="utf-8")
    (stale,) = stale_blanks(open_locality(place.folder))
    assert "SOUTH" in stale
    assert "no partner of that name is asked any more" in stale


def test_a_command_to_be_copied_has_its_folder_in_quotation_marks_where_it_needs_them() -> None:
    assert shell_quoted(Path("Oldham 2027")) == '"Oldham 2027"'
    assert shell_quoted(Path("rounds/oldham")) == "rounds/oldham"


def test_a_mistyped_command_is_guessed() -> None:
    result = run("isue")
    assert result.exit_code == 2
    assert "There is no command ‘isue’. Did you mean ‘issue’?" in result.output
