"""References and titles in every spelling."""

from __future__ import annotations

from icsassess.domain.framework import framework
from tests.support.maltreatment.draft import FIELDS
from tests.support.wild.case import Case
from tests.support.wild.registry import wild_return

_NO_REF = [name for name in FIELDS if name != "ref"]
_FRAMEWORK = framework("cqc-ics-2023")


@wild_return
def refs_in_every_spelling(case: Case) -> None:
    forms = [
        "{0}.{1}",
        "{0} {1}",
        "{0}/{1}",
        "{0}_{1}",
        "{0}{1}",
        "{0} - {1}",
        "Ref {0}-{1}",
        "{0}:{1}",
        "{0}–{1}",
        "({0}-{1})",
    ]
    for line, cells in case.plain(["ref", *FIELDS[3:]]):
        code, category = line.ref.split("-")
        cells["ref"].value = case.rng.choice(forms).format(code, case.rng.choice([category, category.lower()]))


@wild_return
def the_we_statement_for_its_title(case: Case) -> None:
    for line, cells in case.plain(_NO_REF):
        cells["statement"].value = _FRAMEWORK.line_by_ref[line.ref].statement.we_statement


@wild_return
def the_we_statement_cut_off(case: Case) -> None:
    for line, cells in case.plain(_NO_REF):
        said = _FRAMEWORK.line_by_ref[line.ref].statement.we_statement
        cells["statement"].value = said[:80].rstrip() + case.rng.choice(["…", "...", ""])


@wild_return
def statements_by_number(case: Case) -> None:
    number = {statement.code: at for at, statement in enumerate(_FRAMEWORK.statements, 1)}
    for line, cells in case.plain(_NO_REF):
        cells["statement"].value = f"Statement {number[line.ref.split('-')[0]]}"


@wild_return
def categories_in_short(case: Case) -> None:
    short = {"PEX": "PE", "STF": "FS", "PTN": "FP", "OBS": "Obs", "PRO": "Proc", "OUT": "Out"}
    for line, cells in case.plain(_NO_REF):
        cells["category"].value = short[line.ref.split("-")[1]]


@wild_return
def categories_in_own_words(case: Case) -> None:
    words = {
        "PEX": "Patient experience", "STF": "Staff", "PTN": "Partners", "OBS": "What we observed",
        "PRO": "Policies and processes", "OUT": "Outcome data",
    }  # fmt: skip
    for line, cells in case.plain(_NO_REF):
        cells["category"].value = words[line.ref.split("-")[1]]


@wild_return
def categories_that_fit_two(case: Case) -> None:
    for line, cells in case.plain(_NO_REF):
        if line.ref.endswith(("STF", "PTN")):
            cells["category"].value = "Feedback from staff and partners"
            line.asked |= {"rag", "evidence"}


@wild_return
def statements_that_fit_two(case: Case) -> None:
    for line, cells in case.plain(_NO_REF):
        if line.ref.startswith("Q1"):
            cells["statement"].value = "Equity in access and outcomes"
            line.asked |= {"rag", "evidence"}


@wild_return
def statements_in_short(case: Case) -> None:
    short = {"Q1": "Healthier lives", "Q2": "Learning culture", "I1": "Transitions", "L8": "Speaking up"}
    for line, cells in case.plain(_NO_REF):
        cells["statement"].value = short[line.ref.split("-")[0]]


@wild_return
def own_numbers_with_a_key_sheet(case: Case) -> None:
    statement = {one.code: at for at, one in enumerate(_FRAMEWORK.statements, 1)}
    category = {one.code: at for at, one in enumerate(_FRAMEWORK.categories, 1)}
    key = case.page("Key")
    key.append(["No.", "Quality statement", "Evidence category"])
    for line in case.lines:
        code, of = line.ref.split("-")
        key.append([f"{statement[code]}.{category[of]}", line.statement, line.category])
    for line, cells in case.plain(["ref", *FIELDS[3:]], {"ref": "No."}):
        code, of = line.ref.split("-")
        cells["ref"].value = f"{statement[code]}.{category[of]}"


@wild_return
def own_numbers_without_a_key(case: Case) -> None:
    for at, (line, cells) in enumerate(case.plain(["ref", *FIELDS[3:]], {"ref": "No."})):
        cells["ref"].value = at + 1
        line.asked |= {"rag", "evidence"}


@wild_return
def statements_merged_downwards(case: Case) -> None:
    written = case.plain(_NO_REF)
    for sheet in case.book.worksheets[1:]:
        rows = [
            (cells["statement"].row, line.statement) for line, cells in written if cells["statement"].parent is sheet
        ]
        for statement in dict.fromkeys(text for _, text in rows):
            of = [row for row, text in rows if text == statement]
            sheet.merge_cells(start_row=of[0], end_row=of[-1], start_column=1, end_column=1)
