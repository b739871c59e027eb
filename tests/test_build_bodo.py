"""A municipality from end to end: every service plays, then each of them fails in turn."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from geopandas.testing import assert_geodataframe_equal
from shapely import Point

from data import build, build_command, bundle, http, overpass, store
from data.__main__ import main
from data.dwellings import ages
from data.services.catalogue import SERVICES
from data.terrain import UNTOLD
from geo.bundle import CONTRACTS, Bundle
from geo.tables import AGES
from tests import bodo_places
from tests.bodo import CLOSED, WHERE, Bodo, bodo
from tests.bodo_people import CELLS, NOT_GIVEN, SHARES, SILENT, UNITS, YEARS, cell_of, of_cells
from tests.bodo_places import AGREED, CONFLICT, COUNTS, HOME, MISSING, PEOPLE, SPECIAL
from tests.bodo_town import BOUNDARY, HALL, LAND, SEA, height_m, metric
from tests.loopback import Said
from tests.towns import SQUARE_M
from words import speaker

ROOT = Path(__file__).parent.parent
HERE = {one.key: one for one in SERVICES if "no" in one.countries}
UNKEPT = {key for key, one in HERE.items() if not one.days}
"""Services whose answers hold names of people, and are never kept."""

UNDATED = {"outdoor_areas", "secured_areas", "heights"}
"""Services that do not say how old they are."""

BROKEN = Said(b"Service Unavailable", status=503, content_type="text/plain")


@dataclass(frozen=True)
class Built:
    """The area as it should be, where it lies, and what was said while it was built."""

    town: Bodo
    home: Path
    bundle: Bundle
    said: str
    asked: tuple[str, ...]


@pytest.fixture(scope="module")
def town(tmp_path_factory, test_data) -> Iterator[Bodo]:
    """Run all services, and let nobody wait who asks them."""
    with (
        bodo(tmp_path_factory.mktemp("map"), test_data) as running,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(http.MIRROR, running.address)
        patch.setenv("MOTEPLASS_LANGUAGE", "en")
        patch.setattr("osmnx._overpass.time", SimpleNamespace(sleep=lambda _: None))
        for module in (build, build_command):
            patch.setattr(module, "Fetcher", partial(http.Fetcher, sleep=lambda _: None))
        yield running


@pytest.fixture(scope="module")
def whole(town, tmp_path_factory) -> Built:
    """Build the area once, with the command, while all services are up."""
    home = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTEPLASS_HOME", str(home))
        lines: list[str] = []
        patch.setattr(
            "builtins.print", lambda *said, **_: lines.append(" ".join(map(str, said)))
        )
        assert main(["build", "1804"]) == 0
        read = bundle.read("1804")
    return Built(town, home, read, "\n".join(lines), tuple(town.asked))


@pytest.fixture
def home(town, tmp_path, monkeypatch) -> Iterator[Path]:
    """Return a store of the test's own; whichever services it closes are open again after."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path))
    yield tmp_path
    town.down.clear()
    town.refused.clear()


def names(built: Bundle, source: str = "") -> set[str]:
    rows = built.register
    return set(rows["name"][rows["source"] == source] if source else rows["name"])


