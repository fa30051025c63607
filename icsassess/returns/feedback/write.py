"""Feedback: each partner's own file back, marked, or a list of its points where the file cannot be written back."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
from icsassess.returns.feedback.progress import earlier_feedback, earlier_feedback_for, progress_since
from icsassess.returns.feedback.sheet import Feedback, feedback_workbook
from icsassess.returns.reading.file.open_file import MOST_BYTES
from icsassess.returns.reading.file.places import content_at, return_places
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.session import Progress, read_all
from icsassess.support.saving import replace_file
from icsassess.support.text import fold, words

ENDING = " - feedback"
_AT_ONCE = 4


def write_feedback(
    reads: Sequence[tuple[Path, ReadReturn]], locality: Locality, progress: Progress | None = None
) -> list[Path]:
    """Write the feedback on each return into ``feedback/``, in place of earlier feedback of that name.

    Gives the files in the order of the returns, which are never touched. Raises ``Refusal`` where one could not be
    written, for example because it is open in Excel; the others are written all the same.
    """
    folder = locality.make_sub_folder("feedback")
    earlier = earlier_feedback(folder)
    names = feedback_names(reads, locality)

    def content_of(number: int) -> bytes:
        path, read = reads[number]
        last = earlier_feedback_for(earlier, read.partner, names[number], read.sha256)
        day = _day(read.modified) or locality.settings.as_at or locality.settings.deadline
        since_last = progress_since(read.problems, last, read.sha256)
        return _written_back(path, Feedback(locality, read, personal_data.mask(path.name), since_last, day))

    refused: list[Refusal] = []
    # Most of the work is done by other processes, which can wait for each other.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, data in enumerate(pool.map(content_of, range(len(reads)))):
            if progress is not None:
                progress(number, len(reads), names[number])
            try:
                replace_file(folder / names[number], data)
            except Refusal as refusal:
                refused.append(refusal)
    if refused:
        raise refused[0]
    return [folder / name for name in names]


def feedback_copies(locality: Locality, progress: Progress | None = None) -> dict[str, Path]:
    """Check all returns of a locality and write the feedback on each; gives the copies by the return's file."""
    # Imported here: feedback on a return that is checked already needs no data frames.
    from icsassess.returns.checking.check import check_all

    reads = check_all(read_all(return_places(locality.return_files()), locality), locality).returns
    written = write_feedback([(locality.folder / read.file, read) for read in reads], locality, progress)
    return {read.file: path for read, path in zip(reads, written, strict=True)}


def feedback_names(reads: Sequence[tuple[Path, ReadReturn]], locality: Locality) -> list[str]:
    """Give the name of each return's feedback: that of the file, with the partner's code if it does not say it.

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
    return [_name(stems[place_of(path)], read.partner) for path, read in reads]


def _stem(path: Path) -> str:
    """Give the name to begin with: that of a feedback copy sent back is the name of the file it was made from."""
    stem = path.stem
    while stem.casefold().endswith(ENDING):
        stem = stem[: -len(ENDING)]
    return file_name(personal_data.mask(stem))


def _name(stem: str, partner: str | None) -> str:
    says_it = partner is None or f" {words(partner)} " in f" {words(stem.replace('_', ' '))} "
    return f"{stem}{'' if says_it else f' - {partner}'}{ENDING}.xlsx"


def _day(modified: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(modified[:10])
    except ValueError:
        return None


def _written_back(path: Path, feedback: Feedback) -> bytes:
    """Give the marked copy, or the list alone with the reason."""
    workbook, data = _as_checked(path, feedback.read)
    copy = marked_copy(feedback, workbook, data) if workbook else "the file cannot be used as a return"
    return feedback_workbook(replace(feedback, why_no_copy=copy), {}) if isinstance(copy, str) else copy


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
