"""What the page answers before anybody scrolls: state, totals, what is weakest, what to decide, who has answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import rag
from icsassess.support.data_files import shipped_toml
from icsassess.support.text import count, listing
from icsassess.view.agreed_share import agreed_share
from icsassess.view.assessment_view import View
from icsassess.view.findings.names import name_of, titled
from icsassess.view.findings.second_looks import SecondLook, second_looks
from icsassess.view.priorities.red_lines import RedLine, red_by_share
from icsassess.workbook.signing.latest_merge import NewestMerge

MOST_WEAKEST = 3
"""Red ratings named at the top: so many fit the first screen of a phone."""
_MOST_NAMES = 3
_MOST_NAMES_IN_A_MOVE = 2


class Total(NamedTuple):
    """How many ratings have a word; ``start`` is how many stand before them on the bar."""

    word: str
    number: int
    start: int


class Answer(NamedTuple):
    """A part of an answer, and the id on the page that it leads to (``""`` for none)."""

    text: str
    anchor: str = ""


class Front(NamedTuple):
    """The top of the page: state in words, totals, and the answers by label, each of one part or more."""

    heading: str
    state: str
    totals: list[Total]
    all: int
    bar: str
    agreed: str
    answers: list[tuple[str, list[Answer]]]


def front(latest: NewestMerge, view: View) -> Front:
    """Give what stands at the top of the page."""
    merged = latest.merged
    totals = list(_totals(view))
    numbers = listing([f"{total.number} {total.word}" for total in totals if total.number])
    answers = [
        (_words("labels", "weakest"), _weakest(view)),
        (_words("labels", "look_again"), _look_again(view)),
        (_words("labels", "to_decide"), _counted(len(_split(view)), "disagreement", "to-decide")),
        (_words("labels", "late"), _counted(view.action_states[OVERDUE], "action", "late")),
        (_words("labels", "no_plan"), _counted(view.plans[NEEDS_A_PLAN], "gap", "no-plan")),
        (_words("labels", "answered"), [Answer(_answered(view), "returns"), Answer(_days_left(view))]),
    ]
    return Front(
        heading=f"{merged.locality.name}, {day_in_words(merged.as_at)}",
        state=state_in_words(latest),
        totals=totals,
        all=len(view.lines),
        bar=_words("totals", "bar", judgements=count(len(view.lines), "rating"), numbers=numbers),
        agreed=agreed_share(merged).sentence,
        answers=[(label, parts) for label, parts in answers if parts],
    )


def state_in_words(latest: NewestMerge) -> str:
    """Say whether this very merge is signed, and how many conditions were accepted with it."""
    if latest.seal_broken:
        return _words("state", "not_certain")
    if latest.signed is None:
        return _words("state", "not_signed")
    signed = latest.signed
    text = _words("state", "signed", version=signed.version, day=day_in_words(signed.signed_at))
    if not signed.accepted:
        return text
    return _words("state", "accepted", signed=text, conditions=count(len(signed.accepted), "condition"))


def _totals(view: View) -> Iterator[Total]:
    """Count what each rating has, those open and those not applicable last: together they are all ratings."""
    counts = Counter(line.counted for line in view.lines)
    named = {word: counts[word] for word in rag.vocabulary().ordered}
    not_applicable = counts[rag.NOT_APPLICABLE]
    open_ratings = len(view.lines) - sum(named.values()) - not_applicable
    start = 0
    others = {_words("totals", "open"): open_ratings, _words("totals", "not_applicable"): not_applicable}
    for word, number in {**named, **{word: number for word, number in others.items() if number}}.items():
        yield Total(word, number, start)
        start += number


def _weakest(view: View) -> list[Answer]:
    reds = red_by_share(view)
    if not reds:
        rated = any(line.counted in rag.vocabulary().ordered for line in view.lines)
        return [Answer(_words("answers", "nothing_red" if rated else "nothing_rated"))]
    shown = [Answer(_share(red), f"line-{red.line.line.ref}") for red in reds[:MOST_WEAKEST]]
    return [*shown, *_more(len(reds) - MOST_WEAKEST, "red")]


def _share(red: RedLine) -> str:
    title = titled(red.line.line)
    if red.red == 0:
        return _words("answers", "agreed_red", title=title)
    return _words("answers", "share", title=title, red=red.red, partners=count(red.rated, "partner"))


def _look_again(view: View) -> list[Answer]:
    """Name the agreed rating that most needs a second look, and say how many others there are."""
    looks = second_looks(view)
    if not looks:
        return []
    return [Answer(_look(view, looks[0]), f"line-{looks[0].line.line.ref}"), *_more(len(looks) - 1, "look-again")]


def _look(view: View, look: SecondLook) -> str:
    words = {"title": titled(look.line.line), "agreed": look.line.agreed}
    moves = look.worse or look.moves
    if moves:
        named = [
            _words("answers", "move", partner=name_of(view, move.partner), rating=move.current)
            for move in moves[:_MOST_NAMES_IN_A_MOVE]
        ]
        return _words("answers", "moved", moves=listing(named), **words)
    if look.answered:
        names = listing([name_of(view, code) for code in look.answered], most=_MOST_NAMES_IN_A_MOVE)
        return _words("answers", "came_since", partners=names, **words)
    return _words("answers", "ground", **words)


def _split(view: View) -> list[str]:
    return [line.line.ref for line in view.lines if line.to_be_moderated]


def _counted(number: int, one: str, anchor: str) -> list[Answer]:
    return [Answer(count(number, one), anchor)] if number else []


def _more(number: int, anchor: str) -> list[Answer]:
    return [Answer(_words("answers", "more", number=number), anchor)] if number > 0 else []


def missing_partners(view: View) -> tuple[int, list[str]]:
    """Give how many partners have answered, and the names of those expected whose return is missing or not usable."""
    rows = view.merged.returns
    answered = {row.partner for row in rows if row.state == RECEIVED and row.partner}
    absent = [row.partner for row in rows if row.state in (OUTSTANDING, REFUSED) and row.partner]
    missing = dict.fromkeys(code for code in absent if code not in answered)
    return len(answered), [name_of(view, code) for code in missing]


def _answered(view: View) -> str:
    number, missing = missing_partners(view)
    partners = count(number + len(missing), "partner")
    text = _words("answers", "answered", answered=number, partners=partners)
    names = listing(missing, most=_MOST_NAMES, joiner="or")
    who = _words("answers", "not_yet", names=names) if missing else _words("answers", "all_in")
    return f"{text} ({who})" if number + len(missing) else text


def _days_left(view: View) -> str:
    days = view.merged.days_to_deadline
    if days == 0:
        return _words("answers", "today")
    return _words("answers", "left" if days > 0 else "past", days=count(abs(days), "day"))


def _words(part: str, name: str, **words: object) -> str:
    return str(shipped_toml("page.toml")[part][name]).format(**words)
