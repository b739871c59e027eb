"""Which place each row of a register is: towns that a head can check, then any town."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data.register import limits
from data.register.assigning import assigned
from data.register.decided import OUT, OWN, SAME, Decision
from data.register.kinds import KINDS, fit
from data.register.matching import matched
from data.register.merging import merged
from data.register.names import likeness
from geo.errors import CrsError
from geo.tables import PLACES, REGISTER
from tests.registers import found, of, places, rows
from tests.towns import CRS

YARD = shapely.box(0, 0, 100, 100)


def decided(*told):
    return {(d.source, d.ref): d for d in (Decision(*one) for one in told)}


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Kampen skole", "Kampen barne- og ungdomsskole", 0.95),
        ("St Sunniva skole", "Sankt Sunniva skole", 1.0),
        ("Håkon Jarl skole", "Haakon Jarl skole", 1.0),
        ("Kristelig gymnasium AS", "Kristelig Gymnasium", 1.0),
        ("Guovdageainnu mánáidskuvla", "Guovdageainnu manaidskuvla", 1.0),
        ("Ájluokta skåvllå", "Ajluokta skavlla", 1.0),
        ("Deichman Grünerløkka", "Deichmanske bibliotek, Grünerløkka filial", 0.85),
        ("Bodø bibliotek", "Bodö folkebibliotek", 0.95),
        ("Kia barnehage", "Kia integreringsbarnehage", 0.85),
    ],
)
def test_one_name_is_written_in_many_ways(one, other, least):
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, other) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nordre Ila skole", "Søndre Ila skole"),
        ("Thor Olsens barnehage 1", "Thor Olsens barnehage 2"),
        ("Oslo katedralskole", "Oslo Handelsgymnasium"),
        ("Grünerhagen barnehage", "Grünerløkka barnehage"),
        ("Øvre Vik barnehage", "Nedre Vik barnehage"),
    ],
)
def test_other_names_stay_apart(one, other):
    assert likeness(one, other) < limits.SPOT_LIKENESS


@pytest.mark.parametrize("nothing", ["", "  ", "Biblioteket", "Barnehage", "…", "AS"])
def test_a_word_for_a_kind_is_no_name(nothing):
    assert np.isnan(likeness(nothing, "Vik skole"))


def test_every_pair_of_kinds_has_a_reason_and_goes_both_ways():
    assert KINDS.exists()
    assert fit("pitch", "track") == fit("track", "pitch") == "same"
    assert fit("library", "school") == fit("school", "library") == "together"
    assert fit("kindergarten", "school") == ""


def test_a_school_is_found_by_name_on_its_grounds():
    town = places(w1=("school", "Vik skole", YARD), w2=("school", "Nes skole", (500, 0)))
    register = matched(town, rows(("1", "school", "Vik barneskole", (90, 90))))
    assert found(register, "1") == ("matched", "w1")
    assert of(register, "1").distance_m == 0.0
    from_map = of(register, "w1", "osm")
    assert (from_map.name, from_map.kind, from_map.place_id) == ("Vik skole", "school", "w1")
    assert set(register["place_id"]) == {"w1"}


def test_two_schools_with_names_alike_300_m_apart_are_two():
    """One is on the map, the other is not: the distance leaves only the same name."""
    town = places(w1=("school", "Nordre Vik skole", (0, 0)))
    told = rows(
        ("1", "school", "Nordre Vik skole", (5, 0)), ("2", "school", "Vik skole", (300, 0))
    )
    register = matched(town, told)
    assert found(register, "1") == ("matched", "w1")
    assert found(register, "2") == ("alone", "")
    assert list(merged(town, register).index) == ["w1", "skoler:2"]


def test_both_of_two_schools_find_their_own_even_if_one_stands_nearer_the_other():
    town = places(
        w1=("school", "Vik skole", (0, 0)), w2=("school", "Vik ungdomsskole", (60, 0))
    )
    told = rows(
        ("1", "school", "Vik ungdomsskole", (20, 0)), ("2", "school", "Vik skole", (40, 0))
    )
    register = matched(town, told)
    assert found(register, "1") == ("matched", "w2")
    assert found(register, "2") == ("matched", "w1")


@pytest.mark.parametrize(
    ("metres", "name", "status"),
    [
        (290, "Vik skole", "matched"),
        (310, "Vik skole", "alone"),
        (95, "Gamle Vik skole", "matched"),
        (105, "Gamle Vik skole", "alone"),
        (25, "Viken skole", "matched"),
        (35, "Viken skole", "alone"),
    ],
)
def test_the_farther_off_the_more_alike_a_name_must_be(metres, name, status):
    """A school that moved 310 m is another place; the planner may say otherwise."""
    town = places(w1=("school", "Vik skole", (0, 0)))
    assert found(matched(town, rows(("1", "school", name, (metres, 0)))), "1")[0] == status


def test_a_moved_school_is_what_the_planner_says():
    town = places(w1=("school", "Vik skole", (0, 0)))
    moved = rows(("1", "school", "Vik skole", (900, 0)))
    assert found(matched(town, moved), "1") == ("alone", "")
    register = matched(town, moved, decided(("skoler", "1", SAME, "w1")))
    assert found(register, "1") == ("matched", "w1")
    assert of(register, "1").decided
    assert of(register, "1").distance_m == 900
    assert list(merged(town, register).index) == ["w1"]


def test_the_same_spot_with_another_name_is_a_question():
    town = places(w1=("school", "Vik skole", YARD))
    told = rows(("1", "school", "Solbakken skole", (50, 50)), ("2", "park", "Parken", (50, 50)))
    register = matched(town, told)
    assert found(register, "1") == ("conflict", "w1")
    assert found(register, "2") == ("alone", "")
    assert "skoler:1" not in merged(town, register).index


def test_the_same_spot_and_name_but_another_kind_is_a_question():
    town = places(w1=("school", "Akersløkka barnehage", YARD))
    told = rows(("1", "kindergarten", "Akersløkka barnehage", (50, 50)))
    assert found(matched(town, told), "1") == ("conflict", "w1")


def test_two_candidates_alike_are_a_question_and_one_much_nearer_is_none():
    town = places(w1=("school", "Vik skole", (-20, 0)), w2=("school", "Vik skole", (25, 0)))
    told = rows(("1", "school", "Vik skole", (0, 0)))
    assert found(matched(town, told), "1") == ("conflict", "w1;w2")
    town = places(w1=("school", "Vik skole", (0, 0)), w2=("school", "Vik skole", (90, 0)))
    assert found(matched(town, told), "1") == ("matched", "w1")


def test_two_rows_alike_for_one_place_are_both_questions():
    town = places(w1=("school", "Vik skole", (0, 0)))
    told = rows(("1", "school", "Vik skole", (0, 20)), ("2", "school", "Vik skole", (0, -20)))
    register = matched(town, told)
    assert found(register, "1") == found(register, "2") == ("conflict", "w1")


def test_one_building_of_two_kinds_is_one_place_if_it_has_one_name():
    hall = shapely.box(0, 0, 30, 20)
    town = places(w1=("community_centre", "Vik samfunnshus", hall))
    told = rows(
        ("1", "library", "Vik samfunnshus", (10, 10), {"opening_hours": "Mo 10-15"}),
        ("2", "library", "Vik bibliotek", (10, 10)),
        source="libraries",
    )
    register = matched(town, told)
    assert found(register, "1", "libraries") == ("matched", "w1")
    assert found(register, "2", "libraries") == ("alone", "")
    table = merged(town, register)
    assert table.loc["w1", "kinds"] == "community_centre;library"
    assert table.loc["w1", "kind"] == "community_centre"
    assert table.loc["w1", "opening_hours"] == "Mo 10-15"
    assert table.loc["libraries:2", "kinds"] == "library"


def test_a_hundred_duplicates_are_one_place():
    town = places(w1=("school", "Vik skole", YARD))
    told = rows(*((f"{n:03}", "school", "Vik skole", (n % 5, n % 3)) for n in range(100)))
    register = matched(town, told)
    of_source = register[register["source"] == "skoler"]
    assert of_source["status"].tolist() == ["matched"] * 100
    assert set(of_source["place_id"]) == {"w1"}
    assert len(merged(town, register)) == 1


def test_a_hundred_duplicates_of_a_place_that_is_not_mapped_are_one_place():
    told = rows(*((f"{n:03}", "school", "Vik skole", (n % 5, n % 3)) for n in range(100)))
    register = matched(places(), told)
    assert register["status"].value_counts().to_dict() == {"matched": 99, "alone": 1}
    assert merged(places(), register).index.tolist() == ["skoler:000"]


def test_one_decision_settles_all_duplicates():
    town = places(w1=("school", "Solbakken skole", YARD))
    told = rows(*((f"{n}", "school", "Vik skole", (50, 50)) for n in range(9)))
    assert set(matched(town, told)["status"]) == {"conflict"}
    for what, place, size in ((SAME, "w1", 1), (OWN, "", 2), (OUT, "", 1)):
        register = matched(town, told, decided(("skoler", "4", what, place)))
        assert "conflict" not in set(register["status"])
        assert register["decided"].sum() == 1
        assert len(merged(town, register)) == size


def test_a_nameless_place_is_found_on_the_spot_by_its_kind_alone():
    town = places(
        w1=("kindergarten", "", shapely.box(0, 0, 40, 40)), w2=("playground", "", (200, 0))
    )
    told = rows(
        ("1", "kindergarten", "Vik barnehage", (55, 20)),
        ("2", "playground", "", (205, 0)),
        ("3", "kindergarten", "Nes barnehage", (90, 20)),
        source="own",
    )
    register = matched(town, told)
    assert found(register, "1", "own") == ("matched", "w1")
    assert found(register, "2", "own") == ("matched", "w2")
    assert found(register, "3", "own") == ("alone", "")
    assert merged(town, register).loc["w1", "name"] == "Vik barnehage"


def test_of_two_nameless_places_the_nearest_will_do_unless_the_row_has_a_name():
    town = places(w1=("playground", "", (0, 0)), w2=("playground", "", (25, 0)))
    told = rows(("1", "playground", "", (10, 0)), source="own")
    assert found(matched(town, told), "1", "own") == ("matched", "w1")
    told = rows(("1", "playground", "Solhaug", (10, 0)), source="own")
    assert found(matched(town, told), "1", "own") == ("conflict", "w1;w2")


def test_the_parts_of_a_sports_ground_are_that_ground():
    town = places(w1=("sports_centre", "Vik idrettspark", YARD))
    told = rows(
        ("1", "pitch", "Kunstgressbane 1", (20, 20)),
        ("2", "track", "Friidrett, Vik", (50, 50)),
        ("3", "pitch", "Vik kunstgress", (150, 50)),
        source="sports",
    )
    register = matched(town, told)
    assert found(register, "1", "sports") == found(register, "2", "sports") == ("matched", "w1")
    assert found(register, "3", "sports") == ("matched", "w1")
    assert merged(town, register).loc["w1", "kinds"] == "sports_centre;track;pitch"


def test_buildings_belong_to_the_place_around_them_or_are_one_far_from_any():
    town = places(w1=("school", "Vik skole", YARD))
    told = rows(
        ("1", "school", "", (50, 50)),
        ("2", "school", "", (160, 50)),
        ("3", "sports_centre", "", (50, 90)),
        ("4", "school", "", (400, 50)),
        ("5", "school", "", (440, 50)),
        ("6", "beach", "", (50, 50)),
        source="matrikkelen",
    )
    register = matched(town, told)
    assert found(register, "1", "matrikkelen") == found(register, "2", "matrikkelen")
    assert found(register, "3", "matrikkelen") == ("matched", "w1")
    assert found(register, "4", "matrikkelen") == ("alone", "")
    assert found(register, "5", "matrikkelen") == ("matched", "matrikkelen:4")
    assert found(register, "6", "matrikkelen") == ("alone", "")
    assert merged(town, register).index.tolist() == ["w1", "matrikkelen:4", "matrikkelen:6"]


def test_surveys_tell_of_the_nearest_place_and_are_none():
    park, house = shapely.box(0, 0, 300, 300), shapely.box(10, 10, 30, 30)
    town = places(w1=("park", "Vikparken", park), w2=("library", "Vik", house))
    told = rows(
        ("1", "", "", (32, 20), {"wheelchair": "no"}),
        ("2", "", "", (20, 31), {"wheelchair": "yes"}),
        ("3", "", "", (200, 200), {"wheelchair": "no"}),
        ("4", "", "Vik", (320, 320), {"wheelchair": "no"}),
        source="survey",
    )
    register = matched(town, told)
    table = merged(town, register)
    assert [found(register, ref, "survey")[0] for ref in "1234"] == [
        *("matched", "matched", "alone", "alone")
    ]
    assert table["wheelchair"].tolist() == ["", "yes"]  # one door without a step is enough
    assert table["sources"].tolist() == ["osm", "osm;survey"]
    assert len(table) == 2


def test_registers_are_matched_among_themselves_in_order_of_authority():
    """The municipality's list comes first in the table, the register first in the work."""
    own = rows(
        ("7", "school", "Vik barneskole", (20, 0), {"opening_hours": "24/7"}), source="own"
    )
    school = rows(("1", "school", "Vik skole", (0, 0), {"updated": "2026-05-01"}))
    told = pd.concat([own, school], ignore_index=True)
    register = matched(places(), told)
    assert found(register, "1") == ("alone", "")
    assert found(register, "7", "own") == ("matched", "skoler:1")
    table = merged(places(), register)
    assert table.index.tolist() == ["skoler:1"]
    assert table.loc["skoler:1", ["name", "opening_hours", "sources", "updated"]].tolist() == [
        *("Vik skole", "24/7", "skoler;own", "2026-05-01")
    ]


