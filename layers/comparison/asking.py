"""A question asked of one area, with the measures that a comparison tells."""

from __future__ import annotations

from datetime import datetime

from geo.answer import answer
from geo.bundle import Bundle
from geo.catalogue import Catalogue
from geo.figures.figures import figures
from geo.question import Question
from geo.scenario.applying import prepared
from layers.export.case import Case
from words import Speaker


def ask(
    question: Question, bundle: Bundle, catalogue: Catalogue, *, say: Speaker, now: datetime
) -> Case:
    """
    Ask a question of an area, whichever area it was of before.

    Parameters
    ----------
    question, bundle, catalogue
        What is asked, of which area; what things are called.
    say
        The language of what is made of it.
    now
        When it is asked: the same moment for all areas.

    Raises
    ------
    QuestionError
        If it speaks of what does not exist.
    """
    here = question.elsewhere(bundle.area.code)
    town = prepared(bundle, here.scenario, catalogue.kinds)
    found = answer(town, here, catalogue, now=now)
    measured = figures(town, here, catalogue, now=now)
    return Case(found, town, measured, catalogue, now, say, bundle)
