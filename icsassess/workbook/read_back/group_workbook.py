"""The group's word: the workbook as the group left it beside the same workbook as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from icsassess.assessment.group_edits.carry_over import CarryOver
from icsassess.assessment.group_edits.edits import GroupEdits
from icsassess.assessment.group_edits.framework_migration import FrameworkMigration, migration_to
from icsassess.assessment.group_edits.last_merge import LastMerge, Places
from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.record import Record
from icsassess.domain.line_mapping import describe_moves
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.excel.reading.formats.registry import format_named
from icsassess.locality.locality import Locality
from icsassess.support.text import listing
from icsassess.tables.titles import ACTION_TITLES, AGREED_TITLES, GAP_TITLES
from icsassess.workbook.layout import (
    ACTIONS,
    ACTIONS_TITLES,
    ASSESSMENT,
    ASSESSMENT_DECISIONS,
    ASSESSMENT_LABELS,
    GAPS,
    GAPS_TITLES,
    partner_headings_of,
)
from icsassess.workbook.read_back.find_newest import MergedWorkbook
from icsassess.workbook.read_back.reader import open_locality_workbook, reader_of
from icsassess.workbook.sheets.registry import long_titles, program_titles


def read_group_edits(
    locality: Locality, path: Path, sha256: str, parent: Record | None
) -> tuple[CarryOver, list[Problem]]:
    """Give what the group left in its workbook, with the last merge as common parent, and points on the history.

    Raises ``Refusal`` with the cell where the workbook can no longer be understood.
    """
    reader = reader_of(locality, path.name, parent)
    problems: list[Problem] = []
    as_it_was = _is_as_written(sha256, parent)
    workbook, without = _opened(path, as_it_was)
    if without and not as_it_was:
        problems.append(
            make_problem("group-long-sheets", sheet=path.name, found=listing([f"‘{title}’" for title in without]))
        )
    if not format_named(workbook.kind).has_notes:
        problems.append(make_problem("group-workbook-kind", sheet=path.name, found=f".{workbook.kind}"))
    as_written, problem = (workbook, None) if as_it_was else _as_written(locality, path, parent, without)
    if problem is not None:
        problems.append(problem)
    written = reader.read(as_written, None) if as_written is not None else None
    typed = written if as_written is workbook and written is not None else reader.read(workbook, as_written)
    last = LastMerge(written, parent.content if parent else None)
    if (migration := migration_to(last.record, locality.framework)) is not None:
        typed, last = _brought_here(migration, typed, last)
        problems.append(_migration_problem(migration))
    return CarryOver(typed, last, _places(locality)), problems


def _brought_here(migration: FrameworkMigration, typed: GroupEdits, last: LastMerge) -> tuple[GroupEdits, LastMerge]:
    """Give what the group left, and the last merge, under the lines of the framework as it is now."""
    titles = {**AGREED_TITLES, **ACTION_TITLES}
    filled_in = last.filled_in
    written = migration.typed(last.typed, titles, filled_in) if last.typed is not None else None
    record = migration.record(last.record) if last.record is not None else None
    return migration.typed(typed, titles, filled_in), LastMerge(written, record)


def _migration_problem(migration: FrameworkMigration) -> Problem:
    current, edition = migration.current, migration.edition
    moves = "; ".join(describe_moves(current, edition)) or "no statement moved"
    framework = {"framework": edition.id, "found": edition.version, "version": current.version}
    return make_problem("framework-moved", moves=moves, **framework)


def _places(locality: Locality) -> Places:
    columns = partner_headings_of([partner.code for partner in locality.partners])
    return Places(
        refs=frozenset(locality.framework.line_by_ref),
        titles={
            ASSESSMENT: (*ASSESSMENT_LABELS, *columns, *ASSESSMENT_DECISIONS),
            GAPS: GAPS_TITLES,
            ACTIONS: ACTIONS_TITLES,
        },
        field_titles={**AGREED_TITLES, **ACTION_TITLES, **GAP_TITLES},
        sheets=program_titles(),
    )


def _opened(path: Path, as_written: bool) -> tuple[Workbook, Sequence[str]]:
    """Open the group's workbook; give also the sheets that were not read.

    Nothing can have been typed into the long registers of a workbook that is as it was written. Of another they are
    left out only where the workbook would else be too large to read.
    """
    if as_written:
        return open_locality_workbook(path, long_titles()), long_titles()
    try:
        return open_locality_workbook(path), ()
    except Refusal:
        # Where these sheets are not what makes it unreadable, the reason comes again.
        return open_locality_workbook(path, long_titles()), long_titles()


def _is_as_written(sha256: str, parent: Record | None) -> bool:
    return parent is not None and sha256 == parent.content["wrote"]["sha256"]


def _as_written(
    locality: Locality, path: Path, parent: Record | None, without: Sequence[str]
) -> tuple[Workbook | None, Problem | None]:
    """Give the workbook as it was written, from the history or else from ``merged/``; a point where there is none.

    A copy beside a record that cannot be read still counts: what the group changed shows against it.
    """
    copy = parent.written if parent else locality.folder / "history" / f"{path.stem}.xlsx"
    places = [copy, locality.folder / "merged" / copy.name] if parent else [copy]
    changed = False
    for place in places:
        if not place.is_file() or place.resolve() == path.resolve():
            continue
        try:
            same = parent is None or fingerprint(place.read_bytes()) == parent.content["wrote"]["sha256"]
            if same:
                return open_locality_workbook(place, without), None if parent else _missing(path)
        except (OSError, Refusal):
            pass
        changed = True
    if changed and parent is not None:
        detail = "the workbook as it was written has been changed or cannot be read"
        return None, make_problem("history-broken", file=f"history/{copy.name}", sheet=copy.name, detail=detail)
    return None, _missing(path)


def _missing(path: Path) -> Problem:
    return make_problem("history-missing", found=path.name)


def select_group_workbook(
    locality: Locality, candidates: Sequence[MergedWorkbook], parent: Record | None
) -> MergedWorkbook:
    """Give the one of several changed copies of a workbook that holds all that was typed into any of them.

    Raises ``Refusal`` where none does: whichever were taken, something that was typed would be lost.
    """
    if len(candidates) == 1:
        return candidates[0]
    read = [
        (candidate, read_group_edits(locality, candidate.path, candidate.sha256, parent)[0]) for candidate in candidates
    ]
    typed = [(candidate, set(carrying.typed.facts()), _as_it_was(carrying)) for candidate, carrying in read]
    # A copy that was only saved again holds nothing that the others lack.
    changed = [(candidate, facts) for candidate, facts, written in typed if facts != written]
    if not changed:
        return candidates[0]
    by_most = sorted(changed, key=lambda one: -len(one[1]))
    if all(facts <= by_most[0][1] for _, facts in by_most):
        return by_most[0][0]
    names = listing([f"‘{candidate.path.name}’" for candidate, _ in changed])
    shared = set.intersection(*(facts for _, facts in changed))
    places = sorted({" ".join(map(str, fact[:3])) for _, facts in changed for fact in facts - shared})
    raise Refusal(
        make_problem("group-two-workbooks", sheet="merged", found=names, places=listing(places, most=_PLACES_NAMED))
    )


_PLACES_NAMED = 8


def _as_it_was(carrying: CarryOver) -> set[tuple[object, ...]] | None:
    return None if carrying.last.typed is None else set(carrying.last.typed.facts())
