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
        _square(some[0], say) if isinstance(some[0], Crossed) else _part(some)
        for some in alike(layers)
    ]
    thanks = list(dict.fromkeys(filter(None, (layer.attribution for layer in layers))))
    if thanks:
        parts.append(f'<p class="m-thanks">{escape(" · ".join(thanks))}</p>')
    label = escape(say("Legend"), quote=True)
    return f'<section class="m-legend" aria-label="{label}">{"".join(parts)}</section>'


def alike(layers: Sequence[Layer]) -> list[list[Layer]]:
    """Return layers with something in them, those together whose classes say the same."""
    found: dict[tuple[tuple[str, str], ...], list[Layer]] = {}
    for layer in layers:
        if layer.present:
            said = tuple((entry.key, entry.label) for entry in layer.classes)
            found.setdefault(said, []).append(layer)
    return list(found.values())


def _part(some: Sequence[Layer]) -> str:
    """Return a heading and the classes of layers that say the same, with the signs of each."""
    layer, names = some[-1], list(dict.fromkeys(one.name for one in some))
    unit = f" <small>({escape(layer.unit)})</small>" if layer.unit else ""
    present = {entry.key for one in some for entry in one.present}
    marks = {  # once, though both sides of a divided map show it
        key: dict.fromkeys(
            swatch(entry, one.drawing)
            for one in reversed(some)
            for entry in one.classes
            if entry.key == key
        )
        for key in present
    }
    labels = [(entry.key, entry.label) for entry in layer.classes if entry.key in present]
    rows = "".join(
        f'<li style="display:flex;align-items:center;gap:.5em;margin:0">'
        f'{"".join(marks[key])}<span dir="auto">{escape(label)}</span></li>'
        for key, label in labels
    )
    named = [label for _, label in labels] != [layer.name]
    heading = f"<p><strong>{escape(layer.name)}</strong>{unit}</p>" if named else ""
    notes = "".join(f"<p><small>{escape(name)}</small></p>" for name in names[:-1])
    return (
        f"{heading}"
        '<ul style="display:flex;flex-wrap:wrap;gap:.2em 1.4em;list-style:none;'
        f'margin:0 0 .8em;padding:0">{rows}</ul>{notes}'
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
    return f'<img alt="" src="data:image/svg+xml,{quote(drawn(entry, drawing))}">'


def drawn(entry: Class, drawing: Drawing) -> str:
    """
    Return a class as SVG, 24 × 24 pixels.

    Examples
    --------
    >>> drawn(Class("far", "Far", "#a3150f"), Drawing.CIRCLES)[:4]
    '<svg'
    """
    if drawing is Drawing.SYMBOLS:
        return sign(entry.shape, entry.colour, entry.icon, entry.letter)
    colour, edge = entry.colour, entry.edge or entry.colour
    dash = f' stroke-dasharray="{entry.dash}"' if entry.dash else ""
    fill = "#fff" if entry.shape == "ring" else colour
    if drawing in LINES:
        mark = f'<path d="M2 12h20" stroke="{colour}" stroke-width="{entry.size}"{dash}/>'
    elif drawing is Drawing.CIRCLES:
        width = 2.5 if entry.shape == "ring" else 1.6
        radius = min(entry.size + 1, 12 - width / 2)
        mark = (
            f'<circle cx="12" cy="12" r="{radius}" fill="{fill}"'
            f' stroke="{edge}" stroke-width="{width}"/>'
        )
    else:
        opacity, width = (CELL_OPACITY, entry.size) if drawing is Drawing.CELLS else (1, 1.5)
        opacity = 1 if entry.solid else opacity
        mark = (
            f'<path d="M3 5h18v14H3z" fill="{fill}" fill-opacity="{opacity}"'
            f' stroke="{edge}" stroke-width="{width}"{dash}/>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">{mark}</svg>'
