"""The web map in a real browser that can reach nothing but this machine."""

import functools
import http.server
import threading
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from shapely import LineString, Point, box

from geo.model import Family, Kind
from layers.map import TILES, base_map, draw, extent, guard
from layers.publish import assets, publish
from layers.thematic import base, boundary, places, spots, walk, walk_cells
from words.speaker import speaker

pytestmark = pytest.mark.browser

CRS = "EPSG:25833"
X, Y = 478_000.0, 7_465_000.0
HOSTILE = "<img src=x onerror=alert(1)>"
SAY = speaker("en")
DRAWN_MS = 15_000


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@dataclass
class Seen:
    """What a page did, besides showing something."""

    page: object
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def site(tmp_path):
    """Serve a folder on this machine: the folder, and its address."""
    assets(tmp_path)
    (tmp_path / "favicon.ico").touch()
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def seen(browser):
    """Open a page that may ask only this machine, and write down what it tried."""
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.set_default_timeout(DRAWN_MS)
    watched = Seen(page)

    def gate(route):
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            watched.outside.append(route.request.url)
            route.abort()

    page.route("**/*", gate)
    page.on("pageerror", lambda error: watched.faults.append(str(error)))
    page.on("dialog", lambda dialog: (watched.faults.append(dialog.message), dialog.dismiss()))
    page.on(
        "console",
        lambda line: watched.faults.append(line.text) if line.type == "error" else None,
    )
    yield watched
    page.close()


def table(geometry, **columns):
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=CRS)


def meeting_places():
    """Return six libraries side by side, which gather, and a park with a hostile name."""
    at = [Point(X + 100 + i, Y + 100) for i in range(6)] + [Point(X + 700, Y + 400)]
    keys = ["library"] * 6 + ["park"]
    town = table(
        at,
        name=["Bibliotek"] * 6 + [HOSTILE],
        kind=keys,
        kinds=keys,
        family=keys,
        setting=["indoor"] * 7,
        opening_hours=[""] * 7,
        wheelchair=["yes"] * 7,
    )
    kinds = {k: Kind(k, k, k, "both", (), "book", (), (), "-") for k in ("library", "park")}
    return places(town, kinds=kinds, families={"park": Family("park", "Park")}, say=SAY)


def homes():
    at = [Point(X + 400 + 90 * i, Y + 250) for i in range(5)]
    minutes = pd.Series([3.0, 12.0, 31.0, np.inf, np.nan])
    return walk(table(at), minutes, within=10, say=SAY)


def land():
    edge = boundary(table([box(X, Y, X + 900, Y + 600)]), say=SAY)
    backdrop = table([box(X, Y, X + 900, Y + 60)], what=["water"])
    streets = table(
        [LineString([(X, Y + 250), (X + 900, Y + 250)])], highway=["primary"], steps=[False]
    )
    return [*base(streets, backdrop, say=SAY), edge]


def write(site, below, above, lost=(), kind="offline"):
    """Write a page with these layers, as `st_folium` would show them; return its address."""
    folder, address = site
    web_map = base_map(kind, bounds=extent(land()[-1].table), static_url=".", say=SAY)
    for group in filter(None, (below, above)):
        draw(group, [f"./{publish(folder, layer)}" for layer in group]).add_to(web_map)
    for layer in lost:
        draw([layer], ["./lost.geojson"]).add_to(web_map)
    (folder / "map.html").write_text(guard(web_map.get_root().render(), kind), encoding="utf-8")
    return f"{address}/map.html"


def colours(page, pane):
    """Return the colours painted on a pane's tiles, with how many pixels of each."""
    return page.evaluate(
        """(pane) => {
            const found = {};
            for (const canvas of document.querySelectorAll(`.leaflet-${pane}-pane canvas`)) {
                const { width, height } = canvas;
                if (!width || getComputedStyle(canvas).visibility === "hidden") continue;
                const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
                for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
                    const colour = [data[i], data[i + 1], data[i + 2]]
                        .map((n) => n.toString(16).padStart(2, "0")).join("");
                    found["#" + colour] = (found["#" + colour] ?? 0) + 1;
                }
            }
            return found;
        }""",
        pane,
    )


def wait_for_colour(page, pane, colour):
    for _ in range(100):
        if colour in colours(page, pane):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{colour} is not on {pane}: {colours(page, pane)}")


