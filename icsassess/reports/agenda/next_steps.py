"""What has to be done next, as the state of returns, lines and gaps has it: one sentence a kind of step."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import rag
from icsassess.reports.papers.wording import refs_in_words, say
from icsassess.support.text import count, listing
from icsassess.view.assessment_view import View

_BY_PLAN = (
    ("moderate", plans.TO_BE_MODERATED, "lines", "line"),
    ("overdue", states.OVERDUE, "actions", "action"),
    ("plan", plans.NEEDS_A_PLAN, "gaps", "gap"),
    ("incomplete", states.INCOMPLETE, "actions", "action"),
    ("evidence", states.NOT_EVIDENCED, "actions", "action"),
)


def next_steps(view: View, *, signed: bool) -> list[str]:
    """Give the steps in the order in which they are due; the last is to sign, where it is not signed."""
    return list(_steps(view, signed))


def _steps(view: View, signed: bool) -> Iterator[str]:
    yield from _returns(view, "refused", REFUSED)
    yield from _returns(view, "outstanding", OUTSTANDING)
    if refs := unrated(view):
        yield say("next_steps", "unrated", lines=count(len(refs), "line"), refs=refs_in_words(refs))
    for step, state, word, one in _BY_PLAN:
        refs = [gap.line.line.ref for gap in view.gaps if gap.plan == state]
        if word == "actions":
            refs = [action.ref for action in view.actions if action.state == state]
        if refs:
            yield say(
                "next_steps", step, refs=refs_in_words(list(dict.fromkeys(refs))), **{word: count(len(refs), one)}
            )
    if not signed:
        settings = view.merged.locality.settings
        yield say("next_steps", "sign", role=settings.sign_off.role, deadline=day_in_words(settings.deadline))


def unrated(view: View) -> list[str]:
    """Give the lines that are neither rated nor not applicable."""
    settled = (*rag.vocabulary().ordered, rag.NOT_APPLICABLE)
    return [line.line.ref for line in view.lines if line.counted not in settled]


def _returns(view: View, step: str, state: str) -> Iterator[str]:
    names = [row.name or row.file for row in view.merged.returns if row.state == state]
    if names:
        yield say("next_steps", step, returns=count(len(names), "return"), names=listing(names))
