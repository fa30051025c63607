"""Frameworks as data: what ships is complete, a third one is a new file and nothing else, a faulty one is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from icsassess.domain import framework as module
from icsassess.domain.framework import VERIFIED_MEANS, framework, framework_ids
from icsassess.domain.problems import Refusal
from icsassess.returns.matching.line_titles import find_category, find_statement
from icsassess.support import data_files
from icsassess.support.data_files import templates_folder
from icsassess.support.text import words

ICS, LA = framework("cqc-ics-2023"), framework("cqc-la-2023")


def test_two_frameworks_ship() -> None:
    assert framework_ids() == ["cqc-ics-2023", "cqc-la-2023"]


def test_the_one_for_integrated_care_systems_has_3_themes_17_statements_6_categories_and_102_lines() -> None:
    assert [(theme.title, len(theme.statements)) for theme in ICS.themes] == [
        ("Quality and safety", 6),
        ("Integration", 3),
        ("Leadership", 8),
    ]
    assert (len(ICS.statements), len(ICS.categories), len(ICS.lines)) == (17, 6, 102)
    assert [category.code for category in ICS.categories] == ["PEX", "STF", "PTN", "OBS", "PRO", "OUT"]
    assert [line.ref for line in ICS.lines][:7] == [
        "Q1-PEX",
        "Q1-STF",
        "Q1-PTN",
        "Q1-OBS",
        "Q1-PRO",
        "Q1-OUT",
        "Q2-PEX",
    ]


def test_the_one_for_local_authorities_has_4_themes_9_statements_4_categories_and_36_lines() -> None:
    assert [(theme.title, [statement.title for statement in theme.statements]) for theme in LA.themes] == [
        (
            "Working with people",
            ["Assessing needs", "Supporting people to live healthier lives", "Equity in experiences and outcomes"],
        ),
        ("Providing support", ["Care provision, integration and continuity", "Partnerships and communities"]),
        ("Ensuring safety within the system", ["Safe systems, pathways and transitions", "Safeguarding"]),
        ("Leadership", ["Governance, management and sustainability", "Learning, improvement and innovation"]),
    ]
    assert ([category.code for category in LA.categories], len(LA.lines)) == (["PEX", "STF", "PTN", "PRO"], 36)


STATEMENTS = {
    "Q1": ("Supporting people to live healthier lives", "C", "We support people to manage their health"),
    "Q2": ("Learning culture", "V", "We have a proactive and positive culture of safety"),
    "Q3": ("Safe and effective staffing", "V", "We make sure there are enough qualified"),
    "Q4": ("Equity in access", "U", "We make sure that everyone can access the care"),
    "Q5": ("Equity in experiences and outcomes", "V", "We actively seek out and listen to information"),
    "Q6": ("Safeguarding", "C", "We work with people to understand what being safe means"),
    "I1": ("Safe systems, pathways and transitions", "C", "We work with people and our partners to establish"),
    "I2": ("Care provision, integration and continuity", "V", "We understand the diverse health and care needs"),
    "I3": ("How staff, teams and services work together", "V", "We work effectively across teams and services"),
    "L1": ("Shared direction and culture", "V", "We have a shared vision, strategy and culture."),
    "L2": ("Capable, compassionate and inclusive leaders", "V", "We have inclusive leaders at all levels"),
    "L3": ("Governance, management and sustainability", "C", "We have clear responsibilities, roles"),
    "L4": ("Partnerships and communities", "C", "We understand our duty to collaborate"),
    "L5": ("Learning, improvement and innovation", "C", "We focus on continuous learning, innovation"),
    "L6": ("Environmental sustainability - sustainable development", "V", "We understand any negative impact"),
    "L7": ("Workforce equality, diversity and inclusion", "C", "We value diversity in our workforce."),
    "L8": ("Freedom to speak up", "V", "We foster a positive culture where people feel"),
}


def test_titles_and_wordings_and_how_far_they_were_verified_are_those_of_the_facts() -> None:
    found = {s.code: (s.title, s.verified, s.we_statement) for s in ICS.statements}
    assert list(found) == list(STATEMENTS)
    for code, (title, verified, beginning) in STATEMENTS.items():
        assert found[code][:2] == (title, verified)
        assert found[code][2].startswith(beginning)


def test_only_the_grouping_that_was_read_on_the_owners_page_says_so() -> None:
    assert {theme.title: theme.grouping_verified == "V" for theme in ICS.themes} == {
        "Quality and safety": False,
        "Integration": True,
        "Leadership": False,
    }


def test_eight_statements_of_the_one_are_the_same_as_in_the_other() -> None:
    pairs = {statement.code: statement.same_as for statement in LA.statements if statement.same_as}
    assert len(pairs) == 8
    for code, there in pairs.items():
        assert there is not None
        other, _, other_code = there.partition("/")
        assert other == ICS.id
        assert ICS.statement_by_code[other_code].title == LA.statement_by_code[code].title
        assert ICS.statement_by_code[other_code].we_statement == LA.statement_by_code[code].we_statement


@pytest.mark.parametrize("used", [ICS, LA], ids=lambda used: used.id)
def test_a_framework_has_version_date_sources_and_a_meaning_for_each_mark(used: module.Framework) -> None:
    assert used.version
    assert used.dated.year == 2023
    assert used.sources
    assert {s.verified for s in used.statements} | {t.grouping_verified for t in used.themes} <= set(VERIFIED_MEANS)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Equity in experience and outcomes", "Q5"),
        ("Supporting people to lead healthier lives", "Q1"),
        ("Safe pathways, systems and transitions", "I1"),
        ("Safety learning culture", "Q2"),
        ("Environmental sustainability", "L6"),
        ("Sustainable development", "L6"),
        ("Environmental sustainability – sustainable development", "L6"),
        ("Care provision, integration, and continuity", "I2"),
        ("Governance", "L3"),
        ("Workforce EDI", "L7"),
        ("Speaking up", "L8"),
        ("FTSU", "L8"),
        ("Capable compassionate leaders", "L2"),
        ("LEARNING, IMPROVEMENT & INNOVATION", "L5"),
        ("  learning   culture ", "Q2"),
        *[(title, code) for code, (title, _, _) in STATEMENTS.items()],
    ],
)
def test_a_statement_is_known_by_what_people_really_type(typed: str, code: str) -> None:
    found = find_statement(ICS, typed)
    assert found is not None
    assert (found.code, found.exact) == (code, True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("People's experience", "PEX"),
        ("People’s experiences", "PEX"),
        ("Peoples experience", "PEX"),
        ("Experience of health and care services", "PEX"),
        ("Feedback from staff and leaders", "STF"),
        ("Staff and leaders' feedback", "STF"),
        ("Feedback from partners", "PTN"),
        ("Partners’ feedback", "PTN"),
        ("Observation", "OBS"),
        ("observations", "OBS"),
        ("Observations of care", "OBS"),
        ("Processes", "PRO"),
        ("process", "PRO"),
        ("Outcomes", "OUT"),
        ("Outcomes of care", "OUT"),
        ("outcomes/performance data", "OUT"),
    ],
)
def test_a_category_is_known_by_what_people_really_type(typed: str, code: str) -> None:
    found = find_category(ICS, typed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("typed", ["", "Something else", "Equity", "We make sure", "Culture", "Staff"])
def test_a_statement_is_not_guessed_from(typed: str) -> None:
    assert find_statement(ICS, typed) is None


@pytest.mark.parametrize("used", [ICS, LA], ids=lambda used: used.id)
def test_no_title_or_alias_means_two_things(used: module.Framework) -> None:
    for items in (used.statements, used.categories, used.themes):
        meant: dict[str, str] = {}
        for item in items:
            for title in (item.title, item.code, *item.aliases):
                assert meant.setdefault(words(title), item.code) == item.code, title


# --- A third framework


THIRD = """id = "third"
title = "A third framework"
version = "1"
dated = 2026-01-01
description = "Two statements, two categories, one of which applies to one statement only."
sources = ["Made up"]

