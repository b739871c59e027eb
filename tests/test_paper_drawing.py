"""Maps on paper: everything where it belongs, at its size, seen without colours, and small."""

import re
from io import BytesIO
from itertools import combinations
from math import inf, nan

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from scipy.spatial.distance import pdist
from shapely import LineString, MultiPolygon, Point, Polygon, box

from data.catalogue import families, kinds
from geo.errors import CrsError, ExportError
from layers import palette
from layers.areas import areas
from layers.base import base, boundary
from layers.bivariate import bivariate
from layers.layer import Class, Drawing, Layer
from layers.paper.crowding import TOUCHING, disc, spread
from layers.paper.drawing import draw
from layers.paper.frame import PIXEL_MM, Frame, View, zoom
from layers.paper.grey import alike, hatches, lightness, over_land
from layers.paper.signs import SIZES_MM, arranged
from layers.places import places as places_layer
from layers.thematic import spots
from layers.walks import HOMES_ZOOM, walk, walk_cells
from tests.towns import CRS, bundle, streets
from words import speaker

SAY = speaker("en")
AT = (474_000.0, 7_463_000.0)
"""A spot in Bodø, at 67.3° north."""
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NEAR, FAR = Class("near", "Near", "#0b4f8a", size=4), Class("far", "Far", "#a3150f", size=6)
CELL = Class("some", "Some", "#9a6cbd", "square", size=1.2, edge="#5d2a86")


def frame(side_m=1000.0, side_mm=100.0):
    """Return a square of ground whose lower left corner is `AT`."""
    east, north = AT
    return Frame((east, north, east + side_m, north + side_m), side_mm, side_mm)


def moved(*shapes):
    """Return shapes that are drawn around (0, 0) where the frame is."""
    return [shapely.transform(shape, lambda xy: xy + AT) for shape in shapes]


def layer(shapes, drawing=Drawing.CIRCLES, classes=(NEAR, FAR), of=None, key="homes", **more):
    of = of or [classes[0].key] * len(shapes)
    table = gpd.GeoDataFrame({"is": of}, geometry=moved(*shapes), crs=CRS)
    return Layer(key, "Layer", table, "is", classes, drawing, **more)


def parsed(drawn):
    return etree.fromstring(drawn.svg)


def places(*spots, family="library", icon="book"):
    """Return signs at some spots, as `layers.places` has them."""
    look = palette.look(family)
    entry = Class(family, "Library", look.colour, look.shape, icon=look.icon, letter="B")
    row = {"family": family, "icon": icon, "title": "Here"}
    table = gpd.GeoDataFrame(
        {column: [value] * len(spots) for column, value in row.items()},
        geometry=moved(*map(Point, spots)),
        crs=CRS,
    )
    return Layer(
        "places", "P", table, "family", (entry,), Drawing.SYMBOLS, title="title", icon="icon"
    )


def rendered(drawn, side_mm, dots_per_mm=10):
    """Return a drawing as Typst draws it: an array of red, green and blue."""
    page = f"#set page(width: {side_mm}mm, height: {side_mm}mm, margin: 0mm)\n"
    page += f"#image(bytes(sys.inputs.svg), width: {side_mm}mm)"
    png = typst.compile(
        page.encode(), format="png", ppi=25.4 * dots_per_mm, sys_inputs={"svg": drawn.svg}
    )
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"))


# Where things are


def test_a_home_at_known_metres_falls_at_known_millimetres():
    root = parsed(draw([layer([Point(250, 100)])], frame()))
    assert (root.get("width"), root.get("height")) == ("100mm", "100mm")
    assert root.get("viewBox") == "0 0 100 100"
    (path,) = root.iter(f"{SVG}path")
    assert path.get("d") == "M2500 9000h0"
    (group,) = (one for one in root.iter(f"{SVG}g") if one.get("transform"))
    assert group.get("transform") == "scale(0.01)"


def test_an_independent_hand_draws_it_there_and_as_large():
    paper = rendered(draw([layer([Point(250, 100)])], frame()), 100)
    assert paper.shape == (1000, 1000, 3)
    blue = np.argwhere((np.abs(paper.astype(int) - (11, 79, 138)) < 30).all(axis=2))
    assert blue.mean(axis=0) == pytest.approx([900, 250], abs=1)
    grown = min(2.2, 2 ** ((zoom(10_000, 67.3) - 15.5) / 1.8))
    inside = 2 * 4 * grown * PIXEL_MM - 0.8 * grown * PIXEL_MM
    assert np.ptp(blue, axis=0) / 10 == pytest.approx([inside, inside], abs=0.25)


