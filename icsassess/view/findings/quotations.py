"""What partners typed, as a text quotes it: whole sentences, those with figures first, and nobody twice too early."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from icsassess.returns.matching.evidence_words import is_evidence
from icsassess.support.text import clean, is_blank
from icsassess.tables.records import Entry
from icsassess.view.findings.sentence import Source
from icsassess.view.findings.sources import Sources

_MARKS = re.compile(r"^[\s=@/+>\-–—•*·,;:.|]+")
"""Raw marks at the beginning of what people type, such as ``=>`` and ``@``."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9‘“\"'(])")
_CLAUSE_END = re.compile(r"[;,:](?=\s)|\s[–-](?=\s)|\.(?=\s)")
_NO_FIGURES = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b24/7\b"
    r"|\b(?:s|section|item|tab|page|version|part|annex|appendix)\b\.?\s?\d+",
    re.IGNORECASE,
)
"""Years, dates, and the numbers of sections, items and pages."""
_FIGURE = re.compile(r"(?<![A-Za-z\d])(?:\d[\d,.]*\s?%|\d[\d,]*\d|\d+\.\d|\d+ (?:of|out of|in) \d)")
_LEAST_SHARE = 0.5


class Quotation(NamedTuple):
    """Words of a partner, as they stand in a cell of its return; ``is_cut`` where the cell goes on behind them."""

    partner: str
    text: str
    source: Source
    is_cut: bool = False

    @property
    def in_marks(self) -> str:
        """The words in quotation marks, with an ellipsis where the cell goes on within a sentence."""
        return f"‘{self.text} …’" if self.is_cut else f"‘{self.text.rstrip('. ')}’"


def has_figures(text: str) -> bool:
    """Tell whether a text gives a figure: years and dates are none."""
    return bool(_FIGURE.search(_NO_FIGURES.sub("", text)))


def tidy(text: str) -> str:
    """Give a typed text on one line, without the raw marks at its beginning."""
    return _MARKS.sub("", " ".join(clean(text).split()))


def excerpt(text: str, longest: int, *, figures: bool = False) -> tuple[str, bool]:
    """Give whole sentences of a text, at most so many characters, and whether one was cut: then at the end of a clause.

    With ``figures`` it begins with the first sentence that gives one. Only a single word longer than that is cut.
    """
    sentences = _SENTENCE_END.split(tidy(text))
    first = next((n for n, one in enumerate(sentences) if has_figures(one)), 0) if figures else 0
    chosen = sentences[first]
    for sentence in sentences[first + 1 :]:
        if len(chosen) + 1 + len(sentence) > longest:
            break
        chosen += f" {sentence}"
    if len(chosen) <= longest:
        return chosen, False
    ends = [match.start() for match in _CLAUSE_END.finditer(chosen, 0, longest)]
    end = ends[-1] if ends and ends[-1] >= longest * _LEAST_SHARE else chosen.rfind(" ", 0, longest)
    return (chosen[:end] if end > 0 else chosen.split(" ", 1)[0]).rstrip(" ,;:–-"), True


def shortened(text: str, longest: int) -> str:
    """Give an excerpt as it stands within quotation marks: with an ellipsis where the text goes on."""
    words, is_cut = excerpt(text, longest)
    return f"{words} …" if is_cut else words.rstrip(". ")


def quote(sources: Sources, entry: Entry, name: str, longest: int, *, figures: bool = False) -> Quotation | None:
    """Quote a field of an entry; None where nothing stands there, or evidence that says there is none."""
    text = getattr(entry, name)
    if is_blank(text) or not tidy(text) or (name == "evidence" and not is_evidence(text, entry.kept)):
        return None
    words, is_cut = excerpt(text, longest, figures=figures)
    return Quotation(entry.partner, words, sources.of_entry(entry, name)[0], is_cut)


class Hearing:
    """Gives everybody a hearing: of those who can be quoted, the one who was quoted least so far."""

    def __init__(self) -> None:
        self._heard: Counter[str] = Counter()

    def next_of(self, partners: Sequence[str], better: Iterable[str] = ()) -> list[str]:
        """Give the partners in the order in which they should be heard; ``better`` those that have more to say."""
        preferred = set(better)
        order = list(partners)
        return sorted(order, key=lambda code: (self._heard[code], code not in preferred, order.index(code)))

    def heard(self, partner: str) -> None:
        """Note that a partner was quoted."""
        self._heard[partner] += 1
