"""What a line is called where people read it: its statement and evidence category, the code in brackets at the end."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.view.assessment_view import ShownLine


def title_of(line: ShownLine) -> str:
    """Give a line's title in words: ‘Equity in access: outcomes’."""
    category = line.line.category.title
    if category[1:2].islower():
        category = category[:1].lower() + category[1:]
    return f"{line.line.statement.title}: {category}"


def with_code(line: ShownLine) -> str:
    """Give a line's title with its code: ‘Equity in access: outcomes (Q4-OUT)’."""
    return f"{title_of(line)} ({line.line.ref})"


def titles_of(lines: Sequence[ShownLine], most: int) -> str:
    """Give the titles of lines with their codes, of more than ``most`` the first ones and how many are left."""
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "; ".join([*map(with_code, lines[:most]), *more])
