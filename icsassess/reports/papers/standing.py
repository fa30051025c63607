"""Where we stand: how many judgements have which rating, who agreed them, what the names mean, and one small table."""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.domain.framework import Category
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.position import agreed, counts, does_not_apply
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Row, Writer
from icsassess.support.text import listing
from icsassess.view.findings.names import category_in_words, number_in_words, short_of
from icsassess.view.findings.sentence import Sentence
from icsassess.view.tallies import ThemeTally, theme_tallies

_WIDTHS = (6.4, 1.8, 1.8, 1.8, 2.4, 3.0)


def standing(account: Account, writer: Writer, board: Wording) -> None:
    """Write the section."""
    writer.heading(board.say("standing.heading"))
    categories = account.locality.framework.categories
    kinds = listing([_kind(category) for category in categories])
    how = board.say("standing.how", categories=number_in_words(len(categories)), list=kinds)
    writer.numbered(Sentence(how, account.framework), counts(account), *does_not_apply(account))
    writer.numbered(*agreed(account))
    short = [partner for partner in account.view.partners if partner.short and partner.short != partner.name]
    if short:
        names = [board.say("standing.name", short=one.short, name=one.name) for one in short]
        sources = account.sources.of_partner_setting(*(one.name for one in short))
        writer.numbered(Sentence(board.say("standing.names", names="; ".join(names)), sources))
    ratings = rag.vocabulary().ordered
    headings = [board.say("standing.theme"), *ratings, board.say("standing.open"), rag.NOT_APPLICABLE]
    rows = [_tally(account, board, tally) for tally in theme_tallies(account.view)]
    writer.table(board.say("standing.table"), headings, rows, _WIDTHS, size=9.5, total=True)


def _kind(category: Category) -> str:
    short, words = short_of(category), category_in_words(category)
    return short if short == words else f"{short} ({words})"


def _tally(account: Account, board: Wording, tally: ThemeTally) -> Row:
    whole = tally.first_line is None
    lines = [line for line in account.view.lines if whole or line.line.theme.title == tally.title]
    rated = [tally.by_word[word] for word in rag.vocabulary().ordered]
    not_applicable = tally.by_word[rag.NOT_APPLICABLE]
    values = (*rated, tally.lines - sum(rated) - not_applicable, not_applicable)
    return Row((board.say("standing.all") if whole else tally.title, *values), account.sources.of_ratings(lines))
