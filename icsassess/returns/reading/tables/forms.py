"""Tables that are turned (a column a line) and forms (a block of labels a line): answers stand beside labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from icsassess.domain.fields import LABEL_FIELDS
from icsassess.domain.framework import Framework
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import exact_field, match_heading
from icsassess.returns.matching.line_finder import LineFinder
from icsassess.returns.matching.line_titles import Labels
from icsassess.returns.reading.tables.locate import texts_by_row
from icsassess.returns.reading.tables.matrix import Matrix, MatrixCell
from icsassess.returns.template.model import ReturnTemplate

_FEWEST_FIELDS = 3
_FEWEST_LINES = 2  # one alone is a worked example
_FURTHEST_ANSWER = 4  # columns to the right of a label
_MOST_COLUMNS = 400
Block = dict[int, str]
"""The fields of a block's labels by their row."""


def forms_on(sheet: Sheet, template: ReturnTemplate, framework: Framework) -> list[Matrix]:
    """Give the turned tables and forms of a sheet as one matrix, nothing where it has none."""
    rows = texts_by_row(sheet)
    column = _label_column(rows, template)
    if column is None:
        return []
    blocks = [block for block in _blocks(rows, column, template) if _names_a_line(block)]
    finder = LineFinder(framework, has_ref_column=False)
    cells: list[MatrixCell] = []
    labels: list[tuple[int, int]] = []
    for block in blocks:
        for answers in _answer_columns(rows, column, block, turned=len(blocks) == 1):
            texts = {field: rows[row].get(answers, "") for row, field in block.items() if field in LABEL_FIELDS}
            line = finder.find(min(block), Labels(*(texts.get(name, "") for name in LABEL_FIELDS)), typed=False)
            if line is None:
                continue
            labels += [(row, answers) for row, field in block.items() if field in LABEL_FIELDS]
            cells += [
                MatrixCell(line.ref, field, row, answers) for row, field in block.items() if field not in LABEL_FIELDS
            ]
    if len({cell.ref for cell in cells}) < _FEWEST_LINES:
        return []
    labels += [(row, column) for block in blocks for row in block]
    top, last = min(min(block) for block in blocks), max(cell.row for cell in cells)
    return [
        Matrix(
            sheet,
            top,
            columns={"evidence": cells[0].column},
            others={},
            twice=[],
            rows=list(range(top, last + 1)),
            bounds=(column, max(cell.column for cell in cells)),
            top=top,
            label_column=column,
            cells=tuple(cells),
            labels=tuple(labels),
        )
    ]


def _label_column(rows: dict[int, dict[int, str]], template: ReturnTemplate) -> int | None:
    """Give the column with most labels that are titles of the return."""
    number: Counter[int] = Counter()
    for texts in rows.values():
        for column, text in texts.items():
            number[column] += len(text) < 80 and exact_field(template, text) is not None
    if not number:
        return None
    column, labels = max(number.items(), key=lambda pair: (pair[1], -pair[0]))
    return column if labels >= _FEWEST_FIELDS else None


def _blocks(rows: dict[int, dict[int, str]], column: int, template: ReturnTemplate) -> Iterator[Block]:
    """Give the blocks of labels going down: another one begins where a field comes again."""
    block: Block = {}
    for row, texts in rows.items():
        match = match_heading(template, texts.get(column, "").strip(" :"))
        if match is None:
            continue
        if match.field in block.values():
            yield block
            block = {}
        block[row] = match.field
    yield block


def _names_a_line(block: Block) -> bool:
    fields = set(block.values())
    named = "ref" in fields or {"statement", "category"} <= fields
    return len(fields) >= _FEWEST_FIELDS and named and bool(fields & {"rag", "evidence"})


def _answer_columns(rows: dict[int, dict[int, str]], column: int, block: Block, *, turned: bool) -> list[int]:
    """Give the columns with answers: the first beside the labels, in a turned table all of them."""
    last = column + (_MOST_COLUMNS if turned else _FURTHEST_ANSWER)
    used = sorted({place for row in block for place in rows[row] if column < place <= last})
    return used if turned else used[:1]
