"""Pages stay whole on a narrow screen, enlarged, with wide spacing, and without motion."""

import pytest
from playwright.sync_api import expect

from tests.visit import served, visiting
from views.frame import pages
from words import speaker

pytestmark = pytest.mark.browser

ASKED = "area=demo-karhula&kinds=playground,park,school&group=school_children&lang=nb"
SHOWN = [path for path, page in pages(speaker("en")).items() if not page.bare]
NARROW = {"width": 320, "height": 568}
"""1280 pixels, enlarged four times: what WCAG 1.4.10 asks for."""

TWICE = {"width": 640, "height": 512}
"""A screen of 1280 by 1024 pixels at 200 %."""

SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
"""What WCAG 1.4.12 lets a reader ask for."""

WIDE = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const width = document.documentElement.clientWidth;
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    const found = [];
    for (const one of main.querySelectorAll("*")) {
        const { left, right } = one.getBoundingClientRect();
        if (right <= width + 1 && left >= -1 || right - left < 2) continue;
        let box = one.parentElement;
        while (box !== main && !scrolls(box)) box = box.parentElement;
        if (box === main) found.push(`${Math.round(right)}: ${one.outerHTML.slice(0, 120)}`);
    }
    if (main.scrollWidth > main.clientWidth + 1) found.push(`the page: ${main.scrollWidth}`);
    return found.slice(0, 5);
}"""
"""What reaches past the side of the page, and has no box of its own to move in."""

CUT = """() => {
    const found = new Set();
    const app = document.querySelector("[data-testid=stApp]");
    const texts = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const text = range.getBoundingClientRect();
        if (!text.width || !texts.currentNode.data.trim()) continue;
        for (let box = texts.currentNode.parentElement; box; box = box.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(box);
            const { right, bottom, width, height } = box.getBoundingClientRect();
            if (width < 3 || height < 3) break;  // for screen readers only
            const wide = ["hidden", "clip"].includes(overflowX) && text.right > right + 2;
            const high = ["hidden", "clip"].includes(overflowY) && text.bottom > bottom + 2;
            if (wide || high) found.add(texts.currentNode.data.trim().slice(0, 60));
            if (overflowY === "auto" || overflowY === "scroll") break;  // can be moved
        }
    }
    return [...found];
}"""
"""Texts of which something is behind the edge of a box that hides it."""


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula):
    """Run the app with one demo area."""
    with served(moteplass_home, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@pytest.fixture
def visit(browser, app):
    """Open a browser."""
    with visiting(browser, app) as someone:
        yield someone


def opened(visit, path, size):
    """Open a page at a size, and wait until all of it is there."""
    page = visit.page
    page.set_viewport_size(size)
    page.goto(f"{visit.address}/{path}?{ASKED}")
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path or "explore")
def test_no_page_has_to_be_moved_two_ways(visit, path):
    page = opened(visit, path, NARROW)
    assert page.evaluate(WIDE) == []
    page.set_viewport_size(TWICE)
    page.wait_for_timeout(300)
    assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path or "explore")
def test_no_text_is_cut_when_it_is_spaced_wider(visit, path):
    page = opened(visit, path, {"width": 1366, "height": 768})
    before = set(page.evaluate(CUT))
    page.add_style_tag(content=SPACED)
    page.wait_for_timeout(300)
    assert set(page.evaluate(CUT)) - before == set()
    assert page.evaluate(WIDE) == []


def test_the_question_can_be_asked_on_a_phone(visit):
    page = opened(visit, "", NARROW)
    page.get_by_test_id("stExpandSidebarButton").click()
    slider = page.get_by_role("slider")
    slider.scroll_into_view_if_needed()
    expect(slider).to_be_visible()
    side = page.get_by_test_id("stSidebar").bounding_box()
    assert side["x"] >= 0
    assert side["x"] + side["width"] <= NARROW["width"] + 1


def test_a_table_too_wide_for_the_screen_moves_in_a_box_of_its_own(visit):
    page = opened(visit, "", NARROW)
    boxes = page.locator(".stHtml:has(> .m-table)[tabindex='0'][role=region]")
    expect(boxes.first).to_be_attached()
    for box in boxes.all():
        assert box.get_attribute("aria-label") == box.locator("caption").inner_text()
        assert box.evaluate("(it) => it.scrollWidth > it.clientWidth")
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(boxes).to_have_count(0)


def test_nothing_moves_for_who_asked_for_that(visit):
    visit.page.emulate_media(reduced_motion="reduce")
    page = opened(visit, "", {"width": 1366, "height": 768})
    page.locator("summary").first.click()
    page.wait_for_timeout(200)  # an animation of Streamlit's own lasts 500
    lasting = "document.getAnimations().some((it) => it.effect.getTiming().duration > 50)"
    assert not page.evaluate(lasting)


def test_letters_grow_with_a_wall_of_many_pixels(visit):
    page = opened(visit, "", {"width": 3840, "height": 2160})
    size = "parseFloat(getComputedStyle(document.querySelector('.m-answer')).fontSize)"
    assert page.evaluate(size) >= 40
    assert page.evaluate(WIDE) == []
