"""The web map in a real browser that can reach nothing but this machine."""

import functools
import http.server
import threading
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from shapely import LineString, Point, box

from geo.model import Family, Kind
from layers.map import base_map, draw, extent, guard
from layers.publish import assets, publish
from layers.thematic import base, boundary, places, spots, walk
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


def write(site, below, above, lost=()):
    """Write a page with these layers, as `st_folium` would show them; return its address."""
    folder, address = site
    web_map = base_map("offline", bounds=extent(land()[-1].table), static_url=".", say=SAY)
    for group in filter(None, (below, above)):
        draw(group, [f"./{publish(folder, layer)}" for layer in group]).add_to(web_map)
    for layer in lost:
        draw([layer], ["./lost.geojson"]).add_to(web_map)
    (folder / "map.html").write_text(guard(web_map.get_root().render()), encoding="utf-8")
    return f"{address}/map.html"


def colours(page, pane):
    """Return the colours painted on a pane's canvas, with how many pixels of each."""
    return page.evaluate(
        """(pane) => {
            const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
            if (!canvas) return {};
            const { width, height } = canvas;
            const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
            const found = {};
            for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
                const colour = [data[i], data[i + 1], data[i + 2]]
                    .map((n) => n.toString(16).padStart(2, "0")).join("");
                found["#" + colour] = (found["#" + colour] ?? 0) + 1;
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
