"""Makes the pictures of the README from the real output: the workbook and page of the example in its third week.

    python docs/make_pictures.py

Needs LibreOffice (``soffice``), poppler (``pdftotext``, ``pdftoppm``) and Chromium (``chromium``).
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
# The name of each picture; the words by which its page of the printed workbook is recognised, which no page before it
# has; and how many of its pixels are shown, across and from the top.
PICTURES = (
    ("summary", "Summary –", 1286, 909),
    ("heat-map", "By evidence category", 1286, 480),
    ("heat-map-by-partner", "Their names are in the Key", 1286, 480),
    ("gaps", "G-Q6-PEX", 1286, 760),
    ("actions", "A-I1-PEX-SAF", 1819, 700),
)
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
        pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
        for name, words, width, height in PICTURES:
            page = next(number for number, text in enumerate(pages.split("\f"), 1) if words in text)
            target = HERE / "pictures" / name
            shown = ["-x", "0", "-y", "0", "-W", str(width), "-H", str(height)]
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


if __name__ == "__main__":
    main()
