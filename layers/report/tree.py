"""What a report is made of, whatever file it becomes: headings, sentences, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass

AUTHOR = "Møteplass"
"""Who has written a report: the program; whoever takes it over writes their own name."""


TEXT_MM, HIGHEST_MM = 160.0, 200.0
"""Of a page: how wide its text is, and how high a picture may be."""


@dataclass(frozen=True, slots=True)
class Meta:
    """
    What a file says of itself, before anybody reads it.

    Parameters
    ----------
    title, description
        As shown; plain text.
    day
        ISO date of the report.
    language
        Code of `words.languages`, e.g. `"nb"`.
    author
        Who made it.
    page
        What stands before the number at the foot of a page, e.g. `"Page"`.

    Examples
    --------
    >>> Meta("Meeting places", "", "2026-11-21", "nb").tag, Meta("", "", "", "smj").tag
    ('nb-NO', 'smj-NO')
    """

    title: str
    description: str
    day: str
    language: str
    author: str = AUTHOR
    page: str = ""

    @property
    def tag(self) -> str:
        """The language with its country, as documents name it (BCP 47)."""
        country = {"en": "GB", "sv": "SE"}.get(self.language, "NO")
        return f"{self.language}-{country}"


@dataclass(frozen=True, slots=True)
class Title:
    """What the whole is called, and lines that stand below it."""

    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1 for a chapter, 2 for a part of one."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    Sentences that belong together.

    `lead`: whether they are the answer of a chapter, which stands out.
    """

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table: the first column says what each row is about.

    Parameters
    ----------
    caption, columns, rows
        What it says, as plain text.
    words
        Numbers of the columns that hold words, from 0; the others hold figures.

    Raises
    ------
    ValueError
        If a row has more or fewer cells than there are columns.

    Examples
    --------
    >>> Table("Who", ("Group", "People"), (("All", "12"),)).words
    frozenset({0})
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int] = frozenset({0})

    def __post_init__(self) -> None:
        """Refuse what no page can show."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of a table has other columns than its heading")


@dataclass(frozen=True, slots=True)
class Picture:
    """
    A picture, with what it shows in words for who cannot see it.

    Parameters
    ----------
    alt
        What it shows, numbers and all. Never empty.
    caption
        What stands below it.
    svg, png
        The picture itself; either may be missing. Where lines can be drawn the first is
        taken, else the second.
    width_mm
        How wide it is drawn; never wider than the page's text.
    """

    alt: str
    caption: str
    svg: str = ""
    png: bytes = b""
    width_mm: float = 160.0

    def __post_init__(self) -> None:
        """Refuse a picture that is none, or that says nothing to who cannot see it."""
        if not (self.svg or self.png) or not self.alt.strip():
            raise ValueError("a picture needs an image and a text in its place")


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of the headings that follow, below a title of its own."""

    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Title | Heading | Paragraph | Bullets | Table | Picture | Contents | PageBreak


def table(
    caption: str,
    columns: list[str],
    rows: list[list[str]],
    words: frozenset[int] = frozenset({0}),
) -> Table:
    """
    Return a table of the lists that the sentence modules give.

    Examples
    --------
    >>> table("Who", ["Group"], [["All"]]).rows
    (('All',),)
    """
    return Table(caption, tuple(columns), tuple(map(tuple, rows)), words)


def headings(blocks: tuple[Block, ...]) -> list[Heading]:
    """
    Return the headings of a report, in their order.

    Examples
    --------
    >>> [one.text for one in headings((Paragraph("x"), Heading(1, "What there is")))]
    ['What there is']
    """
    return [block for block in blocks if isinstance(block, Heading)]
