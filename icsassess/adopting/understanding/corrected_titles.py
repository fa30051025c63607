"""Headings and titles as the program knows them, after those that the reader named for this workbook."""

from collections.abc import Mapping

from icsassess.adopting.understanding.corrections import Corrections
from icsassess.domain.framework import Framework, Theme, framework
from icsassess.domain.problems import Refusal, make_problem
from icsassess.returns.template.model import FRAMEWORK_TEXT, OWN, ReturnTemplate, TemplateColumn
from icsassess.returns.template.sources import default_template
from icsassess.support.text import listing, words


def headings_with_corrections(corrections: Corrections) -> ReturnTemplate:
    """Give the program's own template, its columns also known by the headings that the reader named."""
    default = default_template()
    if not corrections.columns:
        return default
    named = {words(heading): field for heading, field in corrections.columns.items()}
    columns = [
        column.model_copy(
            update={
                "title": column.title if words(column.title) not in named else f"{column.title} (as in {default.id})",
                "aliases": (
                    *(heading for heading, field in corrections.columns.items() if field == column.field),
                    *(alias for alias in column.aliases if words(alias) not in named),
                ),
            }
        )
        for column in default.columns
    ]
    others = [heading for heading, field in corrections.columns.items() if field in (OWN, FRAMEWORK_TEXT, "leave out")]
    own = [TemplateColumn(field="own", title=heading, kind="text", width=20, prompt="") for heading in others]
    return ReturnTemplate.model_construct(
        **{**dict(default), "every_column": (*columns, *own), "version": f"{default.version} as corrected"}
    )


def framework_with_corrections(framework_id: str, corrections: Corrections) -> Framework:
    """Give the framework, its statements and categories also known by the titles that the reader named.

    Raises ``Refusal`` where the reader named a code that the framework does not have.
    """
    whole = framework(framework_id)
    if not corrections.statements and not corrections.categories:
        return whole
    _check_codes("statements", corrections.statements, [statement.code for statement in whole.statements], whole)
    _check_codes("categories", corrections.categories, [category.code for category in whole.categories], whole)
    themes = tuple(_theme(theme, corrections.statements) for theme in whole.themes)
    categories = tuple(
        category.model_copy(update={"aliases": _named(corrections.categories, category.code, category.aliases)})
        for category in whole.categories
    )
    return Framework.model_construct(**{**dict(whole), "themes": themes, "categories": categories})


def _theme(theme: Theme, named: Mapping[str, str]) -> Theme:
    statements = tuple(
        statement.model_copy(update={"aliases": _named(named, statement.code, statement.aliases)})
        for statement in theme.statements
    )
    return theme.model_copy(update={"statements": statements})


def _named(named: Mapping[str, str], code: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return (*(title for title, meant in named.items() if meant == code), *aliases)


def _check_codes(setting: str, named: Mapping[str, str], codes: list[str], whole: Framework) -> None:
    for title, code in named.items():
        if code and code not in codes:
            expected = f"The {setting} of {whole.id} are {listing(codes, most=40)}."
            raise Refusal(
                make_problem("setting-wrong", sheet="corrections.toml", found=setting, value=f"‘{code}’ for ‘{title}’",
                      expected=expected)
            )  # fmt: skip
