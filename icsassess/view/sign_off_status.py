"""Whether a merge is signed, and if not, how much stands in the way: in words."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.assessment.sign_off.condition import Condition
from icsassess.support.text import count

NOT_SIGNED = "Not signed"
READY = "Ready to be signed: nothing stands in the way"


def sign_off_status(conditions: Sequence[Condition], signed_version: int | None = None) -> str:
    """Say whether the merge is signed, as which version, and if not, how much stands in the way.

    ``sign_off_status(conditions(merged))`` is ‘Not signed: 3 things stand in the way’.
    """
    if signed_version is not None:
        accepted = sum(condition.accepted is not None for condition in conditions)
        outcome = f"{count(accepted, 'condition')} accepted" if accepted else "nothing in the way"
        return f"Signed, version {signed_version}, with {outcome}"
    number = sum(condition.stands_in_the_way for condition in conditions)
    return f"{NOT_SIGNED}: {_things(number)} in the way" if number else READY


def _things(number: int) -> str:
    return "1 thing stands" if number == 1 else f"{number} things stand"
