"""Masking in a workbook's own parts: texts of cells, texts that cells share, links and properties."""

from collections.abc import Callable, Collection, Mapping

from icsassess.excel.cells.addresses import address, parse_area
from icsassess.excel.parts.editable_package import EditablePackage
from icsassess.excel.parts.markup import CannotEdit, Markup, as_attribute, as_text

_WHERE_WE_CANNOT = "what looks like an NHS number stands where we cannot mask it"
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
Mask = Callable[[str], str]


def put_texts(
    package: EditablePackage,
    part: str,
    sheet: Markup,
    texts: Mapping[tuple[int, int], str],
    unlinked: Collection[tuple[int, int]],
) -> None:
    """Put texts in the place of what cells hold, and take links off cells.

    Raises ``CannotEdit`` where a cell cannot be found, or its formula is shared with other cells.
    """
    cells = {cell.attribute("r"): cell for cell in sheet.children("c")}
    for place, text in texts.items():
        cell = cells.get(address(*place))
        if cell is None:
            raise CannotEdit(_WHERE_WE_CANNOT)
        formulas = sheet.inside(cell, "f")
        if any(formula.attribute("t") in ("shared", "array", "dataTable") for formula in formulas):
            raise CannotEdit(_WHERE_WE_CANNOT)
        if cell.attribute("t") == "s" and not formulas:
            continue  # masked where the workbook keeps the texts that cells share
        style = f' s="{cell.attribute("s")}"' if cell.attribute("s") else ""
        tag, holder, piece = (sheet.tag(name) for name in ("c", "is", "t"))
        sheet.replace(
            cell,
            f'<{tag} r="{cell.attribute("r")}"{style} t="inlineStr"><{holder}><{piece} xml:space="preserve">'
            f"{as_text(text)}</{piece}></{holder}></{tag}>",
        )
        if formulas and (chain := next((name for name in package.names() if name.endswith("calcchain.xml")), None)):
            _without_calculation_chain(package, chain)
    links = sheet.children("hyperlink", parent="hyperlinks")
    outdated = [link for link in links if _covers(link.attribute("ref"), unlinked)]
    for link in outdated:
        if key := link.attribute("id"):
            package.unrelate(part, key)
        if len(outdated) < len(links):
            sheet.replace(link, "")
    if outdated and len(outdated) == len(links):
        sheet.replace(sheet.children("hyperlinks")[0], "")


def _covers(area: str, places: Collection[tuple[int, int]]) -> bool:
    try:
        top, left, bottom, right = parse_area(area)
    except ValueError:
        return False
    return any(top <= row <= bottom and left <= column <= right for row, column in places)


def _without_calculation_chain(package: EditablePackage, chain: str) -> None:
    """Take out the order in which formulas are worked out: it names each of them. Excel makes it anew."""
    for part in [name for name in package.names() if name.endswith("workbook.xml")]:
        for key, related in package.relationships(part).items():
            if related.target == chain:
                package.unrelate(part, key)
    package.remove(chain)


def mask_shared_strings(package: EditablePackage, workbook_part: str, mask: Mask) -> None:
    """Mask the texts that cells share. One that has something to be masked loses the looks of its parts."""
    part = package.target(workbook_part, "sharedstrings")
    if part is None:
        return
    markup = Markup(package.read(part))
    piece, changed = markup.tag("t"), False
    phonetic = [(each.start, each.end) for each in markup.children("rPh")]
    for entry in markup.children("si"):
        text = "".join(each.text for each in markup.inside(entry, "t"))
        if mask(text) == text:
            continue
        spoken = [t.text for t in markup.inside(entry, "t") if not any(a < t.start < b for a, b in phonetic)]
        written = as_text(mask("".join(spoken)))
        markup.replace_content(entry, f'<{piece} xml:space="preserve">{written}</{piece}>')
        changed = True
    if changed:
        package.write(part, markup.edited())


def mask_properties(package: EditablePackage, mask: Mask, custom: Mapping[str, str]) -> None:
    """Mask the document's properties, and set those in ``custom``."""
    for kind in ("core-properties", "extended-properties", "custom-properties"):
        if part := package.target("", kind):
            markup = Markup(package.read(part))
            for element in markup.elements:
                if element.text and mask(element.text) != element.text:
                    markup.replace_content(element, as_text(mask(element.text)))
            package.write(part, markup.edited())
    _set_custom(package, custom)


def _set_custom(package: EditablePackage, custom: Mapping[str, str]) -> None:
    part = package.target("", "custom-properties")
    if part is None:
        part = package.free_name("docProps/custom{}.xml")
        package.write(part, f'<Properties xmlns="{_CUSTOM_NAMESPACE}"></Properties>'.encode())
        package.set_kind(part, _CUSTOM)
        package.relate("", "custom-properties", part)
    markup = Markup(package.read(part))
    properties = markup.children("property")
    number = max([int(each.attribute("pid") or 1) for each in properties], default=1)
    for name, text in custom.items():
        value = f'<v:lpwstr xmlns:v="{_VALUES}">{as_text(text)}</v:lpwstr>'
        if same := [each for each in properties if each.attribute("name") == name]:
            markup.replace_content(same[0], value)
            continue
        number += 1
        tag = markup.tag("property")
        markup.append(
            markup.root,
            f'<{tag} fmtid="{_FORMAT_ID}" pid="{number}" name={as_attribute(name)}>{value}</{tag}>',
        )
    package.write(part, markup.edited())
