"""The benchmarks run, and their figures have a shape; how large they are is not tested."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Measure the smallest area once, without a browser: what was printed, and the JSON."""
    file = tmp_path_factory.mktemp("benchmarks") / "way.json"
    options = ["--area", "demo-karhula", "--runs", "1", "--no-browser", "--json", str(file)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "way", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(file.read_text(encoding="utf-8"))


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
