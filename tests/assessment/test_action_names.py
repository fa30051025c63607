"""An action keeps its name, whatever a partner does with its rows, and a name never passes to another action."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from icsassess.assessment.actions.names import NamedAction, Proposal, base_name, name_proposals

BASE = "A-Q1-PEX-MFT"
CLINICS = Proposal("Ask the clinics for their last survey", "Matron", "2024-03-31")
PANEL = Proposal("Set up a panel of people with lived experience", "Head of engagement", "2024-05-31")


def named(*actions: tuple[str, Proposal]) -> list[NamedAction]:
    return [NamedAction(name, proposal) for name, proposal in actions]


def test_the_first_action_has_the_name_of_line_and_partner_and_further_ones_a_number() -> None:
    assert base_name("Q1-PEX", "MFT") == BASE
    assert base_name("Q1-PEX", "group") == "A-Q1-PEX-GROUP"
    assert name_proposals(BASE, [CLINICS, PANEL], []) == [BASE, f"{BASE}-2"]


def test_rows_in_another_order_keep_their_names() -> None:
    earlier = named((BASE, CLINICS), (f"{BASE}-2", PANEL))
    assert name_proposals(BASE, [PANEL, CLINICS], earlier) == [f"{BASE}-2", BASE]


def test_a_reworded_action_keeps_its_name() -> None:
    reworded = Proposal("Ask all clinics for their last survey and its results", "Deputy matron", "2024-04-30")
    assert name_proposals(BASE, [PANEL, reworded], named((BASE, CLINICS))) == [f"{BASE}-2", BASE]


def test_other_words_by_the_same_role_for_the_same_day_are_the_same_action() -> None:
    other_words = Proposal("Survey results: collect", "Matron", "2024-03-31")
    assert name_proposals(BASE, [other_words], named((BASE, CLINICS))) == [BASE]


def test_something_else_in_its_place_is_a_new_action() -> None:
    assert name_proposals(BASE, [PANEL], named((BASE, CLINICS))) == [f"{BASE}-2"]


def test_a_name_that_was_given_once_is_never_given_to_something_else() -> None:
    withdrawn = [NamedAction(BASE, CLINICS, current=False), NamedAction(f"{BASE}-2", PANEL, current=False)]
    new = Proposal("Buy a kiosk for the waiting room")
    assert name_proposals(BASE, [new], withdrawn) == [f"{BASE}-3"]


def test_a_withdrawn_action_that_comes_back_in_the_same_words_is_the_same_again() -> None:
    withdrawn = [NamedAction(BASE, CLINICS, current=False)]
    assert name_proposals(BASE, [CLINICS], withdrawn) == [BASE]
    much_alike = CLINICS._replace(action="Ask the clinics for their last survey again")
    assert name_proposals(BASE, [much_alike], withdrawn) == [f"{BASE}-2"], (
        "what was withdrawn is not alike, but the same"
    )


proposals = st.lists(
    st.builds(
        Proposal, st.text("abcde ", min_size=1), st.sampled_from(["", "Matron"]), st.sampled_from(["", "2024-01-31"])
    ),
    max_size=5,
)


@given(proposals, proposals)
def test_names_are_given_once_each(first: list[Proposal], second: list[Proposal]) -> None:
    names = name_proposals(BASE, first, [])
    earlier = named(*zip(names, first, strict=True))
    again = name_proposals(BASE, second, earlier)
    assert len(set(names)) == len(first)
    assert len(set(again)) == len(second)


@given(proposals, st.randoms(use_true_random=False))
def test_any_order_of_different_actions_gives_each_its_name(first: list[Proposal], random: object) -> None:
    different = list({proposal.action.strip(): proposal for proposal in first}.values())
    earlier = named(*zip(name_proposals(BASE, different, []), different, strict=True))
    name_of = {action.proposal: action.name for action in earlier}
    shuffled = list(different)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert name_proposals(BASE, shuffled, earlier) == [name_of[proposal] for proposal in shuffled]
