"""The sheets Lines, Changes, Points and Key of the roll-up: what its cells lead to, and what its words mean."""

import datetime
from collections.abc import Iterator, Sequence

from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import personal_data, problems, rag
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.rollup import layout
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.layout import CENTRED_HEADING, begin, register
from icsassess.rollup.locality_summary import STATES, LineSummary, LocalitySummary
from icsassess.rollup.record import LocalityChange, PreviousRollup
from icsassess.support.data_files import shipped_toml
from icsassess.tables import titles
from icsassess.version import VERSION
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import ASSESSMENT, HEADING_ROW
from icsassess.workbook.sheet_kit.register import as_list
from icsassess.workbook.signing.verdict import AS_SIGNED, CHANGED, NOT_SIGNED

_RATING = looks.CELL_CENTRED.with_(bold=True)
_LINES = (
    Column("No. and Ref", 12, looks.CELL_BOLD),
    Column("Locality", 18, looks.CELL_BOLD),
    Column("Ref", 9, looks.CELL_BOLD),
    Column("Theme", 16),
    Column(titles.STATEMENT, 26),
    Column(titles.CATEGORY, 20),
    Column("Rating", 13, _RATING, CENTRED_HEADING),
    Column(titles.SUGGESTED_RAG, 13, looks.CELL_CENTRED, CENTRED_HEADING),
    Column(titles.AGREED_RAG, 13, looks.CELL_CENTRED, CENTRED_HEADING),
    Column("Agreement", 14, looks.CELL_CENTRED, CENTRED_HEADING),
    Column("Evidence", 10, looks.NUMBER.with_(right=False, centred=True), CENTRED_HEADING),
    Column(titles.WHY_A_GAP, 22),
    Column("Plan", 16, looks.CELL_CENTRED, CENTRED_HEADING),
    Column(titles.ACTIONS_OF_GAP, 10, looks.CELL_CENTRED, CENTRED_HEADING),
    Column(titles.LATE, 8, looks.CELL_CENTRED, CENTRED_HEADING),
    Column("Framework", 26),
    Column("Workbook", 40),
    Column("Sheet", 14),
    Column("Cell", 8),
)
_SEVERITY_FILLS = {"blocker": looks.PALE_RED, "warning": looks.PALE_AMBER, "note": looks.NHS_PALE_GREY}


def lines(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write every locality's every line, with the workbook, sheet and cell in which its rating stands."""
    sheet = begin(book, rollup, layout.LINES)
    rows = [_line(locality, line) for locality in rollup.localities for line in locality.lines]
    last = register(sheet, _LINES, rows, frozen=3)
    sheet.colour_words(HEADING_ROW + 1, 7, last, 9, fills())


def _line(locality: LocalitySummary, line: LineSummary) -> list[Value]:
    gap = line.gap
    return [
        layout.line_key(locality, line),
        locality.label,
        line.ref,
        line.theme,
        line.statement,
        line.category,
        line.rating,
        line.suggested,
        line.agreed,
        line.agreement,
        line.evidence,
        as_list(gap.reasons) if gap else "",
        gap.plan if gap else "",
        gap.actions if gap else "",
        gap.late if gap else "",
        locality.framework.in_words,
        locality.file,
        ASSESSMENT if line.cell else "its row is not there",
        line.cell,
    ]


def changes(
    book: WorkbookWriter, rollup: Rollup, last: PreviousRollup | None, movements: Sequence[LocalityChange]
) -> None:
    """Write what moved since the last roll-up."""
    variant, words = ", the first", {}
    if last is not None:
        when = day_in_words(datetime.date.fromisoformat(last.content["as_at"]))
        variant, words = "" if movements else ", none", {"when": when, "name": last.name}
    columns = [
        Column("Locality", 20, looks.CELL_BOLD),
        Column("What", 24, looks.CELL_BOLD),
        Column("Ref", 10),
        Column("Was", 24),
        Column("Is", 24),
        Column("In words", 90),
    ]
    rows: list[list[Value]] = [
        [
            personal_data.mask(text or "")
            for text in (locality, change.kind, change.ref, change.was, change.current, change.sentence)
        ]
        for locality, change in movements
    ]
    register(begin(book, rollup, layout.CHANGES, variant, **words), columns, rows, frozen=2)


def points(book: WorkbookWriter, rollup: Rollup, listed: Sequence[problems.Problem]) -> None:
    """Write what should be put right, the weightiest first."""
    columns = [
        Column("Severity", 12, looks.CELL_BOLD),
        Column("Workbook", 36),
        Column("Title", 30),
        Column("Message", 80),
        Column("What to do", 56),
        Column("Code", 30),
    ]
    rows: list[list[Value]] = [
        [
            problem.severity.value,
            personal_data.mask(problem.file or problem.sheet or ""),
            problems.title(problem.code),
            problem.message,
            problem.suggestion,
            problem.code,
        ]
        for problem in listed
    ]
    sheet = begin(book, rollup, layout.POINTS, "" if listed else ", none")
    last = register(sheet, columns, rows, frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 1, last, 1, _SEVERITY_FILLS)


def key(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write what the words mean and by which rules the figures are made."""
    columns = [Column("Subject", 22), Column("Word", 40, looks.CELL_BOLD), Column("Meaning", 96)]
    sheet = begin(book, rollup, layout.KEY)
    last = register(sheet, columns, list(_key(rollup)), frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 2, last, 2, fills())


def _key(rollup: Rollup) -> Iterator[tuple[str, str, str]]:
    vocabulary = rag.vocabulary()
    for rating in vocabulary.ratings:
        yield "Rating", rating.name, f"{rating.definition} (A locality may have definitions of its own: see its Key.)"
    states = {"signed": STATES[AS_SIGNED], "changed": STATES[CHANGED], "not_signed": STATES[NOT_SIGNED]}
    words = {**dict(vocabulary.absent), **states, "not_in_its_framework": layout.NOT_IN_ITS_FRAMEWORK}
    for subject, word, meaning in shipped_toml("rollup.toml")["key"]["rows"]:
        yield subject, word.format(**words), meaning
    yield "Program", f"icsassess {VERSION}", f"Made from the workbooks as at {day_in_words(rollup.as_at)}."
    yield "Personal data", "What was not looked for", personal_data.CANNOT_SEE
