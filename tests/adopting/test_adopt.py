"""Another locality's workbook, in a layout nobody here drew, becomes the template of a round."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from icsassess.adopting.adopt import Adopted
from icsassess.adopting.describe import as_toml
from icsassess.assessment.merging.merge import merge_folder
from icsassess.assessment.merging.model import Merged
from icsassess.locality.locality import Locality
from icsassess.locality.new_locality import new_locality
from icsassess.returns.issuing.issue import issue
from icsassess.returns.template.adopted_layout import layout_of
from icsassess.returns.template.model import ReturnTemplate, return_template
from tests.support.adopted import AS_AT, PARTNER, adopted, fill_in
from tests.support.foreign_layouts import LAYOUTS, NAMES, WHOLE

pytestmark = pytest.mark.begins_early

_WRITTEN = (".toml", ".json", ".xlsx")


@dataclass
class Lived:
    """What came of one layout: adopted, issued to a partner, filled in for every line, and merged."""

    name: str
    made: Adopted
    locality: Locality
    file: Path
    typed: dict[str, dict[str, tuple[str, str]]]
    """What was typed for each line: by field the cell (sheet and address) and the text."""
    merged: Merged


@pytest.fixture(scope="module", params=NAMES)
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    name = request.param
    folder = tmp_path_factory.mktemp(name)
    made = adopted(folder, name, corrected=True)
    deadline = datetime.date(2024, 1, 31)
    locality = new_locality(folder / "anytown", name="Anytown", deadline=deadline, template="foreign")
    (issued,) = issue(locality, [locality.partner_by_code[PARTNER]], AS_AT)
    typed = fill_in(name, made, issued, locality.folder / "returns" / issued.name)
    return Lived(name, made, locality, issued, typed, merge_folder(locality, AS_AT))


def test_every_line_has_a_place_after_at_most_a_few_lines_of_correction(lived: Lived) -> None:
    assert lived.made.understood.missing == []
    assert sum(len(said.splitlines()) for said in LAYOUTS[lived.name].corrections.values()) <= 5


def test_the_locality_holds_all_it_needs(lived: Lived) -> None:
    there = {path.name for path in (lived.locality.folder / "adopted" / "foreign").iterdir()}
    assert there == {"template.toml", "layout.json", "blank.xlsx"}
    assert lived.locality.settings.template == "foreign"


def test_every_rating_typed_into_the_issued_return_arrives_at_its_line(lived: Lived) -> None:
    words = LAYOUTS[lived.name].words
    ratings = {line.ref: line.rating for line in lived.merged.partner_lines if line.partner == PARTNER}
    assert ratings == {ref: words[said["rag"][1]] for ref, said in lived.typed.items()}
    assert len(ratings) == len(WHOLE.lines)


def test_every_text_typed_is_in_its_line_s_entry_and_nothing_else(lived: Lived) -> None:
    entries = {entry.ref: entry for entry in lived.merged.entries}
    assert set(entries) == set(lived.typed)
    for ref, said in lived.typed.items():
        for field in {"evidence", "kept", "reason", "gap", "action", "owner"} & set(said):
            assert getattr(entries[ref], field) == said[field][1]
        assert ("own of " + ref in entries[ref].own_columns) == ("own" in said)


def test_every_address_leads_to_the_cell_that_was_typed_into(lived: Lived) -> None:
    for entry in lived.merged.entries:
        for field in set(lived.typed[entry.ref]) - {"own"}:
            assert f"{entry.sheet}!{entry.place.cell(field)}" == lived.typed[entry.ref][field][0]


def test_a_return_filled_in_whole_raises_no_point_that_blames_its_layout(lived: Lived) -> None:
    codes = {problem.code for problem in lived.merged.problems}
    assert codes <= {"evidence-repeated", "evidence-likely-shared", "partner-contradiction"}, codes


@pytest.mark.parametrize("name", ["merged_blocks", "matrix_of_ratings"])
def test_the_same_workbook_gives_the_same_bytes_again(name: str, tmp_path: Path) -> None:
    folders = [tmp_path / "once", tmp_path / "again"]
    for folder in folders:
        made = adopted(folder, name, corrected=True)
        deadline = datetime.date(2024, 1, 31)
        locality = new_locality(folder / "anytown", name="Anytown", deadline=deadline, template="foreign")
        issue(locality, [locality.partner_by_code[PARTNER]], AS_AT)
        assert made.folder == folder / "adopted" / "foreign"
    once, again = (
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in _WRITTEN}
        for folder in folders
    )
    assert once == again


def test_a_rating_merged_over_a_statement_counts_for_each_of_its_lines(tmp_path: Path) -> None:
    made = adopted(tmp_path, "three_rows_a_category")
    deadline = datetime.date(2024, 1, 31)
    locality = new_locality(tmp_path / "anytown", name="Anytown", deadline=deadline, template="foreign")
    partner = locality.partner_by_code[PARTNER]
    (issued,) = issue(locality, [partner], AS_AT)
    book = openpyxl.load_workbook(issued)
    sheet = book.worksheets[0]
    (rag,) = (spot for spot in layout_of(made.folder).sheets[0].spots if (spot.text, spot.of) == ("rag", "Q2-PEX"))
    sheet.cell(rag.row + 1, rag.column).value = "Amber"
    book.save(locality.folder / "returns" / issued.name)
    merged = merge_folder(locality, AS_AT)
    ratings = {line.ref: line.rating for line in merged.partner_lines if line.partner == PARTNER}
    assert {ref for ref, rating in ratings.items() if rating == "Amber"} == {
        line.ref for line in WHOLE.lines if line.statement.code == "Q2"
    }


def test_the_file_of_a_template_gives_the_same_template_whatever_its_words_hold() -> None:
    words = {'Gr"een\n\\1': "Green", "= [a] # b": "", "": "Red"}
    changes = {"framework": "cqc-ics-2023", "ratings": words, "lines_missing": ("Q1-PEX",), "title": "‘Ours’ \t'"}
    template = return_template("stockport").model_copy(update=changes)
    assert ReturnTemplate.model_validate(tomllib.loads(as_toml(template))) == template
