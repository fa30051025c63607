"""Labels that name several lines at once: ‘Q1-PEX, Q1-STF’, ‘Q1-PEX to Q1-PTN’, ‘Q1-PEX/STF’, ‘All’."""

from __future__ import annotations

import re
from functools import lru_cache

from icsassess.domain.framework import Framework
from icsassess.returns.matching.line_titles import ref_as_typed
from icsassess.support.text import fold, words

_BETWEEN_REFS = re.compile(r"\s*(?:,|;|&|\+|\band\b|\n)\s*")
_RANGE = re.compile(r"(.+?)\s*(?:\bto\b|\bthrough\b|\buntil\b|\.\.+)\s*(.+)")
_ALL = frozenset(
    (
        *("all", "all categories", "all six", "all of them", "all evidence categories", "every category", "all lines"),
        "all six categories",
    )
)


@lru_cache(maxsize=4_096)
def refs_as_typed(framework: Framework, typed: str) -> tuple[str, ...]:
    """Give the lines that one label names where it names several: ‘Q1-PEX, Q1-STF’, ‘Q1-PEX to Q1-PTN’, ‘Q1-PEX/STF’.

    A statement's code alone with ‘all’ names all its lines. Nothing where a part of it is not understood.
    """
    text = fold(typed).strip(" .()[]")
    if match := _RANGE.fullmatch(text):
        first, last = (_ref_like(framework, part, "") for part in match.groups())
        last = last or (_ref_like(framework, match.group(2), first) if first else "")
        lines = list(framework.line_by_ref)
        if first and last and lines.index(first) < lines.index(last):
            return tuple(lines[lines.index(first) : lines.index(last) + 1])
        return ()
    parts = [part for part in _BETWEEN_REFS.split(text) if part]
    if len(parts) == 1:
        parts = [part.strip() for part in text.split("/")]
        if len(parts) > 1 and ref_as_typed(framework, text):
            return ()
    refs: list[str] = []
    for part in parts:
        for piece in [part] if ref_as_typed(framework, part) else part.split("/"):
            ref = _ref_like(framework, piece, refs[-1] if refs else "")
            if not ref:
                return ()
            refs.append(ref)
    return tuple(dict.fromkeys(refs)) if len(refs) > 1 else ()


def _ref_like(framework: Framework, typed: str, before: str) -> str:
    """Give the line that a Ref, or the second half of one behind ``before``, names; ‘’ for none."""
    if ref := ref_as_typed(framework, typed):
        return ref
    joined = f"{before.partition('-')[0]}-{typed.strip()}" if before else ""
    return (ref_as_typed(framework, joined) or "") if joined else ""


def means_all(typed: str) -> bool:
    """Tell whether a label means every evidence category of its statement: ‘All’."""
    return words(typed) in _ALL
