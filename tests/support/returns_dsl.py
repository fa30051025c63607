"""Localities and returns made from small text tables, so that a test shows exactly what a partner typed.

A return starts from the blank one that is really issued. A text table such as

    Ref    | Evidence        | RAG   | Gap
    Q1-PEX | Annual report   | Green |

is typed into it as Excel would take it: ``2024-01-31`` becomes a date, ``9990000018`` a number, ``=A1`` a formula,
``#REF!`` an error; an apostrophe makes any of them text. ``Green [FF0000]`` is a red cell that says Green, ``\\n`` a
new line in a cell. An empty cell is left as issued.

The blank return of a partner asked for Q1 has its six lines in rows 5 to 10 of ‘Quality and safety’: A Ref, B Quality
statement, C Evidence category, D Evidence, E Where it is kept, F Evidence date, G RAG, H Reason for rating, I Gap,
J Action, K Owner, L Due date, M Action status. A second row for a line goes below, from row 11.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.assessment.group_edits.decisions import NO_DECISIONS, Decisions
from icsassess.assessment.merging.merge import merge, merge_folder
from icsassess.assessment.merging.model import Merged
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem
from icsassess.locality.locality import SUB_FOLDERS, Locality, Partner, Settings, open_locality
from icsassess.locality.new_locality import settings_text
from icsassess.returns.checking.check import Checked, check_all
from icsassess.returns.issuing.issue import blank_return, issued_name
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import read_all

SHEET = "Quality and safety"
HEADING_ROW = 4
FIRST_ROW = 5
ISSUED = datetime.date(2023, 12, 4)
COMPLETED = datetime.date(2024, 1, 8)
AS_AT = datetime.date(2024, 1, 10)
DEADLINE = datetime.date(2024, 1, 31)
NAMES = {"NORTH": "Northern Trust", "SOUTH": "Southern Practice", "EAST": "Eastern Council", "WEST": "Western Charity"}
LABELS = ("Ref", "Quality statement", "Evidence category")
COVER_ROWS = {"Partner": 6, "Locality": 7, "Framework": 8, "Return by": 9, "Organisation": 10, "Date completed": 12}

Q1 = "Supporting people to live healthier lives"
"""The title of quality statement Q1."""


def locality_of(
    folder: Path,
    partners: Mapping[str, str | Mapping[str, object]] | None = None,
    *,
    framework: str = "cqc-ics-2023",
    rules: Mapping[str, object] | None = None,
    name: str = "Anytown",
) -> Locality:
    """Make a locality folder; partners are given as code and the statements asked for, all of them when ``""``."""
    described = []
    for code, asked in (partners or {"NORTH": "Q1"}).items():
        more = {"statements": tuple(asked.split()) or None} if isinstance(asked, str) else dict(asked)
        described.append({"code": code, "name": NAMES.get(code, f"Partner {code}"), **more})
    settings = Settings.model_validate(
        {"name": name, "deadline": DEADLINE, "framework": framework, "rules": rules or {}, "partner": described}
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "locality.toml").write_text(settings_text(settings), encoding="utf-8")
    for sub_folder in SUB_FOLDERS:
        (folder / sub_folder).mkdir(exist_ok=True)
    return open_locality(folder)


def fill_in(
    locality: Locality,
    text: str = "",
    *,
    partner: str = "",
    file: str = "",
    cover: Mapping[str, object] | None = None,
    properties: Mapping[str, str | None] | None = None,
    no_properties: bool = False,
    rewritten: bool = False,
    change: Callable[[Workbook], None] | None = None,
) -> Path:
    """Put a partner's return, filled in, into ``returns/`` and give its path.

    ``cover`` are answers by their label and ``properties`` document properties, None to take one out. With
    ``rewritten`` the first theme's table is taken out and the text table is typed in its place, headings and all,
    from row 4. ``change`` has the last word on the workbook.
    """
    asked = locality.partner_by_code[partner or locality.partners[0].code]
    book = openpyxl.load_workbook(io.BytesIO(_blank(locality.settings, locality.framework, asked)))
    _type_cover(
        book["Cover"],
        {"Organisation": asked.name, "Completed by (role)": "Head of Quality", "Date completed": COMPLETED}
        | dict(cover or {}),
    )
    _set_properties(book, dict(properties or {}), no_properties)
    headings, rows = text_table(text)
    if rewritten:
        _rewrite(book.worksheets[1], headings, rows)
    else:
        for row in rows:
            _type_row(book, dict(zip(headings, row, strict=True)))
    if change is not None:
        change(book)
    path = locality.folder / "returns" / (file or issued_name(locality, asked))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


@lru_cache(maxsize=64)
def _blank(settings: Settings, framework: Framework, asked: Partner) -> bytes:
    return blank_return(Locality(Path(), settings, framework), asked, issued_on=ISSUED)


def text_table(text: str) -> tuple[list[str], list[list[str]]]:
    """Give the headings and rows of a text table."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    rows = [[cell.strip() for cell in line.strip().removesuffix("|").split("|")] for line in lines]
    if not rows:
        return [], []
    width = len(rows[0])
    assert all(len(row) <= width for row in rows), f"a row is wider than its headings: {rows}"
    padded = [row + [""] * (width - len(row)) for row in rows]
    return padded[0], padded[1:]


