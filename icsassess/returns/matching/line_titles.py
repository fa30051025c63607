"""Which line a row belongs to: by its Ref, by its titles, or because it stands below that line."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from icsassess.domain.framework import Category, Framework, Statement
from icsassess.returns.matching.title_words import code_in_other_words, speaks_of_another
from icsassess.support.suggest import closest
from icsassess.support.text import fold, words

# How alike a mistyped title has to be (0 to 100), and how much more alike than the next best.
_ALIKE = 82
_MARGIN = 6


Statements = tuple[Statement, ...]
Categories = tuple[Category, ...]
_LONGEST_THEME = 100  # characters
_LONGEST_REFERENCE = 40


class TitleMatch(NamedTuple):
    """The code that a title names, and whether it is spelled to the letter."""

    code: str
    exact: bool


class Labels(NamedTuple):
    """What stands in a row's three label columns."""

    ref: str
    statement: str
    category: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands there."""
        return not (self.ref or self.statement or self.category)


class Identified(NamedTuple):
    """The line a row belongs to and, unless its Ref said so plainly, what else said so.

    ``contradiction`` is true where the Ref and the titles name different lines, ``below`` where only its place below
    that line says so.
    """

    ref: str
    how: str = ""
    contradiction: bool = False
    below: bool = False


# The caches of this module: the same labels stand in every return, and a label is looked at several times.
@lru_cache(maxsize=16_384)
def ref_as_typed(framework: Framework, typed: str) -> str | None:
    """Give the line that a Ref names, but for capitals, spaces and kinds of dashes; None where it names none.

    More words may stand behind it: ‘Q1-PEX Supporting people …’.
    """
    refs, plain = _refs(framework), fold(typed)
    if ref := refs.get(_NOT_REF.sub("", plain)):
        return ref
    if (title := _TITLE_OF_REF.match(plain)) and (ref := refs.get(_NOT_REF.sub("", plain[title.end() :]))):
        return ref
    first = _REF_IN_FRONT.match(plain)
    return refs.get(_NOT_REF.sub("", first.group(1))) if first else None


_NOT_REF = re.compile(r"[^a-z0-9]")
_TITLE_OF_REF = re.compile(r"(?:ref|reference|line|no|code|id)\b[ .:#]*")
_REF_IN_FRONT = re.compile(r"[\[(]?([a-z]+ ?\d+ ?[-_/. ] ?[a-z]{2,5})[\])]?[\s:;,.-]+\S")


@lru_cache(maxsize=8)
def _refs(framework: Framework) -> dict[str, str]:
    return {_NOT_REF.sub("", fold(ref)): ref for ref in framework.line_by_ref}


@lru_cache(maxsize=16_384)
def find_statement(framework: Framework, typed: str) -> TitleMatch | None:
    """Give the statement that a title names: its title, an alias, its code, or a misspelling near to only one."""
    return _find(framework.statements, _titles(framework, "statements"), typed)


@lru_cache(maxsize=16_384)
def find_category(framework: Framework, typed: str) -> TitleMatch | None:
    """Give the evidence category that a title names, likewise."""
    return _find(framework.categories, _titles(framework, "categories"), typed)


@lru_cache(maxsize=8)
def _titles(framework: Framework, kind: Literal["statements", "categories"]) -> dict[str, str]:
    """Give the code of each title, code and alias of the statements or categories, in comparable form."""
    items: Statements | Categories = getattr(framework, kind)
    codes: dict[str, str] = {}
    for item in items:
        for title in (item.title, item.code, *item.aliases):
            codes.setdefault(words(title), item.code)
    return codes


def _find(items: Statements | Categories, code_by_title: dict[str, str], typed: str) -> TitleMatch | None:
    if not typed.strip():
        return None
    for candidate in _ways_to_read(typed):
        if candidate in code_by_title:
            return TitleMatch(code_by_title[candidate], exact=True)
    if code := _before_its_we_statement(items, typed):
        return TitleMatch(code, exact=True)
    by_code: dict[str, float] = {}
    for candidate in _ways_to_read(typed):
        if len(candidate) < 5:
            continue
        for title, score, _ in process.extract(
            candidate, list(code_by_title), scorer=fuzz.ratio, score_cutoff=_ALIKE - _MARGIN, limit=6
        ):
            by_code[code_by_title[title]] = max(score, by_code.get(code_by_title[title], 0))
    ranked = sorted(by_code.items(), key=lambda scored: -scored[1])
    if not ranked or ranked[0][1] < _ALIKE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
        return None
    if speaks_of_another(items, ranked[0][0], typed):
        return None
    return TitleMatch(ranked[0][0], exact=False)


@lru_cache(maxsize=16_384)
def statement_in_label(framework: Framework, typed: str) -> TitleMatch | None:
    """Give the statement that a row's label names, also in fewer or other words than a title's."""
    return find_statement(framework, typed) or _in_other_words(framework, "statements", typed)


@lru_cache(maxsize=16_384)
def category_in_label(framework: Framework, typed: str) -> TitleMatch | None:
    """Give the evidence category that a row's label names, likewise."""
    return find_category(framework, typed) or _in_other_words(framework, "categories", typed)


