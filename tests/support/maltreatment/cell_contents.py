"""What partners do within cells: numbers, odd characters, errors, formulas, notes and links."""

from __future__ import annotations

from random import Random

from tests.support.maltreatment.draft import LABELS, Draft
from tests.support.maltreatment.registry import CELLS, expect, maltreatment, new_token, sample, typed_items

_FEEDBACK = "Feedback from the locality:\n{}\n(End of the feedback.)"


@maltreatment(CELLS)
def numbers_where_text_belongs(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "reason", "gap", "owner"):
        for item in sample(rng, typed_items(draft, name), 0.15):
            item.value = rng.choice([12, 0.85, 1234567, 0.1 + 0.2, 100.0, -3, 1e-7])
            shown = int(item.value) if item.value == int(item.value) else float(f"{item.value:.15g}")
            expect(item, str(shown))


@maltreatment(CELLS)
def odd_characters(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "reason", "gap", "action", "owner"):
        for item in sample(rng, typed_items(draft, name), 0.3):
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
            expect(item, item.value)


@maltreatment(CELLS)
def very_long_text(draft: Draft, rng: Random) -> None:
    for item in sample(rng, typed_items(draft, "evidence"), 0.1):
        length = rng.choice([32_767, 32_766, 30_000])
        item.value = (str(item.value) + " " + "long words " * 4000)[:length].rstrip("\n")
        expect(item, item.value)


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
        for item in sample(rng, typed_items(draft, name), 0.1):
            item.value = rng.choice(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"])
            item.date_format = None


@maltreatment(CELLS)
def formulas_without_a_value(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "kept", "rag", "evidence_date", "action"):
        for item in sample(rng, typed_items(draft, name), 0.1):
            item.value, item.date_format = rng.choice(["=A1", "=[1]Sheet1!B3", '=IF(A1="","","x")', "=TODAY()"]), None


@maltreatment(CELLS)
def text_struck_through(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "rag", "action"):
        for item in sample(rng, typed_items(draft, name), 0.2):
            item.struck = True


@maltreatment(CELLS)
def notes_on_cells(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("line", "added", "heading"):
        for item in row.items:
            if rng.random() < 0.05:
                token = new_token("note")
                if item.note:
                    item.note = rng.choice([f"{item.note}\n{token}", f"{token}\n\n{item.note}", token])
                else:
                    item.note = rng.choice(
                        [
                            token,
                            f"{token}\n\n{'_' * 30}\n{_FEEDBACK.format('Note: Please correct this.')}",
                        ]
                    )
                item.note_token = token


@maltreatment(CELLS)
def notes_of_ours_sent_back(draft: Draft, rng: Random) -> None:
    for name in ("evidence", "rag"):
        for item in sample(rng, typed_items(draft, name), 0.2):
            item.note = _FEEDBACK.format("Warning: A rating is Red, Amber or Green.")


@maltreatment(CELLS)
def links_behind_text(draft: Draft, rng: Random) -> None:
    for name in ("kept", "evidence"):
        for item in sample(rng, typed_items(draft, name), 0.3):
            token = new_token("x").replace(" ", "-")
            item.link = f"https://example.org/{token}"
            item.note_token = token
