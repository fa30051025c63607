"""Whose return it is, and whether it is this locality's: from the file's properties, its cover and its name."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from rapidfuzz import fuzz, process

from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Locality, Partner
from icsassess.locality.sender import addresses_of
from icsassess.returns.reading.file.cover import Cover
from icsassess.support.text import clip, fold, listing, words

_ALIKE = 88
_SEPARATORS = re.compile(r"[_\-.]+")
# Parts of an address on the web that stand in names of files ('com.example.www.xls') and are no partner's code.
_OF_AN_ADDRESS = re.compile(
    r"(?<![^\W_])(?:com|org|net|www|co|gov|nhs|ac|edu)(?=\.\w)|(?<=\w\.)(?:com|org|net|www|uk)\b"
)
# Known by its sheets where its properties were lost.
_OF_A_LOCALITY_WORKBOOK = frozenset({"heat map", "assessment", "sign-off"})


@dataclass(frozen=True, slots=True)
class Identity:
    """The partner a return is of (None where it cannot be told), and the points its identity raises."""

    partner: Partner | None
    problems: list[Problem]


def identify(workbook: Workbook, cover: Cover, name: str, locality: Locality, sender: str | None = None) -> Identity:
    """Tell the partner: what a person typed on the cover counts before the file's properties, these before its name.

    ``sender`` is the code of the partner whose mail brought the file, where it came in one: the last of the signs.
    """
    named: dict[str, tuple[str, Partner]] = {}
    tried: list[str] = []
    sources = {
        "the cover's partner": cover.answer("partner"),
        "the file's properties": workbook.custom_properties.get("icsassess.partner", ""),
        "the cover's organisation": cover.answer("organisation"),
    }
    for source, text in sources.items():
        if not text:
            continue
        tried.append(f"{source} ‘{clip(text, 40)}’")
        if other := _partner(text, locality):
            named[source] = (text, other)
    in_name = _named_in(words(_SEPARATORS.sub(" ", _OF_AN_ADDRESS.sub(" ", PurePath(name).stem))), locality)
    tried.append(f"the file's name ‘{clip(PurePath(name).name, 60)}’")
    if len(in_name) == 1:
        named["the file's name"] = (PurePath(name).name, in_name[0])
    if sender is not None:
        tried.append(f"the mail's sender ‘{sender}’")
        named["the mail's sender"] = (sender, locality.partner_by_code[sender])
    if not named:
        return Identity(None, [_unknown(tried, in_name, locality)])
    partner = next(iter(named.values()))[1]
    if len({other.code for _, other in named.values()}) > 1:
        sayings = listing([f"{source} says {other.code}" for source, (_, other) in named.items()])
        return Identity(partner, [make_problem("partner-contradiction", found=sayings, used=partner.code)])
    return Identity(partner, [])


def partner_in_name(name: str, locality: Locality) -> str | None:
    """Give the code of the partner that a file's name tells, for a file that could not be opened; None for none."""
    nothing = Workbook("", (), {}, {}, False, (), (), ())
    partner = identify(nothing, Cover(), name, locality).partner
    return partner.code if partner else None


def partner_of_address(name: str, address: str, locality: Locality) -> str | None:
    """Give the code of the partner that a mail's sender names: by name, by address, or by the address's last part.

    An address that the settings give for a partner comes first.

    ‘Age UK Trafford’ and ‘quality@ageuktrafford.org.uk’ are both a partner called Age UK Trafford.
    """
    for partner in locality.partners:
        if address in {known.casefold() for known in addresses_of(partner.email)}:
            return partner.code
    names = locality.partner_by_name
    domain = address.rpartition("@")[2]
    for text in (words(name), words(address), words(domain)):
        if text in names:
            return names[text].code
    if len(named := _named_in(words(name), locality)) == 1:
        return named[0].code
    squeezed = {"".join(known.split()): partner for known, partner in names.items()}
    labels = [label.replace("-", "") for label in domain.split(".")]
    named_by_domain = next((squeezed[label] for label in labels if len(label) > 3 and label in squeezed), None)
    return named_by_domain.code if named_by_domain else None


def _partner(text: str, locality: Locality) -> Partner | None:
    """Find the partner that a text names: to the letter, as a part of it (‘ABC (North site)’), or misspelt."""
    plain, names = words(text), locality.partner_by_name
    if plain in names:
        return names[plain]
    if len(named := _named_in(plain, locality)) == 1:
        return named[0]
    near = process.extractOne(plain, [name for name in names if len(name) > 5], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return names[near[0]] if near else None


def _named_in(plain: str, locality: Locality) -> list[Partner]:
    """Give the partners named in a text, by code, name or alias as whole words; a longer name hides one inside it."""
    begin = locality.partner_names_by_first_word
    maybe = [name for word in dict.fromkeys(plain.split()) for name in begin.get(word, ())]
    partners: dict[str, Partner] = {}
    rest = f" {plain} "
    for name in sorted(maybe, key=lambda name: -len(name)):
        if f" {name} " in rest:
            rest = rest.replace(f" {name} ", "  ")
            partner = locality.partner_by_name[name]
            partners.setdefault(partner.code, partner)
    return list(partners.values())


def partners_named(title: str, locality: Locality) -> list[Partner]:
    """Give the partners that a sheet's title names, by code, name or alias."""
    return _named_in(words(_SEPARATORS.sub(" ", title)), locality)


def _unknown(tried: list[str], in_name: list[Partner], locality: Locality) -> Problem:
    if len(in_name) > 1:
        sources = "the file's name says " + listing([partner.code for partner in in_name])
        return make_problem("partner-not-one", found=sources)
    permitted = listing([f"{partner.code} ({partner.name})" for partner in locality.partners], joiner="or", most=9)
    return make_problem("partner-unknown", tried=listing(tried), partners=permitted)


def misplaced(workbook: Workbook, cover: Cover, locality: Locality) -> list[Problem]:
    """Give the points of a return for another framework, locality, round or version of the template."""
    properties = workbook.custom_properties
    problems: list[Problem] = []
    titles = {fold(sheet.title) for sheet in workbook.sheets}
    if properties.get("icsassess.kind") == "locality workbook" or titles >= _OF_A_LOCALITY_WORKBOOK:
        return [make_problem("locality-workbook-among-returns")]
    if (used := properties.get("icsassess.framework")) and used != locality.framework.id:
        problems.append(make_problem("wrong-framework", found=used, framework=locality.framework.id))
    names = [name for name in (properties.get("icsassess.locality"), cover.answer("locality")) if name]
    if names and all(fold(name) != fold(locality.name) for name in names):
        problems.append(make_problem("wrong-locality", found=names[-1], locality=locality.name))
    elif any(fold(name) != fold(locality.name) for name in names):
        problems.append(
            make_problem("locality-contradiction", found=listing([f"‘{clip(name, 40)}’" for name in names]))
        )
    if (deadline := properties.get("icsassess.deadline")) and deadline != locality.settings.deadline.isoformat():
        problems.append(make_problem("wrong-round", found=deadline, deadline=locality.settings.deadline.isoformat()))
    return problems
