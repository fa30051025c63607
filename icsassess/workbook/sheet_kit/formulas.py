"""The live formulas, each beside the value it has now, so that the two cannot drift apart.

Plain ranges and INDEX, MATCH, COUNTIFS and IF only: they calculate alike in Excel and LibreOffice. Formulas in the
tables of gaps and actions name their columns instead of cells, so that Excel can carry them on into rows that people
add.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.gap_ids import GAP_PREFIX
from icsassess.domain.yes_no import NO, YES
from icsassess.excel.writing.sheet import Formula, quoted
from icsassess.tables import titles
from icsassess.view.assessment_view import ShownLine
from icsassess.view.facts import time_to_deadline as time_to_deadline_in_words
from icsassess.view.heat_map import heat_word
from icsassess.view.rating_words import LOOK_AGAIN, SPLIT
from icsassess.workbook.layout import (
    ACTIONS_TABLE,
    ACTIONS_TITLES,
    AS_AT_NAME,
    ASSESSMENT,
    DEADLINE_NAME,
    GAPS_TABLE,
    TablePlace,
)


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
    """Give a partner's rating of a statement, with a link to its column in the line that it comes from, ``ref``."""
    letter = where.cell(1, heading).split("!")[1].rstrip("1")
    at = f'MATCH("{ref}",{where.range(titles.REF)},0)'
    return Formula(f'=HYPERLINK("#{quoted(where.sheet)}!{letter}"&({where.heading_row}+{at}),"{word}")', word)


def rating_of_ref(table: str, assessment: TablePlace) -> str:
    """Give the formula for the rating of a row's line in the table of gaps or actions; nothing where it has none."""
    line = f"MATCH({_this(table, titles.REF)},{assessment.range(titles.REF)},0)"
    return f'=IFERROR(INDEX({assessment.range(titles.RATING)},{line}),"")'


def action_gap(gaps: TablePlace) -> str:
    """Give the formula for an action's gap, with a link to it however it is sorted; nothing where it has none."""
    name = f'"{GAP_PREFIX}"&{_this(ACTIONS_TABLE, titles.REF)}'
    at = f"MATCH({name},{gaps.range(titles.GAP)},0)"
    return f'=IFERROR(HYPERLINK("#{quoted(gaps.sheet)}!A"&({gaps.heading_row}+{at}),{name}),"")'


def action_state() -> str:
    """Give the formula for an action's state: what :mod:`icsassess.assessment.actions.states` says.

    A row without a name and without an action, as the room below has them, has none.
    """
    this = {title: _this(ACTIONS_TABLE, title) for title in ACTIONS_TITLES}
    due = this[titles.DUE_DATE]
    return (
        f'=IF(AND(TRIM({this[titles.ACTION_ID]})="",TRIM({this[titles.ACTION]})=""),"",'
        f'IF(TRIM({this[titles.TAKEN_UP]})="{NO}","{states.NOT_TAKEN_UP}",'
        f'IF(TRIM({this[titles.DELIVERY_STATUS]})="{states.DELIVERED}",'
        f'IF(TRIM({this[titles.EVIDENCED_BY]})="","{states.NOT_EVIDENCED}","{states.CLOSED}"),'
        f'IF(AND(ISNUMBER({due}),{due}<{AS_AT_NAME}),"{states.OVERDUE}",'
        f'IF(OR(TRIM({this[titles.OWNER]})="",NOT(ISNUMBER({due}))),"{states.INCOMPLETE}","{states.PLANNED}")))))'
    )


def number_of_actions(actions: TablePlace) -> str:
    """Give the formula for how many actions of a gap count, with a link to the first of them."""
    live = _of_gap(actions, "?*", f"<>{states.NOT_TAKEN_UP}")
    at = f"MATCH({_this(GAPS_TABLE, titles.GAP)},{actions.range(titles.GAP)},0)"
    return f'=IF({live}=0,0,HYPERLINK("#{quoted(actions.sheet)}!A"&({actions.heading_row}+{at}),{live}))'


def late_actions(actions: TablePlace) -> str:
    """Give the formula for how many actions of a gap are overdue."""
    return f"={_of_gap(actions, states.OVERDUE)}"


def gap_plan(assessment: TablePlace, actions: TablePlace, required_for: Sequence[str]) -> str:
    """Give the formula for the state of a gap's plan: what :func:`icsassess.assessment.gaps.plans.gap_plan` says."""
    reasons = f'", "&{_this(GAPS_TABLE, titles.WHY_A_GAP)}&","'
    ref = _this(GAPS_TABLE, titles.REF)
    agreed = f"INDEX({assessment.range(titles.AGREED_RAG)},MATCH({ref},{assessment.range(titles.REF)},0))"
    moderate = f'AND(ISNUMBER(SEARCH(", {RED_AND_GREEN},",{reasons})),IFERROR(TRIM({agreed})="",TRUE))'
    wanted = ",".join(f'", {reason},"' for reason in required_for)
    demanded = f"SUMPRODUCT(--ISNUMBER(SEARCH({{{wanted}}},{reasons})))>0" if wanted else "FALSE"
    silent, covered = (f"TRIM({_this(GAPS_TABLE, title)})" for title in (titles.NO_PROPOSAL_FROM, titles.COVERED))
    uncovered = f'AND({silent}<>"",{covered}<>"{YES}",{demanded})'
    of = {state: f"{_of_gap(actions, state)}>0" for state in states.ACTION_STATES}
    return (
        f'=IF({moderate},"{plans.TO_BE_MODERATED}",'
        f'IF({of[states.OVERDUE]},"{states.OVERDUE}",'
        f'IF({of[states.NOT_EVIDENCED]},"{states.NOT_EVIDENCED}",'
        f'IF({of[states.INCOMPLETE]},"{plans.PLAN_INCOMPLETE}",'
        f"IF(OR({of[states.PLANNED]},{of[states.CLOSED]}),"
        f'IF({uncovered},"{plans.PLAN_INCOMPLETE}",IF({of[states.PLANNED]},"{states.PLANNED}","{states.CLOSED}")),'
        f'IF({demanded},"{plans.NEEDS_A_PLAN}",""))))))'
    )


def _this(table: str, title: str) -> str:
    return f"{table}[[#This Row],[{title}]]"


def _of_gap(actions: TablePlace, *state: str) -> str:
    """Give how many actions of a row's gap have a state that fits these criteria."""
    criteria = "".join(f',{actions.range(titles.ACTION_STATE)},"{one}"' for one in state)
    return f"COUNTIFS({actions.range(titles.GAP)},{_this(GAPS_TABLE, titles.GAP)}{criteria})"


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
