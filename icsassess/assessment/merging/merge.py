"""The merge: from checked returns and the group's decisions to the one view of the locality."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from operator import itemgetter
from typing import Any

import pandas as pd

from icsassess.assessment.gaps.find import GapFinder
from icsassess.assessment.group_edits.decisions import NO_DECISIONS, Decisions
from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED, Standing, standings
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.ratings.combine import agreement, suggested
from icsassess.assessment.ratings.drift import States, partner_states, what_moved
from icsassess.domain import rag
from icsassess.domain.problems import Severity, in_order
from icsassess.domain.rag import vocabulary
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.checking.check import Checked, check_all
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import Reading
from icsassess.returns.template.sources import template_of
from icsassess.support.memory import give_back
from icsassess.tables.frames import frame
from icsassess.tables.models import Lines, PartnerLines, Returns
from icsassess.tables.rows import each_row, in_step

# What the lines of returns are asked for when a partner's line is made of them.
_OF_A_RETURN = ("partner", "ref", "rating", "has_reason", "rows", "evidence", "states_gap", "file", "sheet", "place")
_UNRATED = ("", rag.NOT_ASSESSED)


def merge_folder(
    locality: Locality, as_at: datetime.date, decisions: Decisions = NO_DECISIONS, reading: Reading | None = None
) -> Merged:
    """Read, check and merge all returns in a locality's folder."""
    checked = check_all((reading or Reading(locality)).finish(), locality)
    give_back()
    return merge(checked, locality, as_at, decisions)


def merge(checked: Checked, locality: Locality, as_at: datetime.date, decisions: Decisions = NO_DECISIONS) -> Merged:
    """Merge checked returns into the view of the locality as at a date; their entries are taken and put in order."""
    words = vocabulary()
    state_of = standings(checked.returns, {partner.code for partner in locality.partners if partner.returns == "many"})
    counted = {file for file, standing in state_of.items() if standing.state == RECEIVED}
    entries = _in_order(_of_files(checked.take_entries(), counted), locality)
    partner_lines = _partner_lines(_of_files(checked.lines, counted), locality)
    states = partner_states(partner_lines, entries)
    basis, moved = _moved(states, decisions)
    lines = _lines(partner_lines, entries, locality, decisions, moved)
    statuses = template_of(locality).statuses
    found = GapFinder(locality, as_at, decisions, words, statuses).find(lines, partner_lines, entries)
    returns = _returns(checked.returns, state_of, checked.lines, locality)
    problems = in_order([problem for read in checked.returns for problem in read.problems])
    return Merged(
        locality,
        as_at,
        entries,
        partner_lines,
        lines,
        found.gaps,
        returns,
        problems,
        states=states,
        basis=basis,
        moved=moved,
        filled_in=found.filled_in,
        conflicts=found.conflicts,
    )


def _of_files(table: pd.DataFrame, counted: Set[str]) -> pd.DataFrame:
    """Give the rows of these files; the table itself where it has no others."""
    wanted = table["file"].isin(counted)
    return table if wanted.all() else table[wanted].reset_index(drop=True)


def _moved(states: States, decisions: Decisions) -> tuple[dict[str, Mapping[str, str] | None], dict[str, str]]:
    """Give by line what partners said when the group agreed its rating, and what changed since then, in words.

    Where it is not known what they said then, what they say now is taken.
    """
    basis: dict[str, Mapping[str, str] | None] = {}
    moved: dict[str, str] = {}
    for ref, agreed in decisions.agreed.items():
        now = states.get(ref, {})
        basis[ref] = now if agreed.basis is None else agreed.basis
        if agreed.rating and (told := what_moved(now, basis[ref])):
            moved[ref] = told
    return basis, moved


def _in_order(entries: pd.DataFrame, locality: Locality) -> pd.DataFrame:
    """Put entries into the framework's order, then the partners', then as they stand; without a line they come last."""
    refs = {ref: number for number, ref in enumerate(locality.framework.line_by_ref)}
    partners = {partner.code: number for number, partner in enumerate(locality.partners)}
    keys = pd.DataFrame(
        {
            "ref": entries["ref"].map(refs).fillna(len(refs)),
            "partner": entries["partner"].map(partners),
            "file": entries["file"],
            "sheet": entries["sheet"],
            "row": entries["row"],
        }
    )
    return entries.loc[keys.sort_values(list(keys.columns), kind="stable").index].reset_index(drop=True)


def _partner_lines(lines: pd.DataFrame, locality: Locality) -> pd.DataFrame:
    """Give each partner's rating of each line: as returned, or No return for the lines of a partner without one."""
    number = {partner.code: number for number, partner in enumerate(locality.partners)}
    in_order = lines.iloc[lines["partner"].map(number).to_numpy().argsort(kind="stable")]
    return frame(PartnerLines, _each_partner_line(each_row(in_order[list(_OF_A_RETURN)]), locality))


