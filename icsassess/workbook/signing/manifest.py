"""The manifest of a sign-off: what was signed, by whom, on what ground; readable, and bound by the sign-off code."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from icsassess.assessment.events.compare import compare
from icsassess.assessment.events.model import KINDS
from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.new_record import record_of
from icsassess.assessment.history.record import Record
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.sign_off.condition import Condition
from icsassess.locality.locality import SETTINGS, Locality
from icsassess.returns.template.sources import template_path
from icsassess.support.data_files import templates_folder
from icsassess.support.text import listing
from icsassess.version import VERSION
from icsassess.view.assessment_view import View
from icsassess.view.signed_statement import signed_statement
from icsassess.workbook.signing.accepted import accepted_conditions, accepted_in_words
from icsassess.workbook.signing.content import Content, code_of, digest

FOLDER = "signed-off"
FORMAT = 1
ABOUT = (
    "The manifest of a signed self-assessment. It goes with the workbook of the same name. To see whether both are "
    "as they were signed: icsassess verify FILE"
)
# What the code binds through digests, or that only helps to read the rest.
_NOT_BOUND = ("code", "digests", "cells")
_STATE = ("as_at", "rules", "lines", "states", "gaps", "actions", "read")
"""What of a merge's record a manifest keeps, so that a later merge can say what changed since it was signed."""
_VERSION = re.compile(r"signed version (\d+)")


@dataclass(frozen=True)
class Signed:
    """A signed version as its manifest tells it."""

    path: Path
    sha256: str
    content: dict[str, Any] = field(repr=False)

    @property
    def version(self) -> int:
        """1 for the first time it was signed, then 2, and so on."""
        return int(self.content["signed"]["version"])

    @property
    def code(self) -> str:
        """The sign-off code."""
        return str(self.content["code"])

    @property
    def signed_at(self) -> datetime.datetime:
        """When it was signed."""
        return datetime.datetime.fromisoformat(self.content["signed"]["at"])

    @property
    def in_words(self) -> str:
        """Which version it is, when and by whom it was signed, and its code."""
        signed = self.content["signed"]
        return (
            f"Version {self.version}, signed on {day_in_words(self.signed_at)} by {signed['by']}, {signed['role']}"
            f"{accepted_in_words(self.accepted)}; code {self.code}"
        )

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """What was accepted at signing: see :func:`accepted_conditions`."""
        return accepted_conditions(self.content["conditions"])


def moment_in_words(moment: datetime.datetime) -> str:
    """Give a time as ‘26 January 2024 at 10:00 (UTC+00:00)’, with the distance of its clock from universal time."""
    zone = moment.strftime("%z")
    offset = f" (UTC{zone[:3]}:{zone[3:5]})" if zone else ""
    return f"{day_in_words(moment)} at {moment:%H:%M}{offset}"


class Signing(NamedTuple):
    """The act of signing: who, when, which version, and what was accepted; ``code`` is empty until it is known."""

    name: str
    role: str
    signed_at: datetime.datetime
    version: int
    conditions: tuple[Condition, ...]
    previous: Signed | None = None
    particulars_digest: str = ""
    code: str = ""

    @property
    def moment(self) -> str:
        """When it is signed, in words."""
        return moment_in_words(self.signed_at)


def signed_versions(locality: Locality) -> list[Signed]:
    """Give the versions that were signed, the first one first; a manifest that cannot be read is not among them."""
    versions = [read for path in sorted((locality.folder / FOLDER).glob("*.json")) if (read := read_manifest(path))]
    return sorted(versions, key=lambda signed: (signed.version, signed.path.name))


def next_version(locality: Locality) -> int:
    """Give the number of the next version, higher than any that was ever given."""
    numbers = [version_in_name(path) for path in (locality.folder / FOLDER).glob("*")]
    return max([*numbers, *(signed.version for signed in signed_versions(locality))], default=0) + 1


def version_in_name(path: Path) -> int:
    """Give the number of the signed version that a file's name tells, 0 where it tells none."""
    match = _VERSION.search(path.stem)
    return int(match.group(1)) if match else 0


def read_manifest(path: Path) -> Signed | None:
    """Read a manifest, None where the file is none."""
    try:
        data = path.read_bytes()
        content = json.loads(data)
        signed = Signed(path, fingerprint(data), content)
        complete = content["format"] == FORMAT and signed.version > 0 and signed.code and signed.signed_at
        complete = complete and bool(signed.in_words) and {"state", "returns", "history", "cells"} <= content.keys()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return signed if complete else None


