"""The sheets with a column for each locality: statements, themes, shared gaps, and strengths to share."""

from collections.abc import Callable, Sequence

from icsassess.domain import rag
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.rollup import layout
from icsassess.rollup.comparison import Rollup, Row, worst_in_words, worst_line, worst_rating
from icsassess.rollup.layout import CENTRED_HEADING, begin, register
from icsassess.rollup.locality_summary import LineSummary, LocalitySummary
from icsassess.support.text import count, fold
from icsassess.tables.titles import CATEGORY, STATEMENT
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.signing.verdict import CHANGED

_CELL = looks.CELL_CENTRED.with_(middle=True)
_NAME = looks.CELL_BOLD.with_(middle=True)
_LOCALITY = looks.HEADING.with_(centred=True, fill=looks.NHS_DARK_BLUE)
_WIDTH = 15
Word = Callable[[Sequence[LineSummary]], str]


def statements(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write the quality statements by locality: the worst rating of each statement's lines."""
    labels = [Column("Code", 8, _NAME), Column("Theme", 16, _NAME), Column(STATEMENT, 30, _NAME)]
    rows = [
        ([row.ref, row.theme, row.statement], row, [_rated(row, word) for word in _colours()])
        for row in rollup.statements
    ]
    figures = [Column(f"{word} in", 11, _CELL, CENTRED_HEADING) for word in _colours()]
    _grid(book, rollup, layout.STATEMENTS, labels, figures, rows, worst_in_words)


def themes(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write the themes by locality: the worst rating and how many lines have it."""
    rows = [([row.theme], row, [_lines_rated(row, word) for word in _colours()]) for row in rollup.themes]
    figures = [Column(f"{word} lines in all", 14, _CELL, CENTRED_HEADING) for word in _colours()]
    _grid(book, rollup, layout.THEMES, [Column("Theme", 28, _NAME)], figures, rows, worst_in_words)


def shared_gaps(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write the lines that are a gap in several localities."""
    rows = [
        (_line_labels(row), row, [f"{n} of {row.out_of}" for n in (row.gaps, row.reds, row.without_plan, row.late)])
        for row in rollup.shared_gaps
    ]
    titles = ("Gap in", "Red in", "No plan in", "Late in")
    figures = [Column(title, 11, _NAME.with_(centred=True), CENTRED_HEADING) for title in titles]
    _grid(book, rollup, layout.SHARED_GAPS, _LINE_LABELS, figures, rows, _gap_word)


def strengths(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write the lines that are Green with evidence in one locality, and Red, Amber or a gap in another."""
    rows = [
        (_line_labels(row), row, [f"{row.strengths} of {row.out_of}", f"{row.lacking} of {row.out_of}"])
        for row in rollup.strengths
    ]
    figures = [
        Column("Green with evidence in", 13, _NAME.with_(centred=True), CENTRED_HEADING),
        Column("Lacking in", 11, _NAME.with_(centred=True), CENTRED_HEADING),
    ]
    _grid(book, rollup, layout.STRENGTHS, _LINE_LABELS, figures, rows, _strength_word)


_LINE_LABELS = [Column("Ref", 9, _NAME), Column(STATEMENT, 28, _NAME), Column(CATEGORY, 20, _NAME)]


def _line_labels(row: Row) -> list[str]:
    return [row.ref, row.statement, row.category]


def _colours() -> tuple[str, ...]:
    return rag.vocabulary().ordered


def _rated(row: Row, word: str) -> str:
    """Give in how many localities this is the row's worst rating, of those in which it is to be rated."""
    return f"{sum(worst_rating(lines) == word for lines in row.counted_lines)} of {row.out_of}"


def _lines_rated(row: Row, word: str) -> str:
    lines = [line for of_locality in row.counted_lines for line in of_locality]
    return f"{sum(line.rating == word for line in lines)} of {sum(line.is_to_be_rated for line in lines)}"


def _gap_word(lines: Sequence[LineSummary]) -> str:
    (line,) = lines
    if line.gap is None:
        return f"{line.rating} – no gap"
    rating = f"Gap, though {line.rating}" if line.rating == rag.GREEN else line.rating
    return f"{rating} – {line.gap.plan or 'no plan asked for'}"


def _strength_word(lines: Sequence[LineSummary]) -> str:
    (line,) = lines
    if line.is_strength:
        return f"{line.rating} – {count(line.evidence, 'piece')} of evidence"
    if line.gap is None:
        return line.rating
    return f"Gap, though {line.rating}" if line.rating == rag.GREEN else f"{line.rating} – gap"


def _grid(
    book: WorkbookWriter,
    rollup: Rollup,
    title: str,
    labels: Sequence[Column],
    figures: Sequence[Column],
    rows: Sequence[tuple[list[str], Row, list[str]]],
    word: Word,
) -> None:
    """Write labels, then figures over all localities, then a column for each locality, in word and colour."""
    several = len(rollup.frameworks) > 1
    frozen = len(labels) + several
    before = [Column("Framework", 16, _NAME)] if several else []
    changed = ("", " (CHANGED since signed)")
    localities = [
        Column(f"{locality.label}{changed[locality.state == CHANGED]}", _WIDTH, _CELL, _LOCALITY)
        for locality in rollup.localities
    ]
    columns = _unique([*before, *labels, *figures, *localities])
    keys = layout.lines_range(rollup)
    written: list[list[Value]] = [
        [
            *([row.framework] if several else []),
            *texts,
            *numbers,
            *(_cell(keys, rollup.localities[n], lines, word) for n, lines in enumerate(row.lines)),
        ]
        for texts, row, numbers in rows
    ]
    sheet = begin(book, rollup, title)
    last = register(sheet, columns, written, frozen=frozen)
    first = len(columns) - len(localities) + 1
    colours = fills() | {layout.NOT_IN_ITS_FRAMEWORK: looks.PALE_GREY}
    sheet.colour_words(HEADING_ROW + 1, first, last, len(columns), colours, beginning=True)


def _cell(keys: str, locality: LocalitySummary, lines: Sequence[LineSummary] | None, word: Word) -> Value:
    if not lines:
        return layout.NOT_IN_ITS_FRAMEWORK
    return layout.to_line(keys, locality, worst_line(lines), word(lines))


def _unique(columns: Sequence[Column]) -> list[Column]:
    """Give the columns with titles that differ: a locality may be called like one of the program's columns."""
    used: set[str] = set()
    renamed = []
    for column in columns:
        title = column.title
        while fold(title) in used:
            title = f"{title} (locality)"
        used.add(fold(title))
        renamed.append(column._replace(title=title))
    return renamed
