"""Layers from towns small enough to check by eye: classes, words, contrast, legends."""

import json
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, box

from geo.errors import CrsError, TableError
from geo.model import Family, Kind
from layers import palette
from layers.geojson import encode
from layers.layer import Class, Drawing, Layer
from layers.legend import legend
from layers.symbols import FRAMES, SHAPES, SYMBOLS, sign, symbol
from layers.thematic import areas, base, boundary, places, spots, walk, walk_cells
from words.speaker import speaker

CRS = "EPSG:25833"
HOSTILE = "<img src=x onerror=alert(1)>"
SAY = speaker("en")
CATALOGUE = tomllib.loads(
    (Path(__file__).parent.parent / "data/place_kinds.toml").read_text(encoding="utf-8")
)
FAMILIES = {"library": Family("library", "Library"), "park": Family("park", "Park")}
KINDS = {
    key: Kind(key, key.capitalize(), key, "both", (), icon, (), (), "-")
    for key, icon in (("library", "book"), ("park", "tree"))
}


def table(geometry, **columns):
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=CRS)


def town(**columns):
    """Return a library with a hostile name, and a park without one."""
    given = {
        "name": [HOSTILE, " "],
        "kind": ["library", "park"],
        "kinds": ["library;park", "park"],
        "family": ["library", "park"],
        "setting": ["indoor", "outdoor"],
        "opening_hours": ["Mo-Fr 10:00-16:00", ""],
        "wheelchair": ["limited", ""],
    }
    corner = (478_000, 7_465_000)
    park = box(*corner, corner[0] + 100, corner[1] + 100)
    return table([Point(corner), park], **(given | columns))


def shown_places(*, timed=False, **columns):
    return places(town(**columns), kinds=KINDS, families=FAMILIES, say=SAY, timed=timed)


def test_a_card_says_what_is_known_and_what_is_not():
    rows = shown_places().table.drop(columns="geometry").to_dict("records")
    assert rows[0] == {
        "family": "library",
        "icon": "book",
        "title": HOSTILE,
        "is": "Library, Park",
        "setting": "Indoors",
        "open": "Mo-Fr 10:00-16:00",
        "step_free": "Partly",
    }
    assert (rows[1]["title"], rows[1]["open"]) == ("Without a name", "Opening hours unknown")
    assert (rows[1]["setting"], rows[1]["step_free"]) == ("Outdoors", "Unknown")


def test_a_card_says_whether_a_place_is_open_then_if_that_was_asked():
    state = ["open", "unknown"]
    timed = shown_places(timed=True, state=state)
    assert timed.table["then"].tolist() == ["Open", "Opening hours unknown"]
    assert ("then", "At the time asked about") in timed.card
    assert "then" not in dict(shown_places(state=state).card)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("yes", "Yes"),
        ("designated", "Yes"),
        (" No ", "No"),
        ("limited", "Partly"),
        ("?", "Unknown"),
    ],
)
def test_step_free_in_words(tag, said):
    layer = shown_places(wheelchair=[tag, tag])
    assert layer.table["step_free"].tolist() == [said, said]


def test_a_newer_catalogue_is_shown_as_it_stands():
    layer = shown_places(
        kind=["fablab", "park"], kinds=["fablab", "park"], family=["maker", "park"]
    )
    assert layer.table["is"].tolist() == ["fablab", "Park"]
    assert layer.table["icon"].tolist() == ["dot", "tree"]
    assert [entry.label for entry in layer.present] == ["Park", "maker"]


def test_minutes_fall_into_classes_whose_edges_count_as_reached():
    on_foot = [5.0, 5.01, 10.0, 10.01, 20.0, 20.01, np.inf, np.nan]
    homes = table([Point(i, 0) for i in range(8)], everybody=[3.0] * 8)
    layer = walk(homes, pd.Series(on_foot), within=10, say=SAY)
    assert layer.table["class"].tolist() == [
        "half", "within", "within", "double", "double", "longer", "cut_off", "unknown",
    ]  # fmt: skip
    assert layer.table["minutes"].tolist() == [
        "5 minutes", "6 minutes", "10 minutes", "11 minutes", "20 minutes", "21 minutes",
        "No way on foot", "Unknown",
    ]  # fmt: skip


