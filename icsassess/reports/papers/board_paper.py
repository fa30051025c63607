"""The paper for a board or a scrutiny committee, as a Word document that its author goes on writing."""

from __future__ import annotations

from icsassess.assessment.output.headlines import day_in_words, headlines
from icsassess.domain import personal_data
from icsassess.reports.agenda.agenda import RISKS, agenda
from icsassess.reports.agenda.next_steps import next_steps
from icsassess.reports.display_text import display_text
from icsassess.reports.papers import tables as paper_tables
from icsassess.reports.papers.strengths import Evidence, Finding, considerations, green_not_agreed, strengths
from icsassess.reports.papers.wording import say
from icsassess.reports.provenance import (
    accepted_at_signing,
    accepted_heading,
    changes_since_merge,
    origin,
    sign_off_in_words,
)
from icsassess.reports.word.document import Paper
from icsassess.support.data_files import shipped_toml
from icsassess.support.text import clip, count, listing
from icsassess.view.agreed_share import agreed_share
from icsassess.view.assessment_view import View
from icsassess.view.priorities.worst_first import priorities
from icsassess.view.tallies import overall_tally
from icsassess.workbook.signing.latest_merge import NewestMerge

_MOST_ITEMS = 8
_LONGEST_ITEM = 300


def board_paper(latest: NewestMerge) -> bytes:
    """Give the paper as the bytes of a Word document; the same merge gives the same bytes."""
    return BoardPaper(latest).paper.as_bytes()


def start_paper(latest: NewestMerge, title: str, *, size: float = 12, space: float = 6, margin: float = 2) -> Paper:
    """Begin a paper about a merge: with its title, marking and properties."""
    locality = latest.merged.locality
    return Paper(
        title,
        marking=locality.settings.marking,
        foot=f"Made from {latest.name}",
        author=locality.name,
        as_at=latest.merged.as_at,
        size=size,
        space=space,
        margin=margin,
    )


