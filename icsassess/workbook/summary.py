"""The sheet Summary: where the locality stands, in ten seconds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from icsassess import rag
from icsassess.assessment import plans
from icsassess.assessment.changes import headline_of
from icsassess.assessment.headlines import day_in_words
from icsassess.excel import looks
from icsassess.excel.looks import Look
from icsassess.excel.writing import Book, Column, Formula, Link, SheetWriter, Value, place, quoted
from icsassess.problems import Severity
from icsassess.text import count
from icsassess.workbook import first, frame, live
from icsassess.workbook.chart import ratings_chart
from icsassess.workbook.places import (
    AS_AT_NAME,
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
from icsassess.workbook.sign_off_sheet import STATUS_CELL
from icsassess.workbook.theme_counts import TITLES, theme_rows
from icsassess.workbook.view import View

ABOUT = (
    "Facts first, then what to look at, then one table: the ratings by theme. Figures follow what the group types; "
    "underlined words lead to the rows behind them."
)
FACTS_ROW = 5
_LABEL_WIDTH, _WIDTH = 26, 13


_ON_ONE_LINE = looks.PLAIN.with_(wrap=False)
_THEME = looks.CELL_BOLD.with_(colour=looks.NHS_BLUE, underlined=True)
_NUMBER = looks.CELL_CENTRED.with_(number_format="#,##0")
_TOTAL = _NUMBER.with_(bold=True, fill=looks.PALE_BLUE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the Summary: what it is about, and its value."""

    label: str
    value: Value
    look: Look = _ON_ONE_LINE
    name: str = ""


def write(book: Book, view: View, standing: str) -> SheetWriter:
    """Write the sheet: facts in pairs, gaps by state, what to look at first, and the table of themes.

    ``standing`` says whether the workbook is signed, as the sheet Sign-off does.
    """
    sheet = frame.begin(book, view, SUMMARY, ABOUT)
    sentences = first.sentences(view)
    gaps_row = FACTS_ROW + len(facts(view, 0, standing)) + 1
    first_row = gaps_row + 4
    heading = first_row + first.MOST + 3  # always the same room, so that the table stays where people know it
    total_row = heading + len(view.merged.locality.framework.themes) + 1
    _write_facts(book, sheet, facts(view, total_row, standing))
    _write_gaps(sheet, view, gaps_row)
    sheet.put(first_row, 1, f"Look at this first (as at {day_in_words(view.merged.as_at)})", looks.SECTION)
    for number, sentence in enumerate(sentences, 1):
        sheet.put(first_row + number, 1, sentence, looks.LINK.with_(wrap=False))
    sheet.put(heading - 1, 1, "Ratings by theme", looks.SECTION)
    last = _write_themes(sheet, view, heading)
    ratings_chart(book, sheet, heading, last)
    for row in (FACTS_ROW - 1, gaps_row, first_row, heading - 1):
        sheet.at_least(row, 26)
    sheet.printed(pages_tall=1)
    return sheet


def _write_themes(sheet: SheetWriter, view: View, heading: int) -> int:
    centred = looks.HEADING.with_(centred=True)
    columns = [
        Column(TITLES[0], _LABEL_WIDTH, _THEME),
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
        Fact("Locality", f"{settings.name}, {settings.system}"),
        Fact("Framework", f"{framework.title}, version {framework.version}"),
        Fact("As at", merged.as_at, date, AS_AT_NAME),
        Fact("Deadline", settings.deadline, date, DEADLINE_NAME),
        Fact("Time left", live.time_left(merged.as_at, settings.deadline), looks.LABEL.with_(wrap=False)),
        Fact("Returns", Link(place(RETURNS, 1, 1), _returns_day_in_words(view)), link),
        Fact("Lines rated", _lines_rated(view, total_row), looks.LABEL.with_(wrap=False)),
        Fact("Evidence", Link(place(EVIDENCE, 1, 1), count(len(merged.entries), "entry", "entries")), link),
        Fact("Points to fix", Link(place(POINTS, 1, 1), ", ".join(words)), link),
        Fact("Sign-off", Formula(f'=HYPERLINK("#{signed}",{signed})', standing), link),
        Fact("To be signed by", settings.sign_off.role),
        # Last, below the chart that stands beside the others: it is long.
        Fact("What moved", Link(place(CHANGES, 1, 1), headline_of(merged.changes)), link),
    ]


def _lines_rated(view: View, total_row: int) -> Formula:
    rated, out_of = (f"{chr(ord('A') + TITLES.index(title))}{total_row}" for title in ("Rated", "Out of"))
    words = Counter(line.rating for line in view.lines)
    number = sum(words[name] for name in rag.vocabulary().ordered)
    text = f'={rated}&" of "&{out_of}&" (those not applicable left out)"'
    return Formula(text, f"{number} of {len(view.lines) - words[rag.NOT_APPLICABLE]} (those not applicable left out)")


def _returns_day_in_words(view: View) -> str:
    states = Counter(view.merged.returns["state"].tolist())
    words = [f"{states[state]} {state}" for state in ("received", "outstanding", "refused")]
    return ", ".join(words + ([f"{states['superseded']} superseded"] if states["superseded"] else []))


def _write_facts(book: Book, sheet: SheetWriter, told: list[Fact]) -> None:
    sheet.put(FACTS_ROW - 1, 1, "Where we stand", looks.SECTION)
    for row, fact in enumerate(told, FACTS_ROW):
        sheet.put(row, 1, fact.label, looks.LABEL)
        sheet.put(row, 2, fact.value, fact.look)
        if fact.name:
            book.name(fact.name, f"={SUMMARY}!$B${row}")


def _write_gaps(sheet: SheetWriter, view: View, row: int) -> None:
    """Write the gaps by the state of their plan: a row of words that lead there, and under each its figure."""
    sheet.put(row, 1, "Gaps by the state of their plan", looks.SECTION)
    where = view.gaps_table
    plan, leads_to = where.range("Plan"), place(GAPS, where.heading_row, where.column("Plan"))
    words = ["all gaps", *plans.PLAN_STATES, "no plan asked for"]
    # The group's own rows have no gap's name: they are actions more, not gaps more.
    gap = where.range("Gap")
    counts = [Formula(f'=COUNTIF({gap},"G-*")', len(view.gaps))]
    counts += [Formula(f'=COUNTIFS({gap},"G-*",{plan},"{state}")', view.plans[state]) for state in plans.PLAN_STATES]
    last_state = chr(ord("A") + len(plans.PLAN_STATES))
    counts.append(Formula(f"=A{row + 2}-SUM(B{row + 2}:{last_state}{row + 2})", view.plans[""]))
    for number, (word, figure) in enumerate(zip(words, counts, strict=True), 1):
        sheet.put(row + 1, number, live.link(leads_to, word), looks.LINK.with_(centred=True))
        sheet.put(row + 2, number, figure, looks.BIG_NUMBER)
    sheet.at_least(row + 1, 32)
    sheet.at_least(row + 2, 34)
