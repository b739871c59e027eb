"""The kernels compiled before anybody waits for them: once for each machine."""

from __future__ import annotations

import numpy as np

from geo.measures.opportunities import dual
from geo.paths.joining import Joined
from geo.search.access import nearest
from geo.search.choices import choices
from geo.search.hierarchy import hierarchy, weigh
from geo.search.matrix import walks
from geo.times import Times


def warm() -> None:
    """
    Run every kernel on a street of two houses.

    The first time on a machine it takes about half a minute, as the kernels are
    compiled and kept beside the program; from then on, a fraction of a second.

    Examples
    --------
    >>> warm()
    """
    one = np.zeros(1, dtype=np.intp)
    xy = np.array([[0.0, 0.0], [300.0, 0.0]])
    street = weigh(hierarchy(one, one + 1, xy), np.array([300.0]))
    house = Joined(one, np.array([0.5]), np.zeros(1))
    nearest(street, house, house, kind=one, kinds=1)
    choices(street, house, house, of=one, count=1)
    near = walks(street, house, house, of=one, places=1, cutoff_m=600.0)
    dual(Times(near, 10.0), count=1)


if __name__ == "__main__":
    warm()
