"""Where walks get shorter or longer, and how many gain there: by cells of 250 m."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.cells import Cells, cells_of
from geo.coverage import NOBODY
from geo.middles import middle_walks
from geo.paths.network import Bools, Floats
from geo.scenario.difference import Difference, longer
from geo.scenario.gained import GAINS, LOSES
from geo.spots import tellable
from geo.tables import EVERYBODY


def by_cell(homes: gpd.GeoDataFrame, found: Difference) -> gpd.GeoDataFrame:
    """
    Tell by cells of 250 m how the walk changes, and how many come within reach.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`, those of the town as it is.
    found
        What changes, of the same homes.

    Returns
    -------
    cells
        Squares where somebody lives today. Columns: `before` and `after`, the walk of the
        middle one of all who live there, at the pace asked about, see `geo.middles`;
        `change`, as in `geo.scenario.difference.longer`; `gains`, `loses` and `net` of
        the asked group. Of these it is nobody, or at least five: `nan` where it is unknown
        or may not be told, see `geo.spots.tellable`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> homes = gpd.GeoDataFrame({"everybody": [8.0, 9.0]}, crs="EPSG:25833",
    ...     geometry=gpd.points_from_xy([10, 400], [10, 10]))
    >>> walks = pd.DataFrame({"before": [12.0, 9.0], "after": [6.0, 9.0]})
    >>> asked = SimpleNamespace(group="everybody", minutes=10)
    >>> told = SimpleNamespace(gains=8.0, loses=0.0, hidden=frozenset())
    >>> found = SimpleNamespace(walks=walks, question=asked, asked=told)
    >>> by_cell(homes, found)[["before", "change", "gains"]].to_numpy().tolist()
    [[12.0, -6.0, 8.0], [9.0, 0.0, 0.0]]
    """
    walks, limit = found.walks, found.question.minutes
    homes = homes.loc[walks.index]
    cells = cells_of(shapely.get_coordinates(homes.geometry.array))
    people, everybody = (
        homes[group].to_numpy(dtype=float) for group in (found.question.group, EVERYBODY)
    )
    was, now = (walks[side].to_numpy(dtype=float) for side in ("before", "after"))
    middle = [middle_walks(cells, everybody, side) for side in (was, now)]
    near, then = was <= limit, now <= limit
    hidden = found.asked.hidden
    gains = _told(cells, people, then & ~near, told=GAINS not in hidden)
    loses = _told(cells, people, near & ~then, told=LOSES not in hidden)
    columns = {"before": middle[0], "after": middle[1], "change": longer(*middle)}
    people_of = {"gains": gains, "loses": loses, "net": gains - loses}
    return gpd.GeoDataFrame({**columns, **people_of}, geometry=cells.shapes(), crs=homes.crs)


def _told(cells: Cells, people: Floats, those: Bools, *, told: bool) -> Floats:
    """Return by cell how many of some homes' people there are, as far as it may be told."""
    total = pd.Series(cells.total(np.where(those, people, 0.0)))
    may = (tellable(total, 0.0) | (total < NOBODY)) & told
    return np.asarray(total.where(may), dtype=np.float64)
