"""Walks between homes and places within a cut-off: the table that every measure reduces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_array, csr_array

from geo.errors import QuestionError
from geo.paths.network import Bools, Floats, Ints

Walks = csr_array[np.float64, tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """
    Minutes from every home to every place that it reaches within a cut-off.

    Parameters
    ----------
    minutes
        Homes by places. Only stored entries are walks, each stored once; a
        stored 0.0 is a walk of no minutes, and no entry is no walk within the
        cut-off. Arithmetic of sparse arrays mixes the two up: read `data`.
    cutoff_min
        Longest walk that was looked for. Nothing is known of longer ones.

    Examples
    --------
    Two homes and two places; the second home reaches none:

    >>> times = Times.of_walks([0, 0], [0, 1], [0.0, 12.0], shape=(2, 2), cutoff_min=15)
    >>> times.by_home([1.0, 1.0]).tolist()
    [2.0, 0.0]
    >>> times.at_most(10).by_place([3.0, 4.0]).tolist()
    [3.0, 0.0]
    """

    minutes: Walks
    cutoff_min: float

    @classmethod
    def of_walks(
        cls,
        home: ArrayLike,
        place: ArrayLike,
        minutes: ArrayLike,
        *,
        shape: tuple[int, int],
        cutoff_min: float,
    ) -> Self:
        """
        Gather walks; of several between a home and a place, as to two doors, the shortest.

        Parameters
        ----------
        home, place
            Rows and columns of the walks, from 0, in any order.
        minutes
            Their length. Walks beyond the cut-off are left out, `inf` among them.
        shape
            How many homes and places there are.
        cutoff_min
            As in the class.
        """
        row, column = np.asarray(home, dtype=np.intp), np.asarray(place, dtype=np.intp)
        took = np.asarray(minutes, dtype=np.float64)
        near = took <= cutoff_min
        key, took = row[near] * shape[1] + column[near], took[near]
        order = np.lexsort((took, key))
        key, first = np.unique(key[order], return_index=True)
        start = np.searchsorted(key, np.arange(shape[0] + 1) * shape[1])
        stored = (took[order][first], key % max(shape[1], 1), start)
        return cls(csr_array(stored, shape=shape), cutoff_min)

    @property
    def homes(self) -> int:
        """How many homes there are, with or without a walk."""
        return int(self.minutes.shape[0])

    @property
    def places(self) -> int:
        """How many places there are, reached or not."""
        return int(self.minutes.shape[1])

    def require(self, minutes: float) -> None:
        """
        Raise `QuestionError` if walks so long were not looked for.

        Counting within 20 minutes where walks end at 15 would find too few
        places, and nothing in the answer would tell.
        """
        if minutes > self.cutoff_min:
            raise QuestionError(
                "Walks are known up to {known} minutes, not up to {asked}.",
                known=self.cutoff_min,
                asked=minutes,
            )

    def at_most(self, minutes: float) -> Self:
        """
        Return the walks of at most so many minutes; exactly so many is kept.

        Raises
        ------
        QuestionError
            If that is beyond the cut-off.
        """
        self.require(minutes)
        kept = np.flatnonzero(self.minutes.data <= minutes)
        start = np.searchsorted(kept, self.minutes.indptr)
        stored = (self.minutes.data[kept], self.minutes.indices[kept], start)
        return type(self)(csr_array(stored, shape=self.minutes.shape), minutes)

    def of_places(self, columns: Ints | Bools) -> Self:
        """
        Return the walks to some places: their columns in the order asked for, or a mask.

        Examples
        --------
        >>> times = Times.of_walks([0, 0], [0, 1], [0.0, 12.0], shape=(1, 2), cutoff_min=15)
        >>> times.of_places(np.array([1, 0, 0])).minutes.toarray().tolist()
        [[12.0, 0.0, 0.0]]
        """
        chosen = np.flatnonzero(columns) if columns.dtype == np.bool_ else columns
        found: Walks = self.minutes[:, chosen]
        return type(self)(found, self.cutoff_min)

    def by_home(self, values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
        """
        Add up, for every home, a value of each place that it reaches.

        Parameters
        ----------
        values
            One per place, or a row of several. `nan` makes the sums unknown that it
            has a part in, and no others.
        weights
            One per walk, in the order of `minutes.data`, from 0 up; all 1 if left
            out. A walk of weight 0 has no part.

        Returns
        -------
        sums
            One per home, or a row of several; 0 if it reaches nothing.
        """
        return _sums(self._weighted(weights), values)

    def by_place(self, values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
        """Add up, for every place, a value of each home that reaches it; as `by_home`."""
        return _sums(self._weighted(weights).T, values)

    def _weighted(self, weights: ArrayLike | None) -> Walks:
        walks = self.minutes
        data = np.ones(len(walks.data)) if weights is None else np.asarray(weights, float)
        return csr_array((data, walks.indices, walks.indptr), shape=walks.shape)


def _sums(weighted: Walks | csc_array[np.float64], values: ArrayLike) -> Floats:
    """Multiply, with `nan` only where something unknown has a weight: 0 × nan is nan."""
    of = np.asarray(values, dtype=np.float64)
    unknown = np.isnan(of)
    if not unknown.any():
        return np.asarray(weighted @ of)
    touched = np.asarray(weighted @ unknown.astype(np.float64)) > 0
    return np.where(touched, np.nan, np.asarray(weighted @ np.where(unknown, 0.0, of)))
