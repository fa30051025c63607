"""Carrying over: what the group typed into the last workbook comes through, in its place or where it is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from icsassess import rag
from icsassess.assessment.carried import Carried, Conflict, Kept
from icsassess.assessment.decisions import ACTION_FIELDS, Agreed, Decisions
from icsassess.assessment.typed import Elsewhere, Texts, Typed
from icsassess.problems import Problem, point
from icsassess.rag import How
from icsassess.returns.dates import read_date

ASSESSMENT = "Assessment"
GAPS = "Gaps and actions"
GAP_CLOSED = "The line is no gap any more"
NO_SUCH_LINE = "The line is not in the framework any more"
OVER_THE_PROGRAM = "Typed where the program writes"
ROW_WITHOUT_LINE = "The row belongs to no line"
AGREED_FIELDS = ("agreed", "agreed_reason", "agreed_on")


@dataclass
class LastMerge:
    """The common parent: what the last merge wrote into the places to type in, and its record in the history.

    Both are None where the history is missing: the group's workbook is then taken at its word.
    """

    typed: Typed | None = None
    record: Mapping[str, Any] | None = None

    @property
    def filled_in(self) -> dict[str, Texts]:
        """What the program itself had filled in, by gap."""
        return {gap["id"]: gap["filled_in"] for gap in self.record["gaps"]} if self.record else {}

    @property
    def states(self) -> Mapping[str, Mapping[str, str]]:
        """What partners said at the last merge, by line and partner."""
        return self.record["states"] if self.record else {}

    def basis(self, ref: str) -> Mapping[str, str] | None:
        """What partners said when the group agreed a line's rating, as far as the last merge knew."""
        agreed = self.record["decided"]["agreed"].get(ref) if self.record else None
        return agreed["basis"] if agreed else None


