"""The flash report: one page for the system, on what moved since the last one, with nothing invented."""

from __future__ import annotations

import datetime
import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from icsassess.assessment.history.model import KINDS, Change, Changes
from icsassess.assessment.history.record import Record
from icsassess.cli import cli
from icsassess.domain import rag
from icsassess.locality.locality import Locality, open_locality
from icsassess.reports.papers import flash_report as flash
from icsassess.reports.papers.flash_period import compared_merge
from icsassess.reports.papers.flash_report import flash_report
from icsassess.round.merge_and_write import merge_and_write
from icsassess.view.assessment_view import View
from icsassess.workbook.signing.latest_merge import NewestMerge, newest_merge
from tests.support.libreoffice import pages_in_libreoffice
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.sample_merges import newest, small
from tests.support.sample_view import AS_AT, sample_view, with_typed

FIRST = "Q1-PEX | Survey of carers | Shared drive | {day} | {rating} | Read and checked | Say more | {status}"
HEADINGS = "Ref | Evidence | Where it is kept | Evidence date | RAG | Reason for rating | Action | Action status"


def answer(locality: Locality, rating: str, *, status: str = "") -> None:
    text = f"{HEADINGS}\n{FIRST.format(day='01/12/2023', rating=rating, status=status)}"
    fill_in(locality, text, partner="NORTH", file="NORTH.xlsx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four merges: Q1-PEX is Green, Amber, Red and Amber again."""
    locality = locality_of(tmp_path_factory.mktemp("flash") / "anytown", {"NORTH": "Q1"})
    days = (datetime.date(2023, 11, 1), datetime.date(2023, 11, 15), datetime.date(2024, 1, 3), AS_AT)
    for day, rating in zip(days, ("Green", "Amber", "Red", "Amber"), strict=True):
        answer(locality, rating)
        merge_and_write(locality, day)
    return locality.folder


@pytest.fixture(scope="module")
def found(folder: Path) -> NewestMerge:
    return newest_merge(open_locality(folder))


def read(report: bytes) -> Any:
    return docx.Document(io.BytesIO(report))


def below(document: Any, heading: str) -> list[str]:
    texts = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    start = next(number for number, (_, text) in enumerate(texts) if text == heading)
    following = [text for style, text in texts[start + 1 :] if text]
    ends = [n for n, (style, _) in enumerate(t for t in texts[start + 1 :] if t[1]) if style == "Heading 1"]
    return following[: ends[0]] if ends else following


def test_it_has_its_four_parts_and_what_moved(found: NewestMerge) -> None:
    document = read(flash_report(found))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Key risks", "Emerging risks", "Good news", "Shared learning", "Movement",
    ]  # fmt: skip


def test_it_tells_what_moved_since_about_two_months_ago(found: NewestMerge) -> None:
    assert compared_merge(found).record is not None
    document = read(flash_report(found))
    assert (
        "There is no earlier flash report here: what moved is told since the merge nearest to two months before "
        "(Anytown 2023-11-15)."
    ) in [paragraph.text for paragraph in document.paragraphs]


def test_it_tells_what_moved_since_the_last_flash_report_whatever_was_added_to_its_name(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "reports").mkdir(exist_ok=True)
    (copy / "reports" / "Anytown 2024-01-03 Flash Report as sent.docx").write_bytes(b"")
    document = read(flash_report(newest_merge(open_locality(copy))))
    assert "since the last flash report (Anytown 2024-01-03)." in "\n".join(p.text for p in document.paragraphs)
    assert below(document, "Good news")[0] == "1 rating rose: Q1-PEX."


def test_without_either_it_tells_what_moved_since_the_first_merge(found: NewestMerge) -> None:
    late = replace(found, earlier=tuple(record for record in found.earlier if record.as_at.year == 2024))
    assert "since the first merge (Anytown 2024-01-03)" in compared_merge(late).sentence


