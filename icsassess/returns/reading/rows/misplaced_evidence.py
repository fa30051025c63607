"""Evidence in the wrong place: behind a label, or in a note on a cell, while the evidence's own cell is empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, make_problem
from icsassess.returns.reading.rows.entry import TypedRow

_MORE = 15  # characters that a label has beyond its title


def misplaced_evidence(
    row: TypedRow, ref: str, remarks: Sequence[str], sheet: str, framework: Framework
) -> Iterator[Problem]:
    """Give the points of a row without evidence whose labels or notes say something that may be it.

    ``remarks`` are the label columns that say more than the line's own titles.
    """
    if row.values["evidence"] or "evidence" in row.place.merged_from:
        return
    line = framework.line_by_ref[ref]
    longest = {"ref": len(ref), "statement": len(line.statement.title), "category": len(line.category.title)}
    for name in remarks:
        text = row.labels[name]
        if len(text) > longest[name] + _MORE and line.statement.we_statement not in text:
            yield make_problem("answer-in-label", sheet=sheet, cell=row.place.cell(name), ref=ref, found=text)
    for note in row.notes:
        cell, _, text = note.partition(": ")
        if row.values["rag"] and text and "://" not in text:
            yield make_problem("answer-in-note", sheet=sheet, cell=cell, ref=ref, found=text)
