"""Ways that are made better: without steps, lit, cleared of snow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from geo.bundle import Bundle
from geo.errors import ScenarioError
from geo.scenario.edits import MENDED, Mend

NEAR_M = 30.0
"""A way farther from the spot is not the one that was meant."""


def mended(bundle: Bundle, edit: Mend) -> Bundle:
    """
    Return an area with the nearest way mended, from end to end as it is mapped.

    Parameters
    ----------
    bundle
        The area as it is.
    edit
        What is made better, and where.

    Raises
    ------
    ScenarioError
        If there is no way near, or nothing to mend in it.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.bundle import Area, blank
    >>> street = gpd.GeoDataFrame(
    ...     {"way": [7, 7, 8], "lit": ["no", "unknown", "no"]},
    ...     geometry=shapely.linestrings([[(n, 0), (n + 1, 0)] for n in range(3)]))
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> mended(replace(here, paths=street), Mend((0.5, 20.0), "light")).paths["lit"].tolist()
    ['yes', 'yes', 'no']
    """
    paths, spot = bundle.paths, shapely.Point(edit.at)
    found, _ = paths.sindex.nearest(
        spot, max_distance=NEAR_M, return_all=True, return_distance=True
    )
    if not len(found[1]):
        raise ScenarioError("There is no path within {n} metres of this.", n=round(NEAR_M))
    way = paths["way"].iloc[int(found[1].min())]
    rows = (paths["way"] == way).to_numpy()
    told = MENDED[edit.what]
    if all((paths.loc[rows, name] == value).all() for name, value in told.items()):
        raise ScenarioError("This way is known to be so already.")
    better = {name: np.where(rows, value, paths[name]) for name, value in told.items()}
    kept = {name: paths[name].dtype for name in told}
    return replace(bundle, paths=paths.assign(**better).astype(kept))