def changes_since_signing(signed: Signed, merged: Merged) -> list[str]:
    """Say in what the merged view differs from a signed version, a sentence for each kind of change."""
    record = record_of(merged, workbook=b"", previous=None, group=None)
    try:
        signed_state = {"as_at": signed.content["locality"]["as_at"], **signed.content["state"]}
        changes = compare(signed_state, record)
    except (KeyError, TypeError, AttributeError, ValueError):
        return ["The manifest of that version cannot be compared: it is not as it was written."]
    sentences = []
    for kind in KINDS:
        places = list(dict.fromkeys(c.ref or c.partner or "" for c in changes if c.kind == kind))
        if places:
            sentences.append(f"{kind[:1].upper()}{kind[1:]}: {listing(places, most=12)}.")
    return sentences or ["No rating, gap, action or return has changed."]


def particulars(merged: Merged, signing: Signing, history: Sequence[Record]) -> dict[str, Any]:
    """Give everything that the code binds beside the workbook's own content."""
    locality, previous = merged.locality, signing.previous
    record = record_of(merged, workbook=b"", previous=None, group=None)
    statement = signed_statement(View(merged), signing.conditions, signing.signed_at.date())
    return {
        "about": ABOUT,
        "format": FORMAT,
        "signed": {
            "version": signing.version,
            "by": signing.name,
            "role": signing.role,
            "at": signing.signed_at.isoformat(timespec="seconds"),
            "statement": [f"{part.title}: {sentence}" for part in statement for sentence in part.sentences],
        },
        "conditions": [condition.as_json() for condition in signing.conditions],
        "locality": {
            "name": locality.name,
            "system": locality.settings.system,
            "as_at": merged.as_at.isoformat(),
            "deadline": locality.settings.deadline.isoformat(),
            "marking": locality.settings.marking,
        },
        "previous": None
        if previous is None
        else {
            "manifest": previous.path.name,
            "sha256": previous.sha256,
            "version": previous.version,
            "code": previous.code,
        },
        "returns": [
            {"file": row.file, "sha256": row.sha256, "partner": row.partner or None, "state": row.state}
            for row in merged.returns
            if row.file
        ],
        "history": [
            {"record": entry.path.name, "sha256": entry.sha256, "workbook_sha256": entry.content["wrote"]["sha256"]}
            for entry in history
        ],
        "rules": _rules(locality),
        "versions": {"icsassess": VERSION},
        "state": {key: record[key] for key in _STATE},
    }


def _rules(locality: Locality) -> dict[str, Any]:
    """Give the rules in force: the framework, the settings, and the fingerprint of every data file behind them."""
    settings, folder = locality.settings, templates_folder()
    names = [f"frameworks/{settings.framework}.toml", "ratings.toml", "points.toml", "conditions.toml"]
    names += ["scoring.toml"] if settings.rules.indicative_scores else []
    files = {name: folder / name for name in names} | {f"returns/{settings.template}.toml": template_path(locality)}
    return {
        "framework": {"id": locality.framework.id, "version": locality.framework.version},
        "template": settings.template,
        "settings": settings.rules.model_dump(mode="json"),
        "settings_file": {"file": SETTINGS, "sha256": fingerprint((locality.folder / SETTINGS).read_bytes())},
        "data_files": {name: fingerprint(path.read_bytes()) for name, path in sorted(files.items())},
    }


def manifest(core: dict[str, Any], cells: Content) -> dict[str, Any]:
    """Put the manifest together: the particulars, the workbook's content, their digests and the code over both."""
    digests = digests_of(core, cells)
    code = code_of(digests["workbook"], digests["particulars"])
    return {"about": core["about"], "code": code, **core, "digests": digests, "cells": cells}


def digests_of(core: dict[str, Any], cells: Content) -> dict[str, Any]:
    """Give the digests: of the workbook's content, of the particulars, and of each of their sections."""
    return {
        "workbook": digest(cells),
        "particulars": digest(core),
        "sections": {name: digest(section) for name, section in core.items()},
    }


def core_of(content: dict[str, Any]) -> dict[str, Any]:
    """Give the particulars of a manifest."""
    return {name: section for name, section in content.items() if name not in _NOT_BOUND}


def as_bytes(content: dict[str, Any]) -> bytes:
    """Give a manifest as the bytes of its file."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
