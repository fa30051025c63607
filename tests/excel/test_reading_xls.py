"""Older Excel workbooks (.xls) and binary ones (.xlsb): read in a process of their own, or refused without harm."""

from __future__ import annotations

import contextlib
import datetime
import os
import random
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.excel.container.limits import DEFAULT_LIMITS, Limits, Meter, Remarks
from icsassess.excel.reading.read_workbook import Reason, Unreadable, read_workbook, read_workbook_bytes
from icsassess.excel.reading.xls import workbook as xls_workbook
from icsassess.excel.reading.xls.xlsb_sheets import value_of
from tests.support import handmade_workbooks as handmade

FROM_COLUMN_C = Path(__file__).parent / "files" / "from column C.xls"
SAMPLE = Path(__file__).parents[1] / "samples" / "PC headings over two rows, saved by LibreOffice.xls"


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    """The first sheet of an .xls whose table begins in column C."""
    return read_workbook(FROM_COLUMN_C).sheets[0]


def in_row(sheet: Sheet, row: int) -> dict[int, object]:
    return {column: cell.value for (at, column), cell in sheet.cells.items() if at == row}


# Where cells stand


def test_a_table_of_an_xls_that_begins_in_column_c_is_read_there(sheet: Sheet) -> None:
    assert in_row(sheet, 3) == {3: "Ref", 4: "RAG", 5: "Reason", 6: "Due", 7: "Evidence"}
    assert in_row(sheet, 4) == {3: "Q1-PEX", 4: "Green", 5: "#DIV/0!", 6: datetime.date(2024, 3, 1), 7: "Survey"}


def test_a_table_of_an_xlsb_that_begins_in_column_c_is_read_there() -> None:
    data = handmade.xlsb({3: {3: "Ref", 4: "RAG"}, 4: {3: "Q1-PEX", 4: "Green", 6: 2.5}, 9: {7: "below"}})
    workbook = read_workbook_bytes(data)
    assert workbook.kind == "xlsb"
    assert {key: cell.value for key, cell in workbook.sheets[0].cells.items()} == {
        (3, 3): "Ref", (3, 4): "RAG", (4, 3): "Q1-PEX", (4, 4): "Green", (4, 6): 2.5, (9, 7): "below",
    }  # fmt: skip


def test_a_table_of_an_xlsb_that_begins_in_column_a_is_read_there() -> None:
    cells = read_workbook_bytes(handmade.xlsb({1: {1: "Ref"}, 2: {2: 7.0}})).sheets[0].cells
    assert {key: cell.value for key, cell in cells.items()} == {(1, 1): "Ref", (2, 2): 7}


# What is read of an .xls


def test_values_of_every_kind(sheet: Sheet) -> None:
    assert in_row(sheet, 6) == {3: 12, 4: 1.5, 5: True, 6: datetime.time(9, 15), 7: "#N/A"}
    assert sheet.cells[5, 6].value == datetime.datetime(2024, 3, 1, 10, 30)
    kinds = [sheet.cells[6, column].kind for column in range(3, 8)]
    assert kinds == [Kind.NUMBER, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.ERROR]


def test_errors_and_colours_lie_on_the_cells_that_have_them(sheet: Sheet) -> None:
    assert (sheet.cells[4, 5].value, sheet.cells[4, 5].kind) == ("#DIV/0!", Kind.ERROR)
    assert sheet.cells[5, 4] == Cell(5, 4, None, Kind.EMPTY, "FFC000")
    assert [key for key, cell in sheet.cells.items() if cell.fill] == [(5, 4)]


def test_notes_and_links(sheet: Sheet) -> None:
    notes = {key: cell.note for key, cell in sheet.cells.items() if cell.note}
    assert notes == {(4, 4): "A note\nof two lines", (20, 8): "on a blank cell"}
    assert {key: cell.link for key, cell in sheet.cells.items() if cell.link} == {(4, 7): "https://example.org/a?b=c"}


def test_text_struck_through_as_a_whole_or_in_part(sheet: Sheet) -> None:
    assert [key for key, cell in sheet.cells.items() if cell.struck] == [(5, 5), (5, 7)]


