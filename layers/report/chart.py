"""A chart of one share per group: bars from none to all, drawn as SVG and said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from geo.answer import Answer, Catalogue
from geo.between import Pair
from geo.tables import EVERYBODY
from layers import palette
from layers.report.tree import Picture
from layers.standing import ends
from layers.telling import share_between, unknown_text
from words.speaker import Speaker

WIDTH_MM, ROW_MM, BAR_MM = 160.0, 7.0, 3.6
BARS_FROM_MM, BARS_MM, SAID_FROM_MM = 56.0, 56.0, 115.0
"""Where the bars begin, how long a full one is, and where the figure beside it begins."""

TEXT_MM = 3.3
FONT = "Source Sans Pro"
REST, MARKED = palette.WALK["within"], palette.WALK["half"]
SCALE_MM = 7.0
"""Room below the bars, for what stands at their ends."""


@dataclass(frozen=True, slots=True)
class Bar:
    """
    One group of a chart.

    `share`: between what it lies, the same twice if it is sure; `None` if it is not told.
    `told`: the share in words, or why it is not told. `marked`: who was asked about.
    """

    label: str
    share: Pair | None
    told: str
    marked: bool = False


def chart(answer: Answer, catalogue: Catalogue, say: Speaker) -> Picture | None:
    """
    Draw the share of every group within reach; `None` where no share may be told.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called.
    say
        The language.
    """
    bars = [
        Bar(
            say(catalogue.groups[key].label),
            ends(reach),
            share_between(reach, say) if ends(reach) else unknown_text(reach, say) or "–",
            marked=key == answer.question.group,
        )
        for key, reach in answer.reach.items()
    ]
    if all(bar.share is None for bar in bars):
        return None
    title = say.many(
        "Share with {n} minute or less on foot",
        "Share with {n} minutes or less on foot",
        answer.question.minutes,
    )
    line = say("The line across the bars is the share of all residents.")
    every = ends(answer.reach[EVERYBODY])
    told = "; ".join(f"{bar.label}: {bar.told}" for bar in bars)
    return Picture(
        alt=f"{title}. {told}.",
        caption=f"{title}. {line}" if every else f"{title}.",
        svg=drawn(bars, every, say),
    )


def drawn(bars: Sequence[Bar], mark: Pair | None, say: Speaker) -> str:
    """
    Draw bars as SVG, in millimetres.

    Parameters
    ----------
    bars
        From above to below. What is not sure is the paler end of its bar.
    mark
        Between what the share lies that a line is drawn at; `None` for no line.
    say
        The language.

    Examples
    --------
    >>> from words import speaker
    >>> svg = drawn([Bar("<b>", (0.5, 0.6), "55%")], None, speaker("en"))
    >>> svg.count("<rect"), "&lt;b&gt;" in svg, "55%" in svg
    (3, True, True)
    """
    height = ROW_MM * len(bars)
    whole = height + SCALE_MM
    rows = "".join(_row(bar, ROW_MM * n) for n, bar in enumerate(bars))
    ends_said = "".join(
        _text(BARS_FROM_MM + BARS_MM * share, whole - 1.5, say.share(share), anchor="middle")
        for share in (0.0, 0.5, 1.0)
    )
    ticks = "".join(
        f'<line x1="{x:g}" x2="{x:g}" y1="0" y2="{height + 1:g}" stroke="#c4cacd"'
        ' stroke-width="0.2"/>'
        for x in (BARS_FROM_MM + BARS_MM * share for share in (0.0, 0.5, 1.0))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM:g}mm" height="{whole:g}mm"'
        f' viewBox="0 0 {WIDTH_MM:g} {whole:g}">{ticks}{rows}{_line(mark, height)}'
        f"{ends_said}</svg>"
    )


def _row(bar: Bar, top: float) -> str:
    base = top + ROW_MM / 2 + TEXT_MM * 0.35
    weight = "600" if bar.marked else "400"
    said = _text(SAID_FROM_MM, base, bar.told, weight=weight)
    label = _text(0, base, bar.label, weight=weight)
    if bar.share is None:
        return label + said
    low, high = bar.share
    colour = MARKED if bar.marked else REST
    y = top + (ROW_MM - BAR_MM) / 2
    return label + "".join(
        (
            _rect((0.0, 1.0), y, "#edeff0"),
            _rect((low, high), y, colour, opacity=0.4) if high > low else "",
            _rect((0.0, low), y, colour),
            said,
        )
    )


def _rect(share: Pair, y: float, colour: str, opacity: float = 1.0) -> str:
    low, high = share
    return (
        f'<rect x="{BARS_FROM_MM + BARS_MM * low:.2f}" y="{y:.2f}"'
        f' width="{BARS_MM * (high - low):.2f}" height="{BAR_MM:g}" fill="{colour}"'
        f' fill-opacity="{opacity:g}"/>'
    )


def _line(mark: Pair | None, height: float) -> str:
    if mark is None:
        return ""
    x = BARS_FROM_MM + BARS_MM * sum(mark) / 2
    return (
        f'<line x1="{x:.2f}" x2="{x:.2f}" y1="0" y2="{height:g}" stroke="{palette.INK}"'
        ' stroke-width="0.45" stroke-dasharray="1.6 0.8"/>'
    )


def _text(x: float, y: float, text: str, *, weight: str = "400", anchor: str = "start") -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{TEXT_MM:g}"'
        f' font-weight="{weight}" text-anchor="{anchor}" fill="{palette.INK}">'
        f"{escape(text)}</text>"
    )
