"""Files kept for an area: names that are no paths, whole files, and areas that go."""

from threading import Thread

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from data import bundle as stored
from data import store, uploads
from geo.errors import BundleError, SourceError
from tests.page import keep as keep_area
from tests.towns import bundle, streets


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path))
    return tmp_path


def area(code):
    return keep_area(bundle(streets([(0, 0), (90, 0)]), {}, {}), code)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("skoler.csv", "skoler.csv"),
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        (".htaccess", "htaccess"),
        ("aux.geojson", "file aux.geojson"),
        ("a\x00b\u202ecsv.exe", "abcsv.exe"),
        ("Skoler på Ørnes (2026).xlsx", "Skoler på Ørnes (2026).xlsx"),
        ("", "file"),
        ("..", "file"),
        ("x.part", "x"),
        ("long" * 90 + ".osm.pbf", ("long" * 23 + ".osm.pbf")),
    ],
)
def test_a_name_is_a_name_and_no_path(told, kept):
    assert uploads.safe_name(told) == kept


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder(name):
    safe = uploads.safe_name(name)
    assert safe
    assert len(safe) <= uploads.LONGEST + len("file ")
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert not safe.startswith(".")
    assert uploads.safe_name(safe) == safe


def test_a_file_is_kept_listed_replaced_and_removed(home):
    path = uploads.keep("vik", "B.csv", b"one")
    assert path == home / "files" / "vik" / "B.csv"
    uploads.keep("vik", "a.csv", b"a")
    uploads.keep("vik", "../B.csv", b"two")
    assert path.read_bytes() == b"two"
    assert [file.name for file in uploads.kept("vik")] == ["a.csv", "B.csv"]
    uploads.remove("vik", "B.csv")
    uploads.remove("vik", "B.csv")
    assert [file.name for file in uploads.kept("vik")] == ["a.csv"]
    assert uploads.kept("nowhere") == []


@pytest.mark.parametrize("code", ["..", "../x", "", "a/b", "nul", "A"])
def test_a_code_is_a_folder_name(code):
    with pytest.raises(BundleError):
        uploads.keep(code, "a.csv", b"x")
    with pytest.raises(BundleError):
        uploads.kept(code)


def test_what_is_empty_or_too_large_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_MB", 0)
    with pytest.raises(SourceError, match="at most 0 are kept"):
        uploads.keep("vik", "a.csv", b"x")
    with pytest.raises(SourceError, match=r"a\.csv is empty"):
        uploads.keep("vik", "a.csv", b"")
    assert uploads.kept("vik") == []


def test_an_upload_that_is_cut_short_leaves_the_earlier_file(monkeypatch):
    path = uploads.keep("vik", "a.csv", b"whole")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(SourceError, match="No space left"):
        uploads.keep("vik", "a.csv", b"half")
    assert path.read_bytes() == b"whole"
    assert [file.name for file in path.parent.iterdir()] == ["a.csv"]


def test_files_go_along_with_a_code_until_the_area_is_built():
    uploads.keep("vik", "a.csv", b"a")
    assert uploads.moved("vik", "nes")
    assert [file.name for file in uploads.kept("nes")] == ["a.csv"]
    assert not uploads.moved("vik", "nes")  # nothing left to move
    uploads.keep("vik", "b.csv", b"b")
    assert not uploads.moved("vik", "nes")  # nothing is mixed
    area("vik")
    assert not uploads.moved("vik", "ness")  # its order names them
    assert [file.name for file in uploads.kept("vik")] == ["b.csv"]


def test_an_area_goes_whole_and_its_files_only_if_told(home):
    area("vik")
    area("nes")
    uploads.keep("vik", "a.csv", b"a")
    uploads.removed("vik")
    assert store.codes() == ["nes"]
    assert len(uploads.kept("vik")) == 1
    with pytest.raises(BundleError, match="There is no area vik"):
        stored.read_area("vik")
    uploads.removed("vik", files=True)
    assert uploads.kept("vik") == []
    assert not list((home / "areas").glob(".new-*"))
    assert stored.read_area("nes").code == "nes"


def test_an_area_that_stepped_aside_does_not_come_back(home):
    area("vik")
    (home / "areas" / "vik").rename(home / "areas" / ".old-vik")
    uploads.removed("vik")
    assert store.codes() == []
    assert not store.restored("vik").exists()


def test_removing_waits_for_whoever_puts_the_area_there(home):
    area("vik")
    gone = Thread(target=uploads.removed, args=("vik",))
    with FileLock(home / "areas" / ".lock-vik"):
        gone.start()
        gone.join(0.3)
        assert gone.is_alive()
        assert store.codes() == ["vik"]
    gone.join(10)
    assert store.codes() == []


def test_what_cannot_be_removed_is_said(monkeypatch):
    area("vik")

    def closed(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.rename", closed)
    with pytest.raises(BundleError, match="Permission denied"):
        uploads.removed("vik")
    assert store.codes() == ["vik"]
