"""Reminders can be sent as they are: addressed, in words, a page at most, and only about what is still open."""

from __future__ import annotations

import datetime
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.locality.locality import Locality, open_locality
from icsassess.reports.agenda.mail import as_email
from icsassess.reports.agenda.open_points import list_points, rows_in_words
from icsassess.reports.agenda.reminders import MarkedReturn, Reminder, reminders
from tests.support.returns_dsl import AS_AT, fill_in, locality_of, merged

NORTH = """
    Ref    | Evidence     | Where it is kept | Evidence date | RAG     | Gap     | Action   | Owner | Due date
    Q1-PEX | Survey       | Shared drive     | 2023-11-01    | Amber   | Too few | Ask more |       | 2024-03-01
    Q1-STF | Staff survey | Shared drive     | 2023-11-01    | Amber   | Too few | Ask more |       | 2024-03-01
    Q1-PTN | Minutes      | Shared drive     | 2023-11-01    | Ambrish |         |          |       |
    Q1-OBS | Visits       | Shared drive     | 2023-11-01    | Green   |         |          |       |
    Q1-PRO | Policy       | Shared drive     | 2023-11-01    | Green   |         |          |       |
    Q1-OUT | Audit        | Shared drive     | 2023-11-01    | Green   |         |          |       |
"""
SETTINGS = """
[sender]
name = "Quality team"
role = "Self-assessment lead"
email = "quality@example.org"
greeting = "Good morning to {partner},"
closing = "Thank you,"
"""


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    locality_of(tmp_path, {"NORTH": "Q1", "SOUTH": "Q1"})
    return with_settings(tmp_path, SETTINGS)


def with_settings(folder: Path, sender: str) -> Locality:
    """Type who sends, and an address of North's, into the settings that were made."""
    path = folder / "locality.toml"
    text = path.read_text(encoding="utf-8")
    before, _, after = text.partition("[sender]")
    after = after[after.index("[rules]") :].replace('email = ""', 'email = "a@north.example; b@north.example"', 1)
    path.write_text(before + sender + after, encoding="utf-8")
    return open_locality(folder)


def the_draft(place: Locality, copies: dict[str, MarkedReturn] | None = None, name: str = "NORTH") -> Reminder:
    return next(draft for draft in reminders(merged(place), copies or {}) if draft.name == name)


