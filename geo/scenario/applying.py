"""A scenario applied to the inputs: an area as it would be, edit after edit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from geo.bundle import Bundle
from geo.errors import ScenarioError
from geo.scenario.edits import Add, Close, Edit, House, Mend, Move, Open, Path
from geo.scenario.housing import housed
from geo.scenario.laying import laid
from geo.scenario.mending import mended
from geo.scenario.opening import Kinds, closed, opened
from geo.scenario.placing import added, moved
from geo.scenario.scenario import Scenario
from geo.town import Town, prepare


def edited(bundle: Bundle, edit: Edit, kinds: Kinds) -> Bundle:
    """
    Return an area after one edit; tables that it does not touch are the same ones.

    Rows that stay as they are keep their labels, and new ones have labels of their own.

    Parameters
    ----------
    bundle
        The area as it is.
    edit
        What is changed.
    kinds
        The kinds of place there are.

    Raises
    ------
    ScenarioError
        If it is impossible here.

    Examples
    --------
    >>> import shapely
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> land = ((0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0))
    >>> after = edited(here, House(land, (("everybody", 30.0),)), {})
    >>> after.homes["everybody"].tolist(), after.paths is here.paths
    ([30.0], True)
    """
    match edit:
        case Add():
            after = added(bundle, edit, kinds)
        case Move():
            after = moved(bundle, edit)
        case Close():
            after = closed(bundle, edit)
        case Open():
            after = opened(bundle, edit, kinds)
        case Path():
            after = laid(bundle, edit)
        case Mend():
            after = mended(bundle, edit)
        case House():
            after = housed(bundle, edit)
    return after


def applied(bundle: Bundle, scenario: Scenario, kinds: Kinds) -> Bundle:
    """
    Return an area as it would be after all edits of a scenario.

    Parameters
    ----------
    bundle, kinds
        As in `edited`.
    scenario
        The edits, each made in what the others before it have left.

    Raises
    ------
    ScenarioError
        Telling which of the edits is impossible, and why.

    Examples
    --------
    >>> import shapely
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> applied(here, Scenario((Close("w1"),)), {})
    Traceback (most recent call last):
    geo.errors.ScenarioError: Change 1: There is no place w1 here any more.
    """
    for n, edit in enumerate(scenario.edits, 1):
        with numbered(n):
            bundle = edited(bundle, edit, kinds)
    return bundle


def prepared(bundle: Bundle, scenario: Scenario, kinds: Kinds) -> Town:
    """
    Return an area made ready for questions about what a scenario makes of it.

    Parameters
    ----------
    bundle, scenario, kinds
        As in `applied`.

    Raises
    ------
    ScenarioError
        As in `applied`.

    Examples
    --------
    >>> import shapely
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> prepared(here, Scenario(), {}).network.junctions
    0
    """
    return prepare(applied(bundle, scenario, kinds))


@contextmanager
def numbered(n: int) -> Iterator[None]:
    """
    Say of an edit that is impossible which of a scenario it is, counted from 1.

    Examples
    --------
    >>> with numbered(2):
    ...     raise ScenarioError("This lies in water.")
    Traceback (most recent call last):
    geo.errors.ScenarioError: Change 2: This lies in water.
    """
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError("Change {n}: {why}", n=n, why=error.message) from None