def same(table: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> None:
    assert_geodataframe_equal(table, other, check_less_precise=True)


# --- Everything answers ----------------------------------------------------------------


def test_every_service_of_the_country_is_played_and_asked(whole):
    assert {*HERE} | {"kommuneinfo", "map"} == {*WHERE}
    asked = [path.lstrip("/") for path in whole.asked]
    for key, places in WHERE.items():
        for where in places:
            assert any(one.startswith(where) for one in asked), f"{key}: {where}"
    assert any(one.startswith("ws.geonorge.no/adresser/") for one in asked)


def test_no_question_was_wrong_and_nothing_is_missing(whole):
    assert whole.town.refused == []
    assert whole.bundle.area.missing == ()
    assert "Bodø (1804), EPSG:25833" in whole.said
    assert "Traceback" not in whole.said


def test_the_homes_add_up_to_every_cell(whole):
    homes = whole.bundle.homes
    for middle, people in of_cells().items():
        inside = homes.intersects(metric(cell_of(middle)))
        assert homes["everybody"][inside].sum() == pytest.approx(people, abs=1e-6)
    assert homes["everybody"].sum() == pytest.approx(sum(of_cells().values()), abs=1e-6)
    assert set(homes["basis"]) == {"grid"}


@pytest.mark.parametrize("number", UNITS)
def test_the_homes_are_as_old_as_their_unit(whole, number):
    homes = whole.bundle.homes[whole.bundle.homes["zone"] == number]
    truth = dict(zip(AGES, _by_group(UNITS[number][2]), strict=True))
    for age in AGES:
        told = homes[age][homes["everybody"] > 0]
        if number == SILENT and age in NOT_GIVEN:
            assert told.isna().all()  # not given is not nobody
        else:
            assert told.sum() == pytest.approx(truth[age], abs=1e-6)


def _by_group(people: list[int]) -> list[int]:
    ends = [0, 6, 16, 20, 67, 80, len(YEARS)]
    return [sum(people[a:b]) for a, b in pairwise(ends)]


def test_what_is_not_given_lies_in_a_band(whole):
    unit = whole.bundle.zones.loc[SILENT]
    truth = dict(zip(AGES, _by_group(UNITS[SILENT][2]), strict=True))
    for age in NOT_GIVEN:
        assert math.isnan(unit[age])
        assert unit[f"{age}_low"] <= truth[age] <= unit[f"{age}_high"]
    assert len(whole.bundle.zones) == len(UNITS)  # a neighbour's is not among them


def test_the_sea_is_no_land(whole):
    (land,) = whole.bundle.boundary.geometry
    assert land.area == pytest.approx(LAND.area - SEA.area, rel=1e-4)
    assert not land.contains(metric(Point(-2500, 0)))
    assert land.contains(metric(Point(0, 0)))


def test_all_recorded_schools_of_the_land_are_there_and_no_others(whole):
    registers = whole.town.registers
    inside = {
        row["Navn"]
        for number, row in registers.schools.items()
        if row["ErAktiv"] and number in registers.positions
        if BOUNDARY.intersects(registers.positions[number])
    }
    assert len(inside) > 12
    by_address = {registers.schools[number]["Navn"] for number in ("913256840", "922244480")}
    assert names(whole.bundle, "skoler") == (inside | by_address) - {SPECIAL}


def test_a_school_that_the_map_lacks_is_a_place_with_an_entrance(whole):
    place = whole.bundle.places.loc[f"skoler:{MISSING}"]
    assert (place["name"], place["kind"]) == ("Alberthaugen skole", "school")
    assert (place["sources"], place["osm_ids"], place["inside"]) == ("skoler", "", True)
    doors = whole.bundle.entrances
    (door,) = doors.geometry[doors["place_id"] == f"skoler:{MISSING}"]
    at = whole.town.registers.positions[MISSING]
    there = gpd.GeoSeries([at], crs=4326).to_crs(25833).iloc[0]
    assert door.distance(there) < 5


def test_what_two_sources_call_alike_is_one_place_of_both(whole):
    (row,) = whole.bundle.register.query(
        f"source == 'skoler' and ref == '{AGREED}'"
    ).itertuples()
    assert row.status == "matched"
    place = whole.bundle.places.loc[row.place_id]
    assert place["sources"] == "osm;skoler"
    assert (whole.bundle.places["name"] == place["name"]).sum() == 1


def test_what_two_sources_call_differently_is_a_question(whole):
    (row,) = whole.bundle.register.query(
        f"source == 'skoler' and ref == '{CONFLICT}'"
    ).itertuples()
    assert row.status == "conflict"
    assert whole.bundle.places.loc[row.rivals, "name"] == bodo_places.OTHERWISE
    assert f"skoler:{CONFLICT}" not in whole.bundle.places.index


def test_a_survey_tells_of_the_library_and_its_registers_add_up(whole):
    places = whole.bundle.places
    (library,) = places[places["name"] == "Stormen bibliotek"].to_dict("records")
    assert library["wheelchair"] == "limited"
    assert set(library["sources"].split(";")) == {
        *("osm", "libraries", "tilgjengelighet", "matrikkelen")
    }


def test_a_branch_without_a_position_lies_at_its_address(whole):
    place = whole.bundle.places.loc["libraries:2180401"]
    at = metric(Point(bodo_places.DOORS[bodo_places.BRANCH]))
    assert place.geometry.distance(at) < 0.1


def test_a_hall_that_only_the_land_register_has_is_a_place(whole):
    place = whole.bundle.places.loc["matrikkelen:188000002"]
    assert (place["name"], place["kind"]) == ("", "community_centre")
    assert place.geometry.distance(metric(Point(HALL))) < 0.1


@pytest.mark.parametrize(
    ("source", "there"),
    [
        ("barnehager", {"Petra barnehage", "Jentofts barnehage", "Sykehusbarnehagen"}),
        ("libraries", {"Stormen bibliotek", "Rønvik filial"}),
        ("outdoor_areas", {"Bodøsjøen strand", "Rønvikskogen", "Rensåsparken"}),
        ("secured_areas", {"Geitvågen"}),
        ("turrutebasen", {"Keiserstien", "Lysløypa", ""}),
        ("matrikkelen", {""}),
    ],
)
def test_each_register_tells_what_lies_in_the_land(whole, source, there):
    """In the box lie a neighbour's too, dark tracks, torn-down halls and somebody's home."""
    assert names(whole.bundle, source) == there


def test_heights_are_those_of_the_ground_and_the_sea_has_none(whole):
    spots = np.array([(0.0, 0.0), (1000.0, 1500.0), (-2500.0, 0.0)])
    found = whole.bundle.terrain.at(spots + np.array(SQUARE_M))
    assert found == pytest.approx(height_m(*spots.T), abs=0.1, nan_ok=True)
    assert np.isnan(found[2])


def test_facts_are_there_and_the_suppressed_one_is_unknown(whole):
    facts = {fact.key: fact for fact in whole.bundle.area.facts}
    assert facts["low_income_share"].value == SHARES["06947"]["2024"]
    assert facts["low_income_share"].date == "2024"
    assert math.isnan(facts["low_income_share_children"].value)


def test_voluntary_organisations_are_counts_and_never_of_few(whole):
    facts = {fact.key: fact for fact in whole.bundle.area.facts}
    assert facts["voluntary_organisations"].value == sum(COUNTS.values())
    assert facts["voluntary_culture"].value == COUNTS["90"] + COUNTS["91"]
    assert math.isnan(facts["voluntary_faith"].value)
    assert not any("volunteers" in sources for sources in whole.bundle.places["sources"])


@pytest.mark.parametrize("key", HERE)
def test_every_service_is_named_with_its_licence_and_date(whole, key):
    service = HERE[key]
    (source,) = [one for one in whole.bundle.area.sources if one.name == service.name]
    assert source.licence == service.licence
    assert source.licence not in ("", UNTOLD) or key == "libraries"
    assert source.attribution == service.attribution != ""
    assert source.rows > 0
    if key not in UNDATED:
        assert re.fullmatch("20[0-9]{2}(-[0-9]{2}-[0-9]{2})?", source.date)


def test_nobody_is_in_the_bundle(whole):
    """Neither as written, nor in the tables when they are read."""
    folder = whole.home / "areas" / "1804"
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) > len(CONTRACTS)
    told = [file.read_bytes().decode("latin-1") for file in files]
    told += [file.read_text("utf-8") for file in files if file.suffix == ".toml"]
    for file in files:
        if file.suffix == ".parquet":
            told.append(gpd.read_parquet(file).to_csv())
        if file.suffix == ".tif":
            with rasterio.open(file) as raster:
                told.append(str(raster.tags()))
    planted = [*PEOPLE.values(), SPECIAL, HOME, "Planted", "planted", "redacted", "Heimveien"]
    assert [word for word in planted if any(word in text for text in told)] == []
    assert any("Alberthaugen" in text for text in told)


