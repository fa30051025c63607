"""Makes the pictures of the README from the real output: the workbook and page of the example in its third week.

    python docs/make_pictures.py

Needs LibreOffice (``soffice``), poppler (``pdftoppm``) and Chromium (``chromium``).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from icsassess.locality.locality import open_locality
from icsassess.reports.output_folder import save_page
from icsassess.reports.page.page import as_page
from icsassess.workbook.signing.latest_merge import newest_merge

HERE = Path(__file__).parent
# The pages of the printed workbook, the name of each one's picture, and how many of its pixels are shown from the top.
PICTURES = {1: ("summary", 909), 2: ("heat-map", 480), 3: ("heat-map-by-partner", 480)}
GAPS = ("gaps-and-actions", 760)
WIDTH = 1286
DOTS_PER_INCH = 110


def main() -> None:
    """Print the newest workbook of a copy of the example to PDF and take the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "trafford"
        shutil.copytree(HERE.parent / "workbooks" / "trafford-three-weeks", folder)
        locality = open_locality(folder)
        workbook = max((folder / "merged").glob("*.xlsx"))
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", scratch, str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        pdf = Path(scratch) / f"{workbook.stem}.pdf"
        pictures = {**PICTURES, gaps_page(pdf): GAPS}
        for page, (name, height) in pictures.items():
            target = HERE / "pictures" / name
            shown = ["-x", "0", "-y", "0", "-W", str(WIDTH), "-H", str(height)]
            size = ["-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), *shown]
            subprocess.run(["pdftoppm", "-png", "-singlefile", *size, str(pdf), str(target)], check=True)
        merge = newest_merge(locality)
        picture_of_page(save_page(locality, merge.name, as_page(merge)))


def picture_of_page(page: Path) -> None:
    """Take a picture of the page's beginning, down to the first heat map, smaller than it is."""
    target = HERE / "pictures" / "page.png"
    size = ["--hide-scrollbars", "--window-size=1240,2500", "--force-device-scale-factor=0.6", f"--screenshot={target}"]
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command = ["chromium", *quiet, *size, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def gaps_page(pdf: Path) -> int:
    """Give the first page of the sheet Actions."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    pages = text.split("\f")
    return next(number for number, page in enumerate(pages, 1) if page.lstrip().find("Actions –") >= 0)


if __name__ == "__main__":
    main()
