"""What a cell and a sheet's title can hold (Excel specifications and limits)."""

from __future__ import annotations

import re

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""

LONGEST_SHEET_TITLE = 31
"""UTF-16 units of a sheet's title."""

NOT_IN_SHEET_TITLES = re.compile(r"[\[\]:*?/\\]")
"""Characters that no sheet's title may hold."""
