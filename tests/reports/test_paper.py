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
from icsassess.locality.locality import Papers
from icsassess.reports.display_text import display_text
from icsassess.reports.output_folder import save_paper
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
    first = [paragraph.text for paragraph in made.paragraphs[:6]]
    assert first[0] == "[organisation]"
    assert [text.split(":")[0] for text in first[1:5]] == ["Report to", "Date", "Report for", "Report of"]
    assert first[5] == "CQC assessment of integrated care systems: where Anytown stands, 10 January 2024"
    headings = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "Summary", "Recommendations", "Where we stand", "Strengths", "Considerations, the most important first",
        "What is being done", "Before sign-off by 31 January 2024", "Implications",
        "Annex A: what is missing, and what is being done", "Annex B: where partners disagree, Red against Green",
        "Annex C: strengths", "Annex D: how this paper was made",
    ]  # fmt: skip


def test_every_gap_and_every_action_is_in_the_annex(made: Any, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "merged" / "Anytown 2024-01-10.xlsx", data_only=True)
    gaps = [row for row in book["Gaps"].iter_rows(min_row=5, values_only=True) if row[0]]
    rows = table(made, "Table A1. Every gap, and what is missing")[1:]
    assert sorted((row[0].rsplit("(", 1)[1].rstrip(")"), row[1]) for row in rows) == sorted((r[1], r[4]) for r in gaps)
    assert any(row[2] == "Northern Trust: Two years" for row in rows)
    actions = [row for row in book["Actions"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert [row[1] for row in table(made, "Table A2. Every action")[1:]] == [row[7] for row in actions]


def test_actions_without_a_quality_statement_are_in_the_annex() -> None:
    found = small("Q1")
    own = made_action(ActionPlace("A-GROUP", "", "", "", GROUP), {"action": "Ask carers\nagain", "owner": "Chair"})
    merged = replace(found.merged, actions=[*found.merged.actions, own])
    document = docx.Document(io.BytesIO(board_paper(replace(found, merged=merged))))
    assert table(document, "Table A2. Every action")[-1][:4] == [
        "No quality statement", "Ask carers again", "The group", "Chair"
    ]  # fmt: skip


def test_a_strength_confirmed_by_the_group_needs_its_reason_and_current_evidence_that_is_kept_somewhere(
    made: Any,
) -> None:
    confirmed, strength, *_ = below(made, "Strengths")
    assert confirmed == "Confirmed by the group."
    assert strength == (
        "Supporting people to live healthier lives. The group agreed Green on people's experience: "
        "‘We read it together’. Northern Trust: ‘Survey of carers’."
    ), "staff feedback has no reason, observation is old, and nobody says where the policy is kept"


def test_a_consideration_says_who_says_red_in_whose_words_and_what_is_late(made: Any) -> None:
    assert below(made, "Considerations, the most important first")[0] == (
        "Supporting people to live healthier lives. On partners' feedback, Northern Trust says Red; no other partner "
        "rates it. Northern Trust: ‘Nothing held’. There is no action yet."
    )


def test_where_there_is_nothing_it_says_so_in_words() -> None:
    merged = newest(all_green=True).merged
    green = text_of(docx.Document(io.BytesIO(board_paper(newest(replace(merged, actions=[]))))))
    assert "All 102 judgements are Green." in green
    assert "There are none: no judgement is Red" in green
    assert "Nothing stands in the way of signing." in green
    assert "There are no such disagreements." in green
    none = text_of(docx.Document(io.BytesIO(board_paper(newest(returns=False)))))
    assert "No partner has reported yet." in none
    assert "All 102 judgements are still open." in none
    assert "There are none that rest on evidence with a date" in none


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
    assert (normal.font.name, normal.font.size.pt) == ("Arial", 10)
    properties = made.core_properties
    assert properties.title == "CQC assessment of integrated care systems: where Anytown stands, 10 January 2024"
    assert (properties.language, properties.author) == ("en-GB", "Anytown")
    language = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_headings_and_paragraphs_are_numbered_by_word_itself(made: Any) -> None:
    for name, level in (("Heading 1", 0), ("Numbered Paragraph", 1)):
        assert made.styles[name].element.pPr.numPr.ilvl.val == level
    assert not [p.text for p in made.paragraphs if p.style.name == "Heading 1" and re.match(r"\d", p.text)]


def test_what_only_the_author_knows_is_left_open_in_yellow(made: Any) -> None:
    body = [
        run for p in made.element.body.iter(qn("w:r")) for run in [p] if run.find(f".//{qn('w:highlight')}") is not None
    ]
    places = ["".join(text.text for text in run.iter(qn("w:t"))) for run in body]
    assert "[name of the board or committee]" in places
    assert places.count("[say where there are none]") == 9, "a room for each implication"
    assert all(place.startswith("[") and place.endswith("]") for place in places)


def test_what_the_settings_say_takes_the_place_of_the_authors_rooms() -> None:
    found = small("Q1")
    papers = Papers(organisation="NHS Anytown", report_to="Locality Board", contact="Quality lead")
    settings = found.merged.locality.settings.model_copy(update={"papers": papers})
    merged = replace(found.merged, locality=replace(found.merged.locality, settings=settings))
    text = text_of(docx.Document(io.BytesIO(board_paper(replace(found, merged=merged)))))
    for words in ("NHS Anytown", "Locality Board is asked to:", "Quality lead"):
        assert words in text


def test_it_says_which_workbook_framework_rules_and_sign_off_it_comes_from(made: Any) -> None:
    text = text_of(made)
    for told in (
        "version 2023-1 (cqc-ics-2023)",
        "the most critical partner's rating stands",
        "It is a draft and not signed.",
    ):
        assert told in text


def test_the_document_has_no_picture_of_another_and_is_in_english_throughout() -> None:
    with zipfile.ZipFile(io.BytesIO(board_paper(small("Q1")))) as archive:
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        settings = archive.read("word/settings.xml").decode("utf-8")
    assert 'w:themeFontLang w:val="en-GB"' in settings
    assert 'w:percent="100"' in settings


def test_bullets_stand_under_the_text_of_numbered_paragraphs(made: Any) -> None:
    bullets = made.styles["List Bullet"].paragraph_format
    assert bullets.left_indent.cm + bullets.first_line_indent.cm >= 1.2


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
    singular = r"\b(1|one) (gaps|actions|returns|judgements|partners)\b"
    assert not re.search(rf"\(\)|{singular}|\{{|  ", text.replace("{{", "").replace("{=", ""))
    assert ("There are no gaps." in text) is (not found.merged.gaps)


def test_a_paper_about_more_than_the_merge_says_so_at_its_head() -> None:
    found = replace(small(), since=("returns/Late.xlsx has come since",))
    document = docx.Document(io.BytesIO(board_paper(found)))
    assert "returns/Late.xlsx has come since" in " ".join(paragraph.text for paragraph in document.paragraphs[:9])


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not installed")
def test_libreoffice_opens_and_prints_it(made: Any, folder: Path, tmp_path: Path) -> None:
    assert 4 < pages_in_libreoffice(folder / "reports" / "Anytown 2024-01-10 board paper.docx", tmp_path) < 15
