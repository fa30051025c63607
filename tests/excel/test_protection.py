"""Workbooks that are encrypted and open without a password, and those that have one of their own."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto
import olefile
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Meter
from icsassess.excel.reading.protection import is_protected, unprotected
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from tests.support.other_files.compound_file import compound_file

XLS = (Path(__file__).parent / "files" / "from column C.xls").read_bytes()
XLSX = (Path(__file__).parents[1] / "samples" / "PC two tables side by side.xlsx").read_bytes()
EVERYBODY_S = "VelvetSweatshop"


def encrypted(password: str) -> bytes:
    result = io.BytesIO()
    OOXMLFile(io.BytesIO(XLSX)).encrypt(password, result)
    return result.getvalue()


def xls_stream(name: str = "Workbook", more: bytes = b"") -> bytes:
    """Give an .xls whose stream has a name, with records behind its first."""
    stream = olefile.OleFileIO(io.BytesIO(XLS)).openstream("Workbook").read()
    end = 4 + int.from_bytes(stream[2:4], "little")
    return compound_file({name: stream[:end] + more + stream[end:]})


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(data)
    return caught.value


def test_a_workbook_whose_structure_is_protected_opens_without_asking() -> None:
    data = encrypted(EVERYBODY_S)
    assert is_protected(data)
    assert read_workbook_bytes(data).sheets == read_workbook_bytes(XLSX).sheets
    assert unprotected(data, Meter(DEFAULT_LIMITS)) == XLSX


def test_a_password_of_its_own_keeps_it_shut() -> None:
    assert refusal(encrypted("secret")).reason is Reason.PASSWORD
    assert msoffcrypto.OfficeFile(io.BytesIO(encrypted("secret"))).is_encrypted()


@pytest.mark.parametrize(
    "record",
    [
        b"\x2f\x00\x06\x00\x00\x00\x12\x34\x56\x78",  # XOR
        b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48),  # RC4
    ],
)
def test_an_older_workbook_with_a_password_is_said_to_have_one_and_not_to_be_damaged(record: bytes) -> None:
    assert refusal(xls_stream(more=record)).reason is Reason.PASSWORD


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "workbook"])
def test_the_stream_of_an_older_workbook_is_found_whatever_its_capitals(name: str) -> None:
    assert read_workbook_bytes(xls_stream(name)).sheets == read_workbook_bytes(XLS).sheets
