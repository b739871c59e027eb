"""The middle of Oslo, counted by another route: every difference has its reason."""

from __future__ import annotations

from collections import Counter

import geopandas as gpd
import numpy as np
import osmium
import pyogrio
import pytest
import shapely

from data.catalogue import kinds

KINDS = {
    "school": ("amenity", "school"),
    "library": ("amenity", "library"),
    "kindergarten": ("amenity", "kindergarten"),
    "community_centre": ("amenity", "community_centre"),
    "park": ("leisure", "park"),
    "playground": ("leisure", "playground"),
    "pitch": ("leisure", "pitch"),
    "place_of_worship": ("amenity", "place_of_worship"),
}
IN_FILE = (62, 6, 132, 12, 138, 162, 157, 55)
"""As counted by hand from the tags, in the order of `KINDS`."""
UNREADABLE_BY_GDAL = 2
"""Closed ways that GDAL draws as neither line nor area."""
SHUT = ("construction", "disused", "abandoned", "ruins", "demolished", "razed", "proposed")
FOR_OTHERS = {"press", "business", "employee", "employees"}
CENSUS = 162_395
"""Residents of the cells of the population grid whose middle lies in the extract."""


@pytest.fixture(scope="module")
def file(test_data):
    return test_data / "oslo" / "oslo-sentrum.osm.pbf"


@pytest.fixture(scope="module")
def elements(file):
    """Return tags, and how many nodes of a way are missing, of all elements of `KINDS`."""
    found = {}
    for element in osmium.FileProcessor(str(file)).with_locations():
        tags = dict(element.tags)
        if any(value in tags.get(key, "").split(";") for key, value in KINDS.values()):
            nodes = element.nodes if element.is_way() else ()
            missing = sum(not node.location.valid() for node in nodes)
            found[f"{element.type_str()}{element.id}"] = (tags, missing)
    return found


def in_file(elements, kind):
    key, value = KINDS[kind]
    return {i for i, (tags, _) in elements.items() if value in tags.get(key, "").split(";")}


def reason(kind, tags, missing, counted_as):
    """Say why an element is not a place of that kind, or `""`."""
    if tags.get("access") in ("private", "no", "residents"):
        return f"access={tags['access']}"
    if any(tags.get(key) == "yes" for key in SHUT):
        return "not in use"
    if missing > 1:
        return "cut at the edge"
    if kind == "community_centre" and tags.get("community_centre:for") in FOR_OTHERS:
        return "for a trade only"
    if kind == "pitch" and "pitch" not in counted_as and set(counted_as) & set(kinds()):
        return f"is a {counted_as[0]}"
    return ""


def test_every_place_in_the_file_is_in_the_area_or_has_a_reason(elements, oslo):
    kinds_of = {
        i: row.kinds.split(";")
        for row in oslo.places.itertuples()
        for i in row.osm_ids.split(";")
    }
    lines, unexplained = ["kind               file  area  differences by reason"], {}
    for kind, expected in zip(KINDS, IN_FILE, strict=True):
        drawn = in_file(elements, kind)
        assert len(drawn) == expected
        places = oslo.places[[kind in of.split(";") for of in oslo.places["kinds"]]]
        ids = [i for of in places["osm_ids"] for i in of.split(";")]
        why = Counter({"merged with the same place": len(drawn & set(ids)) - len(places)})
        for i in drawn - set(ids):
            said = reason(kind, *elements[i], kinds_of.get(i, [""]))
            why[said] += 1
            if not said:
                unexplained[i] = kind, elements[i]
        # Of every place some element says so itself: nothing is made up.
        assert all(drawn & set(of.split(";")) for of in places["osm_ids"])
        assert expected - len(places) == why.total()
        told = ", ".join(f"{n} {said}" for said, n in why.most_common() if n)
        lines.append(f"{kind:<18} {expected:>4}  {len(places):>4}  {told}")
    print("\n" + "\n".join(lines))  # noqa: T201 - the table itself is worth reading
    assert unexplained == {}


@pytest.mark.filterwarnings("ignore:.*[Rr]ing")  # cut at the edge, and so not closed
def test_gdal_counts_the_same_elements(file, elements):
    seen = {kind: set() for kind in KINDS}
    for layer in ("points", "lines", "multipolygons", "multilinestrings", "other_relations"):
        table = pyogrio.read_dataframe(file, layer=layer, read_geometry=False)
        for kind, (key, value) in KINDS.items():
            if key in table:
                told = table[key].fillna("")
            else:
                told = table["other_tags"].fillna("").str.extract(f'"{key}"=>"([^"]*)"')[0]
            rows = table[[value in text.split(";") for text in told.fillna("")]]
            prefix = {"points": "n", "lines": "w"}.get(layer, "r")
            seen[kind] |= {f"{prefix}{i}" for i in rows["osm_id"].dropna()}
            if "osm_way_id" in rows:
                seen[kind] |= {f"w{i}" for i in rows["osm_way_id"].dropna()}
    lost = {kind: in_file(elements, kind) ^ found for kind, found in seen.items()}
    assert sum(map(len, lost.values())) == len(lost["kindergarten"]) == UNREADABLE_BY_GDAL


def test_estimated_residents_are_where_the_census_counted_them(test_data, oslo):
    grid = gpd.read_file(test_data / "oslo" / "befolkning_250m_2023_oslo.shp")
    # The file's own .prj names no datum that PROJ would shift: it is ETRS89 / UTM 33.
    grid = grid.set_crs(25833, allow_override=True)
    box = gpd.GeoSeries([shapely.box(10.72, 59.90, 10.78, 59.94)], crs=4326)
    (land,) = box.to_crs(25833)  # the boundary leaves out the sea, cells do not
    grid = grid[grid.centroid.within(land)]
    assert grid["pop_tot"].sum() == CENSUS
    at = oslo.homes.to_crs(25833).geometry
    cell, home = shapely.STRtree(at.to_numpy()).query(grid.geometry.to_numpy(), "covers")
    people = oslo.homes["everybody"].to_numpy()
    estimated = np.bincount(cell, weights=people[home], minlength=len(grid))
    whole = grid.geometry.within(land).to_numpy()
    counted, guessed = grid["pop_tot"].to_numpy()[whole], estimated[whole]
    r2 = 1 - ((counted - guessed) ** 2).sum() / ((counted - counted.mean()) ** 2).sum()
    total = oslo.homes["everybody"].sum()
    print(f"\n{total:.0f} estimated, {CENSUS} counted; R² = {r2:.2f} in {whole.sum()} cells")  # noqa: T201
    assert total == pytest.approx(CENSUS, rel=0.1)
    assert r2 > 0.8
