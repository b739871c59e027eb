"""The annex: a zip that is whole or not there, made one part at a time."""

import errno
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pyogrio
import pytest

from data import bundle
from data.norms import norms
from geo.errors import ExportError, Message
from geo.question import Question
from layers.annex import binding as annex
from layers.annex.binding import Part, write
from layers.annex.method_card import card
from layers.annex.parts import TOLD, Matter, parts
from layers.annex.text import as_text
from layers.export.full import Desk, full_export
from layers.files import FORMATS
from layers.record.file import read
from layers.record.record import record_of
from tests.answers import NOW, hostile_town
from tests.towns import catalogue
from words import speaker

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-21"
FULL = OSError(errno.ENOSPC, "No space left on device")


def names(folder):
    """Return what is in a folder."""
    return sorted(file.name for file in folder.iterdir())


def part(folder="", *files, content=b"x", calls=None):
    """Return a part that writes files of these names."""

    def make(where):
        if calls is not None:
            calls.append(folder)
        for name in files:
            (where / name).write_bytes(content)

    return Part(folder, make, Message(folder or "top"))


def failing(error):
    """Return a part that writes half and fails."""

    def make(where):
        (where / "half.bin").write_bytes(b"x" * 1000)
        raise error

    return Part("bad", make, Message("Bad"))


def test_files_lie_in_the_order_of_the_parts_and_of_their_names(tmp_path):
    told = []
    made = write(
        [part("", "LESMEG.txt"), part("gis", "b.gpkg", "a.gpkg"), part("empty")],
        tmp_path / "new" / "a.zip",
        day=DAY,
        progress=lambda *step: told.append((*step[:2], str(step[2]))),
    )
    assert made == tmp_path / "new" / "a.zip"
    with zipfile.ZipFile(made) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["LESMEG.txt", "gis/a.gpkg", "gis/b.gpkg"]
        assert {info.date_time for info in packed.infolist()} == {(2026, 11, 21, 12, 0, 0)}
    assert told == [(0, 3, "top"), (1, 3, "gis"), (2, 3, "empty"), (3, 3, "Done")]
    assert names(made.parent) == ["a.zip"]


def test_the_same_parts_make_the_same_bytes(tmp_path):
    content = b"figures " * 1000
    for name in ("a.zip", "b.zip"):
        write([part("gis", "a.gpkg", "b.png", content=content)], tmp_path / name, day=DAY)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        small, picture = packed.infolist()
        assert small.compress_size < 200 < picture.compress_size == picture.file_size
        assert packed.read(small) == packed.read(picture) == content


def test_an_earlier_annex_is_replaced(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"old")
    write([part("", "a.txt")], tmp_path / "a.zip", day=DAY)
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_one_part_is_on_disk_at_a_time(tmp_path):
    seen = []

    def make(where):
        here = {file.name for file in where.parent.rglob("*") if file.is_file()}
        seen.append((names(where), here - {"annex.zip"}))
        (where / f"{len(seen)}.txt").write_text("x")

    write([Part("", make, Message("-"))] * 3, tmp_path / "a.zip", day=DAY)
    assert seen == [([], set())] * 3


def test_parts_are_made_only_when_their_turn_comes(tmp_path):
    calls = []
    made = [part(name, calls=calls) for name in "abc"]
    seen = []
    write(made, tmp_path / "a.zip", day=DAY, progress=lambda *_: seen.append([*calls]))
    assert seen == [[], ["a"], ["a", "b"], ["a", "b", "c"]]


