"""The sheets Lines, Changes, Points and Key of the roll-up: what its cells lead to, and what its words mean."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import personal_data, problems, rag
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.rollup import layout
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.locality_summary import STATES, LineSummary, LocalitySummary
from icsassess.rollup.record import LocalityChange, PreviousRollup
from icsassess.rollup.sheet_frame import CENTRED_HEADING, begin, register
from icsassess.tables import titles
from icsassess.version import VERSION
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import ASSESSMENT, HEADING_ROW
from icsassess.workbook.sheet_kit.register import as_list
from icsassess.workbook.signing.verify import AS_SIGNED, CHANGED, NOT_SIGNED

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
    about = (
        "One table follows: a row for each line of each locality, with the workbook, sheet and cell it came from. "
        "The cells of the other sheets lead here. File names are text and no links: they may lie elsewhere with you."
    )
    sheet = begin(book, rollup, layout.LINES, about)
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
    if last is None:
        about = "One table follows. It is empty: there is no earlier roll-up in this folder to compare with."
    else:
        when = day_in_words(datetime.date.fromisoformat(last.content["as_at"]))
        about = f"One table follows: what moved since the last roll-up, as at {when} ({last.name})."
        if not movements:
            about = f"One table follows. It is empty: nothing moved since the last roll-up, as at {when}."
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
    register(begin(book, rollup, layout.CHANGES, about), columns, rows, frozen=2)


def points(book: WorkbookWriter, rollup: Rollup, listed: Sequence[problems.Problem]) -> None:
    """Write what should be put right, the weightiest first."""
    about = "One table follows: what could not be used, and what else to look at, the weightiest first."
    if not listed:
        about = "One table follows. It is empty: everything that was named could be used as it is."
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
    sheet = begin(book, rollup, layout.POINTS, about)
    last = register(sheet, columns, rows, frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 1, last, 1, _SEVERITY_FILLS)


def key(book: WorkbookWriter, rollup: Rollup) -> None:
    """Write what the words mean and by which rules the figures are made."""
    about = "One table follows: what the words in this workbook mean, and the rules behind its figures."
    columns = [Column("Subject", 22), Column("Word", 40, looks.CELL_BOLD), Column("Meaning", 96)]
    sheet = begin(book, rollup, layout.KEY, about)
    last = register(sheet, columns, list(_key(rollup)), frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 2, last, 2, fills())


def _key(rollup: Rollup) -> Iterator[tuple[str, str, str]]:
    vocabulary = rag.vocabulary()
    for rating in vocabulary.ratings:
        yield "Rating", rating.name, f"{rating.definition} (A locality may have definitions of its own: see its Key.)"
    yield "No rating", vocabulary.absent.blank, "A partner sent a return and gave no rating; or nobody gave one."
    yield "No rating", vocabulary.absent.no_return, "The locality has received nothing that could be used."
    yield "No rating", vocabulary.absent.not_asked, "The locality asks no partner for this quality statement."
    yield (
        "No rating",
        layout.NOT_IN_ITS_FRAMEWORK,
        "The locality assesses itself against another framework, or another version, that has no such line. It is in "
        "no denominator.",
    )
    yield "State", STATES[AS_SIGNED], "It was verified here: every cell is what was signed. See the sheet Signatures."
    yield "State", "Signed with conditions accepted", "It was verified; what its signatory accepted stands beside it."
    yield "State", STATES[CHANGED], "It was signed and is not what was signed: its figures prove nothing."
    yield "State", STATES[NOT_SIGNED], "A working copy: the locality's group may still change it."
    yield from _rules()
    yield "Program", f"icsassess {VERSION}", f"Made from the workbooks as at {day_in_words(rollup.as_at)}."
    yield "Personal data", "What was not looked for", personal_data.CANNOT_SEE


def _rules() -> Iterator[tuple[str, str, str]]:
    yield (
        "Rule",
        "Rating of a line",
        "The rating that the locality's group agreed, else the one suggested. It says how good the evidence held is; "
        "it is not CQC's rating.",
    )
    yield (
        "Rule",
        "Rating of a statement or theme",
        "The worst of its lines' ratings, and how many have it of those to be rated. Green comes first only where all "
        "of them are.",
    )
    yield (
        "Rule",
        "Out of",
        "Only lines that are Not applicable with a reason leave the number to be rated. A blank is never Green.",
    )
    yield "Rule", "Gap in 4 of 9", "In 4 localities, of the 9 in which the line is to be rated or is a gap."
    yield "Rule", "Green with evidence", "Rated Green, with at least one piece of evidence, and no gap."
    yield "Rule", "Lacking", "Rated Red or Amber, or a gap for any other reason."
    yield "Rule", "Plan", "The state of the action plan at the locality's own as-at date, by its own rules."
