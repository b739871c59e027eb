"""The commands of the data room: a code, a sentence, and never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from data import build, bundle, store
from data.__main__ import main
from tests.towns import Drawing, box, lonlat

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store of its own, and the commands English."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    return tmp_path / "store"


def crossroads():
    town = Drawing()
    town.way([(0, 0), (300, 0), (600, 0)], highway="residential", name="Storgata")
    town.way([(300, -300), (300, 0), (300, 300)], highway="footway")
    town.area(box(50, 10, 60, 20), building="house")
    town.area(box(400, 10, 440, 40), amenity="library", building="yes", name="Biblioteket")
    return town


@pytest.fixture
def file(tmp_path):
    return crossroads().save(tmp_path / "town.osm.pbf")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Filen {file} finnes ikke."),
        ("en", "There is no file {file}."),
        ("xx", "Filen {file} finnes ikke."),
    ],
)
def test_what_went_wrong_is_said_in_the_language_of_the_user(
    monkeypatch, capsys, language, said
):
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", language)
    assert main(["build", "--osm", "gone.osm", "--code", "vik"]) == 1
    assert said.format(file=Path("gone.osm").resolve()) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["list"], 0),
        (["check", "nowhere"], 1),
        (["check", "../../etc"], 1),
        (["build", "atlantis"], 1),
        (["build", "--osm", "README", "--code", "vik"], 1),
        (["build", "--osm", ".", "--code", "vik"], 1),
        (["build", "--osm", "a.osm", "--code", "../x"], 1),
        (["build", "demo-karhula", "--terrain", "README.md"], 1),
        (["build", "demo-karhula", "--terrain", "gone.tif"], 1),
        (["build", "1804", "--terrain", "gone.tif"], 1),  # before anybody is asked
        (["build"], 2),
        (["build", "--osm", "a.osm"], 2),
        (["build", "1804", "--osm", "a.osm", "--code", "vik"], 1),
        ([], 2),
        (["fly"], 2),
    ],
)
def test_every_command_ends_in_a_code_and_a_sentence(capsys, command, code):
    try:
        ended = main(command)
    except SystemExit as stopped:
        ended = stopped.code
    told = capsys.readouterr()
    assert ended == code
    assert (told.err or told.out).strip().endswith((".", "karhula")) or code == 2
    assert "Traceback" not in told.err


def test_the_command_line_itself_never_shows_a_traceback(tmp_path, file):
    def run(*command, **env):
        return subprocess.run(
            [sys.executable, "-m", "data", *command],
            cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    good = run("build", "--osm", str(file), "--code", "vik", "--name", "Vik 🏛️")
    assert (good.returncode, bundle.read("vik").area.name) == (0, "Vik 🏛️")
    (tmp_path / "a file").touch()
    bad = run(
        "build", "--osm", str(file), "--code", "vik", MOTEPLASS_HOME=str(tmp_path / "a file")
    )
    assert bad.returncode == 1
    assert "Traceback" not in good.stderr + bad.stderr
    assert "MOTEPLASS_HOME" in bad.stderr


@pytest.mark.parametrize("built", ["soon", "", "2026-99-99"])
def test_a_damaged_area_is_listed_with_a_sentence(file, capsys, built):
    build.build_file(file, code="vik", name="Vik")
    toml = store.folder("vik") / "area.toml"
    toml.write_text(
        re.sub('built = ".*?"', f'built = "{built}"', toml.read_text("utf-8")), "utf-8"
    )
    assert main(["list"]) == 0
    assert "The area vik is damaged" in capsys.readouterr().out


def test_the_keyboard_stops_a_build(monkeypatch, file, capsys):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "assemble", stop)
    assert main(["build", "--osm", str(file), "--code", "vik"]) == 130
    assert "Stopped." in capsys.readouterr().err
    assert store.codes() == []


def test_what_has_to_be_mended_on_the_map_is_told(tmp_path, capsys):
    """A path of 80 m ends 3 m short of the street: 100 m west of the crossing."""
    town = crossroads()
    lost = town.way([(200, 3), (200, 83)], highway="footway")
    town.way([(200, 600), (200, 640)], highway="footway")  # far from anything: nothing to say
    build.build_file(town.save(tmp_path / "town.osm"), code="vik", name="Vik")
    capsys.readouterr()
    assert main(["check", "vik"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "To mend" in line]
    assert len(said) == 1
    told = re.fullmatch(
        r"To mend: 80 m of path, 3 m from the others, at (\S+) (\S+): (\d+)", said[0]
    )
    lon, lat = lonlat((200, 1.5))
    assert [float(degrees) for degrees in told.groups()[:2]] == pytest.approx(
        [lat, lon], abs=1e-4
    )
    assert told.group(3) == lost[1:]


def test_a_bad_raster_is_said_before_the_long_work(file, capsys):
    build.build_file(file, code="vik", name="Earlier")
    command = ["build", "--osm", str(file), "--code", "vik", "--terrain", str(file)]
    assert main(command) == 1
    assert "cannot be read as a raster of heights" in capsys.readouterr().err
    assert bundle.read("vik").area.name == "Earlier"
