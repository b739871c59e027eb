"""Which places people depend on, as circles; and where those live who depend on one."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd

from geo.answer import Catalogue
from geo.scenario.dependence import Dependence, told
from layers import palette
from layers.gap_text import names
from layers.layer import Drawing, Layer
from layers.scenario.counting import circles, classed, counted
from layers.telling import on_foot, people_text
from layers.thematic import spots
from words.speaker import UNKNOWN, Speaker


def dependence_layer(
    found: Dependence, catalogue: Catalogue, say: Speaker, *, attribution: str = ""
) -> Layer:
    """
    Show the places that count by how many have no other within reach.

    Parameters
    ----------
    found
        What `geo.scenario.dependence.dependence` has found.
    catalogue, say
        What kinds are called; the language.
    attribution
        Who to thank for places and people.

    Returns
    -------
    layer
        A circle on each place: the more people, the larger and darker.
    """
    shown, asked = told(found), found.question.group
    walks = on_foot(shown["next_min"], say, certain=found.question.certain)
    words = [counted(found.reach[place][asked], say) for place in shown.index]
    table = gpd.GeoDataFrame(
        {
            "class": classed(found.table["people"], found.table["told"]),
            "title": list(names(shown, catalogue, say).values()),
            "is": [say(catalogue.kinds[kind].label) for kind in shown["kind"]],
            "people": words,
            "next": [
                UNKNOWN if n else walk
                for n, walk in zip(shown["next_min"].isna(), walks, strict=True)
            ],
        },
        index=shown.index,
        geometry=shown.representative_point(),
    )
    return Layer(
        key="dependence",
        name=say("People who have no other within reach"),
        table=table,
        value="class",
        classes=circles(palette.DEPENDS, say("Nobody: there is another as well"), say),
        drawing=Drawing.CIRCLES,
        title="title",
        card=(
            ("is", say("Kind of place")),
            ("people", say("Have no other within reach")),
            ("next", say("Half of them have at most so far to their next one")),
        ),
        attribution=attribution,
    )


def dependents_layer(
    cells: gpd.GeoDataFrame,
    place: str,
    say: Speaker,
    *,
    certain: bool = False,
    attribution: str = "",
) -> Layer:
    """
    Show where those live who depend on one place.

    Parameters
    ----------
    cells
        As `geo.scenario.dependence.dependents` returns them.
    place
        What the place is called.
    say
        The language.
    certain
        Whether only known ways count.
    attribution
        Who to thank for where people live.

    Examples
    --------
    >>> from math import inf
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> cells = gpd.GeoDataFrame(
    ...     {"people": [42.0, 9.0, 3.0], "minutes": [18.0, inf, 9.0], "near": "Vik",
    ...      "told": [True, False, False]},
    ...     geometry=[box(x, 0, x + 250, 250) for x in (0, 250, 500)], crs="EPSG:25833")
    >>> layer = dependents_layer(cells, "Vik skole", speaker("en"))
    >>> layer.name, layer.table["people"].tolist()
    ('Who depend on Vik skole', ['about 42', 'Too few to tell', 'fewer than 5'])
    >>> layer.table["class"].tolist()
    ['from_20', 'few', 'few']
    """
    masked = cells.assign(people=cells["people"].where(cells["told"]))
    drawn = spots(masked, say=say, certain=certain, attribution=attribution)
    return replace(
        drawn,
        key="dependents",
        name=say("Who depend on {place}", place=place),
        table=drawn.table.assign(people=people_text(cells["people"], say, cells["told"])),
        card=(
            ("people", say("Have no other within reach")),
            ("minutes", say("On foot to their next place")),
            ("near", say("Near")),
        ),
    )
