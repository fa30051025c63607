"""The figures of one locality or several as tidy tables for Excel, Power BI and other tools."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.reports.export.tidy_tables import TidyTable


@dataclass(frozen=True)
class Tables:
    """The tables over one locality or several, before anything is written; ``problems`` says what could not be read."""

    localities: list[tuple[str, Merged]]
    tables: list[TidyTable]
    problems: list[Problem]

    def records(self, name: str) -> list[dict[str, object]]:
        """Give a table's rows as dictionaries by column. Raises ``KeyError`` where there is no such table."""
        table = {table.name: table for table in self.tables}[name]
        columns = [column.name for column in table.columns]
        return [dict(zip(columns, row, strict=True)) for row in table.rows]


@dataclass(frozen=True)
class ExportResult:
    """The folder that was written, its files, how many rows each table has, and what could not be read."""

    folder: Path
    files: list[Path]
    rows: dict[str, int]
    localities: list[str]
    problems: list[Problem]

    @property
    def needs_attention(self) -> bool:
        """Whether a locality that was named is not among them."""
        return bool(self.problems)

    def as_json(self) -> dict[str, object]:
        """Give what was written, with names relative to the folder."""
        return {
            "folder": str(self.folder),
            "files": [path.name for path in self.files],
            "localities": self.localities,
            "rows": self.rows,
            "problems": [problem.as_json() for problem in self.problems],
        }


def tables(places: Sequence[Path], progress: ShowProgress | None = None) -> Tables:
    """Give the newest merge of each locality as tidy tables; nothing is written.

    ``places`` are locality folders, or folders full of these. Raises ``Refusal`` where none of them can be used.

    ``tables([Path("trafford")]).records("lines")``
    """
    from icsassess.reports.export.tidy_tables import tidy_tables
    from icsassess.support.text import fold

    merges: list[tuple[str, Merged]] = []
    problems: list[Problem] = []
    names: set[tuple[str, str]] = set()
    for folder in _folders(places):
        try:
            merged = _newest(open_locality(folder), progress)
        except Refusal as refusal:
            problems.append(refusal.problem.of(file=folder.name))
            continue
        name = merged.locality.name
        key = (fold(name), merged.locality.framework.id)
        merges.append((f"{name} ({folder.resolve().name})" if key in names else name, merged))
        names.add(key)
    if not merges:
        raise Refusal(problems[0])
    return Tables(merges, tidy_tables(merges), problems)


def export(
    places: Sequence[Path],
    output: Path | None = None,
    *,
    parquet: bool = False,
    progress: ShowProgress | None = None,
) -> ExportResult:
    """Write the newest merge of each locality as tidy tables into one folder, with a description of each column.

    ``output`` is the folder to write; left out, it lies in the locality's ``reports/``, for several in the one folder
    that was named or else the current one, named after the newest day. Files of an export before are replaced.
    Raises ``Refusal`` where nothing can be read or written, or ``parquet`` is asked for without the extra of that name.

    ``export([Path("trafford")], parquet=True).folder``
    """
    from icsassess.reports.export.csv_file import as_csv
    from icsassess.reports.export.data_package import NAME, data_package
    from icsassess.reports.export.parquet_file import as_parquet
    from icsassess.support.saving import replace_file

    made = tables(places, progress)
    labels = [label for label, _ in made.localities]
    days = [merged.as_at for _, merged in made.localities]
    files = {NAME: data_package(made.tables, f"{', '.join(labels)}: figures of the self-assessment")}
    files |= {f"{table.name}.csv": as_csv(table) for table in made.tables}
    if parquet:
        files |= {f"{table.name}.parquet": as_parquet(table) for table in made.tables}
    folder = output or _default_folder(places, made.localities[0][1].locality, len(labels), max(days))
    for name, data in files.items():
        replace_file(folder / name, data)
    rows = {table.name: len(table.rows) for table in made.tables}
    return ExportResult(folder, [folder / name for name in files], rows, labels, made.problems)


def _newest(locality: Locality, progress: ShowProgress | None) -> Merged:
    with Reading(locality, stage(f"Reading {locality.name}", progress)) as reading:
        from icsassess.workbook.signing.latest_merge import newest_merge

        return newest_merge(locality, reading).merged


def _folders(places: Sequence[Path]) -> list[Path]:
    """Give the locality folders among what was named: each once, those within a folder in the order of their names."""
    folders: dict[Path, Path] = {}
    for place in places:
        inside = [place] if (place / SETTINGS).exists() or not place.is_dir() else sorted(place.iterdir())
        of_place = [folder for folder in inside if folder == place or (folder / SETTINGS).is_file()]
        if not of_place:
            raise Refusal(make_problem("rollup-nothing-there", sheet=str(place)))
        folders |= {folder.resolve(): folder for folder in of_place}
    return list(folders.values())


def _default_folder(places: Sequence[Path], locality: Locality, number: int, day: datetime.date) -> Path:
    if number == 1 and len(places) == 1 and places[0].resolve() == locality.folder.resolve():
        from icsassess.reports.output_folder import FOLDER

        return locality.folder / FOLDER / f"{locality.name} {day.isoformat()} figures"
    return (places[0] if len(places) == 1 else Path()) / f"Figures {day.isoformat()}"
