"""Several views of a map: together, divided, sent to a spot, on the whole screen."""

import geopandas as gpd
import pytest
from playwright.sync_api import expect
from shapely import Point, box

from layers.layer import Class, Drawing, Layer
from layers.map import base_map, draw, extent, guard
from layers.publish import publish
from tests.map_site import THE_MAP, serving, watched
from words.speaker import speaker

pytestmark = pytest.mark.browser

CRS = "EPSG:25833"
X, Y = 478_000.0, 7_465_000.0
SAY = speaker("en")
HOSTILE = "<img src=x onerror=alert(1)>"
WHOLE = gpd.GeoDataFrame(geometry=[box(X, Y, X + 900, Y + 600)], crs=CRS)
SPOT = extent(gpd.GeoDataFrame(geometry=[box(X + 600, Y, X + 650, Y + 50)], crs=CRS))
FAR_SPOT = extent(gpd.GeoDataFrame(geometry=[box(X + 100, Y, X + 150, Y + 50)], crs=CRS))


@pytest.fixture
def site(tmp_path):
    """Serve a folder: the folder, and its address."""
    with serving(tmp_path) as address:
        yield tmp_path, address


@pytest.fixture
def context(browser):
    """Open a browser in which a map is not large."""
    opened = browser.new_context(viewport={"width": 1000, "height": 600})
    yield opened
    opened.close()


@pytest.fixture
def seen(context):
    """Open a page; in the end nobody outside was asked, and nothing went wrong."""
    page = watched(context)
    yield page
    assert (page.outside, page.faults) == ([], [])


def everywhere(name, key="cells"):
    """Return a layer that covers all of the area, and tells its name when it is clicked."""
    table = WHOLE.assign(is_="a", name=name)
    cells = (Class("a", "A", "#9a6cbd", "square"),)
    return Layer(key, name, table, "is_", cells, Drawing.CELLS, card=(("name", "Name"),))


def mark(name, x):
    """Return a layer of one sign."""
    table = gpd.GeoDataFrame(
        {"is_": ["a"], "name": [name]}, geometry=[Point(x, Y + 100)], crs=CRS
    )
    signs = (Class("a", "A", "#1f5fa8", "square"),)
    return Layer("signs", name, table, "is_", signs, Drawing.SYMBOLS, title="name")


def page_of(site, name="map", *, together="", groups=((),)):
    """Write a page with a map, the first group on it; return its name."""
    folder, _ = site
    web_map = base_map(
        "offline", bounds=extent(WHOLE), static_url=".", say=SAY, together=together
    )
    for layers, options in groups[:1] if groups[0] else ():
        draw(layers, urls(site, layers), **options).add_to(web_map)
    (folder / f"{name}.html").write_text(guard(web_map.get_root().render()), "utf-8")
    return f"{name}.html"


def urls(site, layers):
    return [f"./{publish(site[0], layer)}" for layer in layers]


def exchange(page, site, layers, **options):
    """Exchange what is on a map, as `st_folium` does."""
    drawn = draw(layers, urls(site, layers), **options)
    more = drawn.more
    page.evaluate(
        f"""([urls, more]) => {{
            const map = {THE_MAP};
            if (window.now) map.removeLayer(window.now);
            window.now = L.featureGroup();
            const drawn = new Promise((done) => window.now.once("drawn", done));
            moteplass.draw(window.now, urls, more);
            map.addLayer(window.now);
            return drawn.then(() => true);
        }}""",
        [drawn.urls, more],
    )


def beside(site, *names):
    """Write a page with maps side by side, each in a frame; return its address."""
    folder, address = site
    frames = "".join(
        f'<iframe src="{name}" style="width:480px;height:400px"></iframe>' for name in names
    )
    (folder / "both.html").write_text(f"<!doctype html><body>{frames}</body>", "utf-8")
    return f"{address}/both.html"


