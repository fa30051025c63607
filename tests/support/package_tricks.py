"""A small workbook that says Red, and what somebody does to its package so that another program reads Green."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter

Parts = dict[str, bytes]
SHEET, SHARED, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
BOOK_REFERENCES, ROOT_REFERENCES = "xl/_rels/workbook.xml.rels", "_rels/.rels"
KINDS, STYLES = "[Content_Types].xml", "xl/styles.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MARKING = "OFFICIAL"
TRICKS: dict[str, Callable[[Parts], None]] = {}
ACTS: dict[str, Callable[[Parts], None]] = {}


def small_workbook() -> bytes:
    """Give a workbook with a table, a note, a chart of its cells and the marking on paper."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Assessment")
    sheet.write_row(0, 0, ["Ref", "Rating", "Evidence"])
    sheet.write_row(1, 0, ["Q1-PEX", "Red", 3])
    sheet.write_row(2, 0, ["Q1-STF", "Amber", 4])
    sheet.write_comment("A2", "A note")
    sheet.set_header(f"&R{MARKING}")
    sheet.freeze_panes(1, 0)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": ["Assessment", 1, 2, 2, 2], "data": [3, 4]})
    sheet.insert_chart("E5", chart)
    book.close()
    return file.getvalue()


def parts_of(data: bytes) -> Parts:
    """Give the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    """Give a package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def replace(parts: Parts, part: str, old: str, new: str, count: int = 1) -> None:
    """Replace text in a part, which must be there."""
    content = parts[part].decode()
    assert old in content, f"{old} is not in {part}"
    parts[part] = content.replace(old, new, count).encode()


def red_sheet(parts: Parts) -> str:
    """Give the part of the sheet Assessment: the first sheet that the workbook part lists under that name."""
    book, references = parts[BOOK].decode(), parts[BOOK_REFERENCES].decode()
    listed = book[book.index('name="Assessment"') :]
    key = listed[listed.index('r:id="') + 6 :].split('"')[0]
    entry = next(piece for piece in references.split("<Relationship ") if f'Id="{key}"' in piece)
    return "xl/" + entry.split('Target="')[1].split('"')[0].removeprefix("/xl/")


def a_cell(parts: Parts) -> str:
    """Give the markup of a cell with a text on the sheet Assessment."""
    sheet = parts[red_sheet(parts)].decode()
    start = sheet.index("<c ", sheet.index('<row r="2"'))
    return sheet[start : sheet.index("</c>", start) + 4]


def _trick(function: Callable[[Parts], None]) -> Callable[[Parts], None]:
    TRICKS[function.__name__.replace("_", " ")] = function
    return function


def _acting(function: Callable[[Parts], None]) -> Callable[[Parts], None]:
    ACTS[function.__name__.replace("_", " ")] = function
    return function


def _root(parts: Parts, part: str, declaration: str) -> None:
    replace(parts, part, f'xmlns="{_MAIN}"', f'xmlns="{_MAIN}" {declaration}')


def _second_name(parts: Parts, part: str, namespace: str = _MAIN) -> None:
    replace(
        parts,
        part,
        f'xmlns="{namespace}"',
        f'xmlns="{namespace}" xmlns:zz="{namespace}" xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="zz"',
    )


# --- Read in two ways


@_trick
def a_value_within_an_extension_of_the_cell(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell[:-4] + '<extLst><ext uri="x"><v>1</v></ext></extLst></c>')


@_trick
def a_second_id_on_the_sheet(parts: Parts) -> None:
    replace(parts, BOOK, "<sheet ", '<sheet xmlns:zz="urn:zz" zz:id="rId1" ')


@_trick
def a_foreign_type_that_ends_like_the_shared_texts(parts: Parts) -> None:
    parts["xl/other.xml"] = parts[SHARED]
    reference = '<Relationship Id="rId99" Type="urn:foreign/sharedStrings" Target="other.xml"/>'
    replace(parts, BOOK_REFERENCES, "<Relationship ", reference + "<Relationship ")


@_trick
def a_foreign_type_that_ends_like_the_workbook(parts: Parts) -> None:
    parts["xl/other.xml"] = parts[BOOK]
    reference = '<Relationship Id="rId99" Type="urn:foreign/officeDocument" Target="xl/other.xml"/>'
    replace(parts, ROOT_REFERENCES, "<Relationship ", reference + "<Relationship ")


@_trick
def a_choice_that_nobody_requires(parts: Parts) -> None:
    cell = a_cell(parts)
    choice = f'<mc:Choice Requires="">{cell}</mc:Choice>'
    whole = f'<mc:AlternateContent xmlns:mc="{_COMPATIBILITY}">{choice}</mc:AlternateContent>'
    replace(parts, red_sheet(parts), cell, whole)


@_trick
def rows_after_the_table_in_an_extension(parts: Parts) -> None:
    rows = f'<extLst><ext uri="x"><row r="2">{a_cell(parts)}</row></ext></extLst>'
    replace(parts, red_sheet(parts), "</worksheet>", rows + "</worksheet>")


