"""The papers can be read by whom they are for: plain words, short sentences, no codes, for every kind of locality."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import textstat

from icsassess.locality.locality import open_locality
from icsassess.reports.papers.board_paper import write_board_paper
from icsassess.reports.papers.flash_report import write_flash_report
from icsassess.reports.papers.writer import Writer
from icsassess.workbook.signing.latest_merge import newest_merge
from tests.support.sample_merges import newest

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "trafford-three-weeks"
DATA = tomllib.loads((Path(__file__).parent / "words_that_may_not_occur.toml").read_text(encoding="utf-8"))
KINDS: dict[str, dict[str, object]] = {
    "no returns": {"returns": False},
    "everything Green": {"all_green": True},
    "forty partners": {"partners": 40},
    "the other framework": {"framework_id": "cqc-la-2023"},
}
NAMES = re.compile(r"(?:Partner number \d+(?:, | and |; )?)+")
QUOTED = re.compile(r"‘.*?’(?=[;:.,)\s]|$)", re.DOTALL)


def own_sentences(writer: Writer) -> list[str]:
    """Give a paper's sentences in front without what partners and group typed, and without names."""
    front = [one for one in writer.sentences if not one.part.startswith("Annex") and "|" not in one.sentence.text]
    return [NAMES.sub("they ", QUOTED.sub("words", one.sentence.text)) for one in front]


@pytest.fixture(scope="module", params=["the example", *KINDS])
def sentences(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """The own sentences of both papers about a kind of locality."""
    kind = request.param
    latest = newest(**KINDS[kind]) if kind in KINDS else newest_merge(open_locality(EXAMPLE))
    return {"board": own_sentences(write_board_paper(latest)), "flash": own_sentences(write_flash_report(latest))}


def test_a_paper_has_no_words_of_ours_and_no_codes(sentences: dict[str, list[str]]) -> None:
    for sentence in (text for texts in sentences.values() for text in texts):
        for word in DATA["words"]:
            assert not re.search(rf"\b{re.escape(word)}\b", sentence, re.IGNORECASE), (word, sentence)
        assert not re.search(r"\b[A-Z]\d-[A-Z]{3}\b", sentence), sentence


def test_a_paper_reads_as_easily_as_a_good_newspaper(sentences: dict[str, list[str]]) -> None:
    for texts in sentences.values():
        assert len(texts) > 10
        assert textstat.flesch_kincaid_grade(" ".join(texts)) <= DATA["grade"]


def test_the_measure_tells_long_sentences_of_long_words_from_plain_ones() -> None:
    heavy = "Organisational interdependencies necessitate comprehensive multidisciplinary operationalisation. " * 3
    assert textstat.flesch_kincaid_grade(heavy) > DATA["grade"]
