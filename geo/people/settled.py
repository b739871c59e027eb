"""Who lives in an area today, where a scenario lets others move in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.paths.network import Bools
from geo.tables import GROUPS

NEW_HOME = "new-home-"
"""What the ids of homes begin with that a scenario adds: who moves in is told by it."""


def settled(homes: pd.DataFrame) -> Bools:
    """
    Tell which homes are those of today: nothing of a few there may be told by new ones beside.

    Examples
    --------
    >>> settled(pd.DataFrame(index=["h1", "new-home-1.0-2.0-0"])).tolist()
    [True, False]
    """
    if not len(homes) or not str(homes.index[-1]).startswith(NEW_HOME):
        return np.ones(len(homes), dtype=bool)  # new ones come last
    return np.array([not str(home).startswith(NEW_HOME) for home in homes.index], dtype=bool)


def residents(homes: pd.DataFrame) -> pd.DataFrame:
    """
    Return the homes with nobody in those that a scenario adds; the same ones if there are none.

    Examples
    --------
    >>> homes = pd.DataFrame({"everybody": [3.0, 90.0]}, index=["h1", "new-home-1.0-2.0-0"])
    >>> residents(homes)["everybody"].tolist()
    [3.0, 0.0]
    """
    here = settled(homes)
    if here.all():
        return homes
    known = homes[[group for group in GROUPS if group in homes]].copy()
    known[~here] = 0.0
    return known
