"""What every word of a merge means, which rules are in force, who was asked, and where the framework comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from icsassess.assessment.actions import states
from icsassess.assessment.actions.names import base_name
from icsassess.assessment.gaps import plans
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.output.score_totals import TITLE as SCORE_TITLE
from icsassess.assessment.ratings.cqc_scores import scoring
from icsassess.domain import personal_data, rag
from icsassess.domain.combining import COMBINE
from icsassess.domain.framework import VERIFIED_MEANS
from icsassess.support.text import count, listing
from icsassess.tables import titles
from icsassess.version import VERSION
from icsassess.view.assessment_view import THE_GROUP, View
from icsassess.view.rating_words import LOOK_AGAIN, SPLIT
from icsassess.view.tallies import STATES_IN_ORDER

RATING, NO_RATING, STATEMENT_RATING, RULE = "Rating", "No rating", "Statement rating", "Rule in force"
SCORE = "Indicative score"
_PLANS = {
    plans.TO_BE_MODERATED: "One partner says Red and another Green: the group agrees a rating first.",
    plans.NEEDS_A_PLAN: "The rules ask for an action, and there is none, or the group has taken none up.",
    states.OVERDUE: "At least one of its actions is overdue.",
    states.NOT_EVIDENCED: "No action is overdue; at least one is delivered, and nothing is named that shows it.",
    plans.PLAN_INCOMPLETE: (
        "An action lacks its owner or due date, or a partner says what is missing and proposes nothing, and the group "
        "has not said that it is covered."
    ),
    states.PLANNED: "Every action has an owner and a due date that has not passed, or is delivered and evidenced.",
    states.CLOSED: "All its actions are delivered, and each says what shows it.",
}
_STATES = {
    states.OVERDUE: "The due date is before the as-at date, and the action is not delivered.",
    states.NOT_EVIDENCED: "The action is delivered, but nothing is named that shows it.",
    states.INCOMPLETE: "The action has no owner, or no due date.",
    states.PLANNED: "The action has an owner and a due date that has not passed.",
    states.CLOSED: "The action is delivered, and it says what shows it.",
    states.NOT_TAKEN_UP: "The group has said No. The action stays in sight and counts nowhere.",
}
_OF_THE_GROUP = (
    (titles.TAKEN_UP, "Yes", "The group has decided that the action will be done."),
    (titles.TAKEN_UP, "No", "The group has decided against the action, and says why under Why not."),
    (titles.TAKEN_UP, "(empty)", "The group has not decided. What a partner proposes counts until the group says No."),
    (
        titles.COVERED,
        "Yes",
        "The group finds that the actions of a gap together cover all that partners say is missing, also of those that "
        "propose nothing.",
    ),
    (titles.PROPOSED_BY, THE_GROUP, "The group added the action itself, in a row of its own on the sheet Actions."),
)
_REASONS = {
    "red": "The line's rating is Red.",
    "amber": "The line's rating is Amber.",
    "not assessed": "The line has no rating, or it is Not assessed.",
    "no evidence": "No partner names any evidence for the line.",
    "green without evidence": "A partner rates the line Green and names nothing that shows it.",
    "stale evidence": "The newest evidence for the line is older than the rules allow.",
    "red and green": "One partner rates the line Red and another Green.",
    "stated by partner": "A partner describes a gap.",
}
_AGREEMENT = {
    "none": "No partner rated the line Red, Amber or Green.",
    "one partner only": "One partner rated the line, and nobody else: there is nothing to agree with.",
    "all agree": "All who rated the line, two partners or more, gave the same rating.",
    "one step apart": "The ratings are Red and Amber, or Amber and Green.",
    "red and green": "At least one partner says Red and at least one says Green.",
}


class Meaning(NamedTuple):
    """What a word means: what the word is about, the word, and its meaning as a sentence."""

    subject: str
    word: str
    meaning: str


def meanings(view: View) -> list[Meaning]:
    """Give every word with its meaning."""
    return [*words(), *rules(view), *scores(view), *handling(view), *partners(view), *framework(view)]


def words() -> Iterator[Meaning]:
    """Give the words for ratings, agreement and plans; first those that explain ratings and having none."""
    vocabulary = rag.vocabulary()
    for rating in vocabulary.ratings:
        yield Meaning(RATING, rating.name, rating.definition)
    absent = vocabulary.absent
    yield Meaning(
        NO_RATING, absent.blank, "A partner sent a return and gave no rating; or no partner gave the line one."
    )
    yield Meaning(
        NO_RATING, absent.not_understood, "A partner typed a rating that could not be understood: it is asked which."
    )
    yield Meaning(NO_RATING, absent.no_return, "Nothing has been received from the partner that could be used.")
    yield Meaning(NO_RATING, absent.not_asked, "The partner is not asked for this quality statement.")
    yield Meaning(
        STATEMENT_RATING,
        "Green, 4 of 6",
        "On the heat map a whole statement has the worst of its lines' ratings. Green alone means that every line is "
        "Green or does not apply; where lines are left to rate, it says how many are Green, and is not coloured.",
    )
    yield Meaning(
        "Heat map",
        f"Red{SPLIT}",
        "In a frame, in bold, on a stronger colour: one partner says Red and another Green, and the group has yet to "
        "agree a rating.",
    )
    yield Meaning(
        "Heat map",
        f"Amber{LOOK_AGAIN}",
        "In a frame, in bold, on a stronger colour: the group agreed a rating, and a partner has changed what it says "
        "since; or it agreed Not applicable without a reason, and what the partners say counts.",
    )
    yield from (Meaning(titles.AGREEMENT, word, meaning) for word, meaning in _AGREEMENT.items())
    yield from (Meaning(titles.PLAN, state, _PLANS[state]) for state in plans.PLAN_STATES)
    yield Meaning(titles.PLAN, "(empty)", "The rules ask for no action plan, and there is none.")
    yield from (Meaning(titles.ACTION_STATE, state, _STATES[state]) for state in STATES_IN_ORDER)
    yield from (Meaning(*row) for row in _OF_THE_GROUP)


def rules(view: View) -> Iterator[Meaning]:
    """Give the reasons for which a line is a gap, and the rules in force: how ratings combine is the first of these."""
    settings = view.merged.locality.settings
    for reason, meaning in _REASONS.items():
        required = reason in view.plan_required_for
        demand = "An action plan is asked for." if required else "No action plan is asked for."
        yield Meaning(titles.WHY_A_GAP, reason, f"{meaning} {demand}")
    yield Meaning(RULE, f"Ratings combine by: {settings.rules.combine}", COMBINE[settings.rules.combine].sentence)
    months = count(settings.rules.evidence_max_age_months, "month")
    yield Meaning(RULE, f"Evidence may be {months} old", "Older evidence makes a line a gap: stale evidence.")
    yield Meaning(
        RULE,
        "What leaves the count",
        "Rated is Red, Amber or Green. Only what is Not applicable, with a reason, is left out of what is to be rated; "
        "agreed without one, it counts as if nothing had been agreed.",
    )
    yield Meaning(
        RULE,
        "Rating of a line",
        "The agreed rating where the group has typed one, else the suggested rating.",
    )


def scores(view: View) -> Iterator[Meaning]:
    """Give what indicative scores mean, what they are first; nothing where the settings ask for none."""
    if not view.merged.locality.settings.rules.indicative_scores:
        return
    yield Meaning(
        SCORE,
        f"{SCORE_TITLE}: {scoring().label}",
        "Typed by the group for the performance that the evidence shows. It is never taken from a RAG, which rates the "
        "evidence held.",
    )
    for meaning in scoring().scores:
        mark = f"{VERIFIED_MEANS[meaning.verified]} [{meaning.verified}]"
        yield Meaning(SCORE, str(meaning.score), f"{meaning.meaning} (CQC's meaning: {mark})")
    for band in scoring().bands:
        what = f"{band.rating} for all quality statements together, {band.score} for one"
        yield Meaning(SCORE, f"{band.first} to {band.last} per cent", f"{what}: {scoring().label}")
    rule = scoring().rule(view.merged.locality.framework.id)
    mark = f"{VERIFIED_MEANS[rule.verified]} [{rule.verified}]"
    yield Meaning(SCORE, "Rule", f"{rule.says} ({mark[:1].upper()}{mark[1:]}.)")


def handling(view: View) -> Iterator[Meaning]:
    """Give who signs, how the merge is to be handled, and what it was made with."""
    settings = view.merged.locality.settings
    yield Meaning("Sign-off", settings.sign_off.role, "The role that signs this assessment off.")
    yield Meaning("Marking", settings.marking, "How this workbook is to be handled; printed on every page.")
    yield Meaning("Personal data", "What was not looked for", personal_data.CANNOT_SEE)
    day = day_in_words(view.merged.as_at)
    yield Meaning("Program", f"icsassess {VERSION}", f"Made from the returns as they were on {day}.")


def partners(view: View) -> Iterator[Meaning]:
    """Give each partner's code with its name and what it is asked for, and how actions are named after them."""
    if view.lines and view.codes:
        yield Meaning(
            titles.ACTION_ID,
            base_name(view.lines[0].line.ref, view.codes[0]),
            "The name of an action: its line, who proposed it (GROUP for the group itself), and from that one's second "
            "on a number. It is the same at every merge, and never given to another action.",
        )
    for partner in view.partners:
        asked = view.merged.locality.lines_of(partner)
        every = len(asked) == len(view.lines)
        lines = "all lines" if every else f"{count(len(asked), 'line')} of {len(view.lines)}"
        statements = "" if every else f": {listing(list(partner.statements or ()), most=40)}"
        yield Meaning("Partner", partner.code, f"{partner.name}. Asked for {lines}{statements}.")


