"""The same walks by another route: every edge cut at every door, and a plain Dijkstra."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
import numpy as np
import pytest
import shapely

from geo.answer import answer
from geo.model import Question
from geo.town import prepare
from tests.towns import catalogue

FAR_M, SHORT_M = 200.0, 500.0
CASES = (
    ("library", "", "everybody"),
    ("park", "wheelchair", "everybody"),
    ("playground", "", "young_children"),
    ("cafe", "older_80", "everybody"),
    ("kindergarten", "pram", "everybody"),
)
HOMES = {"karhula": None, "helsinki": None, "oslo": 1000}
"""How many homes are checked; all of the demo areas'."""


@pytest.fixture(scope="module", params=HOMES)
def checked(request):
    bundle = request.getfixturevalue(request.param)
    rows = np.arange(len(bundle.homes))
    if HOMES[request.param]:
        rows = np.sort(np.random.default_rng(7).choice(rows, HOMES[request.param], False))
    graphs = {steps: graph_of(bundle, rows, steps=steps) for steps in (True, False)}
    return request.param, prepare(bundle), rows, graphs


def graph_of(bundle, rows, *, steps):
    """Return the paths as a graph, cut wherever one of those homes or an entrance joins."""
    paths = bundle.paths if steps else bundle.paths[~bundle.paths["steps"]]
    lines = paths.geometry.to_numpy()
    ends = list(zip(paths["u"], paths["v"], strict=True))
    spots = {
        **{("home", row): bundle.homes.geometry.iloc[row] for row in rows},
        **{("door", row): spot for row, spot in enumerate(bundle.entrances.geometry)},
    }
    graph = nx.Graph()
    cuts = defaultdict(list)
    mainland = np.flatnonzero([u in large for large in [_large(paths, ends)] for u, _ in ends])
    for key, (edge, gap_m) in _nearest(spots, lines, mainland).items():
        at_m = lines[edge].project(spots[key])
        cuts[edge].append(at_m)
        graph.add_edge(key, (edge, at_m), weight=gap_m)
    for edge, (u, v) in enumerate(ends):
        before, before_m = u, 0.0
        for at_m in sorted(set(cuts[edge])):
            _tie(graph, before, (edge, at_m), at_m - before_m)
            before, before_m = (edge, at_m), at_m
        _tie(graph, before, v, lines[edge].length - before_m)
    return graph


def _large(paths, ends):
    """Return the junctions of all parts of the network that are no islands."""
    whole = nx.MultiGraph()
    whole.add_edges_from((u, v, {"m": m}) for (u, v), m in zip(ends, paths.length, strict=True))
    parts = [(part, whole.subgraph(part).size("m")) for part in nx.connected_components(whole)]
    least = min(SHORT_M, max(m for _, m in parts))
    return set().union(*(part for part, m in parts if m >= least))


def _nearest(spots, lines, mainland):
    """Return the nearest edge of each spot, among all within reach, and how far it is."""
    keys, points = list(spots), np.array(list(spots.values()))
    found = {}
    for within_m in (40.0, FAR_M):
        left = np.array([n for n, key in enumerate(keys) if key not in found], dtype=int)
        tree = shapely.STRtree(lines[mainland])
        row, hit = tree.query(points[left], "dwithin", distance=within_m)
        gaps_m = shapely.distance(points[left][row], lines[mainland[hit]])
        for n in np.argsort(-gaps_m, kind="stable"):  # the nearest is written last
            found[keys[left[row[n]]]] = (mainland[hit[n]], gaps_m[n])
    return found


def _tie(graph, u, v, metres):
    if u != v and metres < graph.get_edge_data(u, v, {"weight": np.inf})["weight"]:
        graph.add_edge(u, v, weight=metres)


@pytest.mark.parametrize(("kind", "walker", "group"), CASES)
def test_every_walk_is_the_one_that_a_plain_dijkstra_finds(checked, kind, walker, group):
    name, town, rows, graphs = checked
    known = catalogue()
    question = Question(name, (kind,), group=group, walker=walker)
    minutes = answer(town, question, known).minutes.to_numpy()[rows]
    who = known.walkers[walker or known.groups[group].walker]
    graph = graphs[who.steps]
    ids = {i for i, kinds in town.bundle.places["kinds"].items() if kind in kinds.split(";")}
    doors = {
        ("door", row) for row, i in enumerate(town.bundle.entrances["place_id"]) if i in ids
    }
    metres = nx.multi_source_dijkstra_path_length(graph, doors & set(graph)) if doors else {}
    plain = np.array([metres.get(("home", row), np.inf) for row in rows]) / who.speed_m_s / 60
    same = np.isinf(plain) & np.isinf(minutes)
    apart = np.max(np.abs(plain[~same] - minutes[~same]), initial=0.0)
    print(  # noqa: T201 - the figure itself is worth reading
        f"{name} {kind} {who.key}: {len(rows)} homes, {same.sum()} cut off, {apart:.1e} min"
    )
    assert apart < 0.01
    assert same.all() or doors
