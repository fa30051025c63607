"""How the board paper was made: from which workbook and by which rules, whom it asked, and what the ratings mean."""

from __future__ import annotations

from icsassess.domain import personal_data, rag
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.signing import sign_off_status
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Row, Writer
from icsassess.support.text import count
from icsassess.version import VERSION
from icsassess.view.findings.names import begin
from icsassess.view.findings.sentence import Sentence
from icsassess.view.rating_words import fills

_WIDTHS = (5, 20)


def method(account: Account, writer: Writer, board: Wording) -> None:
    """Write the annex."""
    writer.heading(board.say("annex_made.heading"), numbered=False)
    headings = [board.say("annex_made.what"), board.say("annex_made.which")]
    rows = [Row((board.say(f"annex_made.{name}"), text)) for name, text in _origin(account, board)]
    writer.table(board.say("annex_made.table"), headings, rows, _WIDTHS, size=9)
    headings = [board.say("annex_made.rating"), board.say("annex_made.meaning")]
    rows = [Row((rating.name, rating.definition)) for rating in rag.vocabulary().ratings]
    writer.table(board.say("annex_made.definitions"), headings, rows, _WIDTHS, size=9, fill=fills().get)
    sources = "; ".join(account.locality.framework.sources)
    writer.paragraph(Sentence(board.say("annex_made.sources", sources=sources.rstrip("."))))
    writer.paragraph(Sentence(board.say("annex_made.quoted")))
    writer.paragraph(Sentence(personal_data.CANNOT_SEE), Sentence(board.say("annex_made.edited")))


def _origin(account: Account, board: Wording) -> list[tuple[str, str]]:
    framework, settings = account.locality.framework, account.settings
    months = count(settings.rules.evidence_max_age_months, "month")
    title = {"title": framework.title, "version": framework.version, "id": framework.id}
    partners = "; ".join(partner.name for partner in account.view.partners)
    return [
        ("merge", account.latest.name),
        ("as_at", account.as_at),
        ("framework", board.say("annex_made.framework_is", **title)),
        ("rules", begin(board.say(f"annex_made.rules_{settings.rules.combine}"))),
        ("age", board.say("annex_made.age_is", months=months)),
        ("asked", partners),
        ("sign_off", " ".join(sentence.text for sentence in sign_off_status(account))),
        ("marking", settings.marking),
        ("made_with", f"icsassess {VERSION}"),
    ]
