"""Texts that go over as they are and may name the other locality: headings, labels and titles of sheets to look at."""

from icsassess.adopting.understanding.model import Understanding
from icsassess.excel.cells.model import Workbook
from icsassess.returns.template.adopted_layout import Layout
from icsassess.support.text import words

_OF_WHOM = ("locality", "organisation", "partner", "completed_by", "contact")
_PROPERTIES = ("company", "manager", "creator", "lastModifiedBy")
_SHORTEST = 4  # letters: shorter words are no names that tell anything
# Words of names that say nothing of whose they are.
_COMMON = frozenset(
    (
        *("trust", "council", "team", "board", "care", "health", "social", "quality", "office", "user", "microsoft"),
        *("excel", "openpyxl", "integrated", "system", "foundation", "hospital", "service", "services"),
        *("partnership", "head", "lead", "manager", "officer", "director", "with", "from"),
    )
)


def names_to_review(workbook: Workbook, understood: Understanding, layout: Layout) -> list[str]:
    """Give the texts of the blank that hold a word of a name that the workbook gives for itself.

    Names are taken from the answers of its cover and from its properties. It is a help to the reader, not a proof.
    """
    sheets = {sheet.title: sheet for sheet in workbook.sheets}
    names = [sheets[box.sheet].text(*box.answer) for box in understood.cover if box.field in _OF_WHOM]
    names += [workbook.properties.get(name, "") for name in _PROPERTIES]
    telling = {word for name in names for word in words(name).split() if len(word) >= _SHORTEST} - _COMMON
    texts = [sheet.title for sheet in layout.sheets]
    texts += [spot.text for sheet in layout.sheets for spot in sheet.spots if spot.gives == "text"]
    return list(dict.fromkeys(text for text in texts if telling & set(words(text).split())))
