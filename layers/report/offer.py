"""The chapter on what there is: places by family, indoors and outdoors, hours, steps."""

from __future__ import annotations

from geo.coverage import NOBODY, few
from geo.tables import EVERYBODY
from layers.family_text import by_family, headings, rows
from layers.figure_text import figure_text
from layers.naming import named_kinds
from layers.report.offer_text import known_of, settings
from layers.report.subject import Pictures, Subject
from layers.report.tree import Block, Bullets, Heading, Paragraph, table
from layers.sentences import reasons
from words.speaker import Speaker

FEW_KINDS = 8
"""Of so many asked kinds it is told why each counts; of more, that would fill pages."""


def chapter(about: Subject, say: Speaker, pictures: Pictures) -> list[Block]:
    """
    Return the chapter.

    Parameters
    ----------
    about
        What the report is about.
    say
        The language.
    pictures
        That of `"places"` stands in it.
    """
    bundle = about.bundle
    inside = bundle.places[bundle.places["inside"]]
    found: list[Block] = [
        Heading(1, say("What there is")),
        Paragraph(counted(about, say), lead=True),
    ]
    if not inside.empty:
        people = float(bundle.homes[EVERYBODY].sum())
        families = by_family(bundle.places, people)
        told = [settings(inside, say), *known_of(inside, about.catalogue.kinds, say)]
        found += [
            Paragraph(" ".join(told)),
            table(
                say("Meeting places by family"),
                headings(say),
                rows(families, people, about.catalogue.families, say),
            ),
        ]
    if "places" in pictures:
        found.append(pictures["places"])
    if not about.empty:
        found += _asked(about, say)
    return found


def counted(about: Subject, say: Speaker) -> str:
    """
    Say how many places there are, for how many people, and of which family most are.

    Parameters
    ----------
    about
        What the report is about; places outside its area are not counted.
    say
        The language.
    """
    bundle = about.bundle
    people = float(bundle.homes[EVERYBODY].sum())
    families = by_family(bundle.places, people)
    if families.empty:
        return say("There are no meeting places in the data for this area.")
    total = int(families["places"].sum())
    told = [
        say.many(
            "There is {n} meeting place in {area}.",
            "There are {n} meeting places in {area}.",
            total,
            area=bundle.area.name,
        )
    ]
    if people >= NOBODY and not few(people):
        rate = figure_text(people, 1000 * total / people, say)
        told.append(say("That is {rate} per thousand residents.", rate=rate))
    largest = families["places"] == families["places"].iloc[0]
    if len(families) > 1 and largest.sum() == 1:
        key = str(families.index[0])
        known = about.catalogue.families
        label = say(known[key].label) if key in known else key
        told.append(
            say(
                "The largest family is {family}, with {n}.",
                family=label,
                n=say.number(int(families["places"].iloc[0])),
            )
        )
    return " ".join(told)


def _asked(about: Subject, say: Speaker) -> list[Block]:
    """Say which of the places the rest of the report is about, and why such places count."""
    answer, catalogue = about.answer, about.catalogue
    kinds = named_kinds(answer.question, catalogue, say)
    inside = int(answer.places["inside"].sum())
    outside = len(answer.places) - inside
    told = [
        say("The rest of this report is about the walk to the nearest {kinds}.", kinds=kinds),
        say.many("{n} such place counts.", "{n} such places count.", inside),
    ]
    if outside:
        told.append(
            say.many(
                "So does {n} outside the boundary, for whoever has it within reach.",
                "So do {n} outside the boundary, for whoever has one within reach.",
                outside,
            )
        )
    found: list[Block] = [
        Heading(2, say("What counts in this report")),
        Paragraph(" ".join(told)),
    ]
    if len(answer.question.kinds) <= FEW_KINDS:
        found.append(Bullets(tuple(reasons(answer.question, catalogue, say))))
    return found
