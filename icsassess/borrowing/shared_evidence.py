"""Statements that two frameworks share, and another exercise's evidence for them, as suggestions that count nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import iso
from icsassess.domain.framework import Category, Framework, Statement
from icsassess.domain.personal_data import mask
from icsassess.locality.locality import Locality, Partner
from icsassess.support.text import words

BY_KEY, BY_TITLE = "named in the framework", "by its title"


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement of ours and the one of another framework that is the same, and how that is known."""

    own: Statement
    other: Statement
    how: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece of another exercise's evidence, for a statement of ours.

    ``ref`` is our line, ``""`` where our statement has no such category. ``rating`` and ``partner`` are theirs;
    ``partner_here`` is the code of the same partner with us, ``""`` where it is none. ``here`` are our partners whose
    returns name the same evidence for that statement already.
    """

    ref: str
    statement: Statement
    category: str
    partner_here: str
    here: tuple[str, ...]
    evidence: str
    kept: str
    evidence_date: str
    exercise: str
    framework: str
    partner: str
    their_ref: str
    rating: str
    reason: str
    file: str
    sheet: str
    row: int

    @property
    def fits(self) -> str:
        """Say how far it fits."""
        if not self.ref:
            return "Same statement; this framework has no such category: choose where it fits"
        return f"Already in the return of {', '.join(self.here)}" if self.here else "Same statement and category"

    def as_json(self) -> dict[str, Any]:
        """Give it with where it comes from."""
        return {
            "ref": self.ref or None,
            "statement": self.statement.code,
            "category": self.category,
            "partner": self.partner_here or None,
            "evidence": self.evidence,
            "kept": self.kept or None,
            "evidence_date": self.evidence_date or None,
            "fits": self.fits,
            "already_here": list(self.here),
            "from": {
                "exercise": self.exercise,
                "framework": self.framework,
                "partner": self.partner,
                "ref": self.their_ref,
                "rating": self.rating or None,
                "file": self.file,
                "sheet": self.sheet,
                "row": self.row,
            },
        }


def shared_statements(own: Framework, other: Framework) -> list[Shared]:
    """Give the statements that two frameworks share, in the order of the first.

    A framework's data names them (``same_as``); where it does not, a title or alias that both have.
    """
    by_key = {f"{other.id}/{statement.code}": statement for statement in other.statements}
    shared = []
    for statement in own.statements:
        named = by_key.get(statement.same_as or "") or next(
            (one for one in other.statements if one.same_as == f"{own.id}/{statement.code}"), None
        )
        if named is not None:
            shared.append(Shared(statement, named, BY_KEY))
        elif (titled := _titled_alike(statement, other)) is not None:
            shared.append(Shared(statement, titled, BY_TITLE))
    return shared


def _titled_alike(statement: Statement, other: Framework) -> Statement | None:
    """Give the one statement with this title, else the one that shares an alias; None where several do."""
    for names in (_titles, _names):
        alike = [one for one in other.statements if names(one) & names(statement)]
        if len(alike) == 1:
            return alike[0]
    return None


def _titles(one: Statement | Category) -> set[str]:
    return {words(one.title)}


def _names(one: Statement | Category) -> set[str]:
    return {words(name) for name in (one.title, *one.aliases)}


def shared_categories(own: Framework, other: Framework) -> Mapping[str, str]:
    """Give our category for each of theirs that we have too, by code: told by title or alias."""
    return {one.code: match.code for one in other.categories for match in own.categories if _names(one) & _names(match)}


def suggestions(own_view: Merged, other_view: Merged) -> list[Suggestion]:
    """Give another exercise's evidence for the statements that both share, in the order of our lines.

    Only returns that count there are taken, and only rows that describe evidence.
    """
    locality, other = own_view.locality, other_view.locality
    by_code = {shared.other.code: shared.own for shared in shared_statements(locality.framework, other.framework)}
    categories = shared_categories(locality.framework, other.framework)
    here = _held_here(own_view)
    results = []
    for entry in other_view.entries:
        line = other.framework.line_by_ref.get(entry.ref)
        if line is None or not entry.evidence or line.statement.code not in by_code:
            continue
        statement = by_code[line.statement.code]
        ref = f"{statement.code}-{categories.get(line.category.code, '')}"
        results.append(
            Suggestion(
                ref=ref if ref in locality.framework.line_by_ref else "",
                statement=statement,
                category=line.category.title,
                partner_here=_same_partner(other.partner_by_code[entry.partner], locality),
                here=tuple(here.get((statement.code, words(entry.evidence)), ())),
                evidence=mask(entry.evidence),
                kept=mask(entry.kept),
                evidence_date=iso(entry.evidence_date) or mask(entry.evidence_date_typed),
                exercise=mask(other.name),
                framework=other.framework.id,
                partner=entry.partner,
                their_ref=entry.ref,
                rating=entry.rating,
                reason=mask(entry.reason),
                file=mask(entry.file),
                sheet=mask(entry.sheet),
                row=entry.row,
            )
        )
    places = {ref: place for place, ref in enumerate(locality.framework.line_by_ref)}
    order = {statement.code: place for place, statement in enumerate(locality.framework.statements)}
    return sorted(results, key=lambda one: (order[one.statement.code], places.get(one.ref, len(places))))


def _held_here(own_view: Merged) -> dict[tuple[str, str], list[str]]:
    """Give our partners by the statement and the words of the evidence they name."""
    partners_by_evidence: dict[tuple[str, str], list[str]] = {}
    for entry in own_view.entries:
        line = own_view.locality.framework.line_by_ref.get(entry.ref)
        if line is not None and entry.evidence:
            partners = partners_by_evidence.setdefault((line.statement.code, words(entry.evidence)), [])
            if entry.partner not in partners:
                partners.append(entry.partner)
    return partners_by_evidence


def _same_partner(counterpart: Partner, locality: Locality) -> str:
    """Give the code of the same partner with us: one that shares its code, name or an alias."""
    names = _partner_names(counterpart)
    return next((partner.code for partner in locality.partners if _partner_names(partner) & names), "")


def _partner_names(partner: Partner) -> set[str]:
    return {words(name) for name in (partner.code, partner.name, *partner.aliases)}
