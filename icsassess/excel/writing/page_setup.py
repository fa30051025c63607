"""A sheet on paper: its size, what stands at the top and foot of each page, and where pages break."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from icsassess.excel.writing.model import styles
from icsassess.support.text import clip


class PageSetup:
    """The paper of a sheet: ``heading`` stands at the top of each page, ``marking`` at its top and foot."""

    def __init__(self, worksheet: Worksheet, title: str, heading: str, marking: str) -> None:
        self._worksheet = worksheet
        self._title = title
        self._heading = heading
        self._marking = clip(marking, 50).replace("&", "&&")

    def set_up(
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

        Rows count from 1. ``paper`` is Excel's number for its size, 9 for A4. A ``titled`` page has the sheet's title
        in its header.
        """
        sheet, font, bold = self._worksheet, styles.FONT, f"{styles.FONT},Bold"
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, pages_tall)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        # Excel takes no header over 255 characters; the size stands before the type, or it would run into a digit.
        heading = clip(f"{self._title} – {self._heading}" if titled else self._heading, 90).replace("&", "&&")
        face = f'&12&"{bold}"' if titled else f'&10&"{font}"'
        sheet.set_header(f'&L{face}{heading}&R&10&"{bold}"{self._marking}')
        title = self._title.replace("&", "&&")
        sheet.set_footer(f'&L&10&"{font}"{title}&C&10&"{bold}"{self._marking}&R&10&"{font}"Page &P of &N')
        if repeat:
            sheet.repeat_rows(repeat[0] - 1, repeat[1] - 1)
        if breaks:
            sheet.set_h_pagebreaks([row - 1 for row in breaks])
