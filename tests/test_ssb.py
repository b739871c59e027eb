"""Statistics Norway: who lives in a municipality, and how many have little."""

import math

import pytest
from shapely import box

from data.services import ssb_ages, ssb_income
from data.services.service import Land
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.figures_said import table
from tests.loopback import Said

LAND = Land("1812", "Sømna", "no", box(12.1, 65.2, 12.5, 65.5), "EPSG:25833")
YEARS = [*(f"{n:03}" for n in range(105)), "105+"]
PATH = "data.ssb.no/api/pxwebapi/v2/tables"
READERS = pytest.mark.parametrize("service", [ssb_ages.SERVICE, ssb_income.SERVICE])


def people(value, status=None):
    codes = {"Region": ["1812"], "Alder": YEARS, "ContentsCode": ["Personer1"], "Tid": ["2026"]}
    return table(codes, value, status)


def shares(value, status=None):
    tid = [str(2024 - len(value) + 1 + n) for n in range(len(value))]
    return table({"Region": ["1812"], "ContentsCode": ["EUskala60"], "Tid": tid}, value, status)


@pytest.fixture
def known(tmp_path, monkeypatch):
    """Read a service that says what it is told to; return what is known, and what was asked."""

    def reading(service, play, land=LAND):
        with fetcher(tmp_path, monkeypatch, play) as (get, asked):
            return service.read(land, get), asked

    return reading


def test_single_years_become_our_groups(known):
    found, asked = known(ssb_ages.SERVICE, always(people([*range(106)])))
    assert asked == [
        f"/{PATH}/07459/data?outputFormat=json-stat2&valueCodes%5BRegion%5D=1812"
        "&valueCodes%5BAlder%5D=*&valueCodes%5BContentsCode%5D=Personer1&valueCodes%5BTid%5D=top(1)"
    ]
    assert found.ages.people == {
        "young_children": 15,
        "school_children": 105,
        "youth": 70,
        "adults": sum(range(20, 67)),
        "older_67_79": sum(range(67, 80)),
        "older_80": sum(range(80, 106)),
    }
    assert all(isinstance(n, int) for n in found.ages.people.values())
    assert found.ages.name == "Sømna"
    assert found.sources == (found.ages.source,)
    assert found.ages.source.date == "2026-01-01"
    assert not found.missing


@pytest.mark.parametrize(
    "said",
    [
        people([None, *range(105)], {"0": "."}),
        people([0, *range(105)], {"0": ":"}),
        people([0] * 106),  # while the service is being updated
        table({"Region": ["1812"], "Alder": YEARS[:-1], "Tid": ["2026"]}, [1] * 105),
        table({"Region": [], "Alder": YEARS, "Tid": ["2026"]}, []),
    ],
    ids=["suppressed", "marked", "nobody", "no-oldest", "empty"],
)
def test_a_cell_without_a_figure_is_never_nobody(known, said):
    found, _ = known(ssb_ages.SERVICE, always(said))
    assert found.ages is None
    assert not found.sources
    assert [*map(str, found.missing)] == [
        "Statistics Norway gives no complete figures of residents by age for Sømna now:"
        " try again later."
    ]


def test_two_years_at_once_are_not_added(known):
    codes = {"Region": ["1812"], "Alder": YEARS, "Tid": ["2025", "2026"]}
    with pytest.raises(SourceError, match="in a form that cannot be read"):
        known(ssb_ages.SERVICE, always(table(codes, [1] * 212)))


def test_the_newest_share_that_is_told_counts(known):
    def play(path, query):
        assert query["valuecodes[tid]"] == "top(5)"
        children = path.endswith("08764/data")
        return shares([8.0, 7.5, None], {"2": "."}) if children else shares([9.9, 10.1, 10.4])

    found, _ = known(ssb_income.SERVICE, play)
    assert [(fact.key, fact.value, fact.unit, fact.date) for fact in found.facts] == [
        ("low_income_share", 10.4, "%", "2024"),
        ("low_income_share_children", 7.5, "%", "2023"),
    ]
    assert found.sources[0].date == "2024"
    assert all(fact.source == ssb_income.SERVICE.attribution for fact in found.facts)


def test_a_share_that_is_always_suppressed_is_a_fact_without_a_number(known):
    found, _ = known(ssb_income.SERVICE, always(shares([None] * 5, {"0": ".", "4": "."})))
    assert len(found.facts) == 2
    assert all(math.isnan(fact.value) for fact in found.facts)
    assert found.facts[0].date == "2024"


def test_years_need_not_come_in_order(known):
    codes = {"Region": ["1812"], "ContentsCode": ["EUskala60"], "Tid": ["2023", "2022", "2024"]}
    found, _ = known(ssb_income.SERVICE, always(table(codes, [2.0, 1.0, None])))
    assert (found.facts[0].value, found.facts[0].date) == (2.0, "2023")


def test_no_years_at_all_are_said(known):
    codes = {"Region": ["1812"], "ContentsCode": ["EUskala60"], "Tid": []}
    with pytest.raises(SourceError, match="in a form that cannot be read"):
        known(ssb_income.SERVICE, always(table(codes, [])))


@READERS
@pytest.mark.parametrize("number", ["", "18", "181*", "1812,1804", "١٨١٢"])
def test_what_is_no_number_is_never_sent(known, service, number):
    land = Land(number, "Marka", "no", LAND.boundary, LAND.crs)
    with pytest.raises(SourceError, match="Marka is no municipality"):
        known(service, always(Said()), land)


@READERS
@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(known, service, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        known(service, always(said))


@READERS
@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_table_is_said(known, service, said):
    with pytest.raises(SourceError, match=r"data\.ssb\.no answered in a form"):
        known(service, always(said))
