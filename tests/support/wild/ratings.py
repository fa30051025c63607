"""What stands in the rating's cells: other words, letters, colours, numbers, parts of a text."""

from __future__ import annotations

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from tests.support.maltreatment.draft import FILLS
from tests.support.wild.case import COLOURS, Case, Cells, Line, fill_of, solid
from tests.support.wild.registry import wild_return


def _rated(case: Case) -> list[tuple[Line, Cells]]:
    return case.plain()


def _ask(line: Line) -> None:
    line.asked.add("rag")


@wild_return
def yes_and_no(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice("YN")
        _ask(line)


@wild_return
def letters_of_inspection(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice(["RI", "G", "O", "I", "G"])
        _ask(line)


@wild_return
def letters_from_a_to_d(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice("ABCD")
        _ask(line)


@wild_return
def letters_as_they_should_be(case: Case) -> None:
    """Must not fire: R, A and G, one slip among them."""
    for at, (line, cells) in enumerate(_rated(case)):
        cells["rag"].value = line.rag[0].lower() if at != 5 else "Q"
        if at == 5:
            _ask(line)


@wild_return
def number_before_the_word(case: Case) -> None:
    number = {"Red": 1, "Amber": 2, "Green": 3}
    for line, cells in _rated(case):
        form = case.rng.choice(["{} - {}", "{} – {}", "{}. {}", "{} ({})", "{}: {}", "{} = {}"])
        cells["rag"].value = form.format(number[line.rag], line.rag)


@wild_return
def prefixes(case: Case) -> None:
    for line, cells in _rated(case):
        form = case.rng.choice(["RAG: {}", "Rating: {}", "RAG rating - {}", "Overall: {}", "Status {}", "RAG = {}"])
        cells["rag"].value = form.format(case.rng.choice([line.rag, line.rag[0], line.rag.upper()]))


@wild_return
def footnotes(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = line.rag + case.rng.choice(["*", "¹", " (1)", "†", " [2]", "**", "²"])


@wild_return
def colours_in_other_words(case: Case) -> None:
    words = {
        "Red": ["Coch", "rouge", "Crimson"],
        "Amber": ["Oren", "Ambr", "gold"],
        "Green": ["Gwyrdd", "vert", "lime"],
    }
    for line, cells in _rated(case):
        which = case.rng.randrange(3)
        cells["rag"].value = words[line.rag][which]
        if which:
            line.asked.add("rag") if words[line.rag][which] not in ("Ambr",) else None


@wild_return
def time_and_denial_behind(case: Case) -> None:
    behind = [
        "by March", "no longer", "once the audit is done", "from April 2024", "when staffed", "expected", "planned",
        "by end of Q4", "can't be claimed", "isn't right", "subject to sign off", "pending audit", "no more",
        "last year", "as of next month", "in the spring", "after review", "hopefully", "aspiration", "target",
        "by 31/03/2024", "cannot be evidenced", "was wrong", "before the pandemic", "next quarter", "in 2022",
        "withdrawn", "shortly",
    ]  # fmt: skip
    for line, cells in _rated(case):
        cells["rag"].value = f"{line.rag} {case.rng.choice(behind)}"
        _ask(line)


@wild_return
def names_that_begin_with_a_colour(case: Case) -> None:
    names = [
        "Red Cross",
        "Green Paper",
        "Amber Valley",
        "Yellow card scheme",
        "Red book",
        "Green Lane surgery",
        "Redditch",
    ]
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice(names)
        _ask(line)


@wild_return
def reasons_behind_the_word(case: Case) -> None:
    """Must not fire: a rating and why."""
    behind = ["- gap in data", ": two audits out of date", "(one source only)", "because staff were asked only once"]
    for line, cells in _rated(case):
        cells["rag"].value = f"{line.rag} {case.rng.choice(behind)}"


@wild_return
def numbers_with_a_key(case: Case) -> None:
    number = {"Red": 1, "Amber": 2, "Green": 3}
    for line, cells in _rated(case):
        cells["rag"].value = number[line.rag]
        cells["rag"].parent["A2"] = "Key: 1 = Red, 2 = Amber, 3 = Green"


@wild_return
def numbers_without_a_key(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice([1, 2, 3])
        _ask(line)


@wild_return
def numbers_in_a_format_of_words(case: Case) -> None:
    number = {"Red": 1, "Amber": 2, "Green": 3}
    for line, cells in _rated(case):
        cells["rag"].value = number[line.rag]
        cells["rag"].number_format = '[=1]"Red";[=2]"Amber";"Green"'


@wild_return
def numbers_on_their_colour(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice([1, 2, 3, "see notes", "✓", "x"])
        cells["rag"].fill = fill_of(line.rag)


@wild_return
def coloured_dots(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = "●"
        cells["rag"].font = Font(color="FF" + FILLS[line.rag])


@wild_return
def wingdings_dots(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = "l"
        cells["rag"].font = Font(name="Wingdings", color="FF" + FILLS[line.rag])


@wild_return
def two_of_three_words_struck(case: Case) -> None:
    for line, cells in _rated(case):
        parts = []
        for word in COLOURS:
            parts += [TextBlock(InlineFont(strike=word != line.rag), word), " / "]
        cells["rag"].value = CellRichText(*parts[:-1])


@wild_return
def the_right_word_in_bold(case: Case) -> None:
    for line, cells in _rated(case):
        parts = []
        for word in COLOURS:
            parts += [TextBlock(InlineFont(b=True, u="single") if word == line.rag else InlineFont(), word), " / "]
        cells["rag"].value = CellRichText(*parts[:-1])


@wild_return
def the_right_letter_large(case: Case) -> None:
    for line, cells in _rated(case):
        parts = []
        for word in COLOURS:
            one = InlineFont(b=True, sz=16, color="FF" + FILLS[word]) if word == line.rag else InlineFont(sz=9)
            parts += [TextBlock(one, word[0]), " "]
        cells["rag"].value = CellRichText(*parts[:-1])


@wild_return
def old_struck_new_behind(case: Case) -> None:
    for line, cells in _rated(case):
        old = case.rng.choice([word for word in COLOURS if word != line.rag])
        cells["rag"].value = CellRichText(TextBlock(InlineFont(strike=True), old), " " + line.rag)
        new = line.values["evidence"]
        cells["evidence"].value = CellRichText(TextBlock(InlineFont(strike=True), "Withdrawn survey"), " " + new)


@wild_return
def yellow_input_cells(case: Case) -> None:
    """Must not fire: the boxes to be filled in are pale yellow, half of the ratings are missing."""
    for at, (line, cells) in enumerate(_rated(case)):
        for name in ("evidence", "rag", "gap"):
            cells[name].fill = solid("FFFFCC")
        if at % 2:
            cells["rag"].value = None
            line.values["rag"] = ""


@wild_return
def yellow_rating_cells_only(case: Case) -> None:
    """Must not fire: only the rating's boxes are yellow, and words of all colours stand in them."""
    for at, (line, cells) in enumerate(_rated(case)):
        cells["rag"].fill = solid("FFFF99")
        if at % 3 == 0:
            cells["rag"].value = None
            line.values["rag"] = ""


@wild_return
def green_banding(case: Case) -> None:
    """Must not fire: every second row is pale green, and some ratings are missing."""
    for at, (line, cells) in enumerate(_rated(case)):
        if at % 2:
            for cell in cells.values():
                cell.fill = solid("E2EFDA")
        if at % 4 == 1:
            cells["rag"].value = None
            line.values["rag"] = ""


@wild_return
def coloured_by_a_condition_on_words(case: Case) -> None:
    words = {"Red": "Absent", "Amber": "Partly", "Green": "Embedded"}
    for line, cells in _rated(case):
        cells["rag"].value = words[line.rag]
    for sheet in case.book.worksheets[1:]:
        for rating, word in words.items():
            rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=_behind(rating))
            sheet.conditional_formatting.add("G5:G40", rule)


@wild_return
def coloured_by_a_condition_that_contains(case: Case) -> None:
    words = {"Red": "not there", "Amber": "in part", "Green": "all done"}
    for line, cells in _rated(case):
        cells["rag"].value = f"{words[line.rag]} (team)"
    for sheet in case.book.worksheets[1:]:
        for rating, word in words.items():
            look = DifferentialStyle(fill=_behind(rating))
            rule = Rule(type="containsText", operator="containsText", text=word, dxf=look)
            rule.formula = [f'NOT(ISERROR(SEARCH("{word}",G5)))']
            sheet.conditional_formatting.add("G5:G40", rule)


@wild_return
def coloured_by_a_condition_on_hidden_numbers(case: Case) -> None:
    number = {"Red": 1, "Amber": 2, "Green": 3}
    for line, cells in _rated(case):
        cells["rag"].value = number[line.rag]
        cells["rag"].number_format = ";;;"
    for sheet in case.book.worksheets[1:]:
        for rating, one in number.items():
            rule = CellIsRule(operator="equal", formula=[str(one)], fill=_behind(rating))
            sheet.conditional_formatting.add("G5:G40", rule)


@wild_return
def coloured_by_a_column_of_their_own(case: Case) -> None:
    number = {"Red": 1, "Amber": 2, "Green": 3}
    for line, cells in _rated(case):
        cells["rag"].value = None
        cells["rag"].offset(column=7).value = number[line.rag]
    for sheet in case.book.worksheets[1:]:
        sheet["N4"] = "Score"
        for rating, one in number.items():
            rule = FormulaRule(formula=[f"$N5={one}"], fill=_behind(rating))
            sheet.conditional_formatting.add("G5:G40", rule)


def _behind(rating: str) -> object:
    fill = solid(FILLS[rating])
    fill.bgColor = FILLS[rating]
    return fill


def _icons(case: Case, *, turned: bool) -> None:
    number = {"Red": 1, "Amber": 2, "Green": 3} if not turned else {"Red": 3, "Amber": 2, "Green": 1}
    for line, cells in _rated(case):
        cells["rag"].value = number[line.rag]
    for sheet in case.book.worksheets[1:]:
        rule = IconSetRule("3TrafficLights1", "num", [0, 2, 3], showValue=None, reverse=turned or None)
        sheet.conditional_formatting.add("G5:G40", rule)


@wild_return
def traffic_lights(case: Case) -> None:
    _icons(case, turned=False)


@wild_return
def traffic_lights_turned(case: Case) -> None:
    _icons(case, turned=True)


@wild_return
def arrows_of_an_icon_set(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice([1, 2, 3])
        _ask(line)
    for sheet in case.book.worksheets[1:]:
        sheet.conditional_formatting.add("G5:G40", IconSetRule("3ArrowsGray", "num", [0, 2, 3]))


@wild_return
def per_cent_complete(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice([0.3, 0.75, 1.0])
        cells["rag"].number_format = "0%"
        _ask(line)


@wild_return
def two_ratings_in_a_cell(case: Case) -> None:
    for line, cells in _rated(case):
        cells["rag"].value = case.rng.choice(["Red (was Amber)", "Amber > Green", "Green → Red", "R then A", "Amber?"])
        _ask(line)


@wild_return
def hidden_below_merged_ratings(case: Case) -> None:
    """Pasted formats merge cells and leave what was below: what is seen is the first cell's."""
    written = _rated(case)
    for (first, cells), (second, below) in zip(written[::2], written[1::2], strict=False):
        if cells["rag"].parent is below["rag"].parent:
            second.values["rag"] = first.rag
            area = f"{cells['rag'].coordinate}:{below['rag'].coordinate}"
            title = cells["rag"].parent.title
            case.parts.append((title, _merging(area)))


def _merging(area: str) -> object:
    def change(xml: str) -> str:
        merge = f'<mergeCell ref="{area}"/>'
        if "<mergeCells>" in xml:
            return xml.replace("<mergeCells>", "<mergeCells>" + merge)
        after = "</sheetProtection>" if "</sheetProtection>" in xml else "</sheetData>"
        return xml.replace(after, f"{after}<mergeCells>{merge}</mergeCells>", 1)

    return change
