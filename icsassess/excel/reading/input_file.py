"""A file's bytes, opened as far as it takes to recognise what they are."""

from functools import cached_property

from icsassess.excel.container.compound_file import is_compound, lists_stream
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.relationships import first_of, relationships_of
from icsassess.excel.container.xml import PartReader, attribute, parse
from icsassess.excel.container.zip_package import Package

OPENDOCUMENT = "application/vnd.oasis.opendocument."
_ZIP_SIGNATURE = b"PK\x03\x04"
_CONTENT_TYPES = "[content_types].xml"


class InputFile:
    """A file that may be a workbook, with the meter and the remarks of its reading.

    What is looked up stays: its formats ask for the same things one after the other, and a remark is made once.
    """

    def __init__(self, data: bytes, meter: Meter, remarks: Remarks) -> None:
        self.data = data
        self.meter = meter
        self.remarks = remarks
        self.is_package = data.startswith(_ZIP_SIGNATURE)
        """Whether it is a ZIP package."""
        self.is_compound = is_compound(data)
        """Whether it is an OLE file, as Office wrote them until 2003, and writes those with a password."""

    @cached_property
    def text_start(self) -> str:
        """The beginning of a file that is text, in small letters, for looking at what kind it is."""
        start = self.data[:8192]
        encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        return start.decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()

    @cached_property
    def is_markup(self) -> bool:
        """Whether it is XML or a web page."""
        return not self.is_package and not self.is_compound and self.text_start.startswith("<")

    @cached_property
    def package(self) -> Package:
        """The ZIP package. Raises Unreadable where it is damaged or unsafe."""
        return Package(self.data, self.meter, self.remarks)

    @cached_property
    def mimetype(self) -> str:
        """What an OpenDocument package says it is, '' for anything else. Raises Unreadable."""
        if not self.is_package or "mimetype" not in self.package:
            return ""
        text = self.package.read("mimetype").decode("ascii", "replace").strip().lower()
        return text if text.startswith(OPENDOCUMENT) else ""

    @cached_property
    def main_part(self) -> str | None:
        """The main part of an Office package, such as 'xl/workbook.xml'; None if it is none. Raises Unreadable."""
        if not self.is_package or self.mimetype:
            return None
        relationships = relationships_of("", self.package, self.meter, self.remarks)
        main = first_of(relationships, "officedocument", self.package)
        if main is not None:
            return main
        for name in ("xl/workbook.xml", "xl/workbook.bin"):
            if name in self.package:
                self.remarks.add("the file does not say where its workbook is; it was found by its name")
                return name
        return None

    @cached_property
    def main_type(self) -> str:
        """The content type of the main part in lower case, '' if the package does not say it. Raises Unreadable."""
        if self.main_part is None:
            return ""
        if _CONTENT_TYPES not in self.package:
            self.remarks.add("the file does not say what its parts are")
            return ""
        reader = _ContentTypes(self.meter)
        try:
            parse(self.package.chunks(_CONTENT_TYPES), reader, _CONTENT_TYPES)
        except Unreadable as error:
            if error.reason is not Reason.DAMAGED:
                raise
            self.remarks.add("the list of what the file's parts are is damaged")
        return reader.types.get(self.main_part, "")

    def has_stream(self, *names: str) -> bool:
        """Say whether an OLE file holds one of these on its top level, whatever their capitals."""
        return lists_stream(self.data, *names)


class _ContentTypes(PartReader):
    """ECMA-376 part 2, 7.2.3: only the types of single parts."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.types: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Override":
            part = (attribute(attributes, "PartName") or "").replace("\\", "/").lstrip("/").lower()
            self.types[part] = (attribute(attributes, "ContentType") or "").lower()
