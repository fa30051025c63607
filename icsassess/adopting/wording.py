"""How a workbook was understood, in words: for the table that is shown, and for what is lacking."""

from collections.abc import Iterator

from icsassess.adopting.adopt import Adopted
from icsassess.adopting.understanding.corrections import LEAVE_OUT
from icsassess.adopting.understanding.model import UnderstoodColumn
from icsassess.adopting.understanding.rating_words import is_a_number
from icsassess.domain.personal_data import mask
from icsassess.excel.cells.addresses import address, column_letter
from icsassess.returns.template.model import FRAMEWORK_TEXT, OWN
from icsassess.returns.template.sources import default_template
from icsassess.support.text import clip, count, listing

_SHOWN = 12


def summary(adopted: Adopted) -> str:
    """Say how much was understood."""
    understood = adopted.understood
    columns = [column for column in understood.columns if column.title or column.understood]
    recognised = sum(1 for column in columns if column.understood)
    text = f"{len(understood.lines)} of {len(understood.framework.lines)} lines of {understood.framework.id}"
    if columns:
        text += f", {recognised} of {count(len(columns), 'column')}"
    return f"Understood: {text}. Template ‘{adopted.template.id}’, version {adopted.template.version}."


def column_rows(adopted: Adopted) -> list[tuple[str, str, str, str, str]]:
    """Give a row for each column as (sheet, column, heading, meaning, how); the same on many sheets is said once."""
    rows: dict[tuple[str, str, str, str, bool], list[UnderstoodColumn]] = {}
    for column in adopted.understood.columns:
        title = clip(mask(column.title), 60) or "(no heading)"
        key = (column_letter(column.column), title, _meaning(column), column.how, column.understood)
        rows.setdefault(key, []).append(column)
    table = [
        (
            same[0].sheet if len(same) == 1 else count(len(same), "sheet"),
            letter,
            title,
            meaning,
            how if is_understood else _not_understood_column(same),
        )
        for (letter, title, meaning, how, is_understood), same in rows.items()
    ]
    for matrix in adopted.understood.matrices:
        across, down = ("statements", "categories") if matrix.statements_across else ("categories", "statements")
        fields = listing([field_title(name) for name in matrix.fields if name])
        place = address(matrix.heading_row, matrix.label_column)
        table.append((matrix.sheet.title, place, f"{across} across, {down} down", fields, "the cells of each line"))
    for box in adopted.understood.cover:
        table.append(
            (box.sheet, address(box.row, box.column), clip(mask(box.title), 60), _box_title(box.field), "cover")
        )
    return table


def field_title(name: str) -> str:
    """Give what the program's own return calls a field."""
    return default_template().column_by_field[name].title


def _box_title(name: str) -> str:
    boxes = default_template().cover_by_field
    return boxes[name].title if name in boxes else "a box of its own"


def _meaning(column: UnderstoodColumn) -> str:
    if column.field == OWN:
        return "a column of its own"
    if column.field == FRAMEWORK_TEXT:
        return "the framework's own words"
    return "left out" if column.field == LEAVE_OUT else field_title(column.field)


def _not_understood_column(columns: list[UnderstoodColumn]) -> str:
    cells = sum(column.cells for column in columns)
    return f"not known, {count(cells, 'cell')}" if cells else "not known"


def rating_rows(adopted: Adopted) -> list[tuple[str, str, str]]:
    """Give a row for each rating word as (word, cells, meaning)."""
    return [
        (clip(mask(word), 40), str(times or ""), meant or _not_understood(word))
        for word, (meant, times) in list(adopted.understood.ratings.items())[:_SHOWN]
    ]


def _not_understood(word: str) -> str:
    return "not converted: a number is of another scale" if is_a_number(word) else "not understood: say what it means"


def lacking(adopted: Adopted) -> Iterator[str]:
    """Say what the workbook lacks, and how that is lived with."""
    understood, template = adopted.understood, adopted.template
    if missing := understood.missing:
        yield f"It has no place for {count(len(missing), 'line')}: {listing(missing, most=8)}. They stay unanswered."
    fields = set(template.column_by_field) | set(template.matrix)
    usual = default_template().columns
    absent = [column.title for column in usual if column.field not in fields and column.kind != "label"]
    if absent:
        yield f"It does not ask for {listing(absent)}. Returns on it are read without."
    if "ref" not in fields and not understood.matrices:
        yield "It has no column of Refs: lines are told by their titles."
    boxes = {box.field for box in template.cover}
    if not boxes & {"partner", "organisation"}:
        yield "Nothing on it says whose return it is: that is told by the file's properties and its name."
    if "completed_on" not in boxes:
        yield "It does not ask when it was completed."
    numbers = [word for word, (meant, _) in understood.ratings.items() if is_a_number(word) and not meant]
    if numbers:
        yield (
            f"It rates with numbers ({listing(sorted(numbers))}): another scale than Red, Amber and Green, and nothing "
            "is converted. Say in the corrections file what each means here, or that its column is a column of its own."
        )
    unmatched = [clip(mask(text), 50) for table in understood.tables for _, text, _ in table.unmatched]
    if unmatched:
        titles = listing([f"‘{text}’" for text in dict.fromkeys(unmatched)], most=6)
        yield f"Titles that are none of the framework's, left out: {titles}. Name them in the corrections file."
    if adopted.names_to_review:
        texts = listing([f"‘{clip(mask(text), 50)}’" for text in adopted.names_to_review], most=6)
        yield f"These texts went over and may name the other locality: {texts}. Look at them in the blank."
    if not adopted.styles_available:
        yield "This kind of file does not tell its fonts, lines and widths: the blank has plain ones."
    if adopted.earlier:
        yield f"Version {adopted.earlier} is kept: returns made with it are still read."
