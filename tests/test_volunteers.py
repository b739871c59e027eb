"""Voluntary organisations: counted, and never more than counted."""

from __future__ import annotations

import json
from dataclasses import replace
from math import isnan

import pytest
import shapely

from data.services.service import Land
from data.services.volunteers import GROUPS, SERVICE, TOTAL
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

LAND = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
CODES = {key: group.codes for key, group in GROUPS.items()}
SOMEBODY = {
    "organisasjonsnummer": "999999999",
    "navn": "KARI NORDMANNS KOR",
    "forretningsadresse": {"adresse": ["c/o Kari Nordmann", "Heimveien 1"]},
    "epostadresse": "kari@example.org",
}


def answer(count):
    """Return what the register says: nothing is embedded where there is nothing."""
    found = {"_embedded": {"enheter": [SOMEBODY]}} if count else {}
    page = {"size": 1, "totalElements": count, "totalPages": count, "number": 0}
    return json.dumps(found | {"_links": {}, "page": page}).encode()


def playing(**counts):
    """Play a register of so many organisations in all, and by group."""

    def play(path, query):
        assert path == "data.brreg.no/enhetsregisteret/api/enheter"
        assert query["registrertifrivillighetsregisteret"] == "true"
        assert query["kommunenummer"] == "1812"
        assert query["size"] == "1"
        codes = query.get("naeringskode", "")
        return Said(answer(next(counts.get(k, 0) for k, c in CODES.items() if c == codes)))

    return play


def read(tmp_path, monkeypatch, **counts):
    with fetcher(tmp_path, monkeypatch, playing(**counts)) as (get, asked):
        known = SERVICE.read(LAND, get)
    return {fact.key: fact for fact in known.facts}, known, asked


def test_organisations_are_counted_in_all_and_by_group(tmp_path, monkeypatch):
    counts = {TOTAL: 61, "voluntary_sport": 17, "voluntary_culture": 12}
    facts, known, asked = read(tmp_path, monkeypatch, **counts)
    assert facts[TOTAL].value == 61
    assert facts["voluntary_sport"].value == 17
    assert facts[TOTAL].label == "Voluntary organisations"
    assert facts[TOTAL].source == "Kilde: Brønnøysundregistrene"
    assert known.sources[0].rows == 61
    assert known.missing == ()
    assert len(asked) == len(GROUPS)


@pytest.mark.parametrize("few", [0, 1, 4])
def test_fewer_than_five_are_not_told(tmp_path, monkeypatch, few):
    counts = {TOTAL: 5, "voluntary_sport": 5, "voluntary_faith": few}
    facts, *_ = read(tmp_path, monkeypatch, **counts)
    assert facts[TOTAL].value == facts["voluntary_sport"].value == 5
    assert isnan(facts["voluntary_faith"].value)
    assert facts["voluntary_faith"].label == "Voluntary organisations of faith: fewer than 5"


def test_a_municipality_with_few_in_all_tells_nothing(tmp_path, monkeypatch):
    facts, known, _ = read(tmp_path, monkeypatch, **{TOTAL: 3, "voluntary_sport": 2})
    assert all(isnan(fact.value) for fact in facts.values())
    assert all("fewer than 5" in fact.label for fact in facts.values())
    assert known.sources[0].rows == 0


def test_no_group_at_all_means_that_codes_have_changed(tmp_path, monkeypatch):
    facts, known, _ = read(tmp_path, monkeypatch, **{TOTAL: 61})
    assert list(facts) == [TOTAL]
    assert "counts none in any group" in str(known.missing[0])


def test_more_organisations_than_the_register_lists_are_still_counted(tmp_path, monkeypatch):
    facts, *_ = read(tmp_path, monkeypatch, **{TOTAL: 12_345, "voluntary_sport": 10_001})
    assert facts[TOTAL].value == 12_345


def test_nothing_of_anybody_comes_out(tmp_path, monkeypatch):
    _, known, _ = read(tmp_path, monkeypatch, **{TOTAL: 61, "voluntary_sport": 17})
    assert known.register is None
    for word in ("KARI", "Heimveien", "999999999", "@"):
        assert word not in repr(known)


def test_a_group_that_is_larger_than_all_is_said(tmp_path, monkeypatch):
    """A filter that is not heeded counts the whole country."""
    with pytest.raises(SourceError, match="cannot be read"):
        read(tmp_path, monkeypatch, **{TOTAL: 61, "voluntary_sport": 9000})


def test_a_land_without_a_number_is_refused():
    with pytest.raises(SourceError, match="is no municipality with a number"):
        SERVICE.read(replace(LAND, number="karhula"), {}.__getitem__)


@pytest.mark.parametrize(
    "page",
    [None, [], {}, {"totalElements": None}, {"totalElements": "61"}, {"totalElements": -1}],
)
def test_a_count_in_another_form_is_said(page):
    with pytest.raises(SourceError, match=r"data\.brreg\.no answered in a form"):
        SERVICE.read(LAND, lambda url: json.dumps({"page": page}).encode())


def test_what_the_register_has_against_a_question_is_said():
    refusal = json.dumps({"status": 400, "feilmelding": "Feilaktig\nforespørsel"}).encode()
    with pytest.raises(SourceError, match="refused the question: Feilaktig forespørsel"):
        SERVICE.read(LAND, lambda url: refusal)


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        SERVICE.read(LAND, get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=r"data\.brreg\.no answered in a form"),
    ):
        SERVICE.read(LAND, get)


@pytest.mark.live
def test_the_real_register_counts_somna(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    from data.http import Fetcher  # noqa: PLC0415

    known = SERVICE.read(LAND, Fetcher(tmp_path))
    assert known.missing == ()
    assert 10 < known.facts[0].value < 200
