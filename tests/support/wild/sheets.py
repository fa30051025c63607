"""Whole sheets: of another round, another partner, of one kind of answer only, in front, hidden."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.support.wild.case import COLOURS, Case, Line
from tests.support.wild.registry import wild_return


def _again(case: Case, sheet: Worksheet, lines: list[Line]) -> None:
    """Write the table with other ratings and evidence, which are not this return's."""
    for line, cells in case.table(sheet, lines):
        line.places = line.places[: -len(cells)]
        cells["rag"].value = case.rng.choice([word for word in COLOURS if word != line.rag])
        cells["evidence"].value = f"Old survey of {line.ref}"
        for name in ("gap", "action", "owner", "due", "action_status", "kept", "reason", "evidence_date"):
            cells[name].value = None


def _old_sheets(case: Case, name: str, *, hidden: bool = False, first: bool = False) -> None:
    case.plain()
    for title, lines in case.by_theme():
        sheet = case.page(name.format(title)[:31])
        _again(case, sheet, lines)
        if hidden:
            sheet.sheet_state = "hidden"
        if first:
            case.book.move_sheet(sheet, -4)
        case.named.append((sheet.title, ""))


_OLDER = (
    *("{} old", "OLD {}", "{} superseded", "{} DO NOT USE", "{} 2022", "{} (2)x old copy", "Last year {}", "{} backup"),
    *("Archive - {}", "{} draft", "{} previous", "{} Oct 22", "{} 2022-23", "Copy of {}", "x{} not used"),
)

for _number, _name in enumerate(_OLDER):

    def _produce(case: Case, name: str = _name) -> None:
        _old_sheets(case, name)

    _produce.__name__ = f"older_sheets_{_number:02}"
    wild_return(_produce)


@wild_return
def older_sheets_first(case: Case) -> None:
    _old_sheets(case, "{} v1", first=True)


@wild_return
def older_sheets_hidden(case: Case) -> None:
    _old_sheets(case, "{} a", hidden=True)


@wild_return
def versions_of_sheets(case: Case) -> None:
    for title, lines in case.by_theme():
        old = case.page(f"{title} v1"[:31])
        _again(case, old, lines)
        case.table(case.page(f"{title} v2"[:31]), lines)
        case.named.append((old.title, ""))


@wild_return
def dated_sheets(case: Case) -> None:
    for title, lines in case.by_theme():
        case.table(case.page(f"{title[:18]} Jan 24"), lines)
        old = case.page(f"{title[:18]} Nov 23")
        _again(case, old, lines)
        case.named.append((old.title, ""))


@wild_return
def sheets_of_another_partner(case: Case) -> None:
    for title, lines in case.by_theme():
        case.table(case.page(f"PC {title}"[:31]), lines)
        other = case.page(f"MFT {title}"[:31])
        _again(case, other, lines)
        case.named.append((other.title, ""))


@wild_return
def sheets_of_another_partner_by_name(case: Case) -> None:
    case.plain()
    for title, lines in case.by_theme():
        other = case.page(f"{title[:12]} Public health"[:31])
        _again(case, other, lines)
        case.named.append((other.title, ""))


@wild_return
def a_sheet_of_hidden_lists(case: Case) -> None:
    """Must not fire: a hidden sheet without any line."""
    case.plain()
    sheet = case.page("Lists")
    for word in COLOURS:
        sheet.append([word])
    sheet.sheet_state = "hidden"


@wild_return
def a_theme_sheet_hidden(case: Case) -> None:
    """Must not fire: the only sheet with these lines is hidden, and a point says so."""
    case.plain()
    case.book.worksheets[2].sheet_state = "hidden"
    case.named.append((case.book.worksheets[2].title, ""))


@wild_return
def actions_on_a_sheet_of_their_own(case: Case) -> None:
    first, second = ["ref", "statement", "category", "evidence", "kept", "evidence_date", "rag", "reason"], []
    second = ["ref", "gap", "action", "owner", "due", "action_status"]
    case.plain(first)
    lines = [line for line in case.lines if line.rag != "Green"]
    case.rng.shuffle(lines)
    case.table(case.page("Action plan"), lines, second, top=1)


@wild_return
def comments_on_a_sheet_of_their_own(case: Case) -> None:
    fields = ["ref", "statement", "category", "evidence", "kept", "evidence_date", "rag"]
    for line, _ in case.plain(fields):
        line.values = {name: line.values[name] for name in fields if name in line.values} | {
            "reason": line.values["reason"]
        }
    case.table(case.page("Comments"), case.lines, ["ref", "reason"], {"reason": "Comments"}, top=1)


@wild_return
def a_summary_of_formulas_in_front(case: Case) -> None:
    written = case.plain()
    summary = case.book.create_sheet("Summary", 1)
    summary.append(["Ref", "Evidence category", "RAG"])
    for line, cells in written:
        where = f"='{cells['rag'].parent.title}'!{cells['rag'].coordinate}"
        summary.append([line.ref, line.category, where])

    def with_values(xml: str) -> str:
        for line, cells in written:
            formula = f"<f>'{cells['rag'].parent.title}'!{cells['rag'].coordinate}</f><v></v>"
            plain = formula.replace("<v></v>", "<v />")
            for one in (formula, plain, formula.replace("<v></v>", "<v/>")):
                xml = xml.replace(f">{one}", f' t="str">{one.split("<v")[0]}<v>{line.rag}</v>')
        return xml

    case.parts.append(("Summary", with_values))


@wild_return
def a_sheet_for_each_statement(case: Case) -> None:
    of: dict[str, list[Line]] = {}
    for line in case.lines:
        of.setdefault(line.ref.split("-")[0], []).append(line)
    for code, lines in of.items():
        case.table(case.page(code), lines, ["category", "evidence", "kept", "rag", "gap", "action", "owner", "due"])
    for line in case.lines:
        for name in ("evidence_date", "reason", "action_status"):
            line.values.pop(name, None)


@wild_return
def a_cell_added_to_the_guidance(case: Case) -> None:
    case.plain()
    sheet = case.page("Guidance")
    sheet["A1"] = "Guidance"
    sheet["A30"] = "We could not answer for the north: please ring us"
    case.named.append(("Guidance", "A30"))


@wild_return
def notes_on_the_cover(case: Case) -> None:
    from openpyxl.comments import Comment

    case.plain()
    cover = case.book["Cover"]
    cover["B3"].comment = Comment("This return speaks for the north only", "A reader")
    case.named.append(("Cover", "B3"))


@wild_return
def words_in_header_and_footer(case: Case) -> None:
    case.plain()
    for sheet in case.book.worksheets[1:]:
        sheet.oddHeader.center.text = "PROVISIONAL - not for publication"
        case.named.append((sheet.title, ""))


@wild_return
def page_numbers_in_the_footer(case: Case) -> None:
    """Must not fire: a footer with page numbers only is nothing to name (tested apart)."""
    case.plain()
    for sheet in case.book.worksheets[1:]:
        sheet.oddFooter.center.text = "Page &P of &N"
