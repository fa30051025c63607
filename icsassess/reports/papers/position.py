"""Where the locality stands, in sentences: who has reported, how the judgements are rated, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.domain import rag
from icsassess.reports.papers.account import Account
from icsassess.support.text import listing
from icsassess.view.agreed_share import agreed_share
from icsassess.view.assessment_view import ShownLine
from icsassess.view.findings.names import listed, names_of, number_in_words, titled, within
from icsassess.view.findings.quotations import quote, shortened
from icsassess.view.findings.sentence import Sentence
from icsassess.view.findings.strengths import ALL_AGREE, CONFIRMED, joined_by_statement
from icsassess.view.not_applicable import not_applicable

_EXTREMES = 3
_REASON = 120  # characters of a reason in a sentence


def missing_partners(account: Account) -> list[str]:
    """Give the codes of the partners that were expected to report and of which nothing that can be used has come."""
    rows = account.latest.merged.returns
    answered = {row.partner for row in rows if row.state == RECEIVED}
    absent = [row.partner for row in rows if row.state in (OUTSTANDING, REFUSED) and row.partner not in answered]
    return list(dict.fromkeys(code for code in absent if code))


def answered(account: Account) -> list[Sentence]:
    """Say how many partners have reported, and name those that have not."""
    rows, phrases = account.latest.merged.returns, account.phrases
    received = {row.partner for row in rows if row.state == RECEIVED}
    missing = missing_partners(account)
    number, every = len(received), len(received) + len(missing)
    sources = account.sources.of_returns(RECEIVED)
    if not missing:
        return [Sentence(phrases.say("answered.everybody", number), sources)]
    names = names_of(account.view, missing)
    some = phrases.say("answered.some", number, all=number_in_words(every))
    sentences = [
        Sentence(some, sources or account.sources.of_partner_setting(*missing)),
        Sentence(
            phrases.say("answered.missing", len(missing), missing=names), account.sources.of_partner_setting(*missing)
        ),
    ]
    refused = [row for row in rows if row.state == REFUSED]
    if refused:
        names = listing([row.name or row.file for row in refused], most=40)
        unusable = phrases.say("answered.unusable", len(refused), names=names)
        sentences.append(Sentence(unusable, account.sources.of_returns(REFUSED)))
    return sentences if number else [*sentences[:1], *sentences[2:]]


def open_lines(account: Account) -> list[ShownLine]:
    """Give the lines that are neither rated nor left out as not applicable."""
    settled = (*rag.vocabulary().ordered, rag.NOT_APPLICABLE)
    return [line for line in account.view.lines if line.counted not in settled]


def counts(account: Account) -> Sentence:
    """Say how many judgements are Red, Amber and Green, how many are open, and how many do not apply."""
    phrases, lines = account.phrases, account.view.lines
    numbers = {word: sum(line.counted == word for line in lines) for word in rag.vocabulary().ordered}
    every = {"rated": numbers, "open": {"": len(open_lines(account))}}
    every["not_applicable"] = {"": len(not_applicable(account.view))}
    parts = [(kind, word, n) for kind, words in every.items() for word, n in words.items() if n]
    sources = account.sources.of_ratings(lines)
    if len(parts) == 1:
        ((kind, word, number),) = parts
        return Sentence(phrases.say(f"counts.all_{kind}", number, rating=word), sources)
    told = listing([phrases.say(f"counts.{kind}", number, rating=word) for kind, word, number in parts])
    return Sentence(f"{phrases.say('counts.judgements', len(lines))} {told}.", sources)


def does_not_apply(account: Account) -> Iterator[Sentence]:
    """Name the judgements that do not apply, with the reason: they are left out of the count."""
    lines = [one.line for one in not_applicable(account.view)]
    if lines:
        reasons = [_why_not_applicable(account, line) for line in lines]
        text = account.phrases.say("counts.does_not_apply", judgements="; ".join(reason.text for reason in reasons))
        sources = (*account.sources.of_ratings(lines), *(source for reason in reasons for source in reason.sources))
        yield Sentence(text, tuple(dict.fromkeys(sources)))


def _why_not_applicable(account: Account, line: ShownLine) -> Sentence:
    """Give a judgement with the group's reason, else with that of a partner that gives one."""
    title, say = titled(line.line), account.phrases.say
    if line.agreed:
        reason = shortened(line.agreed_reason, _REASON)
        text = say("counts.reason_of_group", reason=reason)
        return Sentence(f"{title} ({text})", account.sources.of_agreement(line))
    entries = (one for code in account.view.codes for one in account.sources.entries[line.line.ref, code])
    quoted = next((one for entry in entries if (one := quote(account.sources, entry, "reason", _REASON))), None)
    if quoted is None:
        return Sentence(f"{title} ({say('counts.no_reason')})")
    text = say("counts.reason_of_partners", partner=account.name(quoted.partner), quotation=quoted.in_marks)
    return Sentence(f"{title} ({text})", (quoted.source,))


def agreed(account: Account) -> Iterator[Sentence]:
    """Say how many ratings the group agreed and with how many reasons, how the others came about, and what is split."""
    phrases, share = account.phrases, agreed_share(account.latest.merged)
    lines = [line for line in account.view.lines if line.agreed]
    if not lines:
        yield Sentence(phrases.say("agreed.none"))
    else:
        sources = tuple(source for line in lines for source in account.sources.of_agreement(line))
        yield Sentence(phrases.say("agreed.some", len(lines)), sources)
        key = "agreed.reasons_all" if share.with_reason == share.agreed else "agreed.reasons_some"
        number = share.agreed if share.with_reason == share.agreed else share.with_reason
        yield Sentence(phrases.say(key, number), sources)
    if share.by_rule:
        by_rule = [line for line in account.view.lines if not line.agreed]
        rule = account.settings.rules.combine
        key = f"agreed.{rule if rule in phrases.value('agreed') else 'other'}{'' if lines else '_only'}"
        text = phrases.say(key, share.by_rule, outcome=share.outcome)
        yield Sentence(text, account.sources.of_ratings(by_rule))
    split = [line for line in account.view.lines if line.to_be_moderated]
    if split:
        yield Sentence(phrases.say("agreed.split", len(split)), account.sources.of_ratings(split))


def extremes(account: Account) -> Iterator[Sentence]:
    """Say on which statements the evidence is weakest and on which strongest."""
    phrases, weak = account.phrases, account.concerns[:_EXTREMES]
    if not any(line.counted in rag.vocabulary().ordered for line in account.view.lines):
        yield Sentence(phrases.say("extremes.nothing"))
        return
    if weak:
        sources = account.sources.of_ratings(red.line for concern in weak for red in concern.reds)
        titles = listed([within(concern.statement.title) for concern in weak])
        yield Sentence(phrases.say("extremes.weakest", titles=titles), sources)
    else:
        yield Sentence(phrases.say("extremes.only_strong"), account.sources.of_ratings(account.view.lines))
    confirmed = bool(account.strengths[CONFIRMED])
    strong = joined_by_statement(account.strengths[CONFIRMED if confirmed else ALL_AGREE])
    named = {concern.statement.code for concern in account.concerns}
    strong = [group for group in strong if group[0].line.line.statement.code not in named][:_EXTREMES]
    if strong:
        lines = [strength.line for group in strong for strength in group]
        titles = listed([within(group[0].line.line.statement.title) for group in strong])
        key = "extremes.strongest_confirmed" if confirmed else "extremes.strongest"
        yield Sentence(phrases.say(key, titles=titles), account.sources.of_ratings(lines))
