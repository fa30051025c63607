"""The board paper's annexes: every gap with what is missing, every action, both sides of disagreements, strengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Row, Writer
from icsassess.support.text import clean, is_blank
from icsassess.tables.records import Entry
from icsassess.view.assessment_view import ShownAction, ShownGap, ShownLine
from icsassess.view.findings.names import begin, titled
from icsassess.view.findings.sentence import Sentence, Source
from icsassess.view.findings.strengths import STEPS
from icsassess.view.rating_words import fills

_SMALL = 9


def annexes(account: Account, writer: Writer, board: Wording) -> None:
    """Write the annexes A to C, in landscape."""
    writer.paper.landscape()
    _gaps(account, writer, board)
    _disputes(account, writer, board)
    _strengths(account, writer, board)


def _title(line: ShownLine | None, board: Wording, ref: str = "") -> str:
    return f"{titled(line.line)} ({line.line.ref})" if line else ref or board.say("annex_gaps.no_line")


def one_line(text: str) -> str:
    """Give a typed text on one line, whole."""
    return " ".join(clean(text).split())


def _gaps(account: Account, writer: Writer, board: Wording) -> None:
    say, view = board.say, account.view
    writer.heading(say("annex_gaps.heading"), numbered=False)
    if view.gaps:
        headings = [say(f"annex_gaps.{name}") for name in ("what", "rating", "missing", "actions")]
        rows = [_gap(account, gap, board) for gap in _by_weight(view.gaps)]
        writer.table(say("annex_gaps.table"), headings, rows, (6.2, 2.4, 13.9, 3.2), fill=fills().get, size=_SMALL)
    else:
        writer.paragraph(Sentence(say("annex_gaps.no_gaps"), account.sources.of_ratings(view.lines)))
    if view.actions:
        names = ("what", "action", "proposed_by", "owner", "due", "state")
        headings = [say(f"annex_gaps.{name}") for name in names]
        rows = [_action(account, action, board) for action in view.actions]
        widths = (5.6, 8.1, 3.0, 4.0, 2.4, 2.6)
        writer.table(say("annex_gaps.actions_table"), headings, rows, widths, size=_SMALL)
    else:
        writer.paragraph(Sentence(say("annex_gaps.no_actions_at_all")))


def _by_weight(gaps: Sequence[ShownGap]) -> list[ShownGap]:
    order = rag.vocabulary().ordered
    return sorted(gaps, key=lambda gap: order.index(gap.line.counted) if gap.line.counted in order else len(order))


def _gap(account: Account, gap: ShownGap, board: Wording) -> Row:
    say = board.say
    stated = [
        say("annex_gaps.stated", partner=account.name(partner), text=one_line(part))
        for partner, text in gap.stated
        for part in text.split("\n")
        if not is_blank(part)
    ]
    if not stated:
        why = [board.value("why").get(reason, reason) for reason in gap.reasons]
        stated = [say("annex_gaps.not_stated", why="; ".join(why))]
    live = len(gap.live_actions)
    actions = say("annex_gaps.count", live) if live else say("annex_gaps.no_actions")
    if gap.late:
        actions += board.say("annex_gaps.late", gap.late)
    values = (_title(gap.line, board), gap.line.rating, "\n".join(stated), begin(actions))
    cells = [source for action in gap.live_actions for source in account.sources.of_action(action)]
    return Row(values, (*account.sources.of_gap(gap), *cells))


def _action(account: Account, action: ShownAction, board: Wording) -> Row:
    say = board.say
    values = (
        _title(action.line, board, action.ref),
        one_line(action.action),
        begin(account.name(action.proposed_by)),
        one_line(action.owner) or say("annex_gaps.nobody"),
        display_text(action.due) or say("annex_gaps.no_date"),
        board.value("state").get(action.state, action.state),
    )
    return Row(values, account.sources.of_action(action, "owner", "due", "status"))


def disputes(account: Account) -> list[ShownLine]:
    """Give the lines that one partner rates Red and another Green, those first that the group has still to settle."""
    lines = [line for line in account.view.lines if line.agreement == RED_AND_GREEN]
    return sorted(lines, key=lambda line: not line.to_be_moderated)


def _disputes(account: Account, writer: Writer, board: Wording) -> None:
    say, lines = board.say, disputes(account)
    writer.heading(say("annex_disputes.heading"), numbered=False)
    if not lines:
        writer.paragraph(Sentence(say("annex_disputes.none")))
        return
    headings = [say("annex_gaps.what"), *(say(f"annex_disputes.{name}") for name in ("red", "green", "others"))]
    rows = [_dispute(account, line, board) for line in lines]
    headings.append(say("annex_disputes.settled"))
    writer.table(say("annex_disputes.table"), headings, rows, (4.8, 6.6, 6.6, 4.6, 3.1), size=_SMALL)


def _dispute(account: Account, line: ShownLine, board: Wording) -> Row:
    sides: list[str] = []
    cells: list[Source] = list(account.sources.of_partners(line))
    for word in (rag.RED, rag.GREEN, rag.AMBER):
        voices = []
        for code in (code for code, rating in line.partners.items() if rating == word):
            entries = [one for one in account.sources.entries[line.line.ref, code] if one.rating == word]
            text, entry, field = _reason(entries)
            shown = f"‘{text}’" if text else board.say("annex_disputes.silent")
            voices.append(board.say("annex_gaps.stated", partner=account.name(code), text=shown))
            cells += account.sources.of_entry(entry, field) if entry is not None else ()
        sides.append("\n".join(voices))
    settled = board.say("annex_disputes.open")
    if line.agreed:
        reason = one_line(line.agreed_reason) or board.say("annex_disputes.silent")
        settled = board.say("annex_disputes.agreed", rating=line.agreed, reason=reason)
        cells += account.sources.of_agreement(line)
    return Row((_title(line, board), *sides, settled), tuple(cells))


def _reason(entries: Sequence[Entry]) -> tuple[str, Entry | None, str]:
    """Give the first reason of a partner, else what it says is missing, else its evidence: whole."""
    for field in ("reason", "gap", "evidence"):
        for entry in entries:
            if not is_blank(text := getattr(entry, field)):
                return one_line(text), entry, field
    return "", None, ""


def _strengths(account: Account, writer: Writer, board: Wording) -> None:
    say = board.say
    writer.heading(say("annex_strengths.heading"), numbered=False)
    rows = list(_strength_rows(account, board))
    if not rows:
        writer.paragraph(Sentence(say("annex_strengths.none")))
        return
    headings = [say("annex_gaps.what"), *(say(f"annex_strengths.{name}") for name in ("step", "partners", "evidence"))]
    writer.table(say("annex_strengths.table"), headings, rows, (5.6, 4.6, 5.0, 10.5), size=_SMALL)


def _strength_rows(account: Account, board: Wording) -> Iterator[Row]:
    for step, key in zip(STEPS, ("confirmed", "agree", "one"), strict=True):
        for strength in account.strengths[step]:
            entry = strength.evidence[0]
            quoted = f"‘{one_line(entry.evidence)}’"
            shown = board.say("annex_gaps.stated", partner=account.name(entry.partner), text=quoted)
            partners = account.names(strength.partners)
            values = (_title(strength.line, board), say_step(board, key), partners, shown)
            cells = (*account.sources.of_rating(strength.line), *account.sources.of_entry(entry, "evidence"))
            yield Row(values, cells)


def say_step(board: Wording, key: str) -> str:
    """Give how sure a strength is, as a cell says it."""
    return board.say(f"strengths.{key}").rstrip(".")
