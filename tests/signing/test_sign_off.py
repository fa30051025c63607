"""Signing: refused in words while something stands in the way, sealed when nothing does, and never overwritten."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import icsassess
from icsassess.assessment.sign_off.acceptances import FollowUp, follow_up_of_signatory, read_acceptances
from icsassess.assessment.sign_off.condition import Acceptance
from icsassess.excel.reading.read_workbook import read_workbook
from icsassess.locality.locality import Locality
from icsassess.round.sign_off import sign_off
from icsassess.workbook.signing.content import content, differences, read_code
from icsassess.workbook.signing.manifest import signed_versions
from icsassess.workbook.signing.verify import verify
from tests.support.ready_locality import (
    BECAUSE,
    NAME,
    ROLE,
    WHEN,
    WHO,
    accept,
    answer,
    merge,
    ready,
    run,
    sign,
    signed_workbook,
    type_in,
)
from tests.support.returns_dsl import AS_AT

pytestmark = pytest.mark.begins_early

AMBER = {"RAG": "Amber", "Gap": "Nobody asked"}
LINE = "Assessing needs: people's experience (W1-PEX)"


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    made = ready(tmp_path)
    merge(made)
    return made


def with_a_gap(place: Locality) -> None:
    answer(place, {place.framework.lines[0].ref: AMBER})
    merge(place)


def sheet_of(path: Path, title: str = "Sign-off") -> Any:
    return openpyxl.load_workbook(path, data_only=True)[title]


def manifest_of(place: Locality, version: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(signed_workbook(place, version).with_suffix(".json").read_bytes())
    return found


def column(sheet: Any, letter: str) -> list[str]:
    return [str(cell.value) for cell in sheet[letter] if cell.value is not None]


# --- Signing


def test_signing_writes_the_workbook_and_its_manifest_and_tells_the_code(place: Locality) -> None:
    result = sign(place, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ready"]) == (0, True)
    assert document["workbook"] == f"signed-off/{signed_workbook(place).name}"
    assert document["manifest"] == document["workbook"].replace(".xlsx", ".json")
    code = document["code"]
    assert read_code(code) == code
    assert code == manifest_of(place)["code"] == sheet_of(signed_workbook(place))["B9"].value
    assert verify(signed_workbook(place), code).verdict == "as signed"


def test_the_code_stands_on_the_terminal(place: Locality) -> None:
    result = sign(place)
    assert f"Sign-off code: {manifest_of(place)['code']}" in result.output


def test_the_sheet_says_who_signed_what_and_when(place: Locality) -> None:
    sign(place)
    sheet = sheet_of(signed_workbook(place))
    facts = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(5, 12)}
    assert facts["Status"] == "Signed, version 1, with nothing in the way"
    assert (facts["Signed by"], facts["Role"]) == (NAME, ROLE)
    assert facts["Signed on"] == "10 January 2024 at 16:05 (UTC+00:00)"
    assert facts["Signed before"] == "Never"
    said = " ".join(column(sheet, "B"))
    for sentence in (
        "as at 10 January 2024: the ratings, gaps and actions on all its sheets.",
        "36 of 36 lines are rated: 36 Green. "
        "The group agreed none of 36 ratings; 36 stand at the most critical partner's rating.",
        "1 of 1 partner has answered: Northern Trust.",
        "0 actions.",
        "It does not confirm what partners wrote, and is not CQC's rating.",
    ):
        assert sentence in said


def test_the_same_moment_gives_the_same_bytes(place: Locality, tmp_path: Path) -> None:
    sign(place)
    first = [signed_workbook(place).with_suffix(suffix).read_bytes() for suffix in (".xlsx", ".json")]
    for path in (place.folder / "signed-off").iterdir():
        path.unlink()
    sign(place)
    assert [signed_workbook(place).with_suffix(suffix).read_bytes() for suffix in (".xlsx", ".json")] == first


def test_what_is_sealed_is_the_newest_merged_workbook_cell_by_cell(tmp_path: Path) -> None:
    place = ready(tmp_path)
    refs = [line.ref for line in place.framework.lines]
    path = merge(place)
    type_in(path, "Assessment", refs[0], {"Agreed RAG": "Green", "Reason for agreed RAG": "=1+1"})
    book = openpyxl.load_workbook(path)
    book.create_sheet("Own figures")["B3"] = "ours"
    book.save(path)
    newest = merge(place)
    sign(place)
    then, now = content(read_workbook(newest)), content(read_workbook(signed_workbook(place)))
    for found in (then, now):
        found["sheets"] = [sheet for sheet in found["sheets"] if sheet["title"] != "Sign-off"]
    for sheet in then["sheets"]:
        sheet["cells"] = {place: shows(value) for place, value in sheet["cells"].items()}
    different = [found for found in differences(then, now) if found.cell != "A2"]  # where one may type
    assert [(found.sheet, found.current) for found in different] == [
        ("Summary", "21 days left on the day of signing"),
        ("Summary", "Signed, version 1, with nothing in the way"),
        ("Summary", "Signed by"),
        ("Summary", f"{NAME}, on 10 January 2024"),
    ]


def shows(value: Any) -> Any:
    return value["shows"] if isinstance(value, dict) and "formula" in value else value


def test_the_sealed_workbook_calculates_nothing_hides_nothing_and_names_nobody_in_its_properties(
    place: Locality,
) -> None:
    with_a_gap(place)
    sign(place, *accept("gaps-without-action"))
    with zipfile.ZipFile(signed_workbook(place)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in sheet or b"<f " in sheet or b"hidden" in sheet for sheet in sheets)
        assert not any(b"calculatedColumnFormula" in package.read(n) for n in package.namelist() if "/tables/" in n)
        assert b"hidden" not in package.read("xl/workbook.xml")
    properties = read_workbook(signed_workbook(place)).properties
    assert not {"creator", "lastModifiedBy", "company", "manager"} & {k for k, v in properties.items() if v.strip()}


def test_the_manifest_holds_what_was_signed_in_a_readable_form(place: Locality) -> None:
    sign(place)
    said = manifest_of(place)
    assert said["signed"]["by"] == NAME
    assert said["signed"]["at"] == WHEN
    assert [found["file"] for found in said["returns"]] == [place.relative(path) for path in place.return_files()]
    assert [found["record"] for found in said["history"]] == [f"Anytown {AS_AT}.json"]
    assert said["rules"]["settings"]["evidence_max_age_months"] == 12
    assert set(said["rules"]["data_files"]) >= {"frameworks/cqc-la-2023.toml", "ratings.toml"}
    assert said["versions"]["icsassess"]
    assessment = next(sheet for sheet in said["cells"]["sheets"] if sheet["title"] == "Assessment")
    assert assessment["cells"]["A5"] == place.framework.lines[0].ref


# --- Refused


def test_while_something_stands_in_the_way_nothing_is_signed_and_it_says_what(place: Locality) -> None:
    with_a_gap(place)
    result = sign(place)
    assert result.exit_code == 1
    assert "1 gap needs a plan and has no action" in result.output
    assert "Nothing was signed" in result.output
    assert list((place.folder / "signed-off").iterdir()) == []


def test_what_is_accepted_with_a_reason_no_longer_blocks_and_is_printed_for_every_reader(place: Locality) -> None:
    with_a_gap(place)
    assert sign(place, *accept("gaps-without-action")).exit_code == 0
    sheet = sheet_of(signed_workbook(place))
    assert sheet["B5"].value == "Signed, version 1, with 1 condition accepted"
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    row = next(row for row in rows if row[-1] == "gaps-without-action")
    until = datetime.datetime(2024, 3, 31)
    assert row == ["Gaps without an action", 1, "Accepted", f"{LINE}.", BECAUSE, WHO, until, "gaps-without-action"]
    assert all(row[2] == "Clear" for row in rows[1:] if row[-1] != "gaps-without-action")
    accepted = [found for found in manifest_of(place)["conditions"] if found["accepted"]]
    assert [(one["code"], one["accepted"], one["followed_up_by"], one["until"]) for one in accepted] == [
        ("gaps-without-action", BECAUSE, WHO, "2024-03-31")
    ]
    said = f"1. Gaps without an action (1): {BECAUSE}. To be followed up by {WHO} until 31 March 2024."
    assert said in column(sheet, "B")
    assert LINE in column(sheet, "B"), "every place has a row of its own"


def test_a_reason_is_text_whatever_it_looks_like(place: Locality) -> None:
    with_a_gap(place)
    reason = '=HYPERLINK("http://example.org","Win it all now")'
    assert sign(place, *accept("gaps-without-action", reason)).exit_code == 0
    sheet = openpyxl.load_workbook(signed_workbook(place))["Sign-off"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == reason] == ["s"]


def test_what_cannot_be_accepted_blocks_whatever_reason_is_given(place: Locality) -> None:
    answer(place, {place.framework.lines[0].ref: {"Evidence": "Audit of 999 000 0018"}})
    merge(place)
    result = sign(place, *accept("personal-data", "It is only one number"), *accept("points-to-fix"))
    assert result.exit_code == 1
    assert "This cannot be accepted" in result.output
    assert "999 000 0018" not in result.output


FOLLOWED = ("--follow-up", f"{WHO}, 31 March 2024")
SIGNATORY = FollowUp(ROLE, datetime.date(2024, 1, 31))


@pytest.mark.parametrize(
    ("signed_on", "until"),
    [
        pytest.param("2024-01-10", "2024-01-31", id="by the deadline"),
        pytest.param("2024-02-01", "2024-02-29", id="four weeks from signing where the deadline has passed"),
    ],
)
def test_where_nobody_is_named_whoever_signs_follows_up_what_is_accepted(signed_on: str, until: str) -> None:
    day = datetime.date.fromisoformat(signed_on)
    otherwise = follow_up_of_signatory(ROLE, datetime.date(2024, 1, 31), day)
    read = read_acceptances([f"red-and-green={BECAUSE}"], [], day, otherwise)
    assert read == {"red-and-green": Acceptance(BECAUSE, ROLE, datetime.date.fromisoformat(until))}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--accept", "gaps-without-acton=because"), "Did you mean gaps-without-action?"),
        (("--accept", "gaps-without-action", *FOLLOWED), "lacks a reason of at least 4 words"),
        (("--accept", "gaps-without-action=ok . - so", *FOLLOWED), "lacks a reason of at least 4 words"),
        (("--accept", "gaps-without-action=see 999 000 0018"), "NHS number"),
        (("--accept", f"gaps-without-action={BECAUSE}", "--follow-up", WHO), "lacks who follows it up and until when"),
        (
            ("--accept", f"gaps-without-action={BECAUSE}", "--follow-up", f"{WHO}, soon"),
            "lacks until when (‘soon’ is no day)",
        ),
        (
            ("--accept", f"gaps-without-action={BECAUSE}", "--follow-up", f"{WHO}, 9 January 2024"),
            "lacks a day that is not past (9 January 2024 is)",
        ),
        (
            ("--follow-up", "red-and-green=Chair, 31/3/24"),
            "somebody who follows it up, and no reason",
        ),
        (("--follow-up", "red-and-gren=Chair, 31/3/24"), "Did you mean red-and-green?"),
    ],
)
def test_an_acceptance_that_lacks_something_is_refused_with_what_it_lacks(
    options: tuple[str, ...], words: str, place: Locality
) -> None:
    result = sign(place, *options)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
    assert list((place.folder / "signed-off").iterdir()) == []


@pytest.mark.parametrize(
    "typed", ["10 January 2024", "10/1/24", "until 10 Jan 2024", "by 10/01/2024", "January 10, 2024", "2024-01-10"]
)
def test_until_when_is_understood_as_people_type_it_and_may_be_the_day_of_signing(typed: str) -> None:
    reasons, follow_ups = [f"red-and-green={BECAUSE}"], [f"Chair, quality group, {typed}"]
    expected = Acceptance(BECAUSE, "Chair, quality group", AS_AT)
    assert read_acceptances(reasons, follow_ups, AS_AT, SIGNATORY) == {"red-and-green": expected}


def test_a_follow_up_without_a_code_is_that_of_all_that_have_none_of_their_own() -> None:
    reasons = [f"{code}={BECAUSE}" for code in ("red-and-green", "lines-not-rated")]
    read = read_acceptances(reasons, [f"{WHO}, 31 March 2024", "lines-not-rated=Chair, 1 March 2024"], AS_AT, SIGNATORY)
    assert {code: one.follow_up for code, one in read.items()} == {"red-and-green": WHO, "lines-not-rated": "Chair"}


# --- The day of signing


def at(day: int, hour: int = 10) -> datetime.datetime:
    return datetime.datetime(2024, 1, day, hour, tzinfo=datetime.UTC)


def test_wednesdays_workbook_is_signed_on_friday_and_says_what_fell_due_between(tmp_path: Path) -> None:
    place = ready(tmp_path)
    answer(place, {place.framework.lines[0].ref: {**AMBER, "Action": "Ask", "Owner": "Head", "Due date": "2024-01-11"}})
    merge(place)
    result = sign(place, *accept("actions-overdue"), "--signed-at", at(12).isoformat())
    assert "between the two nothing came, nothing was changed and 1 action fell due." in result.output
    sheet = sheet_of(signed_workbook(place))
    assert sheet["B8"].value == "12 January 2024 at 10:00 (UTC+00:00)"
    assert (
        "It is as at 10 January 2024 and signed on 12 January 2024; between the two nothing came, nothing was changed "
        "and 1 action fell due."
    ) in " ".join(column(sheet, "B"))
    assert "The deadline, 31 January 2024, is 19 days after the day of signing." in column(sheet, "B")
    assert f"Late: {LINE}, Northern Trust: Ask; Head, due 11 January 2024." in column(sheet, "B")
    assert verify(signed_workbook(place)).as_at == "2024-01-10"


def test_what_came_in_between_is_named_and_nothing_is_signed(place: Locality) -> None:
    answer(place, {place.framework.lines[0].ref: {"Evidence": "Another report"}})
    result = sign(place, "--signed-at", at(12).isoformat())
    assert result.exit_code == 1
    words = " ".join(result.output.split())
    assert "has been changed since" in words
    assert "Merge again, look at the new workbook, then sign that one." in words


@pytest.mark.parametrize(
    ("signed_at", "now", "words"),
    [
        (at(9), at(12), "is before the day that the workbook is as at, 10 January 2024"),
        (at(12, 11), at(12), "is still to come: it is 12 January 2024 at 10:00 (UTC+00:00) now"),
        (at(11), at(13), "is before that of version 1, 12 January 2024 at 10:00 (UTC+00:00)"),
    ],
    ids=["before the as-at date", "in the future", "before the version before"],
)
def test_a_time_of_signing_that_cannot_be_is_refused_with_what_to_do(
    signed_at: datetime.datetime, now: datetime.datetime, words: str, place: Locality
) -> None:
    if now == at(13):
        assert sign_off(place.folder, name=NAME, clock=lambda: at(12)).signed is not None
    before = sorted((place.folder / "signed-off").iterdir())
    result = sign_off(place.folder, name=NAME, signed_at=signed_at, clock=lambda: now)
    assert (result.signed, result.needs_attention) == (None, True)
    assert words in result.outcome
    assert "Nothing was signed." in result.outcome
    assert sorted((place.folder / "signed-off").iterdir()) == before


def test_it_is_signed_at_the_present_unless_a_time_is_given(place: Locality) -> None:
    signed = sign_off(place.folder, name=NAME, clock=lambda: at(12)).as_json()
    assert (signed["as_at"], signed["signed_at"]) == ("2024-01-10", "2024-01-12T10:00:00+00:00")


def test_only_the_role_in_the_settings_may_sign(place: Locality) -> None:
    result = sign(place, "--role", "Chief Executive")
    assert result.exit_code == 1
    assert f"signed by the {ROLE}" in result.output
    assert list((place.folder / "signed-off").iterdir()) == []
    assert sign(place, "--role", ROLE.upper()).exit_code == 0


@pytest.mark.parametrize("name", ["", "   ", "999 000 0018"])
def test_a_name_is_a_name(name: str, place: Locality) -> None:
    result = run("sign-off", place.folder, "--name", name)
    assert result.exit_code == 1
    assert "Nothing was signed" in result.output


# --- After signing


def test_signing_again_is_a_new_version_that_names_the_one_before(place: Locality) -> None:
    sign(place)
    first = {path.name: path.read_bytes() for path in (place.folder / "signed-off").iterdir()}
    sign(place)
    assert {path.name: path.read_bytes() for path in (place.folder / "signed-off").iterdir()}.items() >= first.items()
    said = manifest_of(place, 2)
    assert said["previous"]["version"] == 1
    assert said["previous"]["code"] == manifest_of(place)["code"] != said["code"]
    sheet = sheet_of(signed_workbook(place, 2))
    assert str(sheet["B11"].value).startswith(f"Version 1, signed on 10 January 2024 by {NAME}, {ROLE}")
    assert [sheet["B12"].value, sheet["B13"].value] == [
        "This version takes its place.",
        "No rating, gap, action or return has changed.",
    ]
    assert [signed.version for signed in signed_versions(place)] == [1, 2]


def test_a_version_number_is_never_given_twice_even_if_a_manifest_was_lost(place: Locality) -> None:
    sign(place)
    signed_workbook(place).with_suffix(".json").unlink()
    sign(place)
    assert signed_workbook(place, 2).exists()


def test_a_later_merge_shows_that_the_signed_version_differs_and_in_what(place: Locality) -> None:
    sign(place)
    ref = place.framework.lines[0].ref
    with_a_gap(place)
    sheet = sheet_of(sorted((place.folder / "merged").glob("*.xlsx"), key=lambda path: len(path.name))[-1])
    assert sheet["B6"].value == "Nobody: this is the working copy"
    assert str(sheet["B11"].value).endswith(f"code {manifest_of(place)['code']}.")
    since = {str(sheet.cell(row, 2).value) for row in range(12, 20)}
    assert {f"Rating fell: {ref}.", f"Gap opened: {ref}.", "Return replaced: NORTH."} <= since


def test_a_manifest_that_was_damaged_does_not_stop_a_merge_and_the_workbook_says_so(place: Locality) -> None:
    sign(place)
    said = manifest_of(place)
    not_compared = ("Since then", "The manifest of that version cannot be compared: it is not as it was written.")
    lost = ("Signed before", "Version 1; its manifest in signed-off is missing or cannot be read.")
    for broken, (title, sentence) in (
        ({**said, "state": {"lines": 3}}, not_compared),
        ({**said, "state": {}}, not_compared),
        ({"format": 1}, lost),
        ([], lost),
    ):
        signed_workbook(place).with_suffix(".json").write_text(json.dumps(broken), encoding="utf-8")
        with_a_gap(place)
        answer(place)
        facts = {row[0].value: str(row[1].value) for row in sheet_of(merge(place)).iter_rows(min_row=5, max_row=13)}
        assert facts[title].startswith(sentence), broken


def test_a_version_whose_manifest_was_lost_is_not_said_never_to_have_been_signed(place: Locality) -> None:
    sign(place)
    signed_workbook(place).with_suffix(".json").unlink()
    answer(place, {place.framework.lines[0].ref: AMBER})
    facts = {row[0].value: row[1].value for row in sheet_of(merge(place)).iter_rows(min_row=5, max_row=13)}
    assert str(facts["Signed before"]).startswith("Version 1; its manifest in signed-off is missing")


# --- With a key


def pem_keys(folder: Path, kind: str, passphrase: bytes | None = None) -> tuple[Path, Path]:
    pytest.importorskip("cryptography")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    key: Any = {
        "ed25519": ed25519.Ed25519PrivateKey.generate,
        "rsa": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
        "ecdsa": lambda: ec.generate_private_key(ec.SECP256R1()),
    }[kind]()
    hidden: Any = serialization.NoEncryption()
    if passphrase:
        hidden = serialization.BestAvailableEncryption(passphrase)
    private, public = folder / "key.pem", folder / "public.pem"
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden))
    public.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return private, public


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa"])
def test_a_signature_with_a_key_is_checked_with_its_public_key(kind: str, place: Locality, tmp_path: Path) -> None:
    private, public = pem_keys(tmp_path, kind)
    assert sign(place, "--key", private).exit_code == 0
    workbook = signed_workbook(place)
    assert run("verify", workbook, "--public-key", public).exit_code == 0
    assert "check it with --public-key" in run("verify", workbook).output
    other = tmp_path / "other"
    other.mkdir()
    found = verify(workbook, public_key=pem_keys(other, kind)[1])
    assert (found.verdict, found.signature) == ("changed", "does not fit")
    manifest = workbook.with_suffix(".json")
    manifest.write_bytes(manifest.read_bytes().replace(NAME.encode(), b"Jane Exampla"))
    assert "does not fit" in str(verify(workbook, public_key=public).signature)
    workbook.with_suffix(".sig").unlink()
    assert verify(workbook, public_key=public).signature == "not there"


def test_openssl_can_check_the_signature_without_this_program(place: Locality, tmp_path: Path) -> None:
    private, public = pem_keys(tmp_path, "rsa")
    sign(place, "--key", private)
    files = [signed_workbook(place).with_suffix(suffix) for suffix in (".sig", ".json")]
    command = ["openssl", "dgst", "-sha256", "-verify", public, "-signature", *files]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("OpenSSL is not installed")
    assert result.stdout.strip() == "Verified OK"


@pytest.mark.parametrize("content_of_key", [b"", b"no key", None], ids=["empty", "no key", "not there"])
def test_a_key_that_cannot_be_used_is_refused_and_nothing_is_signed(
    content_of_key: bytes | None, place: Locality, tmp_path: Path
) -> None:
    pytest.importorskip("cryptography")
    key = tmp_path / "key.pem"
    if content_of_key is not None:
        key.write_bytes(content_of_key)
    result = sign(place, "--key", key)
    assert result.exit_code == 2
    assert "PEM" in result.output
    assert list((place.folder / "signed-off").iterdir()) == []


def test_a_key_with_a_passphrase_asks_no_question_without_a_terminal(place: Locality, tmp_path: Path) -> None:
    private, _ = pem_keys(tmp_path, "ed25519", b"secret")
    result = sign(place, "--key", private)
    assert result.exit_code == 2
    assert "passphrase" in result.output


def test_signed_at_is_a_time(place: Locality) -> None:
    assert run("sign-off", place.folder, "--name", NAME, "--signed-at", "yesterday").exit_code == 2


# --- The guards of a signature hold in every way of running Python

GUARDS = """
import datetime, sys
from pathlib import Path
from icsassess.locality.locality import open_locality
from icsassess.workbook.signing import sign as signing

