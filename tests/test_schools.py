"""Schools and kindergartens: in operation, once each, nobody's home, and no private number."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from shapely import Point

from data.services.schools import KINDERGARTENS, SCHOOLS
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.gml import GEONORGE, UNREADABLE_SENTENCE, Member, Service, box_land, recorded
from tests.loopback import Said

LOWER, UPPER, KIND = "app:Grunnskole", "app:VideregåendeSkole", "app:Barnehage"
LAND = box_land(9.0, 58.5, 10.0, 59.5, "4012")
NOT_SPECIAL = Said(json.dumps({"EnhetListe": []}).encode())


def school(name: str, number: str, **values: object) -> Member:
    about = {"skolenavn": name, "organisasjonsnummer": number, "nsrId": f"1{number}"}
    owner = {"eier/Skoleeier/organisasjonsnummer": "940244145"}
    return Member(f"id{number}{name}", {**about, **owner, **values}, Point(9.7, 59.0))


def kindergarten(name: str, **values: object) -> Member:
    return Member(f"id{name}", {"barnehagenavn": name, **values}, Point(9.7, 59.0))


def read(folder, monkeypatch, play, service=SCHOOLS):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return service.read(LAND, get), asked


def serve(lower=(), upper=(), nsr=NOT_SPECIAL, style=GEONORGE) -> Service:
    return Service({LOWER: lower, UPPER: upper}, style, other=lambda path, query: nsr)


def names(folder, monkeypatch, play, service=SCHOOLS) -> list[str]:
    return read(folder, monkeypatch, play, service)[0].register["name"].tolist()


@pytest.mark.parametrize("latitude_first", [True, False])
def test_the_recorded_schools_of_bamble(tmp_path, monkeypatch, test_data, latitude_first):
    file = test_data / "api/geonorge_schools/grunnskoler_bamble_2024_3.geojson"
    style = replace(GEONORGE, latitude_first=latitude_first, dimension=3)
    known, asked = read(tmp_path, monkeypatch, serve(recorded(file), style=style))
    row = known.register.set_index("ref").loc["875278312"]
    assert row["name"] == "Stathelle barneskole"
    assert row["kind"] == "school"
    assert row["address"] == "Kjellestadbakken 36, 3960 Stathelle"
    assert row["updated"] == "2024-11-15"
    assert row["source"] == "skoler"
    assert (round(row.geometry.x, 3), round(row.geometry.y, 3)) == (9.705, 59.036)
    assert len(known.register) == known.sources[0].rows == 3
    assert known.missing == ()
    assert "TYPENAMES=app:Videreg%C3%A5endeSkole" in asked[0]


def test_the_recorded_kindergartens_of_bamble(tmp_path, monkeypatch, test_data):
    file = test_data / "api/geonorge_schools/barnehager_bamble_2024_3.geojson"
    play = Service({KIND: recorded(file)})
    known, _ = read(tmp_path, monkeypatch, play, KINDERGARTENS)
    assert known.register["name"].tolist() == [
        "Rønholt barnehage",
        "Tirilltoppen barnehage",
        "Sundby barnehage",
    ]
    assert known.register["address"].iloc[0] == "Rønholtveien 71, 3967 Stathelle"
    assert set(known.register["opening_hours"]) == {""}  # those of the children, not ours


def test_a_school_of_both_sorts_is_one_and_upper(tmp_path, monkeypatch):
    both = school("Berg montessoriskole", "975")
    known, _ = read(tmp_path, monkeypatch, serve([both, school("Vik", "974")], [both]))
    assert known.register["kind"].tolist() == ["upper_secondary_school", "school"]


def test_the_number_of_the_owner_is_not_the_schools(tmp_path, monkeypatch):
    nameless = [
        replace(one, values={k: v for k, v in one.values.items() if k != "organisasjonsnummer"})
        for one in (school("Berg", "1"), school("Vik", "2"))
    ]
    known, _ = read(tmp_path, monkeypatch, serve(nameless))
    assert known.register["ref"].tolist() == ["11", "12"]


@pytest.mark.parametrize("closed", ["false", "False", "nei"])
def test_what_is_closed_is_left_out(tmp_path, monkeypatch, closed):
    found = [school("Berg", "1", iDrift=closed), school("Vik", "2", iDrift="true")]
    assert names(tmp_path, monkeypatch, serve(found)) == ["Vik"]


def test_special_schools_are_left_out(tmp_path, monkeypatch):
    unit = {"Organisasjonsnummer": "975000001", "ErAktiv": True, "ErSkole": True}
    told = {"EnhetListe": [unit | {"ErSpesialskole": True, "Navn": "Haugen"}]}
    found = [
        school("Haugen", "975000001"),
        school("Vik", "974"),
        school("Bo spesialskole", "973"),
    ]
    nsr = Said(json.dumps(told).encode())
    assert names(tmp_path, monkeypatch, serve(found, nsr=nsr)) == ["Vik"]


def test_that_special_schools_cannot_be_told_is_said(tmp_path, monkeypatch):
    known, _ = read(tmp_path, monkeypatch, serve([school("Vik", "974")], nsr=Said(b"[]")))
    assert known.register["name"].tolist() == ["Vik"]
    assert str(known.missing[0]).startswith("Some special schools may be on the map")


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("Tuva", "FamilieBarnehage"),
        ("Tuva", "Familiebarnehage"),
        ("Tuva familiebarnehage", "OrdinærBarnehage"),
        ("Tuva familiebarnehage", ""),
    ],
)
def test_kindergartens_in_a_home_are_left_out(tmp_path, monkeypatch, name, sort):
    found = [kindergarten(name, barnehagetype=sort), kindergarten("Sol")]
    assert names(tmp_path, monkeypatch, Service({KIND: found}), KINDERGARTENS) == ["Sol"]


def test_nobody_is_to_be_called(tmp_path, monkeypatch):
    contact = {
        "kontaktinformasjon/Kontaktinformasjon/telefon": "75 00 00 00",
        "epost": "a@b.no",
    }
    known, _ = read(tmp_path, monkeypatch, serve([school("Vik", "974", **contact)]))
    assert "75 00" not in known.register.to_json()
    assert "a@b.no" not in known.register.to_json()


def test_names_are_text_of_one_line(tmp_path, monkeypatch):
    found = [school("<b>Vik\n skole</b> \u202e", "974")]
    assert names(tmp_path, monkeypatch, serve(found)) == ["<b>Vik skole</b>"]


def test_a_post_code_keeps_its_zero(tmp_path, monkeypatch):
    at = {"besøksadresse/Besøksadresse/postnummer": 150, "poststed": "OSLO"}
    known, _ = read(tmp_path, monkeypatch, serve([school("Vik", "974", **at)]))
    assert known.register["address"].tolist() == ["0150 Oslo"]


def test_no_schools_are_an_answer(tmp_path, monkeypatch):
    known, _ = read(tmp_path, monkeypatch, serve())
    assert len(known.register) == 0
    assert "opening_hours" in known.register


@pytest.mark.parametrize("service", [SCHOOLS, KINDERGARTENS])
@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence, service):
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path, monkeypatch, always(said), service)


@pytest.mark.parametrize("service", [SCHOOLS, KINDERGARTENS])
@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said, service):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        read(tmp_path, monkeypatch, always(said), service)
