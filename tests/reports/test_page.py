"""The page: the newest merge for people who do not open workbooks, from the same figures, with text that stays text."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from icsassess.assessment.merging import lines as lines_module
from icsassess.cli import cli
from icsassess.locality.locality import open_locality
from icsassess.reports.display_text import display_text
from icsassess.reports.page import lines as page_lines
from icsassess.reports.page.page import as_page
from icsassess.reports.papers.board_paper import board_paper
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.signing.latest_merge import NewestMerge, newest_merge
from tests.support import ready_locality as signing
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.sample_merges import HOSTILE, newest, small

ANSWERS = """
Ref    | Evidence         | Where it is kept | Evidence date | RAG   | Reason for rating | Gap        | Action
Q1-PEX | Survey of carers | Shared drive     | 01/12/2023    | Green | Read and checked  |            |
Q1-STF | Staff survey     | Intranet         | 01/10/2023    | Amber | One team only     | Other teams | Ask them
Q1-PTN |                  |                  |               | Red   | Nothing held      |            |
"""


class Reader(HTMLParser):
    """Reads a page: its tables as texts, its ids, links, headings, and the texts of all elements."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, list[list[str]]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self._texts: list[str] = []
        self._rows: list[list[str]] | None = None
        self._in_cell = self._hidden = self._in_style = False
        self.feed(page)
        self.text = "".join(self._texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "table":
            self._rows = self.tables.setdefault(given.get("id") or "", [])
        if tag == "tr" and self._rows is not None:
            self._rows.append([])
        if tag in ("th", "td") and self._rows is not None:
            self._rows[-1].append("")
            self._in_cell = True
        self._hidden = self._hidden or given.get("class") == "label"
        self._in_style = tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._rows = None if tag == "table" else self._rows
        self._in_cell = self._in_cell and tag not in ("th", "td")
        self._hidden = self._hidden and tag != "span"
        self._in_style = self._in_style and tag not in ("style", "script")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            return
        self._texts.append(data)
        if self._in_cell and self._rows and not self._hidden:
            self._rows[-1][-1] += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locality folder with one merge and its page."""
    locality = locality_of(tmp_path_factory.mktemp("page") / "anytown", {"NORTH": "Q1", "SOUTH": "Q1 Q2"})
    fill_in(locality, ANSWERS, partner="NORTH")
    merge_and_write(locality, datetime.date(2024, 1, 10))
    assert command("page", str(locality.folder))[0] == 0
    return locality.folder


@pytest.fixture(scope="module")
def hostile() -> Reader:
    return Reader(as_page(small(hostile=True)))


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(arguments))
    return result.exit_code, result.output


def values(sheet: openpyxl.worksheet.worksheet.Worksheet, heading: str) -> list[list[str]]:
    """Give a sheet's table as it shows, from the row that begins with this heading."""
    rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    first = next(number for number, row in enumerate(rows) if row[0] == heading)
    width = next((number for number, value in enumerate(rows[first]) if not value), len(rows[first]))
    return [row[:width] for row in rows[first:] if row[0]]


def test_every_figure_of_the_page_is_the_workbooks(folder: Path) -> None:
    shown = Reader((folder / "reports" / "Anytown 2024-01-10.html").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(folder / "merged" / "Anytown 2024-01-10.xlsx", data_only=True)
    assert shown.tables["themes"] == values(book["Summary"], "Theme")
    heat = [[f"{row[1]} ({row[0]})", *row[2:]] for row in values(book["Heat map"], "Code")[1:]]
    both = zip(shown.tables["heat-categories"][1:], shown.tables["heat-partners"][1:], strict=True)
    assert [[*left, *right[1:]] for left, right in both] == heat
    gaps = values(book["Gaps"], "Gap")
    refs, plan = gaps[0].index("Ref"), gaps[0].index("Plan")
    rows = [row for table in ("gaps-red", "gaps-others") for row in shown.tables[table][1:]]
    on_page = [(row[0].split("(")[-1].rstrip(")"), row[2]) for row in rows]
    assert sorted(on_page) == sorted((row[refs], row[plan] or "no plan asked for") for row in gaps[1:])


def test_the_page_says_which_merge_rules_and_sign_off_it_comes_from(folder: Path) -> None:
    text = Reader((folder / "reports" / "Anytown 2024-01-10.html").read_text(encoding="utf-8")).text
    for told in (
        "Anytown 2024-01-10", "10 January 2024", "version 2023-1", "cqc-ics-2023", "Ratings combine by: worst",
        "Evidence may be 12 months old", "Not signed", "OFFICIAL-SENSITIVE",
    ):  # fmt: skip
        assert told in text


def test_a_signed_merge_has_its_code_until_anything_changes(tmp_path: Path) -> None:
    place = signing.ready(tmp_path / "anytown")
    workbook = signing.merge(place)
    result = signing.run("sign-off", place.folder, "--name", signing.NAME, "--signed-at", signing.WHEN, "--json")
    code = json.loads(result.stdout)["code"]
    assert code
    found = newest_merge(place)
    told = Reader(as_page(found)).text
    assert f"code {code}." in told
    assert "Not signed" not in told
    assert code in "".join(cell.text for table in paper_of(found).tables for cell in table._cells)
    for sealed in (place.folder / "signed-off").glob("*.xlsx"):
        whole = sealed.read_bytes()
        sealed.write_bytes(b"no workbook")
        told = Reader(as_page(newest_merge(place))).text
        assert "Not certain: what lies in signed-off is not as it was signed." in told
        assert code not in told
        sealed.write_bytes(whole)
    signing.type_in(workbook, "Assessment", "W1-PEX", {"Agreed RAG": "Amber", "Reason for agreed RAG": "Look again."})
    told = Reader(as_page(newest_merge(place))).text
    assert "the group has changed it since it was merged (Assessment" in told
    assert f"Not signed. To be signed by the {signing.ROLE}. Another state of it was signed: Version 1" in told


def paper_of(found: NewestMerge) -> Any:
    return docx.Document(io.BytesIO(board_paper(found)))


def test_evidence_names_its_partner_file_sheet_and_row(folder: Path) -> None:
    text = Reader((folder / "reports" / "Anytown 2024-01-10.html").read_text(encoding="utf-8")).text
    assert "Survey of carers" in text
    assert re.search(r"From returns/Anytown - NORTH - Northern Trust\.xlsx, sheet Quality and safety, row \d+", text)


def test_what_came_after_the_merge_is_told_and_attended_to(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    late = next((folder / "returns").iterdir())
    shutil.copy(late, copy / "returns" / "Sent again.xlsx")
    status, told = command("page", str(copy))
    assert status == 1
    page = (copy / "reports" / "Anytown 2024-01-10.html").read_text(encoding="utf-8")
    for text in (told, Reader(page).text):
        assert "Sent again.xlsx has come since" in " ".join(text.split())


def test_a_merge_that_would_come_out_differently_now_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "agreement", lambda given, words: "none")
    monkeypatch.setattr(
        lines_module, "combine_ratings", lambda given, rule, words: "Red" if "Red" in given else "Amber"
    )
    told = Reader(as_page(newest_merge(open_locality(folder)))).text
    assert "made again with this version of icsassess and its data files, Q1-PEX, Q1-OBS" in " ".join(told.split())


def test_without_a_merge_the_page_is_refused_with_what_to_do(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "anytown")
    status, told = command("page", str(locality.folder))
    assert status == 2
    assert "Run icsassess merge first." in told


def test_the_page_of_a_merge_is_the_same_bytes_each_time_and_takes_its_own_place(folder: Path) -> None:
    path = folder / "reports" / "Anytown 2024-01-10.html"
    first = path.read_bytes()
    command("page", str(folder))
    assert path.read_bytes() == first
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_shown_as_text(hostile: Reader, text: str) -> None:
    assert display_text(text) in hostile.text


def test_what_people_typed_makes_no_element(hostile: Reader) -> None:
    assert not hostile.tags & {"img", "iframe", "object", "embed", "base"}
    assert "Not ours" in hostile.text
    assert hostile.headings.count(1) == 1
    assert all(link.startswith("#") for link in hostile.links), "no link leads out of the page"


def test_nobodys_nhs_number_stands_on_a_page_or_in_a_paper(hostile: Reader) -> None:
    found = small(hostile=True)
    assert "999 000 0018" in " ".join(entry.evidence for entry in found.merged.entries)
    for text in (hostile.text, " ".join(p.text for p in paper_of(found).paragraphs)):
        assert "999 000 0018" not in text
        assert "NHS number [NHS number] of nobody" in text


def test_characters_that_turn_the_direction_are_shown_by_name() -> None:
    assert display_text("right to \u202eleft") == "right to [U+202E]left"


def test_a_browser_is_told_to_load_nothing() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', as_page(small()))
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy.group(1)
    assert "unsafe" not in policy.group(1)


@pytest.mark.parametrize(
    "kind",
    [{"returns": False}, {"all_green": True}, {"partners": 40}, {"framework_id": "cqc-la-2023"}],
    ids=["no returns", "everything Green", "forty partners", "the other framework"],
)
def test_the_page_reads_well(kind: dict[str, object]) -> None:
    found = newest(**kind)
    shown = Reader(as_page(found))
    assert len(shown.ids) == len(set(shown.ids))
    assert [link for link in shown.links if link[1:] not in shown.ids] == [], "every link leads somewhere"
    assert all(after <= before + 1 for before, after in zip(shown.headings, shown.headings[1:], strict=False))
    assert len(shown.tables["heat-categories"]) == len(found.merged.locality.framework.statements) + 1
    assert "None" not in shown.text
    assert ("There are no gaps." in shown.text) is (not found.merged.gaps)


def test_a_very_large_register_says_on_the_page_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_lines, "MOST_ENTRIES", 2)
    text = Reader(as_page(small())).text
    assert "1 further entry is in the workbook, sheet Evidence: the page shows the first 2 of a line." in text


def test_a_very_long_text_says_that_the_rest_stands_in_the_workbook() -> None:
    assert page_lines.shortened("x" * 3_000).endswith("… (the rest stands in the workbook)")
    assert page_lines.shortened("x" * 2_000) == "x" * 2_000


def test_the_agenda_has_the_pages_style() -> None:
    from icsassess.reports.agenda.agenda import Agenda, Item, Section
    from icsassess.reports.agenda.page import as_page as agenda_page

    section = Section("First", "Do.", (Item("<b>Q1</b>", ("", "x < y")),))
    agenda = Agenda("Agenda", ("Where we stand.",), ("Red <first>",), (section,))
    made = agenda_page(agenda, "OFFICIAL")
    assert "&lt;b&gt;Q1&lt;/b&gt;" in made
    assert "Red &lt;first&gt;" in made
    assert made.count("<li") == 2, "an empty detail makes no item"
    style = re.compile("<style>.*</style>", re.DOTALL)
    assert style.findall(made) == style.findall(as_page(small()))
