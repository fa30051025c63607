"""Reading .ods: the parts of an OpenDocument package put together into a workbook."""

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.xml import PartReader, attribute, parse
from icsassess.excel.container.zip_package import Package
from icsassess.excel.reading.ods.content import read_content
from icsassess.excel.reading.ods.styles import OdsStyles

_PROPERTIES = {  # as Excel names them
    "title": "title",
    "subject": "subject",
    "description": "description",
    "keyword": "keywords",
    "initial-creator": "creator",
    "creator": "lastModifiedBy",
    "creation-date": "created",
    "date": "modified",
    "generator": "application",
}
_NO_MACROS = ("script-lb.xml", "script-lc.xml")


class _Manifest(PartReader):
    """ODF 1.3 part 2, 4.8: whether any part is encrypted."""

    encrypted = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.encrypted = self.encrypted or name == "encryption-data"


class _Meta(PartReader):
    """ODF 1.3 part 3, 4.3."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.properties: dict[str, str] = {}
        self.custom: dict[str, str] = {}
        self._name = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.keeps_text = True
        if name == "user-defined":
            self._name = attribute(attributes, "name") or ""

    def closed(self, name: str, text: str) -> None:
        if not text.strip() or len(self.custom) > 1_000:
            return
        if name == "user-defined":
            self.custom[self._name] = text
        elif name in _PROPERTIES:
            self.properties[_PROPERTIES[name]] = text.strip()


def read_ods(package: Package, meter: Meter, remarks: Remarks) -> Workbook:
    """Read an OpenDocument spreadsheet. Raises Unreadable."""
    if "meta-inf/manifest.xml" in package:
        part = "meta-inf/manifest.xml"
        if parse(package.chunks(part), _Manifest(meter), part).encrypted:
            raise Unreadable(Reason.PASSWORD)
    if "content.xml" not in package:
        raise Unreadable(Reason.DAMAGED, "its content is missing")
    styles = OdsStyles(meter)
    if "styles.xml" in package:
        read_content(package.chunks("styles.xml"), meter, "styles.xml", styles, remarks)
    chunks = package.chunks("content.xml", meter.limits.sheet_bytes)
    content = read_content(chunks, meter, "content.xml", styles, remarks)
    if not content.sheets:
        raise Unreadable(Reason.NO_SHEETS, "it has no sheets")
    meta = _Meta(meter)
    if "meta.xml" in package:
        parse(package.chunks("meta.xml"), meta, "meta.xml")
    return Workbook(
        kind="ods",
        sheets=tuple(content.sheets),
        properties=meta.properties,
        custom_properties=meta.custom,
        # LibreOffice keeps them in Basic/ and Scripts/; other files there list them only.
        has_macros=any(
            name.startswith(("basic/", "scripts/")) and not name.endswith(_NO_MACROS) for name in package.names()
        ),
        external_links=tuple(dict.fromkeys(content.external_links)),
        other_sheets=(),
        remarks=remarks.all(),
    )


def read_flat_ods(data: bytes, meter: Meter, remarks: Remarks) -> Workbook:
    """Read an OpenDocument spreadsheet that is one XML file (ODF 1.3 part 3, 3.1.2). Raises Unreadable."""
    if b"encryption-data" in data[:1_000_000]:
        raise Unreadable(Reason.PASSWORD)
    pieces = [data[at : at + 65_536] for at in range(0, len(data), 65_536)]
    content = read_content(pieces, meter, "document", OdsStyles(meter), remarks)
    if not content.sheets:
        raise Unreadable(Reason.NO_SHEETS, "it has no sheets")
    meta = parse(pieces, _FlatMeta(meter), "document")
    return Workbook(
        kind="fods",
        sheets=tuple(content.sheets),
        properties=meta.properties,
        custom_properties=meta.custom,
        has_macros=b"<script:module" in data or b"<ooo:module" in data,
        external_links=tuple(dict.fromkeys(content.external_links)),
        other_sheets=(),
        remarks=remarks.all(),
    )


class _FlatMeta(_Meta):
    """The properties in a file that holds everything else, too."""

    _inside = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self._inside = (self._inside or name == "meta") and name != "settings"
        self.keeps_text = self._inside
        if self._inside:
            super().opened(name, attributes)

    def closed(self, name: str, text: str) -> None:
        if self._inside:
            super().closed(name, text)
        if name == "meta":
            self._inside = self.keeps_text = False
