"""Recreation areas: which are places, and a service that pages and refuses with 200."""

from __future__ import annotations

import json

import pytest
import shapely

from data.catalogue import kinds
from data.services import arcgis
from data.services.outdoor_areas import KINDS, MAPPED, SECURED, TOO_WIDE, simple
from data.services.service import Land
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

LAND = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
SQUARE = [[[12.2, 65.3], [12.3, 65.3], [12.3, 65.4], [12.2, 65.4], [12.2, 65.3]]]
BOW = [[[12.2, 65.3], [12.3, 65.4], [12.3, 65.3], [12.2, 65.4], [12.2, 65.3]]]


def area(number=1, ring=SQUARE, **properties):
    about = {"objectid": number, "omraadenavn": "Vikskogen", "omraadetype": "NaerTurterreng"}
    shape = {"type": "Polygon", "coordinates": ring} if ring else None
    return {"type": "Feature", "geometry": shape, "properties": about | properties}


def page(*areas, **more):
    return {"type": "FeatureCollection", "features": list(areas)} | more


def answering(*pages):
    """Return a service that answers with one page after the other."""
    waiting = [json.dumps(one).encode() for one in pages]
    return lambda url: waiting.pop(0)


def read(*areas, service=MAPPED):
    return service.read(LAND, answering(page(*areas)))


def test_an_area_is_read():
    known = read(area(kartlagtFOID="FK00016784"))
    assert known.register.drop(columns="geometry").to_dict("records") == [
        {
            "source": "outdoor_areas",
            "ref": "FK00016784",
            "name": "Vikskogen",
            "kind": "recreation_area",
            "address": "",
            "wheelchair": "",
            "opening_hours": "",
            "updated": "",
        }
    ]
    assert known.register.geometry.iloc[0].equals(shapely.Polygon(SQUARE[0]))
    assert known.register.crs == "EPSG:4326"
    assert known.missing == ()


def test_names_of_fields_may_be_spelt_otherwise():
    one = area(omraadenavn=None, kartlagt_foid="FK1")
    one["properties"] = {
        "OmraadeNavn": "Vik",
        "OMRAADETYPE": "Nærturterreng",
        "friluftId": "F7",
    }
    rows = read(one).register
    assert rows[["name", "ref"]].to_numpy().tolist() == [["Vik", "F7"]]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("NaerTurterreng", "recreation_area"),
        ("Naerturterreng", "recreation_area"),
        ("Nærturterreng", "recreation_area"),
        ("Utfartsområde", "recreation_area"),
        ("LekeOgAktivitetsomraade", "common"),
        ("Leke- og aktivitetsområde", "common"),
        ("GrøntOmraade", "park"),
        ("GroentOmraade", "park"),
        ("StrandOgVanntilknyttetOmraade", "beach"),
        ("SkiOgAkebakke", "sledging_hill"),
    ],
)
def test_a_type_is_known_in_every_spelling(told, kind):
    assert read(area(omraadetype=told)).register["kind"].tolist() == [kind]


def test_every_kind_is_in_the_catalogue_and_every_type_is_in_its_plain_spelling():
    assert set(KINDS.values()) <= kinds().keys()
    assert [*KINDS, *TOO_WIDE] == [simple(one) for one in (*KINDS, *TOO_WIDE)]


@pytest.mark.parametrize(
    "wide", ["Marka", "FjellOgVidde", "StoreOgSammenhengendeNaturomraader"]
)
def test_forests_and_mountains_are_no_places(wide):
    known = read(area(omraadetype=wide))
    assert known.register.empty
    assert known.missing == ()


def test_a_type_that_nobody_has_looked_at_is_told_of():
    known = read(area(omraadetype="Kulturlandskap"), area(omraadetype=None))
    assert known.register.empty
    (told,) = map(str, known.missing)
    assert told.startswith("Mapped recreation areas of these types are left out")
    assert told.endswith(": ?, Kulturlandskap")


def test_what_the_state_secured_needs_no_type():
    rows = read(area(omraadeNavn="Vikstranda", omraadetype=None), service=SECURED).register
    assert rows["kind"].tolist() == ["recreation_area"]
    assert rows["source"].tolist() == ["secured_areas"]


