"""The gaps of a merged workbook that is not in its locality's folder any more: read from its own sheets alone."""

from __future__ import annotations

import datetime
import re

from icsassess.assessment.gaps.gap import gap_with_plan
from icsassess.assessment.group_edits.decisions import action_of
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain.gap_ids import is_gap_id
from icsassess.domain.problems import Refusal, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Rules
from icsassess.returns.matching.dates import read_date
from icsassess.returns.template.model import return_template, template_ids
from icsassess.tables import titles
from icsassess.tables.records import Gap
from icsassess.workbook.layout import ASSESSMENT, GAPS, GAPS_TITLES
from icsassess.workbook.read_back.table import TableRow, find_table


def read_standalone_gaps(
    workbook: Workbook, file: str, as_at: datetime.date | None, rules: Rules | None = None
) -> list[Gap]:
    """Give the gaps that stand in a workbook, with these rules or those of a new locality.

    Raises ``Refusal`` where it has no table of gaps, or no as-at date of its own and none is given.
    """
    grid = find_table(workbook.sheets, GAPS, GAPS_TITLES, titles.GAP)
    day = as_at or read_date(workbook.custom_properties.get("icsassess.as_at", "")).usable
    if grid is None or day is None:
        raise Refusal(make_problem("not-a-locality-workbook", sheet=file, detail=f"its sheet ‘{GAPS}’ cannot be read"))
    agreed = _agreed(workbook)
    rows = [row for row in grid.rows if is_gap_id(row.text(titles.GAP))]
    required = (rules or Rules()).action_plan_required_for
    return [_gap(row, agreed, day, required) for row in rows]


def _agreed(workbook: Workbook) -> dict[str, str]:
    grid = find_table(workbook.sheets, ASSESSMENT, (titles.REF, titles.AGREED_RAG), titles.REF)
    if grid is None:
        return {}
    read = vocabulary().read
    return {row.text(titles.REF): read(row.text(titles.AGREED_RAG)).rating or "" for row in grid.rows}


def _gap(row: TableRow, agreed: dict[str, str], as_at: datetime.date, required: tuple[str, ...]) -> Gap:
    ref, reasons = row.text(titles.REF), _parts(row.text(titles.WHY_A_GAP))
    texts = {name: row.text(title) for name, title in titles.ACTION_TITLES.items()}
    return gap_with_plan(
        id=row.text(titles.GAP),
        ref=ref,
        rating=agreed.get(ref) or vocabulary().read(row.text(titles.RATING)).rating or "",
        reasons=reasons,
        partners=_parts(row.text(titles.PARTNERS)),
        stated=row.text(titles.STATED),
        proposed=row.text(titles.PROPOSED),
        action=action_of(texts, return_template(template_ids()[0]).statuses),
        to_be_moderated=RED_AND_GREEN in reasons and not agreed.get(ref),
        plan_required_for=required,
        as_at=as_at,
    )


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\s*,\s*", text) if part]
