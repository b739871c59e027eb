"""What the rules cannot tell, and what the sources say of it, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import geopandas as gpd
import numpy as np

from data.catalogue import kinds
from data.register.decided import Decisions, Key
from data.register.names import likeness
from data.register.pairs import distances
from geo.bundle import Bundle
from geo.crs import to_wgs84
from words import Speaker


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One question: which of some places a row is, if any.

    Parameters
    ----------
    at
        Its label in the register table.
    key, name
        Of the row.
    rivals
        Ids of the places it may be, the likeliest first.
    repeats
        How many more rows say the same.
    """

    at: int
    key: Key
    name: str
    rivals: tuple[str, ...]
    repeats: int


def asked(bundle: Bundle, decisions: Decisions) -> list[Asked]:
    """Return the questions that nobody has answered, each once however often it is told."""
    rows = bundle.register
    found = []
    for _, same in rows[rows["status"] == "conflict"].groupby(
        ["source", "name", "kind", "rivals"], sort=False
    ):
        keys = list(zip(same["source"], same["ref"], strict=True))
        rivals = tuple(i for i in same["rivals"].iloc[0].split(";") if i in bundle.places.index)
        if rivals and not any(key in decisions for key in keys):
            first = int(same.index[0])
            found.append(Asked(first, keys[0], same["name"].iloc[0], rivals, len(same) - 1))
    return found


def compared(
    bundle: Bundle, question: Asked, sources: Mapping[str, str], say: Speaker
) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of a table: what the row says, and each place it may be."""
    row = bundle.register.loc[[question.at]]
    places = bundle.places.loc[[*question.rivals]]
    of = [row.iloc[0], *(place for _, place in places.iterrows())]
    labels = {key: say(kind.label) for key, kind in kinds().items()}
    answers = {"yes": say("Yes"), "limited": say("Partly"), "no": say("No")}
    repeated = [row.geometry.iloc[0]] * len(places)
    metres = distances(np.array(repeated, dtype=object), places.geometry.to_numpy())
    alike = [likeness(question.name, name) for name in places["name"]]
    lines = {
        say("Name"): [one["name"] for one in of],
        say("Kind of place"): [
            ", ".join(labels.get(k, k) for k in one.get("kinds", one["kind"]).split(";"))
            for one in of
        ],
        say("Address"): [one.get("address", "") for one in of],
        say("Opening hours"): [one["opening_hours"] for one in of],
        say("Step-free"): [answers.get(one["wheelchair"], "") for one in of],
        say("Updated"): [one["updated"][:10] for one in of],
        say("Sources"): [
            "; ".join(
                sources.get(k, k) for k in one.get("sources", one.get("source")).split(";")
            )
            for one in of
        ],
        say("Distance in metres"): ["", *(say.number(float(m)) for m in metres)],
        say("Likeness of the names"): [
            "",
            *("" if isnan(one) else say.share(one) for one in alike),
        ],
        say("Latitude and longitude"): _spots(row, places),
    }
    letters = [say("Place {letter}", letter=chr(ord("A") + n)) for n in range(len(places))]
    rows = [[what, *(value or "–" for value in values)] for what, values in lines.items()]
    return [say("What"), say("The row"), *letters], rows


def _spots(row: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> list[str]:
    """Return where the row and the places lie, as a map or a phone takes it."""
    spots = [
        spot
        for table in (row, places)
        for spot in to_wgs84(table.set_geometry(table.representative_point())).geometry
    ]
    return [f"{spot.y:.5f}, {spot.x:.5f}" for spot in spots]
