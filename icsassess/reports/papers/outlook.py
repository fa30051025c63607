"""What is being done, and what has to happen before sign-off; once it is signed, what was accepted as still open."""

from __future__ import annotations

from icsassess.assessment.output.headlines import day_in_words
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.delivery import actions_in_sentences, gaps_in_sentences, gaps_without_action
from icsassess.reports.papers.position import missing_partners, open_lines
from icsassess.reports.papers.signing import accepted_in_sentences
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Writer
from icsassess.view.findings.names import begin, names_of
from icsassess.view.findings.sentence import Sentence, Source


def doing(account: Account, writer: Writer, board: Wording) -> None:
    """Write how gaps and actions stand."""
    writer.heading(board.say("doing.heading"))
    annex = (Sentence(board.say("doing.annex")),) if account.view.gaps or account.view.actions else ()
    writer.numbered(*gaps_in_sentences(account), *actions_in_sentences(account), *annex)


def before_sign_off(account: Account, writer: Writer, board: Wording) -> None:
    """Write what has to happen before sign-off; of a signed assessment what was accepted, each with its reason."""
    merged = account.latest.merged
    if account.is_signed:
        writer.heading(board.say("before.heading_signed"))
        accepted = list(accepted_in_sentences(account))
        for sentence in accepted:
            writer.bullet(sentence)
        if not accepted:
            writer.numbered(Sentence(board.say("before.accepted_none")))
        return
    late = "heading_late" if merged.days_to_deadline < 0 else "heading"
    writer.heading(board.say(f"before.{late}", deadline=day_in_words(account.settings.deadline)))
    steps = _steps(account, board)
    if not steps:
        writer.numbered(Sentence(board.say("before.nothing")))
        return
    text = "; ".join(step.text for step in steps)
    sources = tuple(source for step in steps for source in step.sources)
    writer.numbered(Sentence(board.say("before.steps", steps=begin(text)), sources))


def _steps(account: Account, board: Wording) -> list[Sentence]:
    missing, sources = missing_partners(account), account.sources
    split = [line for line in account.view.lines if line.to_be_moderated]
    unrated, without = open_lines(account), gaps_without_action(account)
    looks = [look.line for look in account.looks]
    steps: list[tuple[str, int, tuple[Source, ...]]] = [
        ("missing", len(missing), sources.of_partner_setting(*missing)),
        ("split", len(split), sources.of_ratings(split)),
        ("open", len(unrated), sources.of_ratings(unrated)),
        ("look", len(looks), sources.of_ratings(looks)),
        ("late", len(account.late), tuple(s for one in account.late for s in sources.of_action(one, "due"))),
        ("without", len(without), tuple(s for gap in without for s in sources.of_gap(gap))),
    ]
    names = names_of(account.view, missing)
    return [
        Sentence(board.say(f"before.{key}", number, missing=names), cells) for key, number, cells in steps if number
    ]
