"""What could be opened or built, measured once for all sessions, and the change that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import geopandas as gpd
import streamlit as st

from geo.model import Gait
from geo.question import Question
from geo.scenario.buildable import buildable
from geo.scenario.candidates import candidates
from geo.scenario.edits import Add, Edit, Open
from geo.scenario.offering import Offered, offered
from geo.scenario.own_list import sides_again, with_own
from geo.town import Side, Sides
from views import cached
from views.asked import Asked
from views.lasting import lasting
from views.whatif import choices, own_sites


@dataclass(frozen=True, slots=True)
class Among:
    """
    Candidates.

    Parameters
    ----------
    kinds
        Kinds of the places that could be opened.
    sites
        Buildings of somebody's own list.
    grid
        Whether they are spots where something could be built, and nothing else.
    """

    kinds: tuple[str, ...] = ()
    sites: own_sites.Sites = ()
    grid: bool = False


@st.cache_resource(max_entries=16, show_spinner=False)
@lasting
def offers(question: Question, built: str, now: datetime, among: Among) -> Offered:
    """Measure once for all sessions the walks to what could be opened or built."""

    def side(gait: Gait) -> Side:
        return cached.side(question.area, built, gait, question.scenario)

    town, catalogue = cached.town(question.area, built, question.scenario), cached.catalogue()
    sides: Sides = side
    if among.grid or among.sites:
        crs = town.bundle.area.crs
        new = buildable(town.bundle) if among.grid else own_sites.table(among.sites, crs)
        grown = with_own(town, new)
        town, sides = grown, sides_again(grown, town, side)
    found = candidates(town, question, catalogue, now=now, kinds=among.kinds)
    return offered(town, question, catalogue, found, now=now, side=sides)


def edits(
    asked: Asked, table: gpd.GeoDataFrame, chosen: Sequence[str], hours: str
) -> tuple[Edit, ...]:
    """Return the changes that open candidates, or build them; `table`: as that of an offer."""
    kinds = choices.kinds_asked(asked, indoors=True) or list(asked.question.kinds)
    return tuple(_edit(asked, table.loc[place], place, (hours, kinds[0])) for place in chosen)


def _edit(asked: Asked, row: gpd.GeoSeries, place: str, opened: tuple[str, str]) -> Edit:
    """Return what makes one candidate a place; `opened`: when, and as what if it must be."""
    hours, kind = opened
    places = asked.bundle.places
    if place not in places.index:
        spot = row.geometry.representative_point()
        return Add(kind, (round(spot.x, 1), round(spot.y, 1)), str(row["name"]), hours)
    own = set(places.at[place, "kinds"].split(";"))
    return Open(place, hours, "" if own & set(asked.question.kinds) else kind)
