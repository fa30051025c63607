"""How a paper begins: its document, what the settings know of sender and receiver, and what the author must know."""

from __future__ import annotations

from icsassess.domain.problems import PERSONAL_DATA
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.writer import Writer
from icsassess.reports.provenance import changes_since_merge
from icsassess.reports.word.document import Paper
from icsassess.view.findings.sentence import Sentence
from icsassess.workbook.signing.latest_merge import NewestMerge


def start_paper(
    latest: NewestMerge, title: str, *, size: float, space: float, margin: float, bullets: float = 0
) -> Paper:
    """Begin a paper about a merge: with its title, marking and properties."""
    locality = latest.merged.locality
    return Paper(
        title,
        marking=locality.settings.marking,
        foot=f"Made from {latest.name}",
        author=locality.name,
        as_at=latest.merged.as_at,
        size=size,
        space=space,
        margin=margin,
        bullets=bullets,
    )


def from_the_settings(paper: Paper, label: str, text: str, otherwise: str) -> None:
    """Write a label with what the settings say; where they say nothing, room for the author."""
    paper.labelled(label, text or otherwise, author=not text)


def attention(account: Account, writer: Writer, lead: str, personal_data: str) -> None:
    """Write what the author must know before the paper goes to anybody; nothing where there is nothing."""
    if any(problem.code in PERSONAL_DATA for problem in account.latest.merged.problems):
        writer.paper.for_the_author(personal_data)
    if notice := changes_since_merge(account.latest):
        writer.paragraph(Sentence(notice), lead=lead)
