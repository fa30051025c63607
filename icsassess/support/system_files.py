"""Files that systems and programs leave in folders and archives, which nobody put there."""

import re

_PATTERN = re.compile(r"^(~\$.*|\.~lock.*|\..*|Thumbs\.db|desktop\.ini|__MACOSX)$", re.IGNORECASE)


def is_of_the_system(name: str) -> bool:
    """Say whether a file or folder of this name is a temporary, lock or hidden one, such as '~$return.xlsx'."""
    return bool(_PATTERN.match(name))
