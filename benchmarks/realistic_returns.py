"""Makes a locality folder with N realistic returns, the same ones each time.

Each return has the cover, theme sheets and guidance of an issued one, 102 lines with borders, and text of 50 to 400
characters in three columns. Of ten returns six are as issued; three were made into a plain range, with the statements
and the titles merged and the ratings coloured; one was saved by LibreOffice, if that is installed. Some cells carry
notes, some dates are typed as people type them, some lines are left blank.
"""

from __future__ import annotations

import datetime
import io
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from icsassess.domain.framework import Line, Theme
from icsassess.domain.rag import vocabulary
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.locality import Locality, Partner, open_locality
from icsassess.locality.new_locality import new_locality, settings_text
from icsassess.returns.issuing import theme_sheet as blank_theme
from icsassess.returns.issuing.blank import Blank
from icsassess.returns.issuing.cover_sheet import write_cover
from icsassess.returns.issuing.guidance_sheet import write_guidance
from icsassess.returns.issuing.theme_sheet import HEADING_ROW, ROOM_BELOW, table_name

AS_AT = datetime.date(2024, 1, 10)
DEADLINE = datetime.date(2024, 1, 31)
ISSUED_ON = datetime.date(2023, 12, 1)
POOL = 4
"""So many returns are saved by LibreOffice, which takes seconds for each; the others of its kind are made from them."""
_STANDS_FOR_PARTNER = "P9{:03}"
_WORDS = re.findall(
    r"\w+",
    "quarterly audit of care plans shows that the team reviews incidents with partners and shares what was learned at "
    "the locality board in minutes of the quality group survey results from residents and carers pathway guidance "
    "training records supervision dashboards safeguarding waiting times discharge equality impact assessment feedback "
    "from people who use services peer review action log risk register annual report neighbourhood practice nurse",
)
_OWNERS = ("Practice manager", "Lead nurse", "Clinical director", "Head of quality", "Deputy practice manager")
_RATINGS = ("Green",) * 45 + ("Amber",) * 33 + ("Red",) * 9 + ("Not applicable",) * 4 + ("Not assessed",) * 4
_ODD_RATINGS = ("green ", "AMBER", "Amber - see gap", "G")
_ODD_DATES = ("Nov 2023", "12/10/23", "3rd September 2023", "Q2 2023/24", "ongoing")
_STATUSES = ("Not started", "In progress", "In progress", "Delivered")


def make_locality(folder: Path, number: int, workers: int = 2) -> Locality:
    """Make the locality and its returns; ``folder`` must not exist. Gives the locality opened."""
    new_locality(folder, name="Benchmark", deadline=DEADLINE)
    settings = open_locality(folder).settings
    partners = tuple(Partner(code=f"P{n:04}", name=f"GP practice P{n:04}") for n in range(1, number + 1))
    text = settings_text(settings.model_copy(update={"partners": partners}))
    (folder / "locality.toml").write_text(text, encoding="utf-8", newline="\n")
    locality = open_locality(folder)
    pool = _saved_by_libreoffice(locality, folder)
    write = partial(_write_return, locality, pool)
    with ProcessPoolExecutor(workers) as processes:
        list(processes.map(write, range(1, number + 1), chunksize=4))
    return locality


