"""Places and rows of registers, drawn in metres, for tests of the register of places."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import numpy as np
import shapely

from data.catalogue import kinds
from data.register.deciding import redecided
from data.register.matching import TOLD, matched
from data.register.merging import merged
from geo.tables import PLACES
from tests.towns import CRS, bundle, streets


def places(**told):
    """Return the map's places by id: kinds, name and a geometry or spot; more columns."""
    rows = {
        key: (of, name, _shape(where), more) for key, (of, name, where, *more) in told.items()
    }
    lead = [kinds()[of.split(";")[0]] for of, *_ in rows.values()]
    shapes = [shape for *_, shape, _ in rows.values()]
    table = gpd.GeoDataFrame(
        {
            "name": [name for _, name, *_ in rows.values()],
            "kind": [kind.key for kind in lead],
            "kinds": [of for of, *_ in rows.values()],
            "family": [kind.family for kind in lead],
            "setting": [kind.setting for kind in lead],
            "opening_hours": "",
            "wheelchair": "",
            "area_m2": [
                shape.area if shape.geom_type == "Polygon" else np.nan for shape in shapes
            ],
            "inside": True,
            "osm_ids": list(rows),
            "sources": "osm",
            "updated": "2024-01-01",
            "is_building": False,
        },
        index=list(rows),
        geometry=shapes,
        crs=CRS,
    )
    table = table.astype(
        dict.fromkeys(("opening_hours", "wheelchair", "sources", "updated"), str)
    )
    for key, (*_, more) in rows.items():
        for column, value in (more[0] if more else {}).items():
            table.loc[key, column] = value
    return table


def rows(*told, source="skoler"):
    """Return rows of a source: number, kind, name and a geometry, or a spot; more columns."""
    shapes = [_shape(where) for _, _, _, where, *_ in told]
    table = gpd.GeoDataFrame(
        {
            **{name: [""] * len(told) for name in TOLD},
            "source": [source] * len(told),
            "ref": [ref for ref, *_ in told],
            "kind": [kind for _, kind, *_ in told],
            "name": [name for _, _, name, *_ in told],
        },
        geometry=shapes,
        crs=CRS,
    )
    for n, (*_, more) in enumerate(told):
        for column, value in (more if isinstance(more, dict) else {}).items():
            table.loc[n, column] = value
    return table


def _shape(where):
    return where if isinstance(where, shapely.Geometry) else shapely.Point(where)


def of(register, ref, source="skoler"):
    """Return the one row with that number."""
    (row,) = register[(register["source"] == source) & (register["ref"] == ref)].itertuples()
    return row


def found(register, ref, source="skoler"):
    """Return what became of a row, and which place it is, or may be."""
    row = of(register, ref, source)
    return row.status, row.place_id or row.rivals


def area(**about):
    """
    Return an area, and its places as the map has them.

    It has one question, one match, and two places that only a register knows, one of
    them beyond its edge.
    """
    street = streets([(-100, -5), (600, -5)])
    known = bundle(street, {(0, 0): {"everybody": 10}}, {})
    yard = shapely.box(0, 0, 100, 100)
    mapped = {"wheelchair": "designated", "updated": "2020-01-01"}
    town = places(
        w1=("school", "Vik skole", yard, mapped), w2=("school;library", "Nes skole", (300, 0))
    )
    told = rows(
        ("1", "school", "Solbakken skole", (50, 50), {"wheelchair": "no", "updated": "2026"}),
        ("2", "school", "Nes skole", (305, 0), {"opening_hours": "24/7", "wheelchair": "yes"}),
        ("3", "pitch", "=1+1", (500, 0), {"address": "<b>Vik</b>"}),
        ("4", "pitch", "Borte", (9000, 0)),
    )
    register = matched(town, told)
    nowhere = gpd.GeoDataFrame({"place_id": [], "how": []}, geometry=[], crs=CRS)
    built = dataclasses.replace(
        known,
        area=dataclasses.replace(known.area, **about),
        places=PLACES.check(merged(town, register)),
        register=register,
        entrances=nowhere,
    )
    return redecided(built, {}), town
