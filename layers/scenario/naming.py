"""What a scenario is called, wherever a question is told."""

from __future__ import annotations

from geo.scenario.scenario import Scenario
from words.speaker import Speaker


def label(scenario: Scenario, say: Speaker) -> str:
    """
    Return what a scenario is called, and that it is none of today; `""` if nothing is changed.

    Examples
    --------
    >>> from geo.scenario.edits import Close
    >>> from words.speaker import speaker
    >>> some = Scenario((Close("w1"), Close("w2")))
    >>> label(some, speaker("en"))
    'Scenario with 2 changes: not as it is today'
    >>> label(Scenario(some.edits, "Two fewer"), speaker("en"))
    'Scenario “Two fewer”: not as it is today'
    """
    if not scenario:
        return ""
    if scenario.name:
        return say("Scenario “{name}”: not as it is today", name=scenario.name)
    return say.many(
        "Scenario with {n} change: not as it is today",
        "Scenario with {n} changes: not as it is today",
        len(scenario.edits),
    )


def called(scenario: Scenario, say: Speaker) -> str:
    """
    Return the name of a scenario, else how many changes it has; `""` if nothing is changed.

    Examples
    --------
    >>> from geo.scenario.edits import Close
    >>> from words.speaker import speaker
    >>> called(Scenario((Close("w1"),)), speaker("en"))
    '1 change'
    """
    if not scenario:
        return ""
    return scenario.name or say.many("{n} change", "{n} changes", len(scenario.edits))


def supposed(scenario: Scenario, say: Speaker) -> str:
    """
    Return in which scenario a sentence is true, as a part of it; `""` if it is true today.

    Examples
    --------
    >>> from geo.scenario.edits import Close
    >>> from words.speaker import speaker
    >>> supposed(Scenario((Close("w1"),)), speaker("en"))
    'with 1 change to the area'
    """
    if not scenario:
        return ""
    if scenario.name:
        return say("in the scenario “{name}”", name=scenario.name)
    return say.many(
        "with {n} change to the area", "with {n} changes to the area", len(scenario.edits)
    )


def title(area: str, scenario: Scenario, say: Speaker) -> str:
    """
    Return what an answer about an area is called; of a scenario it says so.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> title("Bodø", Scenario(), speaker("en"))
    'Meeting places in Bodø'
    """
    if scenario:
        return say("Meeting places in {area} (scenario)", area=area)
    return say("Meeting places in {area}", area=area)


def supposed_area(area: str, scenario: Scenario, say: Speaker) -> str:
    """
    Return what an area is called beside others; in a scenario it says so.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> supposed_area("Bodø", Scenario(), speaker("en"))
    'Bodø'
    """
    return say("{area} (scenario)", area=area) if scenario else area