def view(frame):
    """Return where a map looks, when it is at rest."""
    script = f"""() => {{
        const map = {THE_MAP};
        if (!map?._loaded || map._animatingZoom || map._panAnim?._inProgress) return null;
        return [map.getZoom(), map.getCenter().lat, map.getCenter().lng];
    }}"""
    return frame.wait_for_function(script).json_value()


def alike(one, other):
    return one == pytest.approx(other, abs=2e-5)


def soon(page, told):
    """Wait until something is so."""
    for _ in range(100):
        if told():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not happen.")


def opened_together(site, seen, *names):
    for name in names:
        page_of(site, name, together="groups")
    seen.page.goto(beside(site, *(f"{name}.html" for name in names)))
    frames = seen.page.frames[1:]
    for frame in frames:
        view(frame)
    return frames


def test_maps_of_a_page_move_together_whoever_leads(site, seen):
    one, other = opened_together(site, seen, "one", "other")
    start = view(one)
    for leader, follower in ((one, other), (other, one)):
        leader.evaluate(f"{THE_MAP}.panBy([60, 20], {{ animate: false }}) && 1")
        assert not alike(view(leader), start)
        assert alike(view(leader), view(follower))
        start = view(leader)
    one.locator(".leaflet-container").focus()
    seen.page.keyboard.press("ArrowRight")
    soon(seen.page, lambda: not alike(view(other), start))
    soon(seen.page, lambda: alike(view(one), view(other)))
    seen.page.keyboard.press("+")
    soon(seen.page, lambda: view(other)[0] > start[0])
    soon(seen.page, lambda: alike(view(one), view(other)))


def test_a_dragged_map_takes_the_other_along_at_once_and_nothing_echoes(site, seen):
    one, other = opened_together(site, seen, "one", "other")
    for frame in (one, other):
        frame.evaluate(f"window.moves = 0; {THE_MAP}.on('move', () => {{ moves += 1; }}); 1")
    seen.page.mouse.move(240, 200)
    seen.page.mouse.down()
    for step in range(1, 9):
        seen.page.mouse.move(240 - 10 * step, 200)
        seen.page.wait_for_timeout(40)
    assert alike(view(one), view(other))
    seen.page.mouse.up()
    soon(seen.page, lambda: alike(view(one), view(other)))
    seen.page.wait_for_timeout(400)
    moved = [frame.evaluate("moves") for frame in (one, other)]
    seen.page.wait_for_timeout(300)
    assert [frame.evaluate("moves") for frame in (one, other)] == moved
    assert max(moved) <= 2 * min(moved) + 5


def test_other_names_and_other_tabs_stay_where_they_are(site, seen, context):
    page_of(site, "alone", together="others")
    one, other = opened_together(site, seen, "one", "other")
    seen.page.goto(beside(site, "one.html", "other.html", "alone.html"))
    one, other, alone = seen.page.frames[1:]
    tab = watched(context)
    tab.page.goto(beside(site, "one.html", "other.html"))
    before = [view(frame) for frame in (one, alone, tab.page.frames[1])]
    one.evaluate(f"{THE_MAP}.setView([67.3, 14.5], 12, {{ animate: false }}) && 1")
    assert alike(view(one), view(other))
    assert view(one) != before[0]
    assert [view(frame) for frame in (alone, tab.page.frames[1])] == before[1:]


def test_who_comes_later_looks_where_the_others_look(site, seen):
    one, other = opened_together(site, seen, "one", "other")
    one.evaluate(f"{THE_MAP}.setView([67.3, 14.5], 12, {{ animate: false }}) && 1")
    other.goto(f"{site[1]}/other.html")
    soon(seen.page, lambda: alike(view(one), view(seen.page.frames[2])))
    assert view(one)[0] == 12


