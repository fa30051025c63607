"""Returns that lie within mails and archives among the returns: read, named down to their place, and handed back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.locality.locality import Locality
from icsassess.returns.reading.file.places import return_places
from icsassess.returns.reading.file.signs import sender_sign
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import Reading
from icsassess.round.check import check
from icsassess.round.merge import merge
from icsassess.round.point_summary import headline_of
from icsassess.workbook.signing.companion_files import files_changed
from tests.support import handmade_workbooks as handmade
from tests.support.other_files.envelopes import archive, eml, message, msg
from tests.support.returns_dsl import AS_AT, fill_in, locality_of

GREEN = """
    Ref    | Evidence                  | RAG
    Q1-PEX | Survey of October 2023    | Green
"""


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    return locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1"})


def workbook_of(place: Locality, partner: str = "NORTH", **of_return: object) -> bytes:
    """Give a return's bytes; none is left among the returns."""
    path = fill_in(place, GREEN, partner=partner, file="made.xlsx", **of_return)  # type: ignore[arg-type]
    data = path.read_bytes()
    path.unlink()
    return data


def put(place: Locality, name: str, data: bytes) -> Path:
    path = place.folder / "returns" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def read(place: Locality) -> dict[str, ReadReturn]:
    return {each.file: each for each in Reading(place).finish()}


def codes(each: ReadReturn) -> list[str]:
    return [problem.code for problem in each.problems]


@pytest.mark.parametrize(("name", "make"), [("mail.eml", eml), ("mail.msg", msg), ("forms.zip", archive)])
def test_a_return_in_a_mail_or_an_archive_is_read_as_it_would_be_by_itself(
    place: Locality, name: str, make: object
) -> None:
    data = workbook_of(place)
    put(place, "alone.xlsx", data)
    put(place, name, make({"return.xlsx": data}))  # type: ignore[operator]
    alone, inside = read(place)["returns/alone.xlsx"], read(place)[f"returns/{name}/return.xlsx"]
    assert inside.sha256 == alone.sha256
    assert (inside.partner, len(inside.entries), inside.refused) == ("NORTH", 1, False)
    assert set(codes(inside)) - set(codes(alone)) == {"return-enclosed"}


def test_its_place_is_said_in_words(place: Locality) -> None:
    put(place, "mail.eml", eml({"return.xlsx": workbook_of(place)}))
    (only,) = read(place).values()
    (point,) = (problem for problem in only.problems if problem.code == "return-enclosed")
    words = "the mail of 9 January 2024 from Quality team <quality@example.org>, attachment ‘return.xlsx’"
    assert words in point.message
    assert words in headline_of(only)
    assert check([place.folder]).as_json()["files"][0]["came_in"] == words  # type: ignore[index]


def test_the_same_return_by_itself_and_in_two_mails_counts_once(place: Locality) -> None:
    data = workbook_of(place)
    put(place, "a.xlsx", data)
    put(place, "mail.eml", eml({"return.xlsx": data}))
    put(place, "twice.zip", archive({"return.xlsx": data, "North/copy.xlsx": data}))
    returns = merge(place.folder, AS_AT).merged.returns
    assert sorted((row.file, row.state) for row in returns if row.partner == "NORTH") == [
        ("returns/a.xlsx", "received"),
        ("returns/mail.eml/return.xlsx", "superseded"),
        ("returns/twice.zip/North/copy.xlsx", "superseded"),
        ("returns/twice.zip/return.xlsx", "superseded"),
    ]


def test_the_record_of_a_merge_has_the_print_of_the_file_that_was_inside(place: Locality) -> None:
    put(place, "mail.eml", eml({"return.xlsx": workbook_of(place)}))
    (only,) = read(place).values()
    merge(place.folder, AS_AT)
    (record,) = (place.folder / "history").glob("*.json")
    text = record.read_text(encoding="utf-8")
    assert "returns/mail.eml/return.xlsx" in text
    assert only.sha256 in text


def test_a_mail_brings_a_return_and_other_things_and_only_the_return_is_read(place: Locality) -> None:
    data = workbook_of(place)
    files = {"return.xlsx": data, "notes.pdf": b"%PDF-1.7", "contacts.xlsx": contacts()}
    put(place, "mail.eml", eml(files))
    (only,) = read(place).values()
    (point,) = (problem for problem in only.problems if problem.code == "envelope-holds-more")
    assert "2 further files that were not read as a return" in point.message
    assert "‘contacts.xlsx’ (no table of a return in it) and ‘notes.pdf’ (a PDF)" in point.message


def contacts() -> bytes:
    return handmade.xlsx()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (eml({}), "envelope-empty", "The mail of 9 January 2024 from Quality team <quality@example.org> has no attach"),
        (msg({}), "envelope-empty", "has no attachment"),
        (archive({}), "envelope-empty", "The ZIP archive has no file"),
        (eml({"scan.pdf": b"%PDF-1.7"}), "envelope-without-return", "‘scan.pdf’ (a PDF)"),
        (eml({}, text="See https://nhs.sharepoint.com/:x:/s/a"), "envelope-with-a-link", "a link to a file"),
        (archive({"a.xlsx": b"x" * 4000})[:-30], "envelope-unusable", "The ZIP archive cannot be opened"),
    ],
)
def test_a_mail_or_archive_without_a_return_says_so(place: Locality, data: bytes, code: str, words: str) -> None:
    put(place, "NORTH.dat", data)
    (only,) = read(place).values()
    assert (only.file, only.refused, codes(only)) == ("returns/NORTH.dat", True, [code])
    assert words in only.problems[0].message
    assert only.problems[0].suggestion


