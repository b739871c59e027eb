"""The page on the state of the program: what it finds, and what it keeps to itself."""

from __future__ import annotations

import time

import pytest

from data import store
from tests.page import NB, html, keep, page, tables
from tests.towns import bundle, streets
from views import health, health_checks, rights
from views.health_checks import Row

TOWN = bundle(streets(((0, 0), (9, 0))), {(0, 0): {"everybody": 9}}, {"n1": ("park", (9, 0))})


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "kari" / "store"))
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    health._found.clear()
    keep(TOWN, "vik")
    return tmp_path / "kari" / "store"


def rows(at):
    """Return what is said of each thing: what was found, and its state."""
    return {row[0]: row[1:] for one in tables(at) for row in one[1:]}


def test_a_sound_program_is_in_order(home):
    at = page("health", area="vik")
    assert not at.exception
    found = rows(at)
    assert found["vik"][1] == NB("In order")
    assert NB("Built {date}, {mb} MB", date="", mb="").split()[0] in found["vik"][0]
    assert found["streamlit"][1] == NB("In order")
    assert found["Python"][0][:2] == "3."
    assert str(home) in html(at)  # on a machine of one's own


def test_strangers_learn_no_folder_and_no_value_of_the_environment(home, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_POSTGIS", "postgresql://kari:hemmelig@db/kart")
    monkeypatch.setattr(rights, "may_change", lambda: False)
    at = page("health", area="vik")
    assert not at.exception
    for secret in (str(home), "kari", "hemmelig"):
        assert secret not in html(at)


@pytest.mark.parametrize("file", ["places.parquet", "area.toml"])
def test_a_damaged_area_is_to_be_looked_at(file):
    (store.folder("vik") / file).write_bytes(b"PAR1 and nothing else")
    (row,) = [one for one in health_checks.areas(NB) if one.what == "vik"]
    assert not row.fine
    assert row.found == NB("Cannot be read, or is from another version. Build it again.")


def test_a_full_disk_and_little_memory_are_to_be_looked_at(monkeypatch):
    assert [one.fine for one in health_checks.room(NB)][2:] == [True] * 5
    monkeypatch.setattr(health_checks, "LEAST_DISK_MB", 1e12)
    monkeypatch.setattr(health_checks, "LEAST_MEMORY_MB", 1e12)
    assert [one.fine for one in health_checks.room(NB)][:2] == [False, False]


def test_a_half_translated_language_is_to_be_looked_at(tmp_path, monkeypatch):
    (tmp_path / "words").mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (tmp_path / "words/nb.po").write_text(head + 'msgid "a"\nmsgstr "b"\n')
    (tmp_path / "words/sv.po").write_text(
        head
        + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#, fuzzy\nmsgid "d"\nmsgstr "e"\n'
    )
    monkeypatch.setattr(health_checks, "ROOT", tmp_path)
    found = {one.what: one for one in health_checks.languages(NB)}
    assert found["Bokmål"].fine
    assert not found["Svenska"].fine
    assert found["Svenska"].found == NB("{n} of {all} sentences", n="1", all="3")


def test_what_hangs_or_fails_is_told_and_holds_up_nothing():
    began = time.monotonic()
    checks = {
        "slow": lambda: time.sleep(30),
        "broken": lambda: 1 / 0,
        "fine": lambda: [Row("a", "b")],
    }
    found = health.within(0.3, checks, NB)
    assert time.monotonic() - began < 5
    assert list(found) == ["slow", "broken", "fine"]
    assert found["fine"] == [Row("a", "b")]
    assert not found["slow"][0].fine
    assert not found["broken"][0].fine
    assert "ZeroDivisionError" in found["broken"][0].found


def test_what_builds_left_behind_is_counted(home):
    import os  # noqa: PLC0415

    left = home / "areas" / ".new-nes-abcd1234"
    left.mkdir()
    assert len(health_checks.areas(NB)) == 1  # perhaps it is being built
    os.utime(left, (1, 1))
    assert len(health_checks.areas(NB)) == 2
