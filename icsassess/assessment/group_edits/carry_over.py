"""Carrying over: what the group typed into the last workbook comes through, in its place or where it is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from icsassess.assessment.group_edits.decisions import ACTION_FIELDS, Agreed, Decisions, as_read, plain_day
from icsassess.assessment.group_edits.displaced import OVER_THE_PROGRAM, ROW_WITHOUT_LINE, DisplacedCollector, why_gone
from icsassess.assessment.group_edits.edits import ASSESSMENT, GAPS, GroupEdits, StrayEdit, Texts
from icsassess.assessment.group_edits.extras import Extras
from icsassess.assessment.group_edits.outcome import CarryOverResult, Conflict
from icsassess.domain import rag
from icsassess.domain.gap_ids import ref_of_gap
from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import How
from icsassess.tables.titles import AGREED_TITLES, DISPLACED

AGREED_FIELDS = tuple(AGREED_TITLES)
_A_DATE = "A date, for example 10/01/2024."


@dataclass
class LastMerge:
    """The common parent: what the last merge wrote into the places to type in, and its record in the history.

    Both are None where the history is missing: the group's workbook is then taken at its word.
    """

    typed: GroupEdits | None = None
    record: Mapping[str, Any] | None = None

    @property
    def filled_in(self) -> dict[str, Texts]:
        """What the program itself had filled in, by gap."""
        return {gap["id"]: gap["filled_in"] for gap in self.record["gaps"]} if self.record else {}

    @property
    def typed_before(self) -> dict[str, list[str]]:
        """The fields of actions that the group had typed in before, by gap."""
        return {gap["id"]: gap.get("typed", []) for gap in self.record["gaps"]} if self.record else {}

    @property
    def states(self) -> Mapping[str, Mapping[str, str]]:
        """What partners said at the last merge, by line and partner."""
        return self.record["states"] if self.record else {}

    def basis(self, ref: str) -> Mapping[str, str] | None:
        """What partners said when the group agreed a line's rating, as far as the last merge knew."""
        agreed = self.record["decided"]["agreed"].get(ref) if self.record else None
        return agreed["basis"] if agreed else None

    def agreed(self, ref: str) -> Texts:
        """What the last merge wrote as agreed for a line."""
        return self.typed.agreed.get(ref, {}) if self.typed else {}


class Places(NamedTuple):
    """The places of the new workbook: its lines, its columns' titles by sheet and by field, and its sheets."""

    refs: Set[str]
    titles: Mapping[str, tuple[str, ...]]
    field_titles: Mapping[str, str]
    sheets: tuple[str, ...]


