"""The example's returns, read with openpyxl alone: an idea of ratings and dates that is none of the program's."""

from __future__ import annotations

import calendar
import datetime
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "workbooks" / "trafford"
SETTINGS: dict[str, Any] = tomllib.loads((EXAMPLE / "locality.toml").read_text(encoding="utf-8"))
FRAMEWORK: dict[str, Any] = tomllib.loads(
    (ROOT / "templates" / "frameworks" / f"{SETTINGS['framework']}.toml").read_text(encoding="utf-8")
)
REFS = [
    f"{statement['code']}-{category['code']}"
    for theme in FRAMEWORK["theme"]
    for statement in theme["statement"]
    for category in FRAMEWORK["category"]
]
ASKED = {
    partner["code"]: [ref for ref in REFS if ref.split("-")[0] in partner.get("statements", [ref.split("-")[0]])]
    for partner in SETTINGS["partner"]
}
RATINGS = {
    "Red": "red r",
    "Amber": "amber a amb yellow orange",
    "Green": "green g gr grn",
    "Not applicable": "na n/a",
    "Not assessed": "tbc",
}
SPELLINGS = {spelling: rating for rating, spellings in RATINGS.items() for spelling in spellings.split()}
SPELLINGS |= {"not applicable": "Not applicable", "not assessed": "Not assessed", "": ""}
SAYS_NONE = ("None collected by us", "Not applicable", "No measure of joint plans by us at present.")
DELIVERED = {"delivered", "done", "complete", "completed"}
WORST_FIRST = ["Red", "Amber", "Green", "Not assessed", "Not applicable", ""]
MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}


@dataclass
class Typed:
    """One row of a return: where it stands and what each of its cells holds, by the title of its column."""

    file: str
    partner: str
    sheet: str
    row: int
    cells: dict[str, Any]
    columns: dict[str, str] = field(default_factory=dict)

    def text(self, title: str) -> str:
        value = self.cells.get(title)
        return "" if value is None else str(value).strip()

    @property
    def is_evidence(self) -> bool:
        text = self.text("Evidence")
        return bool(text) and not (text.startswith(SAYS_NONE) and self.text("Where it is kept") in ("", "Not held"))


def read_returns(folder: Path = EXAMPLE) -> list[Typed]:
    names = {
        name.casefold(): partner["code"]
        for partner in SETTINGS["partner"]
        for name in (partner["code"], partner["name"], *partner.get("aliases", []))
    }
    typed = []
    for path in sorted((folder / "returns").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        cover = {str(row[0].value): row[1].value for row in book["Cover"].iter_rows(max_col=2)}
        partner = names[str(cover["Partner"]).casefold()]
        for theme in FRAMEWORK["theme"]:
            if theme["title"] not in book.sheetnames:
                continue
            sheet = book[theme["title"]]
            (heading,) = [row for row in sheet.iter_rows(max_row=20) if row[0].value == "Ref"]
            for row in sheet.iter_rows(min_row=heading[0].row + 1):
                cells = {str(h.value): cell.value for h, cell in zip(heading, row, strict=True) if h.value}
                columns = {str(h.value): cell.coordinate for h, cell in zip(heading, row, strict=True) if h.value}
                if any(value is not None for value in cells.values()):
                    typed.append(Typed(f"returns/{path.name}", partner, sheet.title, row[0].row, cells, columns))
    return typed


def rating_of(typed: str) -> str:
    words = " ".join(typed.casefold().split())
    if words in SPELLINGS:
        return SPELLINGS[words]
    parts = [SPELLINGS.get(part.strip(), "?") for part in re.split(r"[/-]", words)]
    assert "?" not in parts, f"this test does not know the rating {typed!r}"
    return min(parts, key=WORST_FIRST.index)


def day_of(value: object) -> datetime.date | None:
    """Read a date: the day, or the last day of a month or of a quarter that begins in April, July, October, January."""
    if isinstance(value, datetime.datetime):
        return value.date()
    text = " ".join(str(value or "").casefold().split())
    if quarter := re.fullmatch(r"q([1-4]) (\d{4})/\d\d", text):
        last = {1: (0, 6), 2: (0, 9), 3: (0, 12), 4: (1, 3)}[int(quarter[1])]
        return end_of(int(quarter[2]) + last[0], last[1])
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})", text):
        return datetime.date(year(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2}) ([a-z]+) (\d{2,4})", text):
        return datetime.date(year(found[3]), MONTHS[found[2][:3]], int(found[1]))
    if found := re.fullmatch(r"(?:end of )?([a-z]+)[ -](\d{2,4})", text):
        return end_of(year(found[2]), MONTHS[found[1][:3]])
    assert text in ("", "ongoing", "asap", "tbc"), f"this test does not know the date {value!r}"
    return None


def year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def end_of(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
