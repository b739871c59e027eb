"""All services together: what one breaks, the others keep."""

from __future__ import annotations

import json
import os
import threading
import time
from math import nan
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Point

from data.known import Known
from data.services.gather import AT_ONCE, COMMON, gather, joined
from data.services.service import Land, Service
from geo.bundle import Fact
from geo.errors import Message, SourceError, TableError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

BODO = Land("1804", "Bodø", "no", shapely.box(14, 67, 15, 68), "EPSG:25833")
COLUMNS = ("source", "ref", "name", "kind", "address", "wheelchair", "opening_hours", "updated")


def register(source, *names, crs=4326):
    rows = [dict.fromkeys(COLUMNS, "") | {"source": source, "name": name} for name in names]
    points = gpd.GeoSeries([Point(14.4, 67.28)] * len(rows), crs=4326).to_crs(crs)
    return gpd.GeoDataFrame({c: [row[c] for row in rows] for c in COLUMNS}, geometry=points)


def service(key, read=None, *, countries=("no",), days=7):
    """Return a service with a register of one name per page; it says the host's words."""

    def reads(land, get):
        names = json.loads(get(f"https://{key}.example.org/{land.number}"))["names"]
        table = register(key, *names)
        return Known(register=table, sources=(told.source(date="2026-01-01", rows=len(names)),))

    told = Service(
        key, f"All of {key}", "NLOD", key, "https://x", countries, days, read or reads
    )
    return told


def names_said(path, query):
    return Said(json.dumps({"names": [f"{path.partition('.')[0]}'s"]}).encode())


def spoiling(key, said):
    """Play all services, of which one says something wrong."""
    return lambda path, query: said if path.startswith(key) else names_said(path, query)


def test_all_are_asked_and_their_rows_kept_in_order(tmp_path, monkeypatch):
    some = [service("schools"), service("libraries"), service("halls")]
    told = []

    def tell(share, doing):
        told.append((share, doing))

    with fetcher(tmp_path, monkeypatch, names_said) as (get, asked):
        known = gather(BODO, some, get=get, progress=tell)
    assert known.register["name"].tolist() == ["schools's", "libraries's", "halls's"]
    assert known.register.crs == BODO.crs
    assert [source.name for source in known.sources] == [one.name for one in some]
    assert known.missing == ()
    assert len(asked) == 3
    assert [share for share, _ in told] == pytest.approx([1 / 3, 2 / 3, 1])
    assert sorted(str(doing) for _, doing in told) == [
        "All of halls: answered",
        "All of libraries: answered",
        "All of schools: answered",
    ]


def test_none_are_asked_where_they_know_nothing_or_are_left_out(tmp_path, monkeypatch):
    some = [service("scb", countries=("se",)), service("schools"), service("halls")]
    with fetcher(tmp_path, monkeypatch, names_said) as (get, asked):
        known = gather(BODO, some, get=get, without=["schools"])
        assert len(asked) == 1
        nothing = gather(BODO, some, get=get, without=["schools", "halls"])
        with pytest.raises(SourceError, match=r"no service osm: choose from scb, schools, hal"):
            gather(BODO, some, get=get, without=["osm"])
    assert known.register["source"].tolist() == ["halls"]
    assert nothing.register is None


@pytest.mark.parametrize(("said", "sentence"), FAULTS[:-1])
def test_one_that_fails_leaves_the_others_whole(tmp_path, monkeypatch, said, sentence):
    some = [service("schools"), service("halls"), service("libraries")]
    told = []
    with fetcher(tmp_path, monkeypatch, spoiling("halls", said)) as (get, _):
        known = gather(BODO, some, get=get, progress=lambda _, doing: told.append(str(doing)))
    assert known.register["source"].tolist() == ["schools", "libraries"]
    (missing,) = known.missing
    assert str(missing).startswith("All of halls: nothing could be had. halls.example.org ")
    assert sentence.partition(" \\(")[0] in str(missing)
    assert "All of halls: no answer" in told


@pytest.mark.parametrize("said", UNREADABLE)
def test_one_that_sends_something_else_leaves_the_others_whole(tmp_path, monkeypatch, said):
    some = [service("halls"), service("schools")]
    with fetcher(tmp_path, monkeypatch, spoiling("halls", said)) as (get, asked):
        for _ in range(2):
            known = gather(BODO, some, get=get)
        assert len(asked) == 3  # what could not be read was not kept
    assert known.register["source"].tolist() == ["schools"]
    assert "in a form that is not known" in str(known.missing[0])


@pytest.mark.parametrize(
    "breaks",
    [
        KeyError("x"),
        ZeroDivisionError(),
        RecursionError(),
        MemoryError(),
        TableError("x"),
        shapely.errors.GEOSException("x"),
    ],
)
def test_a_reader_that_breaks_leaves_the_others_whole(tmp_path, monkeypatch, breaks):
    def read(land, get):
        raise breaks

    some = [service("halls", read), service("schools")]
    with fetcher(tmp_path, monkeypatch, names_said) as (get, _):
        known = gather(BODO, some, get=get)
    assert known.register["source"].tolist() == ["schools"]
    assert len(known.missing) == 1


