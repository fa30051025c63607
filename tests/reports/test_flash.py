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

from icsassess.assessment.events.model import GROUP_DECIDED, KINDS, PARTNER_CHANGED, Event
from icsassess.assessment.events.snapshot import PastAction
from icsassess.assessment.history.model import Changes
from icsassess.assessment.history.record import Record
from icsassess.cli import cli
from icsassess.domain import rag
from icsassess.locality.locality import Locality, open_locality
from icsassess.reports.papers import flash_report as flash
from icsassess.reports.papers.flash_period import ComparedMerge, compared_merge, not_comparable
from icsassess.reports.papers.flash_report import flash_report
from icsassess.reports.papers.news import News
from icsassess.round.merge_and_write import merge_and_write
from icsassess.view.assessment_view import View
from icsassess.workbook.signing.latest_merge import NewestMerge, newest_merge
from tests.support.libreoffice import pages_in_libreoffice
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.sample_merges import newest, small
from tests.support.sample_view import AS_AT, sample_view, with_typed

PEX = "Supporting people to live healthier lives: people's experience (Q1-PEX)"
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
    assert below(document, "Good news")[0] == f"{PEX}: Northern Trust has moved from Red to Amber."


def test_without_either_it_tells_what_moved_since_the_first_merge(found: NewestMerge) -> None:
    late = replace(found, earlier=tuple(record for record in found.earlier if record.as_at.year == 2024))
    assert "since the first merge (Anytown 2024-01-03)" in compared_merge(late).sentence


def test_the_first_merge_says_that_nothing_can_have_moved() -> None:
    document = read(flash_report(small()))
    assert "This is the first merge: nothing can have moved yet." in [p.text for p in document.paragraphs]
    assert below(document, "Emerging risks")[0] == "The workbook shows none since then."
    assert len(document.tables[0].rows) == 2, "headings and now"


def test_an_emerging_risk_is_what_a_partner_rates_worse_with_title_and_name(found: NewestMerge) -> None:
    document = read(flash_report(replace(found, earlier=found.earlier[:1])))
    assert below(document, "Emerging risks")[0] == f"{PEX}: Northern Trust has moved from Green to Amber."


def event(kind: str, cause: Any = PARTNER_CHANGED, was: str = "Red", current: str = "Amber", **of: Any) -> Event:
    return Event(kind, cause, "", "Q1-PEX", was=was, current=current, **of)


FELL = event("partner fell", was="Amber", current="Red", partner="P01")
ACTION = PastAction("A-Q1-PEX-P01", "Q1-PEX", "P01", "Ask the clinics.")


@pytest.mark.parametrize(
    ("events", "risks", "news"),
    [
        pytest.param([FELL], [f"{PEX}: Partner number 1 has moved from Amber to Red."], [], id="worse"),
        pytest.param([event("changed since agreed"), FELL],
                     [f"{PEX}: agreed Amber; since then Partner number 1 has moved from Amber to Red."], [],
                     id="an agreed rating has lost its ground"),
        pytest.param([event("changed since agreed")],
                     [f"{PEX}: agreed Amber; since then partners say something else in support of their ratings."], [],
                     id="other words under an agreed rating"),
        pytest.param([event("partner rose", partner="P01"), event("gap closed")], [],
                     [f"{PEX}: Partner number 1 has moved from Red to Amber; it is no longer a gap."], id="better"),
        pytest.param([event("action delivered", partner="P01", action=ACTION.id)], [],
                     [f"{PEX}: Partner number 1 reports as delivered: Ask the clinics. The evidence for it has still "
                      "to be seen."], id="delivered"),
        pytest.param([event("action delivered", partner="P01", action=ACTION.id),
                      event("action evidenced", GROUP_DECIDED, partner="P01", action=ACTION.id)], [],
                     [f"{PEX}: Partner number 1 has delivered, with evidence: Ask the clinics."], id="evidenced"),
        pytest.param([event("agreed", GROUP_DECIDED), event("gap closed", GROUP_DECIDED),
                      event("rating rose", GROUP_DECIDED)], [], [], id="a moderation by the group is no news"),
        pytest.param([event("return received", "return came", partner="P01"), event("return gone", "return gone")],
                     [], [], id="a return is no news"),
        pytest.param([event("newly overdue", "time passed", partner="P01", action=ACTION.id)], [], [],
                     id="late actions are a key risk, not an emerging one"),
    ],
)  # fmt: skip
def test_only_the_same_partner_gets_worse_or_better(events: list[Event], risks: list[str], news: list[str]) -> None:
    told = News(View(sample_view(2)), events, {ACTION.id: ACTION})
    assert (told.emerging_risks(), told.good_news()) == (risks, news)


