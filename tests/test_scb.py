"""Sweden's demographic areas: who lives there by age, and how many have little."""

import numpy as np
import pytest
import shapely
from shapely import box

from data.services import geoserver, scb_deso
from data.services.geoserver import Layer
from data.services.service import Land
from geo.crs import to_metric
from geo.errors import SourceError
from geo.tables import INCOMES, ZONES
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.figures_said import areas, table
from tests.loopback import Said

LAND = Land("2505", "Arvidsjaur", "se", box(18, 65, 20, 66), "EPSG:3006")
FIVES = ["-4", *(f"{n}-{n + 4}" for n in range(5, 80, 5)), "80-"]
WEST, EAST = box(18, 65, 19, 66), box(19, 65, 20, 66)
NUMBERS = ("2505A0010", "2505B2010")
SUFFIX = "_DeSO2025"
WFS, AGES, STANDARD = "geodata.scb.se/geoserver/stat/wfs", "TAB6574", "TAB6685"
READERS = pytest.mark.parametrize("service", [scb_deso.AGES_BY_AREA, scb_deso.LOW_STANDARD])


def area(shape, number, **more):
    return shape, {"desokod": number, "kommunkod": number[:4], "version": "2025_v2", **more}


def ages_of(*some, numbers=NUMBERS):
    """Say ages: of each area its total and its seventeen classes."""
    codes = {
        "Region": [number + SUFFIX for number in numbers],
        "Alder": ["totalt", *FIVES],
        "Kon": ["1+2"],
        "ContentsCode": ["000007Y7"],
        "Tid": ["2025"],
    }
    return table(codes, [n for one in some for n in one])


def shares_of(*value, status=None):
    codes = {
        "Region": [number + SUFFIX for number in NUMBERS],
        "Alder": ["tot"],
        "ContentsCode": ["000008AC"],
        "Tid": ["2024"],
    }
    return table(codes, value, status)


def sweden(figures, *some):
    """Play the areas and the tables."""
    drawn = some or (area(WEST, NUMBERS[0]), area(EAST, NUMBERS[1]))

    def play(path, query):
        if path == WFS:
            return areas(*drawn)
        assert query["codelist[region]"] == "vs_DeSO2025"
        assert query["valuecodes[region]"] == "2505*"
        return figures

    return play


@pytest.fixture
def known(tmp_path, monkeypatch):
    """Read a service that says what it is told to; return what is known, and what was asked."""

    def reading(service, play, land=LAND):
        with fetcher(tmp_path, monkeypatch, play) as (get, asked):
            return service.read(land, get), asked

    return reading


def checked(zones, contract):
    return contract.check(to_metric(zones, LAND.crs))


def test_ages_arrive_in_our_groups_with_bands(known):
    said = ages_of([170, *[10] * 17], [17, *[1] * 17])
    found, asked = known(scb_deso.AGES_BY_AREA, sweden(said))
    zones = checked(found.zones, ZONES)
    assert zones.index.tolist() == [*NUMBERS]
    assert zones["people"].tolist() == [170, 17]
    west = zones.loc[NUMBERS[0]]
    assert west[["older_67_79", "older_67_79_low", "older_67_79_high"]].tolist() == [26, 20, 30]
    assert west[["older_80", "older_80_low", "older_80_high"]].tolist() == [10, 10, 10]
    assert found.sources[0].date == "2025-12-31"
    assert found.sources[0].rows == 2
    assert "bbox=65.000000,18.000000,66.000000,20.000000,urn:ogc:def:crs:EPSG::4326" in asked[0]
    assert "valueCodes%5BKon%5D=1%2B2" in asked[1]


def test_noise_in_the_total_does_not_move_the_classes(known):
    found, _ = known(scb_deso.AGES_BY_AREA, sweden(ages_of([173, *[10] * 17], [0] * 18)))
    west = found.zones.loc[NUMBERS[0]]
    assert west["people"] == 173
    assert west["older_80_low"] == west["older_80"] == west["older_80_high"] == 10


