"""What stands beside a signed workbook: its manifest and signature, and the returns and history that it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.excel.container.errors import Unreadable
from icsassess.locality.locality import SETTINGS
from icsassess.returns.reading.file.places import content_at
from icsassess.workbook.signing.content import Difference
from icsassess.workbook.signing.manifest import FOLDER, read_manifest
from icsassess.workbook.signing.signature import fits

NO_FOLDER = "the returns and the history: the manifest does not lie beside it in a locality's folder"


def find_manifest(path: Path, code: str | None) -> Path | None:
    """Give the manifest of a workbook: the one of its name, else the one in its folder that has its code."""
    named = path.with_suffix(".json")
    if named.is_file():
        return named
    for other in sorted(path.parent.glob("*.json")):
        signed = read_manifest(other)
        if signed is not None and code is not None and signed.code == code:
            return other
    return None


def read_strictly(path: Path) -> dict[str, Any]:
    """Read a manifest in which nothing stands twice: a reader would see the one, a program take the other.

    Raises ``ValueError`` or ``OSError``.
    """
    document = json.loads(path.read_bytes(), object_pairs_hook=_each_once)
    if not isinstance(document, dict):
        raise ValueError("it is no manifest")
    return document


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError("a name stands twice")
    return document


def folder_of(manifest: Path) -> Path | None:
    """Give the locality's folder that a manifest lies in, None where it lies elsewhere."""
    folder = manifest.resolve().parent.parent
    return folder if (folder / SETTINGS).is_file() else None


def files_changed(folder: Path, core: dict[str, Any]) -> Iterator[Difference]:
    """Give the returns, records of the history and the version before that are not as the manifest has them."""
    for part, name, signed_sha256 in _files(core):
        file = folder / name
        file.relative_to(folder)  # a manifest that somebody wrote may name any path
        sha256 = _fingerprint_at(file)
        if sha256 != signed_sha256:
            yield Difference(part, name, "the file", signed_sha256, sha256 or "not there")


def _fingerprint_at(file: Path) -> str | None:
    """Give the fingerprint of a file, or of one within a mail or an archive; None where it is not there any more."""
    try:
        data, _ = content_at(file)
    except (OSError, Unreadable):
        return None
    return fingerprint(data)


def _files(core: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for entry in core["returns"]:
        yield "return", entry["file"], entry["sha256"]
    for record in core["history"]:
        yield "history", f"history/{record['record']}", record["sha256"]
        copy = Path(record["record"]).with_suffix(".xlsx").name
        yield "history", f"history/{copy}", record["workbook_sha256"]
    if core["previous"]:
        yield "version before", f"{FOLDER}/{core['previous']['manifest']}", core["previous"]["sha256"]


def check_signature(manifest: Path | None, public_key: Path) -> tuple[str, Difference | None]:
    """Check the signature beside a manifest with a public key: give what is to be said, and the difference if any."""
    file = manifest.with_suffix(".sig") if manifest is not None else None
    if file is None or manifest is None or not file.is_file():
        return "not there", Difference("signature", "", "the signature", "a signature", "not there")
    if fits(public_key, manifest.read_bytes(), file.read_bytes()):
        return "made with this key", None
    words = "was not made over this manifest with this key"
    return "does not fit", Difference("signature", file.name, "the signature", None, words)
