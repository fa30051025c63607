"""The board paper: in the form such papers have, from the workbook's figures, with nothing invented."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn

from icsassess.assessment.actions.action import ActionPlace
from icsassess.assessment.actions.names import GROUP
from icsassess.cli import cli
from icsassess.reports.display_text import display_text
from icsassess.reports.output_folder import save_paper
from icsassess.reports.papers import tables as paper_tables
from icsassess.reports.papers.board_paper import board_paper
from icsassess.round.merge_and_write import merge_and_write
from tests.support.libreoffice import pages_in_libreoffice
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.sample_merges import HOSTILE, newest, small
from tests.support.sample_view import made_action

pytestmark = pytest.mark.begins_early

ANSWERS = """
Ref    | Evidence         | Where it is kept | Evidence date | RAG   | Reason for rating | Gap         | Action
Q1-PEX | Survey of carers | Shared drive     | 01/12/2023    | Green | Read and checked  |             |
Q1-STF | Staff survey     | Intranet         | 01/10/2023    | Green | Read and checked  |             |
Q1-PTN |                  |                  |               | Red   | Nothing held      |             |
Q1-OBS | Old visit        | Shared drive     | 01/10/2021    | Green | Read and checked  |             |
Q1-PRO | Policy           |                  | 01/12/2023    | Green | Read and checked  |             |
Q1-OUT | Dashboard        | Intranet         | 01/12/2023    | Amber | One year only     | Two years   | Extend it
"""
AS_AT = datetime.date(2024, 1, 10)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in whose workbook the group agreed four Greens, and which was merged again."""
    locality = locality_of(tmp_path_factory.mktemp("paper") / "anytown", {"NORTH": "Q1", "SOUTH": "Q2"})
    fill_in(locality, ANSWERS, partner="NORTH")
    _, path = merge_and_write(locality, datetime.date(2024, 1, 3))
    book = openpyxl.load_workbook(path)
    sheet = book["Assessment"]
    titles = {str(cell.value): cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        ref = sheet.cell(row, titles["Ref"]).value
        if ref in ("Q1-PEX", "Q1-STF", "Q1-OBS", "Q1-PRO"):
            sheet.cell(row, titles["Agreed RAG"]).value = "Green"
            if ref != "Q1-STF":
                sheet.cell(row, titles["Reason for agreed RAG"]).value = "We read it together."
    book.save(path)
    merge_and_write(locality, AS_AT)
    return locality.folder


@pytest.fixture(scope="module")
def made(folder: Path) -> Any:
    """The paper of that folder, as python-docx reads it."""
    assert command("paper", str(folder))[0] == 0
    return docx.Document(str(folder / "reports" / "Anytown 2024-01-10 board paper.docx"))


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """A paper about a merge in which partners and group typed to do harm."""
    return board_paper(small(hostile=True))


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(arguments))
    return result.exit_code, result.output


