"""Strengths in sentences: on which kinds of evidence all partners say Green, and two of them in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from icsassess.reports.papers.account import Account, on_day
from icsassess.support.text import listing
from icsassess.tables.records import Entry
from icsassess.view.findings.names import kind_of
from icsassess.view.findings.quotations import Quotation, has_figures, quote, shortened
from icsassess.view.findings.sentence import Sentence
from icsassess.view.findings.strengths import CONFIRMED, Strength


def strength_in_sentences(account: Account, group: Sequence[Strength], voices: int) -> list[Sentence]:
    """Tell the strengths of one statement: each kind of evidence, then so many partners with figures of theirs."""
    sentences = [_confirmed(account, strength) for strength in group if strength.step == CONFIRMED]
    shared = sorted((one for one in group if one.step != CONFIRMED), key=lambda one: -len(one.partners))
    sentences += [_shared(account, list(same)) for _, same in groupby(shared, key=lambda one: len(one.partners))]
    for one in quotations(account, group, voices):
        text = account.phrases.say("strength.voice", partner=account.name(one.partner), quotations=one.in_marks)
        sentences.append(Sentence(text, (one.source,)))
    return sentences


def _confirmed(account: Account, strength: Strength) -> Sentence:
    phrases, line = account.phrases, strength.line
    when = on_day(phrases, "concern.agreed_when", line.agreed_on)
    reason = shortened(line.agreed_reason, account.limits.reason)
    text = phrases.say("strength.confirmed", kind=kind_of(line.line), when=when, reason=reason)
    return Sentence(text, account.sources.of_agreement(line))


def _shared(account: Account, same: Sequence[Strength]) -> Sentence:
    """Say on which kinds of evidence the same number of partners say Green."""
    number, lines = len(same[0].partners), [strength.line for strength in same]
    kinds = listing([kind_of(line.line) for line in lines])
    words = {"kind": kinds, "kinds": kinds, "names": account.names(same[0].partners)}
    text = account.phrases.say("strength.all" if len(same) == 1 else "strength.kinds", number, **words)
    return Sentence(text, tuple(source for line in lines for source in account.sources.of_partners(line)))


def quotations(account: Account, group: Sequence[Strength], most: int) -> list[Quotation]:
    """Give so many quotations of a statement's strengths: with figures first, and of partners heard least so far."""
    by_partner: dict[str, Quotation] = {}
    for strength in group:
        for entry in strength.evidence:
            one, before = _evidence(account, entry), by_partner.get(entry.partner)
            if one is not None and (before is None or (has_figures(one.text) and not has_figures(before.text))):
                by_partner[entry.partner] = one
    with_figures = [code for code, one in by_partner.items() if has_figures(one.text)]
    pool = with_figures if len(with_figures) >= most else list(by_partner)
    chosen = account.hearing.next_of(pool, with_figures)[:most]
    for code in chosen:
        account.hearing.heard(code)
    return [by_partner[code] for code in chosen]


def _evidence(account: Account, entry: Entry) -> Quotation | None:
    return quote(account.sources, entry, "evidence", account.limits.evidence, figures=True)