def test_counts_of_other_returns_are_not_compared(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q1"})
    for day, partners in ((datetime.date(2023, 11, 15), ["NORTH"]), (AS_AT, ["SOUTH", "EAST"])):
        for partner in partners:
            fill_in(locality, "Ref | Evidence | RAG\nQ1-PEX | A | Red", partner=partner, file=f"{partner}.xlsx")
        merge_and_write(locality, day)
    document = read(flash_report(newest_merge(locality)))
    assert below(document, "Movement")[0] == (
        "Since the last report. 1 partner had returned by 15 November 2023, 3 have returned now: the counts cannot be "
        "compared."
    )
    assert [row.cells[1].text for row in document.tables[0].rows] == ["Returns", "1 of 3", "3 of 3"]
    assert below(document, "Emerging risks")[0] == "The workbook shows none since then."


def test_counts_of_as_many_other_returns_are_not_compared_either(found: NewestMerge) -> None:
    returns = [{**row, "partner": "SOUTH"} for row in found.record.content["read"]["returns"]]
    other = replace(found.record, content={**found.record.content, "read": {"returns": returns}})
    assert not_comparable(ComparedMerge(other, ""), found.record) == (
        "Different partners had returned by 10 January 2024: the counts cannot be compared."
    )


def test_counts_of_the_same_returns_are_compared(found: NewestMerge) -> None:
    assert not [p.text for p in read(flash_report(found)).paragraphs if "cannot be compared" in p.text]


def test_where_there_is_nothing_it_says_so_and_leaves_room_for_the_author(found: NewestMerge) -> None:
    told, room = below(read(flash_report(found)), "Shared learning")
    assert told == "No line is Green for several partners without a gap."
    assert room == "[what others can learn from: for the author, or delete this line]"


def test_what_all_partners_rate_green_is_offered_as_shared_learning(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1"})
    for partner in ("NORTH", "SOUTH"):
        fill_in(locality, f"{HEADINGS}\n{FIRST.format(day='01/12/2023', rating='Green', status='')}", partner=partner,
                file=f"{partner}.xlsx")  # fmt: skip
    merge_and_write(locality, AS_AT)
    told = below(read(flash_report(newest_merge(locality))), "Shared learning")
    assert told[0] == f"{PEX}: Green for all 2 partners that have rated it."


def test_every_figure_of_now_and_then_is_that_merges(found: NewestMerge) -> None:
    compared = compared_merge(found)
    assert compared.record is not None
    headings, then, now = ([cell.text for cell in row.cells] for row in read(flash_report(found)).tables[0].rows)
    for told, record in ((then, compared.record), (now, found.record)):
        assert dict(zip(headings[1:], told[1:], strict=True)) == {
            "Returns": "1 of 1", **{title: str(number) for title, number in counts(record.content).items()}
        }  # fmt: skip


def counts(record: Mapping[str, Any]) -> dict[str, object]:
    ratings = [line["rating"] for line in record["lines"]]
    plans = [gap["plan"] for gap in record["gaps"]]
    return {
        **{word: ratings.count(word) for word in rag.vocabulary().names},
        "No rating": ratings.count(None),
        "Gaps": len(plans),
        "Needs a plan": plans.count("needs a plan"),
        "Actions overdue": sum(one["state"] == "overdue" for one in record["actions"])
        if "actions" in record
        else "not known",
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
    everything = [Event(kind, PARTNER_CHANGED, "", ref, "P01", "Red", "Amber") for kind in KINDS for ref in refs]
    better = [one for one in everything if one.kind == "partner rose"]
    good = [one._replace(ref=ref) for one, ref in zip(better, refs[::2], strict=False)]
    worse = [one for one in everything if one.kind != "partner rose" and one.ref not in refs[::2]]
    monkeypatch.setattr(flash, "between", lambda old, new, used: Changes("", AS_AT, "", [*worse, *good]))
    done = {"action": "Long " * 90, "owner": "x", "status": "Delivered", "evidenced_by": "Minutes " * 90}
    actions = [with_typed(action, done) if number < 10 else action for number, action in enumerate(merged.actions)]
    found = newest(replace(merged, actions=actions), since=("returns/Late.xlsx has come since",) * 9)
    content = {**newest(sample_view(2, partners=40)).record.content, "as_at": "2023-11-10"}
    content["read"]["returns"][0]["state"] = "outstanding"
    monkeypatch.setattr(flash, "_learning", lambda view, news: ["Green " * 40])
    path = tmp_path / "flash.docx"
    path.write_bytes(flash_report(replace(found, earlier=(Record(Path("Trafford 2023-11-10.json"), "", content),))))
    assert "And 49 more, in the workbook." in "\n".join(
        paragraph.text for paragraph in docx.Document(str(path)).paragraphs
    )
    assert pages_in_libreoffice(path, tmp_path) == 1
