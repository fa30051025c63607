"""The notes that a blank return carries: on a theme's sheet, and on the quality statements."""

from icsassess.domain.framework import VERIFIED_MEANS, Statement

ABOUT_THIS_SHEET = (
    "This is a sheet to work in. So it has what plainer sheets leave out: the headings and the first three columns "
    "stay in sight when you scroll, and the headings have filters. The quality statements carry notes; "
    "Guidance holds the same words as a table."
)


def we_statement(statement: Statement) -> str:
    """Give the statement in full for a note; says so where the wording was not read on the owner's own page."""
    text = f"{statement.code} {statement.title}\n{statement.we_statement}"
    return text if statement.verified == "V" else f"{text}\n(Wording: {VERIFIED_MEANS[statement.verified]}.)"
