"""What a search for many places at once is given."""

from __future__ import annotations

from typing import NamedTuple

from geo.kernels.elimination import Numbers
from geo.paths.network import Ints


class Arcs(NamedTuple):
    """A weighed hierarchy, its grains cut at `geo.kernels.many.FAR`."""

    start: Ints
    head: Numbers
    arc: Numbers
    parent: Numbers
    first: Numbers


class Sources(NamedTuple):
    """Where the searches begin: of place `p`, the rows `start[p]` to `start[p + 1]`."""

    start: Ints
    rank: Numbers
    grains: Numbers


class Homes(NamedTuple):
    """Homes by the lower end of their edge: at rank `v`, rows `start[v]` to `start[v + 1]`."""

    start: Ints
    row: Numbers
    high: Numbers
    to_low: Numbers
    to_high: Numbers


class Direct(NamedTuple):
    """Homes on the same edge as a door of place `p`: rows `start[p]` to `start[p + 1]`."""

    start: Ints
    home: Numbers
    grains: Numbers
