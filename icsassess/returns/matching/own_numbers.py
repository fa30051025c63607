"""Numbers of the partner's own for lines, explained on a sheet of the return: 1.1 is Q1-PEX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from icsassess.domain.framework import Framework
from icsassess.excel.cells.model import Sheet, shown
from icsassess.returns.matching.line_titles import category_in_label, ref_as_typed, statement_in_label
from icsassess.support.text import fold

_LONGEST_NUMBER = 10
_LONGEST_TITLE = 160
_ENOUGH = 3


def own_numbers(sheets: Iterable[Sheet], framework: Framework) -> Mapping[str, str]:
    """Give the line of each number that rows of these sheets explain by titles; nothing where two rows disagree."""
    lines: dict[str, str] = {}
    for sheet in sheets:
        by_row: dict[int, list[str]] = {}
        for (row, _), cell in sorted(sheet.cells.items()):
            if cell.value is not None:
                by_row.setdefault(row, []).append(shown(cell).strip())
        for texts in by_row.values():
            number, ref = _explained(texts, framework)
            if number and ref and lines.setdefault(number, ref) != ref:
                return {}
    return lines if len(lines) >= _ENOUGH and len(set(lines.values())) == len(lines) else {}


def plain_number(text: str) -> str:
    """Give a number of a line in comparable form."""
    return fold(text).strip(" .:()[]#")


def _explained(texts: list[str], framework: Framework) -> tuple[str, str]:
    """Give the number in front of a row, and the line that its titles or its Ref name."""
    if len(texts) < 2 or not 0 < len(texts[0]) <= _LONGEST_NUMBER or ref_as_typed(framework, texts[0]):
        return "", ""
    others = [text for text in texts[1:5] if len(text) < _LONGEST_TITLE]
    if ref := next((ref for text in others if (ref := ref_as_typed(framework, text))), None):
        return plain_number(texts[0]), ref
    statement = next((match for text in others if (match := statement_in_label(framework, text))), None)
    category = next((match for text in others if (match := category_in_label(framework, text))), None)
    if statement is None or category is None:
        return "", ""
    ref = f"{statement.code}-{category.code}"
    return (plain_number(texts[0]), ref) if ref in framework.line_by_ref else ("", "")