def _each_partner_line(lines: Iterator[Any], locality: Locality) -> Iterator[tuple[object, ...]]:
    of_partners = in_step((partner.code for partner in locality.partners), lines, itemgetter(0))
    for partner, of_partner in zip(locality.partners, of_partners, strict=True):
        by_ref: dict[str, list[Any]] = {}
        for line in of_partner:
            by_ref.setdefault(line.ref, []).append(line)
        yield from map(_returned_line, by_ref.values())
        if not of_partner and partner.expected:
            for line in locality.lines_of(partner):
                yield partner.code, line.ref, rag.NO_RETURN, True, 0, 0, False, False, "", "", ""


def _returned_line(lines: list[Any]) -> tuple[object, ...]:
    """Give a partner's line from that of its return, or of its several returns: the worst of their ratings counts."""
    if len(lines) == 1:
        (gave,) = lines
        rating = gave.rating
    else:
        rating = vocabulary().of_several([line.rating for line in lines])
        gave = next(line for line in lines if line.rating == rating)
    unsettled = any(line.rating == rag.NOT_APPLICABLE and not line.has_reason for line in lines)
    return (
        gave.partner,
        gave.ref,
        rating,
        rating != rag.NOT_APPLICABLE or not unsettled,
        sum(line.rows for line in lines),
        sum(line.evidence for line in lines),
        any(line.rating == rag.GREEN and line.evidence == 0 for line in lines),
        any(line.states_gap for line in lines),
        gave.file,
        gave.sheet,
        gave.place.cell("rag") if gave.place is not None else "",
    )


def _lines(
    partner_lines: pd.DataFrame,
    entries: pd.DataFrame,
    locality: Locality,
    decisions: Decisions,
    moved: Mapping[str, str],
) -> pd.DataFrame:
    ratings: dict[str, list[str]] = defaultdict(list)
    for row in each_row(partner_lines[["ref", "rating", "settled"]]):
        # Not applicable without a reason settles nothing: the line still counts.
        ratings[row.ref].append(row.rating if row.settled else "")
    held = entries[entries["evidence"] != ""].groupby("ref")["evidence_date"]
    evidence = {str(ref): int(number) for ref, number in held.size().items()}
    newest = {str(ref): day for ref, day in held.max().items()}
    return frame(Lines, list(_each_line(ratings, evidence, newest, locality, decisions, moved)))


def _each_line(
    ratings: dict[str, list[str]],
    evidence: dict[str, int],
    newest: dict[str, Any],
    locality: Locality,
    decisions: Decisions,
    moved: Mapping[str, str],
) -> Iterator[tuple[object, ...]]:
    words = vocabulary()
    for line in locality.framework.lines:
        given = ratings.get(line.ref, [])
        suggestion = suggested(given, locality.settings.rules.combine, words)
        agreed = decisions.agreed.get(line.ref)
        yield (
            line.ref,
            line.theme.title,
            line.statement.title,
            line.category.title,
            suggestion,
            agreed.rating if agreed else "",
            agreed.reason if agreed else "",
            agreed.agreed_on if agreed else None,
            (agreed.rating if agreed else "") or suggestion,
            agreement(given, words),
            evidence.get(line.ref, 0),
            newest.get(line.ref),
            line.ref in moved,
        )


def _returns(
    reads: list[ReadReturn], state_of: dict[str, Standing], lines: pd.DataFrame, locality: Locality
) -> pd.DataFrame:
    """Give every file received and every partner of whom nothing was, partners in the settings' order."""
    rated = Counter(line.file for line in each_row(lines[["file", "rating"]]) if line.rating not in _UNRATED)
    by_partner: dict[str, list[ReadReturn]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: (state_of[read.file].state != RECEIVED, read.file)):
        by_partner[read.partner or ""].append(read)
    rows = []
    for partner in locality.partners:
        asked = len(locality.lines_of(partner))
        for read in by_partner.get(partner.code, []):
            rows.append(_return(read, partner.name, state_of[read.file], asked, rated))
        if not by_partner.get(partner.code) and partner.expected:
            rows.append(_outstanding(partner, asked))
    rows.extend(_return(read, "", state_of[read.file], 0, rated) for read in by_partner.get("", []))
    return frame(Returns, rows)


def _return(read: ReadReturn, name: str, standing: Standing, asked: int, rated: dict[str, int]) -> tuple[object, ...]:
    severities = Counter(problem.severity for problem in read.problems)
    return (
        read.partner or "",
        name,
        standing.state,
        read.file,
        read.completed_on,
        read.completed_by,
        asked,
        rated.get(read.file, 0),
        len(read.entries),
        severities[Severity.BLOCKER],
        severities[Severity.WARNING],
        severities[Severity.NOTE],
        standing.remark,
        read.sha256,
    )


def _outstanding(partner: Partner, asked: int) -> tuple[object, ...]:
    return (partner.code, partner.name, OUTSTANDING, "", None, "", asked, 0, 0, 0, 0, 0, "No return yet.", "")


def is_left_out(merged: Merged) -> bool:
    """Tell whether a return could not be used."""
    return bool((merged.returns["state"] == REFUSED).any())
