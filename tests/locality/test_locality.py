"""A locality's settings: what may be left out, what is refused with its line, and which files are returns."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from icsassess.domain.problems import Problem, Refusal
from icsassess.locality.locality import Locality, file_name, open_locality, partner_with_code

SETTINGS = """name = "Anytown"
system = "NHS Somewhere"
framework = "cqc-ics-2023"
template = "stockport"
deadline = 2024-01-31
marking = "OFFICIAL"

[sign_off]
role = "Director"

[rules]
combine = "majority"
evidence_max_age_months = 6

[[partner]]
code = "NORTH"
name = "Northern Trust"
aliases = ["Northern Hospitals"]

[[partner]]
code = "SOUTH"
name = "Southern Practice"
statements = ["Q1", "I2"]
expected = false
"""


def opened(folder: Path, text: str) -> Locality:
    (folder / "locality.toml").write_text(text, encoding="utf-8")
    return open_locality(folder)


def refused(folder: Path, text: str) -> Problem:
    with pytest.raises(Refusal) as found:
        opened(folder, text)
    return found.value.problem


def test_settings_are_read(tmp_path: Path) -> None:
    place = opened(tmp_path, SETTINGS)
    assert (place.name, place.framework.id) == ("Anytown", "cqc-ics-2023")
    assert place.settings.rules.combine == "majority"
    north, south = place.partners
    assert (len(place.lines_of(north)), len(place.lines_of(south))) == (102, 12)
    assert (north.expected, south.expected) == (True, False)


def test_only_name_deadline_and_partners_are_needed(tmp_path: Path) -> None:
    place = opened(tmp_path, 'name = "A"\ndeadline = 2024-01-31\n[[partner]]\ncode = "N"\nname = "North"\n')
    settings = place.settings
    assert (settings.framework, settings.template, settings.marking) == (
        "cqc-ics-2023",
        "stockport",
        "OFFICIAL-SENSITIVE",
    )
    assert settings.sign_off.role == "Associate Director of Nursing and Quality"
    assert (settings.rules.combine, settings.rules.evidence_max_age_months) == ("worst", 12)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        pytest.param("marking =", "markin =", 6, ["‘markin’", "Did you mean ‘marking’?"], id="an unknown setting"),
        pytest.param(
            "deadline =", "deadlin =", 5, ["‘deadlin’", "Did you mean ‘deadline’?"], id="a needed one misspelt"
        ),
        pytest.param("role =", "rol =", 9, ["‘rol’", "Did you mean ‘role’?"], id="an unknown one of a part"),
        pytest.param("[rules]", "[ruls]", 11, ["‘ruls’", "Did you mean ‘rules’?"], id="an unknown part"),
        pytest.param('name = "Southern', 'nam = "Southern', 22, ["‘nam’", "‘name’"], id="a misspelt one of a partner"),
        pytest.param(
            "aliases =", "alias =", 18, ["‘alias’", "Did you mean ‘aliases’?"], id="an unknown one of a partner"
        ),
        pytest.param('system = "NHS Somewhere"', "system = 7", 2, ["‘system’", "7"], id="a number for a text"),
        pytest.param("= 2024-01-31", '= "end of January"', 5, ["‘deadline’"], id="words for a date"),
        pytest.param("= 2024-01-31", "= 2024-13-31", 5, [], id="a date that does not exist"),
        pytest.param('"majority"', '"best"', 12, ["‘combine’", "worst", "majority"], id="a rule that is none"),
        pytest.param("months = 6", "months = 0", 13, ["‘evidence_max_age_months’"], id="no months"),
        pytest.param("months = 6", 'months = "six"', 13, ["‘evidence_max_age_months’"], id="months in words"),
        pytest.param("expected = false", 'expected = "perhaps"', 24, ["‘expected’"], id="neither true nor false"),
        pytest.param('"SOUTH"', '"SOUTH PRACTICE 1"', 21, ["‘code’"], id="a code with spaces"),
        pytest.param('"cqc-ics-2023"', '"cqc-ics-2032"', 3, ["‘cqc-ics-2032’", "cqc-ics-2023"], id="no such framework"),
        pytest.param('"stockport"', '"stokport"', 4, ["Did you mean stockport?"], id="no such template"),
        pytest.param('"I2"]', '"I9"]', 23, ["‘I9’", "SOUTH", "I3"], id="no such statement"),
        pytest.param('["Q1", "I2"]', "[]", 23, ["‘statements’"], id="no statements at all"),
        pytest.param('["Q1", "I2"]', '"Q1"', 23, ["‘statements’"], id="a text for a list"),
        pytest.param('"Anytown"', '"Anytown', 1, [], id="a quotation mark missing"),
        pytest.param('code = "SOUTH"\n', "", 20, ["‘code’"], id="a partner without a code"),
        pytest.param("[rules]\ncombine", "rules.combin", 11, ["‘combin’"], id="an unknown one with a dot"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_line(
    old: str, new: str, line: int, says: list[str], tmp_path: Path
) -> None:
    text = SETTINGS.replace(old, new, 1)
    if new.startswith("rules."):
        text = text.replace("[sign_off]\nrole", "sign_off.role")
        line = next(number for number, found in enumerate(text.splitlines(), 1) if "combin" in found)
    found = str(refused(tmp_path, text))
    assert "locality.toml" in found
    assert f"line {line}" in found
    for part in says:
        assert part in found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param('name = "Anytown"\n', "", "‘name’", id="no name"),
        pytest.param("deadline = 2024-01-31\n", "", "‘deadline’", id="no deadline"),
        pytest.param(SETTINGS[SETTINGS.index("[[partner]]") :], "", "partner", id="no partner"),
        pytest.param('"SOUTH"', '"north"', "north", id="a code twice"),
        pytest.param('"Southern Practice"', '"Northern hospitals"', "northern hospitals", id="a name that is an alias"),
    ],
)
def test_what_is_missing_or_means_two_things_is_refused_by_name(old: str, new: str, says: str, tmp_path: Path) -> None:
    found = str(refused(tmp_path, SETTINGS.replace(old, new, 1)))
    assert "locality.toml" in found
    assert says in found


def test_a_folder_without_settings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as found:
        open_locality(tmp_path)
    assert found.value.problem.code == "folder-not-a-locality"


def test_settings_saved_by_notepad_are_read(tmp_path: Path) -> None:
    (tmp_path / "locality.toml").write_bytes(b"\xef\xbb\xbf" + SETTINGS.replace("\n", "\r\n").encode())
    assert open_locality(tmp_path).name == "Anytown"


def test_a_partner_is_found_by_its_code_whatever_its_capitals(tmp_path: Path) -> None:
    place = opened(tmp_path, SETTINGS)
    assert partner_with_code(place, "south").code == "SOUTH"
    with pytest.raises(Refusal) as found:
        partner_with_code(place, "NROTH")
    assert "Did you mean NORTH?" in str(found.value.problem)


def test_the_as_at_date_is_as_asked_else_as_set_else_today(tmp_path: Path) -> None:
    asked, set_to = datetime.date(2024, 1, 3), datetime.date(2024, 1, 10)
    with_date = opened(tmp_path, SETTINGS.replace("deadline", "as_at = 2024-01-10\ndeadline", 1))
    assert (with_date.as_at(asked), with_date.as_at(None)) == (asked, set_to)
    assert opened(tmp_path, SETTINGS).as_at(None) == datetime.date.today()


def test_returns_are_all_files_but_temporary_ones_in_a_fixed_order(tmp_path: Path) -> None:
    place = opened(tmp_path, SETTINGS)
    for name in ["b.xlsx", "a.xlsx", "sub/c.ods", "~$a.xlsx", ".~lock.a.xlsx#", ".DS_Store", "Thumbs.db", ".git/x"]:
        path = place.make_sub_folder("returns") / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert [place.relative(path) for path in place.return_files()] == [
        "returns/a.xlsx",
        "returns/b.xlsx",
        "returns/sub/c.ods",
    ]


def test_a_locality_without_a_folder_of_returns_has_none(tmp_path: Path) -> None:
    assert opened(tmp_path, SETTINGS).return_files() == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A/B: C*?", "A B C"),
        ('  "Quoted" <x> | y\\z ', "Quoted x y z"),
        ("ends in a dot.", "ends in a dot"),
        ("///", "unnamed"),
        ("x" * 200, "x" * 80),
        ("Zażółć", "Zażółć"),
    ],
)
def test_a_name_becomes_a_files_name_that_every_system_accepts(text: str, name: str) -> None:
    assert file_name(text) == name


def test_to_ask_for_a_sub_folder_makes_none(tmp_path: Path) -> None:
    place = opened(tmp_path, SETTINGS)
    assert place.sub_folder("reports") == tmp_path / "reports"
    assert not (tmp_path / "reports").exists()
    assert place.make_sub_folder("reports").is_dir()
    assert place.make_sub_folder("reports").is_dir(), "it may be there"
