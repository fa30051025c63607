"""Every workbook that the program writes is accessible: the government's checklist, run over each of them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.workbook import Workbook

from icsassess.borrowing.suggestions_workbook import borrow, write_borrowed
from icsassess.locality.locality import Locality
from icsassess.returns.issuing.issue import blank_return
from icsassess.rollup.comparison import roll_up
from icsassess.rollup.write import write_rollup
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.write import locality_workbook
from tests.support.accessibility import contrast, faults
from tests.support.ready_locality import merge, ready, sign, type_in
from tests.support.returns_dsl import locality_of
from tests.support.sample_view import AS_AT, sample_locality, sample_view

pytestmark = pytest.mark.begins_early

KINDS = {
    "nine partners": {},
    "one partner": {"seed": 2, "partners": 1},
    "forty partners": {"seed": 3, "partners": 40},
    "forty partners, local authority": {"seed": 3, "partners": 40, "framework_id": "cqc-la-2023"},
    "no returns": {"returns": False},
    "all green": {"all_green": True},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    """A locality that was merged twice, with the group's word between, and signed."""
    made = ready(tmp_path_factory.mktemp("accessible") / "place")
    path = merge(made)
    line = made.framework.lines[0].ref
    type_in(path, "Assessment", line, {"Agreed RAG": "Green", "Reason for agreed RAG": "Seen"})
    merge_and_write(made, AS_AT + datetime.timedelta(weeks=1))
    signed = sign(made, "--signed-at", "2024-01-17T10:00+00:00")
    assert signed.exit_code == 0, signed.output
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_the_locality_workbook_is_accessible(kind: str) -> None:
    assert faults(locality_workbook(sample_view(**KINDS[kind]))) == []  # type: ignore[arg-type]


def test_the_workbook_of_a_later_week_with_its_charts_is_accessible(place: Locality) -> None:
    newest = max((place.folder / "history").glob("*.xlsx"))
    assert "Week by week" in openpyxl.load_workbook(newest).sheetnames
    assert faults(newest.read_bytes()) == []


def test_the_signed_workbook_is_accessible(place: Locality) -> None:
    (signed,) = (place.folder / "signed-off").glob("*.xlsx")
    assert faults(signed.read_bytes()) == []


@pytest.mark.parametrize("framework", ["cqc-ics-2023", "cqc-la-2023"])
def test_a_blank_return_is_accessible(framework: str) -> None:
    asking = sample_locality(framework_id=framework)
    for partner in (asking.partners[0], asking.partners[3]):
        assert faults(blank_return(asking, partner, issued_on=AS_AT)) == []


def test_the_roll_up_is_accessible(place: Locality, tmp_path: Path) -> None:
    made = write_rollup(roll_up([place.folder], None), tmp_path / "rollup.xlsx")
    assert faults(made.workbook.read_bytes()) == []


def test_the_workbook_of_suggestions_is_accessible(place: Locality, tmp_path: Path) -> None:
    other = locality_of(tmp_path / "other", {"EAST": ""}, framework="cqc-ics-2023")
    made = write_borrowed(borrow(other, place))
    assert faults(made.read_bytes()) == []


def spoilt(spoil: Callable[[Workbook], None]) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(locality_workbook(sample_view(partners=1))))
    spoil(book)
    data = io.BytesIO()
    book.save(data)
    return [fault for fault in faults(data.getvalue()) if "language" not in fault]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda book: book["Returns"].merge_cells("A5:B5"), "merged"),
        (lambda book: setattr(book["Returns"].row_dimensions[5], "hidden", True), "hidden"),
        (lambda book: setattr(book["Returns"], "sheet_state", "hidden"), "hidden"),
        (lambda book: setattr(book["Returns"]["A1"], "value", None), "A1"),
        (lambda book: setattr(book["Returns"]["A40"], "value", "below"), "below the table"),
        (lambda book: setattr(book["Returns"]["A4"], "value", None), "headings"),
        (lambda book: setattr(book["Returns"]["A5"], "font", Font(name="Arial", sz=8)), "8"),
        (lambda book: setattr(book["Returns"]["A5"], "font", Font(name="Times", sz=12)), "Times"),
        (lambda book: setattr(book["Returns"]["A5"], "font", Font(name="Arial", sz=11, i=True)), "italics"),
        (lambda book: setattr(book["Returns"]["A4"], "fill", PatternFill("solid", fgColor="FFFFEB9C")), "FFFFEB9C"),
        (lambda book: setattr(book, "active", 2), "A1 of its first sheet"),
    ],
)
def test_the_check_finds_what_is_not_accessible(spoil: Callable[[Workbook], None], told: str) -> None:
    assert any(told in fault for fault in spoilt(spoil))


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("FFFFFF", "FFC000") == pytest.approx(1.6, abs=0.05)
    assert min(contrast("000000", fill) for fill in ("FFC7CE", "FFEB9C", "C6EFCE")) > 14
