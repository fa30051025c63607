"""The last merge as the common parent of this one, and the places of the new workbook."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from icsassess.assessment.group_edits.edits import GroupEdits, Texts


@dataclass
class LastMerge:
    """The common parent: what the last merge wrote into the places to type in, and its record in the history.

    Both are None where the history is missing: the group's workbook is then taken at its word.
    """

    typed: GroupEdits | None = None
    record: Mapping[str, Any] | None = None

    @property
    def actions(self) -> dict[str, Mapping[str, Any]]:
        """All actions that were ever named, as the record has them."""
        return {action["id"]: action for action in self.record.get("actions", [])} if self.record else {}

    @property
    def gaps_of_version_1(self) -> dict[str, Mapping[str, Any]]:
        """The gaps of a record of version 1, each with its one action."""
        gaps = self.record["gaps"] if self.record and "actions" not in self.record else []
        return {gap["id"]: gap for gap in gaps}

    @property
    def filled_in(self) -> dict[str, Texts]:
        """What partners had proposed: by action, and by gap in version 1."""
        rows = {**self.actions, **self.gaps_of_version_1}
        return {name: row["filled_in"] for name, row in rows.items()}

    @property
    def states(self) -> Mapping[str, Mapping[str, str]]:
        """What partners said at the last merge, by line and partner."""
        return self.record["states"] if self.record else {}

    def basis(self, ref: str) -> Mapping[str, str] | None:
        """What partners said when the group agreed a line's rating, as far as the last merge knew."""
        agreed = self.record["decided"]["agreed"].get(ref) if self.record else None
        return agreed["basis"] if agreed else None

    def agreed(self, ref: str) -> Texts:
        """What the last merge wrote as agreed for a line."""
        return self.typed.agreed.get(ref, {}) if self.typed else {}


class Places(NamedTuple):
    """The places of the new workbook: its lines, its columns' titles by sheet and by field, and its sheets."""

    refs: Set[str]
    titles: Mapping[str, tuple[str, ...]]
    field_titles: Mapping[str, str]
    sheets: tuple[str, ...]
