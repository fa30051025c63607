"""On how many lines texts are set, counted for hundreds of texts at once: a register has hundreds of thousands."""

from collections.abc import Sequence

import numpy as np

from icsassess.excel.writing.streaming.row_heights import FIRST_WIDE, OTHER_WIDTH, SPACE, WIDE_WIDTH, WIDTH_OF

_BLANK = ord(" ")
_WIDTHS = np.full(0x10000, WIDE_WIDTH, dtype=np.int32)
_WIDTHS[: ord(FIRST_WIDE)] = OTHER_WIDTH
_WIDTHS[list(map(ord, WIDTH_OF))] = list(WIDTH_OF.values())


def count_lines(texts: Sequence[str], rooms: Sequence[float]) -> list[int]:
    """Give the number of lines that each text of words and spaces takes in its room, in thousandths of the type's size.

    0 where it has to be counted word by word: a word is longer than the line, or a character is beyond the usual ones.
    """
    codes = np.frombuffer(" ".join([*texts, ""]).encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    lengths = np.array([len(text) + 1 for text in texts])
    if lengths.sum() != len(codes):
        return [0] * len(texts)
    # Where each word ends, a space behind it, in the width of all that stands before; and which is each text's last.
    ends = np.cumsum(_WIDTHS[codes], dtype=np.int64)[np.flatnonzero(codes == _BLANK)]
    after = np.cumsum([text.count(" ") + 1 for text in texts])
    first = np.concatenate(([0], after[:-1]))
    begins = np.where(first > 0, ends[first - 1], 0)
    available = np.array(rooms) + SPACE  # the space behind a line's last word needs no room
    words = np.diff(ends, prepend=0)
    lines = np.zeros(len(texts), dtype=np.int64)
    open_texts = np.flatnonzero(np.maximum.reduceat(words, first) <= available)
    while open_texts.size:
        lines[open_texts] += 1
        reached = np.searchsorted(ends, begins[open_texts] + available[open_texts], side="right")
        more = reached < after[open_texts]
        open_texts = open_texts[more]
        begins[open_texts] = ends[reached[more] - 1]
    return lines.tolist()
