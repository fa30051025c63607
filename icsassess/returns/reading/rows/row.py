"""A row of a return's table as an entry: every field the text as typed, with the address of the cell it came from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter

from icsassess.domain import personal_data
from icsassess.domain.fields import DATE_TITLES, LABEL_FIELDS, TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.addresses import address, column_letter
from icsassess.excel.cells.excel_limits import LONGEST_TEXT, excel_length
from icsassess.excel.cells.model import Cell, Kind, Sheet, as_text, shown
from icsassess.returns.reading.columns.decoration import decorative_fills
from icsassess.returns.reading.rows.entry import EntryCells, TypedRow
from icsassess.returns.reading.rows.rating_cell import with_looks
from icsassess.returns.reading.rows.several_columns import settle
from icsassess.returns.reading.rows.template_texts import TemplateTexts, partner_part
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.support.text import clean, clip, is_blank

_SURELY_FITS = LONGEST_TEXT // 2  # characters, which Excel may count as two each
_SHORT = 64
_TEXT = Kind.TEXT


class Merges:
    """The cells that merged cells show, for the rows of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._areas = [area for area in sheet.merged if area[2] > area[0]]

    def over(self, row: int, field_of: Mapping[int, str]) -> Iterator[tuple[str, tuple[int, int]]]:
        """Give the fields of this row that an area from above is merged over, each with the area's first cell."""
        for top, leftmost, bottom, rightmost in self._areas:
            if top < row <= bottom:
                yield from (
                    (name, (top, leftmost)) for column, name in field_of.items() if leftmost <= column <= rightmost
                )


def typed_rows(
    table: LocatedTable, framework: Framework, template_texts: TemplateTexts | None = None
) -> Iterator[TypedRow]:
    """Give the rows of a table as typed, with the points that single cells raise.

    ``framework`` tells the template's notes on the labels from the partner's; with ``template_texts``, what the
    template wrote into columns that are none of its fields is left out.
    """
    merges = Merges(table.sheet)
    field_of = {column: name for name, column in table.columns.items()}
    first, last = table.bounds
    by_row: dict[int, list[Cell]] = {}
    for (row, column), cell in table.sheet.cells.items():
        if first <= column <= last:
            by_row.setdefault(row, []).append(cell)
    words = template_texts.vocabulary if template_texts is not None else vocabulary()
    decoration, rating = decorative_fills(table, words), table.columns.get("rag")
    for number in table.rows:
        cells = by_row.get(number, [])
        cells.sort(key=attrgetter("column"))
        typed = _typed_row(table, field_of, merges, number, cells, framework, template_texts)
        if typed.fill and typed.fill in decoration:
            typed = replace(typed, fill="")
        if rating and not table.marked:
            typed = with_looks(typed, table.sheet, rating, decoration, words)
        yield settle(typed, table, cells) if table.rivals or table.marked else typed


def _typed_row(
    table: LocatedTable,
    field_of: Mapping[int, str],
    merges: Merges,
    number: int,
    cells: list[Cell],
    framework: Framework,
    template_texts: TemplateTexts | None,
) -> TypedRow:
    sheet = table.sheet.title
    values = dict.fromkeys(TYPED_FIELDS, "")
    labels = dict.fromkeys(LABEL_FIELDS, "")
    problems: list[Problem] = []
    own: list[str] = []
    notes: list[str] = []
    merged_from: dict[str, str] = {}
    fill = ""
    for cell in cells:
        _, column, value, kind, colour, note, link, struck, _, look, _ = cell
        name = field_of.get(column)
        if name is None and (table.is_further or column in table.elsewhere or column in table.marked):
            continue
        is_plain = look is None or not (look.code or look.shown)
        if kind is _TEXT and isinstance(value, str) and not struck and is_plain and len(value) < _SURELY_FITS:
            text = _short_text(value) if len(value) <= _SHORT else _cleaned(value)[1]
        else:
            text = "" if kind is Kind.EMPTY else cell_text(sheet, cell, problems, is_date=name in DATE_TITLES)
        if name in values:
            values[name] = text
        elif name in labels:
            labels[name] = text
        elif text:
            heading = clip(personal_data.mask(table.others.get(column, "")), 60) or f"Column {column_letter(column)}"
            if template_texts is None or not template_texts.is_framework_text(heading, text):
                own.append(f"{heading}: {text}")
        if colour and name == "rag":
            fill = colour
        if (note or link) and not (table.is_further and name in labels):
            label_framework = framework if name in labels else None
            notes.extend(notes_and_links(sheet, cell, label_framework, problems))
    for name, anchor in merges.over(number, field_of):
        first_cell = table.sheet.cells.get(anchor)
        if first_cell is None or (first_cell.value is None and (labels.get(name) or values.get(name))):
            continue
        text = cell_text(sheet, first_cell, [])
        if covered := labels.get(name) or values.get(name):
            if covered == text:
                continue
            where = address(number, table.columns[name])
            problems.append(make_problem("text-under-merge", sheet=sheet, cell=where, found=covered))
            own.append(f"Below {address(*anchor)}: {covered}")
        merged_from[name] = address(*anchor)
        if name in labels:
            labels[name] = text
        else:
            values[name] = text
            fill = first_cell.fill or fill if name == "rag" else fill
    return TypedRow(EntryCells(number, table.columns, merged_from), labels, values, fill, own, notes, problems)


