"""Why a file could not be read."""

import enum


class Reason(enum.StrEnum):
    """The kinds of file that cannot be read."""

    EMPTY_FILE = "empty file"
    PASSWORD = "password"
    DAMAGED = "damaged"
    CUT_OFF = "cut off"
    NOT_A_WORKBOOK = "not a workbook"
    UNSAFE = "unsafe"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    NO_SHEETS = "no sheets"
    MISSING = "not there"


class Unreadable(Exception):
    """A file that could not be read: the reason, and in plain words what was found."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
