"""A return has a row for every line it was asked for."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import ReturnLine


def titles_of(line: ReturnLine, context: Context) -> Words:
    """Give the line's titles and the permitted ratings, for its message."""
    of_framework = context.framework.line_by_ref[line.ref]
    return {
        "statement": of_framework.statement.title,
        "category": of_framework.category.title,
        "permitted": context.vocabulary.permitted,
    }


@rule("line-missing", ReturnLine, "ref", titles_of, unless_template_lacks="line")
def has_a_row(line: ReturnLine, context: Context) -> bool:
    """At least one row stands for the line."""
    return line.rows > 0
