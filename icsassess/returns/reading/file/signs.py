"""The signs of whose a return is: what its properties, its cover, its name and its folder say, and whom that names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from rapidfuzz import fuzz, process

from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Locality, Partner
from icsassess.locality.sender import addresses_of
from icsassess.returns.reading.file.cover import Cover
from icsassess.support.text import clip, words

PROPERTIES, COVER, ORGANISATION = "the file's properties", "the Cover's partner", "the Cover's organisation"
SENDER, NAME, FOLDER = "the mail's sender", "the file's name", "its folder"
ENVELOPE = "the name of the mail or archive that it came in"
_ALIKE = 88
_ALIKE_WITHIN = 92
_LONG = 7  # characters of a name from which on a misspelt one is looked for in a file's name
_SHORT = 2  # characters of a code up to which it may be an ordinary word: ‘at’, ‘it’
_IN_ADDRESS = 3  # characters that a name within an address has more of
_SHOWN = 60
_ENVELOPE = re.compile(r"\.[A-Za-z0-9]{2,4}$")
_SEPARATORS = re.compile(r"[_\-.]+")
# Parts of an address on the web that stand in names of files ('com.example.www.xls') and are no partner's code.
_OF_AN_ADDRESS = re.compile(
    r"(?<![^\W_])(?:com|org|net|www|co|gov|nhs|ac|edu)(?=\.\w)|(?<=\w\.)(?:com|org|net|www|uk)\b"
)


class Sign(NamedTuple):
    """One sign: where it stands, its text, and the partners that it names; ``faint`` where that may be chance."""

    source: str
    text: str
    partners: tuple[Partner, ...]
    faint: bool = False

    def __str__(self) -> str:
        """Give the sign as a sentence quotes it."""
        return f"{self.source} ‘{clip(self.text, _SHOWN)}’"


def signs_of(workbook: Workbook, cover: Cover, name: str, locality: Locality) -> list[Sign]:
    """Give all signs that a file has: those that people typed first, then its own.

    ``name`` is the file's path relative to the locality's folder.
    """
    typed = {
        COVER: cover.answer("partner"),
        PROPERTIES: workbook.custom_properties.get("icsassess.partner", ""),
        ORGANISATION: cover.answer("organisation"),
    }
    path = PurePosixPath(name)
    signs = [Sign(source, text, tuple(_named_by(text, locality))) for source, text in typed.items() if text]
    signs.append(_in_name(path, locality))
    above = path.parts[1:-1] if path.parts[:1] == ("returns",) else ()
    for source, is_envelope in ((FOLDER, False), (ENVELOPE, True)):
        if names := [name for name in above if bool(_ENVELOPE.search(name)) is is_envelope]:
            named = _once(partner for name in names for partner in named_in(name, locality))
            signs.append(Sign(source, "/".join(names), tuple(named)))
    return signs


def sender_sign(name: str, address: str, locality: Locality) -> Sign | None:
    """Give the sign that a mail's sender is: by name, by address, or by the address's last part; None where none.

    An address that the settings give for a partner comes first.
    ‘Age UK Trafford’ and ‘quality@ageuktrafford.org.uk’ are both a partner called Age UK Trafford.
    """
    known = {each.casefold(): partner for partner in locality.partners for each in addresses_of(partner.email)}
    names = locality.partner_by_name
    domain = address.rpartition("@")[2]
    exact = known.get(address) or next(
        (names[text] for text in (words(name), words(address), words(domain)) if text in names), None
    )
    squeezed = {"".join(spelling.split()): partner for spelling, partner in names.items()}
    labels = [label.replace("-", "") for label in domain.split(".")]
    by_label = [squeezed[label] for label in labels if len(label) > _IN_ADDRESS and label in squeezed]
    partners = [exact] if exact else named_in(name, locality) or by_label[:1]
    return Sign(SENDER, " ".join(filter(None, (name, address))), tuple(partners)) if partners else None


def named_in(text: str, locality: Locality) -> list[Partner]:
    """Give the partners named in a text, such as a sheet's title, by code, name or alias as whole words.

    A longer name hides one inside it, and underscores, dashes and full stops part words as spaces do. A code of two
    letters counts only as it is written in the settings: ‘have a look at this’ does not name AT. The name of the
    locality or its system within a longer text names no partner.
    """
    text = _SEPARATORS.sub(" ", text)
    plain = words(text)
    begin = locality.partner_names_by_first_word
    maybe = [name for word in dict.fromkeys(plain.split()) for name in begin.get(word, ())]
    places = {words(locality.name), words(locality.settings.system)} - {plain}
    partners: list[Partner] = []
    rest = f" {plain} "
    for name in sorted(dict.fromkeys(maybe), key=lambda name: (-len(name), name)):
        if f" {name} " in rest and name not in places:
            rest = rest.replace(f" {name} ", "  ")
            partner = locality.partner_by_name[name]
            if len(name) > _SHORT or plain == name or _stands_as_written(name, partner, text):
                partners.append(partner)
    return list(_once(partners))


def _stands_as_written(name: str, partner: Partner, text: str) -> bool:
    spellings = {written for written in (partner.code, *partner.aliases) if words(written) == name}
    return any(re.search(rf"(?<![^\W_]){re.escape(written)}(?![^\W_])", text) for written in spellings)


def _named_by(text: str, locality: Locality) -> Iterable[Partner]:
    """Find the partners that an answer names: to the letter, as a part of it (‘ABC (North site)’), or misspelt."""
    plain, names = words(text), locality.partner_by_name
    if plain in names:
        return [names[plain]]
    if partners := named_in(text, locality):
        return partners
    near = process.extractOne(plain, [name for name in names if len(name) > 5], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return [names[near[0]]] if near else []


def _in_name(path: PurePosixPath, locality: Locality) -> Sign:
    """Give the sign that a file's name is; a code of two letters in small ones is a faint one."""
    stem = _OF_AN_ADDRESS.sub(" ", path.stem)
    if partners := named_in(stem, locality):
        return Sign(NAME, path.name, tuple(partners))
    plain, names = words(_SEPARATORS.sub(" ", stem)), locality.partner_by_name
    long = [name for name in names if _LONG < len(name) <= len(plain) + 1]
    if near := process.extractOne(plain, long, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE_WITHIN):
        return Sign(NAME, path.name, (names[near[0]],))
    faint = _once(names[word] for word in plain.split() if word in names)
    return Sign(NAME, path.name, tuple(faint), faint=True)


def _once(partners: Iterable[Partner]) -> Iterator[Partner]:
    return iter({partner.code: partner for partner in partners}.values())
