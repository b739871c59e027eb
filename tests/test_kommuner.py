"""Municipalities of Norway: name and boundary, and which there are by any of their names."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely

from data.http import Fetcher
from data.services import kommune_names
from data.services.kommune_names import municipalities
from data.services.kommuner import SERVICE, municipality
from geo.errors import NotFoundError, SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

EDGE = [[[12.1, 65.2], [12.4, 65.2], [12.4, 65.5], [12.1, 65.5], [12.1, 65.2]]]
CRS = {"type": "name", "properties": {"name": "EPSG:4258"}}
SOMNA = {
    "kommunenavn": "Sømna",
    "kommunenavnNorsk": "Sømna",
    "kommunenummer": "1812",
    "fylkesnavn": "Nordland",
    "samiskForvaltningsomrade": False,
}
LIST = "api.kartverket.no/kommuneinfo/v1/fylkerkommuner"


def answering(about=SOMNA, number="1812", **geometry):
    area = {"type": "Polygon", "coordinates": EDGE, "crs": CRS} | geometry
    answers = {
        f"{SERVICE}/{number}": about,
        f"{SERVICE}/{number}/omrade?utkoordsys=4258": {"kommunenummer": number, "omrade": area},
    }
    return {url: json.dumps(body).encode() for url, body in answers.items()}.__getitem__


def test_name_and_boundary_arrive():
    name, boundary = municipality("1812", get=answering())
    assert name == "Sømna"
    assert boundary.equals(shapely.box(12.1, 65.2, 12.4, 65.5))


def test_the_norwegian_name_is_shown():
    about = SOMNA | {"kommunenavn": "Aarborte", "kommunenavnNorsk": "Hattfjelldal"}
    assert municipality("1826", get=answering(about, "1826"))[0] == "Hattfjelldal"


def test_a_boundary_in_several_parts_stays_whole():
    islands = [EDGE, [[[13, 66], [13.1, 66], [13.1, 66.1], [13, 66]]]]
    get = answering(type="MultiPolygon", coordinates=islands)
    assert len(municipality("1812", get=get)[1].geoms) == 2


def test_a_boundary_that_crosses_itself_keeps_its_land():
    bow = [[[12, 65], [13, 66], [13, 65], [12, 66], [12, 65]]]
    boundary = municipality("1812", get=answering(coordinates=bow))[1]
    assert boundary.is_valid
    assert boundary.area == pytest.approx(0.5)


@pytest.mark.parametrize("number", ["", "18", "18121", "../x", "18 2", "١٨١٢", "1812\n"])
def test_what_is_no_number_is_never_sent(number):
    with pytest.raises(SourceError, match="four digits, as 1804"):
        municipality(number, get={}.__getitem__)


def test_an_unknown_number_is_said():
    def get(url):
        raise NotFoundError("{url}", url=url)

    with pytest.raises(
        SourceError, match="There is no municipality with the number 1850 today"
    ):
        municipality("1850", get=get)


@pytest.mark.parametrize(
    "get",
    [
        lambda _: b"<html>",
        lambda _: b"\xff\xfe",
        lambda _: b"[]",
        answering(about={"kommunenavn": "Sømna"}),
        answering(about={"kommunenavnNorsk": None}),
        answering(coordinates=[]),
        answering(coordinates=[[[12, 65], [13, 66], [12, 65]]]),
        answering(coordinates="all of it"),
        answering(type="Point", coordinates=[12.2, 65.3]),
        answering(coordinates=[[[65, 12], [66, 12], [66, 13], [65, 12]]]),  # changed places
        answering(coordinates=[[[4e5, 7e6], [5e5, 7e6], [5e5, 8e6], [4e5, 7e6]]]),  # metres
    ],
)
def test_an_answer_in_another_form_is_said(get):
    with pytest.raises(SourceError, match="no usable name and boundary for municipality 1812"):
        municipality("1812", get=get)


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=f"api.kartverket.no {sentence}"),
    ):
        municipality("1812", get=get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said_and_not_kept(tmp_path, monkeypatch, said):
    with fetcher(tmp_path, monkeypatch, always(said)) as (get, asked):
        for _ in range(2):
            with pytest.raises(SourceError, match="no usable name and boundary"):
                municipality("1812", get=get)
        assert len(asked) >= 2


def test_a_recorded_municipality_is_read(tmp_path, monkeypatch, test_data):
    """The boundary is from a file of the same authority: no answer with one was recorded."""
    about = (test_data / "api/kommuneinfo/kommuner_1804.json").read_bytes()
    kommuner = gpd.read_file(test_data / "nordland/kommuner.geojson").set_index("id")
    edge = shapely.make_valid(kommuner.geometry["1804"])
    area = {"omrade": json.loads(shapely.to_geojson(edge)) | {"crs": CRS}}

    def play(path, query):
        assert path.startswith("api.kartverket.no/kommuneinfo/v1/kommuner/1804")
        return Said(json.dumps(area).encode() if "omrade" in path else about)

    with fetcher(tmp_path, monkeypatch, play) as (get, asked):
        name, boundary = municipality("1804", get=get)
    assert name == "Bodø"
    assert boundary.contains(shapely.Point(14.40, 67.28))
    assert "utkoordsys=4258" in asked[1]


def county(**change):
    one = {
        "kommunenummer": "1875",
        "kommunenavn": "Hábmer",
        "kommunenavnNorsk": "Hamarøy",
        "gyldigeNavn": [
            {"navn": "Hábmer", "sprak": "Lule Sami", "prioritet": 1},
            {"navn": None, "sprak": None, "prioritet": 3},
        ],
    }
    nordland = {"fylkesnummer": "18", "fylkesnavn": "Nordland", "kommuner": [one | change]}
    return Said(json.dumps([nordland]).encode())


def test_all_names_of_a_municipality_are_listed_and_the_norwegian_one_first(
    tmp_path, monkeypatch
):
    with fetcher(tmp_path, monkeypatch, always(county())) as (get, asked):
        listed = municipalities(get=get)
    (one,) = listed.municipalities
    assert (one.number, one.county, one.county_name) == ("1875", "18", "Nordland")
    assert one.names == ("Hamarøy", "Hábmer")
    assert listed.missing == ()
    assert asked == [f"/{LIST}"]


def test_the_recorded_county_is_listed_whole(tmp_path, monkeypatch, test_data):
    told = (test_data / "api/kommuneinfo/fylkerkommuner_fylke18_subset.json").read_bytes()
    with fetcher(tmp_path, monkeypatch, always(Said(told))) as (get, _):
        listed = municipalities(get=get)
    names = {one.number: one.names for one in listed.municipalities}
    assert len(names) == 41
    assert names["1826"] == ("Hattfjelldal", "Aarborte")
    assert names["1841"] == ("Fauske", "Fuossko")


def test_what_is_known_without_asking_is_what_was_recorded(test_data):
    told = (test_data / "api/kommuneinfo/fylkerkommuner_fylke18_subset.json").read_bytes()
    recorded = kommune_names._listed(told)
    known, day = kommune_names._fallback()
    assert tuple(one for one in known if one.county == "18") == recorded
    assert [one.names for one in known if one.county == "03"] == [("Oslo",)]
    assert day == "2023-11-22"
    kommuner = gpd.read_file(test_data / "nordland/kommuner.geojson")
    assert set(kommuner["id"]) == {one.number for one in recorded}


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_without_the_list_some_are_known_and_it_is_said(tmp_path, monkeypatch, said, sentence):
    with fetcher(tmp_path, monkeypatch, always(said)) as (get, _):
        listed = municipalities(get=get)
    assert len(listed.municipalities) == 42
    (missing,) = listed.missing
    assert "only 42 of them are known by name, as of 2023-11-22" in str(missing)
    assert sentence.partition(" \\(")[0] in str(missing)


@pytest.mark.parametrize(
    "said",
    [
        *UNREADABLE,
        county(kommunenummer="18750"),
        county(kommunenummer=1875),
        county(kommunenavnNorsk=None, kommunenavn=None, gyldigeNavn=None),
        county(kommunenavnNorsk=3),
    ],
)
def test_a_list_in_another_form_is_said(tmp_path, monkeypatch, said):
    with fetcher(tmp_path, monkeypatch, always(said)) as (get, _):
        listed = municipalities(get=get)
    assert len(listed.municipalities) == 42
    assert "no usable list of municipalities" in str(listed.missing[0])


@pytest.mark.live
def test_the_real_service_knows_bodo(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    name, boundary = municipality("1804", get=Fetcher(tmp_path))
    assert name == "Bodø"
    assert boundary.contains(shapely.Point(14.40, 67.28))
