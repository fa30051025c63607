"""The sheet Sign-off: what stands in the way from the first week on, and in the end who signed what and when."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.assessment.gaps import plans
from icsassess.assessment.output.headlines import headlines
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.assessment.sign_off.condition import Condition
from icsassess.assessment.sign_off.readiness import OUT_OF_DATE, not_applicable_unexplained
from icsassess.domain import rag
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import Look
from icsassess.excel.writing.sheet import Column, Formula, Link, SheetWriter, Value, column_range, place
from icsassess.excel.writing.workbook import Book
from icsassess.support.text import count, listing
from icsassess.view.view import View
from icsassess.workbook.layout import AS_AT_NAME, SIGN_OFF, SUMMARY, TABLE_NAMES
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.signing.manifest import Signed, Signing, since_then, statement

ABOUT = "Who signs and what is signed, then one table: everything that could stand in the way, the weightiest first."
CODE_CELL = "B9"
PARTICULARS_CELL = "B10"
CODE_LABEL = "Sign-off code"
NOT_YET = "Not signed"
_READY = "Ready to be signed: nothing stands in the way"
STATUS_CELL = "B5"
CLEAR, IN_THE_WAY, ACCEPTED = "Clear", "In the way", "Accepted"
FIRST_ROW = 5
MOST_PLACES = 200
LIVE, AT_THE_MERGE = "Follows what is typed", "By the next merge"
_FILLS = {CLEAR: "C6EFCE", IN_THE_WAY: "FFC7CE", ACCEPTED: "FFEB9C"}
_ONE_LINE = looks.PLAIN.with_(wrap=False)
_BOLD_LINE = looks.LABEL.with_(wrap=False)
_CENTRED = looks.HEADING.with_(centred=True)
_FIRST = (
    Column("What has to be right", 32, looks.CELL_BOLD),
    Column("Count", 8, looks.CELL_CENTRED.with_(bold=True), _CENTRED),
    Column("State", 12, looks.CELL_CENTRED.with_(bold=True), _CENTRED),
)
_WORKING = (
    *_FIRST,
    Column("First places (as at the merge)", 40),
    Column("What to do", 50),
    Column("On the sheet", 15),
    Column("May it be accepted?", 13, looks.CELL_CENTRED, _CENTRED),
    Column("How it is counted", 15),
    Column("Code", 25),
)
_SEALED = (*_FIRST, Column("Where", 70), Column("Accepted because", 60), Column("Code", 30))
_WHEN_SIGNED = "Looked at when it is signed."


def write(
    book: Book, view: View, conditions: Sequence[Condition], versions: Sequence[Signed], signing: Signing | None
) -> SheetWriter:
    """Write the sheet: as the working copy has it, or as ``signing`` fills it in."""
    sheet = frame.begin(book, view, SIGN_OFF, ABOUT)
    sheet.put(3, 4, Link(place(SUMMARY, 1, 1), "Back to Summary"), looks.LINK.with_(wrap=False))
    said = statement(view.merged) + headlines(view.merged)
    facts = _facts(view, conditions, versions, signing)
    first_said = FIRST_ROW + len(facts) + 2
    heading = first_said + len(said) + 2
    if signing is None:
        facts[0] = ("Status", _status(conditions, heading), _BOLD_LINE)
    sheet.put(FIRST_ROW - 1, 1, "Who signs", frame.SECTION)
    for row, (label, value, look) in enumerate(facts, FIRST_ROW):
        sheet.put(row, 1, label, looks.LABEL)
        sheet.put(row, 2, value, look)
    sheet.put(first_said - 1, 1, "What is signed" if signing else "What will be signed", frame.SECTION)
    for row, sentence in enumerate(said, first_said):
        sheet.put(row, 1, sentence, _ONE_LINE)
    title = "What was looked at, and what was accepted" if signing else "What stands in the way"
    sheet.put(heading - 1, 1, title, frame.SECTION)
    for row in (FIRST_ROW - 1, first_said - 1, heading - 1):
        sheet.at_least(row, 26)
    rows = [_sealed_row(c) if signing else _row(view, c, heading + 1 + n) for n, c in enumerate(conditions)]
    last = sheet.table(TABLE_NAMES[SIGN_OFF], heading, _SEALED if signing else _WORKING, rows, filtered=False)
    sheet.at_least(heading, 2 * frame.LINE + 4)
    sheet.colour_words(heading + 1, 3, last, 3, _FILLS)
    sheet.printed(repeat=(heading, heading))
    return sheet


def _facts(
    view: View, conditions: Sequence[Condition], versions: Sequence[Signed], signing: Signing | None
) -> list[tuple[str, Value, Look]]:
    role = view.merged.locality.settings.sign_off.role
    if signing is not None:
        facts: list[tuple[str, Value, Look]] = [
            ("Status", standing(conditions, signing), _BOLD_LINE),
            ("Signed by", signing.name, _BOLD_LINE),
            ("Role", signing.role, _ONE_LINE),
            ("Signed on", signing.moment, _ONE_LINE),
            (CODE_LABEL, signing.code, _BOLD_LINE.with_(size=14)),
            ("Manifest's fingerprint", signing.particulars_digest, _ONE_LINE),
        ]
    else:
        facts = [
            ("Status", NOT_YET, _BOLD_LINE),
            ("Signed by", "Nobody: this is the working copy", _ONE_LINE),
            ("Role", f"To be signed by the {role}", _ONE_LINE),
            ("Signed on", NOT_YET, _ONE_LINE),
            (CODE_LABEL, NOT_YET, _ONE_LINE),
            ("Manifest's fingerprint", NOT_YET, _ONE_LINE),
        ]
    before = [signed for signed in versions if signing is None or signed.version < signing.version]
    if not before:
        return [*facts, ("Signed before", "Never", _ONE_LINE)]
    newest = before[-1]
    told = since_then(newest, view.merged)
    if signing is not None:
        told = ["This version takes its place.", *told]
    return [
        *facts,
        ("Signed before", f"{newest.in_words}.", _ONE_LINE),
        *(("" if number else "Since then", sentence, _ONE_LINE) for number, sentence in enumerate(told)),
    ]


def standing(conditions: Sequence[Condition], signing: Signing | None) -> str:
    """Say whether the workbook is signed, and if not, how much stands in the way."""
    if signing is not None:
        accepted = sum(condition.accepted is not None for condition in conditions)
        beside = f", with {count(accepted, 'condition')} accepted" if accepted else ", with nothing in the way"
        return f"Signed, version {signing.version}{beside}"
    number = sum(condition.stands_in_the_way for condition in conditions)
    return f"{NOT_YET}: {_things(number)} in the way" if number else _READY


def _status(conditions: Sequence[Condition], heading: int) -> Formula:
    state = column_range(SIGN_OFF, heading + 1, heading + len(conditions), 3).split("!")[1]
    open_ones = f'COUNTIF({state},"{IN_THE_WAY}")'
    text = (
        f'=IF({open_ones}=0,"{_READY}",'
        f'IF({open_ones}=1,"{NOT_YET}: 1 thing stands in the way",'
        f'"{NOT_YET}: "&{open_ones}&" things stand in the way"))'
    )
    return Formula(text, standing(conditions, None))


def _things(number: int) -> str:
    return "1 thing stands" if number == 1 else f"{number} things stand"


def _row(view: View, condition: Condition, row: int) -> list[Value]:
    kind, formula = condition.kind, live_count(view, condition.code)
    places = _WHEN_SIGNED if kind.code == OUT_OF_DATE else f"{condition.first_places}." if condition.where else ""
    return [
        kind.title,
        condition.count if formula is None else Formula(formula, condition.count),
        Formula(f'=IF(B{row}=0,"{CLEAR}","{IN_THE_WAY}")', IN_THE_WAY if condition.count else CLEAR),
        places,
        kind.do,
        kind.sheet,
        "Yes, with a reason" if kind.can_be_accepted else "No",
        AT_THE_MERGE if formula is None else LIVE,
        kind.code,
    ]


def _sealed_row(condition: Condition) -> list[Value]:
    """Give a condition as it was when it was signed, with all its places: the reader has no other list of them."""
    state = CLEAR if not condition.count else IN_THE_WAY if condition.accepted is None else ACCEPTED
    where = listing(list(condition.where), most=MOST_PLACES)
    return [condition.kind.title, condition.count, state, where, condition.accepted or "", condition.code]


def live_count(view: View, code: str) -> str | None:
    """Give the formula that counts a condition while people type, None where only a merge can count it."""
    lines, gaps = view.assessment, view.gaps_table

    def typed(title: str, empty: bool = False) -> str:
        return f'(TRIM({gaps.range(title)}){"=" if empty else "<>"}"")'

    acted = typed("Action")
    delivered = f'(TRIM({gaps.range("Delivery status")})="{plans.DELIVERED}")'
    not_delivered = f"(1-{delivered})"
    due = gaps.range("Due date")
    rated = "".join(f'-COUNTIF({lines.range("Rating")},"{name}")' for name in _rated_words())
    split = f'({lines.range("Agreement")}="{RED_AND_GREEN}")*(TRIM({lines.range("Agreed RAG")})="")'
    agreed, reason = lines.range("Agreed RAG"), lines.range("Reason for agreed RAG")
    unexplained = f'(TRIM({agreed})="{rag.NOT_APPLICABLE}")*(TRIM({reason})="")'
    overdue = f"ISNUMBER({due})*({due}<{AS_AT_NAME})"
    if code == "not-applicable-without-reason":
        return f"=SUMPRODUCT({unexplained}){_by_partners(view)}"
    return {
        "lines-not-rated": f"=COUNTA({lines.range('Ref')}){rated}",
        "red-and-green": f"=SUMPRODUCT({split})",
        "gaps-without-action": f'=COUNTIFS({gaps.range("Gap")},"G-*",{gaps.range("Plan")},"{plans.NEEDS_A_PLAN}")',
        "actions-without-owner": f"=SUMPRODUCT({acted}*{not_delivered}*{typed('Owner', empty=True)})",
        "actions-without-due-date": f"=SUMPRODUCT({acted}*{not_delivered}*(1-ISNUMBER({due})))",
        "actions-overdue": f"=SUMPRODUCT({acted}*{not_delivered}*{overdue})",
        "delivered-not-evidenced": f"=SUMPRODUCT({acted}*{delivered}*{typed('Evidenced by', empty=True)})",
    }.get(code)


def _by_partners(view: View) -> str:
    """Give the part of a formula that counts lines which partners call Not applicable without a reason."""
    refs = ",".join(f'"{ref}"' for ref in not_applicable_unexplained(view.merged) if ref in view.line_by_ref)
    lines = view.assessment
    found = f"ISNUMBER(MATCH({lines.range('Ref')},{{{refs}}},0))"
    return f'+SUMPRODUCT({found}*(TRIM({lines.range("Agreed RAG")})=""))' if refs else ""


def _rated_words() -> list[str]:
    return [*rag.vocabulary().ordered, rag.NOT_APPLICABLE]
