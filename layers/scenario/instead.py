"""A scenario beside another one: the clause that says what it is compared with."""

from __future__ import annotations

from geo.scenario.scenario import Scenario
from words.speaker import Speaker


def instead(condition: str, other: Scenario, say: Speaker) -> str:
    """
    Return the clause that a sentence begins with where a scenario is compared with another.

    Parameters
    ----------
    condition
        What is changed, as `layers.scenario.edit_words.condition` says it.
    other
        What it is compared with; with the area of today if nothing is changed there.
    say
        The language.

    Examples
    --------
    >>> from geo.scenario.edits import Close
    >>> from words.speaker import speaker
    >>> instead("If A closes", Scenario((Close("w1"),), "Without B"), speaker("en"))
    'If A closes, instead of the scenario “Without B”'
    >>> instead("If A closes", Scenario((Close("w1"),)), speaker("en"))
    'If A closes, instead of 1 other change'
    >>> instead("If A closes", Scenario(), speaker("en"))
    'If A closes'
    """
    if not other:
        return condition
    told = say("the scenario “{name}”", name=other.name)
    if not other.name:
        told = say.many("{n} other change", "{n} other changes", len(other.edits))
    return say("{condition}, instead of {other}", condition=condition, other=told)
