"""Places that are there no more, or are open to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from geo.bundle import Bundle
from geo.errors import Message, ScenarioError
from geo.model import Kind
from geo.scenario.edits import Close, Open

Kinds = Mapping[str, Kind]


def closed(bundle: Bundle, edit: Close) -> Bundle:
    """
    Return an area without a place and its entrances.

    Parameters
    ----------
    bundle, edit
        As in `geo.scenario.placing.added`.

    Raises
    ------
    ScenarioError
        If there is no such place.

    Examples
    --------
    >>> import shapely
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> closed(here, Close("w1"))
    Traceback (most recent call last):
    geo.errors.ScenarioError: There is no place w1 here any more.
    """
    known_place(bundle, edit.place)
    entrances = bundle.entrances
    return replace(
        bundle,
        places=bundle.places.drop(index=edit.place),
        entrances=entrances[(entrances["place_id"] != edit.place).to_numpy()],
    )


def opened(bundle: Bundle, edit: Open, kinds: Kinds) -> Bundle:
    """
    Return an area in which a place is open to others at such hours.

    Parameters
    ----------
    bundle, edit, kinds
        As in `geo.scenario.placing.added`.

    Raises
    ------
    ScenarioError
        If there is no such place or kind.

    Examples
    --------
    >>> import shapely
    >>> from geo.bundle import Area, blank
    >>> from geo.scenario.edits import Add
    >>> from geo.scenario.placing import added
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> of = {key: Kind(key, "", "", "both", (), "", (), (), "") for key in ("pool", "hall")}
    >>> before = added(here, Add("pool", (50.0, 20.0)), of)
    >>> after = opened(before, Open("new-pool-50.0-20.0", "Sa 10:00-16:00", "hall"), of)
    >>> after.places[["kinds", "opening_hours"]].to_numpy().tolist()
    [['pool;hall', 'Sa 10:00-16:00']]
    """
    row = known_place(bundle, edit.place)
    of = str(row["kinds"]).split(";")
    if edit.kind:
        of = list(dict.fromkeys([*of, known_kind(edit.kind, kinds).key]))
    places = bundle.places.copy()
    places.loc[edit.place, ["kinds", "opening_hours"]] = [";".join(of), edit.hours]
    return replace(bundle, places=places)


def known_kind(key: str, kinds: Kinds) -> Kind:
    """
    Return a kind of place by its key.

    Raises
    ------
    ScenarioError
        If there is none.

    Examples
    --------
    >>> known_kind("pub", {})
    Traceback (most recent call last):
    geo.errors.ScenarioError: There is no kind pub.
    """
    if key not in kinds:
        raise ScenarioError("There is no {what} {key}.", what=Message("kind"), key=key[:40])
    return kinds[key]


def known_place(bundle: Bundle, place: str) -> pd.Series[Any]:
    """
    Return what is known of a place, by its id.

    Raises
    ------
    ScenarioError
        If there is none.

    Examples
    --------
    >>> import shapely
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> known_place(here, "w1")
    Traceback (most recent call last):
    geo.errors.ScenarioError: There is no place w1 here any more.
    """
    if place not in bundle.places.index:
        raise ScenarioError("There is no place {place} here any more.", place=place[:60])
    found: pd.Series[Any] = bundle.places.loc[place]
    return found
