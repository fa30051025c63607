"""How a workbook was understood is told, and corrected in a text file; a template that moves keeps its returns."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.workbook import Workbook

from icsassess.adopting.adopt import Adopted, adopt
from icsassess.assessment.merging.merge import merge_folder
from icsassess.cli import cli
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality
from icsassess.locality.new_locality import new_locality
from icsassess.returns.issuing.issue import issue
from icsassess.returns.template.model import FIELDS
from icsassess.round.merge_and_write import merge_and_write
from tests.support.adopted import AS_AT, PARTNER, adopted, correct, fill_in
from tests.support.foreign_layouts import LAYOUTS, MORE, TRACER, WHOLE, as_bytes, body, heading, lines

pytestmark = pytest.mark.begins_early

DEADLINE = datetime.date(2024, 1, 31)

SHARES = Path(__file__).parents[2] / "docs" / "adopting.md"
"""Says how much of each layout is understood before anybody corrects anything."""


def drawn(folder: Path, titles: list[str], codes: str = "", sheet_title: str = "Assessment") -> Path:
    """Draw a small workbook: statement, category, and answers under these titles."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sheet_title
    heading(sheet, 2, ["Quality statement", "Evidence category", *titles])
    for number, (statement, category) in enumerate(lines(codes)):
        body(sheet, 3 + number, [statement.title, category.title, *(f"{TRACER} {title}" for title in titles)])
    path = folder / "drawn.xlsx"
    path.write_bytes(as_bytes(book))
    return path


def corrected(made: Adopted, corrections: dict[str, str]) -> None:
    file = made.folder / "corrections.toml"
    file.write_text(correct(file.read_text("utf-8"), corrections), "utf-8")


@pytest.mark.parametrize("name", [*LAYOUTS, *MORE])
def test_so_much_is_understood_without_any_correction(name: str, tmp_path: Path) -> None:
    found = adopted(tmp_path, name).understood
    columns = found.columns
    known = sum(1 for column in columns if column.understood)
    share = (
        f"| {len(found.lines)} of 102 | {known} of {len(columns)} |"
        if columns
        else f"| {len(found.lines)} of 102 | - |"
    )
    (row,) = [row for row in SHARES.read_text("utf-8").splitlines() if row.startswith(f"| `{name}` ")]
    assert row.endswith(share)


@pytest.mark.parametrize("name", [*LAYOUTS, *MORE])
def test_a_blank_is_understood_as_what_it_was_made_from(name: str, tmp_path: Path) -> None:
    made = adopted(tmp_path, name, corrected=True)
    again = adopt(made.folder / "blank.xlsx", "again", tmp_path)
    assert again.understood.lines == made.understood.lines
    assert again.template.matrix == made.template.matrix
    known = {column.title: column.field for column in made.understood.columns if column.field in FIELDS}
    understood = {column.title: column.field for column in again.understood.columns}
    worded = LAYOUTS[name].corrections.get("columns", "") if name in LAYOUTS else ""
    for title, field in known.items():
        assert understood[title] == field or f'"{title}"' in worded


