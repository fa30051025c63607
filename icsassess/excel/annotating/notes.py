"""Notes on cells, in the two parts that hold them: their texts, and the boxes in which they are shown."""

import math
import re
from collections.abc import Mapping

from icsassess.excel.cells.addresses import address
from icsassess.excel.parts.editable_package import EditablePackage
from icsassess.excel.parts.markup import CannotEdit, Element, Markup, as_text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTHOR = "Feedback"
_THREAD = "tc={"  # the author of a note that stands in for a thread of comments
_FONT = '<{0}rPr><{0}sz val="11"/><{0}rFont val="Arial"/><{0}family val="2"/></{0}rPr>'
_WIDTH = 400  # pixels: about 48 characters of 11 point Arial
_LINE = 19
_CHARACTERS = 48
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{0}"/>'
    "</o:shapelayout></xml>"
)
_BEFORE_DRAWING = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
)  # fmt: skip
_SHAPE = re.compile(rb"<(\w+:)?shape(?=[\s>]).*?</\1?shape>", re.DOTALL)
_NOTE = re.compile(rb"""\bObjectType\s*=\s*["']Note["']""")
_ROW, _COLUMN = (re.compile(rb"<(?:\w+:)?%s>\s*(\d+)\s*<" % name) for name in (b"Row", b"Column"))
_IDS = re.compile(rb"_x0000_s(\d+)")
_IDMAP = re.compile(rb"""<(?:\w+:)?idmap\b[^>]*\bdata=["']([\d,\s]+)["']""")
Place = tuple[int, int]


def write_notes(package: EditablePackage, part: str, sheet: Markup, notes: Mapping[Place, str]) -> None:
    """Give cells of a sheet these notes, none where the text is ``""``; a thread of comments stays as it is."""
    if not notes:
        return
    comments = package.target(part, "comments")
    if comments is None:
        if not any(notes.values()):
            return
        comments = package.free_name("xl/comments{}.xml")
        empty = f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
        package.write(comments, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + empty.encode())
        package.set_kind(comments, _COMMENTS)
        package.relate(part, "comments", comments)
    markup = Markup(package.read(comments))
    changed = _write_texts(markup, notes)
    package.write(comments, markup.edited())
    drawing = _drawing_of(package, part, sheet)
    package.write(drawing, _drawn(package.read(drawing), changed))


def _write_texts(markup: Markup, notes: Mapping[Place, str]) -> dict[Place, str]:
    """Write the texts; gives those that were written."""
    authors, comment_list = markup.first("authors"), markup.first("commentList")
    if authors is None or comment_list is None:
        raise CannotEdit("its notes are not what they should be")
    names = [author.text for author in markup.children("author")]
    by_cell: dict[str, list[Element]] = {}
    for comment in markup.children("comment"):
        by_cell.setdefault(comment.attribute("ref").replace("$", "").upper(), []).append(comment)
    if _AUTHOR not in names:
        author = markup.tag("author")
        markup.append(authors, f"<{author}>{_AUTHOR}</{author}>")
        names.append(_AUTHOR)
    written, added = dict[Place, str](), ""
    for place, text in notes.items():
        present = by_cell.get(address(*place), [])
        if any(_is_thread(comment, names) for comment in present):
            continue
        written[place] = text
        for comment in present if not text else present[1:]:
            markup.replace(comment, "")
        if text and present:
            _rewrite(markup, present[0], text)
        elif text:
            tag, number = markup.tag("comment"), names.index(_AUTHOR)
            added += f'<{tag} ref="{address(*place)}" authorId="{number}">{_rich(markup, text, "text")}</{tag}>'
    markup.append(comment_list, added)
    return written


def _is_thread(comment: Element, names: list[str]) -> bool:
    author = comment.attribute("authorId")
    return author.isdecimal() and int(author) < len(names) and names[int(author)].startswith(_THREAD)


def _rewrite(markup: Markup, comment: Element, text: str) -> None:
    """Put a text in the place of a note's; what the new one begins with keeps its looks."""
    holder = next(iter(markup.inside(comment, "text")), None)
    if holder is None:
        raise CannotEdit("its notes are not what they should be")
    before = "".join(piece.text for piece in markup.inside(holder, "t"))
    if before and text.startswith(before) and not markup.inside(holder, "rPh", "phoneticPr"):
        plain = [piece for piece in markup.inside(holder, "t") if piece.depth == holder.depth + 1]
        for piece in plain:  # a text without looks of its own may only stand alone
            markup.replace(piece, _run(markup, piece.text))
        markup.append(holder, _run(markup, text[len(before) :]))
    else:
        markup.replace(holder, _rich(markup, text, "text"))


def _rich(markup: Markup, text: str, name: str) -> str:
    return f"<{markup.tag(name)}>{_run(markup, text)}</{markup.tag(name)}>"


def _run(markup: Markup, text: str) -> str:
    run, piece = markup.tag("r"), markup.tag("t")
    font = _FONT.format(f"{markup.prefix}:" if markup.prefix else "")
    return f'<{run}>{font}<{piece} xml:space="preserve">{as_text(text)}</{piece}></{run}>' if text else ""


def _drawing_of(package: EditablePackage, part: str, sheet: Markup) -> str:
    """Give the part with the boxes of a sheet's notes; makes it where there is none."""
    place = next(iter(sheet.children("legacyDrawing", depth=1)), None)
    if place is not None:
        related = package.relationships(part).get(place.attribute("id"))
        if related is None or related.target not in package:
            raise CannotEdit("its notes are not what they should be")
        return related.target
    drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
    taken = [0]
    for name in package.names():
        if name.endswith(".vml"):
            taken += [
                int(number) for text in _IDMAP.findall(package.read(name)) for number in text.split(b",") if number
            ]
    package.write(drawing, _EMPTY_DRAWING.format(max(taken) + 1).encode())
    package.set_kind(drawing, _DRAWING)
    key = package.relate(part, "vmlDrawing", drawing)
    tag = sheet.tag("legacyDrawing")
    sheet.after_last(_BEFORE_DRAWING, f'<{tag} xmlns:notes="{_RELATIONSHIPS}" notes:id="{key}"/>')
    return drawing


def _drawn(drawing: bytes, notes: Mapping[Place, str]) -> bytes:
    """Give a drawing with a box for each of these notes, as large as its text needs; none for an empty one."""

    def outdated(shape: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
        gone = row and column and (int(row[1]) + 1, int(column[1]) + 1) in notes
        return b"" if gone and _NOTE.search(shape[0]) else shape[0]

    drawing = _SHAPE.sub(outdated, drawing)
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise CannotEdit("its notes are not what they should be")
    block = next((int(number) for text in _IDMAP.findall(drawing) for number in text.split(b",")), 1)
    last = max([block * 1024, *(int(number) for number in _IDS.findall(drawing))])
    shown = {place: text for place, text in notes.items() if text}
    kind = "" if b'id="_x0000_t202"' in drawing or not shown else _SHAPE_TYPE
    boxes = [_box(number, place, text) for number, (place, text) in enumerate(shown.items(), last + 1)]
    return drawing[:end] + "".join([kind, *boxes]).encode() + drawing[end:]


def _box(number: int, place: Place, text: str) -> str:
    lines = sum(max(1, math.ceil(len(line) / _CHARACTERS)) for line in text.split("\n"))
    height = min(24 + lines * _LINE, 640)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;'
        f'margin-top:1.5pt;width:{_WIDTH}px;height:{height}px;z-index:{number};visibility:hidden" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{place[0] - 1}</x:Row><x:Column>{place[1] - 1}</x:Column></x:ClientData></v:shape>"
    )
