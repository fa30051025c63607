"""Makes the pictures of README and docs from the real output: the workbook and page of the example in its third week,
and the blank of one of its partners.

    python docs/make_pictures.py [NAME…]

Needs LibreOffice (``soffice``), poppler (``pdftotext``, ``pdftoppm``) and Chromium (``chromium``).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from icsassess.locality.locality import open_locality
from icsassess.reports.output_folder import save_page
from icsassess.reports.page.page import as_page
from icsassess.returns.issuing.issue import blank_return
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
OF_THE_BLANK = (("blank-cover", "Who and when", 860, 450), ("blank", "I1-PEX", 1819, 560))
DOTS_PER_INCH = 110


def main(names: list[str]) -> None:
    """Print the newest workbook of a copy of the example to PDF, and a blank, and take the pictures of these names."""
    wanted = set(names) or {name for name, *_ in (*PICTURES, *OF_THE_BLANK)} | {"page"}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "trafford"
        shutil.copytree(HERE.parent / "workbooks" / "trafford-three-weeks", folder)
        locality = open_locality(folder)
        partner = locality.partners[0]
        blank = Path(scratch) / "blank.xlsx"
        blank.write_bytes(blank_return(locality, partner, issued_on=locality.settings.deadline))
        workbook = max((folder / "merged").glob("*.xlsx"))
        for file, pictures in ((workbook, PICTURES), (blank, OF_THE_BLANK)):
            chosen = [picture for picture in pictures if picture[0] in wanted]
            if chosen:
                take_pictures(file, Path(scratch), chosen)
        if "page" in wanted:
            merge = newest_merge(locality)
            picture_of_page(save_page(locality, merge.name, as_page(merge)))


def take_pictures(workbook: Path, scratch: Path, pictures: Iterable[tuple[str, str, int, int]]) -> None:
    """Print a workbook to PDF and take pictures of its pages."""
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pdf = scratch / f"{workbook.stem}.pdf"
    pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for name, words, width, height in pictures:
        page = next(number for number, text in enumerate(pages.split("\f"), 1) if words in text)
        target = HERE / "pictures" / name
        shown = ["-x", "0", "-y", "0", "-W", str(width), "-H", str(height)]
        size = ["-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), *shown]
        subprocess.run(["pdftoppm", "-png", "-singlefile", *size, str(pdf), str(target)], check=True)


def picture_of_page(page: Path) -> None:
    """Take a picture of the page's beginning, down to the first heat map, smaller than it is."""
    target = HERE / "pictures" / "page.png"
    size = ["--hide-scrollbars", "--window-size=1240,2500", "--force-device-scale-factor=0.6", f"--screenshot={target}"]
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command = ["chromium", *quiet, *size, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main(sys.argv[1:])
