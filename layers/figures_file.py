"""The measures of access as tables for files: what is no number has a word beside it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.answer import Catalogue
from geo.coverage import Reach, few
from geo.figures.figures import Figures
from geo.figures.having import Access
from geo.figures.meetings import told
from layers.export.walks import corners
from layers.figure_text import Index, missing, rests_on
from layers.indices import of_group
from layers.telling import people_text
from layers.unevenness import gathering, of_all
from words import Speaker

DECIMALS = 3
"""Of figures that are no people."""

ENDLESS = "∞"
"""A ratio to those who have nothing, on screen."""


def sheets(figures: Figures, catalogue: Catalogue, say: Speaker) -> dict[str, pd.DataFrame]:
    """
    Return the measures as spreadsheets.

    Parameters
    ----------
    figures, catalogue
        What was computed, and what it is called.
    say
        Language of the words; columns have English names.

    Returns
    -------
    sheets
        `measures`: one row per group. `indices`: one row per measure, with its sentence.
        `lorenz`: what share of it all the worst off tenths have. Unknown, unreachable
        and too few are empty cells, and a column of words says which.
    """
    name = say("Where those beyond reach gather")
    index = [
        *of_group(figures, catalogue, say),
        *of_all(figures, say),
        Index("gathered", name, np.nan, "", gathering(figures, say)),
    ]
    found = pd.DataFrame(
        {
            "measure": [one.key for one in index],
            "name": [one.name for one in index],
            "value": [one.value for one in index],
            "text": [_word(one.told, say) for one in index],
            "says": [one.sentence for one in index],
        }
    )
    tenths = {key: spread.told.lorenz for key, spread in figures.spread.items()}
    share = np.linspace(0, 1, len(next(iter(tenths.values()))))
    return {
        "measures": _finite(
            pd.DataFrame(
                [
                    {"key": key, "group": say(catalogue.groups[key].label)}
                    | _row(access, say, rough=key in figures.rough)
                    for key, access in figures.access.items()
                ]
            )
        ),
        "indices": _finite(found),
        "lorenz": pd.DataFrame({"people_share": share, **tenths}).round(DECIMALS),
    }


def _word(told: str, say: Speaker) -> str:
    """Return what an index says; a sign that few tables know is a word."""
    return say("Infinite") if told == ENDLESS else told


def _row(access: Access, say: Speaker, *, rough: bool) -> dict[str, object]:
    shown, withheld = access.told, access.withheld == "all"
    return {
        "people": np.nan if few(access.people) or withheld else round(access.people, 0),
        "half_min": _up(shown.half_min),
        "nine_in_ten_min": _up(shown.most_min),
        "third_nearest_min": _up(shown.choice_min),
        "places": shown.places,
        "places_weighted": shown.weighted,
        "places_per_thousand": shown.per_thousand,
        "sorts": shown.sorts,
        "indoors_percent": _percent(shown.indoors),
        "outdoors_percent": _percent(shown.outdoors),
        "only_outdoors_percent": _percent(shown.only_outdoors),
        "note": ". ".join(filter(None, [_note(shown, say), rests_on(say) if rough else ""])),
    }


def _note(access: Access, say: Speaker) -> str:
    """Return why cells are empty, in a few words."""
    if absent := missing(access.people, access.half_min, say):
        return absent
    walks = (access.half_min, access.most_min, access.choice_min)
    shares = [one.share for one in (access.indoors, access.outdoors, access.only_outdoors)]
    told = np.isfinite([*walks, *shares]).all()
    return "" if told else say("Empty: no way on foot, or too few to tell")


def _up(minutes: float) -> float:
    """Return minutes rounded up, so that what is beyond reach never looks within."""
    return float(np.ceil(10 * minutes) / 10)


def _percent(reach: Reach) -> float:
    return round(100 * reach.share, 0)


def _finite(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return a sheet whose empty cells stand for all that is no number."""
    return sheet.replace([np.inf, -np.inf], np.nan).round(DECIMALS)


def tables(figures: Figures, catalogue: Catalogue, say: Speaker) -> dict[str, gpd.GeoDataFrame]:
    """
    Return what the measures say of spots, as layers in metres.

    Parameters
    ----------
    figures, catalogue, say
        As in `sheets`.

    Returns
    -------
    tables
        `meetings`: places as points, with who can meet there. `gathered`: the cells
        where those beyond reach gather.
    """
    shown, kinds = told(figures.meetings), catalogue.kinds
    meetings = gpd.GeoDataFrame(
        {
            "id": shown.index,
            "name": shown["name"],
            "kinds": [
                ", ".join(say(kinds[key].label) for key in of.split(";") if key in kinds)
                for of in shown["kinds"]
            ],
            **{part: shown[part].round() for part in ("people", "children", "older")},
            "people_text": people_text(
                figures.meetings["people"], say, shown["people"].notna()
            ),
            **{part: shown[part].round(DECIMALS) for part in ("evenness", "likeness")},
        },
        geometry=shown.representative_point(),
    )
    cells = figures.gathered
    gathered = gpd.GeoDataFrame(
        {
            "cell": corners(cells),
            "people": cells["people"].where(cells["told"]).round(),
            "people_text": people_text(cells["people"], say, cells["told"]),
            "near": cells["near"],
        },
        geometry=cells.geometry,
    )
    return {"meetings": meetings, "gathered": gathered}
