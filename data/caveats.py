"""What a reader of an area's figures has to know besides them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from data.known import Known
from geo.errors import Message
from geo.paths.mending import NEAR_M, loose_ends
from geo.paths.network import build, islands
from geo.paths.terrain import Terrain
from geo.tables import AGES, EVERYBODY

FEW = 0.001
"""Less than this share of the paths is not worth a warning."""

NAMED = 5
"""Ways that a warning names; all are told by `python -m data check`."""


def of_places(places: gpd.GeoDataFrame, *, whole: bool) -> tuple[Message, ...]:
    """
    Say what is missing among the places.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`.
    whole
        Whether the area is all of a municipality, read with some land around it.
    """
    said = []
    if not whole:
        said.append(
            Message(
                "Walks and places beyond the edge of the area are not seen;"
                " near it, access may be better than shown."
            )
        )
    if places.empty:
        said.append(Message("There are no meeting places in the data for this area."))
    return tuple(said)


def of_paths(paths: gpd.GeoDataFrame, barriers: gpd.GeoDataFrame) -> tuple[Message, ...]:
    """
    Say which paths hang together with nothing else, and which of them by mistake.

    Parameters
    ----------
    paths, barriers
        As `geo.tables.PATHS` and `BARRIERS`.
    """
    if paths.empty:
        return (
            Message(
                "There are no paths or streets in the data for this area:"
                " nobody can be joined to a place."
            ),
        )
    network, usable = build(paths), np.ones(len(paths), dtype=bool)
    lost_km = network.length_m[islands(network, usable)].sum() / 1000
    if not lost_km:
        return ()
    text = "{km} km of path hang together with nothing else and are not used."
    said = [Message(text, {"km": round(lost_km, 1)})]
    loose = loose_ends(network, usable, paths, barriers=barriers.geometry)
    if len(loose):
        named = ", ".join(f"w{ways.split(';')[0]}" for ways in loose["ways"].head(NAMED))
        said.append(
            Message(
                "{n} of these pieces end within {m} m of the other paths, most likely by"
                " mistake; mend them in OpenStreetMap: {names}",
                {
                    "n": len(loose),
                    "m": round(NEAR_M),
                    "names": named + " …" * (len(loose) > NAMED),
                },
            )
        )
    return tuple(said)


def of_heights(terrain: Terrain | None, paths: gpd.GeoDataFrame) -> tuple[Message, ...]:
    """
    Say how fine the heights are, and how many paths they do not reach.

    Parameters
    ----------
    terrain
        Of the area, or `None`.
    paths
        As `geo.tables.PATHS`, in the same CRS.
    """
    if terrain is None:
        return (
            Message(
                "Heights are not known here: hills count only where the map tells"
                " how steep a path is."
            ),
        )
    cell_m = f"{round(terrain.cell_m, 1):g}"
    fine = Message("Heights are known in cells of {m} m.", {"m": cell_m})
    lines, length_m = paths.geometry.to_numpy(), paths["length_m"].to_numpy()
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    unknown = np.isnan(terrain.at(shapely.get_coordinates(middles)))
    share = length_m[unknown].sum() / length_m.sum() if length_m.sum() else 0.0
    if share < FEW:
        return (fine,)
    text = "The heights of {share} % of the paths are not known; those count as level."
    return fine, Message(text, {"share": round(100 * share, 1)})


def of_basis(homes: gpd.GeoDataFrame) -> Message:
    """
    Say what the number of residents rests on: that which most of them rest on.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`.
    """
    people = homes.groupby("basis")[EVERYBODY].sum()
    basis = people.idxmax() if people.sum() else "building"
    if basis == "grid":
        return Message("Residents are counted per cell, and shared among the buildings in it.")
    if basis == "zone":
        return Message("Residents are counted per zone, and shared among the buildings in it.")
    return Message("Residents are estimated from buildings, not counted.")


def of_groups(homes: gpd.GeoDataFrame, known: Known, *, lent: bool) -> tuple[Message, ...]:
    """
    Say where the shares of the ages are from, and what is only an example.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`.
    known
        What is known of the area.
    lent
        Whether the municipality's ages, and the incomes, are an example.
    """
    ages = _of_ages(homes, known, lent=lent)
    if known.incomes is None or not lent:
        return (ages,)
    text = "Incomes are an example, made up for this demo: they say nothing of this place."
    return ages, Message(text)


def _of_ages(homes: gpd.GeoDataFrame, known: Known, *, lent: bool) -> Message:
    if homes["zone"].ne("").any():
        return Message(
            "Ages are as in each zone as a whole: within it the young and the old are taken to"
            " live side by side."
        )
    if known.ages is None or homes[list(AGES)].isna().all(axis=None):
        return Message("Ages are not known here: only figures for everybody are given.")
    if lent:
        text = "Ages are an example: the shares of {name}, not of this place."
        return Message(text, {"name": known.ages.name})
    text = "Ages are as in {name} as a whole: where the young and the old live is not known."
    return Message(text, {"name": known.ages.name})
