"""The description of an adopted template: its columns, cover and words, made of what was found."""

from __future__ import annotations

from icsassess.adopting.understanding.corrections import LEFT_OUT
from icsassess.adopting.understanding.cover import known_labels
from icsassess.adopting.understanding.model import Found, FoundColumn
from icsassess.adopting.understanding.rating_words import means
from icsassess.domain.rag import NOT_APPLICABLE, NOT_ASSESSED
from icsassess.excel.reading.appearance.workbook import Appearance
from icsassess.locality.locality import Settings
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.template.adopted_layout import Layout
from icsassess.returns.template.model import OWN, TOLD, CoverField, ReturnTemplate, TemplateColumn, return_template
from icsassess.support.text import words

_WIDTH = 20.0
_WIDEST = 255.0


def describe(name: str, version: str, found: Found, layout: Layout, appearance: Appearance | None) -> ReturnTemplate:
    """Give the template: what a return on it is issued from and read by."""
    known = return_template(str(Settings.model_fields["template"].default))
    with_lines = {table.sheet.title for table in found.tables} | {matrix.sheet.title for matrix in found.matrices}
    cover = {box.sheet for box in found.cover}
    left_alone = [sheet.title for sheet in layout.sheets if sheet.title not in with_lines | cover and not sheet.of]
    return ReturnTemplate.model_validate(
        {
            "id": name,
            "version": version,
            "title": known.title,
            "description": "Adopted from another locality's workbook.",
            "framework": found.framework.id,
            "column": _columns(found, known, appearance),
            "statuses": _statuses(found, known),
            "cover": _cover(found),
            "ratings": _ratings(found),
            "matrix": found.cells,
            "left_alone": left_alone,
            "lines_missing": found.missing,
        }
    )


def _columns(found: Found, known: ReturnTemplate, appearance: Appearance | None) -> list[TemplateColumn]:
    """Give the columns in the order in which they stand, each once; a matrix has its cells' fields instead."""
    columns: list[TemplateColumn] = []
    for one in found.columns:
        if one.field != LEFT_OUT and not _is_there(columns, one):
            titles = _titles(found, one)
            taken = {words(title) for other in found.columns if other.field != one.field for title in (other.title,)}
            columns.append(_column(one, titles, taken, known, appearance))
    if not columns or found.matrices:
        there = {column.field for column in columns}
        fields = ["statement", "category", *found.cells]
        columns += [column for column in known.columns if column.field in fields and column.field not in there]
    return columns


def _is_there(columns: list[TemplateColumn], one: FoundColumn) -> bool:
    if one.field not in (OWN, TOLD):
        return any(column.field == one.field for column in columns)
    return any(words(column.title) == words(one.title) for column in columns)


def _titles(found: Found, one: FoundColumn) -> list[str]:
    """Give the headings that a column has on the workbook's sheets, its own first."""
    if one.field in (OWN, TOLD):
        return [one.title]
    return list(dict.fromkeys(other.title for other in found.columns if other.field == one.field and other.title))


def _column(
    one: FoundColumn, titles: list[str], taken: set[str], known: ReturnTemplate, appearance: Appearance | None
) -> TemplateColumn:
    widths = appearance.sheets[one.sheet].widths if appearance and one.sheet in appearance.sheets else {}
    width = min(widths.get(one.column, _WIDTH), _WIDEST)
    if one.field == OWN:
        return TemplateColumn(field="own", title=one.title, kind="text", width=width, prompt="")
    if one.field == TOLD:
        return TemplateColumn(field="framework", title=one.title, kind="label", width=width, prompt="")
    usual = known.column_by_field[one.field]
    title = titles[0] if titles else usual.title
    others = [other for other in (*titles, usual.title, *usual.aliases) if words(other) not in {*taken, words(title)}]
    changes = {"title": title, "aliases": tuple(dict.fromkeys(others)), "width": width, "prompt": ""}
    return usual.model_copy(update=changes)


def _cover(found: Found) -> list[CoverField]:
    usual: dict[str, CoverField] = {box.field: box for box in known_labels()}
    boxes = [box for box in found.cover if box.field in usual]
    return [
        usual[box.field].model_copy(update={"title": box.title, "aliases": _spellings(usual[box.field], box.title)})
        for box in boxes
    ]


def _spellings(usual: CoverField, title: str) -> tuple[str, ...]:
    return tuple(other for other in (usual.title, *usual.aliases) if words(other) != words(title))


def _statuses(found: Found, known: ReturnTemplate) -> dict[str, tuple[str, ...]]:
    """Give the program's words for an action's status, each with its spellings and that of the workbook's own list."""
    theirs = {status_of(word, known.statuses): word for word in found.statuses}
    return {
        name: tuple(dict.fromkeys([*spellings, theirs.get(name, name)])) for name, spellings in known.statuses.items()
    }


def _ratings(found: Found) -> dict[str, str]:
    """Give the rating words of the workbook with what they mean (‘’ where nobody said), none where they are ours.

    They are those of its drop-down list or, where it has none, those whose meaning the reader said.
    """
    if found.offered:
        listed = {word: found.ratings.get(word, ("", 0))[0] for word in found.offered}
        return listed if any(word != meant for word, meant in listed.items()) else {}
    said = {word: meant for word, (meant, _) in found.ratings.items() if meant and not means(word)}
    return said | {name: name for name in (NOT_APPLICABLE, NOT_ASSESSED)} if said else {}
