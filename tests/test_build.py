"""Building areas, from a file or live, and the commands that do."""

import socket
from functools import partial
from types import SimpleNamespace

import httpx
import pytest
import shapely

from data import build, bundle, http, osm_live, store
from data.__main__ import main
from data.dwellings import ages
from data.services import kommuner
from geo.errors import SourceError
from tests.overpass import overpass_server
from tests.towns import Drawing, box, lonlat

BODO = "1804"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store of its own, and the commands English."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    return tmp_path / "store"


def crossroads():
    town = Drawing()
    town.way([(0, 0), (300, 0), (600, 0)], highway="residential", name="Storgata")
    town.way([(300, -300), (300, 0), (300, 300)], highway="footway")
    town.area(box(50, 10, 60, 20), building="house")
    town.area(box(400, 10, 440, 40), amenity="library", building="yes", name="Biblioteket")
    return town


@pytest.fixture
def file(tmp_path):
    return crossroads().save(tmp_path / "town.osm.pbf")


def test_a_file_becomes_an_area(file, capsys):
    assert main(["build", "--osm", str(file), "--code", "vik", "--name", "Vik"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Vik (vik), EPSG:25833, ")
    assert "Ages are not known here" in told
    assert "© OpenStreetMap contributors (ODbL 1.0)" in told
    read = bundle.read("vik")
    assert read.places["name"].tolist() == ["Biblioteket"]
    assert read.homes["everybody"].sum() == pytest.approx(200 / 68, rel=1e-3)
    assert main(["list"]) == 0
    assert capsys.readouterr().out.startswith("vik              Vik   ")
    assert main(["check", "vik"]) == 0
    assert "Not connected to any path: 0 of 1 homes" in capsys.readouterr().out


def test_ages_are_lent_by_the_municipality(file):
    built = build.build_file(file, code="vik", name="Vik", municipality=BODO)
    shares = ages()[BODO].shares
    assert built.homes["youth"].sum() == pytest.approx(200 / 68 * shares["youth"], rel=1e-3)
    assert any("Bodø" in str(note) for note in built.area.notes)


def test_fences_and_water_are_kept_and_read_again(tmp_path):
    town = crossroads()
    town.way([(-20, 30), (90, 30)], barrier="fence")
    town.way([(-20, 60), (90, 60)], waterway="river")
    town.way([(-20, 90), (90, 90)], waterway="stream")  # one steps over it
    built = build.build_file(town.save(tmp_path / "town.osm"), code="vik", name="Vik")
    assert sorted(built.barriers["what"]) == ["fence", "water"]
    read = bundle.read("vik").barriers
    assert sorted(read["what"]) == ["fence", "water"]
    assert read.length.tolist() == pytest.approx([110, 110], abs=0.1)


def test_what_is_known_of_ways_is_kept_and_read_again(tmp_path):
    town = Drawing()
    town.way([(0, 0), (300, 0)], highway="footway", surface="asphalt", lit="yes", incline="-5%")
    town.way([(300, 0), (300, 9)], highway="steps")
    town.way([(300, 9), (900, 9)], highway="track", winter_service="no", bridge="yes")
    build.build_file(town.save(tmp_path / "town.osm"), code="vik", name="Vik")
    read = bundle.read("vik").paths.set_index("way")
    columns = ["steps", "surface", "wheelchair", "pram", "lit", "winter", "structure"]
    assert read[columns].to_numpy().tolist() == [
        [False, "firm", "yes", "yes", "yes", "unknown", "ground"],
        [True, "unknown", "no", "no", "unknown", "unknown", "ground"],
        [False, "unknown", "unknown", "unknown", "unknown", "closed", "bridge"],
    ]
    assert read["incline"].fillna(0).tolist() == [0.05, 0, 0]


def test_a_municipality_that_nobody_knows_is_said_before_the_long_work(file):
    with pytest.raises(SourceError, match="municipality 9999 are not known"):
        build.build_file(file, code="vik", name="Vik", municipality="9999")
    assert store.codes() == []


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (lambda town: town.node((0, 0), note="x"), (0, 0, 0)),
        (lambda town: town.node((0, 0), amenity="library"), (1, 0, 0)),
        (lambda town: town.way([(0, 0), (90, 0)], highway="path"), (0, 0, 1)),
        (lambda town: town.area(box(0, 0, 9, 9), highway="path", building="house"), (0, 0, 1)),
    ],
    ids=["nothing", "no streets", "no places", "no homes"],
)
def test_an_area_that_lacks_everything_is_still_an_area(tmp_path, draw, rows, capsys):
    town = Drawing()
    draw(town)
    file = town.save(tmp_path / "town.osm")
    assert main(["build", "--osm", str(file), "--code", "empty"]) == 0
    read = bundle.read("empty")
    assert (len(read.places), len(read.homes), len(read.paths)) == rows
    said = capsys.readouterr().out
    assert ("There are no meeting places" in said) == (not rows[0])
    assert ("There are no paths or streets" in said) == (not rows[2])
    assert main(["check", "empty"]) == 0


