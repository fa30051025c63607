"""Web pages with tables: what systems export as .xls, what Excel saves as a page, what is copied into one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import lxml.etree
import lxml.html

from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import MEBIBYTE, Meter, Remarks
from icsassess.excel.reading.documents.grid import Grid
from icsassess.excel.reading.documents.html_styles import Style, StyleSheet, colour
from icsassess.excel.reading.documents.text_encoding import decode

MOST_BYTES = 24 * MEBIBYTE
_CHARSET = re.compile(rb"charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_IGNORED = frozenset(("script", "style", "head", "template", "noscript", "object", "xml"))
_LINES = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"))
_STRUCK = frozenset(("s", "strike", "del"))
_MOST_SPAN = 1_000
_MARKS = ("\x01", "\x02")  # around text that is struck through, while a cell's text is put together


class _Look(NamedTuple):
    text: str
    struck: bool


def read_page(data: bytes, meter: Meter, remarks: Remarks) -> Workbook:
    """Read the tables of a web page. Raises Unreadable."""
    sheets = page_sheets(data, meter, remarks, "Table", [0])
    return Workbook("html", tuple(sheets), {}, {}, False, (), (), remarks.all())


def page_sheets(data: bytes, meter: Meter, remarks: Remarks, title: str, counted: list[int]) -> list[Sheet]:
    """Give each table of a page as a sheet, and what stands outside of tables as one called ‘Text’ in front.

    Raises Unreadable, where there is no table, too.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(Reason.TOO_LARGE, f"the page is larger than {MOST_BYTES // MEBIBYTE} MiB")
    root = _parse(data)
    meter.check_time()
    page = _Page(StyleSheet([element.text or "" for element in root.iter("style")]), meter, counted)
    tables = [table for table in root.iter("table") if table.find(".//table") is None]
    grids = [page.table(table, f"{title} {number}") for number, table in enumerate(tables[:1_000], 1)]
    grids = [grid for grid in grids if grid.cells]
    if not grids:
        raise Unreadable(Reason.NOT_A_WORKBOOK, "a web page without a table")
    if len(grids) == 1:
        grids[0].title = title
    outside = Grid("Text", meter, counted)
    for number, line in enumerate(page.lines_outside(root), 1):
        outside.add_text(number, 1, line)
    if next(root.iter("img"), None) is not None:
        remarks.add("the page shows pictures, which could not be read")
    return [grid.finish() for grid in ([outside, *grids] if outside.cells else grids)]


def _parse(data: bytes) -> lxml.etree._Element:
    said = _CHARSET.search(data[:4096])
    text = None
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            text = data.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeError):
            text = None
    if text is None:
        decoded = decode(data)
        if decoded is None:
            raise Unreadable(Reason.DAMAGED, "the page cannot be read as text")
        text = decoded[0]
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    text = _DECLARATION.sub("", text).translate({0: None, 1: None, 2: None})
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable(Reason.NOT_A_WORKBOOK, "a web page without a table") from error
    return root


class _Page:
    def __init__(self, styles: StyleSheet, meter: Meter, counted: list[int]) -> None:
        self._styles = styles
        self._meter = meter
        self._counted = counted

    def table(self, table: lxml.etree._Element, title: str) -> Grid:
        """Give a table's cells where they show, those that span several rows or columns as merged areas."""
        grid = Grid(title, self._meter, self._counted)
        taken: set[tuple[int, int]] = set()
        row = 0
        for element in table.iter("tr"):
            row += 1
            style = self._style(element)
            if style.hidden:
                grid.hidden_rows.add(row)
            column = 1
            for cell in element:
                if cell.tag not in ("td", "th"):
                    continue
                while (row, column) in taken:
                    column += 1
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                self._cell(grid, cell, row, column, style)
                if down > 1 or across > 1:
                    grid.merge((row, column, row + down - 1, column + across - 1))
                    if down > 1:
                        taken.update(
                            (row + below, column + right) for below in range(1, down) for right in range(across)
                        )
                        self._meter.held(64 * down * across)
                column += across
        return grid

    def _cell(self, grid: Grid, cell: lxml.etree._Element, row: int, column: int, of_row: Style) -> None:
        style = self._style(cell)
        fill = style.fill or of_row.fill
        text, struck = _text_of(cell, self._styles)
        link = next((href for anchor in cell.iter("a") if _is_outside(href := anchor.get("href", ""))), None)
        kind = Kind.TEXT if text else Kind.EMPTY
        note = cell.get("title") or None
        text = text[: self._meter.limits.text_characters]
        grid.add(Cell(row, column, text or None, kind, fill, note, link, struck or bool(style.struck)))

    def _style(self, element: lxml.etree._Element) -> Style:
        own = self._styles.style_of(str(element.tag), element.get("class", ""), element.get("style", ""))
        if own.fill is None and (background := element.get("bgcolor")):
            own = own._replace(
                fill=colour(background if "#" in background or background.isalpha() else f"#{background}")
            )
        return own

    def lines_outside(self, root: lxml.etree._Element) -> Iterator[str]:
        """Give the lines of text that stand in no table; a table that only lays the page out is none."""
        body = root.find("body")
        if body is None:
            return
        innermost = {id(table) for table in root.iter("table") if table.find(".//table") is None}
        text = "".join(_pieces(body, self._styles, innermost))
        for line in _without_marks(text).split("\n"):
            if plain := " ".join(line.split()):
                yield plain


def _span(cell: lxml.etree._Element, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _is_outside(href: str) -> bool:
    return href.lower().startswith(("http:", "https:", "mailto:", "file:", "\\\\"))


def _text_of(cell: lxml.etree._Element, styles: StyleSheet) -> tuple[str, bool]:
    """Give a cell's text as it shows, and whether a part of it is struck through."""
    text = "".join(_pieces(cell, styles, set()))
    lines = [" ".join(line.replace("\xa0", " ").split()) for line in _without_marks(text).split("\n")]
    return "\n".join(line for line in lines if line), _MARKS[0] in text


def _without_marks(text: str) -> str:
    return text.replace(_MARKS[0], "").replace(_MARKS[1], "")


def _pieces(element: lxml.etree._Element, styles: StyleSheet, left_out: set[int]) -> Iterator[str]:
    """Give the texts within an element, with a line end where one shows."""
    yield _flat(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag and tag not in _IGNORED and id(child) not in left_out:
            style = styles.style_of(tag, child.get("class", ""), child.get("style", ""))
            if not style.hidden:
                line, struck = tag in _LINES, tag in _STRUCK or bool(style.struck)
                yield "\n" if line else " " if tag in ("td", "th") else ""
                yield _MARKS[0] if struck else ""
                if tag == "input" and child.get("type", "").lower() in ("checkbox", "radio"):
                    yield "☒" if child.get("checked") is not None else "☐"
                yield from _pieces(child, styles, left_out)
                yield _MARKS[1] if struck else ""
                yield "\n" if line and tag != "br" else ""
        yield _flat(child.tail)


def _flat(text: str | None) -> str:
    return " ".join(text.replace("\n", " ").replace("\r", " ").split(" ")) if text else ""
