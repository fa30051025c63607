"""The board paper's strengths, by how sure they are, and its considerations, by their weight."""

from __future__ import annotations

from icsassess.reports.papers.account import Account
from icsassess.reports.papers.annexes import disputes
from icsassess.reports.papers.praise import strength_in_sentences
from icsassess.reports.papers.risks import (
    brief_concerns,
    concern_in_sentences,
    disputed_elsewhere,
    early_agreements,
    late_in_sentences,
    look_in_sentences,
)
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Writer
from icsassess.support.text import count
from icsassess.view.findings.concerns import Concern, late_elsewhere
from icsassess.view.findings.names import listed, titled
from icsassess.view.findings.sentence import Sentence
from icsassess.view.findings.strengths import ALL_AGREE, CONFIRMED, ONE_PARTNER, joined_by_statement

_TITLES = 6


def strengths(account: Account, writer: Writer, board: Wording) -> None:
    """Write the strengths in three steps."""
    writer.heading(board.say("strengths.heading"))
    by_step = account.strengths
    if not any(by_step.values()):
        months = count(account.settings.rules.evidence_max_age_months, "month")
        writer.numbered(Sentence(board.say("strengths.no_strengths", months=months), account.age_allowed))
        return
    for step, key in ((CONFIRMED, "confirmed"), (ALL_AGREE, "agree")):
        groups = joined_by_statement(by_step[step])
        none = () if groups else (Sentence(board.say("strengths.none")),)
        writer.numbered(*none, lead=board.say(f"strengths.{key}"))
        most = int(board.value("front_strengths"))
        for group in groups[:most]:
            lead = f"{group[0].line.line.statement.title}."
            writer.bullet(*strength_in_sentences(account, group, int(board.value("front_voices"))), lead=lead)
        if rest := [one.line for group in groups[most:] for one in group]:
            writer.bullet(Sentence(board.say("strengths.more", len(rest)), account.sources.of_ratings(rest)))
    alone = [one.line for one in by_step[ONE_PARTNER]]
    titles = listed([titled(line.line) for line in alone], _TITLES)
    text = board.say("strengths.alone", len(alone), titles=titles) if alone else board.say("strengths.none")
    writer.numbered(Sentence(text, account.sources.of_ratings(alone)), lead=board.say("strengths.one"))


def considerations(account: Account, writer: Writer, board: Wording) -> None:
    """Write what is Red by weight, what has to be looked at again, what is in dispute, and what else is late."""
    writer.heading(board.say("considerations.heading"))
    front, rest = _in_front(account, board)
    for concern in front:
        sentences = concern_in_sentences(account, concern, int(board.value("front_voices")))
        writer.bullet(*sentences, lead=f"{concern.statement.title}.")
    for look in account.looks:
        if look.moves:
            lead = f"{board.say('considerations.look')} {titled(look.line.line)}."
            writer.bullet(*look_in_sentences(account, look), lead=lead)
    if early := early_agreements(account):
        writer.bullet(*early, lead=board.say("considerations.look_too"))
    if rest:
        brief = list(brief_concerns(account, rest))
        ends = [*(";" for _ in brief[:-1]), "."]
        parts = [one._replace(text=one.text.rstrip(".") + end) for one, end in zip(brief, ends, strict=True)]
        writer.bullet(*parts, lead=board.say("considerations.also"))
    shown = [red.line for concern in account.concerns for red in concern.reds]
    if disputed := disputed_elsewhere(account, shown):
        titles = "; ".join(titled(line.line) for line in disputed)
        sentence = Sentence(f"{titles}.", account.sources.of_ratings(disputed))
        writer.bullet(sentence, lead=board.say("considerations.disputed"))
    late = late_elsewhere(account.view, front)
    if late:
        writer.bullet(*late_in_sentences(account, late, "concern.late_only"), lead=board.say("considerations.late"))
    if disputes(account):
        writer.numbered(Sentence(board.say("considerations.details")))
    if not (front or rest or account.looks or disputed or late):
        writer.numbered(Sentence(board.say("considerations.none")))


def _in_front(account: Account, board: Wording) -> tuple[list[Concern], list[Concern]]:
    """Give the considerations to be told in full, and those that are told in a line each."""
    most = int(board.value("front_statements"))
    return account.concerns[:most], account.concerns[most:]
