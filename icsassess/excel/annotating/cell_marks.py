"""Colour on cells that need something: a rule of the sheet's, which lifts when the cell changes or is answered."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from icsassess.excel.annotating.styles_part import StylesPart
from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Value
from icsassess.excel.parts.markup import Markup, as_text

_LONGEST_LITERAL = 200
"""Characters of a text within a formula; Excel allows 255 (specifications and limits)."""
_COLOUR = "FF7030A0"
_BORDER = "".join(
    f'<{side} style="thin"><color rgb="{_COLOUR}"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_FRAME = f"<dxf><border>{_BORDER}</border></dxf>"
_LILAC = '<patternFill patternType="solid"><fgColor rgb="FFE4DFEC"/><bgColor rgb="FFE4DFEC"/></patternFill>'
_FRAME_AND_FILL = f"<dxf><fill>{_LILAC}</fill><border>{_BORDER}</border></dxf>"
_BEFORE = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to be coloured, and what it holds now. ``coloured`` cells keep their colour and get a frame alone.

    ``unless`` is a further condition of a formula under which the mark lifts; ``""`` for none.
    """

    sheet: str
    row: int
    column: int
    value: Value
    coloured: bool
    unless: str = ""


def mark_cells(sheet: Markup, marks: Sequence[Mark], mark_name: str, styles: StylesPart) -> None:
    """Add a rule for each mark, below all others: their colours win. Rules of earlier marks go.

    Those are known by ``mark_name`` in their formula; nothing goes where it is ``""``.
    """
    staying = []
    for area in sheet.children("conditionalFormatting", depth=1):
        rules = sheet.inside(area, "cfRule")
        outdated = [
            rule
            for rule in rules
            if mark_name and any(mark_name in formula.text for formula in sheet.inside(rule, "formula"))
        ]
        staying += [rule for rule in rules if rule not in outdated]
        if rules and len(outdated) == len(rules):
            sheet.replace(area, "")
        else:
            for rule in outdated:
                sheet.replace(rule, "")
    others = [rule for rule in sheet.children("cfRule") if rule.depth != 2]
    priorities = [int(rule.attribute("priority") or 0) for rule in (*staying, *others)]
    around, entry, inside = (sheet.tag(name) for name in ("conditionalFormatting", "cfRule", "formula"))
    written = []
    for priority, mark in enumerate(marks, max(priorities, default=0) + 1):
        look = styles.add("dxfs", (_FRAME if mark.coloured else _FRAME_AND_FILL).encode())
        condition = _unchanged(mark)
        if mark.unless:
            condition = f"AND({condition},NOT({mark.unless}))"
        written.append(
            f'<{around} sqref="{address(mark.row, mark.column)}"><{entry} type="expression" dxfId="{look}" '
            f'priority="{priority}"><{inside}>{as_text(condition)}</{inside}></{entry}></{around}>'
        )
    if written:
        sheet.after_last(_BEFORE, "".join(written))


def _unchanged(mark: Mark) -> str:
    """Give the formula that is true as long as the cell holds what it held."""
    cell, value = address(mark.row, mark.column), mark.value
    if value is None or value == "":
        return f'{cell}=""'
    if isinstance(value, bool):
        return f"{cell}={str(value).upper()}"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return f"ABS({cell}-({_moment(value)}))<0.00001"
    if isinstance(value, int | float):
        return f"{cell}={value!r}"
    if value.startswith("#") and value.endswith(("!", "?", "/A")):
        return f"ISERROR({cell})"
    beginning = value[:_LONGEST_LITERAL]
    printable = next((at for at, character in enumerate(beginning) if not character.isprintable()), len(beginning))
    literal = beginning[:printable].replace('"', '""')
    length = len(value.encode("utf-16-le")) // 2  # as Excel counts
    return f'AND(LEN({cell})={length},EXACT(LEFT({cell},{len(beginning[:printable])}),"{literal}"))'


def _moment(value: datetime.datetime | datetime.date | datetime.time) -> str:
    """Give a date or time as a formula has it, whatever year the workbook counts its days from."""
    day = f"DATE({value.year},{value.month},{value.day})" if isinstance(value, datetime.date) else ""
    if isinstance(value, datetime.datetime | datetime.time) and (value.hour or value.minute or value.second or not day):
        return "+".join(part for part in (day, f"TIME({value.hour},{value.minute},{value.second})") if part)
    return day
