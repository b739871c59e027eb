"""The live door to OpenStreetMap, against a service that speaks the real protocol."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import osmnx as ox
import pytest
import shapely

from data import overpass, overpass_guard
from data.osm_file import read_file
from data.osm_live import read_live
from geo.errors import SourceError
from tests.overpass import TIMESTAMP, overpass_server

KARHULA = Path(find_spec("pyrosm").origin).parent / "data" / "test.osm.pbf"
TOWN = shapely.box(26.945, 60.525, 26.955, 60.535)
TAGS = {
    "building": None,
    "entrance": None,
    "leisure": frozenset({"park", "pitch", "playground"}),
    "amenity": frozenset({"school", "place_of_worship"}),
}


def walkable(tags):
    return "highway" in tags


def read(url, cache, boundary=TOWN, tags=TAGS, **more):
    return read_live(
        boundary, tags=tags, keep_way=walkable, cache=cache, overpass_url=url, **more
    )


@pytest.fixture
def waits(monkeypatch):
    """Do not wait, but say how long it would have been."""
    seconds = []
    monkeypatch.setattr("osmnx._overpass.time", SimpleNamespace(sleep=seconds.append))
    return seconds


@pytest.fixture
def drawn(tmp_path):
    """Write a file of a few elements, in XML as people read it."""

    def draw(xml):
        path = tmp_path / "drawn.osm"
        path.write_text(f'<osm version="0.6">{xml}</osm>', encoding="utf-8")
        return path

    return draw


def node(number, lon, lat):
    return f'<node id="{number}" version="1" lon="{lon}" lat="{lat}"/>'


def tag(**tags):
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


def way(number, nodes, **tags):
    refs = "".join(f'<nd ref="{ref}"/>' for ref in nodes)
    return f'<way id="{number}" version="1">{refs}{tag(**tags)}</way>'


def test_the_live_door_gives_what_the_file_door_gives(tmp_path):
    direct = read_file(
        KARHULA,
        keep_feature=lambda has: any(
            key in has and (some is None or has[key] in some) for key, some in TAGS.items()
        ),
        keep_way=walkable,
    )
    with overpass_server(KARHULA) as url:
        live = read(url, tmp_path)
    near = direct.features[direct.features.index.isin(live.features.index)]
    assert len(near) == len(live.features) > 500
    assert live.features["tags"].to_dict() == near["tags"].to_dict()
    same = live.features.geometry.geom_equals_exact(near.geometry, 1e-7, align=True)
    assert same.all()
    land = overpass.outline(TOWN, TAGS)
    missed = direct.features.drop(live.features.index)
    assert not missed.intersects(land.buffer(-1e-6)).any()
    assert len(live.ways) > 100
    assert live.ways["tags"].to_dict() == direct.ways["tags"].loc[live.ways.index].to_dict()


def test_stretches_run_in_the_order_of_their_way(tmp_path, drawn):
    street = drawn(
        node(7, 14.40, 67.28)
        + node(3, 14.41, 67.28)
        + node(5, 14.42, 67.28)
        + way(1, [7, 3, 5], highway="footway", name="Strandpromenaden")
    )
    with overpass_server(street) as url:
        found = read(url, tmp_path, shapely.box(14.3, 67.2, 14.5, 67.3))
    assert found.segments.to_numpy().tolist() == [[1, 7, 3], [1, 3, 5]]
    assert found.ways["tags"].to_dict() == {
        1: {"highway": "footway", "name": "Strandpromenaden"}
    }
    assert found.nodes.loc[5].tolist() == [14.42, 67.28]


def test_the_extract_keeps_the_boundary_asked_for_and_tells_the_date(tmp_path):
    with overpass_server(KARHULA) as url:
        found = read(url, tmp_path)
    assert found.boundary == TOWN
    assert found.date == TIMESTAMP[:10]
    beyond = ~found.features.intersects(TOWN)
    assert beyond.any()
    assert found.features.is_valid.all()


def test_what_osmnx_would_drop_or_trip_over_is_mended_and_named(tmp_path, drawn):
    corners = [(14.40, 67.28), (14.44, 67.30), (14.44, 67.28), (14.40, 67.30)]
    hole = [(14.435, 67.289), (14.438, 67.289), (14.438, 67.291)]
    bow_tie_with_a_hole = (
        "".join(node(i, *xy) for i, xy in enumerate(corners + hole, 1))
        + way(1, [1, 2, 3, 4, 1], leisure="park", id="x7", element="y")
        + way(2, [5, 6, 7, 5])
        + '<relation id="9" version="1"><member type="way" ref="1" role="outer"/>'
        '<member type="way" ref="2" role="inner"/>'
        + tag(type="multipolygon", leisure="park", name="Sløyfa", members="3")
        + "</relation>"
    )
    with overpass_server(drawn(bow_tie_with_a_hole)) as url:
        found = read(url, tmp_path, shapely.box(14.3, 67.2, 14.5, 67.35))
    assert found.features.index.tolist() == ["w1", "r9"]
    assert found.features.is_valid.all()
    assert set(found.features.geom_type) <= {"Polygon", "MultiPolygon"}
    assert found.features.geometry["r9"].area < found.features.geometry["w1"].area
    assert "w1" in str(found.warnings[0])


def test_an_area_with_nothing_in_it_gives_empty_tables(tmp_path):
    with overpass_server(KARHULA) as url:
        found = read(url, tmp_path, shapely.box(14.3, 67.2, 14.4, 67.3))
    tables = (found.features, found.ways, found.segments, found.nodes)
    assert [len(table) for table in tables] == [0, 0, 0, 0]
    assert found.warnings == ()


def test_buildings_without_streets_are_no_failure(tmp_path, drawn):
    house = "".join(
        node(i, 14.4 + x, 67.28 + y)
        for i, (x, y) in enumerate([(0, 0), (0.001, 0), (0, 0.001)], 1)
    )
    with overpass_server(drawn(house + way(1, [1, 2, 3, 1], building="yes"))) as url:
        found = read(url, tmp_path, shapely.box(14.3, 67.2, 14.5, 67.3))
    assert found.features.index.tolist() == ["w1"]
    assert found.ways.empty


def test_an_answer_is_asked_for_once(tmp_path):
    with overpass_server(KARHULA) as url:
        first = read(url, tmp_path)
        asked = len(url.asked)
        again = read(url, tmp_path)
        assert len(url.asked) == asked == 2
    assert again.features.equals(first.features)
    assert again.date == first.date


def test_an_old_answer_is_asked_for_again(tmp_path):
    with overpass_server(KARHULA) as url:
        read(url, tmp_path)
        last_month = time.time() - 30 * 86_400
        for answer in tmp_path.rglob("*.json"):
            os.utime(answer, (last_month, last_month))
        read(url, tmp_path)
        assert len(url.asked) == 4


def test_a_half_written_answer_is_asked_for_again(tmp_path):
    with overpass_server(KARHULA) as url:
        whole = read(url, tmp_path)
        for answer in tmp_path.rglob("*.json"):
            answer.write_text(answer.read_text()[:5000])
        assert len(read(url, tmp_path).features) == len(whole.features)


def test_values_that_are_not_text_become_text(tmp_path, drawn):
    stop = '<node id="1" version="1" lon="14.4" lat="67.28">' + tag(entrance="7") + "</node>"
    with overpass_server(drawn(stop)) as url:
        read(url, tmp_path, shapely.box(14.3, 67.2, 14.5, 67.3))
        for answer in tmp_path.rglob("*.json"):
            answer.write_text(answer.read_text().replace('"7"', "7"))
        found = read(url, tmp_path, shapely.box(14.3, 67.2, 14.5, 67.3))
    assert found.features["tags"].tolist() == [{"entrance": "7"}]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"busy": 99}, "The map service {host} is busy. Try again in some minutes."),
        ({"overloaded": 99}, "The map service {host} is busy. Try again in some minutes."),
        ({"failing": 1}, "The map service {host} refused the question (HTTP 500)."),
        ({"html": 1}, "The map service {host} sent something that is not map data"),
        ({"truncated": 1}, "The map service {host} sent something that is not map data"),
        ({"closed": 1}, "The map service {host} cannot be reached, or broke off"),
        (
            {"remark": 1},
            "The map service {host} gave up before it had everything:"
            ' runtime error: Query timed out in "query" at line 1. Try again',
        ),
    ],
)
def test_each_fault_has_its_sentence_and_leaves_nothing_behind(tmp_path, waits, fault, said):
    with overpass_server(KARHULA, **fault) as url:
        with pytest.raises(SourceError) as raised:
            read(url, tmp_path)
        assert str(raised.value).startswith(said.format(host=url[7:-4]))
        assert len(url.asked) <= overpass_guard.TRIES
        assert not list(tmp_path.rglob("*.json"))
        assert sum(waits) < 300


def test_a_busy_service_is_asked_again(tmp_path, waits):
    said, shares = [], []

    def progress(share, doing):
        said.append(str(doing))
        shares.append(share)

    with overpass_server(KARHULA, busy=2, wrong_type=9) as url:
        found = read(url, tmp_path, progress=progress)
        assert len(url.asked) == 4
    assert len(found.features) > 500
    assert waits.count(55) == 2
    assert sum("is busy; waiting" in words for words in said) == 2
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_a_service_without_limits_is_not_waited_for(tmp_path, waits):
    with overpass_server(KARHULA, unlimited=1) as url:
        assert len(read(url, tmp_path).features) > 500
    assert sum(waits) <= 5


def test_nobody_there_is_told_at_once(tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        start = time.monotonic()
        with pytest.raises(SourceError, match=f"127.0.0.1:{port} cannot be reached"):
            read(f"http://127.0.0.1:{port}/api", tmp_path)
    assert time.monotonic() - start < 10


def test_a_silent_service_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(overpass, "TIMEOUT_S", 1)
    with (
        overpass_server(KARHULA, slow=1.5) as url,
        pytest.raises(SourceError, match="did not answer in time"),
    ):
        read(url, tmp_path)


@pytest.mark.parametrize(("name", "most"), [("MAX_BYTES", 50_000), ("MAX_S", 0.0)])
def test_an_endless_answer_is_cut_short(tmp_path, monkeypatch, name, most):
    monkeypatch.setattr(overpass_guard, name, most)
    with (
        overpass_server(KARHULA) as url,
        pytest.raises(SourceError, match="too large or too slow"),
    ):
        read(url, tmp_path)


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "overpass").write_text("a file where a folder should be")
    with (
        overpass_server(KARHULA) as url,
        pytest.raises(SourceError, match="cannot be kept in the cache"),
    ):
        read(url, tmp_path)


@pytest.mark.parametrize("fault", [{}, {"html": 1}])
def test_osmnx_is_left_as_it_was_found(tmp_path, fault):
    def state():
        known = {name: value for name, value in vars(ox.settings).items() if name[0] != "_"}
        return known | {"resolve": socket.getaddrinfo}

    before = state()
    with overpass_server(KARHULA, **fault) as url:
        if fault:
            with pytest.raises(SourceError):
                read(url, tmp_path)
        else:
            read(url, tmp_path)
    assert state() == before


def test_two_builds_at_once_do_not_mix(tmp_path):
    places = [TOWN, shapely.box(14.3, 67.2, 14.4, 67.3)] * 2
    with overpass_server(KARHULA) as one, overpass_server(KARHULA) as other:
        urls = [one, other, other, one]
        with ThreadPoolExecutor(4) as pool:
            folders = [tmp_path / str(n) for n in range(4)]
            found = list(pool.map(read, urls, folders, places))
        assert len(one.asked) == len(other.asked) == 4
    assert [len(extract.features) > 0 for extract in found] == [True, False, True, False]


def test_a_crinkled_coast_and_many_tags_still_fit_in_a_question(tmp_path):
    angle = np.linspace(0, 2 * np.pi, 20_000, endpoint=False)
    radius = 0.2 + 0.01 * np.sin(400 * angle)
    coast = shapely.Polygon(
        np.c_[14.4 + 2 * radius * np.cos(angle), 67.28 + radius * np.sin(angle)]
    )
    tags = {"amenity": frozenset(f"kind_{n}" for n in range(150)), "building": None}
    with overpass_server(KARHULA) as url:
        read(url, tmp_path, coast, tags)
        assert max(len(question) for question in url.asked) < 1024**2
    assert overpass.outline(coast, tags).contains(coast)


@pytest.mark.parametrize(
    ("boundary", "said"),
    [
        (shapely.Point(14.4, 67.28), "The boundary of the area is not a polygon."),
        (shapely.Polygon(), "The boundary of the area is not a polygon."),
        (shapely.box(10, 60, 16, 68), r"spans \d+ km²; at most 25000 km²"),
    ],
)
def test_what_is_no_municipality_is_refused(tmp_path, boundary, said):
    with pytest.raises(SourceError, match=said):
        read("http://127.0.0.1:9/api", tmp_path, boundary)


def test_an_unknown_form_is_said(tmp_path):
    with overpass_server(KARHULA) as url:
        read(url, tmp_path)
        for answer in tmp_path.rglob("*.json"):
            answer.write_text(json.dumps({"elements": [{"type": "node", "id": 1}]}))
        with pytest.raises(SourceError, match="in a form that is not known"):
            read(url, tmp_path)


def test_an_unnamed_program_is_turned_away_as_by_the_real_service(tmp_path, monkeypatch):
    monkeypatch.setattr(overpass, "USER_AGENT", "python-requests/2.34")
    with (
        overpass_server(KARHULA) as url,
        pytest.raises(SourceError, match=re.escape("(HTTP 406)")),
    ):
        read(url, tmp_path)


def test_the_door_itself_is_quick_to_open():
    asked = "import sys, data.osm_live; sys.exit('osmnx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.live
def test_the_real_service_knows_the_library_in_bodo(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    centre = shapely.box(14.36, 67.275, 14.40, 67.29)
    found = read_live(
        centre, tags={"amenity": frozenset({"library"})}, keep_way=walkable, cache=tmp_path
    )
    assert len(found.features) >= 1
    assert len(found.ways) > 100
    assert found.date >= "2026"
