"""What a group left in a workbook on an earlier version of the framework, brought to the lines of today.

What was renamed is followed. What was split or merged is not decided anew: it stands in a column of its own, to be
confirmed. What has no place any more keeps its old name, with the version, and so is kept where people can see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from icsassess.assessment.actions.names import base_name
from icsassess.assessment.group_edits.decisions import as_read
from icsassess.assessment.group_edits.displaced import KEY
from icsassess.assessment.group_edits.edits import ASSESSMENT, GAPS, CellValue, GroupEdits, StrayEdit, Texts
from icsassess.domain.framework import Framework
from icsassess.domain.gap_ids import GAP_PREFIX, is_gap_id, ref_of_gap
from icsassess.domain.line_mapping import Edition, has_mapping_from, map_line
from icsassess.tables.titles import REF

BEFORE = "Before the framework moved"
"""The column, on both sheets, for what is to be confirmed."""
TO_BE_CONFIRMED = "to be confirmed"


def edition_of(record: Mapping[str, Any], current: Framework) -> Edition | None:
    """Give the earlier edition that a record of the history was made with, where the framework speaks of it."""
    framework = record["framework"]
    edition = Edition(str(framework["id"]), str(framework["version"]))
    return edition if has_mapping_from(current, edition) else None


@dataclass(frozen=True)
class FrameworkMigration:
    """Brings what is named by the lines of an earlier edition to those of today."""

    current: Framework
    edition: Edition
    refs: tuple[str, ...]

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        """The earlier lines that each line of today comes from."""
        sources: dict[str, list[str]] = defaultdict(list)
        for ref in self.refs:
            for current_ref in map_line(self.current, self.edition, ref).refs:
                sources[current_ref].append(ref)
        return sources

    def target(self, key: str) -> str | None:
        """Give the one line or gap that an earlier one is now, None where it is several, shared, or none."""
        prefix, ref = self._parts(key)
        mapping = map_line(self.current, self.edition, ref)
        if mapping.split or not mapping.refs or len(self._sources[mapping.refs[0]]) > 1:
            return None
        return prefix + mapping.refs[0]

    def targets_to_confirm(self, key: str) -> list[str]:
        """Give the lines or gaps to which something of an earlier one is offered: parts of it, or the merged one."""
        prefix, ref = self._parts(key)
        targets = () if self.target(key) else map_line(self.current, self.edition, ref).refs
        return [prefix + target for target in targets]

    def displaced_key(self, key: str) -> str:
        """Give the name under which something without a place is kept: no line of today can have it."""
        return f"{key} of {self.edition.version}"

    @staticmethod
    def _parts(key: str) -> tuple[str, str]:
        return (GAP_PREFIX, ref_of_gap(key)) if is_gap_id(key) else ("", key)

    def _is_key(self, key: str) -> bool:
        return self._parts(key)[1] in self.refs

    def renamed(self, key: str) -> str:
        """Give the key of today for one that is followed, else the name under which it is kept; others as they are."""
        return (self.target(key) or self.displaced_key(key)) if self._is_key(key) else key

    # --- What the group typed

    def typed(self, typed: GroupEdits, titles: Mapping[str, str], filled_in: Mapping[str, Texts]) -> GroupEdits:
        """Give what was typed under the lines of today.

        ``titles`` are the columns' titles by field, ``filled_in`` what the program itself had proposed, by gap: that
        is not offered again.
        """
        migrated = replace(
            typed,
            agreed=self._mapped(typed.agreed),
            actions=self._mapped(typed.actions),
            own_rows=[self._row(row) for row in typed.own_rows],
            own_columns=self._columns(typed.own_columns),
            notes={(sheet, self.renamed(key), title): text for (sheet, key, title), text in typed.notes.items()},
            cells={(sheet, self.renamed(key), title): cell for (sheet, key, title), cell in typed.cells.items()},
            stray_edits=[self._elsewhere(edit) for edit in typed.stray_edits],
            kept=[self._displaced_row(row) for row in typed.kept],
        )
        for sheet, before in ((ASSESSMENT, typed.agreed), (GAPS, typed.actions)):
            for key, texts in before.items():
                self._offer(migrated, sheet, key, _of_the_group(texts, filled_in.get(key, {})), titles)
        return migrated

    def _mapped(self, by_key: Mapping[str, Texts]) -> dict[str, Texts]:
        """Give what is followed, and what has no place under its old name; what is offered stands elsewhere."""
        return {self.renamed(key): texts for key, texts in by_key.items() if not self.targets_to_confirm(key)}

    def _offer(self, migrated: GroupEdits, sheet: str, key: str, texts: Texts, titles: Mapping[str, str]) -> None:
        typed = "; ".join(f"{titles[name]}: {text}" for name, text in texts.items() if text)
        for target in self.targets_to_confirm(key) if typed else ():
            self._put(migrated.own_columns, sheet, BEFORE, target, f"{key}: {typed}: {TO_BE_CONFIRMED}")

    def _columns(self, columns: Mapping[str, Mapping[str, Mapping[str, CellValue]]]) -> dict[str, Any]:
        migrated: dict[str, dict[str, dict[str, CellValue]]] = {}
        for sheet, titles in columns.items():
            for title, by_key in titles.items():
                migrated.setdefault(sheet, {}).setdefault(title, {})
                for key, value in by_key.items():
                    if not (several := self.targets_to_confirm(key) if self._is_key(key) else []):
                        migrated[sheet][title][self.renamed(key)] = value
                    for current_key in several:
                        self._put(migrated, sheet, title, current_key, f"{key}: {value}: {TO_BE_CONFIRMED}")
        return migrated

    @staticmethod
    def _put(columns: dict[str, dict[str, dict[str, CellValue]]], sheet: str, title: str, key: str, text: str) -> None:
        by_key = columns.setdefault(sheet, {}).setdefault(title, {})
        by_key[key] = f"{by_key[key]}\n{text}" if by_key.get(key) else text

    def _row(self, row: Mapping[str, CellValue]) -> Mapping[str, CellValue]:
        """Give a row of the group's own with the Ref of today, where that is one."""
        ref = str(row.get(REF, ""))
        current_ref = self.target(ref) if ref in self.refs else None
        return {**row, REF: current_ref} if current_ref else row

    def _elsewhere(self, edit: StrayEdit) -> StrayEdit:
        return edit._replace(key=self.renamed(edit.key)) if edit.key else edit

    def _displaced_row(self, row: Texts) -> Texts:
        """Let what waits for a line or gap wait for it under its name of today."""
        key = row.get(KEY, "")
        return {**row, KEY: self.renamed(key)} if self._is_key(key) else row

    # --- What the history says

    def record(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Give a record of the history under the lines of today; what is not followed keeps its old name."""
        decided = record["decided"]
        actions = {"actions": [self._action(each) for each in record["actions"]]} if "actions" in record else {}
        return {
            **record,
            **actions,
            "lines": [{**line, "ref": self.renamed(line["ref"])} for line in record["lines"]],
            "gaps": [{**gap, "id": self.renamed(gap["id"]), "ref": self.renamed(gap["ref"])} for gap in record["gaps"]],
            "states": {self.renamed(ref): states for ref, states in record["states"].items()},
            "decided": {**decided, "agreed": {self.renamed(ref): one for ref, one in decided["agreed"].items()}},
        }

    def _action(self, action: Mapping[str, Any]) -> dict[str, Any]:
        """Give an action under the line of today: its name, its gap and its Ref have the line in them."""
        ref, current = action["ref"], self.renamed(action["ref"]) if action["ref"] else action["ref"]
        name = action["id"].replace(base_name(ref, ""), base_name(current, ""), 1) if ref else action["id"]
        return {**action, "id": name, "gap": action["gap"] and self.renamed(action["gap"]), "ref": current}


def _of_the_group(texts: Texts, filled_in: Texts) -> Texts:
    """Give what the group itself typed: all but what the program had proposed."""
    return {name: text for name, text in texts.items() if text and text != as_read(filled_in.get(name, ""))}


def migration_to(record: Mapping[str, Any] | None, current: Framework) -> FrameworkMigration | None:
    """Give what brings the last merge to the framework of today; None where it was made with this one."""
    edition = edition_of(record, current) if record is not None else None
    if edition is None or record is None:
        return None
    return FrameworkMigration(current, edition, tuple(line["ref"] for line in record["lines"]))


def migrated_record(record: Mapping[str, Any], current: Framework) -> Mapping[str, Any]:
    """Give a record under the lines of today, as it is where nothing moved."""
    migration = migration_to(record, current)
    return migration.record(record) if migration is not None else record
