"""Writing a template's description as the text file that it is read from."""

from __future__ import annotations

import tomlkit

from icsassess.returns.template.model import ReturnTemplate

_HEAD = """\
A template made from another locality's workbook, by `icsassess adopt`. Its sheets are described in layout.json beside
it, and blank.xlsx shows what is issued. To change how the workbook was understood, correct corrections.toml and run
the command again."""
_COMMENTS = {
    "lines_missing": "Lines of the framework that its sheets have no place for.",
    "ratings": "Its rating words, and what each means; empty where nobody has said.",
}


def as_toml(template: ReturnTemplate) -> str:
    """Give the template's file; reading it gives the same template."""
    document = tomlkit.document()
    for line in _HEAD.splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    content = template.model_dump(exclude_defaults=True, by_alias=True)
    # Tables come last: what stands below the heading of one belongs to it.
    for key in sorted(content, key=lambda key: isinstance(content[key], dict) or key in ("column", "cover")):
        item = tomlkit.item(content[key])
        if comment := _COMMENTS.get(key):
            item.comment(comment)
        document.add(key, item)
    return tomlkit.dumps(document)