def put(cell: Cell, text: str) -> None:
    """Type a text into a cell as Excel would take it."""
    if colour := re.fullmatch(r"(.*?)\s*\[([0-9A-F]{6})\]", text, re.DOTALL):
        text = colour.group(1)
        cell.fill = PatternFill("solid", fgColor=f"FF{colour.group(2)}")
    text = text.replace("\\n", "\n")
    if not text:
        return
    if text.startswith("'"):
        cell.value = text[1:]
        cell.data_type = "s"
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        cell.value = datetime.date.fromisoformat(text)
        cell.number_format = "dd/mm/yyyy"
    elif text.isdigit() and text.isascii():
        cell.value = int(text)
        cell.number_format = "General"
    else:
        cell.value = text


def theme_sheets(book: Workbook) -> list[Worksheet]:
    """Give the themes' sheets of a return."""
    return [sheet for sheet in book.worksheets if sheet.title not in ("Cover", "Guidance")]


def _type_row(book: Workbook, row: dict[str, str]) -> None:
    """Type into the line's own row, into a new row below where that is taken already or the Ref is not there."""
    ref = row["Ref"]
    for sheet in theme_sheets(book):
        for number in range(FIRST_ROW, sheet.max_row + 1):
            typed = any(sheet.cell(number, column).value is not None for column in range(4, 14))
            filled = sheet.cell(number, 7).fill.fill_type is not None
            if ref and sheet.cell(number, 1).value == ref and not typed and not filled:
                _type_cells(sheet, number, row)
                return
    holding = [sheet for sheet in theme_sheets(book) if any(cell.value == ref for cell in sheet["A"])]
    sheet = (holding or theme_sheets(book))[0]
    number = sheet.max_row + 1
    put(sheet.cell(number, 1), ref)
    _type_cells(sheet, number, row)
    (table,) = sheet.tables.values()
    table.ref = f"A{HEADING_ROW}:M{number}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def _type_cells(sheet: Worksheet, number: int, row: dict[str, str]) -> None:
    columns = {str(cell.value): cell.column for cell in sheet[HEADING_ROW] if cell.value}
    for title, text in row.items():
        if title != "Ref":
            put(sheet.cell(number, columns[title]), text)


def _rewrite(sheet: Worksheet, headings: list[str], rows: list[list[str]]) -> None:
    for name in list(sheet.tables):
        del sheet.tables[name]
    sheet.delete_rows(HEADING_ROW, sheet.max_row)
    for number, row in enumerate([headings, *rows], HEADING_ROW):
        for column, text in enumerate(row, 1):
            put(sheet.cell(number, column), text)


def _type_cover(sheet: Worksheet, answers: Mapping[str, object]) -> None:
    labels = {str(row[0].value): row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value}
    for label, answer in answers.items():
        sheet.cell(labels[label], 2).value = answer


def _set_properties(book: Workbook, changes: Mapping[str, str | None], none_at_all: bool) -> None:
    for name in list(book.custom_doc_props.names):
        if none_at_all or name in changes:
            del book.custom_doc_props[name]
    for name, value in changes.items():
        if value is not None:
            book.custom_doc_props.append(StringProperty(name=name, value=value))


def replace_in_file(path: Path, old: str, new: str) -> None:
    """Put another text in the place of one in the parts of a workbook file: what no spreadsheet program would write."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(old.encode(), new.encode()))


def saved_on(path: Path, moment: str) -> None:
    """Make a workbook say that it was last changed at a moment: the library that writes it would say now."""
    with zipfile.ZipFile(path) as archive:
        (said,) = re.findall(r"<dcterms:modified[^>]*>([^<]*)<", archive.read("docProps/core.xml").decode())
    replace_in_file(path, said, moment)


def read(locality: Locality) -> list[ReadReturn]:
    """Read all of a locality's returns, without the rules."""
    return read_all(locality.return_files(), locality)


def checked(locality: Locality) -> Checked:
    """Read and check all of a locality's returns."""
    return check_all(read_all(locality.return_files(), locality), locality, AS_AT)


def merged(locality: Locality, decisions: Decisions = NO_DECISIONS, as_at: datetime.date = AS_AT) -> Merged:
    """Read, check and merge all of a locality's returns."""
    return merge_folder(locality, as_at, decisions)


def merged_again(found: Checked, locality: Locality, decisions: Decisions = NO_DECISIONS) -> Merged:
    """Merge returns that were checked before."""
    return merge(found, locality, AS_AT, decisions)


def only(found: Checked) -> ReadReturn:
    """Give the one return."""
    (one,) = found.returns
    return one


Found = Checked | Merged | ReadReturn
Row = TypeVar("Row")


def every_point(found: Found) -> list[Problem]:
    """Give all points of a return, of checked returns, or of a merge."""
    if isinstance(found, Checked):
        return [problem for one in found.returns for problem in one.problems]
    return list(found.problems)


def points(found: Found, code: str) -> list[Problem]:
    """Give the points of a kind."""
    return [problem for problem in every_point(found) if problem.code == code]


def cells(found: list[Problem]) -> list[tuple[str | None, str | None]]:
    """Give the sheet and cell of each point."""
    return [(problem.sheet, problem.cell) for problem in found]


def codes(found: Found) -> set[str]:
    """Give the codes of all points."""
    return {problem.code for problem in every_point(found)}


def rows(table: Sequence[Row], **where: object) -> list[Row]:
    """Give the rows of a table whose fields hold these values."""
    return [row for row in table if all(getattr(row, name) == value for name, value in where.items())]


def row(table: Sequence[Row], **where: object) -> Row:
    """Give the one row of a table whose fields hold these values."""
    found = rows(table, **where)
    assert len(found) == 1, f"{len(found)} rows with {where}"
    return found[0]
