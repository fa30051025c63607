"""What a point says to the partner: the words of ‘points.toml’ without the place, and what the partner itself can do.

The catalogue's “do” speaks to the quality lead (“Ask the partner to choose one”); its “partner”, where it is there, is
what to say instead. ``{done}`` in it is what “do” says was done (“The worse of the two, Red, was used.”).
"""

from __future__ import annotations

import re

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, kind_of

WHOLE_FILE = "The whole file"

# Where the catalogue begins to say what the lead should do.
_FROM_HERE = re.compile(r"(?:^|(?<=[.;] ))(?=If |Ask |The first )")
_TO_THE_LEAD = re.compile(r"\b[Aa]sk\b|[Tt]he partner|returns/|locality\.toml")
_IN_GENERAL = "Please put it right, or tell us what is meant."


def where(point: Problem) -> str:
    """Give the place of a point in words: ‘Integration, L7’; without a sheet it is about the whole file."""
    return personal_data.mask(", ".join(part for part in (point.sheet, point.cell) if part)) or WHOLE_FILE


def found(point: Problem) -> str:
    """Give what we found and what we expected, without the place."""
    place = ", ".join(part for part in (point.sheet, point.cell) if part)
    said = point.message.removeprefix(f"{place}: ") if place else point.message
    return personal_data.mask(said[:1].upper() + said[1:])


def to_do(point: Problem) -> str:
    """Give what the partner can do about a point."""
    words = kind_of(point.code).partner
    if words is None and not _TO_THE_LEAD.search(point.suggestion):
        return point.suggestion
    done = _FROM_HERE.split(point.suggestion)[0].strip()
    return (words or f"{'' if _TO_THE_LEAD.search(done) else done} {_IN_GENERAL}").replace("{done}", done).strip()
