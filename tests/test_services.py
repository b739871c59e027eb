"""The catalogue of services: each says who it is, is there once, and is written of."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.known import Known
from data.services import education, nsr
from data.services import schools as quick
from data.services.catalogue import SERVICES
from data.services.service import Land, Service
from geo.errors import Message, SourceError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "services"
MODULES = [
    import_module(f"data.services.{file.stem}") for file in sorted(FOLDER.glob("[a-z]*.py"))
]
HELPERS = {
    *("addresses", "areas", "arcgis", "catalogue", "entries", "gather", "geoserver", "gml"),
    *(
        "gml_shapes",
        "height_tiles",
        "kommune_names",
        "kommuner",
        "placed",
        "pxweb",
        "registers",
        "service",
    ),
    *("registers", "service", "swedish_kommuner", "udir", "wfs"),
}
"""Modules that several readers, or a build itself, use: no services."""

STAND_INS = {"nsr", "nbr"}
"""Asked by `education`, not by themselves."""

LAND = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
COLUMNS = ("ref", "name", "kind", "address", "wheelchair", "opening_hours", "updated")


def key(service):
    return service.key


def services_of(module):
    return [one for one in vars(module).values() if isinstance(one, Service)]


def name(module):
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("module", [m for m in MODULES if name(m) not in HELPERS], ids=name)
def test_every_module_has_a_service_and_every_service_is_asked(module):
    found = services_of(module)
    assert found, f"{module.__name__} has no Service: it is a helper, or not done"
    assert {one.key for one in found} - STAND_INS <= {one.key for one in SERVICES}


def test_helpers_are_there():
    assert {name(module) for module in MODULES} >= HELPERS


def test_keys_and_names_are_of_one_service():
    assert len({one.key for one in SERVICES}) == len(SERVICES)
    assert len({one.name for one in SERVICES}) == len(SERVICES)


@pytest.mark.parametrize("service", SERVICES, ids=key)
def test_a_service_says_who_it_is(service):
    assert re.fullmatch("[a-z][a-z0-9_]*", service.key)
    assert service.name.strip() == service.name != ""
    assert service.licence
    assert service.attribution
    assert re.fullmatch(r"https://[\w.-]+\.[a-z]+(/\S*)?", service.url)
    assert set(service.countries) <= {"no", "se", "fi"}
    assert service.countries
    assert 0 <= service.days <= 365
    assert callable(service.read)


@pytest.mark.parametrize("service", SERVICES, ids=key)
def test_a_service_is_written_of(service):
    """With its key, by which a command leaves it out, and with its licence and thanks."""
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if f"`{service.key}`" in line]
    assert rows, f"docs/sources.md does not name `{service.key}`"
    assert any(service.licence in row and service.attribution in row for row in rows)


def known(source, *refs, missing=()):
    """Return schools with these numbers, as a service tells them."""
    told = {column: ["" for _ in refs] for column in COLUMNS} | {"ref": list(refs)}
    table = gpd.GeoDataFrame(
        {"source": [source] * len(refs)} | told,
        geometry=[shapely.Point(12.2, 65.4)] * len(refs),
        crs="EPSG:4326",
    )
    service = quick.SCHOOLS if source == "skoler" else nsr.SCHOOLS
    sources = (service.source(date="", rows=len(refs)),)
    return Known(register=table, sources=sources, missing=missing)


def closed(*_, **__):
    raise SourceError("It is closed.")


@pytest.fixture
def doors(monkeypatch):
    """Both doors, and the list of what the full one was told to be known already."""
    told = []

    def full(land, get, *, known=frozenset()):
        told.append(known)
        return globals()["known"]("nsr", "3")

    monkeypatch.setattr(quick, "schools", lambda land, get: known("skoler", "1", "2"))
    monkeypatch.setattr(nsr, "schools", full)
    monkeypatch.setattr(nsr, "special_schools", lambda land, get: frozenset({"2"}))
    return told


def test_both_doors_of_a_register_are_one_service_without_special_schools(doors):
    both = education.schools(LAND, {}.__getitem__)
    assert both.register["ref"].tolist() == ["1", "3"]
    assert set(both.register["source"]) == {"skoler"}
    assert [one.rows for one in both.sources] == [2, 1]
    assert both.missing == ()
    assert doors == [{"1", "2"}]
    assert both.register.crs == "EPSG:4326"


def test_the_full_door_stands_in_for_the_quick_one(doors, monkeypatch):
    monkeypatch.setattr(quick, "schools", closed)
    both = education.schools(LAND, {}.__getitem__)
    assert both.register["ref"].tolist() == ["3"]
    assert doors == [frozenset()]


def test_the_quick_door_alone_says_what_is_missing(doors, monkeypatch):
    monkeypatch.setattr(nsr, "special_schools", closed)
    both = education.schools(LAND, {}.__getitem__)
    assert both.register["ref"].tolist() == ["1", "2"]
    assert "folk high schools are missing" in str(both.missing[0])


def test_no_door_at_all_is_said(doors, monkeypatch):
    monkeypatch.setattr(quick, "schools", closed)
    monkeypatch.setattr(nsr, "schools", closed)
    with pytest.raises(SourceError, match="It is closed"):
        education.schools(LAND, {}.__getitem__)


def test_kindergartens_have_two_doors_too(monkeypatch):
    lost = (Message("One is nowhere."),)
    monkeypatch.setattr(quick, "kindergartens", lambda land, get: known("skoler"))
    monkeypatch.setattr(
        nsr, "kindergartens", lambda land, get, known: globals()["known"]("nsr", missing=lost)
    )
    both = education.kindergartens(LAND, {}.__getitem__)
    assert both.register.empty
    assert (both.sources, both.missing) == ((), lost)
    monkeypatch.setattr(quick, "kindergartens", closed)
    monkeypatch.setattr(nsr, "kindergartens", closed)
    with pytest.raises(SourceError, match="It is closed"):
        education.kindergartens(LAND, {}.__getitem__)


def test_nothing_is_asked_of_a_register_about_what_the_quick_door_told(monkeypatch):
    """With the real reader of the register behind."""
    unit = {
        **{"Organisasjonsnummer": "975286487", "Navn": "Berg skole", "ErAktiv": True},
        **{"ErSkole": True, "ErGrunnskole": True, "ErSpesialskole": False},
    }
    asked = []

    def get(url):
        asked.append(url)
        return json.dumps({"EnhetListe": [unit]}).encode()

    monkeypatch.setattr(quick, "schools", lambda land, get: known("skoler", "975286487"))
    both = education.schools(LAND, get)
    assert both.register["ref"].tolist() == ["975286487"]
    assert set(asked) == {f"{nsr.NSR}/enheter/kommune/1812"}