def test_minutes_are_matched_by_index_and_a_missing_home_is_unknown():
    homes = table([Point(0, 0), Point(1, 0)]).set_index(pd.Index(["a", "b"]))
    layer = walk(homes, pd.Series({"b": 0.0}), within=10, say=SAY)
    assert layer.table["minutes"].tolist() == ["Unknown", "1 minute"]


def test_a_file_never_tells_how_many_live_where():
    homes = table([Point(5e5, 7e6)], everybody=[3.0], older_80=[1.0], building=["hut"])
    layer = walk(homes, pd.Series([4.0]), within=10, say=SAY)
    (home,) = json.loads(encode(layer))["features"]
    assert home["properties"] == {"class": "half", "minutes": "4 minutes"}
    assert "id" not in home


def squares(people, minutes):
    """Return the squares of homes, each 30 m east of the one before."""
    homes = table([Point(10 + 30 * i, 10) for i in range(len(people))], everybody=people)
    return walk_cells(homes, pd.Series(minutes), within=10, say=SAY)


@pytest.mark.parametrize(
    ("people", "minutes", "key"),
    [
        ([9.0, 4.0, 4.0], [4.0, 30.0, 30.0], "half"),  # 9 of 17
        ([8.0, 4.0, 5.0], [4.0, 30.0, 30.0], "longer"),  # 8 of 17
        (
            [1.0, 3.0],
            [4.0, 30.0],
            "half",
        ),  # a few: the lower of both homes
        ([3.0, 1.0], [4.0, 30.0], "half"),
        ([5.0, 6.0], [4.0, np.inf], "cut_off"),
        ([5.0, 3.0, 3.0], [4.0, np.inf, np.nan], "unknown"),
        ([6.0, 3.0, 2.0], [4.0, np.inf, np.nan], "half"),  # surely half of them
        ([2.0, 9.0, 1.0], [4.0, np.inf, np.nan], "cut_off"),  # whatever the unknown one is
    ],
)
def test_a_square_shows_the_walk_that_half_of_its_people_have_at_most(people, minutes, key):
    assert squares(people, minutes).table["class"].tolist() == [key]


def test_squares_and_homes_never_show_at_once_and_look_alike():
    cells = squares([9.0, 9.0], [4.0, np.nan])
    dots = walk(table([Point(0, 0)]), pd.Series([4.0]), within=10, say=SAY)
    for cell, dot in zip(cells.classes, dots.classes, strict=True):
        assert cell.below_zoom == dot.from_zoom
        assert (cell.label, cell.colour, cell.shape) == (dot.label, dot.colour, dot.shape)


def test_a_file_of_squares_never_tells_how_many_live_there():
    (cell,) = json.loads(encode(squares([9.0, 8.0], [4.0, 30.0])))["features"]
    said = "Half of those who live here walk for at most 4 minutes"
    assert cell["properties"] == {"class": "half", "minutes": said}


def test_dots_and_squares_share_a_legend():
    minutes = pd.Series([4.0, np.inf, np.nan])
    homes = table([Point(i * 300, 0) for i in range(3)], everybody=[9.0] * 3)
    both = [drawn(homes, minutes, within=10, say=SAY) for drawn in (walk_cells, walk)]
    text = legend(both, SAY)
    for label in ("Up to 5 minutes", "No way on foot", "Unknown"):
        assert text.count(label) == 1
    assert text.count("<img") == 6
    assert "Squares: the walk that half of those who live there have at most" in text
    assert legend([both[1], both[1]], SAY).count("<img") == 3  # both sides of a divided map


def test_whoever_is_beyond_reach_differs_in_size_and_edge_too():
    near, within, *beyond = walk(
        table([Point(0, 0)]), pd.Series([1.0]), within=10, say=SAY
    ).classes[:5]
    largest = max(near.size, within.size)
    assert all(e.size > largest and (e.edge or e.shape == "ring") for e in beyond)
    assert not near.edge
    assert not within.edge


