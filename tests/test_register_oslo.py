"""The middle of Oslo: the national register of schools and the city's kindergartens."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.matching import is_walkable
from data.osm_file import read_file
from data.places import places_of
from data.register.matching import matched
from data.register.merging import merged
from data.wanted import wanted
from geo.crs import WGS84, to_metric
from tests.registers import found, of, rows

CRS = "EPSG:25832"
SCHOOLS_BEYOND_THE_EDGE = {
    *("Voldsløkka skole", "Uranienborg skole", "Ullevål skole", "Sinsen skole"),
    *("Oslo sjøskole", "Lycee Francais Rene Cassin Doslo", "Kampen skole", "Jordal skole"),
    "Ekeberg skole",
}
"""All nine schools that are not found: 101 to 584 m outside the extract."""

NOT_MAPPED = {
    *("Breidablikk barnehage", "Jutul Kanvas-barnehage", "Lindekroken Kanvas-barnehage"),
    *("Skrellinga Kanvas-barnehage", "Trollstua Kanvas-barnehage"),
    "Veslefrikk Kanvas-barnehage",
}
"""Kindergartens inside the extract of which no feature nearby has the name."""


@pytest.fixture(scope="module")
def town(test_data):
    file = test_data / "oslo" / "oslo-sentrum.osm.pbf"
    extract = read_file(file, keep_feature=wanted, keep_way=is_walkable)
    outline = to_metric(gpd.GeoDataFrame(geometry=[extract.boundary], crs=WGS84), CRS)
    land = outline.geometry.iloc[0]
    return places_of(to_metric(extract.features, CRS), land), land, extract.features["tags"]


@pytest.fixture(scope="module")
def told(test_data, town):
    schools = gpd.read_file(test_data / "oslo" / "grunnskoler.geojson")
    homes = pd.read_csv(test_data / "oslo" / "barnehager.csv")
    homes = homes[homes["category"] != "Familiebarnehage"]  # somebody's home
    spots = gpd.points_from_xy(homes["longitude"], homes["latitude"])
    where = to_metric(gpd.GeoDataFrame(geometry=[*schools.geometry, *spots], crs=WGS84), CRS)
    columns = zip(
        [*schools["nsrid"].astype(str), *homes["id"].astype(str)],
        ["school"] * len(schools) + ["kindergarten"] * len(homes),
        [*schools["skolenavn"], *homes["name"]],
        where.geometry,
        strict=True,
    )
    table = rows(*columns).set_crs(CRS, allow_override=True)
    table["source"] = ["skoler"] * len(schools) + ["own"] * len(homes)
    inside = table.intersects(town[1]) | (table["source"] == "skoler")
    return table[inside].reset_index(drop=True)


@pytest.fixture(scope="module")
def register(town, told):
    return matched(town[0], told)


def test_every_school_in_the_extract_is_found_or_asked_about(town, register):
    schools = register[register["source"] == "skoler"]
    assert schools["status"].value_counts().to_dict() == {
        "matched": 21,
        "alone": 9,
        "conflict": 2,
    }
    alone = schools[schools["status"] == "alone"]
    assert set(alone["name"]) == SCHOOLS_BEYOND_THE_EDGE
    outside_m = alone.distance(town[1])
    assert outside_m.min() > 100
    assert outside_m.max() < 600
    asked = schools[schools["status"] == "conflict"].set_index("name")["rivals"]
    # Three features, and one row that names none of them more than the others.
    assert asked["Kristelig gymnasium AS"].split(";")[0] == "w870012541"
    assert asked["Den Tysk-Norske skolen i Oslo"] == "n12636051470;n5830063870"


def test_matched_schools_have_one_name(town, register):
    schools = register[(register["source"] == "skoler") & (register["status"] == "matched")]
    assert schools["place_id"].is_unique
    alike = schools["likeness"].sort_values()
    assert (alike.iloc[1:] > 0.99).all()
    assert of(register, "1029892").place_id == "n12636051469"  # "… grunnskole Myra"
    assert schools["distance_m"].max() < 30


def test_the_numbers_that_the_map_has_agree(test_data, town, register):
    """Mappers wrote organisation numbers on many features: no rule has read them."""
    places, _, tags = town
    truth = {}
    for place, ids in places["osm_ids"].items():
        for one in ids.split(";"):
            for key in ("ref:barnehage", "ref:udir_nsr"):
                if number := tags[one].get(key):
                    truth.setdefault(number, set()).add(place)
    schools = gpd.read_file(test_data / "oslo" / "grunnskoler.geojson")
    homes = pd.read_csv(test_data / "oslo" / "barnehager.csv")
    numbers = homes["organization_id"].fillna(0).astype("int64").astype(str)
    number = dict(zip(schools["nsrid"], schools["organisasjonsnummer"], strict=True))
    number |= dict(zip(homes["id"].astype(str), numbers, strict=True))

    told = register[register["source"] != "osm"]
    of_map = [truth.get(number[ref], set()) for ref in told["ref"]]
    right = [place in true for place, true in zip(told["place_id"], of_map, strict=True)]
    found_ = told["status"] == "matched"
    assert sum(right) == 75
    assert set(told["name"][found_ & ~np.array(right)].str[:16]) == {
        "Kia integrerings",  # no number in the city's file
        "Grünerløkka åpen",  # the city wrote a number that is none
    }
    for row, true in zip(told.itertuples(), of_map, strict=True):
        if row.status == "alone":
            assert true == set()
        if row.status == "conflict":
            assert true <= set(row.rivals.split(";"))


def test_kindergartens_of_the_city(register):
    own = register[register["source"] == "own"]
    assert own["status"].value_counts().to_dict() == {"matched": 56, "alone": 6, "conflict": 3}
    assert set(own["name"][own["status"] == "alone"]) == NOT_MAPPED
    assert found(register, "98", "own") == ("conflict", "n10916799055;n10916799056")
    assert found(register, "1", "own") == ("conflict", "r10993279")  # mapped as a school
    assert found(register, "6", "own") == ("conflict", "w761333029")
    # Spellings: a misplaced accent, words in another order, a name in North Sámi.
    assert found(register, "34", "own") == ("matched", "w122553392")
    assert found(register, "63", "own") == ("matched", "n10941980954")
    assert found(register, "14", "own") == ("matched", "w761333029")


def test_places_grow_by_those_alone_and_none_is_lost(town, register):
    places, land, _ = town
    table = merged(places, register, land=land)
    assert len(table) == len(places) + 15
    assert table.loc[places.index, "osm_ids"].equals(places["osm_ids"])
    new = table[table["osm_ids"] == ""]
    assert new["inside"].sum() == 6
    assert shapely.is_valid(new.geometry.to_numpy()).all()
