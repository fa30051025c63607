"""What partners do to what tells which line a row is: Refs and titles."""

from __future__ import annotations

from random import Random

from tests.support.maltreatment.draft import Draft
from tests.support.maltreatment.registry import LABEL_CELLS, maltreatment


@maltreatment(LABEL_CELLS)
def refs_deleted(draft: Draft, rng: Random) -> None:
    share = rng.choice([0.3, 1.0])
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and rng.random() < share:
            item.value = None


@maltreatment(LABEL_CELLS)
def refs_in_other_spelling(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and isinstance(item.value, str) and rng.random() < 0.6:
            ref = item.value
            item.value = rng.choice(
                [
                    ref.lower(),
                    ref.replace("-", ""),
                    ref.replace("-", " "),
                    ref.replace("-", "–"),
                    ref.replace("-", "_"),
                    f" {ref} ",
                    ref.replace("-", "/"),
                    ref.replace("-", "\u00a0- "),
                    f"{ref}.",
                    f"{ref}:",
                ]
            )


def mistyped(rng: Random, text: str) -> str:
    at = rng.randrange(len(text))
    kind = rng.randrange(4)
    letter = rng.choice("abcdefghijklmnoprstuvw")
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2:
        return text[:at] + letter + text[at + 1 :]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


@maltreatment(LABEL_CELLS)
def refs_mistyped(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and isinstance(item.value, str) and rng.random() < 0.2:
            item.value = mistyped(rng, item.value).upper()


@maltreatment(LABEL_CELLS)
def titles_mistyped(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        for name in ("statement", "category"):
            item = row.item(name)
            if item is not None and isinstance(item.value, str) and rng.random() < 0.4:
                item.value = mistyped(rng, item.value)


_OLDER = {
    "Equity in experiences and outcomes": "Equity in experience and outcomes",
    "Supporting people to live healthier lives": "Supporting people to lead healthier lives",
    "Safe systems, pathways and transitions": "Safe pathways, systems and transitions",
    "Learning culture": "Safety learning culture",
    "Environmental sustainability - sustainable development": "Environmental sustainability",
    "Care provision, integration and continuity": "Care provision, integration, and continuity",
    "Governance, management and sustainability": "Governance",
    "Workforce equality, diversity and inclusion": "Workforce EDI",
    "Freedom to speak up": "Speaking up",
    "Capable, compassionate and inclusive leaders": "Capable compassionate leaders",
    "People's experience": "Peoples experiences",
    "Feedback from staff and leaders": "Staff and leaders' feedback",
    "Feedback from partners": "Partners' feedback",
    "Observation": "Observations of care",
    "Processes": "Process",
    "Outcomes": "Outcomes/performance data",
}


@maltreatment(LABEL_CELLS)
def titles_in_older_wording(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        for name in ("statement", "category"):
            item = row.item(name)
            if item is not None and item.value in _OLDER and rng.random() < 0.7:
                item.value = _OLDER[str(item.value)]


@maltreatment(LABEL_CELLS)
def titles_with_more_around_them(draft: Draft, rng: Random) -> None:
    from icsassess.domain.framework import framework

    by_title = {statement.title: statement for statement in framework("cqc-ics-2023").statements}
    for _, row in draft.rows("line", "added"):
        item = row.item("statement")
        if item is not None and item.value in by_title and rng.random() < 0.7:
            framed = by_title[str(item.value)]
            title = framed.title
            item.value = rng.choice(
                [
                    f"1. {title}", f"QS3 {title}", f"{framed.code}: {title}", f"{framed.code} - {title}",
                    f"{title}: {framed.we_statement}", f"{title}\n{framed.we_statement}",
                    f"{title} ({framed.we_statement})",
                    f"{title} – {framed.we_statement}", f"2.3 {title}", title.upper(), f"{title}.",
                    f"Quality statement: {title}", f"{title} {framed.we_statement}",
                ]
            )  # fmt: skip
        category = row.item("category")
        if category is not None and isinstance(category.value, str) and rng.random() < 0.4:
            category.value = rng.choice(
                ["1) {}", "{}:", "a. {}", "{} (evidence)", "Evidence category: {}", "- {}"]
            ).format(category.value)


@maltreatment(LABEL_CELLS)
def only_the_first_row_of_a_block_is_labelled(draft: Draft, rng: Random) -> None:
    """The statement stands only in the first row of its block; the Ref, too, half the time."""
    refs = rng.random() < 0.5
    for page in draft.pages:
        last = None
        for row in page.of_kind("line", "added"):
            statement, ref = row.item("statement"), row.item("ref")
            if statement is None or statement.value is None:
                continue
            if statement.value == last:
                statement.value = None
                if refs and ref is not None:
                    ref.value = None
            else:
                last = statement.value


@maltreatment(LABEL_CELLS)
def titles_deleted(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        if rng.random() < 0.5:
            for name in ("statement", "category"):
                if (item := row.item(name)) is not None:
                    item.value = None


@maltreatment(LABEL_CELLS)
def ref_says_one_line_and_titles_another(draft: Draft, rng: Random) -> None:
    lines = [row.entry for _, row in draft.rows("line") if row.entry]
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and lines and rng.random() < 0.08:
            item.value = rng.choice(lines).ref