locality = open_locality(Path(sys.argv[1]))
check = signing.check_sign_off(locality, datetime.date.fromisoformat(sys.argv[2]))
if sys.argv[3] == "code changes more":
    written = signing.locality_workbook
    def another_name(merged, signed):
        return written(merged, signed._replace(name="Somebody Else") if signed.code else signed)
    signing.locality_workbook = another_name
try:
    moment = datetime.datetime.fromisoformat(sys.argv[2] + "T10:00+00:00")
    signing.sign(check, "Jane Example", moment + datetime.timedelta(days=sys.argv[3] == "another day"))
except (ValueError, RuntimeError) as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("options", [[], ["-O"]], ids=["python", "python -O"])
@pytest.mark.parametrize(
    ("fault", "refused"),
    [
        ("something stands in the way", "ValueError what stands in the way of signing"),
        ("another day", "ValueError what stands in the way of signing was looked at on another day"),
        ("code changes more", "RuntimeError the sign-off code changed more than its own cell"),
    ],
)
def test_what_must_not_be_signed_is_not_signed(options: list[str], fault: str, refused: str, place: Locality) -> None:
    if fault == "something stands in the way":
        with_a_gap(place)
    command = [sys.executable, *options, "-c", GUARDS, str(place.folder), AS_AT.isoformat(), fault]
    environment = {"PATH": "", "PYTHONPATH": str(Path(icsassess.__file__).parents[1])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout[: len(refused)]) == (0, refused), done.stderr
    assert list(place.sub_folder("signed-off").iterdir()) == []
