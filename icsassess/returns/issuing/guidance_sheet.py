"""The guidance of a blank return: what the words mean, one worked example, and the quality statements in full."""

import datetime

from icsassess.domain.framework import VERIFIED_MEANS, Line, Theme
from icsassess.domain.rag import vocabulary
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.returns.issuing.blank import Blank
from icsassess.returns.template import guidance_texts
from icsassess.returns.template.model import GUIDANCE_SHEET
from icsassess.support.text import count

STATEMENTS_TABLE = "Statements"
_LABEL = looks.CELL_BOLD.with_(fill=looks.PALE_BLUE)
_TEXT = looks.CELL.with_(indent=1)
_COLUMNS = (
    Column("Quality statement", 30, looks.CELL_BOLD),
    Column("What it says", 88),
    Column("Code", 8, looks.CELL_CENTRED),
    Column("Theme", 20),
    Column("Wording", 22),
)

Rows = list[tuple[str, Value, looks.CellStyle]]


def write_guidance(book: WorkbookWriter, blank: Blank) -> None:
    """Write the guidance: rows of a label and its text, and at the bottom the statements as a table."""
    sheet = book.sheet(GUIDANCE_SHEET, tab=looks.NHS_BLUE)
    statements = _statements(blank)
    asked = count(len(statements), "quality statement")
    sheet.put(1, 1, guidance_texts.TITLE, looks.TITLE)
    sheet.put(2, 1, guidance_texts.SUBTITLE.format(statements=asked), looks.SUBTITLE)
    sheet.put(3, 1, blank.locality.settings.marking, looks.MARKING)
    row, breaks = 5, []
    for title, rows in _sections(blank).items():
        if title == guidance_texts.EXAMPLE:
            breaks.append(row)
        row = _write_section(sheet, row, title, rows)
    sheet.put(row, 1, guidance_texts.IN_FULL, looks.SECTION)
    sheet.table(STATEMENTS_TABLE, row + 1, _COLUMNS, statements)
    sheet.page.set_up(repeat=(row + 1, row + 1), breaks=[*breaks, row])


def _sections(blank: Blank) -> dict[str, Rows]:
    guidance = blank.template.guidance
    ratings: Rows = [("RAG", guidance_texts.RATES_THE_EVIDENCE, _LABEL)]
    ratings += [(r.name, r.definition, looks.CELL_BOLD.with_(fill=r.fill)) for r in vocabulary().ratings]
    return {
        guidance_texts.TO_DO: [
            (f"Step {number}", f"{step.do} {step.more}".strip(), _LABEL)
            for number, step in enumerate(guidance.steps, 1)
        ],
        guidance_texts.CATEGORIES: _categories(blank),
        guidance_texts.RATINGS: ratings,
        guidance_texts.STATUSES: [
            (name, guidance.statuses.get(name, ""), _LABEL) for name in blank.template.status_names
        ],
        guidance_texts.PERSONAL_DATA: [(guidance_texts.LEAVE_OUT, guidance_texts.NOBODY_IDENTIFIED, _LABEL)],
        guidance_texts.EXAMPLE: _example(blank),
    }


def _categories(blank: Blank) -> Rows:
    """Give what each evidence category of the blank's lines means, with an example of such evidence."""
    asked = {line.category.code: line.category for line in blank.lines}
    return [
        (category.title, " ".join(filter(None, (category.explained, category.example))), _LABEL)
        for category in asked.values()
    ]


def _write_section(sheet: SheetWriter, row: int, title: str, rows: Rows) -> int:
    """Write a heading and its rows; give the row at which the next section begins."""
    sheet.put(row, 1, title, looks.SECTION)
    for number, (label, text, look) in enumerate(rows, row + 1):
        sheet.put(number, 1, label, look)
        sheet.put(number, 2, text, _look(text))
    return row + len(rows) + 2


def _look(value: Value) -> looks.CellStyle:
    if isinstance(value, datetime.date):
        return _TEXT.with_(number_format=looks.DATE_FORMAT)
    rating = vocabulary().by_name.get(str(value))
    return _TEXT.with_(fill=rating.fill) if rating else _TEXT


def _example(blank: Blank) -> Rows:
    cells: dict[str, Value] = dict(blank.template.guidance.worked_example)
    of_category = (line for line in blank.lines if line.category.code == cells.get("category"))
    if line := next(of_category, next(iter(blank.lines), None)):
        cells |= {"ref": line.ref, "statement": line.statement.title, "category": line.category.title}
    rows: Rows = []
    deadline = blank.locality.settings.deadline
    quarter = _quarter_before(deadline + datetime.timedelta(days=int(str(cells.get("evidence_date", 0)))))
    for column in blank.template.every_column:
        value = cells.get(column.field)
        if column.kind == "date" and isinstance(value, str):
            value = deadline + datetime.timedelta(days=int(value))
        elif isinstance(value, str):
            value = value.format(**quarter)
        rows.append((column.title, value, _LABEL))
    return rows


def _quarter_before(day: datetime.date) -> dict[str, object]:
    """Give the quarter that ended before a day, and its financial year, which begins in April: 2 of 2023/24."""
    months = day.year * 12 + day.month - 1 - 3  # since the year 0, one quarter earlier
    financial = months - 3
    year = financial // 12
    return {"quarter": financial % 12 // 3 + 1, "year": f"{year}/{(year + 1) % 100:02d}"}


def _statements(blank: Blank) -> list[list[Value]]:
    asked: dict[str, tuple[Theme, Line]] = {line.statement.code: (line.theme, line) for line in blank.lines}
    return [
        [line.statement.title, line.statement.we_statement, code, theme.title, _wording(line.statement.verified)]
        for code, (theme, line) in asked.items()
    ]


def _wording(verified: str) -> str:
    meaning = VERIFIED_MEANS[verified]
    return meaning[:1].upper() + meaning[1:]
