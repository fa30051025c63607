"""Considerations in sentences: who says Red and why, who says otherwise, what is late, what to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from icsassess.assessment.actions.states import OVERDUE, PLANNED
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import rag
from icsassess.reports.papers.account import Account, on_day
from icsassess.support.text import is_blank
from icsassess.view.assessment_view import ShownAction, ShownLine
from icsassess.view.findings.concerns import Concern
from icsassess.view.findings.explanations import explanation
from icsassess.view.findings.names import kind_of, number_in_words, titled
from icsassess.view.findings.quotations import shortened
from icsassess.view.findings.second_looks import SecondLook
from icsassess.view.findings.sentence import Sentence, Source
from icsassess.view.priorities.red_lines import RedLine

_PLANNED = 1


def concern_in_sentences(account: Account, concern: Concern, voices: int, *, both: bool = True) -> list[Sentence]:
    """Tell a consideration: who says Red, who says Green, then in whose words; what is late, or that nothing is done.

    ``voices`` partners are quoted on its first line; with ``both`` also one of those that rate it Green.
    """
    sentences: list[Sentence] = []
    for number, red in enumerate(concern.reds):
        line = red.line
        sentences += [_who(account, red), *_other_side(account, line)]
        if number == 0:
            heard = account.heard(line, critical_of(line), voices)
            heard += account.heard(line, _green(line), 1) if both else []
            sentences += [account.voice("concern.voice", one) for one in heard]
    sentences += late_in_sentences(account, concern.late)
    lines = [red.line for red in concern.reds]
    if not any(action.is_live and action.line in lines for action in account.view.actions):
        sentences.append(Sentence(account.phrases.say("concern.no_action"), account.sources.of_ratings(lines)))
    return sentences


def critical_of(line: ShownLine) -> list[str]:
    """Give the codes of the partners that rate a line Red."""
    return [code for code, word in line.partners.items() if word == rag.RED]


def _green(line: ShownLine) -> list[str]:
    return [code for code, word in line.partners.items() if word == rag.GREEN]


def _who(account: Account, red: RedLine) -> Sentence:
    phrases, line = account.phrases, red.line
    kind = kind_of(line.line)
    critical = critical_of(line)
    if line.agreed:
        key = "concern.agreed_without_reason" if is_blank(line.agreed_reason) else "concern.agreed"
        when = on_day(phrases, "concern.agreed_when", line.agreed_on)
        reason = shortened(line.agreed_reason, account.limits.reason)
        text = phrases.say(key, kind=kind, when=when, reason=reason)
        return Sentence(text, account.sources.of_agreement(line))
    words = {"kind": kind, "names": account.names(critical), "rated": number_in_words(red.rated)}
    key = "concern.none" if not critical else "concern.all" if red.red == red.rated else "concern.some"
    return Sentence(phrases.say(key, red.red, **words), account.sources.of_partners(line))


def _other_side(account: Account, line: ShownLine) -> list[Sentence]:
    """Tell who rates a Red line Green, and whether the group has still to decide."""
    green = _green(line)
    if not green:
        return []
    key = "concern.green_undecided" if line.to_be_moderated else "concern.green"
    text = account.phrases.say(key, len(green), names=account.names(green))
    return [Sentence(text, account.sources.of_partners(line, rag.GREEN))]


def late_in_sentences(account: Account, late: Sequence[ShownAction], key: str = "concern.late") -> list[Sentence]:
    """Name late actions with who proposed them and since when they are due; none where there are none."""
    if not late:
        return []
    shown = [_action(account, action, "concern.late_action") for action in late[: account.limits.late]]
    if more := len(late) - len(shown):
        shown.append(account.phrases.say("concern.late_more", more))
    actions = "; ".join(shown)
    return [Sentence(account.phrases.say(key, len(late), actions=actions), _of_actions(account, late))]


def _action(account: Account, action: ShownAction, key: str) -> str:
    partner, due = account.name(action.proposed_by), action.due
    day = due if isinstance(due, str) or due is None else day_in_words(due)
    shown = shortened(action.action, account.limits.action)
    return account.phrases.say(key, action=shown, partner=partner, due=day)


def _of_actions(account: Account, actions: Iterable[ShownAction]) -> tuple[Source, ...]:
    return tuple(source for action in actions for source in account.sources.of_action(action, "due"))


def brief_concerns(account: Account, rest: Sequence[Concern]) -> Iterator[Sentence]:
    """Tell considerations in a line each: title, kind of evidence, who says Red, and one of their reasons."""
    for concern in rest:
        red = concern.reds[0]
        critical = critical_of(red.line)
        words = {"title": concern.statement.title, "kind": kind_of(red.line.line)}
        words["names"] = account.names(critical) or account.names(["group"])
        heard = account.heard(red.line, critical, 1)
        if heard:
            one = heard[0].quotations[0]
            text = account.phrases.say("concern.brief", **words, quotation=one.in_marks)
            yield Sentence(text, (one.source, *account.sources.of_partners(red.line, rag.RED)))
        else:
            text = account.phrases.say("concern.brief_silent", **words)
            yield Sentence(text, account.sources.of_rating(red.line))


def look_in_sentences(account: Account, look: SecondLook) -> list[Sentence]:
    """Tell an agreed rating to look at again: what was agreed and why, who moved since, and what is planned next."""
    phrases, line = account.phrases, look.line
    key = "look.agreed_without_reason" if is_blank(line.agreed_reason) else "look.agreed"
    when = on_day(phrases, "concern.agreed_when", line.agreed_on)
    reason = shortened(line.agreed_reason, account.limits.reason)
    text = phrases.say(key, rating=line.agreed, when=when, reason=reason)
    sentences = [Sentence(text, account.sources.of_agreement(line))]
    for move in look.moves:
        one = explanation(account.sources, line, move.partner, (account.limits.reason, account.limits.figures))
        words = {"was": move.was, "current": move.current, "partner": account.name(move.partner)}
        account.hearing.heard(move.partner)
        if one.quotations:
            sentences.append(account.voice("look.moved", one, was=move.was, current=move.current))
        else:
            sources = account.sources.of_partners(line, move.current)
            sentences.append(Sentence(phrases.say("look.moved_silent", **words), sources))
    moved = {move.partner for move in look.worse}
    planned = [a for a in account.view.actions if a.line == line and a.state in (PLANNED, OVERDUE)]
    planned = [a for a in planned if a.proposed_by in moved] + [a for a in planned if a.proposed_by not in moved]
    if planned:
        actions = "; ".join(_action(account, one, "concern.planned_action") for one in planned[:_PLANNED])
        text = phrases.say("concern.planned", len(planned[:_PLANNED]), actions=actions)
        sentences.append(Sentence(text, _of_actions(account, planned[:_PLANNED])))
    return sentences


def early_agreements(account: Account) -> list[Sentence]:
    """Name the agreed ratings to look at again under which no partner moved: who answered since, or other evidence."""
    still = [look for look in account.looks if not look.moves]
    by_key = {
        "look.early": [look.line for look in still if look.answered],
        "look.other_ground": [look.line for look in still if not look.answered],
    }
    return [titles_in_sentence(account, key, lines) for key, lines in by_key.items() if lines]


def disputed_elsewhere(account: Account, shown: Sequence[ShownLine]) -> list[ShownLine]:
    """Give the lines in dispute that are not shown: where ratings combine by majority they need not be Red."""
    refs = {line.line.ref for line in shown}
    return [line for line in account.view.lines if line.to_be_moderated and line.line.ref not in refs]


def titles_in_sentence(account: Account, key: str, lines: Sequence[ShownLine]) -> Sentence:
    """Name lines by their titles in a sentence."""
    titles = "; ".join(titled(line.line) for line in lines)
    return Sentence(account.phrases.say(key, len(lines), titles=titles), account.sources.of_ratings(lines))