def test_what_is_hidden_and_what_is_merged(sheet: Sheet) -> None:
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == ({7}, {5}, ((9, 3, 10, 5),))
    assert [(each.title, each.hidden) for each in read_workbook(FROM_COLUMN_C).sheets] == [
        ("Thème 1", False),
        ("Hidden", True),
    ]


def test_a_return_saved_as_xls_has_its_notes_too() -> None:
    cells = [cell for sheet in read_workbook(SAMPLE).sheets for cell in sheet.cells.values()]
    assert len([cell for cell in cells if cell.value is not None]) == 371
    assert len([cell for cell in cells if cell.fill]) == 157
    assert len([cell for cell in cells if cell.note]) == 27


def test_only_what_could_not_be_seen_is_a_remark() -> None:
    assert read_workbook(FROM_COLUMN_C).remarks == (
        "in this .xls file links within formulas, colours by condition, headers and footers could not be seen",
    )
    assert read_workbook_bytes(handmade.xlsb({1: {1: "x"}})).remarks == (
        "in this .xlsb file colours, hidden rows, Excel errors, notes, links and struck-through text could not be seen",
    )


def test_sheets_that_hold_no_cells_are_named() -> None:
    data = bytearray(FROM_COLUMN_C.read_bytes())
    title = data.index(b"Hidden")
    assert data[title - 3] == 0  # the type of the sheet, before the length of its title ([MS-XLS] 2.4.28)
    data[title - 3] = 2
    workbook = read_workbook_bytes(bytes(data))
    assert ([sheet.title for sheet in workbook.sheets], workbook.other_sheets) == (["Thème 1"], ("Hidden",))


def test_a_workbook_that_shares_sectors_with_another_stream_is_read_all_the_same() -> None:
    data = bytearray(SAMPLE.read_bytes())
    root, stream = (data.rindex(name.encode("utf-16-le") + b"\0\0") for name in ("Root Entry", "Workbook"))
    data[root + 116 : root + 124] = data[stream + 116 : stream + 124]  # where it begins, and its size ([MS-CFB] 2.6.1)
    assert read_workbook_bytes(bytes(data)) == read_workbook(SAMPLE)


# Bounds and damage


def answer_within(limits: Limits) -> list[Sheet | str] | Reason:
    return xls_workbook.answer((FROM_COLUMN_C.read_bytes(), "xls", limits))


def test_more_cells_or_characters_than_allowed_are_too_much() -> None:
    assert not isinstance(answer_within(DEFAULT_LIMITS), Reason)
    assert answer_within(replace(DEFAULT_LIMITS, cells=10)) is Reason.TOO_LARGE
    assert answer_within(replace(DEFAULT_LIMITS, held_bytes=500)) is Reason.TOO_LARGE


def test_colours_of_blank_cells_far_from_any_text_are_left_out() -> None:
    (near, *_), (nearer, *_) = answer_within(DEFAULT_LIMITS), answer_within(replace(DEFAULT_LIMITS, blank_columns=3))
    assert isinstance(near, Sheet)
    assert isinstance(nearer, Sheet)
    assert sorted(in_row(near, 5)) == [4, 5, 6, 7]
    assert sorted(in_row(nearer, 5)) == [5, 6, 7]


def test_a_binary_workbook_is_recognised_and_damage_to_it_is_refused() -> None:
    rels = handmade.relationships(("rId1", "officeDocument", "xl/workbook.bin"))
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(handmade.packed({"_rels/.rels": rels, "xl/workbook.bin": b"\x83\x01\x00"}))
    assert caught.value.reason in (Reason.DAMAGED, Reason.NO_SHEETS)


def short_streams_table(data: bytes) -> range:
    """Give where the table of the short streams' sectors stands ([MS-CFB] 2.2)."""
    first = struct.unpack_from("<I", data, 60)[0]
    return range(512 * (first + 1), 512 * (first + 2))


