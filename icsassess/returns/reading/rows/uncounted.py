"""Rows that say themselves that they do not count: examples that were left in, and what a newer row supersedes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from icsassess.returns.reading.rows.entry import TypedRow

_EXAMPLE = re.compile(
    r"\s*[\[(]?\s*(?:e\.?\s?g\.?|for example|example|worked example|sample)\s*[:.\-–)\]]", re.IGNORECASE
)
_ONLY_EXAMPLE = re.compile(
    r"\s*[\[(]?\s*(?:worked |an? )?(?:example|sample)(?: row| only| line)?\s*[\])]?\s*", re.IGNORECASE
)
_NOT_USED = (
    r"superse?ded|replaced|withdrawn|do not use|not used|old(?: version| row| entry)?|obsolete|deleted?|removed|"
    r"duplicate|ignore(?: this)?(?: row)?|void|cancelled|no longer (?:valid|applies|used|in use)"
)
_SUPERSEDED = re.compile(
    rf"\s*[\[(]?\s*(?:now |this row is |row |entry )?(?:{_NOT_USED})"
    r"(?:\s*[-–:(]?\s*(?:by|see|in|since|on|from|row|line|as of)\b.{0,30})?\s*[\])!.]*\s*",
    re.IGNORECASE,
)
_LONGEST = 60
_STRUCK = "(all of it struck through)"
_BEGIN_AN_EXAMPLE = frozenset("eEfFwWsSaA[( ")


def why_uncounted(row: TypedRow) -> str:
    """Give the words by which a row says that it does not count, ‘’ where it counts."""
    struck = [problem for problem in row.problems if problem.code == "text-struck-through"]
    if len(struck) > 1 and len(struck) >= sum(1 for text in row.values.values() if text):
        return _STRUCK
    evidence = row.values["evidence"]
    if evidence[:1] in _BEGIN_AN_EXAMPLE and (_EXAMPLE.match(evidence) or _ONLY_EXAMPLE.fullmatch(evidence)):
        return evidence
    for label in row.labels.values():
        if label and _says_so(label):
            return label
    own = [text.partition(": ")[2] or text for text in row.own]
    said = [text for text in (row.values["action_status"], row.values["reason"], *own) if text and len(text) < _LONGEST]
    return next((text for text in said if not _EXAMPLE.match(text) and _says_so(text)), "")


@lru_cache(maxsize=8_192)  # the same labels and statuses stand in every return
def _says_so(text: str) -> bool:
    patterns = (_EXAMPLE.match, _ONLY_EXAMPLE.fullmatch, _SUPERSEDED.fullmatch)
    return any(matches(text) is not None for matches in patterns)


_UNUSED = ("rag", "gap", "action", "owner", "due", "action_status")


def uncounted(row: TypedRow) -> TypedRow:
    """Give such a row with nothing in it that could count: its rating and action stand beside it as texts."""
    own = [f"{name.replace('_', ' ').capitalize()}: {row.values[name]}" for name in _UNUSED if row.values[name]]
    values = row.values | dict.fromkeys(_UNUSED, "")
    return replace(row, values=values, fill="", own=[*own, *row.own])
