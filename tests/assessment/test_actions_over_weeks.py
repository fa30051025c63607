"""Whatever partners and group do over ten weeks: nothing typed about an action is lost; names keep their meaning."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icsassess.assessment.group_edits.edits import ACTIONS, GAPS
from icsassess.locality.locality import Locality
from icsassess.returns.checking.check import Checked
from icsassess.tables.records import Entry
from tests.support.frameworks import made_up, small_framework
from tests.support.returns_dsl import checked, fill_in, locality_of, row
from tests.support.weeks_in_memory import Weeks

pytestmark = pytest.mark.slow

NORTH = """
    Ref    | Evidence | RAG   | Gap       | Action           | Owner   | Due date
    Q1-PEX | Report   | Red   | No voices | Ask every carer  | Head    | 2024-03-29
    Q1-STF | Survey   | Amber | No nights | Train the nights |         |
"""


class Partners:
    """Two partners whose returns hold actions, changed from week to week; what is read of them, without files."""

    def __init__(self, read: Checked, dice: random.Random) -> None:
        self.read, self.dice = read, dice
        self.actions: dict[tuple[str, str], list[dict[str, str]]] = {}
        for partner in ("NORTH", "SOUTH"):
            for ref in ("Q1-PEX", "Q1-STF", ""):
                self.actions[partner, ref] = [self.action() for _ in range(dice.randint(0, 3))]

    def action(self) -> dict[str, str]:
        """Make up an action that is like no other."""
        words = ["".join(self.dice.choices(ascii_lowercase, k=8)) for _ in range(5)]
        return {"action": " ".join(words), "owner": self.dice.choice(["", "Head", "Lead"])}

    def move(self) -> None:
        """Let a week go by: actions come and go, are reordered, and get other words at their end or another owner."""
        for actions in self.actions.values():
            self.dice.shuffle(actions)
            if actions and self.dice.random() < 0.3:
                actions.pop()
            if self.dice.random() < 0.3:
                actions.append(self.action())
            for action in actions:
                if self.dice.random() < 0.3:
                    words = action["action"].split()[:5]
                    action["action"] = " ".join([*words, self.dice.choice(["soon", "now"])])
                if self.dice.random() < 0.3:
                    action["owner"] = self.dice.choice(["", "Head", "Lead", "Clerk"])

    def checked(self) -> Checked:
        """Give the returns as they would be read now."""
        like = {entry.partner: entry for entry in self.read.entries}
        entries: list[Entry] = list(self.read.entries)
        entries = [entry._replace(action="", owner="", due=None, due_typed="") for entry in entries]
        for (partner, ref), actions in self.actions.items():
            for number, action in enumerate(actions):
                blank = like[partner]._replace(ref=ref, row=100 + number, rating="", evidence="", gap="")
                entries.append(blank._replace(**action, due=None, due_typed="", status=""))
        return Checked(self.read.returns, entries, self.read.lines)


class Group:
    """The group at its actions: what it typed last into each, that it has to find again there or among what is kept."""

    def __init__(self, weeks: Weeks, dice: random.Random) -> None:
        self.weeks, self.dice, self.marks = weeks, dice, 0
        self.fields: dict[tuple[str, str], str] = {}
        self.beside: dict[tuple[str, str], str] = {}
        self.own: list[tuple[str, str]] = []
        self.names: dict[str, tuple[str, str]] = {}
        self.taken_out: set[str] = set()

    def mark(self) -> str:
        self.marks += 1
        return f"mark{self.marks}"

    def work(self) -> None:
        for name in list(self.weeks.typed.actions):
            chance = self.dice.random()
            if chance < 0.3:
                field = self.dice.choice(["owner", "accountable", "update", "why_not", "evidenced_by", "action"])
                self.fields[name, field] = self.mark()
                self.weeks.type(name, **{field: self.fields[name, field]})
            elif chance < 0.45:
                self.fields[name, "taken_up"] = self.dice.choice(["Yes", "No"])
                self.weeks.type(name, taken_up=self.fields[name, "taken_up"])
            elif chance < 0.5:
                self.beside[ACTIONS, name] = self.mark()
                self.weeks.beside(ACTIONS, name, self.beside[ACTIONS, name])
            elif chance < 0.55:
                self.weeks.delete(name)
                if "-GROUP" in name or name.startswith("A-GROUP"):
                    self.taken_out.add(name)
        for gap in self.weeks.typed.covered:
            if self.dice.random() < 0.1:
                self.weeks.typed.covered[gap] = "Yes"
                self.beside[GAPS, gap] = self.mark()
                self.weeks.beside(GAPS, gap, self.beside[GAPS, gap])
        if self.dice.random() < 0.4:
            ref = self.dice.choice(["Q1-PEX", "Q1-OUT", "", "nowhere"])
            self.own += [(self.mark(), self.mark())]
            self.weeks.add(ref, action=self.own[-1][0], update=self.own[-1][1])

    def lost(self) -> list[str]:
        """Give what the group typed and cannot find any more."""
        merged, kept = self.weeks.merged, Counter(self.weeks.kept())
        assert merged is not None
        texts = {text for _, _, text in kept}
        lost = []
        for (name, field), text in self.fields.items():
            action = self.weeks.actions.get(name)
            here = action is not None and getattr(action, field) == text
            if not here and name not in self.taken_out and (action is not None or text not in texts):
                lost.append(f"{name} {field} {text}")
        for (table, key), text in self.beside.items():
            columns = merged.carried.own_columns.get(table, {}).get("Ours", {})
            if columns.get(key) != text and key not in self.taken_out and text not in texts:
                lost.append(f"{table} {key} {text}")
        return lost + self._lost_rows()

    def _lost_rows(self) -> list[str]:
        """Give the group's own rows that it has neither typed over nor taken out, and that are not there."""
        rows = {(action.action, action.update): name for name, action in self.weeks.actions.items()}
        self.names |= {name: row for row, name in rows.items() if row in self.own}
        never = [row for row in self.own if row not in self.names.values()]
        gone = self.taken_out | {name for name, _ in self.fields}
        return [f"own row {row}" for row in never] + [
            f"{name} {row}" for name, row in self.names.items() if name not in gone and row not in rows
        ]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Locality, Checked]:
    """Give a locality with the returns of two partners, read once."""
    made = locality_of(tmp_path_factory.mktemp("weeks"), {"NORTH": "Q1", "SOUTH": "Q1"})
    locality = Locality(made.folder, made.settings, small_framework(made.framework, {"Q1"}, "small"))
    for partner in ("NORTH", "SOUTH"):
        fill_in(locality, NORTH, partner=partner, file=f"{partner}.xlsx")
    return locality, checked(locality)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_nothing_that_the_group_types_about_an_action_is_lost_over_ten_weeks(
    read: tuple[Locality, Checked], seed: int
) -> None:
    dice = random.Random(seed)
    weeks = Weeks(read[0])
    partners, group = Partners(read[1], dice), Group(weeks, dice)
    wordings: dict[str, list[str]] = {}
    for _ in range(10):
        weeks.checked = partners.checked()
        merged = weeks.merge()
        assert group.lost() == []
        proposed = Counter(
            (who, ref, action["action"]) for (who, ref), actions in partners.actions.items() for action in actions
        )
        filled_in = merged.register.filled_in
        current = [action for action in merged.actions if action.file]
        listed = Counter((a.proposed_by, a.ref, filled_in[a.id]["action"]) for a in current)
        assert listed == proposed, "every action that is proposed is listed once, and nothing else"
        assert len({action.id for action in merged.actions}) == len(merged.actions)
        for action in current:
            words = filled_in[action.id]["action"].split()[:5]
            assert wordings.setdefault(action.id, words) == words, "a name never passes to another action"
        group.work()
        partners.move()


