"""Name and boundary of a municipality, and the polite way of asking for them."""

from __future__ import annotations

import json
import os
import time

import httpx
import pytest
import shapely

from data import http
from data.http import Fetcher, NotFoundError, client
from data.kommuner import SERVICE, municipality
from geo.errors import SourceError

EDGE = [[[12.1, 65.2], [12.4, 65.2], [12.4, 65.5], [12.1, 65.5], [12.1, 65.2]]]
CRS = {"type": "name", "properties": {"name": "EPSG:4258"}}
SOMNA = {
    "kommunenavn": "Sømna",
    "kommunenavnNorsk": "Sømna",
    "kommunenummer": "1812",
    "fylkesnavn": "Nordland",
    "samiskForvaltningsomrade": False,
}
URL = "https://example.org/a"


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


class Service:
    """Answers a list of things in turn; an error is raised instead of sent."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.waits = []

    def __call__(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fetcher(self, cache):
        return Fetcher(cache, client(httpx.MockTransport(self)), self.waits.append)


def test_we_say_who_asks(tmp_path):
    service = Service(httpx.Response(200, content=b"yes"))
    assert service.fetcher(tmp_path)(URL) == b"yes"
    assert service.asked[0].headers["User-Agent"].startswith("Moteplass/")


def test_an_answer_is_kept_for_a_month(tmp_path):
    service = Service(httpx.Response(200, content=b"old"), httpx.Response(200, content=b"new"))
    get = service.fetcher(tmp_path)
    assert [get(URL), get(URL)] == [b"old", b"old"]
    (kept,) = tmp_path.iterdir()
    os.utime(kept, (time.time() - 31 * 86_400,) * 2)
    assert get(URL) == b"new"


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(429),
        httpx.Response(503),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("closed"),
    ],
)
def test_what_passes_is_waited_for(tmp_path, trouble):
    service = Service(trouble, trouble, httpx.Response(200, content=b"yes"))
    assert service.fetcher(tmp_path)(URL) == b"yes"
    assert service.waits == [2, 4]


def test_the_service_may_say_how_long_to_wait(tmp_path):
    service = Service(
        httpx.Response(429, headers={"Retry-After": "7"}),
        httpx.Response(503, headers={"Retry-After": "86400"}),
        httpx.Response(200),
    )
    service.fetcher(tmp_path)(URL)
    assert service.waits == [7, http.LONGEST_WAIT_S]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([httpx.Response(503)] * 9, r"example.org does not answer as it should \(HTTP 503\)"),
        ([httpx.ConnectError("no")] * 9, r"does not answer as it should \(ConnectError\)"),
        ([httpx.Response(404)], "example.org has nothing at https://example.org/a"),
        ([httpx.Response(403)], r"example.org refused the question \(HTTP 403\)"),
        ([httpx.Response(200, content=b"x" * 2000)], "sent more than 0 MB"),
    ],
)
def test_what_does_not_pass_is_said_and_not_kept(tmp_path, monkeypatch, answers, said):
    monkeypatch.setattr(http, "MAX_BYTES", 1000)
    service = Service(*answers)
    with pytest.raises(SourceError, match=said):
        service.fetcher(tmp_path)(URL)
    assert len(service.asked) <= http.TRIES
    assert not list(tmp_path.iterdir())


@pytest.mark.live
def test_the_real_service_knows_bodo(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    name, boundary = municipality("1804", get=Fetcher(tmp_path))
    assert name == "Bodø"
    assert boundary.contains(shapely.Point(14.40, 67.28))
