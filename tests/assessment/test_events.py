"""Every movement has its cause, and nothing is compared with a time when somebody had not answered yet."""

from __future__ import annotations

import datetime
import json
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.assessment.events.arrivals import arrivals_in_words
from icsassess.assessment.events.compare import events_between, events_of
from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.model import KINDS, Event
from icsassess.assessment.events.snapshot import PastAction, PastGap, PastLine, PastReturn, Snapshot, snapshot_of
from icsassess.assessment.history.model import Changes

REFS = ("Q1-PEX", "Q1-STF", "Q1-PTN")
PARTNERS = ("NORTH", "SOUTH", "EAST")
NO_RETURN = "No return"
case = pytest.param
PARTNER, GROUP = "partner changed", "group decided"
FIRST, SECOND = datetime.date(2024, 1, 3), datetime.date(2024, 1, 10)


def returned(*partners: str) -> tuple[PastReturn, ...]:
    """Returns of these partners; nothing has come from the others."""
    return tuple(
        PastReturn(p, "received", f"returns/{p}.xlsx", p, 3)
        if p in partners
        else PastReturn(p, "outstanding", None, None)
        for p in PARTNERS
    )


def line(ref: str, agreed: str | None = None, moved: bool = False, **ratings: str | None) -> PastLine:
    """A line with these partners' ratings, of others no return; its rating is the worst."""
    asked = {partner: ratings.get(partner, NO_RETURN) for partner in PARTNERS}
    votes = [word for word in ("Red", "Amber", "Green") if word in asked.values()]
    states = {partner: rating or "Left blank" for partner, rating in asked.items()}
    return PastLine(ref, ref, asked, agreed, agreed or (votes[0] if votes else None), moved, states)


def merge(
    *lines: PastLine,
    heard: tuple[str, ...] = ("NORTH",),
    as_at: datetime.date = SECOND,
    gaps: tuple[PastGap, ...] = (),
    actions: tuple[PastAction, ...] = (),
) -> Snapshot:
    """A merge at which these partners had returned."""
    return Snapshot(
        as_at,
        "worst",
        {each.ref: each for each in lines},
        {each.ref: each for each in gaps},
        {each.id: each for each in actions},
        returned(*heard),
    )


def kinds(events: list[Event]) -> list[tuple[str, str | None]]:
    return [(event.kind, event.cause) for event in events]


def test_two_returns_then_three_and_nothing_else_is_one_event() -> None:
    old = merge(line("Q1-PEX", NORTH="Green", SOUTH="Amber"), heard=("NORTH", "SOUTH"), as_at=FIRST)
    new = merge(
        line("Q1-PEX", NORTH="Green", SOUTH="Amber", EAST="Red"),
        heard=PARTNERS,
        gaps=(PastGap("Q1-PEX", ("red",), ("EAST",)),),
        actions=(PastAction("A-Q1-PEX-EAST", "Q1-PEX", "EAST", "Ask", due="2023-12-01", state="overdue"),),
    )
    (event,) = events_between(old, new)
    assert (event.kind, event.cause, event.partner) == ("return received", "return came", "EAST")
    assert event.sentence == (
        "EAST has returned: returns/EAST.xlsx, 3 entries; with it 1 line is worse than the others had put it "
        "and 1 action is proposed."
    )


def test_a_line_falls_where_the_same_partner_changed_its_rating() -> None:
    old = merge(line("Q1-PEX", NORTH="Green"), as_at=FIRST)
    events = events_between(old, merge(line("Q1-PEX", NORTH="Red")))
    assert kinds(events) == [("rating fell", "partner changed"), ("partner fell", "partner changed")]
    assert events[0].sentence == "Q1-PEX fell from Green to Red (NORTH Green → Red)."
    assert (events[0].was, events[0].current) == ("Green", "Red")


def test_a_fall_beside_a_return_that_came_is_told_among_the_partners_heard_both_times() -> None:
    old = merge(line("Q1-PEX", NORTH="Green"), as_at=FIRST)
    new = merge(line("Q1-PEX", NORTH="Amber", SOUTH="Red"), heard=("NORTH", "SOUTH"))
    fell = next(event for event in events_between(old, new) if event.kind == "rating fell")
    assert fell.sentence == (
        "Q1-PEX fell from Green to Amber among the partners heard both times (NORTH Green → Amber)."
    )


