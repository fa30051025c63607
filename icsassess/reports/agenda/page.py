"""The agenda as one self-contained page, to print or to project: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from icsassess.reports.agenda.agenda import Agenda
from icsassess.reports.page.web_page import page


def as_page(agenda: Agenda, marking: str) -> str:
    """Give the agenda as an HTML document."""
    return page("agenda.html", title=agenda.title, agenda=agenda, marking=marking)
