"""A layer of somebody's own: drawn in their visit, told in words, nobody else's."""

import io
import json
import re
import zipfile

import geopandas as gpd
import pytest
from playwright.sync_api import expect
from shapely import LineString, Point, box

from geo.errors import SourceError
from tests.page import html, page
from tests.visit import served, visiting
from views import own_reading
from views.own_layer import OWN, SHOWN, UNFOLDED
from words import speaker

EN = speaker("en")
HOSTILE = "<img src=x onerror=alert(1)>"
LINK = {"area": "demo-karhula", "lang": "en"}
POINTS = [(26.94, 60.525), (26.95, 60.53), (26.96, 60.535)]


@pytest.fixture
def static(tmp_path, monkeypatch):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    return tmp_path / "static"


def feature(shape, **properties):
    return {"type": "Feature", "properties": properties, "geometry": shape.__geo_interface__}


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def stops(names=("Torget", "Kirken", "Havna")):
    pairs = zip(names, POINTS, strict=True)
    return geojson(*(feature(Point(at), navn=name) for name, at in pairs))


def take(at, name, content):
    """Unfold the choice of a file, and choose one."""
    at.session_state[UNFOLDED] = True
    at.run()
    (widget,) = (one for one in at.file_uploader if one.key.startswith("own-layer-file"))
    widget.set_value((name, content, ""))
    return at.run()


def held(at):
    """Return the layers that the page holds for its maps, as text."""
    return re.findall(r'data-own="([0-9a-f]{16})" data-layer="([^"]+)"', html(at))


def frames(at):
    """Return what is sent to the maps."""
    return [json.loads(one.proto.json_args) for one in at.get("component_instance")]


def test_a_file_is_drawn_named_and_counted_and_never_published(static, karhula):
    at = page(**LINK)
    assert held(at) == []
    take(at, "stops.geojson", stops())
    assert not at.exception
    assert not at.error
    text = html(at)
    assert "Your own layer: stops.geojson" in text
    assert "3 of 3 rows have a position." in text
    assert "3 of them lie in the area." in text
    ((key, _),) = held(at)
    assert any(f"own:{key}" in (one.get("feature_group") or "") for one in frames(at))
    assert not any("Torget" in file.read_text() for file in static.glob("*.geojson"))
    assert not any("own" in name for name in at.query_params)


def test_it_is_hidden_shown_and_removed(static, karhula):
    at = page(**LINK)
    take(at, "stops.geojson", stops())
    (toggle,) = (one for one in at.toggle if one.key == SHOWN)
    toggle.set_value(False).run()
    assert held(at) == []
    assert "stops.geojson</strong>" not in html(at)  # nor in the legend
    assert "Your own layer: stops.geojson" in html(at)
    (toggle,) = (one for one in at.toggle if one.key == SHOWN)
    toggle.set_value(True).run()
    assert len(held(at)) == 1
    (button,) = (one for one in at.button if one.key == "own-layer-remove")
    button.click().run()
    assert held(at) == []
    assert OWN not in at.session_state
    assert "Your own layer" not in html(at)


def test_it_stays_with_another_question_in_another_language(static, karhula):
    at = page(**LINK)
    take(at, "stops.geojson", stops())
    at.slider[0].set_value(12).run()
    assert len(held(at)) == 1
    assert "Your own layer: stops.geojson" in html(at)


def test_shapes_of_every_kind_are_told_apart(static, karhula):
    at = page(**LINK)
    (x, y), other, _ = POINTS
    shapes = [Point(x, y), LineString([(x, y), other]), box(x, y, x + 0.001, y + 0.001)]
    take(at, "all.geojson", geojson(*(feature(shape) for shape in shapes)))
    for kind in ("areas", "lines", "points"):
        assert f"Your own layer: all.geojson ({kind})" in html(at)
    (group,) = (one["feature_group"] for one in frames(at))
    drawn, _, _ = group.partition('"from"')
    order = re.findall(r'"(own:|/app/static/[a-z]+)', drawn)
    assert order[0] == "own:"  # areas lie below the answer
    assert order[-2:] == ["own:", "own:"]


