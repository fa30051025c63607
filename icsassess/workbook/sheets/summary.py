"""The sheet Summary: where the locality stands, in ten seconds."""

from __future__ import annotations

from icsassess.assessment.gaps import plans
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain.gap_ids import GAP_PREFIX
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, Formula, Link, SheetWriter, Value, cell_reference, quoted
from icsassess.tables import titles
from icsassess.view.assessment_view import View
from icsassess.view.facts import (
    AS_AT,
    DEADLINE,
    LINES_RATED,
    SIGN_OFF,
    TIME_TO_DEADLINE,
    TO_BE_SIGNED_BY,
    Fact,
    facts,
    time_to_deadline,
)
from icsassess.view.priorities.worst_first import MOST, priorities
from icsassess.view.sign_off_status import sign_off_status
from icsassess.view.tallies import ALL_ACTIONS, ALL_GAPS, NO_PLAN_ASKED, OUT_OF, RATED, TITLES, state_counts
from icsassess.workbook import layout
from icsassess.workbook.layout import AS_AT_NAME, ASSESSMENT, DEADLINE_NAME, SUMMARY, TablePlace
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.links import place_of
from icsassess.workbook.sheet_kit.register import SECTION, begin, narrowest
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet
from icsassess.workbook.sheets.charts import ACTIONS_BY_STATE, GAPS_BY_PLAN, StatesOf, ratings_chart, states_chart
from icsassess.workbook.sheets.sign_off import STATUS_CELL, signed_version
from icsassess.workbook.sheets.theme_counts import theme_rows

FIRST_ROW = 4
_LABEL_WIDTH, _WIDEST_LABEL, _WIDTH = 24, 36, 11
_WIDER = 13
"""Width of the columns below the charts: two of these stand side by side."""
_ACTIONS, _CHARTS = 3, 6
"""Columns in which the actions begin, beside the gaps, and the charts to the right of both: all is one screen wide."""
_SECTION_HEIGHT = 24
_ON_ONE_LINE = styles.PLAIN.with_(wrap=False)
_THEME = styles.CELL_BOLD.with_(colour=styles.NHS_BLUE, underlined=True)
_NUMBER = styles.CELL_CENTRED.with_(number_format="#,##0")
_TOTAL = _NUMBER.with_(bold=True, fill=styles.PALE_BLUE)
_COUNT = styles.LABEL.with_(align_left=True, number_format="#,##0")
_LINK = styles.LINK.with_(wrap=False)
_DATE = _ON_ONE_LINE.with_(number_format=styles.DATE_FORMAT, align_left=True)
_STYLES = {
    TIME_TO_DEADLINE: styles.LABEL.with_(wrap=False),
    DEADLINE: _DATE,
    AS_AT: _DATE,
    LINES_RATED: _LINK,
    SIGN_OFF: _LINK,
}
_NAMES = {DEADLINE: DEADLINE_NAME, AS_AT: AS_AT_NAME}
"""Facts that formulas point to by a name."""


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet: what to look at first, facts in pairs, gaps by state, and the table of themes."""
    sheet = begin(workbook, SHEET)
    status = sign_off_status(workbook.conditions, signed_version(workbook))
    about_locality = _as_signed(workbook, facts(view, status))
    facts_row = FIRST_ROW + MOST + 1  # always the same room, so that all stays where people know it
    gaps_row = facts_row + len(about_locality) + 1
    heading = gaps_row + len(gap_counts(workbook, 0)) + 2
    total_row = heading + len(view.merged.locality.framework.themes) + 1
    _section(sheet, FIRST_ROW, f"Look at this first (as at {day_in_words(view.merged.as_at)})")
    for row, priority in enumerate(priorities(view), FIRST_ROW + 1):
        sheet.put(row, 1, Link(place_of(priority.target), priority.sentence), _LINK)
    _section(sheet, facts_row, "Where we stand")
    for row, fact in enumerate(about_locality, facts_row + 1):
        _write_fact(workbook, sheet, fact, row, total_row)
    gaps, actions = gap_counts(workbook, gaps_row + 1), action_counts(workbook)
    leads_to = (_heading_of(workbook.gaps, titles.PLAN), _heading_of(workbook.actions, titles.ACTION_STATE))
    _section(sheet, gaps_row, GAPS_BY_PLAN.title)
    sheet.put(gaps_row, _ACTIONS, ACTIONS_BY_STATE.title, SECTION)
    _write_counts(sheet, gaps_row + 1, 1, gaps, GAPS_BY_PLAN, leads_to[0])
    _write_counts(sheet, gaps_row + 1, _ACTIONS, actions, ACTIONS_BY_STATE, leads_to[1])
    _section(sheet, heading - 1, "Ratings by theme")
    last = _write_themes(workbook, sheet, heading)
    ratings_chart(workbook.book, sheet, (facts_row + 2, _CHARTS), heading, last, len(view.lines))
    states_chart(workbook.book, sheet, (gaps_row, _CHARTS), (gaps_row + 2, 1), len(gaps) - 1, GAPS_BY_PLAN)
    states_chart(
        workbook.book, sheet, (gaps_row, _CHARTS + 3), (gaps_row + 2, _ACTIONS), len(actions) - 1, ACTIONS_BY_STATE
    )
    sheet.page.set_up(pages_tall=1)
    return sheet


def _as_signed(workbook: LocalityWorkbook, about_locality: list[Fact]) -> list[Fact]:
    """Give the facts as they are in the signed copy: who signed, and the time that was left on that day."""
    signing = workbook.signing
    if signing is None:
        return about_locality
    left = (workbook.view.merged.locality.settings.deadline - signing.signed_at.date()).days
    replaced = {
        TO_BE_SIGNED_BY: Fact("Signed by", f"{signing.name}, on {day_in_words(signing.signed_at)}"),
        TIME_TO_DEADLINE: Fact(TIME_TO_DEADLINE, f"{time_to_deadline(left)} on the day of signing"),
    }
    return [replaced.get(fact.label, fact) for fact in about_locality]


def _section(sheet: SheetWriter, row: int, title: str) -> None:
    sheet.put(row, 1, title, SECTION)
    sheet.minimum_height(row, _SECTION_HEIGHT)


def _write_themes(workbook: LocalityWorkbook, sheet: SheetWriter, heading: int) -> int:
    centred = styles.HEADING.with_(centred=True)
    themes = [theme.title for theme in workbook.view.merged.locality.framework.themes]
    columns = [
        # On one line: in a signed copy these are plain links, which LibreOffice does not break.
        Column(TITLES[0], narrowest(themes, _THEME, _LABEL_WIDTH, _WIDEST_LABEL, lines=1), _THEME),
        *(
            Column(title, _WIDTH if number < _CHARTS else _WIDER, _NUMBER, centred)
            for number, title in enumerate(TITLES[1:], 2)
        ),
    ]
    rows = theme_rows(workbook, heading)
    total = {(len(rows) - 1, number): _TOTAL.with_(centred=number > 0) for number in range(len(columns))}
    return sheet.table(SHEET.table_name, heading, columns, rows, total, filtered=False)


def _write_fact(workbook: LocalityWorkbook, sheet: SheetWriter, fact: Fact, row: int, total_row: int) -> None:
    style = _STYLES.get(fact.label, _LINK if fact.target else _ON_ONE_LINE)
    sheet.put(row, 1, fact.label, styles.LABEL)
    sheet.put(row, 2, _value(workbook, fact, total_row), style)
    if name := _NAMES.get(fact.label):
        workbook.book.name(name, f"={SUMMARY}!$B${row}")


def _value(workbook: LocalityWorkbook, fact: Fact, total_row: int) -> Value:
    """Give a fact's value: live where it depends on what people type; ``total_row`` counts all themes."""
    merged, value = workbook.view.merged, fact.value
    if fact.label == TIME_TO_DEADLINE and workbook.signing is None:
        return formulas.time_to_deadline(merged.as_at, merged.locality.settings.deadline)
    if fact.label == LINES_RATED:
        rated, out_of = (f"{chr(ord('A') + TITLES.index(title))}{total_row}" for title in (RATED, OUT_OF))
        words = f'{rated}&" of "&{out_of}&" (those not applicable left out)"'
        return Formula(f'=HYPERLINK("#{cell_reference(ASSESSMENT, 1, 1)}",{words})', str(value))
    if fact.label == SIGN_OFF:
        signed = f"{quoted(layout.SIGN_OFF)}!{STATUS_CELL}"
        return Formula(f'=HYPERLINK("#{signed}",{signed})', str(value))
    return Link(place_of(fact.target), str(value)) if fact.target else value


