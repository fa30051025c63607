"""A round of weeks: partners send returns, the group works on the newest workbook, and each merge is looked over.

What has to hold after every merge is in :func:`lost`: it compares files with files, through another library than the
program's own reader.
"""

from __future__ import annotations

import datetime
import hashlib
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.template.model import return_template
from icsassess.support.text import listing
from icsassess.workbook.merging.merge import merge_and_write
from tests.support.register import ACTION, AGREED, ASSESSMENT, DATES, GAPS, KEPT, Table, all_marks, marks, shown
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.simulation.group import Group

FIRST_WEEK = datetime.date(2024, 1, 3)
PARTNERS = {"NORTH": "", "SOUTH": "Q1 I1", "EAST": "Q1"}
FIELDS = ("action", "owner", "accountable", "due", "status", "evidenced_by", "evidenced_on", "update")
OVER_THE_PROGRAM = "Typed where the program writes"


def small_framework(whole: Framework, codes: set[str], version: str) -> Framework:
    """Give the framework with a few statements only, as a small exercise would use it."""
    themes = []
    for theme in whole.themes:
        if statements := tuple(found for found in theme.statements if found.code in codes):
            themes.append(theme.model_copy(update={"statements": statements}))
    return Framework.model_construct(**{**dict(whole), "themes": tuple(themes), "version": version})


@dataclass
class Round:
    """One locality's round, from its first merge on."""

    locality: Locality
    dice: random.Random
    whole: Framework
    answers: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    week: int = 0
    marked: int = 0
    touched: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    weeks: list[list[str]] = field(default_factory=list)
    last: Any = None

    @classmethod
    def begun(cls, folder: Path, seed: int) -> Round:
        """Begin a round with three partners and three statements."""
        locality = locality_of(folder, PARTNERS)
        made = cls(locality, random.Random(seed), locality.framework)
        made.framework({"Q1", "Q2", "I1"})
        for code in PARTNERS:
            made.answer(code, 1.0)
        return made

    def framework(self, codes: set[str]) -> None:
        """Change the framework to these statements."""
        known = [replace_statements(partner, codes) for partner in self.locality.partners]
        settings = self.locality.settings.model_copy(update={"partners": tuple(known)})
        made = small_framework(self.whole, codes, "-".join(sorted(codes)))
        self.locality = Locality(self.locality.folder, settings, made)

    def partners(self, partners: dict[str, str]) -> None:
        """Change the settings to these partners."""
        framework = self.locality.framework
        opened = locality_of(self.locality.folder, partners)
        self.locality = Locality(opened.folder, opened.settings, framework)
        self.framework({statement.code for statement in framework.statements})

    @property
    def as_at(self) -> datetime.date:
        """The day of this week's merge."""
        return FIRST_WEEK + datetime.timedelta(weeks=self.week)

    def answer(self, code: str, share: float) -> None:
        """Let a partner answer a share of its lines anew and send its return in place of the last."""
        partner = self.locality.partner_by_code.get(code)
        if partner is None:
            return
        answers = self.answers.setdefault(code, {})
        for line in self.locality.lines_of(partner):
            if self.dice.random() < share:
                answers[line.ref] = self.one_answer(code, line.ref)
        lines = {line.ref for line in self.locality.lines_of(partner)}
        rows = [answer for ref, answer in answers.items() if ref in lines]
        titles = list(rows[0]) if rows else ["Ref"]
        text = "\n".join([" | ".join(titles), *(" | ".join(row.values()) for row in rows)])
        fill_in(self.locality, text, partner=code, file=f"{code}.xlsx", cover={"Date completed": self.as_at})

    def one_answer(self, code: str, ref: str) -> dict[str, str]:
        """Make up one answer."""
        dice, number = self.dice, self.dice.randrange(1000)
        rating = dice.choice(["Red", "Amber", "Green", "Green", "Green", "N/A", "", "Not assessed"])
        acts = dice.random() < 0.6
        return {
            "Ref": ref,
            "Evidence": f"Evidence {number} of {code}" if dice.random() < 0.8 else "",
            "Evidence date": "2023-12-01",
            "RAG": rating,
            "Reason for rating": f"Reason {number}",
            "Gap": f"Gap {number}" if dice.random() < 0.3 else "",
            "Action": f"Do {number} for {code}" if acts else "",
            "Owner": f"Owner {number}" if acts else "",
            "Due date": dice.choice(["2024-03-29", "ongoing", "March 2024", ""]) if acts else "",
            "Action status": dice.choice(["Not started", "In progress", ""]) if acts else "",
        }

    def something_happens(self) -> None:
        """Let partners send, send again or withdraw returns, and let settings and framework change."""
        for code in self.locality.partner_by_code:
            if self.dice.random() < 0.4:
                self.answer(code, 0.3)
            elif self.dice.random() < 0.1:
                (self.locality.folder / "returns" / f"{code}.xlsx").unlink(missing_ok=True)
        if self.dice.random() < 0.15:
            self.partners(self.dice.choice([PARTNERS, {**PARTNERS, "WEST": "I1"}, {"NORTH": "", "EAST": "Q1"}]))
        if self.dice.random() < 0.15:
            self.framework(self.dice.choice([{"Q1", "Q2", "I1"}, {"Q1", "I1"}, {"Q1", "Q2", "Q3", "I1"}]))

    def merge(self) -> tuple[Merged, Path]:
        """Merge as at this week's day."""
        return merge_and_write(self.locality, self.as_at)

    def one_week(self, newest: Path, *, edits: int, program: Any = None) -> tuple[Path, list[str]]:
        """Let the group work, things happen, and merge; give the new workbook and what was lost or changed."""
        written = self.last or openpyxl.load_workbook(newest)
        group = Group(openpyxl.load_workbook(newest), self.dice, self.marked)
        group.week(edits)
        self.marked = group.begun
        self.weeks.append(group.done)
        path = newest
        if self.dice.random() < 0.3:
            path = newest.with_name(
                self.dice.choice(["Copy of {}", "{} edited", "{} (2)"]).format(newest.stem) + ".xlsx"
            )
        group.book.save(path)
        if program is not None:
            program(path)
        self.week += 1
        self.something_happens()
        standing = fingerprints(self.locality.folder)
        try:
            merged, made = self.merge()
        except Refusal as refusal:
            self.refused.append(f"{refusal.problem.code}: {refusal.problem.message}")
            found = [] if fingerprints(self.locality.folder) == standing else ["a refusal changed the folder"]
            if path != newest:
                path.unlink()
            shutil.copy(self.locality.folder / "history" / newest.name, newest)
            return newest, found
        if merged.nothing_new:
            return newest, []
        left, self.last = group.book if program is None else openpyxl.load_workbook(path), openpyxl.load_workbook(made)
        return made, lost(self, written, left, self.last, merged)


