"""Places as a layer: signs by family, and a card on what is known and what is not."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from geo.model import Family, Kind
from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.telling import state_text
from words.speaker import Speaker


def places(
    places: gpd.GeoDataFrame,
    *,
    kinds: Mapping[str, Kind],
    families: Mapping[str, Family],
    say: Speaker,
    timed: bool = False,
    attribution: str = "",
) -> Layer:
    """
    Show places by family, with a card on what is known and what is not.

    Parameters
    ----------
    places
        As `geo.tables.PLACES` promises; with `state` as in an answer if `timed`.
    kinds, families
        The catalogue. A key it does not know is shown as it stands.
    say
        The language.
    timed
        Whether a moment was asked about: then the card says whether it is open.
    attribution
        Who to thank; OpenStreetMap's contributors if nobody else is named.
    """
    labels = {key: say(family.label) for key, family in families.items()}
    labels |= {key: key for key in places["family"] if key not in labels}
    then = (("then", say("At the time asked about")),) if timed else ()
    return Layer(
        key="places",
        name=say("Meeting places"),
        table=_worded(places, kinds, say, timed=timed),
        value="family",
        classes=tuple(_sign(*family) for family in labels.items()),
        drawing=Drawing.SYMBOLS,
        title="title",
        card=(
            ("is", say("Kind of place")),
            ("setting", say("Indoors or outdoors")),
            ("open", say("Opening hours")),
            *then,
            ("step_free", say("Step-free")),
        ),
        icon="icon",
        attribution=attribution or say("© OpenStreetMap contributors"),
    )


def _worded(
    places: gpd.GeoDataFrame, kinds: Mapping[str, Kind], say: Speaker, *, timed: bool
) -> gpd.GeoDataFrame:
    """Return what a card says of every place, in words."""
    words = {key: say(kind.label) for key, kind in kinds.items()}
    settings = {
        "indoor": say("Indoors"),
        "outdoor": say("Outdoors"),
        "both": say("Indoors and outdoors"),
    }
    hours = places["opening_hours"].str.strip()
    return gpd.GeoDataFrame(
        {
            "family": places["family"],
            "icon": [kinds[key].icon if key in kinds else "dot" for key in places["kind"]],
            "title": places["name"].str.strip().replace("", say("Without a name")),
            "is": [
                ", ".join(words.get(key, key) for key in row.split(";"))
                for row in places["kinds"]
            ],
            "setting": places["setting"].map(settings),
            "open": hours.replace("", say("Opening hours unknown")),
            **({"then": state_text(places["state"], say)} if timed else {}),
            "step_free": _step_free(places["wheelchair"], say),
        },
        geometry=places.geometry,
    )


def _sign(family: str, label: str) -> Class:
    """Return the class of a family of places."""
    look = palette.look(family)
    return Class(
        family, label, look.colour, shape=look.shape, icon=look.icon, letter=look.letter
    )


def _step_free(tags: pd.Series[str], say: Speaker) -> pd.Series[str]:
    """Return what the tag `wheelchair` says, in words; what it does not say is unknown."""
    words = {
        "yes": say("Yes"),
        "designated": say("Yes"),
        "limited": say("Partly"),
        "no": say("No"),
    }
    return tags.str.strip().str.lower().map(words).fillna(say("Unknown"))
