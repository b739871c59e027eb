"""What can be changed about a story: each change gets it as it stands, and returns another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from data.stories import Step, Story

Change = Callable[[Story], Story]


def added(step: Step) -> Change:
    """Return the change that puts a step at the end."""
    return lambda story: replace(story, steps=(*story.steps, step))


def swapped(n: int) -> Change:
    """
    Return the change that exchanges step `n`, from 1, and the one behind it, if there are both.

    Examples
    --------
    >>> tale = Story("Parks", (Step("A", "kinds=park"), Step("B", "kinds=park")))
    >>> [step.heading for step in swapped(1)(tale).steps]
    ['B', 'A']
    >>> swapped(0)(tale) == swapped(2)(tale) == tale
    True
    """

    def change(story: Story) -> Story:
        some = list(story.steps)
        if 0 < n < len(some):
            some[n - 1], some[n] = some[n], some[n - 1]
        return replace(story, steps=tuple(some))

    return change


def without(n: int) -> Change:
    """
    Return the change that takes out step `n`; the only step of a story stays.

    Examples
    --------
    >>> tale = Story("Parks", (Step("A", "kinds=park"), Step("B", "kinds=park")))
    >>> [step.heading for step in without(1)(tale).steps]
    ['B']
    """

    def change(story: Story) -> Story:
        steps = (*story.steps[: n - 1], *story.steps[n:])
        return replace(story, steps=steps or story.steps)

    return change


def told(n: int, field: Literal["heading", "note", "after"], value: str) -> Change:
    """
    Return the change that says something else of step `n`, if there is such a step.

    Examples
    --------
    >>> tale = Story("Parks", (Step("A", "kinds=park"),))
    >>> told(1, "note", "Look!")(tale).steps[0].note, told(2, "note", "Look!")(tale) == tale
    ('Look!', True)
    """

    def change(story: Story) -> Story:
        if n > len(story.steps):
            return story
        step = story.steps[n - 1]
        match field:
            case "heading":
                step = replace(step, heading=value)
            case "note":
                step = replace(step, note=value)
            case "after":
                step = replace(step, after=value)
        return replace(story, steps=(*story.steps[: n - 1], step, *story.steps[n:]))

    return change
