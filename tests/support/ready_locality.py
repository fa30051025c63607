"""A small locality in which everything is right, so that a test shows what one thing that is wrong does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.cli import cli
from icsassess.locality.locality import Locality
from icsassess.round.merge_and_write import merge_and_write
from tests.support.returns_dsl import AS_AT, fill_in, locality_of

TITLES = ("Ref", "Evidence", "Where it is kept", "Evidence date", "RAG", "Reason for rating", "Gap", "Action", "Owner", "Due date", "Action status")  # fmt: skip  # noqa: E501
NAME, ROLE = "Jane Example", "Associate Director of Nursing and Quality"
WHEN = "2024-01-10T16:05:00+00:00"
BECAUSE, WHO = "The lead types it on Friday", "Deputy Director of Nursing"


def ready(folder: Path, partners: Mapping[str, str | Mapping[str, object]] | None = None) -> Locality:
    """Make a locality of 36 lines whose first partner rates them all Green, with evidence."""
    place = locality_of(folder, partners or {"NORTH": ""}, framework="cqc-la-2023")
    answer(place)
    return place


def answer(place: Locality, changes: Mapping[str, Mapping[str, str]] | None = None, partner: str = "") -> Path:
    """Put a partner's return in, all Green with evidence but for the ``changes`` by line and column."""
    rows = [" | ".join(TITLES)]
    for line in place.framework.lines:
        row = {"Ref": line.ref, "Evidence": f"Report on {line.ref}", "Where it is kept": "Shared drive"}
        row |= {"Evidence date": "2023-11-14", "RAG": "Green"} | dict((changes or {}).get(line.ref, {}))
        rows.append(" | ".join(row.get(title, "") for title in TITLES))
    return fill_in(place, "\n".join(rows), partner=partner)


def merge(place: Locality) -> Path:
    """Merge and give the workbook's path."""
    return merge_and_write(place, AS_AT)[1]


def cell_of(sheet: Worksheet, key: str, title: str) -> str:
    """Give the address of the cell of a row, by what stands in its first column, under a title."""
    headings = {cell.value: cell.column for cell in sheet[4]}
    row = next(cell.row for cell in sheet["A"] if cell.value == key and cell.row > 4)
    return sheet.cell(row, headings[title]).coordinate


def type_in(path: Path, sheet: str, key: str, texts: Mapping[str, object]) -> None:
    """Type into a row of the locality workbook and save it."""
    book = openpyxl.load_workbook(path)
    for title, text in texts.items():
        book[sheet][cell_of(book[sheet], key, title)] = text
    book.save(path)


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def sign(place: Locality, *more: str | Path) -> Result:
    """Sign as the one who may, on the day of the tests."""
    return run("sign-off", place.folder, "--name", NAME, "--signed-at", WHEN, *more)


def accept(code: str, reason: str = BECAUSE) -> tuple[str, str, str, str]:
    """Give the options that accept a condition."""
    return ("--accept", f"{code}={reason}", "--follow-up", f"{code}={WHO}, 31 March 2024")


def signed_workbook(place: Locality, version: int = 1) -> Path:
    """Give the path of a signed version."""
    return place.folder / "signed-off" / f"Anytown {AS_AT} signed version {version}.xlsx"
