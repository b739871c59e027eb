"""The page on which an area is made: what is typed, uploaded, corrected, confirmed, built."""

import io
import json
import re
import time
import zipfile

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import bundle as stored
from data import store, uploads
from data.files.kept import find_recipe
from data.order_file import order_of
from geo.tables import EVERYBODY
from tests.page import APP, NB, html, tables
from tests.towns import Drawing, box, lonlat
from tests.visit import PATIENCE_MS, served, visiting
from views.making import building, file_looks, new_found
from views.making.new_land import proposed
from views.text import markdown

PATIENCE_S = 120


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store of its own, no network, and nothing remembered."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MOTEPLASS_MIRROR", "http://127.0.0.1:9")
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    for remembered in (building.builder, new_found.found, new_found._missing, file_looks._land):
        remembered.clear()
    return tmp_path / "home"


def opened():
    """Open the page by its own link."""
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    at._page_hash = calc_hash("new")
    return at.run()


def upload(at, key, *files):
    """Put files into one of the page's widgets, whichever turn it is at."""
    (widget,) = (one for one in at.file_uploader if re.fullmatch(rf"{key}-\d+", one.key))
    told = [
        (name, content if isinstance(content, bytes) else content.encode(), "")
        for name, content in files
    ]
    widget.set_value(told)
    return at.run()


def field(at, kind, name):
    """Return a field about the file that is looked at."""
    (found,) = (one for one in getattr(at, kind) if (one.key or "").startswith(f"own-{name}-"))
    return found


def states(at):
    """Return what is said of each file."""
    (rows,) = (one for one in tables(at) if one[0][0] == NB("File"))
    return {row[0]: row[3] for row in rows[1:]}


def town():
    """Draw two streets, a house, a park and a library, as a file of OpenStreetMap data."""
    drawing = Drawing()
    drawing.way([(0, 0), (400, 0), (900, 0)], highway="secondary", name="Storgata")
    drawing.way([(400, 0), (400, 500)], highway="residential")
    drawing.area(box(50, 10, 70, 30), building="apartments")
    drawing.area(box(600, 10, 640, 50), amenity="library", building="yes", name="Biblioteket")
    drawing.area(box(300, 100, 380, 180), leisure="park")
    return drawing.xml()


def rows(*spots, head="navn;lat;lon", swapped=False):
    """Return a table of places in the drawn town."""
    lines = [head]
    for n, spot in enumerate(spots, 1):
        lon, lat = lonlat(spot)
        pair = (lon, lat) if swapped else (lat, lon)
        lines.append(f"Sted {n};{pair[0]};{pair[1]}")
    return "\n".join(lines)


SPOTS = [(100, 40), (300, 40), (500, 40), (700, 40)]


def with_map(name="Vik"):
    """Open the page, and give it the drawn town."""
    at = opened()
    at.radio(key="new-way").set_value("map").run()
    at.text_input(key="new-name").set_value(name).run()
    return upload(at, "map", ("vik.osm", town()))


def built(at, code="vik"):
    """Build what is ordered, and wait for it."""
    at.button(key="new-build").click().run()
    assert not at.exception
    until = time.monotonic() + PATIENCE_S
    while not building.job_of(code).done:
        assert time.monotonic() < until
        time.sleep(0.05)
    return at.run()


def test_an_empty_page_says_what_to_do():
    at = opened()
    assert not at.exception
    assert not at.error
    said = [one.value for one in at.info]
    assert NB("Type for example Bodø, Hábmer, 1804 or Nordland.") in said
    assert NB("First give the area a short name in step 1: files are kept under it.") in said
    assert NB("No area of your own is built yet.") in said
    assert NB("Nothing says where the area is yet, see step 1.") in html(at)
    assert at.button(key="new-build").disabled


def test_a_municipality_is_found_by_any_name_and_asks_services():
    at = opened()
    at.text_input(key="new-text").set_value("habmer").run()
    assert not at.exception
    (label,) = at.selectbox(key="new-match").options
    assert "Hamarøy – Hábmer" in label
    assert "(1875" in label
    assert at.text_input(key="new-name").value == "Hamarøy"
    assert at.text_input(key="new-code").value == "1875"
    assert at.toggle(key="new-services-True").value
    assert "Kartverket" in html(at)
    assert not at.button(key="new-build").disabled
    asked = at.multiselect(key="new-without-no")
    asked.set_value(asked.options[:1]).run()
    assert asked.options[0] not in [row[0] for row in tables(at)[0]]
    at.toggle(key="new-services-True").set_value(False).run()
    assert NB("No register and no statistics are asked.") in html(at)


