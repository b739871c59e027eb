"""The one HTML file in a real browser, from a disk and without a network."""

import pytest
from playwright.sync_api import expect

from layers.onefile.of_answer import write
from tests.axe import told, violations
from tests.onefile_page import (
    HOSTILE,
    NAMES,
    opened,
    painted,
    wait_for_colour,
    wait_for_stack,
    wrote,
)
from tests.test_onefile import taken_along
from words.languages import LANGUAGES

pytestmark = pytest.mark.browser

NO_WORKER = "delete window.Worker;"
REFUSED = """window.Worker = class {
    constructor() { throw new DOMException("no", "SecurityError"); }
};"""
BROKEN = """window.Worker = class {
    constructor() { setTimeout(() => this.onerror({}), 30); }
    postMessage() {}
};"""


TRIED = """async () => {
    const found = [];
    const made = (name, told) => Object.assign(document.createElement(name), told);
    addEventListener("securitypolicyviolation", (one) => found.push(one.effectiveDirective));
    document.body.append(made("script", { textContent: "window.ran = 1" }));
    document.body.append(made("img", { src: "https://tiles.example/a.png" }));
    await fetch("https://tiles.example/").catch(() => {});
    await new Promise((done) => setTimeout(done, 200));
    return [...found, String(window.ran)].sort();
}"""
"""What somebody would do who had got into the page; returns what kept him from it."""
FAULTY = '<p style="color:#444">faint</p><img src="data:,">'
ADD = f"document.querySelector('main').insertAdjacentHTML('beforeend', {FAULTY!r})"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return wrote(tmp_path_factory.mktemp("desk"))


def harmless(seen):
    """Whether nobody outside was asked, and nothing went wrong."""
    return [url for url in seen.outside if not url.startswith("blob:")] + seen.faults == []


@pytest.mark.parametrize(
    "before", ["", NO_WORKER, REFUSED, BROKEN], ids=["worker", "none", "refused", "broken"]
)
def test_it_opens_from_a_disk(browser, file, before):
    with opened(browser, file, before=before) as seen:
        painted(seen.page)
        for colour in ("#0b4f8a", "#a3150f", "#1c2b33"):
            wait_for_colour(seen.page, "overlay", colour)
        wait_for_colour(seen.page, "background", "#b9ad9a")
        expect(seen.page.get_by_role("alert")).to_have_count(0)
        assert harmless(seen)


def test_a_worker_paints_where_there_are_workers(browser, file):
    with opened(browser, file) as seen:
        painted(seen.page)
        assert len(seen.page.workers) == 2


def test_layers_are_switched_by_keyboard_and_keep_their_order(browser, file):
    with opened(browser, file) as seen:
        page = seen.page
        painted(page)
        walk = page.get_by_role("checkbox", name="The walk to the nearest place")
        walk.focus()
        page.keyboard.press("Space")
        wait_for_colour(page, "overlay", "#d2600c", gone=True)
        page.keyboard.press("Space")
        wait_for_colour(page, "overlay", "#d2600c")
        land = page.get_by_role("checkbox", name="Land and water")
        land.uncheck()
        wait_for_colour(page, "background", "#bcd7e3", gone=True)
        land.check()
        painted(page)
        page.get_by_role("checkbox", name="Meeting places").uncheck()
        expect(page.locator(".m-sign")).to_have_count(0)
        for one in page.get_by_role("checkbox").all():
            one.uncheck()
        expect(page.locator(".leaflet-pane canvas")).to_have_count(0)
        assert harmless(seen)


def test_what_is_switched_on_later_takes_its_place_below(browser, file):
    with opened(browser, file) as seen:
        page, violet, orange = seen.page, "#5d2a86", "#d2600c"
        painted(page)
        page.get_by_role("checkbox", name="Residents beyond reach").check()
        wait_for_stack(page, [violet, orange])


