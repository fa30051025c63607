"""The sheet Key: what every word in the workbook means, where the framework comes from, which rules are in force."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.gaps import plans
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import personal_data, rag
from icsassess.domain.combining import COMBINE
from icsassess.domain.framework import VERIFIED_MEANS
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, SheetWriter
from icsassess.excel.writing.workbook import Book
from icsassess.support.text import count, listing
from icsassess.version import VERSION
from icsassess.view.view import View
from icsassess.view.wording import fills
from icsassess.workbook.layout import (
    ASSESSMENT,
    CHANGES,
    EVIDENCE,
    GAPS,
    HEADING_ROW,
    HEAT_MAP,
    KEPT,
    KEY,
    POINTS,
    RETURNS,
    SIGN_OFF,
    SUMMARY,
)
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.sheets import scores

ABOUT = (
    "One table follows: what the words in this workbook mean, where the framework comes from, and the rules in force."
)
Row = tuple[str, str, str]

_SHEETS = {
    SUMMARY: "Where the locality stands, what to look at first, and the ratings of each theme.",
    HEAT_MAP: "Every quality statement by evidence category, and by partner.",
    ASSESSMENT: "A row for each line, with every partner's rating. The group types the agreed rating here.",
    GAPS: "A row for each gap. The group types its actions here, and adds rows of its own.",
    EVIDENCE: "Every row of evidence that the partners sent, with the file, sheet and row it came from.",
    RETURNS: "Who has returned what, and who has not.",
    POINTS: "What should be put right in the returns.",
    CHANGES: "What moved since the merge before.",
    SIGN_OFF: "What stands in the way of signing; in the signed copy, who signed what and when.",
    KEPT: "There only where something that the group typed has lost its place: it is kept here.",
    KEY: "This sheet.",
}
_PLANS = {
    plans.TO_BE_MODERATED: "One partner says Red and another Green: the group agrees a rating first.",
    plans.NEEDS_A_PLAN: "No action has been typed, and the rules ask for one.",
    plans.OVERDUE: "The due date is before the as-at date, and the action is not delivered.",
    plans.NOT_EVIDENCED: "The action is delivered, but nothing is named that shows it.",
    plans.PLAN_INCOMPLETE: "There is an action without an owner, or without a due date.",
    plans.PLANNED: "There is an action with an owner and a due date that has not passed.",
    plans.CLOSED: "The action is delivered, and it says what shows it.",
}
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
    "all agree": "All who rated the line gave the same rating; also where only one partner did.",
    "one step apart": "The ratings are Red and Amber, or Amber and Green.",
    "red and green": "At least one partner says Red and at least one says Green.",
}


# The rows that explain ratings, and the ways of having none, stand first and are coloured.
_RATING_ROWS = 8


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet."""
    sheet = frame.begin(book, view, KEY, ABOUT)
    columns = [Column("Subject", 26), Column("Word", 44, looks.CELL_BOLD), Column("Meaning", 96)]
    frame.register(sheet, columns, meanings(view), frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 2, HEADING_ROW + _RATING_ROWS, 2, fills())
    return sheet


def meanings(view: View) -> list[Row]:
    """Give every word with its meaning, as subject, word and meaning: what page and paper explain comes from here."""
    return [*_words(), *_rules(view), *_partners(view), *_framework(view)]


def _words() -> Iterator[Row]:
    vocabulary = rag.vocabulary()
    for rating in vocabulary.ratings:
        yield "Rating", rating.name, rating.definition
    absent = vocabulary.absent
    yield "No rating", absent.blank, "A partner sent a return and gave no rating; or no partner gave the line one."
    yield "No rating", absent.no_return, "Nothing has been received from the partner that could be used."
    yield "No rating", absent.not_asked, "The partner is not asked for this quality statement."
    yield (
        "Statement rating",
        "Green, 4 of 6",
        "On the heat map a whole statement has the worst of its lines' ratings. Green alone means that every line is "
        "Green or does not apply; where lines are left to rate, it says how many are Green, and is not coloured.",
    )
    yield (
        "Heat map",
        f"Red{live.MODERATE}",
        "In a frame, in bold, on a stronger colour: one partner says Red and another Green, and the group has yet to "
        "agree a rating.",
    )
    yield from (("Agreement", word, meaning) for word, meaning in _AGREEMENT.items())
    yield from (("Plan", state, _PLANS[state]) for state in plans.PLAN_STATES)
    yield "Plan", "(empty)", "The rules ask for no action plan, and there is none."
    yield from (("Sheet", title, meaning) for title, meaning in _SHEETS.items())


def _rules(view: View) -> Iterator[Row]:
    settings = view.merged.locality.settings
    required = view.plan_required_for
    for reason, meaning in _REASONS.items():
        demand = "An action plan is asked for." if reason in required else "No action plan is asked for."
        yield "Why it is a gap", reason, f"{meaning} {demand}"
    yield "Rule in force", f"Ratings combine by: {settings.rules.combine}", COMBINE[settings.rules.combine].sentence
    months = count(settings.rules.evidence_max_age_months, "month")
    yield "Rule in force", f"Evidence may be {months} old", "Older evidence makes a line a gap: stale evidence."
    yield (
        "Rule in force",
        "What leaves the count",
        "Only lines rated Not applicable, with a reason, are left out of the number of lines to be rated.",
    )
    yield (
        "Rule in force",
        "Rating of a line",
        "The agreed rating where the group has typed one, else the suggested rating.",
    )
    if settings.rules.indicative_scores:
        yield from scores.key_rows(view.merged.locality.framework.id)
    yield "Sign-off", settings.sign_off.role, "The role that signs this assessment off."
    yield "Marking", settings.marking, "How this workbook is to be handled; printed on every page."
    yield "Personal data", "What was not looked for", personal_data.CANNOT_SEE
    yield "Program", f"icsassess {VERSION}", f"Made from the returns as they were on {day_in_words(view.merged.as_at)}."


def _partners(view: View) -> Iterator[Row]:
    for partner in view.partners:
        asked = view.merged.locality.lines_of(partner)
        every = len(asked) == len(view.lines)
        lines = "all lines" if every else f"{count(len(asked), 'line')} of {len(view.lines)}"
        statements = "" if every else f": {listing(list(partner.statements or ()), most=40)}"
        yield "Partner", partner.code, f"{partner.name}. Asked for {lines}{statements}."


def _framework(view: View) -> Iterator[Row]:
    framework = view.merged.locality.framework
    yield (
        "Framework",
        f"{framework.title}, version {framework.version}",
        f"{framework.description} Dated {day_in_words(framework.dated)}.",
    )
    yield from (("Framework source", f"Source {number}", source) for number, source in enumerate(framework.sources, 1))
    yield from (("Framework note", f"Note {number}", note) for number, note in enumerate(framework.notes, 1))
    for theme in framework.themes:
        yield "Theme", theme.title, _verified("Its grouping of statements", theme.grouping_verified)
        for statement in theme.statements:
            mark = _verified("Wording", statement.verified)
            yield "Quality statement", f"{statement.code} {statement.title}", f"{statement.we_statement} ({mark})"
    yield from (
        ("Mark of a wording", mark, f"{meaning[:1].upper()}{meaning[1:]}.") for mark, meaning in VERIFIED_MEANS.items()
    )


def _verified(what: str, mark: str) -> str:
    return f"{what}: {VERIFIED_MEANS[mark]} [{mark}]."
