"""What we wrote into a return ourselves: titles, instructions and notes that are no answers wherever they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from icsassess.domain.framework import Framework
from icsassess.locality.locality import Locality, Settings
from icsassess.returns.matching.line_titles import told_by_framework
from icsassess.returns.template.label_notes import ABOUT_THIS_SHEET, we_statement
from icsassess.returns.template.sources import template_of
from icsassess.support.text import fold, words

_NUMBER = re.compile(r"\d+")
_ABOUT_A_SHEET = re.compile(r"one table \w+ lines? point at a quality statement .* repeat the ref")
_COVER = frozenset(
    [
        "who and when",
        "what to do",
        "more help",
        "checklist",
        "yellow boxes still empty",
        "ready to send",
        "all themes",
        "guidance what the words mean an example the quality statements in full",
        "step",
        "lines asked for",
        "rated",
        "of these not assessed",
        "still blank",
    ]
)
# What a program puts before a note: the name of whoever wrote it.
_AUTHOR = re.compile(r"\s*[^\n:]{0,60}:\s*")


class OurTexts:
    """Knows what a blank return of this locality says; built as far as it is needed, since few returns need it."""

    def __init__(self, locality: Locality) -> None:
        self.locality = locality
        template = template_of(locality)
        themes = [words(title) for theme in locality.framework.themes for title in (theme.title, *theme.aliases)]
        names = [words(partner.name) for partner in locality.partners]
        self._quick = {
            *_COVER,
            _without_numbers(words(locality.settings.marking)),
            *themes,
            words(ABOUT_THIS_SHEET),
            f"{words(locality.name)} self assessment return",
            f"{words(locality.framework.title)} one table follows the checklist at the bottom",
            *(words(step.do) for step in template.guidance.steps),
            *(words(box.title) for box in template.cover),
            *(words(column.prompt) for column in template.columns if column.prompt),
            *(f"{theme} {name}" for theme in themes for name in names),
            *(
                _without_numbers(f"{above}{words(locality.name)} self assessment return {name}".strip())
                for name in names
                for above in ("", f"{words(locality.settings.marking)} ")
            ),
        }
        self._all: set[str] | None = None
        self._told = template.told_titles

    def is_told(self, heading: str, text: str) -> bool:
        """Tell whether the template wrote a text itself: the framework's own words in a column of their own."""
        return words(heading) in self._told and told_by_framework(self.locality.framework, text) is not None

    def has(self, text: str) -> bool:
        """Tell whether this is a text of ours; numbers in it do not matter."""
        plain = words(text)
        if not plain or _without_numbers(plain) in self._quick or _ABOUT_A_SHEET.fullmatch(plain):
            return True
        return _without_numbers(plain) in self._of_the_blank()

    def _of_the_blank(self) -> set[str]:
        if self._all is None:
            adopted = template_of(self.locality).adopted
            folder = self.locality.folder if adopted else Path()
            self._all = _texts_of_blank(self.locality.settings, self.locality.framework, folder)
        return self._all


_LAST: list[OurTexts] = []


def our_texts(locality: Locality) -> OurTexts:
    """Give our texts for a locality, the same ones as long as it is the same: files are read one after the other."""
    if not _LAST or _LAST[0].locality is not locality:
        _LAST[:] = [OurTexts(locality)]
    return _LAST[0]


def _without_numbers(plain: str) -> str:
    return " ".join(_NUMBER.sub(" ", plain).split())


@lru_cache(maxsize=4)
def _texts_of_blank(settings: Settings, used: Framework, folder: Path) -> set[str]:
    """Read them from blank returns, one for each set of statements asked for: that is where they are written.

    ``folder`` is the locality's where its template lies there. What was taken over from a last round is none of ours.
    """
    from icsassess.excel.reading.read_workbook import read_workbook_bytes
    from icsassess.returns.issuing.blank import Blank
    from icsassess.returns.issuing.issue import written

    locality = Locality(folder, settings, used)
    texts: set[str] = set()
    asked: set[frozenset[str]] = set()
    for partner in locality.partners:
        if locality.asked(partner) in asked:
            continue
        asked.add(locality.asked(partner))
        blank = read_workbook_bytes(written(Blank(locality, partner, locality.settings.deadline)))
        for sheet in blank.sheets:
            for cell in sheet.cells.values():
                texts.add(_without_numbers(words(str(cell.value or ""))))
                texts.add(_without_numbers(words(cell.note or "")))
    return texts


@lru_cache(maxsize=8)
def _our_notes(framework: Framework) -> dict[str, re.Pattern[str]]:
    """Give the notes on a framework's statements, folded, each with what finds it in a longer note."""
    notes = [ABOUT_THIS_SHEET, *(we_statement(statement) for statement in framework.statements)]
    return {fold(note): re.compile(r"\s+".join(map(re.escape, note.split()))) for note in notes}


@lru_cache(maxsize=4_096)
def their_part(framework: Framework, note: str) -> str:
    """Give what the partner wrote in a note on a label, ‘’ where it is ours alone."""
    ours = _our_notes(framework)
    if any(fold(note) in our for our in ours):
        return ""
    for pattern in ours.values():
        note, found = pattern.subn("", note)
        if found and _AUTHOR.fullmatch(note):
            return ""
    return note.strip()
