"""Who depends on a place, and who would gain one, in words and on maps."""

import json
from dataclasses import replace
from datetime import datetime
from itertools import combinations, pairwise

import geopandas as gpd
import pytest
import shapely

from geo.question import Question
from geo.scenario.bench import bench
from geo.scenario.candidates import candidates
from geo.scenario.dependence import dependence, dependents
from geo.scenario.offering import offered
from geo.scenario.own_list import with_own
from geo.tables import EVERYBODY, GROUPS, LOW_INCOME_AREAS
from geo.town import prepare
from layers import palette
from layers.geojson import encode
from layers.paper.grey import alike, lightness
from layers.scenario import bench_text, counting, dependence_text
from layers.scenario.bench_layer import bench_layer
from layers.scenario.dependence_layer import dependence_layer, dependents_layer
from tests.towns import bundle, catalogue, streets
from words.speaker import speaker

NOW = datetime(2026, 11, 20, 12)
KNOWN = catalogue()
SAY = speaker("en")
LIBRARY = Question("toytown", ("library",))
STREET = streets([(0, 0), (1500, 0)], [(1500, 0), (1990, 0)], [(0, 1500), (900, 1500)])
PLACES = {
    "a": ("library", (0, 0)),
    "b": ("library", (1500, 0)),
    "c": ("library", (1510, 0)),
    "d": ("library", (500, 1500)),
    "school": ("school", (1990, 0)),
    "church": ("place_of_worship", (700, 0)),
}
HOMES = {
    (100, 0): 312.0,
    (750, 0): 15.0,
    (1900, 0): 20.0,
    (600, 1500): 40.0,
    (1990, 1990): 60.0,
}


def town_of(homes=HOMES, places=PLACES, **groups):
    """Return a town of adults; `groups`: a share of them who are of another group."""
    people = {
        at: dict.fromkeys(GROUPS, 0.0)
        | {EVERYBODY: n, "adults": n}
        | {key: n * share for key, share in groups.items()}
        for at, n in homes.items()
    }
    known = bundle(STREET, people, places)
    names = [f"Vik {key}" if key != "b" else "" for key in known.places.index]
    return prepare(replace(known, places=known.places.assign(name=names).astype({"name": str})))


def depending(town=None, question=LIBRARY):
    return dependence(town or town_of(), question, KNOWN, now=NOW)


def benched(chosen=(), town=None, question=LIBRARY):
    town = town or town_of(places={k: v for k, v in PLACES.items() if k != "b"})
    table = candidates(town, question, KNOWN, now=NOW)
    return bench(offered(town, question, KNOWN, table, now=NOW), chosen)


# Dependence in words


def test_places_that_somebody_depends_on_are_listed():
    found = dependence_text.rows(depending(), KNOWN, SAY)
    assert found == {
        "a": ["Vik a", "Library", "about 312", "18 minutes", "0"],
        "d": ["Vik d", "Library", "about 40", "No way on foot", "40"],
    }
    assert len(dependence_text.headings(SAY)) == 5
    assert dependence_text.not_needed(depending(), SAY) == (
        "Of 2 places it holds that whoever has them within reach has another as well."
    )


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "a",
            "Vik a is the only one within 10 minutes for about 312 of the residents. "
            "Half of them have at most 18 minutes to their next one.",
        ),
        (
            "b",
            "For nobody of the residents is Library without a name the only one within reach.",
        ),
        (
            "d",
            "Vik d is the only one within 10 minutes for about 40 of the residents. "
            "For most of them there is no way on foot to another.",
        ),
    ],
)
def test_a_sentence_says_who_depends_on_a_place(place, said):
    assert dependence_text.sentence(depending(), place, KNOWN, SAY) == said


def test_an_overview_says_how_many_have_only_one():
    assert dependence_text.overview(depending(), KNOWN, SAY) == (
        "For about 352 of the residents there is one place only within 10 minutes (library):"
        " if it closed, they would be beyond reach."
    )
    both = depending(town_of({(750, 0): 40.0, (800, 0): 30.0}))
    assert dependence_text.overview(both, KNOWN, SAY) == (
        "All of the residents who have one within 10 minutes (library) have another as well."
    )
    none = depending(question=replace(LIBRARY, kinds=("sauna",)))
    assert dependence_text.overview(none, KNOWN, SAY).startswith("There is no such place")
    nothing = depending(question=replace(LIBRARY, kinds=()))
    assert dependence_text.overview(nothing, KNOWN, SAY).startswith("There is no such place")


