"""In a real browser: the whole page speaks the language that was chosen."""

import pytest
from playwright.sync_api import expect

from tests.visit import served, visiting
from views.frame import pages
from words import speaker

pytestmark = pytest.mark.browser

STREAMLITS = ("Skip to main content", "Sidebar", "Clear all", "Choose an option", "Help for ")
"""Some of what Streamlit says in English."""


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


def spoken(page, language):
    """Make sure that the page and what belongs to it speak a language."""
    say = speaker(language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("iframe").last).to_have_attribute("title", say("Map"))
    inside = page.locator("iframe").last.content_frame
    expect(inside.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("navigation", name=say("Pages"), exact=True)).to_be_visible()
    expect(page.get_by_test_id("stSkipToContent")).to_have_text(say("Skip to the main content"))
    clear = page.locator(".st-key-kinds button").last
    expect(clear).to_have_attribute("aria-label", say("Show the choices"))


def test_the_page_and_the_map_change_language_without_being_loaded_anew(visit):
    page = visit.open("?lang=nb")
    spoken(page, "nb")
    page.evaluate("window.stayed = true")
    for name, language in (("English", "en"), ("Svenska", "sv"), ("Nynorsk", "nn")):
        visit.choose("Språk / Language", name)
        spoken(page, language)
    assert page.evaluate("window.stayed")
    visit.choose("Språk / Language", "Bokmål")
    spoken(page, "nb")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_streamlits_own_words_are_replaced(visit, language):
    page = visit.open(f"?lang={language}")
    spoken(page, language)
    names = """[...document.querySelectorAll("[aria-label], [placeholder], a")].flatMap(
        (one) => [one.ariaLabel, one.placeholder, one.textContent])"""
    told = {text for text in page.evaluate(names) if text}
    say = speaker(language)
    kept = {say(text) for text in STREAMLITS[2:3]}  # some say the same in English
    assert {text for text in told if text.startswith(STREAMLITS)} <= kept


def test_the_way_to_this_page_is_marked_as_such(visit):
    page = visit.open("?lang=en")
    titles = {path: one.title for path, one in pages(speaker("en")).items()}
    top, side = page.locator(".st-key-ways"), page.locator(".st-key-more")
    current = top.locator("[aria-current=page]")
    expect(current).to_have_text(titles[""])
    top.get_by_role("link", name=titles["area"], exact=True).click()
    expect(current).to_have_text(titles["area"])
    side.get_by_role("link", name=titles["accessibility"], exact=True).click()
    expect(current).to_have_count(0)
    expect(side.locator("[aria-current=page]")).to_have_text(titles["accessibility"])


def test_what_is_told_to_the_script_is_never_run(visit):
    page = visit.open("?lang=en")
    hostile = """{"lang": "en", "page": "", "map": "<img src=x onerror=alert(1)>",
        "ways": {}, "patterns": [["Help", "", "<script>alert(2)</script>{}"]],
        "texts": {"Skip to the main content": "<img src=x onerror=alert(3)>"}}"""
    page.evaluate(
        "(told) => { document.getElementById('m-words').dataset.words = told; }", hostile
    )
    frame = page.locator("iframe").last
    expect(frame).to_have_attribute("title", "<img src=x onerror=alert(1)>")
    assert page.locator("img[src=x]").count() == 0


def test_news_are_said_once_in_a_region_that_stays(visit):
    page = visit.open("?lang=en&minutes=10&kinds=park")
    region = page.get_by_role("status")
    expect(region).to_have_count(1)
    expect(region).to_have_text(visit.answer)
    page.evaluate("document.getElementById('m-heard').stayed = true")
    before = visit.answer
    page.get_by_role("slider").press("ArrowRight")
    expect(page.locator(".m-answer")).not_to_have_text(before)
    expect(region).to_have_text(visit.answer)
    assert page.evaluate("document.getElementById('m-heard').stayed")