def test_the_first_merge_says_that_nothing_can_have_moved() -> None:
    document = read(flash_report(small()))
    assert "This is the first merge: nothing can have moved yet." in [p.text for p in document.paragraphs]
    assert below(document, "Emerging risks")[0] == "The workbook shows none since then."
    assert len(document.tables[0].rows) == 2, "headings and now"


def test_emerging_risks_name_their_lines(folder: Path, found: NewestMerge) -> None:
    document = read(flash_report(replace(found, earlier=found.earlier[:1])))
    assert "1 rating fell: Q1-PEX." in below(document, "Emerging risks")


def test_where_there_is_nothing_it_says_so_and_leaves_room_for_the_author(found: NewestMerge) -> None:
    told, room = below(read(flash_report(found)), "Shared learning")
    assert told == "The workbook shows no action that was delivered and evidenced."
    assert room == "[what others can learn from: for the author, or delete this line]"


def test_what_was_delivered_and_evidenced_is_offered_as_shared_learning() -> None:
    found = newest()
    closed = [action for action in View(found.merged).actions if action.state == "closed"]
    told = below(read(flash_report(found)), "Shared learning")
    assert closed[0].ref in told[0]
    assert "Shown by: Minutes" in told[0]


def test_every_figure_of_now_and_then_is_that_merges(found: NewestMerge) -> None:
    compared = compared_merge(found)
    assert compared.record is not None
    headings, then, now = ([cell.text for cell in row.cells] for row in read(flash_report(found)).tables[0].rows)
    for told, record in ((then, compared.record), (now, found.record)):
        assert dict(zip(headings[1:], map(int, told[1:]), strict=True)) == counts(record.content)


def counts(record: Mapping[str, Any]) -> dict[str, int]:
    ratings = [line["rating"] for line in record["lines"]]
    plans = [gap["plan"] for gap in record["gaps"]]
    return {
        **{word: ratings.count(word) for word in rag.vocabulary().names},
        "No rating": ratings.count(None),
        "Gaps": len(plans),
        "Needs a plan": plans.count("needs a plan"),
        "Overdue": plans.count("overdue"),
    }


def test_it_says_its_merge_framework_rules_and_sign_off(found: NewestMerge) -> None:
    document = read(flash_report(found))
    assert "Made from Anytown 2024-01-10" in document.sections[0].footer.paragraphs[0].text
    last = document.paragraphs[-1].text
    for told in ("version 2023-1", "Ratings combine by: worst", "Not signed", "They are not CQC's ratings"):
        assert told in last


def test_the_command_writes_it_once(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    first, again = (CliRunner().invoke(cli, ["paper", str(copy), "--kind", "flash"]) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "It was there already" in again.output
    assert [path.name for path in (copy / "reports").iterdir()] == ["Anytown 2024-01-10 flash report.docx"]


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not installed")
def test_it_fits_one_page_of_a4_with_forty_partners_when_everything_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged = sample_view(3, partners=40)
    refs = list(merged.locality.framework.line_by_ref)
    everything = [Change(kind, ref, None, None, None, "") for kind in KINDS for ref in refs]
    monkeypatch.setattr(flash, "between", lambda old, new: Changes("", AS_AT, "", everything))
    done = {"action": "Long " * 90, "owner": "x", "status": "Delivered", "evidenced_by": "Minutes " * 90}
    actions = [with_typed(action, done) if number < 10 else action for number, action in enumerate(merged.actions)]
    found = newest(replace(merged, actions=actions), since=("returns/Late.xlsx has come since",) * 9)
    content = {**newest(sample_view(2, partners=40)).record.content, "as_at": "2023-11-10"}
    path = tmp_path / "flash.docx"
    path.write_bytes(flash_report(replace(found, earlier=(Record(Path("Trafford 2023-11-10.json"), "", content),))))
    assert "and 96 more" in "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert pages_in_libreoffice(path, tmp_path) == 1