def _in_other_words(framework: Framework, kind: Literal["statements", "categories"], typed: str) -> TitleMatch | None:
    code = code_in_other_words(framework, kind, typed) if typed else None
    return TitleMatch(code, exact=False) if code else None


def _before_its_we_statement(items: Statements | Categories, typed: str) -> str | None:
    """Find a title with its we statement behind it; titles alone decide, never the statement's text."""
    plain = words(typed)
    for item in items:
        if isinstance(item, Statement) and words(item.we_statement) and words(item.we_statement) in plain:
            front = plain.partition(words(item.we_statement))[0]
            if any(words(title) in front for title in (item.title, *item.aliases)):
                return item.code
    return None


def _ways_to_read(typed: str) -> list[str]:
    """Give the title alone, and without what people put around it: a number, a code, brackets, the we statement."""
    first_line = typed.strip().splitlines()[0]
    before_colon = re.split(r"\s*[:;]\s+|\s+[-–—]\s+", first_line)
    after_number = re.sub(
        r"^\s*(?:QS|No\.?|[A-Z])?\s*\d+(?:\.\d+)*\s*[.):\-–]*\s*", "", first_line, flags=re.IGNORECASE
    )
    after_number = re.sub(r"^\s*(?:[a-zA-Z]\s*[.)]|[-•*])\s+", "", after_number)
    candidates = [typed, first_line, before_colon[0], after_number, re.sub(r"[\(\[].*?[\)\]]", " ", first_line)]
    if len(before_colon) > 1:
        candidates.append(before_colon[-1] if len(before_colon) == 2 else " ".join(before_colon[1:]))
    return list(dict.fromkeys(words(candidate) for candidate in candidates if words(candidate)))


def nearest_ref(framework: Framework, typed: str) -> str | None:
    """Give the Ref that a mistyped one comes nearest to, for a question."""
    return closest(typed, framework.line_by_ref, cutoff=70)


@lru_cache(maxsize=4_096)
def near_ref(framework: Framework, typed: str) -> str | None:
    """Give the only Ref that is one slip of a finger away (a letter too many, too few, wrong, or two swapped)."""
    plain = _NOT_REF.sub("", fold(typed))
    refs = _refs(framework)
    if not 3 <= len(plain) <= 8:
        return None
    near = [ref for spelled, ref in refs.items() if OSA.distance(plain, spelled, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None


_REFERS = re.compile(r"(?:please )?(?:see|as|as per|as for|same as|refer to|cf|ditto)(?: also| line| ref| row)? (.+)")


def refers_to_a_line(framework: Framework, typed: str) -> bool:
    """Tell whether a text only points at a line: ‘see Q1-STF’."""
    if len(typed) > _LONGEST_REFERENCE or not (match := _REFERS.fullmatch(fold(typed).strip(" .()[]"))):
        return False
    return ref_as_typed(framework, match.group(1)) is not None


def names_a_theme(framework: Framework, typed: str) -> bool:
    """Tell whether a text is a theme's title."""
    themes = {words(title) for theme in framework.themes for title in (theme.title, *theme.aliases)}
    return any(candidate in themes for candidate in _ways_to_read(typed))


def kind_of_framework_text(framework: Framework, typed: str) -> Literal["theme", "code", "we statement"] | None:
    """Tell which text of the framework this repeats; None where it says something else."""
    if typed.strip() in framework.statement_by_code:
        return "code"
    if len(typed) < _LONGEST_THEME and names_a_theme(framework, typed):
        return "theme"
    plain = words(typed)
    statements = {words(statement.we_statement) for statement in framework.statements}
    return "we statement" if plain and plain in statements else None


def labels_with_own_words(framework: Framework, ref: str, labels: dict[str, str]) -> list[str]:
    """Give the names of the label columns that say more or other than the line's own Ref and titles.

    A number, the code, the we statement or a slip in typing are no words of the partner's own.
    """
    return [name for name, text in labels.items() if text and _says_more(framework, ref, name, text)]


@lru_cache(maxsize=16_384)
def _says_more(framework: Framework, ref: str, name: str, text: str) -> bool:
    line, plain = framework.line_by_ref[ref], words(text)
    own = {
        "ref": {line.ref, line.statement.code},
        "statement": {line.statement.title, line.statement.code, *line.statement.aliases},
        "category": {line.category.title, line.category.code, *line.category.aliases},
    }
    titles = sorted({words(title) for title in own[name]}, key=len, reverse=True)
    if plain.replace(" ", "") in {title.replace(" ", "") for title in titles}:
        return False
    for repeated in (words(line.statement.we_statement), *titles, *map(words, (line.ref, line.category.title))):
        if repeated and f" {repeated} " in f" {plain} ":
            plain = f" {plain} ".replace(f" {repeated} ", " ", 1).strip()
    further_words = [word for word in plain.split() if word not in _AROUND_TITLES and not _A_NUMBER.fullmatch(word)]
    if not further_words:
        return False
    return not any(len(title) >= 3 and fuzz.ratio(plain, title) >= _ALIKE for title in titles)


_A_NUMBER = re.compile(r"[a-z]{0,2}\d+|[a-z]")
_AROUND_TITLES = frozenset(
    ["qs", "no", "quality", "statement", "evidence", "category", "the", "number", "ref", "reference"]
)
