"""Figures find their land: by its number, or by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.files.numbers import identifier
from data.files.vocabulary import folded
from data.text import plain
from geo.errors import Message, SourceError

NUMBERED = re.compile(r"(?:.*\D)?(\d+)|(\d+)\s+\D+")
NAMED = 12
"""So many names stand in a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """
    Which land belongs to which figures.

    Parameters
    ----------
    land
        On the index of the figures that found any: its shape, and `code`, the land's own
        number or name as the borders have it.
    lonely
        Labels of figures that found none.
    notes
        By what they were joined, and which land is left without figures.
    """

    land: gpd.GeoDataFrame
    lonely: tuple[object, ...]
    notes: tuple[Message, ...]


def code_key(text: str) -> str:
    """
    Return what two ways of writing an official number have in common.

    Words before the digits and zeros at their head do not matter; a name after them
    neither. What has letters among its digits is compared whole.

    Examples
    --------
    >>> code_key("extrawardoslo_nor030116"), code_key("030116"), code_key("30116.0")
    ('30116', '30116', '30116')
    >>> code_key("1804 Bodø"), code_key("0114A0010"), code_key("Vest")
    ('1804', '0114a0010', 'vest')
    """
    told = identifier(text)
    if re.search(r"\d[^\W\d_]+\d", told):
        return folded(told)
    found = NUMBERED.fullmatch(told)
    return (found[1] or found[2]).lstrip("0") or "0" if found else folded(told)


def joined(figures: pd.DataFrame, borders: gpd.GeoDataFrame) -> Joined:
    """
    Find the land of figures.

    Every column of the borders is tried, as number and as name; the pair that finds
    most is taken, a number rather than a name where both find the same. Pieces of land
    under one key are one.

    Parameters
    ----------
    figures
        Columns `code`, `name` or both, as texts; one row per zone.
    borders
        Polygons with any columns.

    Raises
    ------
    SourceError
        If nothing fits.

    Examples
    --------
    >>> figures = pd.DataFrame({"code": ["wardoslo_nor030101", "nor030199"]})
    >>> borders = gpd.GeoDataFrame({"nr": ["030101"]}, geometry=[shapely.box(0, 0, 1, 1)])
    >>> found = joined(figures, borders)
    >>> found.land["code"].tolist(), found.lonely, str(found.notes[0])
    (['030101'], (1,), 'Figures and borders were joined by code and nr: 1 of 2 fit.')
    """
    columns = [one for one in borders.columns if one != borders.geometry.name]
    tried = []
    for own in ("code", "name"):
        if own not in figures:
            continue
        key = code_key if own == "code" else folded
        mine = figures[own].astype(str).map(key)
        for column in columns:
            theirs = borders[column].astype(str).map(key)
            fits = mine.isin(set(theirs) - {""})
            # Of two that find as much: numbers first, then what names each land once.
            tried.append((int(fits.sum()), own == "code", theirs.nunique(), own, column))
    best = max(tried, default=(0, False, 0, "", ""))
    if not best[0]:
        raise SourceError(
            "No figure fits any of the borders, neither by number nor by name:"
            " figures are of {own}, borders of {other}.",
            own=_some(figures.iloc[:, 0]),
            other=_some(borders[columns[0]] if columns else pd.Series(dtype=str)),
        )
    return _taken(figures, borders, best[3], best[4])


def _taken(figures: pd.DataFrame, borders: gpd.GeoDataFrame, own: str, column: str) -> Joined:
    key = code_key if own == "code" else folded
    mine = figures[own].astype(str).map(key)
    theirs = borders[column].astype(str).map(key).to_numpy()
    shapes: dict[str, object] = {}
    codes: dict[str, str] = {}
    for one in dict.fromkeys(mine[mine.isin(set(theirs) - {""})]):
        at = np.flatnonzero(theirs == one)
        shapes[one] = _one(borders.geometry.to_numpy()[at])
        codes[one] = identifier(str(borders[column].iloc[int(at[0])]))
    fits = mine.isin(shapes)
    land = gpd.GeoDataFrame(
        {"code": mine[fits].map(codes)},
        geometry=[shapes[one] for one in mine[fits]],
        crs=borders.crs,
    )
    by = Message(
        "Figures and borders were joined by {own} and {column}: {n} of {all} fit.",
        {"own": own, "column": plain(column), "n": int(fits.sum()), "all": len(figures)},
    )
    notes = [by]
    if bare := sorted({str(borders[column].iloc[int(i)]) for i in _bare(theirs, mine)}):
        text = "Borders without figures ({n}): {names}."
        notes.append(Message(text, {"n": len(bare), "names": _some(pd.Series(bare))}))
    return Joined(land, tuple(mine.index[~fits]), tuple(notes))


def _bare(theirs: NDArray[np.object_], mine: pd.Series[str]) -> NDArray[np.int64]:
    return np.flatnonzero(~np.isin(theirs.astype(str), mine.to_numpy().astype(str)))


def _one(shapes: NDArray[np.object_]) -> object:
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


def _some(values: pd.Series[str]) -> str:
    """Return the first few different values, for a sentence."""
    told = list(dict.fromkeys(values.astype(str)))
    return plain(", ".join(told[:NAMED]) + (" …" if len(told) > NAMED else "")) or "-"