def test_what_the_group_agrees_is_a_decision_and_no_fall_or_rise() -> None:
    old = merge(line("Q1-PEX", NORTH="Red"), as_at=FIRST)
    events = events_between(old, merge(line("Q1-PEX", agreed="Amber", NORTH="Red")))
    assert kinds(events) == [("agreed", "group decided")]
    assert events[0].sentence == "Q1-PEX: the group agreed Amber; before it was Red."


def test_an_agreed_rating_stays_and_what_moves_underneath_is_told() -> None:
    old = merge(line("Q1-PEX", agreed="Amber", NORTH="Amber"), as_at=FIRST)
    events = events_between(old, merge(line("Q1-PEX", agreed="Amber", moved=True, NORTH="Red")))
    assert kinds(events) == [("partner fell", "partner changed"), ("changed since agreed", "partner changed")]


def test_a_gap_that_only_grew_old_is_opened_by_time() -> None:
    old = merge(line("Q1-PEX", NORTH="Green"), as_at=FIRST)
    new = merge(line("Q1-PEX", NORTH="Green"), gaps=(PastGap("Q1-PEX", ("stale evidence",), ("NORTH",)),))
    assert kinds(events_between(old, new)) == [("gap opened", "time passed")]


def action(**changes: object) -> PastAction:
    whole = PastAction(
        "A-Q1-PEX-NORTH", "Q1-PEX", "NORTH", "Ask", "Head", "2024-01-05", "Not started", None, None, "planned"
    )
    return whole._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("edit", "kind", "cause", "was", "current"),
    [
        case({"state": "overdue"}, "newly overdue", "time passed", "planned", "overdue", id="time made it late"),
        case({"owner": "Chief"}, "owner changed", PARTNER, "Head", "Chief", id="the partner's owner"),
        case(
            {"owner": "Chief", "typed": frozenset({"owner"})}, "owner changed", GROUP, "Head", "Chief",
            id="the group's owner",
        ),
        case({"due": "2024-03-01"}, "due date changed", PARTNER, "2024-01-05", "2024-03-01", id="day"),
        case({"status": "Delivered"}, "action delivered", PARTNER, "Not started", "Delivered", id="ok"),
        case({"taken_up": True}, "action taken up", GROUP, None, "Yes", id="taken up"),
        case({"taken_up": False}, "action not taken up", GROUP, None, "No", id="not taken up"),
        case({"action": "Ask all"}, "action reworded", PARTNER, "Ask", "Ask all", id="reworded"),
    ],
)  # fmt: skip
def test_an_event_of_an_action_is_of_that_action_alone(
    edit: dict[str, object], kind: str, cause: str, was: str | None, current: str | None
) -> None:
    row = line("Q1-PEX", NORTH="Amber")
    events = events_between(merge(row, actions=(action(),), as_at=FIRST), merge(row, actions=(action(**edit),)))
    assert [(e.kind, e.cause, e.was, e.current, e.action) for e in events] == [
        (kind, cause, was, current, "A-Q1-PEX-NORTH")
    ]


def test_a_decision_is_told_in_the_words_that_the_group_decided_on() -> None:
    row = line("Q1-PEX", NORTH="Amber")
    reworded = action(taken_up=True, action="Ask all")
    taken_up, other_words = events_between(
        merge(row, actions=(action(),), as_at=FIRST), merge(row, actions=(reworded,))
    )
    assert taken_up.sentence.endswith("the group takes this action up: Ask.")
    assert other_words.sentence.endswith("NORTH now words the action: Ask all.")


def test_an_action_of_the_group_and_of_a_partner_heard_before_is_added_and_withdrawn() -> None:
    row = line("Q1-PEX", NORTH="Amber")
    own = PastAction("A-Q1-PEX-GROUP", "Q1-PEX", "group", "Meet", state="incomplete")
    old, new = merge(row, actions=(action(),), as_at=FIRST), merge(row, actions=(own,))
    assert [(e.kind, e.cause, e.action) for e in events_between(old, new)] == [
        ("action added", "group decided", "A-Q1-PEX-GROUP"),
        ("action withdrawn", "partner changed", "A-Q1-PEX-NORTH"),
    ]


