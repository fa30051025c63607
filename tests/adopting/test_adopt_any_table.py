"""Whatever known headings a table has, in whatever order and below whatever title: every column is understood."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from icsassess.adopting.adopt import adopt
from icsassess.returns.template.model import return_template
from tests.support.adopted import parts_with
from tests.support.foreign_layouts import TRACER, as_bytes, body, lines

COLUMNS = {column.field: (column.title, *column.aliases) for column in return_template("stockport").columns}
TYPED = [name for name in COLUMNS if name not in ("ref", "statement", "category")]


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Give columns as (field, heading): the labels, a rating or evidence, and any others, in any order."""
    others = draw(st.lists(st.sampled_from(TYPED), unique=True, min_size=2))
    if not {"rag", "evidence"} & set(others):
        others.append(draw(st.sampled_from(["rag", "evidence"])))
    fields = draw(st.permutations(["statement", "category", *others]))
    return [(name, draw(st.sampled_from(COLUMNS[name]))) for name in fields]


@settings(max_examples=15)
@given(columns=tables(), rows_above=st.integers(0, 4), own=st.booleans())
def test_every_known_heading_is_understood_and_nothing_typed_goes_over(
    columns: list[tuple[str, str]], rows_above: int, own: bool
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, rows_above + 1):
        sheet.cell(row, 1, f"{TRACER} says {row}")
    headings = [heading for _, heading in columns] + (["Neighbourhood team"] if own else [])
    body(sheet, rows_above + 1, headings)
    for number, (statement, category) in enumerate(lines("Q1 Q2"), rows_above + 2):
        typed = {"statement": statement.title, "category": category.title, "rag": "Red"}
        texts = [typed.get(name, f"{TRACER} {name} {number}") for name, _ in columns]
        body(sheet, number, texts + ([f"{TRACER} team"] if own else []))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source.xlsx"
        path.write_bytes(as_bytes(book))
        made = adopt(path, "source", Path(folder), "cqc-ics-2023")
        assert len(made.understood.lines) == 12
        understood = [(column.field, column.title) for column in made.understood.columns]
        assert understood == columns + ([("own", "Neighbourhood team")] if own else [])
        assert parts_with(made.folder / "blank.xlsx", TRACER) == []
