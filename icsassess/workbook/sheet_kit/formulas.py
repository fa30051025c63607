"""The live formulas, each beside the value it has now, so that the two cannot drift apart.

Plain ranges and INDEX, MATCH, COUNTIFS and IF only: they calculate alike in Excel and LibreOffice. Formulas in the
table of gaps name its columns instead of cells, so that Excel can carry them on into rows that people add.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from icsassess.assessment.gaps import plans
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.excel.writing.sheet import Formula, quoted
from icsassess.tables import titles
from icsassess.view.assessment_view import ShownGap, ShownLine
from icsassess.view.facts import time_to_deadline as time_to_deadline_in_words
from icsassess.view.heat_map import heat_word
from icsassess.view.rating_words import LOOK_AGAIN, SPLIT
from icsassess.workbook.layout import AS_AT_NAME, ASSESSMENT, DEADLINE_NAME, GAPS_TABLE, TablePlace


def link(place: str, text: str) -> Formula:
    """Give a link whose text wraps; ``place`` and ``text`` are the program's own, never what people typed.

    LibreOffice breaks the text of a formula over lines, but not that of a cell's hyperlink.
    """
    quote = '"'
    return Formula(f'=HYPERLINK("#{place}","{text.replace(quote, quote * 2)}")', text)


def line_rating(line: ShownLine, where: TablePlace, row: int) -> Formula:
    """Give a line's rating: agreed if the group typed one, else suggested."""
    suggested, agreed = (where.cell(row, title).split("!")[1] for title in (titles.SUGGESTED_RAG, titles.AGREED_RAG))
    return Formula(f'=IF(TRIM({agreed})="",{suggested},TRIM({agreed}))', line.rating)


def heat_cell(line: ShownLine, where: TablePlace) -> Formula:
    """Give a line's rating for the heat map (:func:`icsassess.view.heat_map.heat_word`), with a link to the line
    wherever sorting has put it.
    """
    at = f'MATCH("{line.line.ref}",{where.range(titles.REF)},0)'

    def of(title: str) -> str:
        return f"INDEX({where.range(title)},{at})"

    agreed = f"TRIM({of(titles.AGREED_RAG)})"
    unexplained = f'AND({agreed}="{rag.NOT_APPLICABLE}",TRIM({of(titles.AGREED_REASON)})="")'
    counted = f"IF({unexplained},{of(titles.SUGGESTED_RAG)},{of(titles.RATING)})"
    split = f'IF({of(titles.AGREEMENT)}="{RED_AND_GREEN}","{SPLIT}","")'
    again = f'IF(AND({of(titles.CHANGED_SINCE_AGREED)}="",{counted}={agreed}),"","{LOOK_AGAIN}")'
    word = f'{counted}&IF({agreed}="",{split},{again})'
    return Formula(f'=HYPERLINK("#{quoted(ASSESSMENT)}!A"&({where.heading_row}+{at}),{word})', heat_word(line))


def partner_cell(word: str, heading: str, ref: str, where: TablePlace) -> Formula:
    """Give a partner's rating of a statement, with a link to its column in the statement's first line, ``ref``."""
    letter = where.cell(1, heading).split("!")[1].rstrip("1")
    at = f'MATCH("{ref}",{where.range(titles.REF)},0)'
    return Formula(f'=HYPERLINK("#{quoted(where.sheet)}!{letter}"&({where.heading_row}+{at}),"{word}")', word)


def _this(title: str) -> str:
    return f"{GAPS_TABLE}[[#This Row],[{title}]]"


def gap_rating_formula(assessment: TablePlace) -> str:
    """Give the formula for a gap's rating: its line's, and nothing where its Ref is no line's."""
    line = f"MATCH({_this(titles.REF)},{assessment.range(titles.REF)},0)"
    return f'=IFERROR(INDEX({assessment.range(titles.RATING)},{line}),"")'


def gap_rating(gap: ShownGap, assessment: TablePlace) -> Formula:
    """Give a gap's rating, which is its line's."""
    return Formula(gap_rating_formula(assessment), gap.line.rating)


