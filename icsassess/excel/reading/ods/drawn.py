"""What is drawn over the cells of an OpenDocument sheet: shapes, text boxes, pictures, embedded files, check boxes."""

from __future__ import annotations

from icsassess.excel.cells.drawn import Drawn, DrawnKind
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import attribute
from icsassess.excel.reading.ods.styles import OdsStyles

_KINDS = {
    "image": DrawnKind.PICTURE,
    "object": DrawnKind.EMBEDDED,
    "object-ole": DrawnKind.EMBEDDED,
    "control": DrawnKind.CONTROL,
}
_SHAPES = frozenset(
    [
        *("custom-shape", "rect", "line", "caption", "ellipse", "circle", "polygon", "polyline", "path", "connector"),
        *("regular-polygon", "measure", "frame"),
    ]
)
_MOST = 5_000


class OdsDrawings:
    """Collects what is drawn while the reader passes over it (ODF 1.3 part 3, 10)."""

    def __init__(self, meter: Meter, styles: OdsStyles) -> None:
        self.drawn: list[Drawn] = []
        self._meter = meter
        self._styles = styles
        self._checked: dict[str, bool] = {}
        self._open: Drawn | None = None

    def opened(self, name: str, attributes: dict[str, str], place: tuple[int, int]) -> None:
        """An element of a drawing, or of a form, begins; ``place`` is the cell it belongs to."""
        if name in ("checkbox", "radio"):
            state = attribute(attributes, "current-state") or attribute(attributes, "state") or ""
            checked = state == "checked" or attribute(attributes, "current-selected") == "true"
            self._checked[attribute(attributes, "id") or ""] = checked
        elif self._open is None and (name in _SHAPES or name in _KINDS):
            fill = self._styles.look(attribute(attributes, "style-name") or "").fill
            self._open = Drawn(DrawnKind.SHAPE, *place, "", fill)
        if self._open is not None and name in _KINDS:
            kind = _KINDS[name]
            key = attribute(attributes, "control") or ""
            if kind is DrawnKind.CONTROL and key in self._checked:
                self._open = self._open._replace(kind=DrawnKind.CHECK_BOX, checked=self._checked[key])
            elif self._open.kind is DrawnKind.SHAPE or kind is DrawnKind.EMBEDDED:
                self._open = self._open._replace(kind=kind)

    def text(self, text: str) -> None:
        """Text within what is drawn."""
        if self._open is not None and text.strip():
            self._meter.held(4 * len(text))
            self._open = self._open._replace(text=f"{self._open.text} {text.strip()}".strip())

    def end(self) -> None:
        """What was drawn has been passed."""
        if self._open is not None and len(self.drawn) < _MOST:
            is_box = self._open.text and self._open.kind is DrawnKind.SHAPE
            self.drawn.append(self._open._replace(kind=DrawnKind.TEXT_BOX) if is_box else self._open)
        self._open = None

    def take(self) -> tuple[Drawn, ...]:
        """Give what was drawn on the sheet that ends."""
        drawn, self.drawn, self._checked = tuple(self.drawn), [], {}
        return drawn
