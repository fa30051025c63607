"""A new locality folder: every setting with its default and a comment, and the next round of an earlier one."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Partner, Rules, Settings, SignOff, open_locality
from icsassess.locality.new_locality import new_locality, settings_text
from icsassess.support.data_files import templates_folder

DEADLINE = datetime.date(2024, 1, 31)


def test_the_folders_of_the_contract_are_made(tmp_path: Path) -> None:
    place = new_locality(tmp_path / "a" / "trafford", name="Anytown", deadline=DEADLINE)
    assert {path.name for path in place.folder.iterdir()} == {
        "locality.toml", "issued", "returns", "feedback", "merged", "history", "signed-off",
    }  # fmt: skip


def test_every_setting_is_written_with_its_default_and_a_comment_above_it(tmp_path: Path) -> None:
    place = new_locality(tmp_path, name="Anytown", deadline=DEADLINE)
    text = (tmp_path / "locality.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)
    for name in Settings.model_fields:
        alias = Settings.model_fields[name].alias or name
        assert alias in written or f"# {alias} =" in text or f"[{alias}]" in text
    for model, section in ((SignOff, written["sign_off"]), (Rules, written["rules"])):
        assert set(model.model_fields) == set(section)
    for name in Partner.model_fields:
        assert f"#   {name} " in text
    assert place.settings.rules == Rules()
    assert place.settings.sign_off == SignOff()
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.split(" = ")[0] in (*Rules.model_fields, "marking", "deadline", "role", "framework"):
            block = lines[max(0, number - 5) : number]
            assert any(above.startswith("#") for above in block), f"{line} has no comment"


def test_it_starts_with_the_partners_of_the_data_file(tmp_path: Path) -> None:
    place = new_locality(tmp_path, name="Anytown", deadline=DEADLINE)
    shipped = tomllib.loads((templates_folder() / "partners.toml").read_text(encoding="utf-8"))["partner"]
    assert [partner.code for partner in place.partners] == [partner["code"] for partner in shipped]
    assert len(place.partners) == 9
    assert [partner.aliases for partner in place.partners] == [tuple(partner["aliases"]) for partner in shipped]


def test_another_framework_can_be_asked_for(tmp_path: Path) -> None:
    place = new_locality(tmp_path, name="Anytown", deadline=DEADLINE, framework="cqc-la-2023")
    assert len(place.framework.lines) == 36


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"framework": "cqc"}, "framework-unknown", id="no such framework"),
        pytest.param({"template": "stokport"}, "template-unknown", id="no such template"),
        pytest.param({"earlier": Path("nowhere")}, "folder-not-there", id="no earlier round"),
        pytest.param({"name": ""}, None, id="an empty name"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing_behind(
    changes: dict[str, object], code: str | None, tmp_path: Path
) -> None:
    with pytest.raises(Refusal) as found:
        new_locality(tmp_path / "new", **{"name": "Anytown", "deadline": DEADLINE, **changes})  # type: ignore[arg-type]
    assert code in (found.value.problem.code, None)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_in_use_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    new_locality(tmp_path, name="Anytown", deadline=DEADLINE)
    before = (tmp_path / "locality.toml").read_bytes()
    with pytest.raises(Refusal) as found:
        new_locality(tmp_path, name="Othertown", deadline=DEADLINE)
    assert found.value.problem.code == "folder-exists"
    assert (tmp_path / "locality.toml").read_bytes() == before


def earlier(folder: Path) -> Path:
    settings = Settings.model_validate(
        {
            "name": "Anytown",
            "system": "NHS Elsewhere",
            "marking": "OFFICIAL",
            "deadline": DEADLINE,
            "as_at": "2024-01-10",
            "sign_off": {"role": "Chair"},
            "rules": {"combine": "majority", "evidence_max_age_months": 18, "action_plan_required_for": ["red"]},
            "partner": [{"code": "N", "name": "North", "aliases": ["Nord"], "statements": ["Q1"], "expected": False}],
        }
    )
    folder.mkdir()
    (folder / "locality.toml").write_text(settings_text(settings), encoding="utf-8")
    return folder


def test_the_next_round_takes_over_all_settings_but_its_own_name_and_dates(tmp_path: Path) -> None:
    before = open_locality(earlier(tmp_path / "2024")).settings
    after = new_locality(
        tmp_path / "2025", name="Anytown 2025", deadline=datetime.date(2025, 1, 31), earlier=tmp_path / "2024"
    ).settings
    assert (after.name, after.deadline, after.as_at) == ("Anytown 2025", datetime.date(2025, 1, 31), None)
    own = {"name", "deadline", "as_at"}
    assert after.model_dump(exclude=own) == before.model_dump(exclude=own)


def test_with_another_framework_the_next_round_asks_partners_for_all_of_its_statements(tmp_path: Path) -> None:
    earlier(tmp_path / "2024")
    place = new_locality(
        tmp_path / "2025", name="A", deadline=DEADLINE, framework="cqc-la-2023", earlier=tmp_path / "2024"
    )
    assert [len(place.lines_of(partner)) for partner in place.partners] == [36]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
def test_whatever_a_locality_is_called_its_settings_are_read_back(name: str, alias: str) -> None:
    partner = {"code": "N", "name": "North", "aliases": [alias]}
    settings = Settings.model_validate({"name": name, "deadline": DEADLINE, "partner": [partner]})
    written = tomllib.loads(settings_text(settings))
    assert (written["name"], written["partner"][0]["aliases"]) == (name, [alias])
    assert Settings.model_validate(written) == settings
