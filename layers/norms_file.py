"""Norms as a spreadsheet: who meets them, and what was not checked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from geo.answer import Catalogue
from geo.norms.norm_walks import Held
from geo.tables import EVERYBODY
from layers.figure_text import missing
from layers.norms import groups_of, said, told
from words import Speaker


def norm_sheet(held: Mapping[str, Held], catalogue: Catalogue, say: Speaker) -> pd.DataFrame:
    """
    Return norms as a spreadsheet, one row each.

    Parameters
    ----------
    held
        Norms by key, held against a town.
    catalogue, say
        What their groups are called; language of the words. Columns have English names.

    Returns
    -------
    sheet
        Percentages and people; a few are an empty cell with a word in `note`.
    """
    return pd.DataFrame([_norm(one, catalogue, say) for one in held.values()]).round(1)


def _norm(held: Held, catalogue: Catalogue, say: Speaker) -> dict[str, object]:
    norm, about = held.measured.norm, told(held)
    shown, everybody = about.told, held.measured.reach[EVERYBODY].told
    some = "" if everybody.share >= 0 else say("Of all residents: too few to tell")
    return {
        "norm": norm.key,
        "label": say(norm.label),
        "groups": groups_of(held, catalogue, say),
        "limit_m": norm.limit_m,
        "min_area_m2": norm.min_area_m2,
        "share_percent": 100 * shown.share,
        "residents_percent": 100 * everybody.share,
        "buildings_percent": 100 * held.measured.building_share,
        "people_beyond": round(shown.beyond, 0),
        "places": held.places,
        "places_of_unknown_size": held.unknown_area,
        "note": missing(about.people, shown.within, say) or some,
        "says": " ".join(said(held, catalogue, say)),
        "not_checked": say(norm.caveat),
        "source": say(norm.source),
    }