def text_of(document: Any) -> str:
    """Give all texts of the body, also those in tables."""
    return "\n".join(
        "".join(part.text if part.tag == qn("w:t") else "\n" for part in paragraph.iter(qn("w:t"), qn("w:br")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def table(document: Any, caption: str) -> list[list[str]]:
    """Give the texts of the table with this alternative text."""
    found = next(one for one in document.tables if alternative_text(one) == caption)
    return [[cell.text for cell in row.cells] for row in found.rows]


def alternative_text(found: Any) -> str:
    return str(found._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")))


def below(document: Any, heading: str) -> list[str]:
    """Give the paragraphs between a heading and the next."""
    found: list[str] = []
    inside = False
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            inside = paragraph.text == heading if not inside else False
            if found:
                break
        elif inside:
            found.append(paragraph.text)
    return found


def test_it_has_the_form_of_a_committees_paper(made: Any) -> None:
    labels = [paragraph.text.split(":")[0] for paragraph in made.paragraphs[:5]]
    assert labels == ["Report to", "Date", "Report for", "Report of", "Contact"]
    headings = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "Purpose and summary", "Recommendations", "Background", "Where we stand",
        "Strengths and considerations by theme", "Gaps and actions", "Risks", "Next steps", "Implications",
        "How this was made", "Annex A: gaps and actions",
    ]  # fmt: skip
    themes = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 2"]
    assert themes[:3] == ["Quality and safety", "Integration", "Leadership"]


def test_every_figure_is_the_workbooks(made: Any, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "merged" / "Anytown 2024-01-10.xlsx", data_only=True)
    rows = [
        ["" if value is None else str(value) for value in row] for row in book["Summary"].iter_rows(values_only=True)
    ]
    first = next(number for number, row in enumerate(rows) if row[0] == "Theme")
    themes = table(made, paper_tables.THEMES)
    assert themes == [row[: len(themes[0])] for row in rows[first : first + len(themes)]]
    states = next(number for number, row in enumerate(rows) if row[0] == "all gaps")
    counted = {row[0]: row[1] for row in table(made, paper_tables.PLANS)[1:]}
    assert counted == {row[0]: row[1] for row in rows[states : states + len(counted)]}
    heat = [row for row in book["Heat map"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert table(made, paper_tables.HEAT_MAP)[1:] == [[f"{row[0]} {row[1]}", *row[2:9]] for row in heat]
    gaps = [row for row in book["Gaps"].iter_rows(min_row=5, values_only=True) if row[0]]
    actions = [row for row in book["Actions"].iter_rows(min_row=5, values_only=True) if row[0]]
    proposed = {gap[0]: "; ".join(f"{row[6]}: {row[7]}" for row in actions if row[1] == gap[0]) for gap in gaps}
    found = [(row[0].split()[0], row[1], row[2], row[3]) for row in table(made, paper_tables.GAPS)[1:]]
    assert found == [(row[1], row[4], row[6], proposed[row[0]]) for row in gaps]


def test_actions_on_lines_that_are_no_gaps_are_in_the_annex() -> None:
    found = small("Q1")
    own = made_action(ActionPlace("A-GROUP", "", "", "", GROUP), {"action": "Ask carers\nagain", "owner": "Chair"})
    merged = replace(found.merged, actions=[*found.merged.actions, own])
    told = below(
        docx.Document(io.BytesIO(board_paper(replace(found, merged=merged)))), "Actions on lines that are no gaps"
    )
    assert told[-1].endswith("A-GROUP. Ask carers again")


def test_a_strength_needs_the_groups_reason_and_current_evidence_that_is_kept_somewhere(made: Any) -> None:
    (strength, *others) = below(made, "Strengths")
    assert strength == (
        "Supporting people to live healthier lives. People's experience: agreed Green because ‘We read it together.’. "
        "Evidence: ‘Survey of carers’ (NORTH; kept: Shared drive; dated 1 December 2023). (Q1-PEX)"
    )
    assert others == [], "Q1-STF has no reason, Q1-OBS is stale, and nobody says where Q1-PRO is kept"


def test_considerations_name_each_gap_and_quote_what_partners_say_is_missing(made: Any) -> None:
    told = below(made, "Considerations")
    assert told[0].startswith(
        "Supporting people to live healthier lives. 3 gaps among its 6 lines: 1 Red (Q1-PTN), 1 Am"
    )
    assert told[1] == "‘Two years’ (NORTH, Q1-OUT)"


def test_it_says_so_where_no_strength_can_be_claimed(made: Any) -> None:
    assert text_of(made).count("No strength is claimed under this theme: no line meets what is asked for above.") == 2


def test_tables_repeat_their_header_row_and_have_alternative_text(made: Any) -> None:
    assert len(made.tables) == 7
    for one in made.tables:
        assert one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert one._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == alternative_text(one) != ""


def test_every_page_has_the_marking_and_its_number_of_how_many(made: Any) -> None:
    section = made.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    foot = section.footer.paragraphs[0]
    assert "OFFICIAL-SENSITIVE" in foot.text
    assert "Made from Anytown 2024-01-10" in foot.text
    assert [found.text for found in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert all(later.header.is_linked_to_previous for later in list(made.sections)[1:])


def test_it_is_on_a4_in_a_plain_font_with_its_title_and_language_set(made: Any) -> None:
    section, normal = made.sections[0], made.styles["Normal"]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert (normal.font.name, normal.font.size.pt) == ("Arial", 12)
    properties = made.core_properties
    assert properties.title == "Anytown: self-assessment against CQC assessment of integrated care systems"
    assert (properties.language, properties.author) == ("en-GB", "Anytown")
    language = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_headings_and_paragraphs_are_numbered_by_word_itself(made: Any) -> None:
    for name, level in (("Heading 1", 0), ("Numbered Paragraph", 1)):
        assert made.styles[name].element.pPr.numPr.ilvl.val == level
    assert not [p.text for p in made.paragraphs if p.style.name == "Heading 1" and re.match(r"\d", p.text)]


def test_what_only_the_author_knows_is_left_open_in_yellow(made: Any) -> None:
    places = [run.text for p in made.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert "[name of the board or committee]" in places
    assert all(place.startswith("[") and place.endswith("]") for place in places)


def test_it_says_which_merge_framework_rules_and_sign_off_it_comes_from(made: Any) -> None:
    text = text_of(made)
    for told in ("version 2023-1 (cqc-ics-2023)", "Ratings combine by: worst", "Not signed. To be signed by the"):
        assert told in text


def test_every_sentence_on_lines_names_them(made: Any) -> None:
    for paragraph in made.paragraphs:
        if re.search(r"\d+ lines? (with|not|that)", paragraph.text) or paragraph.text.startswith("‘"):
            assert re.search(r"[A-Z]\d-[A-Z]{3}", paragraph.text), paragraph.text


def test_the_same_merge_gives_the_same_bytes() -> None:
    first, second = board_paper(small()), board_paper(small())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_paper_that_its_author_went_on_writing_is_never_lost(tmp_path: Path) -> None:
    locality, data = locality_of(tmp_path / "anytown"), board_paper(small("Q1"))
    path, _ = save_paper(locality, "Anytown 2024-01-10 board paper", data)
    edited = docx.Document(str(path))
    edited.add_paragraph("The author's own words.")
    edited.save(str(path))
    before = path.read_bytes()
    beside, there = save_paper(locality, "Anytown 2024-01-10 board paper", data)
    assert path.read_bytes() == before
    assert (beside.name, there) == ("Anytown 2024-01-10 board paper (2).docx", False)


def test_a_numbered_paper_that_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "anytown")
    assert save_paper(locality, "Paper", b"one")[1] is False
    path, _ = save_paper(locality, "Paper", b"two")
    assert path.name == "Paper (2).docx"
    assert save_paper(locality, "Paper", b"two") == (path, True)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text(hostile: bytes, text: str) -> None:
    words = " ".join(display_text(text).split())
    assert words in " ".join(text_of(docx.Document(io.BytesIO(hostile))).split())


def test_what_people_typed_makes_no_field_and_no_link(hostile: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(hostile)) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
        links = archive.read("word/_rels/document.xml.rels").decode("utf-8")
    assert "instrText" not in body
    assert "w:hyperlink" not in body
    assert 'TargetMode="External"' not in links


@pytest.mark.parametrize(
    "kind",
    [{"returns": False}, {"all_green": True}, {"partners": 40}, {"framework_id": "cqc-la-2023"}],
    ids=["no returns", "everything Green", "forty partners", "the other framework"],
)
def test_it_reads_well(kind: dict[str, object]) -> None:
    found = newest(**kind)
    text = text_of(docx.Document(io.BytesIO(board_paper(found))))
    assert "None" not in text
    assert not re.search(r"\(\)|\b1 (gaps|lines|actions|returns)\b|\{|  ", text.replace("{{", "").replace("{=", ""))
    assert ("There are no gaps: every line is Green or does not apply" in text) is (not found.merged.gaps)


def test_a_paper_about_more_than_the_merge_says_so_at_its_head() -> None:
    found = replace(small(), since=("returns/Late.xlsx has come since",))
    document = docx.Document(io.BytesIO(board_paper(found)))
    assert "returns/Late.xlsx has come since" in " ".join(paragraph.text for paragraph in document.paragraphs[:8])


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not installed")
def test_libreoffice_opens_and_prints_it(made: Any, folder: Path, tmp_path: Path) -> None:
    assert 5 < pages_in_libreoffice(folder / "reports" / "Anytown 2024-01-10 board paper.docx", tmp_path) < 15