def test_what_lies_outside_is_cut_a_little_beyond_the_edge():
    road = layer(
        [LineString([(-5000, 500), (5000, 500)])],
        Drawing.LINES,
        (Class("road", "Road", "#b9ad9a", size=4),),
    )
    land = layer([box(-9000, -9000, 500, 9000)], Drawing.CELLS, (CELL,), key="cells")
    far = layer([Point(-31, 50), Point(-29, 50)])
    root = parsed(draw([road, land, far], frame()))
    line, cell, dot = (path.get("d") for path in root.iter(f"{SVG}path"))
    assert line == "M-300 5000l10600 0"
    assert {int(n) for n in re.findall(r"-?\d+", cell)} == {-300, 10300, -10600, 5300, -5300, 0}
    assert dot == "M-290 9500h0"
    (clip,) = root.iter(f"{SVG}clipPath")
    assert clip[0].attrib == {"width": "100", "height": "100"}


def test_holes_stay_holes_and_broken_rows_are_left_out():
    yard = Polygon(
        [(100, 100), (300, 100), (300, 300), (100, 300)],
        [[(150, 150), (150, 250), (250, 250), (250, 150)]],
    )
    bow = Polygon([(500, 500), (700, 700), (700, 500), (500, 700)])
    shapes = [yard, bow, MultiPolygon(), Point(10, 10)]
    shown = layer(shapes, Drawing.CELLS, (CELL,))
    shown.table.loc[3, "geometry"] = None
    paper = rendered(draw([shown], frame()), 100)
    land = tuple(int(palette.LAND[i : i + 2], 16) for i in (1, 3, 5))
    assert tuple(paper[800, 200]) == land  # the yard
    assert tuple(paper[880, 200]) != land  # its house
    assert tuple(paper[450, 505]) == land


@pytest.mark.parametrize("drawing", Drawing)
def test_every_drawing_takes_every_shape(drawing):
    shapes = [Point(5, 5), LineString([(0, 0), (9, 9)]), box(0, 0, 50, 50), MultiPolygon()]
    shapes += [shapely.GeometryCollection([Point(1, 1), box(10, 10, 90, 90)])]
    shown = layer(shapes, drawing)
    etree.fromstring(draw([shown], frame()).svg)


def test_layers_lie_in_their_order_and_names_on_top():
    order = [
        layer([box(0, 0, 900, 900)], Drawing.AREAS, (Class("green", "G", "#00ff00"),), key="a"),
        layer([box(0, 0, 400, 400)], Drawing.CELLS, (CELL,), key="b"),
        layer([Point(200, 200)], key="c"),
    ]
    svg = draw(order, frame()).svg
    assert svg.index("#00ff00") < svg.index(CELL.colour) < svg.index(NEAR.colour)
    both = layer([Point(1, 1), Point(2, 2)], of=["far", "near"])
    svg = draw([both], frame()).svg
    assert svg.index(NEAR.colour) < svg.index(FAR.colour)  # as classes say, not rows


# How large things are


@pytest.mark.parametrize(
    ("bounds", "paper", "scale"),
    [
        ((0, 0, 0, 0), (180, 230), 2_500),
        ((0, 0, 1, 1), (180, 230), 2_500),
        ((0, 0, 450, 10), (180, 230), 2_500),
        ((0, 0, 450.1, 10), (180, 230), 3_000),
        ((0, 0, 3_470, 4_540), (180, 230), 20_000),
        ((0, 0, 10, 300_000), (180, 240), 1_250_000),
        ((0, 0, 60_000, 60_000), (250, 350), 250_000),
    ],
)
def test_a_scale_is_the_first_round_one_that_shows_everything(bounds, paper, scale):
    found = Frame.round(bounds, *paper)
    assert found.scale == pytest.approx(scale)
    left, bottom, right, top = found.bounds
    assert left <= bounds[0]
    assert right >= bounds[2]
    assert ((left + right) / 2, (bottom + top) / 2) == pytest.approx(
        ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    )


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(20, 400), st.floats(20, 400))
def test_a_round_scale_is_never_too_large_nor_half_as_large_as_it_could_be(w, h, wide, high):
    found = Frame.round((0, 0, w, h), wide, high)
    needed = max(w / wide, h / high) * 1000
    assert found.scale >= needed * (1 - 1e-9)
    assert found.scale <= max(2_500, needed * 1.5) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("bounds", "paper"),
    [
        ((nan, nan, nan, nan), (100, 100)),
        ((0, 0, inf, 1), (100, 100)),
        ((5, 0, 0, 1), (100, 100)),
        ((0, 0, 9, 9), (0, 100)),
    ],
)
def test_a_map_of_nothing_is_refused(bounds, paper):
    with pytest.raises(ExportError, match="land"):
        Frame.round(bounds, *paper)
    with pytest.raises(ExportError, match="land"):
        Frame(bounds, *paper)


