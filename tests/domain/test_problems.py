"""The points: one catalogue of words, every kind used, every brace filled in, nothing personal in a message."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import icsassess
from icsassess.domain.problems import Problem, Severity, did_you_mean, in_order, make_problem, title
from icsassess.excel.reading.read_workbook import Reason
from icsassess.reports.agenda.open_points import list_points
from icsassess.returns.checking.rules import RULES
from icsassess.returns.reading.file.open_file import _CODES
from icsassess.support.data_files import shipped_sections, templates_folder
from tests.support.problem_kinds import catalogue

PACKAGE = Path(icsassess.__file__).parent
CATALOGUE = catalogue()
# Given to every point by the program itself: what was found, and the line.
ALWAYS_GIVEN = {"found", "ref"}
# What a caller gives beside the words of the message.
NOT_WORDS = {"file", "sheet", "cell", "ref", "partner", "found"}


@dataclass(frozen=True)
class Call:
    """A call of ``point`` in the package's source."""

    where: str
    code: str | None
    words: frozenset[str]
    more: bool


def calls() -> list[Call]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == make_problem.__name__:
                code = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
                found.append(
                    Call(
                        f"{path.relative_to(PACKAGE)}:{node.lineno}",
                        code if isinstance(code, str) else None,
                        frozenset(keyword.arg for keyword in node.keywords if keyword.arg),
                        any(keyword.arg is None for keyword in node.keywords),
                    )
                )
    return found


CALLS = calls()


def braces(code: str) -> set[str]:
    kind = CATALOGUE[code]
    return {
        name
        for part in (kind.found, kind.expected, kind.done, kind.do, kind.question)
        for _, name, _, _ in string.Formatter().parse(part)
        if name is not None
    }


@cache
def strings_in_the_source() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    # ‘framework-unknown’ and ‘template-unknown’ are put together from what is unknown.
    return found | {f"{name}-unknown" for name in ("framework", "template")}


def test_every_code_that_is_raised_is_in_the_catalogue() -> None:
    assert CALLS
    raised = {call.code for call in CALLS if call.code} | {rule.code for rule in RULES} | set(_CODES.values())
    assert raised - set(CATALOGUE) == set()


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_kind_in_the_catalogue_is_raised_somewhere(code: str) -> None:
    assert code in strings_in_the_source()


def test_every_reason_why_a_file_cannot_be_read_has_a_point() -> None:
    assert set(_CODES) == set(Reason)


@pytest.mark.parametrize("call", [call for call in CALLS if call.code], ids=lambda call: f"{call.code} {call.where}")
def test_whoever_raises_a_point_gives_every_word_its_message_needs(call: Call) -> None:
    assert call.code is not None
    given = call.words - NOT_WORDS
    needed = braces(call.code) - ALWAYS_GIVEN
    if not call.more:
        assert needed <= given
    assert "found" not in braces(call.code) or "found" in call.words or call.more
    assert given <= needed, "words that no message shows"


def test_no_message_needs_a_word_that_says_where_the_point_stands() -> None:
    taken = {code: braces(code) & {"file", "sheet", "cell", "partner"} for code in CATALOGUE}
    unreachable = defaultdict(set)
    for code, names in taken.items():
        for name in names:
            try:
                made = make_problem(code, **dict.fromkeys(braces(code), "x"))
            except KeyError:
                unreachable[code].add(name)
            else:
                assert "x" in str(made)
    assert dict(unreachable) == {}


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_kind_has_a_severity_a_title_and_three_parts_of_words(code: str) -> None:
    kind = CATALOGUE[code]
    assert kind.severity in Severity
    assert title(code) == kind.title
    assert kind.title[:1].isupper()
    assert not kind.title.endswith(".")
    assert kind.found
    assert not kind.found.endswith("."), "the program puts the full stop"
    assert kind.expected
    assert kind.do


@pytest.mark.parametrize("code", [code for code, kind in CATALOGUE.items() if "{done}" in (kind.partner or "")])
def test_what_was_done_is_repeated_to_the_partner_without_what_the_lead_can_do(code: str) -> None:
    assert CATALOGUE[code].done
    assert CATALOGUE[code].do
    assert "{" not in CATALOGUE[code].do, "the lead's words are taken off what was done to the letter"


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_message_leaves_a_brace_a_double_stop_or_a_double_space(code: str) -> None:
    names = braces(code) - {"file", "sheet", "cell", "partner", "found", "ref"}
    made = make_problem(code, sheet="Cover", cell="B6", ref="Q1-PEX", found="this", **dict.fromkeys(names, "Words"))
    text = str(made)
    assert text.startswith("Cover, B6: ")
    assert "{" not in text
    assert ".." not in text.replace("…", "")
    assert "  " not in text


