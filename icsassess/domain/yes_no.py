"""Yes and No as people type them."""

from __future__ import annotations

from typing import Final

from icsassess.support.text import words

YES: Final = "Yes"
NO: Final = "No"
_SPELLINGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def read_yes_no(text: str) -> bool | None:
    """Give True for Yes and False for No, None where it is blank or something else."""
    return _SPELLINGS.get(words(text))


def in_one_word(text: str) -> str:
    """Give Yes or No where a text is one of the two however it is spelt, else the text as it is."""
    meaning = read_yes_no(text)
    return text if meaning is None else (YES if meaning else NO)
