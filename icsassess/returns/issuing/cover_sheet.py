"""The cover of a blank return: who and when, what to do, and a checklist that keeps count."""

from icsassess.domain.rag import AMBER, GREEN, NOT_ASSESSED, vocabulary
from icsassess.excel.cells.addresses import address
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import Column, Formula, Link, SheetWriter, Value, cell_reference
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.returns.issuing.blank import Blank
from icsassess.returns.issuing.checklist_formulas import StatementCells, empty_boxes, lines_with, names_of_empty_boxes
from icsassess.returns.template.model import COVER_SHEET, GUIDANCE_SHEET, CoverField
from icsassess.returns.template.whole_statements import HEADINGS, PROMPT
from icsassess.returns.template.whole_statements import TITLE as WHOLE_STATEMENTS

COMPLETE = "Complete"
INCOMPLETE = "Incomplete"
ALL_THEMES = "All themes"
CHECKLIST = "Checklist"
CHECKLIST_TITLES = ("Theme", "State", "Lines asked for", "Rated", "Of these, Not assessed", "Still blank")
_WIDTHS = (27.0, 66.0, 12.0, 10.0, 14.0, 10.0)
_FIRST_BOX = 6
_BOX_HEIGHT = 19.0  # points
# The indent also keeps a date on the left, under the text above it.
_LABEL = looks.CELL_BOLD.with_(fill=looks.PALE_BLUE, middle=True)
_PREFILLED = looks.CELL.with_(indent=1, middle=True)
_TYPED = looks.INPUT.with_(indent=1, middle=True)
_DATE = {"number_format": looks.DATE_FORMAT}


def write_cover(book: WorkbookWriter, blank: Blank) -> None:
    """Write the cover. The values written with its formulas are those of a return that is still blank."""
    sheet = book.sheet(COVER_SHEET, tab=looks.NHS_BLUE)
    sheet.put(1, 1, f"{blank.locality.name}: self-assessment return", looks.TITLE)
    about = f"{blank.locality.framework.title}. One table follows, the checklist at the bottom."
    sheet.put(2, 1, about, looks.SUBTITLE)
    sheet.put(3, 1, blank.locality.settings.marking, looks.MARKING)
    sheet.put(_FIRST_BOX - 1, 1, "Who and when", looks.SECTION)
    boxes = _write_boxes(sheet, blank)
    row = _FIRST_BOX + len(blank.template.cover)
    row = _write_steps(sheet, blank, row + 3)
    settled = _write_whole_statements(sheet, blank, row + 1)
    row += len(_statements(blank)) + 4
    sheet.put(row + 1, 1, "Checklist", looks.SECTION)
    total_row = _write_checklist(sheet, blank, row + 2, settled)
    _write_what_is_missing(sheet, _FIRST_BOX + len(blank.template.cover), boxes, len(blank.lines), total_row)
    for labelled in range(_FIRST_BOX, row):
        sheet.minimum_height(labelled, _BOX_HEIGHT)
    sheet.page.set_up(pages_tall=1)


def _write_boxes(sheet: SheetWriter, blank: Blank) -> list[tuple[str, str]]:
    """Write the labels and boxes; give those to be filled in as (cell, name)."""
    to_fill = []
    for row, box in enumerate(blank.template.cover, _FIRST_BOX):
        sheet.put(row, 1, box.title, _LABEL)
        sheet.put(row, 2, blank.answers.get(box.field), _look(box))
        if box.prefilled:
            continue
        to_fill.append((f"${address(row, 2)[0]}${row}", box.title))
        if box.kind == "date":
            sheet.validation.dates(row, row, 2, box.title, box.prompt)
        elif box.prompt:
            sheet.validation.prompt(row, row, 2, box.title, box.prompt)
    return to_fill


def _look(box: CoverField) -> CellStyle:
    look = _PREFILLED if box.prefilled else _TYPED
    if box.kind == "date":
        look = look.with_(**_DATE)
    return look.with_(bold=True) if box.field in ("partner", "deadline") else look


def _write_steps(sheet: SheetWriter, blank: Blank, row: int) -> int:
    """Write what to do; give the row below."""
    sheet.put(row, 1, "What to do", looks.SECTION)
    for number, step in enumerate(blank.template.guidance.steps, 1):
        sheet.put(row + number, 1, f"Step {number}", _LABEL)
        sheet.put(row + number, 2, step.do, _PREFILLED)
    row += len(blank.template.guidance.steps) + 1
    help_ = Link(
        cell_reference(GUIDANCE_SHEET, 1, 1),
        "Guidance: what the words mean, an example, the quality statements in full",
    )
    sheet.put(row, 1, "More help", _LABEL)
    sheet.put(row, 2, help_, looks.LINK.with_(border=True, indent=1, middle=True))
    return row + 1


