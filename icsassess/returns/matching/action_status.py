"""How far an action is, in one of the spellings that the template knows."""

from collections.abc import Mapping

from icsassess.returns.matching.evidence_words import says_nothing
from icsassess.support.text import is_blank, words


def status_of(typed: str, statuses: Mapping[str, tuple[str, ...]]) -> str | None:
    """Give the permitted word for a status as typed, ``""`` for none, None where it is not understood."""
    plain = words(typed)
    if not plain:
        return "" if says_nothing("action_status", typed) or is_blank(typed) else None
    if "?" in typed:
        return None
    for status, spellings in statuses.items():
        if plain in {words(status), *(words(spelling) for spelling in spellings)}:
            return status
    return None
