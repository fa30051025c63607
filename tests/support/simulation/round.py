"""A round of weeks: partners send returns, the group works on the newest workbook, and each merge is looked over.

What has to hold after every merge is in ``losses``.
"""

from __future__ import annotations

import datetime
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from icsassess.assessment.merging.model import Merged
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality, Partner
from icsassess.round.merge_and_write import merge_and_write
from tests.support.folders import fingerprints
from tests.support.frameworks import small_framework
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.simulation.group import Group
from tests.support.simulation.losses import lost

FIRST_WEEK = datetime.date(2024, 1, 3)
PARTNERS = {"NORTH": "", "SOUTH": "Q1 I1", "EAST": "Q1"}


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
        new_round = cls(locality, random.Random(seed), locality.framework)
        new_round.framework({"Q1", "Q2", "I1"})
        for code in PARTNERS:
            new_round.answer(code, 1.0)
        return new_round

    def framework(self, codes: set[str]) -> None:
        """Change the framework to these statements."""
        partners = [replace_statements(partner, codes) for partner in self.locality.partners]
        settings = self.locality.settings.model_copy(update={"partners": tuple(partners)})
        smaller = small_framework(self.whole, codes, "-".join(sorted(codes)))
        self.locality = Locality(self.locality.folder, settings, smaller)

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
            merged, renewed = self.merge()
        except Refusal as refusal:
            self.refused.append(f"{refusal.problem.code}: {refusal.problem.message}")
            losses = [] if fingerprints(self.locality.folder) == standing else ["a refusal changed the folder"]
            if path != newest:
                path.unlink()
            shutil.copy(self.locality.folder / "history" / newest.name, newest)
            return newest, losses
        if merged.nothing_new:
            return newest, []
        edited, self.last = (
            group.book if program is None else openpyxl.load_workbook(path),
            openpyxl.load_workbook(renewed),
        )
        return renewed, lost(self.touched, written, edited, self.last, merged)


def replace_statements(partner: Partner, codes: set[str]) -> Partner:
    """Give the partner asked for those of its statements that are there."""
    asked = None if partner.statements is None else tuple(code for code in partner.statements if code in codes)
    return partner.model_copy(update={"statements": asked})
