"""The content of an OpenDocument spreadsheet in a single pass (ODF 1.3 part 3, 9).

Rows and cells stand for many by a count of repeats: LibreOffice writes one blank row for a million of them. They are
counted, not unfolded, unless they hold something.
"""

from collections.abc import Iterable

from icsassess.excel.cells.model import Sheet
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.xml import PartReader, attribute, parse
from icsassess.excel.reading.ods.drawn import OdsDrawings
from icsassess.excel.reading.ods.sheet import OdsSheet
from icsassess.excel.reading.ods.styles import OdsStyles
from icsassess.excel.reading.ods.text import OdsText

# What lies within a sheet without being part of it: drawings and their texts, charts' own tables, and the old content
# of cells in a record of changes.
_NOT_CONTENT = frozenset(
    [
        *("tracked-changes", "shapes", "forms", "frame", "custom-shape", "g", "rect", "line", "control", "caption"),
        *("ellipse", "circle", "polygon", "polyline", "path", "connector", "regular-polygon", "measure"),
    ]
)


class OdsContent(PartReader):
    """Reads content.xml, or the styles of styles.xml."""

    def __init__(self, meter: Meter, styles: OdsStyles, remarks: Remarks) -> None:
        super().__init__(meter)
        self.sheets: list[Sheet] = []
        self.external_links: list[str] = []
        self._styles = styles
        self._remarks = remarks
        self._in_styles = False
        self._ignoring = ""
        self._ignored_depth = 0
        self._drawings = OdsDrawings(meter, styles)
        self._sheet: OdsSheet | None = None
        self._text: OdsText | None = None
        self._note: OdsText | None = None
        self._is_external = False
        self._was_keeping = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called by expat for each start tag."""
        self.go_deeper()
        self._take_text()
        if self._ignoring:
            self._ignored_depth += name == self._ignoring
            if self._sheet is not None:
                self._drawings.opened(name, attributes, self._sheet.place)
        elif (name in _NOT_CONTENT and self._sheet is not None) or name == "tracked-changes":
            self._ignoring, self._ignored_depth = name, 1
            if self._sheet is not None:
                self._was_keeping, self.keeps_text = self.keeps_text, True
                self._drawings.opened(name, attributes, self._sheet.place)
        elif name in ("automatic-styles", "styles"):
            self._in_styles = True
        elif self._in_styles:
            self._styles.opened(name, attributes)
        elif self._sheet is not None:
            self._in_sheet(self._sheet, name, attributes)
        elif name == "table":
            self._begin_sheet(attributes)

    def end(self, name: str) -> None:
        """Called by expat for each end tag."""
        self.depth -= 1
        self._take_text()
        if self._ignoring:
            if name == self._ignoring:
                self._ignored_depth -= 1
                if not self._ignored_depth:
                    self._ignoring = ""
                    if self._sheet is not None:
                        self._drawings.end()
                        self.keeps_text = self._was_keeping
        elif name in ("automatic-styles", "styles"):
            self._in_styles = False
        elif self._in_styles:
            self._styles.closed(name)
        elif self._sheet is not None:
            self._end_in_sheet(self._sheet, name)

    def _take_text(self) -> None:
        if self.pieces:
            text = "".join(self.pieces)
            self.pieces.clear()
            target = self._note or self._text
            if self._ignoring:
                self._drawings.text(text)
            elif target is not None:
                target.text(text)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= self.meter.limits.sheets:
            raise Unreadable(Reason.TOO_LARGE, f"it has more than {self.meter.limits.sheets:,} sheets")
        title = attributes.get("table:name") or attribute(attributes, "name") or f"Sheet {len(self.sheets) + 1}"
        displayed = self._styles.is_displayed(attribute(attributes, "style-name") or "")
        self._sheet = OdsSheet(title[:255], not displayed, self.meter, self._styles)
        self._is_external = False

    def _in_sheet(self, sheet: OdsSheet, name: str, attributes: dict[str, str]) -> None:
        if self._note is not None:
            self._note.opened(name, attributes)
        elif name == "annotation":
            self._note = OdsText(self._styles, self.meter.limits.text_characters)
            self.keeps_text = True
        elif self._text is not None:
            self._text.opened(name, attributes)
        elif name in ("table-cell", "covered-table-cell"):
            sheet.begin_cell(attributes, covered=name != "table-cell")
            self._text = OdsText(self._styles, self.meter.limits.text_characters)
            self.keeps_text = True
        elif name == "table-row":
            sheet.begin_row(attributes)
        elif name == "table-column":
            sheet.add_columns(attributes)
        elif name == "table-source":
            # A copy of a sheet of another workbook, kept for the formulas that refer to it.
            self._is_external = True
            self.external_links.append(attribute(attributes, "href") or "")

    def _end_in_sheet(self, sheet: OdsSheet, name: str) -> None:
        if name == "annotation" and self._note is not None:
            sheet.note = self._note.result()
            self._note = None
        elif self._note is not None:
            if name not in ("date", "creator"):
                self._note.closed(name)
        elif name in ("table-cell", "covered-table-cell") and self._text is not None:
            sheet.end_cell(self._text)
            self._text = None
            self.keeps_text = False
        elif self._text is not None:
            self._text.closed(name)
        elif name == "table-row":
            sheet.end_row()
        elif name == "table":
            if not self._is_external:
                self.sheets.append(sheet.finish(self._remarks, self._drawings.take()))
            self._sheet = None


def read_content(chunks: Iterable[bytes], meter: Meter, part: str, styles: OdsStyles, remarks: Remarks) -> OdsContent:
    """Read content.xml, or styles.xml for its styles alone. Raises Unreadable."""
    return parse(chunks, OdsContent(meter, styles, remarks), part)
