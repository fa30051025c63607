"""How many lines have which rating, by theme and altogether; and how many gaps are in which state of their plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.domain import rag
from icsassess.domain.rated import Rated, count_rated
from icsassess.tables.titles import THEME
from icsassess.view.assessment_view import ShownLine, View

COUNTED = (rag.RED, rag.AMBER, rag.GREEN, rag.NOT_ASSESSED, rag.NOT_APPLICABLE)
"""The ratings that are counted each by itself, in the order of the columns."""
NO_RATING = "No rating"
LINES, RATED, OUT_OF, TO_BE_MODERATED = "Lines", "Rated", "Out of", "To be moderated"
TITLES = (THEME, LINES, *COUNTED, NO_RATING, RATED, OUT_OF, TO_BE_MODERATED)
ALL_THEMES = "All themes"
ALL_GAPS = "all gaps"
ALL_ACTIONS = "all actions"
NO_PLAN_ASKED = "no plan asked for"
STATES_IN_ORDER = (*(state for state in states.ACTION_STATES if state != states.NOT_TAKEN_UP), states.NOT_TAKEN_UP)
"""The states of an action in a meeting's order: those that do not count stand last."""


@dataclass(frozen=True, slots=True)
class ThemeTally:
    """How many lines of a theme, or of all themes, have which rating.

    ``by_word`` is by the words of ``COUNTED`` and ``NO_RATING``; ``first_line`` is the number of the theme's first line
    in ``View.lines``, from 0; None for all themes. Agreed Not applicable without a reason counts as suggested.
    """

    title: str
    by_word: Mapping[str, int]
    rated: Rated
    to_be_moderated: int
    first_line: int | None = None

    @property
    def lines(self) -> int:
        """All lines."""
        return sum(self.by_word.values())

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in the order of ``TITLES``, without the theme."""
        words = (self.by_word[word] for word in (*COUNTED, NO_RATING))
        return (self.lines, *words, *self.rated, self.to_be_moderated)


def theme_tallies(view: View) -> list[ThemeTally]:
    """Give a tally for each theme of the framework, and one for all of them as the last."""
    tallies = []
    for theme in view.merged.locality.framework.themes:
        numbered = [(number, line) for number, line in enumerate(view.lines) if line.line.theme.code == theme.code]
        tallies.append(_tally(theme.title, [line for _, line in numbered], numbered[0][0]))
    return [*tallies, overall_tally(view)]


def overall_tally(view: View) -> ThemeTally:
    """Give the tally of all lines."""
    return _tally(ALL_THEMES, view.lines)


def _tally(title: str, lines: Sequence[ShownLine], first_line: int | None = None) -> ThemeTally:
    words = [line.counted for line in lines]
    by_word = {word: words.count(word) for word in COUNTED}
    by_word[NO_RATING] = len(lines) - sum(by_word.values())
    return ThemeTally(title, by_word, count_rated(words), sum(line.to_be_moderated for line in lines), first_line)


def plan_counts(view: View) -> list[tuple[str, int]]:
    """Give how many gaps there are in each state of their plan, in the order in which a meeting looks at them."""
    counts = [(state, view.plans[state]) for state in plans.PLAN_STATES]
    return [*counts, (NO_PLAN_ASKED, view.plans[""])]


def state_counts(view: View) -> list[tuple[str, int]]:
    """Give how many actions there are in each state, in the order in which a meeting looks at them."""
    return [(state, view.action_states[state]) for state in STATES_IN_ORDER]


def plan_in_words(plan: str) -> str:
    """Give the state of a plan in words, also where none is asked for."""
    return plan or NO_PLAN_ASKED