# --- One of them does not --------------------------------------------------------------

TABLES = ("boundary", "paths", "barriers", "backdrop", "zones", "incomes")
REGISTERS = (
    *("skoler", "barnehager", "libraries", "matrikkelen", "outdoor_areas"),
    *("secured_areas", "turrutebasen", "tilgjengelighet"),
)
FACTS = {
    "ssb_income": {"low_income_share", "low_income_share_children"},
    "volunteers": {"voluntary_organisations"}
    | {f"voluntary_{of}" for of in ("sport", "culture", "care", "faith")},
}


def faulty() -> list[object]:
    """Return each service with a fault of its own."""
    return [pytest.param(key, (BROKEN, CLOSED)[n % 2], id=key) for n, key in enumerate(HERE)]


@pytest.mark.parametrize(("key", "fault"), faulty())
def test_one_service_that_fails_takes_nothing_else_with_it(whole, home, key, fault):
    shutil.copytree(whole.home / "cache" / "overpass", home / "cache" / "overpass")
    whole.town.close(key, said=fault)
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    require_said(built, HERE[key].name)
    sources = [one.name for one in whole.bundle.area.sources]
    without = {HERE[key].name} | ({OTHER_DOORS[key]} if key in OTHER_DOORS else set())
    if key == "ssb_ages":
        without = set()
        assert ages()["1804"].source in built.area.sources
    left = {one.name for one in built.area.sources}
    assert {*sources} - left == without or key == "ssb_ages"
    require_tables(whole.bundle, built, key)
    require_people(whole.bundle, built, key)
    require_places(whole.bundle, built, key)
    told, before = ({f.key: f for f in one.area.facts} for one in (built, whole.bundle))
    assert before.keys() - told.keys() == FACTS.get(key, set())


