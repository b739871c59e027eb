"""Many areas at once: each reported, none twice, none lost when the work is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data import bundle, store
from data.__main__ import main
from data.county import orders_within
from data.order import Order
from geo.errors import SourceError
from tests.towns import Drawing, box, lonlat

ROOT = Path(__file__).parent.parent
NUMBERS = ("1804", "1811", "1812")

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # Dask leaves pipes of its workers open
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    return tmp_path / "store"


@pytest.fixture
def county(tmp_path):
    """Draw three towns, far apart, as one map; and a file of their boundaries."""
    town, features = Drawing(), []
    for n, number in enumerate(NUMBERS):
        east = 20_000 * n
        town.way([(east, 0), (east + 600, 0)], highway="residential", name="Storgata")
        town.area(box(east + 50, 10, east + 60, 20), building="house")
        town.area(box(east + 400, 10, east + 440, 40), amenity="library", name=number)
        edge = [lonlat(xy) for xy in box(east - 100, -400, east + 700, 400)]
        shape = {"type": "Polygon", "coordinates": [[*edge, edge[0]]]}
        about = {"kommunenummer": number, "kommunenavn": f"Vik {n}"}
        features.append({"type": "Feature", "properties": about, "geometry": shape})
    boundaries = tmp_path / "kommuner.geojson"
    boundaries.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return town.save(tmp_path / "county.osm.pbf"), boundaries


def command(county, *more):
    osm, boundaries = county
    files = ["--osm", str(osm), "--boundary", str(boundaries), "--no-services"]
    return ["build", "18", *files, "--workers", "2", *more]


def test_every_municipality_is_cut_out_built_and_told(county, capfd):
    assert main(command(county)) == 0
    assert store.codes() == list(NUMBERS)
    for n, number in enumerate(NUMBERS):
        built = bundle.read(number)
        assert built.area.name == f"Vik {n}"
        assert built.places["name"].tolist() == [number]
        assert len(built.homes) == 1
    told = capfd.readouterr()
    assert told.out.count(" residents, 1 places, ") == 3
    assert "3 of 3 areas are built." in told.out


def test_what_was_built_is_not_built_again_unless_its_files_change(county, capfd):
    main(command(county))
    before = {n: bundle.read_area(n).built for n in NUMBERS}
    (store.folder("1811") / "area.toml").unlink()
    assert main(command(county)) == 0
    assert capfd.readouterr().out.count("built earlier") == 2
    assert bundle.read_area("1804").built == before["1804"]
    os.utime(county[0])
    main(command(county))
    assert "built earlier" not in capfd.readouterr().out


def test_one_that_fails_leaves_the_others_whole(county, capfd):
    _, boundaries = county
    far = json.loads(boundaries.read_text())
    edge = [[14.0, 68.0], [14.1, 68.0], [14.1, 68.1], [14.0, 68.0]]
    far["features"][1]["geometry"]["coordinates"] = [edge]
    boundaries.write_text(json.dumps(far))
    assert main(command(county)) == 1
    told = capfd.readouterr()
    assert "1811 Vik 1: not built. county.osm.pbf holds nothing of the land" in told.out
    assert "2 of 3 areas are built." in told.out
    assert store.codes() == ["1804", "1812"]


def test_work_that_was_killed_goes_on_where_it_was(county, home):
    asked = [sys.executable, "-m", "data", *command(county, "--workers", "1")]
    first = subprocess.Popen(asked, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)
    try:
        until = time.monotonic() + 120
        while not list((home / "areas").glob("18*/area.toml")):
            assert time.monotonic() < until, "nothing was built"
            assert first.poll() is None, first.stderr.read().decode()
            time.sleep(0.02)
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    kept = store.codes()
    assert 1 <= len(kept) < 3
    again = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("built earlier") == len(kept)
    assert store.codes() == list(NUMBERS)


def test_a_cluster_that_is_there_already_is_used(county, capfd):
    from distributed import LocalCluster  # noqa: PLC0415 - slow to import

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        assert main(command(county, "--scheduler", address)) == 0
    assert "3 of 3 areas are built." in capfd.readouterr().out


def test_no_cluster_at_the_address_is_said(county, capfd):
    assert main(command(county, "--scheduler", "tcp://127.0.0.1:9")) == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        ("18", "{}", "cannot be read as a file of boundaries"),
        ("99", None, "has no municipality of county 99"),
        ("18", "names", "needs a column called one of these: kommunenavn"),
    ],
)
def test_a_file_of_boundaries_that_will_not_do_is_said(tmp_path, number, text, said):
    file = tmp_path / "k.geojson"
    about = {"kommunenummer": "1804"} | ({} if text == "names" else {"kommunenavn": "Bodø"})
    shape = {"type": "Polygon", "coordinates": [[[14, 67], [15, 67], [15, 68], [14, 67]]]}
    feature = {"type": "Feature", "properties": about, "geometry": shape}
    whole = json.dumps({"type": "FeatureCollection", "features": [feature]})
    file.write_text("{}" if text == "{}" else whole)
    with pytest.raises(SourceError, match=said):
        orders_within(Order(number, boundary=file), number, tmp_path / "pieces")


def test_a_number_that_lost_its_nought_is_found(tmp_path):
    shape = {"type": "Polygon", "coordinates": [[[10, 59], [11, 59], [11, 60], [10, 59]]]}
    about = {"kommunenummer": 301.0, "kommunenavn": "Oslo"}
    feature = {"type": "Feature", "properties": about, "geometry": shape}
    file = tmp_path / "k.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (oslo,) = orders_within(Order("03", boundary=file), "03", tmp_path / "pieces")
    assert (oslo.code, oslo.number, oslo.name) == ("0301", "0301", "Oslo")
