"""Every movement has its cause, and nothing is compared with a time when somebody had not answered yet."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.assessment.events.compare import events_between
from icsassess.assessment.events.model import KINDS, Event
from icsassess.assessment.events.snapshot import PastAction, PastGap, PastLine, PastReturn, Snapshot

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
