"""Whether a signed workbook is what was signed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.support.text import clip, count

if TYPE_CHECKING:
    from icsassess.workbook.signing.verdict import Verdict

_VERDICTS = {
    "as signed": "As signed.",
    "changed": "CHANGED: this is not what was signed.",
    "not signed": "Not signed.",
}
_LONGEST_VALUE = 200


@dataclass(frozen=True)
class VerifyResult:
    """The verdict, with every difference; what could be personal data is masked in words and JSON."""

    verdict: Verdict

    @property
    def summary(self) -> str:
        """The verdict in words."""
        return _VERDICTS[self.verdict.verdict]

    @property
    def signatory(self) -> tuple[str, ...]:
        """Who signed, when, as at which day, and the code, in sentences; none where that is not known."""
        from icsassess.assessment.output.headlines import day_in_words
        from icsassess.returns.matching.dates import read_date
        from icsassess.workbook.signing.accepted import accepted_in_words

        verdict = self.verdict
        version = f"Version {verdict.version}, signed" if verdict.version else "Signed"
        sentences = []
        if verdict.signed_by:
            accepted = accepted_in_words(verdict.accepted)
            at = _moment(verdict.signed_at)
            sentences.append(f"{version} by {verdict.signed_by}, {verdict.role}{at}{accepted}.")
        if verdict.as_at and read_date(verdict.as_at).day:
            sentences.append(f"The assessment is as at {day_in_words(read_date(verdict.as_at).day)}.")
        return (*sentences, *([f"Sign-off code: {verdict.code}"] if verdict.code else []))

    @property
    def accepted(self) -> tuple[str, ...]:
        """What was accepted at signing, a sentence for each."""
        from icsassess.workbook.signing.accepted import accepted_sentences

        return tuple(accepted_sentences(self.verdict.accepted))

    @property
    def not_looked_at(self) -> str:
        """What was not looked at, in a sentence."""
        parts = self.verdict.not_looked_at
        return f"Not looked at: {'; '.join(parts)}." if parts else ""

    @property
    def differences(self) -> tuple[str, ...]:
        """Every difference with its place, in words."""
        from icsassess.domain.personal_data import mask
        from icsassess.workbook.signing.package import PACKAGE, SECOND_READER
        from icsassess.workbook.signing.verify import MINUTED

        lines = []
        for change, where in zip(self.verdict.changed, self.verdict.places, strict=True):
            was, current = (
                clip(mask(text), _LONGEST_VALUE) if text else "nothing" for text in (change.was, change.current)
            )
            if change.part in ("appearance", PACKAGE):
                lines.append(f"{mask(where)}: {current}")
            elif change.part == SECOND_READER:
                lines.append(f"{mask(where)}: this program reads ‘{was}’, another program ‘{current}’")
            elif change.cell == MINUTED:
                lines.append(f"The code worked out from this workbook is {current}; the minutes have {was}")
            else:
                lines.append(f"{mask(where)}: was ‘{was}’, is ‘{current}’")
        return tuple(lines)

    @property
    def count_of_differences(self) -> str:
        """How many differences there are, ``""`` where there is none."""
        number = len(self.verdict.changed)
        return f"{count(number, 'change')}:" if number else ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was looked at, and what a reader should know of it, in sentences."""
        verdict = self.verdict
        looked_at = (f"Looked at: {'; '.join(verdict.looked_at)}.",) if verdict.looked_at else ()
        return (*looked_at, *verdict.remarks)

    @property
    def needs_attention(self) -> bool:
        """Whether it is anything but what was signed."""
        from icsassess.workbook.signing.verdict import AS_SIGNED

        return self.verdict.verdict != AS_SIGNED

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``verify``."""
        from icsassess.domain.personal_data import mask

        verdict = self.verdict
        return {
            "file": verdict.file.as_posix(),
            "verdict": verdict.verdict,
            "signed_by": verdict.signed_by,
            "role": verdict.role,
            "signed_at": verdict.signed_at,
            "version": verdict.version,
            "code": verdict.code,
            "as_at": verdict.as_at,
            "accepted": verdict.accepted,
            "signature": verdict.signature,
            "changed": [
                {
                    "part": change.part,
                    "sheet": change.sheet or None,
                    "cell": change.cell or None,
                    "place": mask(where),
                    "was": None if change.was is None else mask(change.was),
                    "is": None if change.current is None else mask(change.current),
                }
                for change, where in zip(verdict.changed, verdict.places, strict=True)
            ],
            "looked_at": verdict.looked_at,
            "not_looked_at": verdict.not_looked_at,
            "remarks": verdict.remarks,
        }


def _moment(signed_at: str | None) -> str:
    """Give the time of signing as people write it, also where a manifest holds something else."""
    from icsassess.workbook.signing.manifest import moment_in_words

    try:
        return f", on {moment_in_words(datetime.datetime.fromisoformat(signed_at or ''))}"
    except ValueError:
        return f", {signed_at}" if signed_at else ""


def verify(file: Path, code: str | None = None, public_key: Path | None = None) -> VerifyResult:
    """Compare a signed workbook with its manifest beside it, or with the ``code`` from the minutes.

    With ``public_key`` (a key or certificate, PEM) the detached signature is checked too. Raises ``Refusal`` where the
    file cannot be read, the code is none, or the key cannot be used.

    ``verify(Path("signed.xlsx"), "0123-4567-89AB-CDEF").verdict.verdict``
    """
    from icsassess.workbook.signing.verify import verify as verify_workbook

    return VerifyResult(verify_workbook(file, code, public_key))
