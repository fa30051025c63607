"""The roll-up's first sheet: who is there and how far signed, what to look at first, and each locality's figures."""

import datetime
from collections.abc import Sequence

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.gaps import plans
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import rag
from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value, cell_reference
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.rollup import layout
from icsassess.rollup.comparison import Rollup, worst_rating
from icsassess.rollup.layout import CENTRED_HEADING, begin, register
from icsassess.rollup.locality_summary import STATES, LocalitySummary
from icsassess.rollup.read_locality import FIRST_CHANGES
from icsassess.rollup.record import LocalityChange, PreviousRollup
from icsassess.support.text import clip, count, listing
from icsassess.view.facts import AGREED
from icsassess.view.tallies import COUNTED, NO_RATING
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheet_kit.pagination import A3
from icsassess.workbook.sheet_kit.register import LINE, SECTION
from icsassess.workbook.signing.accepted import accepted_titles
from icsassess.workbook.signing.verdict import AS_SIGNED, CHANGED, NOT_SIGNED

_FACTS_ROW = 5
_ONE_LINE = looks.PLAIN.with_(wrap=False)
_FIGURE = looks.CELL_CENTRED.with_(number_format="#,##0")
_TOTAL = _FIGURE.with_(bold=True, fill=looks.PALE_BLUE)
_TOTAL_DAY = looks.DATE.with_(bold=True, fill=looks.PALE_BLUE)
_AS_AT = 4
"""The column of the as-at date, from 1."""
_NOTHING = "Nothing to show"
_STATE_FILLS = {
    STATES[AS_SIGNED]: "C6EFCE",
    STATES[CHANGED]: looks.PALE_RED,
    STATES[NOT_SIGNED]: "FFEB9C",
    _NOTHING: "E8EDEE",
}
_FIGURES = (
    *("Returns received", "Returns expected", "Lines", *COUNTED, NO_RATING, "Rated", "Out of", AGREED),
    *("Gaps", plans.NEEDS_A_PLAN.capitalize(), "Actions", "Actions overdue", "Accepted"),
)
_COLUMNS = (
    Column("No.", 7, looks.CELL_CENTRED, CENTRED_HEADING),
    Column("Locality", 24, looks.CELL_BOLD),
    Column("State", 18, looks.CELL_BOLD),
    Column("As at", 13.5, looks.DATE, CENTRED_HEADING),
    *(Column(title, 11, _FIGURE, CENTRED_HEADING) for title in _FIGURES),
    Column("Not yet returned", 36),
    Column("Accepted at signing, counted on that day", 44),
    Column("Framework", 28),
    Column("Template", 14),
)
_FIRST_FIGURE = 5
_SIGNATURES = (
    Column("No.", 7, looks.CELL_CENTRED, CENTRED_HEADING),
    Column("Locality", 24, looks.CELL_BOLD),
    Column("State", 18, looks.CELL_BOLD),
    Column("Signed by", 40),
    Column("First changes since it was signed", 56),
    Column("What was looked at, and what to know", 60),
    Column("Workbook", 44),
)


def write(
    book: WorkbookWriter, rollup: Rollup, last: PreviousRollup | None, changes: Sequence[LocalityChange]
) -> SheetWriter:
    """Write the sheet."""
    sheet = begin(book, rollup, layout.LOCALITIES)
    facts, first = _facts(rollup, last, changes), _look_at_first(rollup)
    sheet.put(_FACTS_ROW - 1, 1, "Where the system stands", SECTION)
    for row, (label, value, look) in enumerate(facts, _FACTS_ROW):
        sheet.put(row, 1, label, looks.LABEL.with_(wrap=False))
        sheet.put(row, 3, value, look)
    first_row = _FACTS_ROW + len(facts) + 1
    sheet.put(first_row, 1, "Look at this first", SECTION)
    for row, sentence in enumerate(first, first_row + 1):
        sheet.put(row, 1, sentence, looks.LINK.with_(wrap=False))
    heading = first_row + len(first) + 3
    sheet.put(heading - 1, 1, "The localities", SECTION)
    _table(sheet, rollup, heading)
    for row in (_FACTS_ROW - 1, first_row, heading - 1):
        sheet.minimum_height(row, 26)
    sheet.minimum_height(heading, 2 * LINE + 4)
    sheet.page.set_up(paper=A3.number)
    return sheet


def signatures(book: WorkbookWriter, rollup: Rollup) -> SheetWriter:
    """Write who is signed, by whom, what was looked at, and the first cells that were changed since."""
    sheet = begin(book, rollup, layout.SIGNATURES)
    rows: list[list[Value]] = [_signature(locality) for locality in rollup.localities]
    rows += [["", one.name, _NOTHING, "", "", one.problem.message, one.file] for one in rollup.absent]
    last = register(sheet, _SIGNATURES, rows, frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 3, last, 3, _state_fills(rollup))
    return sheet


