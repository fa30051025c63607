"""The sheet in front: the only sheet of a workbook of ours, put into another workbook with its looks and its table."""

from icsassess.excel.annotating.sheet_list import SheetList
from icsassess.excel.annotating.styles_part import StylesPart
from icsassess.excel.parts.editable_package import EditablePackage
from icsassess.excel.parts.markup import Markup

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_SOURCE = "xl/worksheets/sheet1.xml"


def add_front_sheet(package: EditablePackage, front: bytes, sheets: SheetList, styles: StylesPart) -> str:
    """Add the only sheet of the workbook ``front`` to a package; gives its part.

    Its texts are written into their cells, its looks added to those of the package.
    """
    source = EditablePackage(front)
    sheet = Markup(source.read(_SOURCE))
    strings = _strings(source)
    looks = Markup(source.read("xl/styles.xml"))
    cell_looks = looks.children("xf", parent="cellXfs")
    conditional = looks.children("dxf", parent="dxfs")
    numbers: dict[str, str] = {}

    def look(number: str) -> str:
        if number not in numbers:
            numbers[number] = str(styles.add_look(looks, cell_looks[int(number)]))
        return numbers[number]

    values = {value.start: value for value in sheet.children("v", parent="c")}
    for cell in sheet.children("c"):
        number = look(cell.attribute("s") or "0")
        value = next((values[at] for at in values if cell.start < at < cell.end), None) if cell.attribute("t") else None
        if value is not None and cell.attribute("t") == "s":
            sheet.set(cell, s=number, t="inlineStr")
            sheet.replace(value, b"<is>" + strings[int(value.text)] + b"</is>")
        else:
            sheet.set(cell, s=number)
    for row in sheet.children("row"):
        if row.attribute("s"):
            sheet.set(row, s=look(row.attribute("s")))
    for column in sheet.children("col"):
        sheet.set(column, style=look(column.attribute("style") or "0"))
    for rule in sheet.children("cfRule"):
        if rule.attribute("dxfId"):
            written = looks.written(conditional[int(rule.attribute("dxfId"))])
            sheet.set(rule, dxfId=str(styles.add("dxfs", written)))
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.write(part, sheet.data)  # a place for its table to be related to
    package.set_kind(part, _SHEET)
    tables = sorted(name for name in source.names() if name.startswith("xl/tables/"))
    for entry, name in zip(sheet.children("tablePart"), tables, strict=True):
        key = _add_table(package, source.read(name), part, sheets)
        sheet.replace(entry, f'<tablePart r:id="{key}"/>')
    package.write(part, sheet.edited())
    return part


def _strings(source: EditablePackage) -> list[bytes]:
    if "xl/sharedstrings.xml" not in source:
        return []
    markup = Markup(source.read("xl/sharedStrings.xml"))
    return [markup.content(entry) for entry in markup.children("si")]


def _add_table(package: EditablePackage, table: bytes, sheet_part: str, sheets: SheetList) -> str:
    """Add a table of the sheet under a name and a number that nothing in the workbook has yet."""
    markup = Markup(table)
    taken = {name.attribute("name").casefold() for name in sheets.markup.children("definedName")}
    numbers = [0]
    for name in package.names():
        if name.startswith("xl/tables/") and name.endswith(".xml"):
            root = Markup(package.read(name)).root
            taken |= {root.attribute("displayName").casefold(), root.attribute("name").casefold()}
            numbers.append(int(root.attribute("id") or 0))
    wanted = free = markup.root.attribute("displayName")
    number = 1
    while free.casefold() in taken:
        number += 1
        free = f"{wanted}_{number}"
    markup.set(markup.root, id=str(max(numbers) + 1), name=free, displayName=free)
    part = package.free_name("xl/tables/table{}.xml")
    package.write(part, markup.edited())
    package.set_kind(part, _TABLE)
    return package.relate(sheet_part, "table", part)
