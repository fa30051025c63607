"""Rows and texts written as nearly all programs write them are taken from the bytes, to the same cells as if parsed.

A comment before the rows or texts hides nothing and changes nothing, but everything after it goes to the XML parser: so
each file is read both ways.
"""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.limits import Limits
from icsassess.excel.reading.read_workbook import Unreadable, read_workbook_bytes
from icsassess.excel.reading.xlsx import fast_elements
from icsassess.excel.reading.xlsx.sheet_parser import SheetReader
from tests.support import handmade_workbooks as handmade

SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
COMMENT = "<!-- -->"
LOOKS = handmade.styles(
    '<xf fillId="2"/><xf numFmtId="14"/><xf fontId="1"/>',
    fills='<fill><patternFill patternType="solid"><fgColor rgb="FFFFC000"/></patternFill></fill>',
    fonts="<font/><font><strike/></font>",
)


def both(rows: str, texts: str = "<si><t>Red</t></si><si><t>R&amp;D &lt;b&gt;</t></si>") -> tuple[object, object]:
    """Read the rows and texts in the quick way, and by the parser alone."""
    return outcome(rows, texts, ""), outcome(rows, texts, COMMENT)


def outcome(rows: str, texts: str, before: str, limits: Limits | None = None) -> Workbook | str:
    table = f'{handmade.XML}<sst xmlns="{handmade.MAIN}">{before}{texts}</sst>'
    sheet = handmade.worksheet(rows, before=before)
    data = handmade.xlsx(**{SHEET: sheet, TEXTS: table, STYLES: LOOKS})
    try:
        return read_workbook_bytes(data, limits or Limits())
    except Unreadable as error:
        return str(error.reason)


def row(number: int, cells: str, more: str = "") -> str:
    return f'<row r="{number}"{more}>{cells}</row>'


WITH_A_NUMBER_THAT_IS_NONE = "whole and other numbers"  # which is the parser's
PLAIN = {
    "shared texts": row(2, '<c r="A2" s="1" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'),
    WITH_A_NUMBER_THAT_IS_NONE: row(
        3, '<c r="A3"><v>12</v></c><c r="B3" t="n"><v>-</v></c><c r="C3"><v>1.5E-3</v></c>'
    ),
    "days": row(4, '<c r="A4" s="2"><v>45301</v></c><c r="B4" s="2"><v>45301.75</v></c>'),
    "cells with only a colour": row(5, '<c r="A5" s="1"/><c r="B5" s="1"></c><c r="C5"/>'),
    "text within the cell": row(2, '<c r="A2" s="1" t="inlineStr"><is><t>Amber – café</t></is></c>'),
    "text within the cell, as it stands": row(
        2, '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> R&amp;D\n_x0041_ _x005F_x </t></is></c>'
    ),
    "text within a cell that comes twice": row(2, '<c r="A2" t="inlineStr"><is><t>x</t></is></c>' * 2),
    "text within a cell struck through": row(2, '<c r="A2" s="3" t="inlineStr"><is><t>x</t></is></c>'),
    "blanks before the end of a tag": row(2, '<c r="A2" s="1" /><c r="B2" />') + '<row r="3" ht="12" />',
    "texts struck through": row(6, '<c r="A6" s="3" t="s"><v>0</v></c>'),
    "a text that is not there": row(7, '<c r="A7" t="s"><v>99</v></c><c r="B7" t="s"><v>1.5</v></c>'),
    "rows out of order": row(9, '<c r="A9"><v>1</v></c>') + row(8, '<c r="A8"><v>2</v></c>'),
    "a row that comes twice": row(9, '<c r="A9"><v>1</v></c>') * 2,
    "a cell that comes twice": row(9, '<c r="A9"><v>1</v></c><c r="A9"><v>2</v></c><c r="A9" s="1"/>'),
    "hidden rows, and rows without height": row(4, "", ' hidden="1"') + row(5, '<c r="A5"><v>1</v></c>', ' ht="0"'),
    "rows that are not hidden": row(4, '<c r="A4"><v>1</v></c>', ' hidden="false" spans="1:3" x14ac:dyDescent="0.2"'),
    "rows without cells": '<row r="3"/><row r="4" ht="12.75" customHeight="1"/>',
}
ODD = {
    "a formula": row(2, '<c r="A2"><f>1+1</f><v>2</v></c>'),
    "text within the cell, without any": row(2, '<c r="A2" s="1" t="inlineStr"><is><t></t></is></c>'),
    "text within the cell, in runs": row(2, '<c r="A2" t="inlineStr"><is><r><t>Am</t></r><r><t>ber</t></r></is></c>'),
    "text within the cell that is none": row(2, '<c r="A2" t="inlineStr"><is><t>\uffff</t></is></c>'),
    "a section's end in a text within": row(2, '<c r="A2" t="inlineStr"><is><t>]]></t></is></c>'),
    "a number in a cell that says text": row(2, '<c r="A2" t="inlineStr"><v>7</v></c>'),
    "an entity": row(2, '<c r="A2" t="str"><v>R&amp;D</v></c>'),
    "an address in another row": row(2, '<c r="A3"><v>1</v></c>'),
    "no address": "<row><c><v>1</v></c></row>",
    "small letters": row(2, '<c r="a2"><v>1</v></c>'),
    "a column beyond ZZ": row(2, '<c r="AAA2"><v>1</v></c>'),
    "a row beyond the last": row(1_048_577, '<c r="A1048577"><v>1</v></c>'),
    "a true value": row(2, '<c r="A2" t="b"><v>1</v></c>'),
    "an error": row(2, '<c r="A2" t="e"><v>#REF!</v></c>'),
    "a comment between rows": "<!-- <row r='2'> -->" + row(3, '<c r="A3"><v>1</v></c>'),
    "a comment within a row": row(2, '<!-- <c r="A2"><v>9</v></c></row> --><c r="A2"><v>1</v></c>'),
    "rows within rows": '<row r="2"><row r="3"><c r="A3"><v>1</v></c></row></row>',
    "a row that never ends": '<row r="2"><c r="A2"><v>1</v></c>',
    "other tags between rows": "<x/>" + row(3, '<c r="A3"><v>1</v></c>'),
    "spaces between rows": " " + row(3, '<c r="A3"><v>1</v></c>') + "\n" + row(4, '<c r="A4"><v>1</v></c>'),
}