def test_places_gather_open_and_are_told_as_text(site, seen):
    page = seen.page
    page.goto(write(site, land(), [meeting_places()]))
    cluster = page.locator(".m-cluster")
    expect(cluster).to_have_count(1)
    expect(cluster).to_have_text("6")
    expect(page.get_by_label("Places here: 6")).to_be_visible()

    park = page.get_by_label(f"{HOSTILE}, Park", exact=True)
    park.hover()
    tip = page.locator(".leaflet-tooltip")
    expect(tip).to_have_text(f"{HOSTILE}Park")
    park.click()
    card = page.locator(".leaflet-popup-content")
    expect(card.locator("strong")).to_have_text(HOSTILE)
    expect(card).to_contain_text("Opening hours unknown")
    expect(tip).to_have_count(0)
    assert page.locator("img").count() == 0

    page.keyboard.press("Escape")
    cluster.click()
    expect(page.get_by_label("Bibliotek, library").first).to_be_visible()
    assert (seen.outside, seen.faults) == ([], [])


def test_a_sign_is_reached_by_keyboard(site, seen):
    page = seen.page
    page.goto(write(site, land(), [meeting_places()]))
    page.get_by_label(f"{HOSTILE}, Park", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content strong")).to_have_text(HOSTILE)


def test_homes_and_land_are_painted_from_below_to_the_top(site, seen):
    page = seen.page
    page.goto(write(site, land(), [homes()]))
    for colour in ("#0b4f8a", "#d2600c", "#a3150f", "#1c2b33"):
        wait_for_colour(page, "overlay", colour)
    wait_for_colour(page, "background", "#bcd7e3")
    wait_for_colour(page, "background", "#b9ad9a")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(
        "© OpenStreetMap contributors"
    )
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("m")
    assert (seen.outside, seen.faults) == ([], [])


def test_a_cell_answers_with_its_card(site, seen):
    page = seen.page
    cell = table(
        [box(X + 300, Y + 200, X + 600, Y + 400)],
        people=[3.0],
        minutes=[np.inf],
        near=[HOSTILE],
    )
    page.goto(write(site, land(), [spots(cell, say=SAY)]))
    page.wait_for_selector(".leaflet-overlay-pane canvas")
    page.mouse.click(500, 350)
    card = page.locator(".leaflet-popup-content")
    expect(card).to_contain_text("fewer than 5")
    expect(card).to_contain_text("No way on foot")
    expect(card).to_contain_text(HOSTILE)
    assert (seen.outside, seen.faults) == ([], [])


def test_a_group_empties_when_it_leaves_and_fills_when_it_comes_back(site, seen):
    page = seen.page
    page.goto(write(site, None, [meeting_places()]))
    expect(page.locator(".m-cluster")).to_have_count(1)
    names = page.evaluate(
        "Object.keys(window).filter((name) => /^(map|feature_group)_[0-9a-f]{32}$/.test(name))"
    )
    web_map, group = sorted(names, key=lambda name: not name.startswith("map"))
    page.evaluate(f"{web_map}.removeLayer({group})")
    expect(page.locator(".m-cluster")).to_have_count(0)
    assert page.evaluate(f"{group}.getLayers().length") == 0
    page.evaluate(f"{web_map}.addLayer({group})")
    expect(page.locator(".m-cluster")).to_have_count(1)


def test_a_lost_layer_is_said_once_and_the_others_are_drawn(site, seen):
    page = seen.page
    page.goto(write(site, land(), [meeting_places()], lost=[homes()]))
    expect(page.get_by_role("alert")).to_have_text(
        "A layer of the map could not be fetched. Load the page again."
    )
    expect(page.locator(".m-cluster")).to_have_count(1)
    assert seen.outside == []
    assert all("404" in fault for fault in seen.faults)  # Chromium's own line


def test_the_page_may_be_enlarged(site, seen):
    seen.page.goto(write(site, land(), []))
    content = seen.page.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in content


HOME_MINUTES = (3.0, 12.0, 31.0)


def look(page, at, zoom):
    """Look straight down on a spot in metres; it is then in the middle of the page."""
    place = gpd.GeoSeries([at], crs=CRS).to_crs(4326).iloc[0]
    page.evaluate(
        """([latitude, longitude, zoom]) => {
            const name = Object.keys(window).find((one) => /^map_[0-9a-f]{32}$/.test(one));
            window[name].setView([latitude, longitude], zoom, { animate: false });
        }""",
        [place.y, place.x, zoom],
    )


def test_a_home_answers_when_it_is_pointed_at_and_clicked(site, seen):
    page = seen.page
    page.goto(write(site, land(), [homes()]))
    wait_for_colour(page, "overlay", "#a3150f")
    for n, minutes in enumerate(HOME_MINUTES):
        look(page, Point(X + 400 + 90 * n, Y + 250), 17)
        page.mouse.move(600, 300)
        page.mouse.move(501, 351)
        tip, told = page.locator(".leaflet-tooltip"), f"{minutes:.0f} minutes"
        expect(tip).to_contain_text(told)
        expect(page.locator(".m-at-mark")).to_have_count(1)
        page.mouse.click(501, 351)
        expect(page.locator(".leaflet-popup-content")).to_contain_text(told)
        expect(tip).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.locator(".leaflet-popup-content")).to_have_count(0)
    page.mouse.move(500, 250)
    expect(page.locator(".m-at-mark")).to_have_count(0)
    page.mouse.click(500, 250)
    page.wait_for_timeout(200)
    expect(page.locator(".leaflet-popup-content")).to_have_count(0)
    assert (seen.outside, seen.faults) == ([], [])


