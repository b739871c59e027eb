"""Files that are in no usual order: sorted by hand, with a history, or without any street."""

import re

import pytest

from geo.errors import SourceError
from tests.test_osm_file import drawn, extract
from tests.towns import Drawing, box


def saved(folder, xml):
    file = folder / "other.osm"
    file.write_text(xml, encoding="utf-8")
    return file


@pytest.fixture
def street():
    town = Drawing()
    town.node((50, 10), amenity="library", name="Before")
    town.way([(0, 0), (300, 0)], highway="footway")
    return town


def test_ways_before_their_nodes_are_told_apart_from_damage(tmp_path, street):
    nodes, way, end = re.fullmatch("(.*?)(<way.*</way>)(</osm>)", street.xml()).groups()
    head, nodes = nodes.split("<node", 1)
    with pytest.raises(SourceError, match="osmium sort"):
        extract(saved(tmp_path, f"{head}{way}<node{nodes}{end}"))


def test_of_a_history_the_newest_counts(tmp_path, street):
    before = re.search('<node id="1" .*?</node>', street.xml()).group()
    after = before.replace("Before", "After").replace('version="1"', 'version="2"')
    xml = street.xml().replace(before, before + after)
    features = extract(saved(tmp_path, xml)).features
    assert [tags["name"] for tags in features["tags"]] == ["After"]


def test_houses_alone_are_a_map_and_span_its_boundary(tmp_path):
    town = Drawing()
    town.area(box(0, 0, 10, 10), building="house")
    town.area(box(200, 100, 210, 110), building="house")
    found = drawn(tmp_path, town)
    assert len(found.features) == 2
    assert found.features.within(found.boundary.buffer(1e-9)).all()
    assert found.segments.empty
