"""What the measures say of all residents together, and of where people gather."""

from __future__ import annotations

from math import isinf, isnan, nan

from geo.coverage import FEWEST, NOBODY
from geo.figures.figures import Figures
from geo.figures.uneven import Uneven, Unranked
from layers.figure_text import Index, figure_text, missing
from layers.naming import share_of
from words.speaker import UNKNOWN, Speaker

DECIMALS = 2
"""Of indices that lie between 0 and 1."""

STREETS = 3
"""So many streets are named that people gather near."""


def of_all(figures: Figures, say: Speaker) -> list[Index]:
    """
    Say how unevenly all residents have what they have within their walk.

    Parameters
    ----------
    figures
        What was computed.
    say
        The language.

    Returns
    -------
    indices
        Gini and Palma of places, and of near places for more; concentration.
    """
    names = {
        "places": (
            say("Gini index of places within reach"),
            say("Palma ratio of places within reach"),
        ),
        "weighted": (
            say("Gini index, near places for more"),
            say("Palma ratio, near places for more"),
        ),
    }
    pairs = [(figures.spread[key], *names[key], key) for key in names]
    found = [
        index
        for spread, gini, palma, key in pairs
        for index in (
            _gini(f"gini_{key}", gini, spread, say),
            _palma(f"palma_{key}", palma, spread, say),
        )
    ]
    return [*found, _concentration(figures.spread["places"], say)]


def _gini(key: str, name: str, spread: Uneven, say: Speaker) -> Index:
    told = spread.told
    if nothing := _nothing(spread, spread.gini, told.gini, say):
        return Index(key, name, nan, *nothing)
    sentence = say(
        "The half of all residents who have least access have {share} of it all. If all had"
        " the same, it would be {even}.",
        share=say.share(told.least),
        even=say.share(0.5),
    )
    return Index(key, name, told.gini, say.number(told.gini, DECIMALS), sentence)


def _palma(key: str, name: str, spread: Uneven, say: Speaker) -> Index:
    ratio = spread.told.palma
    if nothing := _nothing(spread, spread.palma, ratio, say):
        return Index(key, name, nan, *nothing)
    if isinf(ratio):
        sentence = say("The four tenths of all residents who have least access have none.")
        return Index(key, name, ratio, "∞", sentence)
    told = figure_text(spread.people, ratio, say)
    sentence = say(
        "Each of the tenth of all residents who have most access has {ratio} times as much"
        " as each of the four tenths who have least.",
        ratio=told,
    )
    return Index(key, name, ratio, told, sentence)


def _concentration(spread: Uneven, say: Speaker) -> Index:
    key, name = "concentration", say("Concentration index by income")
    value, shown = spread.concentration, spread.told.concentration
    if isinstance(value, Unranked) or isinstance(shown, Unranked):
        return Index(key, name, nan, say("Unknown"), _unranked(value, say))
    if nothing := _nothing(spread, value, shown, say):
        return Index(key, name, nan, *nothing)
    if not round(shown, DECIMALS):
        sentence = say("Those with high and with low incomes have equally much.")
    elif shown > 0:
        sentence = say("Those with high incomes have more.")
    else:
        sentence = say("Those with low incomes have more.")
    if spread.people * (1 - spread.ranked) >= FEWEST:
        sentence += " " + say(
            "{share} of all residents are left out: the incomes where they live are not known.",
            share=share_of(1 - spread.ranked, say),
        )
    return Index(key, name, shown, say.number(shown, DECIMALS), sentence)


def _unranked(index: float | Unranked, say: Speaker) -> str:
    if isinstance(index, Unranked) and index.ranked:
        return say(
            "Whether those with high or with low incomes have more is not told: where most"
            " residents live, the incomes are not known."
        )
    return say(
        "Whether those with high or with low incomes have more is not known here: there"
        " are no incomes."
    )


def _nothing(spread: Uneven, value: float, told: float, say: Speaker) -> tuple[str, str] | None:
    """Return what stands where an index is not told, and why; `None` if it is."""
    if not isnan(told):
        return None
    if spread.people < NOBODY:
        return UNKNOWN, ""
    if isnan(spread.gini) and not isnan(spread.people):
        return UNKNOWN, say("Nobody has a place within reach.")
    return say("Unknown") if isnan(value) else say("Too few to tell"), ""


def gathering(figures: Figures, say: Speaker) -> str:
    """
    Say where those of the asked group gather who are beyond reach.

    Parameters
    ----------
    figures
        What was computed.
    say
        The language.

    Returns
    -------
    sentence
        Or why there is nothing to say.
    """
    beyond, hot = figures.beyond, figures.gathered
    if absent := missing(beyond.people, beyond.told.beyond, say):
        return absent
    if beyond.beyond < NOBODY:
        return say("Nobody lives beyond reach.")
    if hot.empty:
        return say("Those beyond reach live scattered: no cell stands out.")
    count = say.many(
        "In {n} cell of 250 m more live beyond reach than chance would put there (estimated).",
        "In {n} cells of 250 m more live beyond reach than chance would put there (estimated).",
        len(hot),
    )
    streets = list(dict.fromkeys(filter(None, hot["near"])))[:STREETS]
    if not streets:
        return count
    near = say("Most of them near: {streets}.", streets=", ".join(streets))
    return f"{count} {near}"
