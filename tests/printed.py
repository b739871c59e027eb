"""Pages to print: a drawn town of few marks, and texts as long and as strange as they come."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pikepdf
from shapely import LineString, Point, box

from layers import palette
from layers.bivariate import bivariate
from layers.layer import Class, Drawing, Layer
from layers.paper.labels import Label
from layers.paper.page import Print, PrintMap
from tests.towns import CRS, SQUARE_M

X, Y = SQUARE_M
NAMES = (
    "Nordre Follo",
    "Sør-Varanger / Mátta-Várjjat / Etelä-Varanki",
    "Kárášjohka – Karasjok",
    ("Guovdageaidnu – Kautokeino og Unjárga – Nesseby, " * 3)[:120],
)
SAMI = "ÁáČčĐđŊŋŠšŦŧŽžÅåÆæØøÄäÖöÏï"
HOSTILE = '#panic("a") *b* $c$ <d> @e \\f =g _h_ `i` //j /*k*/ #{l} [m] ~ ---'
SENTENCE = (
    "Within ten minutes on foot, 4 of 5 residents reach a library or a park; those who do "
    "not live in the north. "
)


def table(column, values, shapes):
    return gpd.GeoDataFrame({column: values}, geometry=shapes, crs=CRS)


def land(say):
    shapes = [box(X, Y, X + 900, Y + 300), box(X + 100, Y + 500, X + 200, Y + 600)]
    return Layer(
        "land",
        "Land and water",
        table("what", ["water", "green"], shapes),
        "what",
        (Class("green", "Green area", palette.GREEN), Class("water", "Water", palette.WATER)),
        Drawing.AREAS,
    )


def homes(say):
    spots = [Point(X + 60 * n, Y + 400 + 11 * n) for n in range(18)]
    keys = ["half", "within", "double", "longer", "cut_off", "unknown"] * 3
    return Layer(
        "walk",
        "The walk to the nearest place",
        table("walk", keys, spots),
        "walk",
        tuple(
            Class(key, f"Walk {key.replace('_', ' ')}", colour, "ring" if "_" in key else "")
            for key, colour in palette.WALK.items()
        ),
        Drawing.CIRCLES,
        unit="minutes",
    )


def cells(say):
    shapes = [box(X + 250 * n, Y, X + 250 * n + 250, Y + 250) for n in range(4)]
    return Layer(
        "spots",
        "Many people, far away",
        table("class", ["a", "b", "c", "d"], shapes),
        "class",
        tuple(
            Class(key, f"Cells {key}", colour, "square", size=1.2, edge=palette.PEOPLE_EDGE)
            for key, colour in zip("abcd", palette.PEOPLE, strict=True)
        ),
        Drawing.CELLS,
    )


def places(count=6, *, apart_m=120.0):
    spots = [Point(X + 100 + apart_m * n, Y + 800) for n in range(count)]
    looks = palette.FAMILIES
    families = (list(looks) * count)[:count]
    return Layer(
        "places",
        "Meeting places",
        table("family", families, spots),
        "family",
        tuple(
            Class(
                key,
                f"Family {key}",
                look.colour,
                look.shape,
                icon=look.icon,
                letter=look.letter,
            )
            for key, look in looks.items()
        ),
        Drawing.SYMBOLS,
    )


def incomes(say):
    """Return areas of all incomes, near and far."""
    people = pd.DataFrame({"everybody": [30.0] * 9, "income": list(range(9))})
    told = gpd.GeoDataFrame(
        {"name": [f"Area {n}" for n in range(9)], "area_class": ["low", "middle", "high"] * 3},
        geometry=[box(X + 100 * n, Y, X + 100 * n + 100, Y + 100) for n in range(9)],
        crs=CRS,
    )
    walks = pd.Series([1.0, 1.0, 1.0, 12.0, 12.0, 12.0, 40.0, 40.0, 40.0])
    return bivariate(people, told, walks, within=10, say=say)


def streets():
    lines = [LineString([(X, Y + 350), (X + 1000, Y + 350)])]
    classes = (Class("main", "Main street", palette.STREETS["main"][0], "line", size=4),)
    return Layer(
        "streets", "Streets", table("street", ["main"], lines), "street", classes, Drawing.LINES
    )


def a_map(say=None, **changes):
    given = {
        "bounds": (X, Y, X + 1000, Y + 1000),
        "layers": (cells(say), homes(say), places()),
        "base": (land(say), streets()),
        "labels": (Label(0, "Bøler skole"), Label(3, f"Ŋ{SAMI[:8]}")),
    }
    return PrintMap(**(given | changes))


def a_print(**changes):
    given = {
        "title": "Møteplasser i Bodø",
        "sentence": SENTENCE.strip(),
        "maker": "Bodø kommune",
        "question": "Everybody: 10 minutes on foot to the nearest library or park.",
        "sources": (
            "© OpenStreetMap contributors, ODbL 1.0, 2026-11-01",
            "SSB, NLOD 2.0, 2026",
        ),
        "maps": (a_map(),),
        "day": "2026-11-22",
    }
    return Print(**(given | changes))


def tagged(pdf):
    """Yield the elements of a tagged PDF in the order in which they are read."""

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for one in element:
                yield from walk(one)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield str(element.S)[1:], str(element.get("/Alt", ""))
            if "/K" in element:
                yield from walk(element.K)

    yield from walk(pdf.Root.StructTreeRoot.K)
