"""Who comes within reach by a change, and who gets beyond: of the same people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan

import numpy as np

from geo.between import Band, Pair
from geo.coverage import NOBODY, Bands, Reach, few, reach
from geo.paths.network import Bools, Floats, Ints

GAINS, LOSES, BEFORE, AFTER = "gains", "loses", "before", "after"
SIDES = frozenset({BEFORE, AFTER})
ALL = SIDES | {GAINS, LOSES}
"""What is told of a change, each for itself or not."""

NO_ONE = Reach(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Change:
    """
    How the same people are placed against a limit before a change and after.

    Parameters
    ----------
    before, after
        Of those who live there today.
    gains, loses
        How many of them come within the limit, and how many get beyond.
    gains_in, loses_in
        Between what these lie where they rest on numbers that are rounded or
        suppressed; `None` where they are exact, or unknown.
    newcomers
        Those who move into new homes, apart: no gain is theirs.
    withheld
        Some of `ALL`: what is not told for the sake of a few others, see
        `geo.scenario.discreet`.

    Examples
    --------
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 50.0, 0.0), gains=40.0, loses=10.0)
    >>> one.stay, one.lack, sorted(one.hidden)
    (10.0, 30.0, [])
    """

    before: Reach
    after: Reach
    gains: float
    loses: float
    gains_in: Pair | None = None
    loses_in: Pair | None = None
    newcomers: Reach = NO_ONE
    withheld: frozenset[str] = frozenset()

    @property
    def stay(self) -> float:
        """Those who are within before and after."""
        return self.before.within - self.loses

    @property
    def lack(self) -> float:
        """Those who are beyond before and after."""
        return self.before.beyond - self.gains

    @property
    def hidden(self) -> frozenset[str]:
        """
        Which of `ALL` are not told.

        Who is within after the change is who was before, and who gains, less who loses:
        of these four, a few are never what is left of the other three. So nothing is told
        where something of either side is hidden, but that nobody gains or loses. Where a
        few gain, lose, stay within or stay beyond, it is not told who is within after the
        change: if a few gain or lose, it is told that they are a few; if a few stay within,
        it is not told how many lose, and if a few stay beyond, not how many gain.

        Examples
        --------
        >>> few_gain = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 23.0, 0.0), 3.0, 0.0)
        >>> few_lack = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 60.0, 0.0), 67.0, 27.0)
        >>> few_lack.lack, [sorted(one.hidden) for one in (few_gain, few_lack)]
        (3.0, [['after'], ['after', 'gains']])
        """
        if self.before.hidden or self.after.hidden:
            same = self.before.hidden and self.after.hidden
            still = same and max(self.gains, self.loses) < NOBODY
            return (SIDES if still else ALL) | self.withheld
        hidden, stay, lack = set(self.withheld), few(self.stay), few(self.lack)
        gains, loses = few(self.gains), few(self.loses)
        hidden |= {AFTER} if stay or lack or gains or loses else set()
        hidden |= {LOSES} if stay and not loses else set()
        hidden |= {GAINS} if lack and not gains else set()
        return frozenset(hidden)

    @property
    def told(self) -> Change:
        """
        What may be told of it: `nan` for a few, and for what would give a few away.

        Examples
        --------
        >>> told = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 23.0, 0.0), 3.0, 0.0).told
        >>> told.before.within, told.after.within, told.gains, told.loses
        (20.0, nan, nan, 0.0)
        """
        hidden = self.hidden
        gains, gains_in = _told(self.gains, self.gains_in, GAINS in hidden)
        loses, loses_in = _told(self.loses, self.loses_in, LOSES in hidden)
        nameless = "all" in (self.before.withheld, self.after.withheld)
        people = nan if nameless else self.before.told.people
        return Change(
            before=_side(self.before, people, BEFORE in hidden),
            after=_side(self.after, people, AFTER in hidden),
            gains=gains,
            loses=loses,
            gains_in=gains_in,
            loses_in=loses_in,
            newcomers=self.newcomers.told,
            withheld=self.withheld,
        )


def _told(value: float, ends: Pair | None, hidden: bool) -> tuple[float, Pair | None]:
    if hidden or few(value):
        return nan, None
    return value, None if ends is None else Band(ends, (0.0, 0.0)).told.within


def _side(reach: Reach, people: float, hidden: bool) -> Reach:
    return Reach(people, nan, nan) if hidden else replace(reach.told, people=people)


def banded(band: Bands, homes: Bools | Ints) -> Bands:
    """
    Return the least and the most that live in some homes.

    Examples
    --------
    >>> import numpy as np
    >>> banded((np.array([1.0, 2.0]), np.array([4.0, 8.0])), np.array([False, True]))
    (array([2.]), array([8.]))
    """
    return band[0][homes], band[1][homes]


def change(
    people: Floats, before: Floats, after: Floats, *, within: float, band: Bands | None = None
) -> Change:
    """
    Count who comes within a limit, and who gets beyond.

    Parameters
    ----------
    people
        Of the group, in each home.
    before, after
        Their walk in minutes; `inf` where there is no way.
    within
        The limit; a walk exactly as long is within.
    band
        The least and the most that live in each home, as in `geo.coverage.reach`.

    Returns
    -------
    change
        What is unknown of homes for which nothing changes makes no gain unknown.

    Examples
    --------
    >>> import numpy as np
    >>> people, was = np.array([8.0, 9.0, np.nan]), np.array([12.0, 9.0, 3.0])
    >>> one = change(people, was, np.array([9.0, 12.0, 3.0]), within=10)
    >>> one.gains, one.loses, one.before.within
    (8.0, 9.0, nan)
    """
    near, then = before <= within, after <= within
    gains, loses = (_of(people, those, band) for those in (then & ~near, near & ~then))
    return Change(
        before=reach(people, before, within=within, band=band),
        after=reach(people, after, within=within, band=band),
        gains=gains.people,
        loses=loses.people,
        gains_in=None if gains.band is None else gains.band.within,
        loses_in=None if loses.band is None else loses.band.within,
    )


def _of(people: Floats, those: Bools, band: Bands | None) -> Reach:
    """Return who lives in some homes: all of them are within a limit of their own."""
    some = None if band is None else banded(band, those)
    return reach(people[those], np.zeros(those.sum()), within=0.0, band=some)