@pytest.mark.parametrize("rows", [*PLAIN.values(), *ODD.values()], ids=[*PLAIN, *ODD])
def test_both_ways_give_the_same(rows: str) -> None:
    around = row(1, '<c r="A1" t="s"><v>0</v></c>') + rows + row(10, '<c r="B10" s="1" t="s"><v>1</v></c>')
    quick, parsed = both(around)
    assert quick == parsed


@pytest.mark.parametrize("name", [name for name in PLAIN if name != WITH_A_NUMBER_THAT_IS_NONE])
def test_plain_rows_never_reach_the_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: SheetReader, attributes: dict[str, str]) -> None:
        raise AssertionError("the parser met a row")

    monkeypatch.setattr(SheetReader, "_start_row", refuse)
    assert isinstance(outcome(PLAIN[name], "", ""), Workbook)


CELLS = st.sampled_from(
    [
        '<c r="{c}{r}" t="s"><v>0</v></c>',
        '<c r="{c}{r}" t="s"><v>1</v></c>',
        '<c r="{c}{r}" s="1"/>',
        '<c r="{c}{r}"/>',
        '<c r="{c}{r}"><v>7</v></c>',
        '<c r="{c}{r}" s="2"><v>45000</v></c>',
        '<c r="{c}{r}"><f>A1</f><v>1</v></c>',
        '<c r="{c}{r}" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="{c}{r}" s="1" t="inlineStr"><is><t></t></is></c>',
        '<c r="{c}{r}" s="1" />',
        "<c><v>3</v></c>",
        "<!-- c -->",
        " ",
    ]
)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.lists(st.tuples(st.sampled_from("ABCZ"), CELLS), max_size=5)), max_size=8)
)
def test_rows_of_every_kind_in_any_order_give_the_same_both_ways(rows: list[tuple[int, list[tuple[str, str]]]]) -> None:
    given_rows = "".join(
        row(number, "".join(cell.format(c=column, r=number) for column, cell in cells)) for number, cells in rows
    )
    quick, parsed = both(given_rows)
    assert quick == parsed


TEXTS_OF_ALL_KINDS = {
    "plain ones": "<si><t>Green</t></si><si><t xml:space='preserve'> kept </t></si>",
    "with spaces kept": '<si><t xml:space="preserve"> kept \n twice</t></si>',
    "entities": "<si><t>&amp;lt; &lt;b&gt; &quot;&apos;</t></si><si><t>&#163;5</t></si>",
    "escapes": "<si><t>line_x000D_end _x005F_x0041_</t></si>",
    "accents and other scripts": "<si><t>café – ‘naïve’ 漢字 🔴</t></si>",
    "runs": "<si><r><t>two</t></r><r><rPr><strike/></rPr><t> runs</t></r></si><si><t>after</t></si>",
    "a guide to reading": "<si><t>読む</t><rPh sb='0' eb='1'><t>よ</t></rPh></si>",
    "nothing": "<si><t></t></si><si><t/></si><si/>",
    "a comment that holds one": "<si><t>a</t></si><!-- <si><t>no</t></si> --><si><t>b</t></si>",
    "a section": "<si><t><![CDATA[<si>]]></t></si>",
    "a stray end of a section": "<si><t>]]></t></si>",
    "a control character": "<si><t>\x01</t></si>",
    "a line end of old": "<si><t>a\r\nb\rc</t></si>",
    "the last character of the plane": "<si><t>\uffff</t></si>",
    "a long one": f"<si><t>{'long ' * 60_000}</t></si><si><t>after</t></si>",
}


