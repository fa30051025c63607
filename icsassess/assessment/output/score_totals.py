"""The indicative scores that a group typed beside its lines, added up for each statement and for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from icsassess.assessment.group_edits.edits import ASSESSMENT, CellValue
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.ratings.cqc_scores import Sum, added_up, read_score, scoring
from icsassess.assessment.sign_off.readiness import not_applicable_unexplained
from icsassess.domain import rag
from icsassess.domain.problems import Problem, in_order, make_problem

TITLE = "Indicative score (1-4)"
"""The column of the Assessment in which a group types scores; it is carried over like any column of its own."""


def asks_for_scores(merged: Merged) -> bool:
    """Tell whether the locality's settings ask for indicative scores."""
    return merged.locality.settings.rules.indicative_scores


def with_scores(merged: Merged) -> Merged:
    """Give the view with a column for scores, and a point for each that is none; as it is where not asked for."""
    if not asks_for_scores(merged):
        return merged
    own = merged.carried.own_columns
    of_sheet = own.get(ASSESSMENT, {})
    columns = {**own, ASSESSMENT: {**of_sheet, TITLE: of_sheet.get(TITLE, {})}}
    merged = replace(merged, carried=replace(merged.carried, own_columns=columns))
    return replace(merged, problems=in_order([*merged.problems, *_not_understood(merged)]))


def typed_scores(merged: Merged) -> Mapping[str, CellValue]:
    """Give what was typed as a score, by line."""
    return merged.carried.own_columns.get(ASSESSMENT, {}).get(TITLE, {})


def _not_understood(merged: Merged) -> list[Problem]:
    permitted = ", ".join(str(meaning.score) for meaning in scoring().scores)
    return [
        make_problem("score-not-understood", sheet=ASSESSMENT, ref=ref, found=str(typed), permitted=permitted)
        for ref, typed in typed_scores(merged).items()
        if str(typed).strip() and read_score(typed) is None
    ]


def unexplained(merged: Merged) -> frozenset[str]:
    """Give the lines that partners call Not applicable without a reason: they stay among those to be scored."""
    return frozenset(not_applicable_unexplained(merged))


def statement_sums(merged: Merged) -> dict[str, Sum]:
    """Give the scores of each statement's lines added up, by the statement's code.

    To be scored are the lines that apply: all but those that are Not applicable with a reason.
    """
    typed, without_reason = typed_scores(merged), unexplained(merged)
    scores: dict[str, list[int | None]] = {code: [] for code in merged.locality.framework.statement_by_code}
    by_ref = merged.locality.framework.line_by_ref
    for line in merged.lines:
        if line.rating == rag.NOT_APPLICABLE:
            explained = line.agreed_reason if line.agreed else line.ref not in without_reason
            if not explained:
                scores[by_ref[line.ref].statement.code].append(None)
        else:
            scores[by_ref[line.ref].statement.code].append(read_score(typed.get(line.ref)))
    return {code: added_up(line_scores) for code, line_scores in scores.items()}


def overall(sums: Mapping[str, Sum]) -> Sum:
    """Give the scores of the statements added up in the same way; a statement of which nothing applies leaves it."""
    return added_up([statement_sum.score for statement_sum in sums.values() if statement_sum.parts])


def scores_as_json(merged: Merged) -> dict[str, Any]:
    """Give the sums with the label that stands wherever they do."""
    sums = statement_sums(merged)
    whole = overall(sums)
    return {
        "label": scoring().label,
        "rule": scoring().rule(merged.locality.framework.id).says,
        "statements": [{"statement": code, **_as_json(statement_sum)} for code, statement_sum in sums.items()],
        "overall": {**_as_json(whole), "rating": whole.rating},
    }


def _as_json(total: Sum) -> dict[str, Any]:
    return {
        "to_be_scored": total.parts,
        "scored": total.scored,
        "points": total.points,
        "out_of": total.out_of,
        "per_cent": total.per_cent,
        "score": total.score,
        "note": total.note or None,
    }
