"""The sheet Summary: where the locality stands, in ten seconds."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from icsassess.assessment.gaps import plans
from icsassess.assessment.history.changes import headline_of
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import rag
from icsassess.domain.problems import Severity
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import Look
from icsassess.excel.writing.sheet import Column, Formula, Link, SheetWriter, Value, place, quoted
from icsassess.excel.writing.workbook import Book
from icsassess.support.text import count
from icsassess.view.view import View
from icsassess.workbook.layout import (
    AS_AT_NAME,
    ASSESSMENT,
    CHANGES,
    DEADLINE_NAME,
    EVIDENCE,
    GAPS,
    POINTS,
    RETURNS,
    SIGN_OFF,
    SUMMARY,
    TABLE_NAMES,
)
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.sheets import priorities as first
from icsassess.workbook.sheets.charts import gaps_chart, ratings_chart
from icsassess.workbook.sheets.sign_off import STATUS_CELL
from icsassess.workbook.sheets.theme_counts import TITLES, theme_rows

ABOUT = (
    "What to look at, where we stand, the gaps, then one table: the ratings by theme. Figures follow what the group "
    "types; underlined words lead to the rows behind them."
)
FIRST_ROW = 4
_LABEL_WIDTH, _WIDEST_LABEL, _WIDTH = 24, 36, 11
_CHARTS = 6
"""Column in which the charts begin, to the right of the facts and the gaps: all of it is one screen wide."""
_SECTION_HEIGHT = 24
_ON_ONE_LINE = looks.PLAIN.with_(wrap=False)
_THEME = looks.CELL_BOLD.with_(colour=looks.NHS_BLUE, underlined=True)
_NUMBER = looks.CELL_CENTRED.with_(number_format="#,##0")
_TOTAL = _NUMBER.with_(bold=True, fill=looks.PALE_BLUE)
_COUNT = looks.LABEL.with_(left=True, number_format="#,##0")


class Fact(NamedTuple):
    """A fact of the Summary: what it is about, and its value."""

    label: str
    value: Value
    look: Look = _ON_ONE_LINE
    name: str = ""


def write(book: Book, view: View, standing: str) -> SheetWriter:
    """Write the sheet: what to look at first, facts in pairs, gaps by state, and the table of themes.

    ``standing`` says whether the workbook is signed, as the sheet Sign-off does.
    """
    sheet = frame.begin(book, view, SUMMARY, ABOUT)
    sentences = first.sentences(view)
    facts_row = FIRST_ROW + first.MOST + 1  # always the same room, so that all stays where people know it
    gaps_row = facts_row + len(facts(view, 0, standing)) + 1
    heading = gaps_row + len(gap_counts(view, 0)) + 2
    total_row = heading + len(view.merged.locality.framework.themes) + 1
    _section(sheet, FIRST_ROW, f"Look at this first (as at {day_in_words(view.merged.as_at)})")
    for row, sentence in enumerate(sentences, FIRST_ROW + 1):
        sheet.put(row, 1, sentence, looks.LINK.with_(wrap=False))
    _section(sheet, facts_row, "Where we stand")
    _write_facts(book, sheet, facts(view, total_row, standing), facts_row + 1)
    _section(sheet, gaps_row, "Gaps by the state of their plan")
    _write_gaps(sheet, view, gaps_row + 1)
    _section(sheet, heading - 1, "Ratings by theme")
    last = _write_themes(sheet, view, heading)
    ratings_chart(book, sheet, (facts_row + 2, _CHARTS), heading, last, len(view.lines))
    gaps_chart(book, sheet, (gaps_row, _CHARTS), gaps_row + 2, heading - 2)
    sheet.page.set_up(pages_tall=1)
    return sheet


def _section(sheet: SheetWriter, row: int, title: str) -> None:
    sheet.put(row, 1, title, frame.SECTION)
    sheet.at_least(row, _SECTION_HEIGHT)


def _write_themes(sheet: SheetWriter, view: View, heading: int) -> int:
    centred = looks.HEADING.with_(centred=True)
    themes = [theme.title for theme in view.merged.locality.framework.themes]
    columns = [
        # On one line: in a signed copy these are plain links, which LibreOffice does not break.
        Column(TITLES[0], frame.narrowest(themes, _THEME, _LABEL_WIDTH, _WIDEST_LABEL, lines=1), _THEME),
        *(Column(title, _WIDTH, _NUMBER, centred) for title in TITLES[1:]),
    ]
    rows = theme_rows(view, heading)
    total = {(len(rows) - 1, number): _TOTAL.with_(centred=number > 0) for number in range(len(columns))}
    return sheet.table(TABLE_NAMES[SUMMARY], heading, columns, rows, total, filtered=False)


def facts(view: View, total_row: int, standing: str) -> list[Fact]:
    """Give the facts; ``total_row`` is the row of the table that counts all themes."""
    signed = f"{quoted(SIGN_OFF)}!{STATUS_CELL}"
    merged = view.merged
    settings, framework = merged.locality.settings, merged.locality.framework
    date = _ON_ONE_LINE.with_(number_format=looks.DATE_FORMAT, left=True)
    link = looks.LINK.with_(wrap=False)
    severities = Counter(problem.severity for problem in merged.problems)
    words = [count(severities[severity], severity.value) for severity in Severity]
    return [
        # First and last, above and below the chart that stands beside the others: what may be long.
        Fact("What moved", Link(place(CHANGES, 1, 1), headline_of(merged.changes)), link),
        Fact("Time left", live.time_left(merged.as_at, settings.deadline), looks.LABEL.with_(wrap=False)),
        Fact("Deadline", settings.deadline, date, DEADLINE_NAME),
        Fact("Returns", Link(place(RETURNS, 1, 1), _returns_day_in_words(view)), link),
        Fact("Lines rated", _lines_rated(view, total_row), link),
        Fact("Sign-off", Formula(f'=HYPERLINK("#{signed}",{signed})', standing), link),
        Fact("To be signed by", settings.sign_off.role),
        Fact("Points to fix", Link(place(POINTS, 1, 1), ", ".join(words)), link),
        Fact("Evidence", Link(place(EVIDENCE, 1, 1), count(len(merged.entries), "entry", "entries")), link),
        Fact("As at", merged.as_at, date, AS_AT_NAME),
        Fact("Locality", f"{settings.name}, {settings.system}"),
        Fact("Framework", f"{framework.title}, version {framework.version}"),
    ]


def _lines_rated(view: View, total_row: int) -> Formula:
    rated, out_of = (f"{chr(ord('A') + TITLES.index(title))}{total_row}" for title in ("Rated", "Out of"))
    words = Counter(line.rating for line in view.lines)
    number = sum(words[name] for name in rag.vocabulary().ordered)
    text = f'=HYPERLINK("#{place(ASSESSMENT, 1, 1)}",{rated}&" of "&{out_of}&" (those not applicable left out)")'
    return Formula(text, f"{number} of {len(view.lines) - words[rag.NOT_APPLICABLE]} (those not applicable left out)")


def _returns_day_in_words(view: View) -> str:
    states = Counter(view.merged.returns["state"].tolist())
    words = [f"{states[state]} {state}" for state in ("received", "outstanding", "refused")]
    return ", ".join(words + ([f"{states['superseded']} superseded"] if states["superseded"] else []))


def _write_facts(book: Book, sheet: SheetWriter, told: list[Fact], first_row: int) -> None:
    for row, fact in enumerate(told, first_row):
        sheet.put(row, 1, fact.label, looks.LABEL)
        sheet.put(row, 2, fact.value, fact.look)
        if fact.name:
            book.name(fact.name, f"={SUMMARY}!$B${row}")


def gap_counts(view: View, row: int) -> list[tuple[str, Formula]]:
    """Give each state of a plan with how many gaps are in it, all gaps first; these stand in ``row``."""
    plan, gap = view.gaps_table.range("Plan"), view.gaps_table.range("Gap")
    # The group's own rows have no gap's name: they are actions more, not gaps more.
    counts = [("all gaps", Formula(f'=COUNTIF({gap},"G-*")', len(view.gaps)))]
    counts += [
        (state, Formula(f'=COUNTIFS({gap},"G-*",{plan},"{state}")', view.plans[state])) for state in plans.PLAN_STATES
    ]
    others = f"=B{row}-SUM(B{row + 1}:B{row + len(plans.PLAN_STATES)})"
    return [*counts, ("no plan asked for", Formula(others, view.plans[""]))]


def _write_gaps(sheet: SheetWriter, view: View, first_row: int) -> None:
    """Write the gaps by the state of their plan: a word that leads there, and its figure."""
    leads_to = place(GAPS, view.gaps_table.heading_row, view.gaps_table.column("Plan"))
    for row, (word, figure) in enumerate(gap_counts(view, first_row), first_row):
        sheet.put(row, 1, live.link(leads_to, word), looks.LINK)
        sheet.put(row, 2, figure, _COUNT)
