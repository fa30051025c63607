"""What stands on sheets outside the tables' cells: notes, headers and footers, drawn texts, words added to Guidance."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Kind, Sheet, shown
from icsassess.returns.reading.observations import EXPLAINING
from icsassess.returns.reading.rows.template_texts import TemplateTexts
from icsassess.returns.reading.sheets.drawn_over import points_on_drawn
from icsassess.support.text import clean, is_blank, words

_FEWEST_WORDS = 3


def outside_the_tables(sheet: Sheet, *, has_table: bool, texts: TemplateTexts) -> Iterator[Problem]:
    """Give the points of what a sheet says elsewhere than in its tables."""
    for text in sheet.margins:
        if not texts.is_margin(text, sheet.title):
            yield make_problem("text-in-margin", sheet=sheet.title, found=personal_data.mask(clean(text)))
    if has_table:
        return
    yield from points_on_drawn(sheet.title, sheet.drawn)
    for _, cell in sorted(sheet.cells.items()):
        note = clean(cell.note or "").strip()
        if note and not is_blank(note) and not texts.has(note):
            shown_note = personal_data.mask(note)
            yield make_problem("note-outside-tables", sheet=sheet.title, cell=cell.address, found=shown_note)
    if sheet.title.casefold() in EXPLAINING:
        yield from _added(sheet, texts)


def _added(sheet: Sheet, texts: TemplateTexts) -> Iterator[Problem]:
    """Point at what was typed into a sheet that explains."""
    for _, cell in sorted(sheet.cells.items()):
        if cell.kind is not Kind.TEXT or cell.formula is not None:
            continue
        text = clean(shown(cell)).strip()
        if texts.is_guidance[text] or len(words(text).split()) < _FEWEST_WORDS:
            continue
        if not texts.has(text):
            found = personal_data.mask(text)
            yield make_problem("text-added-to-guidance", sheet=sheet.title, cell=cell.address, found=found)
