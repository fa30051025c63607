"""The sign-off in sentences: whether it is signed, by whom and when, and what was accepted, with reasons."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.output.headlines import day_in_words
from icsassess.reports.papers.account import Account
from icsassess.returns.matching.dates import read_date
from icsassess.support.text import is_blank
from icsassess.view.findings.names import begin
from icsassess.view.findings.sentence import Sentence, Source

SIGNED_OFF = "signed-off"


def sign_off_status(account: Account) -> list[Sentence]:
    """Say whether it is signed, by whom and with how much accepted as still open; or by whom and when it is to be."""
    latest, phrases, settings = account.latest, account.phrases, account.settings
    if latest.signed is not None:
        signed, act = latest.signed, latest.signed.content["signed"]
        words = {"day": day_in_words(signed.signed_at), "by": act["by"], "role": act["role"]}
        words |= {"version": str(signed.version), "code": signed.code}
        accepted = len(signed.accepted)
        key = "status.signed_accepted" if accepted else "status.signed"
        return [Sentence(phrases.say(key, accepted, **words), (signed_source(account),))]
    if latest.seal_broken:
        return [Sentence(phrases.say("status.uncertain"), (Source(SIGNED_OFF, "", "", ""),))]
    late = latest.merged.days_to_deadline < 0
    words = {"role": settings.sign_off.role, "deadline": day_in_words(settings.deadline)}
    sources = account.sources.of_setting("deadline", settings.deadline)
    sentences = [Sentence(phrases.say("status.draft_late" if late else "status.draft", **words), sources)]
    if latest.signed_before is not None:
        day = day_in_words(latest.signed_before.signed_at)
        role = latest.signed_before.content["signed"]["role"]
        sentences.append(Sentence(phrases.say("status.other_signed", day=day, role=role)))
    return sentences


def signed_source(account: Account) -> Source:
    """Give the signed workbook of this merge."""
    signed = account.latest.signed
    name = signed.path.with_suffix(".xlsx").name if signed is not None else ""
    return Source(f"{SIGNED_OFF}/{name}", "Sign-off", "", signed.code if signed is not None else "")


def accepted_in_sentences(account: Account) -> Iterator[Sentence]:
    """Tell each thing that was accepted at sign-off: what, how many, why, who follows it up and by when."""
    signed, phrases = account.latest.signed, account.phrases
    if signed is None:
        return
    titles = phrases.value("accepted")
    if signed.accepted and signed.signed_at.date() != account.latest.merged.as_at:
        yield Sentence(phrases.say("status.accepted_counted", day=day_in_words(signed.signed_at)))
    for one in signed.accepted:
        what = titles.get(one["code"], one.get("title") or one["code"])
        reason = str(one["reason"]).rstrip(". ")
        text = phrases.say("status.accepted", what=what, number=one["count"], reason=reason)
        until = read_date(str(one.get("until") or "")).usable
        if not is_blank(str(one.get("followed_up_by") or "")) and until:
            who = begin(str(one["followed_up_by"]))
            text += f" {phrases.say('status.accepted_follow_up', who=who, until=day_in_words(until))}"
        yield Sentence(text, (signed_source(account)._replace(text=reason),))
