"""What ``locality.toml`` says of single files: whose return one is, and which of two counts.

``[whose]`` has a line for each file whose signs disagree, or whose organisation nobody can tell::

    "Our return.xlsx" = "ABC"
    "second return.xlsx" = "GP: Elm Practice"

``[which_counts]`` has one for each file that came after another of the same partner and says less than that one, or of
which nobody can tell whether it is the newer::

    "the bit we forgot.xlsx" = "added"

A file is named as it lies in ``returns/``, with its sub-folder or without; capitals and kinds of spaces do not matter.
A marked copy that comes back is meant by the name of the file it was made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from icsassess.support.text import fold

WHOSE: Final = "whose"
WHICH_COUNTS: Final = "which_counts"
ADDED: Final = "added"
"""A return counts beside what came before it: for each line the newest answer."""
INSTEAD: Final = "instead"
"""It takes the place of what came before it, also where it says less."""
NOT: Final = "not"
"""It does not count."""
RULINGS: Final = (ADDED, INSTEAD, NOT)
_RETURNS = "returns/"
_MARKED = " - feedback"


def _lines(table: object) -> tuple[tuple[str, str], ...]:
    """Take a table of TOML apart: a file's name that lacks its quotation marks is a table within it."""
    if not isinstance(table, Mapping):
        return tuple(table) if isinstance(table, tuple) else _refuse()
    return tuple(_flat(table))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", str(value)


def _refuse() -> tuple[tuple[str, str], ...]:
    raise PydanticCustomError("file_lines", 'A line for each file, such as "a return.xlsx" = "ABC"')


def _spellings(organisations: object) -> object:
    """Give each organisation as the tuple of its spellings, the one that is shown first."""
    if not isinstance(organisations, list | tuple):
        return organisations
    return tuple((one,) if isinstance(one, str) else one for one in organisations)


FileLines = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_lines)]
"""A table of ``locality.toml`` that says something of single files, as (file, what is said of it)."""
Organisations = Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_spellings)]
"""The organisations that answer for a partner, each with all the ways in which it is written."""


class Owner(NamedTuple):
    """Whose a return is: the partner's code as typed, and the organisation that answers for it (``""`` for none)."""

    code: str
    organisation: str = ""


def owner_of(text: str) -> Owner:
    """Read ‘ABC’, or ‘GP: Elm Practice’ where one of several organisations is meant."""
    code, _, organisation = text.partition(":")
    return Owner(code.strip(), " ".join(organisation.split()))


def line_for(file: str, lines: Iterable[tuple[str, str]]) -> str | None:
    """Give what is said of a file (its path relative to the locality's folder), None where nothing is."""
    names = _names(file)
    return next((text for name, text in lines if _as_named(name) in names), None)


def lines_without_a_file(lines: Iterable[tuple[str, str]], files: Iterable[str]) -> list[str]:
    """Give the names that mean none of the files that lie in ``returns/``."""
    lying = set[str]().union(*map(_names, files))
    return [name for name, _ in lines if _as_named(name) not in lying]


def _as_named(name: str) -> str:
    return fold(name.replace("\\", "/").removeprefix(_RETURNS))


def _names(file: str) -> set[str]:
    """Give the names that mean a file: with its sub-folder and without, and as it was before it was marked."""
    path = PurePosixPath(file.removeprefix(_RETURNS))
    stem, names = path.stem, [path.name]
    while fold(stem).endswith(_MARKED):
        stem = stem[: -len(_MARKED)]
        names.append(stem + path.suffix)
        if " - " in stem:  # a partner's code, which the marked copy's name has where the file's own does not
            names.append(stem.rpartition(" - ")[0] + path.suffix)
    places = [place for name in names for place in (name, (path.parent / name).as_posix())]
    envelopes = [parent.as_posix() for parent in path.parents if parent.suffix]  # a mail stands for what came in it
    return {fold(place) for place in (*places, *envelopes)}


def faults(
    whose: Iterable[tuple[str, str]], which_counts: Iterable[tuple[str, str]], codes: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Give the lines that mean nothing: their table, file, what they say, and what they could say.

    ``codes`` has by its folded form each partner's code, with ``many`` where several organisations answer for it.
    """
    for file, text in whose:
        owner = owner_of(text)
        if fold(owner.code) not in codes:
            permitted = ", ".join(code for code, _ in codes.values())
            yield WHOSE, file, text, f"The code of a partner of this locality: {permitted}."
        elif ":" in text and (not owner.organisation or codes[fold(owner.code)][1] != "many"):
            yield WHOSE, file, text, 'Only of a partner with returns = "many" an organisation\'s name follows the code.'
    for file, text in which_counts:
        if text not in RULINGS:
            yield WHICH_COUNTS, file, text, f"One of {', '.join(f'‘{ruling}’' for ruling in RULINGS)}."