def plan_formula(assessment: TablePlace, required_for: Sequence[str]) -> str:
    """Give the formula for the state of a gap's plan: what :func:`icsassess.assessment.gaps.plans.plan_state` says."""
    reasons = f'", "&{_this(titles.WHY_A_GAP)}&","'
    agreed = f"INDEX({assessment.range(titles.AGREED_RAG)},MATCH({_this(titles.REF)},{assessment.range(titles.REF)},0))"
    moderate = f'AND(ISNUMBER(SEARCH(", {RED_AND_GREEN},",{reasons})),IFERROR(TRIM({agreed})="",TRUE))'
    wanted = ",".join(f'", {reason},"' for reason in required_for)
    demanded = f"SUMPRODUCT(--ISNUMBER(SEARCH({{{wanted}}},{reasons})))>0" if wanted else "FALSE"
    due = _this(titles.DUE_DATE)
    return (
        f'=IF({moderate},"{plans.TO_BE_MODERATED}",'
        f'IF(TRIM({_this(titles.ACTION)})="",IF({demanded},"{plans.NEEDS_A_PLAN}",""),'
        f'IF(TRIM({_this(titles.DELIVERY_STATUS)})="{plans.DELIVERED}",'
        f'IF(TRIM({_this(titles.EVIDENCED_BY)})="","{plans.NOT_EVIDENCED}","{plans.CLOSED}"),'
        f'IF(AND(ISNUMBER({due}),{due}<{AS_AT_NAME}),"{plans.OVERDUE}",'
        f'IF(OR(TRIM({_this(titles.OWNER)})="",NOT(ISNUMBER({due}))),"{plans.PLAN_INCOMPLETE}","{plans.PLANNED}")))))'
    )


def plan(gap: ShownGap, assessment: TablePlace, required_for: Sequence[str]) -> Formula:
    """Give the state of a gap's plan."""
    return Formula(plan_formula(assessment, required_for), gap.plan)


def time_to_deadline(as_at: datetime.date, deadline: datetime.date) -> Formula:
    """Give in words how long it is to the deadline, or since."""
    days = f"({DEADLINE_NAME}-{AS_AT_NAME})"
    text = (
        f'=IF({days}=0,"the deadline is today",IF({days}=1,"1 day left",IF({days}>1,{days}&" days left",'
        f'IF({days}=-1,"1 day past the deadline",-{days}&" days past the deadline"))))'
    )
    return Formula(text, time_to_deadline_in_words((deadline - as_at).days))


def worst_of_lines(cells: str, number: int, worst: str) -> Formula:
    """Give the worst of a statement's lines (:func:`icsassess.view.rating_words.worst_word`) over a row's cells.

    Each of the cells begins with its line's word. ``number`` is how many lines the statement has, ``worst`` the word
    that it has now.
    """
    absent = rag.vocabulary().absent

    def how_many(word: str) -> str:
        return f'COUNTIF({cells},"{word}*")'

    green, not_applicable = how_many(rag.GREEN), how_many(rag.NOT_APPLICABLE)
    to_rate = f"({number}-{not_applicable})"
    not_asked = f"{not_applicable}+{how_many(absent.not_asked)}"
    text = (
        f'=IF({how_many(rag.RED)}>0,"{rag.RED}",IF({how_many(rag.AMBER)}>0,"{rag.AMBER}",'
        f'IF({green}>0,IF({green}>={to_rate},"{rag.GREEN}","{rag.GREEN}, "&{green}&" of "&{to_rate}),'
        f'IF({how_many(rag.NOT_ASSESSED)}>0,"{rag.NOT_ASSESSED}",'
        f'IF({not_applicable}>={number},"{rag.NOT_APPLICABLE}",'
        f'IF({not_asked}>={number},"{absent.not_asked}",'
        f'IF({not_asked}+{how_many(absent.no_return)}>={number},"{absent.no_return}","{absent.blank}")))))))'
    )
    return Formula(text, worst)


def counted_lines(lines: TablePlace, word: str) -> str:
    """Give a factor for SUMPRODUCT that is 1 for each line that counts as ``word``.

    Agreed Not applicable without a reason counts as suggested (``ShownLine.counted``).
    """
    agreed, reason = lines.range(titles.AGREED_RAG), lines.range(titles.AGREED_REASON)
    unexplained = f'(TRIM({agreed})="{rag.NOT_APPLICABLE}")*(TRIM({reason})="")'
    suggested, rating = (f'({lines.range(title)}="{word}")' for title in (titles.SUGGESTED_RAG, titles.RATING))
    return f"({unexplained}*{suggested}+(1-{unexplained})*{rating})"


def split_lines(lines: TablePlace) -> str:
    """Give a factor for SUMPRODUCT that is 1 for each line that is Red and Green and not yet agreed."""
    agreement, agreed = lines.range(titles.AGREEMENT), lines.range(titles.AGREED_RAG)
    return f'({agreement}="{RED_AND_GREEN}")*(TRIM({agreed})="")'
