"""Whether it is known whom a return's marked copy goes to."""

from __future__ import annotations

from icsassess.returns.reading.rows.entry import ReadReturn

WITHOUT_A_RECIPIENT = frozenset(
    {"partner-contradiction", "partner-not-one", "organisation-contradiction", "organisation-unclear"}
)
"""The kinds of point that leave open whose a return is: until that is settled nobody gets it back."""


def may_be_handed_back(read: ReadReturn) -> bool:
    """Tell whether a return's marked copy may be written: never one that might reach somebody else."""
    return not any(problem.code in WITHOUT_A_RECIPIENT for problem in read.problems)
