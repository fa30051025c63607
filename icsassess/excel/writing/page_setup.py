"""A sheet on paper: its size, what stands at the top and foot of each page, and where pages break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from icsassess.excel.writing.model import styles as looks
from icsassess.support.text import clip

if TYPE_CHECKING:
    from icsassess.excel.writing.workbook import Book


class Printed:
    """The part of a sheet's writer that sets up its paper; rows count from 1."""

    book: Book
    worksheet: Worksheet
    title: str

    def printed(
        self,
        *,
        repeat: tuple[int, int] | None = None,
        breaks: Sequence[int] = (),
        pages_tall: int = 0,
        landscape: bool = True,
        paper: int = 9,
        titled: bool = False,
    ) -> None:
        """Set up the paper: one page wide, headings repeated, page numbers, a break above each row of ``breaks``.

        ``paper`` is Excel's number for its size, 9 for A4. A ``titled`` page has the sheet's title in its header.
        """
        sheet, marking = self.worksheet, clip(self.book.marking, 50).replace("&", "&&")
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, pages_tall)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        # Excel takes no header over 255 characters; the size stands before the type, or it would run into a digit.
        heading = clip(f"{self.title} – {self.book.heading}" if titled else self.book.heading, 90).replace("&", "&&")
        kind = f'&12&"{looks.FONT},Bold"' if titled else f'&10&"{looks.FONT}"'
        sheet.set_header(f'&L{kind}{heading}&R&10&"{looks.FONT},Bold"{marking}')
        title = self.title.replace("&", "&&")
        sheet.set_footer(
            f'&L&10&"{looks.FONT}"{title}&C&10&"{looks.FONT},Bold"{marking}&R&10&"{looks.FONT}"Page &P of &N'
        )
        if repeat:
            sheet.repeat_rows(repeat[0] - 1, repeat[1] - 1)
        if breaks:
            sheet.set_h_pagebreaks([row - 1 for row in breaks])
