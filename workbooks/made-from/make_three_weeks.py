"""Makes ``workbooks/trafford-three-weeks``: the example locality with three weekly merges and a group's edits between.

    python workbooks/made-from/make_three_weeks.py [FOLDER]

In the first week two returns are in, in the second one of them has come again and two more, in the third all eight.
After each of the first two merges the group types into the workbook, as it would in its meeting.
"""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from make_trafford import HERE, SENT, make
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.locality.locality import Locality, open_locality
from icsassess.round.merge_and_write import merge_and_write

HEADING_ROW = 4


@dataclass(frozen=True)
class Week:
    """One week: the as-at date of its merge, whose returns have come by then, and what the group types afterwards.

    ``agreed`` is by line: rating and reason. ``actions`` is by the action's name: column and text. ``covered`` are the
    gaps whose actions together cover what is missing. ``notes`` is by line.
    """

    as_at: datetime.date
    returned: tuple[str, ...]
    agreed: dict[str, tuple[str, str]] = field(default_factory=dict)
    actions: dict[str, dict[str, object]] = field(default_factory=dict)
    own_action: dict[str, object] = field(default_factory=dict)
    covered: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


WEEKS = (
    Week(
        datetime.date(2023, 12, 22),
        ("SAF", "VCFSE"),
        agreed={
            "Q6-PRO": ("Amber", "Procedures are in place; the audit of thresholds is still to be seen."),
            "L4-PTN": ("Amber", "One partner's view so far: to be looked at again when all returns are in."),
        },
        notes={"I1-PTN": "Chair: ask the mental health trust to bring its section 75 report."},
    ),
    Week(
        datetime.date(2024, 1, 5),
        ("SAF", "VCFSE", "LCO", "PC"),
        agreed={"I3-PRO": ("Red", "No shared record between health and social care; agreed by all present.")},
        actions={
            "A-Q2-PRO-LCO": {"Taken up": "Yes"},
            "A-I1-PEX-SAF": {
                "Taken up": "No",
                "Why not": "The carer question on the discharge checklist asks the same families.",
            },
            "A-I3-PRO-PC": {
                "Taken up": "Yes",
                "Action": "Write a joint information sharing plan, with the shared care record first",
                "Owner": "Chief Information Officer, local care organisation",
                "Accountable role": "Deputy Place Lead",
                "Due date": datetime.date(2024, 3, 29),
                "Delivery status": "In progress",
            },
        },
        own_action={
            "Ref": "Q6-PRO",
            "Action": "Joint workshop on thresholds for safeguarding concerns",
            "Owner": "Designated Nurse, Safeguarding",
            "Due date": datetime.date(2024, 2, 16),
            "Delivery status": "Not started",
        },
        covered=("G-Q6-PEX",),
    ),
    Week(datetime.date(2024, 1, 10), tuple(SENT)),
)


def make_three_weeks(folder: Path) -> Locality:
    """Make the locality with its three merges in ``folder``, in place of what this script made there before."""
    if folder.exists():
        shutil.rmtree(folder)
    with tempfile.TemporaryDirectory() as scratch:
        everything = make(Path(scratch) / "trafford")
        folder.mkdir(parents=True)
        settings = (everything.folder / "locality.toml").read_text(encoding="utf-8")
        (folder / "locality.toml").write_text(settings, encoding="utf-8", newline="\n")
        locality = open_locality(folder)
        for week in WEEKS:
            receive(locality, everything, week)
            _, workbook = merge_and_write(locality, week.as_at)
            if week is not WEEKS[-1]:
                type_in(workbook, week)
    return locality


def receive(locality: Locality, everything: Locality, week: Week) -> None:
    """Put the returns of a week into ``returns/``; the first safeguarding return is an earlier, kinder one."""
    returns = locality.make_sub_folder("returns")
    for code in week.returned:
        target = returns / SENT[code].file
        if not target.exists():
            shutil.copyfile(everything.folder / "returns" / SENT[code].file, target)
    first = returns / "Trafford - SAF - Safeguarding v1.xlsx"
    if week is WEEKS[0]:
        workbook = openpyxl.load_workbook(returns / SENT["SAF"].file)
        sheet = workbook["Quality and safety"]
        columns = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
        for row in range(HEADING_ROW + 1, sheet.max_row + 1):
            if sheet.cell(row, columns["Ref"]).value == "Q6-PRO":
                sheet.cell(row, columns["RAG"]).value = "Amber"
        for row in workbook["Cover"].iter_rows(max_col=2):
            if row[0].value == "Date completed":
                row[1].value = datetime.date(2023, 12, 15)
        workbook.save(first)
        (returns / SENT["SAF"].file).unlink()


def type_in(workbook: Path, week: Week) -> None:
    """Type what the group decided into the workbook of a week, and save it."""
    book = openpyxl.load_workbook(workbook)
    lines, gaps, actions = book["Assessment"], book["Gaps"], book["Actions"]
    columns, rows = columns_of(lines), rows_of(lines)
    for ref, (rating, reason) in week.agreed.items():
        lines.cell(rows[ref], columns["Agreed RAG"]).value = rating
        lines.cell(rows[ref], columns["Reason for agreed RAG"]).value = reason
        lines.cell(rows[ref], columns["Agreed on"]).value = week.as_at
    for ref, text in week.notes.items():
        lines.cell(rows[ref], columns["Agreed RAG"]).comment = Comment(text, "The group")
    columns, rows = columns_of(gaps), rows_of(gaps)
    for gap in week.covered:
        gaps.cell(rows[gap], columns["Covered"]).value = "Yes"
    columns, rows = columns_of(actions), rows_of(actions)
    for name, texts in week.actions.items():
        for title, text in texts.items():
            actions.cell(rows[name], columns[title]).value = text
    for title, text in week.own_action.items():
        actions.cell(max(rows.values()) + 1, columns[title]).value = text
    book.save(workbook)


def columns_of(sheet: Worksheet) -> dict[str, int]:
    """Give the number of each column by its title."""
    return {str(cell.value): cell.column for cell in sheet[HEADING_ROW] if cell.value}


def rows_of(sheet: Worksheet) -> dict[str, int]:
    """Give the number of each row by what stands in its first column."""
    return {str(sheet.cell(row, 1).value): row for row in range(HEADING_ROW + 1, sheet.max_row + 1)}


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "trafford-three-weeks"
    print(f"Made {make_three_weeks(target).folder}")
