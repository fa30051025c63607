"""What is odd about the cells of a sheet, with the addresses of the first few."""

from icsassess.excel.cells.addresses import address
from icsassess.excel.container.limits import Remarks

REPEATED = "appears more than once (the last one counts)"
OUT_OF_ORDER = "stands out of order"
NO_ADDRESS = "has an address that does not exist (it was taken for the next one in its row)"
NO_STRING = "refers to a text that is not in the file"
TEXT_CUT = "has a text too long to be read whole"
BLANK_ROWS = "are formatted but blank (left out where they hold no text)"
FAR_COLOURS = "and others far from any text are coloured but blank (left out)"

_SHOWN = 3


class Anomalies:
    """Takes down what is odd, and where it was first."""

    __slots__ = ("_places",)

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}

    def add(self, place: tuple[int, int] | str, what: str) -> None:
        """Take down something odd at (row, column), or at a place in words."""
        places = self._places.setdefault(what, [])
        if len(places) <= _SHOWN:
            shown = place if isinstance(place, str) else address(*place)
            if shown not in places:
                places.append(shown)

    def remark(self, title: str, remarks: Remarks) -> None:
        """Make a remark of each kind of oddity of the sheet with this title."""
        for what, places in self._places.items():
            shown = ", ".join(places[:_SHOWN]) + (" and more" if len(places) > _SHOWN else "")
            remarks.add(f"sheet {title!r}: {shown} {what}")
