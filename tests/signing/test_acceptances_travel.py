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


def test_the_board_paper_asks_to_note_it_and_tells_it_with_its_reason(
    place: Locality,
) -> None:
    texts = texts_of(board_paper(newest_merge(place)))
    (accepted,) = [text for text in texts if BECAUSE in text]
    assert accepted == (f"Gaps without an action (1), because: ‘{BECAUSE}’. {WHO} follows it up by 31 March 2024.")
    whole = " ".join(texts)
    assert "with one thing accepted as still open" in whole
    assert "note the one thing that was accepted as still open, with its reason (section 5)" in whole
    assert "What was accepted at sign-off" in texts
    assert "The group has not agreed any rating yet." in whole


def test_the_flash_report_names_what_was_accepted_and_how_much_was_agreed(place: Locality) -> None:
    whole = " ".join(texts_of(flash_report(newest_merge(place))))
    assert "with one thing accepted as still open" in whole
    assert f"What was accepted at sign-off. Gaps without an action (1), because: ‘{BECAUSE}’." in whole
    assert "The group has not agreed any rating yet." in whole


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
