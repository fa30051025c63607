"""Other layouts: turned, as a matrix, as a form, in blocks, with rows that go on."""

from __future__ import annotations

from tests.support.maltreatment.draft import FIELDS, TITLES
from tests.support.wild.case import Case, Line, fill_of
from tests.support.wild.registry import wild_return


def _keep(case: Case, *names: str) -> None:
    for line in case.lines:
        line.values = {name: value for name, value in line.values.items() if name in names}


def _sides(case: Case) -> tuple[list[str], list[str]]:
    return list(dict.fromkeys(x.statement for x in case.lines)), list(dict.fromkeys(x.category for x in case.lines))


@wild_return
def matrix_of_words(case: Case) -> None:
    _keep(case, "rag")
    sheet, (down, across) = case.page("Assessment grid"), _sides(case)
    for at, category in enumerate(across, 2):
        sheet.cell(3, at).value = category
    for at, statement in enumerate(down, 4):
        sheet.cell(at, 1).value = statement
    for line in case.lines:
        case.put(sheet.cell(4 + down.index(line.statement), 2 + across.index(line.category)), line, line.rag)


@wild_return
def matrix_of_evidence_on_colours(case: Case) -> None:
    _keep(case, "rag", "evidence")
    sheet, (down, across) = case.page("Grid"), _sides(case)
    for at, category in enumerate(across, 2):
        sheet.cell(3, at).value = category
    for at, statement in enumerate(down, 4):
        sheet.cell(at, 1).value = statement
    for line in case.lines:
        cell = sheet.cell(4 + down.index(line.statement), 2 + across.index(line.category))
        case.put(cell, line, line.values["evidence"])
        cell.fill = fill_of(line.rag)


@wild_return
def matrix_of_pairs(case: Case) -> None:
    _keep(case, "rag", "evidence")
    sheet, (down, across) = case.page("Grid"), _sides(case)
    for at, category in enumerate(across):
        sheet.cell(3, 2 + 2 * at).value = category
        sheet.merge_cells(start_row=3, end_row=3, start_column=2 + 2 * at, end_column=3 + 2 * at)
        sheet.cell(4, 2 + 2 * at).value, sheet.cell(4, 3 + 2 * at).value = "RAG", "Evidence"
    for at, statement in enumerate(down, 5):
        sheet.cell(at, 1).value = statement
    for line in case.lines:
        row, column = 5 + down.index(line.statement), 2 + 2 * across.index(line.category)
        case.put(sheet.cell(row, column), line, line.rag)
        case.put(sheet.cell(row, column + 1), line, line.values["evidence"])


