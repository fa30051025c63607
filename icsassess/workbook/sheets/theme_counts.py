"""The Summary's table: how many lines of each theme have which rating, counted live over the Assessment."""

from __future__ import annotations

from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.excel.writing.sheet import Formula, Value
from icsassess.view.view import ShownLine, View
from icsassess.workbook.layout import ASSESSMENT_LABELS
from icsassess.workbook.sheet_kit import formulas as live

THEME = ASSESSMENT_LABELS[1]
COUNTED = (rag.RED, rag.AMBER, rag.GREEN, rag.NOT_ASSESSED, rag.NOT_APPLICABLE)
NO_RATING = "No rating"
TITLES = (THEME, "Lines", *COUNTED, NO_RATING, "Rated", "Out of", "To be moderated")
TOTAL = "All themes"


def theme_rows(view: View, heading_row: int) -> list[list[Value]]:
    """Give a row for each theme and one for all of them; the first stands below ``heading_row``."""
    rows: list[list[Value]] = []
    for theme in view.merged.locality.framework.themes:
        numbered = [(n, line) for n, line in enumerate(view.lines) if line.line.theme.code == theme.code]
        row = heading_row + 1 + len(rows)
        link = live.link(view.assessment.cell(view.assessment.first_row + numbered[0][0], "Ref"), theme.title)
        rows.append([link, *_counts(view, [line for _, line in numbered], row, f"$A{row}")])
    row = heading_row + 1 + len(rows)
    rows.append([TOTAL, *_counts(view, list(view.lines), row, "")])
    return rows


def _counts(view: View, lines: list[ShownLine], row: int, theme: str) -> list[Value]:
    """Give the counts of one row; ``theme`` is the cell that names the theme, empty for all themes."""
    where = view.assessment
    of_theme = f"{where.range(THEME)},{theme}," if theme else ""
    words = [line.rating for line in lines]
    counted = [words.count(word) for word in COUNTED]
    red, amber, green, _, not_applicable = counted
    column = {title: f"{chr(ord('A') + number)}{row}" for number, title in enumerate(TITLES)}
    all_lines = f"=COUNTIF({where.range(THEME)},{theme})" if theme else f"=COUNTA({where.range('Ref')})"
    in_theme = f"({where.range(THEME)}={theme})*" if theme else ""
    split = (
        f'=SUMPRODUCT({in_theme}({where.range("Agreement")}="{RED_AND_GREEN}")*(TRIM({where.range("Agreed RAG")})=""))'
    )
    return [
        Formula(all_lines, len(lines)),
        *(
            Formula(f'=COUNTIFS({of_theme}{where.range("Rating")},"{word}")', number)
            for word, number in zip(COUNTED, counted, strict=True)
        ),
        Formula(f"={column['Lines']}-SUM({column[COUNTED[0]]}:{column[COUNTED[-1]]})", len(lines) - sum(counted)),
        Formula(f"=SUM({column[rag.RED]}:{column[rag.GREEN]})", red + amber + green),
        Formula(f"={column['Lines']}-{column[rag.NOT_APPLICABLE]}", len(lines) - not_applicable),
        Formula(split, sum(line.to_be_moderated for line in lines)),
    ]
