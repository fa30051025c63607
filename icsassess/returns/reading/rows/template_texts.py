"""The template's own texts in a return: titles, instructions and notes, which are no answers wherever they stand."""

import re
from functools import cached_property, lru_cache
from pathlib import Path

from icsassess.domain.framework import VERIFIED_MEANS, Framework
from icsassess.domain.rag import Vocabulary, vocabulary
from icsassess.locality.locality import Locality, Settings
from icsassess.returns.matching.line_titles import kind_of_framework_text
from icsassess.returns.template.guidance_texts import FIXED
from icsassess.returns.template.label_notes import ABOUT_THIS_SHEET, we_statement
from icsassess.returns.template.model import ReturnTemplate
from icsassess.returns.template.sources import rating_words, template_of
from icsassess.support.memo import Memo
from icsassess.support.text import fold, words

_NUMBER = re.compile(r"\d+")
_ABOUT_A_SHEET = re.compile(r"one table \w+ lines? point at a quality statement .* repeat the ref")
_MOST_REMEMBERED = 4_096
_WORDS_OF_A_BEGINNING = 4
_PAGE_NUMBERS = frozenset(("", "page", "page of", "of", "p", "pg", "sheet", "sheet of"))
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


class TemplateTexts:
    """Knows what a blank return of this locality says; built as far as it is needed, since few returns need it."""

    def __init__(self, locality: Locality, template: ReturnTemplate) -> None:
        self.locality = locality
        self._template = template
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

    def is_framework_text(self, heading: str, text: str) -> bool:
        """Tell whether the template wrote a text itself: the framework's own words in a column of their own."""
        return (
            words(heading) in self._template.framework_titles
            and kind_of_framework_text(self.locality.framework, text) is not None
        )

    def has(self, text: str) -> bool:
        """Tell whether this is a text of the template; numbers in it do not matter."""
        plain = words(text)
        if not plain or _without_numbers(plain) in self._quick or _ABOUT_A_SHEET.fullmatch(plain):
            return True
        return _without_numbers(plain) in self._issued

    def is_margin(self, text: str, title: str) -> bool:
        """Tell whether a header or footer of a sheet says no more than ours: its title, the marking, page numbers."""
        plain = _without_numbers(words(text))
        return plain in self._quick or plain in _PAGE_NUMBERS or plain == _without_numbers(words(title))

    @cached_property
    def is_guidance(self) -> Memo[str, bool]:
        """Whether a text is one of the Guidance sheet, or begins like one, as an earlier version worded it."""
        ours = self._guidance | set(filter(None, map(_beginning, self._guidance)))
        plain: Memo[str, str] = Memo(lambda text: _without_numbers(words(text)))
        return Memo(lambda text: plain[text] in ours or _beginning(plain[text]) in ours, _MOST_REMEMBERED)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The ratings, with the template's own words for them."""
        return vocabulary().also(rating_words(self.locality))

    @cached_property
    def _guidance(self) -> frozenset[str]:
        guidance, framework = self._template.guidance, self.locality.framework
        texts = [
            *FIXED,
            *(f"{step.do} {step.more}" for step in guidance.steps),
            *(text for rating in vocabulary().ratings for text in (rating.name, rating.definition)),
            *(text for pair in guidance.statuses.items() for text in pair),
            *(text.format(quarter=2, year="2023/24") for text in guidance.worked_example.values()),
            *(column.title for column in self._template.every_column),
            *(text for one in framework.statements for text in (one.title, one.we_statement, one.code)),
            *(text for one in framework.categories for text in (one.title, f"{one.explained} {one.example}")),
            *(theme.title for theme in framework.themes),
            *VERIFIED_MEANS.values(),
        ]
        return frozenset(_without_numbers(words(text)) for text in texts)

    @cached_property
    def _issued(self) -> frozenset[str]:
        locality, template = self.locality, self._template
        folder = locality.folder if template.adopted else Path()
        return _texts_of_issued_blanks(locality.settings, locality.framework, template, folder)


def template_texts(locality: Locality) -> TemplateTexts:
    """Give the texts of a locality's blank returns; the same object while its template is the same."""
    return _template_texts(locality, template_of(locality))


# Returns are read one after the other: those of the locality, and now and then one of an earlier framework.
@lru_cache(maxsize=2)
def _template_texts(locality: Locality, template: ReturnTemplate) -> TemplateTexts:
    return TemplateTexts(locality, template)


def _beginning(plain: str) -> str:
    """Give the first words of a text, ‘’ of a shorter one."""
    first = plain.split()[:_WORDS_OF_A_BEGINNING]
    return " ".join(first) if len(first) == _WORDS_OF_A_BEGINNING else ""


def _without_numbers(plain: str) -> str:
    return " ".join(_NUMBER.sub(" ", plain).split())


@lru_cache(maxsize=4)
def _texts_of_issued_blanks(
    settings: Settings, used: Framework, template: ReturnTemplate, folder: Path
) -> frozenset[str]:
    """Issue blank returns in memory, read them back, and give every text in them, without its numbers.

    A partner may have pasted any of these texts where answers belong, and a list of them in code would soon lack some:
    so they are taken from where they are written, one blank for each set of statements asked for. It costs as much as
    reading a few returns, is done at most once for a locality and template, and most returns never need it.

    ``folder`` is the locality's where its ``template`` lies there. Evidence taken over from a last round is left out:
    it is the partner's.
    """
    from icsassess.excel.reading.read_workbook import read_workbook_bytes
    from icsassess.returns.issuing.blank import Blank
    from icsassess.returns.issuing.issue import write_return

    locality = Locality(folder, settings, used)
    texts: set[str] = set()
    asked: set[frozenset[str]] = set()
    for partner in locality.partners:
        if locality.asked(partner) in asked:
            continue
        asked.add(locality.asked(partner))
        blank = read_workbook_bytes(write_return(Blank(locality, partner, locality.settings.deadline)))
        for sheet in blank.sheets:
            for cell in sheet.cells.values():
                texts.add(_without_numbers(words(str(cell.value or ""))))
                texts.add(_without_numbers(words(cell.note or "")))
    return frozenset(texts)


@lru_cache(maxsize=8)
def _template_notes(framework: Framework) -> dict[str, re.Pattern[str]]:
    """Give the notes on a framework's statements, folded, each with what finds it in a longer note."""
    notes = [ABOUT_THIS_SHEET, *(we_statement(statement) for statement in framework.statements)]
    return {fold(note): re.compile(r"\s+".join(map(re.escape, note.split()))) for note in notes}


# The same few notes stand on the labels of every return.
@lru_cache(maxsize=4_096)
def partner_part(framework: Framework, note: str) -> str:
    """Give what the partner wrote in a note on a label, ‘’ where all of it is the template's."""
    notes = _template_notes(framework)
    if any(fold(note) in whole for whole in notes):
        return ""
    for pattern in notes.values():
        note, replaced = pattern.subn("", note)
        if replaced and _AUTHOR.fullmatch(note):
            return ""
    return note.strip()
