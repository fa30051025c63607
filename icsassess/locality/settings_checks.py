"""What the model of the settings cannot tell: where they are, and that each name means one partner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from icsassess.domain.problems import Refusal, did_you_mean, make_problem
from icsassess.support.suggest import closest
from icsassess.support.text import fold, words
from icsassess.support.toml_files import Place, line_of

_OTHER_NAMES = ("locality.toml.txt", "locality.txt", "locality")
"""What Notepad and Explorer make of the settings' name."""


class Named(Protocol):
    """A partner: its code, and what else it is called."""

    @property
    def code(self) -> str:
        """The code."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def short(self) -> str:
        """The short name, ``""`` where it has none."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Further names."""


def no_settings(folder: Path, settings: str) -> Refusal:
    """Say why a folder is none of a locality: it is not there, or its settings have another name."""
    if not folder.exists():
        beside = [path.parent.name for path in sorted(folder.absolute().parent.glob(f"*/{settings}"))]
        hint = did_you_mean(closest(folder.name, beside), "Look at its name, and where you are.")
        return Refusal(make_problem("folder-not-there", sheet=str(folder), hint=hint))
    for name in _OTHER_NAMES:
        if (folder / name).is_file():
            return Refusal(make_problem("settings-other-name", sheet=str(folder), found=name))
    return Refusal(make_problem("folder-not-a-locality", sheet=str(folder)))


def check_names(partners: Sequence[Named], path: Path) -> None:
    """See to it that each code, name and alias means one partner. Raises ``Refusal`` with file and lines."""
    first_of: dict[str, int] = {}
    owner: dict[str, str] = {}
    for number, partner in enumerate(partners):
        first = first_of.setdefault(fold(partner.code), number)
        if first != number:
            lines = [_line(path, ("partner", each, "code")) for each in (first, number)]
            about = {"sheet": path.name, "cell": f"line {lines[1]}", "found": partner.code, "first": str(lines[0])}
            raise Refusal(make_problem("code-twice", **about))
        for name in {words(name) for name in (partner.code, partner.name, partner.short, *partner.aliases)} - {""}:
            if owner.setdefault(name, partner.code) != partner.code:
                place = {"sheet": path.name, "cell": f"line {_line(path, ('partner', number))}"}
                about = {"found": name, "one": owner[name], "other": partner.code}
                raise Refusal(make_problem("name-twice", **place, **about))


def _line(path: Path, place: Place) -> int | None:
    return line_of(path.read_text(encoding="utf-8-sig"), place)