def _write_checklist(sheet: SheetWriter, blank: Blank, heading_row: int, settled: StatementCells) -> int:
    """Write the checklist; give the row of its total, which is its last."""
    number = looks.NUMBER
    kinds = [looks.CELL_BOLD, looks.CELL_BOLD.with_(indent=1), number, number, number, number]
    columns = [Column(title, width, look) for title, width, look in zip(CHECKLIST_TITLES, _WIDTHS, kinds, strict=True)]
    first = heading_row + 1
    rows = [_theme_row(blank, index, first + index, settled) for index in range(len(blank.themes))]
    total = first + len(rows)
    totals = {"C": len(blank.lines), "D": 0, "E": 0, "F": len(blank.lines)}
    sums: list[Value] = [_sum(letter, first, total - 1, value) for letter, value in totals.items()]
    rows.append([ALL_THEMES, _state(total, len(blank.lines)), *sums])
    link = looks.LINK.with_(border=True, bold=True)
    last = sheet.table(
        CHECKLIST,
        heading_row,
        columns,
        rows,
        {(index, 0): link for index in range(len(blank.themes))},
        filtered=False,  # a total among the rows, and formulas that point along them: nothing to sort
    )
    by_name = vocabulary().by_name
    sheet.colour_words(first, 2, last, 2, {COMPLETE: by_name[GREEN].fill, INCOMPLETE: by_name[AMBER].fill})
    sheet.height(heading_row, 32)
    return last


def _statements(blank: Blank) -> dict[str, str]:
    """Give the titles of the statements that the partner is asked for, by their code."""
    return {line.statement.code: line.statement.title for line in blank.lines}


def _write_whole_statements(sheet: SheetWriter, blank: Blank, row: int) -> StatementCells:
    """Write the boxes in which a partner says once which statements do not apply to it; gives where they are."""
    sheet.put(row, 1, WHOLE_STATEMENTS, looks.SECTION)
    for column, (title, look) in enumerate(zip(HEADINGS, (_LABEL, looks.INPUT_HEADING, _LABEL), strict=True), 1):
        sheet.put(row + 1, column, title, look)
    first = row + 2
    last = first + len(_statements(blank)) - 1
    for number, (code, title) in enumerate(_statements(blank).items(), first):
        sheet.put(number, 1, title, _LABEL)
        # No yellow: those boxes are to be filled in, these mostly stay empty.
        sheet.put(number, 2, None, _PREFILLED)
        sheet.put(number, 3, code, looks.CELL_CENTRED)
    sheet.validation.prompt(first, last, 2, HEADINGS[1], PROMPT)
    return StatementCells(f"$C${first}:$C${last}", f"$B${first}:$B${last}")


def _theme_row(blank: Blank, index: int, row: int, settled: StatementCells) -> list[Value]:
    theme = blank.themes[index]
    refs = {line.ref: line.statement.code for line in blank.lines_of(theme)}
    title, names = blank.sheets[theme.title], vocabulary().names
    ref, rag = blank.template.column_number("ref"), blank.template.column_number("rag")
    looked_at = [name for name in names if name != NOT_ASSESSED]
    return [
        Link(cell_reference(title, 1, 1), theme.title),
        _state(row, len(refs)),
        len(refs),
        Formula("=" + lines_with(title, ref, rag, refs, names, settled), 0),
        # A line with a rating in one row and Not assessed in another has been looked at.
        Formula(f"=D{row}-" + lines_with(title, ref, rag, refs, looked_at, settled), 0),
        Formula(f"=C{row}-D{row}", len(refs)),
    ]


def _state(row: int, blank_lines: int) -> Formula:
    return Formula(f'=IF(F{row}=0,"{COMPLETE}","{INCOMPLETE}")', INCOMPLETE if blank_lines else COMPLETE)


def _sum(letter: str, first: int, last: int, value: int) -> Value:
    return Formula(f"=SUM({letter}{first}:{letter}{last})", value) if last >= first else value


def _write_what_is_missing(
    sheet: SheetWriter, row: int, boxes: list[tuple[str, str]], lines: int, total_row: int
) -> None:
    """Write which boxes are still empty, and whether the return can be sent."""
    cells = [cell for cell, _ in boxes]
    names = names_of_empty_boxes(boxes, "None")
    sheet.put(row, 1, "Yellow boxes still empty", _LABEL)
    sheet.put(row, 2, Formula("=" + names, ", ".join(name for _, name in boxes) or "None"), _PREFILLED)
    not_ready = f'"No: lines still blank: "&$F${total_row}&", yellow boxes still empty: "&({empty_boxes(cells)})'
    ready = f'=IF(AND($F${total_row}=0,({empty_boxes(cells)})=0),"Yes",{not_ready})'
    initial = f"No: lines still blank: {lines}, yellow boxes still empty: {len(boxes)}"
    sheet.put(row + 1, 1, "Ready to send?", _LABEL)
    sheet.put(row + 1, 2, Formula(ready, initial), _PREFILLED.with_(bold=True))
