"""A package whose parts can be read, changed, added and taken out; what is not changed is written as it was."""

import io
import posixpath
import zipfile

from icsassess.excel.container.errors import Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Meter, Remarks
from icsassess.excel.container.relationships import Relationship, relationships_of
from icsassess.excel.container.zip_package import Package, fold_name
from icsassess.excel.parts.markup import CannotEdit, Markup, as_attribute

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest date an archive can hold


class EditablePackage:
    """The parts of a workbook, by their names; capitals do not matter.

    Every method raises ``CannotEdit`` for a package that cannot be changed, because of its size or of damage.
    """

    def __init__(self, data: bytes) -> None:
        meter, remarks = Meter(DEFAULT_LIMITS), Remarks(1)
        try:
            self._package = Package(data, meter, remarks)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._entries = {fold_name(entry.filename): entry for entry in archive.infolist()}
        except Unreadable as error:
            raise CannotEdit(str(error)) from error
        self._meter, self._remarks = meter, remarks
        self._changed: dict[str, bytes | None] = {}
        self._added: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        """Say whether there is such a part."""
        folded = fold_name(name)
        return self._changed[folded] is not None if folded in self._changed else folded in self._package

    def names(self) -> list[str]:
        """Give the names of all parts, folded."""
        return [name for name in (*self._package.names(), *self._added) if name in self]

    def read(self, name: str) -> bytes:
        """Give a part as it stands now."""
        folded = fold_name(name)
        if (changed := self._changed.get(folded)) is not None:
            return changed
        limits = self._meter.limits
        try:
            return b"".join(self._package.chunks(folded, limits.sheet_bytes))
        except KeyError as error:
            raise CannotEdit("a part of it is missing") from error
        except Unreadable as error:
            raise CannotEdit(str(error)) from error

    def write(self, name: str, data: bytes) -> None:
        """Change a part, or add one."""
        folded = fold_name(name)
        if folded not in self._entries:
            self._added[folded] = name
        self._changed[folded] = data

    def remove(self, name: str) -> None:
        """Take a part out, with its relationships and its kind."""
        folded = fold_name(name)
        for part in (folded, fold_name(relationships_part(folded))):
            self._changed[part] = None
        kinds = Markup(self.read(_CONTENT_TYPES))
        for entry in kinds.children("Override"):
            if fold_name(entry.attribute("PartName")) == folded:
                kinds.replace(entry, "")
        self.write(_CONTENT_TYPES, kinds.edited())

    def free_name(self, pattern: str) -> str:
        """Give the name of a part that is not there yet, such as ``xl/comments{}.xml`` with a number in it."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def real_name(self, part: str) -> str:
        """Give a part's name with its capitals."""
        folded = fold_name(part)
        return self._entries[folded].filename if folded in self._entries else self._added.get(folded, part)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Give a part's relationships, ``""`` for those of the package, as they were in the file."""
        try:
            return relationships_of(fold_name(part), self._package, self._meter, self._remarks)
        except Unreadable as error:
            raise CannotEdit(str(error)) from error

    def target(self, part: str, kind: str) -> str | None:
        """Give the part to which a relationship of a kind leads, if it is there."""
        for relationship in self.relationships(part).values():
            if relationship.kind == kind and not relationship.external and relationship.target in self:
                return relationship.target
        return None

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship of a part to another; gives its name."""
        name = relationships_part(self.real_name(part))
        if name not in self:
            self.write(name, _prolog(f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'))
        markup = Markup(self.read(name))
        taken = {entry.attribute("Id") for entry in markup.children("Relationship")}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".") if part else target
        tag, uri = markup.tag("Relationship"), f"{_KINDS}/{kind}"
        markup.append(markup.root, f'<{tag} Id="rId{number}" Type="{uri}" Target={as_attribute(path)}/>')
        self.write(name, markup.edited())
        return f"rId{number}"

    def unrelate(self, part: str, key: str) -> None:
        """Take a relationship of a part out, by its name."""
        markup = Markup(self.read(relationships_part(part)))
        for entry in markup.children("Relationship"):
            if entry.attribute("Id") == key:
                markup.replace(entry, "")
        self.write(relationships_part(part), markup.edited())

    def set_kind(self, part: str, kind: str) -> None:
        """Say what kind of part one is, by its content type."""
        markup = Markup(self.read(_CONTENT_TYPES))
        name = f"/{self.real_name(part)}"
        for entry in markup.children("Override"):
            if fold_name(entry.attribute("PartName")) == fold_name(part):
                markup.set(entry, ContentType=kind)
                break
        else:
            markup.append(
                markup.root, f'<{markup.tag("Override")} PartName={as_attribute(name)} ContentType="{kind}"/>'
            )
        self.write(_CONTENT_TYPES, markup.edited())

    def kind(self, part: str) -> str:
        """Give the content type of a part that has one of its own."""
        for entry in Markup(self.read(_CONTENT_TYPES)).children("Override"):
            if fold_name(entry.attribute("PartName")) == fold_name(part):
                return entry.attribute("ContentType")
        return ""

    def to_bytes(self) -> bytes:
        """Give the package; the same content and changes give the same bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for folded, entry in self._entries.items():
                if entry.is_dir() or (folded in self._changed and self._changed[folded] is None):
                    continue
                copied = zipfile.ZipInfo(entry.filename, max(entry.date_time, _EARLIEST))
                copied.compress_type = entry.compress_type
                archive.writestr(copied, self.read(folded))
            for folded, name in self._added.items():
                if (data := self._changed[folded]) is not None:
                    added = zipfile.ZipInfo(name, _EARLIEST)
                    added.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(added, data)
        return target.getvalue()


def relationships_part(part: str) -> str:
    """Give the name of the part that holds a part's relationships, ``""`` for the package's."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _prolog(xml: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
