"""A return made with an earlier version of the framework: read as it was made, then brought to the lines of today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from icsassess.domain.framework import Framework
from icsassess.domain.line_mapping import Edition, describe_moves, has_mapping_from, map_line, previous_edition
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Locality
from icsassess.returns.reading.rows.entry import Entry, EntryCells
from icsassess.support.text import listing

RowsOf = Mapping[str, list[tuple[str, EntryCells]]]


def edition_of(workbook: Workbook, current: Framework) -> Edition | None:
    """Give the earlier edition that a return says it was made with, where the framework says what became of it."""
    properties = workbook.custom_properties
    edition = Edition(properties.get("icsassess.framework", ""), properties.get("icsassess.framework_version", ""))
    return edition if edition.id and edition.version and has_mapping_from(current, edition) else None


def locality_of_edition(locality: Locality, edition: Edition | None) -> Locality:
    """Give the locality with the framework as it was, to read what was made then."""
    if edition is None:
        return locality
    partners = tuple(partner.model_copy(update={"statements": None}) for partner in locality.partners)
    settings = locality.settings.model_copy(update={"partners": partners, "framework": edition.id})
    return Locality(locality.folder, settings, previous_edition(locality.framework, edition))


def migrate_entries(
    entries: list[Entry], rows_of: RowsOf, current: Framework, edition: Edition
) -> tuple[list[Entry], RowsOf, list[Problem]]:
    """Give entries and rows under the lines of today, and the points that say what was followed, offered or left.

    Of a line that was split, every part gets the entry without its rating, which has to be confirmed; of one that has
    no place any more the entry is kept without a line.
    """
    current_entries: list[Entry] = []
    rows: dict[str, list[tuple[str, EntryCells]]] = {}
    split: dict[str, tuple[str, ...]] = {}
    dropped: dict[str, str] = {}
    for ref, places in rows_of.items():
        for current_ref in map_line(current, edition, ref).refs:
            rows.setdefault(current_ref, []).extend(places)
    for entry in entries:
        mapped = map_line(current, edition, entry.ref)
        if not entry.ref:
            current_entries.append(entry)
        elif mapped.split:
            split[entry.ref] = mapped.refs
            current_entries.extend(_to_be_confirmed(entry, ref) for ref in mapped.refs)
        elif mapped.refs:
            current_entries.append(entry._replace(ref=mapped.refs[0]))
        else:
            dropped[entry.ref] = mapped.reason
            current_entries.append(_without_a_line(entry, mapped.reason))
    return current_entries, rows, list(_points(current, edition, split, dropped))


def migrate_problems(problems: Sequence[Problem], current: Framework, edition: Edition) -> list[Problem]:
    """Give points with the Ref that their line has today; without one where it is several or none."""
    current_problems = []
    for problem in problems:
        refs = map_line(current, edition, problem.ref).refs if problem.ref else ()
        current_problems.append(replace(problem, ref=refs[0] if len(refs) == 1 else None) if problem.ref else problem)
    return current_problems


def _to_be_confirmed(entry: Entry, ref: str) -> Entry:
    """Give an entry of a line that was split to one of its parts: its rating is kept as a remark, and not counted."""
    row = entry.row
    rated = row.values["rag"] or ("the cell's colour" if row.fill else "")
    remark = f"To be confirmed: it stood at {entry.ref}, which was split" + (f"; rated {rated} there" if rated else "")
    return entry._replace(ref=ref, row=replace(row, values={**row.values, "rag": ""}, fill="", own=[remark, *row.own]))


def _without_a_line(entry: Entry, reason: str) -> Entry:
    remark = f"It stood at {entry.ref}, which has no place any more: {reason}"
    return entry._replace(ref="", row=replace(entry.row, own=[remark, *entry.row.own]))


def _points(
    current: Framework, edition: Edition, split: dict[str, tuple[str, ...]], dropped: dict[str, str]
) -> Iterator[Problem]:
    editions = {"found": edition.version, "framework": edition.id, "version": current.version}
    moves = "; ".join(describe_moves(current, edition)) or "no statement moved"
    yield make_problem("return-on-an-earlier-framework", moves=moves, **editions)
    if split:
        lines = listing([f"{ref} is now {' and '.join(refs)}" for ref, refs in split.items()])
        yield make_problem("return-lines-split", told=lines, **editions)
    if dropped:
        lines = listing([f"{ref} ({reason})" for ref, reason in dropped.items()])
        yield make_problem("return-lines-dropped", told=lines, **editions)