def test_what_is_switched_on_is_told_in_the_legend(browser, file):
    with opened(browser, file) as seen:
        legend = seen.page.get_by_role("region", name="Legend")
        expect(legend).not_to_contain_text("50 to 99 people", use_inner_text=True)
        cells = seen.page.get_by_role("checkbox", name="Residents beyond reach")
        cells.check()
        expect(legend).to_contain_text("50 to 99 people", use_inner_text=True)
        wait_for_colour(seen.page, "overlay", "#5d2a86")
        cells.uncheck()
        wait_for_colour(seen.page, "overlay", "#5d2a86", gone=True)
        expect(legend).not_to_contain_text("50 to 99 people", use_inner_text=True)


def test_names_that_mean_harm_are_shown_as_they_are(browser, file):
    with opened(browser, file) as seen:
        page = seen.page
        painted(page)
        expect(page).to_have_title(HOSTILE)
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
        park = page.get_by_label(f"{HOSTILE}, <b>Park</b>", exact=True)
        park.hover()
        expect(page.locator(".leaflet-tooltip")).to_have_text(f"{HOSTILE}<b>Park</b>")
        park.press("Enter")
        card = page.locator(".leaflet-popup-content")
        expect(card.locator("strong")).to_have_text(HOSTILE)
        expect(card).to_contain_text(HOSTILE)
        assert page.locator("img:not(.m-legend img)").count() == 0
        assert page.locator("[onerror]").count() == 0
        assert harmless(seen)


def test_the_policy_holds_whatever_should_go_wrong(browser, file):
    with opened(browser, file) as seen:
        painted(seen.page)
        blocked = seen.page.evaluate(TRIED)
        assert blocked == ["connect-src", "img-src", "script-src-elem", "undefined"]
        assert [url for url in seen.outside if not url.startswith("blob:")] == []


@pytest.mark.parametrize("width", [390, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_shuts_nobody_out(browser, file, scheme, width):
    with opened(browser, file, width=width, color_scheme=scheme) as seen:
        page = seen.page
        painted(page)
        for one in page.get_by_role("checkbox").all():
            one.check()
        page.locator(".m-sign").first.press("Enter")
        expect(page.locator(".leaflet-popup-content")).to_be_visible()
        assert told(violations(page, best=True)) == ""
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert harmless(seen)


def test_a_fault_of_the_page_would_be_found(browser, file):
    with opened(browser, file, color_scheme="dark") as seen:
        seen.page.evaluate(ADD)
        rules = {one["rule"] for one in violations(seen.page)}
        assert rules == {"color-contrast", "image-alt"}


def test_the_first_key_leads_past_the_map(browser, file):
    with opened(browser, file) as seen:
        page = seen.page
        painted(page)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the tables")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#tables")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("region", name="Meeting places", exact=True)).to_be_focused()


def test_without_scripts_the_tables_say_it(browser, file):
    with opened(browser, file, java_script_enabled=False) as seen:
        expect(seen.page.get_by_text("The map cannot be drawn here")).to_be_visible()
        expect(seen.page.locator("table").first.locator("tbody tr")).to_have_count(len(NAMES))
        assert harmless(seen)


def test_paper_gets_the_map_and_all_rows_but_no_switches(browser, file):
    with opened(browser, file, color_scheme="dark") as seen:
        page = seen.page
        painted(page)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator(".m-switches")).to_be_hidden()
        expect(page.locator(".leaflet-control-zoom")).to_be_hidden()
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        assert page.locator("#map").bounding_box()["width"] == pytest.approx(680, abs=2)
        expect(page.locator(".m-scroll").first).to_have_css("overflow", "visible")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        expect(page.locator(".m-switches")).to_be_visible()
        assert page.locator("#map").bounding_box()["width"] > 680
        painted(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_town_opens(browser, karhula, tmp_path, language):
    case, export = taken_along(karhula, language, "park,school,playground", areas=True)
    write(case, export, tmp_path)
    (written,) = tmp_path.iterdir()
    with opened(browser, written, locale="nb-NO") as seen:
        page = seen.page
        wait_for_colour(page, "overlay", "#d2600c")
        expect(page.locator("html")).to_have_attribute("lang", language)
        for one in page.get_by_role("checkbox").all():
            one.check()
        expect(page.locator(".m-sign, .m-cluster").first).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)
        assert told(violations(page, best=True)) == ""
        assert harmless(seen)
