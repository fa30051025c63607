"""What the signatory accepts, as it is typed: why, who follows it up, and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.sign_off.condition import Acceptance, condition_kinds
from icsassess.domain import personal_data
from icsassess.domain.problems import Refusal, did_you_mean, make_problem
from icsassess.returns.matching.dates import How, read_date
from icsassess.support.suggest import closest
from icsassess.support.text import clean, fold, listing

LEAST_WORDS = 4
_ALL = ""
_AFTER_THE_DEADLINE = datetime.timedelta(days=28)


class FollowUp(NamedTuple):
    """Who follows up what is accepted, and until when."""

    who: str
    until: datetime.date


def follow_up_of_signatory(role: str, deadline: datetime.date, signed_on: datetime.date) -> FollowUp:
    """Give who follows up what is accepted where nobody else is named: whoever signs, by the deadline of the round.

    After the deadline it is four weeks from the day of signing.
    """
    return FollowUp(role, deadline if deadline >= signed_on else signed_on + _AFTER_THE_DEADLINE)


def read_acceptances(
    reasons: Sequence[str], follow_ups: Sequence[str], signed_on: datetime.date, otherwise: FollowUp
) -> dict[str, Acceptance]:
    """Read what is accepted: reasons as ``CODE=REASON``, who follows it up as ``CODE=ROLE, DAY``.

    A follow-up without a code is that of every condition that has none of its own; ``otherwise`` is that of those for
    which nobody is named. Raises ``Refusal`` where a code is unknown, with all that lacks where something does.
    """
    because, by_whom = dict(_by_code(reasons)), dict(_by_code(follow_ups, may_be_all=True))
    acceptances, lacks = {}, []
    for code, reason in because.items():
        named = by_whom.get(code, by_whom.get(_ALL))
        who, until, missing = (*otherwise, list[str]()) if named is None else _follow_up(named, signed_on)
        if sum(any(map(str.isalpha, word)) for word in reason.split()) < LEAST_WORDS:
            missing.insert(0, f"a reason of at least {LEAST_WORDS} words")
        if missing or until is None:
            lacks.append(f"{code} lacks {listing(missing)}")
        else:
            acceptances[code] = Acceptance(reason, who, until)
    strays = by_whom.keys() - because.keys() - {_ALL}
    lacks += [f"{code} has somebody who follows it up, and no reason" for code in strays]
    if lacks:
        raise Refusal(make_problem("acceptance-incomplete", found="; ".join(sorted(lacks))))
    return acceptances


def _by_code(texts: Iterable[str], *, may_be_all: bool = False) -> Iterator[tuple[str, str]]:
    for text in texts:
        code, equals, words = clean(text).partition("=")
        if not equals and may_be_all:
            code, words = _ALL, code
        code, words = fold(code), " ".join(words.split())
        if code not in condition_kinds() and not (code == _ALL and may_be_all):
            permitted = [kind.code for kind in condition_kinds().values() if kind.can_be_accepted]
            hint = did_you_mean(closest(code, permitted), "Take it from the list.")
            raise Refusal(
                make_problem("condition-unknown", found=code, permitted=listing(permitted, most=40), hint=hint)
            )
        if personal_data.count_nhs_numbers(words):
            raise Refusal(make_problem("sign-off-personal-data", found="what is accepted"))
        yield code, words


def _follow_up(text: str, signed_on: datetime.date) -> tuple[str, datetime.date | None, list[str]]:
    """Read ‘Deputy Director of Nursing, 31 March 2024’: who, until when, and what is missing, in words."""
    who, comma, day_words = text.rpartition(",")
    before, other_comma, month = who.rpartition(",")
    if other_comma and read_date(f"{month},{day_words}").how is How.DAY:  # January 31, 2024
        who, day_words = before, f"{month},{day_words}"
    day_words = day_words.strip().removeprefix("until ")
    until = read_date(day_words).usable if comma else None
    missing = [] if any(map(str.isalpha, who)) else ["who follows it up"]
    if until is None:
        missing.append(f"until when (‘{day_words}’ is no day)" if comma and day_words else "until when")
    elif until < signed_on:
        missing.append(f"a day that is not past ({day_in_words(until)} is)")
    return who.strip(), until, missing
