"""Rich text: a text in runs with fonts of their own, some of them struck through or made strong."""

from __future__ import annotations

from icsassess.excel.cells.model import Run
from icsassess.excel.container.xml import attribute, unescape

_MOST_RUNS = 200
_USUAL = Run("", False, False, 0.0)
_BLACK = ("", "000000", "FF000000")


class RichText:
    """Puts together the runs of one text: without phonetic guides."""

    __slots__ = ("_font", "_in_properties", "_phonetic", "_runs", "_text")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin a new text."""
        self._text = ""
        self._phonetic = False
        self._in_properties = False
        self._font = _USUAL
        self._runs: list[Run] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element within the text begins."""
        if name == "rPh":
            self._phonetic = True
        elif name == "r":
            self._font = _USUAL
        elif name == "rPr":
            self._in_properties = True
        elif self._in_properties:
            self._font = _with_property(self._font, name, attributes)

    def closed(self, name: str, text: str) -> None:
        """An element within the text ends."""
        if name == "t":
            if not self._phonetic:
                plain = unescape(text)
                self._text += plain
                if plain and len(self._runs) < _MOST_RUNS:
                    self._runs.append(self._font._replace(text=plain))
        elif name == "rPh":
            self._phonetic = False
        elif name == "rPr":
            self._in_properties = False
        elif name == "r":
            self._font = _USUAL

    def text(self) -> str:
        """Give the whole text."""
        return self._text

    def runs(self) -> tuple[Run, ...] | None:
        """Give the runs where their fonts differ, or all are struck through."""
        sizes = {run.size for run in self._runs if run.size}
        if (
            len({(run.struck, run.strong) for run in self._runs}) > 1
            or len(sizes) > 1
            or any(run.struck for run in self._runs)
        ):
            return tuple(self._runs)
        return None


def _with_property(font: Run, name: str, attributes: dict[str, str]) -> Run:
    value = attribute(attributes, "val")
    if name == "strike":
        return font._replace(struck=is_struck(attributes))
    if name in ("b", "u") and (value or "1").strip().lower() not in ("0", "false", "off", "none"):
        return font._replace(strong=True)
    if name == "color" and (attribute(attributes, "rgb") or "").upper() not in _BLACK:
        return font._replace(strong=True)
    if name == "sz":
        try:
            return font._replace(size=float(value or 0))
        except ValueError:
            return font
    return font


def is_struck(attributes: dict[str, str]) -> bool:
    """Say whether a <strike> element strikes through: it does without a value (ECMA-376 part 1, 18.4.10)."""
    return (attribute(attributes, "val") or "1").strip().lower() not in ("0", "false", "off")


def is_partly_struck(runs: tuple[Run, ...] | None) -> bool:
    """Say whether a run is struck through."""
    return runs is not None and any(run.struck for run in runs)
