"""Something in a workbook's package that a spreadsheet program does not write there."""

from typing import NamedTuple


class Oddity(NamedTuple):
    """The part of the package (``xl/worksheets/sheet3.xml``) and what is wrong with it, in words.

    ``acts`` tells what can act or hide something from what can be read in two ways.
    """

    part: str
    why: str
    acts: bool = False