def gap_counts(workbook: LocalityWorkbook, row: int) -> list[tuple[str, Formula]]:
    """Give each state of a plan with how many gaps are in it, all gaps first; these stand in ``row``."""
    view = workbook.view
    plan, gap = workbook.gaps.range(titles.PLAN), workbook.gaps.range(titles.GAP)
    # The group's own rows have no gap's name: they are actions more, not gaps more.
    counts = [(ALL_GAPS, Formula(f'=COUNTIF({gap},"{GAP_PREFIX}*")', len(view.gaps)))]
    counts += [
        (state, Formula(f'=COUNTIFS({gap},"{GAP_PREFIX}*",{plan},"{state}")', view.plans[state]))
        for state in plans.PLAN_STATES
    ]
    others = f"=B{row}-SUM(B{row + 1}:B{row + len(plans.PLAN_STATES)})"
    return [*counts, (NO_PLAN_ASKED, Formula(others, view.plans[""]))]


def action_counts(workbook: LocalityWorkbook) -> list[tuple[str, Formula]]:
    """Give each state of an action with how many are in it, all actions first."""
    state = workbook.actions.range(titles.ACTION_STATE)
    counts = [(word, Formula(f'=COUNTIF({state},"{word}")', number)) for word, number in state_counts(workbook.view)]
    return [(ALL_ACTIONS, Formula(f'=COUNTIF({state},"?*")', len(workbook.view.actions))), *counts]


def _heading_of(where: TablePlace, title: str) -> str:
    return cell_reference(where.sheet, where.heading_row, where.column(title))


def _write_counts(
    sheet: SheetWriter, first_row: int, column: int, counts: list[tuple[str, Formula]], what: StatesOf, leads_to: str
) -> None:
    """Write states from a cell on, each a word that leads to the column it is counted in, and their figures."""
    for row, (word, figure) in enumerate(counts, first_row):
        sheet.put(row, column, formulas.link(leads_to, word), _LINK)
        sheet.put(row, column + what.to_figures, figure, _COUNT)


SHEET = Sheet(
    title=SUMMARY,
    table_name="RatingsByTheme",
    about=(
        "What to look at, where we stand, gaps, actions, then one table: the ratings by theme. Figures follow what the "
        "group types; underlined words lead to the rows behind them."
    ),
    meaning="Where the locality stands, what to look at first, and the ratings of each theme.",
    write=write,
)