def test_a_history_that_knew_one_action_a_gap_tells_nothing_of_actions() -> None:
    row = line("Q1-PEX", NORTH="Amber")
    old = replace(merge(row, as_at=FIRST), knows_actions=False)
    assert events_between(old, merge(row, actions=(action(),))) == []
    changes = Changes("Anytown 2024-01-03", FIRST, "Anytown 2024-01-10", actions_compared=False)
    assert changes.summary == (
        "Since Anytown 2024-01-03: nothing moved that can be compared. "
        "Actions are compared from the next merge on: the one before listed one action a gap."
    )


ratings = st.sampled_from(["Red", "Amber", "Green", "Not assessed", None])
whole_lines = st.fixed_dictionaries({ref: st.fixed_dictionaries(dict.fromkeys(PARTNERS, ratings)) for ref in REFS})


@given(whole_lines, st.sets(st.sampled_from(PARTNERS)), st.sets(st.sampled_from(PARTNERS)))
def test_returns_that_come_and_go_move_no_rating_by_themselves(
    answers: dict[str, dict[str, str | None]], before: set[str], now: set[str]
) -> None:
    def at(heard: set[str]) -> Snapshot:
        lines = (line(ref, **{p: answers[ref][p] for p in heard}) for ref in REFS)
        return merge(*lines, heard=tuple(sorted(heard)))

    events = events_between(at(before), at(now))
    assert {(event.kind, event.partner) for event in events} == {
        *(("return received", partner) for partner in now - before),
        *(("return gone", partner) for partner in before - now),
    }


@given(whole_lines, whole_lines, st.dictionaries(st.sampled_from(REFS), st.sampled_from(["Red", "Amber", "Green"])))
def test_events_are_exactly_the_differences_that_were_made(
    answers: dict[str, dict[str, str | None]], again: dict[str, dict[str, str | None]], agreed: dict[str, str]
) -> None:
    old = merge(*(line(ref, **answers[ref]) for ref in REFS), heard=PARTNERS, as_at=FIRST)
    new = merge(*(line(ref, agreed=agreed.get(ref), **again[ref]) for ref in REFS), heard=PARTNERS)
    events = events_between(old, new)
    of_partners = {(e.ref, e.partner, e.was, e.current) for e in events if e.partner}
    assert of_partners == {
        (ref, partner, answers[ref][partner], again[ref][partner])
        for ref in REFS
        for partner in PARTNERS
        if answers[ref][partner] != again[ref][partner]
    }
    assert {(e.ref, e.current) for e in events if e.kind == "agreed"} == set(agreed.items())
    moved = {e.ref for e in events if e.kind in ("rating fell", "rating rose", "rating gone", "rated")}
    assert moved <= {ref for ref, *_ in of_partners} - set(agreed)
    assert all(event.kind in KINDS for event in events)


# --- Any edits between two merges

WORDS = ("Survey", "Report", "Minutes")
EDITABLE = {"owner": "owner changed", "due": "due date changed", "action": "action reworded"}
VALUES: dict[str, tuple[str | None, ...]] = {
    "owner": ("Head", "Chief", None),
    "due": ("2024-02-01", "2024-03-01", None),
    "action": ("Ask", "Count", "Write"),
}
DECISIONS = {True: "action taken up", False: "action not taken up", None: "action undecided"}


@dataclass
class Round:
    """A merge whose parts are edited one by one: partners' ratings and words, agreed ratings, actions, returns."""

    answers: dict[tuple[str, str], tuple[str | None, str]]
    agreed: dict[str, str | None]
    actions: dict[str, PastAction]
    heard: set[str]

    def snapshot(self, as_at: datetime.date, moved: frozenset[str] = frozenset()) -> Snapshot:
        """The merge as the history has it: what a partner says counts while its return is there."""
        lines = []
        for ref in REFS:
            known = {p: self.answers[ref, p] for p in PARTNERS if p in self.heard}
            whole = line(ref, self.agreed[ref], ref in moved, **{p: rating for p, (rating, _) in known.items()})
            states = {p: f"{rating or 'Left blank'} #{words}" for p, (rating, words) in known.items()}
            lines.append(whole._replace(states=states))
        actions = tuple(a for a in self.actions.values() if a.proposed_by in {*self.heard, "group"})
        return merge(*lines, heard=tuple(sorted(self.heard)), as_at=as_at, actions=actions)


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    answers = {(ref, p): (draw(ratings), draw(st.sampled_from(WORDS))) for ref in REFS for p in PARTNERS}
    agreed = {ref: draw(st.sampled_from([None, "Red", "Amber", "Green"])) for ref in REFS}
    actions = {}
    for ref in REFS:
        for by in (*PARTNERS, "group"):
            if draw(st.booleans()):
                name = f"A-{ref}-{by.upper()}"
                fields = {field: draw(st.sampled_from(values)) for field, values in VALUES.items()}
                actions[name] = PastAction(name, ref, by, state="planned", **fields)  # type: ignore[arg-type]
    return Round(answers, agreed, actions, set(draw(st.sets(st.sampled_from(PARTNERS)))))


