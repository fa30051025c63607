"""Make the sample files again: ``python tests/samples/make.py``. Each is named for its defect.

Those that LibreOffice saves are made only where it is installed; saved again, their bytes differ but not what they say.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from icsassess.returns.reading.read_return import read_return  # noqa: E402
from tests.support.maltreatment.draft import issued, locality  # noqa: E402
from tests.support.maltreatment.known_content import fill_in  # noqa: E402
from tests.support.maltreatment.registry import maltreat  # noqa: E402
from tests.support.maltreatment.saving import write  # noqa: E402

DEFECTS = {
    "columns moved and renamed": ["columns_reordered", "headings_by_their_aliases"],
    "headings in their own words": ["headings_in_own_words"],
    "headings over two rows": ["headings_over_two_rows"],
    "merged labels and no refs": ["refs_deleted", "labels_merged_downwards"],
    "colours without words": ["colour_without_the_word", "only_a_coloured_cell"],
    "all themes on one sheet": ["all_pasted_onto_one_sheet", "heading_repeated_halfway"],
    "two tables side by side": ["side_by_side"],
    "text outside the table": ["text_outside_the_table", "notes_on_cells"],
    "dates of every shape": ["dates_as_text", "the_1904_date_system"],
    "hidden rows and columns": ["hidden_rows_columns_and_sheets"],
    "errors and formulas without values": ["excel_errors", "formulas_without_a_value"],
}
SAVED_BY_LIBREOFFICE = {
    "merged labels and no refs": "ods",
    "colours without words": "ods",
    "headings over two rows": "xls",
}


def make() -> None:
    for number, (name, maltreatments) in enumerate(DEFECTS.items()):
        rng = Random(number)
        draft = issued("PC")
        fill_in(draft, rng)
        maltreat(draft, rng, maltreatments)
        write(draft, HERE / f"PC {name}.xlsx")
    write(issued("PC"), HERE / "PC sent back blank.xlsx")
    (HERE / "PC a document.xlsx").write_bytes(b"%PDF-1.7\n% not a workbook\n")
    whole = (HERE / "PC columns moved and renamed.xlsx").read_bytes()
    (HERE / "PC cut off.xlsx").write_bytes(whole[: len(whole) // 2])
    if shutil.which("soffice"):
        for name, kind in SAVED_BY_LIBREOFFICE.items():
            _save_with_libreoffice(HERE / f"PC {name}.xlsx", kind)


def _save_with_libreoffice(source: Path, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.copy(
            Path(folder) / source.with_suffix(f".{kind}").name, HERE / f"{source.stem}, saved by LibreOffice.{kind}"
        )


def expect() -> None:
    """Write down what each sample gives now; look at the difference before keeping it."""
    lines = []
    for path in sorted(HERE.glob("*.[xo]*")):
        read = read_return(path, locality())
        codes = ", ".join(sorted({problem.code for problem in read.problems}))
        lines.append(f"{path.name} | {'refused' if read.refused else 'read'} | {len(read.entries)} | {codes}")
    (HERE / "expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
    expect()
