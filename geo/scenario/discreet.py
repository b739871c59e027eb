"""What is told of some changes must not give away a few of others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from math import inf, nan

from geo import company
from geo.coverage import few
from geo.scenario.gained import AFTER, GAINS, LOSES, Change
from geo.tables import AGES, EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS

Changes = Mapping[str, Change]


def among(found: Changes) -> dict[str, Change]:
    """
    Return the changes of groups, with what is withheld for the sake of a few others.

    All ages together are everybody; so are those with low income and all others. The sides
    of a change are withheld as `geo.company.among` does it, who gains and who loses as
    `partition`.

    Parameters
    ----------
    found
        By group, everybody among them; `before` as it was answered.

    Examples
    --------
    >>> from geo.coverage import Reach
    >>> def some(people, within, gains):
    ...     after = Reach(people, within + gains, 0.0)
    ...     return Change(Reach(people, within, 0.0), after, gains, 0.0)
    >>> found = {"everybody": some(300.0, 60.0, 73.0), "youth": some(80.0, 20.0, 3.0),
    ...     "adults": some(150.0, 20.0, 60.0), "older_80": some(70.0, 20.0, 10.0)}
    >>> {key: sorted(one.withheld) for key, one in among(found).items()}
    {'everybody': [], 'youth': [], 'adults': [], 'older_80': ['after', 'gains']}
    """
    after = company.among({key: one.after for key, one in found.items()})
    shown = {key: _withholding(one, after[key].withheld) for key, one in found.items()}
    every = shown[EVERYBODY]
    shown |= partition({key: shown[key] for key in AGES if key in shown}, every.told)
    for key in (LOW_INCOME, LOW_INCOME_AREAS):
        if key in shown:
            shown[key] = _beside(shown[key].told, every.told, shown[key])
    come = company.among({key: one.newcomers for key, one in found.items()})
    return {key: replace(one, newcomers=come[key]) for key, one in shown.items()}


def parted(rows: Changes, whole: Change, *, last: Collection[str] = ()) -> dict[str, Change]:
    """
    Return the changes of parts of a group, such as its areas, as `partition`.

    Besides, what is not told of the whole is told of no part. And what is hidden of the
    parts is together no few even where the whole is not told: it might be worked out, beside
    another whole.

    Examples
    --------
    >>> from geo.coverage import Reach
    >>> same = Reach(90.0, 40.0, 0.0)
    >>> whole = Change(same, same, 20.0, 20.0, withheld=frozenset({"gains"}))
    >>> part = Change(same, same, 20.0, 20.0)
    >>> [sorted(one.hidden) for one in parted({"a": part}, whole).values()]
    [['gains']]
    """
    less = {
        key: replace(one, withheld=one.withheld | whole.hidden) for key, one in rows.items()
    }
    if "all" in (whole.before.withheld, whole.after.withheld):
        return {key: _withholding(one, "all") for key, one in less.items()}
    return partition(less, whole, last=last)


def partition(rows: Changes, whole: Change, *, last: Collection[str] = ()) -> dict[str, Change]:
    """
    Return the changes of parts that are together a whole of which is told as well.

    So a lone hidden number would be what is left. The part of fewest people joins it,
    until those that are hidden are together no few: in how many there are, who is within
    before and after, who gains and still lacks, and who loses and stays.

    Parameters
    ----------
    rows
        By key; nobody is in two of them.
    whole
        All of them together: `nan` is not compared.
    last
        Keys of what is told elsewhere, too: they join after all others.

    Returns
    -------
    rows
        With what is withheld.
    """
    shown = _sides(_nameless(rows, whole), whole, last)
    return _losing(_gaining(shown, whole, last), whole, last)


def _nameless(rows: Changes, whole: Change) -> dict[str, Change]:
    """Withhold how many they are."""
    people = {key: (one.before.people,) for key, one in rows.items()}
    nameless = [key for key, one in rows.items() if _has_no_name(one)]
    hidden = company.company(nameless, people, (whole.before.people,))
    more = {key for key in hidden if not few(rows[key].before.people)}
    return {key: _withholding(one, "all") if key in more else one for key, one in rows.items()}


def _has_no_name(one: Change) -> bool:
    return few(one.before.people) or "all" in (one.before.withheld, one.after.withheld)


def _sides(rows: Changes, whole: Change, last: Collection[str]) -> dict[str, Change]:
    """Withhold everything of parts that are within, or beyond, beside a few others."""
    numbers = {
        key: (_rank(key, one.before.people, last), *_ends(one.told))
        for key, one in rows.items()
    }
    nothing = [key for key, one in rows.items() if one.before.hidden or one.after.hidden]
    hidden = company.company(nothing, numbers, (nan, *_ends(whole)))
    more = hidden - set(nothing)
    return {
        key: _withholding(one, "parts") if key in more else one for key, one in rows.items()
    }


def _ends(one: Change) -> tuple[float, ...]:
    before, after = one.before, one.after
    return before.within, before.beyond, after.within, after.beyond


def _gaining(rows: Changes, whole: Change, last: Collection[str]) -> dict[str, Change]:
    """Withhold how many gain of parts beside others of whom a few do, or still lack."""
    numbers = {
        key: (_rank(key, one.before.beyond, last), told.gains, told.lack, one.lack)
        for key, one in rows.items()
        for told in [one.told]
    }
    secret = [key for key, one in rows.items() if GAINS in one.hidden or few(one.gains)]
    hidden = company.company(secret, numbers, (nan, whole.gains, whole.lack, whole.lack))
    return _without(rows, hidden - set(secret), GAINS)


def _losing(rows: Changes, whole: Change, last: Collection[str]) -> dict[str, Change]:
    """Withhold how many lose of parts beside others of whom a few do, or stay within."""
    numbers = {
        key: (_rank(key, one.before.within, last), told.loses, told.stay, one.stay)
        for key, one in rows.items()
        for told in [one.told]
    }
    secret = [key for key, one in rows.items() if LOSES in one.hidden or few(one.loses)]
    hidden = company.company(secret, numbers, (nan, whole.loses, whole.stay, whole.stay))
    return _without(rows, hidden - set(secret), LOSES)


def _rank(key: str, people: float, last: Collection[str]) -> float:
    """Return by what parts stand in order to join those that are hidden."""
    return inf if key in last else people


def _without(rows: Changes, keys: Collection[str], what: str) -> dict[str, Change]:
    """Withhold what would tell it as the difference of before and after, too."""
    more = {what, AFTER}
    return {
        key: replace(one, withheld=one.withheld | more) if key in keys else one
        for key, one in rows.items()
    }


def _withholding(one: Change, withheld: str) -> Change:
    """Return a change of which either side withholds what one of them does."""
    of = {withheld, one.before.withheld, one.after.withheld}
    if of == {""}:
        return one
    most = "all" if "all" in of else "parts"
    return replace(
        one,
        before=replace(one.before, withheld=most),
        after=replace(one.after, withheld=most),
    )


def _beside(told: Change, every: Change, one: Change) -> Change:
    """Withhold of a group how many gain, or lose, where all others who do are a few."""
    gains = [every.gains - told.gains, every.lack - told.lack]
    loses = [every.loses - told.loses, every.stay - told.stay]
    gains += [every.gains - told.gains_in[1]] if told.gains_in else []
    loses += [every.loses - told.loses_in[1]] if told.loses_in else []
    hidden = {GAINS, AFTER} if any(map(few, gains)) else set()
    hidden |= {LOSES, AFTER} if any(map(few, loses)) else set()
    return replace(one, withheld=one.withheld | hidden)