def test_what_is_suppressed_is_unknown_up_to_what_is_left(known):
    some = [170, *[10] * 12, None, None, 10, 10, None]  # 60–64 and 65–69 and 80 on
    found, _ = known(scb_deso.AGES_BY_AREA, sweden(ages_of(some, [17, *[1] * 17])))
    west = found.zones.loc[NUMBERS[0]]
    assert np.isnan(west["older_80"])
    assert (west["older_80_low"], west["older_80_high"]) == (0, 30)
    assert west["young_children"] == 12


def test_an_area_without_figures_is_unknown(known):
    said = ages_of([170, *[10] * 17], numbers=NUMBERS[:1])
    found, _ = known(scb_deso.AGES_BY_AREA, sweden(said))
    east = checked(found.zones, ZONES).loc[NUMBERS[1]]
    assert np.isnan(east["people"])
    assert np.isnan(east["older_80"])
    assert east["older_80_low"] == 0
    assert not found.missing


def test_low_standard_is_a_share_of_persons(known):
    found, _ = known(scb_deso.LOW_STANDARD, sweden(shares_of(12.5, None, status={"1": ".."})))
    incomes = checked(found.incomes, INCOMES)
    assert incomes[["of", "area_class"]].to_numpy().tolist() == [["persons", "unknown"]] * 2
    figures = incomes[["value", "share", "low", "high"]].to_numpy().tolist()
    assert figures[0] == [12.5, 0.125, 0.125, 0.125]
    assert figures[1] == pytest.approx([np.nan, np.nan, 0, 1], nan_ok=True)
    assert found.sources[0].date == "2024"
    assert not found.missing


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (scb_deso.LOW_STANDARD, shares_of(None, None, status={"0": "..", "1": ".."})),
        (scb_deso.AGES_BY_AREA, ages_of([None] * 18, [None] * 18)),
    ],
    ids=["incomes", "ages"],
)
def test_a_year_of_other_areas_is_told(known, service, said):
    found, _ = known(service, sweden(said))
    assert [*map(str, found.missing)] == [
        "Statistics Sweden gives no figures for the areas of Arvidsjaur:"
        " they may be areas of another year."
    ]


def test_a_percentage_beyond_all_is_said(known):
    with pytest.raises(SourceError, match="in a form that cannot be read"):
        known(scb_deso.LOW_STANDARD, sweden(shares_of(12.5, 101.0)))


@READERS
def test_no_areas_are_an_answer(known, service):
    found, asked = known(service, lambda path, query: areas())
    found_table = found.zones if found.incomes is None else found.incomes
    contract = ZONES if found.incomes is None else INCOMES
    assert len(asked) == 1  # nothing to ask the tables about
    assert len(contract.check(to_metric(found_table, LAND.crs))) == 0
    assert not found.missing


def test_neighbours_that_only_touch_are_left_out(known):
    sliver = box(20 - 0.005, 65, 21, 66)
    some = (
        area(WEST, NUMBERS[0]),
        area(sliver, "2510A0010"),
        area(box(20, 65, 21, 66), "2560C1010"),
    )
    found, _ = known(scb_deso.AGES_BY_AREA, sweden(ages_of([0] * 18, [0] * 18), *some))
    assert found.zones.index.tolist() == [NUMBERS[0]]


def test_what_is_no_area_number_is_said(known):
    with pytest.raises(SourceError, match="in a form that cannot be read"):
        known(scb_deso.AGES_BY_AREA, sweden(Said(), area(WEST, "2505R001")))


def test_latitude_first_is_turned(known):
    turned = shapely.transform(WEST, lambda xy: xy[:, ::-1])
    some = (area(turned, NUMBERS[0]), area(EAST, NUMBERS[1]))
    found, _ = known(scb_deso.AGES_BY_AREA, sweden(ages_of([0] * 18, [0] * 18), *some))
    assert found.zones.geometry.iloc[0].equals(WEST)


