"""Marking in a process of its own, which can be stopped: openpyxl does not come back from some small files."""

from __future__ import annotations

from icsassess.excel.annotating.annotate import AnnotatedWorkbook, Annotations, annotate
from icsassess.support.workers.bounded_call import bounded_call
from icsassess.support.workers.bounds import MEBIBYTE, Bounds
from icsassess.support.workers.pool import NoWorkers
from icsassess.support.workers.worker import Lost

BOUNDS = Bounds(seconds=30, memory=1024 * MEBIBYTE)


def annotate_in_worker(data: bytes, marking: Annotations) -> AnnotatedWorkbook | None:
    """Mark a workbook in another process; None where that fails, takes too long or takes too much memory."""
    try:
        marked = bounded_call(_mark, (data, marking), BOUNDS)
    except NoWorkers:
        return None
    return None if isinstance(marked, Lost) else marked


def _mark(arguments: tuple[bytes, Annotations]) -> AnnotatedWorkbook:
    return annotate(*arguments)