def _state_fills(rollup: Rollup) -> dict[str, str]:
    """Give the fill of each state; signed with conditions accepted is not as good as signed."""
    with_conditions = {locality.in_words: looks.PALE_AMBER for locality in rollup.localities if locality.accepted}
    return with_conditions | _STATE_FILLS


def _signature(locality: LocalitySummary) -> list[Value]:
    changed = list(locality.changed[:FIRST_CHANGES])
    if len(locality.changed) > FIRST_CHANGES:
        changed.append(f"and {count(len(locality.changed) - FIRST_CHANGES, 'change')} more")
    know = [f"Looked at: {', '.join(locality.looked_at)}."] if locality.looked_at else []
    return [
        locality.number,
        locality.label,
        locality.in_words,
        locality.signed,
        "\n".join(changed),
        "\n".join([*know, *locality.remarks]),
        locality.file,
    ]


def _facts(
    rollup: Rollup, last: PreviousRollup | None, changes: Sequence[LocalityChange]
) -> list[tuple[str, Value, CellStyle]]:
    present, absent = len(rollup.localities), len(rollup.absent)
    days = sorted({locality.as_at for locality in rollup.localities if locality.as_at is not None})
    spread = "" if days == [rollup.as_at] else f"; the localities' workbooks are as at {day_in_words(days[0])}"
    spread += f" to {day_in_words(days[-1])}" if len(days) > 1 else ""
    others = f"; {count(absent, 'other')} could not be shown: see Points" if absent else ""
    since = "There is no earlier roll-up in this folder."
    if last is not None:
        since = f"{count(len(changes), 'change')} since {last.name.removesuffix('.json')}"
    return [
        ("As at", f"{day_in_words(rollup.as_at)}{spread}", _ONE_LINE),
        ("Localities", f"{count(present, 'locality', 'localities')}{others}", _ONE_LINE),
        ("Signed", signed_in_words(rollup), _ONE_LINE.with_(bold=True)),
        ("Lines rated", _lines_rated(rollup), _ONE_LINE),
        ("Frameworks", _frameworks(rollup), _ONE_LINE),
        ("Last roll-up", since, _ONE_LINE),
    ]


def signed_in_words(rollup: Rollup) -> str:
    """Say how many localities are signed, which were changed since, and which are not signed."""
    signed = rollup.in_state(AS_SIGNED)
    parts = [f"{len(signed)} of {len(rollup.localities)} signed and verified"]
    if with_conditions := sum(bool(locality.accepted) for locality in signed):
        parts[0] += f", {with_conditions} of them with conditions accepted"
    for state, words in ((CHANGED, "CHANGED since signed"), (NOT_SIGNED, "not signed")):
        if names := [locality.label for locality in rollup.in_state(state)]:
            parts.append(f"{words}: {listing(names, most=6)}")
    return clip("; ".join(parts), 240)


def _frameworks(rollup: Rollup) -> str:
    by_name: dict[str, list[str]] = {}
    for locality in rollup.localities:
        by_name.setdefault(locality.framework.in_words, []).append(locality.label)
    if len(by_name) == 1:
        return f"{next(iter(by_name))}: all"
    parts = [f"{name}: {listing(labels, most=6)}" for name, labels in by_name.items()]
    return clip("; ".join(parts), 240)


def _lines_rated(rollup: Rollup) -> str:
    """Give how many lines are rated, of how many; those of two frameworks are never counted together."""
    parts = []
    for name in rollup.frameworks:
        counts = [locality.counts for _, locality in _counted(rollup, name)]
        on = f" on {name or 'an unnamed framework'}" if len(rollup.frameworks) > 1 else ""
        parts.append(f"{sum(one.rated for one in counts):,} of {sum(one.out_of for one in counts):,}{on}")
    return f"{'; '.join(parts)} (those not applicable with a reason left out)"


def _look_at_first(rollup: Rollup) -> list[Value]:
    """Give the shared gap, the Red statement and the strength that concern most localities, each as a link."""
    links: list[Value] = []
    if rollup.shared_gaps:
        row = rollup.shared_gaps[0]
        shared = count(len(rollup.shared_gaps), "line is a gap", "lines are a gap")
        weights = [(row.reds, "Red"), (row.without_plan, "without a plan"), (row.late, "late")]
        parts = [f"{words} in {number}" for number, words in weights if number]
        how = f" ({', '.join(parts)})" if parts else ""
        sentence = f"{row.title}: a gap in {row.gaps} of {row.out_of} localities{how}; {shared} in more than one."
        links.append(live.link(cell_reference(layout.SHARED_GAPS, 1, 1), sentence))
    red = [(sum(worst_rating(lines) == rag.RED for lines in row.counted_lines), row) for row in rollup.statements]
    most, worst = max(red, key=lambda one: one[0])
    if most:
        as_many = [row.title for number, row in red if number == most and row is not worst]
        are = "so is" if len(as_many) == 1 else "so are"
        others = f"{are} {listing(as_many, most=4)}" if as_many else "more than any other"
        sentence = clip(f"{worst.title} is Red in {most} of {worst.out_of} localities; {others}.", 240)
        links.append(live.link(cell_reference(layout.STATEMENTS, 1, 1), sentence))
    if rollup.strengths:
        row = rollup.strengths[0]
        sentence = (
            f"{row.title} is Green with evidence in {row.strengths} and lacking in {row.lacking} of {row.out_of} "
            "localities: they could learn from each other."
        )
        links.append(live.link(cell_reference(layout.STRENGTHS, 1, 1), sentence))
    return links or ["Nothing stands out: no gap is shared, and no statement is Red."]


