"""What partners do to a return. Each maltreatment changes a draft, and what is expected of it."""
# ruff: noqa: E501

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.support.maltreatment.draft import FIELDS, FILLS, LABELS, TITLES, Draft, Item, Page, Row

Change = Callable[[Draft, Random], None]


@dataclass(frozen=True)
class Maltreatment:
    name: str
    phase: int
    change: Change


MALTREATMENTS: dict[str, Maltreatment] = {}
# The order in which maltreatments are applied, whatever order they are drawn in.
CELLS, ROWS, LABEL_CELLS, HEADINGS, COLUMNS, SHEETS, MERGES, HIDING = range(8)


def maltreatment(phase: int) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        name = change.__name__
        MALTREATMENTS[name] = Maltreatment(name, phase, change)
        return change

    return register


def maltreat(draft: Draft, rng: Random, names: list[str]) -> Draft:
    for found in sorted((MALTREATMENTS[name] for name in names), key=lambda m: (m.phase, m.name)):
        found.change(draft, rng)
        draft.done.append(found.name)
    return draft


def _typed(draft: Draft, name: str) -> list[Item]:
    return [
        item
        for _, row in draft.rows("line", "added")
        for item in row.items
        if item.field == name and item.entry is not None and item.value is not None
    ]


def _some(rng: Random, items: list[Item], share: float = 0.4) -> list[Item]:
    return [item for item in items if rng.random() < share]


def _expect(item: Item, value: object) -> None:
    assert item.entry is not None
    item.entry.values[item.field] = value


_number = iter(range(1, 10_000_000))


def _token(what: str) -> str:
    return f"{what} t{next(_number)}t"


# --- What a cell says ------------------------------------------------------------------------------------------------

_SPELLINGS = {
    "Red": [
        "Red",
        "R",
        "red.",
        "RED!",
        "🔴",
        "Red - gap",
        " red ",
        "\u00a0Red",
        "Red\n",
        "r",
        "🟥 Red",
        "R\u200bed",
        "RED - no evidence",
        "RAG: Red",
    ],
    "Amber": [
        "Amber",
        "A",
        "Amb",
        "Yellow",
        "Y",
        "Orange",
        "🟠",
        "🟡",
        "AMBER",
        "amber ",
        "(Amber)",
        "Amber.",
        "Amber: partial",
        "Rated amber",
        "Ambr",
    ],
    "Green": [
        "Green",
        "G",
        "Gr",
        "Grn",
        "🟢",
        "GREEN",
        "green\u00a0",
        "Green!",
        "\u200bGreen",
        "Green – checked",
        "Gren",
        "Overall green",
        "green,",
    ],
    "Not applicable": ["N/A", "NA", "n.a.", "not applicable", "n/a", "Not Applicable", "N/A - no beds here", "N\\A"],
    "Not assessed": ["not assessed", "not started", "TBC", "?", "-", "–", "Not yet assessed", "tbc", "NOT ASSESSED"],
}
_BETWEEN = {
    "Amber/Green": "Amber", "A/G": "Amber", "Green-Amber": "Amber", "Amber/Red": "Red", "A/R": "Red", "Red/Amber": "Red",
    "R/A": "Red", "Amber - Green": "Amber", "green / amber": "Amber", "Amber & Green": "Amber", "Green or Amber": "Amber",
    "🟠🟢": "Amber", "Red, Amber": "Red", "Amber to Green": "", "AMBER/GREEN": "Amber",
}  # fmt: skip
_STORIES = [
    "R/A/G",
    "Amber moving to Green",
    "A->G",
    "Red (was Amber)",
    "3",
    "2",
    "Blue",
    "Green → Amber",
    "not red",
    "see below",
    "Amber until March",
    "RAG",
    "Green?",
    "4",
    "Red now amber",
]


@maltreatment(CELLS)
def ratings_in_every_spelling(draft: Draft, rng: Random) -> None:
    for item in _some(rng, _typed(draft, "rag"), 0.8):
        name = rng.choice(list(_SPELLINGS))
        item.value = rng.choice(_SPELLINGS[name])
        _expect(item, name)
        if name == "Not applicable" and item.value == "N/A - no beds here" and "reason" not in item.entry.values:
            _expect_reason(item, "no beds here")


def _expect_reason(item: Item, words: str) -> None:
    assert item.entry is not None
    item.entry.values["reason"] = words


@maltreatment(CELLS)
def ratings_between_two(draft: Draft, rng: Random) -> None:
    for item in _some(rng, _typed(draft, "rag")):
        item.value = rng.choice(list(_BETWEEN))
        _expect(item, _BETWEEN[str(item.value)])


