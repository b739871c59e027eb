"""What hostile files come to: a sentence or the right rows, in little time and memory."""

from __future__ import annotations

import importlib
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import shapely

from data.files.door import look, read
from data.files.opening import opened
from data.files.report import unread
from data.services.service import Land
from geo.errors import SourceError
from tests.hostile import MAKERS, SCHOOLS, Read, Refused
from tests.loopback import Said, playing

LAND = Land("1812", "Sømna", "no", shapely.box(11.5, 65.1, 12.6, 65.5), "EPSG:25833")
LONGEST_S = 10.0
LARGEST = 400 * 1024**2


@pytest.fixture(autouse=True)
def empty_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))


def test_there_are_enough_of_them():
    assert len(MAKERS) >= 60


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_is_refused_or_read(name, tmp_path):
    make, outcome = MAKERS[name]
    path = make(tmp_path)
    began, filled = time.process_time(), peak()
    check(path, name, outcome)
    assert time.process_time() - began < LONGEST_S
    assert peak() - filled < LARGEST


def peak() -> int:
    """Return the most memory that this process ever had; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    resource = importlib.import_module("resource")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else most * 1024)


def check(path: Path, name: str, outcome: Refused | Read):
    if isinstance(outcome, Refused):
        with pytest.raises(SourceError, match=outcome.says) as caught:
            look(path, name, land=LAND)
        assert str(path.parent) not in str(caught.value)
        return
    seen = look(path, name, land=LAND)
    recipe = seen.recipe
    assert recipe.what == "places", recipe
    assert recipe.crs == outcome.crs
    known, report = read(path, recipe, LAND)
    register = known.register
    assert (len(register), report.used) == (outcome.places, outcome.places)
    assert {fault.row for fault in report.faults} == set(outcome.faults)
    assert report.used + len(unread(report.faults)) == report.read
    assert register.to_crs(4326).within(shapely.box(11.9, 64.9, 12.7, 65.7)).all()
    assert set(register["kind"]) == {"school"}
    text = "".join(register["name"]) + seen.preview.to_string()
    assert not set("\0\x07\u202e") & set(text)


# --- What must not happen beside it --------------------------------------------------------


def test_nothing_is_written_beside_the_file_or_in_the_archive_s_place(tmp_path):
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    for name in ("up.zip", "absolute.zip", "link.zip", "triggers.gpkg", "hidden.zip"):
        path = MAKERS[name][0](inside)
        before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
        with suppress(SourceError):
            opened(path, name)
        after = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
        assert after == before


def test_gml_fetches_no_schema(tmp_path):
    with playing(lambda path, query: Said(b"<schema/>")) as (address, asked):
        gml = (
            '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:a="http://a"'
            f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            f' xsi:schemaLocation="http://a {address}/a.xsd"><gml:featureMember>'
            '<a:Skole gml:id="s1" xmlns:xlink="http://www.w3.org/1999/xlink">'
            f'<a:navn>Vik skole</a:navn><a:eier xlink:href="{address}/eier.gml#1"/>'
            '<a:sted><gml:Point srsName="urn:ogc:def:crs:EPSG::4258" gml:id="p1">'
            "<gml:pos>65.31 12.17</gml:pos></gml:Point></a:sted></a:Skole>"
            "</gml:featureMember></gml:FeatureCollection>"
        )
        raw = opened(gml.encode(), "skoler.gml")
    assert asked == []
    assert raw.cells["navn"].tolist() == ["Vik skole"]
    assert raw.shapes[0].coords[0] == (12.17, 65.31)


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/vsicurl/http://127.0.0.1:9/a.csv",
        "C:\\temp\\a.csv",
        "a\0.csv",
        "",
    ],
)
def test_a_name_is_a_name_and_no_path(name):
    raw = opened(SCHOOLS, name)
    assert len(raw) == 3
    assert not set(raw.file) & set("/\\\0")


@pytest.mark.parametrize("name", ["corners.xlsx", "bomb.zip", "deep.kml", "huge.csv"])
def test_a_recipe_changes_nothing_of_it(name, tmp_path):
    make, outcome = MAKERS[name]
    with pytest.raises(SourceError, match=outcome.says):
        opened(make(tmp_path), name, layer="A", encoding="utf-8", separator=";")


@pytest.mark.parametrize("encoding", ["base64", "no-such", "ascii"])
def test_an_encoding_that_does_not_fit_is_told(encoding):
    with pytest.raises(SourceError, match="cannot be read as"):
        opened(SCHOOLS + "ø".encode(), "a.csv", encoding=encoding)