def test_a_finger_may_miss_a_home_by_a_little(browser, site):
    context = browser.new_context(viewport={"width": 1000, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto(write(site, land(), [homes()]))
    wait_for_colour(page, "overlay", "#a3150f")
    look(page, Point(X + 580, Y + 250), 16)
    page.wait_for_timeout(300)
    page.touchscreen.tap(500, 335)
    expect(page.locator(".leaflet-popup-content")).to_contain_text("31 minutes")
    context.close()


def town_of_two_squares():
    """Return homes in two cells of 250 m, the walk of each, and the middle of the first."""
    corner = (X // 250 * 250, Y // 250 * 250)
    at = [Point(corner[0] + x, corner[1] + 120) for x in (20, 120, 130, 380)]
    people = table(at, everybody=[20.0, 3.0, 3.0, 9.0])
    return people, pd.Series([4.0, 31.0, 31.0, np.inf]), Point(corner[0] + 125, corner[1] + 125)


def test_squares_give_way_to_homes(site, seen):
    page = seen.page
    people, minutes, middle = town_of_two_squares()
    both = [drawn(people, minutes, within=10, say=SAY) for drawn in (walk_cells, walk)]
    page.goto(write(site, land(), both))
    wait_for_colour(page, "overlay", "#a3150f")

    look(page, middle, 13)
    wait_for_colour(page, "overlay", "#1c2b33")  # the edge of the square without a way
    page.wait_for_timeout(300)
    assert "#a3150f" not in colours(page, "overlay")
    page.mouse.click(500, 350)
    card = page.locator(".leaflet-popup-content")
    expect(card).to_contain_text("Half of those who live here walk for at most 4 minutes")
    page.keyboard.press("Escape")

    look(page, middle, 15)
    wait_for_colour(page, "overlay", "#a3150f")
    page.mouse.click(500, 350)
    expect(card).to_contain_text("31 minutes")
    assert (seen.outside, seen.faults) == ([], [])


def test_a_sign_carries_the_letter_of_its_family(site, seen):
    page = seen.page
    page.goto(write(site, None, [meeting_places()]))
    expect(page.get_by_label(f"{HOSTILE}, Park", exact=True).locator("text")).to_have_text("P")
    page.locator(".m-cluster").click()
    first = page.get_by_label("Bibliotek, library").first
    expect(first.locator("text")).to_have_text("B")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_keys_open_a_cluster_and_a_card_and_the_focus_comes_back(site, seen, key):
    page = seen.page
    page.goto(write(site, None, [meeting_places()]))
    page.locator(".m-cluster").focus()
    page.keyboard.press(key)
    sign = page.locator(".m-sign:focus, .m-cluster:focus")
    expect(sign).to_have_count(1)
    park = page.get_by_label(f"{HOSTILE}, Park", exact=True)
    look(page, Point(X + 700, Y + 400), 16)
    park.focus()
    page.keyboard.press(key)
    card = page.locator(".m-card:focus")
    expect(card).to_contain_text("Opening hours unknown")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(park).to_be_focused()


def test_places_at_one_address_fan_out(site, seen):
    page = seen.page
    layer = meeting_places()
    layer.table["geometry"] = [Point(X + 300, Y + 300)] * len(layer.table)
    page.goto(write(site, None, [layer]))
    page.locator(".m-cluster").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".m-sign")).to_have_count(len(layer.table))
    expect(page.locator(".m-sign:focus")).to_have_count(1)
    assert seen.faults == []


def test_arrows_and_signs_move_the_map(site, seen):
    page = seen.page
    page.goto(write(site, land(), [homes()]))
    wait_for_colour(page, "overlay", "#a3150f")
    where = """() => {
        const name = Object.keys(window).find((one) => /^map_[0-9a-f]{32}$/.test(one));
        return [window[name].getZoom(), window[name].getCenter().lng];
    }"""
    before = page.evaluate(where)
    page.get_by_role("main").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"([zoom, east]) => ({where})()[1] > east", arg=before)
    page.keyboard.press("-")
    page.wait_for_function(f"([zoom]) => ({where})()[0] < zoom", arg=before)


