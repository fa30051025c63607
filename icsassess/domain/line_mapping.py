"""Frameworks move: what a statement of an earlier version is now, from the ``[[moved]]`` tables of the newer framework.

In one framework a code that no table names stays what it was. Codes of another framework mean something else: of these
only what the tables name has a place. A statement that takes over another and stays itself is named too, from its own
code to its own code: what is only moved to was not there before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from icsassess.domain.framework import Framework, Moved, Statement


class Edition(NamedTuple):
    """A framework in one of its versions."""

    id: str
    version: str


class Now(NamedTuple):
    """Where a line of an earlier version is now: its lines, none where it has no place; and the reason for that."""

    refs: tuple[str, ...]
    split: bool = False
    reason: str = ""


def follows(current: Framework, earlier: Edition) -> bool:
    """Tell whether a framework says what became of the statements of this earlier one."""
    if earlier == Edition(current.id, current.version):
        return False
    return any(_speaks_of(moved, earlier) for moved in current.moved)


def _speaks_of(moved: Moved, earlier: Edition) -> bool:
    return moved.was.partition("/")[0] == earlier.id and moved.version in (None, earlier.version)


@lru_cache(maxsize=16)
def _moves(current: Framework, earlier: Edition) -> dict[str, Moved]:
    """Give the moves from an earlier edition by the code there; one that names the version counts before others."""
    if not follows(current, earlier):
        return {}
    there = sorted(
        (moved for moved in current.moved if _speaks_of(moved, earlier)), key=lambda moved: bool(moved.version)
    )
    return {moved.was.partition("/")[2]: moved for moved in there}


def line_now(current: Framework, earlier: Edition, ref: str) -> Now:
    """Give where a line of an earlier edition is now."""
    code, _, category = ref.rpartition("-")
    moves = _moves(current, earlier)
    if code not in moves:
        stays = earlier.id == current.id and ref in current.line_by_ref
        return Now((ref,)) if stays else Now((), reason="the framework does not say what became of it")
    moved = moves[code]
    refs = tuple(found for to in moved.to if (found := f"{to}-{category}") in current.line_by_ref)
    if not refs:
        return Now((), reason=moved.reason or f"{' and '.join(moved.to)} has no such evidence category")
    return Now(refs, split=len(moved.to) > 1)


def codes_now(current: Framework, earlier: Edition, code: str) -> tuple[str, ...]:
    """Give what a statement of an earlier edition is now, none where it has no place."""
    moved = _moves(current, earlier).get(code)
    if moved is not None:
        return moved.to
    return (code,) if earlier.id == current.id and code in current.statement_by_code else ()


@lru_cache(maxsize=16)
def as_it_was(current: Framework, earlier: Edition) -> Framework:
    """Give the earlier edition as far as the newer one tells it: to read what was made with it."""
    moves = _moves(current, earlier)
    targets = {code for moved in moves.values() for code in moved.to} - set(moves)
    themes = []
    for number, theme in enumerate(current.themes):
        kept = tuple(
            one for one in theme.statements
            if earlier.id == current.id and one.code not in targets and one.code not in moves
        )  # fmt: skip
        codes = {one.code for one in theme.statements}
        came = tuple(
            _statement(code, moved, current)
            for code, moved in moves.items()
            if (moved.to[0] in codes if moved.to else number == 0)
        )
        if kept or came:
            themes.append(theme.model_copy(update={"statements": (*kept, *came)}))
    changes = {"id": earlier.id, "version": earlier.version, "themes": tuple(themes), "moved": ()}
    return Framework.model_construct(**{**dict(current), **changes})


def _statement(code: str, moved: Moved, current: Framework) -> Statement:
    """Give a statement as it was: with its own title and wording where they are told, else those of what it is now."""
    now = current.statement_by_code[moved.to[0]] if len(moved.to) == 1 else None
    title = moved.title or (now.title if now else code)
    return Statement(
        code=code,
        title=title,
        aliases=tuple(name for name in (*now.aliases, now.title) if name != title) if now else (),
        we_statement=moved.we_statement or (now.we_statement if now else ""),
        verified=moved.verified or (now.verified if now else "U"),
        categories=now.categories if now else None,
        same_as=None,
    )


def in_words(current: Framework, earlier: Edition) -> list[str]:
    """Say what became of the statements of an earlier edition, a clause for each that moved."""
    said = []
    for code, moved in _moves(current, earlier).items():
        if not moved.to:
            said.append(f"{code} was dropped ({moved.reason})")
        elif len(moved.to) > 1:
            said.append(f"{code} was split into {' and '.join(moved.to)}")
        elif moved.to[0] != code:
            said.append(f"{code} is now {moved.to[0]}")
    return said
