"""Returns with a known content, maltreated as partners do: what comes out is right, or a point names its cell."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icsassess.returns.checking.check import check_all
from icsassess.returns.reading.read_return import read_return
from icsassess.returns.reading.session import read_all
from icsassess.returns.similarity.near_duplicates import find_near_duplicates
from icsassess.support.text import words
from tests.support.maltreatment.draft import Draft, issued, locality
from tests.support.maltreatment.known_content import fill_in, words_for
from tests.support.maltreatment.oracle import Verdict, compare
from tests.support.maltreatment.registry import MALTREATMENTS, maltreat
from tests.support.maltreatment.saving import write

pytestmark = pytest.mark.begins_early

SAMPLES = Path(__file__).parents[1] / "samples"
# Maltreatments after which somebody has to be asked: the content itself is gone or unclear.
ASKS = {
    "excel_errors",
    "formulas_without_a_value",
    "ref_says_one_line_and_titles_another",
    "headings_in_own_words",
    "statuses_in_other_words",
    "rows_added_below_without_a_ref",
    "ratings_in_every_spelling",
    "refs_mistyped",
    "text_struck_through",
}
_serial = itertools.count()


def judged(folder: Path, seed: int, names: list[str]) -> tuple[Draft, Verdict]:
    rng = Random(seed)
    draft = issued("PC")
    fill_in(draft, rng)
    maltreat(draft, rng, names)
    path = folder / f"PC {next(_serial)}.xlsx"
    write(draft, path)
    return draft, compare(draft, path, locality())


def say(verdict: Verdict) -> str:
    return "\n".join([*verdict.silent, *verdict.addresses])


@pytest.mark.parametrize("name", sorted(MALTREATMENTS))
def test_after_one_maltreatment_everything_is_right_or_named(name: str, tmp_path: Path) -> None:
    draft, verdict = judged(tmp_path, 1, [name])
    assert verdict.clean, say(verdict)
    if name not in ASKS:
        assert verdict.right == len(draft.entries), "\n".join(verdict.asked)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 10_000),
    st.lists(st.sampled_from(sorted(MALTREATMENTS)), min_size=2, max_size=5, unique=True),
)
def test_after_several_maltreatments_nothing_is_wrong_or_missing_without_a_point_that_names_its_cell(
    tmp_path: Path, seed: int, names: list[str]
) -> None:
    _, verdict = judged(tmp_path, seed, names)
    assert verdict.clean, say(verdict)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.[xo]*")), ids=lambda path: path.stem)
def test_a_sample_file_gives_its_entries_or_its_one_reason(sample: Path) -> None:
    expected = (SAMPLES / "expected.txt").read_text(encoding="utf-8").splitlines()
    want = {line.split(" | ")[0]: line.split(" | ")[1:] for line in expected}
    read = read_return(sample, locality())
    found = ["refused" if read.refused else "read", str(len(read.entries))]
    found.append(", ".join(sorted({problem.code for problem in read.problems})))
    assert found == want[sample.name]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_return_saved_by_libreoffice_says_the_same(kind: str, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    rng = Random(7)
    draft = issued("PC")
    fill_in(draft, rng)
    maltreat(draft, rng, ["columns_reordered", "labels_merged_downwards", "colour_without_the_word", "dates_as_text"])
    source, target = tmp_path / "PC.xlsx", tmp_path / "saved"
    write(draft, source)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    verdict = compare(draft, target / f"PC.{kind}", locality())
    assert verdict.clean, say(verdict)
    if kind != "xls":
        assert verdict.right == len(draft.entries), "\n".join(verdict.asked)


# --- Likely the same evidence ----------------------------------------------------------------------------------------

LONG = "Annual patient experience report, themes by neighbourhood, presented to the quality committee in October"


def test_evidence_that_two_partners_hold_in_almost_the_same_words_is_pointed_out() -> None:
    texts = [LONG, "Something else that is quite long but says nothing of the sort, believe me or not", LONG + "s."]
    assert find_near_duplicates(texts, [("A", "a"), ("A", "a"), ("B", "b")]) == {2: (0, 99)}


def test_versions_of_one_partners_return_are_not_compared() -> None:
    assert find_near_duplicates([LONG, LONG + "s."], [("A", "a"), ("A", "b")]) == {}


@pytest.mark.parametrize("text", ["Annual report", "See above", "Report to the board", ""])
def test_short_and_general_texts_are_nothing_to_point_out(text: str) -> None:
    assert find_near_duplicates([text, text + "s"], [("A", "a"), ("B", "b")]) == {}


def test_the_audit_of_one_ward_is_not_that_of_another() -> None:
    said = "Audit of the records of ward {} by the safeguarding team, reported to the matron and the board"
    assert find_near_duplicates([said.format(3), said.format(5)], [("A", "a"), ("B", "b")]) == {}


@given(st.integers(0, 10_000), st.integers(0, 60))
def test_a_slip_of_a_finger_does_not_hide_that_two_texts_are_alike(seed: int, at: int) -> None:
    rng = Random(seed)
    others = [
        f"{words_for(rng, 1, 'summary')} {rng.choice('abcdef') * 9} of a wholly different matter" for _ in range(9)
    ]
    typed = LONG[:at] + "x" + LONG[at + 1 :]
    found = find_near_duplicates([LONG, *others, typed], [("A", "a")] * 10 + [("B", "b")])
    assert words(typed) == words(LONG) or found[10][0] == 0


def test_shared_evidence_is_a_note_at_the_later_entry_and_nothing_is_merged(tmp_path: Path) -> None:
    paths = []
    for partner in ("MFT", "PC"):
        draft = issued(partner)
        row = draft.pages[0].of_kind("line")[0]
        row.items[3].value, row.items[6].value = LONG + (" by the trust" if partner == "PC" else ""), "Green"
        paths.append(tmp_path / f"{partner}.xlsx")
        write(draft, paths[-1])
    checked = check_all(read_all(paths, locality()), locality())
    points = [p for read in checked.returns for p in read.problems if p.code == "likely-the-same-evidence"]
    assert [(p.partner, p.sheet, p.cell) for p in points] == [("PC", "Quality and safety", "D5")]
    assert "MFT" in points[0].message
    assert len(checked.entries) == 2


def test_a_tidy_return_is_read_without_looking_up_what_a_blank_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That lookup is for the rare cases: it would cost as much again as the reading."""

    def looked_up(*settings: object) -> frozenset[str]:
        pytest.fail("a tidy return was read by looking up the texts of a blank")

    monkeypatch.setattr("icsassess.returns.reading.rows.template_texts._texts_of_issued_blanks", looked_up)
    _, verdict = judged(tmp_path, 3, [])
    assert verdict.right == verdict.total > 0


def test_a_locality_workbook_among_the_returns_is_known_by_its_sheets_alone(tmp_path: Path) -> None:
    draft = issued("PC")
    draft.other_sheets = {title: [["a"]] for title in ("Heat map", "Assessment", "Gaps", "Actions", "Sign-off")}
    write(draft, tmp_path / "PC.xlsx")
    read = read_return(tmp_path / "PC.xlsx", locality())
    assert (read.refused, read.problems[0].code) == (True, "locality-workbook-among-returns")
