"""Writing a template's description as the text file that it is kept in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.toml_files import quoted, quoted_list

_HEAD = """\
# A template made from another locality's workbook, by `icsassess adopt`. Its sheets are described in layout.json beside
# it, and blank.xlsx shows what is issued. To change how the workbook was understood, correct corrections.toml and run
# the command again.

"""


def as_toml(template: ReturnTemplate) -> str:
    """Give the template's file; reading it gives the same template."""
    lines = [
        *_pairs(
            {
                "id": template.id,
                "version": template.version,
                "title": template.title,
                "description": template.description,
                "framework": template.framework,
            }
        ),
        f"matrix = {quoted_list(template.matrix)}",
        f"left_alone = {quoted_list(template.sheets_without_answers)}",
        "# Lines of the framework that its sheets have no place for.",
        f"lines_missing = {quoted_list(template.lines_missing)}",
    ]
    for column in template.every_column:
        lines += ["", "[[column]]", *_pairs(_changed(column))]
    lines += ["", "[statuses]", *_pairs(template.statuses)]
    for box in template.cover:
        lines += ["", "[[cover]]", *_pairs(_changed(box))]
    lines += [
        "",
        "# Its rating words, and what each means; empty where nobody has said.",
        "[ratings]",
        *_pairs(template.ratings),
    ]
    return _HEAD + "\n".join(lines) + "\n"


def _changed(model: BaseModel) -> dict[str, Any]:
    """Give what differs from the defaults."""
    return model.model_dump(exclude_defaults=True, by_alias=True)


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        key = name if name.isidentifier() and name.isascii() else quoted(name)
        if isinstance(value, str):
            yield f"{key} = {quoted(value)}"
        elif isinstance(value, bool):
            yield f"{key} = {str(value).lower()}"
        elif isinstance(value, (list, tuple)):
            yield f"{key} = {quoted_list(value)}"
        else:
            yield f"{key} = {value}"
