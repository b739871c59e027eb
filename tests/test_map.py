"""The web map as text: nothing but local files, and only the names of layers."""

import json

import folium
import geopandas as gpd
import pytest
import streamlit_folium
from shapely import Point, box

from geo.errors import ExportError
from layers.layer import Class, Drawing, Layer
from layers.map import TILES, base_map, draw, extent, guard
from layers.publish import scripts, styles
from words.speaker import speaker

BOUNDS = (14.2, 67.2, 14.6, 67.4)


def made(base="offline", language="en"):
    return base_map(base, bounds=BOUNDS, static_url="/app/static/", say=speaker(language))


def layer(name="Homes"):
    home = gpd.GeoDataFrame({"is": ["near"]}, geometry=[Point(5e5, 7e6)], crs="EPSG:25833")
    return Layer(
        "homes", name, home, "is", (Class("near", "Near", "#0b4f8a"),), Drawing.CIRCLES
    )


def test_an_offline_map_asks_nobody_outside():
    html = made().get_root().render()
    assert guard(html) == html
    assert html.count("<script src=") == len(scripts())
    assert html.count('<link rel="stylesheet" href="/app/static/') == len(styles())
    assert "jquery" not in html
    assert "bootstrap" not in html


@pytest.mark.parametrize("base", TILES)
def test_an_online_base_asks_for_its_tiles_only_and_says_thanks(base):
    html = made(base).get_root().render()
    assert guard(html, base) == html
    assert TILES[base]["url"].split("{")[0] in html
    assert TILES[base]["thanks"] in html
    with pytest.raises(ExportError, match="must not"):
        guard(html)


@pytest.mark.parametrize("base", TILES)
def test_a_base_map_names_its_licence_and_why_it_is_offered(base):
    facts = dict(TILES[base])
    assert isinstance(facts.pop("printed"), bool)
    assert set(facts) == {"url", "deepest", "thanks", "link", "licence", "why"}
    assert all(facts.values())


def test_an_unknown_base_is_offline():
    assert "tileLayer" not in made("https://tiles.example/{z}").get_root().render()


def test_zoom_ends_somewhere_without_tiles():
    assert made().options["maxZoom"] == 20


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn/leaflet.js"></script>',
        '<LINK rel="stylesheet" HREF="//cdn/leaflet.css">',
        "<img src='http://elsewhere/pixel.gif'>",
        '<iframe src="https://elsewhere/"></iframe>',
        '<div style="background:url(https://elsewhere/x.png)"></div>',
        "<style>@import 'https://elsewhere/x.css';</style>",
        "<style>a { background: url(//elsewhere/x.png) }</style>",
        '<script>L.tileLayer("https://elsewhere/{z}/{x}/{y}.png")</script>',
        "<script>fetch(`https://elsewhere/data`)</script>",
    ],
)
def test_the_guard_sees_every_way_out(page):
    with pytest.raises(ExportError, match="must not"):
        guard(page)


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
        '<script src="../../app/static/map.js"></script>',
        '<script>thanks("Source: https://elsewhere/")</script>',
        "<style>a { background: url(images/layers.png) }</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
)
def test_the_guard_lets_links_and_local_files_pass(page):
    assert guard(page) == page


def test_layers_cross_the_socket_as_names():
    shown = draw([layer("</script><script>alert(1)</script>")], ["/app/static/homes-1.geojson"])
    web_map = made()
    shown.add_to(web_map)
    html = web_map.get_root().render()
    assert '["/app/static/homes-1.geojson"]' in html
    assert "alert(1)" not in html
    with pytest.raises(ValueError, match="zip"):
        draw([layer()], [])


@pytest.mark.parametrize("outside", ["https://elsewhere/x.geojson", "//elsewhere/x"])
def test_a_layer_that_lies_outside_is_refused(outside):
    with pytest.raises(ExportError, match="would ask"):
        draw([layer()], [outside])
    with pytest.raises(ExportError, match="would ask"):
        draw([layer()], ["/app/static/homes-1.geojson"], right=[outside])
    inside = ["/app/static/homes-1.geojson", "own:1", "data:application/geo+json;base64,//8="]
    assert draw([layer()] * 3, inside).urls == inside


def test_a_divided_map_sends_names_of_both_sides_and_where_to_look():
    shown = draw(
        [layer()], ["/l"], right=["/r"], captions=("</script>", "After"), look_at=BOUNDS
    )
    web_map = made()
    shown.add_to(web_map)
    html = web_map.get_root().render()
    assert '</script>"' not in html
    assert '"right": ["/r"]' in html
    assert '"look": [[67.2, 14.2], [67.4, 14.6]]' in html
    assert "right" not in draw([layer()], ["/l"]).more
    assert draw([layer()], ["/l"], right=[]).more["right"] == []  # nothing is on that side


def test_maps_move_together_by_name():
    def settings(web_map):
        return next(c.settings for c in web_map._children.values() if hasattr(c, "settings"))

    assert settings(made())["together"] == ""
    web_map = base_map(
        "offline", bounds=BOUNDS, static_url="/s", say=speaker("en"), together="groups"
    )
    assert settings(web_map)["together"] == "groups"


def test_an_address_cannot_end_the_script():
    web_map = made()
    draw([layer()], ["</script><script>alert(1)</script>"]).add_to(web_map)
    assert "<script>alert(1)" not in web_map.get_root().render()


def test_streamlit_folium_finds_the_group_it_exchanges():
    """The names it gives are its own business: this notices when they change."""
    web_map, shown = made(), draw([layer()], ["/app/static/homes-1.geojson"])
    assert isinstance(shown, folium.FeatureGroup)
    web_map.get_root().render()
    script = streamlit_folium._get_map_string(web_map)
    assert "moteplass.prepare(map_div, " in script
    added = streamlit_folium._get_feature_group_string(shown, map=web_map)
    group = "feature_group_feature_group_0"
    assert f"var {group} = L.featureGroup();" in added
    assert f'moteplass.draw({group}, ["/app/static/homes-1.geojson"]);' in added
    assert f"map_div.addLayer({group});" in added


def test_the_map_speaks_the_readers_language():
    settings = next(
        child.settings for child in made()._children.values() if hasattr(child, "settings")
    )
    assert settings["words"]["cluster"] == "Places here: {n}"
    assert json.loads(json.dumps(settings))["bounds"] == [[67.2, 14.2], [67.4, 14.6]]


def test_the_extent_of_a_metric_table_is_in_degrees():
    land = gpd.GeoDataFrame(
        geometry=[box(5e5, 7_466_000, 501_000, 7_467_000)], crs="EPSG:25833"
    )
    west, south, east, north = extent(land)
    assert west == pytest.approx(15)
    assert 67 < south < north < 68
    assert east == pytest.approx(15.023, abs=0.001)
