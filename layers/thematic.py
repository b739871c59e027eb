"""From answers to layers: the walk of every home, the cells of many, the reach of places."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.coverage import FEWEST
from layers import palette
from layers.areas import areas
from layers.base import base, boundary
from layers.layer import Class, Drawing, Layer
from layers.places import places
from layers.telling import on_foot
from layers.walks import walk, walk_cells
from words.speaker import UNKNOWN, Speaker

__all__ = ["areas", "base", "boundary", "places", "spots", "walk", "walk_cells"]

PEOPLE_STEPS = (FEWEST, 20, 50, 100)


def spots(
    spots: gpd.GeoDataFrame, *, say: Speaker, certain: bool = False, attribution: str = ""
) -> Layer:
    """
    Show the cells where people live beyond reach, by how many they are.

    Parameters
    ----------
    spots
        Cells with `people` (small or unknown numbers are not shown), `minutes` to
        the nearest place, and what they are `near`.
    say
        The language.
    certain
        Whether only known ways count: who has none may yet have one.
    attribution
        Who to thank for where people live.

    Examples
    --------
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> cells = gpd.GeoDataFrame(
    ...     {"people": [4.9, 20.0], "minutes": [31.0, float("inf")], "near": ["Vik", "Nes"]},
    ...     geometry=[box(0, 0, 250, 250), box(250, 0, 500, 250)],
    ...     crs="EPSG:25833",
    ... )
    >>> spots(cells, say=speaker("en")).table["people"].tolist()
    ['fewer than 5', 'about 20']
    """
    people = spots["people"].where(spots["people"] >= FEWEST)
    steps = pd.cut(people, [*PEOPLE_STEPS, np.inf], right=False, labels=list(PEOPLE_STEPS))
    few = say("fewer than {n}", n=FEWEST)
    shown = gpd.GeoDataFrame(
        {
            "class": [f"from_{step}" if step == step else "few" for step in steps],  # noqa: PLR0124 - nan
            "people": [few if n != n else say("about {n}", n=say.people(n)) for n in people],  # noqa: PLR0124
            "minutes": on_foot(spots["minutes"], say, certain=certain),
            "near": spots["near"].replace("", UNKNOWN),
        },
        geometry=spots.geometry,
    )
    return Layer(
        key="spots",
        name=say("Residents beyond reach"),
        table=shown,
        value="class",
        classes=_people_classes(say),
        drawing=Drawing.CELLS,
        card=(
            ("people", say("People beyond reach")),
            ("minutes", say("On foot to the nearest place")),
            ("near", say("Near")),
        ),
        unit=say("people in 250 × 250 m"),
        attribution=attribution,
    )


def _people_classes(say: Speaker) -> tuple[Class, ...]:
    """Return the classes of people; the one without a number has a dashed edge and no fill."""
    few = say("Fewer than {n} people", n=FEWEST)
    classes = [Class("few", few, palette.PEOPLE_EDGE, "ring", size=1.2, dash="4 4")]
    for low, high, colour in zip(
        PEOPLE_STEPS, (*PEOPLE_STEPS[1:], None), palette.PEOPLE, strict=True
    ):
        label = (
            say("{low} to {high} people", low=low, high=high - 1)
            if high
            else say("{low} people or more", low=low)
        )
        classes.append(
            Class(f"from_{low}", label, colour, "square", size=1.2, edge=palette.PEOPLE_EDGE)
        )
    return tuple(classes)
