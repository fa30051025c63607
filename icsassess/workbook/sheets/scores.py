"""The column and the sheet of indicative scores, for a locality that asks for them: live, and labelled as not CQC's."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.output.score_totals import TITLE, asks_for_scores, overall, statement_sums, unexplained
from icsassess.assessment.ratings.cqc_scores import Sum, scoring
from icsassess.domain import rag
from icsassess.domain.framework import Statement
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value, column_range
from icsassess.tables import titles
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import ASSESSMENT, HEADING_ROW, SCORES
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

ABOUT = f"You may type in {TITLE} too: indicative, not CQC's."
_CENTRED = styles.HEADING.with_(centred=True)
_FIGURE = styles.CELL_CENTRED
_COLUMNS = (
    Column("Code", 9, styles.CELL_BOLD),
    Column(titles.STATEMENT, 36, styles.CELL_BOLD),
    Column("To be scored", 10, _FIGURE, _CENTRED),
    Column("Scored", 10, _FIGURE, _CENTRED),
    Column("Points", 10, _FIGURE, _CENTRED),
    Column("Out of", 10, _FIGURE, _CENTRED),
    Column("Fraction", 11, _FIGURE, _CENTRED),
    Column("Per cent", 10, _FIGURE, _CENTRED),
    Column(TITLE, 12, _FIGURE.with_(bold=True), _CENTRED),
    Column("In words: indicative, not CQC's", 30),
    Column("Note", 36),
)


def column() -> Column:
    """Give the column of the Assessment in which the group types scores."""
    permitted = tuple(str(meaning.score) for meaning in scoring().scores)
    label = scoring().label
    prompt = (
        f"{label[:1].upper()}{label[1:]}: the performance that the evidence shows, from 1 (significant shortfalls) to "
        "4 (an exceptional standard). Not taken from the RAG."
    )
    return Column(TITLE, 14, styles.INPUT_CENTRED, choices=permitted, prompt=prompt, heading=styles.INPUT_HEADING)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter | None:
    """Write the sums of each statement and of all of them; no sheet where the settings ask for no scores."""
    if not asks_for_scores(view.merged):
        return None
    rule = scoring().rule(view.merged.locality.framework.id)
    sheet = begin(workbook, SHEET, f"{SHEET.about}; {scoring().label}. {rule.says}")
    sums = statement_sums(view.merged)
    first = HEADING_ROW + 1
    statements = view.merged.locality.framework.statements
    rows = [_row(workbook, one, sums[one.code], first + n) for n, one in enumerate(statements)]
    rows.append(_overall_row(overall(sums), first, first + len(statements) - 1))
    whole = {(len(statements), n): one.style.with_(bold=True, fill=styles.PALE_BLUE) for n, one in enumerate(_COLUMNS)}
    RegisterTable(SHEET.table_name, _COLUMNS, rows, frozen=2, styles_of=whole).write_to(sheet)
    return sheet


def _row(workbook: LocalityWorkbook, statement: Statement, total: Sum, row: int) -> list[Value]:
    view = workbook.view
    refs, rating, agreed, reason = (
        workbook.assessment.range(title)
        for title in (titles.REF, titles.RATING, titles.AGREED_RAG, titles.AGREED_REASON)
    )
    mine, not_applicable = f'"{statement.code}-*"', f'"{rag.NOT_APPLICABLE}"'
    of_mine = f'(LEFT({refs},{len(statement.code) + 1})="{statement.code}-")'
    parts = (
        f"=COUNTIF({refs},{mine})-COUNTIFS({refs},{mine},{rating},{not_applicable})"
        f'+SUMPRODUCT({of_mine}*(TRIM({agreed})={not_applicable})*(TRIM({reason})=""))'
    )
    if without := sorted(ref for ref in unexplained(view.merged) if ref.rpartition("-")[0] == statement.code):
        listed = ",".join(f'"{ref}"' for ref in without)
        parts += f'+SUMPRODUCT(ISNUMBER(MATCH({refs},{{{listed}}},0))*({rating}={not_applicable})*(TRIM({agreed})=""))'
    counts = [
        f'COUNTIFS({refs},{mine},{_typed(workbook)},{meaning.score},{rating},"<>{rag.NOT_APPLICABLE}")'
        for meaning in scoring().scores
    ]
    points = "+".join(f"{meaning.score}*{one}" for meaning, one in zip(scoring().scores, counts, strict=True))
    words = {meaning.score: meaning.meaning for meaning in scoring().scores}
    return [
        statement.code,
        statement.title,
        Formula(parts, total.parts),
        Formula("=" + "+".join(counts), total.scored),
        Formula(f"={points}", total.points),
        *_reckoned(total, row, words),
    ]


def _overall_row(total: Sum, first: int, last: int) -> list[Value]:
    row = last + 1
    return [
        "All",
        "All quality statements",
        Formula(f'=COUNTIF(C{first}:C{last},">0")', total.parts),
        Formula(f"=COUNT(I{first}:I{last})", total.scored),
        Formula(f"=SUM(I{first}:I{last})", total.points),
        *_reckoned(total, row, scoring().rating_of),
    ]


def _typed(workbook: LocalityWorkbook) -> str:
    """Give the cells of the Assessment in which scores are typed: a column of the group's own, after the program's."""
    place = workbook.assessment
    own = list(workbook.view.merged.carried.own_columns[ASSESSMENT])
    return column_range(ASSESSMENT, place.first_row, place.last_row, len(place.titles) + own.index(TITLE) + 1)


def _reckoned(total: Sum, row: int, words: dict[int, str]) -> Iterator[Formula]:
    """Give what follows from the parts, the scored and the points of a row: in whole numbers, a half rounded up."""
    parts, scored, points, out_of, per_cent, score = (f"{letter}{row}" for letter in "CDEFHI")
    yield Formula(f"={parts}*{scoring().highest}", total.out_of)
    yield Formula(f'={points}&"/"&{out_of}', total.fraction)
    whole = f"INT((200*{points}+{out_of})/(2*{out_of}))"
    complete = f"AND({parts}>0,{scored}={parts})"
    yield Formula(f'=IF({complete},{whole},"")', "" if total.per_cent is None else total.per_cent)
    bands = "".join(f"IF({per_cent}>={band.first},{band.score}," for band in reversed(scoring().bands[1:]))
    bands += str(scoring().bands[0].score) + ")" * len(scoring().bands[1:])
    yield Formula(f'=IF({per_cent}="","",{bands})', "" if total.score is None else total.score)
    named = "".join(f'IF({score}={number},"{word}",' for number, word in words.items()) + '""' + ")" * len(words)
    yield Formula(f'=IF({score}="","",{named})', "" if total.score is None else words[total.score])
    edges = ",".join(f"{per_cent}={edge}" for band in scoring().bands[1:] for edge in (band.first - 1, band.first))
    note = (
        f'=IF({parts}=0,"Nothing to be scored",IF({scored}<{parts},{scored}&" of "&{parts}&" scored: no score yet",'
        f'IF(MOD(200*{points},2*{out_of})={out_of},"A tie: "&({per_cent}-1)&".5 is rounded up to "&{per_cent},'
        f'IF(OR({edges}),"On the edge of a band",""))))'
    )
    yield Formula(note, total.note)


SHEET = Sheet(
    title=SCORES,
    table_name="IndicativeScores",
    about="One table follows: scores that the group typed, added up",
    meaning="The scores of each quality statement, and of all of them, added up.",
    write=write,
)
