"""Titles of columns are spelled in the models, and nowhere else in the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import icsassess
from icsassess.tables import models, titles, validation

PACKAGE = Path(icsassess.__file__).parent
# Those that are no word of everyday English, in which nothing but the column can be meant.
DISTINCT = (
    titles.SUGGESTED_RAG,
    titles.AGREED_RAG,
    titles.AGREED_REASON,
    titles.CHANGED_SINCE_AGREED,
    titles.WHY_A_GAP,
    titles.NO_PROPOSAL_FROM,
    titles.ACCOUNTABLE,
    titles.EVIDENCED_BY,
    titles.DATE_EVIDENCED,
)


def files_that_spell(title: str) -> list[str]:
    """Give the files with a string that is the title or has it in it."""
    spelled = []
    for path in sorted(PACKAGE.rglob("*.py")):
        texts = (
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if any(title in text for text in texts):
            spelled.append(path.relative_to(PACKAGE).as_posix())
    return spelled


@pytest.mark.parametrize("title", DISTINCT)
def test_a_title_is_spelled_in_its_model_alone(title: str) -> None:
    assert files_that_spell(title) in (["tables/models/merge.py"], ["tables/models/returns.py"])


def test_the_columns_to_type_in_are_named_by_the_models_fields() -> None:
    assert titles.AGREED_TITLES.items() <= validation.titles(models.Lines).items()
    assert titles.ACTION_TITLES.items() <= validation.titles(models.Actions).items()
    assert titles.GAP_TITLES.items() <= validation.titles(models.Gaps).items()
