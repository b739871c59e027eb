"""axe-core finds nothing on any page, in any language, in light and dark."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from tests.axe import told, violations
from tests.visit import served, visiting
from views.frame import pages
from words import speaker
from words.languages import LANGUAGES

pytestmark = pytest.mark.browser

ASKED = "kinds=playground,park,school&group=school_children&minutes=10"
SCHEMES = ("light", "dark")
PATHS = list(pages(speaker("en")))


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula):
    """Run the app with one demo area, for all pages and languages."""
    with served(moteplass_home, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@pytest.fixture
def visit(browser, app):
    """Open a browser; in the end nobody outside was asked, and nothing went wrong."""
    with visiting(browser, app) as someone:
        yield someone
        assert (someone.outside, someone.faults) == ([], [])


def opened(visit, path, language):
    """Open a page by its link, and wait until all of it is there."""
    page = visit.page
    page.goto(f"{visit.address}/{path}?area=demo-karhula&{ASKED}&lang={language}")
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("html")).to_have_attribute("lang", language)
    for frame in page.locator("iframe").all():
        expect(frame.content_frame.locator(".leaflet-pane").first).to_be_attached()
    return page


def seen(page, scheme):
    """Show a page in light or dark."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_css("color-scheme", scheme)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "explore")
def test_no_page_shuts_anybody_out(visit, path, language):
    page = opened(visit, path, language)
    for scheme in SCHEMES:
        seen(page, scheme)
        assert told(violations(page)) == ""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_opens_shuts_nobody_out(visit, scheme):
    page = opened(visit, "", "en")
    seen(page, scheme)
    for summary in page.locator("summary").all():
        summary.click()
    visit.inside.locator(".m-sign").first.press("Enter")
    expect(visit.inside.locator(".leaflet-popup-content")).to_be_visible()
    assert told(violations(page)) == ""
    for name in ("Group", "Meeting places"):
        page.get_by_role("combobox", name=name).click()
        expect(page.get_by_role("listbox")).to_be_visible()
        assert told(violations(page)) == ""
        page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_error_shuts_nobody_out(visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{visit.address}/?kinds=nothing_of_the_kind&lang=en")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    assert told(violations(page)) == ""


def test_the_middle_of_oslo_shuts_nobody_out(browser, tmp_path, moteplass_home, oslo):
    with (
        served(moteplass_home, tmp_path / "log.txt") as address,
        visiting(browser, address) as someone,
    ):
        page = someone.open(f"?area={oslo.area.code}&{ASKED}&lang=nb")
        assert parse_qs(urlparse(page.url).query)["area"] == [oslo.area.code]
        for scheme in SCHEMES:
            seen(page, scheme)
            assert told(violations(page)) == ""


def test_faults_would_be_found_on_the_page_and_in_its_frames(visit):
    page = opened(visit, "", "en")
    visit.inside.locator(".m-sign").first.wait_for()
    assert violations(page) == []
    bad = '<img src="data:,"><p style="color:#aaa;background:#fff">pale</p>'
    add = f"document.querySelector('h1, #map_div').insertAdjacentHTML('beforebegin', '{bad}')"
    for frame in page.frames:
        frame.evaluate(add)
    found = {(one["rule"], "›" in one["where"]) for one in violations(page)}
    assert found >= {("image-alt", False), ("image-alt", True), ("color-contrast", False)}
