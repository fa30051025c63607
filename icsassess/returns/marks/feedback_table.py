"""The feedback sheet as it comes back: which sheet it is, its points, and what the partner answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from icsassess.domain import personal_data
from icsassess.excel.cells.model import Sheet, Workbook, as_text
from icsassess.support.text import clean, clip, words

SHEET = "Feedback"
SHEET_BEGINS = "Feedback on the return of "
KIND, WHERE, LINE, FINDING, TO_DO, ANSWER, SINCE, CONTENT, CODE = (
    "Kind of point", "Where", "Line", "What we found", "What to do", "Your answer", "Since the last feedback",
    "What stood there", "Code",
)  # fmt: skip
TITLES = (KIND, WHERE, LINE, FINDING, TO_DO, ANSWER, SINCE, CONTENT, CODE)
"""The titles of the table of points, in their order."""
NO_ANSWER = "Please correct the cell: this cannot be answered."
"""What stands in the place of the answer to a point that has to be put right."""
_NEEDED = (WHERE, FINDING, CODE)
_TOP = 3
_MOST_ROWS = 2_000
_LONGEST_CONTENT = 120


class Answer(NamedTuple):
    """What a partner says of a point: of which kind, line and place, what the cell held then, and the answer's words.

    ``cell`` is where the answer stands, for points about the answer itself.
    """

    code: str
    ref: str
    where: str
    content: str
    text: str
    sheet: str
    cell: str


class FeedbackTable(NamedTuple):
    """Where the table of points stands on a feedback sheet: the row of its titles, and the column of each."""

    sheet: Sheet
    heading: int
    columns: dict[str, int]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Give the rows of the points as texts by title, with their number."""
        last = max((row for row, _ in self.sheet.cells), default=0)
        for row in range(self.heading + 1, last + 1):
            texts = {title: self.sheet.text(row, column) for title, column in self.columns.items()}
            if texts[CODE]:
                yield row, texts


def feedback_table(sheet: Sheet) -> FeedbackTable | None:
    """Give the table of points of a feedback sheet; None for any other sheet, and where the table is gone."""
    if not is_feedback(sheet):
        return None
    by_row: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        if row <= _MOST_ROWS and cell.value in TITLES:
            by_row.setdefault(row, {}).setdefault(str(cell.value), column)
    rows = [row for row, columns in sorted(by_row.items()) if all(title in columns for title in _NEEDED)]
    return FeedbackTable(sheet, rows[0], by_row[rows[0]]) if rows else None


def is_feedback(sheet: Sheet) -> bool:
    """Tell whether a sheet is the feedback that we put in front of a return, whatever became of it since."""
    top = (sheet.text(row, column) for row in range(1, 1 + _TOP) for column in range(1, 1 + _TOP))
    return any(text.startswith(SHEET_BEGINS) for text in top)


def answers_in(workbook: Workbook) -> tuple[Answer, ...]:
    """Give the answers on the feedback sheets of a workbook that came back, masked.

    What stands to the right of a row's table, or as a note in the row, is part of its answer.
    """
    answers: list[Answer] = []
    for sheet in workbook.sheets:
        table = feedback_table(sheet)
        if table is not None:
            answers.extend(_answers(table))
    return tuple(answers)


def _answers(table: FeedbackTable) -> Iterator[Answer]:
    if ANSWER not in table.columns:  # feedback of an earlier version of the program had none
        return
    titled = {column: title for title, column in table.columns.items()}
    for row, texts in table.rows():
        parts: dict[str, None] = {}
        places = []
        for (at, column), cell in sorted(table.sheet.cells.items()):
            if at != row:
                continue
            typed = as_text(cell) if titled.get(column, ANSWER) == ANSWER and cell.value is not None else ""
            for text in (typed, cell.note or ""):
                text = clean(text).strip()
                if text and words(text) != words(NO_ANSWER):
                    parts[personal_data.mask(text)] = None
                    places.append(cell.address)
        if parts:
            yield Answer(
                code=texts[CODE].strip(),
                ref=texts.get(LINE, "").strip(),
                where=texts[WHERE].strip(),
                content=texts.get(CONTENT, "").strip(),
                text="\n".join(parts),
                sheet=table.sheet.title,
                cell=places[0],
            )


def shown_content(text: str) -> str:
    """Give what a cell holds as the table shows it: on one line, a long text by its beginning, end and length."""
    line = " ".join(personal_data.mask(clean(text)).split())
    if len(line) <= _LONGEST_CONTENT:
        return line
    return f"{clip(line, _LONGEST_CONTENT - 40)} ({len(line):,} characters, ending ‘{line[-20:].strip()}’)"
