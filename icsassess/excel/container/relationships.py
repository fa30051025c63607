"""Relationships: which part of a package refers to which (ECMA-376 part 2, 6.5)."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Limits, Meter, Remarks
from icsassess.excel.container.xml import PartReader, attribute, parse
from icsassess.excel.container.zip_package import Package, fold_name

_SMALL = 16 * 1024  # bytes of a list that is remembered
_MOST = 200_000  # relationships of one part; each link of a sheet has one


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part."""

    kind: str
    """The last word of its type, in lower case: 'worksheet', 'comments', 'hyperlink', ... (the rest differs in Strict
    files)."""
    target: str
    """The folded name of a part, or what is outside as it was written."""
    external: bool


class _Relationships(PartReader):
    def __init__(self, meter: Meter, folder: str) -> None:
        super().__init__(meter)
        self.relationships: dict[str, Relationship] = {}
        self.outside = 0
        self._folder = folder

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        if len(self.relationships) >= _MOST:
            raise Unreadable(Reason.TOO_LARGE, f"one of its parts has more than {_MOST:,} relationships")
        target = attribute(attributes, "Target") or ""
        external = (attribute(attributes, "TargetMode") or "").strip().lower() == "external"
        if not external:
            target = resolve(self._folder, target)
            if not target:
                self.outside += 1
                return
        kind = (attribute(attributes, "Type") or "").rstrip("/").rpartition("/")[2].lower()
        key = attribute(attributes, "Id") or f"without name {len(self.relationships)}"
        self.relationships[key] = Relationship(kind, target, external)


def resolve(folder: str, target: str) -> str:
    """Give the folded part name of a target, from the folder of the part that names it; '' if it leads outside."""
    target = target.replace("\\", "/").partition("#")[0]
    path = target if target.startswith("/") else f"{folder}/{target}"
    resolved = posixpath.normpath(path.lstrip("/"))
    return "" if resolved.startswith("..") or resolved == "." else fold_name(resolved)


def relationships_of(part: str, package: Package, meter: Meter, remarks: Remarks) -> dict[str, Relationship]:
    """Give the relationships of a part ('' for the package itself) by their names; none if it has none.

    Raises Unreadable.
    """
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    if name not in package:
        return {}
    data = b"".join(package.chunks(name))
    relationships, outside = (_in if len(data) <= _SMALL else _in.__wrapped__)(data, folder, meter.limits, name)
    if outside:
        remarks.add("a part of the file refers to something outside it (not followed)")
    return relationships


@lru_cache(maxsize=128)  # those of a round's returns are mostly the same
def _in(data: bytes, folder: str, limits: Limits, name: str) -> tuple[dict[str, Relationship], int]:
    reader = parse([data], _Relationships(Meter(limits), folder), name)
    return reader.relationships, reader.outside


def first_of(relationships: dict[str, Relationship], kind: str, package: Package) -> str | None:
    """Give the part of the first relationship of a kind, if the package has that part."""
    for relationship in relationships.values():
        if relationship.kind == kind and not relationship.external and relationship.target in package:
            return relationship.target
    return None