def test_a_flight_takes_the_others_along_and_a_changed_question_keeps_the_view(site, seen):
    one, other = opened_together(site, seen, "one", "other")
    exchange(one, site, [everywhere("before")])
    start = view(one)
    exchange(one, site, [everywhere("after")], look_at=SPOT)
    assert one.locator(".m-ring").count() == 2
    soon(seen.page, lambda: view(one)[0] == 17)
    soon(seen.page, lambda: alike(view(one), view(other)))
    assert view(one)[1:] == pytest.approx([(SPOT[1] + SPOT[3]) / 2, (SPOT[0] + SPOT[2]) / 2])
    there = view(one)
    exchange(one, site, [everywhere("again")], look_at=SPOT)
    seen.page.wait_for_timeout(300)
    assert view(one) == there != start
    exchange(one, site, [everywhere("again")], look_at=FAR_SPOT)
    soon(seen.page, lambda: view(one)[2] < there[2])
    expect(one.locator(".m-ring")).to_have_count(0, timeout=10_000)


def test_a_map_that_opens_with_a_spot_is_there_at_once(site, seen):
    groups = [([everywhere("all")], {"look_at": SPOT})]
    seen.page.goto(f"{site[1]}/{page_of(site, groups=groups)}")
    assert view(seen.page.main_frame)[0] == 17


def test_nothing_flies_for_whom_motion_is_too_much(site, browser):
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": 800, "height": 500}
    )
    seen = watched(context)
    seen.page.goto(f"{site[1]}/{page_of(site)}")
    view(seen.page.main_frame)
    exchange(seen.page, site, [everywhere("before")])
    exchange(seen.page, site, [everywhere("after")], look_at=SPOT)
    at = f"{THE_MAP}.getZoom()"
    assert seen.page.evaluate(at) == 17
    seen.page.locator(".leaflet-container").focus()
    before = seen.page.evaluate(f"{THE_MAP}.getCenter().lng")
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.evaluate(f"{THE_MAP}.getCenter().lng") > before
    seen.page.keyboard.press("+")
    assert seen.page.evaluate(at) > 17
    assert not seen.page.evaluate(f"{THE_MAP}._animatingZoom || false")
    assert (seen.outside, seen.faults) == ([], [])
    context.close()


def divided(site, seen, left, right, captions=("", "")):
    seen.page.goto(f"{site[1]}/{page_of(site)}")
    view(seen.page.main_frame)
    exchange(seen.page, site, left, right=urls(site, right), captions=captions)
    return seen.page


def card_at(page, x, y):
    """Click, and return the card that opens."""
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.mouse.click(x, y)
    return page.locator(".leaflet-popup-content")


def test_a_divided_map_answers_on_both_sides_by_its_own_layers(site, seen):
    captions = ("Before", HOSTILE)
    page = divided(site, seen, [everywhere("left")], [everywhere("right")], captions)
    expect(card_at(page, 300, 200)).to_contain_text("left")
    expect(card_at(page, 700, 200)).to_contain_text("right")
    expect(page.locator(".m-caption").first).to_have_text("Before")
    expect(page.locator(".m-caption").last).to_have_text(HOSTILE)
    slider = page.get_by_role("slider")
    expect(slider).to_have_accessible_name(
        f"Move the line that divides the map – Before – {HOSTILE}"
    )
    view_before = view(page.main_frame)
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    assert int(slider.input_value()) <= 30
    assert view(page.main_frame) == view_before
    expect(card_at(page, 400, 200)).to_contain_text("right")


def test_the_line_follows_the_mouse_and_the_map_stays(site, seen):
    page = divided(site, seen, [everywhere("left")], [everywhere("right")])
    before = view(page.main_frame)
    page.mouse.move(500, 300)
    page.mouse.down()
    page.mouse.move(800, 310, steps=5)
    page.mouse.up()
    assert int(page.get_by_role("slider").input_value()) == pytest.approx(81, abs=2)
    assert view(page.main_frame) == before
    line = page.locator(".m-line").bounding_box()
    assert line["x"] + line["width"] / 2 == pytest.approx(800, abs=10)
    expect(card_at(page, 700, 200)).to_contain_text("left")


def test_the_cut_moves_with_the_map(site, seen):
    page = divided(site, seen, [everywhere("left")], [everywhere("right")])
    page.evaluate(f"{THE_MAP}.panBy([150, 40], {{ animate: false }}) && 1")
    expect(card_at(page, 420, 200)).to_contain_text("left")
    expect(card_at(page, 580, 200)).to_contain_text("right")


