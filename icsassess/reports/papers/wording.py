"""The fixed sentences of the papers, from ``templates/paper.toml``."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.support.data_files import shipped_toml
from icsassess.support.text import listing

_REFS_NAMED = 12


def say(part: str, name: str, **words: object) -> str:
    """Give a sentence with its words filled in.

    Raises ``KeyError`` where there is no such sentence, or it needs a word that is not given.
    """
    return str(shipped_toml("paper.toml")[part][name]).format(**words)


def refs_in_words(refs: Sequence[str]) -> str:
    """Give lines' references as a sentence names them; of very many the first."""
    return listing(list(refs), most=_REFS_NAMED)
