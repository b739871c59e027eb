"""Which homes and candidates decide how few sites are enough: most do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.paths.network import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """
    Who has to be reached, from where.

    Parameters
    ----------
    candidates
        Numbers of the candidates, lowest first.
    members
        Groups of homes × those candidates: from where each group is reached.
    people
        By group.
    room
        By candidate: for how many people it has room; `inf` if for all.
    """

    candidates: Ints
    members: Bools
    people: Floats
    room: Floats

    def only(self, groups: Bools, columns: Bools) -> Cover:
        """Return some groups, as they are reached from some candidates."""
        members = self.members[groups][:, columns]
        return Cover(self.candidates[columns], members, self.people[groups], self.room[columns])


def reduced(cover: Cover) -> Cover:
    """
    Leave out what decides nothing by dominance (Toregas & ReVelle 1973).

    A candidate is left out if another with room for all reaches everybody that it does.
    A group is left out if another is reached only from candidates with room for all, and
    from no candidate from which it is not. Groups reached from the same candidates are
    one. As few sites are enough as before.

    Parameters
    ----------
    cover
        Every group can be reached.

    Returns
    -------
    reduced
        Of equal ones the first stays.

    Examples
    --------
    Who reaches the first home reaches the second, so one site is enough:

    >>> members = np.array([[True, True, False], [True, True, True]])
    >>> few = reduced(Cover(np.arange(3), members, np.ones(2), np.full(3, np.inf)))
    >>> few.candidates.tolist(), few.members.tolist()
    ([0], [[True]])
    """
    before = (-1, -1)
    while cover.members.shape != before:
        before = cover.members.shape
        cover = _merged(cover)
        whole = np.isinf(cover.room)
        every = np.ones(len(cover.members), dtype=bool)
        cover = cover.only(every, ~_within_others(cover.members.T, whole))
        decided = cover.members[:, np.isinf(cover.room)].sum(axis=1)
        whole = decided == cover.members.sum(axis=1)
        every = np.ones(len(cover.candidates), dtype=bool)
        cover = cover.only(~_within_others(~cover.members, whole), every)
    return cover


def _merged(cover: Cover) -> Cover:
    """Make groups that are reached from the same candidates one."""
    packed = np.packbits(cover.members, axis=1)
    _, first, of = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    people = np.bincount(of.ravel(), cover.people, len(first)).astype(np.float64)
    order = np.argsort(first)
    return Cover(cover.candidates, cover.members[first[order]], people[order], cover.room)


def _within_others(sets: Bools, may: Bools) -> Bools:
    """Return which sets, one a row, lie within another that may stand for them."""
    out = np.zeros(len(sets), dtype=bool)
    for row in np.lexsort((np.arange(len(sets)), ~may, -sets.sum(axis=1))):
        if may[row] and not out[row]:
            inside: Bools = ~np.any(sets[:, ~sets[row]], axis=1)
            inside[row] = False
            out |= inside
    return out