@_trick
def two_values_in_one_cell(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell[:-4] + "<v>1</v></c>")


@_trick
def one_id_twice(parts: Parts) -> None:
    references = parts[BOOK_REFERENCES].decode()
    first = references[references.index("<Relationship ") : references.index("/>") + 2]
    replace(parts, BOOK_REFERENCES, first, first + first.replace("sheet1", "sheet2"))


@_trick
def a_target_with_a_fragment(parts: Parts) -> None:
    replace(parts, BOOK_REFERENCES, "sheet1.xml", "sheet1.xml#x")


@_trick
def a_target_written_in_per_cent(parts: Parts) -> None:
    replace(parts, BOOK_REFERENCES, "sheet1.xml", "sheet%31.xml")


@_trick
def a_row_under_a_second_name(parts: Parts) -> None:
    part = red_sheet(parts)
    _second_name(parts, part)
    replace(parts, part, "</sheetData>", f'<zz:row r="9999">{a_cell(parts)}</zz:row></sheetData>')


@_trick
def a_cell_under_a_second_name(parts: Parts) -> None:
    part, cell = red_sheet(parts), a_cell(parts)
    _second_name(parts, part)
    replace(parts, part, cell, cell + cell.replace("<c ", "<zz:c ").replace("</c>", "</zz:c>"))


@_trick
def a_reference_under_a_second_name(parts: Parts) -> None:
    _second_name(parts, BOOK_REFERENCES, "http://schemas.openxmlformats.org/package/2006/relationships")
    replace(parts, BOOK_REFERENCES, "<Relationship ", "<zz:Relationship ")


@_trick
def a_sheet_under_a_second_name(parts: Parts) -> None:
    _second_name(parts, BOOK)
    replace(parts, BOOK, "<sheet ", '<zz:sheet name="Other" sheetId="99" r:id="rId1"/><sheet ')


@_trick
def a_comment_within_a_value(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell.replace("<v>", "<v><!-- 1 -->"))


@_trick
def a_value_in_a_section_of_its_own(parts: Parts) -> None:
    cell = a_cell(parts)
    value = cell[cell.index("<v>") + 3 : cell.index("</v>")]
    replace(parts, red_sheet(parts), cell, cell.replace(f"<v>{value}", f"<v><![CDATA[{value}]]>"))


@_trick
def an_instruction_for_programs(parts: Parts) -> None:
    replace(parts, red_sheet(parts), "<sheetData>", "<?mso x?><sheetData>")


@_trick
def a_second_table_of_cells(parts: Parts) -> None:
    rows = f'<sheetData><row r="2">{a_cell(parts)}</row></sheetData>'
    replace(parts, red_sheet(parts), "</sheetData>", "</sheetData>" + rows)


@_trick
def the_same_cell_twice(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell + cell)


@_trick
def the_same_row_twice(parts: Parts) -> None:
    replace(parts, red_sheet(parts), "</sheetData>", f'<row r="2">{a_cell(parts)}</row></sheetData>')


@_trick
def a_row_without_its_number(parts: Parts) -> None:
    replace(parts, red_sheet(parts), '<row r="2"', "<row")


@_trick
def a_text_of_its_own_beside_a_shared_one(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell[:-4] + "<is><t>Green</t></is></c>")


@_trick
def text_between_the_elements_of_a_cell(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell[:-4] + "Green</c>")


@_trick
def another_encoding(parts: Parts) -> None:
    part = red_sheet(parts)
    text = parts[part].decode().replace("UTF-8", "UTF-16", 1)
    parts[part] = text.encode("utf-16")


