"""Signing: checks whether it can be signed, and writes the workbook with its manifest into ``signed-off/``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.assessment.merging.model import Merged
from icsassess.assessment.sign_off.condition import Condition, condition_kinds
from icsassess.assessment.sign_off.readiness import conditions, is_ready
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Refusal, did_you_mean, make_problem
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.locality.locality import Locality, file_name
from icsassess.returns.reading.session import Reading
from icsassess.support.saving import Pending, add_together
from icsassess.support.suggest import closest
from icsassess.support.text import clean, fold, listing
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
    """What stands in the way of signing a folder's newest workbook, and the view that would be signed."""

    merged: Merged
    state: FolderState
    conditions: list[Condition]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return is_ready(self.conditions)


@dataclass(frozen=True)
class SignedFiles:
    """What signing wrote: the workbook, its manifest, the signature if there is a key; and the code."""

    workbook: Path
    manifest: Path
    signature: Path | None
    code: str
    version: int


def check_sign_off(
    locality: Locality,
    as_at: datetime.date,
    accepted: Mapping[str, str] | None = None,
    reading: Reading | None = None,
) -> SignOffCheck:
    """Look at everything that could stand in the way. Raises ``Refusal`` where nothing has been merged yet."""
    state = read_folder_state(locality)
    if state.workbook is None or state.last is None:
        raise Refusal(make_problem("no-merge-yet", sheet=str(locality.folder)))
    merged = merge_in_memory(locality, as_at, reading, state)
    merged = with_changes(merged, state.records)
    return SignOffCheck(merged, state, conditions(merged, out_of_date(merged, state), accepted))


def read_accepted(texts: Sequence[str]) -> dict[str, str]:
    """Read what was accepted, each as ``CODE=REASON``.

    Raises ``Refusal`` where a code is unknown or a reason missing.
    """
    reasons: dict[str, str] = {}
    for text in texts:
        code, _, reason = clean(text).partition("=")
        code, reason = fold(code), " ".join(reason.split())
        if code not in condition_kinds():
            permitted = [kind.code for kind in condition_kinds().values() if kind.can_be_accepted]
            hint = did_you_mean(closest(code, permitted), "Take it from the list.")
            raise Refusal(
                make_problem("condition-unknown", found=code, permitted=listing(permitted, most=40), hint=hint)
            )
        if not any(character.isalpha() for character in reason):
            raise Refusal(make_problem("condition-without-reason", found=code))
        if personal_data.count_nhs_numbers(reason):
            raise Refusal(make_problem("sign-off-personal-data", found="the reason"))
        reasons[code] = reason
    return reasons


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
    stands in the way, ``Refusal`` where the files cannot be written.
    """
    if not check.ready:
        raise ValueError("what stands in the way of signing has to be put right or accepted first")
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
    return SignedFiles(paths[-1], paths[0], signature, manifest["code"], signing.version)


def _bound_cells(data: bytes) -> Content:
    """Give the content of a workbook that the code binds: all but the code's own cell."""
    return without(content(read_workbook_bytes(data, GENEROUS_LIMITS)), SIGN_OFF, CODE_CELL)
