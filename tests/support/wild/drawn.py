"""What is drawn over the cells or lies in them: text boxes, shapes, pictures, check boxes, embedded files, notes."""

from __future__ import annotations

from openpyxl.comments import Comment

from tests.support.maltreatment.draft import FIELDS, FILLS
from tests.support.wild.case import COLOURS, Case, Drawn
from tests.support.wild.registry import wild_return


@wild_return
def evidence_in_text_boxes(case: Case) -> None:
    for line, cells in case.plain():
        cell = cells["evidence"]
        case.drawn.append(Drawn(cell.parent.title, "text box", cell.row, cell.column, line.values["evidence"]))
        cell.value = None


@wild_return
def a_text_box_beside_the_table(case: Case) -> None:
    case.plain()
    for sheet in case.book.worksheets[1:]:
        case.drawn.append(Drawn(sheet.title, "text box", 2, 16, "The ratings of this sheet are provisional"))
        case.named.append((sheet.title, "P2"))


@wild_return
def coloured_circles_over_the_ratings(case: Case) -> None:
    for line, cells in case.plain():
        cell = cells["rag"]
        case.drawn.append(Drawn(cell.parent.title, "oval", cell.row, cell.column, "", FILLS[line.rag]))
        cell.value = None


@wild_return
def pictures_of_traffic_lights(case: Case) -> None:
    for line, cells in case.plain():
        cell = cells["rag"]
        case.drawn.append(Drawn(cell.parent.title, "picture", cell.row, cell.column))
        cell.value = None
        line.asked.add("rag")


@wild_return
def a_logo(case: Case) -> None:
    case.plain()
    for sheet in case.book.worksheets[1:]:
        case.drawn.append(Drawn(sheet.title, "picture", 1, 1))
        case.named.append((sheet.title, ""))


@wild_return
def check_boxes_under_red_amber_green(case: Case) -> None:
    at = FIELDS.index("rag")
    fields = [*FIELDS[:at], *COLOURS, *FIELDS[at + 1 :]]
    for line, cells in case.plain(fields, {word: word for word in COLOURS}):
        for word in COLOURS:
            cell = cells[word]
            checked = "1" if word == line.rag else ""
            case.drawn.append(Drawn(cell.parent.title, "check box", cell.row, cell.column, "", checked))


@wild_return
def embedded_documents_as_evidence(case: Case) -> None:
    for line, cells in case.plain():
        cell = cells["evidence"]
        case.drawn.append(Drawn(cell.parent.title, "embedded", cell.row, cell.column))
        cell.value = None
        line.asked.add("evidence")


@wild_return
def evidence_in_notes_on_the_ratings(case: Case) -> None:
    for line, cells in case.plain():
        cells["rag"].comment = Comment(line.values["evidence"], "A reader")
        cells["evidence"].value = None
        line.free.add("evidence")
        case.named.append((cells["rag"].parent.title, cells["rag"].coordinate))