@maltreatment(CELLS)
def ratings_that_tell_a_story(draft: Draft, rng: Random) -> None:
    for item in _some(rng, _typed(draft, "rag"), 0.3):
        item.value = rng.choice(_STORIES)
        if str(item.value).isdigit() and rng.random() < 0.5:
            item.value = int(str(item.value))
        _expect(item, "")


@maltreatment(CELLS)
def colour_without_the_word(draft: Draft, rng: Random) -> None:
    pale = {"Red": "FFC7CE", "Amber": "FFEB9C", "Green": "C6EFCE"}
    for item in _some(rng, _typed(draft, "rag"), 0.6):
        name = str(item.value)
        if name in FILLS:
            item.fill, item.value = rng.choice([FILLS, pale])[name], None


@maltreatment(CELLS)
def only_a_coloured_cell(draft: Draft, rng: Random) -> None:
    """A line of which nothing is filled in but the colour of its rating."""
    for _, row in draft.rows("line", "added"):
        if row.entry is not None and row.entry.values.get("rag") in FILLS and rng.random() < 0.3:
            entry = row.entry
            entry.values = {"rag": entry.values["rag"]}
            for item in row.items:
                if item.field not in LABELS:
                    item.value = None
                if item.field == "rag":
                    item.fill = FILLS[str(entry.values["rag"])]


@maltreatment(CELLS)
def word_against_colour(draft: Draft, rng: Random) -> None:
    for item in _some(rng, _typed(draft, "rag")):
        if item.value in FILLS:
            item.fill = FILLS[rng.choice(list(FILLS))]


_DAYS = {
    "31/1/24": (2024, 1, 31), "31.01.2024": (2024, 1, 31), "31 Jan 24": (2024, 1, 31), "Jan-24": (2024, 1, 31),
    "end of March 2024": (2024, 3, 31), "Q4 2023/24": (2024, 3, 31), "1st February 2024": (2024, 2, 1),
    "5/6/2023": (2023, 6, 5), "05-06-2023": (2023, 6, 5), "2023-06-05": (2023, 6, 5), "5 June 2023": (2023, 6, 5),
    "Monday 5 June 2023": (2023, 6, 5), "June 2023": (2023, 6, 30), "mid June 2023": (2023, 6, 15),
    "5 Jun '23": (2023, 6, 5), "05/06/23 ": (2023, 6, 5), "5.6.23": (2023, 6, 5), "Sept 2023": (2023, 9, 30),
    "by 31/03/2024": (2024, 3, 31), "Q1 23/24": (2023, 6, 30), "06/2023": (2023, 6, 30), "2023": (2023, 12, 31),
    "5\u00a0June\u00a02023": (2023, 6, 5), "June 5, 2023": (2023, 6, 5), "w/c 5 June 2023": (2023, 6, 5),
    "05/06/2023 (draft)": (2023, 6, 5), "20230605": (2023, 6, 5), "Jun-Aug 2023": (2023, 8, 31),
    "January to March 2024": (2024, 3, 31), "2023/24": (2024, 3, 31), "End March 2024": (2024, 3, 31),
    "FY 2023/24": (2024, 3, 31), "31st of March, 2024": (2024, 3, 31), "31/01/2024 14:30": (2024, 1, 31),
}  # fmt: skip
_NO_DAYS = [
    "ongoing",
    "ASAP",
    "TBC",
    "see evidence",
    "31/02/2024",
    "13/13/2023",
    "soon",
    "Spring",
    "05/06/1923",
    "31/01/2024 and 28/02/2024",
    "March",
    "n/a",
    "3 months",
    "Q5 2023/24",
]


@maltreatment(CELLS)
def dates_as_text(draft: Draft, rng: Random) -> None:
    for name in ("evidence_date", "due"):
        for item in _some(rng, _typed(draft, name), 0.8):
            item.value = rng.choice(list(_DAYS))
            item.date_format = None
            _expect(item, datetime.date(*_DAYS[item.value]))


@maltreatment(CELLS)
def dates_that_are_none(draft: Draft, rng: Random) -> None:
    for name in ("evidence_date", "due"):
        for item in _some(rng, _typed(draft, name)):
            item.value, item.date_format = rng.choice(_NO_DAYS), None
            _expect(item, None)


@maltreatment(CELLS)
def dates_that_lost_their_format(draft: Draft, rng: Random) -> None:
    if draft.epoch_1904:
        return
    for name in ("evidence_date", "due"):
        for item in _some(rng, _typed(draft, name)):
            if isinstance(item.value, datetime.date):
                item.value, item.date_format = (item.value - datetime.date(1899, 12, 30)).days, "General"


