"""The two-monthly flash report on one page: key and emerging risks, good news, shared learning, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from docx.shared import Pt

from icsassess.assessment.gaps import plans
from icsassess.assessment.history.changes import between
from icsassess.assessment.history.model import Change, counted
from icsassess.assessment.output.headlines import day_in_words
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.board_paper import start_paper
from icsassess.reports.papers.flash_period import compared_merge
from icsassess.reports.papers.wording import say
from icsassess.reports.provenance import changes_since_merge, rules_of_choice, sign_off_in_words
from icsassess.reports.word.document import Paper
from icsassess.reports.word.tables import add_table
from icsassess.support.text import clip, listing
from icsassess.view.assessment_view import View
from icsassess.view.priorities.worst_first import priorities
from icsassess.view.tallies import COUNTED, NO_RATING, overall_tally
from icsassess.workbook.signing.latest_merge import NewestMerge

MOVEMENT = "How many lines have which rating, and how many gaps"
_LONGEST = 150
_NAMED = 6
_SMALL = 10  # points
_MOST_RISKS = 4
_MOST_LEARNING = 2
_EMERGING = ("rating fell", "newly overdue", "rating gone", "changed since agreed", "return gone", "gap opened")
_GOOD = ("rating rose", "action closed", "gap closed", "action delivered", "return received")
_WIDTHS = (3.8, 1.0, 1.4, 1.3, 1.8, 1.9, 1.3, 1.2, 1.4, 1.7)  # centimetres
_TITLES = (*COUNTED, NO_RATING, "Gaps", "Needs a plan", "Overdue")


def flash_name(latest: NewestMerge) -> str:
    """Give the name of the flash report's file."""
    return display_text(f"{latest.name} {say('flash', 'name')}")


def flash_report(latest: NewestMerge) -> bytes:
    """Give the report as the bytes of a Word document on one page; the same merge gives the same bytes."""
    view, locality = View(latest.merged), latest.merged.locality
    title = say("flash", "title", locality=locality.name, as_at=day_in_words(latest.merged.as_at))
    paper = start_paper(latest, title, size=11, space=2, margin=1.7)
    paper.labelled("Report to", say("author", "report_to"), author=True)
    paper.labelled("Report of", f"{locality.settings.sign_off.role}, {locality.name}, {locality.settings.system}")
    paper.title(title)
    if notice := changes_since_merge(latest):
        paper.paragraph(clip(notice, _LONGEST), lead="Attention.")
    _movement(paper, latest, view)
    return paper.as_bytes()


def _movement(paper: Paper, latest: NewestMerge, view: View) -> None:
    compared = compared_merge(latest)
    changes = between(compared.record, latest.record).changes if compared.record else []
    paper.paragraph(compared.sentence)
    _section(paper, "Key risks", [priority.sentence for priority in priorities(view, _MOST_RISKS)], "no_risks")
    _section(paper, "Emerging risks", _sentences(changes, _EMERGING), "no_news", "author_risks")
    _section(paper, "Good news", _sentences(changes, _GOOD), "no_news", "author_news")
    _section(paper, "Shared learning", _learning(view), "no_learning", "author_learning")
    paper.heading("Movement", numbered=False)
    rows = [["Now", *_current_counts(view)]]
    if compared.record is not None:
        rows.insert(0, [day_in_words(compared.record.as_at), *_earlier_counts(compared.record.content)])
    add_table(paper, MOVEMENT, ["As at", *_TITLES], rows, _WIDTHS, size=9)
    framework = latest.merged.locality.framework
    origin = f"{framework.title}, version {framework.version}. {'; '.join(rules_of_choice(view))}."
    last = paper.paragraph(f"{origin} {sign_off_in_words(latest)} {say('paper', 'not_cqc')}")
    for run in last.runs:
        run.font.size = Pt(_SMALL)


def _section(paper: Paper, title: str, texts: Sequence[str], otherwise: str, author: str = "") -> None:
    """Write what is told under a title, or what to say where there is nothing."""
    paper.heading(title, numbered=False)
    for text in texts:
        paper.bullet(clip(text, _LONGEST))
    if not texts:
        paper.paragraph(say("flash", otherwise))
    if author:
        paper.for_the_author(say("flash", author), bullet=True)


def _sentences(changes: Sequence[Change], kinds: Sequence[str]) -> list[str]:
    """Give a sentence for each of these kinds of change: how many there are, and the lines or partners they are of."""
    names = {kind: [change.ref or change.partner or "" for change in changes if change.kind == kind] for kind in kinds}
    return [
        say("flash", "moved", counted=counted(len(which), kind), which=listing(which, most=_NAMED))
        for kind, which in names.items()
        if which
    ]


def _learning(view: View) -> list[str]:
    """Give the first actions that were delivered and evidenced: what others may take up."""
    closed = [gap for gap in view.gaps if gap.plan == plans.CLOSED]
    texts = [
        say(
            "flash",
            "learning",
            action=clip(gap.action, 80).rstrip(".…") + ".",
            evidence=clip(gap.evidenced_by, 40),
            ref=gap.line.line.ref,
        )
        for gap in closed[:_MOST_LEARNING]
    ]
    others = [gap.line.line.ref for gap in closed[_MOST_LEARNING:]]
    return [*texts, say("flash", "also", which=listing(others, most=_NAMED))] if others else texts


def _current_counts(view: View) -> list[int]:
    tally = overall_tally(view)
    counts = [tally.by_word[word] for word in (*COUNTED, NO_RATING)]
    return [*counts, len(view.gaps), view.plans[plans.NEEDS_A_PLAN], view.plans[plans.OVERDUE]]


def _earlier_counts(record: dict[str, object]) -> list[int]:
    """Count the same in a record of the history."""
    lines, gaps = record["lines"], record["gaps"]
    assert isinstance(lines, list)
    assert isinstance(gaps, list)
    ratings = Counter(line["rating"] for line in lines)
    states = Counter(gap["plan"] for gap in gaps)
    counts = [ratings[word] for word in COUNTED]
    return [*counts, len(lines) - sum(counts), len(gaps), states[plans.NEEDS_A_PLAN], states[plans.OVERDUE]]
