"""What the signatory accepted is told wherever it is told that the assessment is signed: never just "signed"."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from icsassess.locality.locality import Locality
from icsassess.reports.page.page import as_page
from icsassess.reports.papers.board_paper import board_paper
from icsassess.reports.papers.flash_report import flash_report
from icsassess.workbook.signing.latest_merge import newest_merge
from tests.support.accessibility import faults
from tests.support.ready_locality import BECAUSE, WHO, accept, answer, merge, ready, run, sign, signed_workbook

ACCEPTED = "with 1 condition accepted"
SENTENCE = f"Gaps without an action (1): {BECAUSE}. To be followed up by {WHO} until 31 March 2024."
AGREED = "The group agreed none of 36 ratings; 36 stand at the most critical partner's rating."


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    made = ready(tmp_path_factory.mktemp("accepted") / "place")
    answer(made, {made.framework.lines[0].ref: {"RAG": "Amber", "Gap": "Nobody asked"}})
    merge(made)
    assert sign(made, *accept("gaps-without-action")).exit_code == 0
    return made


def texts_of(paper: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(paper))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_the_signed_workbook_is_accessible(place: Locality) -> None:
    assert faults(signed_workbook(place).read_bytes()) == []


def test_the_board_paper_has_it_where_it_asks_to_note_the_signing_among_the_risks_and_in_its_sources(
    place: Locality,
) -> None:
    texts = texts_of(board_paper(newest_merge(place)))
    assert texts.count(SENTENCE) == 3
    assert any(ACCEPTED in text for text in texts if text.startswith("note that the assessment was signed off"))
    assert "Accepted at signing (1)" in " ".join(texts)
    assert AGREED in texts


def test_the_flash_report_names_what_was_accepted_and_how_much_was_agreed(place: Locality) -> None:
    (foot,) = [text for text in texts_of(flash_report(newest_merge(place))) if ACCEPTED in text]
    assert "Accepted at signing: Gaps without an action (1)." in foot
    assert AGREED in foot


def test_the_page_has_it_with_the_sign_off(place: Locality) -> None:
    page = as_page(newest_merge(place))
    assert ACCEPTED in page
    assert SENTENCE in page
    assert AGREED.replace("'", "&#39;") in page


def test_the_roll_up_says_how_many_conditions_were_accepted_which_and_how_much_was_agreed(
    place: Locality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("rollup", place.folder, "--json")
    document = json.loads(result.stdout)
    (locality,) = document["localities"]
    assert (locality["verdict"], locality["accepted"], locality["agreed"]) == ("as signed", 1, 0)
    assert [one["reason"] for one in locality["accepted_conditions"]] == [BECAUSE]
    sheet = openpyxl.load_workbook(tmp_path / document["workbook"])["Localities"]
    (table,) = sheet.tables.values()
    titles, row, *_ = [[cell.value for cell in cells] for cells in sheet[table.ref]]
    shown = dict(zip(titles, row, strict=True))
    assert [shown[title] for title in ("State", "Accepted", "Accepted at signing, counted on that day", "Agreed")] == [
        "Signed with 1 condition accepted",
        1,
        "Gaps without an action (1)",
        0,
    ]


def test_after_the_next_merge_the_earlier_signing_is_still_told_with_it(place: Locality) -> None:
    answer(place, {place.framework.lines[0].ref: {"RAG": "Red", "Gap": "Nobody asked"}})
    merge(place)
    page = as_page(newest_merge(place))
    assert "Another state of it was signed" in page
    assert ACCEPTED in page
