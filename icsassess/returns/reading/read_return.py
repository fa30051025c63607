"""Reading one return: from its file to typed entries, the lines it has rows for, and the points that reading raises."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.domain import personal_data
from icsassess.domain.line_mapping import Edition
from icsassess.domain.problems import Severity, make_problem
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.locality.locality import Locality
from icsassess.returns.marks.feedback_table import answers_in, is_feedback
from icsassess.returns.marks.own_marks import without_feedback
from icsassess.returns.reading.columns.as_a_whole import judged_as_a_whole
from icsassess.returns.reading.columns.marks import with_marked_columns
from icsassess.returns.reading.columns.rivals import settle_rivals
from icsassess.returns.reading.earlier_framework import (
    edition_of,
    locality_of_edition,
    migrate_entries,
    migrate_problems,
)
from icsassess.returns.reading.file.cover import Cover, read_cover
from icsassess.returns.reading.file.open_file import open_file
from icsassess.returns.reading.file.partner import identify, misplaced, partner_in_name
from icsassess.returns.reading.file.signs import Sign, sender_sign
from icsassess.returns.reading.file.whole_statements import settle_statements, whole_statements
from icsassess.returns.reading.observations import (
    EXPLAINING,
    about_columns,
    about_the_file,
    no_return,
    personal_data_points,
    with_titles_masked,
)
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.rows.outside_tables import cover_remarks, rows_outside_tables
from icsassess.returns.reading.rows.row_reader import RowReader, Rows
from icsassess.returns.reading.rows.template_texts import TemplateTexts, template_texts
from icsassess.returns.reading.sheets.drawn_over import with_what_is_drawn
from icsassess.returns.reading.sheets.outside import outside_the_tables
from icsassess.returns.reading.sheets.tables_alike import settle_tables
from icsassess.returns.reading.sheets.which_count import points_on_sheets, sheets_that_count
from icsassess.returns.reading.tables.forms import forms_on
from icsassess.returns.reading.tables.infer_columns import holds_answers, tables_by_content, with_inferred_columns
from icsassess.returns.reading.tables.locate import locate_tables
from icsassess.returns.reading.tables.matrix import Matrix, locate_matrices, matrices_of_any_template
from icsassess.returns.reading.tables.partial import partial_tables
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.returns.template.compatibility import about_the_version, never_asked
from icsassess.returns.template.model import COVER_SHEET, ReturnTemplate
from icsassess.returns.template.sources import template_of, template_of_return

if TYPE_CHECKING:
    from icsassess.excel.reading.envelopes.enclosed_files import Wrapping


_NEVER_ANSWERS = EXPLAINING | {COVER_SHEET.casefold()}
"""Sheets of ours on which no other layout of answers is looked for."""


def read_return(path: Path, locality: Locality) -> ReadReturn:
    """Read one file; never raises for what it holds."""
    opened = open_file(path, links=False)
    result = ReadReturn(locality.relative(path), opened.sha256)
    if opened.wrappings:
        _tell_wrappings(result, opened.wrappings)
    if opened.workbook is None:
        assert opened.problem is not None
        result.partner = partner_in_name(result.file, locality, _sender(result, locality))
        return result.refuse(opened.problem)
    result.answers = answers_in(opened.workbook)
    workbook, points = with_titles_masked(without_feedback(opened.workbook))
    result.problems += points
    if personal_data.count_nhs_numbers(result.file):
        result.problems.append(make_problem("personal-data-in-name"))
    edition, current = edition_of(workbook, locality.framework), locality
    locality = locality_of_edition(locality, edition)
    template = template_of_return(locality, workbook.custom_properties.get("icsassess.template", ""))
    feedback = tuple(sheet for sheet in opened.workbook.sheets if is_feedback(sheet) and sheet not in workbook.sheets)
    everything_typed = workbook._replace(sheets=workbook.sheets + feedback)
    workbook, statements = whole_statements(workbook, locality.framework)
    tables, unused_examples = _tables(workbook, template, locality)
    cover = _cover(workbook, tables, template)
    _identify(result, workbook, cover, locality)
    result.problems.extend(personal_data_points(everything_typed))
    if wrong := [problem for problem in misplaced(workbook, cover, locality) if problem.severity is Severity.BLOCKER]:
        return result.refuse(wrong[0])
    if not any(tables.values()):
        return result.refuse(no_return(workbook, template))
    result.problems.extend(misplaced(workbook, cover, locality))
    if result.partner is None:
        result.refused = True
        return result
    texts = template_texts(locality)
    partner, day = locality.partner_by_code[result.partner], cover.completed_on or locality.settings.deadline
    left_out, alike = sheets_that_count(workbook.sheets, tables, partner, locality, day)
    result.problems.extend(points_on_sheets(left_out))
    everything, tables = tables, {title: [] if title in left_out else of for title, of in tables.items()}
    part_of: dict[tuple[str, int, int], str] = {}
    for title, of in tables.items():
        settled = settle_tables(of, locality.framework, day)
        tables[title], points = with_what_is_drawn(settled.tables)
        result.problems.extend([*settled.problems, *points])
        alike, part_of = [*alike, *settled.alike], {**part_of, **settled.part_of}
    _read_tables(result, workbook.sheets, tables, everything, template, texts, cover)
    result.entries, points = judged_as_a_whole(result.entries, workbook.sheets, alike, part_of, texts.vocabulary)
    result.problems.extend(points)
    settle_statements(result, statements, locality)
    result.never_asked = never_asked(template)
    if edition is not None:
        _migrate(result, current, edition)
    if not any(entry.row.is_filled_in for entry in result.entries):
        return result.refuse(make_problem("return-blank"))
    result.problems.extend(about_the_version(workbook, template, template_of(locality)))
    result.problems.extend(about_the_file(workbook, cover, template, everything, unused_examples))
    without_table = [sheet for sheet in workbook.sheets if not everything[sheet.title]]
    for sheet in workbook.sheets:
        result.problems.extend(outside_the_tables(sheet, has_table=bool(tables[sheet.title]), texts=texts))
    result.problems.extend(cover_remarks(without_table, cover, template, texts))
    return result


def _tell_wrappings(result: ReadReturn, wrappings: "tuple[Wrapping, ...]") -> None:
    """Note the mail or archive that a return came in: in a point, its sender, and when it came."""
    from icsassess.returns.reading.file.wrapping import came_in, sender_of  # few come in one

    result.came_in = came_in(wrappings)
    result.problems.append(make_problem("return-enclosed", what=result.came_in))
    if letter := sender_of(wrappings):
        result.sender_name, result.sender_address = letter.sender_name, letter.sender_address
        result.modified = letter.sent.isoformat() if letter.sent else ""


def _sender(result: ReadReturn, locality: Locality) -> Sign | None:
    """Give the sign that a mail's sender is; None where the return came in none, or its sender names nobody."""
    return sender_sign(result.sender_name, result.sender_address, locality)