def test_a_table_that_says_no_crs_is_the_fault_of_its_service(tmp_path, monkeypatch):
    def read(land, get):
        return Known(grid=gpd.GeoDataFrame({"people": [1.0]}, geometry=[BODO.boundary]))

    with fetcher(tmp_path, monkeypatch, names_said) as (get, _):
        known = gather(BODO, [service("grid", read), service("schools")], get=get)
    assert known.grid is None
    assert "All of grid: nothing could be had" in str(known.missing[0])


def test_an_older_answer_stands_in_and_is_said(tmp_path, monkeypatch):
    answers = [names_said("halls", {}), Said(status=503)]

    def play(path, query):
        return answers[0]

    with fetcher(tmp_path, monkeypatch, play) as (get, _):
        gather(BODO, [service("halls")], get=get)
        for kept in (tmp_path / "answers").iterdir():
            os.utime(kept, (1_750_000_000,) * 2)
        answers.pop(0)
        known = gather(BODO, [service("halls")], get=get)
    assert known.register["source"].tolist() == ["halls"]
    assert [str(one) for one in known.missing] == [
        "All of halls: no answer now; that of 2025-06-15 is used."
    ]


def test_each_service_says_how_long_its_answers_are_good(tmp_path, monkeypatch):
    with fetcher(tmp_path, monkeypatch, names_said) as (get, asked):
        some = [service("halls", days=7), service("schools", days=30)]
        gather(BODO, some, get=get)
        for kept in (tmp_path / "answers").iterdir():
            os.utime(kept, (time.time() - 10 * 86_400,) * 2)
        gather(BODO, some, get=get)
    assert len([url for url in asked if "halls" in url]) == 2
    assert len([url for url in asked if "schools" in url]) == 1


def test_only_a_few_are_asked_at_the_same_time(tmp_path, monkeypatch):
    now, most = set(), []

    def read(land, get):
        now.add(threading.get_ident())
        most.append(len(now))
        time.sleep(0.02)
        now.discard(threading.get_ident())
        return Known()

    with fetcher(tmp_path, monkeypatch, names_said) as (get, _):
        gather(BODO, [service(f"s{n}", read) for n in range(12)], get=get)
    assert 1 < max(most) <= AT_ONCE


def test_progress_may_stop_it(tmp_path, monkeypatch):
    def stop(share, doing):
        raise KeyboardInterrupt

    begun = []

    def read(land, get):
        begun.append(1)
        time.sleep(0.05)
        return Known()

    with fetcher(tmp_path, monkeypatch, names_said) as (get, _):
        with pytest.raises(KeyboardInterrupt):
            gather(BODO, [service(f"s{n}", read) for n in range(40)], get=get, progress=stop)
        time.sleep(0.2)
    assert len(begun) < 20


def test_a_message_can_be_said_in_any_language(tmp_path, monkeypatch):
    with fetcher(tmp_path, monkeypatch, always(Said(status=503))) as (get, _):
        (missing,) = gather(BODO, [service("halls")], get=get).missing
    assert missing.values["service"] == Message("All of halls")
    assert isinstance(missing.values["reason"], Message)


def test_of_what_there_can_be_only_one_the_first_is_believed():
    cell = gpd.GeoDataFrame({"people": [5.0]}, geometry=[BODO.boundary], crs=4326)
    other = cell.assign(people=7.0)
    known = joined(Known(), Known(grid=cell, terrain=Path("a")), Known(grid=other, zones=other))
    assert known.grid is cell
    assert known.zones is other
    assert known.terrain == Path("a")
    assert known.incomes is None
    assert known.ages is None


def test_rows_facts_and_what_is_missing_are_all_kept():
    low = Fact("low_income_share", "Low income", nan, "%", "SSB", "2024")
    first = Known(register=register("a", "x"), facts=(low,), missing=(Message("a"),))
    second = Known(register=register("b", "y", "z"), facts=(low,), missing=(Message("b"),))
    known = joined(first, second)
    assert known.register["name"].tolist() == ["x", "y", "z"]
    assert known.register.index.tolist() == [0, 1, 2]
    assert len(known.facts) == 2
    assert [str(one) for one in known.missing] == ["a", "b"]


def test_registers_in_different_crs_come_together_in_metres():
    known = joined(
        Known(register=register("a", "x")), Known(register=register("b", "y", crs=25832))
    )
    assert known.register.crs == COMMON
    here, there = known.register.geometry
    assert here.distance(there) < 0.01


def test_an_empty_register_is_an_answer():
    empty = register("a")
    assert len(joined(Known(register=empty)).register) == 0
    known = joined(Known(register=empty), Known(register=register("b", "y")))
    assert known.register["name"].tolist() == ["y"]
    assert joined().register is None
