"""Which line a row belongs to: by its Ref, by its titles, or because it stands below that line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from icsassess.framework import Category, Framework, Line, Statement
from icsassess.text import fold, words

# How alike a mistyped title has to be (0 to 100), and how much more alike than the next best.
_ALIKE = 82
_MARGIN = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A title's code and whether it was there to the letter."""

    code: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands in a row's three label columns."""

    ref: str
    statement: str
    category: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands there."""
        return not (self.ref or self.statement or self.category)


@dataclass(frozen=True, slots=True)
class Identified:
    """The line a row belongs to and, unless its Ref said so plainly, how that was found out.

    ``contradiction`` says what the Ref said where the titles say something else.
    """

    ref: str
    how: str = ""
    contradiction: bool = False


def ref_as_typed(framework: Framework, typed: str) -> str | None:
    """Give the line that a Ref names, but for capitals, spaces and kinds of dashes; None where it names none."""
    return _refs(framework.id).get(_NOT_REF.sub("", fold(typed)))


_NOT_REF = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=8)
def _refs(framework_id: str) -> dict[str, str]:
    from icsassess.framework import framework

    return {_NOT_REF.sub("", fold(ref)): ref for ref in framework(framework_id).line_by_ref}


@lru_cache(maxsize=16_384)
def find_statement(framework: Framework, typed: str) -> Found | None:
    """Give the statement that a title names: its title, an alias, its code, or a misspelling near to only one."""
    return _find(framework.statements, typed)


@lru_cache(maxsize=16_384)
def find_category(framework: Framework, typed: str) -> Found | None:
    """Give the evidence category that a title names, likewise."""
    return _find(framework.categories, typed)


def _find(items: tuple[Statement, ...] | tuple[Category, ...], typed: str) -> Found | None:
    if not typed.strip():
        return None
    known: dict[str, str] = {}
    for item in items:
        for title in (item.title, item.code, *item.aliases):
            known.setdefault(words(title), item.code)
    for candidate in _ways_to_read(typed):
        if candidate in known:
            return Found(known[candidate], exact=True)
    by_code: dict[str, float] = {}
    for candidate in _ways_to_read(typed):
        if len(candidate) < 5:
            continue
        for title, score, _ in process.extract(
            candidate, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE - _MARGIN, limit=6
        ):
            by_code[known[title]] = max(score, by_code.get(known[title], 0))
    ranked = sorted(by_code.items(), key=lambda found: -found[1])
    if not ranked or ranked[0][1] < _ALIKE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
        return None
    return Found(ranked[0][0], exact=False)


def _ways_to_read(typed: str) -> list[str]:
    """Give the title alone, and without what people put around it: a number, a code, brackets, the we statement."""
    first_line = typed.strip().splitlines()[0]
    before_colon = re.split(r"\s*[:;]\s+|\s+[-–—]\s+", first_line)
    after_number = re.sub(
        r"^\s*(?:QS|No\.?|[A-Z])?\s*\d+(?:\.\d+)*\s*[.):\-–]*\s*", "", first_line, flags=re.IGNORECASE
    )
    candidates = [typed, first_line, before_colon[0], after_number, re.sub(r"[\(\[].*?[\)\]]", " ", first_line)]
    if len(before_colon) > 1:
        candidates.append(before_colon[-1] if len(before_colon) == 2 else " ".join(before_colon[1:]))
    return list(dict.fromkeys(words(candidate) for candidate in candidates if words(candidate)))


class LineFinder:
    """Tells rows apart while going down a table; it remembers the block it is in.

    ``has_ref_column`` is False for a table without Refs: titles are then the ordinary way and nothing is said about it.
    """

    def __init__(self, framework: Framework, *, has_ref_column: bool) -> None:
        self._framework = framework
        self._has_ref_column = has_ref_column
        self._statement: str | None = None
        self._last_ref: str | None = None
        self._last_row = 0

    def find(self, row: int, labels: Labels, *, typed: bool) -> Identified | None:
        """Give the line of a row, None where it cannot be told. ``typed``: something is filled in beside the labels."""
        found = self._by_labels(labels) or self._below(row, labels, typed=typed)
        if found is not None:
            self._last_ref, self._last_row = found.ref, row
            self._statement = self._framework.line_by_ref[found.ref].statement.code
        return found

    def begins_block(self, labels: Labels, texts: list[str], *, typed: bool) -> bool:
        """Tell whether a row only names a statement or a theme that the rows below belong to; it is then remembered."""
        if typed:
            return False
        for text in texts:
            if statement := find_statement(self._framework, text):
                self._statement, self._last_ref = statement.code, None
                return True
        themes = {words(title) for theme in self._framework.themes for title in (theme.title, *theme.aliases)}
        return any(candidate in themes for text in texts for candidate in _ways_to_read(text))

    def _by_labels(self, labels: Labels) -> Identified | None:
        framework = self._framework
        ref = ref_as_typed(framework, labels.ref)
        statement, category = find_statement(framework, labels.statement), find_category(framework, labels.category)
        titled = self._titled(statement, category)
        if ref is not None and titled is not None and titled != ref and statement and category:
            if statement.exact and category.exact:
                return Identified(titled, how=f"its titles say {titled}", contradiction=True)
            return Identified(ref)
        if ref is not None:
            return Identified(ref)
        if titled is not None and statement and category:
            return Identified(titled, how=self._how(labels, "by its titles"))
        if category is not None and not labels.statement and self._statement:
            carried = self._titled(Found(self._statement, exact=True), category)
            return (
                Identified(carried, how=self._how(labels, "by its category and the statement above it"))
                if carried
                else None
            )
        return None

    def _how(self, labels: Labels, how: str) -> str:
        return how if self._has_ref_column else ""

    def _titled(self, statement: Found | None, category: Found | None) -> str | None:
        if statement is None or category is None:
            return None
        ref = f"{statement.code}-{category.code}"
        return ref if ref in self._framework.line_by_ref else None

    def _below(self, row: int, labels: Labels, *, typed: bool) -> Identified | None:
        """A row without labels, or with only its statement again, that is filled in belongs to the line above it."""
        if not typed or self._last_ref is None or row - self._last_row > 2 or labels.ref or labels.category:
            return None
        if labels.statement:
            statement = find_statement(self._framework, labels.statement)
            if statement is None or statement.code != self._statement:
                return None
        return Identified(self._last_ref, how="it stands below that line")


def nearest_ref(framework: Framework, typed: str) -> str | None:
    """Give the Ref that a mistyped one comes nearest to."""
    near = process.extractOne(fold(typed).upper(), list(framework.line_by_ref), scorer=fuzz.ratio, score_cutoff=70)
    return near[0] if near else None


def remarks_in_labels(line: Line, labels: dict[str, str]) -> list[str]:
    """Give the names of the label columns that say more or other than the line's own Ref and titles."""
    own = {
        "ref": {line.ref},
        "statement": {line.statement.title, line.statement.code, *line.statement.aliases},
        "category": {line.category.title, line.category.code, *line.category.aliases},
    }
    return [
        name
        for name, text in labels.items()
        if text and words(text).replace(" ", "") not in {words(known).replace(" ", "") for known in own[name]}
    ]
