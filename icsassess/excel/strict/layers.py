"""What lies over a sheet's cells or acts beside them: drawings, notes that stay open, names that start something."""

from __future__ import annotations

import re

from icsassess.excel.strict.markup import Name, StrictReader

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_LAID_OVER = {"pic": "a picture", "sp": "a text box or shape", "cxnSp": "a line", "grpSp": "a group of shapes"}
_STARTS = re.compile(r"(_xlnm\.)?auto_?(open|close|activate|deactivate)", re.IGNORECASE)
_USUAL_NAMES = re.compile(r"_xlnm\.(Print_Area|Print_Titles|_FilterDatabase)|_FilterDatabase|as_at_date|deadline_date")
"""Those of every spreadsheet program, and the two that this program gives."""
_NOTE = "Note"


class DrawingMarkup(StrictReader):
    """A sheet's drawing: charts are expected there, and nothing else."""

    names_once = False

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element of the drawing."""
        if name.namespace == _DRAWING and name.local in _LAID_OVER:
            self.odd(f"{_LAID_OVER[name.local]} is laid over the sheet", acts=True)


class NotesMarkup(StrictReader):
    """The boxes of a sheet's notes: none stays open over the cells, and nothing but notes has a box."""

    names_once = False

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element of the boxes."""
        if name.local == "ClientData" and attributes.get(Name("", "ObjectType")) != _NOTE:
            self.odd("a shape or control is laid over the sheet", acts=True)
        elif name.local == "Visible":
            self.odd("a note stays open over the sheet", acts=True)
        elif name.local in ("imagedata", "textpath"):
            self.odd("a picture is laid over the sheet", acts=True)

    def closed(self, name: Name, text: str) -> None:
        """Look at the text that ends here: a note's words stand with the notes, not in its box."""
        if text.strip() and any(each.local == "textbox" for each in (*self.path, name)):
            self.odd("the box of a note has words of its own", acts=True)


class CompanionMarkup(StrictReader):
    """Any other part: well-formed, in one encoding; of what Microsoft keeps in it, nothing that fetches data."""

    names_once = False

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element of the part."""
        if name.local == "DataMashup":
            self.odd("it holds a query that can fetch other figures", acts=True)


def odd_names(names: list[str]) -> list[str]:
    """Give, in words, the names of a workbook that start something or that nobody gave at signing."""
    words = []
    for name in names:
        if _STARTS.fullmatch(name):
            words.append(f"a name starts something when the workbook is opened or closed ({name[:40]})")
        elif not _USUAL_NAMES.fullmatch(name):
            words.append(f"a name was added ({name[:40]})")
    return words
