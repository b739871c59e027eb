"""Asking a Web Feature Service: whole, once each, the right way round, and never for ever."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point

from data.services import gml, wfs
from data.services.gml import Feature
from data.services.wfs import Layer, features
from geo.errors import SourceError
from tests.faults import FAULTS, NOBODY, UNREADABLE, always, fetcher
from tests.gml import (
    GEONORGE,
    UNREADABLE_SENTENCE,
    Member,
    Service,
    box_land,
    collection,
    report,
    xml,
)

LAYER = Layer("https://wfs.geonorge.no/skwms1/wfs.prøve", "app:Skiløype")
LAND = box_land(12.0, 65.0, 13.0, 66.0)
SQUARE = shapely.box(12.2, 65.2, 12.4, 65.3)
HOLED = SQUARE.difference(shapely.box(12.25, 65.22, 12.3, 65.25))


def members(count: int) -> list[Member]:
    return [Member(f"p.{n}", {"nr": n}, Point(12.5, 65.5)) for n in range(count)]


def ask(folder, monkeypatch, play):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return features(LAYER, LAND, get), asked


def numbers(found: list[Feature]) -> list[int]:
    return [int(one.text("nr")) for one in found]


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_all_pages_are_asked_for(tmp_path, monkeypatch, count):
    found, asked = ask(tmp_path, monkeypatch, Service({LAYER.name: members(count)}))
    assert numbers(found) == list(range(count))
    assert len(asked) <= count // 1000 + 2


def test_a_question_is_as_the_service_wants_it(tmp_path, monkeypatch):
    _, asked = ask(tmp_path, monkeypatch, Service({LAYER.name: []}))
    assert "TYPENAMES=app:Skil%C3%B8ype&" in asked[0]
    assert (
        "&BBOX=65.000000,12.000000,66.000000,13.000000,urn:ogc:def:crs:EPSG::4326" in asked[0]
    )
    assert asked[0].isascii()


def test_a_service_that_gives_less_than_asked_for_is_asked_on(tmp_path, monkeypatch):
    found, _ = ask(tmp_path, monkeypatch, Service({LAYER.name: members(320)}, cap=50))
    assert numbers(found) == list(range(320))


@pytest.mark.parametrize("matched", ["unknown", "0", "2500"])
def test_how_many_there_are_need_not_be_true(tmp_path, monkeypatch, matched):
    style = replace(GEONORGE, matched=matched)
    found, _ = ask(tmp_path, monkeypatch, Service({LAYER.name: members(2500)}, style))
    assert len(found) == 2500


@pytest.mark.parametrize("count", [7, 50, 1700])
def test_a_service_that_gives_everything_at_once_is_believed(tmp_path, monkeypatch, count):
    deaf = frozenset({"count", "startindex"})
    found, asked = ask(tmp_path, monkeypatch, Service({LAYER.name: members(count)}, deaf=deaf))
    assert numbers(found) == list(range(count))
    assert len(asked) <= 2


@pytest.mark.parametrize("matched", ["unknown", "2500"])
def test_a_service_that_repeats_its_first_page_is_not_whole(tmp_path, monkeypatch, matched):
    service = Service(
        {LAYER.name: members(2500)},
        replace(GEONORGE, matched=matched),
        deaf=frozenset({"startindex"}),
    )
    with pytest.raises(SourceError, match="does not give all of app:Skiløype"):
        ask(tmp_path, monkeypatch, service)


def test_a_service_that_stops_before_its_own_number_is_not_whole(tmp_path, monkeypatch):
    style = replace(GEONORGE, matched="30")
    with pytest.raises(SourceError, match="stops too early"):
        ask(tmp_path, monkeypatch, Service({LAYER.name: members(20)}, style))


def test_a_service_that_never_ends_is_left(monkeypatch):
    monkeypatch.setattr(wfs, "MOST_PAGES", 3)
    made = iter(range(10**6))

    def get(url):
        page = [Member(f"{next(made)}", {}, Point(12.5, 65.5)) for _ in range(1000)]
        return collection(LAYER.name, page)

    with pytest.raises(SourceError, match="does not give all"):
        features(LAYER, LAND, get)


def test_features_told_twice_count_once(tmp_path, monkeypatch):
    some = members(3)
    nameless = [Member("", {"nr": n}, Point(12.5, 65.5)) for n in (7, 7, 8)]
    found, _ = ask(tmp_path, monkeypatch, Service({LAYER.name: [*some, *some, *nameless]}))
    assert numbers(found) == [0, 1, 2, 7, 8]


def test_only_what_touches_the_land_is_kept(tmp_path, monkeypatch):
    places = [
        Member("in", {"kommunenummer": "9999"}, Point(12.5, 65.5)),
        Member("near", {}, Point(13.01, 65.5)),
        Member("across", {}, LineString([(12.9, 65.5), (13.5, 65.5)])),
        Member("nowhere", {}, None),
    ]
    found, _ = ask(tmp_path, monkeypatch, Service({LAYER.name: places}))
    assert [one.id for one in found] == ["in", "across"]


def test_an_answer_about_elsewhere_is_said(tmp_path, monkeypatch):
    away = [Member("a", {}, Point(10.7, 59.9))]
    with pytest.raises(SourceError, match="Prøve and answered about somewhere else"):
        ask(tmp_path, monkeypatch, Service({LAYER.name: away}))


LAND_PARTS = MultiPolygon([SQUARE, shapely.box(12.7, 65, 13, 66)])
SHAPES = [Point(12.5, 65.5), LineString([(12.5, 65.5), (12.6, 65.4)]), SQUARE, HOLED]


@pytest.mark.parametrize("latitude_first", [True, False])
@pytest.mark.parametrize("dimension", [2, 3])
@pytest.mark.parametrize(
    "drawn", [*SHAPES, MultiPolygon([SQUARE, shapely.box(12.7, 65, 13, 66)])]
)
def test_shapes_come_out_the_right_way_round(drawn, latitude_first, dimension):
    style = replace(GEONORGE, latitude_first=latitude_first, dimension=dimension)
    page = gml.read(collection("app:X", [Member("a", {}, drawn)], style), host="h")
    assert page.features[0].shape.equals(drawn)


@given(
    st.floats(4.0, 31.5, allow_nan=False),
    st.floats(57.5, 81.0, allow_nan=False),
    st.booleans(),
)
def test_no_place_in_norway_is_turned(lon, lat, latitude_first):
    style = replace(GEONORGE, latitude_first=latitude_first)
    page = gml.read(collection("app:X", [Member("a", {}, Point(lon, lat))], style), host="h")
    assert page.features[0].shape.equals(Point(lon, lat))


@pytest.mark.parametrize("wrap", ["wfs:member", "gml:featureMember", "gml:featureMembers"])
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16"])
def test_every_wrapping_and_encoding_is_read(wrap, encoding):
    style = replace(GEONORGE, wrap=wrap, encoding=encoding)
    some = [Member("a", {"åpningstidFra": "06:45", "sted": "Brønnøy"}, Point(12, 65))]
    (one,) = gml.read(collection("app:X", some, style), host="h").features
    assert (one.text("ÅpningstidFra"), one.text("sted")) == ("06:45", "Brønnøy")


def test_surfaces_and_curves_are_put_together_of_their_pieces():
    def ring(text):
        return (
            "<gml:Ring><gml:curveMember><gml:Curve><gml:segments>"
            f"<gml:LineStringSegment><gml:posList>{text[0]}</gml:posList></gml:LineStringSegment>"
            f"<gml:LineStringSegment><gml:posList>{text[1]}</gml:posList></gml:LineStringSegment>"
            "</gml:segments></gml:Curve></gml:curveMember></gml:Ring>"
        )

    west, east = "65.2 12.2 65.2 12.4 65.3 12.4", "65.3 12.4 65.3 12.2 65.2 12.2"
    surface = (
        "<gml:Surface><gml:patches><gml:PolygonPatch><gml:exterior>"
        f"{ring((west, east))}</gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>"
    )
    curve = (
        "<gml:MultiCurve><gml:curveMember><gml:LineString><gml:pos>65.1 12.1</gml:pos>"
        "<gml:pos>65.2 12.2</gml:pos></gml:LineString></gml:curveMember><gml:curveMember>"
        f"<gml:LineString><gml:posList>{west}</gml:posList></gml:LineString>"
        "</gml:curveMember></gml:MultiCurve>"
    )
    empty = collection("app:X", [Member("a", {"sted": "her"})]).decode()
    for drawn, wanted in (
        (surface, SQUARE),
        (curve, LineString([(12.1, 65.1), (12.2, 65.2), (12.4, 65.2), (12.4, 65.3)])),
    ):
        answer = empty.replace("<app:sted>", f"<app:g>{drawn}</app:g><app:sted>")
        assert gml.read(answer.encode(), host="h").features[0].shape.equals(wanted)


def test_a_box_around_a_feature_is_not_its_shape():
    around = (
        "<gml:boundedBy><gml:Envelope><gml:lowerCorner>60 5</gml:lowerCorner>"
        "<gml:upperCorner>70 15</gml:upperCorner></gml:Envelope></gml:boundedBy><app:sted>"
    )
    answer = collection("app:X", [Member("a", {"sted": "her"}, Point(12, 65))]).decode()
    (one,) = gml.read(answer.replace("<app:sted>", around).encode(), host="h").features
    assert one.shape.equals(Point(12, 65))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("65.5 12.5", "65.5 nan"),
        ("65.5 12.5", "65.5 øst"),
        ("65.5 12.5", "65.5"),
        ("EPSG::4326", "EPSG::25833"),
        ("</wfs:member>", ""),
        ("FeatureCollection", "Capabilities"),
    ],
)
def test_coordinates_that_are_none_are_refused(old, new):
    answer = collection("app:X", members(1)).decode().replace(old, new)
    with pytest.raises(SourceError, match="h sent something that is no map data"):
        gml.read(answer.encode(), host="h")


def test_a_document_can_neither_grow_nor_fetch(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    grown = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    answer = collection("app:X", [Member("a", {"sted": "HER"}, Point(12, 65))]).decode()
    declaration, rest = answer.split("?>", 1)
    for kind, entity in (
        (grown + "]>", "&i;"),
        (f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>', "&s;"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">', "HER"),
    ):
        text = f"{declaration}?>{kind}{rest.replace('HER', entity)}"
        with pytest.raises(SourceError) as raised:
            gml.read(text.encode(), host="h")
        assert "hemmelig" not in str(raised.value)


def test_what_a_service_could_not_finish_is_said(tmp_path, monkeypatch):
    answer = collection("app:X", members(1)).decode()
    cut = answer.replace(
        "</wfs:FeatureCollection>",
        f"<wfs:truncatedResponse>{report('Timed  out.').body.decode()}"
        "</wfs:truncatedResponse></wfs:FeatureCollection>",
    )
    with pytest.raises(SourceError, match=r"refused the question: Timed out\. The service may"):
        ask(tmp_path, monkeypatch, always(xml(cut.encode())))


THERE = [fault for fault in FAULTS if fault.values[0] is not NOBODY]


@pytest.mark.parametrize(("said", "sentence"), THERE)
def test_a_fault_on_the_second_page_is_said(tmp_path, monkeypatch, said, sentence):
    service = Service({LAYER.name: members(1500)})

    def play(path, query):
        return said if query["startindex"] == "1000" else service(path, query)

    with pytest.raises(SourceError, match=sentence):
        ask(tmp_path, monkeypatch, play)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        ask(tmp_path, monkeypatch, always(said))


def test_values_are_found_by_their_path():
    one = Feature(
        "a",
        {
            "organisasjonsnummer": ("975",),
            "eier/organisasjonsnummer": ("940",),
            "fotruteinfo/rutenavn": ("", "Bøverdalen"),
            "dato": ("2026-02-05T14:55:26",),
            "antall": ("-1",),
            "tvil": ("kanskje",),
        },
        Point(),
    )
    assert one.text("organisasjonsnummer") == "975"
    assert one.texts("organisasjonsnummer") == ("975", "940")
    assert one.own("rutenavn") == ""
    assert one.texts("rutenavn") == ("", "Bøverdalen")
    assert one.text("navn", "rutenavn") == "Bøverdalen"
    assert (one.day("dato"), one.day("tvil")) == ("2026-02-05", "")
    assert all(math.isnan(one.number(name)) for name in ("antall", "tvil", "x"))
