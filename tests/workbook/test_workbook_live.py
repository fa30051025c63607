"""The live formulas: equal to what was written after a recalculation, and to a new workbook after the group typed."""

from __future__ import annotations

import datetime
import io
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.domain.framework import Framework, framework
from icsassess.tables.titles import ACTION_TITLES
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.write import locality_workbook
from tests.support.libreoffice import needs_libreoffice, recalculated, values
from tests.support.sample_view import AS_AT, STATUSES, sample_view, with_plans, with_typed

pytestmark = [pytest.mark.slow, *needs_libreoffice]
# LibreOffice trusts the values in a workbook unless it is told to work everything out again.
VIEWS: dict[str, dict[str, Any]] = {
    f"{framework_id} {partners} partners seed {seed}": {
        "seed": seed,
        "partners": partners,
        "framework_id": framework_id,
    }
    for framework_id, partners, seed in (
        ("cqc-ics-2023", 1, 11),
        ("cqc-ics-2023", 9, 12),
        ("cqc-ics-2023", 9, 13),
        ("cqc-ics-2023", 40, 14),
        ("cqc-la-2023", 1, 15),
        ("cqc-la-2023", 9, 16),
        ("cqc-la-2023", 40, 17),
    )
} | {
    "no returns": {"returns": False},
    "no returns, local authority": {"returns": False, "framework_id": "cqc-la-2023"},
    "all green": {"all_green": True},
    "all green, local authority": {"all_green": True, "framework_id": "cqc-la-2023"},
}
EDITED = ["cqc-ics-2023 9 partners seed 12", "cqc-la-2023 9 partners seed 16", "no returns", "all green"]


def without_values(data: bytes) -> bytes:
    """Give the workbook with its formulas' values taken out, so that none can survive a recalculation unnoticed."""
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return {name: locality_workbook(sample_view(**kind)) for name, kind in VIEWS.items()}