def test_the_json_has_the_contract_s_keys(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    path.write_bytes(as_bytes(LAYOUTS["one_sheet"].draw()))
    run = CliRunner().invoke(cli, ["adopt", str(path), "--name", "one", "--into", str(tmp_path), "--json"])
    said = json.loads(run.stdout)
    assert run.exit_code == 0
    assert said["template"] == "one"
    assert {"title": "RAG", "sheet": "Self assessment", "column": "E"}.items() <= {
        (key, value) for entry in said["understood"] if entry["title"] == "RAG" for key, value in entry.items()
    }
    assert [(one["title"], one["sheet"], one["cells"]) for one in said["not_understood"]] == [
        ("Ward", "Self assessment", 102)
    ]
    assert said["removed"]["cell texts"] > 600


def test_people_see_a_table_and_what_to_do_next(tmp_path: Path) -> None:
    path = tmp_path / "words.xlsx"
    path.write_bytes(as_bytes(LAYOUTS["other_words"].draw()))
    told = CliRunner().invoke(cli, ["adopt", str(path), "--name", "words", "--into", str(tmp_path)]).output
    said = " ".join(told.split())
    assert "Understood: 96 of 102 lines of cqc-ics-2023, 3 of 5 columns." in said
    assert "Strong 34 not understood: say what it means" in said
    assert "It has no place for 6 lines: Q1-PEX, Q1-STF" in said
    assert "Titles that are none of the framework's, left out: ‘Living well at home’." in said
    assert f"--name words --into {tmp_path}" in told.replace("\n", " ")


def test_what_the_reader_said_is_there_again_after_the_next_run(tmp_path: Path) -> None:
    made = adopted(tmp_path, "other_words", corrected=True)
    text = (made.folder / "corrections.toml").read_text("utf-8")
    for said in ('"Our story" = "evidence"', '"Living well at home" = "Q1"', '"Developing" = "Amber"'):
        assert said in text
    before = (made.folder / "template.toml").read_bytes()
    again = adopt(tmp_path / "other_words.xlsx", "foreign", tmp_path)
    assert (again.folder / "template.toml").read_bytes() == before
    assert (again.folder / "corrections.toml").read_text("utf-8") == text


def test_rating_words_of_another_scale_are_never_converted_unless_somebody_said_so(tmp_path: Path) -> None:
    made = adopted(tmp_path, "a_sheet_a_statement")
    locality = new_locality(tmp_path / "anytown", name="Anytown", deadline=DEADLINE, template="foreign")
    (issued,) = issue(locality, [locality.partner_by_code[PARTNER]], AS_AT)
    fill_in("a_sheet_a_statement", made, issued, locality.folder / "returns" / issued.name)
    merged = merge_folder(locality, AS_AT)
    assert {entry.rating for entry in merged.entries} == {""}
    assert {entry.rag_typed for entry in merged.entries} == {"Fully met", "Partially met", "Not met"}
    assert sum(1 for problem in merged.problems if problem.code == "rating-not-understood") == len(WHOLE.lines)


def test_the_drop_down_list_offers_the_other_locality_s_own_words(tmp_path: Path) -> None:
    made = adopted(tmp_path, "a_sheet_a_statement", corrected=True)
    sheet = openpyxl.load_workbook(made.folder / "blank.xlsx")["QS1"]
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"Fully met,Partially met,Not met"']


@pytest.mark.parametrize(
    ("corrections", "said"),
    [
        ('[columns]\n"Ward" = "wurst"\n', "‘wurst’"),
        ('[ratings]\n"Strong" = "Greenish"\n', "‘Strong’ can mean Red, Amber, Green"),
        ('framework = "cqc-ics-2023"\n[statements]\n"Living well" = "Q99"\n', "‘Q99’ for ‘Living well’"),
        ("[colums]\n", "colums"),
        ("[columns\n", "corrections.toml"),
        ('[heading_rows]\n"Self assessment" = 0\n', "0"),
    ],
)
def test_a_wrong_correction_is_refused_in_words(tmp_path: Path, corrections: str, said: str) -> None:
    path = tmp_path / "source.xlsx"
    path.write_bytes(as_bytes(LAYOUTS["one_sheet"].draw()))
    folder = tmp_path / "adopted" / "source"
    folder.mkdir(parents=True)
    (folder / "corrections.toml").write_text(corrections, "utf-8")
    with pytest.raises(Refusal) as refused:
        adopt(path, "source", tmp_path)
    assert said in refused.value.problem.message


def test_a_table_that_nobody_would_find_is_found_by_the_row_of_its_headings(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["x"])
    sheet.append(["Topic", "Kind", "Words"])
    for statement, category in lines("Q1 Q2"):
        sheet.append([f"{statement.title} (see p. 4 of the pack)", f"Lens: {category.title[:6]}", "text"])
    path = tmp_path / "odd.xlsx"
    path.write_bytes(as_bytes(book))
    with pytest.raises(Refusal) as refused:
        adopt(path, "odd", tmp_path, "cqc-ics-2023")
    assert "[heading_rows]" in refused.value.problem.suggestion
    folder = tmp_path / "adopted" / "odd"
    folder.mkdir(parents=True)
    kinds = "\n".join(f'"Lens: {category.title[:6]}" = "{category.code}"' for category in WHOLE.categories[3:])
    text = (
        f'[heading_rows]\n"Sheet" = 2\n[columns]\n"Topic" = "statement"\n"Kind" = "category"\n[categories]\n{kinds}\n'
    )
    (folder / "corrections.toml").write_text(text, "utf-8")
    assert len(adopt(path, "odd", tmp_path, "cqc-ics-2023").understood.lines) == 6


def test_a_workbook_of_shared_statements_only_asks_which_framework_is_meant(tmp_path: Path) -> None:
    codes = "Q1 Q6"  # both frameworks have these, and four of the categories
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Quality statement", "Evidence category", "Evidence", "RAG"])
    for statement, category in lines(codes):
        if category.code in ("PEX", "STF", "PTN", "PRO"):
            sheet.append([statement.title, category.title, "x", "Red"])
    path = tmp_path / "shared.xlsx"
    path.write_bytes(as_bytes(book))
    with pytest.raises(Refusal) as refused:
        adopt(path, "shared", tmp_path)
    assert refused.value.problem.code == "adopt-framework-ambiguous"
    assert adopt(path, "shared", tmp_path, "cqc-la-2023").template.framework == "cqc-la-2023"
    made = new_locality(tmp_path / "la", name="Anytown", deadline=DEADLINE, template="shared")
    assert made.framework.id == "cqc-la-2023"
    folder = tmp_path / "ics"
    with pytest.raises(Refusal) as refused:
        new_locality(folder, name="Anytown", deadline=DEADLINE, template="shared", framework="cqc-ics-2023")
    assert refused.value.problem.code == "template-of-another-framework"
    assert not folder.exists()


def locality_on(folder: Path, titles: list[str], codes: str = "Q1 Q2") -> Locality:
    """Give a locality on a small adopted template, with one partner's return filled in under each title."""
    adopt(drawn(folder, titles, codes), "small", folder, "cqc-ics-2023")
    locality = new_locality(folder / "anytown", name="Anytown", deadline=DEADLINE, template="small")
    (issued,) = issue(locality, [locality.partner_by_code[PARTNER]], AS_AT)
    book = openpyxl.load_workbook(issued)
    sheet = book.worksheets[0]
    for row in range(4, 4 + len(lines(codes))):
        for column, title in enumerate(titles, 3):
            sheet.cell(row, column, "Amber" if title == "RAG" else f"{title} {row}")
    book.save(locality.folder / "returns" / issued.name)
    return locality


def test_a_return_is_not_blamed_for_what_its_template_never_asked(tmp_path: Path) -> None:
    merged = merge_folder(locality_on(tmp_path, ["Evidence", "RAG"]), AS_AT)
    assert len(merged.entries) == 12
    assert {problem.code for problem in merged.problems} <= {"evidence-repeated", "evidence-likely-shared"}


def test_columns_that_we_do_not_know_are_in_the_evidence_of_the_locality_workbook(tmp_path: Path) -> None:
    locality = locality_on(tmp_path, ["Evidence", "RAG", "Neighbourhood"])
    _, written = merge_and_write(locality, AS_AT)
    sheet = openpyxl.load_workbook(written)["Evidence"]
    shown = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Neighbourhood: Neighbourhood 4" in shown


def test_returns_on_the_version_before_are_read_and_what_they_lack_is_said_once(tmp_path: Path) -> None:
    locality = locality_on(tmp_path, ["Evidence", "RAG", "Gaps"])
    made = adopt(drawn(tmp_path, ["Proof", "RAG", "Gaps", "Actions", "Due date"]), "small", locality.folder)
    assert (made.earlier, made.template.version) == ("1", "2")
    merged = merge_folder(locality, AS_AT)
    assert {entry.rating for entry in merged.entries} == {"Amber"}
    assert {entry.evidence for entry in merged.entries} == {f"Evidence {row}" for row in range(4, 16)}
    (point,) = [problem for problem in merged.problems if problem.code == "wrong-template-version"]
    assert "‘small 1’, which has no column ‘Actions’ or ‘Due date’ and no place for 90 lines" in point.message
    assert not any(problem.code in ("line-missing", "column-missing") for problem in merged.problems)
    (issued,) = issue(locality, [locality.partner_by_code[PARTNER]], AS_AT)
    assert openpyxl.load_workbook(issued).custom_doc_props["icsassess.template"].value == "small 2"


def test_a_partner_gets_only_what_it_is_asked_for(tmp_path: Path) -> None:
    for name in ("matrix_of_ratings", "merged_blocks", "a_sheet_a_statement"):
        folder = tmp_path / name
        folder.mkdir()
        adopted(folder, name)
        locality = new_locality(folder / "anytown", name="Anytown", deadline=DEADLINE, template="foreign")
        partner = locality.partner_by_code[PARTNER].model_copy(update={"statements": ("Q2", "I1")})
        settings = locality.settings.model_copy(update={"partners": (partner,)})
        (issued,) = issue(Locality(locality.folder, settings, locality.framework), [partner], AS_AT)
        book = openpyxl.load_workbook(issued)
        shown = {
            str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value
        }
        titles = {s.code for s in WHOLE.statements if any(text.startswith(s.title) for text in shown)}
        assert titles == {"Q2", "I1"}, name


def test_the_name_of_a_template_is_a_plain_one(tmp_path: Path) -> None:
    path = drawn(tmp_path, ["Evidence", "RAG"], "Q1")
    for name in ("../elsewhere", "stockport", "Två", "", "a" * 41, "con fused"):
        with pytest.raises(Refusal) as refused:
            adopt(path, name, tmp_path)
        assert refused.value.problem.code == "adopt-name"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["drawn.xlsx"]
