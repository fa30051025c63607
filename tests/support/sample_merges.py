"""Merges for the tests of pages and papers: made up, as the workbook's tests make theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from icsassess.assessment.merging.model import Merged
from icsassess.locality.locality import Locality
from icsassess.tables.records import Gap
from icsassess.workbook.signing.latest_merge import NewestMerge
from tests.support.frameworks import small_framework
from tests.support.sample_view import Sample, sample_locality, sample_view

NAME = "Trafford 2024-01-10"
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    '"><img src=x onerror="document.title = \'taken\'">',
    "=cmd|'/C calc'!A0",
    "</article></main><h1>Not ours</h1>",
    "{{ 7 * 7 }} {% for x in y %}",
    "right to \u202eleft",
    "NHS number 999 000 0018 of nobody",
    "javascript:alert(1) https://example.org",
    "a\x00b\x1bc \ud800 &amp; &lt;b&gt;",
)


def newest(merged: Merged | None = None, *, since: tuple[str, ...] = (), **kind: object) -> NewestMerge:
    """Give a merge as it is read for a report; without one a made-up one of this kind (see ``sample_view``)."""
    return NewestMerge(merged or sample_view(**kind), NAME, since)  # type: ignore[arg-type]


def small(codes: str = "Q1 Q2 I1", *, partners: int = 3, seed: int = 1, hostile: bool = False) -> NewestMerge:
    """Give a merge over a few statements only; with ``hostile`` partners and group typed to do harm."""
    whole = sample_locality(seed, partners=partners)
    framework = small_framework(whole.framework, set(codes.split()), "small")
    asked = tuple(partner.model_copy(update={"statements": None}) for partner in whole.partners)
    locality = Locality(Path("sample"), whole.settings.model_copy(update={"partners": asked}), framework)
    merged = Sample(locality, seed, True, False).merged()
    return newest(_hostile(merged) if hostile else merged)


def _hostile(merged: Merged) -> Merged:
    """Put texts that try to do harm into every field that people type into."""

    typed = {"evidence", "kept", "reason", "gap", "action", "owner", "accountable", "update", "evidenced_by"}
    typed |= {"agreed_reason", "name", "file", "remark", "why_not"}

    def taken_over(row: Any, number: int) -> Any:
        harm = HOSTILE[number % len(HOSTILE)]
        stated = {"stated": tuple((partner, harm) for partner, _ in row.stated)} if isinstance(row, Gap) else {}
        return row._replace(**dict.fromkeys(typed & set(row._fields), harm), **stated)

    tables = {
        name: [taken_over(row, number) for number, row in enumerate(getattr(merged, name))]
        for name in ("entries", "gaps", "actions", "lines", "returns")
    }
    return replace(merged, **tables)
