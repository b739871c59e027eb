"""Styles and metadata as XML: what a head can check, before any GIS sees them."""

from base64 import b64decode
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from shapely import LineString, Point, box

from geo.bundle import Source
from geo.errors import Message
from layers import qgis
from layers.export.sheet import Column, Sheet
from layers.layer import Class, Drawing, Layer
from layers.qgis import scales
from layers.qgis.described import Described, described
from layers.qgis.metadata import NAMES, iso
from layers.qgis.qmd import qmd
from layers.qgis.qml import qml
from layers.qgis.scales import OGC_PIXEL_MM, denominator, growing
from layers.qgis.sld import sld
from layers.qgis.xml import clean
from layers.symbols import sign
from tests.answers import exported
from words import speaker

CRS = "EPSG:25833"
SLD = {"s": "http://www.opengis.net/sld", "o": "http://www.opengis.net/ogc"}
WILD = "a<b>&\"'\x08\ud800 æøå 🏖"
SHAPES = {
    Drawing.SYMBOLS: Point(0, 0),
    Drawing.CIRCLES: Point(0, 0),
    Drawing.LINES: LineString([(0, 0), (9, 9)]),
    Drawing.CELLS: box(0, 0, 9, 9),
    Drawing.AREAS: box(0, 0, 9, 9),
    Drawing.OUTLINE: box(0, 0, 9, 9),
}


def sheet(drawing, *classes, **columns):
    """Return a sheet with one row of each class."""
    table = gpd.GeoDataFrame(
        {"class": [entry.key for entry in classes], **columns},
        geometry=[SHAPES[drawing]] * len(classes),
        crs=CRS,
    )
    icon = "icon" if "icon" in columns else ""
    layer = Layer("l", "Layer", table, "class", classes, drawing, icon=icon)
    return Sheet("l", "Layer", table, {"class": Column("Class")}, layer)


def styled(made):
    return etree.fromstring(qml(made).encode())


def options(symbol):
    """Return the options of the layers of a symbol, after seeing that both forms agree."""
    found = []
    for part in symbol.iterfind("layer"):
        new = {one.get("name"): one.get("value") for one in part.iterfind("Option/Option")}
        old = {one.get("k"): one.get("v") for one in part.iterfind("prop")}
        assert new == old
        found.append((part.get("class"), new))
    return found


def told(part):
    """Return the expressions of a layer of a symbol by what they decide."""
    path = "data_defined_properties/Option/Option[@name='properties']/Option"
    return {
        one.get("name"): one.find("Option[@name='expression']").get("value")
        for one in part.iterfind(path)
    }


def test_classes_keep_their_order_labels_and_colours():
    one, other = Class("far", "Far", "#a3150f"), Class("near", "Near", "#0b4f8a")
    renderer = styled(sheet(Drawing.CIRCLES, one, other)).find("renderer-v2")
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "class")
    named = [(c.get("value"), c.get("label"), c.get("symbol")) for c in renderer[0]]
    assert named == [("far", "Far", "0"), ("near", "Near", "1")]
    colours = [options(symbol)[0][1]["color"] for symbol in renderer.find("symbols")]
    assert colours == ["163,21,15,255", "11,79,138,255"]
    clause = renderer.findtext("orderby/orderByClause")
    assert clause == "array_find(array('far', 'near'), \"class\")"


def test_only_classes_that_occur_are_in_the_legend_or_all_if_none_does():
    made = sheet(Drawing.CELLS, Class("a", "A", "#a3150f"), Class("b", "B", "#0b4f8a"))

    def labels(layer):
        categories = styled(Sheet("l", "L", layer.table, {}, layer)).iter("category")
        return [one.get("label") for one in categories]

    def rows(keep):
        layer = made.layer
        table = layer.table[layer.table["class"].isin(keep)]
        return Layer("l", "L", table, "class", layer.classes, Drawing.CELLS)

    assert labels(rows(["b"])) == ["B"]
    assert labels(rows([])) == ["A", "B"]


