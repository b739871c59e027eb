"""How few sites are enough for all who can be within the limit."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf
from time import monotonic

import numpy as np
from numpy.typing import ArrayLike

from geo.errors import QuestionError
from geo.paths.network import Bools, Ints
from geo.siting.coverage import CELLS_A_SECOND, pieces
from geo.siting.demand import Demand
from geo.siting.gains import Found, Gains, gains_by_aim
from geo.siting.greedy import lowest, ordered
from geo.siting.reducing import Cover, reduced
from geo.siting.siting import Siting, steps

SLACK = 1e-6
"""By so little a solver's bound may be above a whole number of sites, and not mean more."""


def fewest(demand: Demand, *, seconds: float, room: ArrayLike | None = None) -> Siting:
    """
    Choose as few sites as are enough for all who can be within the limit.

    Location set covering (Toregas et al. 1971, 10.1287/opre.19.6.1363), with rooms of
    limited size if they are known (Current & Storbeck 1988); spopt's `LSCP` by HiGHS.

    Parameters
    ----------
    demand
        Who is to be served, and from where. Whom no candidate brings within is told by
        `Demand.out_of_reach`, and asks for nothing here.
    seconds
        How long to look at most. Then the fewest so far are returned, with their gap.
    room
        By candidate: for how many people it has room, `nan` if unknown: then for all. Those
        who live in one home may go to several places. No other way of siting asks for
        room: whom a full place turns away is not modelled there.

    Returns
    -------
    siting
        The site that brings most people comes first, as if each had room for all who come.
        Its gap is the share of the sites that may be too many. Without limited rooms, no
        site can be exchanged for a candidate of a lower row. With them, where time was
        up before any answer was found: no sites, and a gap of 1.

    Raises
    ------
    QuestionError
        If there is not room for all, whatever is chosen.

    Examples
    --------
    One candidate is near one of two homes, the other near both, but with room for five:

    >>> from geo.times import Times
    >>> walks = [0, 0, 1], [0, 1, 1], [5.0, 5.0, 5.0]
    >>> times = Times.of_walks(*walks, shape=(2, 2), cutoff_min=15)
    >>> demand = Demand(np.array([4.0, 2.0]), np.full(2, np.inf), times, within=10)
    >>> fewest(demand, seconds=10).chosen
    (1,)
    >>> fewest(demand, seconds=10, room=[np.nan, 5.0]).chosen
    (1, 0)
    """
    end, by_aim = monotonic() + seconds, gains_by_aim(demand)
    gains = by_aim["within"]
    candidates = gains.useful
    if not len(candidates):
        return Siting((), gap=0.0, stopped=False)
    found = pieces(gains, candidates)
    places = np.full(demand.times.places, inf) if room is None else np.array(room, float)
    cover = _with_room(Cover(candidates, found.members, found.worth, places[candidates]))
    few = reduced(cover)
    columns, least = _enough(few, end)
    if not len(columns):
        return Siting((), gap=1.0, stopped=True)
    chosen = few.candidates[columns].tolist()
    if np.isinf(cover.room).all():
        chosen = _lowest(gains, chosen)
    gap = 1 - least / len(chosen)
    return Siting(steps(by_aim, ordered(gains, chosen)), gap, stopped=gap > 0)


def _with_room(cover: Cover) -> Cover:
    """Take an unknown room, and one for all who could come, as room for all."""
    could_come = cover.people @ cover.members
    some = cover.room < could_come  # never so where it is unknown
    return replace(cover, room=np.where(some, cover.room, inf))


def _lowest(gains: Gains, chosen: list[int]) -> list[int]:
    homes = replace(gains, gain=np.ones(len(gains.gain)))
    return list(lowest(homes, Found(tuple(chosen), homes.worth(chosen))).chosen)


def _enough(cover: Cover, end: float) -> tuple[Ints, int]:
    """Return the columns that are enough, and how many are needed at least."""
    limited = not np.isinf(cover.room).all()
    start = np.empty(0, np.intp) if limited else _one_by_one(cover.members)
    least = _apart(cover.members)
    if not limited and len(start) == least:
        return start, least
    columns, solved = _solved(cover, end, limited=limited)
    if not len(columns) or (len(start) and len(start) <= len(columns)):
        columns = start
    return columns, min(max(least, solved), max(len(columns), 1))


def _one_by_one(members: Bools) -> Ints:
    """Choose whoever reaches most of the groups that are left, until none is."""
    left, chosen = np.ones(len(members), dtype=bool), []
    while left.any():
        chosen.append(int(members[left].sum(axis=0).argmax()))
        left &= ~members[:, chosen[-1]]
    return np.array(chosen, dtype=np.intp)


def _apart(members: Bools) -> int:
    """Count groups of which no two are reached from one candidate: each needs its own."""
    used, count = np.zeros(members.shape[1], dtype=bool), 0
    for row in np.argsort(members.sum(axis=1), kind="stable"):
        if not (members[row] & used).any():
            used |= members[row]
            count += 1
    return count


def _solved(cover: Cover, end: float, *, limited: bool) -> tuple[Ints, int]:
    """Return what the solver finds, if anything, and how many it says are needed."""
    nothing = np.empty(0, dtype=np.intp)
    if monotonic() + cover.members.size * (3 if limited else 1) / CELLS_A_SECOND > end:
        return nothing, 0
    import pulp  # noqa: PLC0415 - spopt takes two seconds to import
    from spopt.locate import LSCP  # noqa: PLC0415

    total = float(cover.people.sum())
    room = np.minimum(cover.room, total)
    if room.sum() < total * (1 - SLACK):
        raise _no_room()
    known = {"demand_quantity_arr": cover.people, "facility_capacity_arr": room}
    walks = np.where(cover.members, 0.0, inf)
    model = LSCP.from_cost_matrix(walks, service_radius=0.0, **(known if limited else {}))
    solver = pulp.HiGHS(msg=False, gapRel=0, gapAbs=0, timeLimit=max(end - monotonic(), 0.0))
    model.problem.solve(solver)
    if model.problem.status == pulp.LpStatusInfeasible:
        raise _no_room()
    if model.problem.status != pulp.LpStatusOptimal:
        return nothing, 0
    least = ceil(model.problem.solverModel.getInfo().mip_dual_bound - SLACK)
    return np.flatnonzero([site.value() > 0.5 for site in model.fac_vars]), least


def _no_room() -> QuestionError:
    return QuestionError(
        "All candidates together do not have room for all who could be within the limit."
    )