def test_a_warped_map_is_refused():
    with pytest.raises(ExportError, match="shape"):
        Frame((0, 0, 1000, 1000), 100, 101)


def test_a_scale_equals_the_zoom_that_shows_the_ground_as_large():
    """At 60° a pixel of zoom 14 is 4.777 m; on paper it is 0.1323 mm."""
    assert zoom(4.777314 / (PIXEL_MM / 1000), 60) == pytest.approx(14)
    assert zoom(10_000, 0) == pytest.approx(zoom(20_000, 0) + 1)


@pytest.mark.parametrize(("scale", "key"), [(10_000, "walk"), (60_000, "walk_cells")])
def test_homes_give_way_to_squares(scale, key):
    homes = gpd.GeoDataFrame({"everybody": [9.0]}, geometry=moved(Point(500, 500)), crs=CRS)
    minutes = pd.Series([4.0])
    both = [one(homes, minutes, within=10, say=SAY) for one in (walk_cells, walk)]
    drawn = draw(both, frame(scale / 10, 100))
    assert {one: keys for one, keys in drawn.classes.items() if keys} == {key: ("half",)}
    assert (drawn.zoom >= HOMES_ZOOM) == (key == "walk")


def test_edges_and_dashes_are_of_paper_not_of_ground():
    """A pixel is 0.1323 mm: an edge of 1.2 is 0.16 mm, a dash of 8 is 1.06 mm."""
    edge = boundary(gpd.GeoDataFrame(geometry=moved(box(100, 100, 900, 900)), crs=CRS), say=SAY)
    for side in (1000, 2000):
        cells = layer([box(200, 200, 450, 450)], Drawing.CELLS, (CELL,), key="cells")
        root = parsed(draw([edge, cells], frame(side)))
        outline, cell = root.iter(f"{SVG}path")
        assert outline.get("stroke-dasharray") == "105.8 66.1"
        assert outline.get("stroke-width") == "26.5"
        assert cell.get("stroke-width") == "15.9"
        assert cell.get("fill-opacity") == str(palette.CELL_OPACITY)


# Signs


def test_a_sign_is_drawn_once_and_used_where_it_stands():
    drawn = draw([places((250, 500), (750, 500))], frame())
    root = parsed(drawn)
    (symbol,) = root.iter(f"{SVG}symbol")
    left, right = root.iter(f"{SVG}use")
    assert left.get(HREF) == right.get(HREF) == f"#{symbol.get('id')}"
    middles = [float(one.get("x")) + float(one.get("width")) / 2 for one in (left, right)]
    assert middles == pytest.approx([25, 75], abs=0.03)
    assert float(left.get("width")) == pytest.approx(4.233, abs=0.001)
    assert set(re.findall(r'font-family="([^"]*)"', drawn.svg)) == {"Source Sans Pro"}
    assert not drawn.gathered


def test_neighbours_step_aside_and_still_cover_their_spot():
    stand = arranged(places((500, 500), (520, 500)), View(frame(), 15))
    one, other = sorted(stand, key=lambda mark: mark.x)
    assert other.x - one.x == pytest.approx(0.95 * SIZES_MM[0], abs=0.05)
    for mark, x in ((one, 50), (other, 52)):
        assert abs(mark.x - x) <= mark.size / 2


