"""The names of gaps: the same for a line's gap in every merge."""

GAP_PREFIX = "G-"


def gap_id(ref: str) -> str:
    """Give the name of a line's gap: ``gap_id("Q1-PEX")`` is ``"G-Q1-PEX"``."""
    return GAP_PREFIX + ref


def is_gap_id(name: str) -> bool:
    """Tell whether a name is a gap's: rows of the group's own have none, or another."""
    return name.startswith(GAP_PREFIX)


def ref_of_gap(name: str) -> str:
    """Give the line of a gap; a name that is no gap's comes back as it is."""
    return name.removeprefix(GAP_PREFIX)
