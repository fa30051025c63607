"""Whose return it is, as its signs say, and whether it is this locality's round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Locality, Partner, partner_with_code
from icsassess.returns.reading.file.cover import Cover
from icsassess.returns.reading.file.signs import FOLDER, NAME, Sign, signs_of
from icsassess.support.text import clip, fold, listing

# Known by its sheets where its properties were lost.
_OF_A_LOCALITY_WORKBOOK = frozenset({"heat map", "assessment", "sign-off"})


class Identity(NamedTuple):
    """Whose a return is, and the points that raises.

    ``partner`` is None where it cannot be told; ``asked`` are then the partners among which somebody has to choose.
    ``organisation`` is that which the settings name, of several that answer for the partner.
    """

    partner: Partner | None
    problems: list[Problem]
    asked: tuple[Partner, ...] = ()
    organisation: str = ""


def identify(workbook: Workbook, cover: Cover, name: str, locality: Locality, sender: Sign | None = None) -> Identity:
    """Tell the partner from all signs: what names another partner is never overruled by what does not.

    What ``locality.toml`` says of the file counts before all signs; a folder of ``returns/`` named after a partner
    settles a contradiction where one of the other signs names that partner, too. Else, where the signs name several
    partners, the return is nobody's until somebody says whose it is. ``name`` is relative to the locality's folder,
    ``sender`` who sent the mail that it came in.
    """
    every = [*signs_of(workbook, cover, name, locality), *([sender] if sender else [])]
    signs = [sign for sign in every if sign.partners and not sign.faint] or [sign for sign in every if sign.partners]
    asked = _named(signs)
    file = PurePosixPath(name).name
    if owner := locality.owner_of(name):
        partner = partner_with_code(locality, owner.code)
        points = [] if asked in ((), (partner,)) else [_settled(signs, partner, "locality.toml says so")]
        return Identity(partner, points, organisation=owner.organisation)
    if not asked:
        return Identity(None, [_unknown(every, file, locality)])
    if len(asked) == 1:
        return Identity(asked[0], [])
    folder = next((sign for sign in signs if sign.source == FOLDER), None)
    others = _named([sign for sign in signs if sign is not folder])
    if folder and len(folder.partners) == 1 and folder.partners[0] in others:
        partner = folder.partners[0]
        return Identity(partner, [_settled(signs, partner, f"it lies in returns/{folder.text}")])
    names = listing([_in_full(partner) for partner in asked], joiner="or", most=len(asked))
    codes = listing([partner.code for partner in asked], joiner="or", most=len(asked))
    if [sign.source for sign in signs] == [NAME]:
        point = make_problem("partner-not-one", found=codes, names=names, file_name=file)
    else:
        point = make_problem(
            "partner-contradiction",
            found=codes,
            names=names,
            signs=_sayings(signs),
            file_name=file,
            example=asked[-1].code,
        )
    return Identity(None, [point], asked)


def _named(signs: Sequence[Sign]) -> tuple[Partner, ...]:
    return tuple({partner.code: partner for sign in signs for partner in sign.partners}.values())


def _in_full(partner: Partner) -> str:
    return partner.name if fold(partner.name) == fold(partner.code) else f"{partner.name} ({partner.code})"


def _sayings(signs: Sequence[Sign]) -> str:
    """Give who is named by which signs, each partner in full: no name is ever cut off."""
    named: dict[str, list[str]] = {}
    for sign in signs:
        who = listing([_in_full(partner) for partner in sign.partners], most=len(sign.partners))
        named.setdefault(who, []).append(str(sign))
    return "; ".join(
        f"{listing(which, most=len(which))} {'name' if len(which) > 1 else 'names'} {who}"
        for who, which in named.items()
    )


def _settled(signs: Sequence[Sign], partner: Partner, why: str) -> Problem:
    return make_problem("partner-settled", found=partner.code, signs=_sayings(signs), name=_in_full(partner), why=why)


def partner_in_name(name: str, locality: Locality, sender: Sign | None = None) -> str | None:
    """Give the code of the partner that a file's name, folder and sender tell, for one that could not be opened.

    None where they tell none, or several.
    """
    nothing = Workbook("", (), {}, {}, False, (), (), ())
    partner = identify(nothing, Cover(), name, locality, sender).partner
    return partner.code if partner else None


def _unknown(signs: Sequence[Sign], file: str, locality: Locality) -> Problem:
    permitted = listing([_in_full(partner) for partner in locality.partners], joiner="or", most=9)
    tried = listing([str(sign) for sign in signs])
    return make_problem("partner-unknown", tried=tried, partners=permitted, file_name=file)


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
