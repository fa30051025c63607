"""Where returns lie: each file of a folder, and each file within the mails and archives among them.

A file within another has a path that goes on where the file on the disk ends (``returns/mail.eml/return.xlsx``). All
that only wants a name takes it like any other; whoever wants the bytes asks ``content_at``.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsassess.support.workers.bounds import MEBIBYTE, Bounds
from icsassess.support.workers.pool import NoWorkers, Pool
from icsassess.support.workers.worker import START_METHOD, Lost, Task, processors

if TYPE_CHECKING:
    from icsassess.excel.reading.envelopes.enclosed_files import Wrapping

BOUNDS = Bounds(20.0, 256 * MEBIBYTE)
# Names of workbooks, which need no look inside: most folders hold nothing else.
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


class EnvelopeListing(NamedTuple):
    """What a mail or an archive holds, by the paths within it; nothing where the file is neither."""

    returns: tuple[str, ...] = ()
    """What can be a return."""
    others: tuple[tuple[str, str], ...] = ()
    """What cannot, and what each is: ('photo.jpg', 'an image')."""


def return_places(files: Sequence[Path]) -> list[Path]:
    """Give the places of returns in files, in their order: those within a mail or an archive in its place.

    A mail or an archive without a return is a place of its own, so that somebody hears of it.
    """
    listings = _listings([file for file in files if file.suffix.casefold() not in _WORKBOOKS])
    return [place for file in files for place in _places_in(file, listings.get(file, EnvelopeListing()))]


def _places_in(file: Path, listing: EnvelopeListing) -> list[Path]:
    return [file / name for name in listing.returns] or [file]


def listing_of(file: Path) -> EnvelopeListing:
    """Give what a mail or an archive holds."""
    return _listings([file]).get(file, EnvelopeListing())


def is_enclosed(place: Path) -> bool:
    """Say whether a place lies within a file."""
    return not place.exists() and any(above.is_file() for above in place.parents)


JOINED = " + "
"""Stands between the names of files that are one return, such as 'Integration.csv + Leadership.csv'."""


def content_at(place: Path) -> tuple[bytes, tuple[Wrapping, ...]]:
    """Give the bytes at a place, and what they came in; of files that are one return, one after the other.

    Raises OSError and Unreadable.
    """
    if JOINED in place.name and not place.exists():
        pieces = [content_at(place.with_name(name)) for name in place.name.split(JOINED)]
        return b"".join(data for data, _ in pieces), pieces[0][1]
    from icsassess.excel.reading.envelopes.enclosed_files import enclosed_file, split_path

    if not is_enclosed(place):
        return place.read_bytes(), ()
    file, name = split_path(place)
    return enclosed_file(file.read_bytes(), name)


_LISTED: dict[tuple[Path, int, int], EnvelopeListing] = {}


def _listings(files: Sequence[Path]) -> dict[Path, EnvelopeListing]:
    """Open mails and archives in processes of their own, each within bounds; one that breaks them holds nothing here,
    and whoever reads it says why."""
    states = {file: (file, status.st_mtime_ns, status.st_size) for file in files if (status := _status(file))}
    waiting = [file for file, state in states.items() if state not in _LISTED]
    if waiting:
        for file, listing in zip(waiting, _listed_apart(waiting), strict=True):
            _LISTED[states[file]] = listing
    return {file: _LISTED[state] for file, state in states.items()}


def _status(file: Path) -> os.stat_result | None:
    """Give the state of what is a file; None for a link, which is not followed, and whatever would never end."""
    try:
        status = file.lstat()
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _listed_apart(files: Sequence[Path]) -> list[EnvelopeListing]:
    # A process with several threads is not forked: the other would inherit whatever is locked at that moment.
    method = START_METHOD if threading.active_count() == 1 else "spawn"
    listings = dict.fromkeys(range(len(files)), EnvelopeListing())
    try:
        with Pool(Task(_list, BOUNDS), min(len(files), processors()), method) as pool:
            for number, listing in pool.run(files):
                if not isinstance(listing, Lost):
                    listings[number] = listing
    except NoWorkers:
        return [_list(file) for file in files]
    return list(listings.values())


def _list(file: Path) -> EnvelopeListing:
    from icsassess.excel.container.errors import Unreadable
    from icsassess.excel.container.limits import DEFAULT_LIMITS, Meter
    from icsassess.excel.reading.envelopes.enclosed_files import list_enclosed
    from icsassess.excel.reading.read_workbook import read_file

    returns: list[str] = []
    others: list[tuple[str, str]] = []
    try:
        for listed in list_enclosed(read_file(file), Meter(DEFAULT_LIMITS)):
            if listed.unreadable is None or listed.may_be_read:
                returns.append(listed.name)
            else:
                others.append((listed.name, listed.unreadable.detail))
    except Unreadable:
        return EnvelopeListing()
    return EnvelopeListing(tuple(returns), tuple(others))
