"""The roll-up's workbook and its record, and writing both beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.domain.problems import Problem, Refusal, in_order, make_problem
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.locality import SETTINGS
from icsassess.rollup import grids, localities_sheet, registers
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.layout import headline, marking
from icsassess.rollup.read_locality import KIND
from icsassess.rollup.record import LocalityChange, PreviousRollup, changes_since, previous_rollup, record_of
from icsassess.support.saving import Pending, add_together
from icsassess.version import VERSION


@dataclass(frozen=True)
class Written:
    """What rolling up wrote, what moved since the last one, and every point."""

    workbook: Path
    record: Path
    last: PreviousRollup | None
    changes: list[LocalityChange]
    problems: list[Problem]


def rollup_workbook(
    rollup: Rollup,
    last: PreviousRollup | None = None,
    changes: Sequence[LocalityChange] = (),
    problems: Sequence[Problem] = (),
) -> bytes:
    """Give the workbook's bytes; the same roll-up gives the same bytes."""
    book = WorkbookWriter(
        title=headline(rollup),
        subject="Self-assessments of several localities side by side",
        heading=headline(rollup),
        marking=marking(rollup),
        created=rollup.as_at,
        custom={"icsassess.kind": KIND, "icsassess.as_at": rollup.as_at.isoformat(), "icsassess.version": VERSION},
    )
    localities_sheet.write(book, rollup, last, changes)
    localities_sheet.signatures(book, rollup)
    grids.statements(book, rollup)
    grids.themes(book, rollup)
    grids.shared_gaps(book, rollup)
    grids.strengths(book, rollup)
    registers.lines(book, rollup)
    registers.changes(book, rollup, last, changes)
    registers.points(book, rollup, problems or rollup.problems)
    registers.key(book, rollup)
    return book.to_bytes()


def default_output(rollup: Rollup, places: Sequence[Path]) -> Path:
    """Give where a roll-up goes that nobody gave a place: into the one folder of localities named, else here."""
    folder = places[0] if len(places) == 1 and places[0].is_dir() else Path()
    if (folder / SETTINGS).is_file():
        folder = Path()
    return folder / f"Roll-up {rollup.as_at.isoformat()}.xlsx"


def write_rollup(rollup: Rollup, output: Path) -> Written:
    """Write the workbook and, beside it, the record that the next roll-up compares with.

    Nothing is overwritten: where the name is taken, both are called ‘name (2)’. Raises ``Refusal`` where the name is
    not that of a workbook, or where it cannot be written.
    """
    if output.suffix.casefold() != ".xlsx":
        raise Refusal(make_problem("rollup-output", found=output.name))
    last, broken = previous_rollup(output.parent)
    changes = changes_since(rollup, last)
    problems = in_order([*rollup.problems, *broken])
    data = rollup_workbook(rollup, last, changes, problems)
    record = record_of(rollup, last, data)
    files = [Pending(output.parent, ".json", record), Pending(output.parent, ".xlsx", data)]
    record_path, workbook = add_together(output.name, files)
    return Written(workbook, record_path, last, changes, problems)