@pytest.fixture(scope="module")
def reopened(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("as-written")
    for name, data in written.items():
        (folder / f"{name}.xlsx").write_bytes(without_values(data))
    return recalculated(sorted(folder.glob("*.xlsx")), folder)


@pytest.mark.parametrize("name", VIEWS)
def test_every_cell_has_the_value_it_was_written_with_after_a_recalculation(
    name: str, written: dict[str, bytes], reopened: Path
) -> None:
    before = values(openpyxl.load_workbook(io.BytesIO(written[name]), data_only=True))
    after = values(openpyxl.load_workbook(reopened / f"{name}.xlsx", data_only=True))
    assert {place: (value, after.get(place)) for place, value in before.items() if after.get(place) != value} == {}
    assert set(after) == set(before)


@pytest.mark.parametrize("name", VIEWS)
def test_no_cell_shows_an_error(name: str, reopened: Path) -> None:
    book = openpyxl.load_workbook(reopened / f"{name}.xlsx", data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "e"] == []


def place_of(sheet: Worksheet, title: str) -> int:
    return next(cell.column for cell in sheet[HEADING_ROW] if cell.value == title)


class Edits:
    """What a group might type in a meeting, by chance: into a workbook, and into the view it was written from."""

    def __init__(self, merged: Merged, seed: int) -> None:
        dice = random.Random(seed)
        self.merged = merged
        self.agreed = {
            line.ref: dice.choice([*rag.vocabulary().names, ""]) for line in merged.lines if dice.random() < 0.4
        }
        self.covered = {gap.id: dice.choice(["", "Yes"]) for gap in merged.gaps if dice.random() < 0.5}
        self.actions = {action.id: self._typed(dice) for action in merged.actions if dice.random() < 0.6}

    @staticmethod
    def _typed(dice: random.Random) -> dict[str, Any]:
        return {
            "Action": dice.choice(["", "Ask three more practices", "A joint audit"]),
            "Owner": dice.choice(["", "Head of Quality"]),
            "Due date": dice.choice([None, AS_AT, AS_AT - datetime.timedelta(1), AS_AT + datetime.timedelta(30)]),
            "Delivery status": dice.choice(STATUSES),
            "Evidenced by": dice.choice(["", "Minutes"]),
            "Taken up": dice.choice(["", "", "Yes", "No"]),
        }

    def type_into(self, book: Workbook) -> None:
        agreed = {ref: {"Agreed RAG": rating} for ref, rating in self.agreed.items()}
        covered = {gap: {"Covered": text} for gap, text in self.covered.items()}
        for name, typed in (("Assessment", agreed), ("Gaps", covered), ("Actions", self.actions)):
            sheet = book[name]
            for row in range(HEADING_ROW + 1, sheet.max_row + 1):
                for title, value in typed.get(str(sheet.cell(row, 1).value), {}).items():
                    sheet.cell(row, place_of(sheet, title)).value = value or None

    def view(self) -> Merged:
        agreed = {line.ref: self.agreed.get(line.ref, line.agreed) for line in self.merged.lines}
        lines = [
            line._replace(agreed=agreed[line.ref], rating=agreed[line.ref] or line.suggested)
            for line in self.merged.lines
        ]
        name_of = {title: name for name, title in ACTION_TITLES.items()}
        actions = [
            with_typed(action, {name_of[title]: value for title, value in self.actions.get(action.id, {}).items()})
            for action in self.merged.actions
        ]
        gaps = [gap._replace(covered=self.covered.get(gap.id, gap.covered)) for gap in self.merged.gaps]
        return with_plans(replace(self.merged, lines=lines, gaps=gaps, actions=actions))


@pytest.fixture(scope="module")
def edited(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edited")
    for name in EDITED:
        book = openpyxl.load_workbook(io.BytesIO(written[name]))
        Edits(sample_view(**VIEWS[name]), 5).type_into(book)
        book.save(folder / f"{name}.xlsx")
    return recalculated(sorted(folder.glob("*.xlsx")), folder)


def condition_places(book: Workbook) -> dict[tuple[str, str], tuple[str, str]]:
    """By place on Sign-off the condition and column it is about: what stands above the table has more or fewer rows."""
    sheet = book["Sign-off"]
    return {
        ("Sign-off", cell.coordinate): (str(row[0].value), cell.column_letter)
        for row in sheet.iter_rows()
        for cell in row
        if row[0].value
    }


def by_condition(book: Workbook) -> dict[tuple[str, str], object]:
    """Give the values of a workbook by place, those of the conditions on Sign-off by condition and column."""
    names = condition_places(book)
    return {names.get(place, place): value for place, value in values(book).items()}


@pytest.mark.parametrize("name", EDITED)
def test_after_the_group_typed_every_live_cell_is_what_the_program_makes_of_the_same_edits(
    name: str, written: dict[str, bytes], edited: Path
) -> None:
    formulas = openpyxl.load_workbook(io.BytesIO(written[name]))
    again = locality_workbook(Edits(sample_view(**VIEWS[name]), 5).view())
    expected = by_condition(openpyxl.load_workbook(io.BytesIO(again), data_only=True))
    recalculated_book = openpyxl.load_workbook(edited / f"{name}.xlsx", data_only=True)
    found, names = values(recalculated_book), condition_places(recalculated_book)
    live = [place for place in values(formulas) if formulas[place[0]][place[1]].data_type == "f"]
    assert len(live) > 150
    wrong = [place for place in live if expected.get(names.get(place, place)) != found.get(place)]
    assert [(place, expected.get(names.get(place, place)), found.get(place)) for place in wrong] == []
    before = values(openpyxl.load_workbook(io.BytesIO(written[name]), data_only=True))
    assert any(before.get(place) != found.get(place) for place in live), "the edits should have changed something"


def test_sorting_the_assessment_leaves_the_heat_map_and_the_summary_as_they_were(
    written: dict[str, bytes], tmp_path: Path
) -> None:
    data = written[EDITED[0]]
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Assessment"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]
    rating = place_of(sheet, "Rating") - 1
    for number, row in enumerate(reversed(rows), HEADING_ROW + 1):
        was = HEADING_ROW + 1 + len(rows) - 1 - (number - HEADING_ROW - 1)
        row[rating] = str(row[rating]).replace(f"{was}", f"{number}")
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if cell.data_type == "e":  # somebody typed ‘#REF!’: it is text and stays text
                cell.data_type = "s"
    book.save(tmp_path / "sorted.xlsx")
    out = recalculated([tmp_path / "sorted.xlsx"], tmp_path)
    before = values(openpyxl.load_workbook(io.BytesIO(data), data_only=True))
    after = values(openpyxl.load_workbook(out / "sorted.xlsx", data_only=True))
    for title in ("Summary", "Heat map", "Gaps", "Actions"):
        assert {p: v for p, v in after.items() if p[0] == title} == {p: v for p, v in before.items() if p[0] == title}


def test_a_row_of_the_groups_own_below_the_actions_has_its_state_and_counts_for_its_gap(
    written: dict[str, bytes], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written["no returns"]))
    sheet = book["Actions"]
    (table,) = sheet.tables.values()
    calculated = {c.name: c.calculatedColumnFormula.attr_text for c in table.tableColumns if c.calculatedColumnFormula}
    assert set(calculated) == {"Gap", "Rating", "State"}
    typed = {"Ref": "Q1-PEX", "Action": "Agree who leads", "Owner": "Chair", "Due date": AS_AT}
    for title, value in (typed | {title: f"={text}" for title, text in calculated.items()}).items():
        sheet.cell(HEADING_ROW + 1, place_of(sheet, title)).value = value
    book.save(tmp_path / "own.xlsx")
    out = recalculated([tmp_path / "own.xlsx"], tmp_path)
    after = openpyxl.load_workbook(out / "own.xlsx", data_only=True)
    actions, gaps = after["Actions"], after["Gaps"]
    of_action = {cell.value: actions.cell(HEADING_ROW + 1, cell.column).value for cell in actions[HEADING_ROW]}
    assert (of_action["Gap"], of_action["Rating"], of_action["State"]) == ("G-Q1-PEX", "No return", "planned")
    of_gap = {cell.value: gaps.cell(HEADING_ROW + 1, cell.column).value for cell in gaps[HEADING_ROW]}
    assert (of_gap["Gap"], of_gap["Actions"], of_gap["Late"], of_gap["Plan"]) == ("G-Q1-PEX", 1, 0, "planned")
    summary = {
        value: row[at + step]
        for row in after["Summary"].iter_rows(values_only=True)
        for at, step in ((0, 1), (2, 2))
        if (value := row[at])
    }
    assert (summary["all actions"], summary["planned"]) == (1, 1)


def test_a_statement_that_lacks_a_category_is_counted_without_it(tmp_path: Path) -> None:
    whole = framework("cqc-la-2023")
    themes = [theme.model_dump(by_alias=True) for theme in whole.themes]
    themes[0]["statement"][0]["categories"] = ("PEX", "PRO")
    smaller = Framework.model_validate(whole.model_dump(by_alias=True) | {"theme": themes})
    merged = sample_view(partners=3, framework_id="cqc-la-2023", all_green=True)
    refs = set(smaller.line_by_ref)
    kept = replace(
        merged,
        locality=replace(merged.locality, framework=smaller),
        lines=[line for line in merged.lines if line.ref in refs],
        partner_lines=[line for line in merged.partner_lines if line.ref in refs],
        gaps=[gap for gap in merged.gaps if gap.ref in refs],
        actions=[action for action in merged.actions if action.ref in refs],
    )
    path = tmp_path / "smaller.xlsx"
    path.write_bytes(locality_workbook(kept))
    out = recalculated([path], tmp_path)
    sheet = openpyxl.load_workbook(out / "smaller.xlsx", data_only=True)["Heat map"]
    first = [cell.value for cell in sheet[HEADING_ROW + 1]]
    assert first[2:7] == ["Green", "Not in the framework", "Not in the framework", "Green", "Green"]
