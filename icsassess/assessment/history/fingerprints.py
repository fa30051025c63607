"""Fingerprints (SHA-256) of files, of a locality's settings, and of what a record says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from icsassess.locality.locality import SETTINGS, Locality
from icsassess.support.data_files import ADOPTED


def fingerprint(data: bytes) -> str:
    """Give the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def fingerprint_of(file: BinaryIO) -> str:
    """Give the SHA-256 of what is left to read of a file."""
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads as any file does


def settings_fingerprint(locality: Locality) -> str:
    """Give the fingerprint of a locality's settings and of the templates and frameworks that lie in its folder."""
    files = [locality.folder / SETTINGS, *sorted((locality.folder / ADOPTED).rglob("*.toml"))]
    return fingerprint(b"".join(path.read_bytes() for path in files))


def content_fingerprint(record: Mapping[str, Any]) -> str:
    """Give the SHA-256 of what a record says, its own fingerprint left out: so that a record tells of any change."""
    digest = hashlib.sha256(b"{")
    for number, key in enumerate(sorted(record.keys() - {"fingerprint"})):
        # One part at a time: the record of thousands of returns has megabytes of text.
        part = (
            f"{', ' if number else ''}{json.dumps(key)}: {json.dumps(record[key], ensure_ascii=True, sort_keys=True)}"
        )
        digest.update(part.encode("ascii"))
    digest.update(b"}")
    return digest.hexdigest()