_NO_TEXT = frozenset({Kind.EMPTY, Kind.ERROR, Kind.NOT_CALCULATED})


def cell_text(sheet: str, cell: Cell, problems: list[Problem], *, is_date: bool = False) -> str:
    """Give a cell's text as it is shown, cleaned and masked, noting what makes it less than it seems."""
    if cell.kind in _NO_TEXT:
        if cell.kind is Kind.ERROR:
            problems.append(make_problem("cell-error", sheet=sheet, cell=cell.address, found=str(cell.value)))
        elif cell.kind is Kind.NOT_CALCULATED:
            problems.append(
                make_problem("formula-not-calculated", sheet=sheet, cell=cell.address, found=str(cell.value))
            )
        return ""
    unstruck = _unstruck(cell)
    text, masked = _cleaned(unstruck or (as_text(cell) if is_date else shown(cell) or as_text(cell)))
    if not text:
        return ""
    # Excel counts in units of which a character takes one or two.
    if len(text) * 2 > LONGEST_TEXT and excel_length(text) > LONGEST_TEXT:
        problems.append(make_problem("text-too-long", sheet=sheet, cell=cell.address, found=f"{len(text):,}"))
    if unstruck:
        struck = clean(" ".join(run.text.strip() for run in cell.runs or () if run.struck))
        problems.append(make_problem("text-partly-struck", sheet=sheet, cell=cell.address, found=struck))
    elif cell.struck:
        problems.append(make_problem("text-struck-through", sheet=sheet, cell=cell.address, found=text))
    return masked


_SEPARATORS = " \t\n/|,;-–>→"


def _unstruck(cell: Cell) -> str:
    """Give what is left of a text of which a part is struck through; ‘’ where all or nothing is."""
    if cell.runs is None or not cell.struck:
        return ""
    rest = "".join(run.text for run in cell.runs if not run.struck).strip(_SEPARATORS)
    return " ".join(rest.split(" ")) if rest != as_text(cell).strip(_SEPARATORS) else ""


def _cleaned(text: str) -> tuple[str, str]:
    """Give a text cleaned, ‘’ where nothing can be seen of it, and as it may be shown, with NHS numbers masked."""
    text = clean(text).strip()
    return ("", "") if is_blank(text) else (text, personal_data.mask(text))


@lru_cache(maxsize=8_192)  # ratings, dates and owners are typed again and again
def _short_text(text: str) -> str:
    """Give a short text as it may be shown."""
    return _cleaned(text)[1]


def notes_and_links(sheet: str, cell: Cell, framework: Framework | None, problems: list[Problem]) -> Iterator[str]:
    """Give the partner's note on a cell, and its link. On labels, ``framework`` says what the template noted."""
    note = clean(cell.note).strip() if cell.note else ""
    if note and framework is not None:
        note = partner_part(framework, note)
    if note and not is_blank(note):
        note = personal_data.mask(note)
        problems.append(make_problem("note-on-cell", sheet=sheet, cell=cell.address, found=note))
        yield f"{cell.address}: {note}"
    if cell.link:
        yield f"{cell.address}: {personal_data.mask(clean(cell.link))}"
