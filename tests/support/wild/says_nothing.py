"""Words that say nothing: no evidence, no gap, no action, nobody."""

from __future__ import annotations

from tests.support.wild.case import Case
from tests.support.wild.registry import wild_return

_NOTHING = ["none", "N/A", "-", "tbc", "?", "Nil", "x", ".", "to follow", "To be confirmed", "nil return", "TBA"]


def _none(case: Case, fields: tuple[str, ...], words: list[str], only: str = "") -> None:
    for line, cells in case.plain():
        if only and line.rag != only:
            continue
        for name in fields:
            if name in line.values:
                cells[name].value = case.rng.choice(words)
                line.values[name] = cells[name].value if name in ("evidence", "kept") else ""
        if "evidence" in fields:
            cells["kept"].value = None
            line.values.pop("kept", None)
            case.named.append((cells["evidence"].parent.title, cells["evidence"].coordinate))


@wild_return
def no_evidence_under_green(case: Case) -> None:
    _none(case, ("evidence",), [*_NOTHING, "No evidence held", "none identified", "Nothing to report"], "Green")


@wild_return
def no_gap_and_no_action(case: Case) -> None:
    _none(case, ("gap", "action"), [*_NOTHING, "No gaps identified", "None identified", "no gap", "No action required"])


@wild_return
def no_owner(case: Case) -> None:
    _none(case, ("owner",), [*_NOTHING, "vacant", "Unknown", "not yet assigned", "To be agreed", "TBD", "vacancy"])


@wild_return
def placeholders(case: Case) -> None:
    _none(case, ("gap", "owner"), ["Select…", "[insert text]", "Please select", "Click here to enter text.", "<enter>"])


@wild_return
def evidence_elsewhere(case: Case) -> None:
    for line, cells in case.plain():
        said = case.rng.choice(["as above", "ditto", '"', "see Q1-STF", "↑", "same as last time", "As per row above"])
        cells["evidence"].value = line.values["evidence"] = said
        case.named.append((cells["evidence"].parent.title, cells["evidence"].coordinate))


@wild_return
def words_that_do_say_something(case: Case) -> None:
    """Must not fire: a gap or an action that begins with no or none, but says more."""
    for line, cells in case.plain():
        for name, text in (
            ("gap", "No interpreters in the survey"),
            ("action", "None of the wards was asked: ask them all"),
            ("owner", "Nil-by-mouth lead nurse"),
            ("evidence", "No evidence of harm in 40 cases reviewed"),
        ):
            if name in line.values:
                cells[name].value = line.values[name] = text
