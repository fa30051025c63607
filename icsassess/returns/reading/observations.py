"""What is remarkable about a return beside its answers: personal data, hidden places, odd columns."""

from collections.abc import Collection

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.cells.model import Sheet, Workbook, as_text
from icsassess.returns.reading.file.cover import Cover
from icsassess.returns.reading.tables.table import Basis, LocatedTable
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import clip, count, listing, words

# Sheets of ours that explain: an example there is no answer.
EXPLAINING = frozenset({"guidance", "instructions", "how to", "key", "feedback"})


def no_return(workbook: Workbook, template: ReturnTemplate) -> Problem:
    """Give the point of a workbook without any table of the return."""
    sheets = listing([f"‘{clip(sheet.title, 31)}’" for sheet in workbook.sheets], most=6)
    titles = listing([column.title for column in template.columns if column.field in ("ref", "evidence", "rag", "gap")])
    return make_problem("not-a-return", sheets=sheets, titles=titles)


def about_columns(table: LocatedTable, template: ReturnTemplate) -> list[Problem]:
    """Give the points of a table whose columns are missing, there twice, or the partner's own."""
    problems: list[Problem] = []
    title_of: dict[str, str] = {column.field: column.title for column in template.columns}
    sheet, first = table.sheet.title, table.heading_cell()
    for name, title in title_of.items():
        if (
            name not in table.columns
            and not table.is_partial
            and not (name == "ref" and {"statement", "category"} <= set(table.columns))
        ):
            problems.append(make_problem("column-missing", found=title, sheet=sheet, cell=first))
    for name, guess in table.guesses.items():
        column = table.columns[name]
        heading = table.headings.get(column, "") or f"(column {column_letter(column)}, without a heading)"
        code = "heading-near" if guess.basis is Basis.HEADING else "column-guessed"
        cell = table.heading_cell(column)
        problems.append(make_problem(code, found=heading, title=title_of[name], how=guess.how, sheet=sheet, cell=cell))
    for column, name in table.twice:
        both = listing([f"‘{table.others.get(column, '')}’", f"‘{title_of[name]}’"])
        cell = table.heading_cell(column)
        problems.append(make_problem("column-twice", found=both, title=title_of[name], sheet=sheet, cell=cell))
    twice = {column for column, _ in table.twice}
    rivals = {column for columns in table.rivals.values() for column in columns}
    for column, heading in table.others.items():
        if column not in twice and column not in rivals and words(heading) not in template.own_titles:
            titles = "The columns are " + listing(list(title_of.values()), most=20)
            cell = table.heading_cell(column)
            problems.append(make_problem("column-of-their-own", found=heading, titles=titles, sheet=sheet, cell=cell))
    return problems


def with_titles_masked(workbook: Workbook) -> tuple[Workbook, list[Problem]]:
    """Give the workbook with NHS numbers in its sheets' titles masked, and the points that say so."""
    if not any(personal_data.count_nhs_numbers(sheet.title) for sheet in workbook.sheets):
        return workbook, []
    sheets = tuple(sheet._replace(title=personal_data.mask(sheet.title)) for sheet in workbook.sheets)
    changed = [new.title for old, new in zip(workbook.sheets, sheets, strict=True) if new.title != old.title]
    message = "the sheet's title holds what looks like an NHS number"
    return workbook._replace(sheets=sheets), [
        make_problem("personal-data", sheet=title, found=message) for title in changed
    ]


def personal_data_points(workbook: Workbook) -> list[Problem]:
    """Point out every cell, note and property that holds what looks like an NHS number."""
    problems: list[Problem] = []
    for sheet in workbook.sheets:
        if not personal_data.may_hold_nhs_number(_all_texts(sheet)):
            continue
        for cell in sheet.cells.values():
            number = personal_data.count_nhs_numbers(as_text(cell)) if cell.value is not None else 0
            inside = "the cell holds"
            if not number and (cell.note or cell.link):
                number = personal_data.count_nhs_numbers(f"{cell.note or ''} {cell.link or ''}")
                inside = "the note or link on the cell holds"
            if number:
                message = f"{inside} what looks like {'an NHS number' if number == 1 else f'{number} NHS numbers'}"
                problems.append(make_problem("personal-data", sheet=sheet.title, cell=cell.address, found=message))
    for name, text in {**workbook.properties, **workbook.custom_properties}.items():
        if personal_data.count_nhs_numbers(text):
            problems.append(
                make_problem("personal-data", found=f"the file's property ‘{name}’ holds what looks like an NHS number")
            )
    return problems


def _all_texts(sheet: Sheet) -> list[str]:
    cells = sheet.cells.values()
    texts = [cell.value if isinstance(cell.value, str) else as_text(cell) for cell in cells]
    return texts + [f"{cell.note or ''} {cell.link or ''}" for cell in cells if cell.note or cell.link]


def about_the_file(
    workbook: Workbook,
    cover: Cover,
    template: ReturnTemplate,
    tables: dict[str, list[LocatedTable]],
    unused_examples: Collection[str] = (),
) -> list[Problem]:
    """Give the points of the file as a whole.

    ``unused_examples`` are the titles of sheets that explain, and hold a table all the same.
    """
    problems: list[Problem] = []
    if cover.completed_on is None and "completed_on" in template.cover_by_field:
        where = cover.places.get("completed_on")
        problems.append(make_problem("date-completed-missing", sheet=where and where[0], cell=where and where[1]))
    if workbook.has_macros:
        problems.append(make_problem("macros"))
    if workbook.external_links:
        problems.append(
            make_problem("external-links", found=listing([clip(link, 60) for link in workbook.external_links], most=3))
        )
    cover_sheets = {sheet for sheet, _ in cover.places.values()}
    for sheet in workbook.sheets:
        if hidden := _hidden(sheet):
            problems.append(make_problem("hidden-content", sheet=sheet.title, found=hidden))
        is_understood = bool(tables[sheet.title]) or sheet.title in cover_sheets
        is_understood = is_understood or (sheet.title.casefold() in EXPLAINING and sheet.title not in unused_examples)
        is_understood = is_understood or sheet.title in template.sheets_without_answers
        filled = (
            [] if is_understood else [cell for _, cell in sorted(sheet.cells.items()) if cell.value not in (None, "")]
        )
        if filled:
            cell = filled[0].address
            problems.append(make_problem("sheet-not-read", sheet=sheet.title, cell=cell, cells=len(filled)))
    problems.extend(make_problem("reader-remark", found=remark) for remark in workbook.remarks)
    return problems


def _hidden(sheet: Sheet) -> str:
    parts = []
    if sheet.hidden:
        parts.append("the sheet is hidden")
    rows = {row for row, _ in sheet.cells} & sheet.hidden_rows
    if rows:
        parts.append(f"{count(len(rows), 'hidden row')} with content" + (" (a filter is on)" if sheet.filtered else ""))
    columns = {column for _, column in sheet.cells} & sheet.hidden_columns
    if columns:
        parts.append(f"{count(len(columns), 'hidden column')} with content")
    return listing(parts)
