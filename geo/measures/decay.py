"""How much a place counts the farther it is: decay functions, each a value of its own."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, pi, sqrt
from typing import ClassVar, Protocol

import numpy as np

from geo.errors import QuestionError
from geo.paths.network import Floats


class Decay(Protocol):
    """
    What a walk weighs: 1 at the door, never more for a longer walk, never below 0.

    Called with minutes, `inf` among them, it returns their weights.
    """

    @property
    def reach_min(self) -> float:
        """Longest walk that weighs anything; `inf` if all do."""

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""


@dataclass(frozen=True, slots=True)
class Step:
    """
    All or nothing: 1 up to `limit_min`, and 0 beyond. Exactly so long is within.

    Examples
    --------
    >>> Step(10)(np.array([0.0, 10.0, 10.1, inf])).tolist()
    [1.0, 1.0, 0.0, 0.0]
    """

    limit_min: float

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""
        return (minutes <= self.limit_min).astype(np.float64)

    @property
    def reach_min(self) -> float:
        """Longest walk that weighs anything."""
        return self.limit_min


@dataclass(frozen=True, slots=True)
class Linear:
    """
    Falling evenly: 1 − t ÷ limit, and 0 from the limit on.

    Examples
    --------
    >>> Linear(10)(np.array([0.0, 4.0, 10.0, inf])).tolist()
    [1.0, 0.6, 0.0, 0.0]
    """

    limit_min: float

    def __post_init__(self) -> None:
        """Refuse a fall over no time."""
        _require_positive(self.limit_min)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""
        return np.maximum(1 - minutes / self.limit_min, 0.0)

    @property
    def reach_min(self) -> float:
        """Longest walk that weighs anything."""
        return self.limit_min


@dataclass(frozen=True, slots=True)
class Exponential:
    """
    Halved every `half_min` minutes: 2^(−t ÷ half), which is e^(−βt) with β = ln 2 ÷ half.

    Examples
    --------
    >>> Exponential(10)(np.array([0.0, 10.0, 20.0, inf])).tolist()
    [1.0, 0.5, 0.25, 0.0]
    """

    reach_min: ClassVar[float] = inf
    half_min: float

    def __post_init__(self) -> None:
        """Refuse a fall over no time."""
        _require_positive(self.half_min)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""
        return np.exp2(-minutes / self.half_min)


@dataclass(frozen=True, slots=True)
class Logistic:
    """
    Falling along an S: the share of people who would still walk so far.

    (1 + e^(−mk)) ÷ (1 + e^((t − m)k)) with m the median and k = π ÷ (√3 · spread), the
    standard deviation: Bauer & Groneberg 2016 (10.1371/journal.pone.0159148), equation 9
    as Conveyal R5 has it, so that a walk of no minutes weighs 1.

    Examples
    --------
    >>> Logistic(10, 2)(np.array([0.0, 10.0, 20.0, inf])).round(3).tolist()
    [1.0, 0.5, 0.0, 0.0]
    """

    reach_min: ClassVar[float] = inf
    median_min: float
    spread_min: float

    def __post_init__(self) -> None:
        """Refuse a fall over no time."""
        _require_positive(self.median_min)
        _require_positive(self.spread_min)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""
        steep = pi / (sqrt(3) * self.spread_min)
        with np.errstate(over="ignore"):  # so far off that it weighs nothing
            fallen = 1 + np.exp((minutes - self.median_min) * steep)
        return np.asarray((1 + np.exp(-self.median_min * steep)) / fallen)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """
    Falling along a bell: e^(−t² ÷ 2σ²), as PySAL's `access` has it.

    Examples
    --------
    >>> Gaussian(20)(np.array([0.0, 20.0, inf])).round(4).tolist()
    [1.0, 0.6065, 0.0]
    """

    reach_min: ClassVar[float] = inf
    sigma_min: float

    def __post_init__(self) -> None:
        """Refuse a fall over no time."""
        _require_positive(self.sigma_min)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""
        return np.exp(-0.5 * np.square(minutes / self.sigma_min))


def _require_positive(minutes: float) -> None:
    if not 0 < minutes < inf:
        raise QuestionError(
            "What a walk weighs must fall over more than 0 minutes, not {got}.", got=minutes
        )
