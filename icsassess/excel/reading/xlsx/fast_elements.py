"""Taking elements straight from a part's bytes where they are written as nearly all programs write them.

An XML parser calls back for every tag, and these calls are most of what reading a workbook costs. Rows of cells and
shared texts nearly always look alike to the byte. Whoever takes them tells by a pattern that leaves no byte of an
element unexplained: no entity but XML's own five, no comment, no prefix, no attribute unknown. Everything else goes to
the parser as ever, and so does all that stands around them; the parser's word on where it stands is asked before
anything is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

_LONGEST = 256 * 1024
"""Bytes of one element; longer ones are the parser's, which counts what it holds."""
_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb'<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")?\s*\?>'
)
_DECLARES, _INSTRUCTS = b"<!", b"<?"  # comments, sections and document types; processing instructions


class Taker(Protocol):
    """Takes the elements of one name."""

    begins: bytes
    """How one begins, such as ``b'<row '``."""
    ends: bytes
    """How one ends, such as ``b'</row>'``."""

    def may_take(self) -> bool:
        """Say whether the parser stands where such elements belong, and within none of them."""

    def take(self, data: bytes, at: int) -> int:
        """Take the whole elements that follow one another from a place on; give where the first not taken begins."""


def without_taken(chunks: Iterable[bytes], taker: Taker) -> Iterator[bytes]:
    """Give a part's bytes, for the parser, without the elements that ``taker`` took.

    The parser must have been given each piece before it asks for the next: the order of the elements stays as it is.
    """
    pieces = iter(chunks)
    rest = next(pieces, b"")
    at = rest.find(taker.begins)
    if at >= 0 and _is_plain(rest[:at]):
        yield rest[:at]
        while taker.may_take():
            at = taker.take(rest, at)
            end = rest.find(taker.ends, at)
            if end >= 0 and rest.startswith(taker.begins, at):
                end += len(taker.ends)
                if _DECLARES in rest[at:end] or _INSTRUCTS in rest[at:end]:
                    break
                yield rest[at:end]
                at = end
                continue
            whole = len(rest) - at >= len(taker.begins)
            if len(rest) - at > _LONGEST or (whole and not rest.startswith(taker.begins, at)):
                break
            more = next(pieces, None)
            if more is None:
                break
            rest, at = rest[at:] + more, 0
    else:
        at = 0
    yield rest[at:]
    yield from pieces


def _is_plain(front: bytes) -> bool:
    """Say whether what stands before the first element is UTF-8 and holds nothing that could hide elements."""
    declaration = _DECLARATION.match(front)
    if declaration is not None:
        front = front[declaration.end() :]
    return _DECLARES not in front and _INSTRUCTS not in front
