"""How good the data is: counted on places drawn by hand."""

from __future__ import annotations

from datetime import date
from math import nan

import geopandas as gpd
import pytest
from shapely import Point

from data.catalogue import kinds
from geo.quality import doubts, quality
from geo.question import Question
from geo.tables import PLACES, REGISTER
from tests.towns import CRS
from words import speaker

TODAY = date(2026, 1, 1)
ASKED = Question("toytown", ("library", "park"))


def places(*told: dict[str, object]) -> gpd.GeoDataFrame:
    blank = {"name": "", "kind": "library", "kinds": "library", "family": "library"}
    blank |= {"setting": "indoor", "opening_hours": "", "wheelchair": "", "area_m2": nan}
    blank |= {"inside": True, "osm_ids": "n1", "sources": "osm", "updated": ""}
    if not told:
        return PLACES.none(CRS)
    rows = [blank | row for row in told]
    index = [f"n{n}" for n in range(len(rows))]
    points = [Point(0, 0)] * len(rows)
    return PLACES.check(gpd.GeoDataFrame(rows, index=index, geometry=points, crs=CRS))


def register(*told: dict[str, object]) -> gpd.GeoDataFrame:
    blank = {"source": "libraries", "ref": "1", "name": "", "kind": "library"}
    blank |= dict.fromkeys(("address", "wheelchair", "opening_hours", "updated", "rivals"), "")
    blank |= {"place_id": "", "status": "alone", "distance_m": nan, "likeness": nan}
    if not told:
        return REGISTER.none(CRS)
    rows = [blank | {"decided": False} | row for row in told]
    points = [row.pop("spot", Point(0, 0)) for row in rows]
    return REGISTER.check(gpd.GeoDataFrame(rows, geometry=points, crs=CRS))


def measured(some, rows=()):
    land = gpd.GeoDataFrame(geometry=[Point(0, 0).buffer(50)], crs=CRS)
    return quality(places(*some), register(*rows), kinds(), land=land, today=TODAY)


def test_shares_are_of_the_places_inside():
    some = [
        {"name": "Vik", "opening_hours": "Mo-Fr 10-16", "updated": "2024-01-01"},
        {"name": "Berg", "wheelchair": "no", "updated": "2025-01-01"},
        {"updated": "2020-01-01"},
        {"name": "Outside", "inside": False, "updated": "2025-12-31"},
    ]
    row = measured(some).loc["library"]
    assert row["places"] == 3
    assert row["named"] == pytest.approx(2 / 3)
    assert row["hours"] == row["wheelchair"] == pytest.approx(1 / 3)
    assert row["edited"] == "2025-01-01"
    assert row["age_years"] == pytest.approx(2.0, abs=0.01)


def test_what_is_always_open_needs_no_hours_and_an_unknown_age_is_unknown():
    park = {"kind": "park", "kinds": "park;playground", "setting": "outdoor"}
    found = measured([park])
    assert list(found.index) == ["playground", "park"]
    assert found[["hours", "age_years", "covered"]].isna().all(axis=None)
    assert (found["edited"] == "").all()


def test_coverage_is_how_much_of_the_register_the_map_has():
    rows = [
        {"place_id": "n0", "status": "matched"},
        {"place_id": "n1", "status": "alone"},
        {"place_id": "", "status": "conflict"},
        {"place_id": "", "status": "left_out"},
        {"place_id": "n0", "source": "osm"},
        {"place_id": "n0", "status": "matched", "spot": Point(99, 0)},
        {"place_id": "n0", "kind": "school", "status": "matched"},
    ]
    found = measured([{}, {"sources": "libraries", "osm_ids": ""}], rows)
    assert found.loc["library", "official"] == 3
    assert found.loc["library", "covered"] == pytest.approx(1 / 3)
    assert found.loc["school", "covered"] == 1
    assert found.loc["school", "places"] == 0


def test_a_kind_only_the_register_has_is_a_row_of_its_own():
    found = measured([], [{}])
    assert found.loc["library", ["places", "official", "covered"]].tolist() == [0, 1, 0]
    assert found.loc["library", ["named", "age_years"]].isna().all()


@pytest.mark.parametrize(
    ("row", "asked", "wheels", "said"),
    [
        ({}, {}, False, []),
        ({"updated": "2021-01-01"}, {}, False, ["edited years ago: Library"]),
        ({}, {"when": "saturday"}, False, ["opening hours: Library"]),
        ({}, {}, True, ["without steps: Library"]),
        ({"wheelchair": "no"}, {}, True, []),
    ],
)
def test_a_doubt_names_the_kinds_it_is_about(row, asked, wheels, said):
    found = measured([{"name": "Vik", **row}])
    question = Question("toytown", ("library", "park"), **asked)
    told = [speaker("en")(one) for one in doubts(found, question, kinds(), wheels=wheels)]
    assert len(told) == len(said)
    assert all(part in text for part, text in zip(said, told, strict=True))


def test_a_thin_map_is_said_in_the_readers_language():
    found = measured([], [{}])
    (doubt,) = doubts(found, ASKED, kinds(), wheels=False)
    assert "Library" in speaker("en")(doubt)
    assert speaker("nb")(doubt.values["kinds"][0]) == "Bibliotek"


def test_nothing_known_is_no_rows_and_no_doubt():
    found = measured([])
    assert found.empty
    assert doubts(found, ASKED, kinds(), wheels=True) == ()
