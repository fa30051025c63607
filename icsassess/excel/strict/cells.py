"""Sheets and shared texts: every cell once, in its place, with one value and nothing in it that is no value.

ECMA-376 part 1, 18.3.1 (worksheets) and 18.4 (shared strings).
"""

from __future__ import annotations

from typing import Final

from icsassess.excel.cells.addresses import parse_address
from icsassess.excel.strict.markup import COMPATIBILITY, MAIN, REFERENCE, XML, Name, StrictReader

_OF_ROWS = frozenset(
    "r spans s customFormat ht hidden customHeight outlineLevel collapsed thickTop thickBot ph".split()  # noqa: SIM905
)
_OF_CELLS = frozenset("r s t".split())  # noqa: SIM905
_KINDS = {"n", "s", "str", "b", "e", "inlineStr", "d"}
_OF_READING: Final = frozenset(
    "sheetData row c v is si sst t r sheet sheets mergeCell mergeCells hyperlink hyperlinks col cols".split()  # noqa: SIM905
)
"""What the elements of cells, texts and sheets are called: under no other namespace, and nowhere else."""
_WITHIN = {
    "sheetData": {"row"},
    "row": {"c"},
    "c": {"f", "v", "is"},
    "v": set(),
    "f": set(),
    "t": set(),
    "is": {"t", "r", "rPh", "phoneticPr"},
    "si": {"t", "r", "rPh", "phoneticPr"},
    "r": {"rPr", "t"},
    "rPh": {"t"},
    "sst": {"si"},
}
_HOLD_TEXT = {"v", "f", "t"}
_HIDING = {"strike", "vanish"}
_EXTENSIONS = "extLst"


