"""The file door: the same map from every kind of file, a sentence from a broken one."""

from contextlib import suppress

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.build import build_file
from data.bundle import read
from data.matching import is_walkable
from data.osm_file import read_file
from data.places import places_of
from data.wanted import wanted
from geo.crs import to_metric
from geo.errors import SourceError
from tests.towns import CRS, Drawing, box

ENDINGS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")


def extract(file):
    return read_file(file, keep_feature=wanted, keep_way=is_walkable)


def drawn(tmp_path, drawing):
    return extract(drawing.save(tmp_path / "drawn.osm"))


def in_metres(found):
    return to_metric(found.features, CRS).geometry


@pytest.fixture
def town():
    """Draw a street, a library, a house, and a park with a pond."""
    town = Drawing()
    town.node((50, 10), amenity="library", name="Folkets «hus» & Søn")
    town.node((900, 900), note="Far away")
    town.way([(0, 0), (300, 0), (600, 0)], highway="footway", name="Storgata")
    town.area(box(100, 20, 110, 30), building="house")
    members = [
        (town.area(box(200, 20, 300, 120)), "outer"),
        (town.area(box(240, 60, 260, 80)), "inner"),
    ]
    town.relation(members, leisure="park", name="Parken")
    return town


def test_every_ending_gives_the_same_map(tmp_path, town):
    first, *others = (extract(town.save(tmp_path / f"town{ending}")) for ending in ENDINGS)
    assert set(first.features.index) == {"n1", "w2", "r1"}
    for other in others:
        assert other.features.equals(first.features)
        assert other.ways.equals(first.ways)
        assert other.segments.equals(first.segments)
        assert other.nodes.equals(first.nodes)
        assert other.boundary.equals(first.boundary)
        assert (other.date, other.warnings) == (first.date, first.warnings)


def test_the_map_is_as_it_was_drawn(tmp_path, town):
    found = drawn(tmp_path, town)
    assert in_metres(found).area.round(-1).to_dict() == {"n1": 0, "w2": 100, "r1": 9600}
    assert found.features["tags"]["n1"]["name"] == "Folkets «hus» & Søn"
    assert found.segments["way"].tolist() == [1, 1]
    assert found.ways["tags"].tolist() == [{"highway": "footway", "name": "Storgata"}]
    assert found.warnings == ()


@pytest.mark.parametrize("name", ["TOWN.OSM.PBF", "by med ø og mellomrom.osm.pbf", "town.pbf"])
def test_a_file_may_have_any_name(tmp_path, town, name):
    town.save(tmp_path / "drawn.osm.pbf").rename(tmp_path / name)
    assert len(extract(tmp_path / name).features) == 3


def test_a_declared_box_is_the_boundary(tmp_path, town):
    text = town.xml().replace(
        '<osm version="0.6">',
        '<osm version="0.6"><bounds minlon="14" minlat="67" maxlon="15" maxlat="68"/>',
    )
    (tmp_path / "town.osm").write_text(text, "utf-8")
    assert extract(tmp_path / "town.osm").boundary.equals(shapely.box(14, 67, 15, 68))


def test_a_closed_footway_is_a_ring_and_a_square_is_land(tmp_path):
    town = Drawing()
    ring = town.area(box(0, 0, 100, 100), highway="pedestrian", name="Runden", place="square")
    square = town.area(box(200, 0, 300, 100), highway="pedestrian", area="yes", name="Torget")
    kinds = drawn(tmp_path, town).features.geom_type.to_dict()
    assert kinds == {ring: "LineString", square: "Polygon"}


def test_a_ring_that_crosses_itself_is_mended_and_named(tmp_path):
    town = Drawing()
    bow = town.area([(0, 0), (100, 100), (100, 0), (0, 100)], leisure="park", name="Sløyfa")
    found = drawn(tmp_path, town.node((0, 0), amenity="library") and town)
    assert in_metres(found)[bow].area == pytest.approx(5000, abs=5)
    assert found.features.is_valid.all()
    assert "Sløyfa (w1)" in str(found.warnings[0])


def test_a_relation_that_lacks_members_keeps_what_is_closed(tmp_path):
    town = Drawing()
    whole = town.area(box(0, 0, 100, 100))
    half = town.way([(200, 0), (300, 0)])
    park = town.relation(
        [(whole, "outer"), (half, "outer"), ("w999", "outer")], leisure="park", name="Halv"
    )
    lost = town.relation([("w998", "outer")], leisure="park", name="Borte")
    town.node((0, 0), amenity="library")
    found = drawn(tmp_path, town)
    assert in_metres(found)[park].area == pytest.approx(10_000, abs=10)
    assert lost not in found.features.index
    assert [f"Halv ({park})" in str(m) for m in found.warnings] == [True, False]
    assert [f"Borte ({lost})" in str(m) for m in found.warnings] == [False, True]


