"""The workbook's part: its list of sheets, the names of places, and which sheet is shown first."""

from collections.abc import Collection, Mapping

from icsassess.excel.container.xml import unescape
from icsassess.excel.parts.editable_package import EditablePackage
from icsassess.excel.parts.markup import CannotEdit, Markup, as_attribute, as_text

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BELONG_TO_A_SHEET = frozenset(("table", "comments", "vmldrawing", "threadedcomment", "printersettings"))
_BEFORE_NAMES = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection", "bookViews",
    "sheets", "functionGroups", "externalReferences",
)  # fmt: skip


class SheetList:
    """The sheets of a workbook, and which part each of them is."""

    def __init__(self, package: EditablePackage) -> None:
        """Find them. Raises ``CannotEdit`` where the workbook is of a kind that cannot be changed in place."""
        part = package.target("", "officedocument")
        if part is None:
            raise CannotEdit("its parts do not say where the workbook is")
        self.part, self._package = part, package
        self.markup = Markup(package.read(part))
        if _MAIN not in self.markup.root.attributes.values():
            raise CannotEdit("it is saved as a Strict Open XML workbook, to which nothing can be added safely")
        relationships = package.relationships(part)
        self._sheets = self.markup.children("sheet", parent="sheets")
        self._titles = [unescape(sheet.attribute("name"))[:255] for sheet in self._sheets]
        self.part_by_title: dict[str, str] = {}
        self.every_part: list[str] = []
        self._removed: list[str] = []
        for sheet, title in zip(self._sheets, self._titles, strict=True):
            related = relationships.get(sheet.attribute("id"))
            if related is None or related.target not in package:
                continue
            self.every_part.append(related.target)
            if related.kind == "worksheet":
                self.part_by_title[title] = related.target

    def remove(self, titles: Collection[str]) -> None:
        """Take sheets out, with what belongs to them alone."""
        for sheet, title in zip(self._sheets, self._titles, strict=True):
            if title in titles:
                self._removed.append(title)
                self.markup.replace(sheet, "")
                self._remove_part(sheet.attribute("id"), title)

    def put_in_front(self, front: str, title: str, outdated: Collection[str], names: Mapping[str, str]) -> None:
        """Put the sheet in the part ``front`` first, and show it.

        ``outdated`` names of places go, ``names`` come; one that begins with ``_xlnm.`` belongs to the sheet in front.
        """
        markup, package = self.markup, self._package
        book = markup.first("sheets")
        if book is None:
            raise CannotEdit("its list of sheets is not what it should be")
        numbers = [int(sheet.attribute("sheetId") or 0) for sheet in self._sheets]
        free = [number for number, old in zip(numbers, self._titles, strict=True) if old in self._removed]
        number = free[0] if free else max(numbers, default=0) + 1
        key = package.relate(self.part, "worksheet", front)
        markup.prepend(
            book,
            f'<{markup.tag("sheet")} xmlns:front="{_RELATIONSHIPS}" name={as_attribute(title)} sheetId="{number}" '
            f'front:id="{key}"/>',
        )
        self._rename_places(outdated, names)
        for view in markup.children("workbookView"):
            markup.set(view, activeTab="0", firstSheet="0")
        self._calculate_when_opened()
        package.write(self.part, markup.edited())
        if package.kind(self.part) != _WORKBOOK:
            package.set_kind(self.part, _WORKBOOK)

    def _remove_part(self, key: str, title: str) -> None:
        part = self.part_by_title.pop(title)
        self.every_part.remove(part)
        for related in self._package.relationships(part).values():
            if related.kind in _BELONG_TO_A_SHEET and related.target in self._package:
                self._package.remove(related.target)
        self._package.unrelate(self.part, key)
        self._package.remove(part)

    def _rename_places(self, outdated: Collection[str], names: Mapping[str, str]) -> None:
        """Names that hold on one sheet only give its place in the list, which has changed."""
        markup = self.markup
        staying = [title for title in self._titles if title not in self._removed]
        for name in markup.children("definedName", parent="definedNames"):
            local = name.attribute("localSheetId")
            if name.attribute("name") in outdated and not local:
                markup.replace(name, "")
            elif local.isdecimal() and int(local) < len(self._titles):
                title = self._titles[int(local)]
                if title in self._removed:
                    markup.replace(name, "")
                else:
                    markup.set(name, localSheetId=str(1 + staying.index(title)))
        tag = markup.tag("definedName")
        local_names = {name: ' localSheetId="0"' if name.startswith("_xlnm.") else "" for name in names}
        written = "".join(
            f"<{tag} name={as_attribute(name)}{local_names[name]}>{as_text(place)}</{tag}>"
            for name, place in names.items()
        )
        places = markup.first("definedNames")
        if places is not None:
            markup.append(places, written)
        elif written:
            outer = markup.tag("definedNames")
            markup.after_last(_BEFORE_NAMES, f"<{outer}>{written}</{outer}>")

    def _calculate_when_opened(self) -> None:
        """Masked cells may feed a formula: all is to be worked out again."""
        calculation = self.markup.first("calcPr")
        if calculation is not None:
            self.markup.set(calculation, fullCalcOnLoad="1")
        else:
            tag = self.markup.tag("calcPr")
            self.markup.after_last((*_BEFORE_NAMES, "definedNames"), f'<{tag} calcId="0" fullCalcOnLoad="1"/>')
