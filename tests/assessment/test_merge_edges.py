"""Partners with several organisations, partners of whom nothing is expected, and who is named for a gap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

from icsassess.locality.locality import Locality
from tests.support.ready_locality import run
from tests.support.returns_dsl import AS_AT, COMPLETED, fill_in, locality_of

PRACTICES = {"GP": {"statements": ["Q1"], "returns": "many"}, "NORTH": "Q1"}
REF = "Q1-PEX"


def merged(place: Locality) -> dict[str, Any]:
    """Merge on the command line and give its JSON."""
    document: dict[str, Any] = json.loads(run("merge", place.folder, "--as-at", AS_AT.isoformat(), "--json").stdout)
    return document


def of_line(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next((row for row in rows if row["ref"] == REF), {})


def practice(place: Locality, name: str, answer: str, organisation: str | None = "") -> None:
    """Put the return of one practice in; ``organisation`` is what its cover says, the name when left out."""
    text = f"Ref | Evidence | RAG | Reason for rating\n{REF} | {answer}"
    said = {"Organisation": name if organisation == "" else organisation, "Date completed": COMPLETED}
    fill_in(place, text, partner="GP", file=f"GP {name}.xlsx", cover=said)


def test_returns_of_several_organisations_count_side_by_side_and_the_worst_rating_is_the_partners(
    tmp_path: Path,
) -> None:
    place = locality_of(tmp_path, PRACTICES)
    practice(place, "Elm", "Survey | Green |")
    practice(place, "Oak", "Letters | Amber |")
    document = merged(place)
    assert [found["state"] for found in document["returns"] if found["partner"] == "GP"] == ["received", "received"]
    assert (of_line(document["lines"])["ratings"]["GP"], of_line(document["lines"])["evidence"]) == ("Amber", 2)


def test_organisations_that_do_not_say_who_they_are_are_told_apart_by_their_files(tmp_path: Path) -> None:
    place = locality_of(tmp_path, PRACTICES)
    practice(place, "Elm", "Survey | Green |", None)
    practice(place, "Oak", "Letters | Amber |", None)
    assert of_line(merged(place)["lines"])["evidence"] == 2


def test_one_organisation_that_does_not_explain_not_applicable_leaves_the_line_open(tmp_path: Path) -> None:
    place = locality_of(tmp_path, PRACTICES)
    fill_in(place, f"Ref | RAG | Reason for rating\n{REF} | N/A | No beds", partner="NORTH")
    practice(place, "Elm", " | N/A | No beds")
    practice(place, "Oak", " | N/A |")
    document = merged(place)
    assert of_line(document["lines"])["suggested"] is None
    assert of_line(document["gaps"])["partners"] == ["GP"]
    practice(place, "Oak", " | N/A | No beds either")
    assert of_line(merged(place)["lines"])["suggested"] == "Not applicable"


def test_of_a_partner_of_whom_no_return_is_expected_nothing_is_missing(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1", "EAST": {"statements": ["Q1"], "expected": False}})
    fill_in(place, f"Ref | Evidence | RAG\n{REF} | Report | Green", partner="NORTH")
    assert of_line(merged(place)["lines"])["ratings"] == {"NORTH": "Green"}


def test_stale_evidence_names_the_partners_whose_dated_evidence_it_is(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q1"})
    answers = {"NORTH": "Report | 2021-05-01 | Green |", "EAST": "Minutes | | Green |"}
    answers["SOUTH"] = " | 2021-05-01 | N/A | No beds"
    for partner, answer in answers.items():
        text = f"Ref | Evidence | Evidence date | RAG | Reason for rating\n{REF} | {answer}"
        fill_in(place, text, partner=partner)
    gap = of_line(merged(place)["gaps"])
    assert (gap["reasons"], gap["partners"]) == (["stale evidence"], ["NORTH"])


def test_evidence_without_a_line_comes_last(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, f"Ref | Evidence | RAG\nZ9-XXX | Of no line | Green\n{REF} | Report | Green")
    workbook = place.folder / merged(place)["workbook"]
    sheet = openpyxl.load_workbook(workbook)["Evidence"]
    (table,) = sheet.tables.values()
    headings, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert [row[headings.index("Evidence")] for row in rows] == ["Report", "Of no line"]
