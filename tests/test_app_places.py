"""The page of all meeting places: it searches, it opens cards, and names stay text."""

import csv
import io
import re
from dataclasses import replace

import geopandas as gpd
import pytest
from playwright.sync_api import expect

from geo.scenario.scenario import TODAY
from layers.place_text import sheet
from tests.page import CROWD, NB, answer, html, keep, page, tables
from tests.towns import Drawing, box, bundle, streets
from tests.visit import served, visiting
from views.text import markdown
from words import speaker

EN = speaker("en")
HOSTILE = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "![x](http://evil.example/x.png)",
    "[l](javascript:window.hacked=1)",
    r"$\frac{1}{2}$ :material/home: http://evil.example",
    '"><svg onload=window.hacked=1>',
    "=HYPERLINK(1)",
    "Long " * 2_000,
]


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def village(moteplass_home):
    """Return an area with a few places of many kinds, one of them outside."""
    street = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
    places = {
        "n1": ("park", (0, 0)),
        "n2": ("library;cafe", (880, 0)),
        "n3": ("school", (-400, 0)),
        "n4": ("park;playground", (400, 0)),
        "n5": ("park", (5000, 0)),
    }
    known = bundle(street, {(78, 0): CROWD, (800, 0): CROWD}, places)
    known.places["name"] = ["10. park", "Čáhce bibliotek", "Åsen skole", "2. park", "Far off"]
    known.places["opening_hours"] = ["", "Mo-Fr 10:00-19:00", "", "24/7", ""]
    known.places["wheelchair"] = ["yes", "limited", "", "", ""]
    known.places["updated"] = ["2020-05-17", "", "", "", ""]
    return keep(known, "village")


@pytest.fixture(scope="module")
def strangers(moteplass_home):
    """Return an area where every name, hour and tag is an attempt."""
    where = {f"n{n}": ("park", (30 * n, 0)) for n in range(len(HOSTILE))}
    known = bundle(streets([(-100, 0), (900, 0)]), {(78, 0): CROWD}, where)
    for column in ("name", "opening_hours", "wheelchair", "updated"):
        known.places[column] = HOSTILE
    row = {
        **dict.fromkeys(("source", "ref", "name", "kind", "address"), HOSTILE[0]),
        **{"wheelchair": "", "opening_hours": HOSTILE[1], "updated": HOSTILE[2]},
        **{"place_id": "n1", "status": "matched", "rivals": "n1", "distance_m": 1.0},
        **{"likeness": 0.9, "decided": False, "geometry": known.places.geometry["n1"]},
    }
    rows = gpd.GeoDataFrame([row, row | {"status": "conflict"}], crs=known.register.crs)
    return keep(replace(known, register=rows), "strangers")


def visited(**params):
    return page("places", **{"area": "village", "lang": "en", "kinds": "", **params})


def listed(at):
    """Return the ids of the places in the list, in its order."""
    return [
        button.key.removeprefix("to-place-")
        for button in at.button
        if str(button.key).startswith("to-place-")
    ]


def test_all_places_of_the_area_are_listed_by_name(village):
    at = visited()
    assert not at.exception
    assert "<h1>Village: meeting places</h1>" in html(at)
    assert answer(at).startswith("4 of 4 places. 2 are indoors. For 2 nobody knows")
    assert listed(at) == ["n4", "n1", "n3", "n2"]  # 2. before 10., Åsen as an English reader
    assert listed(visited(lang="nb")) == ["n4", "n1", "n2", "n3"]  # Å comes last in Norway
    assert html(at).count('<img class="m-place" alt="" src="data:image/svg+xml,') == 4
    assert len(at.get("component_instance")) == 1  # the map
    assert not at.get("dataframe")


