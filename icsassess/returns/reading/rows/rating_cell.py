"""What a rating's cell says by its looks, where its text alone is no rating: a colour, a dot, one word made strong."""

from __future__ import annotations

from dataclasses import replace

from icsassess.domain.problems import make_problem
from icsassess.domain.rag import How, Vocabulary, vocabulary
from icsassess.excel.cells.model import Cell, Kind, Run, Sheet
from icsassess.returns.reading.rows.entry import TypedRow
from icsassess.support.text import clip

_LONGEST_SIGN = 3
# Letters that are filled circles, squares and the like in Wingdings and Webdings.
_SIGNS_OF_FONTS = frozenset("lnmtu=gh<")


def with_looks(row: TypedRow, sheet: Sheet, column: int, decoration: frozenset[str], ratings: Vocabulary) -> TypedRow:
    """Give a row with the rating that its cell's looks say, where its text says none.

    ``decoration`` are fills that say nothing, ``ratings`` the words for ratings.
    """
    text = row.values["rag"]
    cell = sheet.cells.get((row.place.row, column))
    how = ratings.read(text).how
    if text and cell is not None and cell.struck and cell.runs is None and how is not How.NOT_UNDERSTOOD:
        return replace(row, rag_doubt="it is struck through")
    if how is How.EXACT or "rag" in row.place.merged_from:
        return row
    if how is How.NOT_UNDERSTOOD and cell is not None and cell.runs and (word := _strong_word(cell.runs)):
        where = {"sheet": sheet.title, "cell": cell.address}
        problem = make_problem("rating-made-strong", found=text, rating=word, **where)
        return replace(row, values={**row.values, "rag": word}, problems=[*row.problems, problem])
    if how not in (How.NOT_UNDERSTOOD, How.BLANK):
        return row
    if not text and (cell is None or not cell.fill) and not row.is_filled_in:
        return row  # a line that nobody has answered
    colour = _colour(row, sheet, column, cell, decoration)
    if not vocabulary().from_colour(colour) or _names_a_rating(text):
        return row
    own = [f"RAG: {text}", *row.own] if text else row.own
    return replace(row, values={**row.values, "rag": ""}, fill=colour or "", own=own)


def _colour(row: TypedRow, sheet: Sheet, column: int, cell: Cell | None, decoration: frozenset[str]) -> str | None:
    """Give the colour that is seen: a condition's, a sign's own, the cell's."""
    if by_condition := sheet.fill_by_condition(row.place.row, column):
        return by_condition
    if cell is None:
        return None
    if cell.look is not None and cell.look.colour and _is_sign(cell):
        return cell.look.colour
    return None if cell.fill in decoration else cell.fill


def _is_sign(cell: Cell) -> bool:
    text = str(cell.value or "").strip()
    if not text or len(text) > _LONGEST_SIGN or cell.look is None or cell.kind is not Kind.TEXT:
        return False
    if cell.look.font:
        return set(text) <= _SIGNS_OF_FONTS or not any(map(str.isalnum, text))
    return not any(character.isalnum() or character in "?-–/+.,:;!" for character in text)


def _strong_word(runs: tuple[Run, ...]) -> str:
    """Give the one rating among several whose letters are bold, underlined, coloured or larger than the others'."""
    words = [(rating, run) for run in runs if (rating := _rating(run.text)) and not run.struck]
    if len({rating for rating, _ in words}) < 2:
        return ""
    strong = [rating for rating, run in words if run.strong]
    if len(strong) != 1:
        largest = max(run.size for _, run in words)
        strong = [rating for rating, run in words if run.size == largest]
    return strong[0] if len(strong) == 1 else ""


def _rating(text: str) -> str:
    reading = vocabulary().read(clip(text).strip(" /|,;-"))
    return reading.rating or "" if reading.how is How.EXACT else ""


def _names_a_rating(text: str) -> bool:
    """Tell whether a text that is no rating names one: ‘Amber moving to Green’. A colour does not settle that."""
    return any(vocabulary().read(word).rating for word in text.replace("/", " ").split() if len(word) > 2)
