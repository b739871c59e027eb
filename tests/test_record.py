"""The record of an answer: written, read again, and wrong in every way."""

import hashlib
import hmac
import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from math import nan

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data import bundle
from data.norms import norms
from geo.bundle import Area, Source
from geo.errors import BundleError, MoteplassError, QuestionError, SourceError
from geo.hours import MOMENTS
from geo.question import MAX_MINUTES, Question
from geo.scenario.edits import Close, Path
from geo.scenario.link import LONGEST_WORD, to_text
from geo.scenario.scenario import TODAY, Scenario
from geo.timetable import OSLO
from layers.export.full import Desk, full_export
from layers.export.sheet import Sheet
from layers.record import origin as record_origin
from layers.record.differences import (
    area_text,
    figures_text,
    other_files,
    program_text,
)
from layers.record.figures import Figures, figures_of
from layers.record.file import MOST_BYTES, read
from layers.record.origin import bundle_files, source_sha256, whole
from layers.record.record import Built, Code, Record, as_toml, record_of
from tests import few_town
from tests.answers import NOW, hostile_town
from tests.towns import CRS, catalogue
from words import speaker

SAY = speaker("en")
A, B = "a" * 64, "b" * 64
SOURCE = Source("=Map\n<b>", "ODbL 1.0", "© æøå 🏖️", "2026-11-21", 7)


def made(**changes):
    """Return a record that nobody had to work out."""
    usual = Record(
        Question("oslo", ("library", "park")),
        NOW,
        "nb",
        False,
        Code("1.0", A, {"numpy": "2.1.0"}),
        Built("oslo", "Oslo «indre»", "2026-11-22T05:01:12+00:00", {"area.toml": A}, (SOURCE,)),
        {"homes": Figures(3, {"id": A, "geometry": B})},
    )
    return replace(usual, **changes)


def again(record):
    """Return a record that was written and read."""
    return read(as_toml(record).encode(), "a.toml")


hashes = st.from_regex("[0-9a-f]{64}", fullmatch=True)
names = st.from_regex("[a-z][a-z0-9_]{0,20}", fullmatch=True)
questions = st.builds(
    Question,
    area=names,
    kinds=st.lists(st.sampled_from(sorted(catalogue().kinds)), unique=True).map(tuple),
    group=st.sampled_from(sorted(catalogue().groups)),
    walker=st.sampled_from(["", *catalogue().walkers]),
    minutes=st.integers(1, MAX_MINUTES),
    when=st.sampled_from(["", *MOMENTS]),
    schools=st.booleans(),
    winter=st.booleans(),
    dark=st.booleans(),
    certain=st.booleans(),
    scenario=st.sampled_from([TODAY, Scenario((Close("w1"), Path(((0.0, 0.0), (9.5, 1.0)))))]),
)
moments = st.datetimes(
    datetime(2021, 1, 1),
    datetime(2098, 1, 1),
    timezones=st.sampled_from([OSLO, UTC, timezone(timedelta(hours=-9, minutes=-30))]),
)
sheets = st.dictionaries(
    names, st.builds(Figures, st.integers(0, 10**9), st.dictionaries(names, hashes)), max_size=3
)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@given(questions, moments, sheets, texts, st.booleans())
def test_what_is_written_is_read_again(question, now, figures, text, areas):
    built = Built("oslo", text, "2026-11-22T05:01:12+00:00", {"area.toml": A}, (SOURCE,))
    record = made(question=question, now=now, areas=areas, sheets=figures, bundle=built)
    found = again(record)
    # An hour that the clocks skip equals nothing, by Python's rules; written, it is the same.
    assert replace(found, now=now) == record
    assert found.now.isoformat() == now.isoformat()


