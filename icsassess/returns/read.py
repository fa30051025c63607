"""Reading one return: from its file to typed entries, the lines it has rows for, and the points that reading raises."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from pathlib import Path

from icsassess import personal_data
from icsassess.excel.cells import Sheet, Workbook
from icsassess.locality import Locality
from icsassess.problems import Problem, Severity, did_you_mean, point
from icsassess.returns.cover import Cover, read_cover
from icsassess.returns.identity import identify, misplaced
from icsassess.returns.lines import Identified, Labels, LineFinder, nearest_ref, remarks_in_labels
from icsassess.returns.locate import Table, tables
from icsassess.returns.opening import open_file
from icsassess.returns.remarks import EXPLAINING, about_columns, about_the_file, no_return, personal_data_points
from icsassess.returns.rows import Place, TypedRow, typed_rows
from icsassess.returns.template import ReturnTemplate, return_template
from icsassess.tables import TYPED_FIELDS


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as typed: the line it belongs to and the row it came from."""

    ref: str
    sheet: str
    row: TypedRow


@dataclass
class ReadReturn:
    """What reading a file gave. ``partner`` is a code, None where it cannot be told.

    ``rows_of`` gives for each line the sheet and place of the rows that stand for it, filled in or not.
    """

    file: str
    sha256: str
    partner: str | None = None
    completed_on: datetime.date | None = None
    completed_by: str = ""
    modified: str = ""
    entries: list[Entry] = field(default_factory=list)
    rows_of: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False

    def refuse(self, problem: Problem) -> ReadReturn:
        """Give the return back as one that cannot be used, with the reason."""
        self.problems.insert(0, problem)
        self.refused = True
        self.entries, self.rows_of = [], {}
        return self


def read_return(path: Path, locality: Locality) -> ReadReturn:
    """Read one file; never raises for what it holds."""
    opened = open_file(path)
    result = ReadReturn(locality.relative(path), opened.sha256)
    if opened.workbook is None:
        assert opened.problem is not None
        return _refused_by_name(result.refuse(opened.problem), locality)
    workbook = opened.workbook
    template = return_template(locality.settings.template)
    found = {sheet.title: list(tables(sheet, template)) for sheet in workbook.sheets}
    if any(found[title] for title in found if title.casefold() not in EXPLAINING):
        found = {title: [] if title.casefold() in EXPLAINING else there for title, there in found.items()}
    cover = read_cover([sheet for sheet in workbook.sheets if not found[sheet.title]], template)
    _identify(result, workbook, cover, locality)
    result.problems.extend(personal_data_points(workbook))
    if wrong := [problem for problem in misplaced(workbook, cover, locality) if problem.severity is Severity.BLOCKER]:
        return result.refuse(wrong[0])
    if not any(found.values()):
        return result.refuse(no_return(workbook, template))
    result.problems.extend(misplaced(workbook, cover, locality))
    if result.partner is None:
        result.refused = True
        return result
    _read_tables(result, [table for there in found.values() for table in there], template, locality)
    if not result.entries:
        return result.refuse(point("return-blank"))
    result.problems.extend(about_the_file(workbook, cover, template, found))
    return result


def _identify(result: ReadReturn, workbook: Workbook, cover: Cover, locality: Locality) -> None:
    identity = identify(workbook, cover, result.file, locality)
    result.partner = identity.partner.code if identity.partner else None
    result.problems.extend(identity.problems)
    result.completed_on = cover.completed_on
    result.completed_by = personal_data.mask(cover.answer("completed_by"))
    result.modified = workbook.properties.get("modified", "")


def _refused_by_name(result: ReadReturn, locality: Locality) -> ReadReturn:
    """Tell the partner of a file that could not be opened from its name alone, where it says one."""
    nothing = Workbook("", (), {}, {}, False, (), (), ())
    identity = identify(nothing, Cover(), result.file, locality)
    result.partner = identity.partner.code if identity.partner else None
    return result


def _read_tables(result: ReadReturn, found: list[Table], template: ReturnTemplate, locality: Locality) -> None:
    for table in found:
        result.problems.extend(about_columns(table, template))
        finder = LineFinder(locality.framework, has_ref_column="ref" in table.columns)
        for row in typed_rows(table):
            _read_row(result, table.sheet, finder, row, locality)


def _read_row(result: ReadReturn, sheet: Sheet, finder: LineFinder, row: TypedRow, locality: Locality) -> None:
    labels = Labels(**row.labels)
    texts = [text for text in (*row.labels.values(), *row.values.values()) if text]
    cell = row.place.cell("ref")
    if labels.blank and not row.is_filled_in:
        return
    only_one = len(set(texts)) == 1 and not row.own
    identified = finder.find(row.place.row, labels, typed=row.is_filled_in)
    if identified is None:
        if finder.begins_block(labels, texts, typed=row.is_filled_in and not only_one):
            return
        result.problems.append(_unknown_line(sheet, row, labels, texts, locality))
        result.problems.extend(row.problems)
        result.entries.append(Entry("", sheet.title, _with_labels(row, list(row.labels))))
        return
    if identified.how:
        result.problems.append(_by_other_means(sheet.title, cell, labels, identified))
    result.rows_of.setdefault(identified.ref, []).append((sheet.title, row.place))
    remarks = remarks_in_labels(locality.framework.line_by_ref[identified.ref], row.labels)
    if row.is_filled_in or remarks:
        result.problems.extend(row.problems)
        result.entries.append(Entry(identified.ref, sheet.title, _with_labels(row, remarks)))


def _with_labels(row: TypedRow, names: list[str]) -> TypedRow:
    """Give the row with what stands in these label columns kept as if in columns of the partner's own."""
    kept = [f"{name.capitalize()}: {row.labels[name]}" for name in names if row.labels[name]]
    return replace(row, own=[*kept, *row.own]) if kept else row


def _by_other_means(sheet: str, cell: str, labels: Labels, identified: Identified) -> Problem:
    if identified.contradiction:
        return point(
            "line-contradiction", sheet=sheet, cell=cell, ref=identified.ref, found=labels.ref, how=identified.how
        )
    missing = f"‘{labels.ref}’ is none of the framework's" if labels.ref else "is missing"
    return point("line-read-from-titles", sheet=sheet, cell=cell, ref=identified.ref, found=missing, how=identified.how)


def _unknown_line(sheet: Sheet, row: TypedRow, labels: Labels, texts: list[str], locality: Locality) -> Problem:
    """Name a row that belongs to no line; all that it says goes into the Evidence sheet without a Ref."""
    said = " | ".join([*dict.fromkeys(texts), *row.own, *row.notes])
    cell = row.place.cell("ref")
    if not any(row.values[name] for name in TYPED_FIELDS) or len(texts) < 2:
        return point("text-outside-table", sheet=sheet.title, cell=cell, found=said)
    near = nearest_ref(locality.framework, labels.ref) if labels.ref else None
    hint = did_you_mean(near, "")
    example = locality.framework.lines[0].ref
    return point("line-unknown", sheet=sheet.title, cell=cell, found=said, example=example, hint=hint)
