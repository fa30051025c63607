"""What partners do to a table's headings."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.support.maltreatment.draft import FIELDS, TITLES, Draft, Item, Row
from tests.support.maltreatment.labels import mistyped
from tests.support.maltreatment.registry import HEADINGS, maltreatment

_ALIASES = {
    "ref": ["Reference", "Ref no.", "No.", "ID", "REF"],
    "statement": ["Statement", "CQC quality statement", "QS", "Quality Statement "],
    "category": ["Category", "Type of evidence", "Evidence Categories"],
    "evidence": ["What evidence do you hold?", "Evidence held", "Our evidence", "EVIDENCE", "Evidence (describe)"],
    "kept": ["Location", "Where held", "Where is it kept?", "Link"],
    "evidence_date": ["Date", "Date of evidence", "Evidence date (dd/mm/yy)"],
    "rag": ["RAG rating", "Rating", "R/A/G", "RAG status", "RAG Rating 2023/24"],
    "reason": ["Rationale", "Why?", "Comments", "Reason"],
    "gap": ["Gaps", "Gaps identified", "What is missing?"],
    "action": ["Actions", "Action plan", "Next steps", "Action required"],
    "owner": ["Lead", "Who", "Action owner", "Responsible"],
    "due": ["By when", "Deadline", "Target date", "Due"],
    "action_status": ["Status", "Progress", "Status of action"],
}
_OWN_WORDS = {
    "evidence": ["What we can show", "How do we know?", "Proof", "What have we got"],
    "kept": ["Find it here", "Folder", "Filed under", "Where to look"],
    "evidence_date": ["How old", "When written", "Dated", "As of"],
    "rag": ["How are we doing?", "Traffic light", "Our score", "Judgement"],
    "reason": ["Explanation", "Notes on the score", "Background", "Because"],
    "gap": ["Shortfalls", "What we lack", "Not there yet", "Weaknesses"],
    "action": ["To do", "What we plan", "Improvement", "What happens next"],
    "owner": ["Name of lead", "Person", "Contact person", "Role"],
    "due": ["Finish by", "Finish date", "Planned completion", "To be done by"],
    "action_status": ["How far", "Where are we", "Done?", "RAG of action progress"],
    "ref": ["Line number", "Item", "Key"],
    "statement": ["Standard", "CQC statement heading", "Domain"],
    "category": ["Kind", "Source of evidence", "CQC category"],
}


def _rename(draft: Draft, rng: Random, share: float, renamed: Callable[[str, str], str]) -> None:
    names = {name: rng.random() < share for name in FIELDS}
    words = {name: renamed(name, TITLES[name]) for name in FIELDS if names[name]}
    for _, row in draft.rows("heading", "repeat"):
        for item in row.items:
            if item.field in words:
                item.value = words[item.field]


@maltreatment(HEADINGS)
def headings_by_their_aliases(draft: Draft, rng: Random) -> None:
    _rename(draft, rng, 0.6, lambda name, title: rng.choice(_ALIASES[name]))


@maltreatment(HEADINGS)
def headings_misspelt(draft: Draft, rng: Random) -> None:
    _rename(draft, rng, 0.4, lambda name, title: mistyped(rng, title) if len(title) > 4 else title.lower())


@maltreatment(HEADINGS)
def headings_in_own_words(draft: Draft, rng: Random) -> None:
    _rename(draft, rng, 0.3, lambda name, title: rng.choice(_OWN_WORDS[name]))


@maltreatment(HEADINGS)
def headings_over_two_rows(draft: Draft, rng: Random) -> None:
    groups = {
        "evidence": "Evidence",
        "kept": "Evidence",
        "evidence_date": "Evidence",
        "action": "Action plan",
        "owner": "Action plan",
        "due": "Action plan",
        "action_status": "Action plan",
    }
    below = {
        "evidence": "Description",
        "kept": "Where kept",
        "evidence_date": "Date",
        "action": "Action",
        "owner": "Owner",
        "due": "Due date",
        "action_status": "Status",
    }
    for page in draft.pages:
        at, heading = next((at, row) for at, row in enumerate(page.rows) if row.kind == "heading")
        upper = Row("upper", [Item(None, item.field) for item in heading.items])
        last = ""
        for over, under in zip(upper.items, heading.items, strict=True):
            if over.field in groups and str(under.value) == TITLES[over.field]:
                if groups[over.field] != last:
                    over.value = last = groups[over.field]
                under.value = below[over.field]
            else:
                over.value, under.value = under.value, None
                over.note, over.note_token, under.note, under.note_token = under.note, under.note_token, None, ""
                page.merges.append((over, under))
        page.rows.insert(at, upper)