def as_message(draft: Reminder, place: Locality) -> EmailMessage:
    message = email.message_from_bytes(as_email(draft, place, AS_AT), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_sheet_and_row_are_named_in_words_and_one_cause_is_told_once(place: Locality) -> None:
    fill_in(place, NORTH)
    text = the_draft(place).text
    assert "Quality and safety, rows 5 and 6: " in text
    assert "Quality and safety, row 7: we found ‘Ambrish’." in text
    assert "K5" not in text
    assert "without-owner" not in text


def test_it_greets_says_the_deadline_and_is_signed(place: Locality) -> None:
    fill_in(place, NORTH)
    text = the_draft(place).text
    assert text.startswith("Good morning to Northern Trust,\n")
    assert "The deadline is 31 January 2024: 21 days from 10 January 2024." in text
    assert text.endswith("Thank you,\nQuality team\nSelf-assessment lead\nquality@example.org\n")


def test_without_a_sender_somebody_signs_all_the_same(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, NORTH)
    assert the_draft(place).text.endswith("\nThe lead of the self-assessment, Anytown\n")


@pytest.mark.parametrize("points", [1, 8, 40, 300])
def test_however_many_points_there_are_it_is_a_page_and_the_rest_is_counted(points: int) -> None:
    kinds = ("action-without-owner", "evidence-elsewhere", "line-left-blank", "action-without-due-date")
    words = {"found": "See above", "statement": "Learning culture", "category": "Processes", "permitted": "Red"}
    many = [
        make_problem(kinds[n % 4], sheet=f"Sheet {n % 37}", cell=f"K{n}", ref=f"Q1-{n}", **words)  # type: ignore[arg-type]
        for n in range(1, points + 1)
    ]
    listed = list_points(many)
    assert sum(1 + len(text) // 76 for text in listed.paragraphs) <= 45
    assert bool(listed.more) == (len(listed.paragraphs) < len({point.code for point in many}))


def test_what_is_not_listed_is_counted() -> None:
    many = [make_problem("cell-error", sheet="S" * 20, cell=f"A{n}", found=f"#REF! {n} " + "x" * 60) for n in range(60)]
    for number, point in enumerate(many):
        many[number] = Problem(**{**_fields(point), "suggestion": f"Do this, number {number}."})
    listed = list_points(many)
    assert len(listed.paragraphs) + listed.more == 60 or listed.more == 0


def _fields(point: Problem) -> dict[str, object]:
    return {name: getattr(point, name) for name in Problem.__slots__}  # type: ignore[attr-defined]


def test_rows_are_named_by_sheet() -> None:
    places = (("A", "K7"), ("B", "D2"), ("A", "K5"))
    points = [make_problem("cell-error", sheet=sheet, cell=cell, found="x") for sheet, cell in places]
    assert rows_in_words(points) == "A, rows 5 and 7; B, row 2"
    assert rows_in_words([make_problem("file-password")]) == ""


def test_a_marked_copy_is_called_the_workbook_and_a_list_a_list(place: Locality, tmp_path: Path) -> None:
    path = fill_in(place, NORTH)
    file = place.relative(path)
    marked = the_draft(place, {file: MarkedReturn(path)})
    alone = the_draft(place, {file: MarkedReturn(path, "a file of the kind .ods cannot be marked")})
    assert "Your own workbook is attached, with each of these cells marked" in marked.text
    assert "Attached is a list of these points; your workbook is not (a file of the kind .ods" in alone.text
    assert "own workbook is attached" not in alone.text
    assert "attached" not in the_draft(place).text


def test_one_whose_return_has_not_come_is_asked_for_it_and_promised_no_workbook_that_is_not_there(
    place: Locality,
) -> None:
    fill_in(place, NORTH)
    draft = the_draft(place, name="SOUTH")
    assert "has not reached us yet" in draft.text
    assert draft.attachment is None
    assert "attached" not in draft.text
    blank = place.make_sub_folder("issued") / "Anytown - SOUTH - Southern Practice.xlsx"
    blank.write_bytes(b"x")
    draft = the_draft(place, name="SOUTH")
    assert (draft.attachment, "attached once more" in draft.text) == (blank, True)


def test_a_return_that_could_not_be_used_is_told_why(place: Locality) -> None:
    (place.folder / "returns" / "NORTH minutes.pdf").parent.mkdir(exist_ok=True)
    (place.folder / "returns" / "NORTH minutes.pdf").write_bytes(b"%PDF-1.7\n")
    draft = the_draft(place)
    assert "Thank you for sending ‘NORTH minutes.pdf’" in draft.text
    assert "This is a PDF" in draft.text


def test_each_of_several_organisations_that_answer_for_one_partner_gets_a_mail_of_its_own(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": {"statements": ("Q1",), "returns": "many"}})
    first = fill_in(place, NORTH, file="Medlock.xlsx", cover={"Organisation": "Medlock"})
    second = fill_in(place, NORTH, file="Glodwick.xlsx", cover={"Organisation": "Glodwick"})
    copies = {place.relative(path): MarkedReturn(path) for path in (first, second)}
    drafts = reminders(merged(place), copies)
    assert sorted((draft.name, draft.attachment) for draft in drafts) == [
        ("NORTH - Glodwick", second),
        ("NORTH - Medlock", first),
    ]


def test_the_mail_is_a_draft_that_mail_programs_open(place: Locality) -> None:
    path = fill_in(place, NORTH, file="Ümläut – return.xlsx")
    draft = the_draft(place, {place.relative(path): MarkedReturn(path)})
    message = as_message(draft, place)
    assert message["X-Unsent"] == "1"
    assert str(message["To"]) == "a@north.example, b@north.example"
    assert str(message["From"]) == "Quality team <quality@example.org>"
    assert message["Subject"].startswith("OFFICIAL-SENSITIVE: Anytown self-assessment: ")
    assert message["Date"].datetime.date() == AS_AT
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == draft.text
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "Ümläut – return.xlsx"
    assert attachment.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert attachment.get_content() == path.read_bytes()


def test_no_line_of_the_mail_is_too_long_and_the_same_draft_has_the_same_bytes(
    place: Locality,
) -> None:
    path = fill_in(place, NORTH)
    draft = the_draft(place, {place.relative(path): MarkedReturn(path)})
    data = as_email(draft, place, AS_AT)
    assert data == as_email(draft, place, AS_AT)
    assert b"\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


@pytest.mark.parametrize(
    "wrong", ['email = "quality"', 'email = "a@b.example\\nBcc: c@d.example"', 'greeting = "Dear\\nall"', "name = 7"]
)
def test_a_wrong_sender_is_refused_with_its_line(tmp_path: Path, wrong: str) -> None:
    locality_of(tmp_path)
    with pytest.raises(Refusal) as refusal:
        with_settings(tmp_path, f"[sender]\n{wrong}\n")
    assert (refusal.value.problem.cell or "").startswith("line ")


def test_a_later_day_says_that_the_deadline_was(place: Locality) -> None:
    fill_in(place, NORTH)
    late = reminders(merged(place, as_at=datetime.date(2024, 2, 2)), {})
    assert "The deadline was 31 January 2024, 2 days before 2 February 2024." in late[0].text
