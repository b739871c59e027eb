"""The online base map under a print: where it lies, whom it thanks, and when there is none."""

from io import BytesIO

import httpx
import numpy as np
import pytest
from PIL import Image

from data.http import Fetcher, client
from geo.errors import SourceError
from layers.annex.prints import answer_print
from layers.paper.page import pdf, png, svg
from layers.paper.sheetful import Paper
from tests.page import NB
from tests.test_annex_prints import asked
from tests.test_app_taking import home, opened  # noqa: F401 - a fixture that is used by itself
from tests.test_tiles import plain
from views.taking import offers, online

SAND = (200, 180, 160)


@pytest.fixture
def service(tmp_path, monkeypatch):
    """Stand in for Kartverket: all land is of one colour; what was asked is kept."""
    addresses = []

    def answer(request):
        addresses.append(str(request.url))
        return httpx.Response(200, content=plain(*SAND))

    web = client(httpx.MockTransport(answer))
    monkeypatch.setattr(online, "fetcher", lambda: Fetcher(tmp_path / "cache", client=web))
    return addresses


def pixels(page):
    return np.asarray(Image.open(BytesIO(page)).convert("RGB"))


def test_the_map_lies_on_the_online_map_and_thanks_its_maker(service):
    case, export = asked()
    page = online.on("kartverket", answer_print(case, export), Paper(), case)
    assert page.sources[-1] == "© Kartverket – Base map, CC BY 4.0, 2026-11-21"
    [shown] = page.maps
    assert shown.layers[0].key == "boundary"
    assert shown.base == ()
    assert all(one.startswith("https://cache.kartverket.no/") for one in service)
    [drawn] = png(page, Paper(), case.say)
    sand = (pixels(drawn) == SAND).all(axis=2)
    rows, columns = np.flatnonzero(sand.any(axis=1)), np.flatnonzero(sand.any(axis=0))
    assert sand[rows.min() : rows.max(), columns.min() : columns.max()].mean() > 0.8
    assert np.ptp(columns) / 300 * 25.4 == pytest.approx(210 - 2 * 16.5, abs=1)  # edge to edge


def test_pdf_and_drawing_hold_the_picture_too(service):
    case, export = asked()
    page = online.on("kartverket", answer_print(case, export), Paper("a3", across=True), case)
    assert b"/Subtype/Image" in pdf([page], Paper("a3", across=True), case.say)
    assert b"data:image/png" in svg(page, Paper("a3", across=True), case.say)[0]
    assert len(service) <= 200


def test_without_an_online_map_the_page_is_as_it_was(service):
    case, export = asked()
    page = answer_print(case, export)
    assert online.on("", page, Paper(), case) is page
    assert service == []


def test_a_service_that_is_silent_is_named(tmp_path, monkeypatch):
    def silent(request):
        raise httpx.ConnectError("no network")

    web = client(httpx.MockTransport(silent))
    monkeypatch.setattr(
        online,
        "fetcher",
        lambda: Fetcher(tmp_path, client=web, sleep=lambda wait_s: None),
    )
    case, export = asked()
    with pytest.raises(SourceError, match=r"cache\.kartverket\.no"):
        online.on("kartverket", answer_print(case, export), Paper(), case)


def test_the_page_offers_prints_on_the_map_that_is_chosen():
    note = "Det store kartet ligger på bakgrunnskartet"
    names = {}
    for base in ("offline", "kartverket", "osm"):
        at = opened(base=base)
        assert not at.exception
        told = " ".join(one.value for one in at.get("html"))
        assert (note in told) == (base == "kartverket")
        names[base] = [one.ending for one in offers.prints(Paper(), NB, online_base(base))]
    assert names["kartverket"][0] == "-a4-upright-kartverket.pdf"
    assert names["offline"] == names["osm"]


def online_base(base):
    return base if base == "kartverket" else ""