@pytest.mark.parametrize("answers", [0, 1, 2, 3, 4, 5, 6, 7])
def test_what_is_cancelled_leaves_nothing(tmp_path, answers):
    (tmp_path / "a.zip").write_bytes(b"old")
    calls, asked = [], iter([False] * answers)
    found = write(
        [part("a", "1.txt", calls=calls), part("b", "2.txt", calls=calls)],
        tmp_path / "a.zip",
        day=DAY,
        cancelled=lambda: next(asked, True),
    )
    # Twice between the two parts, twice or three times while a file is packed.
    assert calls == ["a", "b"][: (answers + 2) // 3]
    if found is None:
        assert (tmp_path / "a.zip").read_bytes() == b"old"
    assert (found is None) == (answers < 7)
    assert names(tmp_path) == ["a.zip"]


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (FULL, ExportError),
        (pyogrio.errors.DataSourceError("database or disk is full"), ExportError),
        (ExportError("The map is too large."), ExportError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
def test_a_part_that_fails_leaves_the_earlier_annex_whole(tmp_path, error, raised):
    (tmp_path / "a.zip").write_bytes(b"old")
    with pytest.raises(raised) as told:
        write([part("", "a.txt"), failing(error)], tmp_path / "a.zip", day=DAY)
    if raised is ExportError:
        assert any(word in str(told.value) for word in ("No space", "full", "too large"))
    assert (tmp_path / "a.zip").read_bytes() == b"old"
    assert names(tmp_path) == ["a.zip"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_real_limit_on_writing_leaves_nothing_behind(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"old")
    limited = (
        "import os, resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000));"
        "from pathlib import Path; from tests.test_annex import part, write;"
        "some = [part(n, 'a.txt', content=os.urandom(3000)) for n in 'abc'];"
        f"write(some, Path({str(tmp_path / 'a.zip')!r}), day='2026-11-21')"
    )
    found = subprocess.run(
        [sys.executable, "-c", limited], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stderr.splitlines()[-1].startswith("geo.errors.ExportError: ")
    assert "could not be written (File too large)" in found.stderr
    assert (tmp_path / "a.zip").read_bytes() == b"old"
    assert names(tmp_path) == ["a.zip"]


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(ExportError, match="taken") as told:
        write([part("", "a.txt")], tmp_path / "taken" / "a.zip", day=DAY)
    assert "could not be written" in str(told.value)


def test_an_annex_open_elsewhere_is_said(tmp_path, monkeypatch):
    def locked(*_):
        raise PermissionError(errno.EACCES, "The file is in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(ExportError, match="close the file"):
        write([part("", "a.txt")], tmp_path / "a.zip", day=DAY)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["a b.txt", "æ.txt", "con.txt", "NUL", "a.", ".hidden", "-x", "a:b", "x" * 130]
)
def test_a_name_that_some_system_cannot_unpack_is_a_fault(tmp_path, name):
    with pytest.raises(ValueError, match="no name for a file"):
        write([part("gis", name)], tmp_path / "a.zip", day=DAY)
    assert names(tmp_path) == []


def test_two_files_of_one_name_are_a_fault_in_large_letters_too(tmp_path):
    with pytest.raises(ValueError, match="twice"):
        write([part("gis", "a.txt"), part("GIS", "A.TXT")], tmp_path / "a.zip", day=DAY)


def test_files_are_packed_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(annex, "CHUNK", 7)
    content = bytes(range(256))
    made = write([part("", "a.bin", content=content)], tmp_path / "a.zip", day=DAY)
    with zipfile.ZipFile(made) as packed:
        assert packed.read("a.bin") == content


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the hostile town's folder in a store of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    return bundle.write(hostile_town())


def matter(folder, language, **writers):
    """Return what an annex of the hostile town is made from."""
    question, desk = Question("toytown", ("park",)), Desk(catalogue(), norms())
    say = speaker(language)
    case, export = full_export(question, hostile_town(), desk, say=say, now=NOW)
    return Matter(case, export, record_of(case, export, folder), writers)


def stems(export, where, say):
    """Write a file as a format does."""
    (where / f"{export.stem}.{say.language}").write_text(export.title)


@pytest.mark.parametrize(("language", "notes"), [("nb", 1), ("sv", 2)])
def test_an_annex_has_a_note_a_card_a_record_and_every_format(
    tmp_path, folder, language, notes
):
    about = matter(folder, language, csv=stems, excel=stems)
    made = write(parts(about), tmp_path / "out" / "a.zip", day=DAY)
    stem = about.export.stem
    wanted = [
        *("LESMEG.txt", "README-sv.txt")[:notes],
        *(f"{stem}-method.txt", f"{stem}-record.toml"),
        *(f"csv/{stem}.{language}", f"excel/{stem}.{language}"),
    ]
    with zipfile.ZipFile(made) as packed:
        assert packed.namelist() == wanted
        texts = {name: packed.read(name).decode("utf-8-sig") for name in wanted[: notes + 1]}
        record = packed.read(f"{stem}-record.toml")
    assert read(record, "a.toml") == about.record
    assert tomllib.loads(record.decode().replace("\r\n", "\n"))["language"] == language
    for text in texts.values():
        assert text.count("\r\n") == text.count("\n") > 20
        assert "© OpenStreetMap contributors – OpenStreetMap, ODbL 1.0, 2026-11-21" in text


def test_the_note_is_in_norwegian_whatever_the_reader_speaks(tmp_path, folder):
    write(parts(matter(folder, "en", csv=stems)), tmp_path / "a.zip", day=DAY)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        notes = [packed.read(name).decode("utf-8-sig") for name in packed.namelist()[:2]]
    for text, language in zip(notes, ("nb", "en"), strict=True):
        say = speaker(language)
        for known in ("Question", "Answer", "Spreadsheets (CSV)"):
            assert say(known) in text
    assert notes[0] != notes[1]
    assert "csv/ – Spreadsheets (CSV): The tables as text" in " ".join(notes[1].split())


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv"])
def test_the_method_card_tells_how_minutes_and_people_are_counted(folder, language):
    about = matter(folder, language)
    say, text = about.case.say, " ".join(as_text(card(about.case, about.record)).split())
    assert "1,3 m/s" in text or "1.3 m/s" in text
    assert say("Residents are estimated from buildings, not counted.") in text
    assert about.record.code.sha256[:12] in text
    assert "python -m layers rerun" in text
    assert "inf" not in text.split()
    assert len(as_text(card(about.case, about.record)).splitlines()) < 80  # a page


def test_conditions_are_on_the_card_if_they_were_asked_for(folder):
    desk, say = Desk(catalogue(), norms()), speaker("en")
    plain = as_text(card(*asked(desk, say, folder)))
    winter = as_text(card(*asked(desk, say, folder, winter=True, dark=True)))
    assert "Snow and ice: paths" not in plain
    assert "Snow and ice: paths" in winter
    assert "In the dark: paths" in winter


def asked(desk, say, folder, **switches):
    """Return a case and its record."""
    question = Question("toytown", ("park",), **switches)
    case, export = full_export(question, hostile_town(), desk, say=say, now=NOW)
    return case, record_of(case, export, folder)


def test_every_format_is_called_something():
    assert [*FORMATS] == [*TOLD]
    assert all(label.text and holds.text for label, holds in TOLD.values())
