"""What was accepted at signing, as the manifest and the sheet Sign-off tell it: the contract's ``accepted``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from icsassess.assessment.output.headlines import day_in_words
from icsassess.returns.matching.dates import read_date
from icsassess.support.text import count

ACCEPTED = "Accepted"
"""The state of an accepted condition on the sheet Sign-off."""
TITLES = (
    "What has to be right",
    "Count",
    "State",
    "First places (all of them above)",
    "Accepted because",
    "Followed up by",
    "Until",
    "Code",
)
"""The titles of the table on the sheet Sign-off of a signed copy."""
_KEYS = ("code", "title", "count", "reason", "followed_up_by", "until")


def accepted_conditions(conditions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give what was accepted of a manifest's conditions: code, title, count, reason, who follows it up, until when."""
    return [
        {key: one.get("accepted" if key == "reason" else key) for key in _KEYS}
        for one in conditions
        if one.get("accepted")
    ]


def accepted_on_sheet(texts: Mapping[tuple[int, int], str]) -> list[dict[str, Any]]:
    """Give the same from the texts of the sheet Sign-off, by row and column, where there is no manifest."""
    rows = []
    state, code = TITLES.index("State") + 1, len(TITLES)
    for (row, column), text in sorted(texts.items()):
        if column == state and text == ACCEPTED and texts.get((row, code)):
            title, number, _, _, reason, who, until, name = (texts.get((row, n), "") for n in range(1, code + 1))
            day = read_date(until).usable
            number_of = int(number) if number.isdecimal() else None
            until_day = day.isoformat() if day else None
            rows.append(dict(zip(_KEYS, (name, title, number_of, reason, who or None, until_day), strict=True)))
    return rows


def accepted_in_words(accepted: Sequence[Mapping[str, Any]]) -> str:
    """Give ‘, with 11 conditions accepted’, to go behind who signed; ``""`` where nothing was accepted."""
    return f", with {count(len(accepted), 'condition')} accepted" if accepted else ""


def accepted_titles(accepted: Iterable[Mapping[str, Any]]) -> str:
    """Give what was accepted, and how many of each: ‘Lines without a rating (6); Gaps without an action (19)’."""
    return "; ".join(_title(one) for one in accepted)


def accepted_sentences(accepted: Iterable[Mapping[str, Any]]) -> list[str]:
    """Give a sentence for each: what, how many, why, and who follows it up until when."""
    return [_sentence(one) for one in accepted]


def _title(one: Mapping[str, Any]) -> str:
    return f"{one.get('title') or one['code']} ({one['count']})"


def _sentence(one: Mapping[str, Any]) -> str:
    text = f"{_title(one)}: {str(one['reason']).rstrip('.')}."
    until = read_date(str(one.get("until") or "")).usable
    if one.get("followed_up_by") and until:
        text += f" To be followed up by {one['followed_up_by']} until {day_in_words(until)}."
    return text
