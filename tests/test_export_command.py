"""`python -m layers export`: files, or a sentence and an exit code."""

import re
import sys
from pathlib import Path
from subprocess import run

import pytest

from data import scenario_file, store
from data.catalogue import groups, kinds
from data.norms import norms
from geo.errors import Message
from geo.hours import MOMENTS
from geo.scenario.edits import Add, Close
from geo.scenario.placing import new_id
from geo.scenario.scenario import Scenario
from layers.__main__ import main
from layers.files import FORMATS
from words import speaker

ROOT = Path(__file__).parent.parent
LAYERS = (
    *("boundary", "gathered", "homes", "meetings", "paths", "place_areas", "places", "spots"),
    *("walk_cells", "zones"),
)
SHEETS = (
    *("about", "columns", "gathered", "groups", "homes", "indices", "lorenz", "measures"),
    *("meetings", "norms", "places", "question", "sources", "spots", "walk_cells", "zones"),
)
PLAIN = (
    *("gathered", "groups", "homes", "indices", "lorenz", "measures", "meetings", "norms"),
    *("places", "sources", "spots", "walk_cells", "zones"),
)
WHOLE = (".gpkg", ".xlsx", ".kml", "-shapefile.zip")
FILES = {
    *(f"-{name}{ending}" for name in LAYERS for ending in (".geojson", ".fgb")),
    *(f"-{name}.csv" for name in SHEETS),
    *(f"-{name}.sdmx.csv" for name in PLAIN),
    *WHOLE,
}
"""Ends of the names of all files; a table without numbers has no plain one."""


DATED = re.compile(r"^moteplass-demo-karhula-\d{4}-\d\d-\d\d")


@pytest.fixture(params=["nb", "en"])
def say(request, monkeypatch):
    """Return the language that commands speak."""
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", request.param)
    return speaker(request.param)


def export(folder, *options, area="demo-karhula", kinds="library,park"):
    """Run the command in this process."""
    return main(["export", area, "--out", str(folder), "--kinds", kinds, *options])


def test_every_file_is_written_and_named(tmp_path, capsys, karhula, say):
    assert export(tmp_path / "out", "--group", "older_80", "--minutes", "15") == 0
    told = capsys.readouterr()
    assert told.err == ""
    made = [Path(line) for line in told.out.splitlines()]
    assert sorted(made) == sorted((tmp_path / "out").iterdir())
    assert {DATED.sub("", file.name) for file in made} == FILES
    assert len(made) == len(FILES)
    about = next(file for file in made if file.name.endswith("about.csv"))
    assert say("Older people, 80 or more") in about.read_text("utf-8-sig")


def test_files_hold_measures_and_norms(tmp_path, karhula, say):
    assert export(tmp_path, kinds="park,playground") == 0
    measures = next(tmp_path.glob("*-measures.csv")).read_text("utf-8-sig")
    assert len(measures.splitlines()) == 1 + len(groups())
    told = next(tmp_path.glob("*-norms.csv")).read_text("utf-8-sig")
    assert all(say(norm.label) in told for norm in norms().values())


@pytest.mark.parametrize(
    ("formats", "endings"), [("kml", {".kml"}), ("excel,,geopackage", {".gpkg", ".xlsx"})]
)
def test_only_the_formats_that_were_asked_for_are_written(
    tmp_path, capsys, karhula, formats, endings
):
    assert export(tmp_path, "--formats", formats) == 0
    assert {DATED.sub("", file.name) for file in tmp_path.iterdir()} == endings
    assert len(capsys.readouterr().out.splitlines()) == len(endings)


def test_an_unknown_format_is_told_and_nothing_is_written(tmp_path, capsys, karhula, say):
    assert export(tmp_path, "--formats", "kml,dwg") == 1
    text = "There is no {what} {key}: choose from {known}."
    told = {"what": Message("format"), "key": "dwg", "known": ", ".join(FORMATS)}
    assert capsys.readouterr().err == f"{say(Message(text, told))}\n"
    assert list(tmp_path.iterdir()) == []


