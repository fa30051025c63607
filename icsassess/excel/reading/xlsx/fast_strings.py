"""Shared texts as nearly all programs write them: one run each, without a look of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from icsassess.excel.container.xml import unescape

if TYPE_CHECKING:
    from icsassess.excel.reading.xlsx.shared_strings import SharedStrings

_CHARACTERS = rb"[^<&\x00-\x08\x0b-\x1f]*+"
_TEXT = _CHARACTERS + rb"(?:&(?:amp|lt|gt|quot|apos);" + _CHARACTERS + rb")*+"
_TEXTS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?>' + _TEXT + rb"</t></si>)++")
_EACH = re.compile(r"<t[^>]*>([^<]*)")
_NOT_ALLOWED = (b"\xef\xbf", b"]]>")  # what the parser refuses: the last two characters of a plane, a stray section end
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_ROOT = 1  # depth within the table itself


class PlainTexts:
    """Takes plain texts and adds them to the table of texts."""

    begins, ends = b"<si>", b"</si>"

    def __init__(self, table: SharedStrings) -> None:
        self._table = table

    def may_take(self) -> bool:
        """Say whether the parser stands between two texts."""
        return self._table.depth == _ROOT

    def take(self, data: bytes, at: int) -> int:
        """Take the plain texts that follow one another from a place on; give where the first other thing begins."""
        found = _TEXTS.match(data, at)
        if found is None or any(wrong in found[0] for wrong in _NOT_ALLOWED):
            return at
        try:
            together = found[0].decode("utf-8")
        except UnicodeDecodeError:
            return at
        texts = _EACH.findall(together)
        if "&" in together:
            texts = [_resolved(text) for text in texts]
        if "_x" in together:
            texts = [unescape(text) for text in texts]
        self._table.add(texts)
        return found.end()


def _resolved(text: str) -> str:
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text
