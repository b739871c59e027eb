"""Trails: whole routes of many stretches, lit tracks only, and places by known codes."""

from __future__ import annotations

import pytest
from shapely import LineString, Point

from data.catalogue import kinds
from data.services.trails import KINDS, SERVICE
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.gml import UNREADABLE_SENTENCE, Member, Service, box_land, collection, xml

FOOT, SKI, POINT = "app:Fotrute", "app:Skiløype", "app:RuteInfoPunkt"
LAND = box_land(8.0, 61.0, 9.0, 62.0)


def stretch(number: int, *names: tuple[str, str], info="fotruteInfo", **values: object):
    """Return a stretch one step long, from step `number`, of the routes named."""
    routes = [{"rutenavn": name, "rutenummer": route} for name, route in names]
    wrapped = {info: {info[0].upper() + info[1:]: routes}}
    line = LineString([(8.1 + number / 100, 61.5), (8.11 + number / 100, 61.5)])
    local = {"identifikasjon/Identifikasjon/lokalId": f"local-{number}"}
    return Member(f"{info}.{number}", {**local, **wrapped, **values}, line)


def point(code: object, number: int = 1) -> Member:
    values = {"tilrettelegging": code, "opphav": "Ola Nordmann", "lokalId": f"p{number}"}
    return Member(f"p.{number}", values, Point(8.5, 61.5))


def read(folder, monkeypatch, play):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return SERVICE.read(LAND, get).register, asked


def serve(foot=(), ski=(), points=()) -> Service:
    return Service({FOOT: foot, SKI: ski, POINT: points})


def recorded(folder, *files: tuple[str, str]):
    """Play recorded answers by type; the first page only."""
    bodies = {name: (folder / "api/friluft" / file).read_bytes() for name, file in files}

    def play(path, query):
        first = query["startindex"] == "0"
        body = bodies.get(query["typenames"]) if first else None
        return xml(body or collection("app:X", []))

    return play


def test_the_recorded_trails_of_lom(tmp_path, monkeypatch, test_data):
    play = recorded(test_data, (FOOT, "turrutebasen_fotrute_three.gml"))
    rows, asked = read(tmp_path, monkeypatch, play)
    assert len(rows) >= 3
    assert set(rows["kind"]) == {"hiking_trail"}
    west, south, east, north = rows.total_bounds
    assert 8 < west < east < 9
    assert 61 < south < north < 62
    assert "Ukjent" not in set(rows["name"])
    assert "TYPENAMES=app:Skil%C3%B8ype" in asked[1]


def test_a_recorded_stretch_is_part_of_three_routes(tmp_path, monkeypatch, test_data):
    play = recorded(test_data, (FOOT, "turrutebasen_fotrute_one.gml"))
    rows = read(tmp_path, monkeypatch, play)[0].set_index("ref")
    assert rows["name"].to_dict() == {"jot45": "", "jot42": "", "F_20170606": "Bøverdalen"}
    assert set(rows["updated"]) == {"2026-02-05"}
    assert rows.geometry.loc["jot45"].coords[0] == (8.375147, 61.673901)


def test_a_recorded_ski_track_across_the_hills_is_no_lit_one(tmp_path, monkeypatch, test_data):
    play = recorded(test_data, (SKI, "turrutebasen_skiloype.gml"))
    assert len(read(tmp_path, monkeypatch, play)[0]) == 0


def test_a_recorded_answer_of_nothing_is_no_rows(tmp_path, monkeypatch, test_data):
    play = recorded(test_data, (FOOT, "turrutebasen_empty.gml"))
    assert len(read(tmp_path, monkeypatch, play)[0]) == 0


def test_stretches_of_a_route_are_one_line(tmp_path, monkeypatch):
    foot = [stretch(n, ("Kyststien", "K1")) for n in range(3)]
    rows, _ = read(tmp_path, monkeypatch, serve(foot))
    assert rows["name"].tolist() == ["Kyststien"]
    assert rows.geometry.iloc[0].geom_type == "LineString"
    assert rows.geometry.iloc[0].length == pytest.approx(0.03)


def test_a_gap_makes_two_lines_of_one_route(tmp_path, monkeypatch):
    foot = [stretch(n, ("Kyststien", "K1")) for n in (0, 2)]
    rows, _ = read(tmp_path, monkeypatch, serve(foot))
    assert rows.geometry.iloc[0].geom_type == "MultiLineString"


def test_two_routes_of_one_name_are_two(tmp_path, monkeypatch):
    foot = [stretch(0, ("Rundløype", "A")), stretch(5, ("Rundløype", "B"))]
    rows, _ = read(tmp_path, monkeypatch, serve(foot))
    assert rows["ref"].tolist() == ["A", "B"]


def test_stretches_of_no_route_stay_apart(tmp_path, monkeypatch):
    foot = [stretch(0, ("Ukjent", "")), stretch(1)]
    rows, _ = read(tmp_path, monkeypatch, serve(foot))
    assert rows["ref"].tolist() == ["local-0", "local-1"]
    assert set(rows["name"]) == {""}


@pytest.mark.parametrize(("marked", "rows"), [("JA", 1), ("SM", 1), ("", 1), ("NEI", 0)])
def test_unmarked_paths_are_left_out(tmp_path, monkeypatch, marked, rows):
    foot = [stretch(0, ("Stien", "1"), merking=marked)]
    assert len(read(tmp_path, monkeypatch, serve(foot))[0]) == rows


@pytest.mark.parametrize(("lit", "kind"), [("JA", ["ski_track"]), ("NEI", []), ("", [])])
def test_only_lit_ski_tracks_are_places(tmp_path, monkeypatch, lit, kind):
    ski = [stretch(0, ("Lysløypa", "1"), info="skiløypeInfo", belysning=lit)]
    rows, _ = read(tmp_path, monkeypatch, serve(ski=ski))
    assert rows["kind"].tolist() == kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((str(code), kind) for code, kind in KINDS.items()),
        ("45.0", "lean_to"),
        ("13", None),
        ("35", None),
        ("", None),
        ("gapahuk", None),
    ],
)
def test_points_are_of_kinds_by_their_code(tmp_path, monkeypatch, code, kind):
    rows, _ = read(tmp_path, monkeypatch, serve(points=[point(code)]))
    assert rows["kind"].tolist() == ([kind] if kind else [])


def test_no_point_carries_what_may_be_a_person(tmp_path, monkeypatch):
    rows, _ = read(tmp_path, monkeypatch, serve(points=[point("45")]))
    assert rows["name"].tolist() == [""]
    assert "Nordmann" not in rows.to_json()


def test_all_kinds_are_in_the_catalogue():
    assert set(KINDS.values()) | {"hiking_trail", "ski_track"} <= set(kinds())


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path, monkeypatch, always(said))


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        read(tmp_path, monkeypatch, always(said))
