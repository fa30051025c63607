"""Whether a signed workbook is what was signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.support.text import clip, count

if TYPE_CHECKING:
    from icsassess.workbook.signing.verify import Verdict

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
        """Who signed, when, and the code, in sentences; none where that is not known."""
        verdict = self.verdict
        version = f"Version {verdict.version}, signed" if verdict.version else "Signed"
        signed = (f"{version} by {verdict.signed_by}, {verdict.role}, {verdict.signed_at}.",)
        code = (f"Sign-off code: {verdict.code}",)
        return (*(signed if verdict.signed_by else ()), *(code if verdict.code else ()))

    @property
    def differences(self) -> tuple[str, ...]:
        """Every difference with its place, in words."""
        from icsassess.domain.personal_data import mask

        lines = []
        for change in self.verdict.changed:
            where = ", ".join(part for part in (change.sheet, change.cell) if part)
            was, current = (
                clip(mask(text), _LONGEST_VALUE) if text else "nothing" for text in (change.was, change.current)
            )
            lines.append(f"{where}: was ‘{was}’, is ‘{current}’")
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
        from icsassess.workbook.signing.verify import AS_SIGNED

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
            "signature": verdict.signature,
            "changed": [
                {
                    "part": change.part,
                    "sheet": change.sheet or None,
                    "cell": change.cell or None,
                    "was": None if change.was is None else mask(change.was),
                    "is": None if change.current is None else mask(change.current),
                }
                for change in verdict.changed
            ],
            "looked_at": verdict.looked_at,
            "remarks": verdict.remarks,
        }


def verify(file: Path, code: str | None = None, public_key: Path | None = None) -> VerifyResult:
    """Compare a signed workbook with its manifest beside it, or with the ``code`` from the minutes.

    With ``public_key`` (a key or certificate, PEM) the detached signature is checked too. Raises ``Refusal`` where the
    file cannot be read, the code is none, or the key cannot be used.

    ``verify(Path("signed.xlsx"), "0123-4567-89AB-CDEF").verdict.verdict``
    """
    from icsassess.workbook.signing.verify import verify as verify_workbook

    return VerifyResult(verify_workbook(file, code, public_key))
