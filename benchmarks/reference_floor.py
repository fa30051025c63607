"""The floor: a bare calamine read of all cells, and a bare xlsxwriter write of the same register, 25 columns wide.

    python reference_floor.py FOLDER_OF_RETURNS OUT.xlsx

Nothing is looked at: rows with more than their labels become rows of the register, each with what stands in the
workbook's Evidence sheet (values as typed and as understood, file, sheet and row). No formats, no checks, no ratings.
"""

import datetime
import sys
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

THEMES = ("Quality and safety", "Integration", "Leadership")
FIRST_ROW = 5
COLUMNS = 25


def main(folder: Path, out: Path) -> None:
    """Read all cells of all returns, and write the register."""
    rows = []
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for title in book.sheet_names:
            cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            if title in THEMES:
                rows.extend(_register(path, title, cells))
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet("Evidence")
        date = workbook.add_format({"num_format": "dd mmm yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value == "":
                    continue
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif isinstance(value, datetime.date):
                    sheet.write_datetime(number, column, value, date)
                else:
                    sheet.write_number(number, column, value)


def _register(path: Path, title: str, cells: list) -> list:
    register = []
    for number, row in enumerate(cells[FIRST_ROW - 1 :], FIRST_ROW):
        ref, statement, category, evidence, location, dated, rag, reason, gap, action, owner, due, status, *_ = row
        if not any(row[3:13]):
            continue
        typed = [ref, statement, category, evidence, location, dated, rag, reason, gap, action, owner, due, status]
        understood = [str(dated), rag, str(due), status, "", "", ""]
        register.append([path.stem[-5:], *typed, *understood, path.name, title, number, ""])
    return register


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
