"""Make ``from column C.xls`` again, where LibreOffice is installed: ``python tests/excel/files/make.py``.

Its table begins in column C, and it has one of each thing that is read of an .xls.
"""

from __future__ import annotations

import datetime
import subprocess
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

HERE = Path(__file__).parent


def make() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Thème 1"
    for column, text in zip("CDEFG", ["Ref", "RAG", "Reason", "Due", "Evidence"], strict=True):
        sheet[f"{column}3"] = text
    sheet["C4"], sheet["D4"], sheet["E4"], sheet["F4"] = "Q1-PEX", "Green", "=1/0", datetime.date(2024, 3, 1)
    sheet["F4"].number_format = "dd/mm/yyyy"
    sheet["G4"] = "Survey"
    sheet["G4"].hyperlink = "https://example.org/a?b=c"
    sheet["D5"].fill = PatternFill("solid", fgColor="FFC000")
    sheet["E5"] = "of no use"
    sheet["E5"].font = Font(strike=True)
    sheet["F5"] = datetime.datetime(2024, 3, 1, 10, 30)
    sheet["G5"] = CellRichText("in part ", TextBlock(InlineFont(strike=True), "of no use"))
    sheet["C6"], sheet["D6"], sheet["E6"], sheet["F6"] = 12, 1.5, True, datetime.time(9, 15)
    sheet["G6"] = "=NA()"
    sheet["D4"].comment = Comment("A note\nof two lines", "Jane")
    sheet["H20"].comment = Comment("on a blank cell", "Jane")
    sheet["C7"] = "hidden"
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet["C9"] = "merged"
    sheet.merge_cells("C9:E10")
    book.create_sheet("Hidden")["B2"] = "x"
    book["Hidden"].sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "from column C.xlsx"
        book.save(source)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", str(HERE), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    make()
