"""The promises of the design as properties: they hold for whatever partners type, not for chosen examples only."""

from __future__ import annotations

import datetime
import io
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from icsassess.domain import rag
from icsassess.domain.rag import vocabulary
from icsassess.locality.locality import Locality
from icsassess.returns.reading.read_return import read_return
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.workbook.write import locality_workbook
from tests.support.returns_dsl import FIRST_ROW, HEADING_ROW, SHEET, checked, fill_in, locality_of, merged, read

pytestmark = pytest.mark.begins_early

TITLES = [
    "Ref", "Quality statement", "Evidence category", "Evidence", "Where it is kept", "Evidence date", "RAG",
    "Reason for rating", "Gap", "Action", "Owner", "Due date", "Action status", "Borough priority",
]  # fmt: skip
FIELDS = [
    "ref", "statement", "category", "evidence", "kept", "evidence_date_typed", "rag_typed", "reason", "gap", "action",
    "owner", "due_typed", "status_typed", "own_columns",
]  # fmt: skip
NASTY = [
    "=1+1", '=HYPERLINK("http://example.org","Win")', "+44 161 000 0000", "-2", "@SUM(A1)", "#REF!", "{=A1}", "'quoted",
    "https://example.org/a", "file:///etc/passwd", "\\\\server\\share\\x.xlsx", "' ", "0", "TRUE", "1/2", "One\ntwo",
    "Zażółć gęślą jaźń", "👩‍⚕️🔴", "<b>&amp;</b>", "a" * 2000, "\u200b", "\u00a0", "Safeguarding", "Leadership", "Ref",
    "Green", "red", "N/A", "A/G", "Amber moving to Green", "31/02/2024", "31 Jan 24", "ongoing", "Q1-PEX", "I1-OUT",
]  # fmt: skip
ORDINARY = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(ORDINARY, max_size=25)).filter(lambda text: "_x" not in text)
VALUES = st.one_of(
    st.just(""),
    TEXTS,
    st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)),
    st.integers(-(10**6), 10**6),
    st.booleans(),
)
REFS = st.sampled_from(["Q1-PEX", "Q1-STF", "Q1-OUT", "q1 obs", "I2-PRO", "Z9-PEX", "", "", "see above"])
STATEMENTS = st.sampled_from(["", "", "Supporting people to live healthier lives", "Safeguarding", "Something else"])
CATEGORIES = st.sampled_from(["", "", "People's experience", "Observation", "Something else"])
ROWS = st.lists(st.tuples(REFS, STATEMENTS, CATEGORIES, *[VALUES] * 11), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    return locality_of(tmp_path_factory.mktemp("promises"), {"NORTH": "Q1"})


def typed_in(place: Locality, content: list[tuple[Any, ...]]) -> Path:
    """Type rows of values into the table of a return, as text wherever they are text."""

    def type_rows(book: Workbook) -> None:
        sheet = book.worksheets[1]
        for number, values in enumerate([TITLES, *content], HEADING_ROW):
            for column, value in enumerate(values, 1):
                if value != "":
                    cell = sheet.cell(number, column)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"

    return fill_in(place, "Ref\nx", rewritten=True, change=type_rows)


def shown(value: object) -> str:
    """Give what a person sees in the cell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip()


def is_visible(value: object) -> bool:
    return bool(shown(value).strip("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u200e\u200f \t\n\u00a0"))


def plain(text: str) -> str:
    """Leave out what cannot be seen, so that two texts are compared as people see them."""
    return re.sub(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u200e\u200f\u2028\u2029\x85]+", "", text)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=ROWS)
@example(content=[("Q1-PEX", "", "", "Report", *[""] * 10), ("", "", "", "Safeguarding", *[""] * 10)])
@example(content=[("", "", "", "", "Leadership", *[""] * 9)])
def test_no_cell_is_lost_each_is_an_entry_of_its_row_or_is_named_with_its_address(
    content: list[tuple[Any, ...]], place: Locality
) -> None:
    typed_in(place, content)
    found = checked(place)
    named = {(p.sheet, p.cell): str(p) for p in found.returns[0].problems}
    lost = []
    if found.returns[0].refused:
        visible = [value for values in content for value in values[3:] if is_visible(value)]
        assert found.returns[0].problems[0].code == "return-blank", "no other reason to refuse it"
        assert visible == [], "a return in which something was typed is not blank"
        return
    entries = {row.row: row for row in found.entries}
    assert len(entries) == len(found.entries), "no row stands twice"
    for number, values in enumerate(content, FIRST_ROW):
        for column, (name, value) in enumerate(zip(FIELDS, values, strict=True), 1):
            if column <= 3 or not is_visible(value):
                continue
            address = f"{get_column_letter(column)}{number}"
            entry = entries.get(number)
            text = plain(getattr(entry, name)) if entry is not None else None
            # A gap, an action or an owner that says nothing stands with what else the partner typed.
            beside = plain(entry.own_columns) if entry is not None else ""
            kept = text is not None and (
                text == plain(shown(value))
                or (name == "own_columns" and plain(shown(value)) in text)
                or plain(f"{name.capitalize()}: {shown(value)}") in beside
            )
            if not kept and (SHEET, address) not in named:
                lost.append((address, value, text))
    assert lost == []


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=ROWS)
def test_a_blank_is_never_green_whatever_else_was_typed(content: list[tuple[Any, ...]], place: Locality) -> None:
    without_ratings = [(*values[:6], "", *values[7:]) for values in content]
    typed_in(place, without_ratings)
    view = merged(place)
    assert {line.rating for line in view.partner_lines} <= {"", rag.NO_RETURN}
    assert {line.suggested for line in view.lines} == {""}
    assert {entry.rating for entry in view.entries} <= {""}


@given(typed=st.text(st.characters(exclude_characters="gGｇＧ🟢🟩ɢ"), max_size=30))
def test_no_text_without_a_green_in_it_is_read_as_green(typed: str) -> None:
    assert vocabulary().read(typed).rating != rag.GREEN


@given(typed=TEXTS)
def test_a_rating_is_a_permitted_word_or_none_whatever_was_typed(typed: str) -> None:
    assert vocabulary().read(typed).rating in (*vocabulary().names, None)


@pytest.fixture(scope="module")
def nasty_workbook(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    place = locality_of(tmp_path_factory.mktemp("nasty"), {"NORTH": "Q1"})
    texts = [text for text in NASTY if is_visible(text)]
    refs = [f"Q1-{category}" for category in ("PEX", "STF", "PTN", "OBS", "PRO", "OUT")]
    content = [
        (refs[number % 6], "", "", *[text] * 3, "Red", *[text] * 3, text, text, text, text)
        for number, text in enumerate(texts)
    ]
    typed_in(place, content)
    return openpyxl.load_workbook(io.BytesIO(locality_workbook(merged(place))))


def test_text_stays_text_in_the_locality_workbook(nasty_workbook: Workbook) -> None:
    tail = {text for text in NASTY if text[:1] in "=+-@#{"}
    for sheet in nasty_workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in tail:
                    assert cell.data_type == "s", f"{sheet.title} {cell.coordinate}: {cell.value}"
                if cell.data_type == "f":
                    assert "example.org" not in str(cell.value)
                link = cell.hyperlink
                assert link is None or not link.target, f"{sheet.title} {cell.coordinate} leads to {link.target}"


def test_every_text_is_in_the_evidence_sheet_to_the_letter(nasty_workbook: Workbook) -> None:
    kept = {
        str(cell.value).strip()
        for row in nasty_workbook["Evidence"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    missing = [text for text in NASTY if is_visible(text) and text.strip() not in kept]
    assert missing == []


GOOD = "Ref | Evidence | RAG\nQ1-PEX | Annual report | Green"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    place = locality_of(tmp_path_factory.mktemp("two"), {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(place, GOOD, partner="NORTH", file="a NORTH.xlsx")
    fill_in(place, GOOD, partner="NORTH", file="z NORTH.xlsx")
    return place


def read_bad(place: Locality, content: bytes) -> ReadReturn:
    path = place.folder / "returns" / "m SOUTH.xlsx"
    path.write_bytes(content)
    found = read_return(path, place)
    assert found.problems or not found.refused, "a refusal has a reason"
    assert not found.refused or found.entries == []
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest)))
def test_a_file_of_any_bytes_is_refused_with_a_reason(content: bytes, two: Locality) -> None:
    assert read_bad(two, content).refused


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_workbook_that_was_damaged_anywhere_is_read_or_refused_with_a_reason(seed: int, two: Locality) -> None:
    content = bytearray((two.folder / "returns" / "a NORTH.xlsx").read_bytes())
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 8)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    if dice.random() < 0.3:
        del content[dice.randrange(len(content)) :]
    read_bad(two, bytes(content))


def test_a_bad_file_never_stops_those_before_and_after_it(two: Locality) -> None:
    read_bad(two, b"PK\x03\x04 and nothing else")
    found = [(one.file, one.refused, len(one.entries)) for one in read(two)]
    assert found == [
        ("returns/a NORTH.xlsx", False, 1),
        ("returns/m SOUTH.xlsx", True, 0),
        ("returns/z NORTH.xlsx", False, 1),
    ]


def test_reading_a_return_leaves_the_file_as_it_was(place: Locality) -> None:
    path = fill_in(place, GOOD)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    read_return(path, place)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
