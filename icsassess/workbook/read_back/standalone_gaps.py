"""Gaps and actions of a merged workbook that is not in its locality's folder any more: from its own sheets alone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Container, Sequence
from typing import NamedTuple, cast, get_args

from icsassess.assessment.actions.action import ActionPlace, Source, make_action
from icsassess.assessment.actions.names import GROUP, base_name, next_name, parts_of_name
from icsassess.assessment.gaps.gap import make_gap
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain.gap_ids import gap_id, is_gap_id, ref_of_gap
from icsassess.domain.problems import Refusal, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.domain.states import GapReason
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Rules
from icsassess.returns.matching.dates import read_date
from icsassess.returns.template.model import return_template, template_ids
from icsassess.tables import titles
from icsassess.tables.records import Action, Gap
from icsassess.workbook.layout import ASSESSMENT
from icsassess.workbook.read_back import version_1
from icsassess.workbook.read_back.registers import ACTIONS_KIND, GAPS_KIND, VERSION_1_KIND, RegisterKind
from icsassess.workbook.read_back.table import TableRow, find_table

_STATED = re.compile(r"(?P<partner>[^\s:]+): (?P<text>.*)", re.DOTALL)
_STATUSES = return_template(template_ids()[0]).statuses


class Standalone(NamedTuple):
    """What stands in a workbook: its gaps, with their plans, and its actions, with their states."""

    gaps: list[Gap]
    actions: list[Action]


def read_standalone_gaps(
    workbook: Workbook, file: str, as_at: datetime.date | None, rules: Rules | None = None
) -> Standalone:
    """Give the gaps and actions that stand in a workbook, with these rules or those of a new locality.

    Raises ``Refusal`` where it has no table of gaps or actions, or no as-at date of its own and none is given.
    """
    day = as_at or read_date(workbook.custom_properties.get("icsassess.as_at", "")).usable
    earlier = version_1.is_version_1(workbook)
    gap_rows = _rows(workbook, file, VERSION_1_KIND if earlier else GAPS_KIND, day)
    action_rows = gap_rows if earlier else _rows(workbook, file, ACTIONS_KIND, day)
    assert day is not None
    agreed = _agreed(workbook)
    gaps = {row.text(titles.GAP): row for row in gap_rows if is_gap_id(row.text(titles.GAP))}
    actions = _actions(action_rows, gaps, agreed, day)
    required = (rules or Rules()).action_plan_required_for
    return Standalone(
        [
            _gap(row, agreed, [action for action in actions if action.gap == name], required)
            for name, row in gaps.items()
        ],
        actions,
    )


def _rows(workbook: Workbook, file: str, kind: RegisterKind, day: datetime.date | None) -> list[TableRow]:
    grid = find_table(workbook.sheets, kind.title, kind.columns, kind.key)
    if grid is None or day is None:
        detail = f"its sheet ‘{kind.title}’ cannot be read"
        raise Refusal(make_problem("not-a-locality-workbook", sheet=file, detail=detail))
    return grid.rows


def _agreed(workbook: Workbook) -> dict[str, str]:
    grid = find_table(workbook.sheets, ASSESSMENT, (titles.REF, titles.AGREED_RAG), titles.REF)
    if grid is None:
        return {}
    read = vocabulary().read
    return {row.text(titles.REF): read(row.text(titles.AGREED_RAG)).rating or "" for row in grid.rows}


def _actions(
    rows: Sequence[TableRow], gaps: Container[str], agreed: dict[str, str], as_at: datetime.date
) -> list[Action]:
    """Give the rows that hold an action; those without a name of the program's are the group's own."""
    names: list[str] = [row.text(titles.ACTION_ID) for row in rows]
    actions = []
    for row in rows:
        texts = {name: row.text(title) for name, title in titles.ACTION_TITLES.items()}
        name = row.text(titles.ACTION_ID)
        proposed_by = parts_of_name(name)[1] or GROUP
        ref = row.text(titles.REF) or ref_of_gap(row.text(titles.GAP))
        if not name and not any(texts.values()):
            continue
        if not name:
            base = base_name(ref, GROUP)
            name = next_name(base, [one for one in names if one == base or one.startswith(f"{base}-")])
            names.append(name)
        source = [row.text(title) for title in titles.ACTION_SOURCE]
        place = ActionPlace(
            name,
            gap_id(ref) if gap_id(ref) in gaps else "",
            ref,
            _rating(row, agreed),
            proposed_by,
            Source(source[0], source[1], int(source[2]) if source[2].isdecimal() else 0),
        )
        actions.append(make_action(place, texts, _STATUSES, as_at))
    return actions


def _gap(row: TableRow, agreed: dict[str, str], actions: list[Action], required: tuple[str, ...]) -> Gap:
    ref = row.text(titles.REF)
    reasons = [
        cast(GapReason, reason) for reason in _parts(row.text(titles.WHY_A_GAP)) if reason in get_args(GapReason)
    ]
    return make_gap(
        id=row.text(titles.GAP),
        ref=ref,
        rating=_rating(row, agreed),
        stated=_stated(row.text(titles.STATED) or row.text(version_1.STATED)),
        reasons=[reason for reason in reasons if reason != RED_AND_GREEN or not agreed.get(ref)],
        partners=_parts(row.text(titles.PARTNERS)),
        actions=actions,
        covered=row.text(titles.COVERED),
        plan_required_for=required,
    )


def _rating(row: TableRow, agreed: dict[str, str]) -> str:
    return agreed.get(row.text(titles.REF)) or vocabulary().read(row.text(titles.RATING)).rating or ""


def _stated(text: str) -> list[tuple[str, str]]:
    """Give who says what is missing, from a cell that has a line for each: ‘PARTNER: text’."""
    stated: list[tuple[str, str]] = []
    for line in text.splitlines():
        if match := _STATED.fullmatch(line):
            stated.append((match["partner"], match["text"]))
        elif stated:  # a partner's own text may have several lines
            stated[-1] = (stated[-1][0], f"{stated[-1][1]}\n{line}")
    return stated


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\s*,\s*", text) if part]
