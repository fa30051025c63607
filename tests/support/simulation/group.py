"""A group's weeks with its locality workbook: what people really do to one between two meetings.

Everything typed carries a mark of its own (``mark17``, a number over 7,000,000 or a day from 2030 on), so that it can
be told in any later workbook whether it is still there. The edits work on the file alone, through another library
than the program's reader.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from tests.support.register import ACTION, ACTIONS, AGREED, ASSESSMENT, COVERED, DATES, GAPS, KEPT, KEY, Table

TYPED = {ASSESSMENT: AGREED, GAPS: COVERED, ACTIONS: ACTION}
TABLES = (ASSESSMENT, GAPS, ACTIONS, ACTIONS)
"""The registers, as often as something is done to each."""
STATUSES = ("Not started", "In progress", "Delivered")
RATINGS = ("Red", "Amber", "Green", "Not applicable", "Not assessed")
MISSPELT = {"green": "Green", "AMBER": "Amber", "R": "Red", "N/A": "Not applicable"}


@dataclass
class Group:
    """A group at work on one workbook in one week."""

    book: Workbook
    dice: random.Random
    begun: int = 0
    done: list[str] = field(default_factory=list)
    taken_out: set[str] = field(default_factory=set)

    def mark(self, words: str = "note") -> str:
        """Give a text that nobody has typed yet."""
        self.begun += 1
        extra = self.dice.choice(["", " and more", "\nsecond line", " =1+1", " 'quoted' & <b>", " ünïcode 👍", "  "])
        return f"{self.dice.choice(['', '=', '-', '@', 'The '])}{words} mark{self.begun}{extra}"

    def number(self) -> int:
        """Give a number that nobody has typed yet."""
        self.begun += 1
        return 7_000_000 + self.begun

    def day(self) -> datetime.date:
        """Give a day that nobody has typed yet."""
        self.begun += 1
        return datetime.date(2030, 1, 1) + datetime.timedelta(days=self.begun)

    def table(self, sheet: str) -> Table:
        """Give one of the registers."""
        return Table(self.book[sheet], KEY[sheet])

    def type(self, cell: Any, value: object) -> None:
        """Type a value; text that begins like a formula is text."""
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        elif isinstance(value, int):
            cell.number_format = "General"

    def week(self, edits: int) -> None:
        """Do so many things to the workbook."""
        for edit in self.dice.choices(EDITS, weights=[weight for weight, _ in WEIGHED], k=edits):
            try:
                edit(self)
            except (KeyError, IndexError, ValueError):  # a column or row it needs was taken out just before
                continue
            self.done.append(edit.__name__)


def agree_ratings(group: Group) -> None:
    table = group.table(ASSESSMENT)
    for row in group.dice.sample(table.rows, min(3, len(table.rows))):
        rating = group.dice.choice([*RATINGS, *MISSPELT, f"{group.mark('Teal')}", "Amber", "Green", "Green"])
        group.type(table.cell(row, "Agreed RAG"), rating)
        if group.dice.random() < 0.8:
            group.type(table.cell(row, "Reason for agreed RAG"), group.mark("because"))
        when = group.dice.choice([group.day(), f"{group.day():%d/%m/%Y}", group.mark("soon"), None, f"{group.day()}"])
        group.type(table.cell(row, "Agreed on"), when)


def plan_actions(group: Group) -> None:
    table = group.table(ACTIONS)
    for row in group.dice.sample(table.rows, min(4, len(table.rows))):
        for title in group.dice.sample(ACTION, group.dice.randint(1, len(ACTION))):
            if title in DATES:
                day = group.day()
                value = group.dice.choice([day, day, f"{day:%d/%m/%Y}", group.mark("end of"), f"by {day} latest"])
            elif title == "Delivery status":
                value = group.dice.choice([*STATUSES, group.mark("nearly")])
            elif title == "Taken up":
                value = group.dice.choice(["Yes", "No", "yes", "N", group.mark("perhaps")])
            else:
                value = group.dice.choice([group.mark(title.lower()), group.mark(title.lower()), group.number()])
            group.type(table.cell(row, title), value)


def cover_gaps(group: Group) -> None:
    table = group.table(GAPS)
    for row in group.dice.sample(table.rows, min(2, len(table.rows))):
        group.type(table.cell(row, "Covered"), group.dice.choice(["Yes", "yes", "No", group.mark("nearly"), None]))


def clear_cells(group: Group) -> None:
    for name in (ASSESSMENT, GAPS, ACTIONS):
        table = group.table(name)
        for _ in range(3):
            if table.rows:
                group.type(table.cell(group.dice.choice(table.rows), group.dice.choice(TYPED[name])), None)


def _rearrange_rows(table: Table, order: list[int]) -> None:
    width = range(1, table.sheet.max_column + 1)
    held = {
        row: [_taken(table.sheet.cell(row, column)) for column in width]
        for row in order
    }  # fmt: skip
    for row, source in zip(sorted(order), order, strict=True):
        for column, held_cell in zip(width, held[source], strict=True):
            _put_back(table.sheet.cell(row, column), held_cell)


def _taken(cell: Any) -> tuple[Any, str, str, str | None]:
    return cell.value, cell.data_type, cell.number_format, cell.comment.text if cell.comment is not None else None


def _put_back(cell: Any, held: tuple[Any, str, str, str | None]) -> None:
    cell.value, kind, cell.number_format, note = held
    cell.data_type = kind
    cell.comment = Comment(note, "Group") if note is not None else None


def sort_rows(group: Group) -> None:
    table = group.table(group.dice.choice(TABLES))
    order = list(range(table.heading + 1, table.last + 1))
    group.dice.shuffle(order)
    _rearrange_rows(table, order)


def filter_rows(group: Group) -> None:
    table = group.table(group.dice.choice(TABLES))
    for row in table.rows:
        table.sheet.row_dimensions[row].hidden = group.dice.random() < 0.3


def delete_rows(group: Group) -> None:
    name = group.dice.choice(TABLES)
    table = group.table(name)
    rows = list(range(table.heading + 1, table.last + 1))
    for row in sorted(group.dice.sample(rows, min(2, len(rows))), reverse=True):
        table.sheet.delete_rows(row)
    Table(table.sheet, KEY[name]).set_range()


def add_own_rows(group: Group) -> None:
    name = group.dice.choice([ACTIONS, ACTIONS, ACTIONS, ASSESSMENT, GAPS])
    table = group.table(name)
    row = table.last + group.dice.choice([1, 1, 1, 2, 4])
    if name != ACTIONS:
        for title in group.dice.sample([*TYPED[name], "Quality statement", "Evidence category", "Rating"], 3):
            group.type(table.cell(row, title), group.mark("below"))
        return
    titles = group.dice.sample([*ACTION, "Ref", "No", "Rating", "State", "Gap", "Proposed by", "File"], 7)
    for title in titles:
        usual = {"Ref": "Q1-PEX", "Due date": group.day(), "Delivery status": "In progress", "Taken up": "Yes"}
        value = usual.get(title, group.mark(title))
        if title == "Gap":
            value = group.dice.choice(["G-Q1-STF", f"G-{group.mark('OWN')}"])
        group.type(table.cell(row, title), value)
    if group.dice.random() < 0.3:
        group.type(table.sheet.cell(row, table.sheet.max_column + 1), group.mark("far out"))
    table.set_range()


def add_own_columns(group: Group) -> None:
    name = group.dice.choice(TABLES)
    table = group.table(name)
    column = max(table.columns.values()) + group.dice.choice([1, 1, 1, 2])
    if group.dice.random() < 0.7:
        heading = group.dice.choice([group.mark("Column"), group.mark("Risk"), "Action", "PH", "WEST", "Column T"])
        group.type(table.sheet.cell(table.heading, column), heading)
    for row in group.dice.sample(table.rows, min(5, len(table.rows))):
        value = group.dice.choice([group.mark("own"), group.number(), group.day()])
        group.type(table.sheet.cell(row, column), value)


def _rearrange_columns(table: Table, order: list[int]) -> None:
    for row in range(table.heading, table.last + 1):
        held = [_taken(table.sheet.cell(row, column)) for column in order]
        for column, held_cell in zip(sorted(order), held, strict=True):
            _put_back(table.sheet.cell(row, column), held_cell)


def move_columns(group: Group) -> None:
    table = group.table(group.dice.choice(TABLES))
    order = list(range(1, max(table.columns.values()) + 1))
    if group.dice.random() < 0.5:
        order.append(order.pop(group.dice.randrange(len(order))))
    else:
        group.dice.shuffle(order)
    _rearrange_columns(table, order)


def rename_columns(group: Group) -> None:
    name = group.dice.choice(TABLES)
    table = group.table(name)
    titles = [
        title for title in (*TYPED[name], KEY[name], "Theme", "Partners", "Proposed by") if title in table.columns
    ]
    title = group.dice.choice(titles)
    new = group.dice.choice([title.upper(), f"{title} ", title + "s", f"Group's {title}", "Something else", None])
    group.type(table.cell(table.heading, title), new)


def delete_column(group: Group) -> None:
    name = group.dice.choice(TABLES)
    table = group.table(name)
    title = group.dice.choice([*TYPED[name], "Theme", "Partners", "Proposed by"])
    if title in table.columns:
        table.sheet.delete_cols(table.columns[title])


def add_sheets(group: Group) -> None:
    title = group.dice.choice(["Notes", "Sign-off (2)", group.mark("N").strip("'=-@ \n")[:20]])
    title = re.sub(r"[\[\]:*?/\\\n]", " ", title)
    if title in group.book.sheetnames:
        return
    sheet = group.book.create_sheet(title, group.dice.choice([None, 0]))
    for _ in range(6):
        cell = sheet.cell(group.dice.randint(1, 30), group.dice.randint(1, 8))
        moment = datetime.datetime.combine(group.day(), datetime.time(14, 30))
        group.type(cell, group.dice.choice([group.mark("free"), group.number(), group.day(), moment, True, 0.5]))
    sheet["J40"] = "=SUM(A1:A3)"
    sheet["J41"] = f'="formula {group.mark("in").split()[-1]}"'
    sheet["A50"].comment = Comment(group.mark("on nothing"), "Group")


def change_sheets(group: Group) -> None:
    own = [sheet for sheet in group.book.worksheets if sheet.title not in PROGRAM]
    if own:
        sheet = group.dice.choice(own)
        for row in list(sheet.iter_rows())[:2]:
            for cell in row:
                if cell.value is not None:
                    group.type(cell, group.mark("changed"))


def put_notes(group: Group) -> None:
    for name in (ASSESSMENT, GAPS, ACTIONS):
        table = group.table(name)
        for _ in range(2):
            row = group.dice.choice([*table.rows, table.heading, table.last + 3])
            column = group.dice.randint(1, table.sheet.max_column)
            table.sheet.cell(row, column).comment = Comment(group.mark("note"), "Group")
    other = group.dice.choice(group.book.worksheets)
    other.cell(group.dice.randint(1, 12), group.dice.randint(1, 4)).comment = Comment(group.mark("note"), "Group")


def type_over_the_program(group: Group) -> None:
    for name in (ASSESSMENT, GAPS, ACTIONS):
        table = group.table(name)
        titles = [title for title in table.columns if title not in TYPED[name] and title != KEY[name]]
        group.type(table.cell(group.dice.choice(table.rows or [5]), group.dice.choice(titles)), group.mark("over"))
    for name in group.dice.sample(["Summary", "Evidence", "Heat map", "Key", "Returns", "Points to fix", "Changes"], 2):
        if name in group.book.sheetnames:
            sheet = group.book[name]
            row = group.dice.randint(1, sheet.max_row + 3)
            group.type(sheet.cell(row, group.dice.randint(1, sheet.max_column + 2)), group.mark("over"))


def change_a_key(group: Group) -> None:
    name = group.dice.choice(TABLES)
    table = group.table(name)
    if table.rows:
        cell = table.cell(group.dice.choice(table.rows), KEY[name])
        group.type(cell, group.dice.choice([None, group.mark(KEY[name][0]), str(cell.value).lower() + " "]))


def copy_rows(group: Group) -> None:
    name = group.dice.choice(TABLES)
    table = group.table(name)
    if not table.rows:
        return
    row, last = group.dice.choice(table.rows), table.last
    for column in range(1, table.sheet.max_column + 1):
        source, target = table.sheet.cell(row, column), table.sheet.cell(last + 1, column)
        target.value = source.value
        target.data_type = source.data_type
    group.type(table.cell(group.dice.choice([row, last + 1]), group.dice.choice(TYPED[name])), group.mark("copied"))
    table.set_range()


def work_on_displaced_texts(group: Group) -> None:
    if KEPT not in group.book.sheetnames:
        return
    sheet = group.book[KEPT]
    row = group.dice.randint(5, max(5, sheet.max_row))
    done = group.dice.choice(["delete", "change", "beside", "note", "heading"])
    if done == "delete":
        sheet.delete_rows(row)
    elif done == "change":
        group.type(sheet.cell(row, 5), group.mark("kept"))
    elif done == "beside":
        group.type(sheet.cell(row, 8), group.mark("beside"))
    elif done == "note":
        sheet.cell(row, 5).comment = Comment(group.mark("note"), "Group")
    else:
        group.type(sheet.cell(4, group.dice.randint(1, 6)), "Changed heading")


def rename_sheets(group: Group) -> None:
    sheet = group.dice.choice(group.book.worksheets)
    if sheet.title in PROGRAM:
        sheet.title = f"Our {sheet.title}"


def rename_sheets_back(group: Group) -> None:
    for sheet in group.book.worksheets:
        if sheet.title.startswith("Our "):
            sheet.title = sheet.title.removeprefix("Our ")


def delete_sheets(group: Group) -> None:
    sheet = group.dice.choice(group.book.worksheets)
    if sheet.title not in (ASSESSMENT, GAPS, ACTIONS) and len(group.book.worksheets) > 4:
        group.book.remove(sheet)


def insert_rows_above(group: Group) -> None:
    table = group.table(group.dice.choice(TABLES))
    order = list(range(1, table.last + 3))
    _rearrange_rows(table, [*order[-2:], *order[:-2]])
    group.type(table.sheet.cell(1, 1), group.mark("above"))


def hide_rows_columns_and_sheets(group: Group) -> None:
    table = group.table(group.dice.choice(TABLES))
    for row in group.dice.sample(table.rows, min(2, len(table.rows))):
        table.sheet.row_dimensions[row].hidden = True
    group.dice.choice(group.book.worksheets[1:]).sheet_state = group.dice.choice(["hidden", "visible"])


def merge_cells(group: Group) -> None:
    table = group.table(group.dice.choice(TABLES))
    column = group.dice.randint(1, table.sheet.max_column)
    below = table.last + 2
    table.sheet.merge_cells(start_row=below, end_row=below + 1, start_column=column, end_column=column)
    group.type(table.sheet.cell(below, column), group.mark("merged"))


def type_formulas(group: Group) -> None:
    """Type formulas of the group's own: over the program's cells, into its own columns, in place of a Ref."""
    table = group.table(group.dice.choice(TABLES))
    row = group.dice.choice(table.rows or [5])
    cell = table.sheet.cell(row, group.dice.randint(1, table.sheet.max_column + 1))
    cell.value = f"=1+{group.number()}"


PROGRAM = (
    "Summary", "Heat map", ASSESSMENT, GAPS, ACTIONS, "Evidence", "Returns", "Points to fix", "Changes", "Sign-off",
    "Key", KEPT,
)  # fmt: skip
Edit = Callable[[Group], None]
WEIGHED: list[tuple[int, Edit]] = [
    (6, agree_ratings), (7, plan_actions), (2, cover_gaps), (3, clear_cells), (3, sort_rows), (1, filter_rows),
    (2, delete_rows), (3, add_own_rows), (2, add_own_columns), (1, move_columns), (1, rename_columns),
    (1, delete_column), (1, add_sheets), (1, change_sheets), (2, put_notes), (3, type_over_the_program),
    (1, change_a_key), (2, copy_rows), (2, work_on_displaced_texts), (1, delete_sheets), (1, insert_rows_above),
    (1, hide_rows_columns_and_sheets), (1, merge_cells), (2, type_formulas),
]  # fmt: skip
EDITS = [edit for _, edit in WEIGHED]
