"""What a scenario brings, in a sentence: who gains, who loses, and by how much."""

from __future__ import annotations

from geo.answer import Catalogue
from geo.scenario.difference import Difference
from geo.scenario.gained import GAINS, LOSES
from layers.naming import aged, named_kinds
from layers.reaching import caution
from layers.scenario.besides import foremost_age, new_homes, shares_moved
from layers.scenario.consequences import SENTENCES, Parts, unknown
from layers.scenario.parts import State, state
from words.speaker import Speaker


def said(found: Difference, what: str, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say what a scenario brings to the asked group.

    Parameters
    ----------
    found
        The difference that it makes.
    what
        The clause that a sentence begins with, in the language of `say` and without a comma
        at its end: "If Vik skole opens on weekday evenings".
    catalogue
        What was asked is called so.
    say
        The language.

    Returns
    -------
    sentences
        Who gains and who loses; the shares; at most one age, if all are asked about; who
        moves into new homes; and what the figures cannot tell.
    """
    question = found.question
    if not question.kinds:
        return say("Choose at least one kind of meeting place.")
    parts = Parts(
        what=what,
        group=aged(catalogue.groups[question.group], say),
        kinds=named_kinds(question, catalogue, say),
        found=found,
        say=say,
    )
    gains, loses = (state(found.asked, part) for part in (GAINS, LOSES))
    known = State.UNKNOWN not in (gains, loses)
    first = SENTENCES[gains, loses](parts) if known else unknown(parts)
    told = State.SOME in (gains, loses) and known
    return " ".join(
        [
            first,
            *(shares_moved(found.asked, say) if told else []),
            *(foremost_age(found, catalogue, say) if gains is State.SOME and told else []),
            *new_homes(found, catalogue, say),
            *caution(found.before, say),
        ]
    )
