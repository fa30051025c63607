"""What an analyst would write: the theme sheets read with pandas, the worst rating of each line, registers to Excel.

    python reference_pandas.py FOLDER_OF_RETURNS OUT.xlsx ENGINE

ENGINE is ``openpyxl`` or ``calamine``. It checks nothing, understands nothing beyond the plain words, and trusts that
every return looks as issued.
"""

import sys
from pathlib import Path

import pandas as pd

THEMES = ["Quality and safety", "Integration", "Leadership"]
ORDER = {"Red": 0, "Amber": 1, "Green": 2}


def main(folder: Path, out: Path, engine: str) -> None:
    """Read all returns in the folder and write the register, the ratings and the gaps."""
    tables = []
    for path in sorted(folder.glob("*.xlsx")):
        with pd.ExcelFile(path, engine=engine) as book:
            for theme in THEMES:
                table = pd.read_excel(book, sheet_name=theme, header=3)
                table.insert(0, "Partner", path.stem.rsplit(" - ")[-1])
                table.insert(1, "File", path.name)
                table.insert(2, "Theme", theme)
                tables.append(table)
    register = pd.concat(tables, ignore_index=True)
    register["Quality statement"] = register["Quality statement"].ffill()
    register = register.dropna(subset=["Evidence", "RAG", "Gap", "Action"], how="all")
    register["rank"] = register["RAG"].map(ORDER)
    by_partner = register.pivot_table(index="Ref", columns="Partner", values="rank", aggfunc="min")
    words = {rank: rating for rating, rank in ORDER.items()}
    ratings = by_partner.apply(lambda column: column.map(words))
    ratings.insert(0, "Worst", by_partner.min(axis=1).map(words))
    gaps = register[register["RAG"].isin(["Red", "Amber"]) | register["Gap"].notna()]
    with pd.ExcelWriter(out) as writer:
        ratings.to_excel(writer, sheet_name="Ratings")
        register.drop(columns="rank").to_excel(writer, sheet_name="Register", index=False)
        gaps.drop(columns="rank").to_excel(writer, sheet_name="Gaps", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
