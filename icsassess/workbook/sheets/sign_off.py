"""The sheet Sign-off: what stands in the way from the first week on, and in the end who signed what and when."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.assessment.sign_off.condition import Condition
from icsassess.assessment.sign_off.readiness import OUT_OF_DATE, not_applicable_unexplained
from icsassess.domain import rag
from icsassess.domain.gap_ids import GAP_PREFIX
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import Column, Formula, Link, SheetWriter, Value, cell_reference, column_range
from icsassess.tables import titles
from icsassess.view.assessment_view import View
from icsassess.view.sign_off_status import NOT_SIGNED, READY, sign_off_status
from icsassess.view.signed_statement import signed_statement
from icsassess.workbook.layout import SIGN_OFF, SUMMARY
from icsassess.workbook.sheet_kit.formulas import split_lines
from icsassess.workbook.sheet_kit.register import LINE, SECTION, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet
from icsassess.workbook.signing.accepted import ACCEPTED
from icsassess.workbook.signing.accepted import TITLES as SEALED_TITLES
from icsassess.workbook.signing.manifest import changes_since_signing

CODE_CELL = "B9"
PARTICULARS_CELL = "B10"
CODE_LABEL = "Sign-off code"
STATUS_CELL = "B5"
CLEAR, IN_THE_WAY = "Clear", "In the way"
FIRST_ROW = 5
_MANIFEST_LOST = (
    "Version {version}; its manifest in signed-off is missing or cannot be read. Bring it back from a backup: without "
    "it nobody can tell who signed what."
)
_LONGEST_LINE = 130
LIVE, AT_THE_MERGE = "Follows what is typed", "By the next merge"
_FILLS = {CLEAR: styles.PALE_GREEN, IN_THE_WAY: styles.PALE_RED, ACCEPTED: styles.PALE_AMBER}
_ONE_LINE = styles.PLAIN.with_(wrap=False)
_BOLD_LINE = styles.LABEL.with_(wrap=False)
_CENTRED = styles.HEADING.with_(centred=True)
_FIRST = (
    Column("What has to be right", 32, styles.CELL_BOLD),
    Column("Count", 8, styles.CELL_CENTRED.with_(bold=True), _CENTRED),
    Column("State", 12, styles.CELL_CENTRED.with_(bold=True), _CENTRED),
)
_WORKING = (
    *_FIRST,
    Column("First places (as at the merge)", 40),
    Column("What to do", 50),
    Column("On the sheet", 15),
    Column("May it be accepted?", 13, styles.CELL_CENTRED, _CENTRED),
    Column("How it is counted", 15),
    Column("Code", 25),
)
_SEALED_LOOKS = (
    (46, styles.CELL, styles.HEADING),
    (40, styles.CELL, styles.HEADING),
    (22, styles.CELL, styles.HEADING),
    (14, styles.DATE, _CENTRED),
    (24, styles.CELL, styles.HEADING),
)
_SEALED = (*_FIRST, *(Column(title, *looks) for title, looks in zip(SEALED_TITLES[3:], _SEALED_LOOKS, strict=True)))
_WHEN_SIGNED = "Looked at when it is signed."


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet: as the working copy has it, or as the signing fills it in."""
    conditions, signing = workbook.conditions, workbook.signing
    sheet = begin(workbook, SHEET)
    sheet.put(3, 4, Link(cell_reference(SUMMARY, 1, 1), "Back to Summary"), styles.LINK.with_(wrap=False))
    lines = _statement(workbook)
    facts = _facts(workbook)
    places = [(c.kind.title, place) for c in conditions for place in c.where] if signing else []
    first_line = FIRST_ROW + len(facts) + 2
    first_place = first_line + len(lines) + 2
    heading = first_place + (len(places) + 2 if places else 0)
    if signing is None:
        facts[0] = ("Status", _status(conditions, heading), _BOLD_LINE)
    sheet.put(FIRST_ROW - 1, 1, "Who signs", SECTION)
    for row, (label, value, look) in enumerate(facts, FIRST_ROW):
        sheet.put(row, 1, label, styles.LABEL)
        sheet.put(row, 2, value, look)
    sheet.put(first_line - 1, 1, "What is signed" if signing else "What will be signed", SECTION)
    for row, (label, text) in enumerate(lines, first_line):
        sheet.put(row, 1, label, styles.LABEL)
        sheet.put(row, 2, text, _ONE_LINE)
    if places:
        # The reader of a signed copy has no other list of them.
        sheet.put(first_place - 1, 1, "All places of what was accepted", SECTION)
        sheet.minimum_height(first_place - 1, 26)
    for row, (title, place) in enumerate(places, first_place):
        sheet.put(row, 1, title)
        sheet.put(row, 2, place, _ONE_LINE)
    title = "What was looked at, and what was accepted" if signing else "What stands in the way"
    sheet.put(heading - 1, 1, title, SECTION)
    for row in (FIRST_ROW - 1, first_line - 1, heading - 1):
        sheet.minimum_height(row, 26)
    rows = [_sealed_row(c) if signing else _row(workbook, c, heading + 1 + n) for n, c in enumerate(conditions)]
    last = sheet.table(SHEET.table_name, heading, _SEALED if signing else _WORKING, rows, filtered=False)
    sheet.minimum_height(heading, 2 * LINE + 4)
    sheet.colour_words(heading + 1, 3, last, 3, _FILLS)
    sheet.page.set_up(repeat=(heading, heading))
    return sheet


