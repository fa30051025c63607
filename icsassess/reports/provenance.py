"""Where a page or a paper comes from: merge, as-at date, framework, rules in force, sign-off. The same for both."""

from __future__ import annotations

from icsassess.assessment.output.headlines import day_in_words
from icsassess.support.text import listing
from icsassess.version import VERSION
from icsassess.view.assessment_view import View
from icsassess.view.meanings import RULE, meanings
from icsassess.workbook.signing.accepted import accepted_sentences
from icsassess.workbook.signing.latest_merge import NewestMerge


def origin(latest: NewestMerge, view: View) -> list[tuple[str, str]]:
    """Give what was reported on and by which rules, as pairs of label and text."""
    locality = latest.merged.locality
    framework = locality.framework
    return [
        ("Merge", f"{latest.name}; its workbook is in the folder merged"),
        ("As at", day_in_words(latest.merged.as_at)),
        ("Framework", f"{framework.title}, version {framework.version} ({framework.id})"),
        ("Rules in force", "; ".join(rules_of_choice(view))),
        ("Sign-off", sign_off_in_words(latest)),
        *([(accepted_heading(latest), " ".join(accepted))] if (accepted := accepted_at_signing(latest)) else []),
        ("Marking", locality.settings.marking),
        ("Made with", f"icsassess {VERSION}"),
    ]


def rules_of_choice(view: View) -> list[str]:
    """Give the rules in force that a locality chooses: how ratings combine, and how old evidence may be."""
    return [word for subject, word, _ in meanings(view) if subject == RULE][:2]


def sign_off_in_words(latest: NewestMerge) -> str:
    """Say whether this very merge is signed, by whom and with which code; and what was signed before."""
    if latest.signed is not None:
        return f"{latest.signed.in_words}."
    if latest.seal_broken:
        return "Not certain: what lies in signed-off is not as it was signed. icsassess verify says what differs."
    role = latest.merged.locality.settings.sign_off.role
    text = f"Not signed. To be signed by the {role}."
    if latest.signed_before is not None:
        text += f" Another state of it was signed: {latest.signed_before.in_words}."
    return text


def accepted_at_signing(latest: NewestMerge) -> list[str]:
    """Give what was accepted when this very merge was signed: what, how many, why, who follows it up until when."""
    return accepted_sentences(latest.signed.accepted) if latest.signed is not None else []


def accepted_heading(latest: NewestMerge) -> str:
    """Give what stands above it: where it was signed on another day than the as-at date, the counts are that day's."""
    day = latest.signed.signed_at.date() if latest.signed is not None else latest.merged.as_at
    counted = f", counted on {day_in_words(day)}" if day != latest.merged.as_at else ""
    return f"Accepted at signing{counted}"


def changes_since_merge(latest: NewestMerge) -> str:
    """Say what has changed since the merge, ``""`` where nothing has: its figures are then no longer the workbook's."""
    if not latest.since:
        return ""
    return (
        f"This is not the merge as it was written. Since then: {listing(list(latest.since))}. What follows takes that "
        f"in, so that it can differ from the workbook {latest.name}. Merge again before you hand it on."
    )
