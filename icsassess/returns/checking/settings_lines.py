"""Lines of ``locality.toml`` about single files that are about none: a name mistyped, or a file that has gone."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import SETTINGS, Locality
from icsassess.locality.whose import WHICH_COUNTS, WHOSE, lines_without_a_file
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.toml_files import line_of


def lines_without_files(locality: Locality, returns: Sequence[ReadReturn]) -> list[Problem]:
    """Give a point for each line under ``[whose]`` and ``[which_counts]`` that names none of the returns' files."""
    settings, files = locality.settings, [read.file for read in returns]
    unknown = [
        (table, name)
        for table, lines in ((WHOSE, settings.whose), (WHICH_COUNTS, settings.which_counts))
        for name in lines_without_a_file(lines, files)
    ]
    if not unknown:
        return []
    text = (locality.folder / SETTINGS).read_text(encoding="utf-8-sig")
    return [
        make_problem("file-line-without-a-file", sheet=_place(text, table, name), file=SETTINGS, found=name)
        for table, name in unknown
    ]


def _place(text: str, table: str, name: str) -> str:
    line = line_of(text, (table, name))
    return f"{SETTINGS}, line {line}" if line else SETTINGS
