"""Where in a story we are: a step, and which of its two questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.stories import Step, Story

AFTER = "b"
"""How a step's second question is told in a link: 3b is that of step 3."""

FORESIGHT = 4
"""Steps that are made ready: the reach of the places takes some seconds in a large area."""

SPELT = re.compile(f"([0-9]{{1,4}})({AFTER}?)")


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place in a story.

    Parameters
    ----------
    story
        The story.
    n
        The step, from 1.
    after
        Whether its second question is shown.

    Examples
    --------
    >>> tale = Story("Parks", (Step("A", "kinds=park"), Step("B", "dark=", after="dark=1")))
    >>> Place(tale).moved(1).turned().told
    '2b'
    >>> Place(tale, 2, after=True).moved(9).told, Place(tale).turned().told
    ('2b', '1')
    """

    story: Story
    n: int = 1
    after: bool = False

    @classmethod
    def of(cls, story: Story, told: str) -> Place:
        """
        Return the place that a link tells of; the nearest there is, else the beginning.

        Examples
        --------
        >>> tale = Story("Parks", (Step("A", "kinds=park"), Step("B", "kinds=park")))
        >>> [Place.of(tale, told).n for told in ("2", "2b", "99", "0", "-1", "", "soon")]
        [2, 2, 2, 1, 1, 1, 1]
        """
        found = SPELT.fullmatch(told)
        if not found:
            return cls(story)
        n = min(max(int(found[1]), 1), len(story.steps))
        return cls(story, n, bool(found[2] and story.steps[n - 1].after))

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.story.steps[self.n - 1]

    @property
    def question(self) -> str:
        """What is asked here, as `data.stories.question_in` returns it."""
        return self.step.after if self.after else self.step.question

    @property
    def told(self) -> str:
        """The place as a link tells it."""
        return f"{self.n}{AFTER if self.after else ''}"

    def moved(self, by: int) -> Place:
        """Return the place so many steps on, at its first question; at most the end."""
        n = min(max(self.n + by, 1), len(self.story.steps))
        return self if n == self.n else Place(self.story, n)

    def turned(self) -> Place:
        """Return the other question of the same step, if it has one."""
        return Place(self.story, self.n, not self.after) if self.step.after else self

    def near(self) -> Iterator[Place]:
        """Return where a key may lead to from here, the likeliest first."""
        yield self.turned()
        for by in (*range(1, FORESIGHT + 1), -1):
            yield self.moved(by)
            yield self.moved(by).turned()