def test_the_maps_word_comes_first_and_blanks_are_filled_by_rank():
    town = places(w1=("school", "Vik skole", YARD, {"opening_hours": "Mo 08-16"}))
    told = pd.concat(
        [
            rows(("7", "school", "Vik", (5, 5), {"wheelchair": "no"}), source="own"),
            rows(
                ("1", "school", "Vik", (5, 5), {"wheelchair": "yes", "opening_hours": "24/7"})
            ),
        ],
        ignore_index=True,
    )
    table = merged(town, matched(town, told))
    assert table.loc["w1", ["name", "opening_hours", "wheelchair", "sources"]].tolist() == [
        *("Vik skole", "Mo 08-16", "yes", "osm;skoler;own")
    ]
    assert town.loc["w1", "sources"] == "osm"  # nothing was written into the argument


def test_a_decision_about_a_place_that_became_the_maps_follows_it():
    """The register's school was a place of its own; now somebody has mapped it."""
    own = rows(("7", "school", "Solbakken", (700, 0)), source="own")
    told = pd.concat([rows(("1", "school", "Vik skole", (0, 0))), own], ignore_index=True)
    choice = decided(("own", "7", SAME, "skoler:1"))
    assert found(matched(places(), told, choice), "7", "own") == ("matched", "skoler:1")
    town = places(w1=("school", "Vik skole", YARD))
    assert found(matched(town, told, choice), "7", "own") == ("matched", "w1")
    gone = decided(("own", "7", SAME, "w404"))
    assert found(matched(town, told, gone), "7", "own") == ("alone", "")


