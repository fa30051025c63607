"""The column and the sheet of indicative scores, for a locality that asks for them: live, and labelled as not CQC's."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.output.score_totals import TITLE, overall, statement_sums, unexplained
from icsassess.assessment.ratings.cqc_scores import Sum, scoring
from icsassess.domain import rag
from icsassess.domain.framework import VERIFIED_MEANS, Statement
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value, column_range
from icsassess.excel.writing.workbook import Book
from icsassess.view.view import View
from icsassess.workbook.layout import ASSESSMENT, HEADING_ROW, SCORES, STATEMENT
from icsassess.workbook.sheet_kit import register as frame

ABOUT = f"You may type in {TITLE} too: indicative, not CQC's."
_CENTRED = looks.HEADING.with_(centred=True)
_FIGURE = looks.CELL_CENTRED
_COLUMNS = (
    Column("Code", 9, looks.CELL_BOLD),
    Column(STATEMENT, 36, looks.CELL_BOLD),
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
    return Column(TITLE, 14, looks.INPUT_CENTRED, choices=permitted, prompt=prompt, heading=looks.INPUT_HEADING)


def write(book: Book, view: View) -> SheetWriter:
    """Write the sums of each statement and of all of them, which follow what the group types."""
    rule = scoring().rule(view.merged.locality.framework.id)
    about = f"One table follows: scores that the group typed, added up; {scoring().label}. {rule.says}"
    sheet = frame.begin(book, view, SCORES, about)
    sums = statement_sums(view.merged)
    first = HEADING_ROW + 1
    statements = view.merged.locality.framework.statements
    rows = [_row(view, one, sums[one.code], first + n) for n, one in enumerate(statements)]
    rows.append(_overall_row(overall(sums), first, first + len(statements) - 1))
    whole = {(len(statements), n): one.look.with_(bold=True, fill=looks.PALE_BLUE) for n, one in enumerate(_COLUMNS)}
    frame.register(sheet, _COLUMNS, rows, frozen=2, looks_of=whole)
    return sheet


def _row(view: View, statement: Statement, found: Sum, row: int) -> list[Value]:
    refs, rating, agreed, reason = (
        view.assessment.range(title) for title in ("Ref", "Rating", "Agreed RAG", "Reason for agreed RAG")
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
        f'COUNTIFS({refs},{mine},{_typed(view)},{meaning.score},{rating},"<>{rag.NOT_APPLICABLE}")'
        for meaning in scoring().scores
    ]
    points = "+".join(f"{meaning.score}*{one}" for meaning, one in zip(scoring().scores, counts, strict=True))
    words = {meaning.score: meaning.meaning for meaning in scoring().scores}
    return [
        statement.code,
        statement.title,
        Formula(parts, found.parts),
        Formula("=" + "+".join(counts), found.scored),
        Formula(f"={points}", found.points),
        *_reckoned(found, row, words),
    ]


def _overall_row(found: Sum, first: int, last: int) -> list[Value]:
    row = last + 1
    return [
        "All",
        "All quality statements",
        Formula(f'=COUNTIF(C{first}:C{last},">0")', found.parts),
        Formula(f"=COUNT(I{first}:I{last})", found.scored),
        Formula(f"=SUM(I{first}:I{last})", found.points),
        *_reckoned(found, row, scoring().rating_of),
    ]


def _typed(view: View) -> str:
    """Give the cells of the Assessment in which scores are typed: a column of the group's own, after the program's."""
    place = view.assessment
    own = list(view.merged.carried.own_columns[ASSESSMENT])
    return column_range(ASSESSMENT, place.first_row, place.last_row, len(place.titles) + own.index(TITLE) + 1)


def _reckoned(found: Sum, row: int, words: dict[int, str]) -> Iterator[Formula]:
    """Give what follows from the parts, the scored and the points of a row: in whole numbers, a half rounded up."""
    parts, scored, points, out_of, per_cent, score = (f"{letter}{row}" for letter in "CDEFHI")
    yield Formula(f"={parts}*{scoring().highest}", found.out_of)
    yield Formula(f'={points}&"/"&{out_of}', found.fraction)
    whole = f"INT((200*{points}+{out_of})/(2*{out_of}))"
    complete = f"AND({parts}>0,{scored}={parts})"
    yield Formula(f'=IF({complete},{whole},"")', "" if found.per_cent is None else found.per_cent)
    bands = "".join(f"IF({per_cent}>={band.first},{band.score}," for band in reversed(scoring().bands[1:]))
    bands += str(scoring().bands[0].score) + ")" * len(scoring().bands[1:])
    yield Formula(f'=IF({per_cent}="","",{bands})', "" if found.score is None else found.score)
    named = "".join(f'IF({score}={number},"{word}",' for number, word in words.items()) + '""' + ")" * len(words)
    yield Formula(f'=IF({score}="","",{named})', "" if found.score is None else words[found.score])
    edges = ",".join(f"{per_cent}={edge}" for band in scoring().bands[1:] for edge in (band.first - 1, band.first))
    note = (
        f'=IF({parts}=0,"Nothing to be scored",IF({scored}<{parts},{scored}&" of "&{parts}&" scored: no score yet",'
        f'IF(MOD(200*{points},2*{out_of})={out_of},"A tie: "&({per_cent}-1)&".5 is rounded up to "&{per_cent},'
        f'IF(OR({edges}),"On the edge of a band",""))))'
    )
    yield Formula(note, found.note)


def key_rows(framework_id: str) -> Iterator[tuple[str, str, str]]:
    """Give what the sheet Key says of scores."""
    rule = scoring().rule(framework_id)
    yield (
        "Indicative score",
        f"{TITLE}: {scoring().label}",
        "Typed by the group for the performance that the evidence shows. It is never taken from a RAG, which rates the "
        "evidence held.",
    )
    yield "Sheet", SCORES, "The scores of each quality statement, and of all of them, added up."
    for meaning in scoring().scores:
        mark = f"{VERIFIED_MEANS[meaning.verified]} [{meaning.verified}]"
        yield "Indicative score", str(meaning.score), f"{meaning.meaning} (CQC's meaning: {mark})"
    for band in scoring().bands:
        what = f"{band.rating} for all quality statements together, {band.score} for one"
        yield "Indicative score", f"{band.first} to {band.last} per cent", f"{what}: {scoring().label}"
    mark = f"{VERIFIED_MEANS[rule.verified]} [{rule.verified}]"
    yield "Indicative score", "Rule", f"{rule.says} ({mark[:1].upper()}{mark[1:]}.)"
