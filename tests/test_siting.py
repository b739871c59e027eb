"""Where the next places would do most: against all choices there are, and against spopt."""

from contextlib import contextmanager, nullcontext
from itertools import chain, combinations, pairwise
from math import e, inf, isnan, nan
from time import monotonic
from types import SimpleNamespace
from unittest.mock import patch

import networkx as nx
import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spopt.locate import LSCP, MCLP, PMedian

from geo.errors import QuestionError
from geo.siting import coverage, optimum, prices
from geo.siting import fewest as covering
from geo.siting.choosing import most_within, picked, shortest_walk, step_by_step
from geo.siting.coverage import pieces, solve
from geo.siting.curve import by_count
from geo.siting.demand import Demand
from geo.siting.fewest import fewest
from geo.siting.gains import Found, Gains, gains_of
from geo.siting.greedy import at_most, greedy, lowest
from geo.siting.prices import at_prices, bound
from tests.walks import CUTOFF_MIN, MINUTES, amounts, same, times_of

LONG = 60.0
"""Seconds that no instance here needs."""

AIMS = ("within", "walk")
BEST = {"within": most_within, "walk": shortest_walk}


def demand_of(people, now, table, within=10.0):
    """Return a demand from plain lists: minutes are a row by home, `inf` is no walk."""
    plain = np.array(people, dtype=float), np.array(now, dtype=float)
    return Demand(*plain, times_of(table), within)


def brought(demand, table, chosen):
    """Return people newly within and minutes saved, home by home as one would by hand."""
    newly = saved = 0.0
    for people, now, walks in zip(demand.people, demand.now_min, table, strict=True):
        if isnan(people) or isnan(now):
            continue
        nearest = min([now, *(walks[j] for j in chosen)])
        newly += people * (now > demand.within >= nearest)
        saved += people * (min(now, CUTOFF_MIN) - min(nearest, CUTOFF_MIN))
    return {"within": newly, "walk": saved}


def all_choices(count, places):
    """Return every choice of up to so many places."""
    return chain.from_iterable(combinations(range(places), n) for n in range(count + 1))


def exhaustive(demand, table, count):
    """Return the most that any choice brings, by aim."""
    tried = [
        brought(demand, table, some) for some in all_choices(count, len(np.transpose(table)))
    ]
    return {aim: max(one[aim] for one in tried) for aim in AIMS}


def worth(siting, aim):
    """Return what a siting, or a step of it, brings of what was sought."""
    return siting.people if aim == "within" else siting.person_minutes


@st.composite
def plain(draw, *, homes, places, unknown):
    """Draw a case value by value: those that fail become as simple as can be."""
    rows, columns = draw(st.integers(1, homes)), draw(st.integers(1, places))
    minutes = st.lists(MINUTES, min_size=columns, max_size=columns)
    table = np.array(draw(st.lists(minutes, min_size=rows, max_size=rows)))
    today = st.one_of(MINUTES, st.just(nan)) if unknown else MINUTES
    now = draw(st.lists(today, min_size=rows, max_size=rows))
    people = draw(amounts(rows, unknown=unknown))
    demand = demand_of(people, now, table)
    return SimpleNamespace(demand=demand, table=table, count=draw(st.integers(1, 4)))