@wild_return
def turned(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        for at, name in enumerate(FIELDS, 3):
            sheet.cell(at, 1).value = TITLES[name]
            for column, line in enumerate(lines, 2):
                case.put(sheet.cell(at, column), line, line.label_or_value(name))


@wild_return
def a_form_for_each_line(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet, row = case.page(title), 2
        for line in lines:
            for name in FIELDS:
                sheet.cell(row, 1).value = TITLES[name] + ":"
                case.put(sheet.cell(row, 2), line, line.label_or_value(name))
                row += 1
            row += 1


@wild_return
def blocks_with_the_statement_as_a_title(case: Case) -> None:
    fields = ["category", "evidence", "kept", "rag", "reason", "gap", "action", "owner", "due"]
    _keep(case, *fields)
    for title, lines in case.by_theme():
        sheet, row, last = case.page(title), 3, ""
        for line in lines:
            if line.statement != last:
                sheet.cell(row, 1).value = last = line.statement
                for at, name in enumerate(fields, 1):
                    sheet.cell(row + 1, at).value = TITLES[name]
                row += 2
            for at, name in enumerate(fields, 1):
                case.put(sheet.cell(row, at), line, line.label_or_value(name))
            row += 1


@wild_return
def blocks_with_the_category_as_a_title(case: Case) -> None:
    fields = ["statement", "evidence", "rag", "gap", "action", "owner", "due"]
    _keep(case, *fields)
    sheet = case.page("All")
    for at, name in enumerate(fields, 1):
        sheet.cell(1, at).value = TITLES[name]
    row = 2
    for category in dict.fromkeys(line.category for line in case.lines):
        sheet.cell(row, 1).value = category
        row += 1
        for line in (one for one in case.lines if one.category == category):
            for at, name in enumerate(fields, 1):
                case.put(sheet.cell(row, at), line, line.label_or_value(name))
            row += 1


def _several(case: Case, label: str) -> None:
    fields = ["ref", "evidence", "kept", "rag", "gap", "action", "owner", "due"]
    _keep(case, *fields)
    sheet = case.page("Lines")
    of: dict[str, list[Line]] = {}
    for line in case.lines:
        of.setdefault(line.ref.split("-")[0], []).append(line)
    for at, name in enumerate(fields, 1):
        sheet.cell(1, at).value = TITLES[name]
    for row, lines in enumerate(of.values(), 2):
        first = lines[0]
        for line in lines:
            line.values = dict(first.values)
        for at, name in enumerate(fields, 1):
            value = first.values.get(name)
            if name == "ref":
                refs = [line.ref for line in lines]
                short = "/".join([refs[0], *(ref.split("-")[1] for ref in refs[1:])])
                value = {"commas": ", ".join(refs), "to": f"{refs[0]} to {refs[-1]}", "slashes": short}[label]
                value = "; ".join(refs) if row % 2 and label == "commas" else value
            cell = sheet.cell(row, at)
            case.put(cell, first, value)
            for line in lines[1:]:
                line.places.append((sheet.title, cell.coordinate))


@wild_return
def one_row_for_several_lines_with_commas(case: Case) -> None:
    _several(case, "commas")


@wild_return
def one_row_from_line_to_line(case: Case) -> None:
    _several(case, "to")


@wild_return
def one_row_for_several_lines_with_slashes(case: Case) -> None:
    _several(case, "slashes")


@wild_return
def one_row_for_all_categories(case: Case) -> None:
    fields = ["statement", "category", "evidence", "rag", "gap", "action", "owner", "due"]
    _keep(case, *fields)
    sheet, row = case.page("Lines"), 2
    for at, name in enumerate(fields, 1):
        sheet.cell(1, at).value = TITLES[name]
    for statement in dict.fromkeys(line.statement for line in case.lines):
        lines = [line for line in case.lines if line.statement == statement]
        for line in lines:
            line.values = dict(lines[0].values)
            line.places = [(sheet.title, f"A{row}")]
        for at, name in enumerate(fields, 1):
            sheet.cell(row, at).value = lines[0].label_or_value(name)
        sheet.cell(row, 2).value = case.rng.choice(["All", "All categories", "all six"])
        row += 1


@wild_return
def texts_that_go_on_below(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        for at, name in enumerate(FIELDS, 1):
            sheet.cell(4, at).value = TITLES[name]
        row = 5
        for line in lines:
            for at, name in enumerate(FIELDS, 1):
                case.put(sheet.cell(row, at), line, line.label_or_value(name))
            row += 1
            for name, more in (("evidence", "and of the notes"), ("action", "on every ward")):
                if name in line.values:
                    case.put(sheet.cell(row, FIELDS.index(name) + 1), line, more)
                    line.values[name] += f"\n{more}"
            row += 1
        sheet.sheet_view.showGridLines = False


@wild_return
def superseded_rows(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        for at, name in enumerate([*FIELDS, "Comment"], 1):
            sheet.cell(4, at).value = TITLES.get(name, "Row status")
        row = 5
        for line in lines:
            for at, name in enumerate(FIELDS, 1):
                sheet.cell(row, at).value = (
                    line.label_or_value(name) if name in ("ref", "statement", "category") else ""
                )
            sheet.cell(row, 4).value = "An old survey"
            sheet.cell(row, 7).value = "Red" if line.rag == "Green" else "Green"
            sheet.cell(row, 14).value = "superseded"
            row += 1
            for at, name in enumerate(FIELDS, 1):
                case.put(sheet.cell(row, at), line, line.label_or_value(name))
            row += 1


@wild_return
def an_example_row_left_in(case: Case) -> None:
    for title, lines in case.by_theme():
        sheet = case.page(title)
        case.table(sheet, lines, top=5)
        for at, name in enumerate(FIELDS, 1):
            sheet.cell(4, at).value, sheet.cell(5, at).value = TITLES[name], None
        example = lines[0]
        words = {"ref": example.ref, "statement": example.statement, "category": example.category}
        for at, name in enumerate(FIELDS, 1):
            sheet.cell(5, at).value = words.get(name)
        sheet["D5"], sheet["G5"] = "Example: annual survey of 84 patients", "Red" if example.rag != "Red" else "Green"
        case.named.append((title, "D5"))


@wild_return
def rows_of_totals(case: Case) -> None:
    case.plain()
    for sheet in case.book.worksheets[1:]:
        sheet.append([None, "Total Red", None, None, None, None, 3])
        sheet.append([])
        sheet.append(["Key"])
        sheet.append(["Red", "No evidence"])
        sheet.append(["Amber", "Some evidence"])
        sheet.append(["Green", "Good evidence"])


@wild_return
def a_logo_and_rows_above(case: Case) -> None:
    case.plain(top=9)
    for sheet in case.book.worksheets[1:]:
        sheet["A1"] = "A partner of the system"
        sheet["A3"] = "Please complete all the yellow boxes"


@wild_return
def rows_hidden_by_a_filter(case: Case) -> None:
    """Must not fire: filtered rows are answers as well, and a point names them."""
    case.plain()
    for sheet in case.book.worksheets[1:]:
        sheet.auto_filter.ref = "A4:M10"
        sheet.auto_filter.add_filter_column(6, ["Red"])
        for row in (6, 8):
            sheet.row_dimensions[row].hidden = True
        case.named.append((sheet.title, ""))
