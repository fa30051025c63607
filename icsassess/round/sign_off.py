"""What stands in the way of signing, and signing where nothing does."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.problem_json import problem_as_json
from icsassess.round.progress import ShowProgress, stage
from icsassess.support.text import count

if TYPE_CHECKING:
    from icsassess.assessment.sign_off.condition import Condition
    from icsassess.domain.problems import Problem
    from icsassess.workbook.signing.sign import SignedFiles, SignOffCheck


@dataclass(frozen=True)
class SignOffResult:
    """What was looked at; why ``name`` may not sign, None where they may; and what was signed, None where nothing was.

    ``name`` is who signs, None where nobody asked to.
    """

    check: SignOffCheck
    name: str | None = None
    wrong_signatory: Problem | None = None
    signed: SignedFiles | None = None

    @property
    def headlines(self) -> tuple[str, ...]:
        """Where the locality stands, in sentences."""
        from icsassess.assessment.output.headlines import headlines

        return tuple(headlines(self.check.merged))

    @property
    def open_conditions(self) -> list[Condition]:
        """What stands in the way, the weightiest first."""
        return [condition for condition in self.check.conditions if condition.stands_in_the_way]

    @property
    def accepted_conditions(self) -> list[Condition]:
        """What was accepted with a reason."""
        return [condition for condition in self.check.conditions if condition.accepted is not None]

    @property
    def summary(self) -> str:
        """How many things stand in the way, ``""`` where none does."""
        number = len(self.open_conditions)
        return f"{count(number, 'thing')} in the way of signing, the weightiest first:" if number else ""

    @property
    def outcome(self) -> str:
        """What came of it, in one sentence."""
        if self.wrong_signatory is not None:
            return str(self.wrong_signatory)
        if self.signed is not None:
            return f"Signed, version {self.signed.version}. Sign-off code: {self.signed.code}"
        if self.open_conditions:
            return "Nothing was signed. What can be accepted is accepted with --accept CODE=REASON."
        return "Nothing stands in the way. To sign it, run this again with --name."

    @property
    def needs_attention(self) -> bool:
        """Whether something stands in the way, or this person may not sign."""
        return self.wrong_signatory is not None or not self.check.ready

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``sign-off``."""
        signed, locality = self.signed, self.check.merged.locality
        return {
            "ready": self.check.ready,
            "conditions": [condition.as_json() for condition in self.check.conditions],
            "workbook": locality.relative(signed.workbook) if signed else None,
            "manifest": locality.relative(signed.manifest) if signed else None,
            "signature": locality.relative(signed.signature) if signed and signed.signature else None,
            "code": signed.code if signed else None,
            "version": signed.version if signed else None,
            "problems": [problem_as_json(self.wrong_signatory)] if self.wrong_signatory else [],
        }


def no_passphrase() -> str | None:
    """Give no passphrase: nobody can be asked for one."""
    return None


def sign_off(
    folder: Path,
    *,
    name: str | None = None,
    role: str | None = None,
    accepted: Sequence[str] = (),
    key: Path | None = None,
    ask_passphrase: Callable[[], str | None] = no_passphrase,
    signed_at: datetime.datetime | None = None,
    as_at: datetime.date | None = None,
    progress: ShowProgress | None = None,
) -> SignOffResult:
    """Look what stands in the way of signing the newest workbook, and sign it where there is a name and nothing does.

    ``accepted`` are reasons, each as ``CODE=REASON``; ``key`` a private key (PEM) to sign with as well; ``signed_at``
    has a zone, and is now when left out. Raises ``Refusal`` where the folder is no locality, nothing has been merged
    yet, a reason or key cannot be used, or nothing can be written.

    ``sign_off(Path("trafford"), name="Jane Example").signed``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        from icsassess.workbook.signing.sign import check_sign_off, read_accepted, sign, wrong_signatory
        from icsassess.workbook.signing.signature import signer

        check = check_sign_off(locality, locality.as_at(as_at), read_accepted(accepted), reading)
    if name is None:
        return SignOffResult(check)
    wrong = wrong_signatory(locality, name, role)
    if wrong is not None or not check.ready:
        return SignOffResult(check, name, wrong)
    with_key = signer(key, ask_passphrase) if key else None
    moment = signed_at or datetime.datetime.now().astimezone()
    return SignOffResult(check, name, signed=sign(check, name, moment, with_key))
