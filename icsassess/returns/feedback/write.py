"""Feedback: each partner's own file back, marked, or a list of its points where the file cannot be written back."""

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from icsassess.domain import personal_data
from icsassess.domain.problems import Refusal
from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.limits import DEFAULT_LIMITS, Meter
from icsassess.excel.reading.protection import unprotected
from icsassess.excel.reading.read_workbook import Unreadable, read_workbook_bytes
from icsassess.locality.locality import Locality, file_name
from icsassess.locality.sub_folders import place_of
from icsassess.returns.feedback.marked_copy import marked_copy
from icsassess.returns.feedback.progress import (
    EarlierFeedback,
    earlier_feedback,
    earlier_feedback_for,
    progress_since,
    sender_of,
)
from icsassess.returns.feedback.sheet import Feedback, feedback_workbook
from icsassess.returns.reading.file.open_file import MOST_BYTES
from icsassess.returns.reading.file.places import content_at, return_places
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import Progress
from icsassess.support.saving import replace_file
from icsassess.support.text import fold, words

ENDING = " - feedback"
_ENDING = re.compile(rf"{ENDING}( \d+)?( ?\(\d+\))?$", re.IGNORECASE)
_NOT_A_RETURN = "the file cannot be used as a return"
_NOT_AS_CHECKED = "the answers came as several files, or the file was changed while it was checked"


def write_feedback(
    reads: Sequence[tuple[Path, ReadReturn]], locality: Locality, progress: Progress | None = None
) -> list[Path]:
    """Write the feedback on each return into ``feedback/``; gives the files in the order of the returns.

    See :func:`write_feedback_with_reasons`.
    """
    return [path for path, _ in write_feedback_with_reasons(reads, locality, progress)]


def write_feedback_with_reasons(
    reads: Sequence[tuple[Path, ReadReturn]], locality: Locality, progress: Progress | None = None
) -> list[tuple[Path, str]]:
    """Write the feedback on each return into ``feedback/``, in place of earlier feedback of that name.

    Gives the files in the order of the returns, which are never touched, each with why it is a list alone, ``""`` for a
    marked copy. Raises ``Refusal`` where one could not be written, for example because it is open in Excel; the others
    are written all the same.
    """
    folder = locality.make_sub_folder("feedback")
    earlier = earlier_feedback(folder)
    stems = feedback_names(reads, locality)
    prepared = []
    for (path, read), stem in zip(reads, stems, strict=True):
        feedback = _feedback_on(path, read, locality, stem, earlier)
        prepared.append((path, feedback, _numbered(stem, feedback.progress.number)))
    refused: list[Refusal] = []
    reasons: list[str] = []
    for number, (path, feedback, name) in enumerate(prepared):
        if progress is not None:
            progress(number, len(reads), name)
        data, why_no_copy = _written_back(path, feedback)
        reasons.append(why_no_copy)
        try:
            replace_file(folder / name, data)
        except Refusal as refusal:
            refused.append(refusal)
    if refused:
        raise refused[0]
    return [(folder / name, reason) for (_, _, name), reason in zip(prepared, reasons, strict=True)]


def _feedback_on(
    path: Path, read: ReadReturn, locality: Locality, stem: str, earlier: Sequence[EarlierFeedback]
) -> Feedback:
    partner = locality.partner_by_code.get(read.partner or "")
    sender = sender_of(read.partner, read.organisation, several=partner is not None and partner.returns == "many")
    last = earlier_feedback_for(earlier, sender, _numbered(stem, 1), read.sha256)
    day = _day(read.modified) or locality.settings.as_at or locality.settings.deadline
    since_last = progress_since(read.problems, last, read.sha256, read.answered)
    return Feedback(locality, read, personal_data.mask(path.name), since_last, day)


def feedback_names(reads: Sequence[tuple[Path, ReadReturn]], locality: Locality) -> list[str]:
    """Give what the name of each return's feedback begins with: the file's, with the partner's code if it lacks it.

    Two files of one name (in two folders, or of two kinds) are told apart by a number, whichever of them is asked for.
    """
    asked = [path for path, _ in reads]
    stems: dict[Path, str] = {}
    used: Counter[str] = Counter()
    for path in (*return_places(locality.return_files()), *asked):
        if place_of(path) not in stems:
            stem = _stem(path)
            used[fold(stem)] += 1
            stems[place_of(path)] = stem if used[fold(stem)] == 1 else f"{stem} ({used[fold(stem)]})"
    names: list[str] = []
    for path, read in reads:
        name = wanted = _name(stems[place_of(path)], read.partner)
        number = 1
        while fold(name) in map(fold, names):
            number += 1
            name = f"{wanted} ({number})"
        names.append(name)
    return names


def _stem(path: Path) -> str:
    """Give the name to begin with: that of a feedback copy sent back is the name of the file it was made from."""
    stem = path.stem
    while match := _ENDING.search(stem):
        stem = stem[: match.start()]
    return file_name(personal_data.mask(stem))


def _name(stem: str, partner: str | None) -> str:
    says_it = partner is None or f" {words(partner)} " in f" {words(stem.replace('_', ' '))} "
    return f"{stem}{'' if says_it else f' - {partner}'}"


def _numbered(stem: str, number: int) -> str:
    """Give the name of a feedback: from the second on with its number, so that nobody takes the last for the new."""
    return f"{stem}{ENDING}{f' {number}' if number > 1 else ''}.xlsx"


def _day(modified: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(modified[:10])
    except ValueError:
        return None


def _written_back(path: Path, feedback: Feedback) -> tuple[bytes, str]:
    """Give the marked copy, or the list alone with the reason."""
    workbook, data = _as_checked(path, feedback.read)
    why = _NOT_A_RETURN if feedback.read.refused else _NOT_AS_CHECKED
    copy = marked_copy(feedback, workbook, data) if workbook else why
    return (feedback_workbook(replace(feedback, why_no_copy=copy), {}), copy) if isinstance(copy, str) else (copy, "")


def _as_checked(path: Path, read: ReadReturn) -> tuple[Workbook | None, bytes]:
    """Give the workbook that was checked and its bytes; nothing where it cannot be read or has changed since."""
    if read.refused:
        return None, b""
    try:
        data, _ = content_at(path)
        if len(data) > MOST_BYTES:
            return None, b""
        if hashlib.sha256(data).hexdigest() != read.sha256:
            return None, b""
        return read_workbook_bytes(data), unprotected(data, Meter(DEFAULT_LIMITS))
    except (OSError, Unreadable):
        return None, b""
