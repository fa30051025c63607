"""Evidence that reads almost like another partner's: which pairs are named, and which are rightly alike."""

from __future__ import annotations

from icsassess.returns.similarity.near_duplicates import find_near_duplicates

AUDIT = "audit of discharge letters sent within two days and discussed with every ward manager"
NEARLY = AUDIT.replace("discussed", "discussed again")


def owners(number: int) -> list[tuple[str, str]]:
    """Give one partner and file for each of so many texts."""
    return [(f"P{at}", f"P{at}.xlsx") for at in range(number)]


def test_each_entry_is_like_the_first_of_another_partner_that_says_the_same() -> None:
    assert find_near_duplicates([AUDIT, "something else", AUDIT], owners(3)) == {2: (0, 100)}


def test_almost_the_same_words_are_named_with_how_alike_they_are() -> None:
    assert find_near_duplicates([AUDIT, NEARLY], owners(2)) == {1: (0, 96)}


def test_what_twelve_entries_say_is_still_evidence_said_twice() -> None:
    assert find_near_duplicates([AUDIT] * 12, owners(12)) == dict.fromkeys(range(1, 12), (0, 100))


def test_a_phrase_that_more_than_twelve_entries_say_is_left_out() -> None:
    """It is a phrase of the template or of the trade, not evidence that two partners share."""
    assert find_near_duplicates([AUDIT] * 13, owners(13)) == {}
    assert find_near_duplicates([*[AUDIT] * 13, NEARLY], owners(14)) == {}, "nor is anything like such a phrase"


def test_texts_that_name_different_numbers_are_not_alike() -> None:
    first, second = (f"{AUDIT} on ward {number}" for number in (3, 5))
    assert find_near_duplicates([first, second], owners(2)) == {}
    assert find_near_duplicates([first, first], owners(2)) == {1: (0, 100)}


def test_files_of_one_partner_are_versions_of_one_another() -> None:
    versions = [("P", "old.xlsx"), ("P", "new.xlsx")]
    assert find_near_duplicates([AUDIT, NEARLY], versions) == {}
    assert find_near_duplicates([AUDIT, NEARLY], [("P", "one.xlsx")] * 2) == {1: (0, 96)}
