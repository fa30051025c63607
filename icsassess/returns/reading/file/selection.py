"""Which files to check, and which locality they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.locality import SETTINGS, Locality, open_locality


def returns_to_check(paths: Sequence[Path]) -> tuple[Locality, list[Path]]:
    """Give the locality and the files that are meant by folders and files on the command line.

    A folder means all of its returns; nothing at all means the current folder. Raises ``Refusal`` for a path that is
    not there, or where no locality can be found.
    """
    files: list[Path] = []
    locality: Locality | None = None
    for path in paths or [Path()]:
        if path.is_dir():
            locality = open_locality(path)
            files.extend(locality.return_files())
        elif path.is_file():
            files.append(path)
        else:
            raise Refusal(make_problem("file-not-there", sheet=str(path), detail="there is nothing of that name"))
    return locality or open_locality(_folder_above(files[0])), files


def _folder_above(file: Path) -> Path:
    folder = file.resolve().parent
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS).is_file():
            return candidate
    return Path()