def test_a_multipolygon_with_crossing_rings_keeps_its_land(tmp_path):
    town = Drawing()
    rings = [
        (town.area(box(0, 0, 100, 100)), "outer"),
        (town.area(box(50, 50, 150, 150)), "outer"),
    ]
    park = town.relation(rings, leisure="park", name="Dobbel")
    town.node((0, 0), amenity="library")
    found = drawn(tmp_path, town)
    assert in_metres(found)[park].is_valid
    assert in_metres(found)[park].area >= 10_000 - 10
    assert "Dobbel" in str(found.warnings[0])


def test_stretches_that_leave_the_file_are_cut_and_counted(tmp_path):
    town = Drawing()
    town.way([(0, 0), (300, 0)], missing=[7001, 7002], highway="footway")
    found = drawn(tmp_path, town)
    assert len(found.segments) == 1
    assert str(found.warnings[0]).startswith("1 stretches of path were cut off")


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "🏛️ 👩‍👩‍👧 Ähtäri",
        "مكتبة عامة",
        "\u202eevil\u202c",
        "=HYPERLINK(1)",
        "x" * 1000,
        " \n\t ",
    ],
)
def test_what_is_in_a_name_stays_text(tmp_path, name):
    town = Drawing()
    town.node((0, 0), amenity="library", name=name)
    found = drawn(tmp_path, town)
    assert len(found.features) == 1
    (shown,) = places_of(to_metric(found.features, CRS), shapely.box(0, 0, 1, 1))["name"]
    assert len(shown) <= 160
    assert shown == shown.strip()
    assert not set("\n\t\u202e\u202c") & set(shown)
    assert name.isspace() or shown[:4] == name.replace("\u202e", "")[:4]


def broken(tmp_path, town):
    pbf = town.save(tmp_path / "good.osm.pbf").read_bytes()
    xml = town.xml().encode()
    page = b"<!DOCTYPE html><html><body>503 Service unavailable</body></html>"
    degrees = xml.replace(b'lat="67', b'lat="967', 1)
    return {
        "cut.osm.pbf": pbf[: len(pbf) // 2],
        "page.osm.pbf": page,
        "page.osm": page,
        "empty.osm.pbf": b"",
        "empty.osm": b"",
        "cut.osm": xml[:-100],
        "zeros.osm.pbf": bytes(500),
        "pbf.osm": pbf,
        "xml.osm.pbf": xml,
        "nothing.osm": b'<osm version="0.6"/>',
        "nodes.osm": b'<osm version="0.6"><node id="1" lat="67" lon="14"/></osm>',
        "nowhere.osm": degrees,
        "letters.osm": xml.replace(b'lat="67', b'lat="N67', 1),
        "long.osm": xml.replace(b"Storgata", b"x" * 10_000),
        "bomb.osm": b'<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><osm>&b;</osm>',
    }


def test_every_broken_file_has_its_sentence_and_harms_nothing(tmp_path, town):
    build_file(town.save(tmp_path / "town.osm"), code="broken", name="Hel")
    for name, content in broken(tmp_path, town).items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match=f"^{name} (cannot be read|holds no map data)"):
            build_file(tmp_path / name, code="broken", name="Knust")
    assert read("broken").area.name == "Hel"


def test_what_is_no_file_is_said(tmp_path):
    (tmp_path / "folder.osm").mkdir()
    (tmp_path / "town.csv").write_text("a,b")
    with pytest.raises(SourceError, match=r"There is no file .*gone.osm"):
        extract(tmp_path / "gone.osm")
    with pytest.raises(SourceError, match=r"There is no file .*folder.osm"):
        extract(tmp_path / "folder.osm")
    with pytest.raises(SourceError, match=r"its name must end in .osm.pbf"):
        extract(tmp_path / "town.csv")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ENDINGS), st.data())
def test_random_damage_never_raises_anything_else(tmp_path, town, ending, data):
    file = town.save(tmp_path / f"town{ending}")
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    file.write_bytes(data.draw(st.sampled_from([bytes(content), bytes(content[:50])])))
    with suppress(SourceError):
        assert extract(file).features.is_valid.all()
