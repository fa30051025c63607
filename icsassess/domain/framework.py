"""Frameworks as data: themes, quality statements and evidence categories, and the lines they make.

A framework is a TOML file in ``templates/frameworks``; a further one is a further file and nothing else.
"""

import datetime
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from icsassess.support.data_files import shipped_ids
from icsassess.support.data_model import DataModel, refuse_repeats
from icsassess.support.text import words
from icsassess.support.toml_files import load

Verified = Literal["V", "C", "2", "D", "U"]
VERIFIED_MEANS: dict[str, str] = {
    "V": "read on the owner's own page",
    "C": "read in a council or NHS paper",
    "2": "from a secondary source",
    "D": "our own deduction",
    "U": "not verified",
}
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$", description="A short code of capital letters and digits.")]
Title = Annotated[str, Field(min_length=1)]


class Category(DataModel):
    """A kind of evidence, such as Observation.

    ``in_words`` says what it is to people who do not know the framework, ``short`` what it is called within a sentence;
    both are the title where they are left out. ``explained`` and ``example`` are for whoever fills in a return: what
    belongs under it, and one piece of such evidence.
    """

    code: Code
    title: Title
    in_words: str = ""
    short: str = ""
    explained: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()


class Statement(DataModel):
    """A quality statement; ``categories`` are those that apply to it (all of the framework's when left out)."""

    code: Code
    title: Title
    aliases: tuple[str, ...] = ()
    we_statement: str
    verified: Verified
    categories: tuple[str, ...] | None = None
    same_as: str | None = Field(None, description="The same statement in another framework, as ‘framework/CODE’.")


class Theme(DataModel):
    """A group of quality statements; ``grouping_verified`` says how far it was checked that they belong to it."""

    code: Code
    title: Title
    aliases: tuple[str, ...] = ()
    grouping_verified: Verified
    statements: tuple[Statement, ...] = Field(alias="statement", min_length=1)


class StatementMove(DataModel):
    """What became of a statement of an earlier version or framework: see :mod:`icsassess.domain.line_mapping`.

    ``was`` is ‘framework/CODE’ and ``version`` the version it stood in (any when left out). ``title``, ``we_statement``
    and ``verified`` are what they were there, where they were something else. ``to`` are its codes now: one where it
    was renamed or merged into another, several where it was split, none where it was dropped, with the ``reason``.
    """

    was: Annotated[str, Field(alias="from", pattern=r"^[^/\s]+/[A-Z][A-Z0-9]{0,7}$")]
    version: str | None = None
    title: str = ""
    we_statement: str = ""
    verified: Verified | None = None
    to: tuple[str, ...] = ()
    reason: str = ""

    @model_validator(mode="after")
    def _what_was_dropped_says_why(self) -> Self:
        if not self.to and not self.reason.strip():
            raise ValueError(
                f"{self.was} goes nowhere: say in ‘to’ what it is now, or give the ‘reason’ it was dropped"
            )
        return self


@dataclass(frozen=True, slots=True)
class Line:
    """One quality statement by one evidence category: what a partner rates."""

    ref: str
    theme: Theme
    statement: Statement
    category: Category

    @property
    def in_words(self) -> str:
        """The line by its titles, such as ‘Safe and effective staffing: feedback from staff and leaders’."""
        return f"{self.statement.title}: {self.category.title[:1].lower()}{self.category.title[1:]}"

    @property
    def with_ref(self) -> str:
        """The line by its titles, its reference in brackets."""
        return f"{self.in_words} ({self.ref})"


class Framework(DataModel):
    """Themes, statements and categories with their sources, and how far each wording was verified."""

    id: str
    title: Title
    version: str
    dated: datetime.date
    description: str
    sources: tuple[str, ...] = Field(min_length=1)
    notes: tuple[str, ...] = ()
    categories: tuple[Category, ...] = Field(alias="category", min_length=1)
    themes: tuple[Theme, ...] = Field(alias="theme", min_length=1)
    moves: tuple[StatementMove, ...] = Field((), alias="moved")

    @model_validator(mode="after")
    def _codes_and_titles_are_unambiguous(self) -> Self:
        refuse_repeats("category code", [category.code for category in self.categories])
        refuse_repeats("theme title", [words(theme.title) for theme in self.themes])
        refuse_repeats("statement code", [statement.code for statement in self.statements])
        refuse_repeats("statement title", [words(statement.title) for statement in self.statements])
        refuse_repeats("move from", [f"{move.was} {move.version or ''}".strip() for move in self.moves])
        codes = {statement.code for statement in self.statements}
        for move in self.moves:
            if unknown := set(move.to) - codes:
                raise ValueError(f"{move.was} moved to statements that are not there: {sorted(unknown)}")
        category_codes = {category.code for category in self.categories}
        for statement in self.statements:
            if unknown := set(statement.categories or ()) - category_codes:
                raise ValueError(
                    f"statement {statement.code} asks for categories that are not there: {sorted(unknown)}"
                )
        return self

    def __hash__(self) -> int:
        """Hash by what names it: its content is fixed once read."""
        return hash((self.id, self.version))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements in the framework's order."""
        return tuple(statement for theme in self.themes for statement in theme.statements)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in the framework's order: every statement by every category that applies to it."""
        return tuple(
            Line(f"{statement.code}-{category.code}", theme, statement, category)
            for theme in self.themes
            for statement in theme.statements
            for category in self.categories
            if statement.categories is None or category.code in statement.categories
        )

    @cached_property
    def line_by_ref(self) -> dict[str, Line]:
        """The lines by their reference, such as ``Q1-PEX``."""
        return {line.ref: line for line in self.lines}

    @cached_property
    def statement_by_code(self) -> dict[str, Statement]:
        """The statements by their code."""
        return {statement.code: statement for statement in self.statements}

    def lines_of(self, statements: frozenset[str]) -> tuple[Line, ...]:
        """Give the lines of these statement codes, in the framework's order."""
        return tuple(line for line in self.lines if line.statement.code in statements)


def framework_ids() -> list[str]:
    """Give the ids of all frameworks that ship with the program."""
    return list(shipped_ids("frameworks"))


@cache
def framework(framework_id: str) -> Framework:
    """Give the framework with this id.

    Raises ``KeyError`` where there is none, and ``Refusal`` with file, line and reason where its file is faulty.
    """
    path = shipped_ids("frameworks")[framework_id]
    return load(path, Framework)
