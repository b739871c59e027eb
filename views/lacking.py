"""What falls short of the accessibility that the law asks for: what the statement lists."""

from __future__ import annotations

from dataclasses import dataclass

from geo.errors import Message


@dataclass(frozen=True, slots=True)
class Lack:
    """
    A success criterion of WCAG 2.1 that is not met everywhere.

    Parameters
    ----------
    number, level
        Of the criterion.
    title
        Of the criterion; the authorised translation is at w3.org/Translations/WCAG21-no.
    what, why
        What falls short, and what that is due to.
    means
        For whom, and what it means to them.
    instead
        What to do meanwhile.
    """

    number: str
    level: str
    title: Message
    what: Message
    why: Message
    means: Message
    instead: Message


STREAMLIT = Message(
    "It comes from Streamlit, the library that draws the page, and cannot be mended from"
    " outside it without harming something else."
)

LACKS = (
    Lack(
        "1.1.1",
        "A",
        Message("Non-text content"),
        Message("Homes, streets and reach are drawn on the map without a text for each."),
        Message(
            "There are thousands of them, and the homes are not named for the sake of privacy."
        ),
        Message("Who does not see the map is not told where each single home lies."),
        Message(
            "The sentence above the map and the tables below it say what the map shows as a"
            " whole. Every meeting place can be reached on the map by keyboard, and the page"
            " Meeting places lists them all."
        ),
    ),
    Lack(
        "1.3.1",
        "A",
        Message("Info and relationships"),
        Message(
            "Long tables that can be sorted, and the preview of a file, are drawn as a picture"
            " with a table behind it that holds only the rows in sight."
        ),
        STREAMLIT,
        Message("Screen readers meet a part of the table at a time."),
        Message("The whole table is in the spreadsheets that can be downloaded."),
    ),
    Lack(
        "1.4.13",
        "AA",
        Message("Content on hover or focus"),
        Message(
            "Names that appear on the map under the pointer cannot be pointed at themselves,"
            " and are not closed by the Escape key."
        ),
        Message("It comes from Leaflet, the library that draws the map."),
        Message("Who enlarges the screen a lot may not see all of such a name."),
        Message("A click, or Enter, opens a card that says the same and stays."),
    ),
    Lack(
        "2.1.4",
        "A",
        Message("Character key shortcuts"),
        Message(
            "The key R alone draws the page again. On the wall, single keys leaf through a"
            " story. They cannot be turned off."
        ),
        STREAMLIT,
        Message(
            "Who speaks to the computer, or touches keys by mistake, may set something off."
            " Nothing is lost by it."
        ),
        Message("All that the keys do can be done by buttons; the browser's Back undoes it."),
    ),
    Lack(
        "3.1.2",
        "AA",
        Message("Language of parts"),
        Message(
            "Some of what screen readers are told about lists comes in the language of the"
            " browser, or in English, and is not marked as such. Names of places are read as"
            " if they were in the language of the page."
        ),
        STREAMLIT,
        Message("Screen readers may pronounce such words wrongly."),
        Message("Set the browser to the language in which the program is used."),
    ),
    Lack(
        "4.1.2",
        "A",
        Message("Name, role, value"),
        Message("Kinds that are chosen are named in a list of their own, but have no role."),
        STREAMLIT,
        Message("Screen readers may name a chosen kind without saying that it can be removed."),
        Message(
            "In the list of kinds itself every kind can be chosen and the families of kinds"
            " above it can be switched on and off."
        ),
    ),
    Lack(
        "4.1.3",
        "AA",
        Message("Status messages"),
        Message("That a new answer is being worked out is shown, but not said."),
        STREAMLIT,
        Message("Who does not see the page hears only the new answer, as soon as it is there."),
        Message("An answer takes less than a second as a rule; wait for it."),
    ),
)
"""In the order of the standard; what is mended is taken out, what comes up is added."""
