"""Templates move: what a return could not answer because the template it was made with did not ask for it."""

from icsassess.domain.fields import LABEL_FIELDS
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.returns.template.model import FIELDS, ReturnTemplate
from icsassess.support.text import count, listing


def never_asked(template: ReturnTemplate) -> frozenset[str]:
    """Give the fields and the Refs of lines that an adopted template has no place for; nothing for our own."""
    if not template.adopted:
        return frozenset()
    asked = {*template.column_by_field, *template.matrix}
    return frozenset({name for name in FIELDS if name not in asked and name not in LABEL_FIELDS}).union(
        template.lines_missing
    )


def about_the_version(workbook: Workbook, used: ReturnTemplate, current: ReturnTemplate) -> list[Problem]:
    """Give the point of a return made with another version of the template: what it could not answer, listed once.

    ``used`` is the template that it was read by.
    """
    label = workbook.custom_properties.get("icsassess.template")
    if not label or label == current.label:
        return []
    return [make_problem("wrong-template-version", found=label, template=current.label, lacks=_lacks(used, current))]


def _lacks(used: ReturnTemplate, current: ReturnTemplate) -> str:
    """Say which columns and lines of the current version the earlier one does not have."""
    titles = [column.title for column in current.columns if column.field not in used.column_by_field]
    lines = [ref for ref in used.lines_missing if ref not in current.lines_missing]
    parts = []
    if titles:
        parts.append("no column " + listing([f"‘{title}’" for title in titles], joiner="or"))
    if lines:
        parts.append(f"no place for {count(len(lines), 'line')} ({listing(lines, most=8)})")
    return f", which has {listing(parts)}" if parts else ""
