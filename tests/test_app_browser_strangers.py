"""Strangers' text in a real browser, base maps that ask outside, and a whole town."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from data import bundle
from data.build import build_file
from layers.map import TILES
from tests.towns import Drawing, box
from tests.visit import served, visiting
from views.frame import pages
from words import speaker

pytestmark = pytest.mark.browser

NB, EN = speaker("nb"), speaker("en")
HOSTILE = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "![x](http://evil.example/x.png)",
    "[l](javascript:window.hacked=1)",
    r"$\frac{1}{2}$ :material/home: http://evil.example",
    "\N{BEACH WITH UMBRELLA} شاطئ البحر",
    "</script><script>window.hacked=1</script>",
    "{{ 7*7 }} ${7*7} `x`",
    "Long " * 2_000,
]
NAME = '"><img src=http://evil.example/x onerror=window.hacked=1> **b** $x$'


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula):
    """Run the app with a demo area, and one where every name is an attempt."""
    town, folder = Drawing(), tmp_path_factory.mktemp("strangers")
    around = box(-50, -50, 950, 250)
    town.way([*around, around[0]], highway="residential", name=HOSTILE[0])
    for n, name in enumerate(HOSTILE):
        told = dict.fromkeys(("name", "opening_hours", "wheelchair"), name[:255])
        town.area(box(100 * n, 100, 100 * n + 40, 140), leisure="park", **told)
    town.area(box(880, 20, 900, 40), building="apartments")
    built = build_file(town.save(folder / "town.osm"), code="strangers", name=NAME)
    longest = built.places["name"].str.startswith("Long")
    built.places.loc[longest, "name"] = HOSTILE[-1]  # somebody else's builder
    bundle.write(built)
    with served(moteplass_home, folder / "server.txt") as address:
        yield address


@pytest.fixture
def visit(browser, app):
    """Open a browser."""
    with visiting(browser, app) as someone:
        yield someone


def test_names_are_text_wherever_they_show(visit):
    page = visit.open("?area=strangers&kinds=park&minutes=1&group=everybody")
    expect(page.locator("h1")).to_have_text(NAME)
    inside = visit.inside
    signs, card = inside.locator(".m-sign"), inside.locator(".leaflet-popup-content")
    expect(signs).to_have_count(len(HOSTILE))
    for name in HOSTILE:
        start = re.compile("^" + re.escape(name[:18]))
        sign = inside.get_by_label(start)
        sign.first.hover()
        expect(inside.locator(".leaflet-tooltip strong")).to_have_text(start)
        sign.first.focus()
        page.keyboard.press("Enter")
        expect(card.locator("strong")).to_have_text(start)
        page.keyboard.press("Escape")  # it would cover the next sign
        expect(card).to_have_count(0)
        page.mouse.move(0, 0)
        visit.map()  # it has moved to make room for the card
    assert [frame.evaluate("window.hacked") for frame in page.frames] == [None, None]
    assert (visit.outside, visit.faults) == ([], [])


ASKED = "area=strangers&kinds=park&minutes=1&group=everybody&lang=en"
EVERYWHERE = {
    "": NAME,
    "groups": NAME,
    "gaps": HOSTILE[0],  # the name of the street that those beyond reach live in
    "places": HOSTILE[1],
    "whatif": NAME,
    "area": NAME,
    "export": NAME,
    "wall": NAME,
    "compare": NAME,
    "register": NAME,
    "new": NAME,
    "accessibility": "",
    "health": "strangers",
}
"""Pages, and what strangers wrote that is to be read there, if anything."""


def test_every_page_is_tried():
    assert list(EVERYWHERE) == list(pages(EN))


@pytest.mark.parametrize("path", EVERYWHERE)
def test_strangers_are_text_on_every_page(visit, path):
    page = visit.page
    page.goto(f"{visit.address}/{path}?{ASKED}")
    expect(page.locator("body")).to_contain_text(EVERYWHERE[path])
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    page.wait_for_timeout(1000)
    assert {frame.evaluate("window.hacked") for frame in page.frames} == {None}
    expect(page.locator("[src*='evil.example'], [href*='javascript:'], .katex")).to_have_count(
        0
    )
    assert (visit.outside, visit.faults) == ([], [])


def test_a_wrong_link_is_shown_as_text(visit):
    links = [("group", name) for name in HOSTILE[:5]]
    links += [(what, HOSTILE[0]) for what in ("area", "walker", "when", "kinds", "minutes")]
    for what, name in links:
        visit.page.goto(f"{visit.address}/?{what}={quote(name)}")
        alert = visit.page.get_by_role("alert")
        expect(alert).to_be_visible()
        assert name[:20] in alert.inner_text().replace("\N{WORD JOINER}", "")
        expect(alert.locator("a, img, script, .katex, [role=img]")).to_have_count(0)
        assert visit.page.evaluate("window.hacked") is None
    assert (visit.outside, visit.faults) == ([], [])


def test_a_wrong_link_can_be_left(visit):
    visit.page.goto(f"{visit.address}/?area=atlantis")
    visit.page.get_by_role("button", name=NB("Start afresh")).click()
    visit.says("%")
    expect(visit.page).to_have_url(re.compile("area=demo-karhula"))
    assert (visit.outside, visit.faults) == ([], [])


@pytest.mark.parametrize("base", TILES)
def test_only_a_chosen_base_map_asks_outside_and_only_for_its_tiles(visit, base):
    page = visit.open()
    visit.homes(at_least=100)
    assert (visit.outside, visit.faults) == ([], [])
    choice = page.get_by_role("radiogroup")
    choice.get_by_text(TILES[base]["thanks"], exact=True).click()
    thanks = visit.inside.get_by_role("link", name=TILES[base]["thanks"])
    expect(thanks).to_be_visible()
    visit.homes(at_least=100)
    tiles = TILES[base]["url"].split("{")[0]
    assert visit.outside
    assert [address for address in visit.outside if not address.startswith(tiles)] == []
    assert {fault for fault in visit.faults if "ERR_FAILED" not in fault} == set()
    asked = len(visit.outside)
    choice.get_by_text(NB("Offline, drawn here"), exact=True).click()
    expect(visit.inside.locator(".leaflet-background-pane canvas").first).to_be_visible()
    visit.homes(at_least=100)
    assert len(visit.outside) == asked


@pytest.mark.parametrize("say", [NB, EN], ids=["nb", "en"])
def test_the_middle_of_oslo_is_shown(visit, oslo, say):
    page = visit.open(f"?area=oslo&lang={say.language}&kinds=library,school&group=everybody")
    expect(page.locator("h1")).to_have_text("Oslo sentrum")
    visit.says("%")
    visit.look(59.918, 10.752, 14)  # where homes are seen, each by itself
    assert visit.homes(at_least=1000) == len(oslo.homes)
    expect(visit.inside.locator(".m-cluster").first).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text(say("Everybody"))
    assert (visit.outside, visit.faults) == ([], [])
