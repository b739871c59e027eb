"""Surveys of accessibility: yes, limited, no, or unknown, and never a guess between."""

from __future__ import annotations

import pytest
from shapely import Point

from data.catalogue import kinds
from data.services.access_surveys import KINDS, SERVICE
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.gml import UNREADABLE_SENTENCE, Member, Service, box_land

LAND = box_land(14.0, 67.0, 15.0, 68.0)
DOOR = "app:TettstedInngangBygg"


def member(rating: str | None, **values: object) -> Member:
    about = {
        "identifikasjon/Identifikasjon/lokalId": "a1",
        "datafangstdato": "2024-06-03T10:00:00",
        "kommentar": "Snakket med Kari",
        "byggningsfunksjon": "Kultur",
        **({} if rating is None else {"tilgjengvurderingRulleMan": rating}),
        **values,
    }
    return Member("x.1", about, Point(14.4, 67.28))


def read(folder, monkeypatch, play):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return SERVICE.read(LAND, get).register, asked


def serve(**layers: list[Member]) -> Service:
    return Service({name: layers.get(name.partition(":")[2], []) for name in KINDS})


@pytest.mark.parametrize(
    ("rating", "wheelchair"),
    [
        ("Tilgjengelig", "yes"),
        ("Delvis tilgjengelig", "limited"),
        ("Ikke tilgjengelig", "no"),
        ("ikke tilgjengelig", "no"),
    ],
)
def test_a_rated_door_tells_of_a_place(tmp_path, monkeypatch, rating, wheelchair):
    rows, _ = read(tmp_path, monkeypatch, serve(TettstedInngangBygg=[member(rating)]))
    (row,) = rows.drop(columns="geometry").to_dict("records")
    assert row == {
        "source": "tilgjengelighet",
        "ref": "a1",
        "name": "",
        "kind": "",
        "address": "",
        "wheelchair": wheelchair,
        "opening_hours": "",
        "updated": "2024-06-03",
    }


@pytest.mark.parametrize("rating", ["Ikke vurdert", "", None, "Vet ikke"])
def test_what_nobody_rated_is_unknown(tmp_path, monkeypatch, rating):
    layers = serve(TettstedInngangBygg=[member(rating)], FriluftGapahuk=[member(rating)])
    rows, _ = read(tmp_path, monkeypatch, layers)
    assert rows[["kind", "wheelchair"]].to_numpy().tolist() == [["lean_to", ""]]


def test_ratings_by_rule_or_for_motors_are_not_read(tmp_path, monkeypatch):
    other = {
        "tilgjengvurderingRulleAuto": "Tilgjengelig",
        "tilgjengvurderingElRull": "Tilgjengelig",
    }
    rows, _ = read(tmp_path, monkeypatch, serve(FriluftGapahuk=[member(None, **other)]))
    assert rows["wheelchair"].tolist() == [""]


def test_every_type_is_asked_for_by_its_name(tmp_path, monkeypatch):
    layers = {name.partition(":")[2]: [member("Tilgjengelig")] for name in KINDS}
    rows, asked = read(tmp_path, monkeypatch, serve(**layers))
    assert rows["kind"].tolist() == list(KINDS.values())
    assert any("FriluftGrillB%C3%A5lplass" in url for url in asked)
    assert set(KINDS.values()) - {""} <= set(kinds())


def test_what_a_surveyor_wrote_is_not_kept(tmp_path, monkeypatch):
    rows, _ = read(tmp_path, monkeypatch, serve(FriluftGapahuk=[member("Tilgjengelig")]))
    assert "Kari" not in rows.to_json()


def test_a_town_that_was_not_surveyed_has_no_rows(tmp_path, monkeypatch):
    assert len(read(tmp_path, monkeypatch, serve())[0]) == 0


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path, monkeypatch, always(said))


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        read(tmp_path, monkeypatch, always(said))