def test_a_crowd_is_gathered_with_its_number():
    rng = np.random.default_rng(4)
    crowd = places(*rng.normal(500, 4, (60, 2)).tolist(), (100, 100))
    drawn = draw([crowd], frame())
    root = parsed(drawn)
    counts = [int(text.text) for text in root.iter(f"{SVG}text") if text.text.isdigit()]
    alone = sum(1 for _ in root.iter(f"{SVG}use"))
    assert drawn.gathered
    assert sum(counts) + alone == 61
    sizes = {float(use.get("width")) for use in root.iter(f"{SVG}use")}
    assert sizes == {2.6}  # all of a map alike


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=80),
    st.sampled_from(SIZES_MM),
)
def test_nothing_hides_another_and_nobody_is_lost(spots, size):
    xy = np.array(spots, dtype=float).reshape(-1, 2)
    paper = np.array([60.0, 60.0])
    at, group = spread(xy, size, paper)
    numbers, first, count = np.unique(group, return_index=True, return_counts=True)
    assert count.sum() == len(xy)
    sizes = np.array([size if n == 1 else disc(n) for n in count])
    shown = at[first]
    assert (shown >= sizes[:, np.newaxis] / 2 - 1e-9).all()
    assert (shown <= 60 - sizes[:, np.newaxis] / 2 + 1e-9).all()
    if len(numbers) > 1:
        pairs = np.array(list(combinations(range(len(numbers)), 2)))
        both = sizes[pairs].mean(axis=1)
        signs = (count[pairs] == 1).all(axis=1)
        assert (pdist(shown) >= np.where(signs, TOUCHING, 1) * both - 1e-9).all()
    single = count == 1
    aside = np.abs(shown[single] - xy[first][single])
    assert (aside <= size / 2 + 0.02).all()


def test_places_outside_the_frame_are_neither_drawn_nor_counted():
    drawn = draw([places((-1, 500), (500, 500), (500, 500), (1001, 500))], frame())
    assert drawn.svg.count("<use") == 2


# Without colours


def classes_of():
    """Return every layer that has cells, circles or land, and a print may show."""
    none = gpd.GeoDataFrame(geometry=[], crs=CRS)
    homes = none.assign(everybody=pd.Series(dtype=float), income=pd.Series(dtype=str))
    minutes = pd.Series(dtype=float)
    reach = gpd.GeoDataFrame(
        {"minutes": [5, 10, 15]}, geometry=[box(0, 0, n, n) for n in (1, 2, 3)], crs=CRS
    )
    incomes = none.assign(area_class=pd.Series(dtype=str), name=pd.Series(dtype=str))
    cells = none.assign(**{c: pd.Series(dtype=float) for c in ("people", "minutes", "near")})
    return [
        walk(homes, minutes, within=10, say=SAY),
        walk_cells(homes, minutes, within=10, say=SAY),
        spots(cells, say=SAY),
        areas(reach, say=SAY),
        bivariate(homes, incomes, minutes, within=10, say=SAY),
    ]


def test_classes_that_look_alike_in_grey_are_hatched_apart():
    for shown in classes_of():
        hatched = hatches(shown)
        for one, other in combinations(shown.classes, 2):
            if alike(one, other, shown.drawing):
                assert hatched.get(one.key) != hatched.get(other.key), (shown.key, one, other)


def test_people_need_hatches_and_nothing_else_does():
    """Fills of 20, 50 and 100 people are 8 to 12 apart in lightness, on bare land."""
    hatched = {shown.key: dict(hatches(shown)) for shown in classes_of()}
    assert hatched.pop("spots") == {"from_20": 1.6, "from_50": 1.0, "from_100": 0.6}
    assert not any(hatched.values())


@pytest.mark.parametrize(("white", "light"), [(0, 0), (18.65, 50), (100, 100)])
def test_lightness_is_that_of_cie(white, light):
    """18.4 % of white is middle grey: L* = 116 · 0.184^(1/3) − 16 = 50."""
    linear = white / 100
    channel = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    assert lightness("#" + 3 * f"{round(255 * channel):02x}") == pytest.approx(light, abs=0.7)


def test_what_is_seen_of_a_cell_is_what_a_printer_makes_of_it():
    cell = layer([box(0, 0, 1000, 1000)], Drawing.CELLS, (CELL,))
    paper = rendered(draw([cell], frame()), 100)
    red, green, blue = paper[500, 500]
    expected = over_land(CELL, Drawing.CELLS)
    found = f"#{red:02x}{green:02x}{blue:02x}"
    assert abs(lightness(found) - lightness(expected)) < 0.5