Expected = set[tuple[str, str, str | None, str | None, str | None]]


def edit(draw: st.DrawFn, before: Round) -> tuple[Round, Expected]:
    """Edit a merge anyhow, and say what moved by that: kind, cause, ref or action or partner, was, is."""
    after = deepcopy(before)
    expected: Expected = set()
    after.heard = set(draw(st.sets(st.sampled_from(PARTNERS))))
    both = before.heard & after.heard
    for partner in PARTNERS:
        if partner in after.heard - before.heard:
            expected.add(("return received", "return came", partner, None, f"returns/{partner}.xlsx"))
        if partner in before.heard - after.heard:
            expected.add(("return gone", "return gone", partner, f"returns/{partner}.xlsx", None))
    for key in draw(st.sets(st.sampled_from(sorted(after.answers)))):
        was, after.answers[key] = after.answers[key], (draw(ratings), draw(st.sampled_from(WORDS)))
        if key[1] in both and was[0] != after.answers[key][0]:
            expected.add(("partner", PARTNER, " ".join(key), was[0], after.answers[key][0]))
    for ref in draw(st.sets(st.sampled_from(REFS))):
        was_agreed, after.agreed[ref] = after.agreed[ref], draw(st.sampled_from([None, "Red", "Amber", "Green"]))
        if was_agreed != after.agreed[ref]:
            expected.add(("agreed" if after.agreed[ref] else "agreement taken back", GROUP, ref, None, None))
    for name in draw(st.sets(st.sampled_from(sorted(after.actions)))) if after.actions else ():
        action = after.actions[name]
        counts = action.proposed_by in {*both, "group"}
        how = draw(st.sampled_from([*VALUES, "taken up", "gone", "typed", "late"]))
        cause = GROUP if action.proposed_by == "group" else PARTNER
        if how == "gone":
            del after.actions[name]
            kind, was_value, value = "action withdrawn", action.action, None
        elif how == "taken up":
            decision = draw(st.sampled_from([True, False]))
            after.actions[name] = action._replace(taken_up=decision)
            kind, cause, was_value, value = DECISIONS[decision], GROUP, None, "Yes" if decision else "No"
        elif how == "late":
            after.actions[name] = action._replace(state="overdue")
            kind, cause, was_value, value = "newly overdue", "time passed", "planned", "overdue"
        else:
            field = "owner" if how == "typed" else how
            was_value = getattr(action, field)
            value = draw(st.sampled_from([v for v in VALUES[field] if v != was_value]))
            typed = frozenset({field} if how == "typed" else ())
            after.actions[name] = action._replace(**{field: value}, typed=typed)  # type: ignore[arg-type]
            kind, cause = EDITABLE[field], GROUP if how == "typed" else cause
        if counts:
            expected.add((kind, cause, name, was_value, value))
    if draw(st.booleans()):
        after.actions["A-NEW"] = PastAction("A-NEW", "Q1-PEX", draw(st.sampled_from((*both, "group"))), "New")
        new = after.actions["A-NEW"]
        expected.add(("action added", GROUP if new.proposed_by == "group" else PARTNER, "A-NEW", None, "New"))
    return after, expected


