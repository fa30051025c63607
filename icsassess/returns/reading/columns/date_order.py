"""The order of day and month, judged by a whole column: where some dates are none day first, all are month first."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from icsassess.domain.fields import DATE_TITLES
from icsassess.domain.problems import Problem, make_problem
from icsassess.returns.reading.rows.entry import Entry
from icsassess.support.text import listing

_NUMERIC = re.compile(r"\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})\s*")
_A_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTHS = 12


def month_first_dates(entries: Sequence[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Give the entries with the dates of American columns as days, and a point for each such column.

    A date that a spreadsheet made of such a text may have day and month swapped: it is left open, both ways shown.
    """
    read, problems = list(entries), list[Problem]()
    for field, title in DATE_TITLES.items():
        numbers_by_sheet: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(read):
            if entry.row.values[field]:
                numbers_by_sheet[entry.sheet].append(number)
        # Somebody who writes so on one sheet does on the others.
        typed = {number: read[number].row.values[field] for numbers in numbers_by_sheet.values() for number in numbers}
        if not _is_american(list(typed.values())):
            continue
        texts = {number: text for number, text in typed.items() if _NUMERIC.fullmatch(text)}
        proof = [number for number, text in texts.items() if _only_month_first(text)]
        for number, text in typed.items():
            read[number] = _with(read[number], field, _month_first(text))
        places = [f"{read[number].sheet}, {read[number].row.place.cell(field)}" for number in proof]
        for sheet in dict.fromkeys(read[number].sheet for number in texts):
            first = next(number for number in texts if read[number].sheet == sheet)
            cell = read[first].row.place.cell(field)
            where = {"sheet": sheet, "cell": cell}
            shown = listing(places, most=4)
            problems.append(
                make_problem(
                    "dates-month-first", found=texts[proof[0]], title=title, cells=shown, number=len(texts), **where
                )
            )
    return read, problems


def _is_american(texts: list[str]) -> bool:
    """Tell whether some dates are possible only month first, several of them, and none only day first."""
    numeric = [text for text in texts if _NUMERIC.fullmatch(text)]
    month_first = [text for text in numeric if _only_month_first(text)]
    day_first = [text for text in numeric if _parts(text)[0] > _MONTHS]
    days = [match for text in texts if (match := _A_DAY.match(text))]
    # A cell that holds a day after the twelfth was typed as the spreadsheet expects it.
    return len(month_first) >= 2 and not day_first and not any(int(match[3]) > _MONTHS for match in days)


def _parts(text: str) -> tuple[int, int]:
    match = _NUMERIC.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _only_month_first(text: str) -> bool:
    first, second = _parts(text)
    return 0 < first <= _MONTHS < second <= 31


def _month_first(text: str) -> str:
    if match := _NUMERIC.fullmatch(text):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        try:
            return datetime.date(year, int(match[1]), int(match[2])).isoformat()
        except ValueError:
            return text
    if (match := _A_DAY.fullmatch(text)) and match[2] != match[3] and int(match[3]) <= _MONTHS:
        return f"{match[3]}/{match[2]}/{match[1]} or {match[2]}/{match[3]}/{match[1]}"
    return text


def _with(entry: Entry, field: str, text: str) -> Entry:
    return entry._replace(row=replace(entry.row, values={**entry.row.values, field: text}))
