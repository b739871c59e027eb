"""The door for a municipality's own files: look, let somebody check, then read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon

from data.files.applying import apply
from data.files.coordinates import crs_of
from data.files.guessing import guess
from data.files.hints import Guess, Hint
from data.files.kept import find_recipe
from data.files.limits import Given, shown
from data.files.opening import opened
from data.files.placing import shapes_of
from data.files.raw import Raw
from data.files.recipe import Recipe
from data.files.report import Report
from data.files.zoned import POLYGONS
from data.http import Get
from data.known import Known
from data.services.addresses import Located, located
from data.services.service import Land
from data.text import plain
from geo.crs import WGS84
from geo.errors import SourceError

FIRST = 20
"""Rows that are shown before a file is used."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """
    What a file seems to be, before anything is made of it.

    Parameters
    ----------
    preview
        Its first rows, plain; the index is the row number as the file shows it.
    guess
        How it would be read, and why.
    remembered
        The recipe of an earlier file of that name, or `None`.
    rows
        How many there are.
    layers
        Of its layers or sheets, one of which was looked at.
    """

    preview: pd.DataFrame
    guess: Guess
    remembered: Recipe | None
    rows: int
    layers: tuple[str, ...]

    @property
    def recipe(self) -> Recipe:
        """The remembered recipe, or else the guessed one."""
        return self.remembered or self.guess.recipe

    @property
    def doubts(self) -> tuple[Hint, ...]:
        """What is not sure of the guess; nothing if somebody confirmed a recipe."""
        confirmed = self.remembered is not None and self.remembered.confirmed
        return () if confirmed else self.guess.doubts


def look(given: Given | Raw, name: str, *, land: Land | None = None, layer: str = "") -> Look:
    r"""
    Look at a file.

    Parameters
    ----------
    given, name
        A path, what was uploaded, or a table of a database; and its name.
    land
        Where it is supposed to be.
    layer
        Which layer or sheet; `""` for that of the remembered recipe, or the first.

    Raises
    ------
    SourceError
        If it cannot be opened, in a sentence that says why and what to do.

    Examples
    --------
    >>> seen = look("navn;lat;lon\nVik skole;65,3;12,2".encode(), "skoler.csv")
    >>> seen.recipe.what, seen.recipe.kind, seen.preview.index.tolist(), seen.doubts
    ('places', 'school', [2], ())
    """
    known = find_recipe(name)
    told = known or Recipe("unknown", name)
    raw = _opened(given, replace(told, layer=layer or told.layer), name)
    preview = raw.cells.head(FIRST).map(plain).set_axis(raw.rows[:FIRST], axis=0)
    return Look(preview, guess(raw, name, land), known, len(raw), raw.layers)


def read(
    given: Given | Raw,
    recipe: Recipe,
    land: Land,
    get: Get | None = None,
    *,
    name: str = "",
    borders: gpd.GeoDataFrame | None = None,
) -> tuple[Known, Report]:
    """
    Read a file as its recipe says.

    Parameters
    ----------
    given, recipe
        The file or table, and how to read it.
    land
        The area it is for.
    get
        Fetches a URL, to look up addresses; `None`: rows without coordinates stay out.
    name
        Of the file, where `given` is no path.
    borders
        Land for figures that have none, as `borders_of` gives it.

    Raises
    ------
    SourceError
        If the file cannot be opened, or the recipe does not fit it.
    """
    raw = _opened(given, recipe, name)

    def locate(addresses: Sequence[str]) -> Located:
        if get is None:
            return Located(gpd.GeoSeries([], crs=WGS84), tuple(addresses), ())
        return located(addresses, number=land.number, get=get)

    return apply(recipe, raw, land=land, borders=borders, locate=locate)


def borders_of(given: Given | Raw, recipe: Recipe, *, name: str = "") -> gpd.GeoDataFrame:
    """
    Return all polygons of a file with all its columns, for figures of another to be put on.

    Raises
    ------
    SourceError
        If it cannot be opened, or has no polygon.
    """
    raw = _opened(given, recipe, name)
    shapes, _ = shapes_of(raw, recipe)
    land = np.isin(shapely.get_type_id(shapes), POLYGONS)
    if not land.any():
        raise SourceError("{file} has no polygons: it holds no borders.", file=shown(raw.file))
    cells = raw.cells[land].rename(columns={"geometry": "geometry (text)"})
    return gpd.GeoDataFrame(cells, geometry=shapes[land], crs=crs_of(recipe.crs, raw.file))


def boundary_of(given: Given | Raw, recipe: Recipe, *, name: str = "") -> gpd.GeoSeries:
    """
    Return the land that a file of a boundary encloses: one shape, in the file's system.

    Raises
    ------
    SourceError
        If it cannot be opened, or has no polygon.
    """
    pieces = borders_of(given, recipe, name=name).geometry
    whole = shapely.union_all(pieces.to_numpy())
    if not isinstance(whole, Polygon | MultiPolygon):
        raise SourceError("{file} encloses no land.", file=shown(name or recipe.pattern))
    return gpd.GeoSeries([whole], crs=pieces.crs)


def _opened(given: Given | Raw, recipe: Recipe, name: str) -> Raw:
    if isinstance(given, Raw):
        return given
    return opened(
        given,
        name or (given.name if isinstance(given, Path) else recipe.pattern),
        layer=recipe.layer,
        encoding=recipe.encoding,
        separator=recipe.separator,
    )
