"""The formats of a workbook: one for each style, made once."""

import xlsxwriter
from xlsxwriter.format import Format

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.support.memo import Memo


class Formats:
    """Gives xlsxwriter's formats for the program's own styles."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._by_style: Memo[CellStyle, Format] = Memo(lambda style: workbook.add_format(style.xlsxwriter_properties()))
        self._conditional: dict[tuple[str | None, str], Format] = {}
        default = workbook.formats[0]
        default.set_font_name(styles.FONT)
        default.set_font_size(11)

    def of(self, style: CellStyle) -> Format:
        """Give the format of a style."""
        return self._by_style[style]

    def conditional(self, fill: str | None, colour: str = styles.BLACK) -> Format:
        """Give the format that a condition puts over a cell: a fill, where there is one, and the text's colour."""
        if (fill, colour) not in self._conditional:
            look = {"font_color": f"#{colour}"} | ({"bg_color": f"#{fill}"} if fill else {})
            self._conditional[fill, colour] = self._workbook.add_format(look)
        return self._conditional[fill, colour]
