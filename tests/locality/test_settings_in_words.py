"""A hurried hand in locality.toml: the line is named, with what stands there and what to write, in a person's words."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from icsassess.domain.problems import Refusal
from icsassess.locality.locality import open_locality
from icsassess.round.new import new

SETTINGS = """name = "Anytown"
deadline = 2027-01-31

[rules]
combine = "worst"

[[partner]]
code = "NORTH"
name = "Northern hospitals"
aliases = ["North", "NH"]
expected = true

[[partner]]
code = "SOUTH"
name = "Southern practices"
"""
WORDS_OF_PROGRAMS = ("tuple", "pattern", "Invalid", "literal", "string", "boolean", "declaration", "column", "pydantic")


def refused(folder: Path, content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "locality.toml").write_bytes(data)
    with pytest.raises(Refusal) as refusal:
        open_locality(folder)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("07/01/2027", datetime.date(2027, 1, 7)),
        ('"07/01/2027"', datetime.date(2027, 1, 7)),
        ("7 January 2027", datetime.date(2027, 1, 7)),
        ("“7th Jan 2027”", datetime.date(2027, 1, 7)),
        ("31.1.2027 # a Sunday", datetime.date(2027, 1, 31)),
        ("2027-01-31", datetime.date(2027, 1, 31)),
    ],
)
def test_a_date_is_understood_as_people_type_it_the_day_first(typed: str, day: datetime.date, tmp_path: Path) -> None:
    (tmp_path / "locality.toml").write_text(SETTINGS.replace("2027-01-31", typed), encoding="utf-8")
    assert open_locality(tmp_path).settings.deadline == day


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('name = "Anytown"', "name = “Anytown”", 1, ["curly quotation marks", 'name = "Anytown"']),
        ('name = "Anytown"', "name = Anytown", 1, ["no quotation marks", 'name = "Anytown"']),
        ('name = "Anytown"', 'name = "Anytown', 1, ["a quotation mark is missing at the end"]),
        ('name = "Anytown"', 'name = Anytown"', 1, ["a quotation mark is missing at the beginning"]),
        ('name = "Anytown"', 'name "Anytown"', 1, ["no equals sign"]),
        ('name = "Anytown"', "name =", 1, ["nothing behind the equals sign"]),
        ("expected = true", "expected = yes", 11, ["‘yes’", "true or false"]),
        ("expected = true", "expected = True", 11, ["‘True’", "true or false"]),
        ('"North", "NH"]', '"North", "NH"', 10, ["a bracket is missing at the end of the list"]),
        ('"North", "NH"]', '"North" "NH"]', 10, ["a comma is missing in the list"]),
        ("[[partner]]\ncode = \"N", "[[partner]\ncode = \"N", 7, ["the heading lacks a bracket", "[[partner]"]),
        ("[[partner]]\ncode = \"N", "[partner]\ncode = \"N", 7, ["one bracket", "[[partner]]"]),
        ("[rules]", "[rules", 4, ["the heading lacks a bracket", "[rules"]),
        ('name = "Anytown"', 'name = "Anytown"\nname = "Other"', 2, ["‘name’ stands on line 1 already"]),
        ('"SOUTH"', '"North"', 14, ["‘North’ stands on line 8 already"]),
        ('"Southern practices"', '"NH"', 13, ["both NORTH and SOUTH"]),
        ('["North", "NH"]', '"NH"', 10, ["‘aliases’", "A list between square brackets"]),
        ('"SOUTH"', '"S O"', 14, ["‘S O’", "A short code of letters and digits"]),
        ('"worst"', "7", 5, ["‘combine’", "Text between quotation marks"]),
        ("expected = true", "expected = 7", 11, ["‘expected’", "true or false"]),
    ],
)  # fmt: skip
def test_a_faulty_line_is_named_with_what_to_write(
    old: str, new: str, line: int, says: list[str], tmp_path: Path
) -> None:
    assert old in SETTINGS
    words = refused(tmp_path, SETTINGS.replace(old, new, 1))
    assert words.startswith(f"locality.toml, line {line}: ")
    for part in says:
        assert part in words
    assert not [word for word in WORDS_OF_PROGRAMS if word in words]


def test_notepads_unicode_is_named_with_how_to_save_it(tmp_path: Path) -> None:
    words = refused(tmp_path, SETTINGS.encode("utf-16"))
    assert "what Notepad calls Unicode" in words
    assert "Encoding: UTF-8" in words
    assert "quotation mark" not in words


def test_a_letter_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    assert refused(tmp_path, SETTINGS.replace("Southern", "Süd", 1).encode("latin-1")).startswith(
        "locality.toml, line 15: a letter on it was not saved in UTF-8"
    )


def test_settings_that_notepad_gave_a_second_ending_are_named(tmp_path: Path) -> None:
    (tmp_path / "locality.toml.txt").write_text(SETTINGS, encoding="utf-8")
    with pytest.raises(Refusal, match=r"called ‘locality\.toml\.txt’.*Rename it to locality\.toml"):
        open_locality(tmp_path)


def test_a_folder_that_is_not_there_is_not_called_one_without_settings(tmp_path: Path) -> None:
    (tmp_path / "trafford").mkdir()
    (tmp_path / "trafford" / "locality.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.raises(Refusal, match=r"there is no folder of that name.*Did you mean trafford"):
        open_locality(tmp_path / "traford")


TODAY = datetime.date(2026, 11, 27)


def test_a_new_folder_repeats_the_deadline_that_was_understood(tmp_path: Path) -> None:
    result = new(tmp_path / "a", name="A", deadline=datetime.date(2027, 7, 1), today=TODAY)
    assert "The deadline is Thursday 1 July 2027: in a date the day comes before the month." in result.sentences


def test_a_deadline_that_passed_within_a_year_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="the deadline Wednesday 7 January 2026 was 324 days ago"):
        new(tmp_path / "a", name="A", deadline=datetime.date(2026, 1, 7), today=TODAY)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("today", [None, datetime.date(2029, 1, 1)])
def test_one_that_is_meant_is_taken(today: datetime.date | None, tmp_path: Path) -> None:
    new(tmp_path / "a", name="A", deadline=datetime.date(2026, 1, 7), today=today)
    assert open_locality(tmp_path / "a").settings.deadline == datetime.date(2026, 1, 7)
