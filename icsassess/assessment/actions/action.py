"""An action with its state, made in one place: of what partner and group say, or of a workbook's row."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from icsassess.assessment.actions.states import action_state, missing_of_action
from icsassess.assessment.group_edits.decisions import plain_day
from icsassess.assessment.group_edits.edits import Texts
from icsassess.domain.yes_no import in_one_word, read_yes_no
from icsassess.returns.matching.action_status import status_of
from icsassess.tables.records import Action
from icsassess.tables.titles import DATE_EVIDENCED


class Source(NamedTuple):
    """Where an action stands in a return; nothing of the sort where it stands in none."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    cell: str = ""


class ActionPlace(NamedTuple):
    """What an action is about, and who proposed it: see the columns of the same names."""

    id: str
    gap: str
    ref: str
    rating: str
    proposed_by: str
    source: Source = Source()


def make_action(
    place: ActionPlace, texts: Texts, statuses: Mapping[str, tuple[str, ...]], looked_at: datetime.date
) -> Action:
    """Make an action from the texts of its fields, with its state on a day and what it lacks.

    ``statuses`` are the template's words for a status, with their spellings. A date of evidence that is no day stays
    with what evidences it, or where nothing does with the update: alone it is no evidence.
    """
    text = texts.get
    due, evidenced_on = plain_day(text("due", "")), plain_day(text("evidenced_on", ""))
    evidenced_by, update = text("evidenced_by", ""), text("update", "")
    if not evidenced_on and text("evidenced_on"):
        remark = f"({DATE_EVIDENCED} as typed: {texts['evidenced_on']})"
        if evidenced_by:
            evidenced_by = f"{evidenced_by} {remark}"
        else:
            update = f"{update} {remark}".strip()
    owner = text("owner", "")
    status = status_of(text("status", ""), statuses) or text("status", "")
    taken_up = read_yes_no(text("taken_up", ""))
    return Action(
        id=place.id,
        gap=place.gap,
        ref=place.ref,
        rating=place.rating,
        proposed_by=place.proposed_by,
        action=text("action", ""),
        owner=owner,
        accountable=text("accountable", ""),
        due=due,
        due_typed="" if due else text("due", ""),
        status=status,
        evidenced_by=evidenced_by,
        evidenced_on=evidenced_on,
        update=update,
        taken_up=in_one_word(text("taken_up", "")),
        why_not=text("why_not", ""),
        state=action_state(
            owner=owner, due=due, status=status, evidenced_by=evidenced_by, taken_up=taken_up, looked_at=looked_at
        ),
        missing=tuple(
            missing_of_action(owner=owner, due=due, status=status, evidenced_by=evidenced_by, taken_up=taken_up)
        ),
        file=place.source.file,
        sheet=place.source.sheet,
        row=place.source.row,
        cell=place.source.cell,
    )
