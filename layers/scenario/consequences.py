"""The sentences that say what a scenario brings: each case has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geo.scenario.difference import Difference
from geo.scenario.gained import GAINS, LOSES
from layers.scenario.parts import State, shares, some
from words.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Parts:
    """What the sentences are made of."""

    what: str
    group: str
    kinds: str
    found: Difference
    say: Speaker

    @property
    def minutes(self) -> int:
        """The limit."""
        return self.found.question.minutes

    @property
    def known(self) -> dict[str, str]:
        """What every sentence says."""
        return {"what": self.what, "group": self.group, "kinds": self.kinds}

    @property
    def gain(self) -> str:
        """How many gain."""
        return some(self.found.asked, GAINS, self.say)

    @property
    def loss(self) -> str:
        """How many lose."""
        return some(self.found.asked, LOSES, self.say)


def _gain(parts: Parts) -> str:
    gain = parts.gain
    return parts.say.many(
        "{what}, {people} more of {group} have {n} minute or less on foot to the nearest"
        " {kinds}; nobody among them loses.",
        "{what}, {people} more of {group} have {n} minutes or less on foot to the nearest"
        " {kinds}; nobody among them loses.",
        parts.minutes,
        people=gain,
        **parts.known,
    )


def _both(parts: Parts) -> str:
    gain, loss = parts.gain, parts.loss
    return parts.say.many(
        "{what}, {people} of {group} come within {n} minute on foot of the nearest {kinds},"
        " and {others} get farther away than that.",
        "{what}, {people} of {group} come within {n} minutes on foot of the nearest {kinds},"
        " and {others} get farther away than that.",
        parts.minutes,
        people=gain,
        others=loss,
        **parts.known,
    )


def _loss(parts: Parts) -> str:
    loss = parts.loss
    return parts.say.many(
        "{what}, {people} of {group} no longer have {n} minute or less on foot to the nearest"
        " {kinds}; nobody among them gains.",
        "{what}, {people} of {group} no longer have {n} minutes or less on foot to the nearest"
        " {kinds}; nobody among them gains.",
        parts.minutes,
        people=loss,
        **parts.known,
    )


def _gain_alone(parts: Parts) -> str:
    gain = parts.gain
    return parts.say.many(
        "{what}, {people} of {group} come within {n} minute on foot of the nearest {kinds}."
        " How many lose is not told, as that would give away a few.",
        "{what}, {people} of {group} come within {n} minutes on foot of the nearest {kinds}."
        " How many lose is not told, as that would give away a few.",
        parts.minutes,
        people=gain,
        **parts.known,
    )


def _loss_alone(parts: Parts) -> str:
    loss = parts.loss
    return parts.say.many(
        "{what}, {people} of {group} no longer have {n} minute or less on foot to the nearest"
        " {kinds}. How many gain is not told, as that would give away a few.",
        "{what}, {people} of {group} no longer have {n} minutes or less on foot to the nearest"
        " {kinds}. How many gain is not told, as that would give away a few.",
        parts.minutes,
        people=loss,
        **parts.known,
    )


def _no_loss(parts: Parts) -> str:
    text = (
        "{what}, nobody of {group} loses. How many gain is not told, as that would give away"
        " a few."
    )
    return parts.say(text, **parts.known)


def _no_gain(parts: Parts) -> str:
    text = (
        "{what}, nobody of {group} gains. How many lose is not told, as that would give away"
        " a few."
    )
    return parts.say(text, **parts.known)


def _untold(parts: Parts) -> str:
    asked, say = parts.found.asked, parts.say
    if told := shares(asked, say):
        return say.many(
            "{what}, {after} of {group} have {n} minute or less on foot to the nearest {kinds},"
            " against {before} before. How many gain and how many lose is not told, as that"
            " would give away a few.",
            "{what}, {after} of {group} have {n} minutes or less on foot to the nearest"
            " {kinds}, against {before} before. How many gain and how many lose is not told, as"
            " that would give away a few.",
            parts.minutes,
            before=told[0],
            after=told[1],
            **parts.known,
        )
    text = (
        "{what}, it is not told how many of {group} gain or lose, as so few of them are within"
        " reach, or beyond."
    )
    if asked.before.withheld or asked.after.withheld or asked.withheld:
        text = (
            "{what}, it is not told how many of {group} gain or lose, as that would give away a"
            " few others."
        )
    return say(text, **parts.known)


def unknown(parts: Parts) -> str:
    """Say that it is not known who gains and who loses."""
    text = (
        "{what}, it is not known how many of {group} gain or lose: how many of them live where"
        " is not known."
    )
    return parts.say(text, **parts.known)


def _nothing(parts: Parts) -> str:
    if parts.found.same:
        return parts.say("{what}, nothing changes for {group}.", **parts.known)
    return parts.say.many(
        "{what}, nobody of {group} comes within {n} minute on foot of the nearest {kinds}, and"
        " nobody gets farther away than that, but some walks get shorter or longer.",
        "{what}, nobody of {group} comes within {n} minutes on foot of the nearest {kinds}, and"
        " nobody gets farther away than that, but some walks get shorter or longer.",
        parts.minutes,
        **parts.known,
    )


SENTENCES: Mapping[tuple[State, State], Callable[[Parts], str]] = {
    (State.SOME, State.NOBODY): _gain,
    (State.SOME, State.SOME): _both,
    (State.NOBODY, State.SOME): _loss,
    (State.SOME, State.UNTOLD): _gain_alone,
    (State.UNTOLD, State.SOME): _loss_alone,
    (State.UNTOLD, State.NOBODY): _no_loss,
    (State.NOBODY, State.UNTOLD): _no_gain,
    (State.UNTOLD, State.UNTOLD): _untold,
    (State.NOBODY, State.NOBODY): _nothing,
}
"""By what can be said of who gains, and of who loses."""
