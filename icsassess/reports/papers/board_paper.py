"""The paper for a board or a scrutiny committee: two pages in front, then annexes; its author goes on writing in it."""

from __future__ import annotations

from itertools import zip_longest

from icsassess.assessment.output.headlines import day_in_words
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.annexes import annexes
from icsassess.reports.papers.board_findings import considerations, strengths
from icsassess.reports.papers.head import attention, from_the_settings, start_paper
from icsassess.reports.papers.method import method
from icsassess.reports.papers.outlook import before_sign_off, doing
from icsassess.reports.papers.position import answered, extremes, missing_partners
from icsassess.reports.papers.signing import sign_off_status, signed_source
from icsassess.reports.papers.standing import standing
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Row, Writer
from icsassess.support.text import count
from icsassess.view.findings.names import names_of
from icsassess.view.findings.sentence import Sentence, Source
from icsassess.workbook.signing.latest_merge import NewestMerge

SIZE, SPACE = 10, 2  # points
MARGIN, BULLETS = 1.6, 1.25  # centimetres


def board_paper(latest: NewestMerge) -> bytes:
    """Give the paper as the bytes of a Word document; the same merge gives the same bytes."""
    return write_board_paper(latest).paper.as_bytes()


def name_of(latest: NewestMerge) -> str:
    """Give the name of the paper's file."""
    return display_text(f"{latest.name} {Wording('board').value('name')}")


def write_board_paper(latest: NewestMerge) -> Writer:
    """Write the paper, a section at a time."""
    board = Wording("board")
    account = Account(latest, board.value("limits"))
    locality = account.locality
    title = board.say("head.title", framework=locality.framework.title, locality=locality.name, as_at=account.as_at)
    writer = Writer(start_paper(latest, title, size=SIZE, space=SPACE, margin=MARGIN, bullets=BULLETS))
    _head(account, writer, board, title)
    _recommendations(account, writer, board)
    standing(account, writer, board)
    strengths(account, writer, board)
    considerations(account, writer, board)
    doing(account, writer, board)
    before_sign_off(account, writer, board)
    _implications(account, writer, board)
    annexes(account, writer, board)
    method(account, writer, board)
    return writer


def _head(account: Account, writer: Writer, board: Wording, title: str) -> None:
    papers, paper = account.settings.papers, writer.paper
    paper.organisation(papers.organisation, board.say("author.organisation"))
    from_the_settings(paper, board.say("head.report_to"), papers.report_to, board.say("author.report_to"))
    paper.labelled(board.say("head.date"), board.say("author.date"), author=True)
    paper.labelled(board.say("head.report_for"), board.say("author.report_for"), author=True)
    paper.labelled(board.say("head.report_of"), account.settings.sign_off.role)
    paper.title(title)
    attention(account, writer, board.say("summary.attention"), board.say("author.personal_data"))
    writer.heading(board.say("summary.heading"), numbered=False)
    framework = account.locality.framework
    statements = count(len(framework.statements), "quality statement")
    purpose = board.say(
        "summary.purpose", locality=account.locality.name, framework=framework.title, statements=statements
    )
    writer.paragraph(
        Sentence(purpose, account.framework),
        *answered(account),
        *extremes(account),
        *sign_off_status(account),
        Sentence(account.phrases.say("status.not_cqc")),
    )


def _recommendations(account: Account, writer: Writer, board: Wording) -> None:
    """Write what the board is asked to do: each can be minuted."""
    writer.heading(board.say("recommendations.heading"), numbered=False)
    name = account.settings.papers.report_to or board.say("recommendations.board")
    asked = [*_to_note(account, board)]
    if account.concerns:
        asked.append(Sentence(board.say("recommendations.considerations", len(account.concerns)), _reds(account)))
    if account.late:
        cells = tuple(source for action in account.late for source in account.sources.of_action(action, "due"))
        asked.append(Sentence(board.say("recommendations.late", len(account.late)), cells))
    if missing := missing_partners(account):
        text = board.say("recommendations.missing", len(missing), missing=names_of(account.view, missing))
        asked.append(Sentence(text, account.sources.of_partner_setting(*missing)))
    if len(asked) == 1:
        asked.append(Sentence(board.say("recommendations.nothing")))
    asked[-1] = asked[-1]._replace(text=asked[-1].text.rstrip(";.") + ".")
    numbered = (sentence._replace(text=f"({number}) {sentence.text}") for number, sentence in enumerate(asked, 1))
    writer.paragraph(Sentence(board.say("recommendations.asked", board=name)), *numbered)


def _reds(account: Account) -> tuple[Source, ...]:
    return account.sources.of_ratings(red.line for concern in account.concerns for red in concern.reds)


def _to_note(account: Account, board: Wording) -> list[Sentence]:
    signed = account.latest.signed
    if signed is None:
        return [Sentence(board.say("recommendations.note_draft", as_at=account.as_at), account.merged)]
    day = day_in_words(signed.signed_at)
    note = board.say("recommendations.note_signed", as_at=account.as_at, day=day)
    sentences = [Sentence(note, (signed_source(account),))]
    if signed.accepted:
        accepted = board.say("recommendations.note_accepted", len(signed.accepted))
        sentences.append(Sentence(accepted, (signed_source(account),)))
    return sentences


def _implications(account: Account, writer: Writer, board: Wording) -> None:
    """Leave room for what only the author can say, in the rows that council papers have; then papers and contact."""
    writer.heading(board.say("implications.heading"))
    rooms = [(title, f"[{board.say('author.implications')}]") for title in board.value("implications.titles")]
    rooms += [(title, f"[{board.say('author.clearance')}]") for title in board.value("implications.clearance")]
    half = (len(rooms) + 1) // 2
    pairs = zip_longest(rooms[:half], rooms[half:], fillvalue=("", ""))
    headings = [board.say("implications.what"), board.say("implications.answer")] * 2
    rows = [Row((*first, *second)) for first, second in pairs]
    writer.table(board.say("implications.table"), headings, rows, (4.9, 3.9, 4.9, 3.9), size=9.5, rooms=(1, 3))
    files = {row.file for row in account.latest.merged.returns if row.state == "received"}
    papers = board.say("background.list", len(files), workbook=account.latest.name)
    writer.paragraph(
        Sentence(papers, account.sources.of_returns("received") or account.merged),
        lead=f"{board.say('background.papers')}:",
    )
    contact = account.settings.papers.contact
    from_the_settings(writer.paper, board.say("background.contact"), contact, board.say("author.contact"))
