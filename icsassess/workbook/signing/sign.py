"""Signing: checks whether it can be signed, and writes the workbook with its manifest into ``signed-off/``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.sign_off.condition import Acceptance, Condition
from icsassess.assessment.sign_off.readiness import OUT_OF_DATE, conditions, is_ready
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.locality.locality import Locality, file_name
from icsassess.returns.reading.session import Reading
from icsassess.support.saving import Pending, add_together
from icsassess.support.text import clean, fold
from icsassess.workbook.layout import SIGN_OFF
from icsassess.workbook.merging.folder_state import FolderState, read_folder_state
from icsassess.workbook.merging.in_memory import merge_in_memory, with_changes
from icsassess.workbook.merging.up_to_date import out_of_date
from icsassess.workbook.sheets.sign_off import CODE_CELL
from icsassess.workbook.signing import manifest as manifests
from icsassess.workbook.signing.content import Content, content, without
from icsassess.workbook.signing.manifest import Signing, next_version, particulars, signed_versions
from icsassess.workbook.signing.signature import MakeSignature
from icsassess.workbook.write import locality_workbook


@dataclass(frozen=True)
class SignOffCheck:
    """What stands in the way of signing a folder's newest workbook on a day, and the view that would be signed."""

    merged: Merged
    day: datetime.date
    state: FolderState
    conditions: list[Condition]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return is_ready(self.conditions)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing has changed since the merge."""
        return not any(condition.where for condition in self.conditions if condition.code == OUT_OF_DATE)


@dataclass(frozen=True)
class SignedFiles:
    """What signing wrote: the workbook, its manifest, the signature if there is a key; and the code."""

    workbook: Path
    manifest: Path
    signature: Path | None
    code: str
    version: int
    signed_at: datetime.datetime


def check_sign_off(
    locality: Locality,
    day: datetime.date,
    accepted: Mapping[str, Acceptance] | None = None,
    reading: Reading | None = None,
    as_at: datetime.date | None = None,
) -> SignOffCheck:
    """Look at everything that could stand in the way of signing the newest merge, as at its own date, on a day.

    ``as_at`` is the date of the merge that is meant: where the newest is of another, that stands in the way. Raises
    ``Refusal`` where nothing has been merged yet.
    """
    state = read_folder_state(locality)
    if state.workbook is None or state.last is None:
        raise Refusal(make_problem("no-merge-yet", sheet=str(locality.folder)))
    merged = with_changes(merge_in_memory(locality, state.last.as_at, reading, state), state.records)
    reasons = out_of_date(merged, state)
    if as_at is not None and as_at != merged.as_at:
        reasons.insert(0, f"the newest merge is as at {day_in_words(merged.as_at)}, not {day_in_words(as_at)}")
    return SignOffCheck(merged, day, state, conditions(merged, reasons, accepted, day))


def wrong_signatory(locality: Locality, name: str, role: str | None) -> Problem | None:
    """Say why this person may not sign, None where they may."""
    wanted = locality.settings.sign_off.role
    if role is not None and fold(role) != fold(wanted):
        return make_problem("role-may-not-sign", found=role, role=wanted)
    if not any(character.isalpha() for character in name):
        return make_problem("signatory-without-name", found=name)
    if personal_data.count_nhs_numbers(name):
        return make_problem("sign-off-personal-data", found="the name")
    return None


def sign(
    check: SignOffCheck, name: str, signed_at: datetime.datetime, make_signature: MakeSignature | None = None
) -> SignedFiles:
    """Sign what was checked and write it; nothing that was signed before is touched.

    ``make_signature`` gives a detached signature over the manifest's bytes. Raises ``ValueError`` where something
    stands in the way or it is not the day that was looked at, ``Refusal`` where the files cannot be written.
    """
    if not check.ready:
        raise ValueError("what stands in the way of signing has to be put right or accepted first")
    if signed_at.date() != check.day:
        raise ValueError("what stands in the way of signing was looked at on another day")
    merged, locality = check.merged, check.merged.locality
    earlier = signed_versions(locality)
    signing = Signing(
        name=" ".join(clean(name).split()),
        role=locality.settings.sign_off.role,
        signed_at=signed_at,
        version=next_version(locality),
        conditions=tuple(check.conditions),
        previous=earlier[-1] if earlier else None,
    )
    core = particulars(merged, signing, check.state.records)
    signing = signing._replace(particulars_digest=manifests.digests_of(core, {})["particulars"])
    cells = _bound_cells(locality_workbook(merged, signing))
    manifest = manifests.manifest(core, cells)
    data = locality_workbook(merged, signing._replace(code=manifest["code"]))
    if _bound_cells(data) != cells:
        raise RuntimeError("the sign-off code changed more than its own cell")
    manifest_data = manifests.as_bytes(manifest)
    folder = locality.make_sub_folder(manifests.FOLDER)
    stem = f"{file_name(locality.name)} {merged.as_at.isoformat()} signed version {signing.version}"
    files = [Pending(folder, ".json", manifest_data)]
    if make_signature is not None:
        files.append(Pending(folder, ".sig", make_signature(manifest_data)))
    files.append(Pending(folder, ".xlsx", data))
    paths = add_together(f"{stem}.xlsx", files)
    signature = paths[1] if make_signature is not None else None
    return SignedFiles(paths[-1], paths[0], signature, manifest["code"], signing.version, signed_at)


def _bound_cells(data: bytes) -> Content:
    """Give the content of a workbook that the code binds: all but the code's own cell."""
    return without(content(read_workbook_bytes(data, GENEROUS_LIMITS)), SIGN_OFF, CODE_CELL)
