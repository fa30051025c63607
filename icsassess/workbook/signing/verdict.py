"""What verifying a signed workbook shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from icsassess.workbook.signing.content import Difference

AS_SIGNED, CHANGED, NOT_SIGNED = "as signed", "changed", "not signed"


@dataclass
class Verdict:
    """What verifying showed: the verdict, who signed and what they accepted, every difference, and what was looked at.

    ``places`` says of each difference where it is, in words.
    """

    file: Path
    verdict: str = AS_SIGNED
    signed_by: str | None = None
    role: str | None = None
    signed_at: str | None = None
    version: int | None = None
    code: str | None = None
    as_at: str | None = None
    accepted: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    signature: str | None = None
