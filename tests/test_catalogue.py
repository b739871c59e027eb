import pytest

from data import catalogue
from data.catalogue import families, groups, kinds, never, path_rules, walkers
from geo.errors import CatalogueError
from geo.paths.walking import SLOPES
from geo.tables import GROUPS, PATHS

KIND = """
[families.library]
label = "Library"
[kinds.library]
label = "Library"
family = "library"
setting = "indoor"
suits = ["everybody"]
icon = "book"
osm = [{ amenity = ["library"] }]
why = "Free."
"""
WALKER = """
[adult]
label = "Adult"
speed_m_s = 1.3
slope = "tobler"
wheels = ""
source = "-"
"""


@pytest.fixture
def written(tmp_path):
    """Write a file with one thing in it changed, and return its path."""

    def write(name, text, old="", new=""):
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path / name

    return write


def refusal(read, path):
    with pytest.raises(CatalogueError) as refused:
        read(path)
    return str(refused.value)


def test_a_kind_is_read_as_written(written):
    library = kinds(written("k.toml", KIND))["library"]
    assert library.osm == ({"amenity": frozenset({"library"})},)
    assert (library.unless, library.suits, library.setting) == ((), ("everybody",), "indoor")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('why = "Free."', "", "needs why as text, not nothing"),
        ('why = "Free."', 'why = " "', "needs why as text"),
        (
            'family = "library"',
            'family = "zoo"',
            "family 'zoo' is unknown: choose from library",
        ),
        (
            '"indoor"',
            '"inside"',
            "setting 'inside' is unknown: choose from indoor, outdoor, both",
        ),
        ('["everybody"]', '["elves"]', "needs suits as a list of everybody, young_children"),
        ('["everybody"]', '"everybody"', "needs suits as a list"),
        ('[{ amenity = ["library"] }]', "[]", "needs osm as tables"),
        ('[{ amenity = ["library"] }]', "[{}]", "needs osm as tables"),
        ('["library"] }', '"library" }', "needs osm as tables"),
        ('["library"] }', "[] }", "needs osm as tables"),
        ('["library"] }', "[1] }", "needs osm as tables"),
        ("icon", "icom", "icom is unknown: choose from label"),
        ("why", "unless = 1\nwhy", "needs unless as tables"),
    ],
)
def test_a_wrong_kind_is_refused_by_file_and_row(written, old, new, said):
    assert f"k.toml [kinds.library]: {said}" in refusal(
        kinds, written("k.toml", KIND, old, new)
    )


def test_two_kinds_need_two_labels(written):
    twice = KIND + KIND.split("[kinds.library]")[1].join(["[kinds.other]", ""])
    said = refusal(kinds, written("k.toml", twice))
    assert said == "k.toml [kinds.other]: label 'Library' is taken by [kinds.library]."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[kinds]\nlabel =\n", "k.toml cannot be read: Invalid value (at line 2, column 8)"),
        ("[kind.library]\n", "k.toml [top level]: kind is unknown"),
        ("[never]\n", "k.toml [top level]: needs families as a table, not nothing"),
        (
            "kinds = 3\n[families.a]\nlabel = 'A'\n",
            "k.toml [top level]: needs kinds as a table, not 3",
        ),
        (
            "[kinds]\na = 3\n[families.a]\nlabel = 'A'\n",
            "k.toml [kinds]: needs a as a table, not 3",
        ),
        ("[families.a]\n", "k.toml [families]: needs a as a table, not {}"),
    ],
)
def test_a_malformed_file_is_refused(written, text, said):
    assert said in refusal(kinds, written("k.toml", text))


def test_a_file_must_be_there_hold_text_and_not_be_empty(tmp_path, written):
    assert "gone.toml cannot be read: No such file" in refusal(walkers, tmp_path / "gone.toml")
    assert "w.toml is empty" in refusal(walkers, written("w.toml", ""))
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    assert "binary.toml cannot be read" in refusal(walkers, tmp_path / "binary.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1.3", "0.0", "needs speed_m_s as a decimal number up to 3.0, not 0.0"),
        ("1.3", "nan", "needs speed_m_s"),
        ("1.3", "4.7", "needs speed_m_s"),
        ("1.3", '"1.3"', "needs speed_m_s"),
        ("tobler", "alps", "slope 'alps' is unknown: choose from tobler, minetti, none"),
        ('slope = "tobler"', "", "needs slope as text, not nothing"),
        ('wheels = ""', 'wheels = "skis"', "wheels 'skis' is unknown: choose from wheelchair"),
        ('wheels = ""', "", "needs wheels as text, not nothing"),
        (
            'wheels = ""',
            "steps = true",
            "steps is unknown: choose from label, speed_m_s, slope",
        ),
        ("source", "sauce", "sauce is unknown"),
        ("[adult]", "[adult]\nsource2 = 1", "source2 is unknown"),
    ],
)
def test_a_wrong_walker_is_refused(written, old, new, said):
    assert f"w.toml [adult]: {said}" in refusal(walkers, written("w.toml", WALKER, old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[0, 5]",
            "[0, 6]",
            "[school_children]: needs ages without gaps from 7 to 120, not [6, 15]",
        ),
        ("[6, 15]", "[7, 15]", "[school_children]: needs ages without gaps from 6"),
        ("[0, 5]", "[1, 5]", "[young_children]: needs ages"),
        ("[80, 120]", "[80, 99]", "[older_80]: needs ages"),
        ("[80, 120]", "[80, 79]", "[older_80]: needs ages"),
        ("[80, 120]", "[80]", "[older_80]: needs ages"),
        (
            '"older_80"',
            '"horse"',
            "[older_80]: walker 'horse' is unknown: choose from young_child",
        ),
        ("[everybody]", "[everybody]\nages = [0, 120]", "[everybody]: ages is unknown"),
        ("[youth]", "[teens]", "needs the tables everybody, young_children"),
    ],
)
def test_wrong_groups_are_refused(written, old, new, said):
    real = catalogue.GROUPS_FILE.read_text(encoding="utf-8")
    assert f"g.toml{' ' if said[0] == '[' else ': '}{said}" in refusal(
        groups, written("g.toml", real, old, new)
    )


def test_groups_are_the_columns_of_homes_and_share_out_every_age():
    assert tuple(groups()) == GROUPS
    ages = [a for g in groups().values() if g.ages for a in range(g.ages[0], g.ages[1] + 1)]
    assert ages == list(range(121))


def test_every_walker_names_its_source_and_some_have_wheels():
    assert all(w.source for w in walkers().values())
    wheels = {key: walker.wheels for key, walker in walkers().items() if walker.wheels}
    assert wheels == {"wheelchair": "wheelchair", "pram": "pram"}
    assert set(wheels.values()) <= PATHS.columns.keys()
    assert all(walker.slope in SLOPES for walker in walkers().values())
    assert walkers()["young_child"].speed_m_s < walkers()["adult"].speed_m_s


def test_paths_and_never_say_why(written):
    text = catalogue.PATHS.read_text(encoding="utf-8")
    said = refusal(path_rules, written("p.toml", text, "why", "reason"))
    assert "p.toml [walkable]: reason is unknown" in said
    assert "p.toml: needs the tables walkable" in refusal(
        path_rules, written("p.toml", text, "[opened]", "[open]")
    )
    kinds_text = catalogue.KINDS.read_text(encoding="utf-8")
    said = refusal(never, written("k.toml", kinds_text, "\nunless", "\nif"))
    assert "k.toml [never]: if is unknown" in said


def test_every_family_has_a_kind():
    assert {k.family for k in kinds().values()} == families().keys()
