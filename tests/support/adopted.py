"""Other localities' layouts adopted, corrected, answered by a partner, and searched for a text."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.cell import MergedCell

from icsassess.adopting.adopt import Adopted, adopt
from icsassess.returns.template.adopted_layout import layout_of
from tests.support.foreign_layouts import LAYOUTS, MORE, WHOLE, as_bytes

AS_AT = datetime.date(2024, 1, 10)
PARTNER = "PC"


@cache
def source(name: str) -> bytes:
    return as_bytes({**LAYOUTS, **MORE}[name].draw())


def adopted(folder: Path, name: str, *, corrected: bool = False, as_name: str = "foreign") -> Adopted:
    """Adopt a layout; ``corrected`` adds what a reader would write into the corrections file, and adopts again."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.xlsx"
    path.write_bytes(source(name))
    result = adopt(path, as_name, folder)
    if corrected and name in LAYOUTS and LAYOUTS[name].corrections:
        file = result.folder / "corrections.toml"
        file.write_text(correct(file.read_text("utf-8"), LAYOUTS[name].corrections), "utf-8")
        result = adopt(path, as_name, folder)
    return result


def correct(text: str, corrections: dict[str, str]) -> str:
    """Put lines into the tables of a corrections file, in place of those with the same key."""
    lines = text.splitlines()
    for table, correction in corrections.items():
        keys = [line.partition(" = ")[0] for line in correction.splitlines()]
        lines = [line for line in lines if line.partition(" = ")[0] not in keys]
        at = lines.index(f"[{table}]") + 1
        lines[at:at] = correction.splitlines()
    return "\n".join(lines) + "\n"


def answers(name: str, ref: str, number: int) -> dict[str, str]:
    words = list(LAYOUTS[name].words)
    texts = {field: f"{field} of {ref}" for field in ("evidence", "kept", "reason", "gap", "action", "owner")}
    return texts | {"rag": words[number % len(words)], "own": f"own of {ref}", "due": "2024-03-29",
                    "evidence_date": "2023-12-01", "action_status": "In progress"}  # fmt: skip


def fill_in(name: str, result: Adopted, file: Path, to: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Fill in every cell that is there to be answered, one row below where the blank has it."""
    book = openpyxl.load_workbook(file)
    typed: dict[str, dict[str, tuple[str, str]]] = {}
    refs = list(WHOLE.line_by_ref)
    for sheet in layout_of(result.folder).sheets:
        for spot in sheet.spots:
            if spot.gives in ("answer", "own"):
                field = spot.text if spot.gives == "answer" else "own"
                text = answers(name, spot.of, refs.index(spot.of))[field]
                cell = book[sheet.title].cell(spot.row + 1, spot.column)
                if isinstance(cell, MergedCell):
                    continue
                cell.value = int(text) if text.isdecimal() else text
                typed.setdefault(spot.of, {})[field] = (f"{sheet.title}!{cell.coordinate}", text)
            if spot.gives == "cover" and spot.text == "completed_on":
                book[sheet.title].cell(spot.row + 1, spot.column).value = datetime.date(2024, 1, 8)
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return typed


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give every part of a workbook, unpacked, and its names as a part of their own."""
    with zipfile.ZipFile(path) as archive:
        yield "names", "\n".join(archive.namelist()).encode()
        for name in archive.namelist():
            yield name, archive.read(name)


def parts_with(path: Path, text: str) -> list[str]:
    """Give the parts in which a text stands, in any of the ways in which a file can write it."""
    forms = {text, escape(text), escape(text, {'"': "&quot;", "'": "&apos;"}), text.replace(" ", "_x0020_")}
    wanted = {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le", "utf-16-be")}
    return [name for name, content in parts(path) if any(form.lower() in content.lower() for form in wanted)]