def test_a_few_are_said_to_be_a_few():
    few = depending(town_of({(100, 0): 4.0, (750, 0): 90.0, (1900, 0): 30.0}))
    assert dependence_text.rows(few, KNOWN, SAY)["a"][2:] == ["fewer than 5", "–", "–"]
    assert "is not told" in dependence_text.sentence(few, "a", KNOWN, SAY)
    assert "is not told" in dependence_text.overview(few, KNOWN, SAY)


def test_what_is_unknown_is_said_to_be():
    town = town_of(youth=float("nan"))
    found = depending(town, replace(LIBRARY, group="youth"))
    assert dependence_text.rows(found, KNOWN, SAY)["a"][2:] == ["Unknown", "18 minutes", "0"]
    assert "is not known" in dependence_text.sentence(found, "a", KNOWN, SAY)
    assert "is not known" in dependence_text.overview(found, KNOWN, SAY)


def test_all_groups_of_a_place_are_told_of():
    many = town_of(HOMES | {(750, 0): 60.0}, youth=0.25, adults=0.75)
    found = depending(many).reach["a"]
    told = counting.group_rows(found, KNOWN, SAY)
    assert told["youth"] == ["Youth, 16–19", "about 78"]
    assert told["older_80"] == ["Older people, 80 or more", "0"]
    assert list(told) == list(KNOWN.groups)
    assert len(counting.group_headings(SAY)) == 2


def test_numbers_that_are_rounded_are_said_with_what_they_lie_between():
    town = town_of(youth=0.5)
    people = town.bundle.homes["youth"].to_numpy()
    rough = replace(town, bands={"youth": (people * 0.5, people * 1.5)})
    found = depending(rough, replace(LIBRARY, group="youth"))
    assert dependence_text.rows(found, KNOWN, SAY)["a"][2] == "156 (between 78 and 234)"
    assert "156 (between 78 and 234)" in dependence_text.sentence(found, "a", KNOWN, SAY)


# Dependence on maps


def test_places_are_circles_by_how_many_depend_on_them():
    layer = dependence_layer(depending(), KNOWN, SAY, attribution="A")
    assert layer.table["class"].to_dict() == {
        "a": "from_100", "d": "from_20", "b": "nobody", "c": "nobody",
    }  # fmt: skip
    assert layer.table.loc["a", ["title", "is", "people", "next"]].tolist() == [
        "Vik a", "Library", "about 312", "18 minutes",
    ]  # fmt: skip
    assert set(layer.table.geom_type) == {"Point"}
    few = depending(town_of({(100, 0): 4.0, (750, 0): 90.0, (1900, 0): 30.0}))
    drawn = json.loads(encode(dependence_layer(few, KNOWN, SAY)))
    said = [one["properties"]["people"] for one in drawn["features"]]
    assert sorted(said) == ["0", "0", "0", "fewer than 5"]


@pytest.mark.parametrize("ramp", [palette.DEPENDS, palette.GAINS])
def test_circles_are_told_apart_by_size_and_without_colour(ramp):
    classes = counting.circles(ramp, "Nobody", SAY)
    layer = dependence_layer(depending(), KNOWN, SAY)
    assert not any(alike(one, two, layer.drawing) for one, two in combinations(classes, 2))
    light = [lightness(colour) for colour in ramp]
    assert all(pale > dark + 12 for pale, dark in pairwise(light))
    filled = [entry for entry in classes if entry.shape == "circle"]
    assert all(two.size >= 1.25 * one.size for one, two in pairwise(filled))
    for ground in (palette.LAND, "#ffffff", palette.WATER, palette.GREEN):
        assert all(palette.contrast(entry.edge, ground) >= 3 for entry in filled)


def test_where_those_live_who_depend_on_one_place():
    town = town_of()
    found = depending(town)
    layer = dependents_layer(dependents(town, found, "a"), "Vik a", SAY)
    assert layer.table[["class", "people", "minutes"]].to_numpy().tolist() == [
        ["from_100", "about 312", "18 minutes"]
    ]
    assert layer.name == "Who depend on Vik a"
    nobody = dependents_layer(dependents(town, found, "b"), "Vik b", SAY)
    assert nobody.table.empty


# The bench in words


def test_candidates_are_listed_by_what_they_would_add():
    found = benched()
    assert bench_text.rows(found, KNOWN, SAY) == {
        "church": ["Vik church", "House of worship", "0", "0"],
        "school": ["Vik school", "School", "0", "0"],
    }
    assert len(bench_text.headings(found, SAY)) == 4


