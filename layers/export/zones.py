"""Zones for files: their published income, and the walk of those who live there."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.answer import Answer
from geo.bundle import Bundle
from geo.crossed import SHARES, middle_walk
from geo.tables import AGES
from layers import palette
from layers.bivariate import FEWEST_LIVING, bivariate
from layers.export.columns import sheet
from layers.export.sheet import Sheet
from layers.export.walks import finite
from layers.layer import Class, Drawing, Layer
from words import Speaker

DECIMALS = 2
"""Of published figures."""


def zones(answer: Answer, bundle: Bundle, say: Speaker, thanks: str = "") -> tuple[Sheet, ...]:
    """
    Return the zones of an area: with incomes if those are known, or else by themselves.

    Parameters
    ----------
    answer, bundle
        What was found, of what. The walk of a zone is that of half of its residents, all
        of whom walk as the question says.
    say
        The language of the words.
    thanks
        Whom to thank for the data.

    Returns
    -------
    zones
        One sheet, or none where there are no zones. What is suppressed is empty, and a
        word in `note` says so; so is the walk where fewer than ten live.
    """
    if not bundle.incomes.empty:
        return (_incomes(answer, bundle, say, thanks),)
    return () if bundle.zones.empty else (_statistics(bundle, say, thanks),)


def _incomes(answer: Answer, bundle: Bundle, say: Speaker, thanks: str) -> Sheet:
    incomes, minutes = bundle.incomes, answer.minutes
    drawn = bivariate(
        bundle.homes,
        incomes,
        minutes,
        within=answer.question.minutes,
        say=say,
        attribution=thanks,
    )
    lived = middle_walk(bundle.homes, incomes, minutes)
    walks = lived["minutes"].where(lived["people"] >= FEWEST_LIVING)
    shares = incomes["of"].isin(SHARES)
    table = gpd.GeoDataFrame(
        {
            "id": incomes.index,
            "class": drawn.table["class"],
            "name": incomes["name"],
            **{name: incomes[name] for name in ("source", "measure")},
            "value": incomes["value"].round(DECIMALS),
            "share_percent": (100 * incomes["share"].where(shares)).round(DECIMALS),
            "income": drawn.table["income"],
            "minutes": finite(walks),
            "walk": drawn.table["minutes"],
            "note": _income_notes(incomes, say),
        },
        geometry=incomes.geometry,
    )
    return sheet("zones", drawn.name, table, say, drawn)


def _income_notes(incomes: gpd.GeoDataFrame, say: Speaker) -> np.ndarray:
    """Return why a published figure is missing, or no surer than it is."""
    secret = incomes["value"].isna() & incomes["share"].isna()
    unsure = incomes["share"].notna() & (incomes["high"] > incomes["low"])
    return np.select(
        [secret, unsure],
        [say("Suppressed by who published it"), say("Rounded by who published it")],
        "",
    )


def _statistics(bundle: Bundle, say: Speaker, thanks: str) -> Sheet:
    known = bundle.zones
    drawn = _outlined(known[["name", "geometry"]], say, thanks)
    hidden = known[list(AGES)].isna().any(axis=1)
    spans = [known[f"{age}_high"] > known[f"{age}_low"] for age in AGES]
    rounded = pd.concat(spans, axis=1).any(axis=1)
    texts = [say("Some ages are suppressed"), say("Some ages are rounded")]
    table = gpd.GeoDataFrame(
        {
            "id": known.index,
            "class": drawn.table["class"],
            "name": known["name"],
            "source": known["source"],
            "note": np.select([hidden, rounded], texts, ""),
        },
        geometry=known.geometry,
    )
    return sheet("zones", drawn.name, table, say, drawn)


def _outlined(table: gpd.GeoDataFrame, say: Speaker, thanks: str) -> Layer:
    """Show zones of which no incomes are known, by their edge."""
    name = say("Zones of the statistics")
    return Layer(
        key="zones",
        name=name,
        table=table.assign(**{"class": "zone"}),
        value="class",
        classes=(Class("zone", name, palette.UNKNOWN, "line", size=1.2, dash="1 4"),),
        drawing=Drawing.OUTLINE,
        title="name",
        attribution=thanks,
    )