@pytest.mark.parametrize(
    ("drawing", "entry", "parts"),
    [
        (Drawing.CELLS, Class("c", "C", "#102030", "square"), ["SimpleFill", "SimpleLine"]),
        (Drawing.CELLS, Class("c", "C", "#102030", "ring"), ["SimpleLine"]),
        (Drawing.AREAS, Class("c", "C", "#102030"), ["SimpleFill"]),
        (Drawing.OUTLINE, Class("c", "C", "#102030", "line"), ["SimpleLine"]),
        (Drawing.LINES, Class("c", "C", "#102030", "line"), ["SimpleLine"]),
        (Drawing.CIRCLES, Class("c", "C", "#102030"), ["SimpleMarker"]),
        (Drawing.SYMBOLS, Class("c", "C", "#102030", icon="tree"), ["SvgMarker"]),
    ],
)
def test_each_drawing_has_its_marks(drawing, entry, parts):
    symbol = styled(sheet(drawing, entry)).find(".//symbols/symbol")
    assert [kind for kind, _ in options(symbol)] == parts


def test_cells_let_half_of_what_lies_under_through_unless_they_are_solid():
    clear, solid = Class("c", "C", "#102030", "square"), Class("s", "S", "#102030", solid=True)
    symbols = styled(sheet(Drawing.CELLS, clear, solid)).iterfind(".//symbols/symbol")
    assert [options(one)[0][1]["color"] for one in symbols] == ["16,32,48,128", "16,32,48,255"]


def test_sizes_are_pixels_of_the_screen_in_millimetres():
    dashed = Class("d", "D", "#102030", "line", size=96 / 25.4, dash="9 4")
    found = options(styled(sheet(Drawing.OUTLINE, dashed)).find(".//symbols/symbol"))[0][1]
    assert (found["line_width"], found["customdash"]) == ("1", "2.38;1.06")
    assert (found["use_custom_dash"], found["customdash_unit"]) == ("1", "MM")
    ring = Class("r", "R", "#102030", "ring", size=96 / 25.4)
    found = options(styled(sheet(Drawing.CIRCLES, ring)).find(".//symbols/symbol"))[0][1]
    assert (found["size"], found["color"]) == ("2", "255,255,255,255")
    assert (found["outline_color"], found["outline_width"]) == ("16,32,48,255", "0.66")


def test_scales_are_those_of_zooms_at_sixty_degrees_north():
    # One pixel at zoom 0 is 156 543.034 m on the equator (OGC 17-083r4, D.1), half at 60° N.
    assert denominator(15, 0.28) == round(156543.03392804097 / 2 / 2**15 / 0.00028)
    assert denominator(15) == round(denominator(15, 0.28) * 0.28 / (25.4 / 96))
    street = denominator(15.5)
    assert growing(2).startswith(f"2 * max(0.4, min(2.2, ({street} / coalesce(@map_scale, ")


def test_sizes_follow_the_scale_as_the_web_map_lets_them():
    painter = (Path(qgis.__file__).parents[1] / "browser" / "painter.js").read_text("utf-8")
    assert "const STREET_LEVEL = 15.5;" in painter
    assert "Math.min(2.2, Math.max(0.4, 2 ** ((zoom - STREET_LEVEL) / 1.8)))" in painter
    assert (scales.STREET_LEVEL, scales.SMALLEST, scales.LARGEST) == (15.5, 0.4, 2.2)
    assert scales.STEEPNESS == 1.8


def test_a_layer_is_seen_where_any_of_its_classes_is():
    early = Class("a", "A", "#a3150f", "line", from_zoom=12.5)
    late = Class("b", "B", "#0b4f8a", "line", from_zoom=14, below_zoom=16)
    root = styled(sheet(Drawing.LINES, early, late))
    flags = [root.get(k) for k in ("hasScaleBasedVisibilityFlag", "minScale", "maxScale")]
    assert flags == ["1", str(denominator(12.5)), "0"]
    limits = [told(part).get("enabled") for part in root.iterfind(".//symbols/symbol/layer")]
    between = f"@map_scale <= {denominator(14)} AND @map_scale > {denominator(16)}"
    assert limits == [None, between]
    always = styled(sheet(Drawing.LINES, Class("a", "A", "#a3150f", "line")))
    assert always.get("hasScaleBasedVisibilityFlag") == "0"


