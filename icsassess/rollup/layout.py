"""What the sheets of the roll-up's workbook have in common: names, headline, marking, links to a locality's line."""

from collections.abc import Collection, Sequence

from icsassess.assessment.output.headlines import day_in_words
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value, column_range, quoted
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.locality_summary import LineSummary, LocalitySummary
from icsassess.support.data_files import shipped_toml
from icsassess.support.text import count
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.sheet_kit import register as frame

LOCALITIES = "Localities"
SIGNATURES = "Signatures"
STATEMENTS = "Statements"
THEMES = "Themes"
SHARED_GAPS = "Shared gaps"
STRENGTHS = "Strengths to share"
LINES = "Lines"
CHANGES = "Changes"
POINTS = "Points"
KEY = "Key"

TABLE_NAMES = {
    LOCALITIES: "LocalitiesRolledUp",
    SIGNATURES: "WhoIsSigned",
    STATEMENTS: "StatementsByLocality",
    THEMES: "ThemesByLocality",
    SHARED_GAPS: "SharedGaps",
    STRENGTHS: "StrengthsToShare",
    LINES: "LinesOfAllLocalities",
    CHANGES: "ChangesSinceTheLast",
    POINTS: "PointsOfTheRollup",
    KEY: "KeyToTheRollup",
}
NOT_IN_ITS_FRAMEWORK = "Not in its framework"
CENTRED_HEADING = looks.HEADING.with_(centred=True)


def line_key(locality: LocalitySummary, line: LineSummary) -> str:
    """Give what names a locality's line in the register: the locality's number and the Ref."""
    return f"{locality.number}/{line.ref}"


def lines_range(rollup: Rollup) -> str:
    """Give the cells of the register's keys."""
    number = sum(len(locality.lines) for locality in rollup.localities)
    return column_range(LINES, HEADING_ROW + 1, HEADING_ROW + max(number, 1), 1)


def to_line(keys: str, locality: LocalitySummary, line: LineSummary, text: str) -> Formula:
    """Give a link to a locality's line in the register, wherever sorting has put it.

    ``keys`` is :func:`lines_range`, ``text`` what is shown: words of the program, never what people typed.
    """
    shown = text.replace('"', '""')
    at = f'MATCH("{line_key(locality, line)}",{keys},0)'
    return Formula(f'=HYPERLINK("#{quoted(LINES)}!A"&({HEADING_ROW}+{at}),"{shown}")', text)


def headline(rollup: Rollup) -> str:
    """Say what it is: a roll-up of so many localities as at a day."""
    number = count(len(rollup.localities), "locality", "localities")
    return f"Roll-up of {number}, as at {day_in_words(rollup.as_at)}"


def marking(rollup: Rollup) -> str:
    """Give the localities' marking; all of them where they differ."""
    return ", ".join(dict.fromkeys(locality.marking for locality in rollup.localities))


def begin(book: WorkbookWriter, rollup: Rollup, title: str, variant: str = "", **words: str) -> SheetWriter:
    """Add a sheet with its title in A1, what it holds in A2 and the marking in A3.

    What it holds says ``templates/rollup.toml``, under the title and the ``variant``, filled in with ``words``.
    """
    about = shipped_toml("rollup.toml")["about"][f"{title}{variant}"].format(**words)
    return frame.begin_titled(book, title, f"{title} – {headline(rollup)}", about, marking(rollup))


def register(
    sheet: SheetWriter, columns: Sequence[Column], rows: Collection[Sequence[Value]], *, frozen: int = 0
) -> int:
    """Write the sheet's one table, with its first ``frozen`` columns kept in sight; give its last row."""
    table = frame.RegisterTable(TABLE_NAMES[sheet.title], columns, rows, frozen=frozen, home=LOCALITIES)
    return table.write_to(sheet)
