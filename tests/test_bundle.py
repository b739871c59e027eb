"""An area on disk: whole or not at all, and never a traceback."""

import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from geopandas.testing import assert_geodataframe_equal

from data import bundle, store
from geo.bundle import CONTRACTS, Source
from geo.errors import BundleError, Message
from geo.paths.terrain import Terrain
from tests.towns import bundle as town_of
from tests.towns import streets


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


def test_what_was_written_is_what_is_read(home):
    written = town()
    assert bundle.write(written) == home / "toytown"
    found = bundle.read("toytown")
    assert found.area == written.area
    assert [str(m) for m in found.area.warnings] == [str(m) for m in written.area.warnings]
    for name in CONTRACTS:
        assert_geodataframe_equal(getattr(found, name), getattr(written, name))
    assert store.codes() == ["toytown"]


def test_a_newer_minor_format_may_add(kept):
    toml = (kept / "area.toml").read_text("utf-8")
    (kept / "area.toml").write_text(
        toml.replace('"3.0"', '"3.7"') + '\n[moon]\nphase = "full"\n', "utf-8"
    )
    homes = gpd.read_parquet(kept / "homes.parquet")
    homes.assign(colour="red").to_parquet(kept / "homes.parquet")
    homes.to_parquet(kept / "moons.parquet")
    assert "colour" not in bundle.read("toytown").homes


@pytest.mark.parametrize("version", ["1.0", "0.9", "10.0"])
def test_another_major_format_is_refused_in_words(kept, version):
    toml = (kept / "area.toml").read_text("utf-8")
    (kept / "area.toml").write_text(toml.replace('"3.0"', f'"{version}"'), "utf-8")
    with pytest.raises(BundleError, match=f"format {version}; this one reads 3.x.*again"):
        bundle.read("toytown")


@pytest.mark.parametrize(
    "toml",
    [
        b"",
        b"\xff\xfe\x00",
        b"format = ",
        b'format = "3.0"',
        b'format = "3.0"\ncode = 1\nname = 2\ncrs = 3\nbuilt = 4\nsources = 5\nwarnings = 7',
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
    for content in (None, b"", b"<html>" * 99, whole[: len(whole) // 2]):
        file.unlink()
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(BundleError, match=rf"damaged \({name}.parquet: .*Build it again"):
            bundle.read("toytown")
        file.write_bytes(whole)


def test_a_table_in_another_crs_is_damage(kept):
    homes = gpd.read_parquet(kept / "homes.parquet").set_crs(25832, allow_override=True)
    homes.to_parquet(kept / "homes.parquet")
    with pytest.raises(BundleError, match="CRS is not EPSG:25833"):
        bundle.read("toytown")


def test_no_area_is_said():
    with pytest.raises(BundleError, match=r"There is no area toytown. Build it first"):
        bundle.read("toytown")
    assert store.codes() == []


def test_figures_of_numpy_are_written_as_figures():
    area = replace(
        town().area, warnings=(Message("{n} m", {"n": streets([(0, 0), (9, 0)]).length.sum()}),)
    )
    bundle.write(replace(town(), area=area))
    assert json.dumps(bundle.read("toytown").area.warnings[0].values) == '{"n": 9.0}'


HILL = Terrain(np.array([[1, np.nan], [3, 4]], np.float32), 474_000.0, 7_463_000.0, 10.0)


def test_heights_are_kept_where_they_are_known(home):
    bundle.write(replace(town(), terrain=HILL))
    found = bundle.read("toytown").terrain
    np.testing.assert_array_equal(found.heights_m, HILL.heights_m)
    assert (found.west_m, found.north_m, found.cell_m) == (474_000.0, 7_463_000.0, 10.0)
    bundle.write(town())
    assert bundle.read("toytown").terrain is None


def test_damaged_heights_are_said():
    where = bundle.write(replace(town(), terrain=HILL))
    (where / "terrain.tif").write_bytes(b"<html>")
    with pytest.raises(BundleError, match=r"damaged \(terrain.tif: .*Build it again"):
        bundle.read("toytown")