def test_a_county_offers_its_municipalities_and_tells_the_command():
    at = opened()
    at.text_input(key="new-text").set_value("Nordland").run()
    assert len(at.selectbox(key="new-member").options) == 41
    assert any("`python -m data build 18`" in one.value for one in at.info)
    at.selectbox(key="new-member").set_value("1804").run()
    assert at.text_input(key="new-code").value == "1804"
    assert at.text_input(key="new-name").value == "Bodø"


def test_a_name_that_nobody_knows_is_said():
    at = opened()
    at.text_input(key="new-text").set_value("Qwrtzpx *b*").run()
    assert not at.exception
    said = " ".join(one.value for one in at.info)
    assert markdown("Qwrtzpx *b*") in said
    assert at.button(key="new-build").disabled


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Oslo sentrum", "oslo-sentrum"),
        ("Evenes – Evenášši", "evenes-evenassi"),
        ("Con", "area-con"),
        ("–", ""),
        ("x" * 80, "x" * 40),
    ],
)
def test_a_code_is_proposed_from_a_name(name, code):
    assert proposed(name) == code


def test_the_code_follows_the_name_until_somebody_has_typed_one():
    at = opened()
    at.radio(key="new-way").set_value("map").run()
    at.text_input(key="new-name").set_value("Vik sentrum").run()
    assert at.text_input(key="new-code").value == "vik-sentrum"
    at.text_input(key="new-name").set_value("Vik øst").run()
    assert at.text_input(key="new-code").value == "vik-ost"
    at.text_input(key="new-code").set_value("vik").run()
    at.text_input(key="new-name").set_value("Vik nord").run()
    assert at.text_input(key="new-code").value == "vik"


@pytest.mark.parametrize("code", ["../x", "Æ", "demo-karhula", "nul"])
def test_a_code_that_will_not_do_is_said(code):
    at = opened()
    at.radio(key="new-way").set_value("map").run()
    at.text_input(key="new-code").set_value(code).run()
    assert not at.exception
    assert len(at.error) == 1
    assert not at.file_uploader
    assert at.button(key="new-build").disabled


def test_files_go_along_when_the_short_name_is_changed(home):
    at = with_map()
    assert (home / "files/vik/vik.osm").exists()
    at.text_input(key="new-code").set_value("nes").run()
    assert not at.exception
    assert (home / "files/nes/vik.osm").exists()
    assert "vik.osm" in html(at)


def test_a_doubt_is_said_corrected_confirmed_and_remembered():
    at = with_map()
    upload(at, "own", ("ting_2025.csv", rows(*SPOTS)))
    assert states(at)["ting_2025.csv"] == NB.many(
        "To be checked: {n} doubt", "To be checked: {n} doubts", 1
    )
    assert NB("Kind of place") in html(at)
    field(at, "selectbox", "kind").set_value("playground").run()
    assert find_recipe("ting_2025.csv") is None
    field(at, "button", "confirm").click().run()
    assert not at.exception
    assert states(at)["ting_2025.csv"] == NB("Confirmed")
    recipe = find_recipe("ting_2026.csv")
    assert (recipe.confirmed, recipe.kind) == (True, "playground")
    upload(at, "own", ("ting_2026.csv", rows(*SPOTS[:2])))
    assert states(at)["ting_2026.csv"] == NB("Confirmed")
    assert NB("It is read as an earlier file of that name was.") in html(at)
    field(at, "selectbox", "kind").set_value("park").run()
    assert NB("What you changed counts once you confirm it.") in [w.value for w in at.warning]


def test_what_somebody_tells_of_a_file_ends_up_in_its_recipe():
    at = with_map()
    upload(at, "own", ("skoler.csv", rows(*SPOTS, head="navn;lat;lon")))
    field(at, "text_input", "source").set_value("Vik kommune").run()
    field(at, "text_input", "licence").set_value("CC BY 4.0").run()
    field(at, "text_input", "date").set_value("2026-01-01").run()
    field(at, "selectbox", "column-ref").set_value("navn").run()
    field(at, "button", "confirm").click().run()
    recipe = find_recipe("skoler.csv")
    assert (recipe.source, recipe.licence, recipe.date) == (
        "Vik kommune",
        "CC BY 4.0",
        "2026-01-01",
    )
    assert recipe.columns["ref"] == "navn"


def test_a_wrong_coordinate_system_shows_and_can_be_put_right():
    at = with_map()
    upload(at, "own", ("skoler.csv", rows(*SPOTS)))
    assert NB("{inside} of them lie in the area.", inside="4") in html(at)
    assert not at.error
    field(at, "checkbox", "swapped").check().run()
    (said,) = (one.value for one in at.error)
    assert said.startswith("4 ")  # as many rows lie outside the Nordic countries
    field(at, "checkbox", "swapped").uncheck().run()
    assert NB("{inside} of them lie in the area.", inside="4") in html(at)


