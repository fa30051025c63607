"""The words of the Guidance sheet of a blank return that come from no data file."""

from icsassess.domain.personal_data import CANNOT_SEE

TITLE = "Guidance"
SUBTITLE = "What to do, what the words mean, an example. One table follows: your {statements}."
TO_DO = "What to do"
CATEGORIES = "What belongs under each evidence category"
RATINGS = "What the ratings mean"
STATUSES = "What the words for an action mean"
PERSONAL_DATA = "Personal data"
LEAVE_OUT = "What to leave out"
EXAMPLE = "A worked example: one row, from left to right"
IN_FULL = "The quality statements in full"
RATES_THE_EVIDENCE = "It rates the evidence you hold, not how good the service is. There is no national definition."
NOBODY_IDENTIFIED = (
    "Please leave out anything that could identify a patient, a resident or a member of staff: write roles, not names. "
    f"We look for NHS numbers when a return comes in, but we rely on you for the rest. {CANNOT_SEE}"
)
FIXED = (
    *(TITLE, SUBTITLE.format(statements=" quality statements"), SUBTITLE.format(statements=" quality statement")),
    *(
        TO_DO,
        CATEGORIES,
        RATINGS,
        STATUSES,
        PERSONAL_DATA,
        LEAVE_OUT,
        EXAMPLE,
        IN_FULL,
        RATES_THE_EVIDENCE,
        NOBODY_IDENTIFIED,
    ),
)
"""All of them."""