[[category]]
code = "A"
title = "Apples"

[[category]]
code = "B"
title = "Bananas"

[[theme]]
code = "T"
title = "Trees"
grouping_verified = "D"

[[theme.statement]]
code = "T1"
title = "Growing"
we_statement = "We grow."
verified = "D"

[[theme.statement]]
code = "T2"
title = "Standing"
we_statement = "We stand."
verified = "D"
categories = ["B"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Data files of our own, with a third framework."""
    shutil.copytree(templates_folder(), tmp_path / "templates")
    monkeypatch.setattr(data_files, "templates_folder", lambda: tmp_path / "templates")
    framework.cache_clear()
    yield tmp_path / "templates" / "frameworks"
    framework.cache_clear()


def test_a_third_framework_is_a_new_file_and_nothing_else(folder: Path) -> None:
    (folder / "third.toml").write_text(THIRD, encoding="utf-8")
    assert framework_ids() == ["cqc-ics-2023", "cqc-la-2023", "third"]
    assert [line.ref for line in framework("third").lines] == ["T1-A", "T1-B", "T2-B"]
    assert [line.ref for line in framework("third").lines_of(frozenset({"T2"}))] == ["T2-B"]


def test_a_framework_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        framework("nothing")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        pytest.param('title = "Growing"', 'titel = "Growing"', 23, "titel", id="an unknown key"),
        pytest.param('code = "T1"\n', "", 21, "code", id="a missing key"),
        pytest.param('code = "T1"', "code = 1", 22, "code", id="a wrong type"),
        pytest.param('code = "T1"', 'code = "t 1"', 22, "code", id="a code that is none"),
        pytest.param("dated = 2026-01-01", 'dated = "soon"', 4, "dated", id="a date that is none"),
        pytest.param(
            'grouping_verified = "D"', 'grouping_verified = "yes"', 19, "grouping_verified", id="a mark that is none"
        ),
        pytest.param('sources = ["Made up"]', "sources = []", 6, "sources", id="no sources"),
        pytest.param('code = "T2"', 'code = "T1"', None, "T1", id="a code twice"),
        pytest.param('title = "Standing"', 'title = "GROWING"', None, "growing", id="a title twice"),
        pytest.param('categories = ["B"]', 'categories = ["C"]', None, "C", id="a category that is not there"),
        pytest.param('title = "Apples"', 'title = "Apples', 10, "", id="no TOML"),
    ],
)
def test_a_faulty_framework_is_refused_with_file_line_and_reason(
    old: str, new: str, line: int | None, reason: str, folder: Path
) -> None:
    assert THIRD.count(old) >= 1
    (folder / "third.toml").write_text(THIRD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        framework("third")
    text = str(refused.value.problem)
    assert "third.toml" in text
    assert reason in text
    if line is not None:
        assert f"line {line}" in text


def test_a_faulty_framework_does_not_stop_the_others(folder: Path) -> None:
    (folder / "third.toml").write_text("nonsense", encoding="utf-8")
    assert len(framework("cqc-la-2023").lines) == 36
