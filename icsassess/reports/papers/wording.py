"""The wording of the papers, from ``templates/papers/``: sentences with their forms for one, several and none."""

from __future__ import annotations

from typing import Any

from icsassess.support.data_files import shipped_toml
from icsassess.view.findings.names import begin, number_in_words

FOLDER = "papers"


class Wording:
    """The sentences of one file, by the name of their table and their own: ``say("concern.late", 2, actions="…")``."""

    def __init__(self, name: str) -> None:
        self._data = shipped_toml(f"{FOLDER}/{name}.toml")

    def value(self, key: str) -> Any:
        """Give what stands in the file under a key. Raises ``KeyError`` where nothing does."""
        value: Any = self._data
        for part in key.split(".", 1):
            value = value[part]
        return value

    def say(self, key: str, n: int | None = None, /, **words: object) -> str:
        """Give a sentence with its words filled in, in the form for so many: ``{n}`` and ``{N}`` are the number.

        Raises ``KeyError`` where there is no such sentence, or it needs a word that is not given.
        """
        value = self.value(key)
        if isinstance(value, dict):
            form = {0: "none", 1: "one"}.get(n if n is not None else 2, "many")
            value = value.get(form, value["many"])
        number = number_in_words(n) if n is not None else ""
        return str(value).format(n=number, N=begin(number), **words)

    def maybe(self, key: str, n: int, /, **words: object) -> str:
        """Give the sentence for so many, ``""`` for none."""
        return self.say(key, n, **words) if n else ""
