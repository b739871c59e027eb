"""The kernels against a textbook search, on networks that hypothesis draws."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.paths.joining import Joined
from geo.search.access import NOWHERE, nearest
from geo.search.choices import choices
from geo.search.hierarchy import hierarchy, metres, weigh
from geo.search.matrix import FARTHEST_M, walks
from tests.plain import Plain, dijkstra

CUTOFF_M = 400.0


@dataclass
class World:
    """A network with homes, doors, and which place each door belongs to."""

    ends: list
    level_m: list
    xy: np.ndarray
    homes: Joined
    doors: Joined
    of: np.ndarray
    places: int

    def weighed(self):
        u, v = np.array(self.ends, dtype=np.intp).reshape(-1, 2).T
        return weigh(hierarchy(u, v, self.xy), np.array(self.level_m))


def joined(points):
    edge, along, gap_m = (
        (np.array(part) for part in zip(*points, strict=True)) if points else ([],) * 3
    )
    edge = np.array(edge, dtype=np.intp)
    return Joined(edge, np.where(edge < 0, 0.0, along), np.where(edge < 0, np.inf, gap_m))


@st.composite
def worlds(draw):
    """Draw a network of a few junctions: with loops, parallels, closed edges, loose parts."""
    n = draw(st.integers(2, 14))
    junction = st.integers(0, n - 1)
    ends = draw(st.lists(st.tuples(junction, junction), min_size=1, max_size=30))
    length = st.one_of(st.integers(0, 200).map(float), st.floats(0, 200), st.just(np.inf))
    level_m = [draw(length) for _ in ends]
    spot = st.tuples(st.integers(0, n - 1), st.integers(0, 3))
    xy = np.array([draw(spot) for _ in range(n)], dtype=float)
    point = st.tuples(
        st.integers(-1, len(ends) - 1),
        st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1)),
        st.one_of(st.just(0.0), st.floats(0, 50)),
    )
    homes = draw(st.lists(point, min_size=1, max_size=8))
    doors = draw(st.lists(point, max_size=12))
    places = draw(st.integers(1, 20))
    of = np.array([draw(st.integers(0, places - 1)) for _ in doors], dtype=np.intp)
    return World(ends, level_m, xy, joined(homes), joined(doors), of, places)


def by_the_book(world):
    """Return metres from every home to every place."""
    plain = Plain(world.ends, world.level_m)
    for row in range(len(world.homes.edge)):
        plain.tie(("home", row), world.homes, row)
    for row in range(len(world.of)):
        plain.tie(("door", row), world.doors, row)
    near = plain.graph()
    table = np.full((len(world.homes.edge), world.places), np.inf)
    for place in range(world.places):
        doors = [("door", row) for row in np.flatnonzero(world.of == place)]
        found = dijkstra(near, [door for door in doors if door in near])
        for row in range(len(table)):
            table[row, place] = found.get(("home", row), np.inf)
    return table


def dense(table):
    """Return a sparse table with `inf` where nothing is stored."""
    full = np.full(table.shape, np.inf)
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    full[row, table.indices] = table.data
    return full


@given(worlds())
def test_nearest_is_what_the_book_says(world):
    found = nearest(
        world.weighed(), world.homes, world.doors, kind=world.of, kinds=world.places
    )
    for place, book_m in enumerate(by_the_book(world).T):
        assert found[place].distance_m == pytest.approx(book_m, abs=1e-3)
        door = found[place].door
        assert ((door == NOWHERE) == np.isinf(book_m)).all()
        assert (world.of[door[door != NOWHERE]] == place).all()


@given(worlds())
def test_the_matrix_is_what_the_book_says(world):
    found = walks(
        world.weighed(),
        world.homes,
        world.doors,
        of=world.of,
        places=world.places,
        cutoff_m=CUTOFF_M,
    )
    full, book_m = dense(found), by_the_book(world)
    doubtful = np.abs(book_m - CUTOFF_M) < 1e-3  # a grain may fall on either side
    book_m = np.where(book_m <= CUTOFF_M, book_m, np.inf)
    assert full[~doubtful] == pytest.approx(book_m[~doubtful], abs=1e-3)
    assert found.has_canonical_format or found.nnz == len(
        {
            (r, c)
            for r in range(found.shape[0])
            for c in found.indices[found.indptr[r] : found.indptr[r + 1]]
        }
    )


@given(worlds())
def test_nearest_and_matrix_agree_to_the_last_grain(world):
    weighed = world.weighed()
    near = nearest(weighed, world.homes, world.doors, kind=world.of, kinds=world.places)
    table = walks(
        weighed, world.homes, world.doors, of=world.of, places=world.places, cutoff_m=CUTOFF_M
    )
    straight = np.column_stack([one.distance_m for one in near])
    assert (dense(table) == np.where(straight <= CUTOFF_M, straight, np.inf)).all()


@given(worlds(), st.integers(1, 5))
def test_the_nearest_few_are_what_the_book_says(world, count):
    found = choices(world.weighed(), world.homes, world.doors, of=world.of, count=count)
    book_m = by_the_book(world)
    padded = np.pad(book_m, ((0, 0), (0, count)), constant_values=np.inf)
    assert found.distance_m == pytest.approx(np.sort(padded)[:, :count], abs=1e-3)
    for row, places in enumerate(found.place):
        real = places[places != NOWHERE]
        assert len(set(real)) == len(real) == np.isfinite(found.distance_m[row]).sum()
        assert book_m[row, real] == pytest.approx(found.distance_m[row, : len(real)], abs=1e-3)


@given(worlds(), st.data())
def test_a_new_place_never_lengthens_a_walk(world, data):
    weighed = world.weighed()
    kind = np.zeros(len(world.of), dtype=np.intp)
    fewer = data.draw(st.integers(0, len(kind)))
    some = nearest(
        weighed, world.homes, world.doors.take(np.arange(fewer)), kind=kind[:fewer], kinds=1
    )
    whole = nearest(weighed, world.homes, world.doors, kind=kind, kinds=1)
    assert (whole[0].distance_m <= some[0].distance_m).all()


@given(worlds(), st.integers(0, 13), st.integers(0, 13), st.floats(0, 100))
def test_a_new_path_never_lengthens_a_walk(world, u, v, length_m):
    before = nearest(
        world.weighed(), world.homes, world.doors, kind=world.of, kinds=world.places
    )
    n = len(world.xy)
    world.ends.append((u % n, v % n))
    world.level_m.append(length_m)
    after = nearest(
        world.weighed(), world.homes, world.doors, kind=world.of, kinds=world.places
    )
    for old, new in zip(before, after, strict=True):
        assert (new.distance_m <= old.distance_m).all()


@given(worlds(), st.randoms(use_true_random=False))
def test_neither_order_nor_doubles_matter(world, random):
    def table():
        near = nearest(
            world.weighed(), world.homes, world.doors, kind=world.of, kinds=world.places
        )
        return np.column_stack([one.distance_m for one in near])

    before = table()
    doors = list(range(len(world.of))) * 2
    random.shuffle(doors)
    world.doors, world.of = world.doors.take(np.array(doors, dtype=np.intp)), world.of[doors]
    edges = list(range(len(world.ends)))
    random.shuffle(edges)
    place = np.append(np.argsort(edges), -1)
    world.ends = [world.ends[i] for i in edges] * 2
    world.level_m = [world.level_m[i] for i in edges] * 2
    for points in (world.homes, world.doors):
        points.edge[:] = place[points.edge]
    assert (table() == before).all()


@given(worlds(), st.data())
def test_cutting_an_edge_in_two_changes_nothing(world, data):
    before = by_the_book(world)
    edge = data.draw(st.integers(0, len(world.ends) - 1))
    cut = data.draw(st.floats(0.1, 0.9))
    (_, v), level_m, fresh = world.ends[edge], world.level_m[edge], len(world.xy)
    world.xy = np.vstack([world.xy, world.xy[v]])
    world.ends[edge] = (world.ends[edge][0], fresh)
    world.ends.append((fresh, v))
    world.level_m[edge] = level_m * cut
    world.level_m.append(level_m * (1 - cut))
    for points in (world.homes, world.doors):
        later = (points.edge == edge) & (points.along > cut)
        on = points.edge == edge
        points.along[on & ~later] /= cut
        points.along[later] = (points.along[later] - cut) / (1 - cut)
        points.edge[later] = len(world.ends) - 1
    found = nearest(
        world.weighed(), world.homes, world.doors, kind=world.of, kinds=world.places
    )
    for place, book_m in enumerate(before.T):
        assert found[place].distance_m == pytest.approx(book_m, abs=1e-3)


@pytest.mark.parametrize("side", [30])
def test_a_grid_of_streets_is_walked_round_its_corners(side):
    """Walks on a chessboard are as long as the rows and columns between (Manhattan)."""
    x, y = (part.ravel() for part in np.meshgrid(np.arange(side), np.arange(side)))
    right, up = np.flatnonzero(x < side - 1), np.flatnonzero(y < side - 1)
    u, v = np.concatenate([right, up]), np.concatenate([right + 1, up + side])
    xy = np.column_stack([x, y]) * 100.0
    weighed = weigh(hierarchy(u, v, xy), np.full(len(u), 100.0))
    leaving = np.full(side * side, -1)
    leaving[u] = np.arange(len(u))
    leaving[leaving < 0] = 0
    along = np.where(u[leaving] == np.arange(side * side), 0.0, 1.0)
    inner = np.flatnonzero(u[leaving] == np.arange(side * side))
    points = Joined(leaving[inner], along[inner], np.zeros(len(inner)))
    found = walks(
        weighed,
        points,
        points,
        of=np.arange(len(inner)),
        places=len(inner),
        cutoff_m=FARTHEST_M,
    )
    between_m = np.abs(xy[inner][:, None] - xy[inner][None]).sum(axis=2)
    assert np.array_equal(dense(found), between_m)
    assert found.nnz == len(inner) ** 2


def test_more_kinds_than_lanes_and_more_places_than_fit_a_sweep():
    rng = np.random.default_rng(3)
    n = 40
    u, v = np.arange(n - 1), np.arange(1, n)
    xy = np.column_stack([np.arange(n) * 50.0, np.zeros(n)])
    weighed = weigh(hierarchy(u, v, xy), np.full(n - 1, 50.0))
    doors = Joined(rng.integers(0, n - 1, 100), rng.random(100), np.zeros(100))
    homes = Joined(np.arange(n - 1), np.zeros(n - 1), np.zeros(n - 1))
    at_m = (doors.edge + doors.along) * 50.0
    book_m = np.abs(at_m[None] - xy[:-1, :1])
    every = np.arange(100)
    near = nearest(weighed, homes, doors, kind=every, kinds=100)
    assert np.column_stack([one.distance_m for one in near]) == pytest.approx(book_m, abs=1e-3)
    table = walks(weighed, homes, doors, of=every, places=100, cutoff_m=700)
    assert dense(table) == pytest.approx(np.where(book_m <= 700, book_m, np.inf), abs=1e-3)


def test_what_the_kernel_cannot_hold_is_refused():
    one = np.zeros(1, dtype=np.intp)
    street = weigh(hierarchy(one, one + 1, np.zeros((2, 2))), np.array([9.0]))
    house = joined([(0, 0.5, 0.0)])
    for cutoff_m in (-1.0, FARTHEST_M + 1, np.nan, np.inf):
        with pytest.raises(ValueError, match="cutoff_m"):
            walks(street, house, house, of=one, places=1, cutoff_m=cutoff_m)


def test_far_is_far_and_near_stays_exact():
    length_m = np.array([10_000_000.0, 1e-5, np.inf])
    kept = metres(weigh_of(length_m))
    assert kept.tolist() == [10_000_000.0, pytest.approx(1e-5, abs=1e-5), np.inf]


def weigh_of(length_m):
    u = np.arange(len(length_m), dtype=np.intp)
    xy = np.column_stack([np.arange(len(u) + 1.0), np.zeros(len(u) + 1)])
    return weigh(hierarchy(u, u + 1, xy), length_m).edge