@given(st.data())
def test_whatever_is_edited_between_two_merges_is_told_once_with_its_cause_and_nothing_else(
    data: st.DataObject,
) -> None:
    before = data.draw(rounds())
    after, expected = edit(data.draw, before)
    both = before.heard & after.heard
    changed = {ref for ref, p in before.answers if p in both and before.answers[ref, p] != after.answers[ref, p]}
    moved = frozenset(ref for ref in changed if after.agreed[ref] == before.agreed[ref] is not None)
    events = events_between(before.snapshot(FIRST), after.snapshot(SECOND, moved))
    of_lines = ("rating fell", "rating rose", "rated", "rating gone", "rating changed")
    listed = [told(event) for event in events if event.kind not in (*of_lines, "changed since agreed")]
    assert sorted(map(str, listed)) == sorted(map(str, expected)), "each once"
    assert {event.ref for event in events if event.kind == "changed since agreed"} == moved
    for event in events:
        if event.kind in of_lines:
            assert event.cause == PARTNER
            assert event.ref in changed
            assert before.agreed[event.ref] is None is after.agreed[event.ref]
            assert (event.was, event.current) == tuple(worst(one, event.ref, both) for one in (before, after))


def told(event: Event) -> tuple[str, str, str | None, str | None, str | None]:
    """An event as `edit` expects it."""
    if event.kind.startswith("partner "):
        return "partner", event.cause, f"{event.ref} {event.partner}", event.was, event.current
    if event.kind.startswith("agree"):
        return event.kind, event.cause, event.ref, None, None
    return event.kind, event.cause, event.action or event.partner, event.was, event.current


def worst(one: Round, ref: str, partners: set[str]) -> str | None:
    votes = {one.answers[ref, partner][0] for partner in partners}
    return next((word for word in ("Red", "Amber", "Green", "Not assessed") if word in votes), None)


# --- The history of version 1


def test_a_history_of_version_1_is_compared_and_nothing_of_its_one_action_a_gap() -> None:
    folder = Path(__file__).parents[1] / "samples" / "history of version 1"
    old, new = (json.loads((folder / f"{day}.json").read_text("utf-8")) for day in ("2023-12-22", "2024-01-10"))
    comparison = Comparison(snapshot_of(old), snapshot_of(new))
    events = events_of(comparison)
    assert arrivals_in_words(comparison) == (
        "6 returns came; with them 21 ratings are worse than two partners alone had put them."
    )
    of_ratings = ("partner", "rating", "agreed", "changed")
    assert [(e.kind, e.ref, e.partner) for e in events if e.kind.startswith(of_ratings)] == [
        ("partner fell", "Q6-PRO", "SAF"),
        ("changed since agreed", "Q6-PRO", None),
        ("agreed", "Q6-PRO", None),
        ("agreed", "I3-PRO", None),
        ("agreed", "L4-PTN", None),
    ]  # fmt: skip
    assert {e.kind for e in events if e.kind.startswith(("action", "owner", "due", "newly"))} == set()
    assert [(e.kind, e.ref, e.cause) for e in events if e.kind.startswith("gap")] == [("gap opened", "L4-PTN", GROUP)]
    assert sum(e.kind == "return received" for e in events) == 6
    assert {each.unsettled for each in comparison.old.lines.values()} == {None}, "version 1 does not say"


def test_a_reason_that_version_1_did_not_keep_is_no_movement() -> None:
    was = line("Q1-PEX", NORTH="Not applicable")._replace(unsettled=None)
    now = line("Q1-PEX", NORTH="Not applicable")._replace(unsettled=frozenset({"NORTH"}))
    assert events_between(merge(was, as_at=FIRST), merge(now)) == []


def test_an_action_that_was_withdrawn_before_is_in_the_history_by_name_only() -> None:
    folder = Path(__file__).parents[1] / "samples" / "history of version 1"
    content = json.loads((folder / "2024-01-10.json").read_text("utf-8"))
    withdrawn = {"id": "A-Q1-PEX-PC", "action": "Ask", "current": False}
    snapshot = snapshot_of({**content, "actions": [withdrawn]})
    assert (dict(snapshot.actions), snapshot.knows_actions) == ({}, True)


# --- Causes of gaps, and what a return brought