def test_land_that_crosses_itself_is_mended_and_what_is_no_land_is_left_out(known):
    bow = shapely.Polygon([(18, 65), (19, 66), (19, 65), (18, 66)])
    some = (
        area(bow, NUMBERS[0]),
        area(None, "2505A0020"),
        area(shapely.LineString([(18, 65), (19, 66)]), "2505A0030"),
    )
    found, _ = known(scb_deso.AGES_BY_AREA, sweden(ages_of([0] * 18, [0] * 18), *some))
    assert found.zones.index.tolist() == [NUMBERS[0]]
    assert found.zones.geometry.iloc[0].is_valid


def pages(size, *, promised=None, stuck=False):
    """Play `size` strips of land, a page at a time."""
    strips = [
        (box(18 + n / size, 65, 18 + (n + 1) / size, 66), {"kod": f"A{n:05}"})
        for n in range(size)
    ]

    def play(path, query):
        start = 0 if stuck else int(query["startindex"])
        page = strips[start : start + int(query["count"])]
        return areas(*page, matched=size if promised is None else promised)

    return play


LAYER = Layer("https://geodata.scb.se/geoserver/stat/wfs", "stat:strips", "kod")


def strips(tmp_path, monkeypatch, play):
    monkeypatch.setattr(geoserver, "COUNT", 7)
    with fetcher(tmp_path, monkeypatch, play) as (get, asked):
        return geoserver.areas(LAYER, LAND, get), asked


@pytest.mark.parametrize(("size", "asks"), [(0, 1), (6, 1), (7, 1), (8, 2), (21, 3)])
def test_pages_are_asked_for_until_there_are_no_more(tmp_path, monkeypatch, size, asks):
    found, asked = strips(tmp_path, monkeypatch, pages(size))
    assert len(found) == size
    assert len(asked) == asks


@pytest.mark.parametrize("play", [pages(21, stuck=True), pages(14, promised=21)])
def test_the_same_again_and_a_promise_that_is_not_kept_are_said(tmp_path, monkeypatch, play):
    with pytest.raises(SourceError, match="does not give all of stat:strips"):
        strips(tmp_path, monkeypatch, play)


def test_one_area_in_several_pieces_is_one(tmp_path, monkeypatch):
    some = areas((WEST, {"kod": "A", "n": 1}), (EAST, {"kod": "A", "n": 1}))
    found, _ = strips(tmp_path, monkeypatch, always(some))
    assert found.index.tolist() == ["A"]
    assert found.geometry.iloc[0].equals(box(18, 65, 20, 66))
    assert found["inside"].tolist() == [1]


@pytest.mark.parametrize(
    "body",
    [
        b'{"features": [null]}',
        b'{"features": [{"properties": null}]}',
        b'{"features": [{"properties": {"other": "A"}, "geometry": null}]}',
        b'{"features": [{"properties": {"kod": "A"}, "geometry": {"type": "Polygon"}}]}',
        b'{"features": [{"properties": {"kod": "A"}, "geometry": "here"}]}',
        b'{"features": {"a": 1}}',
    ],
)
def test_areas_in_another_form_are_said(tmp_path, monkeypatch, body):
    with pytest.raises(SourceError, match=r"geodata\.scb\.se answered in a form"):
        strips(tmp_path, monkeypatch, always(Said(body)))


@READERS
@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(known, service, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        known(service, always(said))


@READERS
@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(known, service, said):
    with pytest.raises(SourceError, match=r"geodata\.scb\.se answered in a form"):
        known(service, always(said))


@READERS
@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_table_is_said(known, service, said):
    with pytest.raises(SourceError, match=r"statistikdatabasen\.scb\.se answered in a form"):
        known(service, sweden(said))


@READERS
def test_a_table_that_fails_after_the_areas_came_is_said(known, service):
    with pytest.raises(SourceError, match="HTTP 503"):
        known(service, sweden(Said(status=503)))
