"""The flash report: one page for the system, on what moved since the last one, with nothing invented."""

from __future__ import annotations

import datetime
import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from icsassess.assessment.events.model import GROUP_DECIDED, PARTNER_CHANGED, Event
from icsassess.assessment.events.snapshot import PastAction
from icsassess.cli import cli
from icsassess.locality.locality import Locality, open_locality
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.flash_period import compared_merge
from icsassess.reports.papers.flash_report import flash_report
from icsassess.reports.papers.news import News
from icsassess.reports.papers.wording import Wording
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.signing.latest_merge import NewestMerge, newest_merge
from tests.support.libreoffice import pages_in_libreoffice
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.sample_merges import newest, small
from tests.support.sample_view import AS_AT, sample_view

LIVES = "Supporting people to live healthier lives."
FIRST = "Q1-PEX | Survey of 40 carers | Shared drive | {day} | {rating} | Read and checked | Say more | {status}"
HEADINGS = "Ref | Evidence | Where it is kept | Evidence date | RAG | Reason for rating | Action | Action status"
PARTS = ["Key risks", "Emerging risks", "Good news", "Shared learning", "Delivery"]


def answer(locality: Locality, rating: str, partner: str = "NORTH") -> None:
    text = f"{HEADINGS}\n{FIRST.format(day='01/12/2023', rating=rating, status='')}"
    fill_in(locality, text, partner=partner, file=f"{partner}.xlsx")


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
def latest(folder: Path) -> NewestMerge:
    return newest_merge(open_locality(folder))


def read(report: bytes) -> Any:
    return docx.Document(io.BytesIO(report))


def text_of(report: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in read(report).paragraphs)


def below(report: bytes, heading: str) -> list[str]:
    """Give the paragraphs between a heading and the next."""
    paragraphs = [(p.style.name, p.text) for p in read(report).paragraphs]
    start = next(number for number, (_, text) in enumerate(paragraphs) if text == heading)
    texts: list[str] = []
    for style, text in paragraphs[start + 1 :]:
        if style == "Heading 1":
            break
        texts.append(text)
    return texts


def test_it_has_its_parts_to_whom_it_goes_and_room_for_what_is_asked(latest: NewestMerge) -> None:
    report = flash_report(latest)
    assert [p.text for p in read(report).paragraphs if p.style.name == "Heading 1"] == PARTS
    text = text_of(report)
    assert "Anytown: quality flash report, January 2024" in text
    assert "To: NHS Greater Manchester System Quality Group" in text
    assert "Contact: [name, role and telephone number]" in text
    assert "We ask the system for: [what is asked for]" in text


def test_it_compares_with_about_two_months_ago_and_gives_the_counts_of_then(latest: NewestMerge) -> None:
    assert (
        "Since the last report. There is no earlier flash report; compared with 15 November 2023. Then none were Red, "
        "one Amber and none Green and no action was late."
    ) in text_of(flash_report(latest))