TWO = {
    "a": ("library", (0, 0)),
    "school": ("school", (1990, 0)),
    "church": ("place_of_worship", (1400, 0)),
}
FAR = {(100, 0): 50.0, (1000, 0): 40.0, (1300, 0): 30.0, (1900, 0): 25.0}


def far(**groups):
    return town_of(FAR, TWO, **groups)


def test_what_is_chosen_adds_a_column():
    unknown = far(**{LOW_INCOME_AREAS: float("nan")})
    assert bench_text.rows(benched(town=unknown), KNOWN, SAY) == {
        "church": ["Vik church", "House of worship", "about 95"],
        "school": ["Vik school", "School", "about 55"],
    }
    found = benched(["school"], town=unknown)
    assert bench_text.rows(found, KNOWN, SAY) == {
        "church": ["Vik church", "House of worship", "about 95", "about 40"]
    }
    assert len(bench_text.headings(found, SAY)) == 4
    assert bench_text.step_rows(found, KNOWN, SAY) == {
        "school": ["Vik school", "School", "about 55"]
    }
    assert len(bench_text.step_headings(SAY)) == 3


def test_those_of_low_income_areas_are_told_of():
    found = benched(town=far(**{LOW_INCOME_AREAS: 1.0}))
    assert bench_text.rows(found, KNOWN, SAY)["church"][2:] == ["about 95", "about 95"]
    assert bench_text.headings(found, SAY)[-1] == "Of these in low-income areas"


def test_sentences_say_which_would_add_most_and_how_all_ends():
    assert bench_text.foremost(benched(town=far()), KNOWN, SAY) == (
        "Most would gain by Vik church: about 95 of the residents who have more than 10 minutes"
        " today."
    )
    assert bench_text.outcome(benched(town=far()), KNOWN, SAY) == ""
    found = benched(["school"], town=far())
    assert bench_text.foremost(found, KNOWN, SAY) == (
        "Besides what is chosen, most would gain by Vik church: about 40 of the residents."
    )
    assert bench_text.outcome(found, KNOWN, SAY) == (
        "With these open, 72% of the residents would have 10 minutes or less on foot to the"
        " nearest library; today it is 34%."
    )


def test_sentences_where_there_is_little_to_say():
    assert bench_text.foremost(benched(), KNOWN, SAY).startswith("Nobody of the residents")
    nothing = benched(town=town_of(places={"a": PLACES["a"]}))
    assert bench_text.foremost(nothing, KNOWN, SAY).startswith("There is nothing here")
    few = town_of({(100, 0): 50.0, (1900, 0): 4.0, (1990, 1990): 60.0}, TWO)
    assert bench_text.foremost(benched(town=few), KNOWN, SAY) == ""
    assert "not told" in bench_text.outcome(benched(["school"], town=few), KNOWN, SAY)
    assert bench_text.step_rows(benched(["school"], town=few), KNOWN, SAY) == {
        "school": ["Vik school", "School", "fewer than 5"]
    }
    unknown = far(youth=float("nan"))
    found = benched(["school"], town=unknown, question=replace(LIBRARY, group="youth"))
    assert "not known" in bench_text.outcome(found, KNOWN, SAY)


def test_own_buildings_are_called_so():
    own = gpd.GeoDataFrame(
        {"name": ["Mill", ""]},
        geometry=[shapely.Point(1100, 0), shapely.Point(1200, 0)],
        crs=STREET.crs,
    )
    told = bench_text.rows(benched(town=with_own(far(), own)), KNOWN, SAY)
    assert told["own-1"][:2] == ["Mill", "Of your own list"]
    assert told["own-2"][:2] == ["Building without a name", "Of your own list"]


def test_candidates_are_circles_and_what_is_chosen_is_a_ring():
    layer = bench_layer(benched(["school"], town=far()), KNOWN, SAY)
    assert layer.table["class"].to_dict() == {"church": "from_20", "school": "chosen"}
    assert layer.table.loc["church", ["alone", "more"]].tolist() == ["about 95", "about 40"]
    assert dict(layer.card)["more"] == "Would gain besides what is chosen"
    assert "more" not in dict(bench_layer(benched(town=far()), KNOWN, SAY).card)
    pairs = combinations(layer.classes, 2)
    assert not any(alike(one, two, layer.drawing) for one, two in pairs)