@_trick
def a_document_type(parts: Parts) -> None:
    replace(parts, red_sheet(parts), "<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "Green">]><worksheet')


@_trick
def an_attribute_of_a_cell_under_another_name(parts: Parts) -> None:
    cell = a_cell(parts)
    replace(parts, red_sheet(parts), cell, cell.replace("<c ", '<c xmlns:zz="urn:zz" zz:t="n" '))


@_trick
def a_part_whose_kind_stands_twice(parts: Parts) -> None:
    kinds = parts[KINDS].decode()
    start = kinds.index("<Override ")
    entry = kinds[start : kinds.index("/>", start) + 2]
    replace(parts, KINDS, entry, entry + entry)


@_trick
def a_part_that_nothing_refers_to(parts: Parts) -> None:
    parts["xl/worksheets/sheet77.xml"] = parts[red_sheet(parts)]


@_trick
def a_part_under_two_spellings(parts: Parts) -> None:
    part = red_sheet(parts)
    parts[part.replace("sheet", "Sheet")] = parts[part]


@_trick
def a_second_note_on_a_cell(parts: Parts) -> None:
    part = next(name for name in parts if "comments" in name and name.endswith(".xml"))
    content = parts[part].decode()
    first = content[content.index("<comment ") : content.index("</comment>") + len("</comment>")]
    replace(parts, part, first, first + first)


def with_another_name_in_a_further_field(data: bytes, part: str) -> bytes:
    """Give a package in which a field of the directory calls the entry by the part's name (APPNOTE 4.6.9)."""
    name = part.encode()
    field = struct.pack("<HHBI", 0x7075, len(name) + 5, 1, 0) + name
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts_of(data).items():
            entry = zipfile.ZipInfo(each)
            if each == part:
                entry.extra = field
            archive.writestr(entry, content)
    return file.getvalue()


def with_another_name_in_the_local_header(data: bytes, part: str) -> bytes:
    """Give a package in which the header before an entry has another name than the directory."""
    name = part.encode()
    place = data.index(name)
    return data[:place] + name.replace(b"sheet", b"shoot") + data[place + len(name) :]


# --- Acts, or lies over the cells


def _with_reference(parts: Parts, kind: str, target: str, mode: str = "") -> None:
    reference = f'<Relationship Id="rId98" Type="{kind}" Target="{target}"{mode}/>'
    replace(parts, BOOK_REFERENCES, "</Relationships>", reference + "</Relationships>")


@_acting
def a_macro_under_another_name(parts: Parts) -> None:
    parts["xl/other.bin"] = b"macro"
    _with_reference(parts, "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "other.bin")


@_acting
def a_connection_that_fetches_figures(parts: Parts) -> None:
    parts["xl/connections.xml"] = f'<connections xmlns="{_MAIN}"/>'.encode()
    _with_reference(parts, f"{_OFFICE}/connections", "connections.xml")


@_acting
def a_link_to_another_program(parts: Parts) -> None:
    link = f'<externalLink xmlns="{_MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    parts["xl/externalLinks/externalLink1.xml"] = link.encode()
    _with_reference(parts, f"{_OFFICE}/externalLink", "externalLinks/externalLink1.xml")


@_acting
def a_name_that_opens_something(parts: Parts) -> None:
    name = '<definedNames><definedName name="_xlnm.Auto_Open">Assessment!$A$1</definedName></definedNames>'
    book = parts[BOOK].decode()
    if "<definedNames>" in book:
        replace(parts, BOOK, "<definedNames>", name.removesuffix("</definedNames>"))
    else:
        replace(parts, BOOK, "</sheets>", "</sheets>" + name)


@_acting
def a_picture_over_the_sheet(parts: Parts) -> None:
    part = next(name for name in sorted(parts) if name.startswith("xl/drawings/drawing"))
    end = "</xdr:twoCellAnchor>"
    replace(parts, part, end, "<xdr:pic/>" + end)


@_acting
def a_note_that_stays_open(parts: Parts) -> None:
    part = next(name for name in sorted(parts) if name.endswith(".vml"))
    replace(parts, part, "</x:ClientData>", "<x:Visible/></x:ClientData>")


@_acting
def a_note_with_other_words_in_its_box(parts: Parts) -> None:
    part = next(name for name in sorted(parts) if name.endswith(".vml"))
    replace(parts, part, "</div>", "Green after all</div>")


@_acting
def a_chart_of_other_figures(parts: Parts) -> None:
    part = "xl/charts/chart1.xml"
    content = parts[part].decode()
    start = content.index("<c:numCache>")
    value = content[content.index("<c:v>", start) : content.index("</c:v>", start) + 6]
    parts[part] = content[:start].encode() + content[start:].replace(value, "<c:v>77</c:v>", 1).encode()


@_acting
def a_query_kept_with_the_files_own_data(parts: Parts) -> None:
    parts["customXml/item1.xml"] = b'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">x</DataMashup>'
    reference = f'<Relationship Id="rId97" Type="{_OFFICE}/customXml" Target="../customXml/item1.xml"/>'
    replace(parts, BOOK_REFERENCES, "</Relationships>", reference + "</Relationships>")


@_acting
def the_marking_taken_off_the_paper(parts: Parts) -> None:
    part = red_sheet(parts)
    content = parts[part].decode()
    start, end = content.index("<headerFooter>"), content.index("</headerFooter>") + len("</headerFooter>")
    parts[part] = (content[:start] + content[end:]).encode()


@_acting
def first_rows_that_cannot_be_scrolled_to(parts: Parts) -> None:
    replace(parts, red_sheet(parts), "<sheetView ", '<sheetView topLeftCell="A40" ')


@_acting
def struck_words_in_a_text(parts: Parts) -> None:
    content = parts[SHARED].decode()
    text = content[content.index("<si>") : content.index("</si>") + 5]
    inner = text[4:-5]
    replace(parts, SHARED, text, f"<si><r><rPr><strike/></rPr>{inner}</r></si>")


@_acting
def days_counted_from_1904(parts: Parts) -> None:
    replace(parts, BOOK, "<workbookPr ", '<workbookPr date1904="1" ')