OTHER_DOORS = {
    "skoler": "National register of schools",
    "barnehager": "National register of kindergartens",
}


def require_said(built: Bundle, *services: str) -> None:
    """Require that just these services are named as missing, in words of any language."""
    assert len(built.area.missing) == len(services)
    for service, message in zip(services, built.area.missing, strict=True):
        said = speaker("en")(message)
        assert said.startswith(f"{service}: ")
        assert "{" not in said  # a sentence within the sentence was said too
        assert re.search(r"HTTP 503|RemoteProtocolError|cannot be reached", said)
        norsk = speaker("nb")(message)
        assert len(norsk) > len(service)
        assert "{" not in norsk


def require_tables(before: Bundle, now: Bundle, key: str) -> None:
    for name in TABLES:
        if (name, key) == ("zones", "grunnkrets"):
            assert now.zones.empty
        else:
            same(getattr(now, name), getattr(before, name))
    if key == "heights":
        assert now.terrain is None
    else:
        np.testing.assert_array_equal(now.terrain.heights_m, before.terrain.heights_m)


def require_people(before: Bundle, now: Bundle, key: str) -> None:
    """Require that homes are the same; if those who count them fail, still the same people."""
    if key not in ("ssb_ages", "ssb_grid", "grunnkrets"):
        same(now.homes, before.homes)
        return
    assert now.homes["everybody"].sum() == pytest.approx(before.homes["everybody"].sum())
    if key == "ssb_grid":
        by_unit = now.homes.groupby("zone")["everybody"].sum().to_dict()
        assert by_unit == pytest.approx({n: sum(of) for n, (_, _, of) in UNITS.items()})
        assert set(now.homes["basis"]) == {"zone"}
        return
    for number, cells in CELLS.items():
        for middle in cells:
            inside = now.homes.intersects(metric(cell_of(middle)))
            people = now.homes["everybody"][inside].sum()
            assert people == pytest.approx(of_cells()[middle], abs=1e-6), number
    if key == "grunnkrets":  # then the ages of the whole are shared out
        assert now.homes["youth"].sum() == pytest.approx(
            sum(_by_group(of)[2] for _, _, of in UNITS.values())
        )


def require_places(before: Bundle, now: Bundle, key: str) -> None:
    """Require that places and rows are the same but for those that this service tells of."""
    old, new = before.places, now.places
    assert not any(key in sources.split(";") for sources in new["sources"])
    others = ~np.array([key in sources.split(";") for sources in old["sources"]], dtype=bool)
    assert [*new.index] == [i for i in old.index if not i.startswith(f"{key}:")]
    same(new.loc[old.index[others]], old[others])
    for place in old.index[~others & old.index.isin(new.index)]:
        left = [one for one in old.loc[place, "sources"].split(";") if one != key]
        assert new.loc[place, "sources"].split(";") == left
        assert new.loc[place].geometry.equals_exact(old.loc[place].geometry, 1e-6)
    rows, kept = (
        {*zip(t["source"], t["ref"], strict=True)} for t in (before.register, now.register)
    )
    gone = rows - kept
    assert {source for source, _ in gone} <= {key, "osm"}
    assert not any(source == key for source, _ in kept)
    assert kept <= rows
    assert bool(gone) == (key in REGISTERS)
    doors = [t[t["place_id"].isin(new.index)] for t in (before.entrances, now.entrances)]
    same(*(table.reset_index(drop=True) for table in doors))


