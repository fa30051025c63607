"""Carrying over: what the group typed into the last workbook comes through, in its place or where it is kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from icsassess.assessment.actions.names import is_of_the_group, line_of
from icsassess.assessment.actions.register import ActionRegister
from icsassess.assessment.group_edits.decisions import Agreed, Decisions, as_read, plain_day
from icsassess.assessment.group_edits.displaced import OVER_THE_PROGRAM, ROW_WITHOUT_LINE, DisplacedCollector, why_gone
from icsassess.assessment.group_edits.edits import ACTIONS, ASSESSMENT, GAPS, GroupEdits, StrayEdit, Texts
from icsassess.assessment.group_edits.extras import Extras, with_names
from icsassess.assessment.group_edits.last_merge import LastMerge, Places
from icsassess.assessment.group_edits.outcome import CarryOverResult
from icsassess.domain import rag
from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import How
from icsassess.domain.yes_no import read_yes_no
from icsassess.tables.titles import ACTION_FIELDS, AGREED_TITLES, DISPLACED, GAPS_AND_ACTIONS

AGREED_FIELDS = tuple(AGREED_TITLES)
_A_DATE = "A date, for example 10/01/2024."
_YES_OR_NO = "Yes, No or nothing."
_READABLE: tuple[tuple[str, Callable[[str], object], str], ...] = (
    ("due", plain_day, _A_DATE),
    ("evidenced_on", plain_day, _A_DATE),
    ("taken_up", read_yes_no, _YES_OR_NO),
)
"""Fields of an action that can be typed so that they cannot be used: what reads them, and what is expected."""


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
        last = self.last.typed or GroupEdits()
        group = {name: self._whole(texts, last.actions.get(name)) for name, texts in self.typed.actions.items()}
        waiting = {}
        for name in self._displaced.keys(ACTIONS):
            if name not in group and name not in last.actions:
                waiting[name] = self._waiting(ACTIONS, name, ACTION_FIELDS)
        earlier = self.last.actions
        decisions = Decisions(
            agreed=agreed,
            group={**group, **waiting},
            written=last.actions,
            filled_in=self.last.filled_in,
            typed_before={name: action["typed"] for name, action in earlier.items()},
            covered=self._covered(),
            refs=self.typed.refs,
            own_actions=self.typed.own_actions,
            earlier=earlier,
            waiting=frozenset(waiting),
            version_1=self._version_1() if self.typed.version_1 or last.version_1 else None,
        )
        self._report_what_is_unreadable(decisions)
        return decisions

    def _whole(self, texts: Texts, written: Texts | None) -> Texts:
        """Give the texts of a row with what was written last under columns that are not there any more."""
        return {
            **{name: (written or {}).get(name, "") for name in self.typed.missing if name in ACTION_FIELDS},
            **texts,
        }

    def _version_1(self) -> Decisions:
        """Give what was typed into the gaps of a workbook of version 1, by gap."""
        gaps, last = self.last.gaps_of_version_1, (self.last.typed or GroupEdits()).version_1
        return Decisions(
            group={gap: self._whole(texts, last.get(gap)) for gap, texts in self.typed.version_1.items()},
            written=last,
            filled_in=self.last.filled_in,
            typed_before={name: gap.get("typed", []) for name, gap in gaps.items()},
        )

    def _covered(self) -> dict[str, str]:
        """Give what stands under Covered, by gap: where the row or the column was deleted, what was written there."""
        covered = {**(self.last.typed.covered if self.last.typed else {}), **self.typed.covered}
        for gap in self._displaced.keys(GAPS):
            if gap not in covered:
                covered[gap] = self._waiting(GAPS, gap, ("covered",)).get("covered", "")
        return covered

    def _report_missing_columns(self) -> None:
        for name, title in self.typed.missing.items():
            sheet = ASSESSMENT if name in AGREED_FIELDS else ACTIONS if name in ACTION_FIELDS else GAPS
            self.problems.append(make_problem("group-column-deleted", sheet=sheet, title=title))

    def _waiting(self, sheet: str, key: str, fields: Iterable[str]) -> dict[str, str]:
        """Give the fields of a line, gap or action that had lost its place, from where they were kept."""
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

    def _report(self, sheet: str, key: str, name: str, text: str, expected: str, cell: str | None = None) -> None:
        title = self.places.field_titles[name]
        self.problems.append(
            make_problem(
                "group-edit-not-understood",
                sheet=sheet,
                cell=cell or self.typed.cells.get((sheet, key, title)),
                ref=line_of(key),
                found=text,
                title=title,
                expected=expected,
            )
        )

    def _report_what_is_unreadable(self, decisions: Decisions) -> None:
        """Say which dates, and what in place of Yes and No, cannot be used; they stay as typed."""
        for name in self.typed.actions:
            self._report_action(name, decisions.group[name], decisions.filled_in.get(name, {}), {})
        for gap, texts in self.typed.version_1.items():
            self._report_action(gap, texts, decisions.filled_in.get(gap, {}), {})
        for own in self.typed.own_actions:
            self._report_action(own.ref, own.texts, {}, own.cells)
        for gap, text in self.typed.covered.items():
            if text and read_yes_no(text) is None:
                self._report(GAPS, gap, "covered", text, _YES_OR_NO)

    def _report_action(self, key: str, texts: Texts, filled_in: Texts, cells: Mapping[str, str]) -> None:
        for name, readable, expected in _READABLE:
            text = texts.get(name, "")
            if text and readable(text) is None and text != as_read(filled_in.get(name, "")):
                self._report(ACTIONS, key, name, text, expected, cells.get(self.places.field_titles[name]))

    def finish(
        self, gaps: Set[str], register: ActionRegister, decisions: Decisions, since: datetime.date
    ) -> CarryOverResult:
        """Give what came through beside the decisions, now that the gaps and actions of this merge are known."""
        listed = frozenset(action.id for action in register.actions)
        self._finish_actions(listed, decisions)
        self._finish_gaps(gaps, decisions)
        self._restore(gaps, listed, decisions)
        for edit in self.typed.stray_edits:
            self._displace_stray_edit(edit)
        for title in self.typed.not_carried:
            self.problems.append(make_problem("group-sheet-not-carried", sheet=title, found=title))
        keys = {ASSESSMENT: self.places.refs, GAPS: gaps, ACTIONS: listed}
        typed = with_names(self.typed, register, self.places.titles[GAPS])
        extras = Extras(typed, self.last.typed, keys, self.places.titles, self._displaced, self._restored)
        columns, notes = extras.carried()
        return CarryOverResult(
            agreed=len(decisions.agreed),
            actions=sum(bool(fields) for fields in register.typed.values()),
            own_actions=sum(is_of_the_group(name) for name in listed),
            own_columns=columns,
            own_sheets=extras.sheets(self.places.sheets),
            notes=notes,
            kept=self._displaced.all(since),
            conflicts=list(register.conflicts),
        )

    def _finish_actions(self, listed: Set[str], decisions: Decisions) -> None:
        """Keep what the group typed about actions that nobody proposes any more, and say which rows are there again."""
        written = self.last.typed.actions if self.last.typed else {}
        for name in {**self.typed.actions, **written}:
            if name in listed:
                if name not in self.typed.actions:
                    self._report_deleted(ACTIONS, name)
            elif not is_of_the_group(name) and decisions.is_the_groups(name):
                self._keep(ACTIONS, name, decisions.texts(name) or {})
        for gap in self.last.typed.version_1 if self.last.typed else {}:
            if gap not in self.typed.version_1 and decisions.version_1 and decisions.version_1.is_the_groups(gap):
                self._report_deleted(GAPS_AND_ACTIONS, gap)

    def _finish_gaps(self, gaps: Set[str], decisions: Decisions) -> None:
        column_is_missing = "covered" in self.typed.missing
        for gap, text in decisions.covered.items():
            is_waiting = gap in self._displaced.keys(GAPS) and gap not in self._written_gaps
            if text and gap not in gaps and not is_waiting:
                self._keep(GAPS, gap, {"covered": text})
            elif text and gap in gaps and not (gap in self.typed.covered or is_waiting or column_is_missing):
                self._report_deleted(GAPS, gap)

    @property
    def _written_gaps(self) -> Set[str]:
        """The gaps that stand in the workbook, or stood in it as it was written."""
        return {*self.typed.covered, *(self.last.typed.covered if self.last.typed else ())}

    def _report_deleted(self, sheet: str, key: str) -> None:
        self.problems.append(make_problem("group-row-deleted", sheet=sheet, ref=line_of(key), found=key))

    def _keep(self, sheet: str, key: str, texts: Texts) -> None:
        by_title = {self.places.field_titles[name]: text for name, text in texts.items()}
        self._displaced.keep(why_gone(sheet, key, self.places.refs), sheet, key, by_title)

    def _restore(self, gaps: Set[str], listed: Set[str], decisions: Decisions) -> None:
        """Take what has its place again from where it was kept: the fields of what is there again."""
        self._restored |= {(ACTIONS, name) for name in decisions.waiting if name in listed}
        self._restored |= {(GAPS, gap) for gap in self._displaced.keys(GAPS) if gap in gaps - self._written_gaps}
        for sheet, key in self._restored:
            fields = {ASSESSMENT: AGREED_FIELDS, GAPS: ("covered",), ACTIONS: ACTION_FIELDS}[sheet]
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
