"""What a merge lost or changed of what the group had typed: files are compared with files."""

from __future__ import annotations

import datetime
import re
from typing import Any

from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.domain.yes_no import in_one_word
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.template.model import return_template
from icsassess.support.text import listing
from icsassess.tables.titles import ACTION_FIELDS
from tests.support.register import (
    ACTION,
    ACTIONS,
    AGREED,
    ASSESSMENT,
    COVERED,
    DATES,
    GAPS,
    KEPT,
    KEY,
    Table,
    all_marks,
    marks,
    shown,
)

FIELDS = dict(zip(ACTION, ACTION_FIELDS, strict=True))
_OF_THE_GROUP = re.compile(r"A-(.*-)?GROUP(-\d+)?")
OVER_THE_PROGRAM = "Typed where the program writes"
Touched = dict[tuple[str, str], str]
"""What the group typed over what partners proposed, by action and column."""


def lost(touched: Touched, written: Any, edited: Any, renewed: Any, merged: Merged) -> list[str]:
    """Give what the group had typed into its workbook and the new one does not hold, or holds changed.

    ``written`` is the workbook as the last merge wrote it, ``edited`` the same as the group left it, ``renewed`` the
    next one. ``touched`` is carried from week to week and brought up to date.
    """
    missing = sorted(_typed_marks(edited, written) - all_marks(renewed))
    losses = [f"{mark} is nowhere: it stood at {listing(_where(edited, mark))}" for mark in missing]
    losses += _in_place(touched, written, edited, renewed, merged)
    if KEPT in renewed.sheetnames:
        sheets = [edited[name] for name in KEY]
        decided = {shown(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
        earlier_rows = list(written[KEPT].iter_rows(min_row=5, values_only=True)) if KEPT in written.sheetnames else []
        earlier_keys = {row[:5] for row in earlier_rows}
        for row in renewed[KEPT].iter_rows(min_row=5, values_only=True):
            typed = row[:5] in earlier_keys or (row[3] in (*AGREED, *COVERED, *ACTION) and row[4] in decided)
            if row[0] == OVER_THE_PROGRAM and not marks(row[4]) and not typed:
                losses.append(f"kept, but nobody typed it: {row[:5]}")
    return losses


def _typed_marks(edited: Any, written: Any) -> set[str]:
    """Give the marks in a workbook but for those in what the program itself wrote onto its sheets that tell of them."""
    telling = [name for name in ("Changes", "Points to fix", "Summary", "Sign-off") if name in written.sheetnames]
    own_texts = {shown(cell.value) for name in telling for row in written[name].iter_rows() for cell in row}
    typed: set[str] = set()
    for sheet in edited.worksheets:
        typed |= marks(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not (sheet.title in telling and shown(cell.value) in own_texts):
                    typed |= marks(cell.value)
                if cell.comment is not None:
                    typed |= marks(cell.comment.text)
    return typed


def _where(book: Any, mark: str) -> list[str]:
    places = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if mark in marks(cell.value):
                    places.append(f"{sheet.title}!{cell.coordinate} {cell.value!r}")
                if cell.comment is not None and mark in marks(cell.comment.text):
                    places.append(f"note on {sheet.title}!{cell.coordinate} {cell.comment.text!r}")
    return places


def _in_place(touched: Touched, written: Any, edited: Any, renewed: Any, merged: Merged) -> list[str]:
    losses: list[str] = []
    renamed = {name: Table(sheet, KEY[name]) for sheet in edited.worksheets for name in KEY if sheet.title == name}
    if ASSESSMENT in renamed:
        losses += _agreed(renamed[ASSESSMENT], Table(renewed[ASSESSMENT], "Ref"), merged)
    if GAPS in renamed:
        losses += _covered(renamed[GAPS], Table(renewed[GAPS], "Gap"))
    if ACTIONS in renamed:
        earlier, current = (Table(book[ACTIONS], "No") for book in (written, renewed))
        losses += _actions(touched, earlier, renamed[ACTIONS], current, merged)
    return losses


def _covered(edited: Table, renewed: Table) -> list[str]:
    current = renewed.texts(COVERED)
    return [
        f"{gap} Covered: {typed!r} is now {current[gap, title]!r}"
        for (gap, title), typed in edited.texts(COVERED).items()
        if (gap, title) in current and current[gap, title] != in_one_word(typed)
    ]


def _agreed(edited: Table, renewed: Table, merged: Merged) -> list[str]:
    losses = []
    current, keys = renewed.texts(AGREED), renewed.by_key()
    for ref, row in edited.by_key().items():
        if ref not in keys:
            continue
        typed = {title: shown(edited.cell(row, title).value) for title in AGREED if title in edited.columns}
        rating, reason, day = (current[ref, title] for title in AGREED)
        if "Agreed RAG" in typed:
            reading = rag.vocabulary().read(typed["Agreed RAG"])
            expected = reading.rating if reading.how in (rag.How.EXACT, rag.How.WITH_WORDS) else ""
            if rating != (expected or ""):
                losses.append(f"{ref}: agreed {typed['Agreed RAG']!r} is now {rating!r}")
            if typed["Agreed RAG"] and not expected and typed["Agreed RAG"] not in reason:
                losses.append(f"{ref}: {typed['Agreed RAG']!r} is not with the reason {reason!r}")
        if typed.get("Reason for agreed RAG", "") not in reason:
            losses.append(f"{ref}: reason {typed['Reason for agreed RAG']!r} is now {reason!r}")
        when = typed.get("Agreed on", "")
        if when and day != _day(when) and when not in reason:
            losses.append(f"{ref}: agreed on {when!r} is now {day!r}")
        if not when and "Agreed on" in typed and day:
            losses.append(f"{ref}: agreed on was empty and is now {day!r}")
    return losses


def _day(text: str) -> str:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return text


def _actions(touched: Touched, written: Table, edited: Table, renewed: Table, merged: Merged) -> list[str]:
    """Hold the three-way merge to its word: touched by the group, it stands; untouched, it follows the partners."""
    losses = []
    earlier, current, listed = written.texts(ACTION), renewed.texts(ACTION), {action.id for action in merged.actions}
    filled_in = merged.register.filled_in
    rows = edited.by_key()
    earlier_rows = written.by_key()
    for key in [place for place in touched if place[0] not in listed]:
        del touched[key]
    for gap in listed & set(earlier_rows) & set(renewed.by_key()):
        row = rows.get(gap)
        for title, name in FIELDS.items():
            deleted = row is None or title not in edited.columns
            if row is None and (_has_row(edited, gap) or _OF_THE_GROUP.fullmatch(gap)):
                continue  # its row stands twice: which of them is the action's is tested elsewhere
            typed = earlier[gap, title] if deleted else shown(edited.cell(row, title).value)
            if typed != earlier[gap, title]:
                touched[gap, title] = typed
            current_text, proposed = current.get((gap, title), ""), filled_in.get(gap, {}).get(name, "")
            if (row is not None or not edited.heading) and deleted:
                if (gap, title) in touched or not _same(proposed, current_text, title):
                    touched[gap, title] = current_text  # its heading was changed; the marks tell if it is there
                continue
            if (gap, title) in touched:
                if not _same(typed, current_text, title) and not (
                    title == "Date evidenced" and _in_texts(typed, gap, current)
                ):
                    is_added = title in ("Evidenced by", "Update") and typed in current_text
                    if not is_added:
                        losses.append(f"{gap} {title}: the group's {typed!r} is now {current_text!r}")
            elif not _same(proposed, _without_remark(current_text), title):
                losses.append(f"{gap} {title}: untouched {typed!r}, proposed {proposed!r}, is now {current_text!r}")
    displaced = (
        written.sheet.parent[KEPT].iter_rows(values_only=True) if KEPT in written.sheet.parent.sheetnames else []
    )
    waiting = {(row[2], row[3]) for row in displaced}
    for gap in listed - set(earlier_rows):
        for title, name in FIELDS.items():
            current_text = current.get((gap, title), "")
            proposed = filled_in.get(gap, {}).get(name, "")
            if current_text and ((gap, title) in waiting or not _same(proposed, current_text, title)):
                touched[gap, title] = current_text  # it had been withdrawn and is there again, or is the group's own
    return losses


def _without_remark(text: str) -> str:
    return text.split("(Date evidenced as typed: ")[0].strip()


def _has_row(table: Table, key: str) -> bool:
    return any(str(table.cell(row, table.key).value).strip().upper() == key for row in table.rows)


def _in_texts(typed: str, gap: str, current: dict[tuple[str, str], str]) -> bool:
    return typed in current[gap, "Evidenced by"] or typed in current[gap, "Update"]


def _same(typed: str, current: str, title: str) -> bool:
    if title in DATES:
        return current in (typed, _day(typed))
    if title == "Taken up":
        return current == in_one_word(typed)
    if title == "Delivery status":
        return current == (status_of(typed, return_template("stockport").statuses) or typed)
    return " ".join(typed.split()) == " ".join(current.split())
