"""The page in a real browser: at every size, by keyboard, printed, searched, without network, and for everybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from icsassess.reports.display_text import display_text
from icsassess.reports.page.page import as_page
from tests.support.sample_merges import HOSTILE, small

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="the extra browser is not installed")
axe_core = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra browser is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

SIZES = {"phone": (390, 844), "laptop": (1366, 768), "projector": (1920, 1080)}
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--no-first-run",
)  # fmt: skip
AXE = Path(axe_core.__file__).with_name("axe.min.js")
SHOWN = "Array.from(document.querySelectorAll('[data-item={}]')).filter(one => !one.hidden).map(one => one.id)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a page stands on which partners and group typed to do harm."""
    path = tmp_path_factory.mktemp("browser") / "page.html"
    path.write_text(as_page(small(hostile=True)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Everything that the page asked the network for."""
    return []


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    """Everything that the browser complained of: faults of the script, and what the page's policy stopped."""
    return []


@pytest.fixture(scope="module")
def shared(browser: Any, asked: list[str], complaints: list[str]) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()


@pytest.fixture
def page(shared: Any, address: str) -> Any:
    """The page at a laptop's size, just opened."""
    shared.set_viewport_size({"width": 1366, "height": 768})
    shared.goto("about:blank")
    shared.goto(address)
    return shared


def resize(page: Any, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_at_the_side(page: Any, size: str) -> None:
    resize(page, size)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    beyond = page.evaluate(
        "Array.from(document.querySelectorAll('main *')).filter(one => getComputedStyle(one).position !== 'absolute'"
        " && !one.closest('thead') && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"
    )
    assert beyond == []


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_an_accessibility_check_finds_nothing(browser: Any, address: str, size: str) -> None:
    width, height = SIZES[size]
    # The check is a script from outside, which the page's own policy would not let in.
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    opened = context.new_page()
    opened.goto(address)
    opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.evaluate("axe.run(document, {resultTypes: ['violations']})")
    context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20, "the check ran"


def test_nothing_is_fetched_and_no_script_of_a_partner_runs(page: Any, address: str, asked: list[str]) -> None:
    assert [url for url in asked if url != address] == []
    assert page.title() == "Trafford: self-assessment as at 10 January 2024"
    assert page.locator("img, iframe, [onerror]").count() == 0


def test_the_browser_complains_of_nothing(page: Any, complaints: list[str]) -> None:
    assert complaints == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_stands_there_as_text(page: Any, text: str) -> None:
    assert display_text(text) in page.evaluate("document.body.textContent")


def test_the_keyboard_begins_with_the_skip_link_then_the_answers(page: Any) -> None:
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached[0] == "Skip to main content"
    assert all("Red" in text or "more" in text for text in reached[1:]), "then what is weakest"


def test_the_skip_link_shows_itself_and_leads_to_the_main_content(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_where_the_keyboard_is_can_be_seen(page: Any) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    look = page.evaluate(
        "(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.activeElement))"
    )
    assert look == ["rgb(255, 235, 59)", "rgb(33, 43, 50)"]


def test_evidence_opens_with_the_keyboard(page: Any) -> None:
    page.evaluate("document.querySelector('details.statement').open = true")
    summary = page.locator("article details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('article details').open")
    page.keyboard.press("Enter")


def test_a_screen_reader_finds_landmarks_headings_and_tables_also_on_a_phone(page: Any) -> None:
    resize(page, "phone")
    tree = page.locator("body").aria_snapshot()
    for part in (
        "banner", 'navigation "Contents"', "main", "search", "contentinfo",
        'heading "Look at this first" [level=2]', 'table "Quality statements by kind of evidence"',
        "columnheader", "rowheader",
    ):  # fmt: skip
        assert part in tree, part


def test_a_word_of_the_heat_map_leads_to_its_line(page: Any) -> None:
    page.locator("#heat-categories a").first.click()
    assert page.evaluate("location.hash") == "#line-Q1-PEX"
    assert page.evaluate("document.getElementById('line-Q1-PEX').getBoundingClientRect().top") < 100


def test_a_rating_that_is_chosen_leaves_its_lines_and_gaps(page: Any) -> None:
    ratings = page.evaluate(
        "Object.fromEntries(Array.from(document.querySelectorAll('article'), a => [a.id, a.dataset.rating]))"
    )
    page.select_option("#by-rating", "Red")
    assert page.evaluate(SHOWN.format("lines")) == [name for name, rating in ratings.items() if rating == "Red"]
    gaps = page.evaluate(SHOWN.format("gaps"))
    assert gaps
    assert all(ratings[name.replace("gap-", "line-")] == "Red" for name in gaps)
    told = page.inner_text("#found")
    assert told.startswith("Chosen: Red. Shown: ")
    assert f"{len(gaps)} of " in told


def test_every_word_that_is_searched_for_has_to_stand_in_a_line(page: Any) -> None:
    page.fill("#words-wanted", "q1-pex OUTCOMES")
    assert page.evaluate(SHOWN.format("lines")) == []
    page.fill("#words-wanted", "i1-out OUTCOMES")
    assert page.evaluate(SHOWN.format("lines")) == ["line-I1-OUT"]
    assert page.locator("h3", has_text="Quality and safety").is_hidden(), "a theme without lines goes too"


def test_a_search_opens_the_evidence_that_it_finds(page: Any) -> None:
    page.fill("#words-wanted", "onerror")
    opened = page.locator("article:not([hidden]) details[open]")
    assert opened.count() > 0
    assert "onerror" in opened.first.inner_text()
    page.fill("#words-wanted", "")
    assert page.locator("details[open]").count() == 0, "what the search opened it closes again"


def test_the_button_shows_everything_again(page: Any) -> None:
    page.select_option("#by-theme", "Integration")
    assert len(page.evaluate(SHOWN.format("lines"))) == 6
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('article[hidden]').length === 0")
    assert len(page.evaluate(SHOWN.format("lines"))) == 18


def test_a_link_to_a_line_that_is_filtered_out_shows_it(page: Any) -> None:
    page.select_option("#by-theme", "Integration")
    page.locator("#heat-categories a").first.click()
    page.wait_for_function("!document.getElementById('line-Q1-PEX').hidden")


def test_it_prints_what_is_chosen_with_its_evidence_and_without_the_form(page: Any) -> None:
    page.select_option("#by-theme", "Integration")
    page.check("#print-all")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    try:
        assert page.locator("#line-I1-PEX .evidence").is_visible()
        assert page.locator("#line-Q1-PEX").is_hidden()
        assert page.locator("#by-theme").is_hidden()
        assert page.locator("#found").is_visible(), "a reader of the paper sees what was chosen"
        display = page.evaluate("getComputedStyle(document.querySelector('.gaps td')).display")
        assert display == "table-cell"
    finally:
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('details[open]').length === 0")


def test_unless_everything_is_wanted_only_the_summary_is_printed(page: Any) -> None:
    page.emulate_media(media="print")
    try:
        assert [page.locator(part).is_visible() for part in ("#answers", "#heat-categories", "#themes")] == [True] * 3
        assert not any(page.locator(part).is_visible() for part in ("#gaps", "#lines", "#returns", "#origin"))
        page.evaluate("document.getElementById('print-all').checked = true")
        assert page.locator("#lines").is_visible()
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("size", SIZES)
def test_the_first_screen_answers(page: Any, size: str) -> None:
    resize(page, size)
    bottom = page.evaluate("document.getElementById('answers').getBoundingClientRect().bottom")
    assert 0 < bottom <= SIZES[size][1]


def test_a_heat_map_is_a_map_on_a_phone_too(page: Any) -> None:
    resize(page, "phone")
    rows = page.evaluate(
        "Array.from(document.querySelectorAll('#heat-categories tbody tr'), row =>"
        " Array.from(row.cells, cell => Math.round(cell.getBoundingClientRect().top)))"
    )
    assert len(rows) > 1
    assert all(len(set(tops)) == 1 and len(tops) > 6 for tops in rows), "a row's cells stand side by side"
    assert rows[-1][0] - rows[0][0] < 120 * (len(rows) - 1), "a row is no card"


def test_without_scripts_everything_can_be_read(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert opened.locator("article").count() == 18
    opened.locator("details.statement > summary").first.click()
    assert opened.locator("article").first.is_visible()
    assert opened.locator("#answers").is_visible()
    assert opened.locator("#filter").is_hidden(), "what would do nothing is not shown"
    context.close()


def test_many_partners_stand_on_several_maps_and_fit_every_screen(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    path.write_text(as_page(small("Q1", partners=40)), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    for width, height in SIZES.values():
        opened.set_viewport_size({"width": width, "height": height})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert "Partner number 40" in opened.text_content("#heat-partners-4 thead")
    opened.close()
