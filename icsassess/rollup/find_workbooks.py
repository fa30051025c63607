"""From what was named on the command line to one workbook a locality: folders are taken apart, the newest is chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.assessment.history.record import merge_key
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.reading.formats.registry import endings
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.rollup.locality_summary import SkippedWorkbook
from icsassess.workbook.merging.folder_state import read_folder_state
from icsassess.workbook.read_back.find_newest import Key
from icsassess.workbook.signing.manifest import FOLDER, Signed, read_manifest, version_in_name

_DEEPEST = 4


@dataclass(frozen=True)
class WorkbookToRead:
    """A workbook to roll up: its path, how it is named, and the locality's folder if it lies in one.

    ``named`` says that it was named itself, and not found in a folder. ``remarks`` is what there is to know of it.
    """

    path: Path
    file: str
    locality: Locality | None = None
    named: bool = False
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def find(arguments: Sequence[Path]) -> list[WorkbookToRead | SkippedWorkbook]:
    """Give the workbooks of locality folders, of folders full of these or of workbooks, and workbooks named.

    Each is there once, however often it was named. What cannot be used comes with its point.
    """
    by_path: dict[Path, WorkbookToRead | SkippedWorkbook] = {}
    for argument in arguments:
        for place, entry in _of(argument, argument.name or str(argument), _DEEPEST, named=True):
            by_path.setdefault(place, entry)
    paths = set()
    distinct: list[WorkbookToRead | SkippedWorkbook] = []
    for entry in by_path.values():
        if isinstance(entry, WorkbookToRead):
            if entry.path.resolve() in paths:
                continue
            paths.add(entry.path.resolve())
        distinct.append(entry)
    return distinct


def _of(
    path: Path, shown: str, deepest: int, *, named: bool
) -> Iterator[tuple[Path, WorkbookToRead | SkippedWorkbook]]:
    if path.is_file():
        yield path.resolve(), _workbook(path, shown, named=named)
    elif (path / SETTINGS).is_file():
        yield path.resolve(), _locality(path, shown)
    elif path.is_dir():
        inside = list(_inside(path, deepest))
        if named and not inside:
            problem = make_problem("rollup-nothing-there", sheet=shown)
            yield path.resolve(), SkippedWorkbook(path.resolve().name, shown, problem)
        yield from inside
    else:
        problem = make_problem("file-not-there", sheet=shown, detail="there is no such file or folder")
        yield path.resolve(), SkippedWorkbook(shown, shown, problem)


def _inside(folder: Path, deepest: int) -> Iterator[tuple[Path, WorkbookToRead | SkippedWorkbook]]:
    """Give what stands in a folder that is no locality's, in the order of the names."""
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        problem = make_problem("file-not-there", sheet=folder.name, detail=error.strerror or str(error))
        yield folder.resolve(), SkippedWorkbook(folder.name, folder.name, problem)
        return
    for path in paths:
        if path.name.startswith(("~$", ".")):
            continue
        if (path.is_dir() and deepest) or (path.is_file() and path.suffix.casefold() in endings()):
            yield from _of(path, path.name, deepest - 1, named=False)


def _workbook(path: Path, shown: str, *, named: bool) -> WorkbookToRead:
    """Give a workbook; one that lies in a locality's folder is read with that locality's rules."""
    folder = path.resolve().parent.parent
    if not (folder / SETTINGS).is_file():
        return WorkbookToRead(path, shown, named=named)
    try:
        return WorkbookToRead(path, shown, open_locality(folder), named)
    except Refusal as refusal:
        return WorkbookToRead(path, shown, None, named, problems=(refusal.problem.of(file=shown),))


def _locality(folder: Path, shown: str) -> WorkbookToRead | SkippedWorkbook:
    """Give the newest workbook of a locality: the signed one where nothing was merged after it."""
    name = folder.resolve().name
    try:
        locality = open_locality(folder)
        name = locality.name
        before = read_folder_state(locality)
    except Refusal as refusal:
        return SkippedWorkbook(name, shown, refusal.problem.of(file=shown))
    points = tuple(problem.of(file=f"{name}/{problem.file}") for problem in before.problems)
    signed = newest_signed(folder)
    if signed is not None and (before.key is None or signed[1] >= before.key):
        return WorkbookToRead(signed[0], f"{name}/{locality.relative(signed[0])}", locality, problems=points)
    if before.workbook is None:
        return SkippedWorkbook(name, shown, make_problem("rollup-nothing-merged", sheet=shown))
    remarks = () if signed is None else (f"It was merged again after it was signed ({signed[0].name}).",)
    return WorkbookToRead(
        before.workbook, f"{name}/{locality.relative(before.workbook)}", locality, False, remarks, points
    )


def newest_signed(folder: Path) -> tuple[Path, Key] | None:
    """Give the newest signed workbook of a locality's folder and the merge it was made from, None where none is signed.

    It is told from the files alone: a manifest that somebody has changed hides nothing.
    """
    workbooks = [
        path
        for path in sorted((folder / FOLDER).glob("*"))
        if path.suffix.casefold() in endings() and not path.name.startswith(("~$", "."))
    ]
    if not workbooks:
        return None
    newest = max(workbooks, key=lambda path: (version_in_name(path), path.name))
    merges = _merges(read_manifest(newest.with_suffix(".json")))
    return newest, max(merges, default=merge_key(newest.stem) or ("", 0))


def _merges(manifest: Signed | None) -> list[Key]:
    """Give the merges that a signed version rests on, as its manifest names them; somebody may have changed it."""
    history = manifest.content["history"] if manifest is not None else []
    records = history if isinstance(history, list) else []
    named = [str(record.get("record")) for record in records if isinstance(record, dict)]
    return [key for name in named if (key := merge_key(name)) is not None]
