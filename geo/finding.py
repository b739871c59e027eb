"""Looking places up: by name and kind, and by what is known of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model import Kind
from geo.paths.network import Bools
from geo.timetable import OPEN

LONGEST = 80
"""Characters of a search that are looked at: a link may bring any number of them."""

SETTINGS = ("indoor", "outdoor", "both")
HOURS = ("open", "known", "unknown")
STEP_FREE = ("yes", "limited", "no", "unknown")
"""What may be asked for, besides `""`: whatever it may be."""

TOLD = {"yes": "yes", "designated": "yes", "limited": "limited", "no": "no"}
"""Values of the tag `wheelchair`, and what they mean; nobody knows what others do."""

LETTERS = str.maketrans(
    {
        **{"æ": "ae", "œ": "oe", "ø": "o", "þ": "th"},
        **{"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l"},
    }
)
"""Letters that are no other letter with a mark, as keyboards without them write them."""

Words = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What places are looked for; `""` is whatever it may be.

    Parameters
    ----------
    text
        Words that a name or the name of a kind holds, each somewhere.
    family
        Key of a family.
    setting
        One of `SETTINGS`. Who wants to be indoors may go where there is both.
    hours
        One of `HOURS`: open at the moment, hours told, or not told.
    stepfree
        One of `STEP_FREE`: that nobody knows is an answer of its own.
    """

    text: str = ""
    family: str = ""
    setting: str = ""
    hours: str = ""
    stepfree: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """
    What places are looked up by, each in the order of the places.

    Parameters
    ----------
    texts
        Name and kinds, `folded`.
    families
        By family, which places are of it.
    setting
        As in `geo.tables.PLACES`.
    told
        Whether opening hours are told.
    stepfree
        One of `STEP_FREE` each.
    """

    texts: tuple[str, ...]
    families: Mapping[str, Bools]
    setting: Words
    told: Bools
    stepfree: Words


def folded(text: str) -> str:
    """
    Return a text as it is searched in: small letters, without marks on them.

    Examples
    --------
    >>> folded("Čáhcesuolo ØRRET"), folded("Ærfuglveien")
    ('cahcesuolo orret', 'aerfuglveien')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return bare.translate(LETTERS)


def index(places: pd.DataFrame, kinds: Mapping[str, Kind], labels: Mapping[str, str]) -> Index:
    """
    Make places ready to be looked up.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`.
    kinds
        The catalogue. A kind that it does not know is of no family but its place's own.
    labels
        What the kinds are called in the reader's language.
    """
    of = [keys.split(";") for keys in places["kinds"]]
    texts = [
        " ".join([name, *(labels.get(key, key) for key in keys)])
        for name, keys in zip(places["name"], of, strict=True)
    ]
    families = [
        {own, *(kinds[key].family for key in keys if key in kinds)}
        for own, keys in zip(places["family"], of, strict=True)
    ]
    tags = places["wheelchair"].str.strip().str.lower()
    return Index(
        texts=tuple(map(folded, texts)),
        families={
            key: np.array([key in some for some in families], dtype=bool)
            for key in sorted(set().union(*families))
        },
        setting=places["setting"].to_numpy(dtype=np.str_),
        told=places["opening_hours"].str.strip().ne("").to_numpy(dtype=bool),
        stepfree=tags.map(TOLD).fillna("unknown").to_numpy(dtype=np.str_),
    )


def found(known: Index, wanted: Wanted, states: Words) -> Bools:
    """
    Tell which places are wanted.

    Parameters
    ----------
    known
        As `index` returns it.
    wanted
        What is looked for. A value that does not exist finds nothing.
    states
        Whether each is open at the moment asked about, as `geo.hours.states` tells.

    Examples
    --------
    >>> rows = {"name": ["Ås skole", "Vik"], "kinds": ["school", "park"], "family": "x",
    ...         "setting": ["both", "outdoor"], "opening_hours": "", "wheelchair": ["", "no"]}
    >>> known = index(pd.DataFrame(rows), {}, {"school": "School", "park": "Park"})
    >>> at = np.array(["closed", "open"])
    >>> [found(known, wanted, at).tolist() for wanted in (
    ...     Wanted(text="SCHOOL as"), Wanted(setting="outdoor"), Wanted(stepfree="unknown"))]
    [[True, False], [True, True], [True, False]]
    """
    words = folded(wanted.text[:LONGEST]).split()
    shown = np.array([all(word in text for word in words) for text in known.texts], dtype=bool)
    if wanted.family:
        shown &= known.families.get(wanted.family, np.zeros(len(shown), dtype=bool))
    if wanted.setting:
        shown &= lying(known, wanted.setting)
    if wanted.hours:
        hours = {"open": states == OPEN, "known": known.told, "unknown": ~known.told}
        shown &= hours.get(wanted.hours, np.zeros(len(shown), dtype=bool))
    if wanted.stepfree:
        shown &= known.stepfree == wanted.stepfree
    return shown


def lying(known: Index, setting: str) -> Bools:
    """Tell which places are indoors, outdoors, or `"both"`; those count as each."""
    there = known.setting == setting
    if setting in {"indoor", "outdoor"}:
        there |= known.setting == "both"
    return np.asarray(there, dtype=bool)
