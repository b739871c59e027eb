"""
Stories for the wall: a list of questions with headings, as one small TOML file.

Each step is a question as its link says it, and what is said with it. A story names no
area: it is played where it is opened. A scenario is of one area: elsewhere its step says that
it cannot be asked. Nothing in it is ever fetched; all of it is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import tomli_w

from data.store import CODE
from data.text import plain
from geo.question import SWITCHES

ASKED = ("kinds", "group", "walker", "minutes", "when", *SWITCHES, "scenario")
VIEWED = ("areas", "incomes")
"""Names in a link that a step keeps: what is asked, and what the map shows besides.

Not the area, and not the base map: a story made by somebody else must not make the map ask
an outside host.
"""

SPELT = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})
"""Letters that do not come apart into a plain one and a mark."""

LONGEST_NAME = 30

View = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class Step:
    """
    One thing to show.

    Parameters
    ----------
    heading
        What it is called.
    question
        What is asked, as the part of a link behind the question mark.
    note
        What else is said, or `""`.
    after
        A second question, to compare with the first, or `""`.
    look_at
        Where the map looks; `None`: where it looked before.
    """

    heading: str
    question: str
    note: str = ""
    after: str = ""
    look_at: View | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its title, its steps, and the language in which it is told, or `""`."""

    title: str
    steps: tuple[Step, ...]
    language: str = ""


def question_in(link: str) -> str:
    """
    Return what a link asks: only the names that a step keeps, in a fixed order.

    Parameters
    ----------
    link
        A whole address, or only the part behind the question mark. It is never fetched.

    Examples
    --------
    >>> question_in("https://evil.example/wall?minutes=5&kinds=park%2Cschool&x=1&area=1804")
    'kinds=park%2Cschool&minutes=5'
    >>> question_in("kinds=library")
    'kinds=library'
    """
    query = link.partition("?")[2] if "?" in link else link
    told = dict(parse_qsl(query.partition("#")[0]))
    return urlencode({name: told[name] for name in (*ASKED, *VIEWED) if name in told})


def written(story: Story) -> bytes:
    r"""
    Return a story as a file that `data.story_file.read` understands.

    Examples
    --------
    >>> print(written(Story("Parks", (Step("Who?", "kinds=park"),))).decode().strip())
    title = "Parks"
    <BLANKLINE>
    [[steps]]
    heading = "Who?"
    question = "kinds=park"
    """
    about = {"title": story.title} | ({"language": story.language} if story.language else {})
    steps = [f"\n[[steps]]\n{tomli_w.dumps(_row(step))}" for step in story.steps]
    return "".join([tomli_w.dumps(about), *steps]).encode()


def words(text: str) -> str:
    r"""
    Return what somebody wrote as text on one line, without characters that deceive.

    Examples
    --------
    >>> words("Who\ngets\u202e there?")
    'Who gets there?'
    """
    return " ".join(filter(None, map(plain, text.split())))


def name_for(title: str, taken: Collection[str]) -> str:
    """
    Return a name for a story that is not taken.

    Examples
    --------
    >>> name_for("Møteplasser på Ørnes!", {"moteplasser-pa-ornes"}), name_for("Con", ())
    ('moteplasser-pa-ornes-2', 'story-con')
    >>> name_for("", ())
    'story'
    """
    plain = unicodedata.normalize("NFKD", title.lower().translate(SPELT))
    stem = re.sub("[^a-z0-9]+", "-", re.sub("[\u0300-\u036f]", "", plain))
    stem = stem[:LONGEST_NAME].strip("-") or "story"
    if not CODE.fullmatch(stem):
        stem = f"story-{stem}"
    n = 1
    while (name := stem if n == 1 else f"{stem}-{n}") in taken:
        n += 1
    return name


def _row(step: Step) -> dict[str, object]:
    told = {name: getattr(step, name) for name in Step.__dataclass_fields__}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in told.items()
        if value
    }