def replace_statements(partner: Partner, codes: set[str]) -> Partner:
    """Give the partner asked for those of its statements that are there."""
    asked = None if partner.statements is None else tuple(code for code in partner.statements if code in codes)
    return partner.model_copy(update={"statements": asked})


def fingerprints(folder: Path) -> dict[str, str]:
    """Give the fingerprint of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lost(a_round: Round, written: Any, left: Any, made: Any, merged: Merged) -> list[str]:
    """Give what the group had typed into its workbook and the new one does not hold, or holds changed."""
    missing = sorted(_typed_marks(left, written) - all_marks(made))
    found = [f"{mark} is nowhere: it stood at {listing(_where(left, mark))}" for mark in missing]
    found += _in_place(a_round, written, left, made, merged)
    if KEPT in made.sheetnames:
        decided = {shown(cell.value) for name in (ASSESSMENT, GAPS) for row in left[name].iter_rows() for cell in row}
        before = list(written[KEPT].iter_rows(min_row=5, values_only=True)) if KEPT in written.sheetnames else []
        there = {row[:5] for row in before}
        for row in made[KEPT].iter_rows(min_row=5, values_only=True):
            typed = row[:5] in there or (row[3] in (*AGREED, *ACTION) and row[4] in decided)
            if row[0] == OVER_THE_PROGRAM and not marks(row[4]) and not typed:
                found.append(f"kept, but nobody typed it: {row[:5]}")
    return found


def _typed_marks(left: Any, written: Any) -> set[str]:
    """Give the marks in a workbook but for those in what the program itself wrote onto its sheets that tell of them."""
    telling = [name for name in ("Changes", "Points to fix", "Summary") if name in written.sheetnames]
    told = {shown(cell.value) for name in telling for row in written[name].iter_rows() for cell in row}
    found: set[str] = set()
    for sheet in left.worksheets:
        found |= marks(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not (sheet.title in telling and shown(cell.value) in told):
                    found |= marks(cell.value)
                if cell.comment is not None:
                    found |= marks(cell.comment.text)
    return found


def _where(book: Any, mark: str) -> list[str]:
    found = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if mark in marks(cell.value):
                    found.append(f"{sheet.title}!{cell.coordinate} {cell.value!r}")
                if cell.comment is not None and mark in marks(cell.comment.text):
                    found.append(f"note on {sheet.title}!{cell.coordinate} {cell.comment.text!r}")
    return found


def _in_place(a_round: Round, written: Any, left: Any, made: Any, merged: Merged) -> list[str]:
    found: list[str] = []
    renamed = {name: sheet for sheet in left.worksheets for name in (ASSESSMENT, GAPS) if sheet.title == name}
    if ASSESSMENT in renamed:
        table = Table(renamed[ASSESSMENT], "Ref")
        found += _agreed(table, Table(made[ASSESSMENT], "Ref"), merged)
    if GAPS in renamed:
        found += _actions(
            a_round, Table(written[GAPS], "Gap"), Table(renamed[GAPS], "Gap"), Table(made[GAPS], "Gap"), merged
        )
    return found


def _agreed(left: Table, made: Table, merged: Merged) -> list[str]:
    found = []
    now, keys = made.texts(AGREED), made.by_key()
    for ref, row in left.by_key().items():
        if ref not in keys:
            continue
        typed = {title: shown(left.cell(row, title).value) for title in AGREED if title in left.columns}
        rating, reason, day = (now[ref, title] for title in AGREED)
        if "Agreed RAG" in typed:
            reading = rag.vocabulary().read(typed["Agreed RAG"])
            expected = reading.rating if reading.how in (rag.How.EXACT, rag.How.WITH_WORDS) else ""
            if rating != (expected or ""):
                found.append(f"{ref}: agreed {typed['Agreed RAG']!r} is now {rating!r}")
            if typed["Agreed RAG"] and not expected and typed["Agreed RAG"] not in reason:
                found.append(f"{ref}: {typed['Agreed RAG']!r} is not with the reason {reason!r}")
        if typed.get("Reason for agreed RAG", "") not in reason:
            found.append(f"{ref}: reason {typed['Reason for agreed RAG']!r} is now {reason!r}")
        when = typed.get("Agreed on", "")
        if when and day != _day(when) and when not in reason:
            found.append(f"{ref}: agreed on {when!r} is now {day!r}")
        if not when and "Agreed on" in typed and day:
            found.append(f"{ref}: agreed on was empty and is now {day!r}")
    return found


def _day(text: str) -> str:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return text


def _actions(a_round: Round, written: Table, left: Table, made: Table, merged: Merged) -> list[str]:
    """Hold the three-way merge to its word: touched by the group, it stands; untouched, it follows the partners."""
    found = []
    then, now, open_gaps = written.texts(ACTION), made.texts(ACTION), {gap.id for gap in merged.gaps}
    rows = left.by_key()
    before = written.by_key()
    for key in [place for place in a_round.touched if place[0] not in open_gaps]:
        del a_round.touched[key]
    for gap in open_gaps & set(before) & set(made.by_key()):
        row = rows.get(gap)
        for name, title in zip(FIELDS, ACTION, strict=True):
            deleted = row is None or title not in left.columns
            if row is None and _is_there(left, gap):
                continue  # its row stands twice: which of them is the gap's is tested elsewhere
            typed = then[gap, title] if deleted else shown(left.cell(row, title).value)
            if typed != then[gap, title]:
                a_round.touched[gap, title] = typed
            is_now, proposed = now.get((gap, title), ""), merged.filled_in[gap].get(name, "")
            if (row is not None or not left.heading) and deleted:
                if (gap, title) in a_round.touched or not _same(proposed, is_now, title):
                    a_round.touched[gap, title] = is_now  # its heading was changed; the marks tell if it is there
                continue
            if (gap, title) in a_round.touched:
                if not _same(typed, is_now, title) and not (title == "Date evidenced" and _beside(typed, gap, now)):
                    beside = title in ("Evidenced by", "Update") and typed in is_now
                    if not beside:
                        found.append(f"{gap} {title}: the group's {typed!r} is now {is_now!r}")
            elif not _same(proposed, _without_remark(is_now), title):
                found.append(f"{gap} {title}: untouched {typed!r}, proposed {proposed!r}, is now {is_now!r}")
    kept = written.sheet.parent[KEPT].iter_rows(values_only=True) if KEPT in written.sheet.parent.sheetnames else []
    waiting = {(row[2], row[3]) for row in kept}
    for gap in open_gaps - set(before):
        for name, title in zip(FIELDS, ACTION, strict=True):
            is_now = now.get((gap, title), "")
            proposed = merged.filled_in[gap].get(name, "")
            if is_now and ((gap, title) in waiting or not _same(proposed, is_now, title)):
                a_round.touched[gap, title] = is_now  # the gap had closed, and is there again with its action
    return found


def _without_remark(text: str) -> str:
    return text.split("(Date evidenced as typed: ")[0].strip()


def _is_there(table: Table, key: str) -> bool:
    return any(str(table.cell(row, table.key).value).strip().upper() == key for row in table.rows)


def _beside(typed: str, gap: str, now: dict[tuple[str, str], str]) -> bool:
    return typed in now[gap, "Evidenced by"] or typed in now[gap, "Update"]


def _same(typed: str, is_now: str, title: str) -> bool:
    if title in DATES:
        return is_now in (typed, _day(typed))
    if title == "Delivery status":
        return is_now == (status_of(typed, return_template("stockport").statuses) or typed)
    return " ".join(typed.split()) == " ".join(is_now.split())