def _write_return(locality: Locality, pool: list[tuple[str, bytes]], number: int) -> None:
    partner = locality.partners[number - 1]
    data = None
    if number % 10 == 7 and pool:
        data = _for_another(*pool[number // 10 % len(pool)], partner.code)
    if data is None:
        data = return_of(locality, partner, seed=number, as_range=number % 10 in (2, 5, 8))
    (locality.folder / "returns" / f"{locality.name} - {partner.code}.xlsx").write_bytes(data)


def return_of(locality: Locality, partner: Partner, *, seed: int, as_range: bool) -> bytes:
    """Make the return of a partner, filled in; ``as_range`` without Excel tables, with merged and coloured cells."""
    chance = random.Random(seed)
    blank = Blank(locality, partner, ISSUED_ON)
    book = WorkbookWriter(
        blank.title, locality.framework.title, blank.title, locality.settings.marking, ISSUED_ON, blank.properties
    )
    write_cover(book, blank)
    _fill_in_cover(book._sheets[0], blank, chance)
    for theme in blank.themes:
        _write_theme(book, blank, theme, chance, as_range=as_range)
    write_guidance(book, blank)
    return book.to_bytes()


def _fill_in_cover(sheet: SheetWriter, blank: Blank, chance: random.Random) -> None:
    answers: dict[str, Value] = {
        "organisation": f"{blank.partner.name} and partners",
        "completed_by": chance.choice(_OWNERS),
        "completed_on": datetime.date(2024, 1, chance.randint(2, 10)),
        "contact": "Team mailbox",
    }
    for row, box in enumerate(blank.template.cover, 6):
        if box.field in answers:
            look = looks.INPUT.with_(number_format=looks.DATE_FORMAT) if box.kind == "date" else looks.INPUT
            sheet.put(row, 2, answers[box.field], look)


def _write_theme(book: WorkbookWriter, blank: Blank, theme: Theme, chance: random.Random, *, as_range: bool) -> None:
    sheet = book.sheet(blank.sheets[theme.title])
    lines = blank.lines_of(theme)
    date = looks.CELL.with_(number_format=looks.DATE_FORMAT)
    columns = [
        Column(column.title, column.width, date if column.kind == "date" else looks.CELL)
        for column in blank.template.columns
    ]
    rows = [_row(line, chance) for line in lines]
    blank_theme._write_top(sheet, blank, theme, len(lines))
    if as_range:
        _write_range(book, sheet, columns, rows)
    else:
        last = sheet.table(table_name(sheet.title), HEADING_ROW, columns, rows)
        sheet.validation.offer(HEADING_ROW + 1, last + ROOM_BELOW, columns)
    for row in range(HEADING_ROW + 1, HEADING_ROW + 1 + len(rows)):
        sheet.minimum_height(row, 46)
        if chance.random() < 0.04:
            sheet.note(row, 4, _text(chance, 30, 90))
    sheet.freeze(HEADING_ROW + 1, 4)


def _write_range(book: WorkbookWriter, sheet: SheetWriter, columns: list[Column], rows: list[list[Value]]) -> None:
    """Write the rows without a table: titles merged across, statements merged down, ratings coloured."""
    fills = {rating.name: rating.fill for rating in vocabulary().ratings}
    sheet.widths([column.width for column in columns])
    for place, column in enumerate(columns, 1):
        sheet.put(HEADING_ROW, place, column.title, looks.HEADING)
    begins = HEADING_ROW + 1
    for number, row in enumerate(rows, HEADING_ROW + 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            fill = fills.get(str(value)) if column.title == "RAG" else None
            sheet.put(number, place, value, column.style.with_(fill=fill) if fill else column.style)
        following = rows[number - HEADING_ROW] if number - HEADING_ROW < len(rows) else None
        if following is None or following[1] != row[1]:
            if number > begins:
                form = book.formats.of(looks.CELL_BOLD.with_(middle=True))
                sheet.worksheet.merge_range(begins - 1, 1, number - 1, 1, row[1], form)
            begins = number + 1
    for title in (1, 2):
        sheet.worksheet.merge_range(title - 1, 3, title - 1, 12, "", book.formats.of(looks.CELL))


def _row(line: Line, chance: random.Random) -> list[Value]:
    labels: list[Value] = [line.ref, line.statement.title, line.category.title]
    if chance.random() < 0.05:
        return [*labels, *[None] * 10]
    rating = chance.choice(_RATINGS) if chance.random() < 0.97 else chance.choice(_ODD_RATINGS)
    evidence, reason, gap = (_text(chance, 50, 400) for _ in range(3))
    wanting = rating.strip().lower()[:1] in "ar"
    return [
        *labels,
        evidence if chance.random() < 0.93 else None,
        chance.choice(("Shared drive", "Clinical system", "Board papers", "Team site")),
        _day(chance, 2022, 2024),
        rating,
        reason,
        gap if wanting or chance.random() < 0.3 else None,
        _text(chance, 30, 80) if wanting else None,
        chance.choice(_OWNERS) if wanting and chance.random() < 0.95 else None,
        _day(chance, 2023, 2025) if wanting else None,
        chance.choice(_STATUSES) if wanting else None,
    ]


def _day(chance: random.Random, first: int, last: int) -> Value:
    if chance.random() < 0.03:
        return chance.choice(_ODD_DATES)
    latest = datetime.date(last, 1, 9) if last == 2024 else datetime.date(last, 12, 1)
    return latest - datetime.timedelta(days=chance.randint(0, (latest - datetime.date(first, 1, 1)).days))


def _text(chance: random.Random, shortest: int, longest: int) -> str:
    """Give a text of ordinary words, between these lengths in characters."""
    length, words, size = chance.randint(shortest, longest), [], -1
    while size < length:
        words.append(chance.choice(_WORDS))
        size += len(words[-1]) + 1
    return " ".join(words)[:length].strip().capitalize().ljust(shortest, ".")


def _saved_by_libreoffice(locality: Locality, folder: Path) -> list[tuple[str, bytes]]:
    """Give a few returns as LibreOffice saves them, each with the code in it that stands for a partner's."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for number in range(POOL):
            code = _STANDS_FOR_PARTNER.format(number)
            path = Path(scratch) / f"{code}.xlsx"
            partner = Partner(code=code, name=f"GP practice {code}")
            path.write_bytes(return_of(locality, partner, seed=9000 + number, as_range=number % 2 == 0))
            paths.append(path)
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        out = Path(scratch) / "out"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return [(path.stem, (out / path.name).read_bytes()) for path in paths if (out / path.name).exists()]


def _for_another(code: str, data: bytes, partner: str) -> bytes:
    """Give a return with another partner's code, of the same length, in the place of the one it was made with."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            archive.writestr(entry, source.read(entry).replace(code.encode(), partner.encode()))
    return target.getvalue()
