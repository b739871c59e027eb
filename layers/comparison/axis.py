"""Axes of dot plots: fixed by the question, never by what the areas have."""

from __future__ import annotations

from dataclasses import dataclass

from words import Speaker

FROM_MM, LONG_MM, SAID_FROM_MM, WIDTH_MM = 48.0, 62.0, 115.0, 160.0
"""Where an axis begins, how long it is, where figures in words begin, and the whole."""

TEXT_MM = 3.3
LINE = "#c4cacd"
FONT = "Source Sans Pro, sans-serif"


@dataclass(frozen=True, slots=True)
class Axis:
    """
    What a place along a row means.

    Parameters
    ----------
    end
        The value at its right end; 0 is at its left.
    ticks
        Values that are written below, with their words.
    mark
        A value with a stronger line, as the limit that was asked about; `None` for none.
    """

    end: float
    ticks: tuple[tuple[float, str], ...]
    mark: float | None = None

    def x(self, value: float) -> float:
        """
        Return where a value stands, in millimetres; what is beyond the end, at the end.

        Examples
        --------
        >>> Axis(20, ()).x(10), Axis(20, ()).x(99)
        (79.0, 110.0)
        """
        return FROM_MM + LONG_MM * min(value / self.end, 1.0)


def shares(say: Speaker) -> Axis:
    """
    Return the axis of shares: from nobody to everybody, whatever the areas have.

    Examples
    --------
    >>> from words import speaker
    >>> [words for _, words in shares(speaker("en")).ticks]
    ['0%', '25%', '50%', '75%', '100%']
    """
    return Axis(1.0, tuple((n / 4, say.share(n / 4)) for n in range(5)))


def walks(minutes: int, say: Speaker) -> Axis:
    """
    Return the axis of walks: twice as long as the limit that was asked about.

    Examples
    --------
    >>> from words import speaker
    >>> axis = walks(15, speaker("en"))
    >>> axis.end, axis.mark, [words for _, words in axis.ticks]
    (30, 15, ['0', '7.5', '15', '22.5', '30'])
    """
    steps = (minutes * n / 2 for n in range(5))
    return Axis(2 * minutes, tuple((n, say.number(n, 1)) for n in steps), mark=minutes)
