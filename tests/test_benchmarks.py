"""The benchmarks run, and their figures have a shape; how large they are is not tested."""

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks import __main__ as command
from benchmarks import crowd, session
from benchmarks.contest import Effort, Report, matrix
from benchmarks.contest import nearest as contest
from benchmarks.copies import copied, largest
from benchmarks.engine import FIGURES, growth
from benchmarks.ours import at_junctions, ours_matrix, ours_nearest, prepared
from benchmarks.peers import Done, networkx_matrix, scipy_matrix, scipy_nearest
from benchmarks.streets import Streets, level_m, load, streets_of
from geo.search.hierarchy import weigh
from tests.visit import served

ROOT = Path(__file__).resolve().parent.parent


def measured(what, *options, file):
    """Run a benchmark of the smallest area: what was printed, and the JSON."""
    asked = [what, "--area", "demo-karhula", *options, "--json", str(file)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Measure the smallest area once, without a browser."""
    file = tmp_path_factory.mktemp("benchmarks") / "way.json"
    return measured("way", "--runs", "1", "--no-browser", file=file)


def test_every_figure_has_a_name_a_unit_and_its_extremes(told):
    _, way = told
    assert way.keys() == {"machine", "results"}
    for row in way["results"]:
        assert row.keys() == {"name", "unit", "median", "min", "max", "runs"}
        assert row["unit"] in {"s", "ms", "kB", "MB"}
        known = row["runs"] > 0
        assert (row["median"] is not None) == known
        assert not known or 0 < row["min"] <= row["median"] <= row["max"]
    names = [row["name"] for row in way["results"]]
    assert len(names) == len(set(names))


def test_the_whole_way_is_measured(told):
    _, way = told
    steps = {
        row["name"].removeprefix("demo-karhula: ").split(", ")[0] for row in way["results"]
    }
    assert {"build", "open", "answer", "publish", "layer walk", "layer places"} <= steps


def test_the_machine_is_named(told):
    _, way = told
    assert way["machine"]["cores"] >= 1
    assert way["machine"]["browser"] == "not asked for"


def test_the_same_is_printed_as_one_table(told):
    printed, way = told
    rows = [line.split("|")[1].strip() for line in printed.splitlines() if line[:1] == "|"]
    assert rows[0] == "name"
    assert rows[2:] == [row["name"] for row in way["results"]]


def ladder():
    """
    Return junctions 0 1 2 over 3 4 5, 100 m apart, and 6 and 7 far from all of them.

    0 and 1 are joined twice, 2 and 5 by stairs; 4 has a loop. Kind 0 is in 0 and
    in 7, kind 1 in 5: two places with the same door.
    """
    u, v = np.array([[0, 1, 0, 1, 3, 4, 2, 4, 6], [1, 2, 1, 4, 4, 5, 5, 4, 7]])
    xy = [[0, 100], [100, 100], [200, 100], [0, 0], [100, 0], [200, 0], [900, 0], [900, 90]]
    length_m = np.array([150, 100, 100, 100, 100, 100, 100, 60, 90.0])
    ends = np.array([0, 7, 5, 5]), np.array([0, 0, 1, 1]), np.array([0, 1, 2, 3])
    return Streets(u, v, length_m, np.arange(9) == 6, np.array(xy, dtype=float), *ends)


LADDER_M = {
    0: [0, 100, 200, 300, 200, 300, 90, 0],
    1: [300, 200, 100, 200, 100, 0, np.inf, np.inf],
}
"""From each junction to the nearest door of each kind, for who minds no hills and no stairs."""


def test_everybody_walks_the_ladder_alike():
    town = ladder()
    for done in (
        ours_nearest(town, prepared(town), [0]),
        scipy_nearest(town, [(0, 0), (0, 1)]),
    ):
        for kind, way_m in LADDER_M.items():
            assert done.found[0, kind].tolist() == way_m


def test_a_walker_who_minds_stairs_goes_round():
    town = ladder()
    assert level_m(town, 0)[6] == 100
    assert level_m(town, 3)[6] >= 800
    hills = replace(town, length_m=np.zeros(9), steps=np.zeros(9, dtype=bool))
    assert (level_m(hills, 0) == 1 / 8).all()  # no edge is free
    assert (level_m(town, 1) * 8 % 1 == 0).all()


def test_everybody_counts_alike():
    town = ladder()
    cutoff_m = 200 + 1 / 16
    weighed = weigh(prepared(town), level_m(town, 0))
    ours, table, _ = ours_matrix(town, weighed, cutoff_m)
    for done in (ours, scipy_matrix(town, cutoff_m)):
        assert done.found[0].tolist() == [1, 1, 1, 0, 1, 0, 1, 1]
        assert done.found[1].tolist() == [0, 2, 2, 2, 2, 2, 0, 0]  # both places
    walks = networkx_matrix(town, cutoff_m, np.array([2]))
    assert walks.share == 1 / 4
    assert walks.found[2] == {5: 0, 2: 100, 4: 100, 1: 200, 3: 200}
    assert np.diff(table.tocsc().indptr).tolist() == [4, 2, 5, 5]


def test_points_in_junctions_stand_at_an_end_of_an_edge():
    town = ladder()
    at = at_junctions(town)
    ends = np.where(at.along == 0, town.u[at.edge], town.v[at.edge])
    assert ends.tolist() == list(range(8))


@pytest.mark.parametrize("copies", [1, 2, 3, 4, 7])
def test_copies_hang_together(copies):
    town = ladder()
    country = copied(town, copies * 8)
    assert country.junctions == copies * 8
    assert largest(country).sum() == copies * 6
    assert np.bincount(country.kind).tolist() == [2 * copies, 2 * copies]
    assert country.place.tolist() == sorted(country.place)
    assert set(country.place) == set(range(4 * copies))
    direct_m = np.hypot(*(country.xy[country.u] - country.xy[country.v]).T)
    assert (country.length_m >= direct_m - 60).all()  # no street leaps over a town


def test_a_copy_has_all_that_the_town_has():
    town, country = ladder(), copied(ladder(), 16)
    assert (country.length_m[:18] == np.tile(town.length_m, 2)).all()
    assert country.steps.sum() == 2
    near = ours_nearest(country, prepared(country), [0]).found[0, 0]
    assert near[:8].tolist() == LADDER_M[0]


def test_streets_of_an_area_keep_the_commonest_kinds(tmp_path):
    lines = [LineString([(0, 0), (100, 0)]), LineString([(100, 0), (100, 50)])]
    known = {"u": [5, 7], "v": [7, 6], "length_m": [100.0, 50.0], "steps": [False, True]}
    paths = gpd.GeoDataFrame(known, geometry=lines, crs="EPSG:25833")
    places = pd.DataFrame({"kinds": ["park;pitch", "park", "cafe"]}, index=["a", "b", "c"])
    doors = [Point(90, 5), Point(95, 0), Point(100, 45), Point(0, 3)]
    entrances = gpd.GeoDataFrame({"place_id": ["a", "a", "b", "c"]}, geometry=doors)
    town = streets_of(paths, places, entrances)
    town.save(tmp_path / "streets.npz")
    for one in (town, load(tmp_path / "streets.npz")):
        assert one.length_m.tolist() == [100, 50]
        assert one.steps.tolist() == [False, True]
        assert one.kind.tolist() == [0, 0, 1, 2]  # park, cafe, pitch
        assert one.xy[one.door].tolist() == [[100, 0], [100, 50], [0, 0], [100, 0]]
        assert one.place.tolist() == [0, 1, 2, 3]


def test_a_wrong_answer_is_no_figure(monkeypatch):
    wrong = scipy_nearest(ladder(), [(w, k) for w in range(4) for k in range(2)])
    wrong.found[0, 1][3] += 0.01
    monkeypatch.setattr("benchmarks.contest.scipy_nearest", lambda *_: wrong)
    report, effort = Report("ladder"), Effort(1, 3, 1, 1, 1, counts=1)
    with pytest.raises(AssertionError, match=r"0\.01"):
        contest(report, ladder(), effort)


def test_a_wrong_count_is_no_figure(monkeypatch):
    wrong = scipy_matrix(ladder(), 200)
    wrong.found[1][3] -= 1
    monkeypatch.setattr("benchmarks.contest.scipy_matrix", lambda *_: wrong)
    with pytest.raises(AssertionError, match="not equal"):
        matrix(Report("ladder"), ladder(), Effort(1, 3, 1, 1, 1, counts=1))


def test_work_done_in_part_is_told_so():
    report = Report("town")
    assert report.add("nearest", [Done(1.0, 2.0, {}, share=0.25)]) == 8
    assert report.add("all", [Done(1.0, 3.0, {})]) == 3
    report.ratio("ratio", 8.0, 2.0, "figure")
    assert [row.name for row in report.rows] == [
        "town: nearest, sampled",
        "town: all",
        "town: ratio",
    ]
    assert report.figures == {"figure": 4}


def test_growth_is_the_power_of_size():
    assert growth({10: 3.0, 1000: 300.0}) == pytest.approx(1)
    assert growth({10: 3.0, 1000: 30_000.0}) == pytest.approx(2)


@pytest.fixture(scope="module")
def raced(tmp_path_factory):
    """Measure the engine on the smallest area."""
    file = tmp_path_factory.mktemp("benchmarks") / "engine.json"
    return measured("engine", "--quick", file=file)


def test_the_engine_is_measured_against_others(raced):
    printed, engine = raced
    assert engine.keys() == {*FIGURES, "work", "machine", "results"}
    for name in ("nearest_vs_scipy", "matrix_vs_scipy", "matrix_vs_networkx"):
        assert engine[name] > 0
    for name in ("country_s", "country_gb", "scaling_exponent", "million_nearest_vs_scipy"):
        assert engine[name] is None
    rows = [line.split("|")[1].strip() for line in printed.splitlines() if line[:1] == "|"]
    assert rows[2:] == [row["name"] for row in engine["results"]]


def test_ratios_are_theirs_by_ours(raced):
    _, engine = raced
    row = {one["name"].split(": ")[1]: one["median"] for one in engine["results"]}
    assert row["nearest, SciPy"] / row["nearest, ours"] == engine["nearest_vs_scipy"]
    both = row["prepare, ours"] + row["nearest, ours"]
    theirs = row["prepare, SciPy"] + row["nearest, SciPy"]
    assert row["nearest and prepare, SciPy ÷ ours"] == pytest.approx(theirs / both)


def test_the_engine_does_without_pandana(monkeypatch):
    monkeypatch.setattr("benchmarks.contest.has_pandana", lambda: False)
    report = Report("ladder")
    contest(report, ladder(), Effort(1, 3, 1, 1, 1, counts=1))
    matrix(report, ladder(), Effort(1, 3, 1, 1, 1, counts=1))
    assert report.figures["nearest_vs_pandana"] is None
    assert report.figures["matrix_vs_pandana"] is None
    missing = [row.as_json() for row in report.rows if "not installed" in row.name]
    assert [row["median"] for row in missing] == [None, None]


@pytest.fixture(scope="module")
def met(tmp_path_factory, moteplass_home, karhula):
    """Let three sessions change something twice, and twice at the same moment."""
    log = tmp_path_factory.mktemp("log") / "server.txt"
    asked = {"area": "demo-karhula", "kinds": "park", "minutes": "10", "lang": "sv"}
    said = []
    say = session._say

    def heard(state, element, chance):
        say(state, element, chance)
        if chance:
            said.append(state.SerializeToString())

    with served(moteplass_home, log) as address, pytest.MonkeyPatch.context() as patch:
        patch.setattr(crowd, "SESSIONS", 3)
        patch.setattr(crowd, "THINK_S", 0.0)
        patch.setattr(session, "_say", heard)
        with ThreadPoolExecutor(1) as apart:  # Playwright may hold this thread's event loop
            told = apart.submit(crowd.met, "karhula", address, os.getpid(), asked, runs=2)
            return told.result(), said


def test_a_crowd_is_measured(met):
    told, said = met
    rows = {row.name.removeprefix("karhula: "): row.as_json() for row in told}
    assert rows["3 sessions, changes while others think"]["runs"] == 6
    at_once = rows["3 sessions, changes at the same moment"]
    assert at_once["runs"] == 6
    slow = rows["3 sessions, changes at the same moment, 95 % of them within"]
    assert slow["median"] == at_once["max"]
    assert 0 <= rows["3 sessions, changes at the same moment, under 1.5 s"]["median"] <= 100
    assert len(set(said)) > 6  # 14 changes, by chance
    if Path("/proc/self").exists():
        assert rows["1 session, server's memory"]["median"] > 10


def test_a_widget_says_what_it_shows_or_something_else():
    chance = random.Random(1)
    element, state = Element(), WidgetState()
    box = element.selectbox
    box.id, box.raw_value, box.set_value = "$$ID-0-group", "Alle", True
    box.options.extend(["Alle", "Unge"])
    session._say(state, element, None)
    assert (state.id, state.string_value) == ("$$ID-0-group", "Alle")
    for _ in range(20):
        session._say(state, element, chance)
        assert state.string_value in box.options
    kinds = Element()
    kinds.multiselect.options.extend(["Park", "Torg", "Kafé"])
    kinds.multiselect.default.append(1)
    told = WidgetState()
    session._say(told, kinds, None)
    assert list(told.string_array_value.data) == ["Torg"]


def test_the_app_in_use_needs_a_browser(monkeypatch, capsys):
    monkeypatch.setattr(command, "_browser", lambda: ("", "not measured, for there is none"))
    with pytest.raises(SystemExit, match="there is none"):
        command.main(["app"])