def test_a_row_left_out_is_kept_in_the_register_and_nowhere_else():
    town = places(w1=("school", "Vik skole", YARD))
    told = rows(("1", "school", "Vik skole", (5, 5), {"wheelchair": "yes"}))
    register = matched(town, told, decided(("skoler", "1", OUT)))
    assert found(register, "1") == ("left_out", "")
    assert merged(town, register).loc["w1", ["wheelchair", "sources"]].tolist() == ["", "osm"]


def test_new_places_inside_and_outside_the_boundary():
    told = rows(("1", "school", "Vik", (0, 0)), ("2", "school", "Nes", (5000, 0)))
    table = merged(places(), matched(places(), told), land=shapely.box(-10, -10, 10, 10))
    assert table["inside"].tolist() == [True, False]
    assert table["osm_ids"].tolist() == ["", ""]
    assert table["is_building"].tolist() == [False, False]
    PLACES.check(table)


def test_nothing_is_matched_with_nothing():
    town = places(w1=("school", "Vik skole", YARD))
    assert len(matched(town, rows())) == 0
    assert merged(town, matched(town, rows())).equals(town)
    assert len(merged(places(), REGISTER.none(CRS))) == 0


def test_numbers_that_come_again_lose_no_row():
    told = rows(*(("1", "school", name, (0, 900 * n)) for n, name in enumerate("ABC")))
    register = matched(places(), told)
    assert sorted(register["ref"]) == ["1", "1#2", "1#3"]
    assert len(merged(places(), register)) == 3


