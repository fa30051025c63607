"""The texts of a workbook that could be instructions: left out unless the reader says that the blank keeps them."""

from collections.abc import Iterator

from icsassess.adopting.understanding.model import Understanding
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.returns.matching.line_titles import find_statement, names_a_theme

_MOST = 80
_LONGEST_TITLE = 200


def texts_not_taken_over(understood: Understanding, workbook: Workbook) -> list[tuple[str, str]]:
    """Give texts above the tables and on sheets without lines, each with its place, such as ‘Guidance!A3’.

    What stands in tables, below them and in the boxes of the cover is the other locality's content and not among them.
    At most 80 are given.
    """
    texts = [text for sheet in workbook.sheets if not sheet.hidden for text in _texts(understood, sheet)]
    return texts[:_MOST]


def _texts(understood: Understanding, sheet: Sheet) -> Iterator[tuple[str, str]]:
    framework = understood.framework
    tops = [table.table.top for table in understood.tables if table.sheet is sheet]
    tops += [matrix.heading_row for matrix in understood.matrices if matrix.sheet is sheet]
    before = min(tops, default=1_048_577)
    boxes = {
        place for box in understood.cover if box.sheet == sheet.title for place in ((box.row, box.column), box.answer)
    }
    for place, cell in sorted(sheet.cells.items()):
        if (
            place[0] >= before
            or place in boxes
            or not isinstance(cell.value, str)
            or cell.formula
            or not cell.value.strip()
        ):
            continue
        is_title = tops and len(cell.value) <= _LONGEST_TITLE
        if is_title and (find_statement(framework, cell.value) or names_a_theme(framework, cell.value)):
            continue
        yield f"{sheet.title}!{cell.address}", " ".join(cell.value.split())
