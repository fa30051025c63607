"""Reading one locality's workbook for the roll-up: only the sheets it needs, and whether it is as it was signed."""

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from icsassess.assessment.history.record import merge_key
from icsassess.domain import personal_data, rag
from icsassess.domain.framework import framework, framework_ids
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Settings
from icsassess.returns.matching.dates import read_date
from icsassess.returns.reading.file.open_file import open_file
from icsassess.rollup.find_workbooks import WorkbookToRead
from icsassess.rollup.locality_summary import (
    FrameworkName,
    GapSummary,
    LineSummary,
    LocalitySummary,
    SkippedWorkbook,
)
from icsassess.rollup.returns_of import returns_of
from icsassess.support.text import clip, count, listing
from icsassess.tables.titles import (
    AGREED_RAG,
    AGREED_REASON,
    CATEGORY,
    STATEMENT,
    SUGGESTED_RAG,
)
from icsassess.view import rating_words as shown
from icsassess.workbook.layout import (
    ASSESSMENT,
    ASSESSMENT_DECISIONS,
    ASSESSMENT_LABELS,
    CHANGES,
    DISPLACED,
    EVIDENCE,
    HEAT_MAP,
    KEY,
    POINTS,
    SIGN_OFF,
    SUMMARY,
)
from icsassess.workbook.read_back.reader import is_locality_workbook
from icsassess.workbook.read_back.standalone_gaps import read_standalone_gaps
from icsassess.workbook.read_back.table import SheetTable, TableRow, find_table, is_formula
from icsassess.workbook.sheets.sign_off import CODE_CELL
from icsassess.workbook.signing.companion_files import find_manifest
from icsassess.workbook.signing.content import Difference, read_code
from icsassess.workbook.signing.verdict import CHANGED, NOT_SIGNED, Verdict
from icsassess.workbook.signing.verify import verify

KIND = "roll-up"
"""What a roll-up says of itself in its properties: it is none of the workbooks that are rolled up."""
NOT_NEEDED = frozenset((SUMMARY, HEAT_MAP, EVIDENCE, POINTS, CHANGES, DISPLACED, KEY))
FIRST_CHANGES = 5
_REF = re.compile(r"[A-Z][A-Z0-9]{0,7}-[A-Z][A-Z0-9]{0,7}")
_UNEXPLAINED = "not-applicable-without-reason"
_LONGEST_NAME = 60


def read(source: WorkbookToRead) -> LocalitySummary | SkippedWorkbook | None:
    """Give what a workbook says, or the point that says why it says nothing.

    None for a roll-up that lies in a folder beside what it was made from.
    """
    name = source.locality.name if source.locality is not None else source.path.stem
    opened = open_file(source.path, NOT_NEEDED)
    if opened.workbook is None:
        detail = opened.problem.finding if opened.problem is not None else "damaged"
        problem = make_problem("rollup-unreadable", file=source.file, sheet=source.file, detail=detail)
        return SkippedWorkbook(name, source.file, problem)
    kind = opened.workbook.custom_properties.get("icsassess.kind")
    if kind == KIND and not source.named:
        return None
    if kind == KIND or not is_locality_workbook(opened.workbook):
        code = "not-a-locality-workbook" if source.named else "rollup-left-out"
        detail = "it is a roll-up" if kind == KIND else f"it has no sheet ‘{ASSESSMENT}’"
        return SkippedWorkbook(
            name, source.file, make_problem(code, file=source.file, sheet=source.file, detail=detail)
        )
    try:
        rolled = _rolled(source, opened.workbook, opened.sha256)
        return _with_verdict(rolled, source, opened.workbook)
    except Refusal as refusal:
        return SkippedWorkbook(name, source.file, refusal.problem.of(file=source.file))


