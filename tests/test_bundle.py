"""An area on disk: whole or not at all, and never a traceback."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from geopandas.testing import assert_geodataframe_equal

from data import bundle, store
from geo.bundle import CONTRACTS, Source
from geo.errors import BundleError, Message
from tests.towns import Drawing, streets
from tests.towns import bundle as town_of

ROOT = Path(__file__).parents[1]


def town(name="Toytown", code="toytown"):
    built = town_of(
        streets([(0, 0), (600, 0)]),
        {(0, 0): {"everybody": 2.5}},
        {"n1": ("library;school", (300, 0)), "w2": ("park", (400, 0))},
    )
    area = replace(
        built.area,
        code=code,
        name=name,
        sources=(Source("OSM", "ODbL 1.0", "© Alle", "2026-11-20", 7),),
        warnings=(Message("{n} of {name}", {"n": 3, "name": 'Q"uote\\ 🏛️'}),),
    )
    return replace(built, area=area)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    return tmp_path / "store" / "areas"


@pytest.fixture
def kept(home):
    """Return the folder of an area that is already there."""
    return bundle.write(town())


def leftovers(home):
    return [
        p.name for p in home.iterdir() if not p.name.startswith(".lock") and p.name != "toytown"
    ]


def test_what_was_written_is_what_is_read(home):
    written = town()
    assert bundle.write(written) == home / "toytown"
    found = bundle.read("toytown")
    assert found.area == written.area
    assert [str(m) for m in found.area.warnings] == [str(m) for m in written.area.warnings]
    for name in CONTRACTS:
        assert_geodataframe_equal(getattr(found, name), getattr(written, name))
    assert store.codes() == ["toytown"]
    assert leftovers(home) == []


def test_a_newer_minor_format_may_add(kept):
    toml = (kept / "area.toml").read_text("utf-8")
    (kept / "area.toml").write_text(
        toml.replace('"1.0"', '"1.7"') + '\n[moon]\nphase = "full"\n', "utf-8"
    )
    homes = gpd.read_parquet(kept / "homes.parquet")
    homes.assign(colour="red").to_parquet(kept / "homes.parquet")
    homes.to_parquet(kept / "moons.parquet")
    assert "colour" not in bundle.read("toytown").homes


@pytest.mark.parametrize("version", ["2.0", "0.9", "10.0"])
def test_another_major_format_is_refused_in_words(kept, version):
    toml = (kept / "area.toml").read_text("utf-8")
    (kept / "area.toml").write_text(toml.replace('"1.0"', f'"{version}"'), "utf-8")
    with pytest.raises(BundleError, match=f"format {version}; this one reads 1.x.*again"):
        bundle.read("toytown")


@pytest.mark.parametrize(
    "toml",
    [
        b"",
        b"\xff\xfe\x00",
        b"format = ",
        b'format = "1.0"',
        b'format = "1.0"\ncode = 1\nname = 2\ncrs = 3\nbuilt = 4\nsources = 5\nnotes = 6\nwarnings = 7',
        b'format = "one"',
        b"<html>",
    ],
)
def test_a_garbled_description_is_said(kept, toml):
    (kept / "area.toml").write_bytes(toml)
    with pytest.raises(BundleError, match=r"damaged \(area.toml: .*Build it again"):
        bundle.read("toytown")


@pytest.mark.parametrize(
    ("old", "new"), [('built = "2026', 'built = "soon'), ('crs = "EPSG:', 'crs = "ESPG:')]
)
def test_a_description_that_cannot_be_true_is_said(kept, old, new):
    toml = (kept / "area.toml").read_text("utf-8")
    assert old in toml
    (kept / "area.toml").write_text(toml.replace(old, new), "utf-8")
    with pytest.raises(BundleError, match=r"damaged .*Build it again"):
        bundle.read("toytown")


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_damaged_table_is_named(kept, name):
    file = kept / f"{name}.parquet"
    whole = file.read_bytes()
    for content in (None, b"", b"PAR1", whole[: len(whole) // 2], b"<html>" * 99):
        file.unlink()
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(BundleError, match=rf"damaged \({name}.parquet: .*Build it again"):
            bundle.read("toytown")
        file.write_bytes(whole)
    assert bundle.read("toytown")


def test_a_table_in_another_crs_is_damage(kept):
    homes = gpd.read_parquet(kept / "homes.parquet").set_crs(25832, allow_override=True)
    homes.to_parquet(kept / "homes.parquet")
    with pytest.raises(BundleError, match="CRS is not EPSG:25833"):
        bundle.read("toytown")


def test_no_area_is_said():
    with pytest.raises(BundleError, match="There is no area toytown. Build it first"):
        bundle.read("toytown")
    assert store.codes() == []


@pytest.mark.parametrize(
    "code",
    ["", ".", "..", "../x", "a/b", "a\\b", "/etc", "CON", "Bodø", "x" * 41, "x" * 1000, "a b", "-a",
     "a\n", "a\x00", "~", "$HOME", "%2e", ".old-a", "con", "nul", "aux", "prn", "com1", "lpt9"],
)  # fmt: skip
def test_a_hostile_code_never_becomes_a_path(home, code):
    for use in (bundle.read, lambda code: bundle.write(town(code=code))):
        with pytest.raises(BundleError, match="An area's code is") as raised:
            use(code)
        assert len(str(raised.value)) < 200
    assert not home.exists() or not list(home.iterdir())


def test_a_full_disk_leaves_the_earlier_area_whole(home, kept, monkeypatch):
    written, real = [], gpd.GeoDataFrame.to_parquet

    def full(table, path, **how):
        written.append(path)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(table, path, **how)

    monkeypatch.setattr(gpd.GeoDataFrame, "to_parquet", full)
    with pytest.raises(BundleError, match="The disk is full: .*toytown could not be written"):
        bundle.write(town("Too large"))
    assert bundle.read("toytown").area.name == "Toytown"
    assert leftovers(home) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_real_limit_on_writing_leaves_the_earlier_area_whole(home, kept):
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000));"
        "from tests.test_bundle import town, bundle; bundle.write(town('Too large'))"
    )
    found = subprocess.run(
        [sys.executable, "-c", limited], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stderr.splitlines()[-1].startswith("geo.errors.BundleError: ")
    assert "could not be written" in found.stderr
    assert bundle.read("toytown").area.name == "Toytown"
    assert leftovers(home) == []


def test_a_store_that_is_a_file_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("I was here first")
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "file"))
    with pytest.raises(BundleError, match="could not be written .*set MOTEPLASS_HOME"):
        bundle.write(town())
    assert (tmp_path / "file").read_text() == "I was here first"


def test_a_swap_cut_between_its_steps_is_undone(home, kept):
    kept.rename(home / ".old-toytown")  # the machine stopped here
    assert store.codes() == ["toytown"]
    assert bundle.read("toytown").area.name == "Toytown"
    assert leftovers(home) == []
    kept.rename(home / ".old-toytown")
    bundle.write(town("Newer"))
    assert bundle.read("toytown").area.name == "Newer"
    assert leftovers(home) == []


def test_what_a_killed_build_left_is_swept_in_time(home, kept):
    old, young = home / ".new-toytown-old", home / ".new-other-young"
    for left in (old, young):
        shutil.copytree(kept, left)
    yesterday = time.time() - store.LEFT_BEHIND_S - 60
    os.utime(old, (yesterday, yesterday))
    bundle.write(town())
    assert leftovers(home) == [young.name]
    assert store.codes() == ["toytown"]


def build(file, name):
    command = [sys.executable, "-m", "data", "build", "--code", "toytown"]
    return subprocess.Popen(
        [*command, "--osm", str(file), "--name", name],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def crossroads(tmp_path):
    drawing = Drawing()
    drawing.way([(0, 0), (600, 0)], highway="footway")
    drawing.node((50, 10), amenity="library")
    return drawing.save(tmp_path / "town.osm")


def test_a_build_killed_half_way_harms_nothing(home, kept, crossroads):
    killed = build(crossroads, "Killed")
    while killed.poll() is None and not list(home.glob(".new-*")):
        time.sleep(0.002)
    killed.kill()
    assert killed.wait() < 0, killed.stderr.read()
    killed.stderr.close()
    assert bundle.read("toytown").area.name == "Toytown"
    bundle.write(town("Next"))
    assert bundle.read("toytown").area.name == "Next"


def test_two_builds_at_once_leave_one_whole_area(home, crossroads):
    both = [build(crossroads, name) for name in ("One", "Two")]
    said = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert bundle.read("toytown").area.name in {"One", "Two"}
    assert leftovers(home) == []


def test_figures_of_numpy_are_written_as_figures(home):
    area = replace(
        town().area, warnings=(Message("{n} m", {"n": streets([(0, 0), (9, 0)]).length.sum()}),)
    )
    bundle.write(replace(town(), area=area))
    assert json.dumps(bundle.read("toytown").area.warnings[0].values) == '{"n": 9.0}'
