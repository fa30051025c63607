"""Text of a file whose encoding nobody says: by its mark, by what it can be, else as programs usually write."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
_SAMPLE = 65_536
WINDOWS = "cp1252"
"""How Excel on Windows in western Europe and America writes plain CSV."""
MAC = "mac_roman"
"""How Excel on a Mac writes 'CSV (Macintosh)', with line ends that nothing else has."""


def decode(data: bytes) -> tuple[str, str] | None:
    """Give a file's text and its encoding; None where it is no text.

    A mark at the beginning says it; without, text in UTF-16 has a zero in every second byte, and what is not valid
    UTF-8 was written by a program for Windows, or by one for the Mac where each line ends as only those do.
    """
    encoding = _by_mark(data) or _by_zeros(data)
    if encoding is None:
        try:
            text, encoding = data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            encoding = MAC if b"\r" in data and b"\n" not in data else WINDOWS
            text = data.decode(encoding, "replace")
    else:
        text = data.decode(encoding, "replace")
    text = text.lstrip("\ufeff")
    return (text, encoding) if _is_text(text) else None


def _by_mark(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _by_zeros(data: bytes) -> str | None:
    sample = data[:2_000]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 4 or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.35 and even < len(sample) * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.35 and odd < len(sample) * 0.1 else None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    strange = len(_NOT_TEXT.findall(sample)) + sample.count("\ufffd")
    return bool(sample.strip()) and strange * 50 <= len(sample)