def test_the_cut_stays_at_the_line_while_the_map_is_dragged(site, seen):
    page = divided(site, seen, [everywhere("left")], [everywhere("right")])
    page.mouse.move(300, 200)
    page.mouse.down()
    page.mouse.move(360, 230, steps=4)
    page.wait_for_timeout(100)
    corners = page.evaluate(
        """() => [...document.querySelectorAll(".leaflet-overlay-left-pane, .m-half")]
            .filter((pane) => pane.style.clipPath)
            .map((pane) => {
                const [x, y] = pane.style.clipPath.match(/-?[0-9.]+px/g).map(parseFloat);
                const { left, top } = pane.getBoundingClientRect();
                return [left + x, top + y];
            })"""
    )
    page.mouse.up()
    assert {tuple(map(round, corner)) for corner in corners} == {(0, 0), (500, 0)}


def test_what_is_only_on_one_side_does_not_answer_on_the_other(site, seen):
    page = divided(site, seen, [everywhere("left")], [])
    expect(card_at(page, 300, 200)).to_contain_text("left")
    card_at(page, 700, 200)
    page.wait_for_timeout(500)
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_what_is_cut_off_is_neither_seen_nor_reached_by_keyboard(site, seen):
    page = divided(site, seen, [mark("West", X + 200)], [mark("Far west", X + 100)])
    west = page.get_by_label("West, A", exact=True)
    expect(west).to_be_visible()
    expect(page.locator("[aria-label='Far west, A']")).to_be_hidden()
    page.get_by_role("slider").fill("0")
    expect(page.get_by_label("Far west, A")).to_be_visible()
    expect(page.locator("[aria-label='West, A']")).to_be_hidden()


def test_an_undivided_map_comes_back_whole(site, seen):
    page = divided(site, seen, [everywhere("left")], [everywhere("right")])
    page.get_by_role("slider").fill("20")
    exchange(page, site, [everywhere("new left")], right=urls(site, [everywhere("right")]))
    expect(page.get_by_role("slider")).to_have_value("20")  # another question keeps the line
    exchange(page, site, [everywhere("whole")])
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(card_at(page, 800, 200)).to_contain_text("whole")
    exchange(page, site, [everywhere("left")], right=[])
    expect(page.get_by_role("slider")).to_have_value("50")


def test_nothing_flickers_when_the_layers_change(site, seen):
    page = seen.page
    page.goto(f"{site[1]}/{page_of(site)}")
    exchange(page, site, [mark("One", X + 200)])
    expect(page.locator(".m-sign")).to_have_count(1)
    page.evaluate(
        """() => {
            window.fewest = 1;
            const watch = () => {
                window.fewest = Math.min(fewest, document.querySelectorAll(".m-sign").length);
                requestAnimationFrame(watch);
            };
            watch();
        }"""
    )
    exchange(page, site, [mark("Two", X + 300)])
    expect(page.get_by_label("Two, A")).to_be_visible()
    expect(page.locator(".m-sign")).to_have_count(1)
    assert page.evaluate("fewest") == 1


def test_buttons_lead_home_and_to_the_whole_screen(site, seen):
    page = seen.page
    page.goto(f"{site[1]}/{page_of(site)}")
    start = view(page.main_frame)
    page.evaluate(f"{THE_MAP}.setView([67.3, 14.5], 12, {{ animate: false }}) && 1")
    page.get_by_role("button", name="Show the whole area").click()
    soon(page, lambda: alike(view(page.main_frame), start))
    page.get_by_role("button", name="Show the map on the whole screen").click()
    page.wait_for_function(
        "document.fullscreenElement?.classList.contains('leaflet-container')"
    )
    leave = page.get_by_role("button", name="Leave the whole screen")
    expect(leave).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.fullscreenElement")
    expect(page.get_by_role("button", name="Show the map on the whole screen")).to_be_visible()
    expect(page.locator(".leaflet-control-scale-line")).to_be_visible()
