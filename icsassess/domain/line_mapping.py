"""Frameworks move: what a statement of an earlier version is now, from the ``[[moved]]`` tables of the newer framework.

In one framework a code that no table names stays what it was. Codes of another framework mean something else: of these
only what the tables name has a place. A statement that takes over another and stays itself is named too, from its own
code to its own code: what is only moved to was not there before.
"""

from functools import lru_cache
from typing import NamedTuple

from icsassess.domain.framework import Framework, Statement, StatementMove


class Edition(NamedTuple):
    """A framework in one of its versions."""

    id: str
    version: str


class LineMapping(NamedTuple):
    """Where a line of an earlier version is now: its lines, none where it has no place; and the reason for that."""

    refs: tuple[str, ...]
    split: bool = False
    reason: str = ""


def has_mapping_from(current: Framework, earlier: Edition) -> bool:
    """Tell whether a framework says what became of the statements of this earlier one."""
    if earlier == Edition(current.id, current.version):
        return False
    return any(_speaks_of(move, earlier) for move in current.moves)


def _speaks_of(move: StatementMove, earlier: Edition) -> bool:
    return move.was.partition("/")[0] == earlier.id and move.version in (None, earlier.version)


@lru_cache(maxsize=16)
def _moves(current: Framework, earlier: Edition) -> dict[str, StatementMove]:
    """Give the moves from an earlier edition by the code there; one that names the version counts before others."""
    if not has_mapping_from(current, earlier):
        return {}
    applicable = sorted(
        (move for move in current.moves if _speaks_of(move, earlier)), key=lambda move: bool(move.version)
    )
    return {move.was.partition("/")[2]: move for move in applicable}


def map_line(current: Framework, earlier: Edition, ref: str) -> LineMapping:
    """Give where a line of an earlier edition is now."""
    code, _, category = ref.rpartition("-")
    moves = _moves(current, earlier)
    if code not in moves:
        stays = earlier.id == current.id and ref in current.line_by_ref
        return LineMapping((ref,)) if stays else LineMapping((), reason="the framework does not say what became of it")
    move = moves[code]
    refs = tuple(current_ref for to in move.to if (current_ref := f"{to}-{category}") in current.line_by_ref)
    if not refs:
        return LineMapping((), reason=move.reason or f"{' and '.join(move.to)} has no such evidence category")
    return LineMapping(refs, split=len(move.to) > 1)


def map_statement(current: Framework, earlier: Edition, code: str) -> tuple[str, ...]:
    """Give what a statement of an earlier edition is now, none where it has no place."""
    move = _moves(current, earlier).get(code)
    if move is not None:
        return move.to
    return (code,) if earlier.id == current.id and code in current.statement_by_code else ()


@lru_cache(maxsize=16)
def previous_edition(current: Framework, earlier: Edition) -> Framework:
    """Give the earlier edition as far as the newer one tells it: to read what was made with it."""
    moves = _moves(current, earlier)
    targets = {code for move in moves.values() for code in move.to} - set(moves)
    themes = []
    for number, theme in enumerate(current.themes):
        staying = tuple(
            one for one in theme.statements
            if earlier.id == current.id and one.code not in targets and one.code not in moves
        )  # fmt: skip
        codes = {one.code for one in theme.statements}
        came = tuple(
            _statement(code, move, current)
            for code, move in moves.items()
            if (move.to[0] in codes if move.to else number == 0)
        )
        if staying or came:
            themes.append(theme.model_copy(update={"statements": (*staying, *came)}))
    changes = {"id": earlier.id, "version": earlier.version, "themes": tuple(themes), "moves": ()}
    return Framework.model_construct(**{**dict(current), **changes})


def _statement(code: str, move: StatementMove, current: Framework) -> Statement:
    """Give a statement as it was: with its own title and wording where they are told, else those of what it is now."""
    target = current.statement_by_code[move.to[0]] if len(move.to) == 1 else None
    title = move.title or (target.title if target else code)
    return Statement(
        code=code,
        title=title,
        aliases=tuple(name for name in (*target.aliases, target.title) if name != title) if target else (),
        we_statement=move.we_statement or (target.we_statement if target else ""),
        verified=move.verified or (target.verified if target else "U"),
        categories=target.categories if target else None,
        same_as=None,
    )


def describe_moves(current: Framework, earlier: Edition) -> list[str]:
    """Say what became of the statements of an earlier edition, a clause for each that moved."""
    clauses = []
    for code, move in _moves(current, earlier).items():
        if not move.to:
            clauses.append(f"{code} was dropped ({move.reason})")
        elif len(move.to) > 1:
            clauses.append(f"{code} was split into {' and '.join(move.to)}")
        elif move.to[0] != code:
            clauses.append(f"{code} is now {move.to[0]}")
    return clauses
