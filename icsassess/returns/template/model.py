"""The return's template as data: its columns, the boxes of its cover, its words for an action's status, its guidance.

A template is a TOML file in ``templates/returns``. What is issued is written from it, and what comes back is matched
by the titles and aliases it gives.
"""

from functools import cache, cached_property
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from icsassess.domain.fields import LabelField, TypedField
from icsassess.domain.framework import Theme
from icsassess.excel.cells.excel_limits import LONGEST_SHEET_TITLE, excel_length, with_permitted_characters
from icsassess.support.data_files import shipped_ids
from icsassess.support.data_model import DataModel, refuse_repeats
from icsassess.support.text import fold, words
from icsassess.support.toml_files import load

COVER_SHEET = "Cover"
GUIDANCE_SHEET = "Guidance"

# Sheets of the return itself, and the one title that Excel keeps for itself.
_TAKEN = frozenset({COVER_SHEET.casefold(), GUIDANCE_SHEET.casefold(), "history"})
# A title that was cut does not end in one of these.
_LITTLE_WORDS = frozenset(
    ("a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "our", "the", "to", "with", "within", "&")
)

Title = Annotated[str, Field(min_length=1)]
ColumnField = Literal[LabelField, TypedField]
BoxField = Literal[
    "partner", "organisation", "completed_by", "completed_on", "contact", "locality", "framework", "deadline"
]
FIELDS: tuple[str, ...] = get_args(ColumnField)
OWN = "own"
"""The field of a column that travels along as it is."""
FRAMEWORK_TEXT = "framework"
"""The field of a column with the framework's own words: a line's theme, or what its statement says."""


class TemplateColumn(DataModel):
    """A column of the theme sheets: what it means to the program (``field``), what people see, how they call it.

    ``width`` is in characters; ``prompt`` is shown when a cell is chosen. ``label`` columns are filled in when a return
    is issued. A column with the field ``own`` means nothing to the program: what is typed there travels along with its
    entry. One with ``framework`` holds what the framework itself says of each line: its theme, or its statement.
    """

    field: Literal[ColumnField, "own", "framework"]
    title: Title
    kind: Literal["label", "text", "date", "rating", "status"]
    width: float = Field(gt=0, le=255)
    aliases: tuple[str, ...] = ()
    prompt: str = Field("", max_length=255)


class CoverField(DataModel):
    """A box of the cover; ``prefilled`` ones are filled in when the return is issued."""

    field: BoxField
    title: Title
    kind: Literal["text", "date"] = "text"
    aliases: tuple[str, ...] = ()
    prompt: str = Field("", max_length=255)
    prefilled: bool = Field(False, alias="given")


class Step(DataModel):
    """One thing to do: in short, as on the cover, and what Guidance says beyond that."""

    do: Title
    more: str = ""


class Guidance(DataModel):
    """What helps people to fill in a return: steps, one worked example, and what each action status means.

    The example's cells are by column field, dates in ISO format; its ``category`` is a category's code.
    """

    steps: tuple[Step, ...] = Field((), alias="step")
    worked_example: dict[str, str] = Field(default_factory=dict)
    statuses: dict[str, str] = Field(default_factory=dict)


class ReturnTemplate(DataModel):
    """A kind of return: the columns of its tables in their order, its cover, and its words.

    One that was adopted from another locality's workbook names the ``framework`` it is for; how its sheets look lies
    beside it. ``ratings`` says what its own rating words mean, ``matrix`` what stands in each cell of a line where
    statements and categories are the two sides of a table, which sheets hold no answers, and
    ``lines_missing`` which lines of the framework its sheets have no place for.
    """

    id: str
    version: str
    title: Title
    description: str
    every_column: tuple[TemplateColumn, ...] = Field(alias="column", min_length=1)
    statuses: dict[str, tuple[str, ...]] = Field(description="The words for an action's status, each with spellings.")
    cover: tuple[CoverField, ...] = ()
    guidance: Guidance = Field(default_factory=lambda: Guidance.model_validate({}))
    framework: str | None = None
    ratings: dict[str, str] = Field(default_factory=dict)
    matrix: tuple[str, ...] = ()
    sheets_without_answers: tuple[str, ...] = Field((), alias="left_alone")
    lines_missing: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fields_and_titles_are_unambiguous(self) -> Self:
        for what, items in (("column", self.columns), ("cover field", self.cover)):
            refuse_repeats(what, [item.field for item in items])
        for what, titled in (("column", self.every_column), ("cover field", self.cover)):
            refuse_repeats(f"{what} title", [fold(item.title) for item in titled])
        return self

    @property
    def adopted(self) -> bool:
        """Whether it was made from another locality's workbook."""
        return self.framework is not None

    @cached_property
    def columns(self) -> tuple[TemplateColumn, ...]:
        """The columns that mean something to the program, in the table's order."""
        return tuple(column for column in self.every_column if column.field not in (OWN, FRAMEWORK_TEXT))

    @cached_property
    def own_titles(self) -> frozenset[str]:
        """The titles, in comparable form, of the columns that travel along as they are."""
        return frozenset(words(column.title) for column in self.every_column if column.field in (OWN, FRAMEWORK_TEXT))

    @cached_property
    def framework_titles(self) -> frozenset[str]:
        """The titles of those that hold the framework's own words."""
        return frozenset(words(column.title) for column in self.every_column if column.field == FRAMEWORK_TEXT)

    @property
    def label(self) -> str:
        """The id and version as a return's document properties carry them, such as ``stockport 1``."""
        return f"{self.id} {self.version}"

    @cached_property
    def column_by_field(self) -> dict[str, TemplateColumn]:
        """The columns by what they mean, in the table's order."""
        return {column.field: column for column in self.columns}

    @cached_property
    def cover_by_field(self) -> dict[str, CoverField]:
        """The boxes of the cover by what they mean, from top to bottom."""
        return {box.field: box for box in self.cover}

    @property
    def status_names(self) -> tuple[str, ...]:
        """The permitted words for an action's status, in the order in which a list offers them."""
        return tuple(self.statuses)

    def __hash__(self) -> int:
        """Make templates usable as keys, although they hold dictionaries."""
        return hash((self.id, self.version))

    def column_number(self, field: str) -> int:
        """Give the number of a column in an issued return, from 1. Raises ``KeyError`` where there is none."""
        return self.every_column.index(self.column_by_field[field]) + 1


def sheet_title(theme_title: str) -> str:
    """Give the title of a theme's sheet: the theme's own, without what Excel forbids and cut between two words.

    At most 31 characters, none of ``[]:*?/\\``, no ``'`` at either end, never ‘Cover’, ‘Guidance’ or ‘History’.
    """
    title = " ".join(with_permitted_characters(theme_title).split()).strip("' ") or "Theme"
    if title.casefold() in _TAKEN:
        title = f"{title} theme"
    if excel_length(title) <= LONGEST_SHEET_TITLE:
        return title
    shortened: list[str] = []
    for word in title.split(" "):
        if excel_length(" ".join([*shortened, word])) > LONGEST_SHEET_TITLE:
            break
        shortened.append(word)
    while len(shortened) > 1 and fold(shortened[-1]).strip(",;") in _LITTLE_WORDS:
        shortened.pop()
    # A first word that is too long by itself is cut where it has to be.
    return " ".join(shortened).rstrip(" ,;-–'") or title[: LONGEST_SHEET_TITLE // 2]


def sheet_titles(themes: tuple[Theme, ...]) -> dict[str, str]:
    """Give the sheet's title of each theme by the theme's title; a number tells those apart that are cut alike."""
    titles: dict[str, str] = {}
    for theme in themes:
        title, number = sheet_title(theme.title), 1
        while words(title) in {words(other) for other in titles.values()}:
            number += 1
            title = f"{sheet_title(theme.title)[: LONGEST_SHEET_TITLE - 3].rstrip()} {number}"
        titles[theme.title] = title
    return titles


def template_ids() -> list[str]:
    """Give the ids of all templates that ship with the program."""
    return list(shipped_ids("returns"))


@cache
def return_template(template_id: str) -> ReturnTemplate:
    """Give the template with this id.

    Raises ``KeyError`` where there is none, and ``Refusal`` with file, line and reason where its file is faulty.
    """
    return load(shipped_ids("returns")[template_id], ReturnTemplate)
