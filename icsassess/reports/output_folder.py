"""The folder that pages and papers go into, and how a paper that its author went on writing is never lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from icsassess.locality.locality import Locality
from icsassess.support.saving import add_file, replace_file

FOLDER = "reports"


def save_page(locality: Locality, name: str, page: str) -> Path:
    """Write a page into the folder's ``reports/``, in place of the one of that name: nobody types into a page.

    Raises ``Refusal`` where it cannot be written.
    """
    path = locality.make_sub_folder(FOLDER) / f"{name}.html"
    replace_file(path, page.encode("utf-8"))
    return path


def save_paper(locality: Locality, name: str, data: bytes) -> tuple[Path, bool]:
    """Write a paper into ``reports/`` beside those that are there; give its path, and whether it was there already.

    Nothing takes another's place: an author may have gone on writing in it. The very same paper is not written twice.

    Raises ``Refusal`` where it cannot be written.
    """
    path = locality.make_sub_folder(FOLDER) / f"{name}.docx"
    for existing in _of_that_name(path):
        if existing.read_bytes() == data:
            return existing, True
    return add_file(path, data), False


def save_source_list(paper: Path, data: bytes) -> Path:
    """Write the list of a paper's sources beside it, in place of the one of that name: nobody types into it.

    Raises ``Refusal`` where it cannot be written.
    """
    path = paper.with_name(f"{paper.stem} sources.xlsx")
    replace_file(path, data)
    return path


def _of_that_name(path: Path) -> Iterator[Path]:
    numbered = re.compile(re.escape(path.stem) + r"(?: \(\d+\))?" + re.escape(path.suffix))
    return (existing for existing in sorted(path.parent.iterdir()) if numbered.fullmatch(existing.name))