def seen_from(site, zoom, lost=False):
    """Write a page with homes that are not seen before a zoom; return address and name."""
    folder, address = site
    name = "lost.geojson" if lost else publish(folder, homes())
    web_map = base_map("offline", bounds=extent(land()[-1].table), static_url=".", say=SAY)
    cells = f"./{publish(folder, meeting_places())}"
    draw(land(), [f"./{publish(folder, layer)}" for layer in land()]).add_to(web_map)
    layers = [homes(), meeting_places()]
    draw(layers, [f"./{name}", cells], later={f"./{name}": zoom}).add_to(web_map)
    (folder / "map.html").write_text(guard(web_map.get_root().render(), "offline"))
    return f"{address}/map.html", name


def zoomed(page, zoom, animate="false"):
    page.evaluate(
        f"""() => {{
            const name = Object.keys(window).find((one) => /^map_[0-9a-f]{{32}}$/.test(one));
            window[name].setZoom({zoom}, {{ animate: {animate} }});
        }}"""
    )


@pytest.mark.parametrize("animate", ["true", "false"])
def test_what_is_not_seen_yet_is_fetched_when_it_is_and_only_once(site, seen, animate):
    page, asked = seen.page, []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    link, name = seen_from(site, 18)
    page.goto(link)
    expect(page.locator(".m-cluster")).to_have_count(1)
    page.wait_for_timeout(300)
    assert name not in asked
    zoomed(page, 18, animate)
    wait_for_colour(page, "overlay", "#a3150f")
    zoomed(page, 17)
    zoomed(page, 18)
    page.wait_for_timeout(300)
    assert asked.count(name) == 1
    assert seen.faults == []


def test_what_comes_later_and_fails_is_said(site, seen):
    page = seen.page
    link, _ = seen_from(site, 18, lost=True)
    page.goto(link)
    expect(page.locator(".m-cluster")).to_have_count(1)
    zoomed(page, 18)
    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")


def test_what_was_drawn_stays_until_the_new_is_there(site, seen):
    """A changed question: the old group leaves, the new one comes, and homes are never gone."""
    page = seen.page
    later = homes()
    later.table["class"] = "longer"
    folder, _ = site
    page.goto(write(site, land(), [homes()]))
    wait_for_colour(page, "overlay", "#a3150f")
    url = f"./{publish(folder, later)}"
    blank = page.evaluate(
        """async (url) => {
            const of = (start) => Object.keys(window).filter((name) =>
                name.startsWith(start) && /_[0-9a-f]{32}$/.test(name));
            const map = window[of("map_")[0]];
            const old = of("feature_group_").map((name) => window[name]).at(-1);
            const painted = () => [...document.querySelectorAll(".leaflet-overlay-pane canvas")]
                .filter((one) => one.width && getComputedStyle(one).visibility !== "hidden");
            let blank = 0, done = false;
            const watch = () => {
                if (!painted().length) blank += 1;
                if (!done) requestAnimationFrame(watch);
            };
            const group = L.featureGroup();
            moteplass.draw(group, [url]);
            watch();
            map.removeLayer(old);
            map.addLayer(group);
            await new Promise((drawn) => group.once("drawn", drawn));
            await new Promise((later) => setTimeout(later, 300));
            done = true;
            return blank;
        }""",
        url,
    )
    assert blank == 0
    assert "#0b4f8a" not in colours(page, "overlay")
    assert "#a3150f" in colours(page, "overlay")


def test_a_base_map_that_does_not_come_is_said_once(site, seen):
    page = seen.page
    kind = next(iter(TILES))
    page.goto(write(site, None, [meeting_places()], kind=kind))
    said = page.get_by_role("status")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("Offline, drawn here")
    assert seen.outside
    assert all("ERR_FAILED" in fault for fault in seen.faults)


def test_the_map_is_a_page_that_everybody_can_read(site, seen):
    page = seen.page
    people, minutes, _ = town_of_two_squares()
    over = [drawn(people, minutes, within=10, say=SAY) for drawn in (walk_cells, walk)]
    page.goto(write(site, land(), [*over, meeting_places()]))
    expect(page.locator(".m-cluster")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Map of meeting places")
    park = page.get_by_label(f"{HOSTILE}, Park", exact=True)
    assert Axe().run(page).violations_count == 0
    park.click()
    expect(page.locator(".leaflet-popup-content")).to_have_count(1)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
