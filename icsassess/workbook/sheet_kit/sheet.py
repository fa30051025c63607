"""A sheet of the locality workbook, as the registry lists it, and what all sheets are written with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from icsassess.assessment.sign_off.condition import Condition
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import SheetWriter
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import TablePlace, actions_place, assessment_place, gaps_place

if TYPE_CHECKING:
    from icsassess.workbook.signing.manifest import Signed, Signing

TYPING_TAB = "FFE08A"
READING_TAB = styles.NHS_BLUE


@dataclass(frozen=True)
class LocalityWorkbook:
    """The workbook in the making, and what its sheets need to know of each other.

    ``sheets`` are all that may be in it, ``conditions`` what could stand in the way of signing, ``versions`` those that
    were signed before, the oldest first, and ``next_version`` the number of the one to be signed, or signed here: a
    version before it that is not among them has lost its manifest. ``signing`` is what fills in the signed copy, None
    for the working copy.
    """

    book: WorkbookWriter
    view: View
    sheets: Sequence[Sheet]
    conditions: Sequence[Condition]
    versions: Sequence[Signed]
    next_version: int
    signing: Signing | None

    @cached_property
    def assessment(self) -> TablePlace:
        """Where the lines stand."""
        return assessment_place(self.view.codes, len(self.view.lines))

    @cached_property
    def gaps(self) -> TablePlace:
        """Where the gaps stand."""
        return gaps_place(len(self.view.gaps))

    @cached_property
    def actions(self) -> TablePlace:
        """Where the actions stand."""
        return actions_place(len(self.view.actions))


Writer = Callable[[LocalityWorkbook, View], SheetWriter | None]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the program's.

    ``about`` says in A2 what it holds, where its writer says nothing else; ``meaning`` is what the Key says of it,
    ``""`` where the Key does not list it. ``write`` gives None where the view has nothing for it: then there is no such
    sheet. ``typed_columns`` are the titles of those that the group types in. A sheet is ``long`` where it repeats the
    returns: nobody types into it, and in a large locality it need not be read back.
    """

    title: str
    table_name: str
    about: str
    meaning: str
    write: Writer
    typed_columns: tuple[str, ...] = ()
    tab: str = READING_TAB
    long: bool = False
