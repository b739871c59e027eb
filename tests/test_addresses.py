"""Where addresses are: exact ones only, each asked for once."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from shapely.geometry import Point

from data.http import Fetcher
from data.services import addresses
from data.services.addresses import TEXT, located
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

BODO = "1804"


def door(text, lon=14.4, lat=67.28, *, number=BODO, post="8006"):
    return {
        "adressetekst": f"Solheim, {text}",
        TEXT: text,
        "kommunenummer": number,
        "postnummer": post,
        "representasjonspunkt": {"epsg": "EPSG:4258", "lat": lat, "lon": lon},
    }


def said(*doors, total=None):
    total = len(doors) if total is None else total
    answer = {"metadata": {"side": 0, "totaltAntallTreff": total}, "adresser": list(doors)}
    return Said(json.dumps(answer).encode())


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Ask for addresses while a server says `answer`; return what was found and asked."""

    def asking(answer, *wanted, number=BODO):
        play = answer if callable(answer) else always(answer)
        with fetcher(tmp_path, monkeypatch, play) as (get, asked):
            return located(wanted, number=number, get=get), asked

    return asking


@pytest.mark.parametrize(
    "wanted",
    ["Storgata 1A", "storgata 1 a", " STORGATA  1A ", "Storgata 1A, 8006 Bodø", "Storgata 1A,"],
)
def test_however_it_is_written_an_address_is_found(ask, wanted):
    found, _ = ask(said(door("Storgata 1A"), door("Storgata 1B", 14.5)), wanted)
    assert list(found.points.index) == [wanted]
    assert found.points[wanted].coords[0] == (14.4, 67.28)
    assert found.points.crs.to_epsg() == 4326
    assert found.unknown == found.several == ()


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ("Storgata 1", said()),
        ("Storgata 1", said(door("Storgata 11"))),
        ("Storgata 1", said(door("Storgata 1A", number="1806"))),
        ("Storgata 1, 8011 Bodø", said(door("Storgata 1"))),
        ("gata 1", said(door("Storgata 1"))),
    ],
)
def test_there_is_no_guessing(ask, wanted, answer):
    found, _ = ask(answer, wanted)
    assert (len(found.points), found.unknown, found.several) == (0, (wanted,), ())
    assert found.points.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("wanted", "answer", "several"),
    [
        ("Storgata", said(door("Storgata 1"), door("Storgata 99", 14.41)), True),
        ("Storgata", said(door("Storgata 1")), False),
        ("Storgata 1", said(door("Storgata 1"), door("Storgata 1", 14.6, post="8011")), True),
        ("Storgata 1", said(door("Storgata 1"), door("Storgata 1", 14.4001)), False),
        (
            "Storgata 1, 8011",
            said(door("Storgata 1", 14.6), door("Storgata 1", post="8011")),
            False,
        ),
    ],
)
def test_an_address_in_several_places_is_none(ask, wanted, answer, several):
    found, _ = ask(answer, wanted)
    assert found.several == ((wanted,) if several else ())
    assert len(found.points) == (not several)
    if not several:
        assert found.points[wanted].x == 14.4


def test_each_address_is_asked_for_once_and_empty_ones_not_at_all(ask):
    found, asked = ask(
        said(door("Storgata 1")), "Storgata 1", "storgata 1", "Storgata 1", "", " , Bodø", "*"
    )
    assert list(found.points.index) == ["Storgata 1", "storgata 1"]
    (url,) = asked
    assert parse_qs(urlsplit(url).query) == {
        "sok": ["storgata 1"],
        "kommunenummer": ["1804"],
        "treffPerSide": ["1000"],
        "side": ["0"],
        "utkoordsys": ["4258"],
    }


def test_all_pages_are_read(ask):
    pages = [
        said(door("Storgata 2"), total=3),
        said(door("Storgata 3"), door("Storgata 1"), total=3),
    ]
    found, asked = ask(lambda path, query: pages[int(query["side"])], "Storgata 1")
    assert list(found.points.index) == ["Storgata 1"]
    assert len(asked) == 2


def test_pages_that_promise_more_for_ever_end(ask):
    found, asked = ask(said(door("Storgata 2"), total=10**9), "Storgata 1")
    assert found.unknown == ("Storgata 1",)
    assert len(asked) == addresses.MOST_PAGES
    _, asked = ask(said(total=5), "Storgata 3")
    assert len(asked) == 1


def test_more_than_can_be_asked_for_is_said(ask, monkeypatch):
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 2)
    with pytest.raises(SourceError, match="3 addresses are more than ws"):
        ask(said(), "a 1", "a 2", "a 3")


def test_the_recorded_answer_is_read(ask, test_data):
    """The service found nine addresses for one: only that one counts."""
    body = (test_data / "api/adresser/sok_ankerveien.json").read_bytes()
    found, _ = ask(Said(body), "Ankerveien 2", "Ankerveien 12", number="3301")
    point = found.points["Ankerveien 2"]
    assert (point.x, point.y) == pytest.approx((10.392915, 59.622598), abs=1e-6)
    assert found.unknown == ("Ankerveien 12",)


@pytest.mark.parametrize(("wrong", "sentence"), FAULTS)
def test_a_fault_is_said(ask, wrong, sentence):
    with pytest.raises(SourceError, match=f"ws.geonorge.no {sentence}"):
        ask(wrong if wrong else None, "Storgata 1")


@pytest.mark.parametrize(
    "wrong",
    [
        *UNREADABLE,
        said({"adressetekst": "Storgata 1"}),
        said(door("Storgata 1", 67.28, 14.4)),  # changed places
        said(door("Storgata 1", 4e5, 7e6)),  # metres
        said(door("Storgata 1", None)),
        said(door(None)),
        said(door("Storgata 1"), total="many"),
    ],
)
def test_an_answer_in_another_form_is_said(ask, wrong):
    with pytest.raises(SourceError, match=r"ws.geonorge.no gave no usable addresses"):
        ask(wrong, "Storgata 1")


@pytest.mark.live
def test_the_real_service_knows_the_town_hall(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    found = located(["Kongens gate 23"], number=BODO, get=Fetcher(tmp_path))
    assert found.points.iloc[0].distance(Point(14.38, 67.28)) < 0.1