def _statement(workbook: LocalityWorkbook) -> list[tuple[str, str]]:
    """Give the lines of the statement, each with the title of its part where that begins."""
    signing = workbook.signing
    signed_on = signing.signed_at.date() if signing else None
    lines = []
    for part in signed_statement(workbook.view, workbook.conditions, signed_on):
        texts = [line for sentence in part.sentences for line in textwrap.wrap(sentence, _LONGEST_LINE)]
        lines += [("" if number else part.title, text) for number, text in enumerate(texts)]
    return lines


def signed_version(workbook: LocalityWorkbook) -> int | None:
    """Give which version this is of what was signed, None for the working copy."""
    return None if workbook.signing is None else workbook.signing.version


def _facts(workbook: LocalityWorkbook) -> list[tuple[str, Value, CellStyle]]:
    merged, signing = workbook.view.merged, workbook.signing
    role = merged.locality.settings.sign_off.role
    if signing is not None:
        facts: list[tuple[str, Value, CellStyle]] = [
            ("Status", sign_off_status(workbook.conditions, signing.version), _BOLD_LINE),
            ("Signed by", signing.name, _BOLD_LINE),
            ("Role", signing.role, _ONE_LINE),
            ("Signed on", signing.moment, _ONE_LINE),
            (CODE_LABEL, signing.code, _BOLD_LINE.with_(size=14)),
            ("Manifest's fingerprint", signing.particulars_digest, _ONE_LINE),
        ]
    else:
        facts = [
            ("Status", NOT_SIGNED, _BOLD_LINE),
            ("Signed by", "Nobody: this is the working copy", _ONE_LINE),
            ("Role", f"To be signed by the {role}", _ONE_LINE),
            ("Signed on", NOT_SIGNED, _ONE_LINE),
            (CODE_LABEL, NOT_SIGNED, _ONE_LINE),
            ("Manifest's fingerprint", NOT_SIGNED, _ONE_LINE),
        ]
    earlier = [signed for signed in workbook.versions if signed.version < workbook.next_version]
    last = workbook.next_version - 1
    if last and (not earlier or earlier[-1].version < last):
        return [*facts, ("Signed before", _MANIFEST_LOST.format(version=last), _ONE_LINE)]
    if not earlier:
        return [*facts, ("Signed before", "Never", _ONE_LINE)]
    newest = earlier[-1]
    sentences = changes_since_signing(newest, merged)
    if signing is not None:
        sentences = ["This version takes its place.", *sentences]
    return [
        *facts,
        ("Signed before", f"{newest.in_words}.", _ONE_LINE),
        *(("" if number else "Since then", sentence, _ONE_LINE) for number, sentence in enumerate(sentences)),
    ]