@pytest.mark.parametrize("texts", TEXTS_OF_ALL_KINDS.values(), ids=list(TEXTS_OF_ALL_KINDS))
def test_texts_of_every_kind_give_the_same_both_ways(texts: str) -> None:
    all_texts = "<si><t>first</t></si>" + texts + "<si><t>last</t></si>"
    cells = "".join(f'<c r="{column}1" t="s"><v>{number}</v></c>' for number, column in enumerate("ABCDEF"))
    quick, parsed = both(row(1, cells), all_texts)
    assert quick == parsed


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_gives_the_same_both_ways(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    within = f'<c r="B1" t="inlineStr"><is><t>{escaped}</t></is></c>'
    quick, parsed = both(row(1, '<c r="A1" t="s"><v>0</v></c>' + within), f"<si><t>{escaped}</t></si>")
    assert quick == parsed


def test_bytes_that_are_no_text_are_refused_both_ways() -> None:
    for before in (b"", COMMENT.encode()):
        table = f'{handmade.XML}<sst xmlns="{handmade.MAIN}">'.encode() + before + b"<si><t>\xff\xfe</t></si></sst>"
        with pytest.raises(Unreadable):
            read_workbook_bytes(handmade.xlsx(row(1, '<c r="A1" t="s"><v>0</v></c>'), **{TEXTS: table}))


@pytest.mark.parametrize(
    ("limits", "rows"),
    [
        (Limits(cells=50), row(1, "") + "".join(row(n, f'<c r="A{n}"><v>1</v></c>') for n in range(2, 100))),
        (Limits(held_bytes=20_000), "".join(row(n, f'<c r="A{n}"><v>1</v></c>') for n in range(1, 1000))),
        (
            Limits(held_bytes=20_000),
            row(1, "") + row(2, f'<c r="A2" t="inlineStr"><is><t>{"long " * 8_000}</t></is></c>'),
        ),
        (Limits(cells_seen=100), "".join(row(n, f'<c r="A{n}"/>') for n in range(1, 1000))),
    ],
    ids=["cells", "memory", "memory of texts within cells", "cells seen"],
)
def test_the_limits_hold_both_ways(limits: Limits, rows: str) -> None:
    assert outcome(rows, "", "", limits) == outcome(rows, "", COMMENT, limits) != outcome(rows, "", "")


def test_a_sheet_in_many_pieces_gives_the_same_as_in_one() -> None:
    rows = "".join(row(n, f'<c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><f>1</f><v>{n}</v></c>') for n in range(1, 4000))
    quick, parsed = both(rows + row(5000, '<c r="A5000"><v>1</v></c>'))
    assert quick == parsed


def test_what_is_taken_is_left_out_for_the_parser_and_nothing_else() -> None:
    class Numbers:
        opening, closing = b"<n>", b"</n>"
        taken: list[bytes]

        def __init__(self) -> None:
            self.taken = []

        def may_consume(self) -> bool:
            return True

        def consume(self, data: bytes, at: int) -> int:
            while (
                data[at : at + 3] == b"<n>" and data[at + 3 : at + 4].isdigit() and (end := data.find(b"</n>", at)) > 0
            ):
                self.taken.append(data[at + 3 : end])
                at = end + 4
            return at

    whole = b"<all><n>1</n><n>x</n><n>22</n><n>3</n></all><end/>"
    for size in range(1, len(whole)):
        numbers = Numbers()
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        unread = b"".join(fast_elements.strip_scanned(pieces, numbers))
        if size >= len(b"<all><n>"):
            assert (unread, numbers.taken) == (b"<all><n>x</n></all><end/>", [b"1", b"22", b"3"])
        else:
            assert unread == whole


@pytest.fixture(scope="module")
def sample() -> dict[str, bytes]:
    """The parts of a return as a spreadsheet program saved it, with little else than its first theme."""
    path = Path(__file__).parents[1] / "samples" / "PC columns moved and renamed.xlsx"
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_parsed_alone(data: bytes, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patch:
        for module in ("sheet_parser", "shared_strings"):
            patch.setattr(f"icsassess.excel.reading.xlsx.{module}.strip_scanned", lambda chunks, scanner: chunks)
        return read_or_reason(data)


def read_or_reason(data: bytes) -> object:
    try:
        return read_workbook_bytes(data)
    except Unreadable as error:
        return str(error.reason)


def test_a_sample_return_damaged_at_random_gives_the_same_both_ways(
    sample: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20240131)
    parts_to_damage = [name for name in sample if "worksheets/sheet" in name or name.endswith("sharedStrings.xml")]
    assert len(parts_to_damage) > 2
    pieces = [
        b"<",
        b">",
        b'"',
        b"&",
        b"&amp;",
        b"9",
        b" ",
        b"</row>",
        b"<row ",
        b'r="7"',
        b"<!--",
        b"-->",
        b"\0",
        b"\xff",
    ]
    pieces += [b"<si>", b"</si>", b"<t>", b"</v>", b"<c", b"/>", b' t="s"', b' hidden="1"', b"]]>", b"\r\n"]
    for _ in range(150):
        name = chance.choice(parts_to_damage)
        part = sample[name]
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(part))
            part = part[:at] + chance.choice(pieces) + part[at + chance.randint(0, 3) :]
        data = handmade.packed({**sample, name: part}, zipfile.ZIP_STORED)
        assert read_or_reason(data) == read_parsed_alone(data, monkeypatch), (name, part[max(0, at - 80) : at + 80])