def test_names_of_files_and_rows_are_text(static, karhula):
    at = page(**LINK)
    take(at, f"{HOSTILE}.geojson", stops((HOSTILE, "**b**", "x")))
    assert "<img src=x" not in html(at)
    assert "Your own layer: &lt;img" in html(at)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"navn,tall\nVik,3\n", "no row with a position"),
        (
            "a.geojson",
            b'{"type": "FeatureCollection", "features": [',
            "damaged|cannot|no GeoJSON",
        ),
        ("a.zip", b"PK\x03\x04 rubbish", "damaged"),
        ("a.csv", b"", "empty"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_what_was_there_stays(
    static, karhula, name, content, says
):
    at = page(**LINK)
    take(at, "stops.geojson", stops())
    take(at, name, content)
    assert not at.exception
    (error,) = at.error
    assert re.search(says, error.value.replace("\\", ""))
    assert len(held(at)) == 1
    take(at, "stops.geojson", stops())
    assert not at.error


def test_rows_far_away_or_without_a_place_are_said(static, karhula):
    at = page(**LINK)
    rows = "navn,lat,lon\nOslo,59.91,10.75\nBergen,60.39,5.32\nHamar,60.79,11.07\nNowhere,,\n"
    take(at, "far.csv", rows.encode())
    assert "3 of 4 rows have a position." in html(at)
    assert "0 of them lie in the area." in html(at)
    assert "None of them lies in the area: the nearest is" in html(at)


def formats(tmp_path):
    """Yield the same points in every format that is offered."""
    table = gpd.GeoDataFrame(
        {"navn": ["Torget", "Kirken", "Havna"]},
        geometry=[Point(at) for at in POINTS],
        crs="EPSG:4326",
    )
    table.to_file(tmp_path / "a.gpkg")
    yield "a.gpkg", (tmp_path / "a.gpkg").read_bytes()
    table.to_file(tmp_path / "a.shp")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in tmp_path.glob("a.[sdpc]??"):
            archive.write(part, part.name)
    yield "shape.zip", packed.getvalue()
    yield "a.csv", ("navn,lat,lon\n" + "".join(f"x,{y},{x}\n" for x, y in POINTS)).encode()
    marks = "".join(
        f"<Placemark><name>x</name><Point><coordinates>{x},{y}</coordinates></Point></Placemark>"
        for x, y in POINTS
    )
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
    yield "a.kml", kml.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", kml)
    yield "a.kmz", packed.getvalue()
    table.to_crs("EPSG:3067").to_file(tmp_path / "a.gml", driver="GML")
    yield "a.gml", (tmp_path / "a.gml").read_bytes()


def test_every_format_that_is_offered_is_read(tmp_path, karhula):
    for name, content in formats(tmp_path):
        own = own_reading.read(name, content, karhula)
        assert (own.rows, own.placed, len(own.table)) == (3, 3, 3), name
        assert not own.notes, (name, own.notes)


def test_one_of_several_layers_is_drawn_and_that_is_said(tmp_path, karhula):
    table = gpd.GeoDataFrame(geometry=[Point(POINTS[0])], crs="EPSG:4326")
    for layer in ("stops", "routes"):
        table.to_file(tmp_path / "a.gpkg", layer=layer)
    own = own_reading.read("a.gpkg", (tmp_path / "a.gpkg").read_bytes(), karhula)
    assert own.name == "a.gpkg, stops"
    assert str(own.notes[-1]).startswith("The file has 2 layers: stops is drawn.")


def test_what_is_too_much_is_refused_in_words(monkeypatch, karhula):
    with pytest.raises(SourceError, match="21 MB"):
        own_reading.read("a.csv", b"x" * (21 * 1024**2), karhula)
    monkeypatch.setattr(own_reading, "MOST_ROWS", 2)
    with pytest.raises(SourceError, match="has 3 rows; a layer of your own may have 2"):
        own_reading.read("a.geojson", stops(), karhula)
    monkeypatch.setattr(own_reading, "MOST_ROWS", 10)
    monkeypatch.setattr(own_reading, "MOST_CORNERS", 2)
    with pytest.raises(SourceError, match="too detailed"):
        own_reading.read("a.geojson", stops(), karhula)


def test_many_rows_are_thinned_and_that_is_said(karhula):
    many = geojson(*(feature(Point(26.93 + n * 1e-5, 60.53)) for n in range(3500)))
    own = own_reading.read("many.geojson", many, karhula)
    assert (own.rows, own.placed, len(own.table)) == (3500, 3500, 1750)
    assert "1750 of them are drawn" in str(own.notes[-1])


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula):
    """Run the app with a demo area."""
    with served(moteplass_home, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@pytest.mark.browser
def test_a_layer_of_ones_own_answers_as_text_and_is_nobody_elses(browser, app, tmp_path):
    file = tmp_path / "stops.geojson"
    file.write_bytes(stops((HOSTILE, HOSTILE, HOSTILE)))
    with visiting(browser, app) as visit, visiting(browser, app) as other:
        page = visit.open("?area=demo-karhula&lang=en&kinds=playground&minutes=10")
        page.get_by_text("A layer of your own").click()
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("3 of 3 rows have a position.").first).to_be_visible()
        expect(page.locator("[data-own]")).to_have_count(1)
        visit.look(POINTS[0][1], POINTS[0][0], 16)
        frame = visit.inside.locator(".leaflet-container")
        card = visit.inside.locator(".leaflet-popup-content")
        frame.scroll_into_view_if_needed()
        size = frame.bounding_box()
        middle = {"x": size["width"] / 2, "y": size["height"] / 2}

        def opened():
            frame.click(position=middle)
            page.wait_for_timeout(500)
            return card.count() and HOSTILE in card.inner_text()

        assert any(opened() for _ in range(20))
        assert visit.inside.locator("img").count() == 0
        view = visit.view()
        page.get_by_role("slider").first.press("ArrowRight")
        expect(page).to_have_url(re.compile("minutes=11"))
        assert visit.view() == view
        page.get_by_text("Show it on the maps").click()
        expect(page.locator("[data-own]")).to_have_count(0)
        other.open(page.url.removeprefix(f"{app}/"))
        expect(other.page.locator("[data-own]")).to_have_count(0)
        assert "Your own layer" not in other.page.content()
        assert (visit.outside, visit.faults) == ([], [])
        assert (other.outside, other.faults) == ([], [])