def test_a_workbook_that_is_no_return_and_alone_in_its_mail_is_refused(place: Locality) -> None:
    put(place, "mail.eml", eml({"contacts.xlsx": contacts()}))
    (only,) = read(place).values()
    assert (only.file, only.problems[0].code) == ("returns/mail.eml/contacts.xlsx", "not-a-return")


def test_one_bad_file_in_an_archive_does_not_stop_the_others(place: Locality) -> None:
    files = {"bad.xlsx": b"PK\x03\x04 and then nothing", "good.xlsx": workbook_of(place), "empty.xlsx": b""}
    put(place, "forms.zip", archive(files))
    reads = read(place)
    assert {file: each.refused for file, each in reads.items()} == {
        "returns/forms.zip/bad.xlsx": True,
        "returns/forms.zip/good.xlsx": False,
        "returns/forms.zip/empty.xlsx": True,
    }


def test_a_mail_s_sender_says_whose_return_it_is_where_nothing_else_does(place: Locality) -> None:
    data = workbook_of(place, no_properties=True, cover={"Partner": "", "Organisation": ""})
    put(place, "mail.eml", eml({"return.xlsx": data}, sender="Southern Practice <office@example.org>"))
    (only,) = read(place).values()
    assert (only.partner, only.sender_name, only.sender_address) == ("SOUTH", "Southern Practice", "office@example.org")


def test_the_sender_that_counts_is_the_partner_s_and_not_who_forwarded_it(place: Locality) -> None:
    data = workbook_of(place, no_properties=True, cover={"Partner": "", "Organisation": ""})
    inner = message({"return.xlsx": data}, sender="Southern Practice <office@example.org>")
    put(place, "mail.eml", eml({}, sender="Northern Trust <quality@north.example.org>", forwarded=inner))
    (only,) = read(place).values()
    assert only.partner == "SOUTH"


@pytest.mark.parametrize(
    ("name", "address", "partner"),
    [
        ("Northern Trust", "x@example.org", "NORTH"),
        ("Quality team, Southern Practice", "", "SOUTH"),
        ("", "returns@northern-trust.nhs.uk", "NORTH"),
        ("", "returns@southernpractice.org.uk", "SOUTH"),
        ("A colleague", "colleague@nhs.net", None),
        ("", "north@example.com", None),
        ("Northern Trust and Southern Practice", "", None),
    ],
)
def test_a_sender_is_a_partner_by_name_or_by_address(
    place: Locality, name: str, address: str, partner: str | None
) -> None:
    sign = sender_sign(name, address, place)
    named = [one.code for one in sign.partners] if sign else []
    assert (named[0] if len(named) == 1 else None) == partner


def test_feedback_is_on_the_file_that_was_inside(place: Locality) -> None:
    put(place, "mail.eml", eml({"Our return.xlsx": workbook_of(place)}))
    (copy,) = check([place.folder], feedback=True).feedback.values()
    assert copy.name == "Our return - NORTH - feedback.xlsx"
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames[0] == "Feedback"
    assert "Quality and safety" in book.sheetnames


def test_a_mail_or_a_file_in_it_can_be_checked_alone(place: Locality) -> None:
    path = put(place, "mail.eml", eml({"return.xlsx": workbook_of(place)}))
    whole, inner = check([path]), check([path / "return.xlsx"])
    assert [each.file for each in whole.returns] == [each.file for each in inner.returns]
    assert whole.returns[0].file == "returns/mail.eml/return.xlsx"


def test_a_folder_of_workbooks_alone_is_not_looked_into(place: Locality, monkeypatch: pytest.MonkeyPatch) -> None:
    from icsassess.returns.reading.file import places

    fill_in(place, GREEN)
    monkeypatch.setattr(places, "_listed_apart", lambda _: pytest.fail("looked into"))
    assert return_places(place.return_files()) == place.return_files()


def test_a_sender_whose_address_stands_in_the_settings_is_that_partner(tmp_path: Path) -> None:
    settings = {"NORTH": {"statements": ("Q1",), "email": "returns@example.org"}, "SOUTH": "Q1"}
    place = locality_of(tmp_path / "anytown", settings)
    sign = sender_sign("Southern Practice", "returns@example.org", place)
    assert sign is not None
    assert [one.code for one in sign.partners] == ["NORTH"]


def test_what_was_signed_rests_on_the_file_that_was_inside(place: Locality) -> None:
    data = workbook_of(place)
    path = put(place, "mail.eml", eml({"return.xlsx": data}))
    lists = {"NORTH a.csv": b"a,b\n1,2\n", "NORTH b.csv": b"a,b\n3,4\n"}
    put(place, "lists.zip", archive(lists))
    files = {
        "returns/mail.eml/return.xlsx": data,
        "returns/lists.zip/NORTH a.csv + NORTH b.csv": b"".join(lists.values()),
    }
    returns = [{"file": file, "sha256": fingerprint(content)} for file, content in files.items()]
    core = {"returns": returns, "history": [], "previous": None}
    assert list(files_changed(place.folder, core)) == []
    path.write_bytes(eml({"return.xlsx": data + b"\0"}))
    assert [difference.sheet for difference in files_changed(place.folder, core)] == ["returns/mail.eml/return.xlsx"]
    path.unlink()
    assert [difference.current for difference in files_changed(place.folder, core)] == ["not there"]
