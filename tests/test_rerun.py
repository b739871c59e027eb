"""An annex written again from its record: identical, or told what differs."""

import csv
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from data import bundle, scenario_file
from geo.bundle import CONTRACTS, Bundle
from geo.scenario.edits import Add, Close
from geo.scenario.link import to_text
from geo.scenario.scenario import Scenario
from layers.__main__ import main
from layers.annex import whole as annex_whole
from layers.annex.parts import Matter, parts
from layers.files import FORMATS
from layers.record import rerun_command
from layers.record.file import MOST_BYTES, read
from tests.answers import hostile_town
from tests.towns import SQUARE_M

SAME = "All figures are identical."


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Let commands speak English, unless a test says otherwise."""
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Put the hostile town into a store of its own, and leave out what is slow to draw."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(
        annex_whole,
        "whole",
        lambda *told: parts(Matter(*told, {"csv": FORMATS["csv"].write})),
    )
    bundle.write(hostile_town())
    return tmp_path


def annex(folder, *options, kinds="park", area="toytown"):
    """Write an annex, and return its record beside it."""
    assert main(["annex", area, "--kinds", kinds, "--out", str(folder), *options]) == 0
    [made] = folder.glob("*.zip")
    with zipfile.ZipFile(made) as packed:
        [name] = [name for name in packed.namelist() if name.endswith("-record.toml")]
        return Path(packed.extract(name, folder))


def rerun(record, out, *options):
    """Run the command in this process."""
    return main(["rerun", str(record), "--out", str(out), *options])


def tables(folder):
    """Return the spreadsheets of an annex."""
    [made] = folder.glob("*.zip")
    with zipfile.ZipFile(made) as packed:
        return {name: packed.read(name) for name in packed.namelist() if ".csv" in name}


def moved(**changes):
    """Return the hostile town built again, a day later."""
    old = hostile_town()
    area = replace(old.area, built="2026-11-22T12:00:00+00:00")
    return Bundle(area, **{name: getattr(old, name) for name in CONTRACTS} | changes)


def test_the_same_area_gives_the_same_figures(town, capsys):
    options = ("--minutes", "15", "--when", "saturday", "--areas", "--group", "youth")
    record = annex(town / "first", *options)
    capsys.readouterr()
    assert rerun(record, town / "again") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "The program is the same."
    assert told[1] == "The area is the same, file by file."
    assert told[-2].endswith(".zip")
    assert told[-1] == SAME
    assert len(tables(town / "first")) > 10
    assert tables(town / "first") == tables(town / "again")


def test_a_scenario_is_in_the_record_and_made_again(town, capsys):
    east, north = SQUARE_M
    scenario = Scenario((Close("n1"), Add("park", (east + 1250.0, north + 40.0))), "Å flytte")
    file = scenario_file.save(scenario, "toytown", town / "plan.toml")
    record = annex(town / "first", "--scenario", str(file))
    assert read(record.read_bytes(), "a.toml").question.scenario == scenario
    [kept] = [one for one in (town / "first").glob("*.toml") if one != record]
    assert scenario_file.opened(kept, "toytown") == scenario
    capsys.readouterr()
    assert rerun(record, town / "again") == 0
    assert capsys.readouterr().out.splitlines()[-1] == SAME
    assert tables(town / "first") == tables(town / "again")
    assert any(name.endswith("-changes.csv") for name in tables(town / "first"))
    other = record.read_text("utf-8").replace(f'scenario = "{to_text(scenario)}"', "")
    assert other != record.read_text("utf-8")
    record.write_text(other, "utf-8")
    assert rerun(record, town / "again") == 3  # the question of today has other figures


def test_files_are_in_the_language_of_the_record(town, monkeypatch, capsys):
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "sv")
    record = annex(town / "first")
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    assert rerun(record, town / "again") == 0
    assert capsys.readouterr().out.splitlines()[-1] == SAME
    assert tables(town / "first") == tables(town / "again")


def test_progress_is_told_apart_from_what_was_found(town, capsys):
    annex(town / "first")
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(next((town / "first").glob("*.zip")))]
    steps = [line.split(" ")[0] for line in told.err.splitlines()]
    assert steps == [f"{n}/5" for n in range(6)]


def test_an_area_built_again_is_refused_unless_it_does_not_matter(town, capsys):
    record = annex(town / "first")
    bundle.write(moved())
    capsys.readouterr()
    assert rerun(record, town / "again") == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].endswith(
        "that was built 2026-11-21T12:00, this one 2026-11-22T12:00. Other files: area.toml."
    )
    assert "--anyway" in told.err
    assert not (town / "again").exists()
    assert rerun(record, town / "again", "--anyway") == 3  # it says when it was built
    told = capsys.readouterr()
    assert told.err.splitlines()[-1] == "The figures are not the same."
    assert re.findall(r"^(\w+): other figures in text\.$", told.out, re.MULTILINE)
    assert not re.findall(r"^(homes|groups|spots|places): ", told.out, re.MULTILINE)


def test_figures_that_differ_are_named(town, capsys):
    record = annex(town / "first")
    homes = hostile_town().homes
    homes["everybody"] *= 2
    bundle.write(moved(homes=homes))
    capsys.readouterr()
    assert rerun(record, town / "again", "--anyway") == 3
    told = capsys.readouterr().out
    assert "Other files: area.toml, homes.parquet" in told
    assert re.search(r"^groups: other figures in .*\bpeople\b", told, re.MULTILINE)
    assert not re.search(r"^(homes|places|boundary): ", told, re.MULTILINE)
    assert SAME not in told
    assert tables(town / "first") != tables(town / "again")


def test_another_program_is_said_and_may_give_the_same_figures(town, capsys):
    record = annex(town / "first")
    text = record.read_text("utf-8")
    changed = re.sub(
        r'(\[code\]\s+version = "[^"]*"\s+sha256 = )"\w+"', rf'\1"{"0" * 64}"', text
    )
    assert changed != text
    record.write_text(re.sub(r'numpy = ".*"', 'numpy = "1.0"', changed), "utf-8")
    capsys.readouterr()
    assert rerun(record, town / "again") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("The program is another version: then ")
    assert told[1].startswith("Another version of numpy: then 1.0, now ")
    assert told[-1] == SAME


def test_without_the_area_it_is_said(town, capsys, monkeypatch):
    record = annex(town / "first")
    monkeypatch.setenv("MOTEPLASS_HOME", str(town / "elsewhere"))
    assert rerun(record, town / "again") == 1
    assert "There is no area toytown." in capsys.readouterr().err
    assert not (town / "again").exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kinds = "park"', 'kinds = "pub"', "There is no kind pub"),
        ('area = "toytown"', 'area = "--"', "An area's code is"),
        ('format = "1.1"', 'format = "2.0"', "newer version"),
        ('minutes = "10"', 'minutes = "99"', "whole number from 1 to 60"),
        ("[bundle]", "[bundle", "is not understood"),
        ('language = "en"', 'language = "tlh"', "No language tlh"),
    ],
)
def test_a_record_that_cannot_be_followed_is_a_sentence(town, capsys, before, after, said):
    record = annex(town / "first")
    text = record.read_text("utf-8")
    assert before in text
    record.write_text(text.replace(before, after, 1), "utf-8")
    assert rerun(record, town / "again") == 1
    assert said in capsys.readouterr().err.splitlines()[-1]
    assert not (town / "again").exists()


def test_a_record_that_is_no_file_is_said(tmp_path, capsys):
    assert rerun(tmp_path / "none.toml", tmp_path) == 1
    assert "none.toml cannot be read" in capsys.readouterr().err
    assert rerun(tmp_path, tmp_path) == 1
    assert "cannot be read" in capsys.readouterr().err
    with (tmp_path / "large.toml").open("wb") as file:
        file.truncate(MOST_BYTES * 1000)
    assert rerun(tmp_path / "large.toml", tmp_path) == 1
    assert "large.toml is too large" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(town, capsys):
    record = annex(town / "first")
    (town / "taken").touch()
    assert rerun(record, town / "taken") == 1
    assert "could not be written" in capsys.readouterr().err


def test_the_command_hands_on_an_outcome_of_its_own():
    assert rerun_command.OtherFiguresError("-").exit_code == 3


def test_the_whole_annex_of_a_demo_is_given_again(karhula, tmp_path, capsys):
    record = annex(tmp_path / "first", area="demo-karhula", kinds="library,park")
    assert rerun(record, tmp_path / "again") == 0
    assert capsys.readouterr().out.splitlines()[-1] == SAME
    names = []
    for folder in ("first", "again"):
        [made] = (tmp_path / folder).glob("*.zip")
        with zipfile.ZipFile(made) as packed:
            assert packed.testzip() is None
            assert all(info.file_size for info in packed.infolist())
            names.append(packed.namelist())
    assert names[0] == names[1]
    folders = {name.partition("/")[0] for name in names[0] if "/" in name}
    assert folders == {*FORMATS, "report", "prints", "pictures", "map"}
    assert tables(tmp_path / "first") == tables(tmp_path / "again")
    about = next(n for n in names[0] if n.endswith("-question.csv"))
    with zipfile.ZipFile(next((tmp_path / "first").glob("*.zip"))) as packed:
        rows = [*csv.reader(packed.read(about).decode("utf-8-sig").splitlines())]
    assert len(rows) > 1
