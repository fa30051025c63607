"""What a workbook held that does not go over into the blank, by kind and count."""

import re
from collections import Counter
from collections.abc import Collection

from icsassess.excel.cells.model import Kind, Workbook
from icsassess.excel.reading.appearance.workbook import Appearance
from icsassess.returns.template.adopted_layout import Layout

# Parts of a package by what they are (ECMA-376 part 1, 12 to 15; names as Excel and LibreOffice give them).
_PARTS = {
    "comment threads": r"xl/threadedcomments/",
    "lists of persons": r"xl/persons/",
    "pictures": r"(xl/media/|pictures/)",
    "drawings": r"xl/drawings/[^/]*\.xml$",
    "charts": r"xl/charts/chart[^/]*\.xml$",
    "embedded objects": r"(xl/embeddings/|object )",
    "external links": r"xl/externallinks/[^/]*\.xml$",
    "connections": r"xl/(connections\.xml$|querytables/|model/)",
    "printer settings": r"xl/printersettings/",
    "pivot tables": r"xl/pivot(tables|cache)/",
    "macros": r"(xl/|.*/)vbaproject\.bin$|basic/.*/[^/]*\.xml$",
    "form controls": r"xl/(ctrlprops|activex)/",
    "custom XML": r"customxml/item",
    "revision logs": r"xl/revisions/",
    "thumbnails": r"(docprops/thumbnail|thumbnails/)",
    "calculation chains": r"xl/calcchain\.xml$",
}


def removed(
    workbook: Workbook, appearance: Appearance | None, layout: Layout, sheets: Collection[str]
) -> dict[str, int]:
    """Give how many of each kind stay behind; kinds of which there are none are left out.

    ``cell texts`` are cells with a value whose text is not in the blank, those of sheets left out among them.
    ``sheets`` are the titles of those that go over.
    """
    written = Counter(
        (sheet.title, spot.text) for sheet in layout.sheets for spot in sheet.spots if spot.gives == "text"
    )
    titles = sum(1 for sheet in layout.sheets for spot in sheet.spots if spot.gives in _TITLES)
    cells = [cell for sheet in workbook.sheets for cell in sheet.cells.values()]
    filled = sum(1 for cell in cells if cell.value not in (None, ""))
    counts = {
        "cell texts": max(filled - sum(written.values()) - titles, 0),
        "formulas": sum(1 for cell in cells if cell.formula or cell.kind is Kind.NOT_CALCULATED),
        "notes": sum(1 for cell in cells if cell.note),
        "links": sum(1 for cell in cells if cell.link),
        "sheets": sum(1 for sheet in workbook.sheets if sheet.title not in sheets),
        "hidden sheets": sum(1 for sheet in workbook.sheets if sheet.hidden),
        "hidden rows": sum(len(sheet.hidden_rows) for sheet in workbook.sheets),
        "hidden columns": sum(len(sheet.hidden_columns) for sheet in workbook.sheets),
        "other sheets": len(workbook.other_sheets),
        "document properties": len(workbook.properties),
        "properties of its own": len(workbook.custom_properties),
        "external links": len(workbook.external_links),
        "macros": int(workbook.has_macros),
    }
    if appearance is not None:
        counts |= _of_the_package(appearance, counts)
    return {kind: number for kind, number in counts.items() if number}


_TITLES = ("theme", "statement", "statement in full", "we statement", "category", "code", "ref")


def _of_the_package(appearance: Appearance, counts: dict[str, int]) -> dict[str, int]:
    counted = {"defined names": len(appearance.names)}
    for kind, pattern in _PARTS.items():
        number = sum(1 for part in appearance.parts if re.match(pattern, part))
        counted[kind] = max(number, counts.get(kind, 0))
    counted["drop-down lists"] = sum(len(sheet.lists) for sheet in appearance.sheets.values())
    for sheet in appearance.sheets.values():
        for kind, number in sheet.furniture.items():
            counted[kind] = counted.get(kind, 0) + number
    return counted