def test_signs_are_ours_with_the_icon_of_each_row():
    entry = Class("play", "Play", "#946200", "triangle", icon="swing", letter="L")
    part = styled(sheet(Drawing.SYMBOLS, entry)).find(".//symbols/symbol/layer")
    name = part.find("Option/Option[@name='name']").get("value").removeprefix("base64:")
    assert b64decode(name).decode() == sign("triangle", "#946200", "swing", "L")
    assert "name" not in told(part)
    other = Class("play", "Play", "#946200", "triangle", letter="L")
    table = sheet(Drawing.SYMBOLS, other, other, icon=["swing", "ball"])
    case = told(styled(table).find(".//symbols/symbol/layer"))["name"]
    cases = [f"WHEN \"icon\" = '{icon}' THEN 'base64:" for icon in ("ball", "swing")]
    assert [case.count(one) for one in cases] == [1, 1]
    for icon in ("ball", "swing"):
        packed = case.split(f"'{icon}' THEN 'base64:")[1].split("'")[0]
        assert b64decode(packed).decode() == sign("triangle", "#946200", icon, "L")


def test_columns_have_their_names_and_units_and_classes_their_labels():
    table = pd.DataFrame({"minutes": [1.0]})
    plain = Sheet("homes", "Homes", table, {"minutes": Column("Walk", "min")})
    alias = styled(plain).find("aliases/alias")
    assert dict(alias.attrib) == {"field": "minutes", "index": "1", "name": "Walk (min)"}
    assert styled(plain).find("renderer-v2") is None
    drawn = styled(sheet(Drawing.CELLS, Class("a", "Far off", "#a3150f")))
    listed = drawn.find(".//editWidget[@type='ValueMap']//Option[@name='map']/Option/Option")
    assert (listed.get("name"), listed.get("value")) == ("Far off", "a")


def test_names_stand_beside_places_and_nowhere_else():
    park = Class("park", "Park", "#2d7d32")
    places = styled(sheet(Drawing.SYMBOLS, park, name=["Vik"]))
    assert places.get("labelsEnabled") == "1"
    style = places.find("labeling/settings/text-style")
    assert (style.get("isExpression"), style.get("allowHtml")) == ("1", "0")
    assert '"name"' in style.get("fieldName")
    land = styled(sheet(Drawing.OUTLINE, park, name=["Vik"]))
    assert land.get("labelsEnabled") == "0"
    assert land.find("labeling") is None


@given(st.text(min_size=1), st.sampled_from(list(Drawing)))
def test_whatever_a_class_is_called_both_styles_stay_xml(text, drawing):
    made = sheet(drawing, Class(text, text, "#a3150f"), name=["Vik"])
    root = styled(made)
    seen = root.find(".//category")
    kept = clean(text).replace("\r\n", "\n")
    assert seen.get("label") == kept
    other = etree.fromstring(sld(made).encode())
    title = other.find(".//s:Rule/s:Title", SLD)
    assert (title.text or "") == kept


def test_sld_has_a_rule_for_each_class_with_its_filter_and_scales():
    entry = Class("a", "A <b>", "#a3150f", "square", size=1.2, dash="6 4", from_zoom=14)
    root = etree.fromstring(sld(sheet(Drawing.CELLS, entry)).encode())
    (rule,) = root.iterfind(".//s:Rule", SLD)
    assert rule.findtext("s:Title", namespaces=SLD) == "A <b>"
    equal = rule.find("o:Filter/o:PropertyIsEqualTo", SLD)
    assert [one.text for one in equal] == ["class", "a"]
    most = rule.findtext("s:MaxScaleDenominator", namespaces=SLD)
    assert most == str(denominator(14, OGC_PIXEL_MM))
    assert rule.find("s:MinScaleDenominator", SLD) is None
    css = {one.get("name"): one.text for one in rule.iterfind(".//s:CssParameter", SLD)}
    assert css == {
        "fill": "#a3150f",
        "fill-opacity": "0.5",
        "stroke": "#a3150f",
        "stroke-width": "1.2",
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
        "stroke-dasharray": "6 4",
    }


def test_sld_has_signs_with_a_plain_mark_beside_them():
    entry = Class("play", "Play", "#946200", "triangle", icon="swing")
    root = etree.fromstring(sld(sheet(Drawing.SYMBOLS, entry, name=["Vik"])).encode())
    graphic = root.find(".//s:Graphic", SLD)
    assert [etree.QName(one).localname for one in graphic] == [
        "ExternalGraphic",
        "Mark",
        "Size",
    ]
    assert graphic.findtext("s:Mark/s:WellKnownName", namespaces=SLD) == "triangle"
    assert root.findtext(".//s:Label/o:PropertyName", namespaces=SLD) == "name"


