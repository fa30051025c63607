"""The tables of the board paper: from the same figures as the workbook's Summary, Heat map, Gaps and Actions."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.domain import rag
from icsassess.reports import figures
from icsassess.reports.display_text import display_text
from icsassess.reports.word.document import Paper
from icsassess.reports.word.tables import add_table
from icsassess.support.text import clip
from icsassess.tables.titles import STATEMENT, WHY_A_GAP
from icsassess.view.assessment_view import ShownGap, View
from icsassess.view.heat_map import fill_of, heat_rows
from icsassess.view.rating_words import fills
from icsassess.view.tallies import ALL_ACTIONS, ALL_GAPS, plan_counts, plan_in_words, state_counts

THEMES = "Table 1. How many lines of each theme have which rating"
HEAT_MAP = "Table 2. The rating of each line: quality statements by evidence category"
PLANS = "Table 3. Gaps by the state of their plan"
STATES = "Table 4. Actions by their state"
GAPS = "Table A. Every gap, why it is one, and the actions about it"
DEFINITIONS = "What the ratings mean"
_LONGEST_CELL = 400
# In centimetres, by the longest word of each heading.
_THEMES_WIDTHS = (3.3, 1.2, 1.0, 1.4, 1.3, 1.75, 1.85, 1.2, 1.3, 0.9, 1.9)


def themes(paper: Paper, view: View) -> None:
    """Add the ratings by theme."""
    titles, *rows = figures.theme_table(view)
    add_table(paper, THEMES, titles, rows, _THEMES_WIDTHS, size=9, last_is_total=True)


def heat_map(paper: Paper, view: View) -> None:
    """Add the heat map by evidence category: a word in every cell, the colour only beside it."""
    categories = [category.title for category in view.merged.locality.framework.categories]
    rows = [[f"{row.statement.code} {row.statement.title}", *row.words, row.rating] for row in heat_rows(view)]
    widths = (3.1, *(14.0 / (len(categories) + 1),) * (len(categories) + 1))
    headings = [STATEMENT, *categories, "Statement rating"]
    add_table(paper, HEAT_MAP, headings, rows, widths, fill=fill_of, size=8)


def plans(paper: Paper, view: View) -> None:
    """Add how many gaps are in which state of their plan."""
    rows = [*plan_counts(view), (ALL_GAPS, len(view.gaps))]
    add_table(paper, PLANS, ["State of the plan", "Gaps"], rows, (9, 3), last_is_total=True)


def states(paper: Paper, view: View) -> None:
    """Add how many actions are in which state."""
    rows = [*state_counts(view), (ALL_ACTIONS, len(view.actions))]
    add_table(paper, STATES, ["State of the action", "Actions"], rows, (9, 3), last_is_total=True)


def gaps(paper: Paper, view: View) -> None:
    """Add every gap with its actions."""
    headings = ["Line", "Rating", WHY_A_GAP, "Actions", "Owners", "Due", "Plan"]
    rows = [_gap(gap) for gap in view.gaps]
    add_table(paper, GAPS, headings, rows, (5, 2.1, 4, 6.8, 3.6, 2.2, 2), fill=fill_of, size=9)


def _gap(gap: ShownGap) -> Sequence[object]:
    line, actions = gap.line.line, gap.live_actions
    return (
        f"{line.ref} {line.statement.title}: {line.category.title}",
        gap.line.rating,
        ", ".join(gap.reasons),
        clip("; ".join(f"{action.proposed_by}: {action.action}" for action in actions), _LONGEST_CELL),
        clip("; ".join(action.owner or "nobody yet" for action in actions), 120),
        "; ".join(display_text(action.due) or "no date" for action in actions),
        plan_in_words(gap.plan),
    )


def definitions(paper: Paper) -> None:
    """Add what each rating means."""
    rows = [(rating.name, rating.definition) for rating in rag.vocabulary().ratings]
    add_table(paper, DEFINITIONS, ["Rating", "Meaning"], rows, (4, 13), fill=fills().get)


def pairs(paper: Paper, caption: str, rows: Sequence[tuple[str, str]]) -> None:
    """Add pairs of label and text."""
    add_table(paper, caption, ["What", "Which"], rows, (4, 13))
