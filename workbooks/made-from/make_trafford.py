"""Makes the example locality ``workbooks/trafford`` again: settings, blank returns, and eight returns filled in.

    python workbooks/made-from/make_trafford.py [FOLDER]

What the partners ‘typed’ stands in ``trafford/*.csv`` beside this file, a row for each row of a return; it is made up
from public council papers and is nobody's real return. Two of the returns are saved by LibreOffice, if it is
installed: partners do not all use Excel. The ninth partner, Public health, has not returned anything.
"""

from __future__ import annotations

import csv
import datetime
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.locality.locality import Locality, Partner, open_locality, partner_with_code
from icsassess.locality.new_locality import new_locality, settings_text
from icsassess.returns.issuing.issue import issue
from icsassess.returns.template.model import return_template, sheet_titles

HERE = Path(__file__).parent
ISSUED_ON = datetime.date(2023, 12, 1)
AS_AT = datetime.date(2024, 1, 10)
DEADLINE = datetime.date(2024, 1, 31)

# The statements that partners are asked for, where it is not all of them.
STATEMENTS = {
    "SAF": ("Q2", "Q3", "Q5", "Q6", "I1", "I3", "L3", "L4", "L5", "L8"),
    "VCFSE": ("Q1", "Q4", "Q5", "Q6", "I1", "I2", "I3", "L1", "L4", "L5", "L7"),
    "PH": ("Q1", "Q4", "Q5", "I2", "L1", "L4", "L6"),
}


@dataclass(frozen=True)
class Sent:
    """How a partner sent its return: the file's name, the cover, and whether LibreOffice saved it."""

    file: str
    organisation: str
    completed_by: str
    completed_on: datetime.date
    by_libreoffice: bool = False


SENT = {
    "PC": Sent(
        "Trafford - PC - Primary care.xlsx",
        "Trafford primary care networks",
        "Clinical Director, Primary Care",
        datetime.date(2024, 1, 5),
    ),
    "COM": Sent(
        "Commissioning self-assessment FINAL.xlsx",
        "NHS Greater Manchester (Trafford)",
        "Head of Quality and Commissioning",
        datetime.date(2024, 1, 8),
    ),
    "SAF": Sent(
        "Trafford - SAF - Safeguarding v2.xlsx",
        "Designated safeguarding team",
        "Designated Nurse, Safeguarding",
        datetime.date(2023, 12, 19),
    ),
    "MFT": Sent(
        "Trafford - MFT - return Jan 24.xlsx",
        "Manchester University NHS Foundation Trust",
        "Associate Director of Quality Governance",
        datetime.date(2024, 1, 9),
    ),
    "GMMH": Sent(
        "GMMH Trafford CQC return.xlsx",
        "Greater Manchester Mental Health NHS Foundation Trust",
        "Head of Quality, Trafford",
        datetime.date(2024, 1, 8),
        by_libreoffice=True,
    ),
    "VCFSE": Sent(
        "VCFSE joint return.xlsx",
        "Trafford Community Collective",
        "Collective Coordinator",
        datetime.date(2023, 12, 21),
        by_libreoffice=True,
    ),
    "LCO": Sent(
        "Trafford - LCO - Local care organisation.xlsx",
        "Trafford Local Care Organisation",
        "Lead Nurse, Community Services",
        datetime.date(2024, 1, 4),
    ),
    "ASC": Sent(
        "Adult social care - CQC ICS self assessment.xlsx",
        "Trafford Council",
        "Head of Quality Assurance, Adult Social Care",
        datetime.date(2024, 1, 9),
    ),
}


