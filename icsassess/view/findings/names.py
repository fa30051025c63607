"""What partners, lines and kinds of evidence are called in running text: names and words, never codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from icsassess.assessment.actions.names import GROUP
from icsassess.domain.framework import Category, Line
from icsassess.support.text import listing
from icsassess.view.assessment_view import THE_GROUP, View

_ALL = 1000
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_in_words(number: int) -> str:
    """Give numbers up to ten as a word, greater ones in figures: ‘eight’, ‘206’."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def begin(text: str) -> str:
    """Give the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def within(title: str) -> str:
    """Give a title as it stands within a sentence: ‘equity in access’, but ‘GP access’."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def name_of(view: View, code: str) -> str:
    """Give what a partner is called in running text: its short name where it has one; the group is ‘the group’.

    One of several organisations of a partner (``View.sender``) is called by both: ‘general practice (Elm Practice)’.
    """
    if code in (GROUP, THE_GROUP):
        return "the group"
    of_partner, _, organisation = code.partition(": ")
    partner = view.merged.locality.partner_by_code.get(of_partner)
    name = (partner.short or partner.name) if partner else of_partner
    return f"{name} ({organisation})" if organisation else name


def names_of(view: View, codes: Iterable[str], most: int = _ALL) -> str:
    """Give several partners as a sentence lists them."""
    names = [name_of(view, code) for code in codes]
    more = [f"{number_in_words(len(names) - most)} more"] if len(names) > most else []
    return listing([*names[:most], *more], most=_ALL)


def category_in_words(category: Category) -> str:
    """Give a kind of evidence in words, such as ‘what people tell us’."""
    return category.in_words or within(category.title)


def short_of(category: Category) -> str:
    """Give what a kind of evidence is called within a sentence, such as ‘staff feedback’."""
    return category.short or within(category.title)


def kind_of(line: Line) -> str:
    """Give the kind of evidence of a line as it stands within a sentence: ‘staff feedback’."""
    return short_of(line.category)


def titled(line: Line) -> str:
    """Give a line's title in words, without its code: ‘Equity in access: results’."""
    return f"{line.statement.title}: {kind_of(line)}"


def listed(items: Sequence[str], most: int = _ALL) -> str:
    """List titles, with semicolons where one of them has a comma of its own; of more than ``most`` say how many."""
    shown = [*items[:most], *([f"{number_in_words(len(items) - most)} more"] if len(items) > most else [])]
    if len(shown) > 1 and any("," in item or " and " in item for item in shown):
        return "; ".join(shown[:-1]) + f"; and {shown[-1]}"
    return listing(shown, most=_ALL)