def test_the_quick_door_of_the_school_register_is_not_missed(whole, home):
    whole.town.close("skoler")
    whole.town.down.pop("data-nsr.udir.no/")
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    assert names(built, "skoler") == names(whole.bundle, "skoler")
    assert HERE["skoler"].name not in {one.name for one in built.area.sources}


def test_the_full_door_of_the_school_register_is_missed_and_said(whole, home):
    whole.town.close("skoler")
    whole.town.down.pop("wfs.geonorge.no/skwms1/wfs.grunnskoler_vgs")
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    assert "folk high schools are missing" in " ".join(map(str, built.area.missing))
    assert names(whole.bundle, "skoler") - names(built, "skoler") == {
        *("Nettskolen i Nordland", "Privatistkontoret i Nordland")
    }


def test_without_the_register_of_addresses_what_has_no_position_is_missing(whole, home):
    whole.town.down["ws.geonorge.no/"] = BROKEN
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    said = " ".join(map(str, built.area.missing))
    assert "neither a position nor an address that can be found" in said
    assert {"Alberthaugen skole", "Saltvern skole"} <= names(built, "skoler")
    assert "Rønvik filial" not in names(built)


def test_without_any_other_service_the_map_and_the_boundary_are_enough(whole, home):
    whole.town.close(*HERE, said=BROKEN)
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    require_said(built, *(service.name for service in HERE.values()))
    assert set(built.places["sources"]) == {"osm"}
    assert built.homes["everybody"].sum() == pytest.approx(ages()["1804"].total)
    same(built.paths, whole.bundle.paths)


# --- The boundary or the map itself does not -------------------------------------------


def test_without_its_boundary_the_area_is_put_together_of_units(whole, home):
    shutil.copytree(whole.home / "cache" / "overpass", home / "cache" / "overpass")
    whole.town.close("kommuneinfo")
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    require_said(built, "Boundaries of municipalities")
    assert "put together of basic statistical units" in str(built.area.missing[0])
    assert built.area.name == "Bodø"
    (land,), (before,) = built.boundary.geometry, whole.bundle.boundary.geometry
    assert land.symmetric_difference(before).area < 1e-4 * before.area
    for part in ("zones", "register"):
        same(getattr(built, part), getattr(whole.bundle, part))
    assert [*built.places["name"]] == [*whole.bundle.places["name"]]
    assert built.homes["everybody"].sum() == pytest.approx(
        whole.bundle.homes["everybody"].sum(), rel=1e-6
    )


def test_without_the_map_registers_and_people_are_still_there(whole, home):
    whole.town.close("map", said=BROKEN)
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    assert len(built.area.missing) == 1
    said = speaker("en")(built.area.missing[0])
    assert said.startswith(
        "OpenStreetMap: nothing could be had. Paths and buildings are missing"
    )
    assert built.paths.empty
    assert names(built) == names(whole.bundle)
    same(built.zones, whole.bundle.zones)
    for middle, people in of_cells().items():
        inside = built.homes.intersects(metric(cell_of(middle)))
        assert built.homes["everybody"][inside].sum() == pytest.approx(people, abs=1e-6)
    (land,) = built.boundary.geometry
    assert land.area == pytest.approx(LAND.area, rel=1e-4)  # who draws the coast is not there
    assert built.area.facts[:1] == whole.bundle.area.facts[:1]


@pytest.mark.parametrize("key", ["map", "kommuneinfo"])
def test_a_poorer_area_never_replaces_one_that_is_there(whole, home, capsys, key):
    shutil.copytree(whole.home / "areas", home / "areas")
    whole.town.close(key)
    assert main(["build", "1804"]) == 1
    assert capsys.readouterr().err.strip()
    assert bundle.read("1804").area.built == whole.bundle.area.built
    require_same(bundle.read("1804"), whole.bundle)


def test_no_units_stand_in_for_a_municipality_that_is_gone(town, home, capsys):
    assert main(["build", "1850"]) == 1
    assert "no municipality with the number 1850" in capsys.readouterr().err
    assert not any("wfs.grunnkretser" in path and "1850" in path for path in town.asked)