def make(folder: Path) -> Locality:
    """Make the locality in ``folder``, taking the place of what this script made there before."""
    for name in ("locality.toml", "issued", "returns", "merged", "feedback", "history", "signed-off"):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    locality = new_locality(folder, name="Trafford", deadline=DEADLINE)
    partners = tuple(
        partner.model_copy(update={"statements": STATEMENTS.get(partner.code)}) for partner in locality.partners
    )
    settings = locality.settings.model_copy(update={"partners": partners})
    text = settings_text(settings).replace("# as_at = 2024-01-10", f"as_at = {AS_AT.isoformat()}")
    (folder / "locality.toml").write_text(text, encoding="utf-8", newline="\n")
    locality = open_locality(folder)
    issued = dict(
        zip(
            [partner.code for partner in locality.partners],
            issue(locality, list(locality.partners), ISSUED_ON),
            strict=True,
        )
    )
    for code, sent in SENT.items():
        fill_in(issued[code], folder / "returns" / sent.file, partner_with_code(locality, code), sent, locality)
    return locality


def fill_in(blank: Path, completed: Path, partner: Partner, sent: Sent, locality: Locality) -> None:
    """Fill in a blank return with what the partner ‘typed’."""
    workbook = openpyxl.load_workbook(blank)
    answers = {
        "organisation": sent.organisation,
        "completed_by": sent.completed_by,
        "completed_on": sent.completed_on,
        "contact": "Team mailbox",
    }
    fill_in_cover(workbook["Cover"], answers, locality)
    with (HERE / "trafford" / f"{partner.code}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    titles = sheet_titles(locality.framework.themes)
    for theme in locality.framework.themes:
        refs = {line.ref for line in locality.framework.lines if line.theme.code == theme.code}
        if mine := [row for row in rows if row["Ref"] in refs]:
            fill_in_theme(workbook[titles[theme.title]], mine)
    workbook.properties.creator = sent.completed_by
    save(workbook, completed, by_libreoffice=sent.by_libreoffice)


def fill_in_cover(sheet: Worksheet, answers: dict[str, object], locality: Locality) -> None:
    """Type the answers beside the cover's labels."""
    labels = {box.title: box.field for box in return_template(locality.settings.template).cover}
    for row in sheet.iter_rows(max_col=1):
        field = labels.get(str(row[0].value))
        if field in answers:
            row[0].offset(column=1).value = answers[field]


def fill_in_theme(sheet: Worksheet, rows: list[dict[str, str]]) -> None:
    """Type a theme's rows; a second row for a line goes below the table, as Excel's tables grow."""
    table = next(iter(sheet.tables.values()))
    first, last = table.ref.split(":")
    heading = sheet[first].row
    columns = {str(cell.value): cell.column for cell in sheet[heading] if cell.value}
    at = {str(sheet.cell(number, columns["Ref"]).value): number for number in range(heading + 1, sheet[last].row + 1)}
    end = sheet[last].row
    used: set[str] = set()
    for row in rows:
        number = at[row["Ref"]]
        if row["Ref"] in used:
            end += 1
            for title in ("Ref", "Quality statement", "Evidence category"):
                copy_cell(sheet, number, end, columns[title])
            for title, column in columns.items():
                if title in row and title != "Ref":
                    sheet.cell(end, column)._style = sheet.cell(number, column)._style
            number = end
        used.add(row["Ref"])
        for title, text in row.items():
            if title != "Ref" and text:
                type_into(sheet, number, columns[title], text)
    table.ref = f"{first}:{sheet[last].column_letter}{end}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def copy_cell(sheet: Worksheet, source: int, target: int, column: int) -> None:
    """Copy a cell's value and look to another row."""
    sheet.cell(target, column).value = sheet.cell(source, column).value
    sheet.cell(target, column)._style = sheet.cell(source, column)._style


def type_into(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Type a cell: an ISO date becomes a date, everything else is text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    try:
        cell.value = datetime.date.fromisoformat(text)
    except ValueError:
        cell.value = text
        cell.data_type = "s"
    else:
        cell.number_format = "dd/mm/yyyy"


def save(workbook: Workbook, completed: Path, *, by_libreoffice: bool) -> None:
    """Save a return, through LibreOffice where the partner uses it and it is installed here."""
    completed.parent.mkdir(exist_ok=True)
    workbook.save(completed)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if by_libreoffice and program:
        with tempfile.TemporaryDirectory() as scratch:
            profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
            command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", scratch, str(completed)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            shutil.copyfile(Path(scratch) / completed.name, completed)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "trafford"
    print(f"Made {make(target).folder}")
