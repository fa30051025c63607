"""Text as people type it: made comparable, made safe to write, made short enough to show."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u200e\u200f"))
_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
)
# Characters that XML 1.0 cannot hold, or that would take command of a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_A_WORD = re.compile(r"[^\w]+")
# The same for plain English text, many times as fast: all but letters, digits and underlines become spaces.
_PLAIN_WORDS: dict[int, str | None] = {
    number: None if chr(number) in "'`" else " "
    for number in range(128)
    if not (chr(number).isalnum() or chr(number) == "_")
}


def clean(text: str) -> str:
    """Give the text without control characters and lone surrogates, its line ends as ``\\n``.

    Every file we write holds text cleaned so: a lone surrogate would lose a whole workbook.
    """
    if text.isprintable():
        return text
    return _CONTROL.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Give the text in the form in which two spellings of the same words are equal.

    Capitals, kinds of quotation marks, dashes and spaces, and invisible characters do not matter: ``fold(" N–A ")`` is
    ``"n-a"``. What was asked for is remembered.
    """
    return fold_once(text)


def fold_once(text: str) -> str:
    """Give the same as ``fold``, without remembering it: for texts that are rarely met again."""
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_ALIKE)
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=16_384)
def words(text: str) -> str:
    """Give the folded text with everything but letters and digits taken out: for comparing titles.

    ``words("Housing & health")`` is ``"housing and health"``. What was asked for is remembered: titles come again and
    again.
    """
    return words_once(text)


def words_once(text: str) -> str:
    """Give the same as ``words``, without remembering it: for texts that are rarely met again."""
    if text.isascii():
        return " ".join(text.lower().replace("&", " and ").translate(_PLAIN_WORDS).split())
    return _NOT_A_WORD.sub(" ", fold_once(text).replace("&", " and ").replace("'", "")).strip()


def is_blank(text: str) -> bool:
    """Tell whether nothing can be seen of the text: spaces of any kind and invisible characters only."""
    return not (text[:1].isalnum() or text.translate(_INVISIBLE).strip())


def clip(text: str, length: int = 80) -> str:
    """Give the text on one line, cut to at most ``length`` characters with an ellipsis."""
    line = " ".join(clean(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def listing(items: list[str], joiner: str = "and", most: int = 12) -> str:
    """Give the items as people list them, ‘a, b and c’; more than ``most`` end in ‘… and 5 more’."""
    if len(items) > most:
        return ", ".join(items[:most]) + f" {joiner} {len(items) - most} more"
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {joiner} {items[-1]}"


def count(number: int, one: str, many: str = "") -> str:
    """Give ‘1 return’, ‘8 returns’."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