def test_semicolons_and_odd_values_break_no_id():
    told = rows(("a;b", "school", "Vik", (0, 0)), ("a,b", "school", "Nes", (900, 0)))
    told.loc[0, "address"] = None
    table = merged(places(), matched(places(), told))
    assert sorted(table.index) == ["skoler:a,b", "skoler:a,b#2"]


def test_a_kind_nobody_knows_makes_no_place():
    told = rows(("1", "casino", "Vik", (0, 0)))
    register = matched(places(), told)
    assert found(register, "1") == ("alone", "")
    assert len(merged(places(), register)) == 0


def test_tables_must_share_their_coordinates():
    with pytest.raises(CrsError):
        matched(places(), rows(("1", "school", "Vik", (0, 0))).to_crs("EPSG:25832"))


def test_a_perfect_pair_is_not_broken_for_two_middling_ones():
    pairs = pd.DataFrame({"row": [0, 0, 1], "place": [0, 1, 0], "accepted": True})
    assert assigned(pairs.assign(score=[0.99, 0.78, 0.8])).tolist() == [True, False, False]
    assert assigned(pairs.assign(score=[0.99, 0.95, 0.95])).tolist() == [False, True, True]


NAMES = st.sampled_from(
    ["Vik skole", "Vik", "Vik barneskole", "Nes skole", "Øvre Vik skole", ""]
)
SPOT = st.tuples(st.integers(0, 20), st.integers(0, 2)).map(
    lambda n: (20.0 * n[0], 40.0 * n[1])
)
KIND = st.sampled_from(["school", "schoolyard", "library", "playground", ""])