def test_norms_are_held_by_a_command(tmp_path, capsys, karhula, say):
    assert main(["norms", "demo-karhula", "--csv", str(tmp_path / "norms.csv")]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    keys = [line.partition(":")[0] for line in told.out.splitlines()[: len(norms())]]
    assert keys == list(norms())
    assert told.out.splitlines()[-1] == str(tmp_path / "norms.csv")
    assert main(["norms", "demo-karhula", "--norm", "cats"]) == 1
    assert "cats" in capsys.readouterr().err
    assert main(["norms", "atlantis"]) == 1
    assert "atlantis" in capsys.readouterr().err


def test_a_moment_and_conditions_are_asked_for_by_options(tmp_path, karhula, say):
    options = ("--when", "saturday", "--schools", "--winter", "--dark", "--certain", "--areas")
    assert export(tmp_path, *options, kinds="school,playground") == 0
    about = next(tmp_path.glob("*about.csv")).read_text("utf-8-sig")
    for text in ("Saturday", "Snow and ice", "In the dark", "Count only what is known"):
        assert say(text) in about
    assert len(list(tmp_path.glob("*-reach_areas.geojson"))) == 1


@pytest.fixture
def changed(karhula):
    """Return a scenario of the demo: a library beside its first home, and a park less."""
    spot = karhula.homes.geometry.iloc[0]
    park = karhula.places.index[karhula.places["kind"] == "park"][0]
    library = Add("library", (round(spot.x, 1), round(spot.y, 1)), "Torvet", "24/7")
    return Scenario((library, Close(park)), "Et nytt sted")


def test_a_scenario_comes_from_a_file_and_is_put_beside_its_figures(
    tmp_path, capsys, changed, say
):
    file = scenario_file.save(changed, "demo-karhula", tmp_path / "plan.toml")
    out = tmp_path / "out"
    assert export(out, "--formats", "csv", "--scenario", str(file)) == 0
    told = capsys.readouterr().out.splitlines()
    library, park = changed.edits
    places = next(out.glob("*-places.csv")).read_text("utf-8-sig")
    assert new_id(library) in places
    assert park.place not in places
    about = next(out.glob("*-about.csv")).read_text("utf-8-sig")
    assert "Scenario" in about
    assert "Et nytt sted" in about
    assert len(next(out.glob("*-changes.csv")).read_text("utf-8-sig").splitlines()) == 3
    [kept] = out.glob("*.toml")
    assert told[-1] == str(kept)
    assert all("moteplass-demo-karhula-scenario-" in line for line in told)
    assert scenario_file.opened(kept, "demo-karhula") == changed
    export(tmp_path / "today", "--formats", "csv")
    today = next((tmp_path / "today").glob("*-places.csv")).read_text("utf-8-sig")
    assert park.place in today
    assert "new-library" not in today


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'area = "1804"\n[[edits]]\ndo = "close"\nplace = "w1"', "1804"),
        (b'area = "demo-karhula"\n[[edits]]\ndo = "close"\nplace = "w0"', "w0"),
        (b'area = "demo-karhula"\n[[edits]]\ndo = "burn"', "burn"),
        (b"[[edits]", "plan.toml"),
        (None, "plan.toml"),
    ],
)
def test_a_scenario_that_cannot_be_is_told_and_nothing_is_written(
    tmp_path, capsys, karhula, content, said
):
    file = tmp_path / "plan.toml"
    if content is not None:
        file.write_bytes(content)
    assert export(tmp_path / "out", "--scenario", str(file)) == 1
    told = capsys.readouterr()
    assert (told.out, said in told.err) == ("", True)
    assert not (tmp_path / "out").exists()


def test_areas_are_not_compared_in_a_scenario(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(
            ["compare", "a", "--kinds", "park", "--out", str(tmp_path), "--scenario", "a.toml"]
        )
    assert "--scenario" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "text", "values"),
    [
        (
            {"kinds": "pub"},
            "There is no {what} {key}: choose from {known}.",
            {"what": Message("kind"), "key": "pub", "known": ", ".join(kinds())},
        ),
        (
            {"area": "atlantis"},
            "There is no area {code}. Build it first; python -m data build --help tells how.",
            {"code": "atlantis"},
        ),
        (
            {"area": "../etc"},
            "An area's code is 1 to 40 of a–z, 0–9, - and _, not {code}.",
            {"code": "../etc"},
        ),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(tmp_path, capsys, say, asked, text, values):
    assert export(tmp_path, **asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"{say(Message(text, values))}\n"
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_moment_is_told(tmp_path, capsys, say):
    assert export(tmp_path, "--when", "yesterday") == 1
    text = "There is no {what} {key}: choose from {known}."
    told = {"what": Message("moment"), "key": "yesterday", "known": ", ".join(MOMENTS)}
    assert capsys.readouterr().err == f"{say(Message(text, told))}\n"


def test_minutes_out_of_range_and_a_file_for_a_folder_are_told(tmp_path, capsys, karhula, say):
    assert export(tmp_path, "--minutes", "soon") == 1
    text = "Minutes must be a whole number from 1 to {most}, not {got}."
    assert capsys.readouterr().err.strip() == say(text, most=60, got="soon")
    (tmp_path / "taken").touch()
    assert export(tmp_path / "taken") == 1
    assert str(tmp_path / "taken") in capsys.readouterr().err


def test_a_missing_option_ends_with_the_usage(tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["export", "demo-karhula", "--out", str(tmp_path)])
    assert "--kinds" in capsys.readouterr().err


def test_a_demo_is_built_when_it_is_missing(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("MOTEPLASS_HOME", str(home))
    command = [sys.executable, "-m", "layers", "export", "demo-karhula"]
    out = tmp_path / "out"
    done = run(
        [*command, "--out", str(out), "--kinds", "park"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(out.iterdir())) == len(FILES)
    assert store.codes() == ["demo-karhula"]