def _table(sheet: SheetWriter, rollup: Rollup, heading: int) -> None:
    rows = [_row(rollup, locality) for locality in rollup.localities]
    rows += [["", one.name, _NOTHING, None, *[None] * len(_FIGURES), "", "", "", ""] for one in rollup.absent]
    first, last = heading + 1, heading + len(rows)
    totals = [_total(rollup, name, day, first, last) for name in rollup.frameworks for day in _days(rollup, name)]
    looks_of = {(len(rows) + n, column): _TOTAL for n in range(len(totals)) for column in range(len(_COLUMNS))}
    looks_of |= {
        cell_reference: look.with_(centred=cell_reference[1] >= _FIRST_FIGURE - 1)
        for cell_reference, look in looks_of.items()
    }
    looks_of |= {(len(rows) + n, _AS_AT - 1): _TOTAL_DAY for n in range(len(totals))}
    end = sheet.table(
        layout.TABLE_NAMES[layout.LOCALITIES], heading, _COLUMNS, [*rows, *totals], looks_of, filtered=False
    )
    sheet.colour_words(first, 3, end, 3, _state_fills(rollup))
    is_changed = f'=$C{first}="{STATES[CHANGED]}"'
    sheet.colour_where(first, 1, end, len(_COLUMNS), is_changed, looks.PALE_GREY, looks.DARK_GREY)
    newest = max((locality.as_at for locality in rollup.localities if locality.as_at), default=rollup.as_at)
    is_older = f"=AND(ISNUMBER($D{first}),$D{first}<DATE({newest.year},{newest.month},{newest.day}))"
    sheet.colour_where(first, _AS_AT, end, _AS_AT, is_older, looks.PALE_AMBER)


def _days(rollup: Rollup, framework_id: str) -> list[datetime.date | None]:
    """Give the as-at dates of a framework's localities that stand in totals: those of two days are never added."""
    days = {locality.as_at for _, locality in _counted(rollup, framework_id)}
    return sorted(days, key=lambda day: day or datetime.date.min) or [None]


def _row(rollup: Rollup, locality: LocalitySummary) -> list[Value]:
    counts, states = locality.counts, [gap.plan for gap in locality.gaps]
    number = layout.to_line(layout.lines_range(rollup), locality, locality.lines[0], str(locality.number))
    return [
        number,
        locality.label,
        locality.in_words,
        locality.as_at,
        locality.returns.received,
        locality.returns.expected,
        counts.lines,
        *counts.by_word.values(),
        counts.rated,
        counts.out_of,
        locality.agreed,
        len(states),
        states.count(plans.NEEDS_A_PLAN),
        locality.actions.total(),
        locality.actions[OVERDUE],
        len(locality.accepted),
        "; ".join(locality.returns.missing),
        accepted_titles(locality.accepted),
        locality.framework.in_words,
        locality.template or "not said",
    ]


def _counted(rollup: Rollup, framework_id: str) -> list[tuple[int, LocalitySummary]]:
    """Give the localities of a framework that stand in totals, each with its number among all, from 0."""
    pairs = zip(enumerate(rollup.localities), rollup.counted, strict=True)
    return [pair for pair, counts in pairs if counts and pair[1].framework.id == framework_id]


def _total(rollup: Rollup, framework_id: str, day: datetime.date | None, first: int, last: int) -> list[Value]:
    """Give the row that sums up the localities of one framework and one day; others are never counted with them.

    Nor is one that was changed after it was signed: its figures prove nothing.
    """
    counted = [pair for pair in _counted(rollup, framework_id) if pair[1].as_at == day]
    of_framework = sum(locality.framework.id == framework_id for locality in rollup.localities)
    places = [n for n, _ in counted]
    values = [_row(rollup, locality)[_FIRST_FIGURE - 1 : _FIRST_FIGURE - 1 + len(_FIGURES)] for _, locality in counted]
    sums: list[Value] = []
    for number in range(len(_FIGURES)):
        letter = column_letter(_FIRST_FIGURE + number)
        cells = ",".join(f"{letter}{first + n}" for n in places)
        if len(places) == len(rollup.localities):
            cells = f"{letter}{first}:{letter}{last}"
        sums.append(Formula(f"=SUM({cells or 0})", sum(int(str(row[number] or 0)) for row in values)))
    how_many = f"All {of_framework}" if len(places) == of_framework else f"{len(places)} of {of_framework}"
    name = f"{how_many} on {framework_id or 'an unnamed framework'}"
    return [None, name, None, day, *sums, None, None, None, None]
