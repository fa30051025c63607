"""Dates, numbers and statuses as they are shown."""

from __future__ import annotations

import datetime

from tests.support.wild.case import Case
from tests.support.wild.registry import wild_return


@wild_return
def american_dates(case: Case) -> None:
    for line, cells in case.plain():
        for name in ("evidence_date", "due"):
            if name in line.values:
                cells[name].value = line.values[name].strftime("%m/%d/%Y")


@wild_return
def american_dates_half_converted(case: Case) -> None:
    """Opened with British settings: what could be a day became one, month and day swapped, the rest stayed text."""
    for line, cells in case.plain():
        for name in ("evidence_date", "due"):
            if name not in line.values:
                continue
            day = line.values[name]
            if day.day > 12:
                cells[name].value = day.strftime("%m/%d/%Y")
            else:
                cells[name].value = datetime.date(day.year, day.day, day.month)
                if day.day != day.month:
                    line.asked.add(name)


@wild_return
def british_dates_as_text(case: Case) -> None:
    """Must not fire: one slip among dates with the day first."""
    slipped = False
    for line, cells in case.plain():
        for name in ("evidence_date", "due"):
            if name in line.values:
                cells[name].value = line.values[name].strftime("%d/%m/%Y")
        if not slipped:
            cells["evidence_date"].value, slipped = "13/25/2023", True
            line.asked.add("evidence_date")


@wild_return
def dates_with_ordinals(case: Case) -> None:
    for line, cells in case.plain():
        day = line.values["evidence_date"]
        ending = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        form = case.rng.choice(["{d}{e} {m} {y}", "{d}{e} of {m} {y}", "the {d}{e} of {m}, {y}", "{m} {d}{e}, {y}"])
        cells["evidence_date"].value = form.format(d=day.day, e=ending, m=f"{day:%B}", y=day.year)


@wild_return
def a_year_slipped(case: Case) -> None:
    for line, cells in case.plain():
        if "due" in line.values:
            year = case.rng.choice([2013, 2042, 2014, 2034])
            cells["due"].value = line.values["due"].replace(year=year)
            line.values["due"] = cells["due"].value
            case.named.append((cells["due"].parent.title, cells["due"].coordinate))


@wild_return
def numbers_as_they_are_shown(case: Case) -> None:
    shown = [
        (0.85, "0%", "85%"), (1200, '"£"#,##0', "£1,200"), (12, '0" responses"', "12 responses"), (7, "000", "007"),
        (0.123, "0.0%", "12.3%"), (1234567.5, "#,##0.00", "1,234,567.50"), (1075, "#,##0", "1,075"),
        (1200.5, "[$£-809]#,##0.00", "£1,200.50"), (3, "0.0", "3.0"), (45, "General", "45"), (True, "General", "TRUE"),
    ]  # fmt: skip
    for line, cells in case.plain():
        value, code, text = case.rng.choice(shown)
        cells["evidence"].value, cells["evidence"].number_format = value, code
        line.values["evidence"] = text


@wild_return
def statuses_in_free_words(case: Case) -> None:
    words = {
        "": ["Incomplete", "Not yet complete", "To be delivered", "Completed?", "✓", "50% delivered"],
        "Delivered": ["Completed", "Done", "100% complete", "Complete."],
        "Not started": ["Not started", "Open"],
    }
    for line, cells in case.plain():
        if "action_status" not in line.values:
            continue
        status = case.rng.choice(list(words))
        cells["action_status"].value = case.rng.choice(words[status])
        line.values["action_status"] = status
        if status != "Not started" and status != "Delivered":
            line.asked.add("action_status")
            if cells["action_status"].value == "50% delivered":
                line.free.add("action_status")


@wild_return
def links_behind_words(case: Case) -> None:
    for line, cells in case.plain():
        cells["evidence"].hyperlink = f"https://example.org/{line.ref}"
        cells["evidence"].value = line.values["evidence"] = "click here"
