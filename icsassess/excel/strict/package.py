"""A workbook's whole package, part by part, as a signature has to look at it."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Unreadable
from icsassess.excel.container.limits import Limits, Meter, Remarks
from icsassess.excel.container.zip_package import Package
from icsassess.excel.strict import kinds_of_parts as kinds
from icsassess.excel.strict.archive import in_archive
from icsassess.excel.strict.cells import SheetMarkup, WorkbookMarkup
from icsassess.excel.strict.charts import ChartMarkup
from icsassess.excel.strict.layers import CompanionMarkup, DrawingMarkup, NotesMarkup, odd_names
from icsassess.excel.strict.markup import StrictReader, read_strictly
from icsassess.excel.strict.notes import CommentsMarkup
from icsassess.excel.strict.oddity import Oddity
from icsassess.excel.strict.references import ContentTypes, References

_CONTENT_TYPES = "[content_types].xml"
_MARKUP = (".xml", ".rels", ".vml")
_READERS: dict[str, type[StrictReader]] = {
    kinds.SHARED_STRINGS: SheetMarkup,
    kinds.DRAWING: DrawingMarkup,
    kinds.COMMENTS: CommentsMarkup,
    kinds.NOTES_DRAWING: NotesMarkup,
}


def oddities(data: bytes, limits: Limits, drawn: Workbook | None = None, marking: str = "") -> list[Oddity]:
    """Give what in an .xlsx file no spreadsheet program writes, in the order of its parts; none in one that is sound.

    Charts are held against the cells of ``drawn``, where it is given. ``marking`` is what has to stand at the head or
    foot of every printed sheet.
    """
    oddities = list(in_archive(data))
    try:
        package = Package(data, Meter(limits), Remarks(limits.remarks))
        return [*oddities, *_Parts(package, drawn, marking).all()]
    except Unreadable as error:
        return [*oddities, Oddity("", f"its package cannot be read: {error}")]


class _Parts:
    """The parts that can be reached from the package, each looked at by the reader of its kind."""

    def __init__(self, package: Package, drawn: Workbook | None, marking: str) -> None:
        self.package = package
        self.drawn = drawn
        self.marking = marking
        self.kinds: dict[str, str] = {}
        self.sheet_ids: list[str] = []

    def all(self) -> Iterator[Oddity]:
        """Give what is odd about them."""
        if _CONTENT_TYPES not in self.package:
            yield Oddity("", "the list of its parts' kinds is missing")
            return
        yield from self._read(ContentTypes(_CONTENT_TYPES))
        yield from self._references_of("")
        waiting = list(self.kinds)
        while waiting:
            part = waiting.pop()
            before = set(self.kinds)
            yield from self._references_of(part)
            waiting += [each for each in self.kinds if each not in before]
        for part in self.package.names():
            yield from self._part(part)

    def _references_of(self, part: str) -> Iterator[Oddity]:
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if name not in self.package:
            return
        references = References(name, folder)
        yield from self._read(references)
        for kind, parts in references.targets.items():
            for target in parts:
                if target not in self.package:
                    if kind != kinds.HYPERLINK:
                        yield Oddity(name, f"it refers to a part that is not there ({target[:60]})")
                elif self.kinds.setdefault(target, kind) != kind:
                    yield Oddity(target, "it is referred to as two kinds of part")

    def _part(self, part: str) -> Iterator[Oddity]:
        if part == _CONTENT_TYPES or part.endswith(".rels"):
            return
        kind = self.kinds.get(part)
        if kind is None:
            yield Oddity(part, "nothing refers to this part", acts=True)
        elif kind == kinds.WORKBOOK:
            workbook = WorkbookMarkup(part)
            yield from self._read(workbook)
            yield from (Oddity(part, words, acts=True) for words in odd_names(workbook.names))
        elif kind == kinds.WORKSHEET:
            yield from self._read(SheetMarkup(part, self.marking))
        elif kind == kinds.CHART and self.drawn is not None:
            yield from self._read(ChartMarkup(part, self.drawn))
        elif kind in _READERS:
            yield from self._read(_READERS[kind](part))
        elif part.endswith(_MARKUP):
            yield from self._read(CompanionMarkup(part))

    def _read(self, reader: StrictReader) -> list[Oddity]:
        return read_strictly(self.package.chunks(reader.part), reader)
