"""What a point says to the partner: the catalogue's words without the place, and what the partner itself can do."""

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, kind_of

WHOLE_FILE = "The whole file"


def where(point: Problem) -> str:
    """Give the place of a point in words: ‘Integration, L7’; without a sheet it is about the whole file."""
    return personal_data.mask(", ".join(part for part in (point.sheet, point.cell) if part)) or WHOLE_FILE


def finding(point: Problem) -> str:
    """Give what we found and what we expected, without the place."""
    place = ", ".join(part for part in (point.sheet, point.cell) if part)
    text = point.message.removeprefix(f"{place}: ") if place else point.message
    return personal_data.mask(text[:1].upper() + text[1:])


def to_do(point: Problem) -> str:
    """Give what the partner can do about a point: the catalogue's ``partner``, else what it says to the lead."""
    kind = kind_of(point.code)
    if kind.partner is None or (kind.otherwise and point.suggestion != kind.otherwise):
        return point.suggestion
    # No names stand in ``do`` where ``partner`` repeats what was done before it.
    return kind.partner.replace("{done}", point.suggestion.removesuffix(kind.do).strip())