def test_a_text_editor_of_windows_changes_nothing():
    told = "\ufeff" + as_toml(made()).replace("\n", "\r\n")
    assert read(told.encode(), "a.toml") == made()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('format = "1.1"', 'format = "2.0"', "newer version of the program (format 2.0;"),
        ('format = "1.1"', 'format = "0.9"', "older version of the program (format 0.9;"),
        ('format = "1.1"', 'format = "new"', "no whole record: format."),
        ('format = "1.1"', "", "no whole record: format."),
        ('format = "1.1"', "format = ", "no record: line "),
        ("2026-11-21T12:00:00+01:00", "2026-11-21T12:00:00", "no whole record: now."),
        ("2026-11-21T12:00:00+01:00", "9999-12-31T23:59:59-12:00", "no whole record: now."),
        ("2026-11-21T12:00:00+01:00", "yesterday", "no whole record: now."),
        ('language = "nb"', 'language = "../nb"', "no whole record: language."),
        ("areas = false", 'areas = "false"', "no whole record: areas."),
        ('minutes = "10"', "minutes = 10", "no whole record: question.minutes."),
        ('minutes = "10"', 'minutes = "\\u001b[2J"', "no whole record: question.minutes."),
        ('kinds = "library,park"', "", "no whole record: question.kinds."),
        (f'sha256 = "{A}"', 'sha256 = "aa"', "no whole record: code.sha256."),
        ('numpy = "2.1.0"', 'numpy = "\\u001b]0;"', "no whole record: code.libraries.numpy."),
        ('"area.toml" = ', '"../area.toml" = ', "no whole record: bundle.files."),
        ('"area.toml" = ', '"other.toml" = ', "no whole record: bundle.sha256."),
        ('built = "2026', 'built = "\\u00072026', "no whole record: bundle.built."),
        ("rows = 7", "rows = -7", "no whole record: bundle.sources.rows."),
        ("rows = 7", "rows = true", "no whole record: bundle.sources.rows."),
        ("rows = 3", "rows = 4", "no whole record: sheets.homes.sha256."),
        (f'geometry = "{B}"', f'geometry = "{A}"', "no whole record: sheets.homes.sha256."),
        ("[sheets.homes]", '[sheets."\\u001b"]', "no whole record: sheets."),
        ("[question]", "[[question]]", "no whole record: question."),
        ('scenario = ""', "scenario = 7", "no whole record: question.scenario."),
        ('scenario = ""', 'scenario = "x"', "no whole record: question.scenario."),
        ('scenario = ""', 'scenario = "<b>"', "no whole record: question.scenario."),
        ('scenario = ""', f'scenario = "{"x" * 20_001}"', "record: question.scenario."),
    ],
)
def test_a_record_that_is_wrong_is_told_where(before, after, said):
    text = as_toml(made())
    assert before in text
    with pytest.raises(SourceError, match=re.escape(said)) as raised:
        read(text.replace(before, after, 1).encode(), "a.toml")
    assert str(raised.value).startswith("a.toml")
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("minutes", ["0", "61", "soon"])
def test_minutes_that_nobody_may_ask_for_are_no_question(minutes):
    text = as_toml(made()).replace('minutes = "10"', f'minutes = "{minutes}"')
    with pytest.raises(QuestionError, match="whole number from 1 to 60"):
        read(text.encode(), "a.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no whole record: format."),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"PK\x03\x04", "no record"),
        (b"x = " + b"[" * 100_000, "no record"),
        (b"x = " + b"9" * 10_000, "no record"),
        (b"#" * (MOST_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_record_at_all_is_said(content, said):
    with pytest.raises(SourceError, match=said) as raised:
        read(content, "\x1b[2J" + "x" * 300)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 200


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore"))
)
def test_anything_is_a_record_or_a_sentence(content):
    with pytest.raises(MoteplassError):
        read(content, "a.toml")


def test_records_from_before_there_were_scenarios_are_of_what_is():
    text = as_toml(made()).replace('format = "1.1"', 'format = "1.0"')
    older = text.replace('scenario = ""\n', "")
    assert older != text
    assert read(older.encode(), "a.toml") == made()


def test_a_scenario_may_be_as_long_as_a_link():
    spread = tuple((n * 137.3 % 9973, n * n * 7.7 % 9967) for n in range(500))
    long = Scenario((Path(spread), Path(spread[::-1])))
    assert 2000 < len(to_text(long)) <= LONGEST_WORD
    record = made(question=Question("oslo", ("park",), scenario=long))
    assert again(record) == record


def test_a_newer_minor_number_only_adds():
    text = as_toml(made()).replace('format = "1.1"', 'format = "1.7"\nmood = "good"')
    assert read(text.encode(), "a.toml") == made()


def sheet(geometry=((0, 0), (5, 5)), **columns):
    """Return a sheet of two homes."""
    usual = {"id": ["h1", "h2"], "minutes": [1.0, nan], "reach": ["Within", "Unknown"]}
    shapes = [shapely.Point(xy) for xy in geometry]
    table = gpd.GeoDataFrame(usual | columns, geometry=shapes, crs=CRS)
    return Sheet("homes", "Homes", table, {})


@pytest.mark.parametrize(
    "same",
    [
        sheet(),
        sheet(minutes=[1.0 + 1e-13, nan]),
        sheet(minutes=pd.array([1, None], dtype="Int64")),
        sheet(geometry=((0.0001, -0.0), (5, 5))),
        replace(sheet(), name="Boliger"),
        replace(sheet(), table=sheet().table.set_index("id", drop=False)),
    ],
)
def test_the_same_figures_have_the_same_fingerprint(same):
    assert figures_of(same) == figures_of(sheet())
    assert figures_of(same).sha256 == figures_of(sheet()).sha256


@pytest.mark.parametrize(
    ("other", "columns"),
    [
        (sheet(minutes=[1.1, nan]), ("minutes",)),
        (sheet(minutes=[1.0, 0.0]), ("minutes",)),  # nothing is not zero
        (sheet(minutes=["1.0", None]), ("minutes",)),  # nor a text a number
        (sheet(id=["h1,", "h2"], reach=["Within", ""]), ("id", "reach")),
        (sheet(geometry=((0.002, 0), (5, 5))), ("geometry",)),
        (sheet(geometry=((5, 5), (0, 0))), ("geometry",)),
        (sheet(floor=[1, 2]), ("floor",)),
        (
            replace(sheet(), table=sheet().table.iloc[::-1]),
            ("id", "minutes", "reach", "geometry"),
        ),
    ],
)
def test_other_figures_have_another(other, columns):
    assert figures_of(other).other(figures_of(sheet())) == columns
    assert figures_of(other).sha256 != figures_of(sheet()).sha256


def test_fewer_rows_and_other_orders_are_other_figures():
    whole_one = figures_of(sheet())
    first = figures_of(replace(sheet(), table=sheet().table.iloc[:1]))
    assert figures_text({"homes": whole_one}, {"homes": first}, SAY) == [
        "homes: then 2 rows, now 1."
    ]
    turned = figures_of(
        replace(sheet(), table=sheet().table[["minutes", "id", "reach", "geometry"]])
    )
    told = figures_text({"homes": whole_one}, {"homes": turned}, SAY)
    assert told == ["homes: the columns are in another order."]
    assert figures_text({"homes": whole_one}, {}, SAY) == ["homes: only in the record."]
    assert figures_text({}, {"homes": whole_one}, SAY) == ["homes: not in the record."]


def test_a_ring_is_the_same_wherever_it_begins():
    def ring(*corners):
        shapes = gpd.GeoDataFrame(geometry=[shapely.Polygon(corners)], crs=CRS)
        return figures_of(Sheet("zones", "Zones", shapes, {}))

    assert ring((0, 0), (9, 0), (9, 9)) == ring((9, 0), (9, 9), (0, 0))
    assert ring((0, 0), (9, 0), (9, 9)) != ring((0, 0), (9, 0), (9, 8))


def test_shapes_that_are_missing_or_have_heights_are_told_apart():
    def shape(*shapes):
        table = gpd.GeoDataFrame(geometry=list(shapes), crs=CRS)
        return figures_of(Sheet("x", "X", table, {})).sha256

    flat, high = shapely.Point(1, 2), shapely.Point(1, 2, 3)
    known = [shape(flat, None), shape(None, flat), shape(flat, high), shape(flat, flat)]
    assert len({*known, shape(flat, shapely.Point(1, 2, 4)), shape()}) == 6


@pytest.fixture
def source(tmp_path):
    """Return a small copy of a program."""
    for name in ("geo/a.py", "data/kinds.toml", "layers/sub/b.py", "words/nb.po"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"first line of {name}\nsecond\n".encode())
    return tmp_path


def test_the_program_is_the_same_with_the_line_ends_of_windows(source):
    before = source_sha256(source)
    for file in source.rglob("*.*"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (source / "geo" / "__pycache__").mkdir()
    (source / "geo" / "__pycache__" / "a.pyc").write_bytes(b"x")
    (source / "app.py").write_text("x")
    assert source_sha256(source) == before


@pytest.mark.parametrize(
    "name", ["geo/a.py", "data/kinds.toml", "layers/sub/b.py", "words/nb.po"]
)
def test_every_source_file_counts(source, name):
    before = source_sha256(source)
    (source / name).write_bytes(b"changed")
    changed = source_sha256(source)
    (source / name).rename((source / name).with_stem("moved"))
    assert len({before, changed, source_sha256(source)}) == 3


def test_a_version_is_told_even_without_the_list_of_changes(monkeypatch, tmp_path):
    assert record_origin.code_version()
    assert record_origin.code_sha256() != source_sha256(tmp_path), "no source file is found"
    monkeypatch.setattr(record_origin, "ROOT", tmp_path)
    assert record_origin.code_version() == ""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the hostile town's folder in a store of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    return bundle.write(hostile_town())


def test_every_file_of_an_area_counts_but_what_it_was_ordered_with(folder):
    area = hostile_town().area
    before = bundle_files(folder, area)
    assert {"area.toml", "homes.parquet", "paths.parquet"} <= before.keys()
    (folder / "order.toml").write_text("x")
    (folder / ".lock").write_text("x")
    assert bundle_files(folder, area) == before
    with (folder / "homes.parquet").open("ab") as file:
        file.write(b"x")
    after = bundle_files(folder, area)
    assert whole(after) != whole(before)
    told = made(bundle=Built("toytown", "-", area.built, before))
    assert area_text(told, before, area.built, SAY) == "The area is the same, file by file."
    keyed = ["area.toml", "homes.parquet", "incomes.parquet", "zones.parquet"]
    assert area_text(told, after, area.built, SAY).endswith(f"Other files: {', '.join(keyed)}.")


def test_a_few_cannot_be_tried_out_until_a_fingerprint_fits(tmp_path, monkeypatch):
    """Whoever knew a file but for one count under five would need four tries."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    known = few_town.planted()
    folder = bundle.write(known)
    files = bundle_files(folder, known.area)
    for name in ("area.toml", "incomes.parquet", "zones.parquet"):
        content = (folder / name).read_bytes()
        assert files[name] not in tried_out(content, files["homes.parquet"].encode(), b"key")
    assert "value = 3.0" in (folder / "area.toml").read_text("utf-8")
    with (folder / "area.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert other_files(files, bundle_files(folder, known.area)) == ["area.toml"]


def tried_out(content, *keys):
    """Return the fingerprints of a file that somebody without the homes can work out."""
    return {
        hashlib.sha256(content).hexdigest(),
        *(hmac.new(key, content, "sha256").hexdigest() for key in keys),
        *(hashlib.sha256(key + content).hexdigest() for key in keys),
    }


def test_an_area_built_meanwhile_is_not_taken_for_the_one_that_was_read(folder):
    read_before = replace(hostile_town().area, built="2026-11-20T12:00:00+00:00")
    with pytest.raises(BundleError, match="built again meanwhile"):
        bundle_files(folder, read_before)
    (folder / "area.toml").unlink()
    with pytest.raises(BundleError, match="cannot be read"):
        bundle_files(folder, read_before)


def test_another_program_is_said_with_what_is_other_in_it():
    then, now = Code("1.0", A, {"numpy": "2.1"}), Code("1.1", B, {"numpy": "2.1", "geos": "3"})
    assert program_text(then, now, SAY) == [
        "The program is another version: then 1.0 aaaaaaaaaaaa, now 1.1 bbbbbbbbbbbb.",
        "Another version of geos: then –, now 3.",
    ]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_record_tells_all_of_an_answer_and_is_read_again(folder, language):
    town = hostile_town()
    question = Question("toytown", ("park",), minutes=15)
    desk = Desk(catalogue(), norms())
    case, export = full_export(question, town, desk, say=speaker(language), now=NOW)
    record = record_of(case, export, folder)
    assert again(record) == record
    assert [*record.sheets] == [sheet.key for sheet in export.sheets]
    assert (record.question, record.now, record.language) == (question, NOW, language)
    assert record.bundle.sources == town.area.sources
    raw = tomllib.loads(as_toml(record))
    assert raw["code"]["libraries"].keys() >= {
        "python",
        "numpy",
        "shapely",
        "geopandas",
        "proj",
    }
    assert raw["bundle"]["sha256"] == whole(record.bundle.files)


def test_the_same_question_has_the_same_figures_and_another_has_not(folder):
    town, desk = hostile_town(), Desk(catalogue(), norms())

    def sheets(minutes):
        question = Question("toytown", ("park",), minutes=minutes)
        made = full_export(question, town, desk, say=SAY, now=NOW)
        return record_of(*made, folder).sheets

    first = sheets(10)
    assert figures_text(first, sheets(10), SAY) == []
    other = figures_text(first, sheets(11), SAY)
    assert any(line.startswith("homes: other figures in ") for line in other)
    assert not any(line.startswith("boundary") for line in other)


def test_reach_areas_are_worked_out_again_if_they_were_asked_for(folder):
    town, desk = hostile_town(), Desk(catalogue(), norms())
    asked = Question("toytown", ("park",))
    made = full_export(asked, town, desk, say=SAY, now=NOW, areas=True)
    record = record_of(*made, folder)
    assert record.areas
    assert record.sheets["reach_areas"].rows
    assert not record_of(*full_export(asked, town, desk, say=SAY, now=NOW), folder).areas


def test_an_area_of_a_name_that_no_terminal_should_see_is_recorded(folder):
    area = Area("toytown", "\x1b[2J", CRS, "2026-11-21T12:00:00+00:00")
    assert (
        again(made(bundle=Built(area.code, area.name, area.built, {}))).bundle.name == area.name
    )
