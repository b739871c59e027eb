"""Where the next places would do most: the best so many, one by one, or the planner's own."""

from __future__ import annotations

from collections.abc import Sequence

from geo.siting.demand import Aim, Demand, require_count
from geo.siting.gains import ByAim, Found, gains_by_aim
from geo.siting.greedy import at_most, greedy
from geo.siting.optimum import Best, optimum
from geo.siting.siting import Siting, told


def most_within(demand: Demand, count: int, *, seconds: float) -> Siting:
    """
    Choose the sites that bring most people within the limit who are not.

    Maximal covering (Church & ReVelle 1974, 10.1007/BF01942293). Places that there are
    stay: whom they serve counts for nothing.

    Parameters
    ----------
    demand
        Who is to be served, and from where.
    count
        How many sites, from 1 up. Fewer are chosen if no other brings anybody more.
    seconds
        How long to look at most. Then the best so far is returned, with its gap.

    Returns
    -------
    siting
        The site that brings most comes first, then what brings most beside it. Of sites
        that bring the same, the one of the lowest row.

    Raises
    ------
    QuestionError
        If `count` is below 1.

    Examples
    --------
    One candidate is near 4 people, another near 2 more and 3 of these:

    >>> import numpy as np
    >>> from geo.times import Times
    >>> walks = [0, 1, 1, 2], [0, 0, 1, 1], [5.0, 5.0, 9.0, 9.0]
    >>> times = Times.of_walks(*walks, shape=(3, 2), cutoff_min=15)
    >>> demand = Demand(np.array([1.0, 3.0, 2.0]), np.full(3, np.inf), times, within=10)
    >>> found = most_within(demand, 1, seconds=10)
    >>> found.chosen, found.people, found.gap
    ((1,), 5.0, 0.0)
    """
    return _sought(demand, "within", count, seconds)


def shortest_walk(demand: Demand, count: int, *, seconds: float) -> Siting:
    """
    Choose the sites that save most walking, all people together.

    The p-median (Hakimi 1964, 10.1287/opre.12.3.450), with places that there are: who has
    one as near keeps it. Whoever walks further than the cut-off, or has no way at all,
    counts as one who walks that long, today and after: see `Demand`.

    Parameters
    ----------
    demand, count, seconds
        As in `most_within`.

    Returns
    -------
    siting
        As of `most_within`, by minutes.

    Raises
    ------
    QuestionError
        If `count` is below 1.

    Examples
    --------
    >>> import numpy as np
    >>> from geo.times import Times
    >>> walks = [0, 1, 1, 2], [0, 0, 1, 1], [5.0, 5.0, 9.0, 9.0]
    >>> times = Times.of_walks(*walks, shape=(3, 2), cutoff_min=15)
    >>> demand = Demand(np.array([1.0, 3.0, 2.0]), np.full(3, np.inf), times, within=10)
    >>> found = shortest_walk(demand, 1, seconds=10)
    >>> found.chosen, found.person_minutes
    ((0,), 40.0)
    """
    return _sought(demand, "walk", count, seconds)


def step_by_step(demand: Demand, count: int, *, aim: Aim = "within") -> Siting:
    """
    Choose the site that brings most, then the one that brings most beside it, and so on.

    As a municipality does that builds one at a time. See `geo.siting.greedy.greedy`.

    Parameters
    ----------
    demand, count
        As in `most_within`.
    aim
        What is to be most.

    Returns
    -------
    siting
        Its gap is how far it may be from the best so many, by a bound that is quick to
        find and seldom sharp: 0 means that nothing better exists.

    Raises
    ------
    QuestionError
        If `count` is below 1.

    Examples
    --------
    >>> import numpy as np
    >>> from geo.times import Times
    >>> walks = [0, 1, 1, 2, 2, 3], [0, 0, 1, 1, 2, 2], np.full(6, 5.0)
    >>> times = Times.of_walks(*walks, shape=(4, 3), cutoff_min=15)
    >>> demand = Demand(np.array([3.0, 4.0, 4.0, 3.0]), np.full(4, np.inf), times, within=10)
    >>> step_by_step(demand, 2).chosen, most_within(demand, 2, seconds=10).chosen
    ((1, 0), (0, 2))
    """
    require_count(count)
    gains = gains_by_aim(demand)
    return _bounded(gains, aim, greedy(gains[aim], count).chosen, count)


def picked(demand: Demand, chosen: Sequence[int], *, aim: Aim = "within") -> Siting:
    """
    Tell what sites bring that somebody picked.

    Parameters
    ----------
    demand, aim
        As in `step_by_step`.
    chosen
        Numbers of candidates; one that is named twice is one.

    Returns
    -------
    siting
        In the order they were picked in. Its gap as of `step_by_step`, by the aim.

    Raises
    ------
    ValueError
        If there is no such candidate.

    Examples
    --------
    >>> import numpy as np
    >>> from geo.times import Times
    >>> times = Times.of_walks([0, 1], [0, 1], [5.0, 9.0], shape=(2, 3), cutoff_min=15)
    >>> demand = Demand(np.array([4.0, 2.0]), np.array([12.0, np.inf]), times, within=10)
    >>> [step.people for step in picked(demand, [1, 0, 2, 1]).steps]
    [2.0, 4.0, 0.0]
    """
    some = tuple(dict.fromkeys(int(one) for one in chosen))
    if not all(0 <= one < demand.times.places for one in some):
        raise ValueError(f"candidates are 0 to {demand.times.places - 1}, got {some}")
    return _bounded(gains_by_aim(demand), aim, some, len(some))


def _sought(demand: Demand, aim: Aim, count: int, seconds: float) -> Siting:
    require_count(count)
    gains = gains_by_aim(demand)
    return told(gains, optimum(gains[aim], count, seconds=seconds))


def _bounded(gains: ByAim, aim: Aim, chosen: tuple[int, ...], count: int) -> Siting:
    found = Found(chosen, gains[aim].worth(chosen))
    best = Best(found, at_most(gains[aim], chosen, count))
    return told(gains, best, sought=False)
