"""How the sheets of an adopted return are laid out: every cell's place and look, and what stands or belongs there.

A layout lies beside its template as ``layout.json``. It is written by the program and read when returns are issued.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.cells.addresses import parse_area
from icsassess.excel.writing.model.copied_style import CopiedStyle
from icsassess.support.data_model import DataModel

LAYOUT = "layout.json"
Gives = Literal[
    "",
    "text",
    "theme",
    "statement",
    "statement in full",
    "we statement",
    "category",
    "code",
    "ref",
    "answer",
    "own",
    "cover",
]


class Spot(DataModel):
    """One cell: ``gives`` says what it holds.

    ``text`` is a fixed text, or with ``cover`` the box's field and with ``answer`` the column's field. ``of`` is the
    code of the theme, statement or category that is written there, or the Ref of the line that is answered there.
    """

    row: int = Field(ge=1, le=1_048_576)
    column: int = Field(ge=1, le=16_384)
    look: int = Field(0, ge=0)
    gives: Gives = ""
    text: str = ""
    of: str = ""


class LayoutSheet(DataModel):
    """One sheet; ``of`` is the code of the statement or theme that its title names, in the framework's words.

    ``title_at`` is the cell that takes the return's title, ``more_rows`` whether people add rows below the last one.
    """

    title: str = Field(min_length=1)
    of: str = ""
    spots: tuple[Spot, ...]
    widths: dict[int, float] = Field(default_factory=dict)
    heights: dict[int, float] = Field(default_factory=dict)
    merged: tuple[str, ...] = ()
    frozen: tuple[int, int] | None = None
    tab: str | None = None
    title_at: tuple[int, int] | None = None
    more_rows: bool = False

    @property
    def areas(self) -> list[tuple[int, int, int, int]]:
        """The merged areas."""
        return [parse_area(text) for text in self.merged]


class Layout(DataModel):
    """All sheets in their order, the looks their cells refer to, and what each kind of drop-down list offers."""

    looks: tuple[dict[str, Any], ...]
    sheets: tuple[LayoutSheet, ...] = Field(min_length=1)

    def copied_looks(self) -> list[CopiedStyle]:
        """Give the looks by their number. Raises ``Refusal`` where one is none."""
        try:
            return [CopiedStyle.from_data(data) for data in self.looks]
        except (TypeError, ValueError) as error:
            raise _faulty(str(error)) from error


def layout_of(folder: Path) -> Layout:
    """Give the layout in an adopted template's folder. Raises ``Refusal`` where it is missing or faulty."""
    path = folder / LAYOUT
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise _faulty(error.strerror or str(error)) from error


@lru_cache(maxsize=8)
def _loaded(path: Path, changed: int) -> Layout:
    try:
        return Layout.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise _faulty(error.errors()[0]["msg"]) from error


def _faulty(detail: str) -> Refusal:
    return Refusal(make_problem("data-file-faulty", file=LAYOUT, sheet=LAYOUT, detail=detail))
