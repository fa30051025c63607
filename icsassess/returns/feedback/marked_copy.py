"""The partner's own workbook, marked: a note on each cell that needs something, NHS numbers masked, our sheet first."""

from collections import defaultdict
from dataclasses import replace

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem
from icsassess.excel.annotating.annotate import Annotations, CellPosition, annotate_in_worker
from icsassess.excel.annotating.archive import Stored
from icsassess.excel.annotating.losses import losses, pictures_lost, stored_result, texts_in_parts, typed_into_shapes
from icsassess.excel.cells.addresses import parse_address
from icsassess.excel.cells.model import Cell, Sheet, Workbook, as_text
from icsassess.excel.reading.formats.registry import format_named
from icsassess.excel.reading.read_workbook import Unreadable, read_workbook_bytes
from icsassess.excel.writing.sheet import cell_reference as link_to
from icsassess.returns.feedback.sheet import Feedback, feedback_workbook
from icsassess.returns.marks.own_marks import SHEET, heading_row, note_with_feedback, without_feedback

MOST_CELLS = 60_000
# The list says that a note is there; one more below it would say so again.
_NOT_ON_CELLS = frozenset({"note-on-cell"})


def _why_none(workbook: Workbook, data: bytes) -> str:
    """Say why a file is not even tried to be written back; ``""`` if it can be."""
    if not format_named(workbook.kind).can_be_annotated:
        return f"a file of the kind .{workbook.kind} cannot be written back with notes"
    if workbook.has_macros:
        return "the file holds macros, which we do not pass on"
    if sum(len(sheet.cells) for sheet in workbook.sheets) > MOST_CELLS:
        return f"the file has more than {MOST_CELLS:,} cells"
    if typed_into_shapes(data):
        return "text boxes and other drawings with text would have been lost in a copy"
    return ""


def marked_copy(feedback: Feedback, as_read: Workbook, data: bytes) -> bytes | str:
    """Give the partner's workbook with our marks, or why it cannot be had without losing something they typed.

    The reason is in words that follow ‘without your answers:’.
    ``as_read`` is what the file holds, our own earlier feedback included.
    """
    if why := _why_none(as_read, data):
        return why
    marking, links = _marking(feedback, as_read)
    marked = annotate_in_worker(data, replace(marking, front=feedback_workbook(feedback, links)))
    if marked is None:
        return "the program that writes such files gave up on it"
    missing = (*marked.lost_features, *pictures_lost(data, marked.data))
    if missing:
        with_losses = replace(feedback, lost_in_copy=missing)
        marked = annotate_in_worker(data, replace(marking, front=feedback_workbook(with_losses, links)))
    if marked is None or _loses(as_read, marked.data, marking):
        return "something that you typed would have been lost in a copy"
    if any(personal_data.count_nhs_numbers(text) for text in texts_in_parts(marked.data)):
        return "what looks like an NHS number stands where we cannot mask it"
    return marked.data


def _loses(original: Workbook, copy: bytes, marking: Annotations) -> bool:
    try:
        return next(losses(original, read_workbook_bytes(copy), marking), None) is not None
    except Unreadable:
        return True


def _marking(feedback: Feedback, as_read: Workbook) -> tuple[Annotations, dict[int, str]]:
    """Give the marks, all but the sheet in front, and where the links of that sheet lead, by the number of a point."""
    own_sheets = tuple(sheet.title for sheet in as_read.sheets if heading_row(sheet) is not None)
    partner_workbook = without_feedback(as_read)
    sheets = {sheet.title: sheet for sheet in partner_workbook.sheets}
    links: dict[int, str] = {}
    points: dict[CellPosition, list[Problem]] = defaultdict(list)
    for number, point in enumerate(feedback.read.problems):
        sheet = sheets.get(point.sheet or "")
        if sheet is None:
            continue
        key = _cell_of(sheet, point.cell)
        if not sheet.hidden:  # Excel does not follow a link to a hidden sheet
            links[number] = link_to(sheet.title, *(key or (1, 1)))
        if key and point.code not in _NOT_ON_CELLS:
            points[(sheet.title, *key)].append(point)
    masked = _Masked(partner_workbook)
    earlier = {(sheet.title, *key): "" for sheet in as_read.sheets for key, cell in sheet.cells.items() if cell.note}
    notes = {place: masked.notes.get(place, "") for place in earlier if place[0] not in own_sheets}
    notes |= {place: note_with_feedback(notes.get(place, ""), on_cell) for place, on_cell in points.items()}
    properties = {name: personal_data.mask(text) for name, text in as_read.properties.items()}
    custom = {name: personal_data.mask(text) for name, text in as_read.custom_properties.items()}
    changed = {name: text for name, text in properties.items() if text != as_read.properties[name]}
    return (
        Annotations(
            front=b"",
            front_title=_free_title([*sheets, *as_read.other_sheets]),
            remove=own_sheets,
            texts=masked.texts,
            notes=notes,
            unlinked=frozenset(masked.unlinked),
            results=masked.results,
            properties=changed,
            custom={**{name: text for name, text in custom.items() if text != as_read.custom_properties[name]},
                    **feedback.properties},
            modified=as_read.properties.get("modified", feedback.created.isoformat() + "T00:00:00Z"),
        ),
        links,
    )  # fmt: skip


class _Masked:
    """A workbook's notes, masked; and of its cells those that need masking. The rest stays as it is in the file."""

    def __init__(self, workbook: Workbook) -> None:
        self.texts: dict[CellPosition, str] = {}
        self.notes: dict[CellPosition, str] = {}
        self.results: dict[CellPosition, Stored] = {}
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
        stored = stored_result(cell)
        if stored is not None:
            self.results[place] = stored


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
