"""How the parts of a change are told: a number, a few, too few, nobody, or unknown."""

from __future__ import annotations

from enum import StrEnum
from math import isnan

from geo.between import Pair
from geo.coverage import FEWEST, NOBODY, Reach, few
from geo.scenario.gained import AFTER, BEFORE, GAINS, Change
from layers.telling import people_between, share_between
from words.speaker import Speaker


class State(StrEnum):
    """What can be said of who gains, or of who loses."""

    SOME = "some"
    NOBODY = "nobody"
    UNTOLD = "untold"
    UNKNOWN = "unknown"


def state(one: Change, part: str) -> State:
    """
    Return what can be said of a part of a change.

    Parameters
    ----------
    one
        Of some people.
    part
        `geo.scenario.gained.GAINS` or `LOSES`.

    Examples
    --------
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 50.0, 0.0), gains=30.0, loses=0.0)
    >>> state(one, "gains").value, state(one, "loses").value
    ('some', 'nobody')
    """
    value, ends = _raw(one, part)
    if isnan(value) and ends is None:
        return State.UNKNOWN
    if part in one.hidden:
        return State.UNTOLD
    most = value if ends is None else ends[1]
    return State.NOBODY if most < NOBODY else State.SOME


def some(one: Change, part: str, say: Speaker) -> str:
    """
    Return how many gain, or lose, as they are counted in a sentence.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 54.0, 0.0), gains=37.0, loses=3.0)
    >>> [some(one, part, speaker("en")) for part in ("gains", "loses")]
    ['about 37', 'fewer than 5']
    """
    value = _raw(one, part)[0]
    return counted(value, _raw(one.told, part)[1], say)


def counted(value: float, ends: Pair | None, say: Speaker) -> str:
    """
    Return an estimated number of people as it is counted in a sentence.

    Examples
    --------
    >>> from math import nan
    >>> from words.speaker import speaker
    >>> say = speaker("en")
    >>> [counted(*told, say) for told in ((3.0, None), (8.0, (6.0, 12.0)), (nan, (6.0, 12.0)))]
    ['fewer than 5', 'about 8 (between 6 and 12)', 'between 6 and 12']
    """
    if few(value):
        return say("fewer than {n}", n=FEWEST)
    told = people_between(value, ends, say)
    return told if isnan(value) else say("about {n}", n=told)


def part_text(one: Change, part: str, say: Speaker) -> str:
    """
    Return how many gain, or lose, as it stands in a table.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 60.0, 0.0), gains=67.0, loses=27.0)
    >>> part_text(one, "gains", speaker("en"))
    'Too few to tell'
    """
    found = state(one, part)
    if found in (State.UNKNOWN, State.UNTOLD):
        return say("Unknown") if found is State.UNKNOWN else say("Too few to tell")
    value = _raw(one, part)[0]
    return say.people(value) if few(value) else people_between(*_raw(one.told, part), say)


def people_text(one: Change, say: Speaker) -> str:
    """Return how many live here today, as it stands in a table."""
    if "all" in (one.before.withheld, one.after.withheld):
        return say("Too few to tell")
    band = one.before.told.band
    return _unknown(one.before, say) or people_between(
        one.before.people, band.people if band else None, say
    )


def side_text(one: Change, side: str, say: Speaker) -> str:
    """Return who is within before a change, or after it, as it stands in a table."""
    reach = one.before if side == BEFORE else one.after
    if side in one.hidden:
        return say("Too few to tell")
    band = reach.told.band
    return _unknown(reach, say) or people_between(
        reach.within, band.within if band else None, say
    )


def share_text(one: Change, side: str, say: Speaker) -> str:
    """Return the share of those within before a change, or after it."""
    reach = one.before if side == BEFORE else one.after
    hidden = side in one.hidden
    return (
        say("Too few to tell") if hidden else _unknown(reach, say) or share_between(reach, say)
    )


def shares(one: Change, say: Speaker) -> tuple[str, str] | None:
    """Return the shares within before and after, or `None` if one is not told."""
    untold = isnan(one.before.share) and one.before.told.band is None
    if {BEFORE, AFTER} & one.hidden or untold:
        return None
    return share_between(one.before, say), share_between(one.after, say)


def _unknown(reach: Reach, say: Speaker) -> str:
    unknown = isnan(reach.people) and reach.told.band is None
    return say("Unknown") if unknown else ""


def _raw(one: Change, part: str) -> tuple[float, Pair | None]:
    return (one.gains, one.gains_in) if part == GAINS else (one.loses, one.loses_in)