def framework(view: View) -> Iterator[Meaning]:
    """Give the framework's sources and notes, and its themes and statements with how sure their wording is."""
    used = view.merged.locality.framework
    yield Meaning(
        "Framework",
        f"{used.title}, version {used.version}",
        f"{used.description} Dated {day_in_words(used.dated)}.",
    )
    yield from (Meaning("Framework source", f"Source {number}", text) for number, text in enumerate(used.sources, 1))
    yield from (Meaning("Framework note", f"Note {number}", text) for number, text in enumerate(used.notes, 1))
    yield from (
        Meaning(titles.CATEGORY, category.code, f"{category.title}: the last part of a line's Ref, as in {ref}.")
        for category in used.categories
        if (ref := next((line.ref for line in used.lines if line.category.code == category.code), ""))
    )
    for theme in used.themes:
        yield Meaning(titles.THEME, theme.title, _verified("Its grouping of statements", theme.grouping_verified))
        for statement in theme.statements:
            mark = _verified("Wording", statement.verified)
            yield Meaning(titles.STATEMENT, f"{statement.code} {statement.title}", f"{statement.we_statement} ({mark})")
    yield from (
        Meaning("Mark of a wording", mark, f"{meaning[:1].upper()}{meaning[1:]}.")
        for mark, meaning in VERIFIED_MEANS.items()
    )


def _verified(subject: str, mark: str) -> str:
    return f"{subject}: {VERIFIED_MEANS[mark]} [{mark}]."
