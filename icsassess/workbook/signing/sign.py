"""Signing: looks whether it can be signed, seals the workbook, and writes it with its manifest into ``signed-off/``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.assessment.merging.model import Merged
from icsassess.assessment.sign_off.readiness import Condition, conditions, is_ready, kinds
from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, Refusal, did_you_mean, point
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.locality.locality import Locality, file_name
from icsassess.returns.reading.session import Reading
from icsassess.support.saving import Pending, add_together
from icsassess.support.suggest import closest
from icsassess.support.text import clean, fold, listing
from icsassess.workbook.layout import SIGN_OFF
from icsassess.workbook.merging.merge import Before, look_before, merge_in_memory, with_what_moved
from icsassess.workbook.merging.up_to_date import out_of_date
from icsassess.workbook.sheets.sign_off import CODE_CELL
from icsassess.workbook.signing import manifest as manifests
from icsassess.workbook.signing.content import content, without
from icsassess.workbook.signing.manifest import Signing, next_version, particulars, signed_versions
from icsassess.workbook.signing.signature import Sign
from icsassess.workbook.write import locality_workbook


@dataclass(frozen=True)
class Looked:
    """What stands in the way of signing a folder's newest workbook, and the view that would be signed."""

    merged: Merged
    before: Before
    conditions: list[Condition]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return is_ready(self.conditions)


@dataclass(frozen=True)
class Sealed:
    """What signing wrote: the workbook, its manifest, the signature if there is a key; and the code."""

    workbook: Path
    manifest: Path
    signature: Path | None
    code: str
    version: int


def look(
    locality: Locality,
    as_at: datetime.date,
    accepted: Mapping[str, str] | None = None,
    reading: Reading | None = None,
) -> Looked:
    """Look at everything that could stand in the way. Raises ``Refusal`` where nothing has been merged yet."""
    before = look_before(locality)
    if before.workbook is None or before.last is None:
        raise Refusal(point("no-merge-yet", sheet=str(locality.folder)))
    merged = merge_in_memory(locality, as_at, reading, before)
    merged = with_what_moved(merged, before.records)
    return Looked(merged, before, conditions(merged, out_of_date(merged, before), accepted))


def read_accepted(given: Sequence[str]) -> dict[str, str]:
    """Read what was accepted, each as ``CODE=REASON``.

    Raises ``Refusal`` where a code is unknown or a reason missing.
    """
    found: dict[str, str] = {}
    for text in given:
        code, _, reason = clean(text).partition("=")
        code, reason = fold(code), " ".join(reason.split())
        if code not in kinds():
            permitted = [kind.code for kind in kinds().values() if kind.can_be_accepted]
            hint = did_you_mean(closest(code, permitted), "Take it from the list.")
            raise Refusal(point("condition-unknown", found=code, permitted=listing(permitted, most=40), hint=hint))
        if not any(character.isalpha() for character in reason):
            raise Refusal(point("condition-without-reason", found=code))
        if personal_data.count_nhs_numbers(reason):
            raise Refusal(point("sign-off-personal-data", found="the reason"))
        found[code] = reason
    return found


def wrong_signatory(locality: Locality, name: str, role: str | None) -> Problem | None:
    """Say why this person may not sign, None where they may."""
    wanted = locality.settings.sign_off.role
    if role is not None and fold(role) != fold(wanted):
        return point("role-may-not-sign", found=role, role=wanted)
    if not any(character.isalpha() for character in name):
        return point("signatory-without-name", found=name)
    if personal_data.count_nhs_numbers(name):
        return point("sign-off-personal-data", found="the name")
    return None


def seal(looked: Looked, name: str, signed_at: datetime.datetime, sign: Sign | None = None) -> Sealed:
    """Seal and write what was looked at; nothing that was signed before is touched.

    ``sign`` makes a detached signature over the manifest's bytes. Nothing may stand in the way.
    """
    assert looked.ready, "what stands in the way has to be told first"
    merged, locality = looked.merged, looked.merged.locality
    earlier = signed_versions(locality)
    signing = Signing(
        name=" ".join(clean(name).split()),
        role=locality.settings.sign_off.role,
        signed_at=signed_at,
        version=next_version(locality),
        conditions=tuple(looked.conditions),
        previous=earlier[-1] if earlier else None,
    )
    core = particulars(merged, signing, looked.before.records)
    signing = signing._replace(particulars_digest=manifests.digests_of(core, {})["particulars"])
    without_code = read_workbook_bytes(locality_workbook(merged, signing), GENEROUS_LIMITS)
    cells = without(content(without_code), SIGN_OFF, CODE_CELL)
    found = manifests.manifest(core, cells)
    data = locality_workbook(merged, signing._replace(code=found["code"]))
    sealed = content(read_workbook_bytes(data, GENEROUS_LIMITS))
    assert without(sealed, SIGN_OFF, CODE_CELL) == cells, "the code may change its own cell only"
    said = manifests.as_bytes(found)
    folder = locality.sub_folder(manifests.FOLDER)
    stem = f"{file_name(locality.name)} {merged.as_at.isoformat()} signed version {signing.version}"
    files = [Pending(folder, ".json", said)]
    if sign is not None:
        files.append(Pending(folder, ".sig", sign(said)))
    files.append(Pending(folder, ".xlsx", data))
    paths = add_together(f"{stem}.xlsx", files)
    return Sealed(paths[-1], paths[0], paths[1] if sign is not None else None, found["code"], signing.version)
