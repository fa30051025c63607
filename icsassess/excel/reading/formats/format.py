"""What the rest of the program needs to know of a kind of input file."""

from collections.abc import Callable, Container
from dataclasses import dataclass

from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.input_file import InputFile


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of input file: how it is recognised and read, and what can be done with it."""

    name: str
    """As ``Workbook.kind`` and messages have it, such as 'xlsx'."""
    endings: tuple[str, ...]
    """Of the names of such files, in lower case, such as ('.xlsx',)."""
    recognise: Callable[[InputFile], bool]
    """Say whether a file is of this kind, by its bytes. May raise Unreadable."""
    read: Callable[[InputFile, Container[str]], Workbook]
    """Read such a file; sheets whose titles stand in the second argument may be left out. Raises Unreadable."""
    has_formulas: bool
    """Whether formulas are read, and not their values alone."""
    has_notes: bool
    """Whether notes on cells are read."""
    can_be_annotated: bool = False
    """Whether a partner's file can be given back with notes in it."""
    appearance_is_read: bool = False
    """Whether fonts, widths and drop-down lists can be read of it (``reading/appearance/``)."""
    is_workbook: bool = True
    """Whether it is a workbook, and not a text, a page or a document with a table in it."""