@dataclass
class Carrying:
    """The work of carrying one workbook over: first the decisions, then, when the gaps are known, all the rest."""

    typed: Typed
    last: LastMerge
    refs: Set[str]
    titles: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    _kept: list[Kept] = field(default_factory=list)

    def decisions(self) -> Decisions:
        """Give the group's decisions; what cannot be used raises a point and stays as typed."""
        agreed = {ref: found for ref in self._agreed_refs() if (found := self._agreed(ref))}
        written = self.last.typed.actions if self.last.typed else {}
        return Decisions(agreed, {**self._kept_actions(), **self.typed.actions}, written, self.last.filled_in)

    def _agreed_refs(self) -> Iterator[str]:
        yield from self.typed.agreed
        for ref, texts in (self.last.typed.agreed if self.last.typed else {}).items():
            if ref not in self.typed.agreed and any(texts.values()):
                self.problems.append(point("group-row-deleted", sheet=ASSESSMENT, ref=ref, found=ref))
                yield ref

    def _agreed(self, ref: str) -> Agreed | None:
        written = self.last.typed.agreed.get(ref) if self.last.typed else None
        texts = self.typed.agreed.get(ref) or written or {}
        if not any(texts.values()):
            return None
        if ref not in self.refs:
            self._keep(NO_SUCH_LINE, ASSESSMENT, ref, {self.titles[name]: text for name, text in texts.items()})
            return None
        reading = rag.vocabulary().read(texts["agreed"])
        unclear = reading.how in (How.NOT_UNDERSTOOD, How.BETWEEN_TWO)
        rating = "" if unclear else reading.rating or ""
        reason = texts["agreed_reason"]
        if unclear:
            reason = self._as_typed(ref, "agreed", texts["agreed"], reason, f"A rating: {rag.vocabulary().permitted}.")
        elif reading.words and reading.words not in reason:
            reason = f"{reason} ({texts['agreed']})".strip()
        day = read_date(texts["agreed_on"]).usable
        if texts["agreed_on"] and day is None:
            reason = self._as_typed(ref, "agreed_on", texts["agreed_on"], reason, "A date, for example 10/01/2024.")
        same = written is not None and dict(written) == dict(texts)
        basis = self.last.basis(ref) if same else self.last.states.get(ref)
        return Agreed(rating, reason, day, basis)

    def _as_typed(self, ref: str, name: str, text: str, reason: str, expected: str) -> str:
        """Keep what could not be used with the reason, and say so."""
        title = self.titles[name]
        cell = self.typed.cells.get((ASSESSMENT, ref, title))
        self.problems.append(
            point(
                "group-edit-not-understood",
                sheet=ASSESSMENT,
                cell=cell,
                ref=ref,
                found=text,
                title=title,
                expected=expected,
            )
        )
        remark = f"({title} as typed: {text})"
        return reason if remark in reason else f"{reason} {remark}".strip()

    def _kept_actions(self) -> dict[str, dict[str, str]]:
        """Give the actions of gaps that had closed, as kept: they are there again if the gap opens again."""
        by_title = {title: name for name, title in self.titles.items() if name in ACTION_FIELDS}
        found: dict[str, dict[str, str]] = {}
        for row in self.typed.kept:
            name = by_title.get(row.get("Column", ""))
            if row.get("What became of its place") == GAP_CLOSED and name:
                found.setdefault(row.get("Line or gap", ""), {})[name] = row.get("Text", "")
        return found

    def finish(
        self, gaps: Set[str], decisions: Decisions, conflicts: Iterable[Conflict], since: datetime.date
    ) -> Carried:
        """Give what came through beside the decisions, now that the gaps of this merge are known."""
        self._keep_old(gaps, since)
        for gap in {**decisions.group, **decisions.written}:
            if gap not in gaps and decisions.is_the_groups(gap):
                texts = decisions.group.get(gap) or decisions.written.get(gap) or {}
                why = GAP_CLOSED if gap.removeprefix("G-") in self.refs else NO_SUCH_LINE
                self._keep(why, GAPS, gap, {self.titles[name]: text for name, text in texts.items()})
        for there in self.typed.elsewhere:
            self._keep_elsewhere(there)
        places = {ASSESSMENT: self.refs, GAPS: gaps}
        return Carried(
            agreed=len(decisions.agreed),
            actions=sum(decisions.is_the_groups(gap) for gap in gaps),
            own_rows=list(self.typed.own_rows),
            own_columns=self._own_columns(places),
            own_sheets=list(self.typed.own_sheets),
            notes=self._notes(places),
            kept=[Kept(k.why, k.sheet, k.key, k.title, k.text, k.since or since.isoformat()) for k in self._unique()],
            conflicts=list(conflicts),
        )

    def _own_columns(self, places: Mapping[str, Set[str]]) -> dict[str, dict[str, dict[str, str]]]:
        carried: dict[str, dict[str, dict[str, str]]] = {}
        for sheet, columns in self.typed.own_columns.items():
            for title, texts in columns.items():
                carried.setdefault(sheet, {})[title] = {
                    key: text for key, text in texts.items() if key in places[sheet]
                }
                for key in texts.keys() - places[sheet]:
                    why = GAP_CLOSED if sheet == GAPS and key.removeprefix("G-") in self.refs else NO_SUCH_LINE
                    self._keep(why, sheet, key, {title: texts[key]})
        return carried

    def _notes(self, places: Mapping[str, Set[str]]) -> dict[tuple[str, str, str], str]:
        carried: dict[tuple[str, str, str], str] = {}
        for (sheet, key, title), text in self.typed.notes.items():
            if key in places[sheet] or key.startswith("own row"):
                carried[sheet, key, title] = text
            else:
                why = GAP_CLOSED if sheet == GAPS and key.removeprefix("G-") in self.refs else NO_SUCH_LINE
                self._keep(why, sheet, key, {f"Note on {title}": text})
        return carried

    def _keep_old(self, gaps: Set[str], since: datetime.date) -> None:
        """Keep what was kept before, but for the actions of gaps that are open again."""
        for row in self.typed.kept:
            why, key = row.get("What became of its place", ""), row.get("Line or gap", "")
            if why == GAP_CLOSED and key in gaps:
                continue
            self._kept.append(
                Kept(
                    why,
                    row.get("Sheet", ""),
                    key,
                    row.get("Column", ""),
                    row.get("Text", ""),
                    row.get("Kept since", ""),
                )
            )

    def _keep_elsewhere(self, there: Elsewhere) -> None:
        why = OVER_THE_PROGRAM if there.key or there.sheet != ASSESSMENT else ROW_WITHOUT_LINE
        key = there.key or there.cell
        self._keep(why, there.sheet, key, {there.title or there.cell: there.text})
        found = f"‘{there.text}’ under ‘{there.title}’" if there.title else f"‘{there.text}’"
        self.problems.append(
            point(
                "group-edit-without-a-place", sheet=there.sheet, cell=there.cell, found=found, kept="Kept from before"
            )
        )

    def _keep(self, why: str, sheet: str, key: str, texts: Mapping[str, str]) -> None:
        self._kept.extend(Kept(why, sheet, key, title, text, "") for title, text in texts.items() if text)

    def _unique(self) -> list[Kept]:
        """Give what is kept, each once: what was kept before stands first, with its date."""
        seen: dict[tuple[str, str, str, str, str], Kept] = {}
        for kept in self._kept:
            seen.setdefault((kept.why, kept.sheet, kept.key, kept.title, kept.text), kept)
        return list(seen.values())
