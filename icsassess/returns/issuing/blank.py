"""What one blank return is about: the partner, the lines it is asked for, and the sheets they stand on."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from icsassess.domain.framework import Line, Theme
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.issuing.previous_round import LastRound
from icsassess.returns.template.model import ReturnTemplate, sheet_titles
from icsassess.returns.template.sources import template_of
from icsassess.version import VERSION


@dataclass(frozen=True)
class Blank:
    """A return that is being made for one partner; with the last round's evidence filled in, to be confirmed."""

    locality: Locality
    partner: Partner
    issued_on: datetime.date
    last_round: LastRound | None = None

    @cached_property
    def template(self) -> ReturnTemplate:
        """The template that the locality's settings name."""
        return template_of(self.locality)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines the partner is asked for, in the framework's order."""
        return self.locality.lines_of(self.partner)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of which the partner is asked for at least one line: each gets a sheet."""
        asked = {line.theme.title for line in self.lines}
        return tuple(theme for theme in self.locality.framework.themes if theme.title in asked)

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The titles of the themes' sheets, by the theme's title."""
        # All themes take part, so that a theme's sheet is called alike in every partner's return.
        return sheet_titles(self.locality.framework.themes)

    def lines_of(self, theme: Theme) -> list[Line]:
        """Give the theme's lines that the partner is asked for."""
        return [line for line in self.lines if line.theme.title == theme.title]

    @property
    def answers(self) -> dict[str, str | datetime.date]:
        """What the boxes of the cover hold when the return is issued, by field."""
        return {
            "partner": self.partner.name,
            "locality": self.locality.name,
            "framework": self.locality.framework.title,
            "deadline": self.locality.settings.deadline,
        }

    @property
    def title(self) -> str:
        """What the workbook is, for its properties and the top of each page."""
        return f"{self.locality.name}: self-assessment return, {self.partner.name}"

    @property
    def properties(self) -> dict[str, str]:
        """The named document properties by which a return is known again when it comes back. Dates are ISO dates."""
        framework = self.locality.framework
        return {
            "icsassess.kind": "return",
            "icsassess.template": self.template.label,
            "icsassess.framework": framework.id,
            "icsassess.framework_version": framework.version,
            "icsassess.locality": self.locality.name,
            "icsassess.partner": self.partner.code,
            "icsassess.deadline": self.locality.settings.deadline.isoformat(),
            "icsassess.issued": self.issued_on.isoformat(),
            "icsassess.version": VERSION,
        }