def test_water_is_lined_and_cells_of_many_people_are_hatched_in_the_drawing():
    backdrop = gpd.GeoDataFrame(
        {"what": ["water", "green"]},
        geometry=moved(box(0, 0, 300, 300), box(500, 0, 900, 300)),
        crs=CRS,
    )
    land, _ = base(streets([(0, 0), (9, 9)]), backdrop, say=SAY)
    svg = draw([land], frame()).svg
    assert svg.count("<pattern") == svg.count('fill="url(#') == 1
    paper = rendered(draw([land], frame()), 100, dots_per_mm=20)
    down = paper[1500:1900, 300].astype(int).sum(axis=1)
    assert len(np.unique(down)) > 1
    assert len(np.unique(paper[1500:1900, 1400].astype(int).sum(axis=1))) == 1


# Empty, large and hostile


def test_a_map_of_nothing_at_all_is_bare_land():
    drawn = draw([], frame())
    assert palette.LAND in drawn.svg
    assert (drawn.gathered, drawn.labelled, drawn.classes) == (False, 0, {})
    assert palette.LAND not in draw([], frame(), ground=False).svg


def test_layers_without_rows_draw_nothing():
    toytown = bundle(streets([(0, 0), (9, 9)]), {}, {})
    shown = [
        *base(toytown.paths[:0], toytown.backdrop, say=SAY),
        *classes_of(),
        places_layer(toytown.places, kinds=kinds(), families=families(), say=SAY),
    ]
    drawn = draw(shown, frame())
    assert "<use" not in drawn.svg
    assert [keys for name, keys in drawn.classes.items() if name != "areas" and keys] == []


def test_layers_of_two_systems_are_refused():
    other = layer([Point(5, 5)])
    strange = Layer(
        "b", "B", other.table.set_crs("EPSG:3067", allow_override=True), "is", (NEAR, FAR),
        Drawing.CIRCLES,
    )  # fmt: skip
    with pytest.raises(CrsError, match="same coordinate system"):
        draw([other, strange], frame())


def test_keys_and_colours_of_data_cannot_break_out():
    evil = '"/><script>alert(1)</script>'
    entry = Class(evil, evil, "#123456", "circle")
    svg = draw([layer([Point(5, 5)], classes=(entry,))], frame()).svg
    assert "script" not in svg
    shown = places((500, 500), family="library", icon=evil)
    assert "script" not in draw([shown], frame()).svg


def test_thousands_of_homes_and_paths_stay_small():
    rng = np.random.default_rng(7)
    xy = rng.uniform(0, 3600, (60_000, 2))
    homes = layer([Point(at) for at in xy[:10_000]])
    ways = shapely.linestrings(np.stack([xy, xy + rng.normal(0, 40, xy.shape)], axis=1))
    road = Class("road", "Road", "#b9ad9a", size=2)
    paths = layer([*ways[:50_000]], Drawing.LINES, (road,), key="streets")
    crowd = places(*xy[:1200].tolist())
    drawn = draw([paths, homes, crowd], frame(3600, 288))
    assert len(drawn.svg) < 2_000_000
    assert drawn.svg.count("<path") < 40  # one for each class, and the signs'


def test_the_same_background_is_drawn_once():
    road = layer(
        [LineString([(0, 0), (900, 900)])], Drawing.LINES, (Class("road", "R", "#b9ad9a"),)
    )
    one, other = (draw([road], frame()).svg for _ in range(2))
    assert one == other
    assert draw([road], frame(2000)).svg != one


def test_tables_are_left_as_they_were():
    shown = places((500, 500), (501, 500))
    before = shown.table.copy()
    draw([shown], frame())
    pd.testing.assert_frame_equal(pd.DataFrame(shown.table), pd.DataFrame(before))


def test_a_real_town_is_drawn_whole(karhula):
    shown = [
        *base(karhula.paths, karhula.backdrop, say=SAY),
        boundary(karhula.boundary, say=SAY),
        walk(karhula.homes, pd.Series(5.0, karhula.homes.index), within=10, say=SAY),
        places_layer(karhula.places, kinds=kinds(), families=families(), say=SAY),
    ]
    land = Frame.round(tuple(karhula.boundary.total_bounds), 180, 230)
    drawn = draw(shown, land)
    homes = re.search(r'id="walk-0" d="([^"]*)"', drawn.svg)
    assert 0.95 * len(karhula.homes) <= homes[1].count("M") <= len(karhula.homes)
    assert len(drawn.svg) < 500_000
    etree.fromstring(drawn.svg)
