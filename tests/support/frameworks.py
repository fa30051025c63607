"""Frameworks for tests: a made-up one with its newer version, in which statements were renamed, split, merged and
dropped, and a small part of a real one."""

from __future__ import annotations

from typing import Any

from icsassess.domain.framework import Framework

OLD_ID = "made-up"
CATEGORIES = [{"code": "DOC", "title": "Documents"}, {"code": "TALK", "title": "Conversations"}]
# Code and title; the theme is the first letter's.
EARLIER_TITLES = {
    "A1": "Care at home",
    "A2": "Care in hospital",
    "B1": "Teams",
    "B2": "Training",
    "B3": "Parking",
    "B4": "Money",
}
CURRENT_TITLES = {
    "A1": "Care in hospital and clinics",  # was A2: the code was given to another statement
    "A5": "Care wherever people live",  # was A1
    "B1": "Small teams",  # B1 was split
    "B5": "Large teams",
    "B4": "Money and training",  # B2 and B4 were merged
    "C1": "Something new",
}
MOVED: list[dict[str, Any]] = [
    {"from": "made-up/A1", "version": "1", "title": "Care at home", "to": ["A5"]},
    {"from": "made-up/A2", "version": "1", "title": "Care in hospital", "to": ["A1"]},
    {"from": "made-up/B1", "version": "1", "title": "Teams", "to": ["B1", "B5"]},
    {"from": "made-up/B2", "version": "1", "title": "Training", "to": ["B4"]},
    {"from": "made-up/B4", "version": "1", "title": "Money", "to": ["B4"]},
    {"from": "made-up/B3", "version": "1", "title": "Parking", "reason": "it is asked for elsewhere"},
]


for _moved in MOVED:
    _moved["we_statement"] = f"We do {_moved['title']}."


def made_up(version: str = "1", **changes: Any) -> Framework:
    """Give the framework: as it was in version 1, else as it is now, with what became of version 1."""
    titles = EARLIER_TITLES if version == "1" else CURRENT_TITLES
    themes = [
        {
            "code": letter,
            "title": f"Theme {letter}",
            "grouping_verified": "U",
            "statement": [
                {"code": code, "title": title, "we_statement": f"We do {title}.", "verified": "U"}
                for code, title in titles.items()
                if code[0] == letter
            ],
        }
        for letter in sorted({code[0] for code in titles})
    ]
    content = {
        "id": OLD_ID,
        "title": "A made-up framework",
        "version": version,
        "dated": "2023-01-01",
        "description": "Made up.",
        "sources": ["Nobody"],
        "category": CATEGORIES,
        "theme": themes,
        "moved": [] if version == "1" else MOVED,
    }
    return Framework.model_validate({**content, **changes})


def small_framework(whole: Framework, codes: set[str], version: str) -> Framework:
    """Give the framework with a few statements only, as a small exercise would use it."""
    themes = []
    for theme in whole.themes:
        if statements := tuple(statement for statement in theme.statements if statement.code in codes):
            themes.append(theme.model_copy(update={"statements": statements}))
    return Framework.model_construct(**{**dict(whole), "themes": tuple(themes), "version": version})
