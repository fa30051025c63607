"""The package of a signed workbook: nothing in it may be read in two ways, act by itself, or lie over the cells.

Returns are read leniently; here a file must be what this program, Excel or LibreOffice writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.limits import Limits
from icsassess.excel.strict.oddity import Oddity
from icsassess.excel.strict.package import oddities
from icsassess.excel.strict.second_reading import misreadings
from icsassess.workbook.signing.content import Difference

PACKAGE, SECOND_READER = "package", "second reader"
ONE_MEANING = "whether every program reads the same cells, and whether anything in the file can act or lies over them"
NOT_FOR_THIS_KIND = "whether anything in the file can act or lies over its cells: only an .xlsx shows that"
NO_SECOND_READER = "whether a second program reads the same cells: it could not read the file"
_MOST = 20  # cells that are read differently; more say nothing more


@dataclass
class PackageReport:
    """What a signed workbook's file shows of itself, and what could not be looked at."""

    changes: list[Difference] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)


def report_on_package(
    data: bytes, workbook: Workbook, limits: Limits, marking: str, *, cells_changed: bool
) -> PackageReport:
    """Give what in a signed workbook's file no spreadsheet program writes, and cells that a second one reads otherwise.

    Of what this program signs that is nothing, so each is a change. ``marking`` has to stand on every printed sheet.
    Where cells or sheets have changed, that is known; their charts and headings follow from it and are not looked at.
    """
    report = PackageReport()
    if workbook.kind in ("xlsx", "xlsm"):
        odd = oddities(data, limits) if cells_changed else oddities(data, limits, workbook, marking)
        report.changes += [_change(oddity) for oddity in odd]
        if report.changes:
            return report  # what is known to be read in two ways need not be read a second time
    else:
        report.not_looked_at.append(NOT_FOR_THIS_KIND)
    differently = misreadings(data, workbook)
    if differently is None:
        report.not_looked_at.append(NO_SECOND_READER)
    for misreading in (differently or [])[:_MOST]:
        other = misreading.other or "nothing"
        report.changes.append(Difference(SECOND_READER, misreading.sheet, misreading.place, misreading.ours, other))
    return report


def _change(oddity: Oddity) -> Difference:
    how = oddity.why if oddity.acts else f"written in a way that can be read in two ways: {oddity.why}"
    return Difference(PACKAGE, oddity.part or "the file", "", None, how)
