"""Reading .xlsx and .xlsm: the package's parts put together into a workbook."""

from collections.abc import Callable, Container, Iterable
from functools import cached_property, lru_cache
from typing import TypeVar

from icsassess.excel.cells.colours import Colours, Theme
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import MEBIBYTE, Limits, Meter
from icsassess.excel.container.relationships import Relationship, first_of, relationships_of
from icsassess.excel.container.xml import parse
from icsassess.excel.reading.cell_format import PLAIN, CellFormat
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx import document_properties as properties
from icsassess.excel.reading.xlsx.shared_strings import SharedData, SharedStrings, read_shared_strings
from icsassess.excel.reading.xlsx.styles import Styles
from icsassess.excel.reading.xlsx.workbook_xml import SheetEntry, WorkbookPart
from icsassess.excel.reading.xlsx.worksheet import read_worksheet

_Result = TypeVar("_Result")
_SHEETS_WITHOUT_CELLS = ("chartsheet", "dialogsheet", "macrosheet", "xlmacrosheet", "xlintlmacrosheet", "volatile")
_SHEET_FOLDER = "xl/worksheets/"


class XlsxReader:
    """Reads one package; sheets whose titles stand in ``without`` are left unread."""

    def __init__(self, file: InputFile, without: Container[str] = ()) -> None:
        self._file = file
        self._package, self._meter, self._remarks = file.package, file.meter, file.remarks
        self._without = without

    def read(self, main: str, kind: str) -> Workbook:
        """Read the workbook whose workbook part is main. Raises Unreadable."""
        relationships = self._relationships(main)
        book = parse(self._package.chunks(main), WorkbookPart(self._meter), main)
        if not book.is_workbook:
            raise Unreadable(Reason.DAMAGED, "its list of sheets is not what it should be")
        parts, others = self._sheet_parts(book.sheets, relationships)
        if not parts:
            raise Unreadable(Reason.NO_SHEETS, "it has no worksheet" if others else "it has no sheets")
        shared = self._shared(relationships, book.from_1904)
        return Workbook(
            kind=kind,
            sheets=tuple(self._sheets(parts, shared)),
            properties=self._properties(),
            custom_properties=self._optional("custom", properties.read_custom, {}, "its own properties"),
            has_macros=kind == "xlsm" or any(name.endswith("vbaproject.bin") for name in self._package.names()),
            external_links=self._external_links(book.external, relationships),
            other_sheets=tuple(others),
            remarks=self._remarks.all(),
        )

    @cached_property
    def _package_relationships(self) -> dict[str, Relationship]:
        return self._relationships("")

    def _relationships(self, part: str) -> dict[str, Relationship]:
        return relationships_of(part, self._package, self._meter, self._remarks)

    def _sheet_parts(
        self, entries: list[SheetEntry], relationships: dict[str, Relationship]
    ) -> tuple[list[tuple[SheetEntry, str]], list[str]]:
        """Give each worksheet with its part, and the titles of the sheets that are no worksheets."""
        parts: list[tuple[SheetEntry, str]] = []
        others: list[str] = []
        spare = sorted(
            (name for name in self._package.names() if name.startswith(_SHEET_FOLDER) and name.endswith(".xml")),
            key=lambda name: (len(name), name),
        )
        for place, entry in enumerate(entries):
            relationship = relationships.get(entry.relationship)
            if relationship is not None and relationship.kind in _SHEETS_WITHOUT_CELLS:
                others.append(entry.title)
            elif relationship is not None and relationship.target in self._package:
                parts.append((entry, relationship.target))
            elif relationship is None and (part := self._guessed(entry, place, spare)):
                self._remarks.add(f"sheet {entry.title!r}: the file does not say where it is; it was found by its name")
                parts.append((entry, part))
            else:
                self._remarks.add(f"sheet {entry.title!r} is listed but missing from the file")
        return parts, others

    def _guessed(self, entry: SheetEntry, place: int, spare: list[str]) -> str | None:
        """Give a sheet's part where relationships are missing: by its number, else by its place."""
        named = f"{_SHEET_FOLDER}sheet{entry.number}.xml"
        if named in self._package:
            return named
        return spare[place] if place < len(spare) else None

    def _shared(self, relationships: dict[str, Relationship], from_1904: bool) -> SharedData:
        part = first_of(relationships, "sharedstrings", self._package) or self._named("xl/sharedstrings.xml")
        strings = SharedStrings(self._meter)
        if part is not None:
            strings = read_shared_strings(self._package.chunks(part), self._meter, part)
        theme = self._guarded(first_of(relationships, "theme", self._package), _theme, None, "its theme")
        styles = first_of(relationships, "styles", self._package) or self._named("xl/styles.xml")
        formats: tuple[CellFormat, ...] = ()
        fills: tuple[str | None, ...] = ()
        if styles is None:
            self._remarks.add("the file has no cell formats: colours are missing, and dates appear as numbers")
        else:
            formats, fills = self._guarded(
                styles,
                lambda chunks, meter, part: _formats(chunks, meter, part, theme),
                (formats, fills),
                "its cell formats (colours are missing, and dates appear as numbers)",
            )
        by_number: dict[str | None, CellFormat] = {
            str(number): cell_format for number, cell_format in enumerate(formats)
        }
        by_number[None] = formats[0] if formats else PLAIN
        return SharedData(strings, by_number, from_1904, fills)

    def _named(self, name: str) -> str | None:
        return name if name in self._package else None

    def _sheets(self, parts: list[tuple[SheetEntry, str]], shared: SharedData) -> Iterable[Sheet]:
        for entry, part in parts:
            if entry.title not in self._without:
                yield read_worksheet(self._file, shared, entry, part)

    def _properties(self) -> dict[str, str]:
        none: dict[str, str] = {}
        application = self._optional("app", properties.read_application, none, "its properties")
        return application | self._optional("core", properties.read_core, none, "its properties")

    def _optional(
        self, name: str, read: Callable[[Iterable[bytes], Meter, str], _Result], default: _Result, what: str
    ) -> _Result:
        kinds = {"core": "core-properties", "app": "extended-properties", "custom": "custom-properties"}
        part = first_of(self._package_relationships, kinds[name], self._package) or self._named(f"docprops/{name}.xml")
        return self._guarded(part, read, default, what)

    def _guarded(
        self, part: str | None, read: Callable[[Iterable[bytes], Meter, str], _Result], default: _Result, what: str
    ) -> _Result:
        """Read a part without which the rest can still be used: damage to it is only a remark."""
        if part is None:
            return default
        try:
            return read(self._package.chunks(part), self._meter, part)
        except Unreadable as error:
            if error.reason is not Reason.DAMAGED:
                raise
            self._remarks.add(f"damaged and left out: {what}")
            return default

    def _external_links(self, names: list[str], relationships: dict[str, Relationship]) -> tuple[str, ...]:
        links: dict[str, None] = {}
        for name in names:
            relationship = relationships.get(name)
            if relationship is None or relationship.external or relationship.target not in self._package:
                continue
            for target in self._relationships(relationship.target).values():
                if target.external:
                    links[target.target] = None
        return tuple(links)


def _theme(chunks: Iterable[bytes], meter: Meter, part: str) -> tuple[str, ...]:
    data = b"".join(chunks)
    return (_theme_in if len(data) < MEBIBYTE else _theme_in.__wrapped__)(data, meter.limits, part)


@lru_cache(maxsize=16)  # nearly all returns of a round have the same theme and the same formats
def _theme_in(data: bytes, limits: Limits, part: str) -> tuple[str, ...]:
    return tuple(parse([data], Theme(Meter(limits)), part).colours())


Formats = tuple[tuple[CellFormat, ...], tuple[str | None, ...]]


def _formats(chunks: Iterable[bytes], meter: Meter, part: str, theme: tuple[str, ...] | None) -> Formats:
    data = b"".join(chunks)
    return (_formats_in if len(data) < MEBIBYTE else _formats_in.__wrapped__)(data, meter.limits, part, theme)


@lru_cache(maxsize=16)
def _formats_in(data: bytes, limits: Limits, part: str, theme: tuple[str, ...] | None) -> Formats:
    styles = parse([data], Styles(Meter(limits), Colours(theme)), part)
    return tuple(styles.formats()), tuple(styles.condition_fills())
