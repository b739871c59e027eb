"""What the columns of the measures of access and of the norms are called."""

from __future__ import annotations

from layers.export.sheet import Column
from words import Speaker


def _measures(say: Speaker) -> dict[str, Column]:
    return {
        "key": Column(say("Key of the group")),
        "group": Column(say("Group")),
        "people": Column(say("Live here")),
        "half_min": Column(say("Half have at most"), "min"),
        "nine_in_ten_min": Column(say("Nine in ten have at most"), "min"),
        "third_nearest_min": Column(say("Half have three to choose from after"), "min"),
        "places": Column(say("Places within reach (cumulative opportunities)")),
        "places_weighted": Column(say("Places within reach, near ones for more (gravity)")),
        "places_per_thousand": Column(say("Places per thousand people (E2SFCA)")),
        "sorts": Column(say("Sorts of places within reach (variety)")),
        "indoors_percent": Column(say("Share with somewhere indoors"), "%"),
        "outdoors_percent": Column(say("Share with somewhere outdoors"), "%"),
        "only_outdoors_percent": Column(
            say("Share with somewhere outdoors, nowhere indoors"), "%"
        ),
        "note": Column(say("Note")),
    }


def _indices(say: Speaker) -> dict[str, Column]:
    return {
        "measure": Column(say("Key of the measure")),
        "name": Column(say("Measure")),
        "value": Column(say("Value")),
        "text": Column(say("Value in words")),
        "says": Column(say("What it says here")),
    }


def _lorenz(say: Speaker) -> dict[str, Column]:
    return {
        "people_share": Column(say("Share of residents, the worst off first")),
        "places": Column(say("Their share of places within reach")),
        "weighted": Column(say("Their share, near places for more")),
    }


def _norms(say: Speaker) -> dict[str, Column]:
    return {
        "norm": Column(say("Key of the norm")),
        "label": Column(say("Norm")),
        "groups": Column(say("Whom it speaks of")),
        "limit_m": Column(say("Longest walk that the norm accepts"), "m"),
        "min_area_m2": Column(say("Smallest place that the norm accepts"), "m²"),
        "share_percent": Column(say("Of these have it"), "%"),
        "residents_percent": Column(say("Of all residents have it"), "%"),
        "buildings_percent": Column(say("Of residential buildings have it"), "%"),
        "people_beyond": Column(say("People beyond")),
        "places": Column(say("Places that count")),
        "places_of_unknown_size": Column(say("Places of unknown size, not counted")),
        "note": Column(say("Note")),
        "says": Column(say("What it says here")),
        "not_checked": Column(say("What is not checked")),
        "source": Column(say("Source")),
    }


MEASURES = {
    "measures": _measures,
    "indices": _indices,
    "lorenz": _lorenz,
    "norms": _norms,
}