def test_a_file_of_another_town_is_said_to_be_far_off():
    at = with_map()
    upload(at, "own", ("skoler.csv", "navn;lat;lon\nA;59,91;10,75\nB;59,92;10,76\n"))
    assert any(" km" in one.value for one in at.error)


def test_a_bad_file_leaves_the_others_and_can_be_removed():
    at = with_map()
    bad = ("rot.gpkg", b"SQLite format 3\0rubbish")
    upload(at, "own", ("skoler.csv", rows(*SPOTS)), bad, ("tom.csv", b""))
    assert not at.exception
    assert next(one.value for one in at.error).startswith("tom")
    assert states(at)["rot.gpkg"].startswith(NB("Not used: {reason}", reason=""))
    assert not states(at)["skoler.csv"].startswith(NB("Not used: {reason}", reason=""))
    assert NB("Your files: {files}", files="skoler.csv") in html(at)
    at.selectbox(key="own-chosen").set_value("rot.gpkg").run()
    field(at, "button", "remove").click().run()
    assert list(states(at)) == ["skoler.csv"]


def test_a_file_may_be_left_out():
    at = with_map()
    upload(at, "own", ("skoler.csv", rows(*SPOTS)))
    field(at, "toggle", "use").set_value(False).run()
    assert states(at)["skoler.csv"] == NB("Not used, as you chose")
    assert "skoler.csv" not in html(at).partition(NB("4 Build"))[2]


def test_rows_that_were_not_understood_are_said_and_can_be_fetched():
    at = with_map()
    upload(at, "own", ("skoler.csv", rows(*SPOTS, *SPOTS) + "\nUkjent;=1+1;14\n"))
    assert NB("Row {rows}: {reason}", rows=10, reason=NB("This is no number.")) in html(at)
    (button,) = (one for one in at.get("download_button") if "skoler" in one.key)
    assert button.label == NB("Download the rows that were not understood (CSV)")


def test_an_area_is_built_opened_built_again_and_deleted():
    at = with_map()
    upload(at, "own", ("skoler.csv", rows(*SPOTS)))
    built(at)
    assert not at.exception
    assert not at.error
    order = order_of("vik")
    assert [file.name for file in order.paths] == ["vik.osm", "skoler.csv"]
    assert (stored.read("vik").register["source"] != "osm").sum() == 4
    assert NB(
        "{used} of {read} rows of {file} were used.", used=4, read=4, file="skoler.csv"
    ) in html(at)
    first = stored.read_area("vik").built

    at.button(key="again-vik").click().run()
    while not building.job_of("vik").done:
        time.sleep(0.05)
    at.run()
    assert not at.exception
    assert stored.read_area("vik").built > first
    assert at.text_input(key="new-name").value == "Vik"

    at.button(key="delete-vik").click().run()
    assert store.codes() == ["vik"]
    at.button(key="keep-vik").click().run()
    assert store.codes() == ["vik"]
    at.button(key="delete-vik").click().run()
    at.checkbox(key="delete-files-vik").check().run()
    at.button(key="really-vik").click().run()
    assert not at.exception
    assert store.codes() == []
    assert uploads.kept("vik") == []


def test_the_map_of_the_new_area_is_a_click_away(karhula):
    at = with_map()
    built(at)
    at.button(key="new-to--vik").click().run()
    assert not at.exception
    assert "<h1>Vik" in html(at)
    assert at.session_state["area"] == "vik"


def test_a_build_that_fails_says_why_and_keeps_what_was_typed():
    at = opened()
    at.radio(key="new-way").set_value("map").run()
    at.text_input(key="new-name").set_value("Vik").run()
    upload(at, "map", ("vik.osm", "<osm>"))
    upload(at, "own", ("skoler.csv", rows(*SPOTS)))
    assert not at.exception  # where it lies is not known, which is said
    assert len(at.warning) == 1
    built(at)
    assert not at.exception
    assert any("vik" in one.value for one in at.error)
    assert at.text_input(key="new-name").value == "Vik"
    assert list(states(at)) == ["skoler.csv"]
    assert store.codes() == []


def test_a_file_that_is_gone_is_said_before_the_long_work(home):
    at = with_map()
    (home / "files/vik/vik.osm").unlink()
    at.run()
    assert at.button(key="new-build").disabled
    assert not at.exception


def test_what_is_typed_stays_while_another_page_is_looked_at(karhula):
    at = with_map("Vik sentrum")
    at._page_hash = calc_hash("data")
    at.run()
    assert not at.exception
    at._page_hash = calc_hash("new")
    at.run()
    assert at.text_input(key="new-name").value == "Vik sentrum"
    assert at.radio(key="new-way").value == "map"
    assert NB("Map: {file}", file="vik.osm") in html(at)


