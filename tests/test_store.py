"""The store: an area is put there whole, or what was there stays."""

import errno
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import pytest

from data import bundle, store
from geo.errors import BundleError
from tests.test_bundle import town
from tests.towns import Drawing

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    return tmp_path / "store" / "areas"


@pytest.fixture
def kept():
    """Return the folder of an area that is already there."""
    return bundle.write(town())


def leftovers(home):
    names = {path.name for path in home.iterdir()}
    return sorted(name for name in names - {"toytown"} if not name.startswith(".lock-"))


@pytest.mark.parametrize(
    "code",
    [
        *(
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "/etc",
            "~",
            "$HOME",
            "%2e",
            ".old-a",
            "-a",
            "a b",
        ),
        *("a\n", "a\x00", "Bodø", "x" * 41, "x" * 1000),
        *("CON", "con", "nul", "aux", "prn", "com1", "lpt9"),
    ],
)
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
    with pytest.raises(BundleError, match=r"The disk is full: .*toytown could not be written"):
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
    with pytest.raises(BundleError, match=r"could not be written .*set MOTEPLASS_HOME"):
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


def test_a_swap_that_fails_in_the_middle_brings_the_earlier_area_back(home, kept, monkeypatch):
    real = Path.rename

    def rename(path, target):
        if path.name.startswith(".new-"):
            raise OSError(errno.EIO, "Input/output error")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(BundleError, match="Input/output error"):
        bundle.write(town("Newer"))
    assert bundle.read("toytown").area.name == "Toytown"
    assert leftovers(home) == []
    assert kept.exists()


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
