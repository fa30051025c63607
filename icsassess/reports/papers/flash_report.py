"""The flash report to the system on one page: key and emerging risks, good news, shared learning, delivery, asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icsassess.assessment.events.snapshot import snapshot_of
from icsassess.assessment.history.changes import between
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.delivery import actions_in_sentences, gaps_in_sentences
from icsassess.reports.papers.flash_period import compared_merge, since_last
from icsassess.reports.papers.head import attention, start_paper
from icsassess.reports.papers.news import News
from icsassess.reports.papers.position import agreed, answered, counts, extremes
from icsassess.reports.papers.praise import strength_in_sentences
from icsassess.reports.papers.risks import concern_in_sentences, late_in_sentences
from icsassess.reports.papers.signing import accepted_in_sentences, sign_off_status
from icsassess.reports.papers.wording import Wording
from icsassess.reports.papers.writer import Writer
from icsassess.view.findings.concerns import late_elsewhere
from icsassess.view.findings.names import listed
from icsassess.view.findings.sentence import Sentence
from icsassess.view.findings.strengths import ALL_AGREE, CONFIRMED, Strength, joined_by_statement
from icsassess.workbook.signing.latest_merge import NewestMerge

SIZE, SPACE, MARGIN = 9.5, 0, 1.2  # points, points, centimetres
Item = tuple[str, Sequence[Sentence]]
"""What stands before sentences in bold, and the sentences."""


def flash_name(latest: NewestMerge) -> str:
    """Give the name of the flash report's file."""
    return display_text(f"{latest.name} {Wording('flash').value('name')}")


def flash_report(latest: NewestMerge) -> bytes:
    """Give the report as the bytes of a Word document on one page; the same merge gives the same bytes."""
    return write_flash_report(latest).paper.as_bytes()


def write_flash_report(latest: NewestMerge) -> Writer:
    """Write the report with as much in it as one page has room for."""
    flash = Wording("flash")
    for fit in flash.value("fit"):
        writer = _write(latest, flash, fit)
        if writer.paper.lines(int(flash.value("characters"))) <= int(flash.value("page")):
            break
    return writer


def _write(latest: NewestMerge, flash: Wording, fit: Mapping[str, int]) -> Writer:
    account = Account(latest, fit)
    title = flash.say("head.title", locality=account.locality.name, month=f"{latest.merged.as_at:%B %Y}")
    writer = Writer(start_paper(latest, title, size=SIZE, space=SPACE, margin=MARGIN))
    _head(account, writer, flash, title)
    compared = compared_merge(latest)
    changes = between(compared.record, latest.record, account.locality.framework).changes
    news = News(account, flash, changes, snapshot_of(latest.record.content).actions, compared.record)
    _section(writer, flash, "risks", _risks(account, flash, fit))
    _section(writer, flash, "emerging", news.emerging_risks(fit["emerging"]))
    shared = _shared_by_all(account)
    good = [*news.better(), *_praise(account, shared[: fit["news"]], 2), *news.done()][: fit["news"]]
    _section(writer, flash, "news", good)
    others = [one for one in _to_learn_from(account, flash) if [one] not in shared[: fit["news"]]]
    _section(writer, flash, "learning", _praise(account, [[one] for one in others[: fit["learning"]]], 1))
    writer.heading(flash.say("delivery.heading"), numbered=False)
    writer.paragraph(*gaps_in_sentences(account), *actions_in_sentences(account), lead=flash.say("delivery.lead"))
    writer.paragraph(*since_last(account, flash, compared), lead=flash.say("since.lead"))
    writer.paper.labels((flash.say("asks.lead"), "", flash.say("author.asks")))
    return writer


def _head(account: Account, writer: Writer, flash: Wording, title: str) -> None:
    settings, paper = account.settings, writer.paper
    sender = f"{settings.sign_off.role}, {account.locality.name}"
    receiver = settings.papers.flash_to and f"{settings.system} {settings.papers.flash_to}"
    paper.title(title)
    paper.labels(
        (flash.say("head.to"), receiver, flash.say("author.to")),
        (flash.say("head.from"), sender, ""),
        (flash.say("head.contact"), settings.papers.contact, flash.say("author.contact")),
    )
    attention(account, writer, flash.say("head.attention"), flash.say("author.personal_data"))
    position = flash.say("head.position", as_at=account.as_at)
    not_cqc = Sentence(flash.say("summary.not_cqc"))
    writer.paragraph(*sign_off_status(account), *answered(account), not_cqc, lead=position)
    if accepted := list(accepted_in_sentences(account)):
        writer.paragraph(*accepted, lead=f"{account.phrases.say('status.accepted_heading')}.")
    writer.paragraph(*extremes(account), counts(account), *agreed(account), lead=flash.say("summary.lead"))


def _section(writer: Writer, flash: Wording, name: str, items: Sequence[Item]) -> None:
    """Write what is told under a title, or that there is nothing; then room for the author."""
    writer.heading(flash.say(f"{name}.heading"), numbered=False)
    for lead, sentences in items:
        writer.bullet(*sentences, lead=lead)
    if not items:
        writer.paragraph(Sentence(flash.say(f"{name}.none")))
    if name in flash.value("author_rooms"):
        writer.paper.for_the_author(flash.say(f"author.{name}"), bullet=True)


def _risks(account: Account, flash: Wording, fit: Mapping[str, int]) -> list[Item]:
    most = fit["risks"]
    items: list[Item] = [
        (f"{one.statement.title}.", concern_in_sentences(account, one, fit["voices"], both=False))
        for one in account.concerns[:most]
    ]
    if rest := account.concerns[most:]:
        titles = listed([one.statement.title for one in rest])
        cells = account.sources.of_ratings(red.line for one in rest for red in one.reds)
        items.append(("", [Sentence(flash.say("risks.more", len(rest), titles=titles), cells)]))
    if late := late_elsewhere(account.view, account.concerns[:most]):
        key = "delivery.late_elsewhere" if account.concerns else "concern.late"
        items.append(("", late_in_sentences(account, late, key)))
    return items


def _shared_by_all(account: Account) -> list[list[Strength]]:
    """Give what the group confirmed, then what all partners rate Green; statements last that have Red judgements."""
    groups = [group for step in (CONFIRMED, ALL_AGREE) for group in joined_by_statement(account.strengths[step])]
    named = {one.statement.code for one in account.concerns}
    return sorted((group[:1] for group in groups), key=lambda group: group[0].line.line.statement.code in named)


def _to_learn_from(account: Account, flash: Wording) -> list[Strength]:
    """Give ways of working and observations that are Green for all partners."""
    wanted = flash.value("learning_categories")
    return [one for one in account.strengths[ALL_AGREE] if one.line.line.category.title in wanted]


def _praise(account: Account, groups: Sequence[Sequence[Strength]], voices: int) -> list[Item]:
    return [
        (f"{group[0].line.line.statement.title}.", strength_in_sentences(account, group, voices)) for group in groups
    ]
