"""The two-monthly flash report on one page: key and emerging risks, good news, shared learning, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from docx.shared import Pt

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.events.snapshot import current_actions, snapshot_of
from icsassess.assessment.gaps import plans
from icsassess.assessment.history.changes import between
from icsassess.assessment.history.record import Record
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.ratings.combine import ALL_AGREE
from icsassess.domain import rag
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.board_paper import start_paper
from icsassess.reports.papers.flash_period import compared_merge, not_comparable
from icsassess.reports.papers.news import News
from icsassess.reports.papers.wording import say
from icsassess.reports.provenance import accepted_heading, changes_since_merge, rules_of_choice, sign_off_in_words
from icsassess.reports.word.document import Paper
from icsassess.reports.word.tables import add_table
from icsassess.support.text import clip
from icsassess.view.agreed_share import agreed_share
from icsassess.view.assessment_view import View
from icsassess.view.priorities.worst_first import priorities
from icsassess.view.tallies import COUNTED, NO_RATING
from icsassess.workbook.signing.accepted import accepted_titles
from icsassess.workbook.signing.latest_merge import NewestMerge

MOVEMENT = "Returns, lines by rating, gaps and late actions"
_LONGEST = 160
_NEWS = 2
_SMALL = 9  # points
_MOST_RISKS = 4
_MOST_LEARNING = 1
_WIDTHS = (3.2, 1.6, 1.0, 1.4, 1.3, 1.8, 1.9, 1.3, 1.2, 1.4, 1.7)  # centimetres
_TITLES = ("As at", "Returns", *COUNTED, NO_RATING, "Gaps", "Needs a plan", "Actions overdue")


def flash_name(latest: NewestMerge) -> str:
    """Give the name of the flash report's file."""
    return display_text(f"{latest.name} {say('flash', 'name')}")


def flash_report(latest: NewestMerge) -> bytes:
    """Give the report as the bytes of a Word document on one page; the same merge gives the same bytes."""
    view, locality = View(latest.merged), latest.merged.locality
    title = say("flash", "title", locality=locality.name, as_at=day_in_words(latest.merged.as_at))
    paper = start_paper(latest, title, size=11, space=1, margin=1.5)
    paper.labelled("Report to", say("author", "report_to"), author=True)
    paper.labelled("Report of", f"{locality.settings.sign_off.role}, {locality.name}, {locality.settings.system}")
    paper.title(title)
    if notice := changes_since_merge(latest):
        paper.paragraph(clip(notice, _LONGEST), lead="Attention.")
    _movement(paper, latest, view)
    return paper.as_bytes()


def _movement(paper: Paper, latest: NewestMerge, view: View) -> None:
    compared = compared_merge(latest)
    framework = latest.merged.locality.framework
    changes = between(compared.record, latest.record, framework).changes
    news = News(view, changes, snapshot_of(latest.record.content).actions)
    paper.paragraph(compared.sentence)
    _section(paper, "Key risks", [risk.sentence for risk in priorities(view, _MOST_RISKS, _LONGEST)], "no_risks")
    _section(paper, "Emerging risks", _first(news.emerging_risks()), "no_news", "author_risks")
    _section(paper, "Good news", _first(news.good_news()), "no_news", "author_news")
    _section(paper, "Shared learning", _learning(view, news), "no_learning", "author_learning")
    paper.heading("Movement", numbered=False)
    if notice := not_comparable(compared, latest.record):
        paper.paragraph(notice, lead=say("flash", "since_last"))
    records = [record for record in (compared.record, latest.record) if record is not None]
    rows = [[day, *_counts(record.content)] for day, record in zip(_days(records), records, strict=True)]
    add_table(paper, MOVEMENT, _TITLES, rows, _WIDTHS, size=9)
    origin = f"{framework.title}, version {framework.version}. {'; '.join(rules_of_choice(view))}."
    signed = sign_off_in_words(latest)
    if latest.signed is not None and latest.signed.accepted:
        signed += f" {accepted_heading(latest)}: {accepted_titles(latest.signed.accepted)}."
    last = paper.paragraph(f"{origin} {agreed_share(latest.merged).sentence} {signed} {say('paper', 'not_cqc')}")
    for run in last.runs:
        run.font.size = Pt(_SMALL)


def _days(records: Sequence[Record]) -> list[str]:
    return [*(day_in_words(record.as_at) for record in records[:-1]), "Now"]


def _section(paper: Paper, title: str, texts: Sequence[str], otherwise: str, author: str = "") -> None:
    """Write what is told under a title, or what to say where there is nothing."""
    paper.heading(title, numbered=False)
    for text in texts:
        paper.bullet(clip(text, _LONGEST))
    if not texts:
        paper.paragraph(say("flash", otherwise))
    if author:
        paper.for_the_author(say("flash", author), bullet=True)


def _first(texts: list[str]) -> list[str]:
    """Give the first of several sentences, and how many more there are."""
    more = len(texts) - _NEWS
    return [*texts[:_NEWS], say("flash", "more", n=more)] if more > 0 else texts


def _learning(view: View, news: News) -> list[str]:
    """Offer the lines that are Green for several partners without a gap, those of the most partners first."""
    gaps = {gap.line.line.ref for gap in view.gaps}
    numbers = {
        line.line.ref: list(line.partners.values()).count(rag.GREEN)
        for line in view.lines
        if line.rating == rag.GREEN and line.agreement == ALL_AGREE and line.line.ref not in gaps
    }
    several = sorted((ref for ref, number in numbers.items() if number > 1), key=lambda ref: -numbers[ref])
    return [say("flash", "learning", title=news.title(ref), number=numbers[ref]) for ref in several[:_MOST_LEARNING]]


def _counts(record: Mapping[str, Any]) -> list[object]:
    """Count what a merge's record has; how many actions were overdue is not known of one of version 1."""
    returns = {row["partner"] for row in record["read"]["returns"] if row["partner"]}
    ratings = Counter(line["rating"] for line in record["lines"])
    plan_states = Counter(gap["plan"] for gap in record["gaps"])
    counts = [ratings[word] for word in COUNTED]
    actions = current_actions(record)
    states = [action["state"] for action in actions or ()]
    overdue = say("flash", "not_known") if actions is None else states.count(OVERDUE)
    unrated = len(record["lines"]) - sum(counts)
    received = f"{len(snapshot_of(record).heard())} of {len(returns)}"
    return [received, *counts, unrated, len(record["gaps"]), plan_states[plans.NEEDS_A_PLAN], overdue]
