"""The command that looks at a file: what it says, keeps and writes."""

import argparse

import pytest
from shapely import box

from data import look_command
from data.files.kept import find_recipe
from data.services.service import Land
from geo.errors import SourceError
from words import speaker

EN = speaker("en")
MANY = "".join(f"Skole {n};65,{n};12,2\n" for n in range(1, 9))
HERE = f"navn;lat;lon\n{MANY}Vik skole;nord;12,2\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    land = Land("1812", "Sømna", "no", box(12, 65, 13, 66), "EPSG:25833")
    monkeypatch.setattr(look_command, "land_of", lambda *_: land)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "skoler_2026.csv"
    path.write_text(HERE, encoding="utf-8")
    return path


def run(*arguments):
    parser = argparse.ArgumentParser()
    look_command.add_options(parser, EN)
    return look_command.run(parser.parse_args([*map(str, arguments)]), EN)


def test_it_says_what_a_file_seems_to_be_and_why(file, capsys):
    assert run(file) == 0
    said = capsys.readouterr().out
    assert "skoler_2026.csv: 9 rows; it seems to be: places" in said
    assert "seen: kind: The file's name speaks of it." in said
    assert 'pattern = "skoler_*.csv"' in said
    assert "Skole 1" in said
    assert find_recipe("skoler_2027.csv") is None


def test_a_doubt_is_marked_with_a_word(tmp_path, capsys):
    odd = tmp_path / "ting.csv"
    odd.write_text("navn;lat;lon\nHer;65,3;12,2\n", encoding="utf-8")
    assert run(odd) == 0
    assert (
        "doubt: kind: It has places, but nothing says of what kind." in capsys.readouterr().out
    )


def test_save_keeps_the_recipe_for_next_year(file, capsys):
    assert run(file, "--save") == 0
    assert "Kept as confirmed" in capsys.readouterr().out
    recipe = find_recipe("skoler_2027.csv")
    assert recipe.confirmed
    assert recipe.kind == "school"
    assert run(file) == 0
    assert "An earlier file of that name was read by this recipe." in capsys.readouterr().out


def test_a_report_has_every_row_and_no_formula(file, tmp_path, capsys):
    target = tmp_path / "rows.csv"
    assert run(file, "--municipality", "1812", "--report", target) == 0
    said = capsys.readouterr().out
    assert "8 of 9 rows of skoler_2026.csv were used." in said
    assert "Row 10: This is no number." in said
    rows = target.read_text("utf-8-sig").splitlines()
    assert rows[0] == "row;column;value;used;reason"
    assert rows[1].startswith("10;lat;nord;False;")


def test_a_value_that_looks_like_a_formula_is_text(tmp_path):
    path, target = tmp_path / "skoler.csv", tmp_path / "rows.csv"
    path.write_text(f"navn;lat;lon\n{MANY}B;=1+1;12\n", encoding="utf-8")
    assert run(path, "--municipality", "1812", "--report", target) == 0
    assert "'=1+1" in target.read_text("utf-8-sig")


def test_what_cannot_be_used_is_said_with_a_code(tmp_path, capsys):
    path = tmp_path / "tekst.csv"
    path.write_text("a;b\nx;y\n", encoding="utf-8")
    assert run(path, "--municipality", "1812") == 1
    assert "cannot be used as it is" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--report", "rows.csv"], "needs --municipality"),
        (
            ["--municipality", "1812", "--report", "/nowhere/at/all/rows.csv"],
            "cannot be written",
        ),
    ],
)
def test_faults_are_sentences(file, arguments, said):
    with pytest.raises(SourceError, match=said):
        run(file, *arguments)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.csv cannot be read"):
        run(tmp_path / "gone.csv")
