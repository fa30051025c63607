"""The description of an adopted template: its columns, cover and words, made of what was found; and its file."""

import tomlkit

from icsassess.adopting.understanding.corrections import LEAVE_OUT
from icsassess.adopting.understanding.cover import cover_labels
from icsassess.adopting.understanding.model import Understanding, UnderstoodColumn
from icsassess.adopting.understanding.rating_words import means
from icsassess.domain.rag import NOT_APPLICABLE, NOT_ASSESSED
from icsassess.excel.reading.appearance.workbook import Appearance
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.template.adopted_layout import Layout
from icsassess.returns.template.model import FRAMEWORK_TEXT, OWN, CoverField, ReturnTemplate, TemplateColumn
from icsassess.returns.template.sources import default_template
from icsassess.support.text import words

_WIDTH = 20.0
_WIDEST = 255.0
_HEAD = """\
A template made from another locality's workbook, by `icsassess adopt`. Its sheets are described in layout.json beside
it, and blank.xlsx shows what is issued. To change how the workbook was understood, correct corrections.toml and run
the command again."""
_COMMENTS = {
    "lines_missing": "Lines of the framework that its sheets have no place for.",
    "ratings": "Its rating words, and what each means; empty where nobody has said.",
}


def describe(
    name: str, version: str, understood: Understanding, layout: Layout, appearance: Appearance | None
) -> ReturnTemplate:
    """Give the template: what a return on it is issued from and read by."""
    default = default_template()
    with_lines = {table.sheet.title for table in understood.tables} | {
        matrix.sheet.title for matrix in understood.matrices
    }
    cover = {box.sheet for box in understood.cover}
    unanswered = [sheet.title for sheet in layout.sheets if sheet.title not in with_lines | cover and not sheet.of]
    return ReturnTemplate.model_validate(
        {
            "id": name,
            "version": version,
            "title": default.title,
            "description": "Adopted from another locality's workbook.",
            "framework": understood.framework.id,
            "column": _columns(understood, default, appearance),
            "statuses": _statuses(understood, default),
            "cover": _cover(understood),
            "ratings": _ratings(understood),
            "matrix": understood.cells,
            "left_alone": unanswered,
            "lines_missing": understood.missing,
        }
    )


def _columns(understood: Understanding, default: ReturnTemplate, appearance: Appearance | None) -> list[TemplateColumn]:
    """Give the columns in the order in which they stand, each once; a matrix has its cells' fields instead."""
    columns: list[TemplateColumn] = []
    for one in understood.columns:
        if one.field != LEAVE_OUT and not _has_column(columns, one):
            titles = _titles(understood, one)
            taken = {
                words(title) for other in understood.columns if other.field != one.field for title in (other.title,)
            }
            columns.append(_column(one, titles, taken, default, appearance))
    if not columns or understood.matrices:
        described = {column.field for column in columns}
        fields = ["statement", "category", *understood.cells]
        columns += [column for column in default.columns if column.field in fields and column.field not in described]
    return columns


def _has_column(columns: list[TemplateColumn], one: UnderstoodColumn) -> bool:
    if one.field not in (OWN, FRAMEWORK_TEXT):
        return any(column.field == one.field for column in columns)
    return any(words(column.title) == words(one.title) for column in columns)


def _titles(understood: Understanding, one: UnderstoodColumn) -> list[str]:
    """Give the headings that a column has on the workbook's sheets, its own first."""
    if one.field in (OWN, FRAMEWORK_TEXT):
        return [one.title]
    return list(dict.fromkeys(other.title for other in understood.columns if other.field == one.field and other.title))


def _column(
    one: UnderstoodColumn, titles: list[str], taken: set[str], default: ReturnTemplate, appearance: Appearance | None
) -> TemplateColumn:
    widths = appearance.sheets[one.sheet].widths if appearance and one.sheet in appearance.sheets else {}
    width = min(widths.get(one.column, _WIDTH), _WIDEST)
    if one.field == OWN:
        return TemplateColumn(field="own", title=one.title, kind="text", width=width, prompt="")
    if one.field == FRAMEWORK_TEXT:
        return TemplateColumn(field="framework", title=one.title, kind="label", width=width, prompt="")
    usual = default.column_by_field[one.field]
    title = titles[0] if titles else usual.title
    others = [other for other in (*titles, usual.title, *usual.aliases) if words(other) not in {*taken, words(title)}]
    changes = {"title": title, "aliases": tuple(dict.fromkeys(others)), "width": width, "prompt": ""}
    return usual.model_copy(update=changes)


def _cover(understood: Understanding) -> list[CoverField]:
    usual: dict[str, CoverField] = {box.field: box for box in cover_labels()}
    boxes = [box for box in understood.cover if box.field in usual]
    return [
        usual[box.field].model_copy(update={"title": box.title, "aliases": _spellings(usual[box.field], box.title)})
        for box in boxes
    ]


def _spellings(usual: CoverField, title: str) -> tuple[str, ...]:
    return tuple(other for other in (usual.title, *usual.aliases) if words(other) != words(title))


def _statuses(understood: Understanding, default: ReturnTemplate) -> dict[str, tuple[str, ...]]:
    """Give the program's words for an action's status, each with its spellings and that of the workbook's own list."""
    offered = {status_of(word, default.statuses): word for word in understood.statuses}
    return {
        name: tuple(dict.fromkeys([*spellings, offered.get(name, name)]))
        for name, spellings in default.statuses.items()
    }


def _ratings(understood: Understanding) -> dict[str, str]:
    """Give the rating words of the workbook with what they mean (‘’ where nobody said), none where they are ours.

    They are those of its drop-down list or, where it has none, those whose meaning the reader said.
    """
    if understood.offered:
        listed = {word: understood.ratings.get(word, ("", 0))[0] for word in understood.offered}
        return listed if any(word != meant for word, meant in listed.items()) else {}
    corrected = {word: meant for word, (meant, _) in understood.ratings.items() if meant and not means(word)}
    return corrected | {name: name for name in (NOT_APPLICABLE, NOT_ASSESSED)} if corrected else {}


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
