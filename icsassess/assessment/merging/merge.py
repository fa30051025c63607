"""The merge: from checked returns and the group's decisions to the one view of the locality."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from icsassess.assessment.actions.register import register_actions
from icsassess.assessment.gaps.find import LineFacts, find_gaps, gap_reasons
from icsassess.assessment.group_edits.decisions import NO_DECISIONS, Decisions
from icsassess.assessment.merging.effective_return import REFUSED, select_effective_returns
from icsassess.assessment.merging.lines import merged_lines, partner_lines, returned_ratings
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.merging.return_rows import return_rows
from icsassess.assessment.ratings.drift import PartnerState, StatesOfLine, drift, partner_states
from icsassess.domain import rag
from icsassess.domain.problems import Problem, in_order, make_problem
from icsassess.locality.locality import Locality
from icsassess.returns.checking.check import Checked, check_all
from icsassess.returns.checking.settings_lines import lines_without_files
from icsassess.returns.reading.session import Reading
from icsassess.tables.models import Actions, Gaps, Lines, PartnerLines, Points, Returns
from icsassess.tables.points import point_rows
from icsassess.tables.records import Entry, Line, PartnerLine
from icsassess.tables.titles import ASSESSMENT
from icsassess.tables.validation import validate

OfLine = TypeVar("OfLine", Entry, PartnerLine)


def merge_folder(
    locality: Locality, as_at: datetime.date, decisions: Decisions = NO_DECISIONS, reading: Reading | None = None
) -> Merged:
    """Read, check and merge all returns in a locality's folder."""
    return merge(check_all((reading or Reading(locality)).finish(), locality, as_at), locality, as_at, decisions)


def merge(checked: Checked, locality: Locality, as_at: datetime.date, decisions: Decisions = NO_DECISIONS) -> Merged:
    """Merge checked returns into the view of the locality as at a date: the same arguments give the same view.

    Every table of the view is checked by its model. Raises ``NotAsDescribed`` where one does not keep what that says: a
    mistake in the program. For example::

        merge(check_all(read_all(locality.return_files(), locality), locality), locality, datetime.date(2024, 1, 10))
    """
    selection = select_effective_returns(checked, locality)
    reads = [replace(read, problems=[*read.problems, *selection.points[read.file]]) for read in checked.returns]
    entries = _in_order([entry for entry in checked.entries if selection.counts(entry.file, entry.ref)], locality)
    counting = [line for line in checked.lines if selection.counts(line.file, line.ref)]
    of_partners = partner_lines(counting, locality, selection.organisations)
    states = partner_states(of_partners, entries)
    basis, changed = _drift(states, decisions)
    by_line, entries_by_line = _by_line(of_partners), _by_line(entries)
    returned = returned_ratings(counting)
    lines = list(merged_lines(by_line, entries_by_line, locality, decisions.agreed, changed, returned))
    facts = [LineFacts(line, by_line.get(line.ref, []), entries_by_line.get(line.ref, [])) for line in lines]
    because = gap_reasons(facts, locality, as_at)
    register = register_actions(lines, because.keys(), entries, decisions, locality, as_at)
    merged = Merged(
        locality,
        as_at,
        entries,
        of_partners,
        lines,
        find_gaps(facts, because, register.actions, decisions.covered, locality, selection.organisations),
        register.actions,
        return_rows(reads, selection, checked.lines, locality),
        in_order(
            [
                *(problem for read in reads for problem in read.problems),
                *_unexplained(lines),
                *lines_without_files(locality, checked.returns),
            ]
        ),
        answered=in_order([problem for read in reads if selection.counts(read.file, "") for problem in read.answered]),
        register=register,
        states=states,
        basis=basis,
        drift=changed,
        organisations=selection.organisations,
        counted_lines=selection.counted_lines,
        answered_elsewhere=selection.answered_elsewhere,
        asked_whose={read.file: read.asked_whose for read in reads if read.asked_whose},
    )
    _validate(merged)
    return merged


def _unexplained(lines: Sequence[Line]) -> list[Problem]:
    """Give a point for each line that the group agreed to be Not applicable, without a reason."""
    return [
        make_problem("agreed-not-applicable-without-reason", sheet=ASSESSMENT, ref=line.ref, found=line.agreed)
        for line in lines
        if line.agreed == rag.NOT_APPLICABLE and not line.agreed_reason
    ]


def _validate(merged: Merged) -> None:
    """Check all tables that the merge made; the entries were checked when they were understood."""
    validate(PartnerLines, merged.partner_lines)
    validate(Lines, merged.lines)
    validate(Gaps, merged.gaps)
    validate(Actions, merged.actions)
    validate(Returns, merged.returns)
    validate(Points, point_rows(merged.counted_problems, merged.superseded_problems, merged.answered))


def _drift(
    states: Mapping[str, StatesOfLine], decisions: Decisions
) -> tuple[dict[str, StatesOfLine | None], dict[str, str]]:
    """Give by line what partners said when the group agreed its rating, and what changed since then, in words.

    Where it is not known what they said then, what they say now is taken.
    """
    basis: dict[str, StatesOfLine | None] = {}
    changed: dict[str, str] = {}
    for ref, agreed in decisions.agreed.items():
        current = states.get(ref, {})
        if agreed.basis is None:
            basis[ref] = current
            continue
        earlier = basis[ref] = {partner: PartnerState.parse(text) for partner, text in agreed.basis.items()}
        if agreed.rating and (change := drift(current, earlier)):
            changed[ref] = change
    return basis, changed


def _in_order(entries: Sequence[Entry], locality: Locality) -> list[Entry]:
    """Put entries into the framework's order, then the partners', then as they stand; without a line they come last."""
    refs = {ref: number for number, ref in enumerate(locality.framework.line_by_ref)}
    partners = {partner.code: number for number, partner in enumerate(locality.partners)}

    def place(entry: Entry) -> tuple[int, int, str, str, int]:
        return (
            refs.get(entry.ref, len(refs)),
            partners.get(entry.partner, len(partners)),
            entry.file,
            entry.sheet,
            entry.row,
        )

    return sorted(entries, key=place)


def _by_line(rows: Sequence[OfLine]) -> dict[str, list[OfLine]]:
    by_line: dict[str, list[OfLine]] = defaultdict(list)
    for row in rows:
        by_line[row.ref].append(row)
    return by_line


def has_refused_return(merged: Merged) -> bool:
    """Tell whether a return could not be used."""
    return any(row.state == REFUSED for row in merged.returns)