def test_small_groups_are_never_numbers():
    cells = table(
        [box(i, 0, i + 1, 1) for i in range(5)],
        people=[4.99, np.nan, 5.0, 19.9, 1234.0],
        minutes=[11.0, np.inf, np.nan, 12.0, 13.0],
        near=["", "Storgata", "", "", HOSTILE],
    )
    layer = spots(cells, say=SAY)
    assert layer.table["people"].tolist() == [
        "fewer than 5", "fewer than 5", "about 5", "about 20", "about 1,230",
    ]  # fmt: skip
    assert layer.table["class"].tolist() == ["few", "few", "from_5", "from_5", "from_100"]
    assert layer.table["near"].tolist()[:2] == ["–", "Storgata"]
    assert b"4.99" not in encode(layer)


def test_reach_is_drawn_as_bands_that_do_not_overlap():
    reach = table([box(4, 4, 6, 6), box(2, 2, 8, 8), box(0, 0, 9, 9)], minutes=[3, 7, 10])
    layer = areas(reach, say=SAY)
    assert layer.table.area.tolist() == [4, 32, 45]
    assert [entry.label for entry in layer.present] == [
        "Up to 3 minutes",
        "Over 3 and up to 7 minutes",
        "Over 7 and up to 10 minutes",
    ]
    assert len({(entry.colour, entry.dash) for entry in layer.present}) == 3
    assert len({entry.dash for entry in layer.present}) == 3  # not by colour alone
    assert {entry.edge for entry in layer.present} == {palette.AREAS[0]}


def test_reach_that_does_not_grow_has_nothing_to_draw_there():
    reach = table([box(0, 0, 9, 9), box(0, 0, 9, 9)], minutes=[5, 10])
    assert len(json.loads(encode(areas(reach, say=SAY)))["features"]) == 1


def test_empty_tables_are_layers_too():
    nobody = table([], people=pd.Series(dtype=float), minutes=pd.Series(dtype=float), near=[])
    nowhere = table([], highway=pd.Series(dtype=str), steps=pd.Series(dtype=bool))
    nothing = walk(table([]), pd.Series(dtype=float), within=10, say=SAY)
    empty = town().iloc[:0]
    land = table([], what=pd.Series(dtype=str))
    layers = [
        spots(nobody, say=SAY),
        nothing,
        places(empty, kinds=KINDS, families=FAMILIES, say=SAY),
        areas(table([], minutes=pd.Series(dtype=int)), say=SAY),
        *base(nowhere, land, say=SAY),
    ]
    for layer in layers:
        assert layer.present == ()
        assert json.loads(encode(layer))["features"] == []


def test_the_base_map_sorts_streets_and_leaves_details_for_later():
    paths = table(
        [LineString([(0, i), (9, i)]) for i in range(4)],
        highway=["secondary", "residential", "footway", "steps"],
        steps=[False, False, False, True],
    )
    water = table([box(0, 0, 1, 1)], what=["water"])
    land, streets = base(paths, water, say=SAY)
    assert streets.table["street"].tolist() == ["main", "street", "path", "steps"]
    assert land.background
    assert streets.background
    waits = {entry.key: entry.from_zoom for entry in streets.classes}
    assert waits["main"] < waits["street"] < waits["path"] < waits["steps"]


def test_the_boundary_is_an_outline():
    layer = boundary(table([box(0, 0, 9, 9)]), say=SAY)
    assert (layer.drawing, layer.background) == (Drawing.OUTLINE, True)


def test_a_layer_refuses_what_it_cannot_draw():
    homes = table([Point(0, 0)], walk=["far"])
    near = (Class("near", "Near", "#000000"),)
    with pytest.raises(TableError, match="no class"):
        Layer("walk", "Walk", homes, "walk", near, Drawing.CIRCLES)
    with pytest.raises(TableError, match="no column"):
        Layer("walk", "Walk", homes, "minutes", near, Drawing.CIRCLES)
    with pytest.raises(CrsError):
        Layer("walk", "Walk", homes.set_crs(4326, allow_override=True), "walk", near, "circles")


def test_tables_are_left_as_they_were():
    before = town()
    places(before, kinds=KINDS, families=FAMILIES, say=SAY)
    pd.testing.assert_frame_equal(before, town())


