"""Candidates as circles, by how many would gain if they were opened."""

from __future__ import annotations

import geopandas as gpd

from geo.answer import Catalogue
from geo.scenario.bench import Bench
from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.scenario.bench_text import called, kind_of
from layers.scenario.counting import circles, classed, counted
from words.speaker import Speaker

CHOSEN_PX = 7.5


def bench_layer(
    found: Bench, catalogue: Catalogue, say: Speaker, *, attribution: str = ""
) -> Layer:
    """
    Show candidates by how many would gain besides what is chosen, and what is chosen.

    Parameters
    ----------
    found
        What `geo.scenario.bench.bench` has found.
    catalogue, say
        What kinds are called; the language.
    attribution
        Who to thank for places and people.

    Returns
    -------
    layer
        A circle on each: the more people, the larger and darker. What is chosen is a ring.
    """
    table, asked = found.table, found.offer.question.group
    of = classed(table["more"], table["more_told"])
    chosen = table["chosen"] > 0
    shown = gpd.GeoDataFrame(
        {
            "class": ["chosen" if one else key for one, key in zip(chosen, of, strict=True)],
            "title": list(called(table, catalogue, say).values()),
            "is": [kind_of(kind, catalogue, say) for kind in table["kind"]],
            "alone": [counted(found.alone[place], say) for place in table.index],
            "more": [counted(found.reach[place][asked], say) for place in table.index],
        },
        index=table.index,
        geometry=table.representative_point(),
    )
    besides = (("more", say("Would gain besides what is chosen")),) if chosen.any() else ()
    picked = Class("chosen", say("Chosen"), palette.INK, "ring", size=CHOSEN_PX)
    return Layer(
        key="bench",
        name=say("People who would come within reach"),
        table=shown,
        value="class",
        classes=(*circles(palette.GAINS, say("Nobody"), say), picked),
        drawing=Drawing.CIRCLES,
        title="title",
        card=(
            ("is", say("Kind of place")),
            ("alone", say("Would come within reach")),
            *besides,
        ),
        attribution=attribution,
    )
