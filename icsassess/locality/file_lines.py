"""Writing a line about a single file into ``locality.toml``: everything else in it stays as it is, comments too."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from icsassess.domain.problems import Refusal, did_you_mean, make_problem
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.locality.whose import lines_without_a_file
from icsassess.support.saving import replace_file
from icsassess.support.suggest import closest


def write_file_line(locality: Locality, files: Sequence[str], table: str, file: str, text: str) -> Locality:
    """Write what holds for a file of ``returns/``, in place of what was written of it before; gives the folder anew.

    ``files`` are those that there are, relative to ``returns/``. ``table`` is ``whose`` or ``which_counts``
    (:mod:`icsassess.locality.whose`), ``file`` the file's name, with its sub-folder or without. Raises ``Refusal``
    where there is no such file, and where the settings cannot be written or are faulty.
    """
    if lines_without_a_file([(file, text)], files):
        hint = did_you_mean(closest(file, files), "Look into returns/ for its name.")
        raise Refusal(make_problem("file-not-among-returns", found=file, hint=hint))
    path = locality.folder / SETTINGS
    before = path.read_text(encoding="utf-8-sig")
    try:
        document = tomlkit.parse(before)
        if not isinstance(document.get(table), Table):
            document[table] = tomlkit.table()
        lines = document[table]
        assert isinstance(lines, Table)
        lines[file.removeprefix("returns/")] = text
        after = tomlkit.dumps(document)
        tomllib.loads(after)
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise Refusal(make_problem("data-file-faulty", sheet=SETTINGS, detail=str(error))) from error
    replace_file(path, after.encode("utf-8"))
    return open_locality(locality.folder)