MEANINGFUL = {
    **{f"family {key}": look.colour for key, look in palette.FAMILIES.items()},
    **{f"walk {key}": colour for key, colour in palette.WALK.items()},
    "people": palette.PEOPLE_EDGE,
    "areas": palette.AREAS[0],
    "boundary": palette.BOUNDARY,
    "other": palette.OTHER.colour,
}


@pytest.mark.parametrize("colour", MEANINGFUL.values(), ids=MEANINGFUL.keys())
@pytest.mark.parametrize("ground", [palette.LAND, "#ffffff"])
def test_what_carries_meaning_stands_out(colour, ground):
    assert palette.contrast(colour, ground) >= 3


@pytest.mark.parametrize("ground", [palette.WATER, palette.GREEN, palette.BUILDING])
def test_homes_beyond_reach_stand_out_on_everything(ground):
    assert palette.contrast(palette.INK, ground) >= 7


def test_the_base_map_is_quieter_than_what_lies_on_it():
    quiet = [palette.WATER, palette.GREEN, palette.BUILDING]
    quiet += [colour for colour, _, _ in palette.STREETS.values()]
    assert all(palette.contrast(colour, palette.LAND) < 3 for colour in quiet)


def test_every_family_of_the_catalogue_has_a_look_of_its_own():
    assert set(CATALOGUE["families"]) <= set(palette.FAMILIES)
    looks = palette.FAMILIES.values()
    assert len({look.shape for look in looks}) == len(palette.FAMILIES)
    assert len({look.colour for look in looks}) == len(palette.FAMILIES)
    assert len({look.letter for look in (*looks, palette.OTHER)}) == len(palette.FAMILIES) + 1
    assert {len(look.letter) for look in looks} == {1}
    assert {look.shape for look in looks} <= set(SHAPES)
    assert set(FRAMES) <= set(SHAPES)


def test_the_letter_of_a_sign_is_read_on_every_colour_and_stands_in_the_legend():
    assert palette.contrast(palette.INK, "#ffffff") >= 4.5
    drawn = symbol("library", "book")
    assert f'fill="{palette.INK}"' in drawn.partition("<text")[2]
    assert "%3EP%3C/text%3E" in legend([shown_places()], SAY)


def test_every_icon_of_the_catalogue_is_drawn():
    wanted = {kind["icon"] for kind in CATALOGUE["kinds"].values()}
    wanted |= {look.icon for look in palette.FAMILIES.values()}
    assert wanted <= set(SYMBOLS)


def test_every_sign_is_distinct_and_an_unknown_one_is_neutral():
    drawn = {symbol("park", icon) for icon in SYMBOLS}
    assert len(drawn) == len(SYMBOLS)
    assert symbol("park", "not drawn yet") == symbol("park", "dot")
    assert symbol("not known yet", "dot") == sign("octagon", palette.OTHER.colour, "dot", "?")


def test_a_legend_names_what_occurs_and_escapes_it():
    layer = shown_places(family=[HOSTILE, "park"])
    cut_off = walk(
        table([Point(0, 0), Point(1, 0)]), pd.Series([np.inf, np.nan]), within=7, say=SAY
    )
    text = legend([layer, cut_off], SAY)
    assert "<img src=x" not in text
    assert "&lt;img" in text
    assert "© OpenStreetMap contributors" in text
    assert "No way on foot" in text
    assert "Unknown" in text
    assert "Library" not in text
    assert "Up to 3.5 minutes" not in text


def test_a_swatch_is_an_image_of_its_own():
    """Streamlit removes SVG from the HTML it is given, but not images."""
    text = legend([shown_places()], SAY)
    assert "<svg" not in text
    assert text.count('<img alt="" src="data:image/svg+xml,%3Csvg%20xmlns') == 2


def test_classes_of_minutes_are_worded_in_the_readers_language():
    layer = walk(table([Point(0, 0)]), pd.Series([1.0]), within=15, say=SAY)
    assert [entry.label for entry in layer.classes][:4] == [
        "Up to 7.5 minutes",
        "Over 7.5 and up to 15 minutes",
        "Over 15 and up to 30 minutes",
        "Over 30 minutes",
    ]
