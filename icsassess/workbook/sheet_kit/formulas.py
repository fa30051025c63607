"""The live formulas, each beside the value it has now, so that the two cannot drift apart.

Plain ranges and INDEX, MATCH, COUNTIFS and IF only: they calculate alike in Excel and LibreOffice. Formulas in the
table of gaps name its columns instead of cells, so that Excel can carry them on into rows that people add.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from icsassess.assessment.gaps import plans
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.excel.writing.sheet import Formula, quoted
from icsassess.view.view import ShownGap, ShownLine
from icsassess.workbook.layout import AS_AT_NAME, ASSESSMENT, DEADLINE_NAME, GAPS, TABLE_NAMES, TablePlace

MODERATE = " – split"
"""Stands behind a line's rating where partners are Red and Green: short, so that a heat map is one screen."""


def link(place: str, text: str) -> Formula:
    """Give a link whose text wraps; ``place`` and ``text`` are the program's own, never what people typed.

    LibreOffice breaks the text of a formula over lines, but not that of a cell's hyperlink.
    """
    quote = '"'
    return Formula(f'=HYPERLINK("#{place}","{text.replace(quote, quote * 2)}")', text)


def line_rating(line: ShownLine, where: TablePlace, row: int) -> Formula:
    """Give a line's rating: agreed if the group typed one, else suggested."""
    suggested, agreed = (where.cell(row, title).split("!")[1] for title in ("Suggested RAG", "Agreed RAG"))
    return Formula(f'=IF(TRIM({agreed})="",{suggested},TRIM({agreed}))', line.rating)


def heat_cell(line: ShownLine, where: TablePlace) -> Formula:
    """Give a line's rating for the heat map, with a link to the line wherever sorting has put it."""
    at = f'MATCH("{line.line.ref}",{where.range("Ref")},0)'
    of = {title: f"INDEX({where.range(title)},{at})" for title in ("Rating", "Agreement", "Agreed RAG")}
    split = f'AND({of["Agreement"]}="{RED_AND_GREEN}",TRIM({of["Agreed RAG"]})="")'
    text = (
        f'=HYPERLINK("#{quoted(ASSESSMENT)}!A"&({where.heading_row}+{at}),{of["Rating"]}&IF({split},"{MODERATE}",""))'
    )
    return Formula(text, line.rating + (MODERATE if line.to_be_moderated else ""))


def partner_cell(word: str, heading: str, ref: str, where: TablePlace) -> Formula:
    """Give a partner's rating of a statement, with a link to its column in the statement's first line, ``ref``."""
    letter = where.cell(1, heading).split("!")[1].rstrip("1")
    at = f'MATCH("{ref}",{where.range("Ref")},0)'
    return Formula(f'=HYPERLINK("#{quoted(where.sheet)}!{letter}"&({where.heading_row}+{at}),"{word}")', word)


def _this(title: str) -> str:
    return f"{TABLE_NAMES[GAPS]}[[#This Row],[{title}]]"


def gap_rating_formula(assessment: TablePlace) -> str:
    """Give the formula for a gap's rating: its line's, and nothing where its Ref is no line's."""
    return f'=IFERROR(INDEX({assessment.range("Rating")},MATCH({_this("Ref")},{assessment.range("Ref")},0)),"")'


def gap_rating(gap: ShownGap, assessment: TablePlace) -> Formula:
    """Give a gap's rating, which is its line's."""
    return Formula(gap_rating_formula(assessment), gap.line.rating)


def plan_formula(assessment: TablePlace, required_for: Sequence[str]) -> str:
    """Give the formula for the state of a gap's plan: what :func:`icsassess.assessment.gaps.plans.plan_state` says."""
    reasons = f'", "&{_this("Why it is a gap")}&","'
    agreed = f"INDEX({assessment.range('Agreed RAG')},MATCH({_this('Ref')},{assessment.range('Ref')},0))"
    moderate = f'AND(ISNUMBER(SEARCH(", {RED_AND_GREEN},",{reasons})),IFERROR(TRIM({agreed})="",TRUE))'
    wanted = ",".join(f'", {reason},"' for reason in required_for)
    demanded = f"SUMPRODUCT(--ISNUMBER(SEARCH({{{wanted}}},{reasons})))>0" if wanted else "FALSE"
    due = _this("Due date")
    return (
        f'=IF({moderate},"{plans.TO_BE_MODERATED}",'
        f'IF(TRIM({_this("Action")})="",IF({demanded},"{plans.NEEDS_A_PLAN}",""),'
        f'IF(TRIM({_this("Delivery status")})="{plans.DELIVERED}",'
        f'IF(TRIM({_this("Evidenced by")})="","{plans.NOT_EVIDENCED}","{plans.CLOSED}"),'
        f'IF(AND(ISNUMBER({due}),{due}<{AS_AT_NAME}),"{plans.OVERDUE}",'
        f'IF(OR(TRIM({_this("Owner")})="",NOT(ISNUMBER({due}))),"{plans.PLAN_INCOMPLETE}","{plans.PLANNED}")))))'
    )


def plan(gap: ShownGap, assessment: TablePlace, required_for: Sequence[str]) -> Formula:
    """Give the state of a gap's plan."""
    return Formula(plan_formula(assessment, required_for), gap.plan)


def time_left(as_at: datetime.date, deadline: datetime.date) -> Formula:
    """Give in words how long it is to the deadline, or since."""
    left = f"({DEADLINE_NAME}-{AS_AT_NAME})"
    text = (
        f'=IF({left}=0,"the deadline is today",IF({left}=1,"1 day left",IF({left}>1,{left}&" days left",'
        f'IF({left}=-1,"1 day past the deadline",-{left}&" days past the deadline"))))'
    )
    return Formula(text, _time_left((deadline - as_at).days))


def _time_left(days: int) -> str:
    if days == 0:
        return "the deadline is today"
    unit = "day" if abs(days) == 1 else "days"
    return f"{days} {unit} left" if days > 0 else f"{-days} {unit} past the deadline"
