"""What is in a folder, so that a test can tell whether anything in it changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprints(folder: Path) -> dict[str, str]:
    """Give the fingerprint of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