def _rolled(source: WorkbookToRead, workbook: Workbook, sha256: str) -> LocalitySummary:
    properties, locality = workbook.custom_properties, source.locality
    grid = find_table(workbook.sheets, ASSESSMENT, (*ASSESSMENT_LABELS, *ASSESSMENT_DECISIONS), "Ref")
    if grid is None or not (rows := _rows(grid)):
        detail = f"its sheet ‘{ASSESSMENT}’ cannot be read"
        raise Refusal(make_problem("not-a-locality-workbook", sheet=source.file, detail=detail))
    day = read_date(properties.get("icsassess.as_at", "")).usable or _day_in_name(source.path)
    if day is None:
        raise Refusal(make_problem("rollup-without-date", sheet=source.file))
    name = properties.get("icsassess.locality", "") or (locality.name if locality is not None else source.path.stem)
    used = FrameworkName(properties.get("icsassess.framework", ""), properties.get("icsassess.framework_version", ""))
    if not used.id:
        used = _framework_of_lines(rows)
    unexplained = _not_applicable_unexplained(workbook)
    rules = locality.settings.rules if locality is not None else None
    standalone = read_standalone_gaps(workbook, source.file, day, rules)
    gaps = {
        row.ref: GapSummary(row.id, row.ref, row.reasons, row.plan, len(row.actions), row.late)
        for row in standalone.gaps
    }
    partners = _partner_columns(grid, rows)
    lines = [_line(row, grid, ref in unexplained, gaps.get(ref), partners) for ref, row in rows.items()]
    missing = _missing(used, rows)
    template = properties.get("icsassess.template", "")
    if not template and locality is not None:
        template = locality.settings.template
    problems = list(source.problems)
    if missing:
        refs = listing([line.ref for line in missing])
        problems.append(make_problem("rollup-lines-missing", file=source.file, sheet=source.file, found=refs))
    return LocalitySummary(
        name=_one_line(name),
        file=personal_data.mask(source.file),
        sha256=sha256,
        as_at=day,
        framework=used,
        template=_one_line(template),
        marking=workbook.properties.get("category", "") or str(Settings.model_fields["marking"].default),
        state=NOT_SIGNED,
        remarks=source.remarks,
        lines=(*lines, *missing),
        returns=returns_of(workbook),
        actions=Counter(action.state for action in standalone.actions),
        problems=tuple(problems),
    )


def _one_line(text: str) -> str:
    return clip(personal_data.mask(text), _LONGEST_NAME)


def _day_in_name(path: Path) -> datetime.date | None:
    key = merge_key(path.stem)
    return read_date(key[0]).usable if key is not None else None


def _rows(grid: SheetTable) -> dict[str, TableRow]:
    """Give the lines' rows by their Ref; of two rows with one Ref the first."""
    by_ref: dict[str, TableRow] = {}
    for row in grid.rows:
        if _REF.fullmatch(ref := row.text("Ref").strip()):
            by_ref.setdefault(ref, row)
    return by_ref


def _framework_of_lines(rows: Mapping[str, TableRow]) -> FrameworkName:
    """Tell the framework of a workbook that does not say it: one that ships, and has each of its lines."""
    for framework_id in framework_ids():
        candidate = framework(framework_id)
        if all(
            ref in candidate.line_by_ref and candidate.line_by_ref[ref].statement.title == row.text(STATEMENT)
            for ref, row in rows.items()
        ):
            return FrameworkName(candidate.id, candidate.version)
    return FrameworkName("", "")


def _missing(used: FrameworkName, rows: Mapping[str, TableRow]) -> list[LineSummary]:
    """Give the framework's lines whose rows somebody took out of the workbook: they are not rated."""
    if used.id not in framework_ids() or framework(used.id).version != used.version:
        return []
    blank = rag.vocabulary().absent.blank
    return [
        LineSummary(line.ref, line.theme.title, line.statement.title, line.category.title, blank, blank, "", "", 0)
        for line in framework(used.id).lines
        if line.ref not in rows
    ]


def _partner_columns(grid: SheetTable, rows: Mapping[str, TableRow]) -> list[str]:
    """Give the titles of the partners' columns: those that are not the program's own and hold ratings only."""
    absent = rag.vocabulary().absent
    ratings = {*rag.vocabulary().names, absent.blank, absent.not_understood, absent.no_return, absent.not_asked}
    others = (*ASSESSMENT_LABELS, *ASSESSMENT_DECISIONS)
    titles = [title for title in grid.titles.values() if title not in others]
    return [title for title in titles if {_word_of_all(row.text(title)) for row in rows.values()} <= ratings]


def _line(
    row: TableRow, grid: SheetTable, unexplained: bool, gap: GapSummary | None, partners: Sequence[str]
) -> LineSummary:
    """Give a line: its rating is the agreed one if the group typed one that is understood, else the suggested one.

    In a sealed workbook the rating is no formula any more: there it is what stands in its cell.
    """
    agreed = rag.vocabulary().read(row.text(AGREED_RAG)).rating or ""
    suggested = _word(row.text(SUGGESTED_RAG))
    stands = row.text("Rating")
    rating = _word(stands) if stands and not is_formula(row.cells.get("Rating")) else agreed or suggested
    explained = bool(row.text(AGREED_REASON)) if agreed else not unexplained
    evidence = row.text("Evidence")
    absent = rag.vocabulary().absent
    ratings = {code: word for code in partners if (word := _word_of_all(row.text(code))) != absent.not_asked}
    return LineSummary(
        ref=row.text("Ref").strip(),
        theme=personal_data.mask(row.text("Theme")),
        statement=personal_data.mask(row.text(STATEMENT)),
        category=personal_data.mask(row.text(CATEGORY)),
        rating=rating,
        suggested=suggested,
        agreed=agreed,
        agreement=personal_data.mask(row.text("Agreement")),
        evidence=int(evidence) if evidence.isdecimal() else 0,
        explained=rating == rag.NOT_APPLICABLE and explained,
        cell=grid.address(row, "Rating"),
        gap=gap,
        ratings={
            code: None if word in (absent.blank, absent.not_understood) else word for code, word in ratings.items()
        },
    )


def _word_of_all(text: str) -> str:
    """Give a partner's word without what each organisation says: ‘Red’ of ‘Red: Elm Practice Green, The Oaks Red’."""
    return text.partition(": ")[0]


def _word(typed: str) -> str:
    """Give the word for a suggested rating: one of ours, whatever somebody may have typed over it."""
    words = rag.vocabulary()
    if typed in (*words.names, words.absent.blank, words.absent.no_return, words.absent.not_asked):
        return typed
    return shown.partner_word(words.read(typed).rating or "")


def _not_applicable_unexplained(workbook: Workbook) -> frozenset[str]:
    """Give the lines that are Not applicable without a reason: the sheet Sign-off lists or counts each of them."""
    for sheet in workbook.sheets:
        row = next((row for (row, _), cell in sheet.cells.items() if cell.value == _UNEXPLAINED), 0)
        if sheet.title == SIGN_OFF and row:
            # In a signed copy each place has a row of its own, above the table, with the same title.
            title = sheet.text(row, 1)
            rows = {place[0] for place, cell in sheet.cells.items() if place[1] == 1 and cell.value == title}
            others = [cell for place, cell in sheet.cells.items() if place[0] in rows]
            return frozenset(_REF.findall(" ".join(f"{other.value} {other.formula}" for other in others)))
    return frozenset()


def _with_verdict(rolled: LocalitySummary, source: WorkbookToRead, workbook: Workbook) -> LocalitySummary:
    """Verify a workbook that says it is signed, or that a manifest lies beside."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.title == SIGN_OFF), None)
    row, column = int(CODE_CELL[1:]), ord(CODE_CELL[0]) - ord("A") + 1
    code = read_code(sheet.text(row, column)) if sheet is not None else None
    if code is None and find_manifest(source.path, None) is None:
        return rolled
    verdict = verify(source.path)
    if verdict.verdict == NOT_SIGNED:
        return rolled
    not_looked_at = f"Not looked at: {'; '.join(verdict.not_looked_at)}."
    return replace(
        rolled,
        state=verdict.verdict,
        signed=_signed(verdict),
        accepted=tuple(verdict.accepted),
        looked_at=tuple(verdict.looked_at),
        changed=tuple(_difference(difference) for difference in verdict.changed),
        remarks=(*rolled.remarks, *verdict.remarks, *([not_looked_at] if verdict.not_looked_at else [])),
        problems=(*rolled.problems, *_changed(rolled, verdict)),
    )


def _signed(verdict: Verdict) -> str:
    version = f"Version {verdict.version}, signed" if verdict.version else "Signed"
    by = ", ".join(part for part in (verdict.signed_by, verdict.role) if part)
    return personal_data.mask(f"{version} by {by or 'nobody named'}; code {verdict.code}")


def _difference(difference: Difference) -> str:
    where = ", ".join(part for part in (difference.sheet, difference.cell) if part)
    was, value = (clip(personal_data.mask(text or "nothing"), 60) for text in (difference.was, difference.current))
    return f"{where}: was ‘{was}’, is ‘{value}’"


def _changed(rolled: LocalitySummary, verdict: Verdict) -> list[Problem]:
    if verdict.verdict != CHANGED:
        return []
    cells = "; ".join(_difference(difference) for difference in verdict.changed[:FIRST_CHANGES])
    more = len(verdict.changed) - FIRST_CHANGES
    cells += f"; and {count(more, 'change')} more" if more > 0 else ""
    return [
        make_problem("rollup-changed-since-signed", file=rolled.file, sheet=rolled.file, name=rolled.name, told=cells)
    ]
