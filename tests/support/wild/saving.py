"""Saves a case as a workbook, with the parts that openpyxl does not write: shapes, text boxes, check boxes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.support.wild.case import Case, Drawn

_XDR = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)
_ANCHOR = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>{top}</xdr:row>"
    "<xdr:rowOff>9525</xdr:rowOff></xdr:from><xdr:to><xdr:col>{left}</xdr:col><xdr:colOff>600000</xdr:colOff>"
    "<xdr:row>{top}</xdr:row><xdr:rowOff>150000</xdr:rowOff></xdr:to>{what}<xdr:clientData/></xdr:twoCellAnchor>"
)
_SHAPE = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{id}" name="{name} {id}"/><xdr:cNvSpPr{box}/></xdr:nvSpPr><xdr:spPr>'
    '<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}</xdr:spPr>'
    "<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{id}" name="Picture {id}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
    "<xdr:blipFill/><xdr:spPr/></xdr:pic>"
)
_CHECK_BOX = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t201"><v:textbox><div>{text}</div></v:textbox>'
    '<x:ClientData ObjectType="Checkbox"><x:Anchor>{left}, 5, {top}, 2, {left}, 60, {top}, 18</x:Anchor>'
    "{checked}</x:ClientData></v:shape>"
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">{}</xml>'
)
_PLACE = (
    "<from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></from>"
    "<to><xdr:col>{column}</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>9</xdr:rowOff></to>"
)
_EMBEDDED = (
    '<oleObjects><oleObject progId="Word.Document.12" shapeId="NUMBER" r:id="{}"><objectPr><anchor>PLACE</anchor>'
    "</objectPr></oleObject></oleObjects>"
)
_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write(case: Case, path: Path) -> None:
    """Write the workbook of a case."""
    stream = io.BytesIO()
    case.book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, title in enumerate(case.book.sheetnames, 1):
        of_sheet = [one for one in case.drawn if one.sheet == title]
        if of_sheet:
            _draw(parts, number, of_sheet)
    for title, change in case.parts:
        name = (
            f"xl/worksheets/sheet{case.book.sheetnames.index(title) + 1}.xml"
            if title in case.book.sheetnames
            else title
        )
        parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _draw(parts: dict[str, bytes], number: int, of_sheet: list[Drawn]) -> None:
    boxes = [one for one in of_sheet if one.kind == "check box"]
    embedded = [one for one in of_sheet if one.kind == "embedded"]
    shapes = [one for one in of_sheet if one.kind not in ("check box", "embedded")]
    new = []
    if shapes:
        drawn = "".join(_anchored(at, one) for at, one in enumerate(shapes, 2))
        parts[f"xl/drawings/drawing{number}9.xml"] = _XDR.format(drawn).encode()
        new.append(("drawing", f"/xl/drawings/drawing{number}9.xml", '<drawing r:id="{}"/>'))
    if boxes:
        text = "".join(
            _CHECK_BOX.format(
                id=1024 + at,
                text=one.text,
                left=one.column - 1,
                top=one.row - 1,
                checked="<x:Checked>1</x:Checked>" if one.colour else "",
            )
            for at, one in enumerate(boxes, 1)
        )
        parts[f"xl/drawings/vmlDrawing{number}9.vml"] = _VML.format(text).encode()
        new.append(("vmlDrawing", f"/xl/drawings/vmlDrawing{number}9.vml", '<legacyDrawing r:id="{}"/>'))
    for at, one in enumerate(embedded, 1):
        name = f"xl/embeddings/document{number}_{at}.docx"
        parts[name] = b"PK\x05\x06" + b"\0" * 18
        place = _PLACE.format(column=one.column - 1, row=one.row - 1)
        new.append(("package", f"/{name}", _EMBEDDED.replace("NUMBER", str(1025 + at)).replace("PLACE", place)))
    _relate(parts, number, new)


def _anchored(at: int, one: Drawn) -> str:
    place = {"left": one.column - 1, "top": one.row - 1}
    if one.kind == "picture":
        return _ANCHOR.format(what=_PICTURE.format(id=at), **place)
    fill = f'<a:solidFill><a:srgbClr val="{one.colour}"/></a:solidFill>' if one.colour else "<a:noFill/>"
    box, form = (' txBox="1"', "rect") if one.kind == "text box" else ("", "ellipse")
    name = "TextBox" if box else "Oval"
    return _ANCHOR.format(what=_SHAPE.format(id=at, name=name, box=box, form=form, fill=fill, text=one.text), **place)


def _relate(parts: dict[str, bytes], number: int, new: list[tuple[str, str, str]]) -> None:
    rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    text, sheet = parts.get(rels, empty).decode(), parts[f"xl/worksheets/sheet{number}.xml"].decode()
    for at, (kind, target, element) in enumerate(new):
        name = f"rIdWild{at}"
        line = f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        text = text.replace("</Relationships>", line + "</Relationships>")
        sheet = sheet.replace("</worksheet>", element.format(name) + "</worksheet>")
    if "xmlns:r=" not in sheet:
        sheet = sheet.replace(
            "<worksheet ",
            f'<worksheet xmlns:r="{_RELATIONSHIPS}" xmlns:xdr="{_NAMESPACE}" ',
            1,
        )
    parts[rels], parts[f"xl/worksheets/sheet{number}.xml"] = text.encode(), sheet.encode()
