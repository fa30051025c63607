"""Is it what was signed? Every change is found and named; saving a file again without changing anything is none."""

from __future__ import annotations

import copy
import datetime
import io
import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain.problems import Refusal
from icsassess.excel.reading.appearance.out_of_sight import shows_something_else
from icsassess.round.verify import VerifyResult
from icsassess.workbook.signing.content import code_of, digest, read_code
from icsassess.workbook.signing.verdict import Verdict
from icsassess.workbook.signing.verify import verify
from tests.support.ready_locality import (
    BECAUSE,
    NAME,
    ROLE,
    WHO,
    accept,
    answer,
    merge,
    ready,
    run,
    sign,
    signed_workbook,
    type_in,
)

pytestmark = pytest.mark.slow

NASTY = [
    "=1+1",
    "Two\nlines",
    " spaces around ",
    "🔴 naïve Zażółć",
    "'quoted",
    "+44 161",
    "_x0041_",
    "0012",
    "tab\there",
]


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was merged, typed in, merged again and signed."""
    place = ready(tmp_path_factory.mktemp("signed"))
    refs = [line.ref for line in place.framework.lines]
    path = merge(place)
    for ref, text in zip(refs, NASTY, strict=False):
        reason = {"Agreed RAG": "Green", "Reason for agreed RAG": text, "Agreed on": datetime.date(2024, 1, 9)}
        type_in(path, "Assessment", ref, reason)
    book = openpyxl.load_workbook(path)
    book["Assessment"]["A9"].comment = Comment("A note of the group's\non two lines", "x")
    book.create_sheet("Own figures")["B3"] = 12.345678901234567
    book.save(path)
    merge(place)
    assert sign(place).exit_code == 0
    return place.folder


@pytest.fixture
def folder(signed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(signed, tmp_path / "copy")


def workbook_of(folder: Path) -> Path:
    return next((folder / "signed-off").glob("*1.xlsx"))


def manifest_of(folder: Path) -> Path:
    return workbook_of(folder).with_suffix(".json")


def named(found: Verdict) -> set[tuple[str, str]]:
    return {(change.sheet, change.cell) for change in found.changed}


# --- As signed


def test_what_was_signed_verifies_and_says_by_whom_and_when(folder: Path) -> None:
    result = run("verify", workbook_of(folder), "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["verdict"], found["changed"]) == (0, "as signed", [])
    assert (found["signed_by"], found["role"], found["signed_at"]) == (NAME, ROLE, "2024-01-10T16:05:00+00:00")
    assert read_code(found["code"]) == found["code"]
    assert run("verify", workbook_of(folder), "--code", found["code"].lower().replace("-", " ")).exit_code == 0


def test_the_manifest_may_be_named_instead(folder: Path) -> None:
    assert verify(manifest_of(folder)).verdict == "as signed"


def test_under_another_name_and_in_another_place_it_is_still_as_signed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(workbook_of(folder), elsewhere / "What Jane signed.xlsx")
    shutil.copy(manifest_of(folder), elsewhere / "other name.json")
    found = verify(elsewhere / "What Jane signed.xlsx")
    assert found.verdict == "as signed"
    assert any("the returns and the history" in what for what in found.not_looked_at)


def looks_only(book: Workbook) -> None:
    """Change everything that is looks only."""
    for sheet in book:
        sheet.sheet_view.zoomScale = 130
        sheet.column_dimensions["A"].width = 50
        sheet.row_dimensions[5].height = 40
        sheet.freeze_panes = "B2"
        sheet["A5"].font, sheet["A5"].fill = Font(bold=True, size=20), PatternFill("solid", fgColor="FFFF00")
    book.active = 3
    book.properties.creator = "Somebody"


@pytest.mark.parametrize("times", range(1, 4))
@pytest.mark.parametrize("change", [lambda book: None, looks_only], ids=["nothing", "looks"])
def test_saving_again_with_openpyxl_is_no_change(change: Callable[[Workbook], None], times: int, folder: Path) -> None:
    for _ in range(times):
        book = openpyxl.load_workbook(workbook_of(folder))
        change(book)
        book.save(workbook_of(folder))
    assert verify(workbook_of(folder)).changed == []


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saving_again_with_libreoffice_and_openpyxl_in_turn_is_no_change(folder: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    file = workbook_of(folder)
    for turn in range(3):
        command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / f"{turn}", file]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        shutil.copy(tmp_path / f"{turn}" / file.name, file)
        assert verify(file).changed == [], f"after {turn + 1} times"
        openpyxl.load_workbook(file).save(file)
        assert verify(file).changed == [], f"after {turn + 1} times and openpyxl"


def test_setting_the_manifests_json_out_in_another_way_is_no_change(folder: Path) -> None:
    said = json.loads(manifest_of(folder).read_bytes())
    manifest_of(folder).write_text(json.dumps(dict(reversed(said.items())), indent=4), encoding="utf-8")
    assert verify(workbook_of(folder)).changed == []


# --- Single changes to cells

CELL_CHANGES: dict[str, Callable[[Cell, random.Random], None]] = {}


def cell_change(function: Callable[[Cell, random.Random], None]) -> Callable[[Cell, random.Random], None]:
    CELL_CHANGES[function.__name__.replace("_", " ")] = function
    return function


@cell_change
def another_letter(cell: Cell, dice: random.Random) -> None:
    value = cell.value
    if isinstance(value, str):
        at = dice.randrange(len(value))
        cell.value = value[:at] + ("x" if value[at] != "x" else "y") + value[at + 1 :]
        cell.data_type = "s"
    elif isinstance(value, datetime.datetime):
        cell.value = value + datetime.timedelta(days=dice.choice([-1, 1, 365]))
    else:
        assert isinstance(value, int | float)
        cell.value = value + dice.choice([-1, 1, 0.5])


@cell_change
def emptied(cell: Cell, dice: random.Random) -> None:
    cell.value = None


@cell_change
def a_formula_that_shows_the_same(cell: Cell, dice: random.Random) -> None:
    cell.value = f'="{cell.value}"'


@cell_change
def a_note(cell: Cell, dice: random.Random) -> None:
    cell.comment = Comment(f"Note {dice.random()}", "x")


@cell_change
def a_space_more(cell: Cell, dice: random.Random) -> None:
    cell.value = f"{cell.value} "
    cell.data_type = "s"


@cell_change
def text_instead_of_a_number(cell: Cell, dice: random.Random) -> None:
    cell.value = str(cell.value) if not isinstance(cell.value, str) else cell.value.swapcase() + "."
    cell.data_type = "s"


@cell_change
def a_link_outside(cell: Cell, dice: random.Random) -> None:
    cell.hyperlink = f"https://example.org/{dice.randrange(1000)}"


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("kind", CELL_CHANGES)
@pytest.mark.parametrize("seed", range(4))
def test_a_single_change_to_a_cell_is_found_and_that_cell_alone_is_named(kind: str, seed: int, folder: Path) -> None:
    dice = random.Random(f"{kind} {seed}")
    original, path = workbook_of(folder).read_bytes(), workbook_of(folder)
    for _ in range(5):
        book = openpyxl.load_workbook(io.BytesIO(original))
        sheet = dice.choice(book.worksheets)
        filled = [
            cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell) and cell.value is not None
        ]
        cell = dice.choice(filled)
        CELL_CHANGES[kind](cell, dice)
        path.write_bytes(saved(book))
        found = verify(path)
        assert found.verdict == "changed"
        assert {(place, cell.split(" ")[0]) for place, cell in named(found)} == {(sheet.title, cell.coordinate)}


def test_was_and_is_are_told_as_people_read_them(folder: Path) -> None:
    book = openpyxl.load_workbook(workbook_of(folder))
    place = next(cell for cell in book["Assessment"]["A"] if cell.row > 4)
    was, place.value = place.value, "Z9-XXX"
    book.save(workbook_of(folder))
    result = run("verify", workbook_of(folder), "--json")
    assert result.exit_code == 1
    (change,) = json.loads(result.stdout)["changed"]
    assert (change["sheet"], change["cell"], change["was"], change["is"]) == ("Assessment", "A5", was, "Z9-XXX")
    words = "Ref of Assessing needs: people's experience (Assessment A5)"
    assert change["place"] == words
    assert f"{words}: was ‘{was}’, is ‘Z9-XXX’" in " ".join(run("verify", workbook_of(folder)).output.split())


def test_a_hidden_row_is_told_with_what_stands_in_it(folder: Path) -> None:
    book = openpyxl.load_workbook(workbook_of(folder))
    hide_a_row(book)
    book.save(workbook_of(folder))
    (told,) = VerifyResult(verify(workbook_of(folder))).differences
    line = "Supporting people to live healthier lives: people's experience"
    assert told == f"Assessment hidden rows: was ‘none’, is ‘9 ({line})’"


# --- What a cell does not show


def text_of_its_own(sheet: Worksheet) -> None:
    sheet["A5"].number_format = 'General;General;General;"Z9"'


def nothing_at_all(sheet: Worksheet) -> None:
    sheet["A5"].number_format = ";;;"


def white_on_white(sheet: Worksheet) -> None:
    sheet["A5"].font, sheet["A5"].fill = Font(color="FFFFFF"), PatternFill()


def on_its_own_colour(sheet: Worksheet) -> None:
    sheet["A5"].font, sheet["A5"].fill = Font(color="C00000"), PatternFill("solid", fgColor="C00101")


def tiny(sheet: Worksheet) -> None:
    sheet["A5"].font = Font(size=1)


def a_flat_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[5].height = 1


def a_narrow_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 0.4


OBSCURED: list[tuple[Callable[[Worksheet], None], str, str]] = [
    (text_of_its_own, "A5", "shown as something else by its number format"),
    (nothing_at_all, "A5", "shown as something else by its number format, ;;;"),
    (white_on_white, "A5", "written in the colour of its ground"),
    (on_its_own_colour, "A5", "written in the colour of its ground"),
    (tiny, "A5", "written too small to be seen (1 points)"),
    (a_flat_row, "row 5", "too low to be seen (1 points)"),
    (a_narrow_column, "column A", "too narrow to be seen (0.4 of a character)"),
]


@pytest.mark.parametrize("with_manifest", [True, False], ids=["with the manifest", "with the code alone"])
@pytest.mark.parametrize(("change", "place", "why"), OBSCURED, ids=lambda one: getattr(one, "__name__", ""))
def test_what_cannot_be_seen_as_it_is_is_a_change(
    change: Callable[[Worksheet], None], place: str, why: str, with_manifest: bool, folder: Path
) -> None:
    code = verify(workbook_of(folder)).code
    book = openpyxl.load_workbook(workbook_of(folder))
    change(book["Assessment"])
    book.save(workbook_of(folder))
    if not with_manifest:
        manifest_of(folder).unlink()
    found = verify(workbook_of(folder), code)
    assert found.verdict == "changed"
    assert named(found) == {("Assessment", place)}
    assert why in str(found.changed[0].current)
    where = "Ref of Assessing needs: people's experience" if place == "A5" else ""
    assert VerifyResult(found).differences[0].startswith(where)


@pytest.mark.parametrize(
    ("code", "is_text", "hides"),
    [
        ("General", True, False),
        ("", False, False),
        ("#,##0", False, False),
        ("dd/mm/yyyy", False, False),
        ("[$-809]dd\\ mmmm\\ yyyy;@", False, False),
        ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', False, False),
        ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', True, False),
        ('0;-0;0;"Amber"', False, False),
        ('0;-0;0;"Amber"', True, True),
        ('"Amber"', False, True),
        ('0" of 9"', False, True),
        ("0;;", False, True),
        (";;;", True, True),
        (";;;", False, True),
        ('"x"@', True, True),
        ('"a;b"0', False, True),
        ("0\\x", False, True),
    ],
)
def test_a_number_format_shows_something_else_where_it_prints_words_or_nothing(
    code: str, is_text: bool, hides: bool
) -> None:
    assert shows_something_else(code, is_text=is_text) is hides


def test_what_is_not_looked_at_stands_with_the_verdict(folder: Path) -> None:
    result = run("verify", workbook_of(folder))
    lines = result.output.splitlines()
    assert lines[0] == "As signed."
    assert f"Version 1, signed by {NAME}, {ROLE}, on 10 January 2024 at 16:05 (UTC+00:00)." in lines
    assert "Not looked at: other number formats, colours" in result.output
    document = json.loads(run("verify", workbook_of(folder), "--json").stdout)
    assert "conditional formats" in document["not_looked_at"][0]
    assert (document["as_at"], document["accepted"]) == ("2024-01-10", [])


@pytest.mark.parametrize("with_manifest", [True, False], ids=["with the manifest", "without"])
def test_without_the_code_from_the_minutes_it_says_where_the_code_was_taken_from(
    with_manifest: bool, folder: Path
) -> None:
    if not with_manifest:
        manifest_of(folder).unlink()
    found = verify(workbook_of(folder))
    assert sum("taken from the file itself" in remark for remark in found.remarks) == 1
    assert not any("taken from the file itself" in remark for remark in verify(workbook_of(folder), found.code).remarks)
    assert found.signed_at == "2024-01-10T16:05:00+00:00"


@pytest.mark.parametrize("with_manifest", [True, False], ids=["with the manifest", "without"])
def test_what_was_accepted_is_told(with_manifest: bool, tmp_path: Path) -> None:
    place = ready(tmp_path)
    answer(place, {place.framework.lines[0].ref: {"RAG": "Amber", "Gap": "Nobody asked"}})
    merge(place)
    assert sign(place, *accept("gaps-without-action")).exit_code == 0
    if not with_manifest:
        signed_workbook(place).with_suffix(".json").unlink()
    document = json.loads(run("verify", signed_workbook(place), "--json").stdout)
    assert document["accepted"] == [
        {
            "code": "gaps-without-action",
            "title": "Gaps without an action",
            "count": 1,
            "reason": BECAUSE,
            "followed_up_by": WHO,
            "until": "2024-03-31",
        }
    ]
    words = " ".join(run("verify", signed_workbook(place)).output.split())
    assert "with 1 condition accepted." in words
    assert f"Gaps without an action (1): {BECAUSE}. To be followed up by {WHO} until 31 March 2024." in words


# --- Changes to sheets


def hide_a_row(book: Workbook) -> tuple[str, str]:
    book["Assessment"].row_dimensions[9].hidden = True
    return "Assessment", "hidden rows"


def hide_a_column(book: Workbook) -> tuple[str, str]:
    book["Evidence"].column_dimensions["C"].hidden = True
    return "Evidence", "hidden columns"


def hide_a_sheet(book: Workbook) -> tuple[str, str]:
    book["Points to fix"].sheet_state = "hidden"
    return "Points to fix", "hidden"


def hide_a_sheet_well(book: Workbook) -> tuple[str, str]:
    book["Key"].sheet_state = "veryHidden"
    return "Key", "hidden"


def merge_cells(book: Workbook) -> tuple[str, str]:
    book["Key"].merge_cells("E2:F3")
    return "Key", "merged cells"


def take_a_sheet_out(book: Workbook) -> tuple[str, str]:
    del book["Changes"]
    return "Changes", "the sheet"


def add_a_sheet(book: Workbook) -> tuple[str, str]:
    book.create_sheet("More")
    return "More", "the sheet"


def rename_a_sheet(book: Workbook) -> tuple[str, str]:
    book["Returns"].title = "What came"
    return "Returns", "the sheet's name"


def move_a_sheet(book: Workbook) -> tuple[str, str]:
    book.move_sheet("Key", -3)
    return "", "the order of the sheets"


def change_a_note(book: Workbook) -> tuple[str, str]:
    book["Assessment"]["A9"].comment = Comment("A note of the group's", "x")
    return "Assessment", "A9 (note)"


def take_a_note_out(book: Workbook) -> tuple[str, str]:
    book["Evidence"]["A1"].comment = None
    return "Evidence", "A1 (note)"


def type_far_below(book: Workbook) -> tuple[str, str]:
    book["Actions"]["AA900"] = "An afterthought"
    return "Actions", "AA900"


def change_the_code(book: Workbook) -> tuple[str, str]:
    book["Sign-off"]["B9"] = "0000-0000-0000-0000"
    return "Sign-off", "B9"


def change_the_fingerprint(book: Workbook) -> tuple[str, str]:
    book["Sign-off"]["B10"] = "0" * 64
    return "Sign-off", "B10"


def another_signatory(book: Workbook) -> tuple[str, str]:
    book["Sign-off"]["B6"] = "Somebody Else"
    return "Sign-off", "B6"


SHEET_CHANGES = [
    *(hide_a_row, hide_a_column, hide_a_sheet, hide_a_sheet_well, merge_cells, take_a_sheet_out, add_a_sheet),
    *(rename_a_sheet, move_a_sheet, change_a_note, take_a_note_out, type_far_below),
    *(change_the_code, change_the_fingerprint, another_signatory),
]


@pytest.mark.parametrize("change", SHEET_CHANGES, ids=lambda change: change.__name__)
def test_what_is_hidden_moved_noted_or_added_is_found_and_named(
    change: Callable[[Workbook], tuple[str, str]], folder: Path
) -> None:
    book = openpyxl.load_workbook(workbook_of(folder))
    expected = change(book)
    book.save(workbook_of(folder))
    assert named(verify(workbook_of(folder))) == {expected}


@pytest.mark.parametrize("change", SHEET_CHANGES, ids=lambda change: change.__name__)
def test_with_the_code_alone_it_is_found_too_though_not_what(
    change: Callable[[Workbook], tuple[str, str]], folder: Path
) -> None:
    code = verify(workbook_of(folder)).code
    book = openpyxl.load_workbook(workbook_of(folder))
    change(book)
    book.save(workbook_of(folder))
    manifest_of(folder).unlink()
    assert verify(workbook_of(folder), code).verdict == "changed"


def test_with_the_code_alone_what_is_unchanged_is_as_signed_and_it_says_how_far_that_goes(folder: Path) -> None:
    code = verify(workbook_of(folder)).code
    manifest_of(folder).unlink()
    openpyxl.load_workbook(workbook_of(folder)).save(workbook_of(folder))
    found = verify(workbook_of(folder), code)
    assert (found.verdict, found.signed_by, found.role) == ("as signed", NAME, ROLE)
    assert "not what" in found.remarks[0]
    assert verify(workbook_of(folder), "0000-0000-0000-0000").verdict == "changed"


def test_a_code_from_the_minutes_that_is_another_is_a_change(folder: Path) -> None:
    found = verify(workbook_of(folder), "0000-0000-0000-0000")
    assert [(change.part, change.cell) for change in found.changed] == [("code", "code from the minutes")]
    (told,) = VerifyResult(found).differences
    assert told == f"The code worked out from this workbook is {found.code}; the minutes have 0000-0000-0000-0000"


def test_what_is_no_code_is_refused_in_words(folder: Path) -> None:
    result = run("verify", workbook_of(folder), "--code", "yes")
    assert result.exit_code == 2
    assert "is not a sign-off code" in result.output


# --- Changes to the manifest


def leaves(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(document, dict | list) and document:
        for key, value in document.items() if isinstance(document, dict) else enumerate(document):
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed_leaf(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return "something"
    if isinstance(value, str):
        return value[:-1] + ("a" if value[-1:] != "a" else "b")
    return value + 1 if isinstance(value, int | float) else "something"


@pytest.mark.parametrize("seed", range(8))
def test_a_single_change_to_the_manifest_is_found_and_its_section_or_cell_named(seed: int, folder: Path) -> None:
    dice = random.Random(seed)
    original = json.loads(manifest_of(folder).read_bytes())
    every = list(leaves(original))
    by_section = {path[0]: [other for other in every if other[0] == path[0]] for path in every}
    for section, paths in by_section.items():
        path = dice.choice(paths)
        said = copy.deepcopy(original)
        inner = said
        for step in path[:-1]:
            inner = inner[step]
        how = dice.choice(["change", "change", "take out"])
        if how == "change":
            inner[path[-1]] = changed_leaf(inner[path[-1]])
        else:
            del inner[path[-1]]
        manifest_of(folder).write_text(json.dumps(said), encoding="utf-8")
        found = verify(workbook_of(folder))
        assert found.verdict == "changed", (path, how)
        assert {change.part for change in found.changed} <= {"manifest", "code", "return", "history"}, (path, how)
        if section not in ("cells", "digests"):
            told = {change.cell for change in found.changed}
            assert section in told or told & {"the file", "code"}, (path, how)


def test_a_section_added_to_the_manifest_is_found(folder: Path) -> None:
    said = json.loads(manifest_of(folder).read_bytes())
    manifest_of(folder).write_text(json.dumps({**said, "more": 1}), encoding="utf-8")
    assert named(verify(workbook_of(folder))) == {(manifest_of(folder).name, "more")}


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"not json", b'{"cells": 1, "code": "x"}', b"\xff\xfe"])
def test_a_manifest_that_is_none_is_a_change_and_no_traceback(data: bytes, folder: Path) -> None:
    manifest_of(folder).write_bytes(data)
    found = verify(workbook_of(folder))
    assert (found.verdict, named(found)) == ("changed", {(manifest_of(folder).name, "the file")})


def test_a_manifest_in_which_something_stands_twice_is_none(folder: Path) -> None:
    text = manifest_of(folder).read_text(encoding="utf-8")
    manifest_of(folder).write_text(text.replace('"format": 1,', '"format": 2, "format": 1,'), encoding="utf-8")
    assert named(verify(workbook_of(folder))) == {(manifest_of(folder).name, "the file")}


def test_a_manifest_that_names_files_elsewhere_is_none(folder: Path) -> None:
    said = json.loads(manifest_of(folder).read_bytes())
    said["returns"][0]["file"] = "/etc/hosts"
    manifest_of(folder).write_text(json.dumps(said), encoding="utf-8")
    found = verify(workbook_of(folder))
    assert (manifest_of(folder).name, "returns") in named(found)
    assert not any(change.sheet == "/etc/hosts" for change in found.changed)


def test_a_manifest_written_anew_for_a_changed_workbook_does_not_fit_the_code(folder: Path) -> None:
    """Somebody changes a cell and puts the manifest, its digests and its code right; the minutes have the true code."""
    true = verify(workbook_of(folder)).code
    book = openpyxl.load_workbook(workbook_of(folder))
    book["Assessment"]["A5"] = "Z9-XXX"
    said = json.loads(manifest_of(folder).read_bytes())
    sheet = next(sheet for sheet in said["cells"]["sheets"] if sheet["title"] == "Assessment")
    sheet["cells"]["A5"] = "Z9-XXX"
    said["digests"]["workbook"] = digest(said["cells"])
    said["code"] = code_of(said["digests"]["workbook"], said["digests"]["particulars"])
    book["Sign-off"]["B9"] = said["code"]
    book.save(workbook_of(folder))
    manifest_of(folder).write_text(json.dumps(said), encoding="utf-8")
    assert verify(workbook_of(folder)).verdict == "as signed", "this is why the code is read into the minutes"
    assert verify(workbook_of(folder), true).verdict == "changed"


# --- Changes to what it rests on


@pytest.mark.parametrize("seed", range(10))
def test_a_return_exchanged_changed_or_taken_away_is_named(seed: int, folder: Path) -> None:
    dice = random.Random(seed)
    file = dice.choice(sorted((folder / "returns").glob("*.xlsx")))
    if seed == 0:
        file.unlink()
    else:
        data = bytearray(file.read_bytes())
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        file.write_bytes(bytes(data))
    assert named(verify(workbook_of(folder))) == {(f"returns/{file.name}", "the file")}


@pytest.mark.parametrize("seed", range(6))
def test_a_change_to_the_history_is_named(seed: int, folder: Path) -> None:
    dice = random.Random(seed)
    file = dice.choice(sorted((folder / "history").iterdir()))
    file.write_bytes(file.read_bytes() + b" ") if seed else file.unlink()
    assert named(verify(workbook_of(folder))) == {(f"history/{file.name}", "the file")}


def test_a_return_that_came_later_is_no_change_to_what_was_signed(folder: Path) -> None:
    (folder / "returns" / "later.xlsx").write_bytes(b"anything")
    assert verify(workbook_of(folder)).verdict == "as signed"


def test_the_version_before_is_bound_by_the_one_after(tmp_path: Path) -> None:
    place = ready(tmp_path)
    merge(place)
    sign(place)
    answer(place, {place.framework.lines[0].ref: {"Evidence": "A newer report"}})
    merge(place)
    sign(place)
    second = signed_workbook(place, 2)
    assert verify(second).verdict == "as signed"
    first = manifest_of(place.folder)
    first.write_text(first.read_text(encoding="utf-8").replace(NAME, "Another Name"), encoding="utf-8")
    assert named(verify(second)) == {(f"signed-off/{first.name}", "the file")}


# --- What was never signed


def test_a_merged_workbook_is_not_signed(folder: Path) -> None:
    result = run("verify", next((folder / "merged").glob("*.xlsx")), "--json")
    assert (result.exit_code, json.loads(result.stdout)["verdict"]) == (1, "not signed")


def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"no workbook")
    with pytest.raises(Refusal, match="no table could be read from it"):
        verify(file)
    result = run("verify", tmp_path / "not there.xlsx")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