class BoardPaper:
    """Writes the paper, a section at a time."""

    def __init__(self, latest: NewestMerge) -> None:
        self.latest = latest
        self.view = View(latest.merged)
        self.locality = latest.merged.locality
        self.as_at = day_in_words(latest.merged.as_at)
        self.framework = self.locality.framework
        title = self.say("title", locality=self.locality.name, framework=self.framework.title)
        self.paper = start_paper(latest, title)
        self.head(title)
        self.summary()
        self.recommendations()
        self.background()
        self.standing()
        self.themes()
        self.gaps()
        self.risks()
        self.steps()
        self.implications()
        self.sources()
        self.annex()

    @staticmethod
    def say(name: str, **words: object) -> str:
        """Give one of the paper's sentences."""
        return say("paper", name, **words)

    def head(self, title: str) -> None:
        """Write to whom, when, for what and by whom it is reported."""
        for label, text in (("Report to", "report_to"), ("Date", "date"), ("Report for", "report_for")):
            self.paper.labelled(label, say("author", text), author=True)
        self.paper.labelled("Report of", self.locality.settings.sign_off.role)
        self.paper.labelled("Contact", say("author", "contact"), author=True)
        self.paper.title(title)
        if notice := changes_since_merge(self.latest):
            self.paper.paragraph(notice, lead="Attention.")

    def summary(self) -> None:
        """Write what the paper is for, and where the locality stands in a few sentences."""
        self.paper.heading("Purpose and summary")
        self.paper.numbered(
            self.say("purpose", locality=self.locality.name, framework=self.framework.title, as_at=self.as_at)
        )
        self.paper.numbered(self.say("not_cqc"))
        for sentence in headlines(self.latest.merged)[1:]:
            self.paper.numbered(sentence)
        self.paper.numbered(agreed_share(self.latest.merged).sentence)
        self.paper.numbered(self.say("look_first"))
        for priority in priorities(self.view):
            self.paper.bullet(priority.sentence)

    def recommendations(self) -> None:
        """Write what the board is asked to do."""
        rated = overall_tally(self.view).rated
        settings = self.locality.settings
        self.paper.heading("Recommendations")
        self.paper.numbered(self.say("asked"))
        gaps = count(len(self.view.gaps), "gap")
        self.paper.bullet(self.say("note", as_at=self.as_at, rated=rated.rated, out_of=rated.out_of, gaps=gaps))
        self.paper.bullet(self.say("note_risks"))
        self.paper.bullet(self.say("support"))
        if self.latest.signed is None:
            deadline = day_in_words(settings.deadline)
            self.paper.bullet(self.say("sign", role=settings.sign_off.role, deadline=deadline))
        else:
            self.paper.bullet(self.say("signed", sign_off=sign_off_in_words(self.latest)))
            for sentence in accepted_at_signing(self.latest):
                self.paper.bullet(sentence, level=2)

    def background(self) -> None:
        """Write what the exercise is, and who was asked."""
        framework = self.framework
        self.paper.heading("Background")
        self.paper.numbered(framework.description)
        self.paper.numbered(
            self.say(
                "how",
                framework=framework.title,
                lines=count(len(framework.lines), "line"),
                statements=count(len(framework.statements), "statement"),
                themes=count(len(framework.themes), "theme"),
                example=framework.lines[0].ref,
            )
        )
        self.paper.numbered(self.say("combined"))
        names = listing([partner.name for partner in self.view.partners], most=50)
        self.paper.numbered(self.say("partners", partners=count(len(self.view.partners), "partner"), names=names))
        self.paper.for_the_author(say("author", "background"))

    def standing(self) -> None:
        """Write the figures: by theme, and by statement."""
        self.paper.heading("Where we stand")
        self.paper.numbered(self.say("counted"))
        paper_tables.themes(self.paper, self.view)
        paper_tables.heat_map(self.paper, self.view)

    def themes(self) -> None:
        """Write each theme's strengths and considerations."""
        self.paper.heading("Strengths and considerations by theme")
        months = count(self.locality.settings.rules.evidence_max_age_months, "month")
        self.paper.numbered(self.say("claims", months=months))
        evidence = Evidence(self.view)
        for theme in self.framework.themes:
            self.paper.heading(theme.title, 2)
            self.paper.heading("Strengths", 3)
            self._findings(list(strengths(self.view, theme, evidence)), self.say("no_strengths"))
            if sentence := green_not_agreed(self.view, theme):
                self.paper.paragraph(sentence)
            self.paper.heading("Considerations", 3)
            self._findings(list(considerations(self.view, theme)), self.say("no_considerations"))

    def _findings(self, sentences: list[Finding], otherwise: str) -> None:
        for sentence in sentences:
            self.paper.bullet(sentence.text, lead=sentence.about)
            for quote in sentence.quotes:
                self.paper.bullet(quote, level=2)
        if not sentences:
            self.paper.paragraph(otherwise)

    def gaps(self) -> None:
        """Write how many gaps and actions there are in which state."""
        self.paper.heading("Gaps and actions")
        if not self.view.gaps:
            self.paper.numbered(self.say("no_gaps"))
            return
        gaps, actions = count(len(self.view.gaps), "gap"), count(len(self.view.actions), "action")
        self.paper.numbered(self.say("gaps", gaps=gaps, actions=actions))
        paper_tables.plans(self.paper, self.view)
        paper_tables.states(self.paper, self.view)

    def risks(self) -> None:
        """Write what is overdue, in dispute, outstanding, or delivered with nothing to show for it."""
        self.paper.heading("Risks")
        sections = {section.title: section for section in agenda(self.latest.merged).sections}
        risks = [sections[title] for title in RISKS if title in sections]
        for section in risks:
            self.paper.heading(f"{section.title} ({len(section.items)})", 2)
            for item in section.items[:_MOST_ITEMS]:
                self.paper.bullet(clip(" ".join(item.details), _LONGEST_ITEM), lead=f"{item.heading}.")
            if len(section.items) > _MOST_ITEMS:
                self.paper.bullet(self.say("more_items", number=len(section.items) - _MOST_ITEMS))
        if accepted := accepted_at_signing(self.latest):
            self.paper.heading(f"{accepted_heading(self.latest)} ({len(accepted)})", 2)
            for sentence in accepted:
                self.paper.bullet(sentence)
        if not risks and not accepted:
            self.paper.numbered(self.say("no_risks"))

    def steps(self) -> None:
        """Write what has to be done next."""
        self.paper.heading("Next steps")
        self.paper.numbered(self.say("steps", as_at=self.as_at))
        for step in next_steps(self.view, signed=self.latest.signed is not None):
            self.paper.bullet(step)
        self.paper.for_the_author(say("author", "next_steps"), bullet=True)

    def implications(self) -> None:
        """Leave room for what only the author can say."""
        self.paper.heading("Implications")
        for title in shipped_toml("paper.toml")["implications"]["titles"]:
            self.paper.labelled(title, say("author", "implications"), author=True)

    def sources(self) -> None:
        """Write where every figure comes from, and what the ratings mean."""
        self.paper.heading("How this was made")
        self.paper.numbered(self.say("made"))
        paper_tables.pairs(self.paper, "Where the figures come from", origin(self.latest, self.view))
        paper_tables.definitions(self.paper)
        self.paper.numbered(self.say("sources", sources=" ".join(self.framework.sources)))
        self.paper.numbered(self.say("background", workbook=f"{self.latest.name}.xlsx"))
        self.paper.numbered(personal_data.CANNOT_SEE)
        self.paper.numbered(self.say("edited"))

    def annex(self) -> None:
        """List every gap with its action, and the actions that the group added."""
        if self.view.gaps:
            self.paper.landscape()
            self.paper.heading("Annex A: gaps and actions", numbered=False)
            paper_tables.gaps(self.paper, self.view)
        if loose := [action for action in self.view.actions if action.is_live and not action.gap]:
            self.paper.heading(self.say("own_actions"), 2)
            for action in loose:
                self.paper.bullet(clip(action.action, _LONGEST_ITEM), lead=f"{action.ref or action.id}.")


def name_of(latest: NewestMerge) -> str:
    """Give the name of the paper's file."""
    return display_text(f"{latest.name} {say('paper', 'name')}")
