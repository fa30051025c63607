"""A template from another locality's workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icsassess.adopting.adopt import Adopted


@dataclass(frozen=True)
class AdoptResult:
    """The template that was made, with how everything was understood."""

    adopted: Adopted

    @property
    def summary(self) -> str:
        """How much was understood, in one sentence."""
        from icsassess.adopting.wording import summary

        return summary(self.adopted)

    @property
    def columns(self) -> list[tuple[str, str, str, str, str]]:
        """For each column its sheet, letter, heading, what it was understood as, and how."""
        from icsassess.adopting.wording import column_rows

        return column_rows(self.adopted)

    @property
    def ratings(self) -> list[tuple[str, str, str]]:
        """For each rating word its number of cells, and what it was understood as."""
        from icsassess.adopting.wording import rating_rows

        return rating_rows(self.adopted)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the workbook lacks, and what was taken out of it, in sentences."""
        from icsassess.adopting.wording import lacking

        removed = ", ".join(f"{kind} {number:,}" for kind, number in self.adopted.removed.items())
        return (*lacking(self.adopted), *((f"Left behind: {removed}.",) if removed else ()))

    @property
    def is_in_a_locality(self) -> bool:
        """Whether it was adopted into a locality's own folder."""
        return (self.adopted.folder.parent.parent / "locality.toml").exists()

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``adopt``."""
        from icsassess.adopting.as_json import adopted_as_json

        return adopted_as_json(self.adopted)


def adopt(workbook: Path, name: str, into: Path = Path(), framework: str | None = None) -> AdoptResult:
    """Make a template of another locality's workbook, in ``adopted/NAME`` of a folder.

    ``framework`` is the id of its statements' framework; told by their titles when left out. Corrections that lie
    there already are followed. Raises ``Refusal`` where the workbook cannot be read or understood, or the corrections
    are faulty.

    ``adopt(Path("other.xlsx"), "other-place").adopted.template``
    """
    from icsassess.adopting.adopt import adopt as adopt_workbook

    return AdoptResult(adopt_workbook(workbook, name, into, framework))
