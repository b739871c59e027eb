"""With a pencil: a few who gain, lose, stay or lack must not follow from what is told."""

from dataclasses import replace
from itertools import combinations
from math import isnan

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import company
from geo.coverage import few
from geo.scenario import discreet
from geo.scenario.discreet import among, parted
from geo.tables import AGES, EVERYBODY, LOW_INCOME
from tests.differing import moved

TOLD = {
    "people": (1, 1, 1, 1),
    "before": (1, 0, 1, 0),
    "after": (1, 1, 0, 0),
    "gains": (0, 1, 0, 0),
    "loses": (0, 0, 1, 0),
}
"""What a row tells, as a sum of those who stay, gain, lose and lack."""
SECRETS = (*TOLD.values(), (1, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1))
"""What must not be a few."""

counts = st.sampled_from([0, 0, 0, 0, 1, 2, 3, 4, 5, 7, 12, 20, 60, 200])
sorts = st.tuples(counts, counts, counts, counts)


def rows(*keys):
    return st.fixed_dictionaries(dict.fromkeys(keys, sorts))


def together(cells):
    return moved(*np.sum([*cells.values()], axis=0).astype(float).tolist())


def answered(cells):
    """Return the changes of groups, each withheld before as an answer does it."""
    found = {EVERYBODY: together(cells)} | {key: moved(*of) for key, of in cells.items()}
    before = company.among({key: one.before for key, one in found.items()})
    return {key: replace(one, before=before[key]) for key, one in found.items()}


def numbers(one):
    """Return which numbers a change tells."""
    told = one.told
    values = {
        "people": told.before.people,
        "before": told.before.within,
        "after": told.after.within,
        "gains": told.gains,
        "loses": told.loses,
    }
    return [part for part, value in values.items() if not isnan(value)]


def worked_out(shown, of, cells):
    """
    Return every few that follow from what is told, by sums and differences.

    `shown`: by row, its change; `of`: by row, which cells it is the sum of.
    """
    keys = list(cells)

    def sum_of(some, vector):
        place = np.isin(keys, list(some))[:, None] * np.array(vector, dtype=float)
        return place.ravel()

    known = [sum_of(of[row], TOLD[part]) for row, one in shown.items() for part in numbers(one)]
    if not known:
        return []
    _, size, ways = np.linalg.svd(np.array(known))
    ways = ways[: int((size > 1e-9).sum())]
    people = np.array([cells[key] for key in keys], dtype=float).ravel()
    return [
        (some, secret)
        for n in range(1, len(keys) + 1)
        for some in combinations(keys, n)
        for secret in SECRETS
        for asked in [sum_of(some, secret)]
        if few(asked @ people) and np.linalg.norm(asked - ways.T @ (ways @ asked)) < 1e-7
    ]


def of_ages(cells):
    return {EVERYBODY: list(cells)} | {key: [key] for key in cells}


@settings(max_examples=150, deadline=None)
@given(rows(*AGES[:4]))
def test_no_few_of_an_age_can_be_worked_out(cells):
    assert worked_out(among(answered(cells)), of_ages(cells), cells) == []


@settings(max_examples=150, deadline=None)
@given(rows("poor", "others"))
def test_no_few_beside_those_with_low_income_can_be_worked_out(cells):
    found = answered({LOW_INCOME: cells["poor"]}) | {EVERYBODY: together(cells)}
    before = company.among({key: one.before for key, one in found.items()})
    found = {key: replace(one, before=before[key]) for key, one in found.items()}
    of = {EVERYBODY: ["poor", "others"], LOW_INCOME: ["poor"]}
    assert worked_out(among(found), of, cells) == []


@settings(max_examples=150, deadline=None)
@given(rows(*AGES[:2]), rows("a", "b", "c"))
def test_no_few_of_an_area_can_be_worked_out(others, areas):
    """Of the areas of one age, beside the ages."""
    areas = {key: of for key, of in areas.items() if sum(of)}
    if not areas:
        return
    asked = AGES[3]
    all_ages = others | {asked: tuple(np.sum([*areas.values()], axis=0).tolist())}
    shown = among(answered(all_ages))
    changes = parted({key: moved(*of) for key, of in areas.items()}, shown[asked])
    cells = others | areas
    of = {EVERYBODY: list(cells), asked: list(areas)} | {key: [key] for key in cells}
    assert worked_out(shown | changes, of, cells) == []


BESIDE = {AGES[0]: (20, 3, 0, 60), AGES[1]: (20, 60, 0, 60), AGES[2]: (20, 200, 0, 60)}
"""Three of an age gain, and many of two others."""


def test_they_could_be_worked_out_if_nobody_kept_them_company(monkeypatch):
    monkeypatch.setattr(discreet, "partition", lambda rows, whole, **_: dict(rows))
    found = worked_out(among(answered(BESIDE)), of_ages(BESIDE), BESIDE)
    assert ((AGES[0],), TOLD["gains"]) in found


def test_they_could_be_worked_out_if_those_after_were_told(monkeypatch):
    one = moved(20, 3, 0, 60)
    assert worked_out({"a": one}, {"a": ["a"]}, {"a": (20, 3, 0, 60)}) == []
    monkeypatch.setattr("geo.scenario.gained.few", lambda people: False)
    assert worked_out({"a": one}, {"a": ["a"]}, {"a": (20, 3, 0, 60)}) != []
