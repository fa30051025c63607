"""How a workbook looks: fonts, fills and lines of its cells, widths, heights, and what its drop-down lists offer.

Read from .xlsx and .xlsm within the same bounds as the cells; other kinds of files do not say it in a way we read.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.excel.cells.colours import Colours, Theme
from icsassess.excel.container.errors import Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Meter, Remarks
from icsassess.excel.container.relationships import Relationship, first_of, relationships_of
from icsassess.excel.container.xml import parse
from icsassess.excel.container.zip_package import Package
from icsassess.excel.reading.appearance.sheet_layout import SheetAppearance, SheetLayout
from icsassess.excel.reading.formats.registry import recognise
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx.styles import Styles
from icsassess.excel.reading.xlsx.workbook_xml import WorkbookPart
from icsassess.excel.writing.model.copied_style import CopiedStyle


@dataclass(frozen=True)
class Appearance:
    """How a workbook looks: its looks by number, its sheets by title, and what its names stand for."""

    looks: tuple[CopiedStyle, ...] = ()
    sheets: dict[str, SheetAppearance] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    """The names of the package's parts, in lower case."""


def appearance_of(data: bytes) -> Appearance | None:
    """Give how a workbook looks, None for a kind of file that is not looked into, or whose looks are damaged."""
    file = InputFile(data, Meter(DEFAULT_LIMITS), Remarks(DEFAULT_LIMITS.remarks))
    if not file.is_package:
        return None
    try:
        if not recognise(file).appearance_is_read or file.main_part is None:
            return Appearance(parts=tuple(file.package.names()))
        return _of(styled_parts(file, file.main_part))
    except Unreadable:
        return None


class StyledParts(NamedTuple):
    """The parts of a package that say how it looks: the part of its styles, and of each worksheet by title."""

    package: Package
    meter: Meter
    colours: Colours
    styles: str | None
    sheets: dict[str, str]
    names: dict[str, str]


def styled_parts(file: InputFile, main: str) -> StyledParts:
    """Look up the parts of a workbook that say how it looks; ``main`` is its main part. Raises Unreadable."""
    package, meter, remarks = file.package, file.meter, file.remarks
    relationships = relationships_of(main, package, meter, remarks)
    book = parse(package.chunks(main), WorkbookPart(meter), main)
    theme = Theme(meter)
    if part := first_of(relationships, "theme", package):
        parse(package.chunks(part), theme, part)
    sheets = {
        entry.title: part for entry in book.sheets if (part := _part(relationships.get(entry.relationship), package))
    }
    styles = first_of(relationships, "styles", package)
    return StyledParts(package, meter, Colours(theme.colours()), styles, sheets, book.names)


def _of(parts: StyledParts) -> Appearance:
    package, meter, colours, styles = parts.package, parts.meter, parts.colours, parts.styles
    looks = parse(package.chunks(styles), Styles(meter, colours), styles).looks() if styles else []
    sheets = {
        title: parse(package.chunks(part, meter.limits.sheet_bytes), SheetLayout(meter, colours), part).appearance
        for title, part in parts.sheets.items()
    }
    return Appearance(tuple(looks), sheets, parts.names, tuple(package.names()))


def _part(relationship: Relationship | None, package: Package) -> str | None:
    if relationship is None or relationship.kind != "worksheet" or relationship.target not in package:
        return None
    return relationship.target