@pytest.mark.parametrize(
    ("was", "now", "reasons", "partners", "heard", "cause"),
    [
        case({"NORTH": "Green"}, {"NORTH": "Green", "SOUTH": "Amber"}, ("amber",), ("SOUTH",), ("NORTH", "SOUTH"), None,
             id="a return came that makes it a gap"),
        case({"NORTH": "Green"}, {"NORTH": "Green", "SOUTH": "Green"}, ("stale evidence",), ("NORTH",),
             ("NORTH", "SOUTH"), "time passed", id="one grew old while another came"),
        case({"NORTH": "Green"}, {"NORTH": "Red"}, ("red",), ("NORTH",), ("NORTH",), PARTNER, id="a partner's rating"),
        case({"NORTH": "Green"}, {"NORTH": "Green"}, ("amber",), ("NORTH",), ("NORTH",), "settings changed",
             id="nobody changed anything"),
    ],
)  # fmt: skip
def test_a_gap_has_the_cause_that_opened_it(
    was: dict[str, str],
    now: dict[str, str],
    reasons: tuple[str, ...],
    partners: tuple[str, ...],
    heard: tuple[str, ...],
    cause: str | None,
) -> None:
    old = merge(line("Q1-PEX", **was), as_at=FIRST)
    new = merge(line("Q1-PEX", **now), heard=heard, gaps=(PastGap("Q1-PEX", reasons, partners),))
    assert [e.cause for e in events_between(old, new) if e.kind == "gap opened"] == ([cause] if cause else [])


def test_what_a_partner_states_anew_in_another_return_opens_the_gap() -> None:
    row = line("Q1-PEX", NORTH="Green")
    new = merge(row, gaps=(PastGap("Q1-PEX", ("stated by partner",), ("NORTH",)),))
    again = replace(new, returns=tuple(each._replace(sha256="another") for each in new.returns))
    opened = [e for e in events_between(merge(row, as_at=FIRST), again) if e.kind == "gap opened"]
    assert [(e.cause, e.sentence) for e in opened] == [(PARTNER, "Q1-PEX has become a gap: stated by partner.")]


def test_an_agreed_rating_stays_with_a_return_that_came_and_is_to_be_looked_at_again() -> None:
    old = merge(line("Q1-PEX", agreed="Amber", NORTH="Amber"), as_at=FIRST)
    new = merge(line("Q1-PEX", agreed="Amber", moved=True, NORTH="Amber", SOUTH="Red"), heard=("NORTH", "SOUTH"))
    (event,) = events_between(old, new)
    assert event.sentence == (
        "SOUTH has returned: returns/SOUTH.xlsx, 3 entries; with it 1 agreed rating is to be looked at again."
    )


def test_other_settings_are_a_cause_of_their_own() -> None:
    row = line("Q1-PEX", NORTH="Green", SOUTH="Green", EAST="Red")
    old = merge(row, heard=PARTNERS, as_at=FIRST)
    new = replace(merge(row._replace(rating="Green"), heard=PARTNERS), combine="majority")
    assert [(e.kind, e.cause) for e in events_between(old, new)] == [("rating rose", "settings changed")]


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        case(("EAST",), "1 return came; with it 1 rating is worse than one partner alone had put it.", id="one"),
        case(("EAST", "SOUTH"),
             "2 returns came; with them 1 rating is worse and 1 better than one partner alone had put them.", id="two"),
        case((), "", id="none"),
    ],
)  # fmt: skip
def test_returns_that_came_are_one_sentence(came: tuple[str, ...], sentence: str) -> None:
    def lines(heard: tuple[str, ...]) -> list[PastLine]:
        answers = {"NORTH": ("Green", "Amber"), "EAST": ("Red", None), "SOUTH": (None, "Amber")}
        return [line(ref, **{p: answers[p][at] for p in heard}) for at, ref in enumerate(REFS[:2])]

    old = merge(*lines(("NORTH",)), as_at=FIRST)
    new = replace(merge(*lines(("NORTH", *came)), heard=("NORTH", *came)), combine="worst")
    if "SOUTH" in came:  # the most say Green, where one alone says Amber
        better = line("Q1-STF", NORTH="Amber", EAST="Green", SOUTH="Green")
        new = replace(new, combine="majority", lines={**new.lines, "Q1-STF": better})
        new = replace(new, lines={**new.lines, "Q1-PEX": line("Q1-PEX", NORTH="Green", EAST="Red", SOUTH="Red")})
    assert arrivals_in_words(Comparison(old, new)) == sentence
