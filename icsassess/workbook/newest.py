"""The newest locality workbook in ``merged/``, and the name of the next."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from icsassess.locality import Locality, file_name

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?: \((\d+)\))?\.xlsx", re.IGNORECASE)


def workbook_name(locality: Locality, as_at: datetime.date) -> str:
    """Give the name of the workbook of a merge: locality and as-at date."""
    return f"{file_name(locality.name)} {as_at.isoformat()}.xlsx"


def merged_workbooks(locality: Locality) -> list[Path]:
    """Give the locality's merged workbooks, the oldest first: by as-at date, then by the number behind it."""
    folder = locality.folder / "merged"
    found = []
    for path in folder.glob("*.xlsx"):
        if not path.name.startswith(("~$", ".")) and (name := _NAME.search(path.name)):
            found.append((name.group(1), int(name.group(2) or 1), path.name, path))
    return [path for *_, path in sorted(found)]
