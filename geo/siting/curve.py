"""What one more place brings, and one more: from one to so many."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from geo.siting.demand import Aim, Demand, require_count
from geo.siting.gains import Found, gains_by_aim
from geo.siting.greedy import greedy
from geo.siting.optimum import Best, optimum
from geo.siting.siting import Siting, told


@dataclass(frozen=True, slots=True)
class AtCount:
    """
    What so many sites bring at best, and if they are chosen one after the other.

    Parameters
    ----------
    count
        How many.
    best
        The best so many: other sites, perhaps, than the best one fewer.
    step_by_step
        Those of one fewer, and one more; its gap is to the best.
    """

    count: int
    best: Siting
    step_by_step: Siting


def by_count(
    demand: Demand, most: int, *, seconds: float, aim: Aim = "within"
) -> tuple[AtCount, ...]:
    """
    Tell what one site brings, what two bring, and so on.

    Parameters
    ----------
    demand, aim
        As in `step_by_step`.
    most
        Up to how many sites, from 1 up.
    seconds
        How long to look for all the best together; each has its share of what is left.

    Returns
    -------
    curve
        By count, from 1; it ends where another site brings nothing more, so it may be
        empty. More sites never bring less.

    Raises
    ------
    QuestionError
        If `most` is below 1.

    Examples
    --------
    The middle one brings most alone, but the outer two together bring more:

    >>> import numpy as np
    >>> from geo.times import Times
    >>> walks = [0, 1, 1, 2, 2, 3], [0, 0, 1, 1, 2, 2], np.full(6, 5.0)
    >>> times = Times.of_walks(*walks, shape=(4, 3), cutoff_min=15)
    >>> demand = Demand(np.array([3.0, 4.0, 4.0, 3.0]), np.full(4, np.inf), times, within=10)
    >>> curve = by_count(demand, 3, seconds=10)
    >>> [point.best.people for point in curve], [point.step_by_step.people for point in curve]
    ([8.0, 14.0, 14.0], [8.0, 11.0, 14.0])
    """
    require_count(most)
    end, by_aim = monotonic() + seconds, gains_by_aim(demand)
    gains = by_aim[aim]
    chosen, start, curve = greedy(gains, most).chosen, None, []
    for count in range(1, len(chosen) + 1):
        share = max(end - monotonic(), 0.0) / (len(chosen) - count + 1)
        best = optimum(gains, count, seconds=share, start=start)
        some = Best(Found(chosen[:count], gains.worth(chosen[:count])), best.most)
        curve.append(AtCount(count, told(by_aim, best), told(by_aim, some, sought=False)))
        start = best.found
    return tuple(curve)
