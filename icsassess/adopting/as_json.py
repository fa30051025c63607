"""What adopting gave, with the contract's keys."""

from icsassess.adopting.adopt import Adopted
from icsassess.adopting.understanding.corrections import LEAVE_OUT
from icsassess.domain.personal_data import mask
from icsassess.excel.cells.addresses import column_letter
from icsassess.returns.template.model import FRAMEWORK_TEXT, OWN


def adopted_as_json(adopted: Adopted) -> dict[str, object]:
    """Give the document that ``adopt --json`` prints."""
    understood = adopted.understood
    recognised: list[dict[str, object]] = []
    unrecognised: list[dict[str, object]] = []
    for column in understood.columns:
        place: dict[str, object] = {"title": mask(column.title), "sheet": column.sheet}
        letter = column_letter(column.column)
        if column.understood:
            field = column.field if column.field not in (OWN, FRAMEWORK_TEXT, LEAVE_OUT) else None
            recognised.append(place | {"column": letter, "field": field, "how": column.how or None})
        else:
            unrecognised.append(place | {"cells": column.cells, "column": letter, "travels": column.field == OWN})
    for table in understood.tables:
        for _, text, _ in table.unmatched:
            unrecognised.append({"title": mask(text), "sheet": table.sheet.title, "cells": 1})
    for matrix in understood.matrices:
        letter = column_letter(matrix.label_column)
        for name in matrix.fields:
            recognised.append(
                {"title": "", "sheet": matrix.sheet.title, "column": letter, "field": name, "how": "matrix"}
            )
    for box in understood.cover:
        letter = column_letter(box.column)
        recognised.append(
            {"title": mask(box.title), "sheet": box.sheet, "column": letter, "field": box.field, "how": "cover"}
        )
    return {
        "template": adopted.template.id,
        "version": adopted.template.version,
        "framework": understood.framework.id,
        "folder": adopted.folder.as_posix(),
        "understood": recognised,
        "not_understood": unrecognised,
        "ratings": [
            {"word": mask(word), "rating": meant or None, "cells": times}
            for word, (meant, times) in understood.ratings.items()
        ],
        "lines": {"found": len(understood.lines), "of": len(understood.framework.lines), "missing": understood.missing},
        "names_kept": [mask(text) for text in adopted.names_to_review],
        "removed": dict(adopted.removed),
    }
