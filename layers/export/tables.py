"""Tables of an export without a geometry: groups, sources, the question, what it says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import attrgetter

import pandas as pd

from geo.answer import Answer, Catalogue
from geo.bundle import Area, Bundle
from geo.hours import MOMENTS
from geo.question import SWITCHES, Question
from layers.export.columns import sheet
from layers.export.sheet import Sheet
from layers.groups_file import by_group
from layers.scenario.naming import called
from layers.source_text import known
from words import Speaker


def tables(
    answer: Answer,
    bundle: Bundle,
    catalogue: Catalogue,
    say: Speaker,
    about: tuple[tuple[str, str], ...],
) -> tuple[Sheet, ...]:
    """
    Return what an answer has for files besides maps.

    Parameters
    ----------
    answer, bundle, catalogue
        What was asked, of what, and what it is called.
    say
        The language of the words.
    about
        As `layers.export.about.about` makes it.

    Returns
    -------
    tables
        `groups`, `sources`, `question` and `about`.
    """
    groups = by_group(answer, catalogue, say)
    asked = _question(answer.question, bundle.area, catalogue, say)
    return (
        sheet("groups", say("Residents by group"), groups, say),
        sheet("sources", say("Sources"), _sources(bundle.area, say), say),
        sheet("question", say("Question and settings"), asked, say),
        about_sheet(about, say),
    )


def about_sheet(about: tuple[tuple[str, str], ...], say: Speaker) -> Sheet:
    """Return what an export is, and what it rests on, as a table."""
    told = pd.DataFrame(about, columns=["what", "text"], dtype=str)
    return sheet("about", say("What the figures rest on"), told, say)


def _sources(area: Area, say: Speaker) -> pd.DataFrame:
    """Return what an area rests on, a row each; a table without rows if nothing is known."""
    names = ("name", "licence", "attribution", "date", "rows", "url")
    told = pd.DataFrame(map(attrgetter(*names), area.sources), columns=list(names))
    words = ["licence", "attribution", "date"]
    return told.assign(**{name: told[name].map(partial(known, say=say)) for name in words})


def _question(
    question: Question, area: Area, catalogue: Catalogue, say: Speaker
) -> pd.DataFrame:
    """Return the question as links and commands have it, and what each part of it means."""
    labels, texts = _labels(say), _texts(question, area, catalogue, say)
    return pd.DataFrame(
        [(key, labels[key], value, texts[key]) for key, value in question.to_params().items()],
        columns=["parameter", "label", "value", "text"],
    )


def _labels(say: Speaker) -> dict[str, str]:
    return {
        "area": say("Area"),
        "kinds": say("Kind of place"),
        "group": say("Group"),
        "walker": say("Walking as"),
        "minutes": say("Minutes on foot"),
        "when": say("When"),
        "schools": say("Schools are open to others after school hours"),
        "winter": say("Snow and ice"),
        "dark": say("In the dark"),
        "certain": say("Count only what is known"),
        "scenario": say("Scenario"),
    }


def _texts(
    question: Question, area: Area, catalogue: Catalogue, say: Speaker
) -> Mapping[str, str]:
    """Return in words what a question asks for."""
    kinds = [say(catalogue.kinds[key].label) for key in question.kinds]
    own = say("Each group at its own pace")
    yes, no = say("Yes"), say("No")
    return {
        "area": area.name,
        "kinds": ", ".join(kinds),
        "group": say(catalogue.groups[question.group].label),
        "walker": say(catalogue.walkers[question.walker].label) if question.walker else own,
        "minutes": say.number(question.minutes),
        "when": say(MOMENTS[question.when].label) if question.when else say("Any time"),
        **{name: yes if getattr(question, name) else no for name in SWITCHES},
        "scenario": called(question.scenario, say) or say("None: as it is today"),
    }