@maltreatment(CELLS)
def dates_with_times_and_other_formats(draft: Draft, rng: Random) -> None:
    for name in ("evidence_date", "due"):
        for item in _some(rng, _typed(draft, name)):
            if isinstance(item.value, datetime.date):
                item.value = datetime.datetime.combine(item.value, datetime.time(14, 30))
                item.date_format = rng.choice(["dd/mm/yyyy hh:mm", "mmm-yy", "d.m.yy", "[$-809]dd mmmm yyyy"])


@maltreatment(CELLS)
def the_1904_date_system(draft: Draft, rng: Random) -> None:
    draft.epoch_1904 = True


@maltreatment(CELLS)
def numbers_where_text_belongs(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "reason", "gap", "owner"):
        for item in _some(rng, _typed(draft, name), 0.15):
            item.value = rng.choice([12, 0.85, 1234567, 0.1 + 0.2, 100.0, -3, 1e-7])
            shown = int(item.value) if item.value == int(item.value) else float(f"{item.value:.15g}")
            _expect(item, str(shown))


@maltreatment(CELLS)
def odd_characters(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "reason", "gap", "action", "owner"):
        for item in _some(rng, _typed(draft, name), 0.3):
            text = str(item.value)
            item.value = rng.choice(
                [
                    text.replace(" ", "\u00a0"),
                    text.replace(" ", "\u200b ", 2),
                    text.replace(" ", "\n", 2),
                    text + " 😀👩🏽\u200d⚕️",
                    "  " + text + "  \n",
                    "- " + text,
                    "@" + text,
                    "+" + text,
                    text + " <b>&amp; “quotes” — ½",
                    "• one\n• two\n• " + text,
                    text + " naïve Ångström 中文 עברית",
                ]
            )
            _expect(item, item.value)


@maltreatment(CELLS)
def very_long_text(draft: Draft, rng: Random) -> None:
    for item in _some(rng, _typed(draft, "evidence"), 0.1):
        length = rng.choice([32_767, 32_766, 30_000])
        item.value = (str(item.value) + " " + "long words " * 4000)[:length].rstrip("\n")
        _expect(item, item.value)


@maltreatment(CELLS)
def spaces_only(draft: Draft, rng: Random) -> None:
    """Cells that look empty are empty."""
    for _, row in draft.rows("line", "added"):
        for item in row.items:
            if item.field not in LABELS and item.value is None and rng.random() < 0.2:
                item.value = rng.choice([" ", "\u00a0", "\u200b", "\n", "   "])


