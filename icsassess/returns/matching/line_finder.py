"""Going down a table and telling which line each row belongs to, with the block it stands in."""

import re
from collections.abc import Mapping

from icsassess.domain.framework import Framework
from icsassess.returns.matching.line_titles import (
    Identified,
    Labels,
    TitleMatch,
    category_in_label,
    find_category,
    find_statement,
    names_a_theme,
    near_ref,
    ref_as_typed,
    statement_in_label,
)
from icsassess.returns.matching.own_numbers import plain_number
from icsassess.returns.matching.several_lines import means_all, refs_as_typed

# How many rows below a line a row without labels may stand and still belong to it.
_FURTHEST_BELOW = 2
_LONGEST_REF = 9
_BETWEEN_TITLES = re.compile(r"\s*[,;/\n&]\s*")


class LineFinder:
    """Tells rows apart while going down a table; it remembers the block it is in.

    ``has_ref_column`` is False for a table without Refs: titles are then the ordinary way, and no point is raised.
    ``statement`` is the code of the statement that the whole table is about, where its sheet or heading says so,
    ``category`` that of the category, likewise.
    """

    def __init__(
        self,
        framework: Framework,
        *,
        has_ref_column: bool,
        has_category_column: bool = True,
        statement: str | None = None,
        category: str | None = None,
        own_numbers: Mapping[str, str] | None = None,
    ) -> None:
        self._framework = framework
        self._has_ref_column = has_ref_column
        self._own_numbers = own_numbers or {}
        self._has_category_column = has_category_column
        self._statement: str | None = statement
        self._category: str | None = category
        self._last_ref: str | None = None
        self._last_row = 0

    def find(self, row: int, labels: Labels, *, typed: bool) -> Identified | None:
        """Give the line of a row, None where it cannot be told. ``typed``: something is filled in beside the labels."""
        identified = self._by_labels(labels) or self._below(row, labels, typed=typed)
        if identified is not None:
            self._last_ref, self._last_row = identified.ref, row
            self._statement = self._framework.line_by_ref[identified.ref].statement.code
        return identified

    def several(self, labels: Labels) -> tuple[str, ...]:
        """Give the lines of a row that answers several at once, none where it answers one."""
        framework = self._framework
        if 0 < len(labels.ref) <= _LONGEST_REF and ref_as_typed(framework, labels.ref):
            return ()  # as nearly every row
        for label in (labels.ref, "" if labels.ref else labels.statement):
            if label and (refs := refs_as_typed(framework, label)):
                return refs
        categories = [part for part in _BETWEEN_TITLES.split(labels.category) if part]
        statement = statement_in_label(framework, labels.statement)
        if labels.ref and statement is None:
            statement = find_statement(framework, labels.ref)
        if statement is None:
            return ()
        if means_all(labels.category) or (not labels.category and means_all(labels.ref)):
            return tuple(line.ref for line in framework.lines_of(frozenset((statement.code,))))
        if len(categories) < 2 or category_in_label(framework, labels.category):
            return ()
        lines = framework.lines_of(frozenset((statement.code,)))
        codes = [match.code if (match := category_in_label(framework, one)) else "" for one in categories]
        return () if "" in codes else tuple(line.ref for line in lines if line.category.code in codes)

    def is_near(self, row: int) -> bool:
        """Tell whether a row stands right below a line."""
        return self._last_ref is not None and row - self._last_row <= _FURTHEST_BELOW

    def begins_block(self, labels: Labels, texts: list[str], *, typed: bool) -> bool:
        """Tell whether a row only names a statement or a theme that the rows below belong to; it is then remembered."""
        if typed:
            return False
        for text in texts:
            if statement := find_statement(self._framework, text):
                self._statement, self._last_ref = statement.code, None
                return True
            if not self._has_category_column and (category := find_category(self._framework, text)):
                self._category, self._last_ref = category.code, None
                return True
        return any(names_a_theme(self._framework, text) for text in texts)

    def _by_labels(self, labels: Labels) -> Identified | None:
        framework = self._framework
        statement = statement_in_label(framework, labels.statement)
        category = category_in_label(framework, labels.category)
        if category is None and statement is not None and not labels.category and self._category:
            category = TitleMatch(self._category, True)
        ref = ref_as_typed(framework, labels.ref)
        if ref is None and not labels.ref:
            # Whoever puts Ref and titles into one cell means the Ref.
            ref = ref_as_typed(framework, labels.statement) or ref_as_typed(framework, labels.category)
        titled = self._titled(statement, category)
        if ref is None and (own := self._own_numbers.get(plain_number(labels.ref))):
            return Identified(own, how=f"the return says that {labels.ref} stands for it")
        if ref is not None:
            return self._with_ref(ref, statement, category, titled)
        if titled is not None:
            return Identified(titled, how=self._how(labels, "by its titles"))
        if category is not None and not labels.statement:
            above = find_statement(framework, labels.ref) or (
                TitleMatch(self._statement, True) if self._statement else None
            )
            carried = self._titled(above, category)
            if carried and (not labels.ref or find_statement(framework, labels.ref) or self._agrees(labels, carried)):
                return Identified(carried, how=self._how(labels, "by its category and the statement above it"))
        return self._near(labels, statement, category)

    def _with_ref(
        self, ref: str, statement: TitleMatch | None, category: TitleMatch | None, titled: str | None
    ) -> Identified:
        """A row whose Ref names a line: its titles are compared with it."""
        if titled is not None and titled != ref and statement and category:
            if statement.exact and category.exact:
                return Identified(titled, how=f"its titles say {titled}", contradiction=True)
            return Identified(ref, how=f"its titles read like {titled}", contradiction=True)
        line = self._framework.line_by_ref[ref]
        if titled is None and statement is not None and statement.code != line.statement.code:
            return Identified(ref, how=f"its quality statement says {statement.code}", contradiction=True)
        if titled is None and category is not None and category.code != line.category.code:
            return Identified(ref, how=f"its evidence category says {category.code}", contradiction=True)
        return Identified(ref)

    def _near(self, labels: Labels, statement: TitleMatch | None, category: TitleMatch | None) -> Identified | None:
        """A mistyped Ref that comes near to only one line, where the titles say nothing else."""
        near = near_ref(self._framework, labels.ref) if labels.ref else None
        if near is None:
            return None
        line = self._framework.line_by_ref[near]
        if (statement and statement.code != line.statement.code) or (category and category.code != line.category.code):
            return None
        return Identified(near, how="the only line it comes near to")

    def _agrees(self, labels: Labels, carried: str) -> bool:
        near = near_ref(self._framework, labels.ref)
        return near is None or near == carried

    def _how(self, labels: Labels, how: str) -> str:
        return how if self._has_ref_column else ""

    def _titled(self, statement: TitleMatch | None, category: TitleMatch | None) -> str | None:
        if statement is None or category is None:
            return None
        ref = f"{statement.code}-{category.code}"
        return ref if ref in self._framework.line_by_ref else None

    def _below(self, row: int, labels: Labels, *, typed: bool) -> Identified | None:
        """A row without labels, or with only its statement again, that is filled in belongs to the line above it."""
        if not typed or self._last_ref is None or row - self._last_row > _FURTHEST_BELOW:
            return None
        if labels.ref or labels.category:
            return None
        if labels.statement:
            statement = find_statement(self._framework, labels.statement)
            if statement is None or statement.code != self._statement:
                return None
        return Identified(self._last_ref, how="it stands below that line", below=True)
