"""Blank returns in ``issued/`` that are not what would be issued now: sent by mistake, they come back wrong."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.locality.locality import Locality
from icsassess.returns.issuing.issue import issued_name


def stale_blanks(locality: Locality) -> Iterator[str]:
    """Give, in words, the blanks of partners that are not asked any more, or that are called otherwise now.

    Nothing is taken away: somebody may be filling in such a blank.
    """
    current = {issued_name(locality, partner) for partner in locality.partners}
    codes = {partner.code.casefold(): partner for partner in locality.partners}
    for path in sorted(locality.sub_folder("issued").glob("*.xlsx")):
        if path.name in current or path.name.startswith(("~$", ".")):
            continue
        parts = path.stem.split(" - ")
        partner = next((codes[part.casefold()] for part in parts if part.casefold() in codes), None)
        if partner is None:
            yield f"{locality.relative(path)}: no partner of that name is asked any more."
        else:
            yield f"{locality.relative(path)}: {partner.code} is called ‘{partner.name}’ in {locality.name} now."