@maltreatment(CELLS)
def excel_errors(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "rag", "due", "owner"):
        for item in _some(rng, _typed(draft, name), 0.1):
            item.value = rng.choice(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"])
            item.date_format = None


@maltreatment(CELLS)
def formulas_without_a_value(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "rag", "evidence_date", "action"):
        for item in _some(rng, _typed(draft, name), 0.1):
            item.value, item.date_format = rng.choice(["=A1", "=[1]Sheet1!B3", '=IF(A1="","","x")', "=TODAY()"]), None


@maltreatment(CELLS)
def text_struck_through(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "rag", "action"):
        for item in _some(rng, _typed(draft, name), 0.2):
            item.struck = True


@maltreatment(CELLS)
def notes_on_cells(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added", "heading"):
        for item in row.items:
            if rng.random() < 0.05:
                token = _token("note")
                if item.note:
                    item.note = rng.choice([f"{item.note}\n{token}", f"{token}\n\n{item.note}", token])
                else:
                    item.note = rng.choice(
                        [
                            token,
                            f"{token}\n\n{'_' * 30}\nFeedback from the locality:\nNote: Please correct this.\n(End of the feedback.)",
                        ]
                    )
                item.note_token = token


@maltreatment(CELLS)
def notes_of_ours_sent_back(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "rag"):
        for item in _some(rng, _typed(draft, name), 0.2):
            item.note = "Feedback from the locality:\nWarning: A rating is Red, Amber or Green.\n(End of the feedback.)"


@maltreatment(CELLS)
def links_behind_text(draft: Draft, rng: Random) -> None:
    for name in ("kept", "evidence"):
        for item in _some(rng, _typed(draft, name), 0.3):
            token = _token("x").replace(" ", "-")
            item.link = f"https://example.org/{token}"
            item.note_token = token


@maltreatment(CELLS)
def statuses_in_other_words(draft: Draft, rng: Random) -> None:
    said = {
        "Not started": ["Not Started", "not yet started", "Open", "To do", "planned", "0%"],
        "In progress": [
            "Ongoing",
            "on-going",
            "WIP",
            "In Progress.",
            "underway",
            "on track",
            "Started",
            "in-progress",
            "50%",
        ],
        "Delivered": ["Complete", "completed", "Done", "closed", "DELIVERED", "Finished!", "100% complete"],
    }
    for item in _some(rng, _typed(draft, "action_status"), 0.7):
        if item.value in said:
            item.value = rng.choice(said[str(item.value)])


# --- Which line a row is ---------------------------------------------------------------------------------------------


@maltreatment(ROWS)
def rows_sorted(draft: Draft, rng: Random) -> None:
    name = rng.choice(["rag", "evidence", "category", "owner"])
    for page in draft.pages:
        first = next((at for at, row in enumerate(page.rows) if row.kind in ("line", "added")), None)
        if first is None:
            continue
        body = [row for row in page.rows if row.kind in ("line", "added")]
        rest = [row for row in page.rows[first:] if row.kind not in ("line", "added")]
        body.sort(key=lambda row: str((row.item(name) or Item()).value or "~"))
        page.rows = [*page.rows[:first], *body, *rest]


@maltreatment(ROWS)
def blank_rows(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        rows: list[Row] = []
        for row in page.rows:
            rows.append(row)
            if row.kind == "line" and rng.random() < 0.15:
                rows.extend(Row("other", [Item() for _ in row.items]) for _ in range(rng.choice([1, 1, 2])))
        page.rows = rows


@maltreatment(ROWS)
def total_rows(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        width = page.width
        items = [Item(style=None) for _ in range(width)]
        items[rng.choice([0, 1, 3, 5])].value = rng.choice(["Total", "Totals", "Total number of lines", "TOTAL:"])
        items[6].value = len(page.of_kind("line"))
        page.rows.append(Row("other", items))


@maltreatment(ROWS)
def section_headings(draft: Draft, rng: Random) -> None:
    """A row with the statement's title above each block, or the theme's on top."""
    for page in draft.pages:
        rows: list[Row] = []
        last = None
        for row in page.rows:
            statement = row.item("statement")
            if row.kind == "line" and statement is not None and statement.value != last:
                last = statement.value
                text = rng.choice([str(last), f"{row.items[0].value}".split("-")[0] + f": {last}", str(last).upper()])
                rows.append(Row("other", [Item(text), *(Item() for _ in row.items[1:])]))
            rows.append(row)
        page.rows = rows


@maltreatment(ROWS)
def instructions_left_standing(draft: Draft, rng: Random) -> None:
    prompts = ["One row for each line.", "Name the report, audit, survey or data.", "For example 14/11/2023."]
    for page in draft.pages:
        at = next(at for at, row in enumerate(page.rows) if row.kind == "heading") + 1
        items = [Item() for _ in range(page.width)]
        items[0].value = rng.choice(["Please complete every row", "e.g.", "EXAMPLE"])
        items[3].value = rng.choice(prompts)
        items[0].token = items[3].token = ""
        page.rows.insert(at, Row("other", items))


@maltreatment(ROWS)
def rows_added_below_without_a_ref(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("added"):
        for item in row.items:
            if item.field in LABELS:
                item.value = None


@maltreatment(ROWS)
def heading_repeated_halfway(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        heading = page.of_kind("heading")[0]
        middle = len(page.rows) // 2 + 2
        page.rows.insert(middle, Row("repeat", [Item(item.value, item.field) for item in heading.items]))


@maltreatment(ROWS)
def text_outside_the_table(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        above = Item(_token("We are unsure about this sheet"))
        above.token = str(above.value)
        page.rows.insert(rng.choice([0, 3]), Row("above", [*(Item() for _ in range(rng.choice([0, 3]))), above]))
        below = Item(_token("Completed with the ward managers in November, please ring us"))
        below.token = str(below.value)
        page.rows.extend([Row("other", [Item()]), Row("other", [*(Item() for _ in range(rng.choice([0, 2]))), below])])
        right = Item(_token("remark"))
        right.token = str(right.value)
        row = rng.choice(page.of_kind("line"))
        row.items.extend([Item(), Item(), right])


@maltreatment(LABEL_CELLS)
def refs_deleted(draft: Draft, rng: Random) -> None:
    share = rng.choice([0.3, 1.0])
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and rng.random() < share:
            item.value = None


@maltreatment(LABEL_CELLS)
def refs_in_other_spelling(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and isinstance(item.value, str) and rng.random() < 0.6:
            ref = item.value
            item.value = rng.choice(
                [
                    ref.lower(),
                    ref.replace("-", ""),
                    ref.replace("-", " "),
                    ref.replace("-", "–"),
                    ref.replace("-", "_"),
                    f" {ref} ",
                    ref.replace("-", "/"),
                    ref.replace("-", "\u00a0- "),
                    f"{ref}.",
                    f"{ref}:",
                ]
            )


def _mistyped(rng: Random, text: str) -> str:
    at = rng.randrange(len(text))
    kind = rng.randrange(4)
    letter = rng.choice("abcdefghijklmnoprstuvw")
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2:
        return text[:at] + letter + text[at + 1 :]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


@maltreatment(LABEL_CELLS)
def refs_mistyped(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and isinstance(item.value, str) and rng.random() < 0.2:
            item.value = _mistyped(rng, item.value).upper()


@maltreatment(LABEL_CELLS)
def titles_mistyped(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        for name in ("statement", "category"):
            item = row.item(name)
            if item is not None and isinstance(item.value, str) and rng.random() < 0.4:
                item.value = _mistyped(rng, item.value)


_OLDER = {
    "Equity in experiences and outcomes": "Equity in experience and outcomes",
    "Supporting people to live healthier lives": "Supporting people to lead healthier lives",
    "Safe systems, pathways and transitions": "Safe pathways, systems and transitions",
    "Learning culture": "Safety learning culture",
    "Environmental sustainability - sustainable development": "Environmental sustainability",
    "Care provision, integration and continuity": "Care provision, integration, and continuity",
    "Governance, management and sustainability": "Governance",
    "Workforce equality, diversity and inclusion": "Workforce EDI",
    "Freedom to speak up": "Speaking up",
    "Capable, compassionate and inclusive leaders": "Capable compassionate leaders",
    "People's experience": "Peoples experiences",
    "Feedback from staff and leaders": "Staff and leaders' feedback",
    "Feedback from partners": "Partners' feedback",
    "Observation": "Observations of care",
    "Processes": "Process",
    "Outcomes": "Outcomes/performance data",
}


@maltreatment(LABEL_CELLS)
def titles_in_older_wording(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        for name in ("statement", "category"):
            item = row.item(name)
            if item is not None and item.value in _OLDER and rng.random() < 0.7:
                item.value = _OLDER[str(item.value)]


@maltreatment(LABEL_CELLS)
def titles_with_more_around_them(draft: Draft, rng: Random) -> None:
    from icsassess.domain.framework import framework

    said = {statement.title: statement for statement in framework("cqc-ics-2023").statements}
    for _, row in draft.rows("line", "added"):
        item = row.item("statement")
        if item is not None and item.value in said and rng.random() < 0.7:
            found = said[str(item.value)]
            title = found.title
            item.value = rng.choice(
                [
                    f"1. {title}", f"QS3 {title}", f"{found.code}: {title}", f"{found.code} - {title}",
                    f"{title}: {found.we_statement}", f"{title}\n{found.we_statement}", f"{title} ({found.we_statement})",
                    f"{title} – {found.we_statement}", f"2.3 {title}", title.upper(), f"{title}.",
                    f"Quality statement: {title}", f"{title} {found.we_statement}",
                ]
            )  # fmt: skip
        category = row.item("category")
        if category is not None and isinstance(category.value, str) and rng.random() < 0.4:
            category.value = rng.choice(
                ["1) {}", "{}:", "a. {}", "{} (evidence)", "Evidence category: {}", "- {}"]
            ).format(category.value)


@maltreatment(LABEL_CELLS)
def only_the_first_row_of_a_block_is_labelled(draft: Draft, rng: Random) -> None:
    """The statement stands only in the first row of its block; the Ref, too, half the time."""
    refs = rng.random() < 0.5
    for page in draft.pages:
        last = None
        for row in page.of_kind("line", "added"):
            statement, ref = row.item("statement"), row.item("ref")
            if statement is None or statement.value is None:
                continue
            if statement.value == last:
                statement.value = None
                if refs and ref is not None:
                    ref.value = None
            else:
                last = statement.value


@maltreatment(LABEL_CELLS)
def titles_deleted(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added"):
        if rng.random() < 0.5:
            for name in ("statement", "category"):
                if (item := row.item(name)) is not None:
                    item.value = None


@maltreatment(LABEL_CELLS)
def ref_says_one_line_and_titles_another(draft: Draft, rng: Random) -> None:
    lines = [row.entry for _, row in draft.rows("line") if row.entry]
    for _, row in draft.rows("line", "added"):
        item = row.item("ref")
        if item is not None and lines and rng.random() < 0.08:
            item.value = rng.choice(lines).ref


# --- Headings --------------------------------------------------------------------------------------------------------

_ALIASES = {
    "ref": ["Reference", "Ref no.", "No.", "ID", "REF"],
    "statement": ["Statement", "CQC quality statement", "QS", "Quality Statement "],
    "category": ["Category", "Type of evidence", "Evidence Categories"],
    "evidence": ["What evidence do you hold?", "Evidence held", "Our evidence", "EVIDENCE", "Evidence (describe)"],
    "kept": ["Location", "Where held", "Where is it kept?", "Link"],
    "evidence_date": ["Date", "Date of evidence", "Evidence date (dd/mm/yy)"],
    "rag": ["RAG rating", "Rating", "R/A/G", "RAG status", "RAG Rating 2023/24"],
    "reason": ["Rationale", "Why?", "Comments", "Reason"],
    "gap": ["Gaps", "Gaps identified", "What is missing?"],
    "action": ["Actions", "Action plan", "Next steps", "Action required"],
    "owner": ["Lead", "Who", "Action owner", "Responsible"],
    "due": ["By when", "Deadline", "Target date", "Due"],
    "action_status": ["Status", "Progress", "Status of action"],
}
_OWN_WORDS = {
    "evidence": ["What we can show", "How do we know?", "Proof", "What have we got"],
    "kept": ["Find it here", "Folder", "Filed under", "Where to look"],
    "evidence_date": ["How old", "When written", "Dated", "As of"],
    "rag": ["How are we doing?", "Traffic light", "Our score", "Judgement"],
    "reason": ["Explanation", "Notes on the score", "Background", "Because"],
    "gap": ["Shortfalls", "What we lack", "Not there yet", "Weaknesses"],
    "action": ["To do", "What we plan", "Improvement", "What happens next"],
    "owner": ["Name of lead", "Person", "Contact person", "Role"],
    "due": ["Finish by", "Finish date", "Planned completion", "To be done by"],
    "action_status": ["How far", "Where are we", "Done?", "RAG of action progress"],
    "ref": ["Line number", "Item", "Key"],
    "statement": ["Standard", "CQC statement heading", "Domain"],
    "category": ["Kind", "Source of evidence", "CQC category"],
}


def _rename(draft: Draft, rng: Random, share: float, renamed: Callable[[str, str], str]) -> None:
    names = {name: rng.random() < share for name in FIELDS}
    words = {name: renamed(name, TITLES[name]) for name in FIELDS if names[name]}
    for _, row in draft.rows("heading", "repeat"):
        for item in row.items:
            if item.field in words:
                item.value = words[item.field]


@maltreatment(HEADINGS)
def headings_by_their_aliases(draft: Draft, rng: Random) -> None:
    _rename(draft, rng, 0.6, lambda name, title: rng.choice(_ALIASES[name]))


@maltreatment(HEADINGS)
def headings_misspelt(draft: Draft, rng: Random) -> None:
    _rename(draft, rng, 0.4, lambda name, title: _mistyped(rng, title) if len(title) > 4 else title.lower())


@maltreatment(HEADINGS)
def headings_in_own_words(draft: Draft, rng: Random) -> None:
    _rename(draft, rng, 0.3, lambda name, title: rng.choice(_OWN_WORDS[name]))


@maltreatment(HEADINGS)
def headings_over_two_rows(draft: Draft, rng: Random) -> None:
    groups = {
        "evidence": "Evidence",
        "kept": "Evidence",
        "evidence_date": "Evidence",
        "action": "Action plan",
        "owner": "Action plan",
        "due": "Action plan",
        "action_status": "Action plan",
    }
    below = {
        "evidence": "Description",
        "kept": "Where kept",
        "evidence_date": "Date",
        "action": "Action",
        "owner": "Owner",
        "due": "Due date",
        "action_status": "Status",
    }
    for page in draft.pages:
        at, heading = next((at, row) for at, row in enumerate(page.rows) if row.kind == "heading")
        upper = Row("upper", [Item(None, item.field) for item in heading.items])
        last = ""
        for over, under in zip(upper.items, heading.items, strict=True):
            if over.field in groups and str(under.value) == TITLES[over.field]:
                if groups[over.field] != last:
                    over.value = last = groups[over.field]
                under.value = below[over.field]
            else:
                over.value, under.value = under.value, None
                over.note, over.note_token, under.note, under.note_token = under.note, under.note_token, None, ""
                page.merges.append((over, under))
        page.rows.insert(at, upper)


# --- Columns ---------------------------------------------------------------------------------------------------------


def _everywhere(page: Page, change: Callable[[Row], None]) -> None:
    for row in page.rows:
        if row.kind not in ("above",) and any(item.field for item in row.items):
            change(row)


@maltreatment(COLUMNS)
def columns_reordered(draft: Draft, rng: Random) -> None:
    order = list(FIELDS)
    if rng.random() < 0.5:
        rng.shuffle(order)
    else:
        moved = order.pop(rng.randrange(len(order)))
        order.insert(rng.randrange(len(order)), moved)
    for page in draft.pages:
        _everywhere(page, lambda row: row.items.sort(key=lambda item: order.index(item.field) if item.field else 99))


@maltreatment(COLUMNS)
def columns_deleted(draft: Draft, rng: Random) -> None:
    gone = set(rng.sample(["kept", "reason", "owner", "action_status", "evidence_date"], rng.choice([1, 2])))
    for page in draft.pages:
        for row in page.rows:
            row.items = [item for item in row.items if item.field not in gone]
    for entry in draft.entries:
        entry.values = {name: value for name, value in entry.values.items() if name not in gone}


@maltreatment(COLUMNS)
def the_ref_column_deleted(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        for row in page.rows:
            if row.kind not in ("above", "other"):
                row.items = [item for item in row.items if item.field != "ref"]


@maltreatment(COLUMNS)
def the_title_columns_deleted(draft: Draft, rng: Random) -> None:
    gone = rng.choice([{"statement"}, {"category"}, {"statement", "category"}])
    for page in draft.pages:
        for row in page.rows:
            if row.kind not in ("above", "other"):
                row.items = [item for item in row.items if item.field not in gone]


@maltreatment(COLUMNS)
def own_columns_added(draft: Draft, rng: Random) -> None:
    for heading in rng.sample(
        ["Team", "Reviewed by", "Previous RAG", "Score 1-4", "Cost", "Our own notes", "", "Date discussed"], 2
    ):
        at = rng.randrange(2, 12)
        for page in draft.pages:
            for row in page.rows:
                if row.kind in ("above", "other"):
                    continue
                item = Item(heading or None) if row.kind in ("heading", "repeat") else Item()
                if row.kind in ("line", "added") and row.entry is not None:
                    if heading == "Previous RAG":
                        item.value = rng.choice(["Red", "Amber", "Green"])
                    elif heading == "Date discussed":
                        item.value, item.date_format = datetime.date(2023, 11, rng.randrange(1, 28)), "dd/mm/yyyy"
                    elif rng.random() < 0.7:
                        item.value = item.token = _token("own")
                row.items.insert(min(at, len(row.items)), item)


@maltreatment(COLUMNS)
def columns_inserted_before(draft: Draft, rng: Random) -> None:
    number = rng.choice([1, 2, 5])
    for page in draft.pages:
        for row in page.rows:
            row.items = [*(Item() for _ in range(number)), *row.items]


@maltreatment(COLUMNS)
def rows_inserted_before(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        page.rows = [Row("above", [Item()]) for _ in range(rng.choice([1, 3, 8]))] + page.rows


@maltreatment(COLUMNS)
def rows_above_deleted(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        page.rows = [row for row in page.rows if row.kind != "above" or any(item.token for item in row.items)]


# --- Sheets ----------------------------------------------------------------------------------------------------------


@maltreatment(SHEETS)
def sheets_renamed(draft: Draft, rng: Random) -> None:
    names = rng.sample(
        ["Theme 1", "Sheet1", "Q&S", "Ward 7", "final FINAL", "Key", "Instructions", "Blätter", "quality"],
        len(draft.pages),
    )
    for page, name in zip(draft.pages, names, strict=True):
        page.title = name


@maltreatment(SHEETS)
def sheets_reordered(draft: Draft, rng: Random) -> None:
    rng.shuffle(draft.pages)


@maltreatment(SHEETS)
def all_pasted_onto_one_sheet(draft: Draft, rng: Random) -> None:
    first, *others = draft.pages
    for page in others:
        rows = [row for row in page.rows if row.kind != "above"] if rng.random() < 0.5 else page.rows
        first.rows.extend([Row("other", [Item()]), *rows] if rng.random() < 0.7 else rows)
        first.merges.extend(page.merges)
    draft.pages = [first]
    first.title = rng.choice([first.title, "Everything"])


@maltreatment(SHEETS)
def pasted_without_the_headings(draft: Draft, rng: Random) -> None:
    """All on one sheet, the further themes' rows right below the first's."""
    first, *others = draft.pages
    for page in others:
        first.rows.extend(row for row in page.rows if row.kind not in ("above", "heading", "repeat", "upper"))
        first.merges.extend(page.merges)
    draft.pages = [first]


@maltreatment(SHEETS)
def side_by_side(draft: Draft, rng: Random) -> None:
    """Two themes beside one another on one sheet."""
    if len(draft.pages) < 2:
        return
    left, right = draft.pages[0], draft.pages[1]
    width = left.width + rng.choice([0, 1, 2])
    height = max(len(left.rows), len(right.rows))
    shift = next((at for at, row in enumerate(left.rows) if row.kind in ("heading", "upper")), 0) - next(
        (at for at, row in enumerate(right.rows) if row.kind in ("heading", "upper")), 0
    )
    rows_right = [Row("above", []) for _ in range(max(shift, 0))] + right.rows[max(-shift, 0) :]
    height = max(len(left.rows), len(rows_right))
    joined: list[Row] = []
    for at in range(height):
        one = left.rows[at] if at < len(left.rows) else Row("other", [])
        two = rows_right[at] if at < len(rows_right) else Row("other", [])
        items = [*one.items, *(Item() for _ in range(width - len(one.items))), *two.items]
        joined.append(Row(one.kind if one.items and one.kind != "other" else two.kind, items))
    left.rows = joined
    left.merges.extend(right.merges)
    draft.pages.remove(right)


@maltreatment(SHEETS)
def split_further(draft: Draft, rng: Random) -> None:
    """A sheet for each statement instead of one for each theme."""
    pages: list[Page] = []
    for page in draft.pages:
        body = [row for row in page.rows if row.kind in ("line", "added")]
        before = page.rows[: next((at for at, row in enumerate(page.rows) if row in body), 0)]
        codes: dict[str, list[Row]] = {}
        code = ""
        for row in page.rows[len(before) :]:
            ref = row.entry.ref if row.entry else ""
            code = ref.split("-")[0] or code or "rest"
            codes.setdefault(code, []).append(row)
        for number, (code, rows) in enumerate(codes.items()):
            top = before if number == 0 else [_copied(row) for row in before]
            pages.append(Page(f"{page.title[:20]} {code}", [*top, *rows], merges=list(page.merges)))
    draft.pages = pages


def _copied(row: Row) -> Row:
    return Row(row.kind, [Item(item.value, item.field, fill=item.fill, style=item.style) for item in row.items])


@maltreatment(SHEETS)
def rows_moved_to_another_sheet(draft: Draft, rng: Random) -> None:
    if len(draft.pages) < 2:
        return
    source, target = rng.sample(draft.pages, 2)
    for row in [row for row in source.rows if row.kind == "line" and rng.random() < 0.2]:
        source.rows.remove(row)
        last = max(at for at, other in enumerate(target.rows) if other.kind in ("line", "added"))
        target.rows.insert(last + 1, row)


@maltreatment(SHEETS)
def other_sheets(draft: Draft, rng: Random) -> None:
    draft.other_sheets["Notes"] = [["Our own notes", "of the team"], ["Milk", 3]]
    draft.other_sheets["Sheet3"] = [[1, 2, 3], [4, 5, 6]]


@maltreatment(SHEETS)
def no_properties_and_no_cover_dates(draft: Draft, rng: Random) -> None:
    draft.properties = False
    draft.cover["Date completed"] = "January 2024"


# --- Merged and hidden -----------------------------------------------------------------------------------------------


@maltreatment(MERGES)
def labels_merged_downwards(draft: Draft, rng: Random) -> None:
    names = rng.choice([["statement"], ["statement", "category"], ["ref", "statement", "category"]])
    for page in draft.pages:
        for name in names:
            run: list[Item] = []
            for row in [*page.rows, Row("other", [])]:
                item = row.item(name) if row.kind in ("line", "added") else None
                if item is not None and run and (item.value == run[0].value):
                    run.append(item)
                    continue
                _merge(page, run)
                run = [item] if item is not None and item.value is not None else []


@maltreatment(MERGES)
def a_value_merged_over_several_rows(draft: Draft, rng: Random) -> None:
    """The rating, owner or date typed once for several rows below one another, and merged over them."""
    name = rng.choice(["rag", "owner", "kept", "due"])
    for page in draft.pages:
        run: list[Item] = []
        for row in page.rows:
            item = row.item(name)
            fits = row.kind in ("line", "added") and row.entry is not None and item is not None
            if fits and run and len(run) < 3:
                run.append(item)
                continue
            _merge_values(page, run)
            run = [item] if fits and item.value is not None and rng.random() < 0.5 else []
        _merge_values(page, run)


def _merge_values(page: Page, run: list[Item]) -> None:
    if len(run) < 2:
        return
    for item in run[1:]:
        value = run[0].entry.values.get(run[0].field)
        item.value, item.fill, item.note, item.note_token, item.link, item.struck = (
            None,
            run[0].fill,
            None,
            "",
            None,
            False,
        )
        if value is None:
            item.entry.values.pop(item.field, None)
        else:
            item.entry.values[item.field] = value
        item.field, item.shown_by = run[0].field, run[0]
    page.merges.append((run[0], run[-1]))


def _merge(page: Page, run: list[Item]) -> None:
    if len(run) > 1:
        for item in run[1:]:
            item.value = item.note = item.link = None
            item.note_token = ""
        page.merges.append((run[0], run[-1]))


@maltreatment(HIDING)
def hidden_rows_columns_and_sheets(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        page.hidden_rows = {row for row in page.rows if row.kind == "line" and rng.random() < 0.2}
        page.hidden_columns = {item for row in page.of_kind("heading") for item in row.items if rng.random() < 0.2}
    draft.pages[-1].hidden = True
