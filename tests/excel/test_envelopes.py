"""Files within files: mails, Outlook mails and archives, taken apart in memory and within bounds."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import olefile
import pytest

from icsassess.excel.container.compound_file import lists_stream
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Limits, Meter
from icsassess.excel.reading.envelopes.enclosed_files import (
    Listed,
    enclosed_file,
    harmless_parts,
    list_enclosed,
    split_path,
)
from icsassess.excel.reading.envelopes.envelope import Letter
from icsassess.excel.reading.envelopes.registry import ENVELOPES, envelope_of
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from tests.support import handmade_workbooks as handmade
from tests.support.other_files.envelopes import SENT, archive, eml, message, msg

WORKBOOK = handmade.xlsx()
XLS = (Path(__file__).parent / "files" / "from column C.xls").read_bytes()
LETTER = Letter("Quality team", "quality@example.org", SENT, "Our return")


def listed(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Listed]:
    return list(list_enclosed(data, Meter(limits)))


def names(data: bytes) -> list[str]:
    return [each.name for each in listed(data)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (eml({"return.xlsx": WORKBOOK}), "mail"),
        (b"From someone@example.org Tue Jan  9 10:00:00 2024\n" + eml({"return.xlsx": WORKBOOK}), "mail"),
        (msg({"return.xlsx": WORKBOOK}), "outlook"),
        (archive({"return.xlsx": WORKBOOK}), "zip"),
        (archive({"return.xlsx": WORKBOOK}, stored=True), "zip"),
    ],
)
def test_each_kind_is_recognised_by_its_bytes_and_gives_what_is_in_it(data: bytes, kind: str) -> None:
    envelope = envelope_of(data)
    assert envelope is not None
    assert envelope.name == kind
    (only,) = listed(data)
    assert (only.name, only.data, only.unreadable) == ("return.xlsx", WORKBOOK, None)
    assert enclosed_file(data, "return.xlsx")[0] == WORKBOOK


@pytest.mark.parametrize("data", [WORKBOOK, XLS, b"Ref,RAG\nQ1-PEX,Green\n", b"", b"%PDF-1.7", b"From: here\nto there"])
def test_a_workbook_or_a_text_is_no_envelope(data: bytes) -> None:
    assert envelope_of(data) is None
    assert listed(data) == []


def test_the_kinds_are_a_registry() -> None:
    assert [envelope.name for envelope in ENVELOPES] == ["zip", "outlook", "mail"]


@pytest.mark.parametrize("data", [eml({"return.xlsx": WORKBOOK}), msg({"return.xlsx": WORKBOOK})])
def test_a_mail_says_who_sent_it_and_when(data: bytes) -> None:
    assert listed(data)[0].wrappings[0].letter == LETTER


def test_names_and_senders_in_other_scripts_are_read() -> None:
    mail = eml({"Rückmeldung – Ægir.xlsx": WORKBOOK}, sender="Équipe qualité <q@example.org>", subject="Réponse")
    (only,) = listed(mail)
    assert only.name == "Rückmeldung – Ægir.xlsx"
    assert only.wrappings[0].letter is not None
    assert only.wrappings[0].letter.sender_name == "Équipe qualité"


def test_an_old_workbook_in_an_outlook_mail_makes_no_workbook_of_the_mail() -> None:
    data = msg({"return.xls": XLS * 1})
    assert not lists_stream(data, "Workbook")
    assert names(data) == ["return.xls"]


def test_names_of_streams_are_compared_whatever_their_capitals() -> None:
    assert lists_stream(XLS, "WORKBOOK")
    assert olefile.isOleFile(io.BytesIO(msg()))


def test_a_mail_within_a_mail_and_an_archive_within_it_are_opened_too() -> None:
    inner = message({"forms.zip": archive({"North/return.xlsx": WORKBOOK})}, sender="A partner <p@example.org>")
    outer = eml({}, forwarded=inner, subject="FW: return")
    (only,) = listed(outer)
    assert only.name == "Our return.eml/forms.zip/North/return.xlsx"
    assert [wrapping.envelope.name for wrapping in only.wrappings] == ["mail", "mail", "zip"]
    data, wrappings = enclosed_file(outer, only.name)
    assert data == WORKBOOK
    assert [wrapping.letter and wrapping.letter.sender_address for wrapping in wrappings] == [
        "quality@example.org",
        "p@example.org",
        None,
    ]


def test_a_mail_within_an_outlook_mail_is_opened_too() -> None:
    data = msg({}, embedded={"RE: Our return": {"return.xlsx": WORKBOOK}})
    assert names(data) == ["RE Our return/return.xlsx"]
    assert enclosed_file(data, names(data)[0])[0] == WORKBOOK


def test_what_is_no_table_is_named_as_what_it_is_and_pictures_of_signatures_are_left_out() -> None:
    data = eml({"notes.pdf": b"%PDF-1.7", "return.xlsx": WORKBOOK})
    told = {each.name: each.unreadable and each.unreadable.detail for each in listed(data)}
    assert told == {"notes.pdf": "a PDF", "return.xlsx": None}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("../../etc/passwd", ["etc", "passwd"]),
        ("C:\\Users\\lead\\return.xlsx", ["C", "Users", "lead", "return.xlsx"]),
        ("/root/return.xlsx", ["root", "return.xlsx"]),
        ("a\x00b\x1b[31m.xlsx", ["a b [31m.xlsx"]),
        ("....//", []),
        ("x" * 400 + ".xlsx", ["x" * 108 + "….xlsx"]),
    ],
)
def test_a_name_leads_nowhere(name: str, parts: list[str]) -> None:
    assert harmless_parts(name) == parts


def test_two_files_of_one_name_are_told_apart() -> None:
    data = archive({"../return.xlsx": WORKBOOK, "return.xlsx": XLS, "RETURN.xlsx": WORKBOOK})
    assert names(data) == ["return.xlsx", "return (2).xlsx", "RETURN (3).xlsx"]
    assert enclosed_file(data, "return (2).xlsx")[0] == XLS


def test_what_systems_leave_in_archives_is_no_file_of_anybody() -> None:
    data = archive({"__MACOSX/._return.xlsx": b"\0", ".DS_Store": b"\0", "~$return.xlsx": b"\7", "r.xlsx": WORKBOOK})
    assert names(data) == ["r.xlsx"]


def test_a_path_goes_on_where_the_file_ends(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(eml({"return.xlsx": WORKBOOK}))
    assert split_path(tmp_path / "mail.eml" / "a" / "b.xlsx") == (tmp_path / "mail.eml", "a/b.xlsx")
    assert split_path(tmp_path / "mail.eml") == (tmp_path / "mail.eml", "")
    assert split_path(tmp_path / "nowhere" / "b.xlsx") == (tmp_path / "nowhere" / "b.xlsx", "")


def test_a_name_that_is_not_in_it_is_said_not_to_be() -> None:
    with pytest.raises(Unreadable) as caught:
        enclosed_file(eml({"return.xlsx": WORKBOOK}), "other.xlsx")
    assert caught.value.reason is Reason.MISSING


# --- Bounds ----------------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    return archive({"return.xlsx": bytes(70 * 1024 * 1024)})


def deep(layers: int) -> bytes:
    data = archive({"return.xlsx": WORKBOOK})
    for _ in range(layers):
        data = archive({"more.zip": data}, stored=True)
    return data


def test_an_archive_that_unpacks_to_too_much_costs_the_file_and_not_the_rest() -> None:
    (only,) = listed(bomb())
    assert only.unreadable is not None
    assert only.unreadable.reason is Reason.TOO_LARGE


def test_archives_that_unpack_to_too_much_together_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        enclosed_file(archive({"a.xlsx": bytes(3000)}, stored=True), "a.xlsx", Limits(total_bytes=2000))
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "many",
    [
        lambda: archive({f"{number}.txt": b"x" for number in range(201)}),
        lambda: eml({f"{number}.txt": b"x" for number in range(201)}),
        lambda: (
            b"From: a@b.org\nTo: c@d.org\nContent-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\nContent-Type: text/plain; name=a.txt\n\nx\n" * 5_000
            + b"--x--\n"
        ),
        lambda: msg({f"{number}.txt": b"x" for number in range(201)}),
    ],
)
def test_thousands_of_attachments_are_refused_with_a_sentence(many: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as caught:
        listed(many())
    assert caught.value.reason is Reason.TOO_LARGE
    assert "more than" in caught.value.detail


def test_archives_in_each_other_have_a_bound() -> None:
    assert names(deep(3)) == ["more.zip/more.zip/more.zip/return.xlsx"]
    (only,) = listed(deep(4))
    assert only.unreadable is not None
    assert only.unreadable.reason is Reason.UNSAFE


def test_parts_in_each_other_without_end_hold_nothing() -> None:
    head = b"From: a@b.org\nTo: c@d.org\n"
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (n, n) for n in range(900))
    assert listed(head + nested) == []


def test_a_file_with_a_password_in_an_archive_is_listed_with_its_reason() -> None:
    data = bytearray(archive({"return.xlsx": WORKBOOK}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag that says so
        data[data.find(signature) + at] |= 1
    (only,) = listed(bytes(data))
    assert only.unreadable is not None
    assert only.unreadable.reason is Reason.PASSWORD


@pytest.mark.parametrize("make", [eml, msg, archive])
def test_damage_anywhere_is_a_reason_and_never_a_crash(make: Callable[[dict[str, bytes]], bytes]) -> None:
    """Cut off or changed at random, seeded: whatever comes out is a list of files, or a reason."""
    whole = make({"return.xlsx": WORKBOOK, "more.zip": archive({"inner.xlsx": WORKBOOK})})
    for seed in range(150):
        chance = random.Random(seed)
        data = bytearray(whole)
        if seed % 2:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.randrange(1, 60)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            for each in listed(bytes(data)):
                if each.unreadable is None:
                    read_workbook_bytes(each.data)


def test_nothing_is_written_by_the_names_in_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "extract", lambda *_: pytest.fail("written"))
    monkeypatch.setattr(zipfile.ZipFile, "extractall", lambda *_: pytest.fail("written"))
    monkeypatch.chdir(tmp_path)
    data = archive({"../out.xlsx": WORKBOOK, "/tmp/out.xlsx": WORKBOOK})
    assert names(data) == ["out.xlsx", "tmp/out.xlsx"]
    assert list(tmp_path.parent.glob("out.xlsx")) == []
