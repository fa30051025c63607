"""The texts of a sheet's notes: one for each cell, and nothing that another program reads in its place."""

from __future__ import annotations

from icsassess.excel.strict.markup import COMPATIBILITY, MAIN, Name, StrictReader

_OF_NOTES = {"comments", "commentList", "comment", "text", "t", "r", "authors", "author"}


class CommentsMarkup(StrictReader):
    """The notes of a sheet (ECMA-376 part 1, 18.7)."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self._cells: set[str] = set()

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element of the notes."""
        if name.namespace != MAIN:
            if name.local in _OF_NOTES:
                self.odd(f"an element of its own is called {name.local}, like those of notes")
            return
        if name.local in _OF_NOTES and any(each.namespace == COMPATIBILITY for each in self.path):
            self.odd("it offers two versions of its content (AlternateContent)")
        if name.local == "comment":
            cell = attributes.get(Name("", "ref"), "").upper()
            if cell in self._cells:
                self.odd(f"two notes are on one cell ({cell[:10]})")
            self._cells.add(cell)
