"""The one ‘did you mean’: which of several permitted words a mistyped one comes nearest to."""

from collections.abc import Iterable

from icsassess.support.text import fold

NEAR = 60
"""How alike two words have to be for a suggestion, in per cent: letters in common and in order, of all of both."""


def closest(text: str, choices: Iterable[str], *, cutoff: float = NEAR) -> str | None:
    """Give the choice nearest to a text, None where none is at least ``cutoff`` per cent alike.

    Capitals and kinds of spaces, dashes and quotation marks do not matter; of equally near ones the first is given:
    ``closest("ambr", ["Red", "Amber", "Green"])`` is ``"Amber"``.
    """
    # Only a mistake needs it: those who make none do not wait for it.
    from rapidfuzz import fuzz, process

    permitted = list(choices)
    folded = [fold(choice) for choice in permitted]
    best = process.extractOne(fold(text), folded, scorer=fuzz.ratio, score_cutoff=cutoff)
    return permitted[best[2]] if best else None
