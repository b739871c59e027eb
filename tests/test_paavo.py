"""Finland: residents and incomes by postal code, people by square."""

import numpy as np
import pytest
from shapely import box

from data.services import paavo
from data.services.service import Land
from geo.crs import to_metric
from geo.errors import SourceError
from geo.tables import INCOMES, ZONES
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.figures_said import areas
from tests.loopback import Said

LAND = Land("285", "Kotka", "fi", box(26.8, 60.4, 27.2, 60.6), "EPSG:3067")
WEST, EAST = box(26.8, 60.4, 27.0, 60.6), box(27.0, 60.4, 27.2, 60.6)
SPANS = ["0_2", "3_6", "7_12", "13_15", "16_17", "18_19"]
SPANS += [f"{n}_{n + 4}" for n in range(20, 85, 5)] + ["85_"]
READERS = pytest.mark.parametrize("service", [paavo.PAAVO, paavo.GRID])


def postal(shape, number, people, ages, **more):
    told = {"postinumeroalue": number, "nimi": "Karhula  keskus", "kunta": "285", "vuosi": 2026}
    told |= {"he_vakiy": people, "he_kika": 44, "he_naiset": -1, "hr_mtu": 24_500}
    counts = dict.fromkeys(SPANS, ages) if isinstance(ages, int) else ages
    return shape, told | {f"he_{span}": n for span, n in counts.items()} | more


@pytest.fixture
def known(tmp_path, monkeypatch):
    """Read a service that says what it is told to; return what is known, and what was asked."""

    def reading(service, play, land=LAND):
        with fetcher(tmp_path, monkeypatch, play) as (get, asked):
            return service.read(land, get), asked

    return reading


def test_ages_and_incomes_of_postal_areas(known):
    found, asked = known(paavo.PAAVO, always(areas(postal(WEST, "48600", 200, 10))))
    assert "typeNames=postialue:pno_tilasto_2026&" in asked[0]
    zone = ZONES.check(to_metric(found.zones, LAND.crs)).loc["48600"]
    assert (zone["name"], zone["source"], zone["people"]) == ("Karhula keskus", "paavo", 200)
    bands = {
        group: zone[[group, f"{group}_low", f"{group}_high"]].tolist()
        for group in ("young_children", "school_children", "youth", "older_67_79", "older_80")
    }
    assert bands == {
        "young_children": [17.5, 10, 20],  # 3–6 has three years of four below 6
        "school_children": [22.5, 20, 30],
        "youth": [20, 20, 20],
        "older_67_79": [26, 20, 30],
        "older_80": [20, 20, 20],
    }
    income = INCOMES.check(to_metric(found.incomes, LAND.crs)).loc["48600"]
    assert (income["of"], income["value"]) == ("other", 24_500)
    assert np.isnan(income["share"])
    assert (income["low"], income["high"]) == (0, 1)
    assert found.sources[0].rows == 1


def test_what_is_suppressed_is_never_nobody(known):
    ages = dict.fromkeys(SPANS, -1)
    small = postal(WEST, "48601", 25, ages, hr_mtu=-1)
    hidden = postal(EAST, "48602", -1, dict.fromkeys(SPANS), hr_mtu=None)
    found, _ = known(paavo.PAAVO, always(areas(small, hidden)))
    zones = ZONES.check(to_metric(found.zones, LAND.crs))
    assert zones["youth"].isna().all()
    assert zones["youth_low"].tolist() == [0, 0]
    assert zones["youth_high"].tolist() == pytest.approx([25, np.nan], nan_ok=True)
    assert zones["people"].tolist() == pytest.approx([25, np.nan], nan_ok=True)
    assert found.incomes["value"].isna().all()


def test_a_class_that_is_not_there_is_unknown(known):
    ages = dict.fromkeys(SPANS, 10)
    del ages["80_84"], ages["18_19"]
    found, _ = known(paavo.PAAVO, always(areas(postal(WEST, "48600", 195, ages))))
    assert np.isnan(found.zones.loc["48600", "older_80"])
    assert found.zones.loc["48600", "older_80_low"] == 10
    assert found.zones.loc["48600", "older_80_high"] == 25


def cell(west, people, number):
    told = {"grd_id": number, "kunta": "285", "vaesto": people, "ika_0_14": -1, "miehet": -1}
    return box(west, 60.5, west + 0.02, 60.51), told


def test_squares_have_their_people(known):
    some = (cell(26.9, 4, "1kmN1"), cell(27.19, 120, "1kmN2"), cell(28, 7, "1kmN3"))
    found, asked = known(paavo.GRID, always(areas(*some)))
    assert "vaestoruutu:vaki2025_1km" in asked[0]
    assert found.grid["people"].to_dict() == {"1kmN1": 4, "1kmN2": 120}
    assert found.grid.crs == "EPSG:4326"
    assert not found.missing


def test_a_square_without_a_number_is_told_of(known):
    some = (cell(26.9, -1, "1kmN1"), cell(27.1, 12, "1kmN2"))
    found, _ = known(paavo.GRID, always(areas(*some)))
    assert found.grid["people"].tolist() == [12]
    assert [*map(str, found.missing)] == [
        "1 squares of Statistics Finland have no number of people: nobody is put there."
    ]


def test_nothing_is_an_answer(known):
    found, _ = known(paavo.PAAVO, always(areas()))
    assert len(ZONES.check(to_metric(found.zones, LAND.crs))) == 0
    assert len(INCOMES.check(to_metric(found.incomes, LAND.crs))) == 0
    found, _ = known(paavo.GRID, always(areas()))
    assert found.grid["people"].tolist() == []


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (paavo.PAAVO, {"postinumeroalue": "48600", "nimi": "Karhula", "he_vakiy": 1}),
        (paavo.PAAVO, {"postinumeroalue": "48600", "he_vakiy": 1, "hr_mtu": 1, "he_0_2": 1}),
        (paavo.PAAVO, {"postinumeroalue": "48600", "he_vakiy": 1, "hr_mtu": 1, "nimi": "K"}),
        (paavo.PAAVO, {"posti_alue": "48600"}),
        (paavo.GRID, {"grd_id": "1kmN1"}),
        (paavo.GRID, {"id_nro": 1, "vaesto": 4}),
    ],
)
def test_columns_that_are_gone_are_said(known, service, told):
    with pytest.raises(SourceError, match=r"geo\.stat\.fi answered in a form"):
        known(service, always(areas((WEST, told))))


@READERS
@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(known, service, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        known(service, always(said))


@READERS
@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(known, service, said):
    with pytest.raises(SourceError, match=r"geo\.stat\.fi answered in a form"):
        known(service, always(said))


@READERS
def test_a_page_that_fails_is_said(known, service):
    def play(path, query):
        if int(query["startindex"]):
            return Said(status=503)
        return areas(*[postal(WEST, "48600", 1, 1)], matched=2000)

    with pytest.raises(SourceError, match=r"HTTP 503|in a form"):
        known(service, play)