class SheetMarkup(StrictReader):
    """A worksheet or the shared texts; on paper, each sheet has the ``marking`` at its head or foot."""

    def __init__(self, part: str, marking: str = "") -> None:
        super().__init__(part)
        self._marking = marking
        self._head_and_foot: list[str] = []
        self._view = ""
        self._row = 0
        self._column = 0
        self._in_cell: list[str] = []
        self._kind = "n"
        self._seen: set[str] = set()

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element: where it stands, and what it says."""
        parent = self.path[-1] if self.path else None
        if name.namespace != MAIN:
            self._foreign(name)
            return
        if name.local in ("sheetData", "sst"):
            if name.local in self._seen or len(self.path) > 1:
                self.odd(f"it has a second table of cells ({name.local})")
            self._seen.add(name.local)
        if any(each.local == _EXTENSIONS for each in self.path):
            if name.local in _OF_READING:
                self.odd(f"an element {name.local} stands in an extension")
            return
        allowed = _WITHIN.get(parent.local) if parent and parent.namespace == MAIN else None
        if allowed is not None and name.local not in allowed:
            self.odd(f"an element {name.local[:20]} stands within {parent.local if parent else 'nothing'}")
        elif allowed is None and name.local in ("row", "c", "v", "is", "si", "r"):
            self.odd(f"an element {name.local} stands where no cells are")
        self._attributes(name.local, attributes)

    def closed(self, name: Name, text: str) -> None:
        """Look at the text that ends here."""
        if name.namespace != MAIN or any(each.local == _EXTENSIONS for each in self.path):
            return
        if name.local in ("sheetData", "row", "c", "is", "si", "r", "sst") and text.strip():
            self.odd(f"text stands within {name.local}, outside a value")
        if name.local == "c":
            self._cell_ends()
        elif name.local in ("oddHeader", "oddFooter"):
            self._head_and_foot.append(text)
        elif name.local == "worksheet" and self._marking not in " ".join(self._head_and_foot).replace("&&", "&"):
            self.odd(f"‘{self._marking}’ stands neither at the head nor at the foot of its printed pages", acts=True)

    def _foreign(self, name: Name) -> None:
        if name.local in _OF_READING:
            self.odd(f"an element of its own is called {name.local}, like those of cells")
        if name.namespace == COMPATIBILITY:
            self.odd("it offers two versions of its content (AlternateContent)")
        elif not any(each.local == _EXTENSIONS for each in self.path):
            self.odd(f"an element {name.local[:30]} is none of a sheet's")

    def _attributes(self, element: str, attributes: dict[Name, str]) -> None:
        if element == "row":
            self._row_begins(attributes)
        elif element == "c":
            self._cell_begins(attributes)
        elif element in ("v", "f", "is") and self.path[-1].local == "c":
            if element in self._in_cell:
                self.odd(f"a cell has two elements {element}")
            self._in_cell.append(element)
        elif element == "sheetView":
            self._view = attributes.get(Name("", "topLeftCell"), "A1")
        elif element == "pane" and "rozen" in attributes.get(Name("", "state"), "") and self._view != "A1":
            self.odd(f"what stands above or left of {self._view[:10]} cannot be scrolled to", acts=True)
        elif element == "t" and any(key != Name(XML, "space") for key in attributes):
            self.odd("a text has attributes of its own")
        elif element in _HIDING and (attributes.get(Name("", "val")) or "1") not in ("0", "false"):
            self.odd("words of a text are struck through or hidden", acts=True)

    def _row_begins(self, attributes: dict[Name, str]) -> None:
        number = attributes.get(Name("", "r"), "")
        if not number.isascii() or not number.isdecimal() or not self._row < int(number) < 2**21:
            self.odd("its rows are not numbered one after the other")
        else:
            self._row = int(number)
        self._column = 0
        for key in attributes:
            if (key.namespace == "" and key.local not in _OF_ROWS) or (key.local in _OF_CELLS and key.namespace):
                self.odd(f"a row has an attribute {key.local[:20]}")

    def _cell_begins(self, attributes: dict[Name, str]) -> None:
        self._in_cell = []
        self._kind = attributes.get(Name("", "t"), "n")
        try:
            row, column = parse_address(attributes.get(Name("", "r"), ""))
        except ValueError:
            row, column = 0, 0
        if row != self._row or column <= self._column:
            self.odd("a cell stands out of its place")
        self._column = max(column, self._column)
        if self._kind not in _KINDS:
            self.odd(f"a cell is of a kind that there is not ({self._kind[:20]})")
        for key in attributes:
            if key.namespace or key.local not in _OF_CELLS:
                self.odd(f"a cell has an attribute {key.local[:20]}")

    def _cell_ends(self) -> None:
        if "is" in self._in_cell and ("v" in self._in_cell or self._kind != "inlineStr"):
            self.odd("a cell has two values")
        if "v" in self._in_cell and self._kind == "inlineStr":
            self.odd("a cell has two values")


class WorkbookMarkup(StrictReader):
    """The workbook part: its list of sheets, its names, and the day from which it counts."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.sheet_ids: list[str] = []
        self.names: list[str] = []
        self._titles: set[str] = set()
        self._lists = 0

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element of the workbook."""
        # Excel keeps the folder of the last saving in such a choice, which requires its x15.
        if name == Name(COMPATIBILITY, "Choice") and attributes.get(Name("", "Requires")) != "x15":
            self.odd("it offers two versions of its content (AlternateContent)")
        if name.namespace != MAIN:
            if name.local in _OF_READING:
                self.odd(f"an element of its own is called {name.local}, like those of sheets")
            return
        if any(each.namespace == COMPATIBILITY for each in self.path):
            self.odd("it offers two versions of its content (AlternateContent)")
        if name.local == "sheets":
            self._lists += 1
            if self._lists > 1 or len(self.path) != 1:
                self.odd("it has a second list of sheets")
        elif name.local == "sheet":
            self._sheet(attributes)
        elif name.local == "definedName":
            self.names.append(attributes.get(Name("", "name"), ""))
        elif name.local == "workbookPr" and attributes.get(Name("", "date1904"), "0") not in ("0", "false"):
            self.odd("it counts its days from 1904, so that dates are shown four years late", acts=True)

    def _sheet(self, attributes: dict[Name, str]) -> None:
        if len(self.path) != 2 or self.path[-1].local != "sheets":
            self.odd("a sheet is listed where no sheets are")
        named = {Name("", "name"), Name("", "sheetId"), Name("", "state"), Name(REFERENCE, "id")}
        if set(attributes) - named:
            self.odd("a sheet is listed with further attributes, such as a second id")
        title = attributes.get(Name("", "name"), "").casefold()
        if title in self._titles:
            self.odd("two sheets have one name")
        self._titles.add(title)
        self.sheet_ids.append(attributes.get(Name(REFERENCE, "id"), ""))
