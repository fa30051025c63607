"""What adopting gave, with the contract's keys."""

from __future__ import annotations

from icsassess.adopting.adopt import Adopted
from icsassess.adopting.understanding.corrections import LEFT_OUT
from icsassess.domain.personal_data import mask
from icsassess.excel.cells.addresses import column_letter
from icsassess.returns.template.model import OWN, TOLD


def adopted_as_json(made: Adopted) -> dict[str, object]:
    """Give the document that ``adopt --json`` prints."""
    found = made.found
    understood: list[dict[str, object]] = []
    not_understood: list[dict[str, object]] = []
    for column in found.columns:
        place: dict[str, object] = {"title": mask(column.title), "sheet": column.sheet}
        letter = column_letter(column.column)
        if column.known:
            field = column.field if column.field not in (OWN, TOLD, LEFT_OUT) else None
            understood.append(place | {"column": letter, "field": field, "how": column.how or None})
        else:
            not_understood.append(place | {"cells": column.cells, "column": letter, "travels": column.field == OWN})
    for table in found.tables:
        for _, text, _ in table.unmatched:
            not_understood.append({"title": mask(text), "sheet": table.sheet.title, "cells": 1})
    for matrix in found.matrices:
        letter = column_letter(matrix.label_column)
        for name in matrix.fields:
            understood.append(
                {"title": "", "sheet": matrix.sheet.title, "column": letter, "field": name, "how": "matrix"}
            )
    for box in found.cover:
        letter = column_letter(box.column)
        understood.append(
            {"title": mask(box.title), "sheet": box.sheet, "column": letter, "field": box.field, "how": "cover"}
        )
    return {
        "template": made.template.id,
        "version": made.template.version,
        "framework": found.framework.id,
        "folder": made.folder.as_posix(),
        "understood": understood,
        "not_understood": not_understood,
        "ratings": [
            {"word": mask(word), "rating": meant or None, "cells": times}
            for word, (meant, times) in found.ratings.items()
        ],
        "lines": {"found": len(found.lines), "of": len(found.framework.lines), "missing": found.missing},
        "names_kept": [mask(text) for text in made.names_kept],
        "removed": dict(made.removed),
    }