def test_only_what_the_question_counts_unless_asked_for_more(village):
    at = visited(kinds="park", group="everybody")
    assert listed(at) == ["n4", "n1"]
    assert at.query_params["only"] == "1"
    at.toggle(key="only").set_value(False).run()
    assert len(listed(at)) == 4
    assert at.query_params["only"] == "0"
    assert len(listed(visited(kinds="park", only="0"))) == 4
    assert "only" not in visited().query_params  # without kinds there is nothing to count


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"q": "cahce"}, ["n2"]),
        ({"q": "PARK"}, ["n4", "n1"]),
        ({"family": "library"}, ["n2"]),
        ({"setting": "indoor"}, ["n3", "n2"]),
        ({"hours": "known"}, ["n4", "n2"]),
        ({"hours": "open", "when": "saturday", "family": "library"}, []),
        ({"hours": "open", "when": "weekday_evening", "family": "park"}, ["n4", "n1"]),
        ({"stepfree": "unknown"}, ["n4", "n3"]),
        ({"stepfree": "no"}, []),
        ({"meet": "group", "group": "everybody"}, ["n4", "n1", "n3", "n2"]),
        ({"meet": "group", "group": "school_children"}, ["n4"]),  # three at others
        ({"meet": "group", "group": "everybody", "minutes": "1"}, ["n1"]),  # just 78 m
        ({"family": "sauna"}, ["n4", "n1", "n3", "n2"]),  # what does not exist is not asked
        ({"meet": "<b>", "hours": "x" * 9999, "setting": "up"}, ["n4", "n1", "n3", "n2"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_link_asks_for_some(village, asked, ids):
    at = visited(**asked)
    assert not at.exception
    assert listed(at) == ids
    if not ids:
        assert EN("None of {total} places is like that.", total="4") in answer(at)
        assert at.info[0].value
        at.button[0].click().run()
        assert len(listed(at)) == 4


def test_widgets_and_link_say_the_same(village):
    at = visited()
    at.text_input(key="q").set_value("park").run()
    at.selectbox(key="setting").set_value("outdoor").run()
    at.selectbox(key="meet").set_value("older").run()
    said = {name: at.query_params[name] for name in ("q", "setting", "meet")}
    assert said == {"q": "park", "setting": "outdoor", "meet": "older"}
    again = visited(**dict(at.query_params))
    assert (answer(again), listed(again)) == (answer(at), listed(at))


def test_who_comes_stands_in_the_line(village):
    at = visited(meet="group", group="everybody")
    labels = {b.key: b.label for b in at.button}
    assert labels["to-place-n1"] == markdown("10. park – Park – about 100")
    assert labels["to-place-n4"] == markdown("2. park – Park, Playground – about 200")
    few = visited(meet="group", group="school_children")
    assert "3" not in "".join(b.label for b in few.button if "Park" in b.label)


def test_a_card_opens_closes_and_is_in_the_link(village):
    at = visited(group="everybody")
    assert "m-card" not in html(at)
    at.button(key="to-place-n1").click().run()
    assert at.query_params["place"] == "n1"
    told = html(at)
    assert '<p class="m-chosen" role="status">Chosen: 10. park</p>' in told
    assert "<h3>10. park</h3>" in told
    assert "100 people can walk here within 10 min." in told
    rows = {row[0]: row[1] for table in tables(at) for row in table[1:]}
    assert rows["Everybody"] == "100"
    assert rows["Schoolchildren, 6–15"] == "Too few to tell"
    assert rows["Step-free"] in {"Yes", "–"}
    assert rows["Opening hours"] in {"Opening hours unknown", "–"}
    assert rows["Newest edit"].startswith("May 17, 2020, ")
    assert rows["Coordinates in metres, EPSG:25833"] == "0 east, 0 north"
    assert re.fullmatch(r"0\.00000, \d+\.\d{5}", rows["Latitude and longitude"])
    assert rows["In OpenStreetMap"] == "openstreetmap.org/node/1"
    assert rows["Counted by the question"] == "No"
    again = visited(place="n1", group="everybody")
    assert "<h3>10. park</h3>" in html(again)
    at.button(key="close-card").click().run()
    assert at.query_params["place"] == ""
    assert "m-card" not in html(at)


def test_a_place_that_is_not_listed_has_a_card(village):
    at = visited(place="n2", q="park")
    assert listed(at) == ["n4", "n1"]
    assert "<h3>Čáhce bibliotek</h3>" in html(at)
    outside = visited(place="n5")
    assert "Outside the area, but near enough to walk to" in html(outside)


@pytest.mark.parametrize("place", ["n99", "<b>x</b>", "x" * 10_000], ids=["n", "b", "x"])
def test_a_place_that_is_not_there_is_said(village, place):
    at = visited(place=place)
    assert not at.exception
    assert markdown(place[:80]) in at.warning[0].value
    assert len(at.warning[0].value) < 400
    assert at.query_params["place"] == ""


def test_more_are_shown_on_asking(karhula, moteplass_home):
    where = {f"n{n}": ("park", (10 * n, 0)) for n in range(60)}
    keep(bundle(streets([(-100, 0), (900, 0)]), {(78, 0): CROWD}, where), "parks")
    at = visited(area="parks")
    assert len(listed(at)) == 25
    at.button(key="places-more").click().run()
    assert len(listed(at)) == 50
    at.button(key="places-more").click().run()
    assert len(listed(at)) == 60
    at.text_input(key="q").set_value("park").run()
    assert len(listed(at)) == 25  # something else is looked for


def test_names_are_text(strangers):
    at = visited(area="strangers", place="n1")
    assert not at.exception
    told = html(at)
    assert "<script" not in told
    assert "onerror=window" not in told.replace("&lt;img src=x onerror=window", "")
    labels = [b.label for b in at.button if str(b.key).startswith("to-place-")]
    assert markdown(HOSTILE[2]) in "".join(labels)
    assert max(map(len, labels)) < 400
    assert at.info[0].value.startswith("1 row of a register may be this place")
    at = visited(area="strangers", q="<script>")
    assert listed(at) == ["n1"]


def test_the_file_holds_no_formula(strangers):
    from layers.register_files import sheet as spreadsheet  # noqa: PLC0415
    from views.place_index import known  # noqa: PLC0415

    some = known("strangers", strangers.area.built, "nb", TODAY)
    rows = some.rank
    content = spreadsheet(sheet(some.places.iloc[rows], some.index, rows, NB), NB)
    read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(read) == len(HOSTILE)
    assert "'=HYPERLINK(1)" in {row["name"] for row in read}
    assert {row["lat"] for row in read} == {"0,0"}


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv"])
def test_the_demo_is_listed_in_every_language(karhula, language):
    at = page(
        "places", area="demo-karhula", lang=language, kinds="", place=karhula.places.index[0]
    )
    assert not at.exception
    assert len(listed(at)) == len(karhula.places)


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home):
    """Run the app with an area of strangers' names, drawn as OpenStreetMap has them."""
    from data.build import build_file  # noqa: PLC0415

    town, folder = Drawing(), tmp_path_factory.mktemp("places")
    around = box(-50, -50, 950, 250)
    town.way([*around, around[0]], highway="residential", name=HOSTILE[0])
    for n, name in enumerate(HOSTILE):
        told = dict.fromkeys(("name", "opening_hours", "wheelchair"), name[:255])
        town.area(box(100 * n, 100, 100 * n + 40, 140), leisure="park", **told)
    town.area(box(880, 20, 900, 40), building="apartments")
    build_file(town.save(folder / "town.osm"), code="wild", name=HOSTILE[5])
    with served(moteplass_home, folder / "server.txt") as address:
        yield address


@pytest.mark.browser
def test_a_keyboard_finds_and_opens_a_place_and_nothing_runs(browser, app):
    with visiting(browser, app) as visit:
        shown = visit.open("?area=wild&lang=en&kinds=")
        shown.locator(".st-key-ways a", has_text="Places").click()
        expect(shown.locator("h2", has_text="The places by name")).to_be_visible()
        field = shown.get_by_role("textbox", name="Search in names and kinds")
        field.focus()
        shown.keyboard.type("<script>")
        shown.keyboard.press("Enter")
        visit.says("1 of 8 places.")
        line = shown.locator("[class*=st-key-to-place-] button")
        expect(line).to_have_count(1)  # the others are gone
        line.focus()
        shown.keyboard.press("Enter")
        expect(shown.locator(".m-card h3")).to_have_text(HOSTILE[1])
        expect(shown.locator(".m-chosen")).to_contain_text(HOSTILE[1])
        expect(shown.locator(".m-card img, .m-card script, .m-card a")).to_have_count(0)
        visit.map("map.getZoom() > 15 && 1")  # the map went there
        assert "place=" in shown.url
        assert [frame.evaluate("window.hacked") for frame in shown.frames] == [None, None]
        shown.go_back()
        expect(shown.locator(".m-card")).to_have_count(0)
        visit.says("1 of 8 places.")
        assert (visit.outside, visit.faults) == ([], [])