def test_a_newer_framework_takes_actions_along_with_their_lines(tmp_path: Path) -> None:
    made = locality_of(tmp_path, {"NORTH": {"returns": "one"}})
    weeks = Weeks(Locality(made.folder, made.settings, made_up("1")))
    answers = """
    Ref    | Evidence | RAG   | Gap  | Action       | Owner
    A1-DOC | Report   | Red   | Old  | Renew report | Head
    B1-DOC | List     | Amber | Thin | Thicken list | Head
    B3-DOC | Plan     | Red   | None | Paint lines  | Head
    """
    fill_in(weeks.locality, answers, partner="NORTH", file="NORTH.xlsx")
    weeks.merge()
    weeks.type("A-A1-DOC-NORTH", update="Begun")
    weeks.type("A-B1-DOC-NORTH", update="Half thick")
    weeks.type("A-B3-DOC-NORTH", update="Bought paint")
    weeks.add("A1-DOC", action="Ours on A1")
    weeks.add("B1-DOC", action="Ours on B1")
    weeks.merge()
    weeks.locality = Locality(made.folder, made.settings, made_up("2"))
    for _ in range(2):
        merged = weeks.merge()
        followed = weeks.actions["A-A5-DOC-NORTH"]
        assert (followed.action, followed.update, followed.ref) == ("Renew report", "Begun", "A5-DOC")
        assert weeks.actions["A-A5-DOC-GROUP"].action == "Ours on A1"
        own = weeks.actions["A-B1-DOC of 1-GROUP"]
        assert (own.action, own.ref, own.gap) == ("Ours on B1", "B1-DOC of 1", "")
        offered = merged.carried.own_columns[GAPS]["Before the framework moved"]
        assert {key: "Update: Half thick" in text for key, text in offered.items()} == {
            "G-B1-DOC": True, "G-B5-DOC": True,
        }  # fmt: skip
        kept = {(key, title): text for key, title, text in weeks.kept()}
        assert kept["A-B3-DOC of 1-NORTH", "Update"] == "Bought paint"
    assert row(merged.gaps, ref="A5-DOC").actions == ("A-A5-DOC-NORTH", "A-A5-DOC-GROUP")