def test_it_compares_with_the_last_flash_report_whatever_was_added_to_its_name(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    (copy / "reports").mkdir(exist_ok=True)
    (copy / "reports" / "Anytown 2024-01-03 Flash Report as sent.docx").write_bytes(b"")
    report = flash_report(newest_merge(open_locality(copy)))
    assert "Compared with the last flash report (3 January 2024)." in text_of(report)
    assert below(report, "Good news")[0] == (
        f"{LIVES} On people's experience, Northern Trust has moved from Red to Amber: ‘Read and checked’; "
        "‘Survey of 40 carers’."
    )


def test_the_first_report_of_a_round_says_so() -> None:
    report = flash_report(small("Q1"))
    assert "This is the first report of this round." in text_of(report)


def test_an_emerging_risk_is_what_a_partner_rates_worse_than_before(latest: NewestMerge) -> None:
    report = flash_report(replace(latest, earlier=latest.earlier[:1]))
    assert below(report, "Emerging risks")[0].startswith(
        f"{LIVES} On people's experience, Northern Trust has moved from Green to Amber: "
    )


def event(kind: str, cause: Any = PARTNER_CHANGED, was: str = "Red", current: str = "Amber", **of: Any) -> Event:
    return Event(kind, cause, "", "Q1-PEX", was=was, current=current, **of)


FELL = event("partner fell", was="Amber", current="Red", partner="P01")
ACTION = PastAction("A-Q1-PEX-P01", "Q1-PEX", "P01", "Ask the clinics.")


@pytest.mark.parametrize(
    ("events", "worse", "better"),
    [
        pytest.param([FELL], ["moved from Amber to Red"], [], id="worse"),
        pytest.param([event("partner rose", partner="P01"), event("gap closed")], [], ["moved from Red to Amber"],
                     id="better"),
        pytest.param([event("action evidenced", GROUP_DECIDED, partner="P01", action=ACTION.id)], [],
                     ["has done, with evidence: ‘Ask the clinics’"], id="evidenced"),
        pytest.param([event("action delivered", partner="P01", action=ACTION.id)], [], [],
                     id="reported as done is no news before it is shown"),
        pytest.param([event("agreed", GROUP_DECIDED), event("gap closed", GROUP_DECIDED),
                      event("rating rose", GROUP_DECIDED)], [], [], id="a decision of the group is no news"),
        pytest.param([event("return received", "return came", partner="P01"), event("return gone", "return gone")],
                     [], [], id="a return is no news"),
        pytest.param([event("newly overdue", "time passed", partner="P01", action=ACTION.id)], [], [],
                     id="late actions are a key risk, not an emerging one"),
    ],
)  # fmt: skip
def test_only_the_same_partner_gets_worse_or_better(events: list[Event], worse: list[str], better: list[str]) -> None:
    flash = Wording("flash")
    account = Account(newest(replace(sample_view(2), drift={})), flash.value("fit")[0])
    news = News(account, flash, events, {ACTION.id: ACTION})
    shown = [
        [" ".join(s.text for s in item[1]) for item in items]
        for items in (news.emerging_risks(2), [*news.better(), *news.done()])
    ]
    for sentences, expected in zip(shown, (worse, better), strict=True):
        assert len(sentences) == len(expected)
        assert all(words in sentence for words, sentence in zip(expected, sentences, strict=True))


def test_counts_of_other_returns_are_not_compared(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q1"})
    for day, partners in ((datetime.date(2023, 11, 15), ["NORTH"]), (AS_AT, ["SOUTH", "EAST"])):
        for partner in partners:
            answer(locality, "Red", partner)
        merge_and_write(locality, day)
    report = flash_report(newest_merge(locality))
    assert "One partner had reported by 15 November 2023, three now: the counts cannot be compared." in text_of(report)
    assert below(report, "Emerging risks")[0].startswith("There are none: "), "returns that came are no event"


def test_what_all_partners_rate_green_is_good_news_and_a_way_of_working_is_offered_to_learn_from(
    tmp_path: Path,
) -> None:
    locality = locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1"})
    for partner in ("NORTH", "SOUTH"):
        row = FIRST.format(day="01/12/2023", rating="Green", status="").replace("Say more", "")
        fill_in(locality, f"{HEADINGS}\n{row}\n{row.replace('PEX', 'PRO')}", partner=partner, file=f"{partner}.xlsx")
    merge_and_write(locality, AS_AT)
    report = flash_report(newest_merge(locality))
    assert below(report, "Good news")[0].startswith(
        f"{LIVES} On people's experience, all two partners that rate it say Green. "
    )
    assert "On ways of working, all two partners" in below(report, "Shared learning")[0]


def test_the_command_writes_it_once_with_its_sources(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    arguments = ["paper", str(copy), "--kind", "flash", "--sources"]
    first, again = (CliRunner().invoke(cli, arguments) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "It was there already" in again.output
    assert sorted(path.name for path in (copy / "reports").iterdir()) == [
        "Anytown 2024-01-10 flash report sources.xlsx",
        "Anytown 2024-01-10 flash report.docx",
    ]


def test_the_merge_about_two_months_ago_is_compared_else_the_first(latest: NewestMerge) -> None:
    recent = replace(latest, earlier=tuple(record for record in latest.earlier if record.as_at.year == 2024))
    compared = compared_merge(recent)
    assert compared.record is not None
    assert compared.record.name == "Anytown 2024-01-03"


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not installed")
@pytest.mark.parametrize("partners", [9, 40])
def test_it_fits_one_page_of_a4(tmp_path: Path, partners: int) -> None:
    path = tmp_path / "flash.docx"
    path.write_bytes(flash_report(newest(sample_view(3, partners=partners))))
    assert pages_in_libreoffice(path, tmp_path) == 1
