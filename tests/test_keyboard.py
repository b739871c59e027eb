"""A visit by keyboard alone: ask, read the answer, open a place, take a file home."""

import re

import pyogrio
import pytest
from playwright.sync_api import expect

from tests.visit import PATIENCE_MS, served, visiting
from views.frame import pages
from words import speaker

pytestmark = pytest.mark.browser

EN = speaker("en")
TITLES = {path: page.title for path, page in pages(EN).items()}
STOPS = 150
"""More than any page has: who tabs so often without arriving never will."""

FOCUS = """() => {
    let at = document.activeElement;
    while (at?.contentDocument?.activeElement) at = at.contentDocument.activeElement;
    return at;
}"""

SEEN = f"""() => {{
    const at = ({FOCUS})();
    if (at === at.ownerDocument.body) return "";  // between the page and the browser
    const ringed = (one) => {{
        const {{ outlineStyle, outlineWidth, boxShadow }} = getComputedStyle(one);
        const {{ width, height }} = one.getBoundingClientRect();
        const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        return width * height > 16 && (ring || /[2-9]px/.test(boxShadow));
    }};
    for (let [one, up] = [at, 0]; one && up < 4; [one, up] = [one.parentElement, up + 1])
        if (ringed(one)) return "";
    return at.outerHTML.slice(0, 200);
}}"""
"""What has the focus, if nothing shows it; `""` if it is ringed, or what is round it."""


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula):
    """Run the app with one demo area."""
    with served(moteplass_home, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@pytest.fixture
def visit(browser, app):
    """Open a browser; in the end nobody outside was asked, and nothing went wrong."""
    with visiting(browser, app) as someone:
        yield someone
        assert (someone.outside, someone.faults) == ([], [])


def seen(page):
    """Make sure that one sees where the focus is."""
    page.wait_for_timeout(30)  # rings may fade in
    assert page.evaluate(SEEN) == ""


def tab_to(page, wanted, key="Tab"):
    """Go on by one key until something has the focus; it is seen all the way."""
    for _ in range(STOPS):
        page.keyboard.press(key)
        seen(page)
        if wanted.evaluate("(it) => it === document.activeElement"):
            return
    pytest.fail(f"Not reached by keyboard: {wanted}")


def heard(page, before=""):
    """Return what a screen reader is told, as soon as that is something new."""
    region = page.locator("#m-heard")
    expect(region).to_have_role("status")
    expect(region).not_to_have_text(before)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    return region.inner_text()


def test_a_visit_without_a_mouse(visit, tmp_path):
    page = visit.open("?area=demo-karhula&kinds=park&group=everybody&minutes=10&lang=en")
    first = heard(page)
    assert first == visit.answer

    tab_to(page, page.get_by_role("combobox", name=EN("Meeting places")))
    page.keyboard.type("play")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    visit.says(re.compile("playground", re.IGNORECASE))
    page.keyboard.press("Escape")
    second = heard(page, first)
    assert "playground" in second.lower()

    tab_to(page, page.get_by_role("slider", name=EN("Minutes on foot")))
    page.keyboard.press("ArrowRight")
    seen(page)
    third = heard(page, second)
    assert "11" in third
    assert third == visit.answer

    ways = page.get_by_role("navigation", name=EN("Pages"), exact=True)
    tab_to(page, ways.get_by_role("link", name=TITLES["places"], exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/places.*minutes=11"))
    expect(ways.locator("[aria-current=page]")).to_have_text(TITLES["places"])

    place = page.locator("[class*=st-key-to-place-] button").first
    tab_to(page, place)
    name = place.inner_text().split(" – ")[0]
    page.keyboard.press("Enter")
    card = page.locator(".st-key-place-card")
    expect(page.get_by_role("status").filter(has_text=name)).to_be_attached()
    expect(card).to_contain_text(name, timeout=3 * PATIENCE_MS)  # it is worked out who comes
    seen(page)

    tab_to(page, ways.get_by_role("link", name=TITLES["export"], exact=True), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/export.*minutes=11"))
    tab_to(page, page.get_by_role("button", name=EN("GeoPackage for GIS")))
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert third in set(pyogrio.read_dataframe(file, layer="about")["text"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_stop_of_the_keyboard_is_hidden_or_a_trap(visit, scheme):
    page = visit.open("?area=demo-karhula&kinds=park,playground&lang=en")
    page.emulate_media(color_scheme=scheme)
    marks = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        seen(page)
        if page.evaluate("document.activeElement === document.body"):
            break
        stops.append(page.evaluate(marks))
    assert len(set(stops)) > 20
    assert page.evaluate("document.activeElement === document.body")


def test_the_first_stop_leads_past_the_question(visit):
    page = visit.open("?lang=en")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=EN("Skip to the main content"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    seen(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('[data-testid=stMain]') !== null"
    assert page.evaluate(inside)


def test_a_focus_that_does_not_show_would_be_noticed(visit):
    page = visit.open("?lang=en")
    page.add_style_tag(
        content=":is(#a, *) { outline: 0 !important; box-shadow: none !important }"
    )
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    assert "stSkipToContent" in page.evaluate(SEEN)
