"""An SVG page whose maps are drawn in it, rather than pictures of maps in it."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator

from fontTools import subset
from fontTools.ttLib import TTFont
from lxml import etree

from layers.paper.showable import FONT, FONT_FOLDER

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
INSIDE = "data:image/svg+xml;base64,"
WEIGHTS = {"400": "Regular", "600": "Semibold", "700": "Bold"}
PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": True}


def inlined(page: bytes) -> bytes:
    """
    Return a page with its pictures in SVG as part of it, and the typeface they use.

    Typst puts them into the page as encoded files: browsers show these in whatever typeface
    there is, and programs for drawing show them as a picture that cannot be changed.

    Parameters
    ----------
    page
        As Typst writes it.

    Examples
    --------
    >>> inner = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><text>V</text></svg>')
    >>> page = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
    >>> page += b'<image x:href="data:image/svg+xml;base64,' + inner + b'"/></svg>'
    >>> made = inlined(page)
    >>> made.count(b"<text>V</text>"), made.count(b"@font-face"), b"<image" in made
    (1, 1, False)
    """
    root = etree.fromstring(page, etree.XMLParser(**PARSER))
    written: dict[str, set[str]] = {}
    for n, image in enumerate(list(root.iter(f"{SVG}image"))):
        link = image.get(LINK) or image.get("href") or ""
        if not link.startswith(INSIDE):
            continue
        drawn = etree.fromstring(
            base64.b64decode(link.removeprefix(INSIDE)), etree.XMLParser(**PARSER)
        )
        _apart(drawn, f"m{n}-")
        for weight, letters in _written(drawn):
            written.setdefault(weight, set()).update(letters)
        _replace(image, drawn)
    if written:
        style = etree.Element(f"{SVG}style")
        style.text = "".join(_face(weight, written[weight]) for weight in sorted(written))
        root.insert(0, style)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _apart(drawn: etree._Element, prefix: str) -> None:
    """Give the names in a picture a prefix, so that two pictures do not share them."""
    names = {one.get("id") for one in drawn.iter() if one.get("id")}
    for one in drawn.iter(etree.Element):
        for key, value in one.attrib.items():
            if key == "id":
                one.set(key, prefix + value)
            elif value.startswith("#") and value[1:] in names:
                one.set(key, f"#{prefix}{value[1:]}")
            elif "url(#" in value:
                one.set(key, value.replace("url(#", f"url(#{prefix}"))


def _written(drawn: etree._Element) -> Iterator[tuple[str, set[str]]]:
    """Yield what is written in a picture, and how bold it is."""
    for text in drawn.iter(f"{SVG}text"):
        weights = [one.get("font-weight") for one in (text, *text.iterancestors())]
        weight = next(filter(None, weights), "400")
        known = weight if weight in WEIGHTS else "700" if weight == "bold" else "400"
        yield known, set("".join(text.itertext()))


def _replace(image: etree._Element, drawn: etree._Element) -> None:
    """Put a picture in the place of the image that held it, in the same size."""
    if drawn.get("viewBox") is None:
        sides = [re.sub(r"[^\d.].*", "", drawn.get(side, "")) for side in ("width", "height")]
        if all(sides):
            drawn.set("viewBox", f"0 0 {' '.join(sides)}")
    for key in ("width", "height"):
        if image.get(key):
            drawn.set(key, image.get(key))
    group = etree.Element(f"{SVG}g")
    if image.get("transform"):
        group.set("transform", image.get("transform"))
    group.append(drawn)
    group.tail = image.tail
    image.getparent().replace(image, group)


def _face(weight: str, letters: set[str]) -> str:
    """Return the letters of a weight as a typeface within a style sheet."""
    options = subset.Options(flavor=None, layout_features=["kern", "mark"], notdef_outline=True)
    with TTFont(FONT_FOLDER / f"SourceSansPro-{WEIGHTS[weight]}.ttf") as font:
        maker = subset.Subsetter(options)
        maker.populate(text="".join(letters))
        maker.subset(font)
        font.save(packed := io.BytesIO())
    told = base64.b64encode(packed.getvalue()).decode()
    return (
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{told}) format('truetype')}}"
    )
