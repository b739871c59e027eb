"""Why groups can differ here, in words: where they live, how they walk, and nothing else."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np

from geo.tables import AGES, EVERYBODY
from words.speaker import Speaker

ALIKE = 1e-6
"""Shares of an age that differ no more between homes are the same: sums have noise."""


def alike(homes: gpd.GeoDataFrame, groups: Collection[str] = AGES) -> bool:
    """
    Tell whether every home has the same mixture of ages, as where only the whole is known.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`.
    groups
        Which columns; those that are unknown everywhere tell nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> homes = pd.DataFrame({"everybody": [10.0, 20.0], "youth": [1.0, 2.0]})
    >>> alike(homes, ["youth"]), alike(homes.assign(youth=[1.0, 3.0]), ["youth"])
    (True, False)
    """
    lived_in = homes[homes[EVERYBODY] > 0]
    people = lived_in[EVERYBODY].to_numpy(dtype=float)
    shares = lived_in[list(groups)].to_numpy(dtype=float) / people[:, np.newaxis]
    known = shares[:, ~np.isnan(shares).all(axis=0)]
    return bool(known.size) and not bool((np.ptp(known, axis=0) > ALIKE).any())


def why(homes: gpd.GeoDataFrame, walker: str, say: Speaker) -> str:
    """
    Say what groups can differ by here: where they live, how they walk, and nothing else.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`.
    walker
        Whom everybody walks as; `""` if each group does at its own pace.
    say
        The language.
    """
    if alike(homes) and walker:
        text = (
            "Ages are taken to be mixed alike everywhere here, and everybody to walk alike:"
            " groups of age cannot differ."
        )
        return say(text)
    if alike(homes):
        text = (
            "Ages are taken to be mixed alike everywhere here: groups of age differ by how they"
            " walk, and by nothing else that is known."
        )
        return say(text)
    if walker:
        text = (
            "Everybody is taken to walk alike: groups differ by where they live, and by nothing"
            " else that is known."
        )
        return say(text)
    text = (
        "Groups differ by where they live and by how they walk; the figures tell of no other"
        " reason."
    )
    return say(text)


def rounding(walker: str, say: Speaker) -> str:
    """
    Say why the figures of groups do not always add up.

    Parameters
    ----------
    walker
        As in the question: `""` if each group walks at its own pace.
    say
        The language.
    """
    rounded = say(
        "The figures are estimates; from 1,000 they are rounded to the nearest ten. So they do"
        " not always add up."
    )
    if walker:
        return rounded
    pace = say(
        "Everybody is walked for at the pace of adults, each group at its own; so the groups"
        " together can have more beyond reach than everybody has."
    )
    return f"{rounded} {pace}"
