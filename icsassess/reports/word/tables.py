"""Tables in a Word document: a header row that is repeated on every page, alternative text, words with a colour."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row

from icsassess.excel.writing.model import styles as looks
from icsassess.reports.display_text import display_text
from icsassess.reports.word.document import Paper
from icsassess.reports.word.parts import child

_MARGIN = "57"  # twentieths of a point: a millimetre
Fill = Callable[[str], str | None]


def add_table(
    paper: Paper,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    *,
    fill: Fill | None = None,
    size: float = 10,
    last_is_total: bool = False,
    rooms: Sequence[int] = (),
) -> None:
    """Add a table with its caption above it; ``widths`` in centimetres.

    ``fill`` gives the colour behind a word as ``RRGGBB``. The columns ``rooms``, from 0, are marked
    in yellow: they are for the author to fill in. The caption is the table's alternative text too.
    """
    paper.paragraph(caption, style="Caption")
    table = paper.document.add_table(rows=0, cols=len(headings), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    properties: Any = table._tbl.tblPr
    for tag in ("w:tblCaption", "w:tblDescription"):
        child(properties, tag, val=display_text(caption))
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)  # it has to stand before the two
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")
        properties.find(qn("w:tblCaption")).addprevious(look)
    margins = child(properties, "w:tblCellMar")
    for side in ("left", "right"):
        child(margins, f"w:{side}", w=_MARGIN, type="dxa")
    properties.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _header(table.add_row(), headings, widths, size)
    for number, values in enumerate(rows, 1):
        row = table.add_row()
        _whole(row)
        total = last_is_total and number == len(rows)
        for column, (value, width) in enumerate(zip(values, widths, strict=True)):
            text = display_text(value)
            shade = looks.PALE_BLUE if total else fill(text) if fill else None
            _write(row.cells[column], text, width, size, bold=column == 0 or column + 1 in rooms or total, shade=shade)
            if column in rooms:
                row.cells[column].paragraphs[0].runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW
    paper.document.add_paragraph().paragraph_format.space_after = Pt(0)


def _header(row: _Row, headings: Sequence[str], widths: Sequence[float], size: float) -> None:
    _whole(row)
    child(row._tr.get_or_add_trPr(), "w:tblHeader", val="true")
    for cell, heading, width in zip(row.cells, headings, widths, strict=True):
        _write(cell, display_text(heading), width, size, bold=True, shade=looks.NHS_BLUE, colour=looks.WHITE)


def _whole(row: _Row) -> None:
    """Keep a row on one page."""
    child(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")


def _write(
    cell: _Cell, text: str, width: float, size: float, *, bold: bool, shade: str | None, colour: str = looks.BLACK
) -> None:
    cell.width = Cm(width)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.color.rgb = bold, Pt(size), RGBColor.from_string(colour)
    if shade:
        child(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=shade)
