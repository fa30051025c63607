"""Writing the corrections file: how everything was understood, to be corrected by hand and read by the next run."""

from collections.abc import Iterable, Iterator, Mapping

from icsassess.adopting.layout.instructions import texts_not_taken_over
from icsassess.adopting.understanding.corrections import Corrections
from icsassess.adopting.understanding.model import Understanding
from icsassess.adopting.understanding.rating_words import is_a_number, means
from icsassess.domain.personal_data import mask
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Workbook
from icsassess.returns.template.model import FIELDS
from icsassess.support.data_files import shipped_toml
from icsassess.support.text import clip, count
from icsassess.support.toml_files import quoted, quoted_list

_LONGEST_SHOWN = 70


def corrections_text(
    understood: Understanding, corrections: Corrections, workbook: Workbook, sheets: dict[str, str]
) -> str:
    """Give the corrections file. ``sheets`` has the title in the blank of each sheet that goes over."""
    words = _words()
    parts = [
        words["head"].format(framework=quoted(understood.framework.id)),
        *_cells(understood),
        words["columns"].format(fields=", ".join(FIELDS)),
        *_table("columns", _columns(understood, corrections)),
        words["ratings"].format(permitted=vocabulary().permitted),
        *_table("ratings", _ratings(understood)),
        words["statements"],
        *_table("statements", _titles(understood, "statements", corrections.statements)),
        *_table("categories", _titles(understood, "categories", corrections.categories)),
        words["cover"],
        *_table("cover", _meanings({box.title: box.field for box in understood.cover}, corrections.cover)),
        words["sheets"],
        *_table("sheets", _meanings(sheets, corrections.sheets)),
        words["instructions"],
        *_table("instructions", _instructions(understood, corrections, workbook)),
        *_heading_rows(corrections),
    ]
    return "".join(parts)


def _words() -> dict[str, str]:
    """Give what stands above each table of the file."""
    return shipped_toml("corrections.toml")


def _table(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"[{name}]\n"
    yield from (f"{line}\n" for line in lines)


def _columns(understood: Understanding, corrections: Corrections) -> Iterator[str]:
    seen = set()
    for column in understood.columns:
        if column.name in seen:
            continue
        seen.add(column.name)
        same = [one for one in understood.columns if one.name == column.name]
        cells = sum(one.cells for one in same)
        how = "not known" if not column.understood else column.how
        remark = "; ".join(
            part for part in (how, count(cells, "cell") if cells and not column.understood else "") if part
        )
        yield f"{quoted(mask(column.name))} = {quoted(column.field)}" + (f"  # {remark}" if remark else "")
    for name, field in corrections.columns.items():
        if name not in seen:
            seen.add(name)
            yield f"{quoted(name)} = {quoted(field)}"


def _cells(understood: Understanding) -> Iterator[str]:
    """Say what the cells of one line are for, where statements and categories are the two sides of a table."""
    if understood.cells:
        yield _words()["cells"]
        yield f"cells = {quoted_list(understood.cells)}\n"


def _ratings(understood: Understanding) -> Iterator[str]:
    for word, (meant, times) in understood.ratings.items():
        remark = f"{count(times, 'cell')}" if times else "offered by its list"
        if not meant:
            remark += ", a number: another scale" if is_a_number(word) else ", not one of ours"
        elif means(word) != meant:
            remark += ", as you said"
        yield f"{quoted(mask(word))} = {quoted(meant)}  # {remark}"


def _titles(understood: Understanding, kind: str, corrected: dict[str, str]) -> Iterator[str]:
    unmatched = dict.fromkeys(
        " ".join(text.split()) for table in understood.tables for which, text, _ in table.unmatched if which == kind
    )
    for text in unmatched:
        if text not in corrected:
            yield f'{quoted(mask(text))} = ""'
    for text, code in corrected.items():
        yield f"{quoted(text)} = {quoted(code)}"


def _meanings(understood: Mapping[str, str], corrected: Mapping[str, str]) -> Iterator[str]:
    """Say what each text was understood as, and what the reader said of texts that are not there."""
    for text, meaning in understood.items():
        yield f"{quoted(mask(text))} = {quoted(meaning)}"
    for text, meaning in corrected.items():
        if text not in understood:
            yield f"{quoted(text)} = {quoted(meaning)}"


def _instructions(understood: Understanding, corrections: Corrections, workbook: Workbook) -> Iterator[str]:
    for place, text in texts_not_taken_over(understood, workbook):
        confirmed = str(corrections.instructions.get(place, False)).lower()
        yield f"{quoted(mask(place))} = {confirmed}  # {mask(clip(text, _LONGEST_SHOWN))}"


def _heading_rows(corrections: Corrections) -> Iterator[str]:
    if not corrections.heading_rows:
        yield _words()["heading_rows"]
        return
    yield _words()["heading_rows_said"]
    yield from _table("heading_rows", (f"{quoted(sheet)} = {row}" for sheet, row in corrections.heading_rows.items()))