@pytest.fixture
def live(tmp_path, monkeypatch):
    """Point the build at services on this machine; they say what they are told to."""
    monkeypatch.setattr("osmnx._overpass.time", SimpleNamespace(sleep=lambda _: None))
    edge = [lonlat(xy) for xy in (*box(-100, -400, 700, 400), (-100, -400))]
    land = {"type": "Polygon", "coordinates": [edge]}
    state = SimpleNamespace(status=200)

    def kommuneinfo(request):
        if state.status is None:
            raise httpx.ReadTimeout("too slow", request=request)
        about = (
            {"omrade": land} if "omrade" in request.url.path else {"kommunenavnNorsk": "Bodø"}
        )
        return httpx.Response(state.status, json=about)

    carrier = http.client(transport=httpx.MockTransport(kommuneinfo))
    fetcher = partial(http.Fetcher, client=carrier, sleep=lambda _: None)
    monkeypatch.setattr(build, "Fetcher", fetcher)
    map_file = crossroads().save(tmp_path / "live.osm.pbf")

    def point(**faults):
        server = overpass_server(map_file, **faults)
        url = server.__enter__()
        state.close = lambda: server.__exit__(None, None, None)
        monkeypatch.setattr(
            osm_live, "read_live", partial(osm_live.read_live, overpass_url=url)
        )
        return state

    yield point
    state.close()


def test_a_municipality_is_built_live_and_adds_up_to_its_residents(live):
    live()
    shares = []
    built = build.build_municipality(BODO, progress=lambda share, _: shares.append(share))
    assert built.area.name == "Bodø"
    assert built.homes["everybody"].sum() == pytest.approx(ages()[BODO].total)
    assert [source.name for source in built.area.sources][:2] == ["OpenStreetMap", "Kartverket"]
    assert built.places["name"].tolist() == ["Biblioteket"]
    assert built.boundary.area[0] == pytest.approx(800 * 800, rel=1e-3)
    assert shares == sorted(shares)
    assert shapely.equals(bundle.read(BODO).boundary.geometry, built.boundary.geometry).all()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"busy": 99}, "is busy"),
        ({"overloaded": 99}, "is busy"),
        ({"html": 9}, "not map data"),
        ({"truncated": 9}, "not map data"),
    ],
)
def test_a_failing_map_service_leaves_the_earlier_area_whole(live, file, fault, said):
    build.build_file(file, code=BODO, name="Earlier")
    live(**fault)
    with pytest.raises(SourceError, match=said):
        build.build_municipality(BODO)
    assert bundle.read(BODO).area.name == "Earlier"


@pytest.mark.parametrize("status", [429, 500, 503, None])
def test_a_failing_boundary_service_leaves_the_earlier_area_whole(live, file, status, capsys):
    build.build_file(file, code=BODO, name="Earlier")
    live().status = status
    assert main(["build", BODO]) == 1
    assert "does not answer as it should" in capsys.readouterr().err
    assert bundle.read(BODO).area.name == "Earlier"


def test_a_number_that_is_gone_is_said(live, capsys):
    live().status = 404
    assert main(["build", "1850"]) == 1
    assert "There is no municipality with the number 1850" in capsys.readouterr().err


def test_without_a_network_nothing_hangs_and_nothing_is_lost(file, monkeypatch, capsys):
    build.build_file(file, code=BODO, name="Earlier")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        monkeypatch.setattr(kommuner, "SERVICE", f"http://127.0.0.1:{port}")
        monkeypatch.setattr(build, "Fetcher", partial(http.Fetcher, sleep=lambda _: None))
        assert main(["build", BODO]) == 1
    assert "ConnectError" in capsys.readouterr().err
    assert bundle.read(BODO).area.name == "Earlier"


def test_a_cache_that_cannot_be_kept_is_said(live, tmp_path, monkeypatch, capsys):
    live()
    (tmp_path / "a file").touch()
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "a file"))
    assert main(["build", BODO]) == 1
    assert "Traceback" not in capsys.readouterr().err
