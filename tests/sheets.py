"""An export drawn by hand: every kind of shape, hostile texts, holes where numbers would be."""

from __future__ import annotations

import io
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.bundle import Area, Source
from layers.export.export import Export
from layers.export.sheet import Column, Sheet
from layers.layer import Class, Drawing, Layer

CRS = "EPSG:25833"
EAST, NORTH = 474_000.0, 7_463_000.0
DAY = "2026-11-21"
TEXTS = {
    "Bø, Åsgård, Ŋárga, Čuovŋŋ, Đearpmes": "letters",
    '=HYPERLINK("http://evil.example","x")': "formula",
    "+1": "formula",
    "-2+3": "formula",
    "@SUM(A1)": "formula",
    "\t=1": "formula",
    "\r=1": "formula",
    "a;b,c\nd\t\"e\" 'f'": "signs",
    "<script>alert(1)</script> & <b>]]></b>": "markup",
    "שלום \u202eabc مرحبا": "from the right",
    "🏖️" * 9: "pictures",
    "x\x00\x01\x1f\ufffe\ud800y": "forbidden",
    "ø" * 10_000: "long",
}
"""Names of places, and what is bad about each."""
KEPT = {
    text: "x" + 5 * "\ufffd" + "y" if kind == "forbidden" else text
    for text, kind in TEXTS.items()
}
"""What each is in every file."""
NEAR, FAR = Class("near", "Near <1>", "#0b4f8a"), Class("far", "Far", "#a3150f")
INLAND = shapely.Polygon(
    [(0, 0), (30_000, 900), (31_000, 25_000), (15_000, 40_000), (-7_000, 21_000)],
    [[(5_000, 5_000), (5_250, 5_000), (5_250, 5_250), (5_000, 5_250)]],
)


def at(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape drawn about (0, 0) where the town lies."""
    return shapely.transform(shape, lambda spots: np.add(spots, (EAST, NORTH)))


def square(x: float, side: float = 250.0) -> shapely.Polygon:
    return at(shapely.box(x, 0, x + side, side))


def drawn(key: str, table: gpd.GeoDataFrame, drawing: Drawing, title: str = "") -> Sheet:
    """Return a map layer whose classes are near and far, in turn."""
    table = table.assign(
        **{"class": ["near", "far"] * (len(table) // 2) + ["near"] * (len(table) % 2)}
    )
    layer = Layer(key, key.title(), table, "class", (NEAR, FAR), drawing, title=title)
    units = {"minutes": "min", "area_m2": "m²"}
    names = [name for name in table.columns if name != table.geometry.name]
    columns = {name: Column(f"{name.capitalize()} ø", units.get(name, "")) for name in names}
    return Sheet(key, f"The {key}: [all]", table, columns, layer)


def places() -> Sheet:
    n = len(TEXTS)
    return drawn(
        "places",
        gpd.GeoDataFrame(
            {
                "id": [f"n{i}" for i in range(n)],
                "name": pd.Series(list(TEXTS), dtype=object),
                "minutes": [nan_or(i) for i in range(n)],
                "reach": ["No way on foot" if i == 0 else "Within reach" for i in range(n)],
                "inside": [i % 2 == 0 for i in range(n)],
                "places_per_thousand": np.arange(n),
                "places_per_home": np.arange(n) / 3,
            },
            geometry=[at(shapely.Point(100 * i, 7 * i)) for i in range(n)],
            crs=CRS,
        ),
        Drawing.CIRCLES,
        "name",
    )


def nan_or(n: int) -> float:
    return n / 10 if n % 3 else np.nan


def zones() -> Sheet:
    shapes = [square(0), at(INLAND), shapely.MultiPolygon([square(900), square(2000)])]
    table = gpd.GeoDataFrame(
        {
            "id": ["z1", "z2", "z3"],
            "people": [1234.0, np.nan, 0.0],
            "people_text": ["about 1,230", "fewer than 5", ""],
            "area_m2": [shape.area for shape in shapes],
        },
        geometry=shapes,
        crs=CRS,
    )
    return drawn("zones", table, Drawing.CELLS)


def paths() -> Sheet:
    line = at(shapely.LineString([(0, 0), (100, 0), (100, 70)]))
    both = shapely.MultiLineString([line, at(shapely.LineString([(0, 9), (9, 9)]))])
    return drawn(
        "paths",
        gpd.GeoDataFrame({"way": [1, 2]}, geometry=[line, both], crs=CRS),
        Drawing.LINES,
    )


def mixed() -> Sheet:
    """Return a layer of three kinds of shape, a collection of two, and none at all."""
    spot = at(shapely.Point(5, 5))
    line = at(shapely.LineString([(0, 0), (3, 4)]))
    both = shapely.GeometryCollection([spot, square(0)])
    shapes = [spot, square(500), line, both, None]
    return drawn(
        "mixed", gpd.GeoDataFrame({"n": range(5)}, geometry=shapes, crs=CRS), Drawing.AREAS
    )


def nothing() -> Sheet:
    table = gpd.GeoDataFrame({"id": [], "minutes": []}, geometry=[], crs=CRS)
    return drawn("nothing", table.astype({"id": object}), Drawing.CELLS)


def groups() -> Sheet:
    table = pd.DataFrame(
        {
            "key": ["everybody", "older"],
            "group": ["=All", "Older, 67–79"],
            "people": [163_667.0, np.nan],
            "share_percent": [-33.25, np.nan],
            "half_min": [10.3, np.nan],
            "note": ["", "Too few to tell"],
        }
    )
    labels = {"share_percent": ("Share", "%"), "half_min": ("Half have at most", "min")}
    columns = {name: Column(*labels.get(name, (name.title(),))) for name in table.columns}
    return Sheet("groups", "Groups", table, columns)


def drawn_export(*more: Sheet) -> Export:
    """Return an export with all of these."""
    about = (("Area", "=Vik"), ("Source", "© <Ŋuorgu> & co"), ("Beware", "x" * 300))
    told = pd.DataFrame(about, columns=["what", "text"])
    columns = {"what": Column("What"), "text": Column("It says")}
    return Export(
        stem=f"moteplass-vik-{DAY}",
        area=Area(
            "vik",
            "Vik",
            CRS,
            f"{DAY}T12:00:00+00:00",
            sources=(
                Source("OSM", "ODbL 1.0", "© OpenStreetMap contributors", DAY, 1),
                Source("mine.csv", "", "", "", 2),
            ),
        ),
        title="Meeting places in <Vik>",
        sheets=(
            *(zones(), paths(), mixed(), nothing(), places(), *more),
            *(groups(), Sheet("about", "What it rests on", told, columns)),
        ),
        about=about,
        day=DAY,
    )


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same_areas(found: gpd.GeoSeries, sheet: Sheet) -> None:
    """Say that areas agree to 1 m², in the CRS of the sheet."""
    there = found.to_crs(sheet.table.crs).area.to_numpy()
    assert np.abs(there - sheet.table.area.to_numpy()).max() < 1