def test_a_message_says_where_what_was_found_what_is_expected_and_what_to_do() -> None:
    made = make_problem(
        "rating-not-understood",
        sheet="Leadership",
        cell="G7",
        ref="L1-PEX",
        found="Ambre",
        permitted="Red, Amber or Green",
        hint=did_you_mean("Amber", "Ask."),
    )
    assert made.message == "Leadership, G7: we found ‘Ambre’. Expected: A rating is Red, Amber or Green."
    assert made.suggestion == "Did you mean Amber?"
    assert (made.severity, made.found, made.ref) == (Severity.BLOCKER, "Ambre", "L1-PEX")


def test_without_a_place_a_message_begins_with_a_capital() -> None:
    assert make_problem("return-blank").message.startswith("Nothing has been filled in. ")


def test_a_word_that_is_missing_is_a_mistake_in_the_program_and_raised() -> None:
    with pytest.raises(KeyError):
        make_problem("rating-not-understood", found="x")


@pytest.mark.parametrize("number", ["999 000 0018", "9990000018", "999-000-0026", "999\u00a0000\u00a00026"])
def test_an_nhs_number_is_masked_in_every_part_of_a_point(number: str) -> None:
    made = make_problem(
        "rating-not-understood", sheet="Cover", cell="B6", found=f"see {number}", permitted=number, hint=number
    )
    for text in (made.message, made.suggestion, made.found or "", str(made)):
        assert number not in text
    assert made.found == "see [NHS number]"


def test_an_nhs_number_is_masked_where_a_sheet_is_called_so() -> None:
    made = make_problem("note-on-cell", sheet="Case 999 000 0018", cell="B6", found="x")
    assert "999 000 0018" not in str(made)


def test_a_number_at_the_cut_of_a_long_text_is_masked_before_it_is_cut() -> None:
    made = make_problem("note-on-cell", found="x" * 72 + " 999 000 0018 and more")
    assert not re.search(r"999", made.found or "")
    assert len(made.found or "") <= 80


def test_what_was_found_is_one_line_without_control_characters() -> None:
    made = make_problem("note-on-cell", found="a\nb\x1b[31m\tc")
    assert made.found == "a b[31m c"


def test_braces_in_what_somebody_typed_are_no_placeholders() -> None:
    made = make_problem("note-on-cell", found="{ref} {0} {unknown} {{")
    assert "‘{ref} {0} {unknown} {{’" in made.message


def test_points_are_listed_by_weight_then_file_then_kind_then_place() -> None:
    def made(severity: Severity, file: str, code: str, cell: str) -> Problem:
        return Problem(code, severity, "", "", file=file, sheet="S", cell=cell)

    ordered = [
        made(Severity.BLOCKER, "b", "x", "G2"),
        made(Severity.WARNING, "a", "x", "G9"),
        made(Severity.WARNING, "a", "x", "G10"),
        made(Severity.WARNING, "a", "y", "G1"),
        made(Severity.WARNING, "b", "x", "G1"),
        made(Severity.NOTE, "a", "x", "G1"),
    ]
    assert in_order(list(reversed(ordered))) == ordered


def test_points_of_one_kind_that_ask_for_different_things_are_told_apart_in_a_reminder() -> None:
    alike = [
        make_problem(
            "rating-from-colour", sheet="A", cell=cell, ref=ref, rating=rating, permitted="Red, Amber or Green"
        )
        for cell, ref, rating in (("G5", "Q1-PEX", "Red"), ("G6", "Q1-STF", "Green"), ("G7", "Q1-PTN", "Red"))
    ]
    told = "\n".join(list_points(alike).paragraphs)
    assert "A, rows 5 and 7: a rating by colour only (2 times). Red was taken from the colour." in told
    assert "A, row 6: " in told
    assert "Green was taken from the colour." in told


def test_a_table_read_by_itself_says_what_it_says_in_the_whole_file() -> None:
    whole = tomllib.loads((templates_folder() / "points.toml").read_text(encoding="utf-8"))
    sections = shipped_sections("points.toml")
    assert {code: tomllib.loads(text) for code, text in sections.items()} == whole


def test_a_point_says_what_was_found_without_what_was_expected() -> None:
    damaged = make_problem("file-damaged", detail="it ends early")
    assert damaged.finding == "The file is damaged, or written in a way that could not be read: it ends early"
    assert damaged.message == f"{damaged.finding}. {damaged.expected}"