def known(**changed):
    """Return what metadata say of a layer."""
    source = Source("OSM & co", "ODbL 1.0", "© <OSM>", "2026-11", 1, "https://osm.org/?a=1&b=2")
    of = {
        "key": "m-places",
        "parent": "m",
        "title": WILD,
        "abstract": "Question: why?",
        "language": "nob",
        "day": "2026-11-22",
        "area": "Bodø",
        "crs": CRS,
        "metres": (474000.0, 7463000.0, 475000.0, 7464000.0),
        "degrees": (14.39, 67.27, 14.42, 67.28),
        "sources": (source,),
        "lineage": "Estimated.\nMended.",
    }
    return Described(**{**of, **changed})


def read(text, path):
    """Return what stands in elements of ISO 19139 on a path, by the steps that matter."""
    root = etree.fromstring(text.encode())
    return ["".join(one.itertext()).strip() for one in root.iterfind(path, NAMES)]


def test_iso_metadata_hold_what_a_catalogue_asks_for():
    text = iso(known())
    data = ".//gmd:MD_DataIdentification"
    assert read(text, f"{data}/gmd:citation//gmd:title") == [clean(WILD)]
    assert read(text, f"{data}/gmd:abstract") == ["Question: why?"]
    assert read(text, f"{data}/gmd:citation//gco:Date") == ["2026-11-22"]
    assert read(text, f"{data}/gmd:pointOfContact//gmd:organisationName") == ["© <OSM>"]
    assert read(text, f"{data}/gmd:pointOfContact//gmd:URL") == ["https://osm.org/?a=1&b=2"]
    assert read(text, f"{data}/gmd:language") == ["nob"]
    assert read(text, ".//gmd:otherConstraints") == ["© <OSM> – OSM & co, ODbL 1.0"]
    assert read(text, ".//gmd:RS_Identifier/gmd:code") == ["25833"]
    edges = ("west", "east", "south", "north")
    box_of = [
        read(text, f".//gmd:{e}Bound{'Longitude' if n < 2 else 'Latitude'}")[0]
        for n, e in enumerate(edges)
    ]
    assert box_of == ["14.390000", "14.420000", "67.270000", "67.280000"]
    assert read(text, ".//gmd:lineage//gmd:statement") == ["Estimated.\nMended."]
    assert read(text, ".//gmd:LI_Source//gco:Date") == ["2026-11"]
    assert read(text, "gmd:parentIdentifier") == ["m"]


def test_metadata_of_a_table_say_no_place_and_a_strange_date_is_left_out():
    source = Source("Own", "–", "Bodø", "last spring", 1)
    text = iso(known(metres=None, degrees=None, sources=(source,), lineage=""))
    assert read(text, "gmd:hierarchyLevel") == ["nonGeographicDataset"]
    assert read(text, ".//gmd:EX_Extent") == []
    assert read(text, ".//gmd:LI_Source//gco:Date") == []
    assert 'gco:nilReason="unknown"' in text
    assert "<extent>" not in qmd(known(metres=None, degrees=None))


def test_metadata_of_qgis_say_the_same():
    root = etree.fromstring(qmd(known()).encode())
    assert root.findtext("title") == clean(WILD)
    assert [one.text for one in root.iterfind("history")] == ["Estimated.", "Mended."]
    assert root.findtext("license") == "© <OSM> – OSM & co, ODbL 1.0"
    assert root.find("links/link").get("url") == "https://osm.org/?a=1&b=2"
    assert root.find("extent/spatial").get("minx") == "474000.00"


def test_a_file_covers_what_its_layers_cover():
    export, say = exported("nb"), speaker("nb")
    whole = described(export, None, say)
    homes = described(export, export.sheet("homes"), say)
    assert whole.parent == ""
    assert homes.parent == whole.key == export.stem
    assert homes.metres == tuple(export.sheet("homes").table.total_bounds)
    assert whole.metres[0] <= homes.metres[0]
    assert whole.metres[3] >= homes.metres[3]
    west, south, east, north = whole.degrees
    assert 14 < west < east < 15
    assert 67 < south < north < 68
    assert homes.language == "nob"
    assert say(Message("There are {n} doubts.", {"n": 2})) in homes.lineage
