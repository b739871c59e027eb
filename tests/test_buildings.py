"""Public buildings: in use, of a type that is a place, and one row for what is one place."""

from __future__ import annotations

import csv

import pytest
from shapely import Point

from data.services.buildings import IN_USE, SERVICE, building_kinds
from geo.errors import CatalogueError, SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.gml import UNREADABLE_SENTENCE, Member, Service, box_land

NAME = "app:Bygning"
LAND = box_land(12.0, 65.0, 13.0, 66.0, "1812")
METRE = 1 / 111_400  # of latitude at 65 degrees north


def building(
    number: int, code: object, north_m: float = 0.0, status: str = "TB", **more
) -> Member:
    values = {
        "bygningsnummer": number,
        "bygningstype": code,
        "bygningsstatus": status,
        "kommunenummer": "1812",
        "oppdateringsdato": "2025-05-06T00:00:00",
        **more,
    }
    return Member(f"b.{number}", values, Point(12.2, 65.3 + north_m * METRE))


def read(folder, monkeypatch, play):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return SERVICE.read(LAND, get).register, asked


def rows(folder, monkeypatch, *some: Member):
    return read(folder, monkeypatch, Service({NAME: some}))[0]


def test_a_village_hall_is_a_row_without_a_name(tmp_path, monkeypatch):
    found = rows(tmp_path, monkeypatch, building(188888888, 662))
    (row,) = found.drop(columns="geometry").to_dict("records")
    assert (row["source"], row["ref"], row["name"]) == ("matrikkelen", "188888888", "")
    assert (row["kind"], row["updated"]) == ("community_centre", "2025-05-06")


@pytest.mark.parametrize("status", [*IN_USE, "BR", "GR", "BF", "IP", "IG", "RA", "IGS", ""])
def test_only_buildings_in_use_are_places(tmp_path, monkeypatch, status):
    found = rows(tmp_path, monkeypatch, building(1, 642, status=status))
    assert len(found) == (status in IN_USE)


@pytest.mark.parametrize("code", [111, 311, 531, 611, 619, 722, 999, "", "skole"])
def test_other_types_are_no_places(tmp_path, monkeypatch, code):
    assert len(rows(tmp_path, monkeypatch, building(1, code))) == 0


def test_houses_of_one_school_are_one_row(tmp_path, monkeypatch):
    houses = [
        building(3, 613, 0),
        building(2, 613, 90, oppdateringsdato="2026-01-02"),
        building(1, 613, 180),  # near the second, not the first
        building(4, 613, 290),
        building(5, 653, 90),  # the pool is a place of its own
    ]
    found = rows(tmp_path, monkeypatch, *houses)
    assert found[["ref", "kind"]].to_numpy().tolist() == [
        ["1", "school"],
        ["4", "school"],
        ["5", "swimming_pool"],
    ]
    assert found["updated"].tolist()[0] == "2026-01-02"


def test_which_house_comes_first_does_not_matter(tmp_path, monkeypatch):
    houses = [building(n, 613, 90 * n) for n in range(1, 5)]
    one = rows(tmp_path / "a", monkeypatch, *houses)
    other = rows(tmp_path / "b", monkeypatch, *houses[::-1])
    assert one.to_json() == other.to_json()


def test_no_building_is_no_row(tmp_path, monkeypatch):
    assert len(rows(tmp_path, monkeypatch)) == 0


def test_every_code_is_one_of_the_register(test_data):
    file = test_data / "api/matrikkel/building_types.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        codes = {row["Id"] for row in csv.DictReader(opened, delimiter=";")}
    assert set(building_kinds()) <= codes


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[662]\ntype = "Hus"\nkind = "hus"\nwhy = "Fordi"', "kind 'hus' is unknown"),
        ('[662]\ntype = "Hus"\nkind = "library"', "needs why"),
        ('[662]\ntype = "Hus"\nkind = "library"\nwhy = "Fordi"\nkode = 1', "kode is unknown"),
    ],
)
def test_a_wrong_row_is_said(tmp_path, text, fault):
    file = tmp_path / "kinds.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=fault):
        building_kinds(file)


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path, monkeypatch, always(said))


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        read(tmp_path, monkeypatch, always(said))
