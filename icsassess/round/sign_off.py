"""What stands in the way of signing, and signing where nothing does."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage
from icsassess.support.text import count

if TYPE_CHECKING:
    from icsassess.assessment.sign_off.condition import Condition
    from icsassess.domain.problems import Problem
    from icsassess.workbook.signing.sign import SignedFiles, SignOffCheck


@dataclass(frozen=True)
class SignOffResult:
    """What was looked at; and what was signed, None where nothing was.

    ``name`` is who signs, None where nobody asked to; ``refused`` says why they may not, or not at that time.
    """

    check: SignOffCheck
    name: str | None = None
    refused: Problem | None = None
    signed: SignedFiles | None = None

    @property
    def headlines(self) -> tuple[str, ...]:
        """Where the locality stands, how much the group agreed, and what lies between the two days, in sentences."""
        from icsassess.assessment.output.headlines import headlines
        from icsassess.view.agreed_share import agreed_share
        from icsassess.view.assessment_view import View
        from icsassess.view.signed_statement import between_the_days

        merged, day = self.check.merged, self.check.day
        sentences = [*headlines(merged), agreed_share(merged).sentence]
        if day > merged.as_at and self.check.is_unchanged:
            sentences.append(between_the_days(View(merged), day))
        return tuple(sentences)

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
        if self.refused is not None:
            return str(self.refused)
        if self.signed is not None:
            return f"Signed, version {self.signed.version}. Sign-off code: {self.signed.code}"
        if self.open_conditions:
            return (
                "Nothing was signed. What can be accepted is accepted with --accept CODE=REASON and "
                '--follow-up CODE="ROLE, DAY": who follows it up, and until when.'
            )
        return "Nothing stands in the way. To sign it, run this again with --name."

    @property
    def needs_attention(self) -> bool:
        """Whether something stands in the way, or this person may not sign."""
        return self.refused is not None or not self.check.ready

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``sign-off``."""
        from icsassess.view.agreed_share import agreed_share

        signed, merged = self.signed, self.check.merged
        locality, share = merged.locality, agreed_share(merged)
        return {
            "ready": self.check.ready,
            "as_at": merged.as_at.isoformat(),
            "signed_at": signed.signed_at.isoformat(timespec="seconds") if signed else None,
            "agreed": share.agreed,
            "by_rule": share.by_rule,
            "conditions": [condition.as_json() for condition in self.check.conditions],
            "workbook": locality.relative(signed.workbook) if signed else None,
            "manifest": locality.relative(signed.manifest) if signed else None,
            "signature": locality.relative(signed.signature) if signed and signed.signature else None,
            "code": signed.code if signed else None,
            "version": signed.version if signed else None,
            "problems": [self.refused.as_json()] if self.refused else [],
        }


def no_passphrase() -> str | None:
    """Give no passphrase: nobody can be asked for one."""
    return None


def present() -> datetime.datetime:
    """Give the present by this computer's clock, with its zone."""
    return datetime.datetime.now().astimezone()


def sign_off(
    folder: Path,
    *,
    name: str | None = None,
    role: str | None = None,
    accepted: Sequence[str] = (),
    follow_up: Sequence[str] = (),
    key: Path | None = None,
    ask_passphrase: Callable[[], str | None] = no_passphrase,
    signed_at: datetime.datetime | None = None,
    as_at: datetime.date | None = None,
    clock: Callable[[], datetime.datetime] = present,
    progress: ShowProgress | None = None,
) -> SignOffResult:
    """Look what stands in the way of signing the newest merge, and sign it where there is a name and nothing does.

    It is signed as at its own date, on the day of ``signed_at`` (with a zone; the present by ``clock`` when left
    out): deadline, late actions and age of evidence are looked at on that day. ``accepted`` are reasons, each as
    ``CODE=REASON``; ``follow_up`` who follows it up until when, as ``CODE=ROLE, DAY``, or without a code for all
    that have none of their own; where nobody is named, whoever signs follows it up by the deadline. ``as_at`` is
    the date of the merge that is meant, ``key`` a private key (PEM) to sign with as well. Raises ``Refusal`` where
    the folder is no locality, nothing has been merged yet, an acceptance lacks something, a key cannot be used, or
    nothing can be written.

    ``sign_off(Path("trafford"), name="Jane Example").signed``
    """
    moment = signed_at or clock()
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        from icsassess.assessment.sign_off.acceptances import follow_up_of_signatory, read_acceptances
        from icsassess.workbook.signing.sign import check_sign_off, sign, wrong_signatory
        from icsassess.workbook.signing.signature import signer
        from icsassess.workbook.signing.signing_time import wrong_time

        day, settings = moment.date(), locality.settings
        otherwise = follow_up_of_signatory(settings.sign_off.role, settings.deadline, day)
        acceptances = read_acceptances(accepted, follow_up, day, otherwise)
        check = check_sign_off(locality, day, acceptances, reading, as_at)
    if name is None:
        return SignOffResult(check)
    refused = wrong_signatory(locality, name, role) or wrong_time(locality, check.merged.as_at, moment, clock())
    if refused is not None or not check.ready:
        return SignOffResult(check, name, refused)
    with_key = signer(key, ask_passphrase) if key else None
    return SignOffResult(check, name, signed=sign(check, name, moment, with_key))