def test_an_outline_is_taken_from_a_file_of_ones_own():
    at = opened()
    at.radio(key="new-way").set_value("outline").run()
    at.text_input(key="new-name").set_value("Vik").run()
    ring = [lonlat(xy) for xy in (*box(0, -50, 650, 300), (0, -50))]
    shape = {"type": "Polygon", "coordinates": [ring]}
    upload(at, "outline", ("omrade.geojson", json.dumps(shape)))
    upload(at, "map", ("vik.osm", town()))
    built(at)
    assert not at.exception
    assert not at.error
    area = stored.read("vik").boundary.area.sum()
    assert area == pytest.approx(650 * 350, rel=0.01)


def test_text_from_a_file_is_text():
    at = with_map('<img src=x onerror="x()"> *b*')
    head = "navn;lat;lon;<b>kind</b>;$x$\n"
    lines = "".join(
        f"<i>Sted</i>;{lonlat(s)[1]};{lonlat(s)[0]};![x](http://a.b);=1\n" for s in SPOTS
    )
    upload(at, "own", ("<script>skoler*.csv", head + lines))
    assert not at.exception
    said = html(at).replace('<img alt="" src="data:image/svg+xml,', "")
    for mark in ("<img", "<script", "<i>", "<b>"):
        assert mark not in said
    (shown,) = (one.value for one in at.dataframe)
    assert set(shown["$x$"]) == {"'=1"}  # whoever fetches the rows runs no formula


def test_oslo_adds_up_as_the_command_does(test_data):
    folder = test_data / "oslo"
    grid = io.BytesIO()
    with zipfile.ZipFile(grid, "w") as packed:
        for part in folder.glob("befolkning_250m_2023_oslo.*"):
            packed.write(part, part.name)
    names = (
        *("befolkning_alder_kjonn_bydel_2026.csv", "oslo_bydeler_befolkning_2024.gpkg"),
        *("grunnskoler.geojson", "barnehager.csv"),
    )
    at = opened()
    at.radio(key="new-way").set_value("map").run()
    at.text_input(key="new-name").set_value("Oslo sentrum").run()
    map_file = folder / "oslo-sentrum.osm.pbf"
    upload(at, "map", (map_file.name, map_file.read_bytes()))
    at.selectbox(key="new-within").set_value("0301").run()
    files = [(name, (folder / name).read_bytes()) for name in names]
    upload(at, "own", ("befolkning_250m_2023_oslo.zip", grid.getvalue()), *files)
    assert not at.exception
    assert set(states(at).values()) == {NB("Guessed without doubt, not confirmed yet")}
    built(at, "oslo-sentrum")
    assert not at.exception
    homes = stored.read("oslo-sentrum").homes
    assert round(homes[EVERYBODY].sum()) == 163_667


@pytest.mark.browser
def test_a_planner_makes_an_area_in_a_browser(browser, moteplass_home, karhula, tmp_path):
    vik, schools = tmp_path / "vik.osm", tmp_path / "skoler.csv"
    vik.write_text(town())
    schools.write_text(rows(*SPOTS))
    with (
        served(tmp_path / "home", tmp_path / "log.txt") as address,
        visiting(browser, address) as visit,
    ):
        page = visit.page
        page.goto(f"{address}/new?lang=en")
        page.get_by_text("All that a file of OpenStreetMap data holds").click()
        name = page.get_by_role("textbox", name="Name, as shown")
        expect(page.get_by_role("textbox", name="Name or number")).to_have_count(0)
        expect(name).to_have_count(1)
        name.fill("Vik")
        name.press("Enter")
        expect(page.get_by_role("textbox", name="Short name")).to_have_value("vik")
        taken = page.locator("[data-testid=stFileUploader]")
        taken.filter(has_text="A file of OpenStreetMap data").locator("input").set_input_files(
            vik
        )
        expect(page.get_by_role("combobox", name="The file that is used")).to_be_visible()
        expect(page.get_by_text("Map: vik.osm")).to_be_visible()
        own = taken.filter(has_text="Schools, meeting places")
        own.locator("input").set_input_files(schools)
        circles = "Object.values(map._layers).filter((l) => l.layer?.drawing === 'circles')"
        marks = f"{circles}.reduce((n, l) => n + l.count, 0)"
        assert visit.map(f"{marks} == 4 && {marks}") == 4
        page.get_by_role("button", name="Confirm", exact=True).click()
        expect(page.get_by_text("Next year's file of that name")).to_be_visible()
        page.get_by_role("button", name="Build the area").click()
        page.get_by_role("button", name="Open the map").click(timeout=2 * PATIENCE_MS)
        expect(page.locator("h1")).to_have_text("Vik")
        visit.says("How many of this group live here is not known.")
        faults = [fault for fault in visit.faults if "404" not in fault]  # of links to pages
        assert (visit.outside, faults) == ([], [])
