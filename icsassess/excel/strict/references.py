"""Which part refers to which, and of what kind each part is: known kinds, in full, each reference once.

Open Packaging Conventions (ECMA-376 part 2), 6.5 and 7.2.
"""

from __future__ import annotations

from icsassess.excel.container.relationships import resolve
from icsassess.excel.strict.kinds_of_parts import ACTING, HYPERLINK, ONE_ONLY, USUAL, USUAL_CONTENT
from icsassess.excel.strict.markup import CONTENT_TYPES, RELATIONSHIPS, Name, StrictReader

_ATTRIBUTES = tuple(Name("", key) for key in ("Id", "Type", "Target", "TargetMode"))
_AMBIGUOUS = frozenset("#?%\\\0")


class References(StrictReader):
    """The relationships of one part: the targets of each type, and what each id leads to."""

    def __init__(self, part: str, folder: str) -> None:
        super().__init__(part)
        self.targets: dict[str, list[str]] = {}
        self.by_id: dict[str, str] = {}
        self._folder = folder
        self._ids: set[str] = set()

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at one relationship."""
        expected = ["Relationships", "Relationship"][len(self.path)] if len(self.path) < 2 else ""
        if name != Name(RELATIONSHIPS, expected):
            self.odd(f"an element {name.local[:30]} stands in a list of references")
            return
        if expected == "Relationships":
            return
        if not attributes.keys() <= set(_ATTRIBUTES):
            self.odd("a reference has further attributes")
        key, kind, target, mode = (
            attributes.get(Name("", each), "") for each in ("Id", "Type", "Target", "TargetMode")
        )
        if key.casefold() in self._ids:
            self.odd("two references have one id")
        self._ids.add(key.casefold())
        self._kind(kind)
        if mode == "External":
            if kind != HYPERLINK:
                self.odd("it refers to something outside the file", acts=True)
            return
        if kind != HYPERLINK and (mode not in ("", "Internal") or "://" in target or set(target) & _AMBIGUOUS):
            self.odd(f"a reference can be read in two ways ({target[:40]})")
        part = resolve(self._folder, target)
        self.by_id[key] = part
        self.targets.setdefault(kind, []).append(part)

    def closed(self, name: Name, text: str) -> None:
        """Look at the whole list when it ends."""
        if self.path:
            return
        for kind, parts in self.targets.items():
            if len(parts) > 1 and kind in ONE_ONLY:
                self.odd(f"it refers to two parts of one kind ({kind.rpartition('/')[2]})")
            if len(set(parts)) < len(parts):
                self.odd("it refers to one part twice")

    def _kind(self, kind: str) -> None:
        if kind in USUAL:
            return
        word = kind.rstrip("/").rpartition("/")[2]
        acting = ACTING.get(word.lower())
        if acting:
            self.odd(f"it holds {acting}", acts=True)
        else:
            self.odd(f"a reference is of a kind that no spreadsheet program writes ({word[:30]})")


class ContentTypes(StrictReader):
    """The list of the parts' kinds."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self._named: set[str] = set()

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at one entry of the list."""
        if name.namespace != CONTENT_TYPES or len(self.path) > 1:
            self.odd(f"an element {name.local[:30]} stands in the list of kinds")
            return
        if not self.path:
            return
        key = "PartName" if name.local == "Override" else "Extension"
        subject = f"{key} {attributes.get(Name('', key), '').casefold()}"
        if subject in self._named or set(attributes) != {Name("", key), Name("", "ContentType")}:
            self.odd("the kind of a part stands twice")
        self._named.add(subject)
        kind = attributes.get(Name("", "ContentType"), "").lower()
        if "macroenabled" in kind or "vbaproject" in kind:
            self.odd("it holds a macro", acts=True)
        elif not kind.startswith(USUAL_CONTENT):
            self.odd(f"a part is of a kind that no spreadsheet program writes ({kind[:60]})")
