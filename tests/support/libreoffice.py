"""LibreOffice at work on files: it saves them again, works every formula out anew, and prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

needs_libreoffice = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
"""The marks of a test, or of a file of tests, that runs LibreOffice."""
Cells = dict[tuple[str, str], Any]
# LibreOffice trusts the values in a workbook unless it is told to work everything out again.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def converted(files: Iterable[Path], kind: str, folder: Path, *, profile: Path | None = None) -> Path:
    """Give a folder in ``folder`` with the files as LibreOffice saves them as this kind, such as ``xlsx`` or ``pdf``.

    The profile holds LibreOffice's settings; a new one is made in the folder when left out.
    """
    out = folder / f"saved as {kind}"
    user = (profile or folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={user}", "--headless", "--convert-to", kind, "--outdir", out]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=600)
    return out


def recalculated(files: Iterable[Path], folder: Path) -> Path:
    """Give a folder with the files as LibreOffice saves them after working everything out again."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    return converted(files, "xlsx", folder)


def saved_by_libreoffice(path: Path, profile: Path) -> None:
    """Open a workbook in LibreOffice and save it again in its place."""
    out = converted([path], "xlsx", path.parent, profile=profile)
    shutil.move(out / path.name, path)
    out.rmdir()


def pages_in_libreoffice(document: Path, scratch: Path) -> int:
    """Open a document in LibreOffice, print it to PDF, and count the pages."""
    pdf = converted([document], "pdf", scratch) / f"{document.stem}.pdf"
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))


def values(book: Workbook) -> Cells:
    """Give every cell's value; an empty text and no value are the same to people."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }
