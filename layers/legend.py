"""The legend beside the map: the same classes, in words and signs, for every reader."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from layers.bivariate import Crossed
from layers.layer import Class, Drawing, Layer
from layers.palette import CELL_OPACITY
from layers.symbols import sign
from words.speaker import Speaker

LINES = {Drawing.LINES, Drawing.OUTLINE}
CELL = "padding:.2em .6em;text-align:center;font-weight:normal"
"""Of a legend that is a table."""


def legend(layers: Sequence[Layer], say: Speaker) -> str:
    """
    Return one legend for several layers as HTML, with whom to thank.

    Only classes that occur are listed, among them what is unknown or
    cut off. Every text is escaped. Colours and sizes are those of the map.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> legend([], speaker("en"))
    '<section class="m-legend" aria-label="Legend"></section>'
    """
    parts = [
        _square(layer, say) if isinstance(layer, Crossed) else _part(layer)
        for layer in layers
        if layer.present
    ]
    thanks = list(dict.fromkeys(filter(None, (layer.attribution for layer in layers))))
    if thanks:
        parts.append(f'<p class="m-thanks">{escape(" · ".join(thanks))}</p>')
    label = escape(say("Legend"), quote=True)
    return f'<section class="m-legend" aria-label="{label}">{"".join(parts)}</section>'


def _part(layer: Layer) -> str:
    """Return the heading and the classes of one layer."""
    unit = f" <small>({escape(layer.unit)})</small>" if layer.unit else ""
    rows = "".join(
        f'<li style="display:flex;align-items:center;gap:.5em;margin:0">'
        f'{swatch(entry, layer.drawing)}<span dir="auto">{escape(entry.label)}</span></li>'
        for entry in layer.present
    )
    named = [entry.label for entry in layer.present] != [layer.name]
    heading = f"<p><strong>{escape(layer.name)}</strong>{unit}</p>" if named else ""
    return (
        f"{heading}"
        '<ul style="display:flex;flex-wrap:wrap;gap:.2em 1.4em;list-style:none;'
        f'margin:0 0 .8em;padding:0">{rows}</ul>'
    )


def _square(layer: Crossed, say: Speaker) -> str:
    """Return two properties at once as a table; below it the classes that are in neither."""
    entries = {entry.key: entry for entry in layer.classes}
    count = layer.table[layer.value].value_counts()
    head = "".join(
        f'<th scope="col" style="{CELL}">{escape(label)}</th>'
        for label in layer.columns.values()
    )
    body = "".join(
        f'<tr><th scope="row" style="{CELL};text-align:start">{escape(label)}</th>'
        + "".join(
            f'<td style="{CELL}">{swatch(entries[key], layer.drawing)}<br>'
            f"{escape(say.number(count.get(key, 0)))}</td>"
            for key in (layer.key_of(row, column) for column in layer.columns)
        )
        + "</tr>"
        for row, label in layer.rows.items()
    )
    rest = [entry for entry in layer.present if entry.key not in layer.keys]
    items = "".join(
        f'<li style="display:flex;align-items:center;gap:.5em;margin:0">'
        f"{swatch(entry, layer.drawing)}<span>{escape(entry.label)}: "
        f"{escape(say.number(count[entry.key]))}</span></li>"
        for entry in rest
    )
    return (
        f"<p><strong>{escape(layer.name)}</strong> <small>({escape(layer.unit)})</small></p>"
        f'<table style="border-collapse:collapse"><tr><td></td>{head}</tr>{body}</table>'
        f'<ul style="list-style:none;margin:0 0 .8em;padding:0">{items}</ul>'
    )


def swatch(entry: Class, drawing: Drawing) -> str:
    """
    Return a class as it looks on the map; the text beside it says it in words.

    An image, for Streamlit removes drawings that stand in the text itself.

    Examples
    --------
    >>> swatch(Class("far", "Far", "#a3150f", size=6, edge="#1c2b33"), Drawing.CIRCLES)[:29]
    '<img alt="" src="data:image/s'
    """
    return f'<img alt="" src="data:image/svg+xml,{quote(_drawn(entry, drawing))}">'


def _drawn(entry: Class, drawing: Drawing) -> str:
    """Return a class as SVG."""
    if drawing is Drawing.SYMBOLS:
        return sign(entry.shape, entry.colour, entry.icon)
    colour, edge = entry.colour, entry.edge or entry.colour
    dash = f' stroke-dasharray="{entry.dash}"' if entry.dash else ""
    fill = "#fff" if entry.shape == "ring" else colour
    if drawing in LINES:
        mark = f'<path d="M2 12h20" stroke="{colour}" stroke-width="{entry.size}"{dash}/>'
    elif drawing is Drawing.CIRCLES:
        width = 2.5 if entry.shape == "ring" else 1.6
        mark = (
            f'<circle cx="12" cy="12" r="{entry.size + 1}" fill="{fill}"'
            f' stroke="{edge}" stroke-width="{width}"/>'
        )
    else:
        opacity, width = (CELL_OPACITY, entry.size) if drawing is Drawing.CELLS else (1, 1.5)
        mark = (
            f'<path d="M3 5h18v14H3z" fill="{fill}" fill-opacity="{opacity}"'
            f' stroke="{edge}" stroke-width="{width}"{dash}/>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">{mark}</svg>'
