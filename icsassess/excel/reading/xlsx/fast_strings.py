"""Shared strings as most programs write them: one run each, without a font of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from icsassess.excel.reading.xlsx.fast_elements import NOT_ALLOWED, TEXT, resolve_text

_STRINGS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?>' + TEXT + rb"</t></si>)++")
_EACH = re.compile(r"<t[^>]*>([^<]*)")


class StringScanner:
    """Reads plain strings; ``add`` takes them, ``between_strings`` says where the parser stands."""

    opening, closing = b"<si>", b"</si>"

    def __init__(self, add: Callable[[list[str]], None], between_strings: Callable[[], bool]) -> None:
        self._add = add
        self.may_consume = between_strings

    def consume(self, data: bytes, at: int) -> int:
        """Read the plain strings that follow one another from ``at`` on; give where the first other thing begins."""
        match = _STRINGS.match(data, at)
        if match is None or any(wrong in match[0] for wrong in NOT_ALLOWED):
            return at
        try:
            together = match[0].decode("utf-8")
        except UnicodeDecodeError:
            return at
        strings = _EACH.findall(together)
        if "&" in together or "_x" in together:
            strings = [resolve_text(string) for string in strings]
        self._add(strings)
        return match.end()