def test_random_damage_to_an_xls_gives_a_workbook_or_a_reason() -> None:
    data = FROM_COLUMN_C.read_bytes()
    places = sorted(set(range(8, len(data))) - set(short_streams_table(data)))  # for which there is the next test
    chance = random.Random(1)
    endings: set[type] = set()
    for attempt in range(1_010):
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 30)):
            changed[chance.choice(places)] = chance.randrange(256)
        damaged = bytes(changed[: chance.randrange(600, len(changed))] if attempt % 3 == 0 else changed)
        endings.add(type(xls_workbook.answer((damaged, "xls", DEFAULT_LIMITS))))
        if attempt < 10:
            with contextlib.suppress(Unreadable):
                assert isinstance(read_workbook_bytes(damaged), Workbook)
    assert endings == {list, Reason}


def test_an_xls_whose_sectors_follow_one_another_in_a_circle_is_refused_in_time() -> None:
    data = bytearray(FROM_COLUMN_C.read_bytes())
    for at in short_streams_table(data)[::4]:
        struct.pack_into("<I", data, at, 0)
    with pytest.raises(Unreadable) as caught:
        read_workbook_bytes(bytes(data), Limits(seconds=2))
    assert caught.value.reason in (Reason.TOO_SLOW, Reason.TOO_LARGE)


def end(_: object) -> str:
    os._exit(134)


def end_for_lack_of_memory(_: object) -> str:
    os.write(2, b"memory allocation of 2147483648 bytes failed\n")
    os._exit(134)


def panic(_: object) -> str:
    raise BaseException("panic")


def fail(_: object) -> str:
    raise ValueError


def hang(_: object) -> str:
    time.sleep(60)
    return ""


def take_much_memory(_: object) -> str:
    return bytes(400 * 1024 * 1024).decode()


def ask_for_a_password(_: object) -> Reason:
    return Reason.PASSWORD


def find_too_much(_: object) -> Reason:
    return Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (end, Reason.DAMAGED),
        (end_for_lack_of_memory, Reason.TOO_LARGE),
        (panic, Reason.DAMAGED),
        (fail, Reason.DAMAGED),
        (hang, Reason.TOO_SLOW),
        (take_much_memory, Reason.TOO_LARGE),
        (ask_for_a_password, Reason.PASSWORD),
        (find_too_much, Reason.TOO_LARGE),
    ],
)
def test_whatever_happens_to_the_process_that_reads_them_it_is_a_reason(
    answer: Callable[[object], object], reason: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xls_workbook, "answer", answer)
    with pytest.raises(Unreadable) as caught:
        xls_workbook.read_apart(b"x", "xls", Meter(Limits(seconds=1)), Remarks(9))
    assert caught.value.reason is reason


def answer_with_every_kind_of_value(_: object) -> list[Sheet | str]:
    values = ["a", 2, True, datetime.date(2024, 3, 1), datetime.datetime(2024, 3, 1, 9), datetime.time(9), None]
    kinds = [Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.DATE, Kind.DATE, Kind.EMPTY]
    cells = [Cell(5, column, *value) for column, value in enumerate(zip(values, kinds, strict=True), 1)]
    return [
        Sheet("One", {(5, cell.column): cell for cell in cells}, ((1, 1, 2, 2),), True, *[frozenset()] * 2, False),
        "Chart",
    ]


def test_every_kind_of_value_comes_back_from_that_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls_workbook, "answer", answer_with_every_kind_of_value)
    workbook = xls_workbook.read_apart(b"x", "xlsb", Meter(DEFAULT_LIMITS), Remarks(9))
    assert [*workbook.sheets, *workbook.other_sheets] == answer_with_every_kind_of_value(None)


@pytest.mark.parametrize(
    ("read", "value", "kind"),
    [
        ("a", "a", Kind.TEXT),
        (2.0, 2, Kind.NUMBER),
        (1.5, 1.5, Kind.NUMBER),
        (True, True, Kind.BOOLEAN),
        (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), Kind.DATE),
        (datetime.timedelta(hours=6), 0.25, Kind.NUMBER),
        (float("inf"), "inf", Kind.TEXT),
    ],
)
def test_every_kind_of_value_in_an_xlsb_is_understood(read: object, value: object, kind: Kind) -> None:
    assert value_of(read) == (value, kind)
