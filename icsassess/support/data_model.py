"""What all data files have in common once they are read: no unknown keys, nothing changed afterwards, no repeats."""

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class DataModel(BaseModel):
    """A table of a data file. A key that the model does not have is a mistake, and instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refuse_repeats(what: str, values: Iterable[str]) -> None:
    """Raise ``ValueError`` for the first value, in their order when sorted, that is there more than once.

    ``refuse_repeats("theme title", ["safe", "safe"])`` says “the theme title ‘safe’ is there more than once”.
    """
    for value, times in sorted(Counter(values).items()):
        if times > 1:
            raise ValueError(f"the {what} ‘{value}’ is there more than once")
