"""The partner's own workbook, marked: notes and colour on cells that need something, NHS numbers masked, our sheet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Severity
from icsassess.excel.annotating.annotate import Annotations, CellPosition, annotate
from icsassess.excel.annotating.cell_marks import Mark
from icsassess.excel.annotating.losses import losses
from icsassess.excel.cells.addresses import address, parse_address, quoted
from icsassess.excel.cells.model import Cell, Sheet, Workbook, as_text
from icsassess.excel.parts.markup import CannotEdit
from icsassess.excel.parts.texts import texts_in_parts
from icsassess.excel.reading.formats.registry import format_named
from icsassess.excel.reading.read_workbook import Unreadable, read_workbook_bytes
from icsassess.excel.writing.sheet import cell_reference as link_to
from icsassess.returns.feedback.sheet import Feedback, answer_cells, feedback_workbook
from icsassess.returns.marks.feedback_table import SHEET, is_feedback
from icsassess.returns.marks.own_marks import note_with_feedback, partner_note, without_feedback

MOST_CELLS = 60_000
ANSWERS_NAME = "icsassess_answers"
"""The name that the marked copy gives to the cells of the answers: the colour on a cell goes when it is answered."""
_PRINT_TITLES = "_xlnm.Print_Titles"
# The list says that a note is there; one more below it would say so again.
_NOT_ON_CELLS = frozenset({"note-on-cell"})


def _why_none(workbook: Workbook) -> str:
    """Say why a file is not even tried to be written back; ``""`` if it can be."""
    if not format_named(workbook.kind).can_be_annotated:
        return f"a file of the kind .{workbook.kind} cannot be marked; please send an Excel workbook (.xlsx) next time"
    if workbook.has_macros:
        return "the file holds macros, which we do not pass on"
    if sum(len(sheet.cells) for sheet in workbook.sheets) > MOST_CELLS:
        return f"the file has more than {MOST_CELLS:,} cells"
    return ""


def marked_copy(feedback: Feedback, as_read: Workbook, data: bytes) -> bytes | str:
    """Give the partner's workbook with our marks, or why it cannot be had.

    The reason is in words that follow ‘without your workbook:’. ``as_read`` is what the file holds, our own earlier
    feedback included. Everything in the file that is not marked or masked stays as it is, byte for byte.
    """
    if why := _why_none(as_read):
        return why
    marking = _marking(feedback, as_read)
    try:
        marked = annotate(data, marking)
        if any(personal_data.count_nhs_numbers(text) for text in texts_in_parts(marked)):
            return "what looks like an NHS number stands where we cannot mask it"
    except CannotEdit as error:
        return str(error)
    if _loses(as_read, marked, marking):
        return "something that you typed would have been lost in a copy"
    return marked


def _loses(original: Workbook, copy: bytes, marking: Annotations) -> bool:
    try:
        return next(losses(original, read_workbook_bytes(copy), marking), None) is not None
    except Unreadable:
        return True


def _marking(feedback: Feedback, as_read: Workbook) -> Annotations:
    """Give the marks, with the sheet in front and where its links lead."""
    own_sheets = tuple(sheet.title for sheet in as_read.sheets if is_feedback(sheet))
    partner_workbook = without_feedback(as_read)
    sheets = {sheet.title: sheet for sheet in partner_workbook.sheets}
    title = _free_title([*sheets, *as_read.other_sheets])
    first, last, column = answer_cells(feedback)
    links: dict[int, str] = {}
    points: dict[CellPosition, list[tuple[int, Problem]]] = defaultdict(list)
    for number, point in enumerate([*feedback.read.problems, *feedback.read.answered]):
        sheet = sheets.get(point.sheet or "")
        if sheet is None:
            continue
        key = _cell_of(sheet, point.cell)
        if not sheet.hidden:  # Excel does not follow a link to a hidden sheet
            links[number] = link_to(sheet.title, *(key or (1, 1)))
        if key and point.code not in _NOT_ON_CELLS:
            points[sheet.title, *key].append((number, point))
    masked = _Masked(partner_workbook)
    answers, below = address(first, column), address(last, column)
    area = f"{quoted(title)}!${answers[0]}${first}:${below[0]}${last}"
    return Annotations(
        front=feedback_workbook(feedback, links),
        front_title=title,
        remove=own_sheets,
        names={_PRINT_TITLES: f"{quoted(title)}!${first - 1}:${first - 1}", ANSWERS_NAME: area},
        texts=masked.texts,
        notes=dict(_changed_notes(as_read, sheets, masked.notes, points)),
        unlinked=frozenset(masked.unlinked),
        marks=tuple(_marks(points, sheets, masked.texts)),
        mark_name=ANSWERS_NAME,
        mask=personal_data.mask,
        custom=feedback.properties,
    )


def _changed_notes(
    as_read: Workbook,
    sheets: Mapping[str, Sheet],
    masked: Mapping[CellPosition, str],
    points: Mapping[CellPosition, list[tuple[int, Problem]]],
) -> Iterator[tuple[CellPosition, str]]:
    """Give the notes that are not to stay as they are: those with points, and those of the last feedback."""
    notes: dict[CellPosition, str] = {}
    for sheet in as_read.sheets:
        if sheet.title in sheets:
            for key, cell in sheet.cells.items():
                if cell.note:
                    notes[sheet.title, *key] = cell.note
    for place in {**notes, **points}:
        open_points = [point for _, point in points.get(place, []) if not point.answer]
        before = notes.get(place, "")
        own = masked.get(place, partner_note(before) if before else "")
        after = note_with_feedback(own, open_points) if open_points else own
        if after != before:
            yield place, after


def _marks(
    points: Mapping[CellPosition, list[tuple[int, Problem]]],
    sheets: Mapping[str, Sheet],
    texts: Mapping[CellPosition, str],
) -> Iterator[Mark]:
    """Give the cells to be coloured: those with an open point that asks for something."""
    for place, of_cell in points.items():
        numbers = [n for n, point in of_cell if point.severity is not Severity.NOTE and not point.answer]
        if not numbers:
            continue
        cell = sheets[place[0]].cells.get(place[1:])
        value = texts.get(place, cell.value if cell else None)
        can_be_answered = all(point.severity is Severity.WARNING for n, point in of_cell if n in numbers)
        answered = ",".join(f'INDEX({ANSWERS_NAME},{number + 1})<>""' for number in numbers)
        unless = (answered if len(numbers) == 1 else f"AND({answered})") if can_be_answered else ""
        # A name that the rule knows it by stands in every mark, answered or not.
        unless = unless or f"ROWS({ANSWERS_NAME})=0"
        yield Mark(*place, value, coloured=bool(cell and cell.fill), unless=unless)


class _Masked:
    """A workbook's notes, masked; and of its cells those that need masking. The rest stays as it is in the file."""

    def __init__(self, workbook: Workbook) -> None:
        self.texts: dict[CellPosition, str] = {}
        self.notes: dict[CellPosition, str] = {}
        self.unlinked: set[CellPosition] = set()
        for sheet in workbook.sheets:
            for key, cell in sheet.cells.items():
                self._look_at((sheet.title, *key), cell)

    def _look_at(self, place: CellPosition, cell: Cell) -> None:
        if cell.note:
            self.notes[place] = personal_data.mask(cell.note)
        if cell.link and personal_data.count_nhs_numbers(cell.link):
            self.unlinked.add(place)
        for text in (as_text(cell), cell.formula or ""):
            if cell.value is not None and personal_data.count_nhs_numbers(text):
                self.texts[place] = personal_data.mask(as_text(cell))
                return


def _cell_of(sheet: Sheet, cell: str | None) -> tuple[int, int] | None:
    """Give the cell that a point's place means: ‘row 4’ is that row's first cell, a merged cell its area's first."""
    if cell is None:
        return None
    if cell.startswith("row ") and cell[4:].isdecimal():
        row = int(cell[4:])
        return row, min((column for at, column in sheet.cells if at == row), default=1)
    try:
        row, column = parse_address(cell)
    except ValueError:
        return None
    for top, leftmost, bottom, rightmost in sheet.merged:
        if top <= row <= bottom and leftmost <= column <= rightmost:
            return top, leftmost
    return row, column


def _free_title(taken: list[str]) -> str:
    """Give the title of our sheet: ‘Feedback’, or ‘Feedback (2)’ where the partner has a sheet of that name."""
    folded = {title.casefold() for title in taken}
    title, number = SHEET, 1
    while title.casefold() in folded:
        number += 1
        title = f"{SHEET} ({number})"
    return title
