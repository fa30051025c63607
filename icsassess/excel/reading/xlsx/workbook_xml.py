"""The workbook part: the sheets in the order of their tabs, and the date system (ECMA-376 part 1, 18.2.27)."""

from dataclasses import dataclass

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, is_true, unescape


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    title: str
    number: str
    """Its sheetId, which is often the number in its part's name."""
    relationship: str
    hidden: bool


class WorkbookPart(PartReader):
    """Reads the list of sheets."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.sheets: list[SheetEntry] = []
        self.from_1904 = False
        self.external: list[str] = []
        """Relationships of other workbooks that formulas refer to."""
        self.is_workbook = False
        self.names: dict[str, str] = {}
        """What the workbook's names stand for (18.2.5)."""
        self._name = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the workbook begins."""
        if name == "workbook":
            self.is_workbook = True
        elif name == "workbookPr":
            self.from_1904 = is_true(attribute(attributes, "date1904"))
        elif name == "sheet":
            if len(self.sheets) >= self.meter.limits.sheets:
                raise Unreadable(Reason.TOO_LARGE, f"it has more than {self.meter.limits.sheets:,} sheets")
            title = unescape(attribute(attributes, "name") or "")[:255]
            state = (attribute(attributes, "state") or "").strip().lower()
            self.sheets.append(
                SheetEntry(
                    title or f"Sheet {len(self.sheets) + 1}",
                    (attributes.get("sheetId") or "").strip(),
                    _relationship(attributes),
                    state in ("hidden", "veryhidden"),
                )
            )
        elif name == "definedName":
            self._name = attribute(attributes, "name") or ""
            self.begin_text()
        elif name == "externalReference" and len(self.external) < self.meter.limits.sheets:
            self.external.append(_relationship(attributes))

    def closed(self, name: str, text: str) -> None:
        """An element of the workbook ends."""
        if name == "definedName" and len(self.names) < self.meter.limits.formats:
            self.names[self._name] = text
            self.keeps_text = False


def _relationship(attributes: dict[str, str]) -> str:
    """Give the r:id. Its prefix may be any; an attribute 'id' without one is not it."""
    for key, value in attributes.items():
        if key.endswith(":id"):
            return value
    return attributes.get("id", "")
