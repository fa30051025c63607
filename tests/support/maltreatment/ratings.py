"""What partners do to ratings: other spellings, two at once, stories, colours."""

from __future__ import annotations

from random import Random

from tests.support.maltreatment.draft import FILLS, LABELS, Draft, Item
from tests.support.maltreatment.registry import CELLS, expect, maltreatment, sample, typed_items

_SPELLINGS = {
    "Red": [
        "Red",
        "R",
        "red.",
        "RED!",
        "🔴",
        "Red - gap",
        " red ",
        "\u00a0Red",
        "Red\n",
        "r",
        "🟥 Red",
        "R\u200bed",
        "RED - no evidence",
        "RAG: Red",
    ],
    "Amber": [
        "Amber",
        "A",
        "Amb",
        "Yellow",
        "Y",
        "Orange",
        "🟠",
        "🟡",
        "AMBER",
        "amber ",
        "(Amber)",
        "Amber.",
        "Amber: partial",
        "Rated amber",
        "Ambr",
    ],
    "Green": [
        "Green",
        "G",
        "Gr",
        "Grn",
        "🟢",
        "GREEN",
        "green\u00a0",
        "Green!",
        "\u200bGreen",
        "Green – checked",
        "Gren",
        "Overall green",
        "green,",
    ],
    "Not applicable": ["N/A", "NA", "n.a.", "not applicable", "n/a", "Not Applicable", "N/A - no beds here", "N\\A"],
    "Not assessed": ["not assessed", "not started", "TBC", "?", "-", "–", "Not yet assessed", "tbc", "NOT ASSESSED"],
}
_BETWEEN = {
    "Amber/Green": "Amber", "A/G": "Amber", "Green-Amber": "Amber", "Amber/Red": "Red", "A/R": "Red",
    "Red/Amber": "Red", "R/A": "Red", "Amber - Green": "Amber", "green / amber": "Amber", "Amber & Green": "Amber",
    "Green or Amber": "Amber", "🟠🟢": "Amber", "Red, Amber": "Red", "Amber to Green": "", "AMBER/GREEN": "Amber",
}  # fmt: skip
_STORIES = [
    "R/A/G",
    "Amber moving to Green",
    "A->G",
    "Red (was Amber)",
    "3",
    "2",
    "Blue",
    "Green → Amber",
    "not red",
    "see below",
    "Amber until March",
    "RAG",
    "Green?",
    "4",
    "Red now amber",
]


@maltreatment(CELLS)
def ratings_in_every_spelling(draft: Draft, rng: Random) -> None:
    for item in sample(rng, typed_items(draft, "rag"), 0.8):
        name = rng.choice(list(_SPELLINGS))
        item.value = rng.choice(_SPELLINGS[name])
        expect(item, name)
        if name == "Not applicable" and item.value == "N/A - no beds here" and "reason" not in item.entry.values:
            _expect_reason(item, "no beds here")


def _expect_reason(item: Item, words: str) -> None:
    assert item.entry is not None
    item.entry.values["reason"] = words


@maltreatment(CELLS)
def ratings_between_two(draft: Draft, rng: Random) -> None:
    for item in sample(rng, typed_items(draft, "rag")):
        item.value = rng.choice(list(_BETWEEN))
        expect(item, _BETWEEN[str(item.value)])


@maltreatment(CELLS)
def ratings_that_tell_a_story(draft: Draft, rng: Random) -> None:
    for item in sample(rng, typed_items(draft, "rag"), 0.3):
        item.value = rng.choice(_STORIES)
        if str(item.value).isdigit() and rng.random() < 0.5:
            item.value = int(str(item.value))
        expect(item, "")


@maltreatment(CELLS)
def colour_without_the_word(draft: Draft, rng: Random) -> None:
    pale = {"Red": "FFC7CE", "Amber": "FFEB9C", "Green": "C6EFCE"}
    for item in sample(rng, typed_items(draft, "rag"), 0.6):
        name = str(item.value)
        if name in FILLS:
            item.fill, item.value = rng.choice([FILLS, pale])[name], None


@maltreatment(CELLS)
def only_a_coloured_cell(draft: Draft, rng: Random) -> None:
    """A line of which nothing is filled in but the colour of its rating."""
    for _, row in draft.rows("line", "added"):
        if row.entry is not None and row.entry.values.get("rag") in FILLS and rng.random() < 0.3:
            entry = row.entry
            entry.values = {"rag": entry.values["rag"]}
            for item in row.items:
                if item.field not in LABELS:
                    item.value = None
                if item.field == "rag":
                    item.fill = FILLS[str(entry.values["rag"])]


@maltreatment(CELLS)
def word_against_colour(draft: Draft, rng: Random) -> None:
    for item in sample(rng, typed_items(draft, "rag")):
        if item.value in FILLS:
            item.fill = FILLS[rng.choice(list(FILLS))]


@maltreatment(CELLS)
def statuses_in_other_words(draft: Draft, rng: Random) -> None:
    other_words = {
        "Not started": ["Not Started", "not yet started", "Open", "To do", "planned", "0%"],
        "In progress": [
            "Ongoing",
            "on-going",
            "WIP",
            "In Progress.",
            "underway",
            "on track",
            "Started",
            "in-progress",
            "50%",
        ],
        "Delivered": ["Complete", "completed", "Done", "closed", "DELIVERED", "Finished!", "100% complete"],
    }
    for item in sample(rng, typed_items(draft, "action_status"), 0.7):
        if item.value in other_words:
            item.value = rng.choice(other_words[str(item.value)])