def _status(conditions: Sequence[Condition], heading: int) -> Formula:
    state = column_range(SIGN_OFF, heading + 1, heading + len(conditions), 3).split("!")[1]
    open_ones = f'COUNTIF({state},"{IN_THE_WAY}")'
    text = (
        f'=IF({open_ones}=0,"{READY}",'
        f'IF({open_ones}=1,"{NOT_SIGNED}: 1 thing stands in the way",'
        f'"{NOT_SIGNED}: "&{open_ones}&" things stand in the way"))'
    )
    return Formula(text, sign_off_status(conditions))


def _row(workbook: LocalityWorkbook, condition: Condition, row: int) -> list[Value]:
    kind, formula = condition.kind, live_count(workbook, condition.code)
    places = _WHEN_SIGNED if kind.code == OUT_OF_DATE else _first_places(condition)
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


def _first_places(condition: Condition) -> str:
    return f"{condition.first_places}." if condition.where else ""


def _sealed_row(condition: Condition) -> list[Value]:
    """Give a condition as it was when it was signed; all its places stand above the table, each in a row."""
    state = CLEAR if not condition.count else IN_THE_WAY if condition.accepted is None else ACCEPTED
    accepted = condition.accepted
    how = [accepted.reason, accepted.follow_up, accepted.until] if accepted else ["", "", None]
    return [condition.kind.title, condition.count, state, _first_places(condition), *how, condition.code]


def live_count(workbook: LocalityWorkbook, code: str) -> str | None:
    """Give the formula that counts a condition while people type, None where only a merge can count it."""
    lines, gaps, actions = workbook.assessment, workbook.gaps, workbook.actions
    state, due = actions.range(titles.ACTION_STATE), actions.range(titles.DUE_DATE)
    undelivered = "+".join(f'({state}="{word}")' for word in (states.OVERDUE, states.INCOMPLETE, states.PLANNED))
    rated = "".join(f'-COUNTIF({lines.range(titles.RATING)},"{name}")' for name in _rated_words())
    agreed, reason = lines.range(titles.AGREED_RAG), lines.range(titles.AGREED_REASON)
    unexplained = f'(TRIM({agreed})="{rag.NOT_APPLICABLE}")*(TRIM({reason})="")'
    if code == "not-applicable-without-reason":
        return _by_partners(workbook)
    return {
        "agreed-not-applicable-without-reason": f"=SUMPRODUCT({unexplained})",
        "lines-not-rated": f"=COUNTA({lines.range(titles.REF)}){rated}",
        "red-and-green": f"=SUMPRODUCT({split_lines(lines)})",
        "gaps-without-action": (
            f'=COUNTIFS({gaps.range(titles.GAP)},"{GAP_PREFIX}*",{gaps.range(titles.PLAN)},"{plans.NEEDS_A_PLAN}")'
        ),
        "actions-without-owner": f'=SUMPRODUCT(({undelivered})*(TRIM({actions.range(titles.OWNER)})=""))',
        "actions-without-due-date": f"=SUMPRODUCT(({undelivered})*(1-ISNUMBER({due})))",
        "actions-overdue": f'=COUNTIF({state},"{states.OVERDUE}")',
        "delivered-not-evidenced": f'=COUNTIF({state},"{states.NOT_EVIDENCED}")',
    }.get(code)


def _by_partners(workbook: LocalityWorkbook) -> str | None:
    """Give the formula that counts lines which partners call Not applicable without a reason; None for no line."""
    view = workbook.view
    refs = ",".join(f'"{ref}"' for ref in not_applicable_unexplained(view.merged) if ref in view.line_by_ref)
    lines = workbook.assessment
    listed = f"ISNUMBER(MATCH({lines.range(titles.REF)},{{{refs}}},0))"
    return f'=SUMPRODUCT({listed}*(TRIM({lines.range(titles.AGREED_RAG)})=""))' if refs else None


def _rated_words() -> list[str]:
    return [*rag.vocabulary().ordered, rag.NOT_APPLICABLE]


SHEET = Sheet(
    title=SIGN_OFF,
    table_name="WhatStandsInTheWay",
    about="Who signs and what is signed, then one table: everything that could stand in the way, the weightiest first.",
    meaning="What stands in the way of signing; in the signed copy, who signed what and when.",
    write=write,
)