@st.composite
def crowded(draw, *, homes, places, unknown):
    """Draw a case by chance of its own, in which much is beyond and much overlaps."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows, columns = chance.integers(3, homes + 1), chance.integers(3, places + 1)
    near = chance.uniform(0.1, 0.5)
    minutes = chance.choice([1.5, 5.0, 10.0, 10.5, 15.0, 20.0, inf], (rows, columns))
    table = np.where(chance.random((rows, columns)) < near, minutes, inf)
    some = [0.0, 0.25, 1.0, 3.0, 40.0, *([nan] if unknown else [])]
    today = [10.0, 12.5, 20.0, 47.0, inf, inf, *([nan] if unknown else [])]
    demand = demand_of(chance.choice(some, rows), chance.choice(today, rows), table)
    return SimpleNamespace(demand=demand, table=table, count=int(chance.integers(2, 5)))


def cases(*, homes=9, places=12, unknown=True):
    """Draw a few homes, up to twelve candidates, and how many to choose."""
    known = {"homes": homes, "places": places, "unknown": unknown}
    return st.one_of(plain(**known), crowded(**known))


@st.composite
def tangles(draw):
    """Draw gains of many equal and overlapping candidates: hard for prices and for greed."""
    homes, places = draw(st.integers(6, 12)), draw(st.integers(6, 12))
    some = st.lists(st.integers(0, places - 1), min_size=1, max_size=3, unique=True)
    pairs = [(home, one) for home in range(homes) for one in draw(some)]
    home, candidate = np.array(pairs).T
    gain = np.array(draw(st.lists(st.sampled_from([2.0, 3.0]), min_size=homes, max_size=homes)))
    gains = Gains(home, candidate, gain[home], homes, places)
    return SimpleNamespace(gains=gains, count=draw(st.integers(2, 4)))


def most_of(gains, count):
    some = combinations(range(gains.candidates), min(count, gains.candidates))
    return max(gains.worth(chosen) for chosen in some)


@contextmanager
def by_solver(kernel=20):
    """Let nothing else find an answer, so that the solver has to be asked."""
    with (
        patch.object(prices, "ROUNDS", 0),
        patch.object(optimum, "KERNEL", kernel),
        patch.object(covering, "reduced", lambda cover: cover),
        patch.object(covering, "_apart", lambda members: 0),
    ):
        yield


class TestStreet:
    """A street of 16 homes 100 m apart, five people in each; 100 m take a minute."""

    homes = np.arange(0, 1600, 100)
    sites = np.array([200, 500, 800, 1000, 1300])

    def demand(self, library=inf, within=2.0):
        table = np.abs(self.homes[:, None] - self.sites) / 100
        return demand_of(np.full(16, 5.0), np.abs(self.homes - library) / 100, table, within)

    def test_one_is_best_where_it_is_among_most(self):
        found = most_within(self.demand(), 1, seconds=LONG)
        assert (found.chosen, found.people, found.gap) == ((0,), 25.0, 0.0)

    def test_three_share_the_street(self):
        """Five homes each around 200, 500 or 800, and 1300: no two overlap."""
        found = most_within(self.demand(), 3, seconds=LONG)
        assert found.people == 75
        assert found.chosen == (0, 2, 4)
        assert [step.people for step in found.steps] == [25, 25, 25]

    def test_people_within_already_count_for_nothing(self):
        """A library at 200 serves homes 0 to 400: the site there is worth nothing now."""
        demand = self.demand(library=200)
        assert demand.beyond == 55
        assert picked(demand, [0]).people == 0
        assert most_within(demand, 5, seconds=LONG).people == 55
        assert 0 not in most_within(demand, 5, seconds=LONG).chosen

    def test_walks_are_shortest_from_the_middle(self):
        """Without any place all walk 20 minutes; to 800 they walk 36 + 28 = 64 in all."""
        found = shortest_walk(self.demand(), 1, seconds=LONG)
        assert found.chosen == (2,)
        assert found.person_minutes == 5 * (16 * 20 - (36 + 28))

    def test_walks_are_saved_by_those_only_who_live_nearer(self):
        """A library at 200: a site at 1000 is nearer from 700 on, by 8 minutes beyond it."""
        found = shortest_walk(self.demand(library=200), 1, seconds=LONG)
        assert found.chosen == (3,)
        assert found.person_minutes == 5 * (2 + 4 + 6 + 6 * 8)

    def test_few_are_enough(self):
        demand = self.demand()
        found = fewest(demand, seconds=LONG)
        assert found.people == demand.beyond - demand.out_of_reach == 80
        assert len(found.chosen) == 4
        assert found.gap == 0

    def test_few_are_more_where_room_is_short(self):
        """Rooms for three homes: sixteen need six. For four: four will do. Between: all."""
        with pytest.raises(QuestionError, match="do not have room for all"):
            fewest(self.demand(), seconds=LONG, room=np.full(5, 15.0))
        for room, enough in ((20.0, 4), (17.0, 5)):
            found = fewest(self.demand(), seconds=LONG, room=np.full(5, room))
            assert (len(found.chosen), found.people) == (enough, 80)

    def test_the_curve_of_one_to_five(self):
        curve = by_count(self.demand(), 9, seconds=LONG)
        assert [point.count for point in curve] == [1, 2, 3, 4]
        assert [point.best.people for point in curve] == [25, 50, 75, 80]
        assert [point.best.gap for point in curve] == [0, 0, 0, 0]


@settings(max_examples=150, deadline=None)
@given(cases())
def test_nothing_is_better_than_what_is_found(case):
    possible = exhaustive(case.demand, case.table, case.count)
    for aim in AIMS:
        found = BEST[aim](case.demand, case.count, seconds=LONG)
        same(worth(found, aim), possible[aim])
        assert (found.gap, found.stopped) == (0, False)
        assert len(found.chosen) <= case.count
        for told, other in zip(AIMS, (found.people, found.person_minutes), strict=True):
            same(other, brought(case.demand, case.table, found.chosen)[told])


@settings(max_examples=60, deadline=None)
@given(cases(unknown=False), st.sampled_from([2, 20]))
def test_nothing_is_better_than_what_the_solver_finds(case, kernel):
    possible = exhaustive(case.demand, case.table, case.count)
    with by_solver(kernel):
        for aim in AIMS:
            found = BEST[aim](case.demand, case.count, seconds=LONG)
            same(worth(found, aim), possible[aim])
            assert found.gap == 0


@settings(max_examples=60, deadline=None)
@given(tangles(), st.sampled_from([0, 600]))
def test_tangles_are_undone(tangle, rounds):
    with patch.object(prices, "ROUNDS", rounds), patch.object(optimum, "KERNEL", 1):
        best = optimum.optimum(tangle.gains, tangle.count, seconds=LONG)
    same(best.found.worth, most_of(tangle.gains, tangle.count))
    assert best.gap == 0


@settings(max_examples=100, deadline=None)
@given(cases())
def test_steps_fall_and_no_site_is_for_nothing(case):
    for aim in AIMS:
        found = BEST[aim](case.demand, case.count, seconds=LONG)
        added = [worth(step, aim) for step in found.steps]
        assert all(one > 0 for one in added)
        assert all(a >= b - 1e-9 for a, b in pairwise(added))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_of_equals_the_lowest_row_is_named(case):
    for aim in AIMS:
        found = BEST[aim](case.demand, case.count, seconds=LONG)
        best = worth(found, aim)
        for one in found.chosen:
            for low in set(range(one)) - set(found.chosen):
                others = [*(set(found.chosen) - {one}), low]
                assert brought(case.demand, case.table, others)[aim] < best


@settings(max_examples=100, deadline=None)
@given(cases())
def test_one_by_one_is_never_better_and_seldom_much_worse(case):
    for aim in AIMS:
        best = BEST[aim](case.demand, case.count, seconds=LONG)
        steps = step_by_step(case.demand, case.count, aim=aim)
        assert worth(steps, aim) <= worth(best, aim) + 1e-9
        assert worth(steps, aim) >= (1 - 1 / e) * worth(best, aim) - 1e-9
        assert worth(steps, aim) >= (1 - steps.gap) * worth(best, aim) - 1e-9


@settings(max_examples=100, deadline=None)
@given(cases(), st.data())
def test_what_a_planner_picks_is_told(case, data):
    places = len(case.table.T)
    chosen = data.draw(st.lists(st.integers(0, places - 1), max_size=4))
    for aim in AIMS:
        found = picked(case.demand, chosen, aim=aim)
        same(worth(found, aim), brought(case.demand, case.table, chosen)[aim])
        assert found.chosen == tuple(dict.fromkeys(chosen))
        if chosen:
            best = BEST[aim](case.demand, len(found.chosen), seconds=LONG)
            assert worth(found, aim) >= (1 - found.gap) * worth(best, aim) - 1e-9


@settings(max_examples=100, deadline=None)
@given(cases(), st.sampled_from([nullcontext, by_solver]))
def test_few_are_enough_and_fewer_are_not(case, how):
    demand, table = case.demand, case.table
    possible = brought(demand, table, range(len(table.T)))["within"]
    with how():
        found = fewest(demand, seconds=LONG)
    same(found.people, possible)
    same(possible, demand.beyond - demand.out_of_reach)
    assert found.gap == 0
    one_fewer = all_choices(len(found.chosen) - 1, len(table.T))
    assert all(brought(demand, table, some)["within"] < possible - 1e-9 for some in one_fewer)
    if found.chosen:
        in_a_hurry = fewest(demand, seconds=0)
        same(in_a_hurry.people, possible)
        assert len(found.chosen) >= (1 - in_a_hurry.gap) * len(in_a_hurry.chosen) - 1e-9


def has_room(demand, table, room, chosen):
    """Tell by a flow whether all who could be within find room in some sites."""
    net, total = nx.DiGraph(), 0.0
    for home, (people, now) in enumerate(zip(demand.people, demand.now_min, strict=True)):
        if now > demand.within and people > 0 and (table[home] <= demand.within).any():
            total += people
            net.add_edge("from", home, capacity=people)
            for one in chosen:
                if table[home][one] <= demand.within:
                    net.add_edge(home, f"site {one}")
    for one in chosen:
        limit = {} if isnan(room[one]) else {"capacity": room[one]}
        net.add_edge(f"site {one}", "to", **limit)
    if not total or not net.has_node("to"):
        return not total
    return nx.maximum_flow_value(net, "from", "to") >= total - 1e-6


@settings(max_examples=80, deadline=None)
@given(cases(homes=5, places=6), st.sampled_from([nullcontext, by_solver]), st.data())
def test_few_with_room_are_enough_and_fewer_are_not(case, how, data):
    demand, table, places = case.demand, case.table, len(case.table.T)
    rooms = st.sampled_from([nan, 1.0, 3.0, 41.0])
    room = data.draw(st.lists(rooms, min_size=places, max_size=places))
    if not has_room(demand, table, room, range(places)):
        with how(), pytest.raises(QuestionError, match="do not have room"):
            fewest(demand, seconds=LONG, room=room)
        return
    with how():
        found = fewest(demand, seconds=LONG, room=room)
    assert found.gap == 0
    assert has_room(demand, table, room, found.chosen)
    one_fewer = all_choices(len(found.chosen) - 1, places)
    assert not any(has_room(demand, table, room, some) for some in one_fewer)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_more_sites_bring_no_less(case):
    for aim in AIMS:
        curve = by_count(case.demand, 4, seconds=LONG, aim=aim)
        for point in curve:
            best = BEST[aim](case.demand, point.count, seconds=LONG)
            same(worth(point.best, aim), worth(best, aim))
            one_by_one = step_by_step(case.demand, point.count, aim=aim)
            assert point.step_by_step.steps == one_by_one.steps
            same(worth(one_by_one, aim), (1 - point.step_by_step.gap) * worth(best, aim))
        brings = [worth(point.best, aim) for point in curve]
        assert brings == sorted(brings)


@settings(max_examples=100, deadline=None)
@given(tangles(), st.data())
def test_prices_bound_what_is_possible(tangle, data):
    gains, count = tangle.gains, tangle.count
    some = st.floats(0, 4, allow_nan=False)
    price = data.draw(st.lists(some, min_size=gains.homes, max_size=gains.homes))
    told = at_prices(gains, count, np.array(price))
    assert told.most >= most_of(gains, count) - 1e-9
    for chosen in combinations(range(gains.candidates), count):
        assert all(told.having[one] >= gains.worth(chosen) - 1e-9 for one in chosen)


@settings(max_examples=50, deadline=None)
@given(tangles())
def test_better_prices_bound_it_closer(tangle):
    gains, count = tangle.gains, tangle.count
    start = greedy(gains, count)
    told, found = bound(gains, count, start, end=monotonic() + LONG)
    first = at_prices(gains, count, gains.best(start.chosen))
    assert most_of(gains, count) - 1e-9 <= told.most <= first.most
    assert start.worth <= found.worth == gains.worth(found.chosen)


@settings(max_examples=100, deadline=None)
@given(cases(), st.data())
def test_pieces_are_worth_the_whole(case, data):
    places = len(case.table.T)
    asked = np.array(sorted(data.draw(st.sets(st.integers(0, places - 1), min_size=1))))
    for aim in AIMS:
        gains = gains_of(case.demand, aim).only(asked)
        found = pieces(gains, asked)
        assert len(np.unique(found.members, axis=0)) == len(found.members)
        for chosen in all_choices(2, len(asked)):
            had = found.members[:, list(chosen)].any(axis=1)
            same(found.worth[had].sum(), gains.worth(asked[list(chosen)]))


def test_pieces_tell_more_than_64_candidates_apart():
    places = 200
    gains = Gains(
        np.zeros(places, int), np.arange(places), np.arange(places, 0.0, -1), 1, places
    )
    found = pieces(gains, np.arange(places))
    assert sorted(found.members.sum(axis=1)) == list(range(1, places + 1))
    assert found.worth.tolist() == [1.0] * places


@settings(max_examples=25, deadline=None)
@given(cases(unknown=False), st.sampled_from([0.0, 3.0, 12.0]))
def test_places_that_there_are_stay_as_spopt_locks_them(case, nearest):
    """The whole model, with the places of today as sites that are fixed."""
    people = np.maximum(case.demand.people, 0.25)  # spopt's mean needs somebody
    table = np.minimum(case.table, CUTOFF_MIN)
    today = np.full(len(people), nearest)
    today[::2] = CUTOFF_MIN
    demand, places = demand_of(people, today, table), len(table.T)
    count = min(case.count, places)
    walks = np.column_stack([table, today])
    fixed = np.append(np.zeros(places, dtype=int), 1)
    given_ = {"p_facilities": count + 1, "predefined_facilities_arr": fixed}
    solver = pulp.HiGHS(msg=False, gapRel=0)
    median = PMedian.from_cost_matrix(walks, people, **given_).solve(solver, results=False)
    saved = shortest_walk(demand, count, seconds=LONG).person_minutes
    same(people @ today - median.problem.objective.value(), saved)
    cover = MCLP.from_cost_matrix(walks, people, service_radius=10, **given_)
    covered = cover.solve(solver, results=False).problem.objective.value()
    newly = most_within(demand, count, seconds=LONG).people
    same(covered - people[today <= 10].sum(), newly)
    near = (table <= 10).any(axis=1) | (today <= 10)
    every = LSCP.from_cost_matrix(
        walks[near], service_radius=10, predefined_facilities_arr=fixed
    )
    few = every.solve(solver, results=False).problem.objective.value()
    same(few - 1, len(fewest(demand, seconds=LONG).chosen))


def town(seed, homes, places):
    """Return a demand in a square of 4 km, with a limit of ten minutes, as the crow flies."""
    chance = np.random.default_rng(seed)
    lived, sites = chance.uniform(0, 4000, (homes, 2)), chance.uniform(0, 4000, (places, 2))
    minutes = np.hypot(*(lived[:, None] - sites).T).T / 75
    table = np.where(minutes <= CUTOFF_MIN, minutes, inf)
    return demand_of(chance.integers(1, 40, homes), np.full(homes, inf), table)


def test_a_town_is_solved_and_the_solver_says_nothing(capfd):
    demand = town(1, homes=800, places=60)
    for aim in AIMS:
        found = BEST[aim](demand, 5, seconds=LONG)
        again = BEST[aim](demand, 5, seconds=LONG)
        assert found == again
        assert found.gap == 0
    with by_solver():
        most_within(demand, 5, seconds=LONG)
    fewest(demand, seconds=LONG)
    assert capfd.readouterr() == ("", "")


def test_a_gap_is_told_where_time_is_up():
    demand = town(2, homes=600, places=60)
    for aim in AIMS:
        hurried = BEST[aim](demand, 6, seconds=0)
        best = BEST[aim](demand, 6, seconds=LONG)
        assert hurried.stopped
        assert 0 < hurried.gap < 1
        assert (1 - hurried.gap) * worth(best, aim) <= worth(hurried, aim) <= worth(best, aim)
        assert not best.stopped


def test_what_the_solver_had_when_time_was_up_is_a_bound():
    demand = town(3, homes=300, places=50)
    gains = gains_of(demand, "walk")
    whole = pieces(gains, gains.useful)
    with patch.object(coverage, "CELLS_A_SECOND", inf):
        hurried = solve(whole, 8, end=monotonic() + 0.01)
    best = optimum.optimum(gains, 8, seconds=LONG)
    assert not hurried.proven
    assert hurried.most >= best.found.worth
    assert gains.worth(hurried.chosen) <= best.found.worth


def test_a_model_too_large_for_the_time_is_not_begun():
    gains = gains_of(town(3, homes=300, places=50), "walk")
    with patch.object(coverage, "CELLS_A_SECOND", 1):
        told = solve(pieces(gains, gains.useful), 8, end=monotonic() + LONG)
        with by_solver():
            best = optimum.optimum(gains, 8, seconds=LONG)
    assert (told.chosen, told.proven) == ((), False)
    assert best.found.worth >= greedy(gains, 8).worth
    assert best.gap > 0


def test_time_is_shared_by_the_counts():
    curve = by_count(town(4, homes=400, places=40), 5, seconds=0)
    assert len(curve) == 5
    for point in curve:
        assert point.best.people >= point.step_by_step.people


def test_few_with_room_say_so_if_nothing_was_found_in_time():
    demand = town(5, homes=300, places=40)
    room = np.where(np.arange(40) % 2, nan, 60.0)
    found = fewest(demand, seconds=0, room=room)
    assert (found.chosen, found.gap, found.stopped) == ((), 1.0, True)


def test_nobody_needs_nothing():
    demand = demand_of([0.0, nan], [inf, inf], [[1.0], [1.0]])
    assert demand.unknown == 1
    for found in (
        most_within(demand, 2, seconds=LONG),
        shortest_walk(demand, 2, seconds=LONG),
        step_by_step(demand, 2),
        fewest(demand, seconds=LONG),
        picked(demand, []),
    ):
        assert (found.chosen, found.people, found.person_minutes) == ((), 0, 0)
        assert (found.gap, found.stopped) == (0, False)
    assert by_count(demand, 3, seconds=LONG) == ()


def test_no_homes_and_no_candidates():
    for table in (np.empty((0, 3)), np.empty((2, 0))):
        people = np.full(len(table), 4.0)
        nothing = Demand(people, people * inf, empty_times(table.shape), 10)
        assert most_within(nothing, 1, seconds=LONG).chosen == ()
        assert shortest_walk(nothing, 1, seconds=LONG).chosen == ()
        assert fewest(nothing, seconds=LONG).chosen == ()
        assert nothing.out_of_reach == people.sum()


def empty_times(shape):
    from geo.times import Times  # noqa: PLC0415

    return Times.of_walks([], [], [], shape=shape, cutoff_min=CUTOFF_MIN)


def test_all_are_within_already():
    demand = demand_of([4.0, 2.0], [10.0, 0.0], [[0.0], [0.0]])
    assert demand.beyond == 0
    assert most_within(demand, 1, seconds=LONG).chosen == ()
    assert fewest(demand, seconds=LONG).chosen == ()
    assert shortest_walk(demand, 1, seconds=LONG).person_minutes == 40


def test_a_count_beyond_the_candidates_takes_those_that_help():
    demand = demand_of([4.0, 2.0], [inf, inf], [[5.0, inf, 5.0], [inf, inf, 5.0]])
    assert most_within(demand, 99, seconds=LONG).chosen == (2,)
    assert [point.count for point in by_count(demand, 99, seconds=LONG)] == [1]


def test_who_has_no_way_counts_as_the_cut_off_and_poisons_nothing():
    """The first has no way today, the second none ever, the third walks 47 minutes."""
    demand = demand_of([4.0, 8.0, 2.0], [inf, inf, 47.0], [[15.0], [inf], [12.0]])
    found = shortest_walk(demand, 1, seconds=LONG)
    assert found.person_minutes == 4 * (20 - 15) + 2 * (20 - 12)
    assert (found.people, demand.out_of_reach) == (0, 14)


def test_unknown_people_and_walks_count_for_nothing_and_are_told():
    demand = demand_of([nan, 3.0, 0.0, 5.0], [inf, nan, nan, inf], [[1.0]] * 4)
    assert demand.unknown == 2
    assert most_within(demand, 1, seconds=LONG).people == 5


def test_what_does_not_fit_is_refused():
    with pytest.raises(QuestionError, match="not up to 21"):
        demand_of([1.0], [inf], [[1.0]], within=21)
    with pytest.raises(ValueError, match="same homes"):
        demand_of([1.0, 2.0], [inf], [[1.0]])
    with pytest.raises(ValueError, match="0 or more"):
        demand_of([-1.0], [inf], [[1.0]])
    demand = demand_of([1.0], [inf], [[1.0]])
    with pytest.raises(ValueError, match="candidates are 0 to 0"):
        picked(demand, [1])
    for asked in (
        lambda: most_within(demand, 0, seconds=1),
        lambda: shortest_walk(demand, 0, seconds=1),
        lambda: step_by_step(demand, 0),
        lambda: by_count(demand, 0, seconds=1),
    ):
        with pytest.raises(QuestionError, match="one place or more, not 0"):
            asked()


@settings(max_examples=60, deadline=None)
@given(tangles())
def test_exchanges_lose_nothing(tangle):
    gains = tangle.gains
    last = gains.found(range(gains.candidates - tangle.count, gains.candidates))
    low = lowest(gains, last)
    same(max(low.worth, last.worth), low.worth)
    assert sum(low.chosen) <= sum(last.chosen)
    assert at_most(gains, low.chosen, tangle.count) >= most_of(gains, tangle.count) - 1e-9
    assert lowest(gains, Found(low.chosen, low.worth)) == low