@st.composite
def towns(draw):
    mapped = draw(st.lists(st.tuples(KIND.filter(bool), NAMES, SPOT), max_size=6))
    town = places(**{f"w{n}": one for n, one in enumerate(mapped)})
    told = draw(st.lists(st.tuples(KIND, NAMES, SPOT), max_size=10))
    sources = draw(st.lists(st.sampled_from(["skoler", "own", "matrikkelen"]), min_size=10))
    parts = [rows((str(n), *one), source=sources[n]) for n, one in enumerate(told)]
    return town, pd.concat([rows(), *parts], ignore_index=True)


@settings(max_examples=40)
@given(towns(), st.randoms(use_true_random=False))
def test_in_any_town(drawn, chance):
    town, told = drawn
    register = matched(town, told)
    given_rows = register[register["source"] != "osm"]

    # No row is lost, and none is made up.
    assert sorted(zip(told["source"], told["ref"], strict=True)) == sorted(
        zip(given_rows["source"], given_rows["ref"], strict=True)
    )
    # Whoever is matched is a place that there is; whoever asks names places that there are.
    table = merged(town, register)
    assert set(given_rows["place_id"]) - {""} <= set(table.index)
    assert (given_rows["place_id"] != "").equals(given_rows["status"] == "matched")
    for row in given_rows[given_rows["status"] == "conflict"].itertuples():
        assert set(row.rivals.split(";")) <= set(table.index)
        assert row.name
    # One to one: two rows of a source are one place only if they say the same.
    named = given_rows[(given_rows["status"] == "matched") & (given_rows["kind"] != "")]
    for (source, _), same in named.groupby(["source", "place_id"]):
        assert source == "matrikkelen" or same[["name", "kind"]].drop_duplicates().shape[0] == 1
    # All places of the map stay, in their order, and ids are unique.
    assert table.index[: len(town)].tolist() == town.index.tolist()
    assert table.index.is_unique
    PLACES.check(table)

    # The order of rows and of places does not matter.
    mixed = list(range(len(told)))
    chance.shuffle(mixed)
    again = matched(town.iloc[::-1], told.iloc[mixed].reset_index(drop=True))
    columns = ["source", "ref", "status", "place_id", "rivals"]
    assert _sorted(register[columns]).equals(_sorted(again[columns]))


def _sorted(table):
    split = table.assign(rivals=[";".join(sorted(r.split(";"))) for r in table["rivals"]])
    return pd.DataFrame(split).sort_values(["source", "ref"]).reset_index(drop=True)


@settings(max_examples=15)
@given(towns())
def test_merging_bit_by_bit_is_merging_at_once(drawn):
    town, told = drawn
    register = matched(town, told)
    whole, table = merged(town, register), town
    for source in ("osm", "skoler", "own", "matrikkelen"):
        of_source = register[(register["source"] == source) & (register["kind"] != "")]
        table = merged(table, of_source)
    table = merged(table, register[register["kind"] == ""])
    assert isinstance(whole, gpd.GeoDataFrame)
    columns = ["name", "kinds", "updated", "sources", "opening_hours"]
    assert whole[columns].equals(table[columns])