def _migrate(result: ReadReturn, locality: Locality, edition: Edition) -> None:
    """Bring what an earlier edition's return says to the lines of today; it is not blamed for lines it never had."""
    framework = locality.framework
    result.entries, result.rows_of, points = migrate_entries(result.entries, result.rows_of, framework, edition)
    result.problems = [*migrate_problems(result.problems, framework, edition), *points]
    result.never_asked |= framework.line_by_ref.keys() - result.rows_of.keys()


def _identify(result: ReadReturn, workbook: Workbook, cover: Cover, locality: Locality) -> None:
    identity = identify(workbook, cover, result.file, locality, _sender(result, locality))
    result.partner = identity.partner.code if identity.partner else None
    result.asked_whose = tuple(partner.code for partner in identity.asked)
    result.problems.extend(identity.problems)
    result.completed_on = cover.completed_on
    result.completed_by = personal_data.mask(cover.answer("completed_by"))
    result.organisation = personal_data.mask(identity.organisation or cover.answer("organisation"))
    result.modified = workbook.properties.get("modified", "") or result.modified


def _tables(
    workbook: Workbook, template: ReturnTemplate, locality: Locality
) -> tuple[dict[str, list[LocatedTable]], list[str]]:
    """Give the tables of each sheet by its title; those of sheets that explain only where they hold answers.

    The second result names the sheets that explain and whose table was left out.
    """
    framework, unused_examples = locality.framework, list[str]()
    tables: dict[str, list[LocatedTable]] = {}
    for sheet in workbook.sheets:
        if across := locate_matrices(sheet, framework, template) if template.matrix else []:
            tables[sheet.title] = list(across)
            continue
        on_sheet = (
            list(locate_tables(sheet, template))
            or list(partial_tables(sheet, template, framework))
            or list(tables_by_content(sheet, template, framework))
        )
        may_differ = not on_sheet and sheet.title.casefold() not in _NEVER_ANSWERS
        if may_differ and (
            across := (matrices_of_any_template(sheet, framework, template) or forms_on(sheet, template, framework))
        ):
            tables[sheet.title] = list(across)
            continue
        tables[sheet.title] = [
            with_inferred_columns(with_marked_columns(table), template, framework) for table in on_sheet
        ]
    if any(tables[title] for title in tables if title.casefold() not in EXPLAINING):
        for title, on_sheet in tables.items():
            if title.casefold() in EXPLAINING and not any(holds_answers(table, framework) for table in on_sheet):
                unused_examples += [title] if on_sheet else []
                tables[title] = []
    return tables, unused_examples


def _cover(workbook: Workbook, tables: dict[str, list[LocatedTable]], template: ReturnTemplate) -> Cover:
    """Read the cover: on a sheet without tables or, where the template was adopted, also above a table."""
    cover = read_cover([sheet for sheet in workbook.sheets if not tables[sheet.title]], template)
    if cover.places or not template.adopted:
        return cover
    tops = {title: min(table.top for table in on_sheet) for title, on_sheet in tables.items() if on_sheet}
    above = [
        sheet._replace(cells={place: cell for place, cell in sheet.cells.items() if place[0] < tops[sheet.title]})
        for sheet in workbook.sheets
        if sheet.title in tops
    ]
    return read_cover(above, template)


def _read_tables(
    result: ReadReturn,
    sheets: Sequence[Sheet],
    tables: dict[str, list[LocatedTable]],
    everything: dict[str, list[LocatedTable]],
    template: ReturnTemplate,
    texts: TemplateTexts,
    cover: Cover,
) -> None:
    framework = texts.locality.framework
    rows = Rows(result.entries, problems=result.problems)
    result.rows_of = rows.rows_of
    day = cover.completed_on or texts.locality.settings.deadline
    for title, on_sheet in tables.items():
        for table in on_sheet:
            settled = [table]
            if not isinstance(table, Matrix):
                settled, points = settle_rivals(table, template, day)
                cells = {point.cell for point in points}
                others = [point for point in about_columns(settled[0], template) if point.cell not in cells]
                result.problems.extend([*others, *points])
            for one in settled:
                RowReader(rows, one, framework, texts, sheets).read()
        if on_sheet:
            outside = rows_outside_tables(
                on_sheet[0].sheet, everything[title], framework, texts, set(cover.places.values())
            )
            rows.without_a_line(on_sheet[0].sheet.title, outside)
