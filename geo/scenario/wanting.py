"""Who is to be served by new places: one group, or several together, each at its own pace."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array, vstack

from geo.scenario.offering import Offered
from geo.siting.demand import Demand
from geo.times import Times


def wanting(offer: Offered, groups: Sequence[str], *, within: int) -> Demand:
    """
    Return who lacks a place, of some groups together.

    Parameters
    ----------
    offer
        Candidates, and the walks of every group to them.
    groups
        Keys of groups, at least one. Whoever is of two of them counts twice.
    within
        Longest walk in minutes that is still accepted: at most as long as the offer's.

    Returns
    -------
    demand
        For `geo.siting`; its candidates are the rows of `offer.table`. Homes come once for
        each group, as each walks at its own pace.
    """
    tables = [offer.times[group] for group in groups]
    walks = csr_array(vstack([table.minutes for table in tables], format="csr"))
    return Demand(
        people=np.concatenate([offer.people[group] for group in groups]),
        now_min=np.concatenate([offer.minutes[group] for group in groups]),
        times=Times(walks, min(table.cutoff_min for table in tables)),
        within=within,
    )