def test_without_boundary_and_units_it_says_what_was_wrong_first(town, home, capsys):
    town.close("kommuneinfo")
    town.down["wfs.geonorge.no/skwms1/wfs.grunnkretser"] = BROKEN
    assert main(["build", "1804"]) == 1
    assert "api.kartverket.no does not answer" in capsys.readouterr().err
    assert store.codes() == []


def test_a_land_that_is_too_large_is_no_failure_of_the_map(town, home, monkeypatch, capsys):
    monkeypatch.setattr(overpass, "MAX_AREA_KM2", 1)
    assert main(["build", "1804"]) == 1
    assert "The area spans 2" in capsys.readouterr().err
    assert store.codes() == []


def test_with_neither_map_nor_services_there_is_nothing_to_build(town, home, capsys):
    town.close("map")
    assert main(["build", "1804", "--no-services"]) == 1
    assert "cannot be reached, or broke off" in capsys.readouterr().err
    assert store.codes() == []


# --- Again, and at once ----------------------------------------------------------------


def test_what_was_answered_is_not_asked_again(whole, home):
    """But for what is never kept: then it is missing, and the area is built without."""
    shutil.copytree(whole.home, home, dirs_exist_ok=True)
    whole.town.close(*WHERE)
    whole.town.down["ws.geonorge.no/"] = CLOSED
    before = len(whole.town.asked)
    assert main(["build", "1804"]) == 0
    asked = [path.lstrip("/") for path in whole.town.asked[before:]]
    unkept = tuple(where for key in UNKEPT for where in WHERE[key])
    assert [path for path in asked if not path.startswith(unkept)] == []
    built = bundle.read("1804")
    require_said(built, *(HERE[key].name for key in HERE if key in UNKEPT))
    for name in ("boundary", "paths", "homes", "zones"):
        same(getattr(built, name), getattr(whole.bundle, name))
    assert names(built, "skoler") == names(whole.bundle, "skoler")


def test_what_was_answered_is_used_while_it_is_fresh(whole, home):
    shutil.copytree(whole.home, home, dirs_exist_ok=True)
    whole.town.close(*(key for key in WHERE if key not in UNKEPT))
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    assert built.area.missing == ()
    require_same(built, whole.bundle)


def test_answers_that_are_too_old_stand_in_and_it_is_said(whole, home):
    shutil.copytree(whole.home, home, dirs_exist_ok=True)
    then = time.time() - 400 * http.SECONDS_PER_DAY
    for answer in (home / "cache").iterdir():
        if answer.is_file():
            os.utime(answer, (then, then))
    kept = [key for key in HERE if key not in UNKEPT]
    whole.town.close(*kept, "kommuneinfo", said=BROKEN)
    assert main(["build", "1804"]) == 0
    built = bundle.read("1804")
    day = time.strftime("%Y-%m-%d", time.gmtime(then))
    said = [speaker("en")(message) for message in built.area.missing]
    named = ["Boundaries of municipalities", *(HERE[key].name for key in kept)]
    assert said == [f"{name}: no answer now; that of {day} is used." for name in named]
    require_same(built, whole.bundle)


def require_same(built: Bundle, other: Bundle) -> None:
    for name in CONTRACTS:
        same(getattr(built, name), getattr(other, name))
    np.testing.assert_array_equal(built.terrain.heights_m, other.terrain.heights_m)
    assert [fact.key for fact in built.area.facts] == [fact.key for fact in other.area.facts]


def test_two_at_once_in_one_program_leave_one_whole_area(whole, home):
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(build.build_municipality, "1804") for _ in range(2)]
        for one in both:
            assert one.result().area.missing == ()
    require_whole(home, whole.bundle)


def test_two_programs_at_once_leave_one_whole_area(whole, home):
    shutil.copytree(whole.home / "cache", home / "cache")
    command = [sys.executable, "-m", "data", "build", "1804"]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in both:
        said, error = one.communicate(timeout=120)
        assert one.returncode == 0, error.decode()
        assert said.decode().startswith("Bodø (1804)")
    require_whole(home, whole.bundle)


def require_whole(home: Path, other: Bundle) -> None:
    """Require one whole area, and nothing half-built beside it."""
    require_same(bundle.read("1804"), other)
    left = {path.name for path in (home / "areas").iterdir()} - {".lock-1804"}
    assert left == {"1804"}
    assert store.codes() == ["1804"]