def test_an_area_elsewhere_in_the_box_is_not_of_this_land():
    land = Land("1812", "", "no", shapely.Point(12.25, 65.35).buffer(0.01), "EPSG:25833")
    corner = [[[12.9, 65.9], [12.95, 65.9], [12.95, 65.95], [12.9, 65.9]]]
    rows = MAPPED.read(land, answering(page(area(1), area(2, corner)))).register
    assert rows["ref"].tolist() == ["1"]


def test_what_has_no_land_is_left_out_and_what_crosses_itself_is_mended():
    line = {"type": "LineString", "coordinates": SQUARE[0][:2]}
    bare = area(3) | {"geometry": {"type": "Polygon", "coordinates": []}}
    rows = read(area(1, None), area(2, BOW), bare).register
    assert rows["ref"].tolist() == ["2"]
    assert rows.geometry.is_valid.all()
    assert rows.geometry.iloc[0].area == pytest.approx(0.005)
    with pytest.raises(SourceError, match="cannot be read"):
        read(area(4) | {"geometry": line})


@pytest.mark.parametrize(
    "ring",
    [
        [[[65.3, 12.2], [65.4, 12.2], [65.4, 12.3], [65.3, 12.2]]],  # latitude first
        [[[4e5, 7e6], [5e5, 7e6], [5e5, 8e6], [4e5, 7e6]]],  # metres
        [[[12.2, 65.3], [12.3, 65.3]]],
        "all of it",
    ],
)
def test_shapes_that_are_not_in_norway_are_said(ring):
    with pytest.raises(SourceError, match=r"kart\.miljodirektoratet\.no answered in a form"):
        read(area(ring=ring))


def test_pages_are_put_together(tmp_path, monkeypatch):
    """Both ways of saying that there is more."""
    pages = {
        "0": page(area(1), area(2), exceededTransferLimit=True),
        "2": page(area(3), properties={"exceededTransferLimit": True}),
        "3": page(area(4)),
    }

    def play(path, query):
        assert path == (
            "kart.miljodirektoratet.no/arcgis/rest/services/friluftsliv_kartlagt/MapServer/0/query"
        )
        assert query["geometry"] == "12.000000,65.000000,13.000000,66.000000"
        assert (query["insr"], query["outsr"], query["f"]) == ("4326", "4326", "geojson")
        assert query["orderbyfields"] == "objectid"  # without an order, pages may overlap
        return Said(json.dumps(pages[query["resultoffset"]]).encode())

    with fetcher(tmp_path, monkeypatch, play) as (get, asked):
        assert MAPPED.read(LAND, get).register["ref"].tolist() == ["1", "2", "3", "4"]
    assert len(asked) == 3


@pytest.mark.parametrize("areas", [[], [area()]])
def test_a_service_that_promises_more_for_ever_is_left(monkeypatch, areas):
    monkeypatch.setattr(arcgis, "MAX_PAGES", 3)
    more = page(*areas, exceededTransferLimit=True)
    with pytest.raises(SourceError, match="cannot be read"):
        MAPPED.read(LAND, answering(*[more] * 3))


def test_no_area_at_all_is_an_answer():
    known = read()
    assert known.register.empty
    assert known.sources[0].rows == 0


def test_a_refusal_with_status_200_is_said():
    error = {"error": {"code": 400, "message": "Cannot perform query.\nInvalid"}}
    with pytest.raises(SourceError) as refused:
        MAPPED.read(LAND, answering(error))
    assert str(refused.value) == (
        "kart.miljodirektoratet.no refused the question: 400 Cannot perform query. Invalid"
    )


@pytest.mark.parametrize("service", [MAPPED, SECURED], ids=lambda one: one.key)
@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, service, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        service.read(LAND, get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    sentence = r"miljodirektoratet\.no (answered in a form|refused the question: 400 Invalid)"
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        MAPPED.read(LAND, get)


@pytest.mark.parametrize("features", [None, ["area"], [{"properties": None}]])
def test_features_in_another_form_are_said(features):
    with pytest.raises(SourceError, match="cannot be read"):
        MAPPED.read(LAND, answering({"features": features}))


@pytest.mark.live
def test_the_real_service_knows_bodo(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    from data.http import Fetcher  # noqa: PLC0415

    land = Land("1804", "Bodø", "no", shapely.box(14.3, 67.25, 14.6, 67.35), "EPSG:25833")
    assert not MAPPED.read(land, Fetcher(tmp_path)).register.empty