@dataclass
class CarryOver:
    """The work of carrying one workbook over: first the decisions, then, when the gaps are known, all the rest."""

    typed: GroupEdits
    last: LastMerge
    places: Places
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with what was kept before."""
        self._displaced = DisplacedCollector(list(self.typed.kept))
        self._restored: set[tuple[str, str]] = set()

    def decisions(self) -> Decisions:
        """Give the group's decisions; what cannot be used raises a point and stays as typed."""
        self._report_missing_columns()
        agreed = {ref: decision for ref in self._agreed_refs() if (decision := self._agreed(ref))}
        written = self.last.typed.actions if self.last.typed else {}
        group = {
            gap: {**{name: written.get(gap, {}).get(name, "") for name in self.typed.missing}, **texts}
            for gap, texts in self.typed.actions.items()
        }
        for gap in self._displaced.keys(GAPS):
            if gap not in group and gap not in written and (texts := self._waiting(GAPS, gap, ACTION_FIELDS)):
                group[gap] = texts
        decisions = Decisions(agreed, group, written, self.last.filled_in, self.last.typed_before)
        for gap in self.typed.actions:
            self._report_unreadable_action(decisions, gap)
        return decisions

    def _report_missing_columns(self) -> None:
        for name, title in self.typed.missing.items():
            sheet = ASSESSMENT if name in AGREED_FIELDS else GAPS
            self.problems.append(make_problem("group-column-deleted", sheet=sheet, title=title))

    def _waiting(self, sheet: str, key: str, fields: Iterable[str]) -> dict[str, str]:
        """Give the fields of a line or gap that had lost its place, from where they were kept."""
        by_title = {self.places.field_titles[name]: name for name in fields}
        return {
            by_title[title]: text
            for _, title, text in self._displaced.waiting(sheet, key)
            if title in by_title and text
        }

    def _agreed_refs(self) -> Iterator[str]:
        yield from self.typed.agreed
        for ref, texts in (self.last.typed.agreed if self.last.typed else {}).items():
            if ref not in self.typed.agreed and any(texts.values()):
                self.problems.append(make_problem("group-row-deleted", sheet=ASSESSMENT, ref=ref, found=ref))
                yield ref
        for ref in self._displaced.keys(ASSESSMENT):
            if ref in self.places.refs and ref not in self.typed.agreed:
                yield ref

    def _agreed(self, ref: str) -> Agreed | None:
        written = self.last.agreed(ref)
        texts: Texts = {**dict.fromkeys(AGREED_FIELDS, ""), **written, **self.typed.agreed.get(ref, {})}
        if ref not in self.typed.agreed and not any(texts.values()) and ref in self.places.refs:
            texts = {**texts, **self._waiting(ASSESSMENT, ref, AGREED_FIELDS)}
            if any(texts.values()):
                self._restored.add((ASSESSMENT, ref))
        if not any(texts.values()):
            return None
        if ref not in self.places.refs:
            texts_by_title = {self.places.field_titles[name]: texts[name] for name in AGREED_FIELDS}
            self._displaced.keep(why_gone(ASSESSMENT, ref, self.places.refs), ASSESSMENT, ref, texts_by_title)
            return None
        same = {name: text for name, text in written.items() if text} == {n: t for n, t in texts.items() if t}
        basis = self.last.basis(ref) if same else self.last.states.get(ref)
        return self._understood(ref, texts, basis)

    def _understood(self, ref: str, texts: Texts, basis: Mapping[str, str] | None) -> Agreed:
        reading = rag.vocabulary().read(texts["agreed"])
        unclear = reading.how in (How.NOT_UNDERSTOOD, How.BETWEEN_TWO) or (texts["agreed"] and not reading.rating)
        rating = "" if unclear else reading.rating or ""
        reason = texts["agreed_reason"]
        if unclear:
            reason = self._as_typed(ref, "agreed", texts["agreed"], reason, f"A rating: {rag.vocabulary().permitted}.")
        elif reading.words and reading.words not in reason:
            reason = f"{reason} ({texts['agreed']})".strip()
        day = plain_day(texts["agreed_on"])
        if texts["agreed_on"] and day is None:
            reason = self._as_typed(ref, "agreed_on", texts["agreed_on"], reason, _A_DATE)
        return Agreed(rating, reason, day, basis)

    def _as_typed(self, ref: str, name: str, text: str, reason: str, expected: str) -> str:
        """Keep what could not be used with the reason, and say so."""
        self._report(ASSESSMENT, ref, name, text, expected)
        remark = f"({self.places.field_titles[name]} as typed: {text})"
        return reason if remark in reason else f"{reason} {remark}".strip()

    def _report(self, sheet: str, key: str, name: str, text: str, expected: str) -> None:
        title = self.places.field_titles[name]
        self.problems.append(
            make_problem(
                "group-edit-not-understood",
                sheet=sheet,
                cell=self.typed.cells.get((sheet, key, title)),
                ref=ref_of_gap(key),
                found=text,
                title=title,
                expected=expected,
            )
        )

    def _report_unreadable_action(self, decisions: Decisions, gap: str) -> None:
        """Say which dates and which status of the group's cannot be used; they stay as typed."""
        texts, filled = decisions.group[gap], decisions.filled_in.get(gap, {})
        for name in ("due", "evidenced_on"):
            text = texts.get(name, "")
            if text and plain_day(text) is None and text != as_read(filled.get(name, "")):
                self._report(GAPS, gap, name, text, _A_DATE)

    def finish(
        self, gaps: Set[str], decisions: Decisions, conflicts: Iterable[Conflict], since: datetime.date
    ) -> CarryOverResult:
        """Give what came through beside the decisions, now that the gaps of this merge are known."""
        for gap in {**decisions.group, **decisions.written}:
            self._finish_gap(gap, gaps, decisions)
        self._restore(gaps, decisions)
        for edit in self.typed.stray_edits:
            self._displace_stray_edit(edit)
        for title in self.typed.not_carried:
            self.problems.append(make_problem("group-sheet-not-carried", sheet=title, found=title))
        keys = {ASSESSMENT: self.places.refs, GAPS: gaps}
        extras = Extras(self.typed, self.last.typed, keys, self.places.titles, self._displaced, self._restored)
        columns, rows, notes = extras.carried()
        return CarryOverResult(
            agreed=len(decisions.agreed),
            actions=sum(decisions.is_the_groups(gap) for gap in gaps),
            own_rows=rows,
            own_columns=columns,
            own_sheets=extras.sheets(self.places.sheets),
            notes=notes,
            kept=self._displaced.all(since),
            conflicts=list(conflicts),
        )

    def _finish_gap(self, gap: str, gaps: Set[str], decisions: Decisions) -> None:
        deleted = gap in decisions.written and gap not in self.typed.actions
        if not decisions.is_the_groups(gap):
            return
        if gap in gaps:
            if deleted:
                self.problems.append(make_problem("group-row-deleted", sheet=GAPS, ref=ref_of_gap(gap), found=gap))
            return
        if gap in self.typed.actions or deleted:
            texts = decisions.group.get(gap) or decisions.written.get(gap) or {}
            texts_by_title = {self.places.field_titles[name]: text for name, text in texts.items()}
            self._displaced.keep(why_gone(GAPS, gap, self.places.refs), GAPS, gap, texts_by_title)

    def _restore(self, gaps: Set[str], decisions: Decisions) -> None:
        """Take what has its place again from where it was kept: the fields of gaps and lines that are there again."""
        for gap in self._displaced.keys(GAPS):
            if gap in gaps and gap not in self.typed.actions and gap not in decisions.written:
                self._restored.add((GAPS, gap))
        for sheet, key in self._restored:
            fields = AGREED_FIELDS if sheet == ASSESSMENT else ACTION_FIELDS
            titles = {self.places.field_titles[name] for name in fields}
            for number, title, _ in list(self._displaced.waiting(sheet, key)):
                if title in titles:
                    self._displaced.restore(number)

    def _displace_stray_edit(self, edit: StrayEdit) -> None:
        row_without_line = edit.sheet == ASSESSMENT and edit.title and edit.key not in self.places.refs
        why = ROW_WITHOUT_LINE if row_without_line else OVER_THE_PROGRAM
        self._displaced.keep(why, edit.sheet, edit.key or edit.cell, {edit.title or edit.cell: edit.text})
        text = f"‘{edit.text}’ under ‘{edit.title}’" if edit.title else f"‘{edit.text}’"
        self.problems.append(
            make_problem("group-edit-without-a-place", sheet=edit.sheet, cell=edit.cell, found=text, kept=DISPLACED)
        )
